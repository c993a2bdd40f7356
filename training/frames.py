"""Train the head that reads frames: `python -m training.frames --data DIR --checkpoint FILE --out DIR`.

DIR of the data is what `training.alike` writes, with `muc4/{train,dev}.jsonl`; FILE is the checkpoint of
`training.train`, whose encoder stays as it is. What its lower layers make of the corpus is computed once.
The same command goes on from the checkpoint that it writes to the other folder.

MUC-4 names what fills a role by its words, not by where they stand (Du, Rush and Cardie 2021, GTT): every
place where a text has these words counts as a filler.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from marsad.models.framing import PAGE
from marsad.models.labels import FILLERS, FRAME_TYPES
from marsad.models.tagging import window_of
from marsad.models.windows import Extent, overlapping, owned
from marsad.models.words import Ints, Words, split
from training.checkpoint import Average, averaged, resume, save
from training.encoder import WIDTH, Encoder, tokenizer
from training.frame_model import SHARED, Frames
from training.model import Reader
from training.occurrences import occurrences
from training.train import rate_at

log = logging.getLogger("training")

ROLES = dict(zip(("PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "Described"), FILLERS, strict=True))


@dataclass(frozen=True)
class Options:
    """What a run depends on, beside its data."""

    epochs: int = 12
    pages: int = 12  # a step
    rate: float = 2e-4  # of the layers
    head_rate: float = 8e-4
    warm_up: float = 0.06
    average: float = 0.995
    dropout: float = 0.2
    quiet: float = 0.6  # of the texts that tell of no attack, each epoch
    absent: float = 0.1  # weight of the fillers of a sort that is not told of
    fillers: float = 4.0  # weight of the loss of fillers beside that of being told
    seed: int = 7


class Page(NamedTuple):
    """Up to a page of a text: states [w, WIDTH], tags [w, types] of FILLER_TAGS, which sorts are told of."""

    states: NDArray[np.float16]
    tags: Ints
    told: NDArray[np.float32]


def pages(path: Path, encoder: Encoder, words: Tokenizer) -> Iterator[Page]:
    """The corpus, a page of a text after the other. A page tells of what fills its roles there."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    for number, row in enumerate(rows):
        if number % 200 == 0:
            log.info("%s: text %d of %d", path.name, number, len(rows))
        text = split(row["text"], words)
        states, tags = states_of(text, encoder), tags_of(text, row["templates"])
        told = {kind for one in row["templates"] for kind in one["incident_type"].split(" / ")}
        every = np.array([kind in told for kind in FRAME_TYPES])
        whole = overlapping(np.arange(len(text) + 1), PAGE)
        for low, high in whole:
            here = every & ((tags[low:high] > 0).any(0) | (tags == 0).all(0) | (len(whole) == 1))
            yield Page(states[low:high], tags[low:high], here.astype(np.float32))


def states_of(words: Words, encoder: Encoder) -> NDArray[np.float16]:
    """[words, WIDTH]: after the shared layers, the mean over the wordpieces of each word."""
    windows = overlapping(words.starts, Extent())
    found = [np.zeros((0, WIDTH), np.float16)]
    for at, window in enumerate(windows):
        pieces, features, first = (torch.from_numpy(each)[None] for each in window_of(words, window))
        with torch.inference_mode():
            each = encoder.lower(pieces, features, SHARED)[0]
        mean = means(each, first[0]).numpy().astype(np.float16)
        low, high = owned(windows, at)
        found.append(mean[low - window[0] : high - window[0]])
    return np.concatenate(found)


def means(states: Tensor, first: Tensor) -> Tensor:
    """[words, WIDTH]: from states [pieces, WIDTH], SEP the last, and the first wordpiece of each word."""
    sums = torch.cat([torch.zeros_like(states[:1]), states.cumsum(0)])
    ends = torch.cat([first[1:], torch.tensor([states.shape[0] - 1])])
    return (sums[ends] - sums[first]) / (ends - first)[:, None]


def tags_of(words: Words, templates: Sequence[dict[str, Any]]) -> Ints:
    """[words, types]: FILLER_TAGS of each sort of attack; longer names are painted over shorter ones."""
    tags = np.zeros((len(words), len(FRAME_TYPES)), np.int64)
    named = [
        (len(string), FRAME_TYPES.index(kind), FILLERS.index(filler), string)
        for one in templates
        for kind in one["incident_type"].split(" / ")
        if kind in FRAME_TYPES
        for role, filler in ROLES.items()
        for entity in one[role]
        for string in entity
    ]
    for _, kind, filler, string in sorted(named):
        for span in occurrences(words.text, string):
            low, high = words.range_of(span)
            tags[low:high, kind] = 2 + 2 * filler
            tags[low : low + 1, kind] = 1 + 2 * filler
    return tags


def epoch_of(corpus: Sequence[Page], options: Options, epoch: int) -> list[list[Page]]:
    """The steps of an epoch: pages of about the same length together."""
    random = np.random.default_rng([options.seed, epoch])
    kept = [page for page in corpus if page.told.any() or random.random() < options.quiet]
    order = [kept[at] for at in random.permutation(len(kept))]
    pool, steps = options.pages * 12, []
    for at in range(0, len(order), pool):
        alike = sorted(order[at : at + pool], key=lambda page: len(page.states))
        steps += [alike[i : i + options.pages] for i in range(0, len(alike), options.pages)]
    return [steps[at] for at in random.permutation(len(steps))]


def loss_of(model: Frames, step: Sequence[Page], options: Options) -> tuple[Tensor, Tensor]:
    """The losses of fillers, a word, and of being told, a page."""
    longest = max(len(page.states) for page in step)
    states = torch.zeros(len(step), longest, WIDTH)
    tags = torch.full((len(step), longest, len(FRAME_TYPES)), -100)
    for at, page in enumerate(step):
        size = len(page.states)
        states[at, :size] = torch.from_numpy(page.states.astype(np.float32))
        tags[at, :size] = torch.from_numpy(page.tags)
    mask = tags[..., 0] >= 0
    told = torch.from_numpy(np.stack([page.told for page in step]))
    scores, likely = model(states, mask)
    each = nn.functional.cross_entropy(scores.flatten(0, 2), tags.flatten(), reduction="none").view(
        tags.shape
    )
    weights = torch.where(told > 0, 1.0, options.absent)[:, None]
    fillers = (each * weights).sum() / mask.sum()
    return fillers * options.fillers, nn.functional.binary_cross_entropy_with_logits(likely, told)


def optimizer_of(model: Frames, options: Options) -> torch.optim.AdamW:
    """AdamW with a rate for the layers and one for all else."""
    layers = list(model.layers.parameters())
    rest = [value for name, value in model.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": layers, "lr": options.rate}, {"params": rest, "lr": options.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def train(corpus: Sequence[Page], dev: Sequence[Page], model: Frames, options: Options, out: Path) -> None:
    """Run all epochs, from the checkpoint in `out` where there is one; it is written after each."""
    optimizer = optimizer_of(model, options)
    average = Average(model, options.average)
    full = [group["lr"] for group in optimizer.param_groups]
    done = resume(out, model, average, optimizer)
    length = min(len(epoch_of(corpus, options, epoch)) for epoch in range(options.epochs))
    total, begun = length * options.epochs, time.monotonic()

    def seconds() -> float:
        return time.monotonic() - begun

    for epoch in range(done // length, options.epochs):
        for at, pages_ in enumerate(epoch_of(corpus, options, epoch)[:length]):
            step = epoch * length + at
            for group, rate in zip(optimizer.param_groups, full, strict=True):
                group["lr"] = rate * rate_at(step, total, options.warm_up)
            torch.manual_seed(options.seed * 1_000_003 + step)
            model.train()
            fillers, told = loss_of(model, pages_, options)
            optimizer.zero_grad(set_to_none=True)
            (fillers + told).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            average.update(model, step)
            if step % 20 == 0:
                losses = float(fillers.detach()), float(told.detach())
                log.info("step %d/%d fillers %.3f told %.3f, %.0f s", step, total, *losses, seconds())
        save(out, model, average, optimizer, (epoch + 1) * length)
        log.info("epoch %d: %s", epoch, " ".join(f"{one:.3f}" for one in held_out(dev, out, options)))


def held_out(dev: Sequence[Page], out: Path, options: Options) -> tuple[float, float]:
    """The losses of the averaged weights on the development part."""
    model = Frames()
    averaged(out / "checkpoint.safetensors", model)
    model.eval()
    with torch.inference_mode():
        found = [loss_of(model, dev[at : at + 8], options) for at in range(0, len(dev), 8)]
    return float(np.mean([float(one) for one, _ in found])), float(np.mean([float(one) for _, one in found]))


def main() -> None:
    """Read the command line, train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Options()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args())
    data, checkpoint, out, threads = (given.pop(name) for name in ("data", "checkpoint", "out", "threads"))
    options = Options(**given)
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(threads)
    torch.manual_seed(options.seed)
    reader, words = Reader(), tokenizer()
    averaged(checkpoint, reader)
    reader.eval()
    parts = [list(pages(data / "muc4" / f"{name}.jsonl", reader.encoder, words)) for name in ("train", "dev")]
    model = Frames(options.dropout)
    model.start_from(reader.encoder)
    train(parts[0], parts[1], model, options, out)


if __name__ == "__main__":
    main()
