"""The map: places, or incidents at their places, each drawn no finer than it is known, and a table.

What is known to within a village (UCDP's `where_prec` 1 and 2) is a point. A district or a province is a hazy
disc around its middle, and says so: the gazetteer has no borders of districts, and none are invented. What is
wider shades its country, and what is in no country, or not resolved, is listed beside the map.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import cos, pi, radians, sin
from typing import Any, NamedTuple
from urllib.parse import quote_plus

import msgspec
from babel import Locale
from babel.core import get_global
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.errors import BadInput
from marsad.gazetteer.store import Gazetteer
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found, FoundPlace
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.reading import Incident
from marsad.web.assessed import MOST as COMPARED
from marsad.web.listed import assessed, csv_of, routes
from marsad.web.narrowing import Narrowed
from marsad.web.recent import Answer, Recent
from marsad.web.rendering import page
from marsad.web.tables.routes import BRIEF

router = APIRouter()
MOST = 2_000  # places that are drawn; the page says where there are more
LISTED = 150  # places of one kind that the table beside the map holds
OWN = {"of": ("places", "incidents")}
RADIUS = {"admin2": 20, "admin1": 60}  # km of the disc of a district and a province: no extent of it
_CORNERS = 48  # of a disc
_KM = 111.2  # of a degree of latitude
_RECENT = 4_096  # places whose middles are remembered


class Site(NamedTuple):
    """A place with what is told of it."""

    key: str
    name: str
    kind: str
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None
    where_prec: int | None  # UCDP GED, 1 to 7
    latitude: float | None  # of a point alone
    longitude: float | None
    gazetteer_id: str | None
    told: int  # documents that name it, or accounts of incidents there: two may tell one incident

    @property
    def asked_by(self) -> str:
        """What asks a table for it."""
        return self.gazetteer_id or self.name


class Disc(NamedTuple):
    """Around where a district or a province lies. It is no border."""

    site: Site
    middle: tuple[float, float]  # latitude, longitude
    radius: int  # km


class Mapped(NamedTuple):
    """Places by how they can be drawn, those of which most is told first."""

    points: list[Site]
    discs: list[Disc]
    shaded: list[tuple[str, int]]  # countries, with how many wider places are in each
    wide: list[Site]  # those places
    unplaced: list[Site]  # in no country, or not resolved
    is_capped: bool


def _asked(request: Request) -> Narrowed:
    kind: Kind = "incidents" if request.query_params.get("of") == "incidents" else "places"
    return Narrowed.of("/map", kind, request.query_params, OWN)


def _mapped(request: Request, asked: Narrowed, patience: float = 0.0) -> Answer[Mapped] | None:
    """What is drawn; `None` where there is more than can be looked at.

    Args:
        patience: seconds for which places may lack the newest documents.
    """
    if asked.query.kind == "places":
        recent: Recent = request.app.state.recent
        return recent.of(
            ("map", asked.query), asked.query.as_known, lambda held: _places(held, asked.query), patience
        )
    made = assessed(request, asked, "incidents")
    if made is None:
        return None
    happened: Iterable[Found[Incident]] = made.gathered.incidents
    if asked.is_narrowed:
        ids = made.ids(asked.query)
        happened = (each for each in happened if each.id in ids)
    sites = _sites(happened, made.gathered)
    return Answer(_sorted(sites[:MOST], is_capped=len(sites) > MOST), made.is_behind)


def _places(ledger: Store, query: Query) -> Mapped:
    """Those that most documents name."""
    found = ledger.find(query).page(MOST + 1).items
    return _sorted(map(_named, found[:MOST]), is_capped=len(found) > MOST)


def _named(place: FoundPlace) -> Site:
    return Site(
        place.key,
        place.name,
        place.kind,
        place.country,
        place.admin1,
        place.where_prec,
        place.latitude,
        place.longitude,
        place.gazetteer_id,
        place.documents,
    )


def _sites(happened: Iterable[Found[Incident]], gathered: Gathered) -> list[Site]:
    """Where incidents are said to have been: of the places that one names, the finest."""
    at: defaultdict[str, list[Found[Incident]]] = defaultdict(list)
    placed: dict[str, Located] = {}
    for found in happened:
        for place in _finest(
            [gathered.places[each] for each in found.record.places if each in gathered.places]
        ):
            before = placed.setdefault(place.key, place)
            if (place.where_prec or 9) < (before.where_prec or 9):
                placed[place.key] = place
            at[place.key].append(found)
    found_sites = [_site(placed[key], several) for key, several in at.items()]
    return sorted(found_sites, key=lambda site: (-site.told, site.name, site.key))


def _finest(places: Sequence[Located]) -> Iterator[Located]:
    """Those that lie around no other, each once."""
    around = {key for place in places for key in place.within}
    seen: set[str] = set()
    for place in places:
        if place.key not in around and place.key not in seen:
            seen.add(place.key)
            yield place


def _site(place: Located, several: Sequence[Found[Incident]]) -> Site:
    said = (place.kind, place.country, place.admin1, place.where_prec, place.latitude, place.longitude)
    return Site(place.key, place.name, *said, _id_of(place.key), len(several))


def _id_of(key: str) -> str | None:
    gazetteer, colon, number = key.partition(":")
    return number if colon and gazetteer in ("geonames", "ucdp", "marsad") else None


def _sorted(sites: Iterable[Site], *, is_capped: bool) -> Mapped:
    points: list[Site] = []
    discs: list[Disc] = []
    wide: list[Site] = []
    unplaced: list[Site] = []
    for site in sites:
        if site.latitude is not None and site.longitude is not None:
            points.append(site)
        elif middle := _middle(site.key, site.name, site.kind, site.country):
            discs.append(Disc(site, middle, RADIUS[site.kind]))
        elif site.country:
            wide.append(site)
        else:
            unplaced.append(site)
    shaded = Counter(site.country for site in wide if site.country).most_common()
    return Mapped(points, discs, shaded, wide, unplaced, is_capped)


@lru_cache(_RECENT)
def _middle(key: str, name: str, kind: str, country: str | None) -> tuple[float, float] | None:
    """About where a district or a province lies, by the gazetteer, where it has the very one."""
    if kind not in RADIUS:
        return None
    for entry in Gazetteer.open().candidates(name):
        if f"{entry.gazetteer}:{entry.id}" == key and entry.kind == kind and entry.country == country:
            return entry.point
    return None


def disc_ring(middle: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    """A closed ring around a place, as GeoJSON has it: longitude, latitude."""
    latitude, longitude = middle
    high = radius / _KM
    wide = high / max(0.05, cos(radians(latitude)))
    corners = [2 * pi * at / _CORNERS for at in range(_CORNERS)]
    ring = [(round(longitude + wide * sin(a), 4), round(latitude + high * cos(a), 4)) for a in corners]
    return [*ring, ring[0]]


# Pages


def _page(request: Request) -> Response:
    asked = _asked(request)
    drawn = _mapped(request, asked, BRIEF.patience)
    return page(
        request,
        "map.html",
        asked.standing,
        asked=asked,
        own=OWN,
        mapped=drawn and drawn.what,
        is_behind=drawn is not None and drawn.is_behind,
        called=_names(asked.standing.language),
        most=MOST,
        listed=LISTED,
        href=href,
        too_many=COMPARED["claims"],
    )


def _json(request: Request) -> Response:
    """Points and discs as GeoJSON, countries by their ISO numbers, and what has no place."""
    asked = _asked(request)
    (mapped, is_behind), table = _some(_mapped(request, asked, BRIEF.patience)), _table(asked)
    body = {
        "as_known": asked.standing.as_known,
        "of": asked.query.kind,
        "filters": {name: list(values) for name, values in asked.query.where},
        "points": _collection(_point(site, table) for site in mapped.points),
        "areas": _collection(_area(disc, table) for disc in mapped.discs),
        "countries": [
            {"code": code, "number": _numbers().get(code), "places": n} for code, n in mapped.shaded
        ],
        "wide": [_told(site, table) for site in mapped.wide],
        "unplaced": [_told(site, table) for site in mapped.unplaced],
        "is_capped": mapped.is_capped,
        "is_behind": is_behind,
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


def _csv(request: Request) -> Response:
    """Every place with how it is drawn; coordinates stand with points alone."""
    mapped = _some(_mapped(request, _asked(request))).what
    drawn: list[tuple[str, Iterable[Site]]] = [
        ("point", mapped.points),
        ("disc", (disc.site for disc in mapped.discs)),
        ("country", mapped.wide),
        ("none", mapped.unplaced),
    ]
    return csv_of("map", ({"drawn_as": how} | site._asdict() for how, sites in drawn for site in sites))


def _some(mapped: Answer[Mapped] | None) -> Answer[Mapped]:
    if mapped is None:
        raise BadInput(
            f"more than {COMPARED['claims']} claims are asked for: narrow the incidents, by actor or country"
        )
    return mapped


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _point(site: Site, table: str) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [site.longitude, site.latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": _told(site, table)}


def _area(disc: Disc, table: str) -> dict[str, Any]:
    """A disc, as a polygon: it is around the middle, and not the border."""
    geometry = {"type": "Polygon", "coordinates": [disc_ring(disc.middle, disc.radius)]}
    said = _told(disc.site, table) | {"drawn_as": "a disc around its middle, not its border"}
    return {"type": "Feature", "geometry": geometry, "properties": said}


def _told(site: Site, table: str) -> dict[str, Any]:
    return {
        "key": site.key,
        "name": site.name,
        "kind": site.kind,
        "country": site.country,
        "admin1": site.admin1,
        "where_prec": site.where_prec,
        "count": site.told,
        "href": table + quote_plus(site.asked_by),
    }


def href(site: Site, asked: Narrowed) -> str:
    """The table of what is told of a place."""
    return _table(asked) + quote_plus(site.asked_by)


def _table(asked: Narrowed) -> str:
    """The address of such a table, up to the place."""
    if asked.query.kind == "incidents":
        kept = {name: values for name, values in asked.query.where if name != "place"}
        address = asked.standing.link("/incidents", **kept)
    else:
        address = asked.standing.link("/claims")
    return f"{address}{'&' if '?' in address else '?'}place="


routes(router, "map", "places", OWN, page=_page, as_json=_json, as_csv=_csv)


@cache
def _numbers() -> dict[str, str]:
    """ISO 3166-1 numbers by codes, as CLDR has them: world-atlas tells countries by their numbers."""
    aliases = get_global("territory_aliases")
    return {codes[0]: number for number, codes in aliases.items() if number.isdigit() and len(codes) == 1}


@cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)
