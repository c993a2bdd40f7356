"""Scores of the shipped reader on public corpora, by the measures of the field.

A corpus is a file of JSON Lines, a document or a sentence a line, with its key. Each benchmark is a
module with the same four names: `Row`, the form of a line; `predict`, what the reader finds in it,
in the form of the key; `score`, what a corpus of both is worth; `LABELS`, what its scores are called.
One whose corpus has another form has a fifth, `rows`, that reads it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from marsad.evaluation.corpus import rows

Score = float | None  # None: the corpus has nothing to score it on
Scores = Mapping[str, Score | Mapping[str, Score]]  # a mapping: one score a type
BENCHMARKS = (
    "claims", "entities", "incidents", "relations", "actors", "events", "eventtypes",
    "places", "times", "figures",
)  # fmt: skip


class Benchmark(Protocol):
    """What the module of a benchmark has."""

    Row: type[msgspec.Struct]
    LABELS: dict[str, str]
    predict: Callable[[Any], msgspec.Struct]
    score: Callable[[Iterable[tuple[Any, Any]]], Scores]


class Result(NamedTuple):
    """The scores of one run, with every prediction behind them."""

    benchmark: str
    documents: int
    seconds: float  # of reading, by the clock on the wall
    scores: Scores
    predictions: tuple[msgspec.Struct, ...]


def benchmark(name: str) -> Benchmark:
    """The module of one of `BENCHMARKS`."""
    module: Any = import_module(f"marsad.evaluation.{name}")
    found: Benchmark = module
    return found


def evaluate(name: str, path: Path, *, watch: Callable[[Sequence[Any]], Iterable[Any]] = iter) -> Result:
    """Read every document of the corpus at `path` and score it against its key.

    Args:
        watch: is given the documents and passes them on: it shows progress.

    Raises:
        BadInput: a line is not of the benchmark's form; the message says which.
    """
    asked = benchmark(name)
    read: Callable[[Path], Iterable[Any]] = getattr(asked, "rows", lambda path: rows(path, asked.Row, name))
    corpus = list(read(path))
    began = time.perf_counter()
    predictions = tuple(asked.predict(row) for row in watch(corpus))
    seconds = time.perf_counter() - began
    scores = asked.score(zip(corpus, predictions, strict=True))
    return Result(name, len(corpus), round(seconds, 3), scores, predictions)
