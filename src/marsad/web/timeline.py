"""The timeline: incidents, claims or both, each with the stretch of time that it is said to be of.

A day is a day and a year is a year: what is told as "2018" is drawn from January to December, and what
happened on some day within a stretch is drawn otherwise than what went on throughout. Rows stand under
days, months or years, whichever the span of what is shown allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from heapq import merge
from itertools import groupby, islice
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from marsad.errors import BadInput
from marsad.ledger.asking.fields import FIELDS, Field, Kind, field
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.listing import Count, Listing, Page
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records import wording
from marsad.records.reading import Claim, Interval
from marsad.reports import cells, strips
from marsad.reports.axes import Days, Grain
from marsad.web import spoken
from marsad.web.contradictions import claim_cells
from marsad.web.listed import csv_of, routes
from marsad.web.narrowing import Narrowed
from marsad.web.recent import Recent
from marsad.web.rendering import page
from marsad.web.tables import flat

router = APIRouter()
SHOWN = 80  # rows of a page
DATED: dict[Kind, str] = {"incidents": "date", "claims": "true_of"}
EVER = "0001/9999"  # what has a day at all
_BETWEEN, _OVER = "~", "."  # two cursors; one of a list that is over
OWN = {"of": ("incidents", "claims", "both"), "order": ("newest", "oldest"), "limit": ("", "all")}
_ASIDE = 2  # how many times the stretch in which its rows begin an axis may be long
_LEAST = 14  # days of an axis
_UNREAL = frozenset({"planned", "threatened", "hypothetical", "denied"})


class Row(NamedTuple):
    """One record with its drawing, which repeats what stands in words beside it."""

    found: Found[Any]
    when: Interval
    sureness: tuple[str, ...]  # within, approximate, uncertain
    drawn: Markup


class Stretch(NamedTuple):
    """Rows that begin in one day, month, year or decade."""

    name: str  # as EDTF, by which the page is narrowed to it
    rows: list[Row]


class _Both(Narrowed):
    """What asks for incidents and claims together: the filters that both have."""

    __slots__ = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        shared = {each.name for each in FIELDS["incidents"]}
        return tuple(each for each in FIELDS["claims"] if each.name in shared)

    @property
    def is_searchable(self) -> bool:
        return False


def _asked(request: Request) -> Narrowed:
    of = request.query_params.get("of")
    reader = _Both if of == "both" else Narrowed
    kind: Kind = "incidents" if of in (None, "", "incidents") else "claims"
    return reader.of("/timeline", kind, request.query_params, OWN)


def _queries(asked: Narrowed) -> list[Query]:
    """What is asked for, of one kind or two.

    Raises:
        BadInput: claims and incidents are asked for by what only one of them has.
    """
    if not isinstance(asked, _Both):
        return [asked.query]
    if asked.query.search:
        raise BadInput("incidents cannot be searched by words; of=claims can")
    for name, _ in asked.query.where:
        field("incidents", name)
    return [replace(asked.query, kind=kind) for kind in DATED]


def _dated(query: Query, asked: Narrowed) -> Query:
    """What has a day, in its order."""
    name = DATED[query.kind]
    query = replace(query, sort=name, descending=asked.own["order"] == "newest")
    if name in dict(query.where):
        return query
    return replace(query, where=(*query.where, (name, (EVER,))))


def _listings(request: Request, asked: Narrowed) -> list[Listing[Found[Any]]]:
    store = request.app.state.store
    return [store.find(_dated(query, asked)) for query in _queries(asked)]


def _merged(several: Iterable[Iterable[Found[Any]]], asked: Narrowed) -> Iterator[Found[Any]]:
    """Rows of one order that stand in several lists, each in that order."""
    is_newest = asked.own["order"] == "newest"
    return merge(*several, key=lambda found: _moment(found, is_newest=is_newest), reverse=is_newest)


def _moment(found: Found[Any], *, is_newest: bool) -> str:
    """By what a row is ordered: the day from which it is of; one without comes last."""
    return when(found).earliest or ("" if is_newest else "9999-99")


def _shown(request: Request, asked: Narrowed) -> Page[Found[Any]]:
    listings = _listings(request, asked)
    if len(listings) == 1:
        return listings[0].page(SHOWN, asked.after)
    places = _places(asked.after)
    parts = [
        listing.page(SHOWN, place or None) if place != _OVER else Page[Found[Any]]([], None)
        for listing, place in zip(listings, places, strict=True)
    ]
    rows = list(islice(_merged([part.items for part in parts], asked), SHOWN))
    shown = {found.id for found in rows}
    for at, (listing, part) in enumerate(zip(listings, parts, strict=True)):
        taken = sum(found.id in shown for found in part.items)
        if taken == len(part.items):
            places[at] = part.next or _OVER
        elif taken:
            places[at] = listing.page(taken, places[at] or None).next or _OVER
    return Page(rows, None if places == [_OVER] * len(places) else _BETWEEN.join(places))


def _places(after: str | None) -> list[str]:
    """Where a page goes on in each of two lists: after a cursor, or nowhere where the list is over.

    Raises:
        BadInput: it is no place in two lists.
    """
    places = (after or _BETWEEN).split(_BETWEEN)
    if len(places) != len(DATED):
        raise BadInput("after: no cursor of a list of both; begin it anew")
    return places


def _exported(request: Request, asked: Narrowed) -> tuple[Iterable[Found[Any]], str | None]:
    """The rows of a file, and the cursor of the next one; of all of them, memory does not grow with them."""
    if asked.own["limit"] == "all":
        return _merged(_listings(request, asked), asked), None
    shown = _shown(request, asked)
    return shown.items, shown.next


def when(found: Found[Any]) -> Interval:
    """When a record is said to be of."""
    stated: Interval | None = getattr(found.record, DATED[kind_of(found)])
    return stated or Interval(earliest=None, latest=None, edtf=None)


def kind_of(found: Found[Any]) -> Kind:
    """Whether a row is a claim or an incident."""
    return "claims" if isinstance(found.record, Claim) else "incidents"


def _page(request: Request) -> Response:
    asked = _asked(request)
    if asked.own["limit"] == "all":
        raise BadInput("limit=all: a page shows a part; .json and .csv give all")
    shown = _shown(request, asked)
    axis = _axis([when(each) for each in shown.items])
    language = spoken.language(asked.standing.language)
    rows = [_row(each, axis, language) for each in shown.items]
    store = request.app.state.store
    asked_for = tuple((query, _dated(query, asked)) for query in _queries(asked))
    recent: Recent = request.app.state.recent
    counts = recent.of(
        ("timeline", asked_for), asked.query.as_known, lambda held: _counts(held, asked_for)
    ).what
    return page(
        request,
        "timeline.html",
        asked.standing,
        asked=asked,
        own=OWN,
        shown=shown,
        stretches=list(_stretches(rows, axis.grain)),
        axis=Markup(strips.axis_strip(axis.marks())),  # noqa: S704 - strips escapes its words
        total=Count(sum(dated.number for _, dated in counts), any(dated.is_capped for _, dated in counts)),
        undated=sum(_undated(every, dated, asked) for every, dated in counts),
        kind_of=kind_of,
        is_nothing_read=not shown.items and store.find(Query("documents")).first() is None,
        unreal=_UNREAL,
    )


def _counts(ledger: Store, asked: Iterable[tuple[Query, Query]]) -> list[tuple[Count, Count]]:
    return [(ledger.find(every).count(), ledger.find(dated).count()) for every, dated in asked]


def _undated(every: Count, dated: Count, asked: Narrowed) -> int:
    """How many have no day at all; 0 where they are too many to be counted, or days are asked for."""
    is_asked = DATED[asked.query.kind] in dict(asked.query.where)
    return 0 if every.is_capped or is_asked else every.number - dated.number


def _axis(several: Sequence[Interval]) -> Days:
    """From where the first begins until a while after the last begins: longer ones run out of it."""
    firsts = [found for found in map(_first, several) if found]
    if not firsts:
        return Days([])
    begin, end = min(firsts), max(firsts)
    most = max(_LEAST, _ASIDE * (end - begin).days)
    lasts = [last for _, last in map(strips.ends, several) if last and (last - begin).days <= most]
    return Days([begin, max([end, *lasts])])


def _first(stated: Interval) -> date | None:
    first, last = strips.ends(stated)
    return first or last


def _row(found: Found[Any], axis: Days, language: wording.Language) -> Row:
    stated = when(found)
    kind = "planned" if statuses(found) & _UNREAL else ""
    drawn = strips.day_strip(stated, axis, cells.days(stated, language), kind=kind)
    return Row(found, stated, tuple(strips.sureness(stated)), Markup(drawn))  # noqa: S704 - as above


def statuses(found: Found[Any]) -> set[str]:
    """What its accounts say of an incident: occurred, planned, denied and so on."""
    return {each.value for each in getattr(found.record, "statuses", ())}


def _stretches(rows: Sequence[Row], grain: Grain) -> Iterator[Stretch]:
    for name, several in groupby(rows, key=lambda row: _stretch(row.when, grain)):
        yield Stretch(name, list(several))


def _stretch(stated: Interval, grain: Grain) -> str:
    """The day, month, year or decade in which it begins; of a wider one its year or decade."""
    day = stated.earliest or stated.latest or ""
    if grain == "decade":
        return f"{day[:3]}X"
    return day[: {"day": 10, "month": 7, "year": 4}[grain]]


def _json(request: Request) -> Response:
    asked = _asked(request)
    rows, after = _exported(request, asked)
    head = {
        "as_known": asked.query.as_known,
        "of": asked.own["of"],
        "filters": {name: list(values) for name, values in asked.query.where},
        "next": asked.link(".json", after=after) if after else None,
    }
    return StreamingResponse(_streamed(head, rows), media_type="application/json")


def _streamed(head: dict[str, Any], rows: Iterable[Found[Any]]) -> Iterator[bytes]:
    """One object, some rows at a time."""
    yield msgspec.json.encode(head)[:-1] + b',"rows":[\n'
    before = b""
    for part in flat.several(rows):
        yield before + b",\n".join(map(_told, part))
        before = b",\n"
    yield b"]}"


def _told(found: Found[Any]) -> bytes:
    stated = when(found)
    told = {"when": msgspec.to_builtins(stated), "meant": list(strips.sureness(stated))}
    return msgspec.json.encode(told | found.listed())


def _csv(request: Request) -> Response:
    asked = _asked(request)
    rows, _ = _exported(request, asked)
    return csv_of("timeline", map(_of_both if isinstance(asked, _Both) else _cells, rows))


def _of_both(found: Found[Any]) -> dict[str, Any]:
    """What claims and incidents share: one heading for both."""
    said = _when(found)
    account = found.accounts[0] if found.accounts else None
    return said | {
        "kind": kind_of(found),
        "what": found.record.text if isinstance(found.record, Claim) else cells.typed(found),
        "holder": found.holder or (account and account.holder),
        "known": found.found_in.known,
        "id": found.id,
        "document": found.found_in.id,
        "publisher": found.found_in.document.publisher,
    }


def _when(found: Found[Any]) -> dict[str, Any]:
    stated = when(found)
    return {"edtf": stated.edtf, "earliest": stated.earliest, "latest": stated.latest}


def _cells(found: Found[Any]) -> dict[str, Any]:
    said = _when(found)
    if isinstance(found.record, Claim):
        return said | claim_cells(found)
    record = found.record
    return said | {
        "type": record.type,
        "mode": record.mode,
        "status": "; ".join(sorted(statuses(found))),
        "who": cells.sides(found),
        "where": "; ".join(found.names[place] for place in record.places if place in found.names),
        "where_prec": record.where_prec,
        "date_prec": record.date_prec,
        "harm": cells.harm(found),
        "holder": found.accounts[0].holder if found.accounts else None,
        "known": found.found_in.known,
        "incident": found.id,
        "document": found.found_in.id,
        "publisher": found.found_in.document.publisher,
    }


routes(router, "timeline", "incidents", OWN, page=_page, as_json=_json, as_csv=_csv)
