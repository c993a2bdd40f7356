"""Lists of what is made of the ledger: a page, JSON and CSV of the same, in parts; and one of them.

A `Collection` says what the list is of. Series, contradictions and agreements are three of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec
from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from marsad.errors import BadInput, NotFound
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.query import Query
from marsad.web.assessed import MOST, Assessed, Kept
from marsad.web.assessed import Part as AssessedPart
from marsad.web.making import patience
from marsad.web.narrowing import Narrowed, Part, described, part
from marsad.web.rendering import page
from marsad.web.tables import flat

Answer = Callable[[Request], Response]
VALUES = 200  # of a facet; a page shows ten, and the others where somebody opens them


class Facet(NamedTuple):
    """The values of one field, most frequent first, and in how many of the list."""

    field: str
    values: list[tuple[str, int]]
    more: int  # values that are not shown
    is_link: bool  # whether the list can be narrowed to a value


class Absence(NamedTuple):
    """Why a list is empty."""

    is_nothing_read: bool
    is_too_much: bool  # there is more than can be compared at once
    later: bool  # whether there is some, had one not asked for what was known by a day


class HasId(Protocol):
    """What is in a list: its id is the same as long as it is the same."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=HasId)


@dataclass(frozen=True)
class Listed(Generic[T]):
    """What an address asks for: all of it, and the part that is shown."""

    asked: Narrowed
    made: Assessed
    all: Sequence[T]
    shown: int  # of a page

    def part(self) -> Part[T]:
        limit = None if self.asked.own.get("limit") == "all" else self.shown
        return part(self.all, lambda each: each.id, self.asked.after, limit)


class One(NamedTuple, Generic[T]):
    """One of a list."""

    each: T
    made: Assessed
    asked: Narrowed


@dataclass(frozen=True, kw_only=True)
class Collection(Generic[T]):
    """One list of what is made of the ledger, with the addresses of it and of each that is in it."""

    name: str  # of its address
    one: str  # what one of them is called, where there is none
    own: Mapping[str, Sequence[str]]  # its parameters with their values
    shown: int  # of a page
    all: Callable[[Assessed, Narrowed], Sequence[T]]
    records: Callable[[T], Iterable[str]]  # the ids of the records that one is made of
    is_asked: Callable[[T, Narrowed], bool]  # by the list's own parameters
    listed: Callable[[T], Mapping[str, Any]]
    rows: Callable[[T], Iterable[dict[str, Any]]]
    part: Callable[[Narrowed], AssessedPart]
    kind: Callable[[QueryParams], Kind]  # of the records whose fields narrow it

    def asked(self, request: Request, path: str = "", **own: Sequence[str]) -> Narrowed:
        """The address of a page, read: of the list, or of one in it, which may have parameters more."""
        given = request.query_params
        return Narrowed.of(f"/{self.name}{path}", self.kind(given), given, {**self.own, **own})

    def found(self, request: Request, asked: Narrowed) -> Listed[T] | None:
        """All that an address asks for; `None` where it is too much to be compared."""
        made = assessed(request, asked, self.part(asked))
        if made is None:
            return None
        found = [each for each in self.all(made, asked) if self.is_asked(each, asked)]
        if asked.is_narrowed:
            ids = made.ids(asked.query)
            found = [each for each in found if not ids.isdisjoint(self.records(each))]
        return Listed(asked, made, found, self.shown)

    def find(self, request: Request, each_id: str, **own: Sequence[str]) -> One[T]:
        """The one with an id, on the day in force.

        Raises:
            NotFound: there is none, or the ledger holds too much for all of it to be compared.
        """
        asked = self.asked(request, f"/{each_id}", **own)
        made = assessed(request, asked, self.part(asked))
        for each in self.all(made, asked) if made else ():
            if made and each.id == each_id:
                return One(each, made, asked)
        day = asked.standing.as_known
        when = f" as known on {day}" if day else ""
        raise NotFound(f"{each_id[:40]}: no such {self.one}{when}; see /{self.name}")

    def one_as_json(self, request: Request, each_id: str) -> Response:
        body = self.listed(self.find(request, each_id).each)
        return Response(msgspec.json.encode(body), media_type="application/json")

    def install(self, router: APIRouter, page: Answer) -> None:
        """The addresses of the list, `page` being its page."""
        kind = self.kind(QueryParams())
        routes(router, self.name, kind, self.own, page=page, as_json=self._json, as_csv=self._csv)

    def _json(self, request: Request) -> Response:
        asked = self.asked(request)
        return answered(request, asked, self.found(request, asked), self.listed)

    def _csv(self, request: Request) -> Response:
        asked = self.asked(request)
        return as_csv(self.name, asked, self.found(request, asked), self.rows)


def assessed(request: Request, asked: Narrowed, part: AssessedPart) -> Assessed | None:
    """What is made of the claims that an address asks for; `None` where they are too many.

    Raises:
        BeingMade: it takes longer than somebody should wait for a page.
    """
    return kept(request).of(asked.of_claims(), part, patience(request))


def kept(request: Request) -> Kept:
    """What is remembered of the ledger of the application."""
    state = request.app.state
    if not hasattr(state, "kept"):
        state.kept = Kept(state.store)
    found: Kept = state.kept
    return found


def facet(field: str, values: Iterable[str | None], *, is_link: bool = True) -> Facet:
    """How often each value stands in a list."""
    counted = sorted(Counter(filter(None, values)).items(), key=lambda each: (-each[1], each[0]))
    return Facet(field, counted[:VALUES], max(0, len(counted) - VALUES), is_link)


def page_of(
    request: Request,
    template: str,
    asked: Narrowed,
    found: Listed[Any] | None,
    *,
    narrowing: Iterable[str],
    **words: Any,  # noqa: ANN401 - of the template
) -> Response:
    """The page of a list.

    Args:
        narrowing: the fields that are counted where there is too much to be compared.

    Raises:
        BadInput: all of it is asked for on one page.
    """
    if asked.own.get("limit") == "all":
        raise BadInput("limit=all: a page shows a part; .json and .csv give all")
    shown = found.part() if found else None
    if found is None:
        words["facets"] = _ways(request, asked, narrowing)
    is_empty = not shown or not shown.items
    absence = _absence(request, asked, found) if is_empty else None
    words |= {"asked": asked, "shown": shown, "absence": absence, "most": most(asked)}
    words["is_behind"] = found is not None and found.made.is_behind
    return page(request, template, asked.standing, **words)


def _ways(request: Request, asked: Narrowed, fields: Iterable[str]) -> list[Facet]:
    """By what too much can be narrowed, counted in the table of the same records."""
    found = request.app.state.store.find(asked.query).facets(*fields)
    return [
        Facet(each.field, each.values[:VALUES], max(0, len(each.values) - VALUES), is_link=True)
        for each in found
    ]


def _absence(request: Request, asked: Narrowed, found: Listed[Any] | None) -> Absence:
    store = request.app.state.store
    nothing = store.find(Query("documents")).first() is None
    later = False
    if found and asked.query.as_known:
        later = store.find(replace(asked.query, as_known=None)).first() is not None
    return Absence(nothing, found is None, later)


def answered(
    request: Request, asked: Narrowed, found: Listed[T] | None, listed: Callable[[T], Mapping[str, Any]]
) -> Response:
    """A list as JSON: what was asked, how many there are, and the address of the next part.

    Raises:
        BadInput: what is asked for is too much to be compared.
    """
    if found is None:
        raise _too_much(asked)
    shown = found.part()
    body = {
        "as_known": asked.query.as_known,
        "filters": {name: list(values) for name, values in asked.query.where},
        "search": asked.query.search,
        "document": asked.query.document,
        **{name: value for name, value in asked.own.items() if name != "limit"},
        "is_behind": found.made.is_behind,
        "total": shown.total,
        "next": asked.link(".json", after=shown.next) if shown.next else None,
        "rows": [listed(each) for each in shown.items],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


def as_csv(
    name: str, asked: Narrowed, found: Listed[T] | None, rows: Callable[[T], Iterable[dict[str, Any]]]
) -> Response:
    """A list as CSV, some rows for each.

    Raises:
        BadInput: what is asked for is too much to be compared.
    """
    if found is None:
        raise _too_much(asked)
    return csv_of(name, (row for each in found.part().items for row in rows(each)))


def csv_of(name: str, rows: Iterable[dict[str, Any]]) -> Response:
    """Rows as a file to be kept."""
    return StreamingResponse(
        flat.lines(rows),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


def most(asked: Narrowed) -> int:
    """How many claims, or figures, are compared at once."""
    return MOST["figures" if asked.query.kind == "figures" else "claims"]


def _too_much(asked: Narrowed) -> BadInput:
    what = "figures" if asked.query.kind == "figures" else "claims"
    return BadInput(
        f"more than {most(asked)} {what} are asked for: narrow them, by actor, measure or country"
    )


def routes(
    router: APIRouter,
    name: str,
    kind: Kind,
    own: Mapping[str, Sequence[str]],
    *,
    page: Answer,
    as_json: Answer,
    as_csv: Answer,
) -> None:
    """The three addresses of a list."""
    said = {"parameters": described(kind, own)}
    router.add_api_route(f"/{name}", page, include_in_schema=False)
    router.add_api_route(f"/{name}.json", as_json, name=f"{name}_json", openapi_extra=said, tags=[name])
    router.add_api_route(f"/{name}.csv", as_csv, name=f"{name}_csv", openapi_extra=said, tags=[name])
