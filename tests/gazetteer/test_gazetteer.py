"""The shipped gazetteer: names found in their spellings, nothing pinned that is no point."""

from __future__ import annotations

import re

import pytest

from marsad.gazetteer import Entry, Gazetteer, load_countries
from marsad.gazetteer.folding import fold
from marsad.gazetteer.store import _entry, line_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def ids(entries: tuple[Entry, ...]) -> set[str]:
    return {entry.id for entry in entries}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Hasakah", "Hasaka", "al-Hasakah", "Al Ḩasakah", "HASAKAH"], "173811"),
        (["Deir ez-Zor", "Deir al-Zour", "Deir Ezzor", "Deir Azzour"], "170794"),
        (["Raqqa", "Raqqah", "ar-Raqqah", "al-Raqqa"], "172955"),
        (["Qamishli", "Qamishlo", "al-Qamishli"], "173377"),
        (["Hawl", "al-Hol", "al-Hawl", "Houl"], "173797"),
        (["Manbij", "Membij", "Minbij"], "167357"),
        (["Kobani", "Kobane", "Kobanê", "Ain al-Arab"], "172256"),
        (["U.S.", "US", "United States", "America"], "6252001"),
        (["Britain", "UK", "U.K.", "Great Britain"], "2635167"),
        (["Hasakah Governorate", "Al-Hasakah"], "173813"),
    ],
)
def test_spellings_find_the_same_place(gazetteer: Gazetteer, names: list[str], expected: str) -> None:
    bare = [name.removesuffix(" Governorate") for name in names]
    assert all(expected in ids(gazetteer.candidates(name)) for name in bare)


def test_villages_and_camps_that_the_big_lists_lack(gazetteer: Gazetteer) -> None:
    kinds = {name: {e.kind for e in gazetteer.candidates(name)} for name in ("Baghuz", "Hawl Camp", "Dabiq")}
    assert kinds == {"Baghuz": {"town"}, "Hawl Camp": {"camp"}, "Dabiq": {"town"}}


def test_an_unknown_name_has_no_candidate(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Qwertzuiop") == ()
    assert gazetteer.candidates("") == ()
    assert gazetteer.candidates("…") == ()


def test_a_like_sound_finds_a_spelling_that_is_not_listed(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Shaddadeeh") == ()
    assert "172837" in ids(gazetteer.sounding_like("Shaddadeeh"))


def test_countries_regions_and_waters_have_no_point(gazetteer: Gazetteer) -> None:
    names = [country.name for country in gazetteer.countries()]
    names += ["Middle East", "Sahel", "Rojava", "Euphrates", "Red Sea"]
    broad = [
        e for name in names for e in gazetteer.candidates(name) if e.kind in ("country", "region", "water")
    ]
    assert len(broad) > 240
    assert all(entry.lat is None and entry.lon is None for entry in broad)


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
    assert [_entry(line_of(place).rstrip(b"\n")) for place in places] == list(places)


def test_the_version_is_a_name_and_a_number() -> None:
    assert re.fullmatch(r"[^@\s]+@[^@\s]+", Gazetteer.open().version)
