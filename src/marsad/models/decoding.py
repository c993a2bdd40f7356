"""From tags of words to attributions and entities, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from marsad.models.chains import Doubles
from marsad.models.labels import ENTITY_TYPES
from marsad.models.windows import Range
from marsad.models.words import Ints


class Thresholds(NamedTuple):
    """cue: the least probability of a word that may be an anchor; triple: of an attribution as a whole."""

    cue: float = 0.2
    triple: float = 0.4


class Triple(NamedTuple):
    """One attribution, as ranges of words, with its probability."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    probability: float


class Named(NamedTuple):
    """One entity, as a range of words, with its type and probability."""

    words: Range
    type: str
    probability: float


def anchors(tags: Doubles, least: float) -> list[int]:
    """The likeliest word of each run of words that may be cues; `tags` [words, 3] are their marginals.

    A run ends where O is likelier than 1 - `least`, or where another cue likely begins.
    """
    cues, begins = (1 - tags[:, 0]).tolist(), tags[:, 1].tolist()
    found: list[int] = []
    inside = False
    for at, value in enumerate(cues):
        if value < least:
            inside = False
        elif not inside or begins[at] > 0.5:
            found.append(at)
            inside = True
        elif value > cues[found[-1]]:
            found[-1] = at
    return found


def triple(tags: Ints, anchor: int, probability: float, first: int) -> Triple | None:
    """The attribution that the tags of one anchor spell; None without a cue or a content.

    `first` is the word that the tags begin at, `anchor` that of the anchor, both of the text. Sources and
    cues are one stretch each.
    """
    found: tuple[list[Range], ...] = ([], [], [])
    for role, begin, end in runs(tags):
        found[role].append((first + begin, first + end))
    source, cue, content = found
    if not cue or not content:
        return None
    return Triple(_nearest(source, anchor), _nearest(cue, anchor), tuple(content), probability)


def named(tags: Ints, likely: Doubles, first: int, own: Range) -> Iterator[Named]:
    """The entities that tags spell, of words from `first` on, and that begin in `own`."""
    for kind, begin, end in runs(tags):
        if own[0] <= first + begin < own[1]:
            sure = float(likely[np.arange(begin, end), tags[begin:end]].min())
            yield Named((first + begin, first + end), ENTITY_TYPES[kind], sure)


def runs(tags: Ints) -> list[tuple[int, int, int]]:
    """(kind, begin, end) of each span that the tags spell: 1 + 2 * kind begins one, 2 + 2 * kind goes on.

    A tag that goes on with nothing begins a span.
    """
    found: list[tuple[int, int, int]] = []
    places = np.flatnonzero(tags)
    for at, tag in zip(places.tolist(), tags[places].tolist(), strict=True):
        kind = (tag - 1) // 2
        if tag % 2 == 0 and found and found[-1][0] == kind and found[-1][2] == at:
            found[-1] = (kind, found[-1][1], at + 1)
        else:
            found.append((kind, at, at + 1))
    return found


def distinct(found: Sequence[Triple], words: int) -> list[Triple]:
    """The attributions whose cues share no word with that of a likelier one, in the order of their cues."""
    taken = np.zeros(words, np.bool_)
    kept: list[Triple] = []
    for one in sorted(found, key=lambda each: (-each.probability, each.cue)):
        begin, end = one.cue[0]
        if not taken[begin:end].any():
            taken[begin:end] = True
            kept.append(one)
    return sorted(kept, key=lambda each: each.cue)


def apart(found: Sequence[Named]) -> list[Named]:
    """The entities without those that begin in an earlier one."""
    kept: list[Named] = []
    for one in sorted(found):
        if not kept or one.words[0] >= kept[-1].words[1]:
            kept.append(one)
    return kept


def _nearest(ranges: Sequence[Range], anchor: int) -> tuple[Range, ...]:
    if not ranges:
        return ()
    return (min(ranges, key=lambda each: max(each[0] - anchor, anchor - each[1] + 1, 0)),)
