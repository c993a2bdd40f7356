"""`marsad places`: the places that the documents name."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column
from marsad.ledger.asking.found import FoundPlace
from marsad.reports import cells

_WIDE = 3  # from a district on (UCDP), a place is an area and has no point


@click.command()
@asks("places")
def command(question: Question) -> None:
    """List the places of the ledger; one that is not in the gazetteer stays unresolved."""
    question.answer(_COLUMNS, nothing="No places: the ledger holds none that these options let through.")


def _within(place: FoundPlace) -> str:
    return ", ".join(filter(None, (place.admin1, place.country))) or cells.NOTHING


def _resolved(place: FoundPlace) -> str:
    """Its id, and its point where it has one: a district, province or country has none."""
    if place.gazetteer_id is None:
        return "unresolved"
    if place.latitude is None or place.longitude is None or (place.where_prec or _WIDE) >= _WIDE:
        return place.key
    return f"{place.key}\n{place.latitude:.3f}, {place.longitude:.3f}"


def _precision(place: FoundPlace) -> str:
    return cells.WHERE[place.where_prec] if place.where_prec else cells.NOTHING


def first_and_last(first: str, last: str) -> str:
    """The days on which something was known first and last."""
    return first if first == last else f"{first}\n{last}"


_COLUMNS = (
    Column("place", lambda place: place.name, 6, width=10),
    Column("within", _within, 5, width=8),
    Column("kind", lambda place: place.kind, 0, width=8),
    Column("precision", _precision, 2, width=9),
    Column("gazetteer", _resolved, 3, width=16),
    Column("documents", lambda place: f"{place.documents:,}", 0, width=9),
    Column("known", lambda place: first_and_last(place.first_known, place.last_known), 0, width=10),
)
