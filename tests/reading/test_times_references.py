"""What points at no day, named days, and hours joined to their day."""

from __future__ import annotations

import pytest

from marsad.reading import times
from marsad.reading.text import segment
from marsad.reading.times.holidays import days_of, easter, islamic_day
from marsad.records.reading import Published, Time

WEDNESDAY = "2021-06-16"


def read(words: str, published: str | None = WEDNESDAY) -> tuple[Time, ...]:
    given_day = Published(earliest=published, latest=published, basis="given") if published else Published()
    return times.annotate(segment(words), given_day)


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        ("He is now in the valley.", "now", "PRESENT_REF"),
        ("They currently hold the bridge.", "currently", "PRESENT_REF"),
        ("The current siege is short.", "current", "PRESENT_REF"),
        ("These days, nobody comes.", "These days", "PRESENT_REF"),
        ("They recently left.", "recently", "PAST_REF"),
        ("In the past, they came by sea.", "the past", "PAST_REF"),
        ("In the future, they will come by sea.", "the future", "FUTURE_REF"),
        ("It may fall in the near future.", "the near future", "FUTURE_REF"),
        ("At the time, the road was shut.", "the time", "PAST_REF"),
        ("At this point, they had lost.", "this point", "PRESENT_REF"),
    ],
)
def test_a_reference_has_a_value_and_no_interval(words: str, text: str, value: str) -> None:
    (time,) = read(words)
    assert (time.text, time.type, time.value) == (text, "DATE", value)
    assert (time.edtf, time.earliest, time.latest, time.date_prec) == (None, None, None, None)


@pytest.mark.parametrize(
    "words",
    [
        "They drove past the bridge, and the past is past.",
        "By the time he came, all had left.",
        "It was the first time.",
        "The currents are strong.",
        "The know-how is here, from now-closed camps.",
        "The road is open to this day.",
        "A future raid is possible.",
    ],
)
def test_words_like_references_are_none(words: str) -> None:
    assert [time.text for time in read(words)] == []


@pytest.mark.parametrize(
    ("words", "text", "value", "edtf"),
    [
        ("It fell on Christmas Day 2019.", "Christmas Day 2019", "2019-12-25", "2019-12-25"),
        ("It fell at Christmas.", "Christmas", "2020-12-25", "2020-12-25"),
        ("They will leave by Christmas.", "Christmas", "2021-12-25", "2021-12-25"),
        ("It fell on Easter Sunday 2019.", "Easter Sunday 2019", "2019-04-21", "2019-04-21"),
        ("It fell on Good Friday 2019.", "Good Friday 2019", "2019-04-19", "2019-04-19"),
        ("It fell on Eid al-Fitr 2019.", "Eid al-Fitr 2019", "2019-06-05", "2019-06-05~"),
        (
            "Raids grew in Ramadan 2019.",
            "Ramadan 2019",
            "2019-05-06/2019-06-04",
            "2019-05-06~/2019-06-04~",
        ),
        ("It was calm on Nowruz 2020.", "Nowruz 2020", "2020-03-21", "2020-03-21~"),
        ("It fell on Thanksgiving Day 1999.", "Thanksgiving Day 1999", "1999-11-25", "1999-11-25"),
        ("It changed after 9/11.", "9/11", "2001-09-11", "2001-09-11"),
    ],
)
def test_named_days_are_dated_by_their_rule(words: str, text: str, value: str, edtf: str) -> None:
    (time,) = read(words)
    assert (time.text, time.value, time.edtf) == (text, value, edtf)


def test_named_days_without_a_year_need_one_from_somewhere() -> None:
    (time,) = read("It fell at Christmas.", published=None)
    assert (time.value, time.edtf) == ("XXXX-XX-XX", None)
    assert [time.edtf for time in read("In 2012 they came. They left at Christmas.", published=None)] == [
        "2012",
        "2012-12-25",
    ]


def test_agreements_and_newspapers_are_no_named_days() -> None:
    assert read("The Good Friday Agreement holds, the Sunday Times said.") == ()


def test_the_rules_of_holidays() -> None:
    assert [easter(year).isoformat() for year in (2000, 2008, 2024)] == [
        "2000-04-23",
        "2008-03-23",
        "2024-03-31",
    ]
    assert islamic_day(1445, 9, 1).isoformat() == "2024-03-11"
    assert [first.isoformat() for first, _ in days_of("Ramadan", 2030)] == ["2030-01-06", "2030-12-26"]
    assert [last.isoformat() for _, last in days_of("Memorial Day", 2024)] == ["2024-05-27"]


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        ("He left at 10 pm Friday with two men.", "10 pm Friday", "2021-06-11T22:00"),
        ("He left at noon yesterday.", "noon yesterday", "2021-06-15T12:00"),
        ("On the morning of 3 May 2021 he left.", "the morning of 3 May 2021", "2021-05-03TMO"),
        ("In the early hours of Monday, they struck.", "the early hours of Monday", "2021-06-14TNI"),
        ("He left at 9 o'clock.", "9 o'clock", "2021-06-16T09:00"),
        ("Two men died overnight.", "overnight", "2021-06-16TNI"),
    ],
)
def test_an_hour_and_the_day_beside_it_are_one(words: str, text: str, value: str) -> None:
    (time,) = read(words)
    assert (time.text, time.type, time.value) == (text, "TIME", value)


def test_an_hour_linked_by_a_preposition_keeps_to_itself() -> None:
    found = read("He left at 10 p.m. on Friday.")
    assert [(time.text, time.value) for time in found] == [
        ("10 p.m.", "2021-06-11T22:00"),
        ("Friday", "2021-06-11"),
    ]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("It ruled there 2014–2017.", [("2014", "2014"), ("2017", "2017")]),
        ("It ruled there 2014-17.", [("2014", "2014"), ("17", "2017")]),
        ("They met on 1–3 March 2018.", [("1", "2018-03-01"), ("3 March 2018", "2018-03-03")]),
        ("It takes four to six weeks.", [("four", "P4W"), ("six weeks", "P6W")]),
        ("It fell on 4 March 2018.", [("4 March 2018", "2018-03-04")]),
        ("In Ramadan 2019 it fell.", [("Ramadan 2019", "2019-05-06/2019-06-04")]),
    ],
)
def test_the_ends_of_a_range_as_timex3_marks_them(words: str, parts: list[tuple[str, str]]) -> None:
    (time,) = read(words)
    assert [(words[slice(*end.span)], end.value) for end in times.ends(time)] == parts
