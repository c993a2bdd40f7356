"""What may be shown: private persons are masked, and places that shelter people are coarsened.

A reading is whole: it is the evidence of whoever holds it. Whatever is derived from it and may be
handed on (a table, an export, a page) is made from `disclose(reading)` instead:

- the names, ages and home towns of private persons (`Reading.private`) stand as marks, one for
  each code point, so that every offset holds;
- a camp, hospital, school or shelter is shown no finer than the district: its name is masked but
  for its type word, wherever the text says it, its coordinates and gazetteer id are removed, and
  its `where_prec` is at least 3 (ADM2, in UCDP's codes);
- the same holds of a hospital, school, camp or shelter that an incident was aimed at: in its
  `targets` the type word is left, and the incident's own `where_prec` is at least 3;
- of a row that people coded, the cells of prose are masked: see `disclosure.coded`.

The text is masked by spans. A string that has no span of its own (a title, an address, an alias)
loses the masked names too, but for words that the masked text still shows elsewhere: a private
Ali does not take away the name of a public one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from msgspec.structs import fields, replace

from marsad.disclosure import coded
from marsad.disclosure.names import (
    MARK,
    Names,
    Word,
    folded,
    mask,
    touches,
    words_of,
)
from marsad.disclosure.shelters import ABOVE_DISTRICT, WIDE, is_shelter, shelter_names, shelters_hit
from marsad.records.reading import Document, Figure, Frozen, Incident, Interval, Place, Reading, Time
from marsad.records.spans import Spans, merged, text_of

__all__ = ["MARK", "disclose", "mask", "mask_text"]

DISTRICT, COUNTRY = 3, 6  # where_prec of UCDP GED: ADM2, and a country as a whole

# Fields of plain text that hold codes, hashes and public names, never the words of a document.
_CODES = frozenset(
    {"id", "raw_sha256", "text_sha256", "retrieved", "revision_of", "gazetteer", "gazetteer_id", "admin1"}
    | {"author", "publisher", "language", "measure", "type", "mode", "value", "mod", "edtf", "theme", "code"}
)

R = TypeVar("R", bound=Frozen)


def disclose(reading: Reading, *, lift_camps: bool = False) -> Reading:
    """`reading` as it may be shown: same records, same offsets, every text cut from the masked one.

    `text_sha256` goes on naming the text that was read. Doing it twice changes nothing more.

    Args:
        lift_camps: show camps, hospitals, schools and shelters in full. The caller must hold an
            analyst's decision for this workspace, with its reason logged.
    """
    found = _Disclosure.of(reading, lift_camps)
    if found.hidden or found.shelters or found.sheltering:
        return found.reading()
    if not found.unread:
        return reading
    if coded.stands_on_safe_cells(reading):  # most often, and there may be a million of them
        return replace(reading, document=replace(reading.document, text=found.text))
    return found.reading()


def mask_text(reading: Reading, *, lift_camps: bool = False) -> str:
    """The document's text as it may be shown, of the same length in code points."""
    return _Disclosure.of(reading, lift_camps).text


@dataclass(frozen=True)
class _Disclosure:
    """One reading, with what is hidden of it."""

    whole: Reading
    hidden: Spans  # of private persons and of the names of shelters
    shelters: frozenset[str]  # ids of places
    sheltering: frozenset[str]  # ids of the incidents that hit one, named or not
    unread: Spans  # cells of prose in a coded row

    @classmethod
    def of(cls, reading: Reading, lift_camps: bool) -> _Disclosure:
        text = reading.document.text
        shelters = () if lift_camps else tuple(p for p in reading.places if is_shelter(p, text))
        hit = () if lift_camps else tuple(shelters_hit(reading))
        names = tuple(shelter_names(reading, shelters, tuple(thing for _, thing in hit)))
        # a village that bears the camp's name would give the camp away
        named = merged(names)
        namesakes = (
            place
            for place in reading.places
            if place.kind not in WIDE and any(touches(span, named) for span in place.spans)
        )
        hidden = tuple(sorted({*reading.private, *names}))
        coarsened = frozenset(place.id for place in (*shelters, *namesakes))
        sheltering = frozenset(incident.id for incident, _ in hit)
        return cls(reading, hidden, coarsened, sheltering, coded.unread(reading))

    @cached_property
    def text(self) -> str:
        return mask(self.whole.document.text, (*self.hidden, *self.unread))

    def reading(self) -> Reading:
        return self._shown(self.whole)

    # Strings that have no span of their own

    @cached_property
    def _visible(self) -> list[Word]:
        return words_of(self.text)

    @cached_property
    def _visible_words(self) -> frozenset[str]:
        return frozenset(word.text for word in self._visible)

    @cached_property
    def _names(self) -> Names:
        """The masked names, and each of their words of three letters or more, folded."""
        whole = {folded(words_of(self.whole.document.text, span)) for span in self.hidden} - {()}
        several = {name for name in whole if len(name) > 1}
        shown = {folded(run) for run in Names(several).among(self._visible)}
        single = {(word,) for name in whole for word in name if len(word) >= 3 or len(name) == 1}
        return Names((several - shown) | single)

    def _prose(self, text: str, *, numbers: bool = False) -> str:
        """`text` without the masked names; an age in digits stays unless `numbers` are masked."""
        if not self._names:
            return text
        hidden = []
        for run in self._names.among(words_of(text)):
            name = run[0].text
            if len(run) == 1 and (name in self._visible_words or (name.isdigit() and not numbers)):
                continue
            hidden.append((run[0].begin, run[-1].end))
        return mask(text, hidden)

    def _quoted(self, text: str) -> str:
        """A title or another piece of the text, cut from the masked text where it stands there."""
        at = self.whole.document.text.find(text)
        return self._prose(text, numbers=True) if at < 0 else self.text[at : at + len(text)]

    # Records

    def _shown(self, record: R) -> R:
        changes: dict[str, Any] = {}
        for name, is_prose in _texts_and_records(type(record)):
            value = getattr(record, name)
            if name == "text":
                changes[name] = self._wording(record, value)
            elif value:
                changes[name] = self._value(value, is_prose)
        return self._coarse(record, replace(record, **changes))

    def _value(self, value: object, is_prose: bool) -> object:
        if isinstance(value, tuple):
            return tuple(self._value(each, is_prose) for each in value)
        if isinstance(value, str):
            return self._prose(value) if is_prose else value
        return self._shown(value) if isinstance(value, Frozen) else value

    def _wording(self, record: Frozen, text: str) -> str:
        """The `text` of a record: under its spans; a publisher or author in a chain has none."""
        if isinstance(record, Document):
            return self.text
        if spans := getattr(record, "spans", ()):
            return text_of(self.text, spans)
        document = self.whole.document
        return text if text in (document.publisher, document.author) else self._prose(text)

    def _coarse(self, whole: R, shown: R) -> R:
        rule = _RULES.get(type(whole))
        return cast(R, rule(self, whole, shown)) if rule else shown

    def _document(self, whole: Document, shown: Document) -> Document:
        return replace(
            shown,
            text=self.text,
            title=whole.title and self._quoted(whole.title),
            dateline=whole.dateline and self._quoted(whole.dateline),
            corrections=tuple(map(self._quoted, whole.corrections)),
        )

    def _place(self, whole: Place, shown: Place) -> Place:
        open_spans = tuple(span for span in whole.spans if not self._is_private((span,)))
        if whole.spans and not open_spans:  # a private person's home
            home = COUNTRY if whole.country else None
            shown = _unpinned(shown)
            return replace(shown, name=shown.text, admin1=None, within=None, where_prec=home)
        shown = replace(shown, spans=open_spans, text=text_of(self.text, open_spans))
        if whole.id not in self.shelters:
            return shown
        within = whole.within if self._kinds.get(whole.within) in ABOVE_DISTRICT else None
        name = text_of(self.text, open_spans[:1])
        return replace(_unpinned(shown), name=name, within=within, where_prec=_at_least(whole, DISTRICT))

    def _time(self, whole: Time, shown: Time) -> Time:
        if whole.id not in self._private_times:
            return shown
        value = "PXY" if whole.type == "DURATION" else "XXXX"  # TIMEX3 for "some years", "some day"
        return replace(shown, value=value, mod=None, edtf=None, earliest=None, latest=None)

    def _interval(self, whole: Interval, shown: Interval) -> Interval:
        if whole.time not in self._private_times:
            return shown
        return replace(shown, earliest=None, latest=None, edtf=None)

    def _figure(self, whole: Figure, shown: Figure) -> Figure:
        return replace(shown, low=None, high=None, best=None) if self._is_private(whole.spans) else shown

    def _incident(self, whole: Incident, shown: Incident) -> Incident:
        if self._homes & set(whole.places):
            return replace(shown, where_prec=_at_least(whole, COUNTRY))
        if self.shelters & set(whole.places) or whole.id in self.sheltering:
            return replace(shown, where_prec=_at_least(whole, DISTRICT))
        return shown

    def _is_private(self, spans: Spans) -> bool:
        return any(touches(span, self._private) for span in spans)

    @cached_property
    def _private(self) -> Spans:
        return merged(self.whole.private)

    @cached_property
    def _kinds(self) -> dict[str | None, str]:
        return {place.id: place.kind for place in self.whole.places}

    @cached_property
    def _private_times(self) -> frozenset[str]:
        return frozenset(time.id for time in self.whole.times if self._is_private(time.spans))

    @cached_property
    def _homes(self) -> frozenset[str]:
        places = self.whole.places
        return frozenset(p.id for p in places if p.spans and all(self._is_private((s,)) for s in p.spans))


_RULES: dict[type, Callable[[_Disclosure, Any, Any], Any]] = {
    Document: _Disclosure._document,
    Place: _Disclosure._place,
    Time: _Disclosure._time,
    Interval: _Disclosure._interval,
    Figure: _Disclosure._figure,
    Incident: _Disclosure._incident,
}


@lru_cache
def _texts_and_records(record: type[Frozen]) -> tuple[tuple[str, bool], ...]:
    """The fields of a record type that may hold words or records, and whether they are plain text.

    A field that the contract types as an id, a date or one of a list of words cannot hold a name.
    """
    found = []
    for field in fields(record):
        wording = str(field.type)
        is_prose = field.type is str or field.type in (str | None, tuple[str, ...])
        if field.name not in _CODES and (is_prose or "marsad." in wording):
            found.append((field.name, is_prose))
    return tuple(found)


def _unpinned(place: Place) -> Place:
    return replace(place, gazetteer=None, gazetteer_id=None, latitude=None, longitude=None)


def _at_least(record: Place | Incident, precision: int) -> int | None:
    return None if record.where_prec is None else max(record.where_prec, precision)
