"""The stretches of time in which a feed was covered, for any history of polls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.ledger.coverage import Stretch, _stretches
from marsad.ledger.feeds import REACHED, Follow, Poll, Polled

BEGAN = datetime(2024, 5, 6, tzinfo=UTC)
FOLLOW = Follow("https://news.example/feed", "feed", None, BEGAN.isoformat())


def moment(hours: int) -> str:
    return (BEGAN + timedelta(hours=hours)).isoformat()


def history(*polls: Poll) -> list[Polled]:
    return [Polled(hour, moment(hour), poll) for hour, poll in enumerate(polls, 1)]


def stretches(*polls: Poll, kind: str = "feed") -> list[Stretch]:
    return list(_stretches(FOLLOW._replace(kind=kind), history(*polls)))


NEW = Poll("fetched", listed=5, seen=0, new=5)
MORE = Poll("fetched", listed=5, seen=3, new=2)
SAME = Poll("unchanged")
DOWN = Poll("unreached", "answered 500")
EMPTY = Poll("fetched")


@pytest.mark.parametrize(
    ("polls", "expected"),
    [
        ([], []),
        ([NEW], []),
        ([NEW, MORE, SAME, EMPTY], [Stretch("covered", moment(1), moment(4))]),
        ([NEW, NEW], [Stretch("gap", moment(1), moment(2))]),
        (
            [NEW, DOWN, DOWN, MORE],
            [
                Stretch("covered", moment(1), moment(4)),
                Stretch("unreached", moment(2), moment(4), "answered 500"),
            ],
        ),
        (
            [NEW, MORE, DOWN, NEW, MORE],
            [
                Stretch("covered", moment(1), moment(2)),
                Stretch("gap", moment(2), moment(4)),
                Stretch("covered", moment(4), moment(5)),
                Stretch("unreached", moment(3), moment(4), "answered 500"),
            ],
        ),
        ([DOWN, DOWN], [Stretch("unreached", moment(1), moment(2), "answered 500")]),
    ],
)
def test_what_lies_between_polls(polls: list[Poll], expected: list[Stretch]) -> None:
    assert stretches(*polls) == expected


def test_an_archive_that_is_asked_for_all_since_has_no_gaps() -> None:
    assert stretches(NEW, NEW, kind="reliefweb") == [Stretch("covered", moment(1), moment(2))]


@given(st.lists(st.sampled_from([NEW, MORE, SAME, DOWN, EMPTY]), max_size=30))
def test_the_time_between_the_first_answer_and_the_last_is_told_without_a_hole(polls: list[Any]) -> None:
    found = stretches(*polls)
    told = [each for each in found if each.state != "unreached"]
    answers = [each.recorded_at for each in history(*polls) if each.poll.outcome in REACHED]
    if len(answers) < 2:
        assert told == []
    else:
        assert (told[0].began, told[-1].ended) == (answers[0], answers[-1])
    assert all(one.ended == other.began for one, other in pairwise(told))
    assert all(each.began < each.ended for each in told)
    assert not any(one.state == other.state == "covered" for one, other in pairwise(told))
    silent = [each for each in found if each.state == "unreached"]
    assert len(silent) <= sum(poll is DOWN for poll in polls)
