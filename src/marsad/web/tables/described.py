"""What OpenAPI says of a table's parameters: those of the address, from `ledger.asking.fields`."""

from __future__ import annotations

from typing import Any

from marsad.ledger.asking.fields import FIELDS, SEARCHABLE, Form, Kind
from marsad.ledger.asking.query import AGGREGATED
from marsad.web.tables.asked import ALL, MOST, SHOWN

_FORMS: dict[Form, str] = {
    "number": " 100, 100.., ..500 or 100..500.",
    "days": " A day, month, year or EDTF interval that it touches.",
    "flag": " yes or no.",
}


def parameters(kind: Kind) -> list[dict[str, Any]]:
    """The parameters of a table of `kind`. Of a field that is given twice, one of the values must hold."""
    found = [
        _parameter(each.name, each.help + _FORMS.get(each.form, ""), several=True) for each in FIELDS[kind]
    ]
    if kind in SEARCHABLE:
        found.append(_parameter("search", 'Words; "in quotes" one after the other, word* for its beginning.'))
    if kind not in AGGREGATED:
        found.append(_parameter("document", "The id of a document, or how it begins."))
    return [
        *found,
        _parameter("as_known", "Leave out what was not yet known on this day."),
        _parameter("sort", "A field."),
        _parameter("descending", "yes: the last one first."),
        _parameter("limit", f"Rows: 1 to {MOST}, or {ALL}; otherwise {SHOWN}."),
        _parameter("after", "The cursor after which the page begins."),
        _parameter("before", "The cursor before which it ends."),
    ]


def _parameter(name: str, text: str, *, several: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if several:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}
