"""The pair model of relations: `python -m training.relations --data DATA --weights FOLDER`.

Reads `re3d/docs.jsonl` of DATA, in the form of `marsad evaluate relations`, and writes `relations.npz` beside
the encoder that its vectors come from, with its SHA-256 in `model.json`. Of the documents in the order of
their ids every fifth is left out and scored at the end; thresholds are chosen on the others, each scored by a
model that did not see it. Runs where the package is installed with its extra `models`; it needs nothing of
the training environment. Nothing is drawn at random. Without `--data` what was trained is bound to the
encoder that is there: only where it was packed anew and its states are the same as before.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.evaluation import relations as benchmark
from marsad.evaluation.corpus import document, rows
from marsad.evaluation.relations import TYPES, Link, Row
from marsad.models.relations import ABOUT, ENCODER, FILE, ROLES, Pair, lines, packed, sha256
from marsad.reading import pipeline
from marsad.reading.relations.pairs import Mention, candidates
from marsad.reading.text import segment
from training.minimum import Design, Incidence, minimum

KINDS = tuple(dict.fromkeys(TYPES.values()))
AXES = 64  # that each vector is projected on
WEIGHT = 3.0  # of vectors beside named features: standard deviation on their first axis
PENALTY = 6.0  # of the square of each weight, halved: the precision of its normal prior
RARE = (2, 4)  # documents and pairs that a named feature is seen in at least
FOLDS = 5
GRID = np.arange(0.06, 0.95, 0.04)

Floats = NDArray[np.float64]


class Example(NamedTuple):
    """The pairs of a document: features, hints, vectors [pairs, 3, width], labels [pairs, types]."""

    row: Row
    ends: list[tuple[int, int]]
    features: list[tuple[str, ...]]
    hints: list[tuple[str, ...]]  # a row for each pair and type
    vectors: NDArray[np.float32]
    labels: Floats


class Made(NamedTuple):
    """A model: what `PairModel` takes, but for thresholds and the encoder's SHA-256."""

    names: list[str]
    hints: list[str]
    means: Floats
    axes: Floats
    weights: Floats
    bias: Floats
    shared: Floats


def example(row: Row) -> Example:
    """A document as the reader sees it."""
    _, tagged = pipeline.read_tagged(document(row.text))
    if tagged is None:
        raise SystemExit("the extra `models` is not installed")
    mentions = [Mention(one.span, one.type) for one in benchmark.entities(row)]
    found = list(candidates(segment(row.text), mentions))
    gold, _ = benchmark.key(row)

    def vectors(pair: Pair) -> list[NDArray[np.float32]]:
        return [
            tagged.vector(span) if span is not None else np.zeros_like(tagged.vector(pair.source))
            for span in pair[:ROLES]
        ]

    width = len(tagged.vector(mentions[0].span)) if mentions else 0
    return Example(
        row,
        [(one.source, one.target) for one in found],
        [one.pair.features for one in found],
        [tuple(name for of, name in one.pair.hints if of == kind) for one in found for kind in KINDS],
        np.array([vectors(one.pair) for one in found], np.float32).reshape(len(found), ROLES, width),
        np.array([_labels(gold, one.source, one.target) for one in found], float).reshape(-1, len(KINDS)),
    )


def _labels(gold: frozenset[Link], source: int, target: int) -> list[bool]:
    return [benchmark.link(kind, source, target) in gold for kind in KINDS]


def fit(examples: Sequence[Example]) -> Made:
    """The model of most probability given the examples."""
    names = _names([one.features for one in examples])
    hints = _names([one.hints for one in examples])
    vectors = np.concatenate([one.vectors for one in examples if len(one.ends)]).astype(float)
    means = vectors.mean(0)
    axes = np.stack([_axes(vectors[:, role] - means[role]) for role in range(ROLES)])
    design = Design(
        Incidence([each for one in examples for each in one.features], names),
        _projected(vectors, means, axes),
        Incidence([each for one in examples for each in one.hints], hints),
        len(KINDS),
    )
    found = minimum(design, np.concatenate([one.labels for one in examples]), PENALTY)
    return Made(names, hints, means, axes, *design.parts(found))


def _names(documents: Sequence[Sequence[tuple[str, ...]]]) -> list[str]:
    """Those that are not too rare."""
    seen = Counter(name for rows in documents for each in rows for name in each)
    within = Counter(name for rows in documents for name in {name for each in rows for name in each})
    return sorted(name for name in seen if within[name] >= RARE[0] and seen[name] >= RARE[1])


def _axes(centred: Floats) -> Floats:
    """[width, AXES]: the principal axes, scaled."""
    values, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    scaled: Floats = axes[:, ::-1][:, :AXES] * (WEIGHT / np.sqrt(values[-1]))
    return scaled


def _projected(vectors: Floats, means: Floats, axes: Floats) -> Floats:
    """[pairs, 3 * AXES]; what is not there adds nothing."""
    there = (np.abs(vectors).sum(2, keepdims=True) > 0).astype(float)
    projected: Floats = np.einsum("nrw,rwk->nrk", (vectors - means) * there, axes)
    return projected.reshape(len(vectors), -1)


def probabilities(made: Made, one: Example) -> Floats:
    """[pairs, types] of a document."""
    design = Design(
        Incidence(one.features, made.names),
        _projected(one.vectors.astype(float), made.means, made.axes),
        Incidence(one.hints, made.hints),
        len(KINDS),
    )
    logits = design.logits(np.concatenate([made.weights.ravel(), made.bias, made.shared]))
    found: Floats = 1 / (1 + np.exp(-logits))
    return found


def links(one: Example, found: Floats) -> dict[Link, float]:
    """Each relation that may be, with its probability: of what has no direction the mean of both orders."""
    every: dict[Link, list[float]] = {}
    for (source, target), row in zip(one.ends, found.tolist(), strict=True):
        for kind, probability in zip(KINDS, row, strict=True):
            every.setdefault(benchmark.link(kind, source, target), []).append(probability)
    return {each: sum(some) / len(some) for each, some in every.items()}


class Scored:
    """Relations with their probabilities beside the key, to be cut by thresholds."""

    def __init__(self, pairs: Iterable[tuple[Example, dict[Link, float]]]) -> None:
        kinds, sure, right, self.gold = list[int](), list[float](), list[bool](), 0
        for one, found in pairs:
            key, lost = benchmark.key(one.row)
            self.gold += len(key) + lost
            kinds += [KINDS.index(each[0]) for each in found]
            sure += found.values()
            right += [each in key for each in found]
        self.kinds, self.sure, self.right = np.array(kinds), np.array(sure), np.array(right)

    def f1(self, thresholds: Floats) -> float:
        """Over all types together."""
        kept = self.sure >= thresholds[self.kinds]
        return float(2 * (kept & self.right).sum() / (self.gold + kept.sum()))

    def best(self) -> Floats:
        """Thresholds [types] of the best F1, one type after the other, twice."""
        common = max(GRID, key=lambda each: self.f1(np.full(len(KINDS), each)))
        thresholds = np.full(len(KINDS), common)
        for kind in [*range(len(KINDS))] * 2:
            tried = (np.where(np.arange(len(KINDS)) == kind, each, thresholds) for each in GRID)
            thresholds = max(tried, key=self.f1)
        return thresholds

    def lines(self, thresholds: Floats) -> Iterator[str]:
        """F1, right, of the key within reach, found; by type."""
        kept = self.sure >= thresholds[self.kinds]
        yield f"all {self.f1(thresholds):.3f}"
        for at, kind in enumerate(KINDS):
            of = self.kinds == at
            right, key, found = (int((of & each).sum()) for each in (kept & self.right, self.right, kept))
            f1 = 2 * right / max(key + found, 1)
            yield f"{kind} {f1:.3f} {right} {key} {found} from {thresholds[at]:.2f}"


def crossed(examples: Sequence[Example]) -> Scored:
    """Each document by a model that did not see it."""
    pairs = []
    for fold in range(FOLDS):
        made = fit([one for at, one in enumerate(examples) if at % FOLDS != fold])
        pairs += [(one, links(one, probabilities(made, one))) for one in examples[fold::FOLDS]]
    return Scored(pairs)


def write(folder: Path, made: Made, thresholds: Floats) -> None:
    """`relations.npz`, and its SHA-256 in `model.json`."""
    numbers = ("means", "axes", "weights", "bias", "shared")
    arrays = {name: getattr(made, name).astype(np.float16) for name in numbers}
    named = {"names": lines(made.names), "hints": lines(made.hints), "types": lines(KINDS)}
    bind(folder, {**arrays, **named, "thresholds": thresholds})


def bind(folder: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Write arrays as those of the encoder that is in the folder."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    encoder = np.frombuffer(about["files"][ENCODER].encode("ascii"), np.uint8)
    data = packed(**{**arrays, "encoder": encoder})
    (folder / FILE).write_bytes(data)
    about["files"][FILE] = sha256(data)
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def _say(what: str, scored: Scored, thresholds: Floats) -> None:
    sys.stdout.write("\n  ".join([what, *scored.lines(thresholds)]) + "\n")


def main() -> None:
    """Read the command line, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, help="without it what was trained is bound to the encoder as it is"
    )
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    if given.data is None:
        with np.load(given.weights / FILE, allow_pickle=False) as arrays:
            bind(given.weights, dict(arrays))
        return
    corpus = sorted(rows(given.data / "re3d" / "docs.jsonl", Row, "relations"), key=lambda row: str(row.id))
    every = [example(row) for row in corpus]
    train, held = [one for at, one in enumerate(every) if at % 5], every[::5]
    scored = crossed(train)
    thresholds = scored.best()
    _say("crossed", scored, thresholds)
    made = fit(train)
    _say("held out", Scored((one, links(one, probabilities(made, one))) for one in held), thresholds)
    write(given.weights, made, thresholds)


if __name__ == "__main__":
    main()
