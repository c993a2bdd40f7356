"""The forms in which a record's slots are edited, or given for one that is added: fields of the contract.

What a form shows is what the review takes: words for a source, EDTF for an interval, records by their
ids. `changed` tells which slots a person has touched; the rules and the errors are the ledger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from marsad.ledger.reviewing.given import PLOVER
from marsad.ledger.reviewing.links import KINDS, LINKS, records
from marsad.records.reading import Cue, Direction, Interval, Party, Reading, Scope, Theme, Toll
from marsad.records.review import RecordKind, ReviewKind
from marsad.records.spans import text_of

Form = Literal["text", "words", "number", "days", "choice", "several"]
Choice = tuple[str, str]  # what is sent, and what is shown
BEFORE = "was."  # before the name of a slot: what it held when the form was made
NAMES: dict[RecordKind, tuple[str, ...]] = {
    "claim": (
        *("words", "source", "cue", "quotation", "attitude", "certainty", "polarity", "hidden_source"),
        *("denies", "parent", "said", "true_of", "about", "themes"),
    ),
    "figure": (
        *("words", "measure", "low", "best", "high", "bound", "unit", "aspect", "per", "status"),
        *("population", "scope", "subject", "places", "as_of", "period", "share_of", "part_of"),
        *("incident", "claim"),
    ),
    "incident": (
        *("words", "type", "mode", "ucdp_type", "shape", "two_sided", "side_first", "side_second"),
        *("weapons", "places", "where_prec", "date", "date_prec", "deaths", "injured", "claims"),
    ),
    "relation": ("words", "source", "type", "target", "polarity", "true_of", "claim"),
    "place": ("words", "name", "kind", "country", "admin1", "within", "gazetteer_id", "where_prec"),
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
_SIDES = ("side_first", "side_second")
_LISTS = frozenset({"about", "places", "claims", "weapons", "aliases"})
_BETWEEN = ";"  # parties of a side
_OPEN = "?"  # an end of a toll that is not known
_PIECE = 70  # characters of a record that a choice shows


class Slot(NamedTuple):
    """One field of a form."""

    name: str
    form: Form
    value: str  # of several, the ids with commas
    choices: tuple[Choice, ...] = ()
    may_be_empty: bool = True

    @property
    def values(self) -> list[str]:
        return self.value.split(",") if self.value else []


def slots(reading: Reading, kind: RecordKind, record: Any, given: Mapping[str, str]) -> list[Slot]:  # noqa: ANN401
    """The form that edits a record.

    Args:
        given: what a person has typed already, where that was refused.
    """
    known = _Choices(reading)
    return [_slot(kind, name, given.get(name, _value(reading, record, name)), known) for name in NAMES[kind]]


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


def changed(form: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The slots of a form that are not as they were, each by its name; of several, with commas."""
    sent = _joined((name, value) for name, value in form if not name.startswith(BEFORE))
    before = _joined((name.removeprefix(BEFORE), value) for name, value in form if name.startswith(BEFORE))
    return {name: sent.get(name, "") for name, was in before.items() if sent.get(name, "") != was}


def fields(typed: Mapping[str, str], reading: Reading, record: Any = None) -> dict[str, Any]:  # noqa: ANN401
    """What the review takes for what was typed: sides, lists and tolls in JSON, all else as it is.

    Args:
        record: that is edited; its other side stays where one is typed.
    """
    found: dict[str, Any] = {}
    for name, value in typed.items():
        if name in _SIDES:
            was = {each: _value(reading, record, each) if record else "" for each in _SIDES}
            found["sides"] = [_parts(typed.get(each, was[each]), _BETWEEN) for each in _SIDES]
        elif name == "themes":
            found[name] = [_theme(each) for each in _parts(value, ",")]
        elif name in ("deaths", "injured"):
            found[name] = _toll(value)
        elif name in _LISTS:
            found[name] = _parts(value, ",")
        else:
            found[name] = value
    return found


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    return {name: ",".join(each for each in values if each) for name, values in found.items()}


# From a record to its form


def _value(reading: Reading, record: Any, name: str) -> str:  # noqa: ANN401 - any record type
    if name in _SIDES:
        return f"{_BETWEEN} ".join(party.text for party in record.sides[_SIDES.index(name)])
    if name == "words":
        return text_of(reading.document.text, record.spans)
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
            return " / ".join(_OPEN if each is None else str(each) for each in ends)
        case Theme():
            return value.theme if value.direction == "none" else f"{value.theme} {value.direction}"
        case tuple():
            return ",".join(map(_told, value))
    return str(value)


def _theme(words: str) -> dict[str, str]:
    theme, _, direction = words.rpartition(" ")
    if theme and direction in get_args(Direction):
        return {"theme": theme.strip(), "direction": direction}
    return {"theme": words, "direction": "none"}


def _toll(words: str) -> dict[str, Any] | None:
    """`3 / 4 / 5` as lowest, best and highest; one number is all three."""
    ends = [None if each == _OPEN else _number(each) for each in _parts(words, "/")]
    if not ends:
        return None
    low, best, high = (ends * 3)[:3] if len(ends) == 1 else (*ends, None, None)[:3]
    return {"low": low, "best": best, "high": high}


def _number(digits: str) -> Any:  # noqa: ANN401 - what is no number is for the contract to refuse
    try:
        return msgspec.json.decode(digits)
    except msgspec.DecodeError:
        return digits


def _parts(words: str, between: str) -> list[str]:
    return [part.strip() for part in words.split(between) if part.strip()]


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


def _slot(kind: ReviewKind, name: str, value: str, known: _Choices) -> Slot:
    if name in ("words", "themes", "deaths", "injured", *_SIDES) or kind == "private":
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
    values = sorted(PLOVER) if is_plover else get_args(hint) if get_origin(hint) is Literal else ()
    return tuple((str(value), str(value).replace("_", " ")) for value in values)


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
