"""What is compared of each claim, as columns of numbers: row i is claim i.

Lists of a claim are rows of a fixed width, padded with `NONE`: what goes beyond the width is left out,
the most frequent words first. Names, words and keys are numbered from 0 in each kind.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
NONE = -1
WORDS = 16  # content words of a claim, the rarest
ACTORS = 8
KINDS = 4
PLACES = 4
AROUND = 12  # places with all that are around them
NUMBERS = 6
OPEN = 10**6  # days: beyond every date
SIGNS = "@^"  # that begin what stands for an actor or a place among the words
OF_SIGNS = 0.5  # who and where two claims are about tells half of what their words tell
PRIOR = 2_000  # claims that are added when words are weighed, so that few claims weigh them evenly


class Amount(NamedTuple):
    """A number with what it counts; `None` is an open end."""

    measure: str
    low: float | None
    high: float | None


class Statement(NamedTuple):
    """What one claim says, before it is numbered."""

    key: str  # its id
    known: int  # the day on which it became known, counted from any one day
    story: str  # the document, or the earliest that carries the same text
    text: str  # folded: equal in one story where the claim is copied
    words: tuple[str, ...]
    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # of the actors: armed_group, state, ...
    holder: str | None = None  # whose word it is, where that can be told from others
    is_attributed: bool = False
    places: tuple[tuple[str, ...], ...] = ()  # each with its own keys first, then those around it
    first: int = -OPEN  # the days on which it is true
    last: int = OPEN
    is_dated: bool = True  # whether it says when; else its days are only about when it was said
    amounts: tuple[Amount, ...] = ()
    is_denied: bool = False
    is_unclear: bool = False  # whether a "not" in it may be of the whole or of a part
    vector: bytes | None = None  # of the encoder: int8, of length 127


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of n claims in the order of their rank: first known first."""

    words: Ints  # [n, WORDS], rarest first
    weights: NDArray[np.float32]  # [n, WORDS]: how much a word tells; 0 in the padding
    masses: NDArray[np.float32]  # [n]: the sum of its weights
    lengths: NDArray[np.float32]  # [n]: words of its text, 1 at least
    actors: Ints  # [n, ACTORS]
    kinds: Ints  # [n, KINDS]: of the actors, each once
    holders: Ints  # [n]; NONE where it cannot be told from others
    attributed: NDArray[np.bool_]  # [n]
    known: Ints  # [n], days
    stories: Ints  # [n]
    places: Ints  # [n, PLACES]
    around: Ints  # [n, AROUND]: `places` and what they lie in
    first: Ints  # [n], days
    last: Ints  # [n]
    dated: NDArray[np.bool_]  # [n]
    measures: Ints  # [n, NUMBERS]
    low: NDArray[np.float64]  # [n, NUMBERS]; minus infinity where it is open
    high: NDArray[np.float64]
    denied: NDArray[np.bool_]  # [n]
    unclear: NDArray[np.bool_]  # [n]: whether it is denied cannot be told
    texts: NDArray[np.int64]  # [n]: equal where one story carries the same words
    vectors: NDArray[np.int8] | None  # [n, width]; a row of zeros has none
    has_vector: NDArray[np.bool_] = field(init=False)  # [n]

    def __post_init__(self) -> None:
        none = np.zeros(len(self), np.bool_)
        has = none if self.vectors is None else np.asarray(self.vectors.any(axis=1), np.bool_)
        object.__setattr__(self, "has_vector", has)

    def __len__(self) -> int:
        return len(self.first)


def ranked(statements: Iterable[Statement]) -> list[Statement]:
    """The claims as they are ranked everywhere here: by the day they became known, then by key."""
    return sorted(statements, key=lambda each: (each.known, each.key))


def facts(statements: Sequence[Statement]) -> Facts:
    """The columns of `statements`, which are `ranked`."""
    words, weights = _words(statements)
    amounts = [each.amounts[:NUMBERS] for each in statements]
    places = [tuple(place[0] for place in each.places) for each in statements]
    around = [tuple(key for place in each.places for key in place) for each in statements]
    numbers = _numbered((*places, *around))
    return Facts(
        words=words,
        weights=weights,
        masses=weights.sum(axis=1),
        lengths=np.array([max(1, len(each.text.split())) for each in statements], np.float32),
        actors=_rows([each.actors for each in statements], ACTORS),
        kinds=_rows([tuple(sorted(set(each.kinds))) for each in statements], KINDS),
        holders=_rows([(each.holder,) if each.holder else () for each in statements], 1)[:, 0],
        attributed=np.array([each.is_attributed for each in statements], np.bool_),
        known=np.array([each.known for each in statements], np.int32),
        stories=_rows([(each.story,) for each in statements], 1)[:, 0],
        places=_rows(places, PLACES, numbers),
        around=_rows(around, AROUND, numbers),
        first=np.array([each.first for each in statements], np.int32),
        last=np.array([each.last for each in statements], np.int32),
        dated=np.array([each.is_dated for each in statements], np.bool_),
        measures=_rows([tuple(amount.measure for amount in each) for each in amounts], NUMBERS, once=False),
        low=_ends([[amount.low for amount in each] for each in amounts], -np.inf),
        high=_ends([[amount.high for amount in each] for each in amounts], np.inf),
        denied=np.array([each.is_denied for each in statements], np.bool_),
        unclear=np.array([each.is_unclear for each in statements], np.bool_),
        texts=np.array([_text(each) for each in statements], np.int64),
        vectors=_vectors(statements),
    )


def _numbered(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    """A number for each name: by name, so that it does not depend on the order of the rows."""
    return {name: at for at, name in enumerate(sorted({name for row in rows for name in row}))}


def _rows(
    rows: Sequence[tuple[str, ...]], width: int, numbers: dict[str, int] | None = None, *, once: bool = True
) -> Ints:
    numbers = _numbered(rows) if numbers is None else numbers
    kept = [(tuple(dict.fromkeys(row)) if once else row)[:width] for row in rows]
    made = np.full((len(rows), width), NONE, np.int32)
    made[_cells(kept)] = [numbers[name] for row in kept for name in row]
    return made


def _cells(rows: Sequence[Sequence[object]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the entries of rows of several lengths stand in an array: the row and the column of each."""
    lengths = np.array([len(row) for row in rows], np.int64)
    return np.repeat(np.arange(len(rows)), lengths), _ranks(lengths)


def _ranks(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 ... in each of several runs that follow one another."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _words(statements: Sequence[Statement]) -> tuple[Ints, NDArray[np.float32]]:
    """The rarest words of each claim, with idf weights: log of how few claims use them."""
    numbers = _numbered(each.words for each in statements)
    said = [tuple(dict.fromkeys(each.words)) for each in statements]
    word = np.array([numbers[name] for row in said for name in row], np.int64)
    row, _ = _cells(said)
    seen = np.bincount(word, minlength=len(numbers))
    weight = np.log((PRIOR + len(statements)) / (1.0 + seen)).astype(np.float32)
    weight[[number for name, number in numbers.items() if name[0] in SIGNS]] *= OF_SIGNS
    order = np.lexsort((word, seen[word], row))
    rank = _ranks(np.bincount(row, minlength=len(statements)))
    kept = order[rank < WORDS]
    words = np.full((len(statements), WORDS), NONE, np.int32)
    weights = np.zeros((len(statements), WORDS), np.float32)
    at = row[kept], rank[rank < WORDS]
    words[at], weights[at] = word[kept], weight[word[kept]]
    return words, weights


def _ends(rows: Sequence[Sequence[float | None]], is_open: float) -> NDArray[np.float64]:
    made = np.full((len(rows), NUMBERS), is_open, np.float64)
    made[_cells(rows)] = [is_open if end is None else end for row in rows for end in row]
    return made


def _text(each: Statement) -> int:
    written = f"{each.story}\0{each.is_denied}\0{each.text}".encode()
    return zlib.crc32(written) << 31 | zlib.crc32(written[::-1]) >> 1


def _vectors(statements: Sequence[Statement]) -> NDArray[Any] | None:
    width = max((len(each.vector) for each in statements if each.vector), default=0)
    if not width:
        return None
    made = np.zeros((len(statements), width), np.int8)
    for at, each in enumerate(statements):
        if each.vector and len(each.vector) == width:
            made[at] = np.frombuffer(each.vector, np.int8)
    return made
