"""Records as a line, and as a list of facts: for whoever reads where they come from."""

from __future__ import annotations

from typing import Any

import msgspec

from marsad.ledger.tracing.lines import Line, Word, quoted
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
    Polarity,
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


def line(record: Any) -> Line:  # noqa: ANN401 - any record type
    """What a record is, quotes and all."""
    made: Line = _LINES[type(record)](record)
    return Line(made.name, id=record.id[:SHORT], **made.given)


def published(day: Published) -> Line:
    """When something was published, and how that is known."""
    if day.basis == "unknown":
        return Line("no_date")
    first, last = day.earliest or "…", day.latest or "…"
    days = first if first == last else Line("days", first=first, last=last)
    return Line("published", day=days, basis=Word("published", day.basis))


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


def _claim(claim: Claim) -> Line:
    return Line(
        "claim",
        said=_denied(claim.polarity, quoted(claim.text)),
        kind=Word("claim_kind", claim.kind),
        attitude=Word("attitude", claim.attitude),
        certainty=Word("certainty", claim.certainty),
    )


def _denied(polarity: Polarity, said: Line) -> Line:
    return Line("denied", said=said) if polarity == "denied" else said


def _figure(figure: Figure) -> Line:
    low, high = _number(figure.low), _number(figure.high)
    amount = low if low == high else Line("between", low=low, high=high)
    return Line(
        "figure",
        said=quoted(figure.text),
        measure=Word("measure", figure.measure),
        amount=Line("counted", amount=amount, unit=figure.unit) if figure.unit else amount,
        bound=Word("bound", figure.bound),
        status=Word("figure_status", figure.status),
    )


def _number(number: float | None) -> str | Line:
    return Line("open") if number is None else f"{number:,}"


def _incident(incident: Incident) -> Line:
    type_, shape = Word("type", incident.type), Word("shape", incident.shape)
    mode = incident.mode and Word("mode", incident.mode)
    return Line(
        "incident",
        type=Line("with_mode", type=type_, mode=mode) if mode else type_,
        shape=Line("with_date", shape=shape, date=_said(incident.date)) if incident.date else shape,
    )


def _relation(relation: Relation) -> Line:
    source, target = relation.source.text, relation.target.text
    said = Line("related", source=source, type=Word("relation", relation.type), target=target)
    return Line("relation", said=_denied(relation.polarity, said))


def _place(place: Place) -> Line:
    return Line("place", name=place.name, kind=Word("place_kind", place.kind))


def _time(time: Time) -> Line:
    return Line("time", said=quoted(time.text), value=time.edtf or time.value)


def _actor(actor: Actor) -> Line:
    return Line("actor", name=actor.name, kind=Word("actor_kind", actor.kind))


_LINES: dict[type, Any] = {
    Claim: _claim,
    Figure: _figure,
    Incident: _incident,
    Relation: _relation,
    Place: _place,
    Time: _time,
    Actor: _actor,
}
