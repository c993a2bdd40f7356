"""Entities of a document: those of the model, joined with what rules know better."""

from __future__ import annotations

from collections.abc import Sequence

from marsad import models
from marsad.reading.entities.entity import Entity, largest
from marsad.reading.entities.joining import joined
from marsad.reading.entities.measured import amounts, times
from marsad.reading.entities.names import names, with_wider_places
from marsad.reading.entities.phrases import phrases
from marsad.reading.text import segment
from marsad.records.reading import Reading


def annotate(reading: Reading, entities: Sequence[models.Entity] | None) -> tuple[Entity, ...]:
    """The entities of a reading in the order of the text, none overlapping another.

    Args:
        entities: what a model found in the same text; None where there is no model.
    """
    text = segment(reading.document.text)
    named = with_wider_places(text, reading, phrases(text, names(text, reading)))
    rules = largest((*times(text, reading), *amounts(text, reading), *named))
    return rules if entities is None else joined(rules, entities)
