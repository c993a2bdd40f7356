"""What a reading knows of names: the type of each of their tokens; a place with the wider one behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.reading.entities.entity import Entity
from marsad.reading.entities.phrases import Names
from marsad.reading.entities.vocabulary import demonyms, vocabulary
from marsad.reading.text import Text
from marsad.records.reading import Actor, Place, Reading
from marsad.records.spans import Span, Spans

_WIDE = {"country", "admin1"}


def names(text: Text, reading: Reading) -> Names:
    """Types by the index of each token of a name; what is surer comes later."""
    found: Names = {
        at: demonyms()[token.text]
        for at, token in enumerate(text.tokens)
        if token.is_name and token.text in demonyms()
    }
    for spans, kind in (
        (reading.private, "Person"),  # names, and home towns, which are places too
        *((place.spans, _type_of_place(place)) for place in reading.places),
        *((_named(text, actor), _type_of_actor(actor)) for actor in reading.actors),
    ):
        found.update((at, kind) for span in spans for at in _words(text, span))
    return found


def _words(text: Text, span: Span) -> Iterator[int]:
    first, last = text.token_index(span[0]), text.token_index(span[1] - 1)
    return (at for at in range(first, last + 1) if at < len(text.tokens) and text.tokens[at].is_word)


def _named(text: Text, actor: Actor) -> Spans:
    """The mentions that are names, without those of an undertaking."""
    return tuple(span for span in actor.mentions if _is_name(text, span))


def _is_name(text: Text, span: Span) -> bool:
    tokens = text.tokens_in(span)
    return any(token.is_name for token in tokens) and tokens[0].lower not in vocabulary().undertakings


def _type_of_place(place: Place) -> str:
    """A country whose name only describes ("US airstrikes") is said of a nationality."""
    return "Location" if place.where_prec is not None or place.kind != "country" else "Nationality"


def _type_of_actor(actor: Actor) -> str:
    return "Person" if actor.kind == "person_role" else "Organisation"


def with_wider_places(text: Text, reading: Reading, found: Iterable[Entity]) -> Iterator[Entity]:
    """The entities in their order, and each place with the country or province behind its comma as one."""
    wide = {end for place in reading.places if place.kind in _WIDE for _, end in place.spans}
    before: Entity | None = None
    for one in found:
        yield one
        if before is not None and before.type == one.type == "Location":
            inner, outer = before.span, one.span
            if outer[1] in wide and inner[1] not in wide and text[inner[1], outer[0]] == ", ":
                yield Entity((inner[0], outer[1]), "Location")
        before = one
