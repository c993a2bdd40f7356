"""Train the reader: `python -m training.train --data DIR --out DIR`.

DIR of the data is what `training.alike` writes: `polnear/{train,dev}.jsonl`, `re3d/docs.jsonl`, and the
articles of the project's own key as `domain.jsonl`. The run writes its log, a checkpoint every few minutes
and scores on the development part after each epoch to the other; the same command goes on from the
checkpoint.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from marsad.models.decoding import Thresholds
from training.batches import batch, padded
from training.checkpoint import Average, averaged, resume, save
from training.data import (
    ROOM,
    Document,
    Targets,
    Window,
    held_out,
    polnear,
    re3d,
    targets,
    windows,
    without_breaks,
)
from training.encoder import parameters_in_groups, pretrained, tokenizer
from training.model import Anchors, Batch, Reader
from training.predict import read
from training.renaming import Names
from training.score import Tally, score_attributions, score_entities

log = logging.getLogger("training")


@dataclass(frozen=True)
class Options:
    """What a run depends on, beside its data."""

    epochs: int = 5
    windows: int = 16  # a step
    rate: float = 2e-4  # of the encoder's top layer
    decay: float = 0.9  # of the rate, a layer down
    head_rate: float = 1e-3
    feature_rate: float = 2e-4  # of case, gap and quote, which start at zero
    warm_up: float = 0.06  # of all steps
    average: float = 0.99
    dropout: float = 0.1
    lost_breaks: float = 0.15  # of documents, each epoch
    wrong_anchors: int = 6  # one wrong anchor for so many right ones
    edges: float = 0.3  # weight of the loss
    renamed: float = 0.0  # of the documents with attributions, each epoch
    extra_times: int = 1  # how often an epoch goes through the project's own key
    entity_times: int = 1  # and through re3d, which is a twentieth of PolNeAR
    seed: int = 7
    documents: int = 0  # only so many, for a trial


class Corpus(NamedTuple):
    """Documents to train on, and those to score attributions and entities on; all names of the former."""

    train: list[Document]
    attributions: list[Document]
    entities: list[Document]
    names: Names


class Example(NamedTuple):
    """A window and its gold tags."""

    window: Window
    targets: Targets


def load(folder: Path, words: Tokenizer, options: Options) -> Corpus:
    """The corpora of a folder and the project's own key; a fifth of re3d's documents are held out."""
    train = spoken = list(polnear(folder / "polnear" / "train.jsonl", words))
    development = list(polnear(folder / "polnear" / "dev.jsonl", words))
    named, named_out = held_out(list(re3d(folder / "re3d" / "docs.jsonl", words)))
    if options.documents:
        limit = options.documents
        train, development, named = train[:limit], development[: limit // 4], named[:limit]
    own = list(polnear(folder / "domain.jsonl", words))
    texts = [document.words.text for document in (*spoken, *own)]
    every = train + own * options.extra_times + named * options.entity_times
    return Corpus(every, development, named_out, Names(texts, words))


def epoch_of(corpus: Corpus, options: Options, epoch: int) -> list[list[Example]]:
    """The steps of an epoch: windows of about the same length together, cut anew each epoch."""
    random = np.random.default_rng([options.seed, epoch])
    examples: list[Example] = []
    for document in corpus.train:
        bare = document.attributions is not None and random.random() < options.lost_breaks
        shown = without_breaks(document) if bare else document
        if document.attributions is not None and random.random() < options.renamed:
            shown = corpus.names.renamed(shown, random)
        first = int(random.integers(ROOM // 3, ROOM))
        examples += [Example(window, targets(window)) for window in windows(shown, ROOM, first)]
    order = [examples[at] for at in random.permutation(len(examples))]
    pool = options.windows * 16
    steps = []
    for at in range(0, len(order), pool):
        alike = sorted(order[at : at + pool], key=lambda one: one.window.last - one.window.first)
        steps += [alike[i : i + options.windows] for i in range(0, len(alike), options.windows)]
    return [steps[at] for at in random.permutation(len(steps))]


def loss_of(model: Reader, step: Sequence[Example], options: Options, random: np.random.Generator) -> Losses:
    """The losses of a step, each a sum over its windows divided by their number."""
    tensors = batch([one.window for one in step])
    states = model.states(tensors)
    spoken = [at for at, one in enumerate(step) if one.targets.cues is not None]
    named = [at for at, one in enumerate(step) if one.targets.entities is not None]
    zero = states.sum() * 0
    losses = Losses(zero, zero, zero, zero)
    if spoken:
        cues, edges, wrong = _cue_losses(model, states, tensors, step, spoken)
        anchors, gold = _anchors(step, wrong[: _wrong(step, options)], random)
        triples = _triple_loss(model, states, tensors, anchors, gold)
        losses = losses._replace(cues=cues, edges=edges * options.edges, triples=triples)
    if named:
        losses = losses._replace(entities=_entity_loss(model, states, tensors, step, named))
    return Losses(*(one / len(step) for one in losses))


class Losses(NamedTuple):
    """By head."""

    cues: Tensor
    edges: Tensor
    triples: Tensor
    entities: Tensor


def _cue_losses(
    model: Reader, states: Tensor, tensors: Batch, step: Sequence[Example], spoken: Sequence[int]
) -> tuple[Tensor, Tensor, list[tuple[int, int]]]:
    """The losses of cues and edges, and words that look like cues and are none, the likeliest first."""
    some = torch.tensor(spoken)
    mask, inner = tensors.mask[some], states[some]
    scores = model.cues(inner)
    gold = _filled([step[at].targets.cues for at in spoken], mask)
    cues = model.cue_chain.loss(scores, gold, mask).sum()
    edges_gold = _filled([step[at].targets.edges for at in spoken], mask)
    each = nn.functional.binary_cross_entropy_with_logits(model.edges(inner), edges_gold, reduction="none")
    edges = (each * mask[..., None]).sum()
    return cues, edges, _look_alikes(scores.detach(), gold, mask, spoken)


def _look_alikes(scores: Tensor, gold: Tensor, mask: Tensor, spoken: Sequence[int]) -> list[tuple[int, int]]:
    near = nn.functional.max_pool1d((gold > 0).float()[:, None], 5, 1, 2)[:, 0]
    likely = (1 - scores.softmax(-1)[..., 0]) * mask * (near == 0)
    values, where = likely.flatten().topk(min(64, likely.numel()))
    width = likely.shape[1]
    found = where[values > 0.05].tolist()
    return [(spoken[at // width], at % width) for at in found]


def _wrong(step: Sequence[Example], options: Options) -> int:
    return sum(len(one.targets.triples) for one in step) // options.wrong_anchors


def _anchors(
    step: Sequence[Example], wrong: Sequence[tuple[int, int]], random: np.random.Generator
) -> tuple[Anchors, list[np.ndarray]]:
    """A word of each cue, drawn anew each time, with the tags to find; wrong anchors have none."""
    where = list(wrong)
    gold = [np.zeros(step[at].window.last - step[at].window.first, np.int64) for at, _ in wrong]
    for at, one in enumerate(step):
        for (begin, end), tags in one.targets.triples:
            where.append((at, int(random.integers(begin, end))))
            gold.append(tags)
    pairs = torch.tensor(where, dtype=torch.long).reshape(-1, 2)
    return Anchors(pairs[:, 0], pairs[:, 1]), gold


def _triple_loss(
    model: Reader, states: Tensor, tensors: Batch, anchors: Anchors, gold: Sequence[np.ndarray]
) -> Tensor:
    if not gold:
        return states.sum() * 0
    mask = tensors.mask[anchors.window]
    scores = model.triples(states, tensors.lines, tensors.mask, anchors)
    total: Tensor = model.triples.chain.loss(scores, _filled(gold, mask), mask).sum()
    return total


def _entity_loss(
    model: Reader, states: Tensor, tensors: Batch, step: Sequence[Example], named: Sequence[int]
) -> Tensor:
    some = torch.tensor(named)
    mask = tensors.mask[some]
    gold = _filled([step[at].targets.entities for at in named], mask)
    total: Tensor = model.entity_chain.loss(model.entities(states[some]), gold, mask).sum()
    return total


def _filled(arrays: Sequence[np.ndarray | None], mask: Tensor) -> Tensor:
    """Gold tags, padded to the shape of `mask` [n, words]."""
    found = padded([array for array in arrays if array is not None], 0)
    short = mask.shape[1] - found.shape[1]
    return nn.functional.pad(found, (0, short) if found.dim() == 2 else (0, 0, 0, short))


def optimizer_of(model: Reader, options: Options) -> torch.optim.AdamW:
    """AdamW with a rate for each layer of the encoder and one for the heads."""
    heads = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = parameters_in_groups(model.encoder, options.rate, options.decay, options.feature_rate)
    return torch.optim.AdamW([*groups, {"params": heads, "lr": options.head_rate}], weight_decay=0.01)


def rate_at(step: int, total: int, warm_up: float) -> float:
    """The share of the full rate: up over the first steps, then down to nothing in a straight line."""
    warm = max(1, int(total * warm_up))
    return min((step + 1) / warm, (total - step) / max(1, total - warm))


def train(corpus: Corpus, options: Options, out: Path, minutes: float) -> None:
    """Run all epochs, from the checkpoint in `out` where there is one."""
    torch.manual_seed(options.seed)
    model = Reader(options.dropout)
    model.encoder.load_pretrained(pretrained()[0])
    optimizer = optimizer_of(model, options)
    average = Average(model, options.average)
    full = [group["lr"] for group in optimizer.param_groups]
    done = resume(out, model, average, optimizer)
    length = max(len(epoch_of(corpus, options, epoch)) for epoch in range(min(2, options.epochs)))
    total = length * options.epochs
    log.info("%d documents, about %d steps; %d done", len(corpus.train), total, done)
    saved = time.monotonic()
    for step, epoch, ends, examples in steps_from(corpus, options, length, done):
        for group, rate in zip(optimizer.param_groups, full, strict=True):
            group["lr"] = rate * rate_at(step, total, options.warm_up)
        losses, pace = one_step(model, optimizer, examples, options, step)
        average.update(model, step)
        if step % 20 == 0:
            parts = " ".join(
                f"{name} {value:.2f}" for name, value in zip(Losses._fields, losses, strict=True)
            )
            log.info("epoch %d step %d/%d %s, %.0f wordpieces/s", epoch, step, total, parts, pace)
        if ends or time.monotonic() - saved > minutes * 60:
            save(out, model, average, optimizer, step + 1)
            saved = time.monotonic()
        if ends:
            report(corpus, out, epoch)


def steps_from(
    corpus: Corpus, options: Options, length: int, done: int
) -> Iterator[tuple[int, int, bool, list[Example]]]:
    """The steps not done yet: number, epoch, whether it ends the epoch, examples.

    Every epoch has `length` steps, so that the number of a step says where the run stands.
    """
    for epoch in range(done // length, options.epochs):
        examples = epoch_of(corpus, options, epoch)
        examples += examples[: max(0, length - len(examples))]
        for at in range(length):
            step = epoch * length + at
            if step >= done:
                yield step, epoch, at == length - 1, examples[at]


def one_step(
    model: Reader, optimizer: torch.optim.AdamW, examples: Sequence[Example], options: Options, step: int
) -> tuple[list[float], float]:
    """Learn from one batch; its losses a hundred words, and wordpieces a second."""
    begun = time.monotonic()
    torch.manual_seed(options.seed * 1_000_003 + step)
    model.train()
    losses = loss_of(model, examples, options, np.random.default_rng([options.seed, 1, step]))
    optimizer.zero_grad(set_to_none=True)
    (torch.stack(losses).sum() / 20).backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    shown = [one.window for one in examples]
    words = sum(window.last - window.first for window in shown)
    starts = [(window.document.words.starts, window) for window in shown]
    pieces = sum(int(each[window.last] - each[window.first]) for each, window in starts)
    scale = 100 * len(examples) / words
    return [float(value.detach()) * scale for value in losses], pieces / (time.monotonic() - begun)


def report(corpus: Corpus, out: Path, epoch: int) -> None:
    """Score the averaged weights of the last checkpoint; append the scores to `scores.jsonl`."""
    model = Reader()
    averaged(out / "checkpoint.safetensors", model)
    model.eval()
    rates = evaluate(corpus, model, Thresholds())
    log.info("epoch %d: %s", epoch, ", ".join(f"{name} {f1:.1f}" for name, (_, _, f1) in rates.items()))
    with (out / "scores.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"epoch": epoch, "rates": rates}) + "\n")


def evaluate(corpus: Corpus, model: Reader, thresholds: Thresholds) -> dict[str, tuple[float, float, float]]:
    """Scores on the parts of the corpora that are held out."""
    tally = Tally()
    for document in corpus.attributions:
        found = read(document, model, thresholds).attributions
        score_attributions(tally, document.words, document.attributions or (), found)
    for document in corpus.entities:
        score_entities(tally, document.entities or (), read(document, model, thresholds).entities)
    return tally.rates()


def main() -> None:
    """Read the command line, train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=4, help="between checkpoints")
    for name, value in asdict(Options()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args())
    data, out = given.pop("data"), given.pop("out")
    threads, minutes = given.pop("threads"), given.pop("minutes")
    options = Options(**given)
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(out / "log.txt")],
    )
    torch.set_num_threads(threads)
    log.info("%s", options)
    train(load(data, tokenizer(), options), options, out, minutes)


if __name__ == "__main__":
    main()
