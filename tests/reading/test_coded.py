"""A coded row becomes one claim of its dataset, with what its cells say and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.disclosure import disclose, mask_text
from marsad.ledger.soundness import require_sound
from marsad.reading import coded, pipeline
from marsad.reading.coded.cells import Cell
from marsad.reading.coded.dates import NoDay, day
from marsad.reading.coded.vocabulary import country, vocabulary
from marsad.reading.incidents.kinds import types
from marsad.records.reading import Document, Incident, Place, Reading, Toll
from tests.coding import ACLED, GED, read


def incident(reading: Reading) -> Incident:
    (found,) = reading.incidents
    return found


def ged(**cells: str) -> Reading:
    reading = read(GED | cells)
    require_sound(reading)
    return reading


def acled(**cells: str) -> Reading:
    reading = read(ACLED | cells, name="export.csv")
    require_sound(reading)
    return reading


def first_place(reading: Reading) -> Place:
    return reading.places[0]


# UCDP GED


def test_a_row_is_one_narrated_claim_of_its_dataset() -> None:
    reading = ged()
    (claim,) = reading.claims
    assert (claim.kind, claim.source, claim.attitude) == ("narrated", None, "statement")
    assert [(party.text, party.spans) for party in claim.chain] == [("UCDP GED 26.1", ())]
    assert claim.text.startswith("type_of_violence: 1 … side_a: Government of Ruritania … side_b: Hill Front")
    assert "Moreau" not in claim.text
    assert reading.document.reader == coded.version()
    assert reading.document.gazetteer is None


def test_an_event_has_the_codes_of_its_cells() -> None:
    found = incident(ged())
    assert (found.type, found.ucdp_type, found.two_sided, found.shape) == ("ASSAULT", 1, True, "single")
    assert [[party.text for party in side] for side in found.sides] == [
        ["Government of Ruritania"],
        ["Hill Front"],
    ]
    assert (found.where_prec, found.date_prec) == (1, 1)
    assert found.deaths == Toll(low=4, best=5, high=8)
    assert found.date is not None
    assert found.date.edtf == "2019-03-23"


def test_kinds_of_sides_are_those_of_the_codebook() -> None:
    reading = ged(type_of_violence="3", side_b="Civilians")
    assert [(actor.name, actor.kind) for actor in reading.actors] == [
        ("Government of Ruritania", "state"),
        ("Civilians", "population"),
    ]
    found = incident(reading)
    assert (found.two_sided, found.sides[1][0].kind) == (False, "private")


def test_several_on_one_side_are_several() -> None:
    reading = ged(side_a="Government of Ruritania, Government of Graustark")
    assert [party.text for party in incident(reading).sides[0]] == [
        "Government of Ruritania",
        "Government of Graustark",
    ]
    part = next(figure for figure in reading.figures if figure.text == "deaths_a: 2")
    assert part.subject is None  # whose they were is not told


def test_deaths_keep_their_range_and_parts_are_parts() -> None:
    total, of_a, civilians = ged().figures
    assert (total.low, total.best, total.high, total.bound, total.status) == (4, 5, 8, "range", "estimated")
    assert total.text == "best: 5 … high: 8 … low: 4"
    assert (of_a.best, of_a.part_of, of_a.subject) == (2, total.id, "a1")
    assert of_a.scope is not None
    assert of_a.scope.text == "deaths_a"
    assert (civilians.best, civilians.population, civilians.part_of) == (3, "civilians", total.id)
    assert {figure.measure for figure in (total, of_a, civilians)} == {"casualties.killed"}


def test_estimates_that_contradict_each_other_stay_as_stated() -> None:
    assert incident(ged(best="3", low="3", high="2")).deaths == Toll(low=3, best=3, high=2)


def test_one_number_for_all_is_exact() -> None:
    assert ged(best="5", low="5", high="5").figures[0].bound == "exact"


@pytest.mark.parametrize(
    ("cells", "edtf", "date_prec"),
    [
        ({"date_end": "2019-03-25 00:00:00.000", "date_prec": "2"}, "[2019-03-23..2019-03-25]", 2),
        (
            {"date_end": "2019-03-25", "date_prec": "2", "event_clarity": "2"},
            "2019-03-23/2019-03-25",
            2,
        ),
        ({"date_start": "2019-03-01", "date_end": "2019-03-31", "date_prec": "4"}, "2019-03", 4),
        ({"date_start": "2019-01-01", "date_end": "2019-12-31", "date_prec": "5"}, "2019", 5),
    ],
)
def test_days_are_some_day_within_or_of_a_total_throughout(
    cells: dict[str, str], edtf: str, date_prec: int
) -> None:
    found = incident(ged(**cells))
    assert found.date is not None
    assert (found.date.edtf, found.date_prec) == (edtf, date_prec)


def test_a_total_of_many_events_is_an_aggregate() -> None:
    assert incident(ged(event_clarity="2")).shape == "aggregate"


def test_places_go_from_the_finest_to_the_country() -> None:
    reading = ged()
    assert [(each.name, each.kind, each.where_prec, each.country) for each in reading.places] == [
        ("Strelsau", "town", 1, "SY"),
        ("Hentzau", "admin2", 3, "SY"),
        ("Zenda", "admin1", 4, "SY"),
        ("Syria", "country", 6, "SY"),
    ]
    assert [each.within for each in reading.places] == ["p2", "p3", "p4", None]
    assert (first_place(reading).latitude, first_place(reading).longitude) == (33.5, 36.25)
    assert all(each.latitude is None for each in reading.places[1:])
    assert incident(reading).places == ("p1", "p2", "p3")


@pytest.mark.parametrize(
    ("where", "where_prec", "kind"),
    [("Syria", "6", "country"), ("Waters off Strelsau", "7", "water"), ("Hentzau hills", "5", "region")],
)
def test_a_country_a_region_and_the_sea_are_never_pinned(where: str, where_prec: str, kind: str) -> None:
    reading = ged(where_coordinates=where, where_prec=where_prec)
    place = first_place(reading)
    assert (place.kind, place.latitude, place.longitude, place.gazetteer) == (kind, None, None, None)
    assert incident(reading).where_prec == int(where_prec)


def test_an_event_of_a_country_has_one_place_with_both_cells() -> None:
    reading = ged(where_coordinates="Syria", where_prec="6", adm_1="", adm_2="")
    (place,) = reading.places
    assert place.text == "Syria … Syria"
    assert incident(reading).places == ("p1",)


def test_an_event_of_a_district_is_in_that_district() -> None:
    reading = ged(where_coordinates="Hentzau district", where_prec="3")
    assert [each.name for each in reading.places] == ["Hentzau", "Zenda", "Syria"]
    assert first_place(reading).kind == "admin2"


@pytest.mark.parametrize("where", ["Roj refugee camp", "Strelsau hospital", "Border Crossing (IDP Camp)"])
def test_what_shelters_people_is_shown_no_finer_than_its_district(where: str) -> None:
    reading = ged(where_coordinates=where)
    shown = disclose(reading)
    place = first_place(shown)
    assert (place.latitude, place.longitude, place.where_prec) == (None, None, 3)
    assert incident(shown).where_prec == 3
    assert [each.name for each in shown.places[1:]] == ["Hentzau", "Zenda", "Syria"]
    for told in (*where.split()[:1], "33.5", "36.25"):
        assert told not in shown.document.text
        assert told not in mask_text(reading)
        assert told not in shown.claims[0].text


def test_prose_is_not_read_and_not_shown() -> None:
    reading = ged()
    for words in (disclose(reading).document.text, mask_text(reading)):
        assert "Moreau" not in words
        assert "beside" not in words  # the second line of its cell
        assert len(words) == len(reading.document.text)
        assert "side_b: Hill Front" in words
    assert "Moreau" in reading.document.text  # the evidence is whole


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *[("best", "five"), ("low", "-1"), ("latitude", "north"), ("date_start", "spring")],
        *[("where_prec", "9"), ("type_of_violence", "0"), ("deaths_a", "1e400"), ("high", "nan")],
        ("date_end", "2018-01-01"),
    ],
)
def test_a_cell_that_cannot_be_read_is_unknown_and_said(column: str, value: str) -> None:
    reading = ged(**{column: value})
    assert [warning.code for warning in reading.warnings] == ["unreadable_cell"]


def test_new_weights_do_not_touch_coded_rows() -> None:
    document = ged().document
    assert pipeline.versions(document) == (document.reader, document.gazetteer)


# ACLED


def test_an_acled_row_has_its_sides_toll_and_place() -> None:
    reading = acled()
    found = incident(reading)
    assert (found.type, found.mode, found.two_sided, found.ucdp_type) == ("ASSAULT", None, True, None)
    assert found.deaths == Toll(low=5, best=5, high=5)
    (figure,) = reading.figures
    assert (figure.bound, figure.status) == ("exact", "estimated")
    assert [(each.name, each.kind) for each in reading.actors] == [
        ("Military Forces of Ruritania (2000-)", "state_force"),
        ("Hill Front", "armed_group"),
        ("Valley Front", "other"),
    ]
    unnamed = found.sides[1][2]
    assert (unnamed.text, unnamed.actor, unnamed.kind) == (
        "Unidentified Armed Group (Ruritania)",
        None,
        "unnamed",
    )
    assert reading.document.published.latest == "2019-03-26"
    assert "Moreau" not in disclose(reading).document.text


@pytest.mark.parametrize(
    ("time_precision", "edtf", "date_prec"),
    [("1", "2019-03-23", 1), ("2", "[2019-03-17..2019-03-29]", 3), ("3", "2019-03", 4)],
)
def test_acleds_precision_of_time_widens_the_day(time_precision: str, edtf: str, date_prec: int) -> None:
    found = incident(acled(time_precision=time_precision))
    assert found.date is not None
    assert (found.date.edtf, found.date_prec) == (edtf, date_prec)


def test_where_a_capital_stands_for_its_region_no_point_is_kept_at_it() -> None:
    reading = acled(geo_precision="3")
    assert incident(reading).where_prec == 4
    assert (first_place(reading).kind, first_place(reading).latitude) == ("other", None)


@pytest.mark.parametrize(
    ("event", "plover"),
    [
        ("Air/drone strike", ("ASSAULT", "explosives")),
        ("Peaceful protest", ("PROTEST", "demo")),
        ("Arrests", ("COERCE", "arrest")),
    ],
)
def test_sub_events_are_happenings_of_plover(event: str, plover: tuple[str, str]) -> None:
    found = incident(acled(event_type="Other", sub_event_type=event))
    assert (found.type, found.mode) == plover


def test_what_is_no_happening_makes_no_incident() -> None:
    reading = acled(event_type="Strategic developments", sub_event_type="Change to group/activity")
    assert reading.incidents == ()
    assert reading.figures[0].incident is None
    assert len(reading.claims) == 1


def test_every_type_and_mode_is_plovers() -> None:
    plover = types()
    for each in vocabulary().acled.events:
        assert each.mode is None or each.mode in plover[each.type].modes


# Any of them


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *[("Syria", "SY"), ("DR Congo (Zaire)", "CD"), ("Yemen (North Yemen)", "YE"), ("Atlantis", None)],
        *[("Russia (Soviet Union)", "RU"), ("United States of America", "US"), ("Myanmar (Burma)", "MM")],
    ],
)
def test_countries_are_known_by_the_names_of_the_datasets(name: str, code: str | None) -> None:
    assert country(name) == code


@pytest.mark.parametrize(
    "words", ["23 March 2019", "23-Mar-2019", "23-Mar-19", "2019-03-23", "2019-03-23T04:05"]
)
def test_days_are_read_in_the_forms_of_the_exports(words: str) -> None:
    assert day(Cell(words, 0, 5, 5 + len(words)))[0].isoformat() == "2019-03-23"


@pytest.mark.parametrize("words", ["03/04/2019", "31 February 2019", "March 2019", "", "23 March", "x" * 99])
def test_what_may_be_two_days_is_none(words: str) -> None:
    with pytest.raises(NoDay):
        day(Cell(words, 0, 0, len(words)))


def document(text: str, **known: Any) -> Document:
    facts: dict[str, Any] = {
        "id": "0" * 32,
        "raw_sha256": "",
        "text_sha256": "",
        "extractor": "jsonl@1",
        "genre": "coded",
    }
    return Document(text=text, **(facts | known))


def test_columns_of_neither_dataset_are_kept_and_not_read() -> None:
    reading = pipeline.read(document("city: Strelsau\npeople: 900"))
    assert (reading.claims, reading.warnings[0].code) == ((), "unread_columns")


_LINES = st.lists(
    st.tuples(st.sampled_from([*GED, *ACLED, "x", " ", ""]), st.text(max_size=12) | st.sampled_from("0123")),
    max_size=20,
)


@given(_LINES, st.text(max_size=60))
def test_any_text_that_calls_itself_coded_is_read_without_a_fault(
    lines: list[tuple[str, str]], tail: str
) -> None:
    text = "\n".join(f"{column}: {value}" for column, value in lines) + tail
    reading = coded.annotate(document(text))
    require_sound(reading)
    shown = disclose(reading)
    assert len(shown.document.text) == len(text)
    assert disclose(shown) == shown
