"""The work of finding times grows with the words that can begin one, and with nothing else.

Counted in tried patterns, not in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from marsad.reading.text import segment
from marsad.reading.times import patterns
from marsad.reading.times.meanings import Match, Rule


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A counter of the patterns that are tried."""
    count = [0]
    known = patterns.rules()

    def counting(rule: Rule) -> Rule:
        def match(text: str, begin: int, end: int) -> Match | None:
            count[0] += 1
            return rule.match(text, begin, end)

        return rule._replace(match=match)

    patterns.rules_for.cache_clear()
    monkeypatch.setattr(patterns, "rules", lambda: tuple(counting(rule) for rule in known))
    yield count
    patterns.rules_for.cache_clear()


def _tries(words: str, count: list[int]) -> int:
    before = count[0]
    text = segment(words)
    for sentence in text.sentences:
        patterns.find(text, sentence)
    return count[0] - before


def test_a_sentence_without_a_word_of_time_costs_nothing(tries: list[int]) -> None:
    assert _tries("The rebels left the valley and the army moved in without a shot.", tries) == 0


@pytest.mark.parametrize(
    "unit",
    [
        "4 March 2020, ",
        "4 March 2020. ",
        "Friday ",
        "two days ago and ",
        "the the the last year ",
        "1 1 1 1 ",
        "the end of the end of the day ",
        "at least at least two weeks ",
        "1999-2000-2001-",
        "10:35:10:35 ",
        "a few a few months ",
        "May May May ",
        "now now. ",
        "the year-ago year-ago quarter ",
    ],
)
def test_twice_the_text_is_at_most_twice_the_work(unit: str, tries: list[int]) -> None:
    once, twice = _tries(unit * 400, tries), _tries(unit * 800, tries)
    assert once > 0
    assert twice <= 2.2 * once
    assert once <= 40 * 400 * len(unit.split())


def test_one_pattern_is_tried_at_one_word_once(tries: list[int]) -> None:
    words = "On 4 March 2020 the town fell, and by late May it was free again."
    tokens = len(segment(words).tokens)
    assert _tries(words, tries) <= tokens * len(patterns.rules()) / 4
