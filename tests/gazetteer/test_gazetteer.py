"""The shipped gazetteer: names found in their spellings, nothing pinned that is no point."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from marsad.errors import BadInput, NotFound
from marsad.gazetteer import Entry, Gazetteer, load_countries
from marsad.gazetteer.entry import entry_of, line_of, unit_of
from marsad.gazetteer.folding import fold
from marsad.gazetteer.store import SHIPPED


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(SHIPPED)


def ids(entries: tuple[Entry, ...]) -> set[str]:
    return {entry.id for entry in entries}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Hasakah", "Hasaka", "al-Hasakah", "Al Ḩasakah", "HASAKAH", "الحسكة"], "173811"),
        (["Deir ez-Zor", "Deir al-Zour", "Deir Ezzor", "Deir Azzour", "دير الزور"], "170794"),
        (["Raqqa", "Raqqah", "ar-Raqqah", "al-Raqqa"], "172955"),
        (["Qamishli", "Qamishlo", "al-Qamishli"], "173377"),
        (["Hawl", "al-Hol", "al-Hawl", "Houl"], "173797"),
        (["Manbij", "Membij", "Minbij"], "167357"),
        (["Kobani", "Kobane", "Kobanê", "Ain al-Arab"], "172256"),
        (["U.S.", "US", "United States", "America", "الولايات المتحدة"], "6252001"),
        (["Britain", "UK", "U.K.", "Great Britain"], "2635167"),
        (["Hasakah Governorate", "Al-Hasakah", "محافظة الحسكة"], "173813"),
        (["Kyiv", "Kiev"], "703448"),
        (["Mumbai", "Bombay"], "1275339"),
    ],
)
def test_spellings_find_the_same_place(gazetteer: Gazetteer, names: list[str], expected: str) -> None:
    bare = [name.removesuffix(" Governorate") for name in names]
    assert all(expected in ids(gazetteer.candidates(name)) for name in bare)


def test_villages_and_camps_that_the_big_lists_lack(gazetteer: Gazetteer) -> None:
    names = ("Baghuz", "Hawl Camp", "Dabiq", "مخيم الهول", "Nassib crossing", "Haditha Dam")
    kinds = [{e.kind for e in gazetteer.candidates(name)} for name in names]
    assert kinds == [{"town"}, {"camp"}, {"town"}, {"camp"}, {"facility"}, {"facility"}]


def test_an_unknown_name_has_no_candidate(gazetteer: Gazetteer) -> None:
    for name in ("Qwertzuiop", "", "…", ".", "~", "@"):
        assert gazetteer.candidates(name) == ()
        assert gazetteer.by_demonym(name) == ()


def test_a_like_sound_finds_a_spelling_that_is_not_listed(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Shaddadeeh") == ()
    assert "172837" in ids(gazetteer.sounding_like("Shaddadeeh"))


def test_countries_regions_and_waters_have_a_middle_and_no_point(gazetteer: Gazetteer) -> None:
    names = [country.name for country in gazetteer.countries()]
    names += ["Middle East", "Sahel", "Rojava", "Euphrates", "Red Sea"]
    broad = [
        e for name in names for e in gazetteer.candidates(name) if e.kind in ("country", "region", "water")
    ]
    assert len(broad) > 240
    assert all(entry.lat is None and entry.lon is None for entry in broad)
    assert all(entry.point == entry.middle is not None for entry in broad)


def test_what_has_a_point_has_no_other_middle(gazetteer: Gazetteer) -> None:
    (camp,) = gazetteer.candidates("Hawl Camp")
    assert camp.middle is None
    assert camp.point == (camp.lat, camp.lon)


def test_a_county_has_a_point_and_a_state(gazetteer: Gazetteer) -> None:
    texan = [e for e in gazetteer.candidates("Harris County") if e.admin1 == "Texas"]
    assert [(e.kind, e.admin2) for e in texan] == [("admin2", "Harris County")]
    lat, lon = texan[0].point or (0.0, 0.0)
    assert abs(lat - 29.86) < 0.2
    assert abs(lon + 95.39) < 0.2


def test_a_city_knows_its_second_level_unit(gazetteer: Gazetteer) -> None:
    units = {e.admin2 for e in gazetteer.candidates("Houston") if e.admin1 == "Texas"}
    assert "Harris County" in units


def test_an_abbreviation_counts_where_it_is_written_as_one(gazetteer: Gazetteer) -> None:
    assert "4436296" in ids(gazetteer.candidates("Miss."))
    assert "4436296" not in ids(gazetteer.candidates("Miss"))
    assert ids(gazetteer.candidates("N.J.")) & ids(gazetteer.candidates("NJ")) == {"5101760"}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Syrian", "Syria"),
        ("Syrians", "Syria"),
        ("Californian", "California"),
        ("Londoners", "London"),
        ("European", "Europe"),
        ("Chechen", "Chechnya"),
        ("Kurdish", None),  # a people of four countries
        ("Syria", None),
    ],
)
def test_a_demonym_tells_who_is_meant(gazetteer: Gazetteer, word: str, name: str | None) -> None:
    assert {entry.name for entry in gazetteer.by_demonym(word)} == ({name} if name else set())


def test_every_demonym_of_a_country_finds_it(gazetteer: Gazetteer) -> None:
    missing = [
        (country.code, word)
        for country in load_countries()
        for word in country.demonyms
        if country.geonames_id not in ids(gazetteer.by_demonym(word))
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("words", "begins"),
    [("Deir", True), ("deir ez", True), ("Al-Deir", True), ("St.", True), ("Qwertz", False), ("", False)],
)
def test_words_that_a_longer_name_begins_with(gazetteer: Gazetteer, words: str, begins: bool) -> None:
    assert gazetteer.begins_name(words) is begins


def test_every_country_is_found_by_each_of_its_names(gazetteer: Gazetteer) -> None:
    missing = [
        (country.code, name)
        for country in load_countries()
        for name in (country.name, *country.aliases)
        if country.geonames_id not in ids(gazetteer.candidates(name))
    ]
    assert missing == []


def test_no_demonym_is_a_name_of_its_country() -> None:
    clashes = [
        country.code
        for country in load_countries()
        if {fold(name) for name in (country.name, *country.aliases)}
        & {fold(word) for word in country.demonyms}
    ]
    assert clashes == []


def test_country_codes_are_iso_and_appear_once() -> None:
    codes = [country.code for country in load_countries()]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)


def test_a_line_is_read_back_as_the_entry_it_was_made_of(gazetteer: Gazetteer) -> None:
    places = (*gazetteer.candidates("Aleppo"), *gazetteer.candidates("Middle East"))
    for place in places:
        line = line_of(place, 77).rstrip(b"\n")
        assert unit_of(line) == 77
        assert entry_of(line, place) == place


def test_the_version_tells_name_number_and_hash(gazetteer: Gazetteer) -> None:
    assert re.fullmatch(r"marsad-gazetteer@3\+[0-9a-f]{12}", gazetteer.version)


def test_the_settings_name_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_GAZETTEER", str(tmp_path / "none"))
    with pytest.raises(NotFound, match="holds no gazetteer"):
        Gazetteer.open()
    assert Gazetteer.open(SHIPPED).candidates("Paris")


def test_a_gazetteer_of_another_format_is_refused(tmp_path: Path) -> None:
    about = (SHIPPED / "gazetteer.json").read_text(encoding="utf-8")
    (tmp_path / "gazetteer.json").write_text(about.replace('"format": 3', '"format": 2'), encoding="utf-8")
    with pytest.raises(BadInput, match="format 2"):
        Gazetteer(tmp_path)


def test_a_gazetteer_without_its_places_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.json").write_bytes((SHIPPED / "gazetteer.json").read_bytes())
    with pytest.raises(BadInput, match="build the gazetteer again"):
        Gazetteer(tmp_path)
