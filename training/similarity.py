"""The head of similarity: `python -m training.similarity --data DATA --weights FOLDER`.

The encoder was trained to tag, and its states lost much of what all-MiniLM-L6-v2 knew of how alike two
sentences are. A linear map brings part of it back: from what is seen of a span in its document to the
embedding that the original has for the span's words alone (distillation; Hinton et al. 2015), reduced to its
first principal components. It is fitted by ridge regression, and sees

- the mean final and the mean middle state of the span's words, by the encoder that is shipped;
- the span's wordpieces by themselves: the original's word table, and its embedding of each piece alone, plain
  and weighted against frequent pieces (Arora et al. 2017). All three become one table, of eight bits.

DATA is what `training.alike` writes: `polnear/{train,dev}.jsonl`, `muc4/{train,dev}.jsonl`, `re3d/docs.jsonl`
and `domain.jsonl`, with names made alike, since the reader sees no others. Spans are sentences and the
contents of attributions. Writes `similarity.npz` beside the encoder, with its SHA-256 in `model.json`, and
prints how well the order of similarities is kept on documents that were left out. Without `--data` what was
trained is bound to the encoder that is there. Nothing is drawn at random but the pairs that are scored.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from marsad.models.relations import ENCODER, packed, sha256
from marsad.models.runtime import ABOUT, SIMILARITY, Runtime
from marsad.models.similarity import Head, Means
from marsad.models.tagging import CLS, PAD, SEP, tag
from marsad.models.vectors import means
from marsad.models.words import Words
from marsad.records.spans import Spans
from marsad.records.vectors import DIMENSIONS
from training.encoder import VOCABULARY, WIDTH, Encoder, pretrained, tokenizer

log = logging.getLogger("training")

LENGTHS = 20, 600  # code points of a span
MOST = 128  # wordpieces of a span that the teacher sees
TOGETHER = 64
PENALTY = 0.02  # of the square of each weight, by example, where all features have variance 1
COMMON = 1e-3  # a piece of this share of all pieces counts half
PAIRS = 200_000
# Of each corpus every so many documents, to train on and to score on
TRAIN = (("polnear/train.jsonl", 4), ("muc4/train.jsonl", 4), ("re3d/docs.jsonl", 1), ("domain.jsonl", 1))
HELD = (("polnear/dev.jsonl", 4), ("muc4/dev.jsonl", 4))
FIFTH = ("re3d/docs.jsonl", "domain.jsonl")  # of which each fifth document is scored on

Floats = NDArray[np.float32]


class Example(NamedTuple):
    """A span: what is seen of it, what the teacher says [WIDTH], and whether it is left out."""

    seen: Means
    taught: Floats
    is_held: bool


def documents(data: Path) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Whether each is left out, and its row."""
    for is_held, parts in ((False, TRAIN), (True, HELD)):
        for name, step in parts:
            lines = (data / name).read_text(encoding="utf-8").splitlines()
            for at, line in enumerate(lines[::step]):
                yield is_held or (name in FIFTH and at % 5 == 0), json.loads(line)


def spans(row: dict[str, Any], words: Words) -> list[Spans]:
    """Its sentences and contents, each once."""
    ends = [*np.flatnonzero(np.diff(words.sentences)) + 1, len(words)]
    sentences = [(words.span_of(*each),) for each in pairwise([0, *ends])]
    contents = [tuple(map(tuple, one["content"])) for one in row.get("attributions", ())]
    lengths = {each: sum(end - begin for begin, end in each) for each in (*sentences, *contents)}
    return [each for each, length in lengths.items() if LENGTHS[0] <= length <= LENGTHS[1]]


class Teacher:
    """all-MiniLM-L6-v2 as it was: the mean of its states, of unit length."""

    def __init__(self) -> None:
        self.encoder, self.tokenizer = Encoder(0.0).eval(), tokenizer()
        self.encoder.load_pretrained(pretrained()[0])

    def of_texts(self, texts: Sequence[str]) -> Floats:
        """[texts, WIDTH]."""
        encodings = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return self.of_pieces([each.ids[: MOST - 2] for each in encodings])

    def of_pieces(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """[texts, WIDTH], of texts as wordpieces."""
        found = np.zeros((len(pieces), WIDTH), np.float32)
        order = np.argsort([len(each) for each in pieces], kind="stable")
        for begin in range(0, len(order), TOGETHER):
            some = order[begin : begin + TOGETHER]
            found[some] = self._embedded([[CLS, *pieces[at], SEP] for at in some])
        return found

    def _embedded(self, pieces: Sequence[Sequence[int]]) -> Floats:
        size = max(map(len, pieces))
        padded = torch.tensor([[*each, *[PAD] * (size - len(each))] for each in pieces])
        with torch.inference_mode():
            states = self.encoder(padded, torch.zeros(*padded.shape, 3, dtype=torch.long))
            mask = (padded != PAD)[..., None]
            mean = (states * mask).sum(1) / mask.sum(1)
            found: Floats = torch.nn.functional.normalize(mean, dim=-1).numpy()
        return found


def examples(data: Path, weights: Path, teacher: Teacher) -> Iterator[Example]:
    """What is learnt from and scored on."""
    runtime = Runtime(weights, 1)
    for is_held, row in documents(data):
        words = runtime.split(row["text"])
        found = spans(row, words)
        tags = tag(words, runtime.network, runtime.chains, runtime.thresholds, runtime.extent)
        taught = teacher.of_texts([" … ".join(row["text"][b:e] for b, e in each) for each in found])
        for each, embedding in zip(found, taught, strict=True):
            if (seen := means(words, tags.states, tags.middle, each)) is not None:
                yield Example(seen, embedding, is_held)


class Tables(NamedTuple):
    """Vectors of each wordpiece by itself [VOCABULARY, n]."""

    own: Floats  # the original's word table, and its embedding of each alone
    weights: Floats  # [VOCABULARY]: little for frequent ones


def tables(teacher: Teacher, train: Sequence[Example]) -> Tables:
    """What is known of wordpieces; how frequent each is, is counted on what is learnt from."""
    words = teacher.encoder.words.weight.detach().numpy()
    alone = teacher.of_pieces([[piece] for piece in range(VOCABULARY)])
    counts = np.bincount(np.concatenate([one.seen.pieces for one in train]), minlength=VOCABULARY)
    weights = COMMON / (COMMON + np.maximum(counts / counts.sum(), 1e-6))
    return Tables(np.concatenate([words, alone], 1), weights.astype(np.float32))


def static(of: Tables) -> Floats:
    """The three vectors of each wordpiece [VOCABULARY, 3 * WIDTH]."""
    return np.concatenate([of.own, of.own[:, WIDTH:] * of.weights[:, None]], 1)


def features(found: Sequence[Example], pieces: Floats) -> Floats:
    """[examples, 5 * WIDTH]."""
    rows = [
        np.concatenate([one.seen.final, one.seen.middle, pieces[one.seen.pieces].mean(0)]) for one in found
    ]
    return np.array(rows, np.float32)


def fit(train: Sequence[Example], pieces: Floats) -> dict[str, NDArray[Any]]:
    """The arrays of the head, but for the encoder's name."""
    taught = np.array([one.taught for one in train], np.float64)
    taught -= taught.mean(0)
    axes = np.linalg.eigh(taught.T @ taught)[1][:, ::-1][:, :DIMENSIONS]
    seen = features(train, pieces).astype(np.float64)
    middle, spread = seen.mean(0), seen.std(0) + 1e-6
    seen = (seen - middle) / spread
    normal = seen.T @ seen
    normal[np.diag_indices_from(normal)] += PENALTY * len(train)
    weights = np.linalg.solve(normal, seen.T @ (taught @ axes)) / spread[:, None]
    table = pieces @ weights[2 * WIDTH :]
    scales = np.abs(table).max(0) / 127
    return {
        "states": weights[: 2 * WIDTH].astype(np.float16),
        "bias": (-middle @ weights).astype(np.float32),
        "scales": scales.astype(np.float32),
        "pieces": np.rint(table / scales).astype(np.int8),
    }


class Kept(NamedTuple):
    """How well vectors keep what the teacher says."""

    order: float  # Spearman's correlation of the cosines of pairs
    first: float  # how often the span that the teacher has nearest is nearest here,
    fifth: float  # or among the five nearest

    def __str__(self) -> str:
        return f"Spearman {self.order:.3f}; nearest {self.first:.3f}; among five {self.fifth:.3f}"


def kept(vectors: Floats, taught: Floats) -> Kept:
    """The scores of vectors [n, any] against those of the teacher [n, WIDTH]."""
    ours, theirs = (
        each / np.maximum(np.linalg.norm(each, axis=1), 1e-9)[:, None] for each in (vectors, taught)
    )
    one, other = np.random.default_rng(7).integers(0, len(ours), (2, PAIRS))
    apart = one != other
    cosines = [(each[one[apart]] * each[other[apart]]).sum(1) for each in (ours, theirs)]
    near, nearest = (each @ each.T for each in (ours, theirs))
    np.fill_diagonal(near, -2)
    np.fill_diagonal(nearest, -2)
    best = near[np.arange(len(ours)), nearest.argmax(1)]
    rank = (near > best[:, None]).sum(1)
    ranks = [np.argsort(np.argsort(each)) for each in cosines]
    order = np.corrcoef(ranks[0], ranks[1])[0, 1]
    return Kept(float(order), float((rank < 1).mean()), float((rank < 5).mean()))


def blank() -> dict[str, NDArray[Any]]:
    """A head that says nothing, for an encoder that has none yet."""
    return {
        "states": np.zeros((2 * WIDTH, DIMENSIONS), np.float16),
        "bias": np.zeros(DIMENSIONS, np.float32),
        "scales": np.zeros(DIMENSIONS, np.float32),
        "pieces": np.zeros((VOCABULARY, DIMENSIONS), np.int8),
    }


def bind(folder: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Write arrays as those of the encoder that is in the folder."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    encoder = np.frombuffer(about["files"][ENCODER].encode("ascii"), np.uint8)
    data = packed(**{**arrays, "encoder": encoder})
    (folder / SIMILARITY).write_bytes(data)
    about["files"][SIMILARITY] = sha256(data)
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def train(found: Sequence[Example], teacher: Teacher, weights: Path) -> None:
    """Fit, write and score."""
    learnt, held = ([one for one in found if one.is_held == is_held] for is_held in (False, True))
    arrays = fit(learnt, static(tables(teacher, learnt)))
    bind(weights, arrays)
    encoder = np.zeros(0, np.uint8)
    head = Head("", {**arrays, "encoder": encoder})
    taught = np.array([one.taught for one in held])
    log.info("%d spans to learn from, %d to score on", len(learnt), len(held))
    log.info("mean final state   %s", kept(np.array([one.seen.final for one in held], np.float32), taught))
    log.info(
        "head, eight bits   %s", kept(np.array([head.vector(one.seen) for one in held], np.float32), taught)
    )


def main() -> None:
    """Read the command line, train or bind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, help="without it what was trained is bound to the encoder as it is"
    )
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if given.data is None:
        with np.load(given.weights / SIMILARITY, allow_pickle=False) as arrays:
            bind(given.weights, dict(arrays))
        return
    teacher = Teacher()
    train(list(examples(given.data, given.weights, teacher)), teacher, given.weights)


if __name__ == "__main__":
    main()
