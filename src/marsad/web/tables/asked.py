"""What the address of a table asks for: a query with its page, and the addresses that differ in one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from starlette.datastructures import QueryParams

from marsad.errors import BadInput
from marsad.ledger.asking.fields import FIELDS, SEARCHABLE, Field, Kind, field
from marsad.ledger.asking.query import AGGREGATED, Query, is_yes
from marsad.web.narrowing import Chip, chips
from marsad.web.standing import Given, Standing

SHOWN = 50  # rows of a page where nobody says
MOST = 500  # rows of a page
ALL = "all"

# Facets that are open where nobody says; each is counted at every look
FACETS: dict[Kind, tuple[str, ...]] = {
    "documents": ("publisher", "genre", "language"),
    "claims": ("kind", "holder", "certainty", "theme"),
    "figures": ("measure", "holder", "status", "bound"),
    "incidents": ("type", "status", "country"),
    "relations": ("type", "source_name", "target_name"),
    "actors": ("kind",),
    "places": ("kind", "country"),
    "sources": ("kind",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A table's address, read."""

    kind: Kind
    standing: Standing
    query: Query
    limit: int | None  # rows of a page; `None` is all there are
    after: str | None  # the cursor that the page begins after,
    before: str | None  # or ends before
    facets: tuple[str, ...]

    @classmethod
    def of(cls, kind: Kind, given: QueryParams) -> Asked:
        """What the parameters of an address ask for. Empty ones, as a form sends them, ask for nothing.

        Raises:
            BadInput: one of them is none of this table's, or has no such value.
        """
        values = {name: [value for value in given.getlist(name) if value] for name in given}
        standing = Standing.of(given)
        page = _Page.of(values)
        query = Query.of(
            kind,
            search=_one(values, "search"),
            document=_document(kind, values),
            as_known=standing.as_known,
            sort=_one(values, "sort"),
            descending=is_yes(_one(values, "descending") or "no"),
            **{name: values[name] for name in _filters(kind, values)},
        )
        facets = tuple(dict.fromkeys(values.get("facet", FACETS[kind])))
        for name in facets:
            _counted(kind, name)
        return cls(kind, standing, query, page.limit, page.after, page.before, facets)

    # Addresses

    def link(self, form: str = "", /, **changed: Given) -> str:
        """This table, with something changed; another page of it is asked for from its beginning."""
        given: dict[str, Given] = {**self._narrowed, "sort": self.query.sort}
        given["descending"] = self.query.descending
        if self.facets != FACETS[self.kind]:
            given["facet"] = self.facets
        if self.limit != SHOWN:
            given["limit"] = ALL if self.limit is None else self.limit
        return self.standing.link(f"/{self.kind}{form}", **(given | changed))

    def link_to(self, path: str) -> str:
        """Another address with the same filters and words."""
        return self.standing.link(path, **self._narrowed)

    @property
    def _narrowed(self) -> dict[str, Given]:
        words: dict[str, Given] = {"search": self.query.search, "document": self.query.document}
        return {**dict(self.query.where), **words}

    def with_value(self, name: str, value: str) -> str:
        return self.link(**{name: [*self._values(name), value]})

    def sorted_by(self, name: str) -> str:
        """By a field; by the same one again, the other way round."""
        by, is_descending = self.query.order
        return self.link(sort=name, descending=by == name and not is_descending)

    def chips(self) -> Iterator[Chip]:
        return chips(self.query, self.link)

    @property
    def path(self) -> str:
        return f"/{self.kind}"

    def changed(self) -> list[tuple[str, str]]:
        """How the table is ordered, where somebody chose it."""
        chosen = [("sort", self.query.sort), ("descending", "yes" if self.query.descending else None)]
        return [(name, value) for name, value in chosen if value]

    # What it has

    @property
    def fields(self) -> tuple[Field, ...]:
        return FIELDS[self.kind]

    @property
    def is_searchable(self) -> bool:
        return self.kind in SEARCHABLE

    @property
    def closed_facets(self) -> list[str]:
        """Fields that could be counted and are not."""
        return [each.name for each in self.fields if each.counted and each.name not in self.facets]

    def has_value(self, name: str, value: str) -> bool:
        return value in self._values(name)

    def _values(self, name: str) -> tuple[str, ...]:
        return dict(self.query.where).get(name, ())


class _Page(NamedTuple):
    limit: int | None
    after: str | None
    before: str | None

    @classmethod
    def of(cls, values: dict[str, list[str]]) -> _Page:
        after, before, said = (_one(values, name) for name in ("after", "before", "limit"))
        if said == ALL:
            return cls(None, None, None)
        if said is None:
            return cls(SHOWN, after, before)
        if not (said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= MOST):
            raise BadInput(f"limit={said[:20]}: give 1 to {MOST}, or {ALL}")
        return cls(int(said), after, before)


_OTHER = frozenset(
    {"search", "document", "as_known", "sort", "descending", "limit", "after", "before", "facet", "lang"}
)


def _filters(kind: Kind, values: dict[str, list[str]]) -> list[str]:
    """The parameters that are fields of the kind; any other one is refused."""
    names = [name for name in values if name not in _OTHER and values[name]]
    for name in names:
        field(kind, name)
    return names


def _one(values: dict[str, list[str]], name: str) -> str | None:
    found = values.get(name, [])
    if len(found) > 1:
        raise BadInput(f"{name} is given {len(found)} times; give it once")
    return found[0] if found else None


def _document(kind: Kind, values: dict[str, list[str]]) -> str | None:
    found = _one(values, "document")
    if found and kind in AGGREGATED:
        raise BadInput(f"{kind} are of all documents; leave document out")
    return found


def _counted(kind: Kind, name: str) -> None:
    if not field(kind, name).counted:
        raise BadInput(f"{name} is not counted; choose another facet of {kind}")
