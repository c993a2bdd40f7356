"""Records in one line, and as a list of facts: for whoever reads where they come from."""

from __future__ import annotations

from typing import Any

import msgspec

from marsad.ledger.tracing.provenance import Value
from marsad.records.reading import (
    Actor,
    Claim,
    Figure,
    Frozen,
    Incident,
    Interval,
    Party,
    Place,
    Published,
    Relation,
    Time,
)

SHORT = 12  # characters of an id or hash, where a person reads it
_OWN = frozenset({"id", "spans", "mentions", "text"})  # told by the item and by its words


def facts(record: Frozen) -> dict[str, Value]:
    """The fields of a record that are known, each a number, a text, or a list of texts."""
    found: dict[str, Value] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name not in _OWN and value not in (None, (), ((), ())):
            found[name] = tuple(map(_said, value)) if isinstance(value, tuple) else _scalar(value)
    return found


def line(record: Any) -> str:  # noqa: ANN401 - any record type
    """A record in one line, quotes and all."""
    return str(_LINES[type(record)](record))


def quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”"


def published(day: Published) -> str:
    """When something was published, and how that is known."""
    if day.basis == "unknown":
        return "date unknown"
    days = dict.fromkeys((day.earliest or "…", day.latest or "…"))
    return f"published {' to '.join(days)} ({day.basis})"


def _scalar(value: object) -> Value:
    return value if isinstance(value, str | int | float | bool) else _said(value)


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Interval):
        return value.edtf or f"{value.earliest or ''}/{value.latest or ''}"
    if isinstance(value, Party):
        return f"{value.text} ({value.kind})"
    worded = getattr(value, "text", None)
    return worded if isinstance(worded, str) else msgspec.json.encode(value).decode()


def _claim(claim: Claim) -> str:
    denied = "denied: " if claim.polarity == "denied" else ""
    return f"{denied}{quoted(claim.text)} ({claim.kind}, {claim.attitude}, certainty {claim.certainty})"


def _figure(figure: Figure) -> str:
    ends = (_number(figure.low), _number(figure.high))
    amount = " to ".join(dict.fromkeys(ends))
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{quoted(figure.text)} {figure.measure} {amount}{unit} ({figure.bound}, {figure.status})"


def _number(number: float | None) -> str:
    return "open" if number is None else f"{number:,}"


def _incident(incident: Incident) -> str:
    mode = f", {incident.mode}" if incident.mode else ""
    date = f", {_said(incident.date)}" if incident.date else ""
    return f"{incident.type}{mode} ({incident.shape}{date})"


def _relation(relation: Relation) -> str:
    denied = "denied: " if relation.polarity == "denied" else ""
    return f"{denied}{relation.source.text} {relation.type} {relation.target.text}"


def _place(place: Place) -> str:
    return f"{place.name} ({place.kind})"


def _time(time: Time) -> str:
    return f"{quoted(time.text)} {time.edtf or time.value}"


def _actor(actor: Actor) -> str:
    return f"{actor.name} ({actor.kind})"


_LINES: dict[type, Any] = {
    Claim: _claim,
    Figure: _figure,
    Incident: _incident,
    Relation: _relation,
    Place: _place,
    Time: _time,
    Actor: _actor,
}
