"""The one place where a reading is put together.

Each annotator is a function of the text and of what those before it found; to replace one is to
change its line here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from marsad import models
from marsad.gazetteer import Entry, Gazetteer
from marsad.models import Tagged
from marsad.reading import (
    actors,
    casing,
    claims,
    coded,
    cues,
    figures,
    incidents,
    lexicon,
    likeness,
    metadata,
    places,
    plausibility,
    relations,
    themes,
    times,
)
from marsad.reading.actors.annotator import Cast
from marsad.reading.actors.states import acts_as_state
from marsad.reading.text import Text, segment
from marsad.records.language import called, is_read
from marsad.records.notices import notice
from marsad.records.reading import Document, Notice, Reading
from marsad.records.vectors import Vectors
from marsad.version import VERSION

_SETTLEMENTS = ("city", "town", "village")
_PROMINENT = 1_000  # people


def reader_version() -> str:
    """What reads here, for `Document.reader`: rules alone or with these weights, and the user's own words."""
    model, own = models.load(), lexicon.version()
    words = f"+words.{own}" if own else ""
    return f"marsad.rules@{VERSION}{words}" if model is None else f"marsad@{VERSION}+{model.version}{words}"


def versions(document: Document) -> tuple[str | None, str | None]:
    """Who reads such a document, and with which gazetteer: what stands in its reading."""
    if document.genre == "coded":
        return coded.version(), None  # no new weights touch what people coded
    return reader_version(), _gazetteer().version


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _is_prominent(entry: Entry) -> bool:
    """Whether a place speaks against a person of that name: a hamlet, a county or a quarter does not."""
    if entry.kind in _SETTLEMENTS:
        return entry.population >= _PROMINENT
    return entry.kind not in ("admin2", "facility", "other")


def _is_place(name: str) -> bool:
    return any(map(_is_prominent, _gazetteer().candidates(name)))


def seen(document: Document) -> likeness.Likeness:
    """The text as the trained reader sees it: its training has to see texts so too."""
    document = _with_case(document)
    text = segment(document.text)
    return likeness.of(document.text, _cast(text, metadata.annotate(document, text)))


def _cast(text: Text, document: Document) -> Cast:
    return actors.annotate(
        text,
        is_place=_is_place,
        speaks=lambda at: cues.speaks(text.tokens, at),
        bylines=tuple(filter(None, (document.author, document.publisher))),
    )


def read(document: Document, warnings: Sequence[Notice] = ()) -> Reading:
    """Read one frozen document. A pure function: same document in, same reading out.

    A text in another language than English is not read: its reading is empty, and says so.

    Args:
        warnings: what the extraction has to say of the text; they come before those of the reading.
    """
    return _noted(_read_any(document)[0], warnings)


def read_with_vectors(document: Document, warnings: Sequence[Notice] = ()) -> tuple[Reading, Vectors | None]:
    """`read`, with the vectors of its claims, by which alike ones are found.

    Only the trained reader gives vectors; rows that people coded and texts that are not read have none.
    """
    reading, tagged = _read_any(document)
    return _noted(reading, warnings), None if tagged is None else _vectors(reading, tagged)


def _noted(reading: Reading, warnings: Sequence[Notice]) -> Reading:
    return replace(reading, warnings=(*warnings, *reading.warnings)) if warnings else reading


def _read_any(document: Document) -> tuple[Reading, Tagged | None]:
    if document.genre == "coded":
        return coded.annotate(document), None
    if is_read(document.language):
        return read_tagged(document)
    return _unread(document), None


def _vectors(reading: Reading, tagged: Tagged) -> Vectors | None:
    if tagged.words is None:  # a text without words, so without claims
        return None
    return Vectors(tagged.head, b"".join(tagged.meaning(each.spans).tobytes() for each in reading.claims))


def _unread(document: Document) -> Reading:
    """The document alone, kept and found by its words."""
    reader, gazetteer = versions(document)
    stamped = replace(document, reader=reader, gazetteer=gazetteer)
    unread = notice("unread_language", language=called(document.language or ""))
    return Reading(document=stamped, warnings=(unread,))


def read_tagged(document: Document) -> tuple[Reading, Tagged | None]:
    """`read`, with all that the trained reader found, where it is installed."""
    if not casing.is_caseless(document.text):
        return _read(document)
    reading, tagged = _read(_with_case(document))
    return casing.as_written(reading, document), tagged


def _with_case(document: Document) -> Document:
    """A text without mixed case with that of its names restored: the rules need capitals."""
    if not casing.is_caseless(document.text):
        return document
    model = models.load()
    entities = model.read(document.text).entities if model is not None else ()
    return replace(document, text=casing.restored(document.text, entities))


def _read(document: Document) -> tuple[Reading, Tagged | None]:
    gazetteer = _gazetteer()
    text = segment(document.text)
    document = metadata.annotate(document, text)
    document = replace(document, reader=reader_version(), gazetteer=gazetteer.version)
    headings = metadata.furniture(document, text)
    begins = {s.number: metadata.body_begin(text, s) for s in text.sentences if s.number not in headings}

    found_times = times.annotate(text, document.published)
    cast = _cast(text, document)
    model = models.load()
    tagged = None
    if model is not None:
        tagged = likeness.read(model, likeness.of(document.text, cast))
        cast = actors.with_persons_read(text, cast, tagged.entities, is_place=_is_place)
    found_places = places.annotate(
        text,
        gazetteer,
        taken=cast.taken(),
        dateline=document.dateline,
        acts_as_state=acts_as_state,
        entities=tagged.entities if tagged is not None else (),
    )
    # "US airstrikes" names a country and happens elsewhere
    located = tuple(place for place in found_places if place.where_prec is not None)
    reported = claims.annotate(text, document, cast=cast, times=found_times, begins=begins, tagged=tagged)
    found_actors = actors.with_mentions(cast.actors, reported.mentions)
    found_claims = themes.annotate(text, reported.claims)
    found_figures = figures.annotate(
        text,
        claims=found_claims,
        actors=found_actors,
        places=located,
        times=found_times,
        published=document.published,
    )
    found_incidents, found_figures = incidents.annotate(
        text,
        claims=found_claims,
        actors=found_actors,
        places=located,
        times=found_times,
        figures=found_figures,
        frames=tagged.frames if tagged is not None else (),
        private=cast.private(),
    )
    reading = Reading(
        document=document,
        claims=found_claims,
        figures=found_figures,
        incidents=found_incidents,
        relations=relations.annotate(
            text,
            claims=found_claims,
            actors=found_actors,
            places=located,
            times=found_times,
            tagged=tagged,
        ),
        places=found_places,
        times=found_times,
        actors=found_actors,
        warnings=plausibility.annotate(found_figures, actors=found_actors),
        private=cast.private(),
    )
    return reading, tagged
