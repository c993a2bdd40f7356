"""What stands in one series, and what never does."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from marsad.assessment.series import Series, bases, comparable, series
from marsad.assessment.series.bases import duration
from marsad.disclosure import MARK
from marsad.ledger.asking.found import Found
from marsad.records import interval
from marsad.records.reading import Figure

from .making import figure, gathered, identity, located


def together(*figures: Found[Figure]) -> bool:
    """Whether all stand in one series."""
    found = bases(gathered(*figures))
    return all(comparable(found[a.id], found[b.id]) for a, b in combinations(figures, 2))


def one(*figures: Found[Figure]) -> Series:
    (only,) = series(gathered(*figures))
    return only


MONEY: dict[str, Any] = {
    "measure": "finance.reserves",
    "unit": "USD",
    "population": None,
    "holder": "United Nations",
}


def test_a_step_from_all_of_a_group_to_two_countries_alone_is_no_fall() -> None:
    early = figure(25_000_000, 50_000_000, day="2023-02-01", as_of="2023-02", places=(), **MONEY)
    later = figure(10_000_000, 25_000_000, day="2024-02-01", as_of="2024-02", places=(), **MONEY)
    alone = figure(
        10_000_000,
        day="2025-02-01",
        as_of="2025-02",
        places=("Iraq", "Syria"),
        scope="in Iraq and Syria alone",
        **MONEY,
    )

    found = series(gathered(early, later, alone))

    assert [[point.figure.id for point in each.points] for each in found] == [
        [early.id, later.id],
        [alone.id],
    ]
    assert [each.title for each in found] == [
        "reserves of Reed Front",
        "reserves of Reed Front in Iraq and Syria",
    ]


def test_money_of_a_claim_that_names_a_place_is_of_an_open_scope() -> None:
    """ "The reserves in Karoum alone stand at 1.2 million": of what place the number is was not read."""
    early = figure(1_200_000, day="2023-07-01", places=(), **MONEY)
    later = figure(3_000_000, day="2024-03-01", places=(), **MONEY)
    told = gathered(early, later)
    assert len(series(told)) == 1
    apart = series(replace(told, sites={early.record.claim: (located("Karoum"),)}))
    assert {each.title for each in apart} == {
        "reserves of Reed Front",
        "reserves of Reed Front, place not told",
    }


def test_a_country_and_two_of_which_it_is_one_are_two_scopes() -> None:
    assert not together(figure(100, places=("Iraq", "Syria")), figure(100, places=("Syria",)))
    assert together(figure(100, places=("Iraq", "Syria")), figure(90, places=("Syria", "Iraq")))


def test_a_part_of_a_country_is_one_however_it_is_spelt() -> None:
    north_east = [
        figure(900 + at, places=(name,))
        for at, name in enumerate(["north-east Syria", "Northeastern Syria", "north-eastern Syria"])
    ]
    assert together(*north_east)
    others = [figure(800, places=(name,)) for name in ("eastern Syria", "east and north-east Syria", "Syria")]
    assert not any(together(north_east[0], other) for other in others)
    assert not together(*others[:2])


def test_a_side_of_a_place_is_another_scope_than_the_place_and_than_that_side_of_another() -> None:
    plain = figure(900, places=("Karoum",))
    north = figure(910, places=("Karoum",), scope="north of Karoum")
    other = figure(920, places=(), scope="north of Odan")
    assert not together(plain, north)
    assert not together(north, other)
    assert not together(figure(930, places=(), scope="north of Karoum"), other)


def test_places_that_are_left_out_are_named_in_the_scope_and_in_the_title() -> None:
    abroad = figure(140, places=("Karoum",), scope="other than Iraq and Syria")
    (found,) = series(gathered(abroad))
    assert found.title == "fighters of Reed Front in Karoum, other than Iraq and Syria"
    assert not together(abroad, figure(130, places=("Karoum",), scope="other than Iraq"))


def test_a_place_that_only_says_where_another_lies_is_no_scope() -> None:
    assert together(figure(100, places=("Karoum", "Syria")), figure(90, places=("Karoum",), day="2024-03-02"))


TOLL: dict[str, Any] = {
    "measure": "casualties.killed",
    "aspect": "flow",
    "subject": None,
    "population": "people",
    "places": ("Syria",),
}


def test_a_toll_since_a_year_one_of_two_months_and_one_of_civilians_are_three() -> None:
    since = figure(1940, period="2014/..", **TOLL)
    months = figure(86, period="2024-01/2024-02", **TOLL)
    civilians = figure(33, period="2024-01/2024-02", **TOLL | {"population": "civilians"})

    found = series(gathered(since, months, civilians))

    assert sorted(each.title for each in found) == [
        "civilians killed in Syria, over 2 months",
        "people killed in Syria, over 2 months",
        "people killed in Syria, since 2014-01-01",
    ]


def test_stretches_of_one_length_are_comparable_and_events_are_not() -> None:
    attacks = TOLL | {"measure": "attacks.count", "population": "attacks"}
    assert together(
        figure(14, period="2024-04", **attacks), figure(23, period="2024-03", day="2024-04-01", **attacks)
    )
    assert not together(figure(12, period="2024-03-06", **TOLL), figure(5, period="2024-03-10", **TOLL))
    assert not together(
        figure(23, period="2024-03", **attacks), figure(61, period="2024-01/2024-03", **attacks)
    )


@pytest.mark.parametrize(
    "other",
    [
        {"population": "foreign fighters"},
        {"population": "former fighters"},
        {"population": "additional fighters"},
        {"population": "women and children"},
        {"subject": "Wardak Front"},
        {"status": "planned"},
        {"status": "projected"},
        {"status": "demanded"},
        {"status": "denied"},
        {"scope": "held by the army"},
        {"aspect": "change"},
        {"aspect": "rate", "per": "month"},
        {"measure": "detention.fighters"},
    ],
    ids=str,
)
def test_what_bounds_a_number_otherwise_stands_apart(other: dict[str, Any]) -> None:
    assert not together(figure(900), figure(800, day="2024-03-02", **other))


@pytest.mark.parametrize(
    "population", ["Reed Front militants", "hardcore members", "jihadists", "remaining soldiers", None]
)
def test_words_that_bound_nothing_keep_a_series_together(population: str | None) -> None:
    assert together(figure(900), figure(800, day="2024-03-02", population=population))


def test_a_force_and_individuals_are_all_that_their_measure_counts() -> None:
    camp: dict[str, Any] = {"measure": "detention.population", "subject": None, "places": ("Karoum",)}
    assert together(
        figure(900, population="individuals", **camp),
        figure(800, population="people", day="2024-04-02", **camp),
    )
    assert together(figure(900, population="force"), figure(800, population="fighters", day="2024-04-02"))


def test_whose_side_is_told_by_a_noun_where_nothing_else_tells_it() -> None:
    here: dict[str, Any] = {"subject": None, "document": "one"}
    assert not together(figure(900, **here, population="rebels"), figure(800, **here, population="soldiers"))


def test_the_forces_of_a_state_are_the_states_by_whatever_name() -> None:
    troops = [
        figure(2000, subject="US troops", population="US troops"),
        figure(1900, subject="United States", population="troops", day="2024-03-02"),
        figure(1800, subject=None, population="American soldiers", day="2024-03-03"),
    ]
    assert together(*troops)
    assert one(*troops).title == "United States troops in Zambia"
    assert not together(troops[0], figure(1800, subject=None, population="US special forces"))


def test_a_share_and_a_part_never_stand_with_their_whole() -> None:
    whole = figure(302, claim="c", document="one", **TOLL | {"period": "2024"})
    part = figure(171, claim="c", document="one", part_of=whole.id, **TOLL | {"period": "2024"})
    share = figure(50, unit="%", part_of=whole.id, **TOLL | {"aspect": "share", "period": "2024"})
    assert len(series(gathered(whole, part, share))) == 3


# What is not told


def test_what_is_unknown_never_equals_what_is_unknown_elsewhere() -> None:
    assert not together(figure(500, places=()), figure(400, places=(), publisher="Evening Post"))
    assert not together(figure(500, subject=None), figure(400, subject=None, publisher="Evening Post"))
    assert not together(
        figure(12, **TOLL), figure(9, publisher="Evening Post", **TOLL)
    )  # which attack, nobody tells


def test_two_numbers_of_one_sentence_may_be_compared_though_it_names_no_place() -> None:
    assert together(figure(500, places=(), claim="c"), figure(400, places=(), claim="c"))
    assert not together(figure(500, places=(), claim="c"), figure(400, places=(), claim="d"))


def test_one_document_is_of_one_group_in_one_place() -> None:
    here: dict[str, Any] = {"subject": None, "document": "one"}
    assert together(figure(None, 500, bound="at_most", **here), figure(300, 400, bound="range", **here))


def test_an_equal_number_that_tells_more_tells_it_for_both() -> None:
    told = figure(2000, subject="US troops", population="US troops", places=("Syria",))
    short = figure(2000, subject="US troops", population="US troops", places=(), day="2024-04-10")

    found = one(told, short)

    assert found.title == "United States troops in Syria"
    assert {point.figure.id: point.assumed for point in found.points}.get(short.id, ("places",)) == (
        "places",
    )


def test_an_equal_number_says_nothing_where_it_is_far_vague_or_contradicted() -> None:
    told = figure(2000, places=("Syria",))
    assert not together(told, figure(2000, places=(), day="2025-03-01"))
    assert not together(told, figure(2000, places=(), subject="Wardak Front", day="2024-03-02"))
    assert not together(
        figure(100, 1000, bound="vague", places=("Syria",)), figure(100, 1000, bound="vague", places=())
    )
    both = [figure(2000, places=(each,)) for each in ("Syria", "Iraq")]
    assert not together(both[0], figure(2000, places=(), day="2024-03-05"), both[1])


def test_an_equal_number_of_an_open_owner_tells_who_is_counted_in_its_text_and_of_a_plan_in_any() -> None:
    plan: dict[str, Any] = {"subject": None, "status": "planned"}
    border = figure(30_000, population="border force", day="2024-03-01", **plan)
    plain = figure(30_000, population="force", day="2024-03-20", **plan)
    assert together(border, plain)
    assert not together(border, figure(20_000, population="force", day="2024-03-20", **plan))
    assert not together(border, figure(30_000, population="local troops", day="2024-03-20", **plan))
    here: dict[str, Any] = {"subject": None, "document": "one"}
    told = figure(30_000, population="border force", claim="a", **here)
    assert together(told, figure(30_000, population="fighters", claim="b", **here))
    assert not together(told, figure(30_000, population="fighters", subject=None, day="2024-03-20"))


def test_a_toll_without_a_day_is_of_the_one_day_that_its_text_tells_of_that_town() -> None:
    town = TOLL | {"places": ("Karoum",), "document": "one"}
    dated, undated = figure(31, period="2024-03-06", **town), figure(12, holder="The Army", **town)
    assert together(dated, undated)
    hurt = figure(54, **town | {"measure": "casualties.injured"})
    assert bases(gathered(dated, hurt))[hurt.id].period == "2024-03-06"
    assert not together(dated, undated, figure(7, period="2024-03-01", **town))
    country = TOLL | {"document": "one"}
    assert not together(figure(31, period="2024-03-06", **country), figure(12, **country))


def test_the_toll_of_a_siege_is_not_that_of_its_worst_day() -> None:
    town = TOLL | {"places": ("Karoum",), "document": "one"}
    assert not together(figure(36, period="2024-02-28", **town), figure(523, **town))
    assert not together(figure(36, period="2023-07-16", **town), figure(40, holder="The Army", **town))


def test_bare_counts_and_shares_meet_only_where_they_are_equal() -> None:
    children: dict[str, Any] = {"measure": "count.child", "population": "children", "subject": None}
    assert not together(figure(2, **children), figure(1200, day="2024-03-02", **children))
    assert together(figure(1200, **children), figure(1200, day="2024-03-02", **children))
    share: dict[str, Any] = {"aspect": "share", "unit": "%", "share_of": "fighters", "document": "one"}
    assert not together(figure(46, **share), figure(83, **share))


def test_camps_whose_names_are_masked_are_not_one_camp() -> None:
    held: dict[str, Any] = {"measure": "detention.population", "population": "people", "subject": None}
    camps = [f"{MARK * size} camp" for size in (4, 6)]
    assert not together(*(figure(4000, places=(camp,), **held) for camp in camps))
    assert one(figure(4000, places=camps[:1], **held)).title == f"people held in {camps[0]}"


def test_a_number_of_nothing_is_in_no_series() -> None:
    assert series(gathered(figure(18, measure="count.unspecified", population=None, subject=None))) == ()


def test_a_denied_claim_makes_its_number_a_denied_one() -> None:
    plain = figure(2500)
    account = plain.accounts[0]
    denied = replace(plain, accounts=(replace(account, claim=changed(account.claim, polarity="denied")),))
    found = one(denied)
    assert (found.basis.status, found.current) == ("denied", None)


@pytest.mark.parametrize(
    ("edtf", "length"),
    [("2024", "P1Y"), ("2024-01/2024-02", "P2M"), ("2024-02", "P1M"), ("2024-02-10/2024-02-19", "P10D"),
     ("2023-12/2024-11", "P1Y"), ("2024-01-15/2024-02-14", "P1M")],
)  # fmt: skip
def test_a_stretch_is_told_by_its_length(edtf: str, length: str) -> None:
    first, last = interval.days(edtf)
    assert first
    assert last
    assert duration(first, last) == length


# Any figures in any order

SCOPES = st.sampled_from([(), ("Syria",), ("Iraq", "Syria"), ("Karoum",)])
DRAWN = st.builds(
    figure,
    st.sampled_from([12, 300, 2000]),
    day=st.sampled_from(["2024-03-01", "2024-03-20", "2024-12-01"]),
    holder=st.sampled_from(["Valley Monitor", "a diplomat", None]),
    publisher=st.sampled_from(["Morning Post", "Evening Post"]),
    subject=st.sampled_from(["Reed Front", "US troops", None]),
    population=st.sampled_from(["fighters", "foreign fighters", None]),
    places=SCOPES,
    status=st.sampled_from(["observed", "planned"]),
)
FIGURES = st.lists(DRAWN, max_size=9, unique_by=lambda each: each.id)


@given(FIGURES, st.randoms(use_true_random=False))
def test_series_do_not_depend_on_the_order_of_figures(figures: list[Found[Figure]], random: Random) -> None:
    shuffled = random.sample(figures, len(figures))
    assert series(gathered(*figures)) == series(gathered(*shuffled))


@given(FIGURES)
def test_no_series_holds_two_scopes_two_owners_or_two_standings(figures: list[Found[Figure]]) -> None:
    """Each figure is in one series at most; what differs from its neighbours is only what it left open."""
    found = series(gathered(*figures))
    held = [each.id for one in found for point in one.points for each in (point.figure, *point.echoes)]
    assert sorted(held) == sorted(each.id for each in figures)
    for one in found:
        members = _members(one)
        assert len({_places(each) for each in members} - {frozenset()}) <= 1
        assert len({_subject(each) for each in members} - {None}) <= 1
        assert len({each.record.status for each in members}) <= 1


def _places(each: Found[Figure]) -> frozenset[str]:
    return frozenset(each.names[place] for place in each.record.places)


def _subject(each: Found[Figure]) -> str | None:
    return each.names.get(each.record.subject or "")


@given(FIGURES)
def test_unequal_numbers_of_open_scope_meet_in_no_series_but_of_their_own_text(
    figures: list[Found[Figure]],
) -> None:
    for one in series(gathered(*figures)):
        if one.basis.confined:
            numbers = {(each.record.low, each.record.high) for each in _members(one)}
            documents = {each.found_in.id for each in _members(one)}
            assert len(numbers) == 1 or len(documents) == 1


@pytest.mark.parametrize(
    "open_", [{"subject": None, "places": ("Syria",)}, {"claim": "c", "places": ()}], ids=str
)
@pytest.mark.parametrize("day", ["2024-02-20", "2024-03-20"])
def test_an_equal_number_elsewhere_joins_no_text_that_gives_another_of_open_scope(
    open_: dict[str, Any], day: str
) -> None:
    few, many = (figure(each, document="one", **open_) for each in (12, 300))
    there = figure(12, document="two", day=day, **open_)
    found = bases(gathered(few, many, there))
    assert comparable(found[few.id], found[many.id])
    assert not comparable(found[there.id], found[few.id])
    assert together(there, few)  # where no other number stands, there is no rise or fall


def _members(found: Series) -> list[Found[Figure]]:
    return [each for point in found.points for each in (point.figure, *point.echoes)]


def test_the_id_of_a_series_is_that_of_its_basis() -> None:
    here, there = one(figure(100)), one(figure(90, day="2024-05-01", publisher="Evening Post"))
    assert here.id == there.id
    assert here.id != one(figure(100, places=("Syria",))).id
    assert len(here.id) == len(identity())
