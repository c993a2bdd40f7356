"""What looks like a time and is none, and the records that any words may give."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import times
from marsad.reading.text import segment
from marsad.records.interval import days
from marsad.records.reading import Published, Time

TODAY = Published(earliest="2021-06-16", latest="2021-06-16", basis="given")
VALUE = re.compile(
    r"(?:PRESENT|PAST|FUTURE)_REF"
    r"|(?:BC)?[\dX]{2,4}(?:-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:WE|\d))?|SP|SU|FA|WI|Q[1-4X]|H[12]))?"
    r"(?:T(?:[\dX]{2}(?::[\dX]{2})?|MO|MI|AF|EV|NI|XX))?"
    r"|P(?:[\d.]+|X)(?:Y(?:6M)?|M|W|D|WE|Q|DE|CE|ML)|PT(?:(?:[\d.]+|X)[HMS](?:30[MS])?)"
)


def read(words: str, published: Published = TODAY) -> tuple[Time, ...]:
    return times.annotate(segment(words), published)


@pytest.mark.parametrize(
    "words",
    [
        "Mrs May and Jan spoke, and so may April.",
        "They march with us; the March on the palace was large.",
        "Gen. August Example spoke with June Example.",
        "It cost $10, £2014 or 10.5 euros.",
        "Call 0207 946 0958 or 2014-555-1234.",
        "The vote was 50-50, the score 3-2, his sight 20/20, the post watched 24/7.",
        "The ratio is 3:1 in version 2.0.19, at 35.5, 40.1.",
        "Resolution 2254 (2015) and S/RES/1373 (2001) and A/HRC/46/54 stand.",
        "See page 2019, paragraph 12 and Article 51.",
        "In all 2,014 homes and 1,500 tents burned; 2000 people fled.",
        "The office is at 1600 Example Avenue, on Route 1901.",
        "The second man waited a second at a quarter of the price.",
        "He reads the Sunday Times and USA Today, and watched Russia Today.",
        "The Six-Day War and the Thirty Years War are long over.",
        "The 13th Division and the 4th Brigade met the 101st.",
        "The two-year-old girl and a man of 20 years of age fled.",
        "Minute by minute, the last-minute deal fell apart.",
        "The fall of the town and the spring in the rock are near.",
    ],
)
def test_what_only_looks_like_a_time(words: str) -> None:
    assert [time.text for time in read(words)] == []


_SAID = """in on by the of last next this early mid- late 2014 2019 1990s May March 31 30 1 Friday two years
ago weeks later day month half first quarter summer , . – - ( ) $ 10:35 pm a.m. every daily per 99 century now
future past current Ramadan Easter Christmas Eid al-Fitr 480 BC AD year-ago year-end overnight morning the nights
fiscal FY2019 Q3 twice a an and to time at noon o'clock decade millennium other than more least fifth '80s 29
February 9/11 week before after until since will was"""
WORDS = _SAID.split()


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.booleans())
def test_any_words_give_sound_values_and_intervals(words: str, dated: bool) -> None:
    text = segment(words)
    found = times.annotate(text, TODAY if dated else Published())
    for time in found:
        begin, end = time.spans[0]
        sentence = text.sentence_at(begin)
        assert sentence.begin <= begin < end <= sentence.end
        assert words[begin:end] == time.text == time.text.strip()
        assert all(VALUE.fullmatch(part) for part in time.value.split("/")), time.value
        if time.edtf:
            first, last = days(time.edtf)
            assert first is None or last is None or first <= last
        assert len(times.ends(time)) in (1, 2)
    assert times.annotate(segment(words), TODAY if dated else Published()) == found


@given(st.text(max_size=200))
def test_any_text_is_read(words: str) -> None:
    assert read(words) == read(words)
