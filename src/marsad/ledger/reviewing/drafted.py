"""The record that a review leaves: one with other values, or a new one on words of the text.

Both are held to the contract: the values fit together, references lead to records of the reading,
and nothing is part of itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from marsad.errors import BadInput
from marsad.gazetteer import PRECISION, Gazetteer
from marsad.ledger.reviewing import given
from marsad.ledger.reviewing.consequences import straightened
from marsad.ledger.reviewing.links import (
    KINDS,
    last_number,
    links,
    records,
    requoted,
    smallest_claim,
    spans_of,
)
from marsad.ledger.reviewing.restoring import REVIEWER
from marsad.records import interval
from marsad.records.reading import (
    Actor,
    Claim,
    Figure,
    Frozen,
    Incident,
    Number,
    Party,
    Place,
    Reading,
    Relation,
    Time,
)
from marsad.records.review import RecordKind
from marsad.records.spans import Spans, text_of

# Fields that make sense together only: whoever sets one of them decides on all.
_TOGETHER = (
    frozenset({"low", "high", "best", "bound"}),
    frozenset({"gazetteer", "gazetteer_id", "latitude", "longitude"}),
    frozenset({"value", "mod", "edtf", "earliest", "latest", "date_prec"}),
    frozenset({"source", "chain", "kind"}),
    frozenset({"spans", "text"}),
)
_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,18})(?:\.\d{1,9})?(?!,?\d)")
_SIMPLE_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST = 2**63  # what JSON and both databases can hold
_OWN_WORDS = frozenset({"opinion", "letter", "testimony"})  # genres whose narrator is the author


class Drafted(NamedTuple):
    """A record, or none, with the fields that count as set by a person."""

    record: Any | None
    names: frozenset[str] = frozenset()


def edited(reading: Reading, record: Any, fields: Mapping[str, Any]) -> Drafted:  # noqa: ANN401 (any record type)
    """`record` with `fields` set; whatever makes sense only together with them counts as set too.

    Raises:
        BadInput: an unknown field, or a value that it cannot have.
    """
    plain = {name: value for name, value in fields.items() if name not in given.WORDS}
    values = given.values(type(record), reading, plain, near=spans_of(record))
    if isinstance(record, Figure):
        values = _bounded(values, record) | values
    if isinstance(record, Claim) and "source" in values:
        values = _resourced(record, values["source"]) | values
    if isinstance(record, Time):
        values |= _days(values)
    if isinstance(record, Place):
        values = _located(values, record) | values
    for name in fields.keys() & given.WORDS:
        values |= _reworded(reading, record, name, fields[name])
    return Drafted(_checked(reading, replace(record, **values, reader=REVIEWER)), _set(type(record), values))


def added(reading: Reading, kind: RecordKind, spans: Spans, fields: Mapping[str, Any]) -> Drafted:
    """A new record of `kind` on `spans`, with what follows from its words or is the rule.

    Raises:
        BadInput: an unknown field, a value that it cannot have, or one that is needed and missing.
    """
    owner = KINDS[kind].type
    worded = fields.keys() & given.WORDS
    if worded:
        raise BadInput(f"{min(worded)}: the words are those that the record is added on")
    values = given.values(owner, reading, fields, near=spans)
    filled = _filled(reading, kind, spans, values)
    for field in fields_of(owner):
        if field.required and field.name not in ("id", "reader") and filled.get(field.name) is None:
            raise BadInput(f"{field.name}: a {kind} needs one")
    record = owner(**filled, id=f"{KINDS[kind].letter}{last_number(reading, kind) + 1}", reader=REVIEWER)
    return Drafted(_checked(reading, record), _set(owner, values))


def _set(owner: type[Frozen], values: Mapping[str, Any]) -> frozenset[str]:
    """The fields of `values` and those that are decided on together with them."""
    own = frozenset(owner.__struct_fields__)
    return frozenset(values).union(*(group & own for group in _TOGETHER if group & values.keys()))


# Values that follow from each other


def _bounded(values: Mapping[str, Any], record: Figure | None) -> dict[str, Any]:
    """`low`, `high`, `best` and `bound`, where only some of them are given."""
    if not values.keys() & {"low", "high", "best", "bound"}:
        return {}
    best = values.get("best")
    low = _first(values.get("low"), best, record.low if record else values.get("high"))
    high = _first(values.get("high"), best, record.high if record else low)
    bound = values.get("bound") or _bound(low, high, best, record)
    if bound in ("exact", "about"):
        number = _first(best, low, high)
        return {"low": number, "high": number, "best": number, "bound": bound}
    if bound == "at_least":
        return {"low": _first(low, high), "high": None, "best": None, "bound": bound}
    if bound == "at_most":
        return {"low": None, "high": _first(high, low), "best": None, "bound": bound}
    return {"low": low, "high": high, "best": best, "bound": bound}


def _bound(low: Number | None, high: Number | None, best: Number | None, record: Figure | None) -> str:
    before = record.bound if record else "exact"
    if low is not None and high is not None and low != high:
        return "vague" if before == "vague" else "range"
    is_open = before in ("at_least", "at_most") and best is None
    return before if before == "about" or is_open else "exact"


def _first(*numbers: Number | None) -> Number | None:
    return next((number for number in numbers if number is not None), None)


def _resourced(record: Claim, source: Party | None) -> dict[str, Any]:
    """The chain with the new source in the place of the old one, else behind all."""
    new = (source,) if source else ()
    if record.source in record.chain:
        at = record.chain.index(record.source)
        chain = (*record.chain[:at], *new, *record.chain[at + 1 :])
    else:
        chain = (*record.chain, *new)
    return {"chain": chain, "kind": "attributed" if source else "narrated"}


def _located(values: Mapping[str, Any], record: Place) -> dict[str, Any]:
    """Where a place is whose id is given: as the gazetteer has it, and nowhere where it is none."""
    if "gazetteer_id" not in values or values.keys() & {"latitude", "longitude"}:
        return {}
    wanted = values["gazetteer_id"]
    if wanted is None:
        return {"gazetteer": None, "latitude": None, "longitude": None}
    names = filter(None, (values.get("name"), record.name, record.text))
    found = [each for name in names for each in Gazetteer.open().candidates(name) if each.id == wanted]
    if not found:
        raise BadInput(
            f"gazetteer_id: {wanted[:20]} is no place of that name; give a name that the gazetteer has for "
            "it (marsad gazetteer), or its latitude and longitude"
        )
    entry = found[0]
    return {
        "name": entry.name,
        "gazetteer": entry.gazetteer,
        "latitude": entry.lat,
        "longitude": entry.lon,
        "kind": entry.kind,
        "country": entry.country,
        "admin1": entry.admin1,
        "where_prec": PRECISION[entry.kind],
    }


def _days(values: Mapping[str, Any]) -> dict[str, Any]:
    """The first and the last day of a time that is given in EDTF."""
    if not values.get("edtf"):
        return {}
    try:
        earliest, latest = interval.days(values["edtf"])
    except BadInput as error:
        raise BadInput(f"edtf: {error}") from error
    ends = {"earliest": earliest, "latest": latest}
    days = {name: day and day.isoformat() for name, day in ends.items()}
    return days | {"date_prec": interval.precision(earliest, latest)}


def _reworded(reading: Reading, record: Any, name: str, words: object) -> dict[str, Any]:  # noqa: ANN401
    """The spans of other words for a record, nearest to the ones that it had."""
    if isinstance(record, Actor):
        raise BadInput(f"{name}: an actor has mentions; add its names to aliases")
    if not isinstance(words, str) or not words.strip():
        raise BadInput(f"{name}: give the words of the text that the record stands on")
    spans = given.in_text(reading.document.text, words, near=spans_of(record))
    return {"spans": spans} | _text(reading, type(record), spans)


# What is added


def _filled(reading: Reading, kind: RecordKind, spans: Spans, values: dict[str, Any]) -> dict[str, Any]:
    """`values` with what follows from the words, and with what is the rule where nothing is said."""
    text = text_of(reading.document.text, spans)
    if kind == "actor":
        return {"name": text, "kind": "other", "mentions": spans} | values
    placed = values | {"spans": spans} | _text(reading, KINDS[kind].type, spans)
    if kind == "claim":
        return _claim(reading, values) | placed
    if kind == "place":
        return {"name": text, "kind": "other"} | placed
    if kind == "time":
        return _time(values) | placed
    stated = placed | {_claim_field(kind): _stated(reading, kind, spans, values)}
    return _figure(text, values) | stated if kind == "figure" else stated


def _text(reading: Reading, owner: type[Frozen], spans: Spans) -> dict[str, str]:
    return {} if owner in (Incident, Relation) else {"text": text_of(reading.document.text, spans)}


def _stated(reading: Reading, kind: RecordKind, spans: Spans, values: dict[str, Any]) -> Any:  # noqa: ANN401
    """The claim that states it: where none is given, the smallest around its words."""
    name = _claim_field(kind)
    if values.get(name):
        return values[name]
    claim = smallest_claim(reading.claims, spans)
    if claim is None:
        raise BadInput(f"{name}: no claim holds these words; add the claim first")
    return (claim,) if kind == "incident" else claim


def _claim_field(kind: RecordKind) -> str:
    return "claims" if kind == "incident" else "claim"


def _claim(reading: Reading, values: dict[str, Any]) -> dict[str, Any]:
    source = values.get("source")
    chain = (*_narrator(reading), *((source,) if source else ()))
    return {"kind": "attributed" if source else "narrated", "chain": chain}


def _narrator(reading: Reading) -> tuple[Party, ...]:
    """The publisher; behind it the author, where the words are the author's own."""
    document = reading.document
    hands = []
    if document.publisher:
        hands.append(Party(text=document.publisher, spans=(), actor=None, kind="organisation"))
    if document.author and document.genre in _OWN_WORDS:
        hands.append(Party(text=document.author, spans=(), actor=None, kind="person"))
    return tuple(hands)


def _figure(text: str, values: dict[str, Any]) -> dict[str, Any]:
    if not values.get("measure"):
        raise BadInput("measure: a figure needs one, such as strength.fighters or count.tent")
    if values.keys() & {"low", "high", "best"}:
        return _bounded(values, None)
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        raise BadInput(f"low: {text[:40]!r} is not one number in digits; give low, high or best")
    return _bounded({"bound": values.get("bound"), "low": _number(numbers[0])}, None)


def _number(digits: str) -> Number:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _time(values: dict[str, Any]) -> dict[str, Any]:
    edtf = values.get("edtf") or ""
    if not values.get("value") and not _SIMPLE_DATE.fullmatch(edtf):
        raise BadInput("value: a time needs one in TIMEX3, such as 2024-03 or P3M; or a plain date as edtf")
    return {"type": "DATE", "value": edtf} | _days(values)


# What a record must be


def _checked(reading: Reading, record: Any) -> Any:  # noqa: ANN401
    """`record`, requoted, if it may stand in `reading`."""
    record = requoted(record, reading.document.text)
    known = {each: {one.id for one in records(reading, each)} for each in KINDS}
    for link in links(record):
        if link.local == record.id:
            raise BadInput(f"{link.field}: {record.id} cannot refer to itself")
        if link.local not in known[link.kind]:
            raise BadInput(f"{link.field}: no {link.kind} {link.local} in this reading")
    kind = next(kind for kind in KINDS if KINDS[kind].type is type(record))
    all_records = {one.id: one for one in records(reading, kind)} | {record.id: record}
    if straightened(all_records) != all_records:
        raise BadInput(f"{record.id}: would be part of itself; name another record above it")
    if isinstance(record, Figure):
        _require_range(record)
    if isinstance(record, Place) and (record.latitude is None) != (record.longitude is None):
        raise BadInput("latitude: goes with longitude; give both or neither")
    try:
        return msgspec.json.decode(msgspec.json.encode(record), type=type(record))
    except (msgspec.ValidationError, OverflowError, UnicodeError) as error:
        raise BadInput(f"{record.id}: {error}") from error


def _require_range(figure: Figure) -> None:
    stated = [n for n in (figure.low, figure.best, figure.high) if n is not None]
    if not all(abs(number) < _MOST for number in stated):
        raise BadInput("low: a number is too large or none at all; give null where an end is open")
    if not stated:
        raise BadInput("low: a figure needs a number; give low, high or best")
    if stated != sorted(stated):
        raise BadInput(f"low: {figure.low} to {figure.high} with best {figure.best} is no range; order them")
