"""One estimate is one point, however often it is told, and a new one of its holder replaces it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec.structs import replace as changed

from marsad.assessment.series import Point, series
from marsad.ledger.asking.found import Found
from marsad.records.reading import Figure

from .making import figure, gathered, identity

PLAN: dict[str, Any] = {"status": "planned", "population": "troops"}
TOLL: dict[str, Any] = {
    "measure": "casualties.killed",
    "aspect": "flow",
    "subject": None,
    "population": "people",
    "places": ("Karoum",),
    "period": "2024-03-06",
}


def points(*figures: Found[Figure], first: dict[str, str] | None = None) -> tuple[Point, ...]:
    (only,) = series(gathered(*figures, first=first))
    return only.points


def echoes(*figures: Found[Figure], first: dict[str, str] | None = None) -> list[int]:
    """How many repeat each point."""
    return [len(point.echoes) for point in points(*figures, first=first)]


# Told again


def test_ten_outlets_that_cite_one_report_are_one_point() -> None:
    cited = [figure(900, publisher=f"Post {n}", day=f"2024-03-1{n}") for n in range(10)]
    (point,) = points(*cited)
    assert (point.figure.id, len(point.echoes), point.restated) == (cited[0].id, 9, "2024-03-19")


def test_two_origins_that_give_one_number_are_two_points() -> None:
    assert echoes(figure(900), figure(900, holder="The Army", publisher="Evening Post")) == [0, 0]


def test_a_copied_text_is_one_point_whoever_the_reader_takes_for_its_holder() -> None:
    wire, copy = figure(900, publisher="Wire"), figure(900, publisher="Post", holder="the monitor")
    assert echoes(wire, copy, first={identity("Post", "2024-03-01"): identity("Wire", "2024-03-01")}) == [1]


def test_the_scope_of_a_copied_number_is_that_of_the_original() -> None:
    wire, copy = figure(900, publisher="Wire"), figure(900, publisher="Post", places=("Syria",))
    first = {identity("Post", "2024-03-01"): identity("Wire", "2024-03-01")}
    (point,) = points(wire, copy, first=first)
    assert (point.figure.id, [each.id for each in point.echoes]) == (wire.id, [copy.id])


def test_headline_and_body_are_one_point() -> None:
    headline, body = figure(900, document="one"), figure(900, document="one", holder="A spokesman")
    assert echoes(headline, body) == [1]


def test_about_and_at_least_of_one_holder_are_one_estimate_and_opposite_bounds_are_not() -> None:
    about = figure(900, bound="about")
    assert echoes(about, figure(900, bound="at_least", day="2024-03-05")) == [1]
    low, high = figure(900, bound="at_least"), figure(900, bound="at_most", day="2024-03-05")
    assert echoes(low, high) == [0, 0]


def test_a_number_without_a_source_is_of_whoever_gives_it_before_or_after() -> None:
    given = figure(900)
    after = figure(900, holder=None, publisher="Post", day="2024-03-05")
    before = figure(900, holder=None, publisher="Post", day="2024-02-25")
    for found in (points(given, after), points(before, given)):
        (point,) = found
        assert (point.figure.id, point.holder, point.unsourced) == (given.id, "Valley Monitor", False)
    assert points(before, given)[0].known == "2024-02-25"
    other = figure(900, holder="The Army", publisher="Wire", day="2024-03-10")
    assert echoes(before, given, other) == [1, 0]


def test_an_outlet_counts_nothing_itself_even_where_another_cites_it() -> None:
    own = figure(900, holder=None, publisher="Morning Post", day="2024-03-02")
    cites = figure(900, holder="Morning Post", publisher="Evening Post", day="2024-03-04")
    assert echoes(figure(900, publisher="Wire"), own, cites) == [2]


def test_unnamed_descriptions_are_one_only_where_they_are_the_same() -> None:
    one, two = (figure(900, holder="a diplomat", publisher=each) for each in ("Post", "Wire"))
    assert echoes(one, two) == [1]
    assert echoes(one, figure(900, holder="a general", publisher="Wire")) == [0, 0]


def test_the_last_words_of_a_name_are_whoever_gave_the_number_before() -> None:
    whole = figure(1400, 1600, holder="UN Panel")
    assert echoes(whole, figure(1400, 1600, holder="the panel", publisher="Wire")) == [1]
    assert echoes(whole, figure(1400, 1600, holder="the panel doctors", publisher="Wire")) == [0, 0]
    ministry = figure(300, 400, holder="Ministry of Defence")
    assert echoes(ministry, figure(300, 400, holder="the defence ministry", publisher="Wire")) == [1]


def test_a_number_is_another_estimate_a_year_later_or_of_another_day() -> None:
    assert echoes(figure(900), figure(900, day="2025-03-01")) == [0, 0]
    assert echoes(figure(900, as_of="2024-02"), figure(900, as_of="2024-03", day="2024-03-30")) == [0, 0]
    assert echoes(figure(900, as_of="2024-02"), figure(900, as_of="2024-02", day="2024-12-30")) == [1]


def test_a_plan_is_one_whoever_tells_it() -> None:
    told = [
        figure(3000, holder=holder, publisher=f"Post {day}", day=day, **PLAN)
        for holder, day in (
            ("The General", "2024-04-26"),
            ("The Minister", "2024-04-30"),
            (None, "2024-06-16"),
        )
    ]
    assert echoes(*told) == [2]


# Whose it is


def test_the_day_of_an_estimate_is_none_on_which_it_was_known_already() -> None:
    early, later = figure(900, day="2024-03-01"), figure(900, day="2024-03-20", as_of="2024-03-20")
    (point,) = points(early, later)
    assert point.as_of is None


def test_the_reports_own_voice_is_unsourced_and_an_offices_own_is_not() -> None:
    (report,) = points(figure(900, holder=None))
    (office,) = points(figure(900, holder=None, genre="official", publisher="Relief Office"))
    assert (report.unsourced, report.holder) == (True, "Morning Post")
    assert (office.unsourced, office.holder) == (False, "Relief Office")


def test_a_hidden_source_is_unsourced() -> None:
    plain = figure(900)
    (account,) = plain.accounts
    hidden = replace(account, claim=changed(account.claim, hidden_source=True))
    (point,) = points(replace(plain, accounts=(hidden,)))
    assert point.unsourced


# Replaced


def superseded(*figures: Found[Figure]) -> dict[str, str | None]:
    return {point.figure.id: point.superseded_by for point in points(*figures)}


def test_a_holder_replaces_its_toll_of_one_event() -> None:
    five, seven = figure(5, day="2024-03-06", **TOLL), figure(7, day="2024-03-07", **TOLL)
    assert superseded(five, seven) == {five.id: seven.id, seven.id: None}


def test_another_holder_replaces_nothing() -> None:
    five, seven = figure(5, **TOLL), figure(7, day="2024-03-07", holder="The Army", **TOLL)
    assert superseded(five, seven) == {five.id: None, seven.id: None}


def test_a_level_of_a_later_date_is_movement() -> None:
    early, late = figure(900, as_of="2024-02"), figure(700, as_of="2024-06", day="2024-07-01")
    assert superseded(early, late) == {early.id: None, late.id: None}
    undated, newer = figure(900), figure(700, day="2024-07-01")
    assert superseded(undated, newer) == {undated.id: None, newer.id: None}


def test_a_revised_article_replaces_its_own_number() -> None:
    old, new = figure(900), figure(700, day="2024-03-02")
    revised = changed(new.found_in.document, revision_of=old.found_in.id)
    new = replace(new, found_in=replace(new.found_in, document=revised))
    assert superseded(old, new) == {old.id: new.id, new.id: None}


def test_a_misquotation_replaces_nothing_that_its_source_published_or_says_again() -> None:
    panel: dict[str, Any] = {"as_of": "2024-02", "holder": "The Panel"}
    own = figure(1400, 1600, **panel | {"holder": None}, genre="official", publisher="The Panel")
    wrong = figure(2400, 2600, day="2024-03-03", **panel)
    assert superseded(own, wrong) == {own.id: None, wrong.id: None}
    heard, again = (
        figure(1400, 1600, **panel),
        figure(1400, 1600, day="2024-03-09", publisher="Wire", **panel),
    )
    assert superseded(heard, wrong) == {heard.id: wrong.id, wrong.id: None}
    assert superseded(heard, wrong, again) == {heard.id: None, wrong.id: None}


def test_points_stand_in_the_order_of_what_they_are_true_of() -> None:
    late = figure(700, as_of="2024-02", day="2024-03-01")
    early = figure(900, as_of="2019", day="2024-03-05")
    undated = figure(800, day="2024-01-15")
    assert [point.low for point in points(late, early, undated)] == [900, 800, 700]
