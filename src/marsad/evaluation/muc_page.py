"""A reading beside its text: sentences, places that can hold a story, and who speaks where."""

from __future__ import annotations

import re
from collections import Counter

from marsad.reading.casing import restored
from marsad.reading.metadata import body_begin
from marsad.reading.text import segment
from marsad.records.reading import Place, Reading
from marsad.records.spans import Span, contains

HOME = 3  # places that the country of the dateline counts for
LEAD = 60  # characters before a place in which a preposition stands

_LOCATING = re.compile(
    r"\b(?:in|at|near|on|outside|inside|within|around|of|from)\s{1,9}(?:[\w.\"'-]{1,20},?\s{1,9}){0,3}\Z",
    re.IGNORECASE,
)


class Page:
    """What the mapping of a reading's incidents looks up in its text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = reading.document.text
        self.text = segment(restored(self.words))
        self.cues = sorted(span for claim in reading.claims if claim.cue for span in claim.cue.spans)
        self._named = [(span, actor.kind) for actor in reading.actors for span in actor.mentions]
        first = self.text.sentences[0] if self.text.sentences else None
        self.begin = body_begin(self.text, first) if first else 0
        published = reading.document.published
        self.day = published.latest if published.basis in ("given", "stated") else None
        placed = [place for place in reading.places if place.country]
        self._home = next((place.country for place in placed if place.spans[0][0] < self.begin), None)
        self._countries = {p.country for p in placed if p.kind == "country"} | {self._home}
        self.country = self._country()

    def sentence(self, span: Span) -> int:
        """The number of the sentence that `span` begins in."""
        return self.text.sentence_at(span[0]).number

    def said(self, number: int) -> str:
        """The words of a sentence."""
        return self.words[slice(*self.text.sentences[number].span)]

    def actor_kind(self, span: Span) -> str | None:
        """The kind of the actor that is named there; `publisher` in the dateline."""
        if span[0] < self.begin:
            return "publisher"
        return next((kind for mention, kind in self._named if contains(mention, span)), None)

    def may_hold(self, place: Place) -> bool:
        """A place behind the dateline where something can happen, in a country that the text names."""
        begin = place.spans[0][0]
        if place.where_prec is None or begin < self.begin:
            return False
        if place.country and place.country not in self._countries:
            return False
        return _LOCATING.search(self.words, max(begin - LEAD, 0), begin) is not None

    def _country(self) -> str | None:
        """The country that most of its places lie in; that of the dateline counts for several."""
        placed = Counter(p.country for p in self.reading.places if p.country and self.may_hold(p))
        if self._home:
            placed[self._home] += HOME
        return max(placed, key=lambda code: (placed[code], code), default=None)
