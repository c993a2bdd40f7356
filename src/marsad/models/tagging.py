"""Reading a whole text: windows through the encoder, anchors to attributions, tags to entities.

Whatever computes the scores (ONNX Runtime here, PyTorch while training) is a `Scorer`; all else is here,
so that what is scored in training is what is shipped. A window is scored by itself, so that a text's tags
depend on nothing but the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from marsad.models.chains import Floats, Weights, likely_runs, marginals, nothing, viterbi
from marsad.models.decoding import Named, Thresholds, Triple, anchors, apart, distinct, named, triple
from marsad.models.windows import Extent, Range, overlapping, owned
from marsad.models.words import Ints, Words

CLS, SEP, PAD = 101, 102, 0  # of BERT's uncased vocabulary
TOGETHER = 16  # windows whose chains are decoded at once
CHANCE = 1e-3  # of a tag other than O, below which a word is in no cue and no name
ANCHORS = 64  # that are scored at once: of a window, however many cues it seems to have


class Input(NamedTuple):
    """A window: pieces [p] with CLS and SEP, features [p, 3], first [w] wordpiece of each word."""

    pieces: Ints
    features: Ints
    first: Ints


class Scores(NamedTuple):
    """Of the words of a window: states [w, width], scores of CUE_TAGS and of ENTITY_TAGS, and the states
    [w, width] of a lower layer, from which frames are read."""

    states: Floats
    cues: Floats
    entities: Floats
    middle: Floats


class Scorer(Protocol):
    """The network."""

    def words(self, window: Input) -> Scores:
        """The states and scores of a window's words."""
        ...

    def triples(self, states: Floats, lines: Ints, anchors: Ints) -> Floats:
        """Scores of TRIPLE_TAGS [anchors, 2 * reach + 1, 7], of the words around each anchor.

        `lines` [w, 2] are ordinals of sentence and paragraph. Scores of words outside of the window mean
        nothing.
        """
        ...


class Chains(NamedTuple):
    """The chains of the three heads."""

    cues: Weights
    triples: Weights
    entities: Weights


class Tags(NamedTuple):
    """What was found in a text, in words; states and middle are [words, width]."""

    triples: list[Triple]
    entities: list[Named]
    states: NDArray[np.float16]
    middle: NDArray[np.float16]


class _Part(NamedTuple):
    """A window, the words of it that no other window owns, and its scores."""

    window: Range
    own: Range
    scores: Scores


def tag(words: Words, scorer: Scorer, chains: Chains, thresholds: Thresholds, extent: Extent) -> Tags:
    """Attributions and entities of a text. Time is linear in its length."""
    triples: list[Triple] = []
    entities: list[Named] = []
    states, middle = [_NONE], [_NONE]
    windows = overlapping(words.starts, extent)
    for at in range(0, len(windows), TOGETHER):
        several = range(at, min(at + TOGETHER, len(windows)))
        parts = [
            _Part(windows[i], owned(windows, i), scorer.words(window_of(words, windows[i]))) for i in several
        ]
        triples += _triples(words, parts, scorer, chains, thresholds)
        entities += _entities(parts, chains.entities)
        states += [_of(part.scores.states, part.window, part.own).astype(np.float16) for part in parts]
        middle += [_of(part.scores.middle, part.window, part.own).astype(np.float16) for part in parts]
    found = (np.concatenate(each[1:] or each) for each in (states, middle))
    return Tags(distinct(triples, len(words)), apart(entities), *found)


_NONE = np.zeros((0, 1), np.float16)


def window_of(words: Words, window: Range) -> Input:
    """Words `window[0]` to `window[1]` as the network takes them."""
    low, high = window
    begin, end = int(words.starts[low]), int(words.starts[high])
    pieces = np.array([CLS, *words.pieces[begin:end].tolist(), SEP], np.int64)
    features = np.zeros((len(pieces), 3), np.int64)
    features[1:-1] = np.repeat(words.features[low:high], np.diff(words.starts[low : high + 1]), axis=0)
    return Input(pieces, features, words.starts[low:high] - begin + 1)


def lines_of(words: Words, window: Range) -> Ints:
    """[w, 2]: the ordinals of sentence and paragraph of a window's words, from 0."""
    low, high = window
    lines = np.stack([words.sentences[low:high], words.paragraphs[low:high]], 1)
    return lines - lines[:1]


def _of(values: Floats, window: Range, own: Range) -> Floats:
    return values[own[0] - window[0] : own[1] - window[0]]


class _Run(NamedTuple):
    """A stretch of words of a window that may be a cue or a name, with the scores of its tags."""

    part: _Part
    first: int
    scores: Floats


def _runs(parts: Sequence[_Part], scores: Sequence[Floats]) -> list[_Run]:
    return [
        _Run(part, part.window[0] + begin, each[begin:end])
        for part, each in zip(parts, scores, strict=True)
        for begin, end in likely_runs(each, CHANCE)
    ]


class _Anchor(NamedTuple):
    """A word that is likely in a cue, with the words around it that are in its window."""

    word: int
    around: Range
    probability: float
    scores: Floats


def _triples(
    words: Words, parts: Sequence[_Part], scorer: Scorer, chains: Chains, thresholds: Thresholds
) -> Iterator[Triple]:
    found = list(_anchors(words, parts, scorer, chains.cues, thresholds))
    scores = [anchor.scores for anchor in found]
    none = np.exp(nothing(scores, chains.triples)).tolist()
    for anchor, tags, outside in zip(found, viterbi(scores, chains.triples), none, strict=True):
        one = triple(tags, anchor.word, anchor.probability * (1 - outside), anchor.around[0])
        if one is not None and one.probability >= thresholds.triple:
            yield one


def _anchors(
    words: Words, parts: Sequence[_Part], scorer: Scorer, chain: Weights, thresholds: Thresholds
) -> Iterator[_Anchor]:
    """The anchors that the windows own. One less likely than an attribution may be is not looked at."""
    runs = _runs(parts, [part.scores.cues for part in parts])
    chosen: dict[Range, list[tuple[int, float]]] = {part.window: [] for part in parts}
    for run, tags in zip(runs, marginals([run.scores for run in runs], chain), strict=True):
        low, high = run.part.own
        for at in anchors(tags, thresholds.cue):
            probability = float(1 - tags[at, 0])
            if low <= run.first + at < high and probability >= thresholds.triple:
                chosen[run.part.window].append((run.first + at, probability))
    for part in parts:
        some = chosen[part.window]
        for begin in range(0, len(some), ANCHORS):
            yield from _scored(words, part, some[begin : begin + ANCHORS], scorer)


def _scored(
    words: Words, part: _Part, chosen: Sequence[tuple[int, float]], scorer: Scorer
) -> Iterator[_Anchor]:
    first, last = part.window
    places = np.array([word - first for word, _ in chosen], np.int64)
    found = scorer.triples(part.scores.states, lines_of(words, part.window), places)
    reach = found.shape[1] // 2
    for (word, probability), scores in zip(chosen, found, strict=True):
        low, high = max(first, word - reach), min(last, word + reach + 1)
        yield _Anchor(word, (low, high), probability, scores[low - word + reach : high - word + reach])


def _entities(parts: Sequence[_Part], chain: Weights) -> Iterator[Named]:
    runs = _runs(parts, [part.scores.entities for part in parts])
    scores = [run.scores for run in runs]
    for run, tags, likely in zip(runs, viterbi(scores, chain), marginals(scores, chain), strict=True):
        yield from named(tags, likely, run.first, run.part.own)
