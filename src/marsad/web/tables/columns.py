"""The columns of each table. Their cells are macros of `templates/cells.html`, named KIND_COLUMN."""

from __future__ import annotations

from typing import NamedTuple

from marsad.ledger.asking.fields import Kind
from marsad.web.messages import Messages


class Column(NamedTuple):
    name: str
    sort: str | None = None  # the field that orders by it
    is_number: bool = False


class Heading(NamedTuple):
    """A column as a page has it."""

    words: str
    cell: str  # the macro of its cells
    sort: str | None
    is_number: bool


COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "documents": (
        Column("title", "title"),
        Column("publisher", "publisher"),
        Column("published", "published"),
        Column("genre", "genre"),
        Column("language", "language"),
        Column("claims", "claims", is_number=True),
        Column("figures", "figures", is_number=True),
        Column("incidents", "incidents", is_number=True),
    ),
    "claims": (
        Column("words"),
        Column("holder", "holder"),
        Column("true_of", "true_of"),
        Column("hedges", "certainty"),
        Column("known", "known"),
        Column("report", "publisher"),
    ),
    "figures": (
        Column("value", "best"),
        Column("counted", "measure"),
        Column("scope"),
        Column("status", "status"),
        Column("basis", "aspect"),
        Column("as_of", "as_of"),
        Column("holder", "holder"),
        Column("known", "known"),
        Column("report", "publisher"),
    ),
    "incidents": (
        Column("what", "type"),
        Column("who"),
        Column("where"),
        Column("when", "date"),
        Column("harm", "deaths_best"),
        Column("accounts"),
        Column("known", "known"),
        Column("report", "publisher"),
    ),
    "relations": (
        Column("who", "source_name"),
        Column("relation", "type"),
        Column("whom", "target_name"),
        Column("holder", "holder"),
        Column("known", "known"),
        Column("report", "publisher"),
    ),
    "actors": (
        Column("name", "name"),
        Column("kind", "kind"),
        Column("aliases"),
        Column("documents", "documents", is_number=True),
        Column("known"),
    ),
    "places": (
        Column("name", "name"),
        Column("within", "country"),
        Column("kind", "kind"),
        Column("precision", "where_prec"),
        Column("gazetteer"),
        Column("documents", "documents", is_number=True),
        Column("known"),
    ),
    "sources": (
        Column("name", "name"),
        Column("kind", "kind"),
        Column("reliability"),
        Column("documents", "documents", is_number=True),
        Column("claims", "claims", is_number=True),
        Column("known"),
    ),
}


def headings(kind: Kind, messages: Messages) -> list[Heading]:
    return [
        Heading(messages.say(f"column.{each.name}"), f"{kind}_{each.name}", each.sort, each.is_number)
        for each in COLUMNS[kind]
    ]
