"""Series: a list of them, and the page of one: its chart, its table, its sources.

The chart has a panel for the series and one for each of its neighbours, which count the same of the same
group in another scope, over another period or on another basis. Each panel has its own axis, and nothing is
drawn from one to another: what differs between them is said instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from marsad.assessment.series import Basis, Point, Series, listed
from marsad.ledger.asking.found import Found
from marsad.records import wording
from marsad.records.reading import Figure, Number
from marsad.reports import cells, charts, strips
from marsad.reports.axes import Days, Values
from marsad.web import spoken
from marsad.web.assessed import Assessed
from marsad.web.listed import Collection, csv_of, facet, page_of
from marsad.web.narrowing import Narrowed
from marsad.web.rendering import page

router = APIRouter()
SHOWN = 40  # series of a page
NEIGHBOURS = 5  # panels beside that of the series
OWN = {"estimates": ("", "several", "one"), "limit": ("", "all")}
VIEWS = ("chart", "table", "sources")
ORDERS = ("holder", "day")
SLOTS = ("population", "places_key", "scope", "aspect", "period", "status", "of", "confined")


class Row(NamedTuple):
    """One estimate as it is drawn. The drawings repeat what stands in words beside them."""

    point: Point
    days: Markup
    values: Markup
    is_dissent: bool


class Panel(NamedTuple):
    series: Series
    differs: list[str]  # in what it is another basis than the series of the page
    rows: list[Row]
    axis: Markup


class Source(NamedTuple):
    """Whose word the numbers are in the end, with everything of it."""

    key: str
    name: str
    kind: str
    reliability: str | None
    points: list[Point]
    echoes: list[Found[Figure]]


# The list


def _ordered(found: Iterable[Series]) -> list[Series]:
    """Those with most estimates first, then the newest."""
    newest = sorted(found, key=lambda each: (_newest(each), each.id), reverse=True)
    return sorted(newest, key=lambda each: -len(each.points))


def _is_asked(series: Series, asked: Narrowed) -> bool:
    wanted = asked.own["estimates"]
    return not wanted or (len(series.points) > 1) == (wanted == "several")


def _figures(series: Series) -> Iterator[str]:
    for point in series.points:
        yield point.figure.id
        yield from (echo.id for echo in point.echoes)


def _newest(series: Series) -> str:
    return max(point.restated for point in series.points)


def _list(request: Request) -> Response:
    asked = LIST.asked(request)
    found = LIST.found(request, asked)
    facets = []
    if found:
        facets = [
            facet("measure", (each.basis.measure for each in found.all)),
            facet("subject", (each.basis.subject_name for each in found.all)),
            facet("status", (each.basis.status for each in found.all), is_link=False),
        ]
    return page_of(
        request,
        "series_list.html",
        asked,
        found,
        narrowing=("measure", "subject"),
        facets=facets,
        newest=_newest,
    )


# One of them


@router.get("/series/{series_id}.json", tags=["series"])
def one_as_json(request: Request, series_id: str) -> Response:
    """A series: its basis, every estimate with those who repeat it, the best range now and what dissents."""
    return LIST.one_as_json(request, series_id)


@router.get("/series/{series_id}.csv", tags=["series"])
def one_as_csv(request: Request, series_id: str) -> Response:
    """The estimates of a series, a row each."""
    series = LIST.find(request, series_id).each
    return csv_of(f"series-{series.id[:8]}", _rows(series))


@router.get("/series/{series_id}.svg", tags=["series"])
def one_as_svg(request: Request, series_id: str) -> Response:
    """The series as a picture, as a report has it: black on white, to be put into a text."""
    series = LIST.find(request, series_id).each
    bars = [
        charts.Bar(
            when=wording.short_days(point.as_of) if cells.is_known(point.as_of) else f"({point.known})",
            who=point.holder,
            low=point.low,
            best=point.best,
            high=point.high,
            words=wording.amount(point.figure.record),
            is_named=not point.unsourced,
            is_superseded=point.superseded_by is not None,
        )
        for point in series.points
    ]
    svg, _ = charts.range_bars([charts.Panel(series.title, bars, _band(series))], series.title)
    name = f'attachment; filename="series-{series.id[:8]}.svg"'
    return Response(svg, media_type="image/svg+xml", headers={"content-disposition": name})


@router.get("/series/{series_id}", include_in_schema=False)
def shown(request: Request, series_id: str) -> Response:
    """Its page."""
    series, made, asked = LIST.find(request, series_id, show=VIEWS, by=ORDERS)
    neighbours = list(_neighbours(series, made.series()))
    drawn = [series, *neighbours[:NEIGHBOURS]]
    days = Days(_days(drawn))
    is_drawn = asked.own["show"] == VIEWS[0]
    language = spoken.language(asked.standing.language)
    return page(
        request,
        "series.html",
        asked.standing,
        asked=asked,
        series=series,
        views=VIEWS,
        orders=ORDERS,
        echoes=sum(len(point.echoes) for point in series.points),
        panels=[_panel(each, series, days, asked.own["by"], language) for each in drawn] if is_drawn else [],
        days=Markup(strips.axis_strip(days.marks())),  # noqa: S704 - strips escapes its words
        more=len(neighbours) - NEIGHBOURS,
        sources=_sources(series, made),
        dissent=_dissent(series),
        is_behind=made.is_behind,
    )


def _neighbours(series: Series, among: Iterable[Series]) -> Iterator[Series]:
    """What counts the same of the same group on another basis, those with most estimates first."""
    basis = series.basis
    found = [
        each
        for each in among
        if each.id != series.id
        and (each.basis.measure, each.basis.unit, each.basis.subject)
        == (basis.measure, basis.unit, basis.subject)
        and (basis.subject or not set(basis.places_key).isdisjoint(each.basis.places_key))
    ]
    yield from sorted(found, key=lambda each: (-len(each.points), _newest(each), each.id))


def differing(one: Basis, other: Basis) -> list[str]:
    """In which of `SLOTS` two bases differ."""
    return [slot for slot in SLOTS if getattr(one, slot) != getattr(other, slot)]


def _days(several: Iterable[Series]) -> Iterator[date]:
    for series in several:
        for point in series.points:
            yield date.fromisoformat(point.known)
            yield from filter(None, strips.ends(point.as_of))


def _panel(series: Series, of: Series, days: Days, order: str, language: wording.Language) -> Panel:
    values = Values(series.points)
    band, dissent = _band(series), _dissent(series)
    points: Sequence[Point] = series.points
    if order == "holder":
        first = {point.holder: at for at, point in reversed(list(enumerate(points)))}
        points = sorted(points, key=lambda point: first[point.holder])
    rows = [
        _row(point, days, values, band, language, is_dissent=point.figure.id in dissent) for point in points
    ]
    axis = Markup(strips.axis_strip(values.marks(language)))  # noqa: S704 - as above
    return Panel(series, differing(series.basis, of.basis), rows, axis)


def _row(
    point: Point,
    days: Days,
    values: Values,
    band: tuple[Number, Number] | None,
    language: wording.Language,
    *,
    is_dissent: bool,
) -> Row:
    amount = wording.amount(point.figure.record, language)
    when = cells.days(point.as_of, language)
    kind = " ".join(
        name
        for name, holds in (
            ("unnamed", point.unsourced),
            ("superseded", point.superseded_by is not None),
            ("dissent", is_dissent),
        )
        if holds
    )
    known = date.fromisoformat(point.known)
    return Row(
        point,
        Markup(  # noqa: S704 - strips escapes its words
            strips.day_strip(point.as_of, days, f"{when} · {point.known}", known=known, kind=kind)
        ),
        Markup(  # noqa: S704
            strips.value_strip(point, values, f"{point.holder}: {amount}", band=band, kind=kind)
        ),
        is_dissent,
    )


def _band(series: Series) -> tuple[Number, Number] | None:
    current = series.current
    if current is None or current.low is None or current.high is None:
        return None
    return current.low, current.high


def _dissent(series: Series) -> frozenset[str]:
    return frozenset(point.figure.id for point in series.current.dissent) if series.current else frozenset()


def _sources(series: Series, made: Assessed) -> list[Source]:
    """The origins, those with most estimates first."""
    counts = Counter(point.origin.key for point in series.points)
    found = []
    for key, _ in counts.most_common():
        points = [point for point in series.points if point.origin.key == key]
        origin = points[0].origin
        echoes = [echo for point in points for echo in point.echoes]
        found.append(Source(key, origin.name, origin.kind, made.rated.get(key), points, echoes))
    return found


# Rows of a file


def _rows(series: Series) -> Iterator[dict[str, Any]]:
    return (_cells(series, point) for point in series.points)


def _cells(series: Series, point: Point) -> dict[str, Any]:
    """An estimate with all that it must not be parted from."""
    basis, figure, as_of = series.basis, point.figure, point.as_of
    said: dict[str, Any] = {"series": series.id, "title": series.title}
    kept = ("measure", "unit", "population", "scope", "aspect", "period", "of", "status", "confined")
    said |= {name: getattr(basis, name) for name in kept}
    said |= {"subject": basis.subject_name, "places": "; ".join(place.name for place in basis.places)}
    said |= {name: getattr(point, name) for name in ("low", "best", "high", "holder")}
    return said | {
        "bound": figure.record.bound,
        "stated_as": figure.record.status,
        "words": figure.record.text,
        "origin": point.origin.name,
        "as_of": as_of and as_of.edtf,
        "earliest": as_of and as_of.earliest,
        "latest": as_of and as_of.latest,
        "known": point.known,
        "unsourced": point.unsourced,
        "by_outlet": point.by_outlet,
        "hidden_source": figure.accounts[0].claim.hidden_source,
        "certainty": figure.accounts[0].claim.certainty,
        "genre": figure.found_in.document.genre,
        "assumed": "; ".join(point.assumed),
        "superseded_by": point.superseded_by,
        "dissent": figure.id in _dissent(series),
        "echoes": len(point.echoes),
        "figure": figure.id,
        "document": figure.found_in.id,
        "publisher": figure.found_in.document.publisher,
    }


LIST = Collection(
    name="series",
    one="series",
    own=OWN,
    shown=SHOWN,
    all=lambda made, _: _ordered(made.series()),
    records=_figures,
    is_asked=_is_asked,
    listed=listed,
    rows=_rows,
    part=lambda _: "series",
    kind=lambda _: "figures",
)
LIST.install(router, _list)
