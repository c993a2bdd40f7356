"""Reading whole documents with the model in PyTorch, as the package reads them with its weights."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from marsad.models.chains import Floats, Weights
from marsad.models.decoding import Thresholds
from marsad.models.tagging import Chains, Input, Scores, tag
from marsad.models.windows import Extent, Range
from marsad.models.words import Ints, Words
from marsad.records.spans import Spans
from training.crf import Chain
from training.data import Attribution, Document, Entity
from training.model import Batch, Reader


class Reading(NamedTuple):
    """What was found in a document; each attribution has its probability."""

    attributions: list[Attribution]
    probabilities: list[float]
    entities: list[Entity]

    def surer(self, least: float) -> list[Attribution]:
        """The attributions of a probability of at least `least`."""
        pairs = zip(self.attributions, self.probabilities, strict=True)
        return [one for one, probability in pairs if probability >= least]


class Torch:
    """A model as a `Scorer`."""

    def __init__(self, model: Reader) -> None:
        self.model = model

    def words(self, window: Input) -> Scores:
        """See `Scorer`."""
        with torch.inference_mode():
            pieces, features, first = (torch.from_numpy(each)[None] for each in window)
            states = self.model.states(Batch(pieces, features, first, first, first))
            heads = (states, self.model.cues(states), self.model.entities(states))
        nothing = np.zeros((len(window.first), 0), np.float32)  # frames have a model of their own
        return Scores(*(_numpy(each[0]) for each in heads), nothing)

    def triples(self, states: Floats, lines: Ints, anchors: Ints) -> Floats:
        """See `Scorer`."""
        given = (torch.from_numpy(each) for each in (states[None], lines[None], anchors))
        with torch.inference_mode():
            return _numpy(self.model.triples.near(*given))


def read(document: Document, model: Reader, thresholds: Thresholds, extent: Extent | None = None) -> Reading:
    """The attributions and entities of a document."""
    words = document.words
    found = tag(words, Torch(model), chains(model), thresholds, extent or Extent())
    attributions = [
        Attribution(*(_spans(role, words) for role in (one.source, one.cue, one.content)))
        for one in found.triples
    ]
    entities = [Entity(words.span_of(*one.words), one.type) for one in found.entities]
    return Reading(attributions, [one.probability for one in found.triples], entities)


def chains(model: Reader) -> Chains:
    """The weights of the chains as arrays."""
    return Chains(*(_weights(each) for each in (model.cue_chain, model.triples.chain, model.entity_chain)))


def _spans(ranges: tuple[Range, ...], words: Words) -> Spans:
    return tuple(words.span_of(*each) for each in ranges)


def _weights(chain: Chain) -> Weights:
    first, moves = chain.weights()
    return Weights(_numpy(first).astype(np.float64), _numpy(moves).astype(np.float64))


def _numpy(values: Tensor) -> Floats:
    found: Floats = values.detach().float().cpu().numpy()
    return found
