"""A million generated claims, with vectors, put into groups that say the same: seconds and peak memory.

    python benchmarks/grouping.py [--claims 1000000]

The claims are made by chance, with the skew of a ledger: one actor in a third of them, a few towns in most,
words as often as in a language (Zipf), ten years of days. A third are told again: by wires of two to sixty
copies, some word for word, some with words exchanged, their vectors near one another. Nothing is read and
no store is asked: it measures `linkage.claims` alone. Printed besides: how many copies are with the first.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
from numpy.typing import NDArray

from marsad.linkage.claims.facts import ACTORS, AROUND, KINDS, NONE, NUMBERS, OPEN, PLACES, WORDS, Facts
from marsad.linkage.claims.grouping import leaders

VOCABULARY, NAMES, TOWNS, MEASURES, WIDTH = 150_000, 3_000, 5_000, 40, 128
DAYS = 3_650
SEED = 8


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--claims", type=int, default=1_000_000)
    size = asked.parse_args().claims
    rng = np.random.default_rng(SEED)
    stories = _stories(size, rng)
    facts = _facts(stories, rng)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin, cpu = time.perf_counter(), time.process_time()
    led = leaders(facts)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:,} claims, {len(np.unique(led)):,} groups in {seconds:.0f} s, {cpu:.0f} s of CPU")
    print(f"peak memory {peak:,.0f} MB, {before:,.0f} MB of it before grouping")
    print(f"of the pairs of a claim with the first of its story, {_together(stories, led):.3f} are together")


def _stories(size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """For each claim its story: two in three are told once, the others by wires of many sizes."""
    single = size * 2 // 3
    sizes = np.minimum(60, 1 + rng.zipf(1.7, size))
    wires = np.repeat(np.arange(size), sizes)[: size - single]
    stories = np.concatenate([np.arange(single), single + wires])
    return np.asarray(rng.permutation(stories), np.int64)


def _facts(stories: NDArray[np.int64], rng: np.random.Generator) -> Facts:
    _, story = np.unique(stories, return_inverse=True)
    count = int(story.max()) + 1
    words, weights = _words(story, count, rng)
    days = rng.integers(0, DAYS, count)[story] + rng.integers(0, 3, len(story))
    dated = rng.random(count)[story] < 0.5
    places = np.full((len(story), PLACES), NONE, np.int32)
    places[:, 0] = np.where(rng.random(count) < 0.6, _skewed(TOWNS, count, rng), NONE)[story]
    around = np.full((len(story), AROUND), NONE, np.int32)
    around[:, 0] = places[:, 0]
    around[:, 1] = np.where(places[:, 0] == NONE, NONE, TOWNS + places[:, 0] % 20)
    measures, low = _amounts(story, count, rng)
    exact = rng.random(len(story)) < 0.5  # of a wire, half are carried word for word
    return Facts(
        words=words,
        weights=weights,
        masses=weights.sum(axis=1),
        lengths=(2 * (words != NONE).sum(axis=1)).astype(np.float32),
        kinds=np.full((len(story), KINDS), NONE, np.int32),
        holders=np.full(len(story), NONE, np.int32),
        attributed=rng.random(len(story)) < 0.5,
        known=np.asarray(days, np.int32),
        stories=np.arange(len(story), dtype=np.int32),
        unclear=np.zeros(len(story), np.bool_),
        actors=_actors(story, count, rng),
        places=places,
        around=around,
        first=np.asarray(np.where(dated, days - 2, days - 120), np.int32),
        last=np.asarray(days + 2, np.int32),
        dated=dated,
        measures=measures,
        low=low,
        high=np.where(measures == NONE, np.inf, low),
        denied=(rng.random(count) < 0.03)[story],
        texts=np.where(exact, story, OPEN * 100 + np.arange(len(story))).astype(np.int64),
        vectors=_vectors(story, count, rng),
    )


def _skewed(kinds: int, size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Numbers below `kinds`, the first far more often than the last."""
    return np.minimum(kinds - 1, rng.zipf(1.2, size) - 1).astype(np.int64)


def _words(
    story: NDArray[np.int64], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Five to fourteen words of a story; each claim of it exchanges one in six."""
    told = np.minimum(VOCABULARY - 1, rng.zipf(1.15, (count, WORDS)) - 1).astype(np.int32)
    told[np.arange(WORDS)[None, :] >= rng.integers(5, 15, count)[:, None]] = NONE
    words = told[story]
    other = np.minimum(VOCABULARY - 1, rng.zipf(1.15, words.shape) - 1).astype(np.int32)
    words = np.where((rng.random(words.shape) < 1 / 6) & (words != NONE), other, words)
    seen = np.bincount(words[words != NONE], minlength=VOCABULARY)
    rarity = np.where(words == NONE, np.iinfo(np.int64).max, seen[words])
    order = np.argsort(rarity, axis=1, kind="stable")
    words = np.take_along_axis(words, order, axis=1)
    weight = np.log(np.maximum(1.0, (2_000 + len(story)) / (1.0 + seen))).astype(np.float32)
    return words, np.where(words == NONE, np.float32(0), weight[words])


def _actors(story: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """One actor in a third of all claims, another beside it in a half, none in a fifth."""
    actors = np.full((count, ACTORS), NONE, np.int32)
    actors[:, 0] = np.where(rng.random(count) < 1 / 3, 0, _skewed(NAMES, count, rng))
    actors[:, 1] = np.where(rng.random(count) < 1 / 2, _skewed(NAMES, count, rng), NONE)
    actors[rng.random(count) < 1 / 5] = NONE
    return actors[story]


def _amounts(
    story: NDArray[np.int64], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """A number in a fifth of all stories."""
    measures = np.full((count, NUMBERS), NONE, np.int32)
    measures[:, 0] = np.where(rng.random(count) < 1 / 5, rng.integers(0, MEASURES, count), NONE)
    low = np.full((count, NUMBERS), -np.inf)
    low[:, 0] = np.where(measures[:, 0] == NONE, -np.inf, rng.zipf(1.4, count).clip(max=10**6))
    return measures[story], low[story]


def _vectors(story: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int8]:
    """Unit vectors times 127; those of one story have a cosine of about .8."""
    centres = rng.standard_normal((count, WIDTH)).astype(np.float32)
    made = np.empty((len(story), WIDTH), np.int8)
    for at in range(0, len(story), 100_000):
        part = centres[story[at : at + 100_000]]
        part = part + 0.5 * rng.standard_normal(part.shape).astype(np.float32)
        part *= 127 / np.linalg.norm(part, axis=1, keepdims=True)
        made[at : at + 100_000] = part.round().astype(np.int8)
    return made


def _together(stories: NDArray[np.int64], led: NDArray[np.int64]) -> float:
    _, first, story = np.unique(stories, return_index=True, return_inverse=True)
    told_again = first[story] != np.arange(len(stories))
    return float((led == led[first[story]])[told_again].mean())


if __name__ == "__main__":
    main()
