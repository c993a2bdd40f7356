"""From scores of tags to attributions and entities. NumPy alone, so that it can run where torch is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.data import ENTITY_TYPES, Attribution, Entity, Range
from training.words import Ints, Words

Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """Of a chain: [tags] of the first tag, [tags, tags] of each move, forbidden ones very negative."""

    first: Floats
    moves: Floats


class Thresholds(NamedTuple):
    """cue: the least probability of a word that may be an anchor; triple: of an attribution as a whole."""

    cue: float = 0.2
    triple: float = 0.4


class Found(NamedTuple):
    """One attribution in words of its window, with its probability."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    probability: float


def viterbi(scores: Floats, weights: Weights) -> Ints:
    """The best tags of each sequence: [n, words, tags] to [n, words]."""
    best = weights.first + scores[:, 0]
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, scores.shape[1]):
        every = best[:, :, None] + weights.moves
        back[:, at] = every.argmax(1)
        best = every.max(1) + scores[:, at]
    tags = np.zeros(scores.shape[:2], np.int64)
    tags[:, -1] = best.argmax(1)
    rows = np.arange(len(scores))
    for at in range(scores.shape[1] - 1, 0, -1):
        tags[:, at - 1] = back[rows, at, tags[:, at]]
    return tags


def log_total(scores: Floats, weights: Weights) -> Floats:
    """log of the sum over all sequences of tags: [n, words, tags] to [n]."""
    alpha = weights.first + scores[:, 0]
    for at in range(1, scores.shape[1]):
        alpha = _after(alpha, weights.moves) + scores[:, at]
    return _log_sum(alpha)


def marginals(scores: Floats, weights: Weights) -> Floats:
    """The probability of each tag at each word: [words, tags] to the same."""
    size = len(scores)
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[0] = weights.first + scores[0]
    for at in range(1, size):
        forward[at] = _after(forward[at - 1 : at], weights.moves)[0] + scores[at]
    for at in range(size - 2, -1, -1):
        backward[at] = _after((backward[at + 1] + scores[at + 1])[None], weights.moves.T)[0]
    both = forward + backward
    likely = np.exp(both - both.max(1, keepdims=True))
    found: Floats = likely / likely.sum(1, keepdims=True)
    return found


def nothing(scores: Floats, weights: Weights) -> Floats:
    """The log probability that every tag is O: [n, words, tags] to [n]."""
    steps = (scores.shape[1] - 1) * weights.moves[0, 0]
    outside: Floats = weights.first[0] + scores[:, :, 0].sum(1) + steps - log_total(scores, weights)
    return outside


def anchors(tags: Floats, least: float) -> list[int]:
    """The likeliest word of each run of words that may be cues; `tags` [words, 3] are their marginals.

    A run ends where O is likelier than 1 - `least`, or where another cue likely begins.
    """
    cues = 1 - tags[:, 0]
    found: list[int] = []
    inside = False
    for at, value in enumerate(cues):
        if value < least:
            inside = False
        elif not inside or tags[at, 1] > 0.5:
            found.append(at)
            inside = True
        elif value > cues[found[-1]]:
            found[-1] = at
    return found


def triple(tags: Ints, anchor: int, probability: float) -> Found | None:
    """The attribution that the tags of one anchor spell; None without a cue or a content."""
    source, cue, content = (runs(tags, 1 + 2 * role) for role in range(3))
    if not cue or not content:
        return None
    return Found(_nearest(source, anchor), _nearest(cue, anchor), tuple(content), probability)


def runs(tags: Ints, begin: int) -> list[Range]:
    """Ranges of the tag `begin` and those of `begin + 1` that follow it."""
    found: list[Range] = []
    for at in np.flatnonzero((tags == begin) | (tags == begin + 1)):
        if found and tags[at] == begin + 1 and found[-1][1] == at:
            found[-1] = (found[-1][0], int(at) + 1)
        else:
            found.append((int(at), int(at) + 1))
    return found


def distinct(found: Sequence[Found]) -> list[Found]:
    """The attributions whose cues do not overlap that of a likelier one, in the order of their cues."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (-each.probability, each.cue)):
        if not any(_touch(one.cue[0], other.cue[0]) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.cue)


def attribution(found: Found, words: Words, first: int) -> Attribution:
    """In code points; `first` is the first word of the window."""
    roles = (
        tuple(words.span_of(first + begin, first + end) for begin, end in role)
        for role in (found.source, found.cue, found.content)
    )
    return Attribution(*roles)


def entities(tags: Ints, words: Words, first: int) -> list[Entity]:
    """The entities that the tags of a window spell."""
    found = []
    for at, kind in enumerate(ENTITY_TYPES):
        for begin, end in runs(tags, 1 + 2 * at):
            found.append(Entity(words.span_of(first + begin, first + end), kind))
    return sorted(found)


def _nearest(ranges: Sequence[Range], anchor: int) -> tuple[Range, ...]:
    """Sources and cues are one stretch each: the one that is nearest to the anchor."""
    if not ranges:
        return ()
    return (min(ranges, key=lambda each: max(each[0] - anchor, anchor - each[1] + 1, 0)),)


def _touch(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _after(alpha: Floats, moves: Floats) -> Floats:
    return _log_sum((alpha[:, :, None] + moves).swapaxes(1, 2))


def _log_sum(values: Floats) -> Floats:
    peak = values.max(-1, keepdims=True)
    found: Floats = np.log(np.exp(values - peak).sum(-1)) + peak[..., 0]
    return found
