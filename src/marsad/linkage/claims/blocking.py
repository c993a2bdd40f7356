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
from marsad.linkage.claims.facts import NONE, Facts, Ints

MANY = 40  # claims of one key that are all compared with one another
WINDOW = 10
RARE = 6  # words of a claim that are keys: its rarest that another claim has, too
AMPLE, FEW = 12, 200_000  # and so many where there are no more claims than that
BANDS, BITS = 6, 12  # buckets of vectors: so many, of so many random planes each
SEED = 20_260_301  # any number; another one makes other planes
FEWEST = 2  # content words of a claim that is compared at all
_AT_ONCE = 5_000_000  # pairs that are held before doubles among them are dropped
_SLICES = 8  # parts of the divided keys, one after another: they are five times as many as all others

Keys = NDArray[np.uint64]


def candidates(facts: Facts) -> tuple[Rows, Rows]:
    """Rows of pairs that share a key and whose times, actors and places let them be one; first < second."""
    parts = [first * len(facts) + second for first, second in batches(facts)]
    found = _distinct(np.concatenate([np.zeros(0, np.int64), *parts]))
    return np.divmod(found, max(len(facts), 1))


def batches(facts: Facts) -> Iterator[tuple[Rows, Rows]]:
    """The same in parts, for many claims: a pair comes once in a part, and may come in several."""
    pending, held = list[Rows](), 0
    for first, second in _meetings(facts):
        pending.append(first * len(facts) + second)
        held += len(first)
        if held > _AT_ONCE:
            yield np.divmod(_distinct(np.concatenate(pending)), len(facts))
            pending, held = [], 0
    if held:
        yield np.divmod(_distinct(np.concatenate(pending)), len(facts))


def _meetings(facts: Facts) -> Iterator[tuple[Rows, Rows]]:
    keys, rows, sizes = _sorted(facts, *_keys(facts))
    few = sizes <= MANY
    yield from _within(facts, keys[few], rows[few], MANY)
    keys, rows = keys[~few], rows[~few]
    del sizes, few
    order = np.lexsort((keys, rows))
    keys, rows = keys[order], rows[order]
    del order
    for part in range(_SLICES):
        yield from _in_slice(facts, *_divided(keys, rows, part))


def _in_slice(facts: Facts, keys: Keys, rows: Ints) -> Iterator[tuple[Rows, Rows]]:
    keys, rows, sizes = _sorted(facts, keys, rows)
    few = sizes <= MANY
    yield from _within(facts, keys[few], rows[few], MANY)
    yield from _within(facts, keys[~few], rows[~few], WINDOW)


def _within(facts: Facts, keys: Keys, rows: Ints, reach: int) -> Iterator[tuple[Rows, Rows]]:
    """The pairs of entries of one key that stand no further apart than `reach`."""
    for step in range(1, reach + 1):
        at = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(at):
            return
        for begin in range(0, len(at), _AT_ONCE):
            part = at[begin : begin + _AT_ONCE]
            one, other = rows[part].astype(np.int64), rows[part + step].astype(np.int64)
            first, second = np.minimum(one, other), np.maximum(one, other)
            kept = (first < second) & may_meet(facts, first, second)
            yield first[kept], second[kept]


def _distinct(numbers: Rows) -> Rows:
    """Each number once, in order: three times as fast as `numpy.unique`, which keeps a table of them."""
    numbers.sort()
    return numbers[np.r_[True, numbers[1:] != numbers[:-1]]] if len(numbers) else numbers


def _sorted(facts: Facts, keys: Keys, rows: Ints) -> tuple[Keys, Ints, Ints]:
    """Keys that more than one has, together; within one by time; and of each how many have it.

    Key and place in time are sorted as one number, and the key gives up its last bits for that: two that
    are then taken for one bring together some claims that have nothing in common.
    """
    by_time = np.lexsort((np.arange(len(facts)), facts.first)).astype(np.int32)
    rank = np.empty(len(facts), np.uint64)
    rank[by_time] = np.arange(len(facts), dtype=np.uint64)
    bits = np.uint64(len(facts).bit_length())
    packed = keys >> bits
    packed <<= bits
    packed |= rank[rows]
    del keys, rows, rank
    packed.sort()
    next_is_same = packed[1:] >> bits == packed[:-1] >> bits
    packed = packed[np.r_[next_is_same, False] | np.r_[False, next_is_same]] if len(packed) else packed
    del next_is_same
    rows = by_time[(packed & (np.uint64(1) << bits) - np.uint64(1)).astype(np.int32)]
    packed >>= bits
    begins = np.flatnonzero(np.r_[True, packed[1:] != packed[:-1]]) if len(packed) else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[begins, len(packed)]).astype(np.int32)
    return packed, rows, np.repeat(lengths, lengths)


def _keys(facts: Facts) -> tuple[Keys, Ints]:
    """All keys, with the row that has each."""
    told = (facts.words != NONE).sum(axis=1) >= FEWEST
    columns = [*_word_keys(facts), _mixed(3, facts.texts)]
    columns += [_mixed(4, facts.measures[:, at], facts.low[:, at].view(np.int64)) for at in range(2)]
    given: list[Flags] = [np.asarray(column != 0, np.bool_) for column in columns[:-2]]
    given += [np.asarray(facts.measures[:, at] != NONE, np.bool_) for at in range(2)]
    if facts.vectors is not None:
        columns += _vector_keys(facts.vectors)
        given += [facts.has_vector] * BANDS
    rows = [np.flatnonzero(each & told).astype(np.int32) for each in given]
    keys = [column[at] for column, at in zip(columns, rows, strict=True)]
    return np.concatenate(keys), np.concatenate(rows)


def _word_keys(facts: Facts) -> list[Keys]:
    """The rarest words that two claims or more have, a column each; 0 where there is none."""
    most = int(facts.words.max(initial=0)) + 1
    used = np.bincount(facts.words[facts.words != NONE], minlength=most)
    shared: Flags = (facts.words != NONE) & (used[facts.words] > 1)
    order = np.argsort(~shared, axis=1, kind="stable")[:, : _rare(facts)]  # rarest first, as they stand
    words = np.take_along_axis(facts.words, order, axis=1)
    is_shared = np.take_along_axis(shared, order, axis=1)
    return [np.where(is_shared[:, at], _mixed(1, words[:, at]), np.uint64(0)) for at in range(_rare(facts))]


def _rare(facts: Facts) -> int:
    return AMPLE if len(facts) <= FEW else RARE


def _divided(keys: Keys, rows: Ints, part: int) -> tuple[Keys, Ints]:
    """Each two frequent keys of one claim as one key, of those of one part; the entries stand row by row."""
    made_keys, made_rows = [keys[:0]], [rows[:0]]
    for step in range(1, AMPLE + BANDS + 3):
        at = np.flatnonzero(rows[step:] == rows[:-step]).astype(np.int32)
        if not len(at):  # no claim has more keys
            break
        made = _mixed(5, keys[at + step], keys[at])
        mine = made % np.uint64(_SLICES) == part
        made_keys.append(made[mine])
        made_rows.append(rows[at[mine]])
    return np.concatenate(made_keys), np.concatenate(made_rows)


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
