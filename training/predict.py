"""Reading whole documents with the model, window by window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from training.batches import batch
from training.crf import Chain
from training.data import Attribution, Document, Entity, Window, overlapping
from training.decode import (
    Floats,
    Found,
    Thresholds,
    Weights,
    anchors,
    attribution,
    distinct,
    entities,
    marginals,
    nothing,
    triple,
    viterbi,
)
from training.model import Anchors, Batch, Reader

ROOM, SHARED = 300, 100  # wordpieces of a window, and of it those that the one before had too
TOGETHER = 8  # windows at a time


class Reading(NamedTuple):
    """What was found in a document; each attribution has its probability."""

    attributions: list[Attribution]
    probabilities: list[float]
    entities: list[Entity]

    def surer(self, least: float) -> list[Attribution]:
        """The attributions of a probability of at least `least`."""
        pairs = zip(self.attributions, self.probabilities, strict=True)
        return [one for one, probability in pairs if probability >= least]


def read(document: Document, model: Reader, thresholds: Thresholds) -> Reading:
    """The attributions and entities of a document. Each word is read where it is furthest from an edge."""
    found: list[tuple[Found, int]] = []
    named: list[Entity] = []
    parts = list(overlapping(document, ROOM, SHARED))
    for at in range(0, len(parts), TOGETHER):
        several = parts[at : at + TOGETHER]
        owned = [_owned(parts, at + i) for i in range(len(several))]
        for window, triples, tags in _read(several, owned, model, thresholds):
            found += [(one, window.first) for one in triples]
            low, high = owned[several.index(window)]
            words = document.words
            limits = int(words.begins[window.first + low]), int(words.ends[window.first + high - 1])
            named += [
                one for one in entities(tags, words, window.first) if limits[0] <= one.span[0] < limits[1]
            ]
    whole = distinct([_moved(one, first) for one, first in found])
    attributions = [attribution(one, document.words, 0) for one in whole]
    return Reading(attributions, [one.probability for one in whole], _apart(named))


def _read(
    windows: Sequence[Window], owned: Sequence[tuple[int, int]], model: Reader, thresholds: Thresholds
) -> Iterator[tuple[Window, list[Found], np.ndarray]]:
    with torch.inference_mode():
        tensors = batch(windows)
        states = model.states(tensors)
        cues, names = _numpy(model.cues(states)), _numpy(model.entities(states))
        for at, window in enumerate(windows):
            size = window.last - window.first
            likely = marginals(cues[at, :size], weights(model.cue_chain))
            low, high = owned[at]
            words = [word for word in anchors(likely, thresholds.cue) if low <= word < high]
            tags = viterbi(names[at : at + 1, :size], weights(model.entity_chain))[0]
            triples = _triples(model, states, tensors, (at, size), words)
            kept = []
            for word, one in zip(words, triples, strict=True):
                if one is not None:
                    probability = one.probability * float(1 - likely[word, 0])
                    kept.append(one._replace(probability=probability))
            kept = [one for one in kept if one.probability >= thresholds.triple]
            yield window, kept, tags


def _triples(
    model: Reader, states: Tensor, tensors: Batch, where: tuple[int, int], words: Sequence[int]
) -> list[Found | None]:
    if not words:
        return []
    at, size = where
    chosen = Anchors(torch.zeros(len(words), dtype=torch.long), torch.tensor(words))
    one = slice(at, at + 1)
    scores = _numpy(
        model.triples(states[one, :size], tensors.lines[one, :size], tensors.mask[one, :size], chosen)
    )
    chain = weights(model.triples.chain)
    none = np.exp(nothing(scores, chain))
    tags = viterbi(scores, chain)
    return [triple(tags[i], word, float(1 - none[i])) for i, word in enumerate(words)]


def weights(chain: Chain) -> Weights:
    """The weights of a chain as arrays."""
    first, moves = chain.weights()
    return Weights(_numpy(first), _numpy(moves))


def _owned(windows: Sequence[Window], at: int) -> tuple[int, int]:
    """The words of a window, counted from its first, that are further from its edges than in any other."""
    one = windows[at]
    low, high = one.first, one.last
    if at:
        low = (windows[at - 1].last + one.first + 1) // 2
    if at + 1 < len(windows):
        high = (one.last + windows[at + 1].first + 1) // 2
    return low - one.first, high - one.first


def _moved(found: Found, by: int) -> Found:
    source, cue, content = (
        tuple((begin + by, end + by) for begin, end in role)
        for role in (found.source, found.cue, found.content)
    )
    return Found(source, cue, content, found.probability)


def _apart(named: Sequence[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for one in sorted(named):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


def _numpy(values: Tensor) -> Floats:
    found: Floats = values.detach().float().cpu().numpy()
    return found
