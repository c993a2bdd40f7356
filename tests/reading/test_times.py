from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import times
from marsad.reading.text import segment
from marsad.records.interval import days
from marsad.records.reading import Published, Time

WEDNESDAY = "2021-06-16"


def read(words: str, published: str | None = WEDNESDAY) -> tuple[Time, ...]:
    given_day = Published(earliest=published, latest=published, basis="given") if published else Published()
    return times.annotate(segment(words), given_day)


def only(words: str, published: str | None = WEDNESDAY) -> Time:
    found = read(words, published)
    assert len(found) == 1, [time.text for time in found]
    return found[0]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Telmara, 4 March 90 (Valley Press)", "4 March 90"),
        ("On 4 March 90 people met.", "4 March"),
        ("On 4 March, 90 people met.", "4 March"),
    ],
)
def test_a_year_of_two_digits_stands_before_a_bracket_or_a_dash(words: str, text: str) -> None:
    assert only(words).text == text


@pytest.mark.parametrize(
    ("words", "text", "edtf", "prec"),
    [
        ("The raid of 4 March 2020 failed.", "4 March 2020", "2020-03-04", 1),
        ("They met on March 4th, 2020 in Geneva.", "March 4th, 2020", "2020-03-04", 1),
        ("They met on Mar.4, 2020 in Geneva.", "Mar.4, 2020", "2020-03-04", 1),
        ("They met on Tuesday, 4 March 2020.", "Tuesday, 4 March 2020", "2020-03-04", 1),
        ("Signed 2020-03-04 in Geneva.", "2020-03-04", "2020-03-04", 1),
        ("Signed 22/03/2020 in Geneva.", "22/03/2020", "2020-03-22", 1),
        ("Signed 03/22/2020 in Geneva.", "03/22/2020", "2020-03-22", 1),
        ("Fighting of 1-3 March 2020 killed many.", "1-3 March 2020", "2020-03-01/2020-03-03", 2),
        ("In May 2020 it fell.", "May 2020", "2020-05", 4),
        ("In early May 2020 it fell.", "early May 2020", "[2020-05-01..2020-05-10]", 4),
        ("In mid-May 2020 it fell.", "mid-May 2020", "[2020-05-11..2020-05-20]", 4),
        ("In late February 2020 it fell.", "late February 2020", "[2020-02-21..2020-02-29]", 4),
        ("In early 2020 it fell.", "early 2020", "[2020-01-01..2020-04-30]", 5),
        ("In mid-2020 it fell.", "mid-2020", "[2020-05-01..2020-08-31]", 5),
        ("In late 2020 it fell.", "late 2020", "[2020-09-01..2020-12-31]", 5),
        ("During the second half of 2020 it held.", "the second half of 2020", "2020-07/2020-12", 5),
        ("In the third quarter of 2020 it held.", "the third quarter of 2020", "2020-07/2020-09", 5),
        ("In the summer of 2020 it held.", "the summer of 2020", "2020-22", 5),
        ("It ruled from 2014–2017 there.", "2014–2017", "2014/2017", 5),
        ("Born in the 1980s, he fled.", "the 1980s", "198X", 5),
        ("In the late 1990s it rose.", "the late 1990s", "[1997-01-01..1999-12-31]", 5),
        ("In the 19th century it rose.", "the 19th century", "18XX", 5),
    ],
)
def test_named_dates(words: str, text: str, edtf: str, prec: int) -> None:
    time = only(words)
    assert (time.text, time.edtf, time.date_prec) == (text, edtf, prec)


@pytest.mark.parametrize(
    ("words", "text", "edtf"),
    [
        ("He said on Monday.", "Monday", "2021-06-14"),
        ("He said on Wednesday.", "Wednesday", "2021-06-16"),
        ("He said on Friday.", "Friday", "2021-06-11"),
        ("Talks will resume on Friday.", "Friday", "2021-06-18"),
        ("Last Wednesday the town fell.", "Last Wednesday", "2021-06-09"),
        ("The town fell yesterday.", "yesterday", "2021-06-15"),
        ("The town fell two days ago.", "two days ago", "2021-06-14"),
        ("The town fell last month.", "last month", "2021-05"),
        ("The town fell last year.", "last year", "2020"),
        ("The town fell last week.", "last week", "[2021-06-07..2021-06-13]"),
        ("The town fell earlier this week.", "earlier this week", "[2021-06-14..2021-06-16]"),
        ("The town fell earlier this year.", "earlier this year", "[2021-01-01..2021-06-16]"),
        ("The town fell in March.", "March", "2021-03"),
        ("The town fell in October.", "October", "2020-10"),
        ("The vote will be held in October.", "October", "2021-10"),
        ("The town fell on 3 May.", "3 May", "2021-05-03"),
        ("The town fell on 21 December last year.", "21 December last year", "2020-12-21"),
        ("The town fell last March.", "last March", "2021-03"),
        ("The town fell three years ago.", "three years ago", "2018~"),
        ("The town fell at the end of last year.", "the end of last year", "[2020-11-01..2020-12-31]"),
    ],
)
def test_news_hangs_on_its_date(words: str, text: str, edtf: str) -> None:
    time = only(words)
    assert (time.text, time.edtf) == (text, edtf)


def test_what_cannot_be_anchored_has_no_interval() -> None:
    for words, value in [
        ("He said on Friday.", "XXXX-WXX-5"),
        ("It fell in March.", "XXXX-03"),
        ("It fell last month.", "XXXX-XX"),
        ("It fell yesterday.", "XXXX-XX-XX"),
    ]:
        time = only(words, published=None)
        assert (time.value, time.edtf, time.earliest, time.latest) == (value, None, None, None)


def test_a_narrative_carries_its_year_on() -> None:
    story = "In 2012 the rebels took the east. By 2016 they had lost most of it. Later in April, they signed."
    assert [time.edtf for time in read(story, published=None)] == ["2012", "2016", "2016-04"]


def test_the_year_of_a_range_is_carried_back() -> None:
    assert [time.edtf for time in read("It lasted from March to May 2018.")] == ["2018-03", "2018-05"]
    assert [time.edtf for time in read("It lasted from November to May 2018.")] == ["2017-11", "2018-05"]


def test_a_year_in_the_same_sentence_binds_its_months_in_news() -> None:
    assert [time.edtf for time in read("In 2015 they took the town, and lost it in March.")] == [
        "2015",
        "2015-03",
    ]


def test_times_that_follow_one_another() -> None:
    found = read(
        "On 4 March 2018 the town fell. Two days later the bridge was blown up, and the next day they left."
    )
    assert [time.edtf for time in found] == ["2018-03-04", "2018-03-06", "2018-03-07"]


@pytest.mark.parametrize(
    ("words", "text", "type_", "value", "mod", "edtf"),
    [
        ("It lasted three years.", "three years", "DURATION", "P3Y", None, None),
        ("It lasted more than two weeks.", "more than two weeks", "DURATION", "P2W", "MORE_THAN", None),
        ("They were held for months.", "months", "DURATION", "PXM", None, None),
        ("A six-month siege ended.", "six-month", "DURATION", "P6M", None, None),
        (
            "In the past six months it grew.",
            "the past six months",
            "DURATION",
            "P6M",
            None,
            "2020-12-16/2021-06-16",
        ),
        ("Raids have grown in recent weeks.", "recent weeks", "DURATION", "PXW", None, None),
        ("They pray every Friday.", "every Friday", "SET", "XXXX-WXX-5", None, None),
        ("The post is raided daily.", "daily", "SET", "P1D", None, None),
        ("It earns $2m per month.", "per month", "SET", "P1M", None, None),
        ("It fell on Monday night.", "Monday night", "TIME", "2021-06-14TNI", None, "2021-06-14"),
    ],
)
def test_lengths_and_sets(
    words: str, text: str, type_: str, value: str, mod: str | None, edtf: str | None
) -> None:
    time = only(words)
    assert (time.text, time.type, time.value, time.mod, time.edtf) == (text, type_, value, mod, edtf)


@pytest.mark.parametrize(
    "words",
    [
        "May God help them, and they may return.",
        "Theresa May rejected the plan.",
        "Protesters march on the capital and March, a singer, joined.",
        "It costs $10 or £2014.",
        "The 1267 Committee met.",
        "See S/2024/92 and resolution 2254 (2015).",
        "More than 2000 people and 2,423 families fled.",
        "The 15-year-old, who is 15 years old, fled.",
        "Guards watched 24/7.",
        "About 1900 fighters surrendered.",
        "The Sunday Times asked first.",
        "He waited a second.",
        "The fall of the town came.",
    ],
)
def test_false_friends(words: str) -> None:
    assert [time.text for time in read(words)] == []


def test_records_quote_the_text_and_are_numbered_in_order() -> None:
    words = "🕊 قال on 4 March 2020 and again in mid-2020."
    found = read(words)
    assert [time.id for time in found] == ["t1", "t2"]
    assert all(words[begin:end] == time.text for time in found for begin, end in time.spans)


def test_interval_names_its_time() -> None:
    time = only("It fell on 4 March 2020.")
    known = times.interval(time)
    assert (known.earliest, known.latest, known.edtf, known.time) == (
        "2020-03-04",
        "2020-03-04",
        "2020-03-04",
        "t1",
    )


WORDS = """in on by the of last next this early mid- late 2014 2019 1990s May March 31 30 1 Friday two years
ago weeks later day month half first quarter summer , . – - ( ) $ 10:35 pm a.m. every daily per 99 century"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join))
def test_any_words_give_sound_records(words: str) -> None:
    found = read(words)
    for before, after in pairwise(found):
        assert before.spans[0][1] <= after.spans[0][0]
    for time in found:
        begin, end = time.spans[0]
        assert words[begin:end] == time.text == time.text.strip()
        if time.edtf:
            first, last = days(time.edtf)
            assert (first.isoformat() if first else None) == time.earliest
            assert (last.isoformat() if last else None) == time.latest
    assert read(words) == found


@pytest.mark.parametrize(
    ("words", "edtfs"),
    [
        ("They held it until 2016, and the army attacked in January.", ["2016", "2021-01"]),
        ("31 August 2013. They had left on 29 August.", ["2013-08-31", "2013-08-29"]),
        ("It was founded that same year, 2012.", ["2012", "2012"]),
        ("Born in 1951, he moved two years later, in 1953.", ["1951", "1953", "1953"]),
        ("Eight decades earlier the line was drawn.", [None]),
        ("They made talks to begin on Friday a condition.", ["2021-06-18"]),
        ("The gate opened from 9am to 2pm daily.", [None, None, None]),
        ("They came on a Friday morning.", [None]),
        ("In 2016 she left. That summer she came back.", ["2016", "2016-22"]),
    ],
)
def test_what_partial_dates_hang_on(words: str, edtfs: list[str | None]) -> None:
    assert [time.edtf for time in read(words)] == edtfs


@pytest.mark.parametrize(
    ("words", "text", "value", "mod"),
    [
        ("It takes four to six weeks.", "four to six weeks", "P4W/P6W", None),
        ("It killed many over 48 hours.", "48 hours", "PT48H", None),
        ("It lasted for over 48 hours.", "over 48 hours", "PT48H", "MORE_THAN"),
        ("The seven-year war went on.", "seven-year", "P7Y", None),
    ],
)
def test_lengths_with_two_ends_and_with_over(words: str, text: str, value: str, mod: str | None) -> None:
    time = only(words)
    assert (time.text, time.value, time.mod) == (text, value, mod)


def test_a_war_named_by_its_length_is_no_length() -> None:
    assert read("He wrote of the thirty years’ war.") == ()
