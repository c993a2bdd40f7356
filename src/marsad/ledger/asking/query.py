"""A question to the ledger: which kind, which filters, which order. The same one everywhere.

    Query.of("claims", actor="SDF", measure=["strength.fighters"], search='"white flags"',
             as_known="2019-03-31", sort="true_of")

`selecting` makes SQL of it, `listing` the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite

from marsad.errors import BadInput
from marsad.ledger.asking.fields import FIELDS, SEARCHABLE, Field, Form, Kind, field
from marsad.ledger.showing.words import Search
from marsad.records.interval import days

# What all documents have in common: where nobody says, what most of them have comes first
AGGREGATED: tuple[Kind, ...] = ("places", "actors", "sources")
Value = str | int | float | bool | date
Values = Value | Iterable[Value] | None

_YES, _NO = {"1", "true", "yes"}, {"0", "false", "no"}


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. `where` holds, for a field, the values of which a record must have one."""

    kind: Kind
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    search: str | None = None  # words that the record, or the claim of a figure, must hold
    document: str | None = None  # an id, or how it begins
    in_documents: tuple[str, ...] = ()  # only records of these, by their whole ids
    ids: tuple[str, ...] = ()  # only these records
    as_known: str | None = None  # a day: leave out what was not known by then
    sort: str | None = None  # a field; by default, when it became known, or how many documents have it
    descending: bool = False

    @property
    def order(self) -> tuple[str, bool]:
        """The field by which it is sorted, and whether the last one comes first."""
        if self.kind in AGGREGATED and self.sort is None:
            return "documents", not self.descending
        return self.sort or "known", self.descending

    @classmethod
    def of(
        cls,
        kind: Kind,
        /,
        *,
        search: str | None = None,
        document: str | None = None,
        in_documents: Iterable[str] = (),
        as_known: str | date | None = None,
        sort: str | None = None,
        descending: bool = False,
        **where: Values,
    ) -> Query:
        """A query with its values checked.

        Raises:
            BadInput: there is no such field, or a value is none of its form.
        """
        if kind not in FIELDS:
            raise BadInput(f"no kind of record {kind!r}; there are {', '.join(FIELDS)}")
        filters = tuple((name, _values(field(kind, name), given)) for name, given in where.items())
        if search is not None:
            if kind not in SEARCHABLE:
                raise BadInput(f"{kind} cannot be searched by words; {', '.join(SEARCHABLE)} can")
            Search.parse(search)
        if sort is not None and not field(kind, sort).sorts:
            raise BadInput(f"{kind} cannot be sorted by {sort}: a record has several")
        return cls(
            kind=kind,
            where=tuple((name, values) for name, values in filters if values),
            search=search,
            document=document or None,
            in_documents=tuple(in_documents),
            as_known=last_day(as_known),
            sort=sort,
            descending=descending,
        )

    def but(self, name: str) -> Query:
        """The same without its filter on `name`: what a facet of `name` counts."""
        return replace(self, where=tuple(each for each in self.where if each[0] != name))


def last_day(edtf: str | date | None) -> str | None:
    """The last day of a day, month or year, as an ISO 8601 date.

    Raises:
        BadInput: it is none of these, or has no end.
    """
    if edtf is None:
        return None
    _, latest = days(str(edtf))
    if latest is None:
        raise BadInput(f"{edtf}: has no last day; give YYYY-MM-DD")
    return latest.isoformat()


def bounds(typed: str) -> tuple[float | None, float | None]:
    """The ends of `100`, `100..`, `..500` or `100..500`.

    Raises:
        BadInput: it is none of these.
    """
    low, dots, high = typed.partition("..")
    try:
        first = float(low) if low.strip() else None
        last = (float(high) if high.strip() else None) if dots else first
    except ValueError:
        raise BadInput(f"{typed}: no number or range; give 100, 100.., ..500 or 100..500") from None
    if (first is None and last is None) or not all(map(isfinite, filter(None, (first, last)))):
        raise BadInput(f"{typed!r}: no number or range; give 100, 100.., ..500 or 100..500")
    return first, last


def is_yes(typed: str) -> bool:
    """What a flag is asked for.

    Raises:
        BadInput: neither yes nor no.
    """
    word = typed.casefold()
    if word not in _YES | _NO:
        raise BadInput(f"{typed}: give yes or no")
    return word in _YES


def _values(asked: Field, given: Values) -> tuple[str, ...]:
    if given is None:
        return ()
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    # a NUL is stored as another character, for PostgreSQL takes none
    values = tuple(dict.fromkeys(str(value).replace("\0", "\ufffd") for value in several))
    for value in values:
        _CHECKS.get(asked.form, str)(value)
    return values


_CHECKS: dict[Form, Callable[[str], object]] = {"number": bounds, "days": days, "flag": is_yes}
