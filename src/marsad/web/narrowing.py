"""What the address of a page asks for that is made of records: filters of their table, and its own.

    /series?measure=strength.fighters&actor=ISIS&by=holder&after=...

Filters are the fields of `ledger.asking.fields`, so that what narrows a table narrows what is made of its
rows. A page names its own parameters, each with the values that it may have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from starlette.datastructures import QueryParams

from marsad.errors import BadInput
from marsad.ledger.asking.fields import FIELDS, SEARCHABLE, Field, Kind, field
from marsad.ledger.asking.query import Query
from marsad.web.standing import Given, Standing

T = TypeVar("T")
BOTH: tuple[Kind, ...] = ("incidents", "claims")  # what `of=both` asks for
_COMMON = frozenset({"search", "document", "as_known", "lang", "after"})


class Chip(NamedTuple):
    """One thing by which the page is narrowed, and the page without it."""

    name: str
    value: str
    without: str


def chips(query: Query, link: Callable[..., str]) -> Iterator[Chip]:
    """All by which a page is narrowed; `link` gives its address with something changed."""
    if query.search:
        yield Chip("search", query.search, link(search=None))
    if query.document:
        yield Chip("document", query.document, link(document=None))
    for name, values in query.where:
        for value in values:
            yield Chip(name, value, link(**{name: [each for each in values if each != value]}))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The address of a page, read."""

    path: str
    standing: Standing
    query: Query
    own: Mapping[str, str]  # the page's own parameters, with what they are where nobody says
    after: str | None
    _defaults: Mapping[str, str]

    @classmethod
    def of(cls, path: str, kind: Kind, given: QueryParams, own: Mapping[str, Sequence[str]]) -> Narrowed:
        """What the parameters of an address ask for. Empty ones, as a form sends them, ask for nothing.

        Args:
            path: of the page, with what stands between its slashes.
            kind: of the records whose fields are its filters.
            own: the values that each of the page's own parameters may have, first the one where nobody
                says; no values at all: any.

        Raises:
            BadInput: one of them is none of this page's, or has no such value.
        """
        values = {name: [value for value in given.getlist(name) if value] for name in given}
        standing = Standing.of(given)
        said = {name: _one(values, name) for name in own}
        for name, value in said.items():
            if value is not None and own[name] and value not in own[name]:
                raise BadInput(f"{name}={value[:40]}: give {', '.join(filter(None, own[name]))}")
        filters = [name for name in values if values[name] and name not in _COMMON and name not in own]
        for name in filters:
            field(kind, name)
        wanted: dict[str, Any] = {name: values[name] for name in filters}
        query = Query.of(
            kind,
            search=_one(values, "search"),
            document=_one(values, "document"),
            as_known=standing.as_known,
            **wanted,
        )
        defaults = {name: next(iter(allowed), "") for name, allowed in own.items()}
        chosen = {name: said[name] or defaults[name] for name in own}
        return cls(path, standing, query, chosen, _one(values, "after"), defaults)

    # Addresses

    def link(self, form: str = "", /, **changed: Given) -> str:
        """This page, with something changed; another part of it is asked for from its beginning."""
        return self.elsewhere(self.path + form, **changed)

    def elsewhere(self, path: str, /, **changed: Given) -> str:
        """Another page of what is made of the same records."""
        given: dict[str, Given] = dict(self.query.where)
        given |= {"search": self.query.search, "document": self.query.document}
        given |= dict(self.changed())
        given |= {
            name: None if value == self._defaults.get(name) else value for name, value in changed.items()
        }
        return self.standing.link(path, **given)

    def changed(self) -> list[tuple[str, str]]:
        """The page's own parameters that somebody chose."""
        return [(name, value) for name, value in self.own.items() if value != self._defaults[name]]

    def choosing(self, name: str, value: str) -> str:
        """This page with a parameter of its own at a value; `of` keeps the filters that its records have."""
        if name != "of":
            return self.link(**{name: value})
        kinds = BOTH if value == "both" else tuple(kind for kind in FIELDS if kind == value)
        had = [{each.name for each in FIELDS[kind]} for kind in kinds]
        lost = [each for each, _ in self.query.where if not all(each in names for names in had)]
        if not all(kind in SEARCHABLE for kind in kinds):
            lost.append("search")
        return self.link(of=value, **dict.fromkeys(lost))

    def with_value(self, name: str, value: str) -> str:
        return self.link(**{name: [*dict(self.query.where).get(name, ()), value]})

    def chips(self) -> Iterator[Chip]:
        return chips(self.query, self.link)

    # What it has

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query.where or self.query.search or self.query.document)

    @property
    def fields(self) -> tuple[Field, ...]:
        return FIELDS[self.query.kind]

    @property
    def is_searchable(self) -> bool:
        return self.query.kind in SEARCHABLE

    def of_claims(self) -> Query:
        """The claims of what is asked for, by those filters that claims have, too."""
        names = {each.name for each in FIELDS["claims"]} - {"kind"}
        filters: dict[str, Any] = {name: values for name, values in self.query.where if name in names}
        return Query.of(
            "claims",
            search=self.query.search,
            document=self.query.document,
            as_known=self.query.as_known,
            **filters,
        )


class Part(NamedTuple, Generic[T]):
    """Some of a list that was made, in its order."""

    items: list[T]
    total: int
    next: str | None  # the id after which the next part begins


def part(found: Sequence[T], key: Callable[[T], str], after: str | None, limit: int | None) -> Part[T]:
    """The first `limit` after the one with the id `after`; all of them where there is no limit.

    Raises:
        BadInput: none has this id: the ledger has changed, or another day is in force.
    """
    begin = 0
    if after is not None:
        at = next((at for at, each in enumerate(found) if key(each) == after), None)
        if at is None:
            raise BadInput("after: what it followed is no longer in this list; begin it anew")
        begin = at + 1
    items = list(found[begin : begin + limit] if limit else found[begin:])
    more = limit is not None and begin + limit < len(found)
    return Part(items, len(found), key(items[-1]) if more else None)


def described(kind: Kind, own: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """What OpenAPI says of the parameters of a page."""
    several = {"type": "array", "items": {"type": "string"}}
    found = [_described(each.name, each.help, several) for each in FIELDS[kind] if each.name not in own]
    if kind in SEARCHABLE:
        found.append(_described("search", "Words that it must hold.", {"type": "string"}))
    found.append(_described("document", "The id of a document, or how it begins.", {"type": "string"}))
    found.append(_described("as_known", "Leave out what was not yet known on this day.", {"type": "string"}))
    for name, values in own.items():
        schema: dict[str, Any] = {"type": "string"}
        if values:
            schema["enum"] = [value for value in values if value]
        found.append(_described(name, "What is shown, and how.", schema))
    return found


def _described(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


def _one(values: Mapping[str, Sequence[str]], name: str) -> str | None:
    found = values.get(name, [])
    if len(found) > 1:
        raise BadInput(f"{name} is given {len(found)} times; give it once")
    return found[0] if found else None
