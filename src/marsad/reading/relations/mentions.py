"""The mentions of a sentence between which the pair model looks for relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad import models
from marsad.reading.clauses.participants import Participant, Row, Word
from marsad.reading.relations.pairs import Mention
from marsad.records.reading import Place
from marsad.records.spans import Span, overlaps

SURE = 0.5  # probability from which an entity of the network is one that stands between others


class Standing(NamedTuple):
    """A mention with whom or what it stands for; neither: it is only in between."""

    mention: Mention
    party: Participant | None = None
    place: Place | None = None


def standing(row: Row, entities: Sequence[models.Entity]) -> list[Standing]:
    """In the order of the text, none overlapping another; `entities` are those of the sentence."""
    known = [one for word in row if (one := _of_word(word, entities)) is not None]
    taken = [one.mention.span for one in known]
    others = (
        Standing(Mention(each.span, each.type))
        for each in entities
        if each.probability >= SURE and not any(overlaps(each.span, span) for span in taken)
    )
    return sorted((*known, *others), key=lambda one: one.mention.span)


def _of_word(word: Word, entities: Sequence[models.Entity]) -> Standing | None:
    """A participant, or a place; of a name that may be either the network decides."""
    party, place = word.party, word.place
    if party is None and place is None:
        return None
    span = (party.begin, party.end) if party is not None else (word.begin, word.end)
    is_located = place is not None and place.where_prec is not None
    if party is None or (is_located and "Location" in _types(span, entities)):
        return Standing(Mention(span, "Location"), place=place if is_located else None)
    is_person = party.sort == "name" and party.actor is not None and party.actor.kind == "person_role"
    return Standing(Mention(span, "Person" if is_person else "Organisation"), party=party)


def _types(span: Span, entities: Sequence[models.Entity]) -> Iterator[str]:
    return (each.type for each in entities if overlaps(each.span, span))
