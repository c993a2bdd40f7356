"""The forms in which a record's slots are edited, or given for one that is added: fields of the contract.

What a form shows is what the review takes: words for a source, EDTF for an interval, records by their
ids. What was typed into it is read by `reviewing_typed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from marsad.gazetteer import Entry, Gazetteer
from marsad.ledger.reviewing.given import PLOVER
from marsad.ledger.reviewing.links import KINDS, LINKS, records
from marsad.records.reading import (
    Cue,
    IncidentStatusValue,
    Interval,
    Party,
    Place,
    Reading,
    ResponsibilityValue,
    Scope,
    Theme,
    Toll,
)
from marsad.records.review import RecordKind, ReviewKind
from marsad.records.spans import text_of
from marsad.web.reviewing_typed import BETWEEN, BY_CLAIM, OPEN, SIDES, accounting

Form = Literal["text", "words", "number", "days", "choice", "several"]
Choice = tuple[str, str]  # what is sent, and what is shown
NAMES: dict[RecordKind, tuple[str, ...]] = {
    "claim": (
        *("words", "source", "chain", "cue", "quotation", "attitude", "certainty", "polarity"),
        *("hidden_source", "denies", "parent", "said", "true_of", "about", "themes"),
    ),
    "figure": (
        *("words", "measure", "low", "best", "high", "bound", "unit", "aspect", "per", "status"),
        *("population", "scope", "subject", "places", "as_of", "period", "share_of", "part_of"),
        *("incident", "claim"),
    ),
    "incident": (
        *("words", "type", "mode", "ucdp_type", "shape", "two_sided", "side_first", "side_second"),
        *("targets", "weapons", "places", "where_prec", "date", "date_prec", "deaths", "injured"),
        *("claims", "statuses", "responsibility"),
    ),
    "relation": ("words", "source", "type", "target", "polarity", "true_of", "claim"),
    "place": (
        *("words", "name", "gazetteer_id", "kind", "country", "admin1", "within", "where_prec"),
        *("latitude", "longitude"),
    ),
    "time": ("words", "type", "value", "mod", "edtf"),
    "actor": ("name", "kind", "role", "parent", "aliases"),
}
ADDED: dict[ReviewKind, tuple[str, ...]] = {
    "claim": ("source", "cue", "polarity", "certainty"),
    "figure": ("measure", "low", "best", "high", "bound", "unit", "status", "population"),
    "incident": ("type", "side_first", "side_second", "places", "date"),
    "relation": ("source", "type", "target"),
    "place": ("name", "kind", "country"),
    "time": ("edtf",),
    "actor": ("name", "kind", "role"),
    "private": (),
}
_REQUIRED = {("figure", "measure"), ("incident", "type"), ("relation", "source"), ("relation", "type")}
_PIECE = 70  # characters of a record that a choice shows
_MOST_PLACES = 30  # of one name in the gazetteer, the most populous


class Slot(NamedTuple):
    """One field of a form."""

    name: str
    form: Form
    value: str  # of several, the ids with commas
    choices: tuple[Choice, ...] = ()
    may_be_empty: bool = True
    of: str = ""  # the claim that it is about, where there is a slot for each

    @property
    def values(self) -> list[str]:
        return self.value.split(",") if self.value else []


def slots(reading: Reading, kind: RecordKind, record: Any, given: Mapping[str, str]) -> list[Slot]:  # noqa: ANN401
    """The form that edits a record.

    Args:
        given: what a person has typed already, where that was refused.
    """
    known = _Choices(reading)
    found = []
    for name in _names(kind, record):
        slot = _slot(kind, name, given.get(name, _value(reading, record, name)), known)
        found.append(slot._replace(form="choice", choices=_meant(record)) if name == "gazetteer_id" else slot)
    return found


def blank(reading: Reading, given: Mapping[str, str]) -> dict[ReviewKind, list[Slot]]:
    """The forms for a record of each kind that the reader missed.

    Args:
        given: what was typed already, by `KIND.NAME`.
    """
    known = _Choices(reading)
    found: dict[ReviewKind, list[Slot]] = {}
    for kind, names in ADDED.items():
        blank = [_slot(kind, name, given.get(f"{kind}.{name}", ""), known) for name in names]
        found[kind] = [each._replace(may_be_empty=(kind, each.name) not in _REQUIRED) for each in blank]
    return found


# From a record to its form


def _names(kind: RecordKind, record: Any) -> Iterator[str]:  # noqa: ANN401 - any record type
    for name in NAMES[kind]:
        if name in BY_CLAIM:
            yield from (f"{name}.{claim}" for claim in accounting(record))
        else:
            yield name


def _value(reading: Reading, record: Any, name: str) -> str:  # noqa: ANN401 - any record type
    if name in SIDES:
        return f"{BETWEEN} ".join(party.text for party in record.sides[SIDES.index(name)])
    if name == "words":
        return text_of(reading.document.text, record.spans)
    if name == "chain":
        return f"{BETWEEN} ".join(party.text for party in record.chain if party.spans)
    if name == "targets":
        return f"{BETWEEN} ".join(thing.text for thing in record.targets)
    by_claim, _, claim = name.partition(".")
    if claim:
        return next((each.value for each in getattr(record, by_claim) if each.claim == claim), "")
    return _told(getattr(record, name))


def _told(value: Any) -> str:  # noqa: ANN401 - of any field
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Party() | Cue() | Scope():
            return value.text
        case Interval():
            return value.edtf or ""
        case Toll():
            ends = (value.low, value.best, value.high)
            return " / ".join(OPEN if each is None else str(each) for each in ends)
        case Theme():
            return value.theme if value.direction == "none" else f"{value.theme} {value.direction}"
        case tuple():
            return ",".join(map(_told, value))
    return str(value)


# What a form offers


class _Choices:
    """The records of a reading as choices, made once for a form."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._made: dict[RecordKind, tuple[Choice, ...]] = {}

    def of(self, kind: RecordKind) -> tuple[Choice, ...]:
        if kind not in self._made:
            found = sorted(records(self._reading, kind), key=lambda each: int(each.id[1:]))
            self._made[kind] = tuple((each.id, _called(kind, each)) for each in found)
        return self._made[kind]


def _called(kind: RecordKind, record: Any) -> str:  # noqa: ANN401 - any record type
    words = " ".join(str(getattr(record, "name", None) or getattr(record, "text", "") or record.type).split())
    short = words if len(words) <= _PIECE else f"{words[: _PIECE - 1].rstrip()}…"
    return short if kind in ("actor", "place") else f"{record.id[1:]} {short}"


def _meant(place: Place) -> tuple[Choice, ...]:
    """The places of the gazetteer that bear the name of a place, or its words; first the one that it is."""
    gazetteer = Gazetteer.open()
    found = {each.id: each for name in (place.name, place.text) for each in gazetteer.candidates(name)}
    most = sorted(found.values(), key=lambda each: (each.id != place.gazetteer_id, -each.population, each.id))
    choices = [(each.id, _entitled(each)) for each in most[:_MOST_PLACES]]
    if place.gazetteer_id and place.gazetteer_id not in found:
        choices.insert(0, (place.gazetteer_id, f"{place.name} ({place.gazetteer} {place.gazetteer_id})"))
    return tuple(choices)


def _entitled(entry: Entry) -> str:
    around = [each for each in (entry.admin2, entry.admin1) if each and each != entry.name]
    inside = ", ".join([*around, *([entry.country] if entry.country else [])])
    return f"{entry.name}, {entry.kind}{f', {inside}' if inside else ''} ({entry.gazetteer} {entry.id})"


def _slot(kind: ReviewKind, name: str, value: str, known: _Choices) -> Slot:
    by_claim, _, claim = name.partition(".")
    if claim:
        choices = _values(IncidentStatusValue if by_claim == "statuses" else ResponsibilityValue)
        return Slot(name, "choice", value, choices, of=dict(known.of("claim")).get(claim, claim))
    if name in ("words", "themes", "deaths", "injured", "chain", "targets", *SIDES) or kind == "private":
        return Slot(name, "words" if name == "words" else "text", value, may_be_empty=name != "words")
    owner = KINDS[kind].type
    hint = _hints(kind)[name]
    bare, may_be_empty = _bare(hint), type(None) in get_args(hint)
    refers = LINKS.get((owner, name)) if name != "share_of" else None
    if refers:
        form: Form = "several" if get_origin(bare) is tuple else "choice"
        return Slot(name, form, value, known.of(refers), may_be_empty)
    if choices := _choices(kind, name, bare):
        return Slot(name, "choice", value, choices, may_be_empty)
    return Slot(name, _form(bare), value, (), may_be_empty or get_origin(bare) is tuple)


def _choices(kind: ReviewKind, name: str, hint: Any) -> tuple[Choice, ...]:  # noqa: ANN401 - a type
    """The values of a field that has a few."""
    if hint is bool:
        return (("true", "yes"), ("false", "no"))
    is_plover = kind == "incident" and name == "type"
    if is_plover:
        return tuple((value, value) for value in sorted(PLOVER))
    return _values(hint) if get_origin(hint) is Literal else ()


def _values(literal: Any) -> tuple[Choice, ...]:  # noqa: ANN401 - a type
    return tuple((str(value), str(value).replace("_", " ")) for value in get_args(literal))


def _form(hint: Any) -> Form:  # noqa: ANN401 - a type
    if hint is Interval:
        return "days"
    return "number" if hint in (int, float) or set(get_args(hint)) == {int, float} else "text"


def _bare(hint: Any) -> Any:  # noqa: ANN401 - a type
    """A type without `None`, where that leaves one."""
    if isinstance(hint, UnionType) or get_origin(hint) is not None:
        left = [each for each in get_args(hint) if each is not type(None)]
        if len(left) == 1 and type(None) in get_args(hint):
            return left[0]
    return hint


@cache
def _hints(kind: RecordKind) -> dict[str, Any]:
    return get_type_hints(KINDS[kind].type)
