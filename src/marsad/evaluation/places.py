"""Places, by the measures of geoparsing (Gritta et al. 2020, "A pragmatic guide to geoparsing evaluation").

Recognition is scored on the reader's own mentions, by the extent of the name: "northern Dara" and
"Dara province" are compared as "Dara", since keys mark the name alone. Resolution is scored with the
mentions of the key given: `acc161` is the share of *all* mentions with a point in the key that are
resolved to within 161 km (100 miles) of it, so that an unresolved mention is a miss; the mean error
is of those that have an answer. Countries, regions and waters, which a reading never pins, are
measured from the gazetteer's representative point.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from marsad.evaluation.corpus import Mark, document
from marsad.evaluation.matching import overlapping, rates, share, strict
from marsad.gazetteer import Gazetteer
from marsad.reading import pipeline, places
from marsad.reading.text import segment
from marsad.records.reading import Place
from marsad.records.spans import Span

LABELS = {
    "recognition_strict_f1": "recognition, same extent, F1",
    "recognition_strict_precision": "recognition, same extent, precision",
    "recognition_strict_recall": "recognition, same extent, recall",
    "recognition_overlap_f1": "recognition, overlapping, F1",
    "acc161": "resolution, of all mentions within 161 km",
    "answered_acc161": "resolution, of those answered within 161 km",
    "coverage": "resolution, mentions with an answer",
    "mean_error_km": "resolution, mean error of the answers, km",
    "exact_id": "resolution, the key's own identifier",
}
NEAR_KM = 161.0
EARTH_KM = 6371.0088  # mean radius, IUGG


class Toponym(Mark, frozen=True):
    """A place in a text; degrees are WGS 84, the identifier is GeoNames'."""

    phrase: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonamesid: str | int | None = None


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    toponyms: tuple[Toponym, ...]


class Prediction(msgspec.Struct, frozen=True):
    """`toponyms` are the reader's mentions; `resolved` are its answers for the key's, in their order."""

    id: str | int
    toponyms: tuple[Toponym, ...]
    resolved: tuple[Toponym, ...]


def predict(row: Row) -> Prediction:
    """What the reader finds, and what it makes of the mentions of the key."""
    reading = pipeline.read(document(row.text))
    given = [(toponym.b, toponym.e) for toponym in row.toponyms]
    answers = places.resolve(segment(row.text), Gazetteer.open(), given, dateline=reading.document.dateline)
    return Prediction(
        row.id,
        tuple(_toponym(places.name_span(row.text, place), place, row.text) for place in reading.places),
        tuple(_toponym(span, place, row.text) for span, place in zip(given, answers, strict=True)),
    )


def _toponym(span: Span, place: Place | None, text: str) -> Toponym:
    phrase = text[span[0] : span[1]]
    if place is None:
        return Toponym(*span, phrase)
    known = place.gazetteer_id if place.gazetteer == "geonames" else None
    return Toponym(*span, phrase, *_point(place), known)


def _point(place: Place) -> tuple[float | None, float | None]:
    """Its point, or where the gazetteer would write the name of what is not pinned."""
    if place.latitude is not None:
        return place.latitude, place.longitude
    same = (
        entry.point
        for entry in Gazetteer.open().candidates(place.name)
        if (entry.gazetteer, entry.id) == (place.gazetteer, place.gazetteer_id)
    )
    return next(same, None) or (None, None)


def score(pairs: Iterable[tuple[Row, Prediction]]) -> dict[str, float | None]:
    same = alike = gold = found = 0
    errors: list[float | None] = []
    identified: list[bool] = []
    for row, prediction in pairs:
        theirs = [(toponym.b, toponym.e) for toponym in row.toponyms]
        ours = [(toponym.b, toponym.e) for toponym in prediction.toponyms]
        same += strict(theirs, ours)
        alike += len(overlapping(row.text, theirs, ours))
        gold, found = gold + len(theirs), found + len(ours)
        for key, answer in zip(row.toponyms, prediction.resolved, strict=True):
            if key.lat is not None and key.lon is not None:
                errors.append(distance_km((key.lat, key.lon), (answer.lat, answer.lon)))
            if key.geonamesid is not None:
                identified.append(str(key.geonamesid) == str(answer.geonamesid))
    return {
        **_recognition(same, alike, gold, found),
        **_resolution(errors),
        "exact_id": share(sum(identified), len(identified)),
    }


def _recognition(same: int, alike: int, gold: int, found: int) -> dict[str, float | None]:
    exact = rates(same, gold, found)
    return {
        "recognition_strict_f1": exact.f1,
        "recognition_strict_precision": exact.precision,
        "recognition_strict_recall": exact.recall,
        "recognition_overlap_f1": rates(alike, gold, found).f1,
    }


def _resolution(errors: list[float | None]) -> dict[str, float | None]:
    answered = [error for error in errors if error is not None]
    near = sum(error <= NEAR_KM for error in answered)
    return {
        "acc161": share(near, len(errors)),
        "answered_acc161": share(near, len(answered)),
        "coverage": share(len(answered), len(errors)),
        "mean_error_km": share(sum(answered), len(answered)),
    }


def distance_km(a: tuple[float, float], b: tuple[float | None, float | None]) -> float | None:
    """The great-circle distance by the haversine formula; None where `b` is no point."""
    if b[0] is None or b[1] is None:
        return None
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (a[0], a[1], b[0], b[1]))
    chord = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
