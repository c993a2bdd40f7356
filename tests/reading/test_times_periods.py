"""Quarters, fiscal years, decades, centuries, years before Christ, lengths with their bounds."""

from __future__ import annotations

import pytest

from marsad.reading import times
from marsad.reading.text import segment
from marsad.records.reading import Published, Time


def read(words: str, published: str | None = "2021-06-16") -> tuple[Time, ...]:
    given_day = Published(earliest=published, latest=published, basis="given") if published else Published()
    return times.annotate(segment(words), given_day)


@pytest.mark.parametrize(
    ("words", "text", "value", "edtf"),
    [
        ("The fourth quarter was calm.", "The fourth quarter", "2020-Q4", "2020-10/2020-12"),
        ("Third-quarter raids fell.", "Third-quarter", "2020-Q3", "2020-07/2020-09"),
        ("It fell in the quarter.", "the quarter", "2021-Q1", "2021-01/2021-03"),
        ("In the 2019 second quarter it fell.", "the 2019 second quarter", "2019-Q2", "2019-04/2019-06"),
        ("It will fall in the third quarter.", "the third quarter", "2021-Q3", "2021-07/2021-09"),
        (
            "In the second quarter of this year it fell.",
            "the second quarter of this year",
            "2021-Q2",
            "2021-04/2021-06",
        ),
        ("Q3 2019 was calm.", "Q3 2019", "2019-Q3", "2019-07/2019-09"),
        ("FY2019 was hard.", "FY2019", "2019", "2019~"),
        ("In fiscal 2020 it rose.", "fiscal 2020", "2020", "2020~"),
        ("In FY 2019/20 it rose.", "FY 2019/20", "2019/2020", "2019/2020"),
        ("The first half of the year was calm.", "The first half of the year", "2021-H1", "2021-01/2021-06"),
        ("The latter half of 2008 was calm.", "The latter half of 2008", "2008-H2", "2008-07/2008-12"),
        ("The mid-1990s were calm.", "The mid-1990s", "199", "[1994-01-01..1996-12-31]"),
        ("It rose in the '80s.", "the '80s", "198", "198X"),
        ("It rose in the nineties.", "the nineties", "199", "199X"),
        ("It ended by year-end 2019.", "year-end 2019", "2019-12-31", "2019-12-31"),
        (
            "In the last week of May 2020 they left.",
            "the last week of May 2020",
            "2020-05",
            "[2020-05-25..2020-05-31]",
        ),
        ("They came in early summer.", "early summer", "2021-SU", "[2021-06-01..2021-07-01]"),
        ("The June vote was held.", "June", "2021-06", "2021-06"),
        ("It fell in 480 BC.", "480 BC", "BC0480", None),
        ("In the 5th century BC it fell.", "the 5th century BC", "BC04", None),
        ("Through the 470s BC they fought.", "the 470s BC", "BC047", None),
        ("It lasted from 499 to 493 BC.", "499 to 493 BC", "BC0499/BC0493", None),
        ("It fell on 05-Aug-2016.", "05-Aug-2016", "2016-08-05", "2016-08-05"),
        ("In nineteen ninety-one it fell.", "nineteen ninety-one", "1991", "1991"),
        ("In January nineteen eighteen it fell.", "January nineteen eighteen", "1918-01", "1918-01"),
        ("It fell in AD 70.", "AD 70", "0070", None),
        ("It fell on the fifth of June 2019.", "the fifth of June 2019", "2019-06-05", "2019-06-05"),
    ],
)
def test_periods(words: str, text: str, value: str, edtf: str | None) -> None:
    (time,) = read(words)
    assert (time.text, time.value, time.edtf) == (text, value, edtf)


def test_a_year_earlier_is_counted_from_the_quarter_that_is_the_subject() -> None:
    found = read("In the first quarter ten died, against five a year earlier. The year-ago quarter was calm.")
    assert [time.value for time in found] == ["2021-Q1", "2020-Q1", "2020-Q1"]


def test_years_before_christ_carry_a_story_on() -> None:
    story = "In 490 BC they landed. The following year, they left. In September they came back."
    found = read(story, published=None)
    assert [time.value for time in found] == ["BC0490", "BC0489", "BC0489-09"]


@pytest.mark.parametrize(
    ("words", "text", "value", "mod"),
    [
        ("It took nearly an hour.", "nearly an hour", "PT1H", "LESS_THAN"),
        ("It lasted over a week.", "over a week", "P1W", "MORE_THAN"),
        ("It lasted at least a year.", "at least a year", "P1Y", "EQUAL_OR_MORE"),
        ("It lasted a little more than two months.", "a little more than two months", "P2M", "MORE_THAN"),
        ("It lasted two and a half years.", "two and a half years", "P2Y6M", None),
        ("It lasted 5 1/2 hours.", "5 1/2 hours", "PT5H30M", None),
        ("It lasted half an hour.", "half an hour", "PT30M", None),
        ("For the first nine months it was calm.", "the first nine months", "P9M", None),
        ("The six-month siege ended.", "six-month", "P6M", None),
        ("The decades-long war ended.", "decades-long", "PXDE", None),
        ("In the weeks before the vote they came.", "weeks", "PXW", None),
        ("It grew over the years.", "the years", "PXY", None),
        ("In the last year of the war they left.", "the last year", "P1Y", None),
    ],
)
def test_lengths(words: str, text: str, value: str, mod: str | None) -> None:
    (time,) = read(words)
    assert (time.text, time.type, time.value, time.mod) == (text, "DURATION", value, mod)
    assert time.edtf is None


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        ("They meet twice a week.", "twice a week", "P1W"),
        ("They meet every other day.", "every other day", "P2D"),
        ("They meet every two weeks.", "every two weeks", "P2W"),
        ("They meet on Monday nights.", "Monday nights", "XXXX-WXX-1TNI"),
        ("They meet annually.", "annually", "P1Y"),
    ],
)
def test_sets(words: str, text: str, value: str) -> None:
    (time,) = read(words)
    assert (time.text, time.type, time.value, time.edtf) == (text, "SET", value, None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("It fell on 30 February 2020.", "2020-02-XX"),
        ("It fell on 29 February 2019.", "2019-02-XX"),
        ("It fell on 31 April.", "2021-04-XX"),
        ("It fell on 29 February.", "XXXX-02-29"),
    ],
)
def test_days_that_a_calendar_lacks_have_no_interval(words: str, value: str) -> None:
    (time,) = read(words)
    assert (time.value, time.edtf) == (value, None)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Talks resume Tuesday.", "2021-06-22"),
        ("He met them Tuesday.", "2021-06-15"),
        ("They look for ways around Tuesday's ruling and will appeal.", "2021-06-15"),
        ("They could leave as early as Tuesday.", "2021-06-22"),
        ("The bill must be passed by Tuesday.", "2021-06-22"),
        ("Fighters set fire to the bridge Tuesday.", "2021-06-15"),
        ("The vote is set for Tuesday.", "2021-06-22"),
        ("The figures for May fell.", "2021-05"),
        ("Output will be cut in July.", "2021-07"),
        ("Aid in July is short.", "2021-07"),
    ],
)
def test_the_words_around_a_partial_date_tell_its_side(words: str, edtf: str) -> None:
    (time,) = read(words)
    assert time.edtf == edtf


@pytest.mark.parametrize(
    ("words", "edtfs"),
    [
        # a year named in passing does not date what follows
        (
            "In 2012 they came. In May, far from the peace of 2005, they took the bridge. In July they left.",
            ["2012", "2012-05", "2005", "2012-07"],
        ),
        # nor does the end of something, nor a look back
        ("In 2012 they came and stayed until 2018. In July they met.", ["2012", "2018", "2012-07"]),
        ("In 2012 they came, as a year earlier. In July they met.", ["2012", "2011~", "2012-07"]),
        # a plan for a later year
        ("In 2012 they came and would leave in 2014. In July they met.", ["2012", "2014", "2012-07"]),
    ],
)
def test_a_story_keeps_to_its_year(words: str, edtfs: list[str]) -> None:
    assert [time.edtf for time in read(words, published=None)] == edtfs


def test_what_follows_nothing_is_unknown() -> None:
    assert [time.edtf for time in read("A week later, they left. The following day, they came back.")] == [
        None,
        None,
    ]
