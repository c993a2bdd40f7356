"""The pairs of claims that are worth comparing.

Two claims are compared where they share a key: a rare word, a number with its measure, a text, or a
bucket of vectors. A key that more than `MANY` claims have is divided by what else they share of their
rare words; where still more have both, each is compared with the `WINDOW` that come after it in time.
So the pairs grow with the claims, and not with their square. These caps lose pairs that share nothing
but what many claims share.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from marsad.linkage.claims.comparing import Flags, Rows, may_meet
from marsad.linkage.claims.facts import NONE, Facts

MANY = 40  # claims of one key that are all compared with one another
WINDOW = 10
RARE = 6  # words of a claim that are keys: its rarest that another claim has, too
BANDS, BITS = 6, 12  # buckets of vectors: so many, of so many random planes each
SEED = 20_260_301  # any number; another one makes other planes
FEWEST = 2  # content words of a claim that is compared at all
_AT_ONCE = 5_000_000  # pairs that are held before doubles among them are dropped

Keys = NDArray[np.uint64]


def candidates(facts: Facts) -> tuple[Rows, Rows]:
    """Rows of pairs that share a key and whose times, actors and places let them be one; first < second."""
    found, pending, held = np.zeros(0, np.int64), list[Rows](), 0
    for first, second in _meetings(facts):
        pending.append(first * len(facts) + second)
        held += len(first)
        if held > _AT_ONCE:
            found = _distinct(np.concatenate([found, *pending]))
            pending, held = [], 0
    found = _distinct(np.concatenate([found, *pending]))
    return np.divmod(found, max(len(facts), 1))


def _meetings(facts: Facts) -> Iterator[tuple[Rows, Rows]]:
    keys, rows = _keys(facts)
    keys, rows, sizes = _sorted(facts, keys, rows)
    few = sizes <= MANY
    yield from _within(facts, keys[few], rows[few], MANY)
    keys, rows, sizes = _sorted(facts, *_divided(keys[~few], rows[~few]))
    few = sizes <= MANY
    yield from _within(facts, keys[few], rows[few], MANY)
    yield from _within(facts, keys[~few], rows[~few], WINDOW)


def _within(facts: Facts, keys: Keys, rows: Rows, reach: int) -> Iterator[tuple[Rows, Rows]]:
    """The pairs of entries of one key that stand no further apart than `reach`."""
    for step in range(1, reach + 1):
        at = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(at):
            return
        for begin in range(0, len(at), _AT_ONCE):
            part = at[begin : begin + _AT_ONCE]
            one, other = rows[part], rows[part + step]
            first, second = np.minimum(one, other), np.maximum(one, other)
            kept = (first < second) & may_meet(facts, first, second)
            yield first[kept], second[kept]


def _distinct(numbers: Rows) -> Rows:
    """Each number once, in order: three times as fast as `numpy.unique`, which keeps a table of them."""
    numbers.sort()
    return numbers[np.r_[True, numbers[1:] != numbers[:-1]]] if len(numbers) else numbers


def _sorted(facts: Facts, keys: Keys, rows: Rows) -> tuple[Keys, Rows, Rows]:
    """Keys that more than one has, together; within one by time; and of each how many have it.

    Key and place in time are sorted as one number, and the key gives up its last bits for that: two that
    are then taken for one bring together some claims that have nothing in common.
    """
    by_time = np.lexsort((np.arange(len(facts)), facts.first))
    rank = np.empty(len(facts), np.uint64)
    rank[by_time] = np.arange(len(facts), dtype=np.uint64)
    bits = np.uint64(len(facts).bit_length())
    packed = keys >> bits << bits | rank[rows]
    packed.sort()
    keys = packed >> bits
    rows = by_time[(packed & (np.uint64(1) << bits) - np.uint64(1)).astype(np.int64)]
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, np.int64)
    sizes = np.repeat(np.diff(np.r_[begins, len(keys)]), np.diff(np.r_[begins, len(keys)]))
    shared = sizes > 1
    return keys[shared], rows[shared], sizes[shared]


def _keys(facts: Facts) -> tuple[Keys, Rows]:
    """All keys, with the row that has each."""
    told = (facts.words != NONE).sum(axis=1) >= FEWEST
    columns = [*_word_keys(facts), _mixed(3, facts.texts)]
    columns += [_mixed(4, facts.measures[:, at], facts.low[:, at].view(np.int64)) for at in range(2)]
    given: list[Flags] = [np.asarray(column != 0, np.bool_) for column in columns[:-2]]
    given += [np.asarray(facts.measures[:, at] != NONE, np.bool_) for at in range(2)]
    if facts.vectors is not None:
        has: Flags = np.asarray(facts.vectors.any(axis=1), np.bool_)
        columns += _vector_keys(facts.vectors)
        given += [has] * BANDS
    rows = [np.flatnonzero(each & told) for each in given]
    keys = [column[at] for column, at in zip(columns, rows, strict=True)]
    return np.concatenate(keys), np.concatenate(rows)


def _word_keys(facts: Facts) -> list[Keys]:
    """The `RARE` rarest words that two claims or more have, a column each; 0 where there is none."""
    most = int(facts.words.max(initial=0)) + 1
    used = np.bincount(facts.words[facts.words != NONE], minlength=most)
    shared: Flags = (facts.words != NONE) & (used[facts.words] > 1)
    order = np.argsort(~shared, axis=1, kind="stable")[:, :RARE]  # rarest first, as they stand
    words = np.take_along_axis(facts.words, order, axis=1)
    is_shared = np.take_along_axis(shared, order, axis=1)
    return [np.where(is_shared[:, at], _mixed(1, words[:, at]), np.uint64(0)) for at in range(RARE)]


def _divided(keys: Keys, rows: Rows) -> tuple[Keys, Rows]:
    """The entries of frequent keys, with each two that one claim has as one key."""
    order = np.lexsort((keys, rows))
    keys, rows = keys[order], rows[order]
    made = [
        (_mixed(5, keys[step:][same], keys[:-step][same]), rows[step:][same])
        for step in range(1, RARE + BANDS + 3)
        for same in [rows[step:] == rows[:-step]]
        if same.any()
    ]
    if not made:
        return keys[:0], rows[:0]
    return np.concatenate([key for key, _ in made]), np.concatenate([row for _, row in made])


def _vector_keys(vectors: NDArray[np.int8]) -> list[Keys]:
    """Locality-sensitive hashing by random planes (Charikar 2002): a bucket a band."""
    planes = np.random.default_rng(SEED).standard_normal((vectors.shape[1], BANDS * BITS)).astype(np.float32)
    made = np.zeros((len(vectors), BANDS), np.int64)
    powers = 1 << np.arange(BITS, dtype=np.int64)
    for at in range(0, len(vectors), 100_000):
        sides = (vectors[at : at + 100_000].astype(np.float32) @ planes) > 0
        made[at : at + 100_000] = sides.reshape(-1, BANDS, BITS) @ powers
    return [_mixed(10 + band, made[:, band]) for band in range(BANDS)]


def _mixed(kind: int, *parts: NDArray[np.generic]) -> Keys:
    """One number of 64 bits for a kind of key and its parts (the finalizer of SplitMix64)."""
    mixed: Keys = np.full(len(parts[0]), kind + 1, np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
