"""The build: same places merge, points are honest, files are sorted as they are searched."""

from __future__ import annotations

from pathlib import Path

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.build import Named, Neighbours, _middle, _usable, write


def entry(key: str, name: str, lat: float | None, lon: float | None, kind: str = "village") -> Entry:
    return Entry(key, "test", name, kind, lat, lon, "SY", "Aleppo", None, 0, 0, ())  # type: ignore[arg-type]


def named(key: str, name: str, lat: float, lon: float) -> Named:
    return Named(entry(key, name, lat, lon), (name,))


def test_a_near_place_of_like_sound_only_gains_a_spelling() -> None:
    places = Neighbours([named("1", "Tall Rifa", 36.40, 37.10)])
    places.add(named("2", "Tal Rifah", 36.41, 37.11))
    assert [(place.entry.id, place.names) for place in places.places] == [("1", ("Tall Rifa", "Tal Rifah"))]


def test_a_far_place_of_the_same_name_stays_another() -> None:
    places = Neighbours([named("1", "Karama", 36.40, 37.10)])
    places.add(named("2", "Karama", 35.40, 39.10))
    assert [place.entry.id for place in places.places] == ["1", "2"]


def test_the_middle_of_no_places_is_unknown() -> None:
    assert _middle([]) == (None, None)


def test_a_unit_across_the_antimeridian_has_no_middle() -> None:
    assert _middle([named("1", "East", 60.0, 179.0), named("2", "West", 62.0, -179.0)]) == (None, None)


def test_codes_and_transliteration_keys_are_no_names() -> None:
    kept = [
        name for name in ("BGW", "alhskt", "Hasaka", "al-Hasakah", "Хасака", "Köln", "X1 Y") if _usable(name)
    ]
    assert kept == ["Hasaka", "al-Hasakah", "Köln"]


def test_what_is_written_is_found_whatever_the_order_of_names(tmp_path: Path) -> None:
    names = ["Zeta", "alpha", "Élan", "Ωmega", "Beta", "Al-Kasra", "B"]
    write([named(str(n), name, 36.0, 37.0) for n, name in enumerate(names)], tmp_path)
    gazetteer = Gazetteer(tmp_path)
    found = {name: [place.name for place in gazetteer.candidates(name)] for name in names}
    assert found == {name: [name] for name in names}
    assert [place.name for place in gazetteer.candidates("Kasra")] == ["Al-Kasra"]


def test_the_same_places_make_the_same_bytes(tmp_path: Path) -> None:
    places = [named("1", "Karama", 36.4, 37.1), named("2", "Hajin", 34.7, 40.8)]
    for folder in ("one", "two"):
        write(places, tmp_path / folder)
    for file in ("places.tsv", "names.tsv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
