"""GeoJSON (RFC 7946): incidents or places as one FeatureCollection, for QGIS, kepler.gl and the like.

An area is never pinned: a feature has a point only where its place is known to be exact or near
(UCDP's `where_prec` 1 or 2); else its geometry is null, and name, country, province and precision say
where it is. What is most used stands flat in the properties, for a map cannot filter what is nested.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from marsad.exports import told
from marsad.exports.cells import readable
from marsad.exports.facts import Asked, Fact, points_of
from marsad.ledger.asking.found import FoundPlace
from marsad.records.reading import Incident

_PLACES = 6  # decimals of a coordinate: a tenth of a metre (RFC 7946, section 11.2)
Feature = dict[str, Any]


def parts(asked: Asked) -> Iterator[bytes]:
    """The bytes of a FeatureCollection: one feature a line, its name and day known before them."""
    (kind,) = asked.kinds
    head = {"type": "FeatureCollection", "name": kind, "as_known": asked.as_known, "generator": "marsad"}
    yield msgspec.json.encode(head)[:-1] + b',"features":['
    features = map(_place, asked.records(kind)) if kind == "places" else map(_incident, asked.facts(kind))
    before = b"\n"
    for feature in features:
        yield before + msgspec.json.encode(_readable(feature))
        before = b",\n"
    yield b"\n]}\n"


def _incident(fact: Fact[Incident]) -> Feature:
    points = points_of(fact)
    spots = list(dict.fromkeys(_position(place.longitude, place.latitude) for place in points))
    return _feature(fact.found.id, spots, _properties(fact))


def _properties(fact: Fact[Incident]) -> dict[str, Any]:
    incident = fact.record
    accounts = [told.account(incident, each) for each in fact.said]
    first, second = told.sides(fact)
    where = points_of(fact) or fact.places
    return {
        "id": fact.found.id,
        "kind": "incident",
        "type": incident.type,
        "mode": incident.mode,
        "ucdp_type": incident.ucdp_type,
        "shape": incident.shape,
        **told.dates(incident.date),
        "date_prec": incident.date_prec,
        "place": told.joined(place.name for place in where),
        "admin1": told.joined(place.admin1 for place in where),
        "country": told.joined(place.country for place in where),
        "where_prec": incident.where_prec,
        "side_a": told.joined(first),
        "side_b": told.joined(second),
        "two_sided": incident.two_sided,
        **told.toll(incident.deaths, "deaths"),
        **told.toll(incident.injured, "injured"),
        "holder": told.joined(account["holder"] for account in accounts),
        "status": told.joined(value for account in accounts for value in account["status"]),
        "responsibility": told.joined(value for account in accounts for value in account["responsibility"]),
        "polarity": told.joined(account["polarity"] for account in accounts),
        "reliability": told.joined(account["reliability"] for account in accounts),
        "credibility": told.joined(str(account["credibility"]) for account in accounts),
        "review": fact.found.review,
        **told.document(fact.document),
        "weapons": list(incident.weapons),
        "targets": [target.text for target in incident.targets],
        "accounts": accounts,
        "tolls": [told.figure(each, fact) for each in fact.figures],
        "places": [told.place(place) for place in fact.places],
    }


def _place(found: FoundPlace) -> Feature:
    is_point = found.latitude is not None and found.longitude is not None
    spots = [_position(found.longitude, found.latitude)] if is_point else []
    said = found.listed()
    del said["latitude"], said["longitude"]
    return _feature(found.key, spots, {"id": found.key, **said})


def _position(longitude: float | None, latitude: float | None) -> tuple[float, float]:
    return round(longitude or 0.0, _PLACES), round(latitude or 0.0, _PLACES)


def _feature(id: str, spots: list[tuple[float, float]], properties: dict[str, Any]) -> Feature:  # noqa: A002 - RFC 7946
    """A feature at one spot, at several of which each is meant, or at none."""
    geometry: dict[str, Any] | None = None
    if len(spots) == 1:
        geometry = {"type": "Point", "coordinates": spots[0]}
    elif spots:
        geometry = {"type": "MultiPoint", "coordinates": spots}
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}


def _readable(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same without control characters in its strings."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {key: _readable(each) for key, each in value.items()}
    return [_readable(each) for each in value] if isinstance(value, list | tuple) else value
