"""The build: same places merge, points are honest, files are sorted as they are searched."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.making import files, shapes
from marsad.gazetteer.making.files import write
from marsad.gazetteer.making.named import Named, usable, without_type
from marsad.gazetteer.making.neighbours import Neighbours, without_doubles
from marsad.records.reading import PlaceKind

SQUARE = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]


def entry(key: str, name: str, lat: float, lon: float, kind: PlaceKind = "village") -> Entry:
    return Entry(key, "test", name, kind, lat, lon, "SY", None, None, 0, 0, ())


def named(key: str, name: str, lat: float = 36.0, lon: float = 37.0, kind: PlaceKind = "village") -> Named:
    return Named(entry(key, name, lat, lon, kind), (name,))


def made(places: list[Named], folder: Path) -> Gazetteer:
    write(places, folder, name="test", sources=())
    return Gazetteer(folder)


def test_a_near_place_of_like_sound_only_gains_a_spelling() -> None:
    places = Neighbours([named("1", "Tall Rifa", 36.40, 37.10)])
    places.add(named("2", "Tal Rifah", 36.41, 37.11))
    assert [(place.entry.id, place.names) for place in places.places] == [("1", ("Tall Rifa", "Tal Rifah"))]


def test_a_far_place_of_the_same_name_stays_another() -> None:
    places = Neighbours([named("1", "Karama", 36.40, 37.10)])
    places.add(named("2", "Karama", 35.40, 39.10))
    assert [place.entry.id for place in places.places] == ["1", "2"]


def test_a_region_that_is_a_unit_gives_it_its_names() -> None:
    region = Named(
        Entry("r", "marsad", "Zeta", "region", None, None, "SY", None, None, 0, 0, (), (36.1, 37.1)),
        ("Zeta", "Zetaland"),
    )
    units = [named("1", "Zeta", kind="admin1")]
    assert without_doubles([region], units) == []
    assert "Zetaland" in units[0].names


def test_codes_and_transliteration_keys_are_no_names() -> None:
    names = ("BGW", "alhskt", "Hasaka", "al-Hasakah", "Хасака", "Köln", "X1 Y")
    assert [name for name in names if usable(name, "SY")] == ["Hasaka", "al-Hasakah", "Köln"]


def test_arabic_names_are_taken_where_arabic_is_written() -> None:
    assert usable("الحسكة", "SY")
    assert not usable("لندن", "GB")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Idlib Governorate", "Idlib"),
        ("Province of Pangasinan", "Pangasinan"),
        ("Departamento del Meta", "Meta"),
        ("District", "District"),
        ("Isle of Wight", "Isle of Wight"),
    ],
)
def test_a_unit_goes_by_its_name_without_the_type(name: str, bare: str) -> None:
    assert without_type(name) == bare


def test_the_middle_of_outlines() -> None:
    lat, lon = shapes.middle([SQUARE]) or (0.0, 0.0)
    assert (round(lat, 3), round(lon, 3)) == (1.0, 1.0)
    assert shapes.middle([]) is None


def test_the_middle_of_what_lies_across_the_antimeridian() -> None:
    west = [(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0)]
    east = [(-180.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (-180.0, 1.0)]
    lat, lon = shapes.middle([west, east]) or (0.0, 0.0)
    assert round(lat, 2) == 0.5
    assert round(abs(lon)) == 180


def test_what_an_outline_holds() -> None:
    assert shapes.holds([SQUARE], (1.0, 1.0))
    assert not shapes.holds([SQUARE], (3.0, 1.0))


def test_outlines_of_a_package(tmp_path: Path) -> None:
    points = struct.pack("<I", len(SQUARE)) + b"".join(struct.pack("<dd", *point) for point in SQUARE)
    polygon = struct.pack("<BII", 1, 3, 1) + points
    blob = b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 6, 1) + polygon
    with sqlite3.connect(tmp_path / "map.gpkg") as database:
        database.execute("create table units (fid integer, geom blob, name text)")
        database.execute("insert into units values (1, ?, 'Zeta')", (blob,))
    database.close()
    assert list(shapes.of_package(tmp_path / "map.gpkg", "units", ("name",))) == [(("Zeta",), [SQUARE])]


def test_outlines_of_a_topology(tmp_path: Path) -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [2, 0]], [[0, 0], [0, 2], [2, 0], [0, -2]]],
        "objects": {"units": {"geometries": [{"type": "Polygon", "id": 7, "arcs": [[0, ~1]]}]}},
    }
    (tmp_path / "map.json").write_text(json.dumps(topology), encoding="utf-8")
    (outline,) = shapes.of_topology(tmp_path / "map.json", "units")
    assert outline.names == ("7",)
    assert set(outline.rings[0]) == set(SQUARE)


def test_what_is_written_is_found_whatever_the_order_of_names(tmp_path: Path) -> None:
    names = ["Zeta", "alpha", "Élan", "Ωmega", "Beta", "Al-Kasra", "B", "حلب"]
    gazetteer = made([named(str(n), name) for n, name in enumerate(names)], tmp_path / "out")
    found = {name: [place.name for place in gazetteer.candidates(name)] for name in names}
    assert found == {name: [name] for name in names}
    assert [place.name for place in gazetteer.candidates("Kasra")] == ["Al-Kasra"]


@settings(max_examples=15)
@given(st.sets(st.text("bc dg", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=60))
def test_every_name_is_found_in_runs_and_blocks_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, names: set[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "RUN", 7)
        patch.setattr(files, "BLOCK", 20)
        folder = tmp_path_factory.mktemp("made") / "out"
        gazetteer = made([named(str(n), name) for n, name in enumerate(sorted(names))], folder)
    for name in names:
        assert name in {place.name for place in gazetteer.candidates(name)}
        words = " ".join(name.split())
        longer = any(" ".join(other.split()).startswith(f"{words} ") for other in names)
        assert gazetteer.begins_name(name) == longer


def test_a_place_knows_its_units(tmp_path: Path) -> None:
    places = [
        named("1", "Hasakah", kind="admin1"),
        named("2", "Hol District", kind="admin2")._replace(unit="1"),
        named("3", "Hol")._replace(unit="2"),
    ]
    (village,) = made(places, tmp_path / "out").candidates("Hol")
    assert (village.admin1, village.admin2) == ("Hasakah", "Hol District")


def test_the_same_places_make_the_same_bytes_and_version(tmp_path: Path) -> None:
    places = [named("1", "Karama", 36.4, 37.1), named("2", "Hajin", 34.7, 40.8)]
    for folder in ("one", "two"):
        write(places, tmp_path / folder, name="test", sources=())
    for file in ("places.tsv", "names.tsv", "blocks.tsv", "gazetteer.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    other = write(places[:1], tmp_path / "three", name="test", sources=())
    assert other.version != Gazetteer(tmp_path / "one").version


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    made([named("1", "Karama")], tmp_path / "out")

    def failing() -> list[Named]:
        yield named("2", "Hajin")  # type: ignore[misc]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(failing(), tmp_path / "out", name="test", sources=())
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert Gazetteer(tmp_path / "out").candidates("Karama")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(BadInput, match="something else"):
        write([], tmp_path, name="test", sources=())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
