"""Times: dates, hours, durations and sets, with TIMEX3 value and mod, EDTF, and their days.

How partial dates are anchored is told in `docs/times.md`; the words and the table of early, mid
and late are `data/times.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from marsad.reading.text import Sentence, Text
from marsad.reading.times.anchoring import Resolved, resolve
from marsad.reading.times.meanings import Calendar, Found, Repeat, Shift, Weekday
from marsad.reading.times.patterns import find
from marsad.reading.times.vocabulary import words
from marsad.reading.times.years import Anchor, Tense
from marsad.records import interval as edtf
from marsad.records.reading import Interval, Published, Time
from marsad.records.spans import Span, contains

READER = "marsad.times.rules@1"

_LINK = re.compile(r"\s{0,3}(?:to|until|till|through|and|or|[-–—,])\s{1,3}(?:the\s)?")
_APPOSED = re.compile(r"\s?[,(–—]\s{0,2}(?:in\s)?")
_RECURRING = 24  # characters between an hour and "daily"
_BESIDE = 6  # characters between an hour and its day: " EST, ", " on "
_INFINITIVE = 3  # words of "begin again on" between "to" and the date
_NARRATIVE_YEARS = 4  # so many named years, most of them past, make a text a narrative
_HISTORY = 5  # a text of which half lies so many years back needs less to be one


class Mention(NamedTuple):
    sentence: Sentence
    found: Found


def annotate(text: Text, published: Published) -> tuple[Time, ...]:
    """The times of `text` in order, anchored to `published` or to the narrative."""
    mentions = _mentions(text)
    walk = _Walk(text, published, _is_narrative(mentions, published))
    return tuple(
        _time(text, number, mention, walk.resolve(mentions, number - 1))
        for number, mention in enumerate(mentions, 1)
    )


def interval(time: Time) -> Interval:
    """The interval of `time`, which names it."""
    return edtf.parse(time.edtf, time=time.id)


def dated(text: Text, span: Span) -> tuple[Found, ...]:
    """The expressions of time that lie in `span`, before any anchoring."""
    return tuple(
        found
        for sentence in text.sentences
        if sentence.end > span[0] and sentence.begin < span[1]
        for found in find(text, sentence)
        if contains(span, found.span)
    )


def latest_told(text: Text, *, skip: frozenset[int]) -> date | None:
    """The latest day from which on the text can have been written, by the dates it tells as past.

    That is the first day of the latest period named: "in early 2024" cannot be told as past before
    2024-01-01. Dates that may be still to come, times relative to now, and the sentences whose
    numbers are in `skip` do not count.
    """
    ahead = frozenset(s.number for s in text.sentences if any(_looks_ahead(t.lower) for t in s.tokens))
    mentions = tuple(m for m in _mentions(text) if m.sentence.number not in skip and not _may_come(m, ahead))
    walk = _Walk(text, Published(), True)
    told = []
    for index, mention in enumerate(mentions):
        resolved = walk.resolve(mentions, index)
        if isinstance(mention.found.meaning, Calendar) and resolved.edtf:
            told.append(edtf.days(resolved.edtf)[0])
    return max((day for day in told if day), default=None)


def _may_come(mention: Mention, ahead: frozenset[int]) -> bool:
    """A date after `by` or `until`, or anywhere in one of the sentences that look `ahead`."""
    before = _lower(mention.sentence, mention.found.span[0], -1)
    return before in (["by"], ["until"], ["for"]) or mention.sentence.number in ahead


@lru_cache(maxsize=1)  # the metadata and the times of one document share one scan
def _mentions(text: Text) -> tuple[Mention, ...]:
    return tuple(Mention(sentence, found) for sentence in text.sentences for found in find(text, sentence))


def _time(text: Text, number: int, mention: Mention, resolved: Resolved) -> Time:
    span = mention.found.span
    found = edtf.parse(resolved.edtf)
    first, last = (date.fromisoformat(day) if day else None for day in (found.earliest, found.latest))
    return Time(
        id=f"t{number}",
        spans=(span,),
        text=text[span],
        type=resolved.type,
        value=resolved.value,
        reader=READER,
        mod=resolved.mod,
        edtf=resolved.edtf,
        earliest=found.earliest,
        latest=found.latest,
        date_prec=edtf.precision(first, last) if resolved.edtf else None,
    )


def _is_narrative(mentions: tuple[Mention, ...], published: Published) -> bool:
    """A text without a date of its own, or one that tells of years long before its date."""
    if published.latest is None:
        return True
    year = int(published.latest[:4])
    named = [
        m.found.meaning.year
        for m in mentions
        if isinstance(m.found.meaning, Calendar) and m.found.meaning.year
    ]
    old = sum(other < year - 1 for other in named)
    deictic = sum(isinstance(m.found.meaning, Weekday | Shift) for m in mentions)
    if old < _NARRATIVE_YEARS or 2 * old <= len(named):
        return False
    history = sorted(named)[len(named) // 2] < year - _HISTORY
    return old > (2 if history else 4) * deictic


class _Walk:
    """Goes through the mentions in order and remembers what the narrative last named."""

    def __init__(self, text: Text, published: Published, narrative: bool) -> None:
        exact = published.latest if published.latest == published.earliest else None
        known = published.latest or published.earliest
        self.text = text
        self.narrative = narrative
        self.anchor = Anchor(date.fromisoformat(exact) if exact else None, int(known[:4]) if known else None)
        self.named_in = -1  # the sentence that last named a year
        self.dated: date | None = None  # the day last named with its year

    def resolve(self, mentions: tuple[Mention, ...], index: int) -> Resolved:
        sentence, found = mentions[index]
        here = self.anchor._replace(
            tells=self.narrative,
            near=self.narrative or self.named_in == sentence.number,
            tense=tense(sentence, found),
            later=self._follows(found),
            some=_lower(sentence, found.span[0], -1) in (["a"], ["one"]),
            dated=self.dated,
        )
        if found.meaning is None:
            here = here._replace(
                day=self._day_beside(mentions, index) or (here.day if self.narrative else None)
            )
        apposed = self._year_apposed(mentions, index)
        if apposed:
            return Resolved("DATE", f"{apposed}", f"{apposed}")
        if found.meaning is None and self._recurs(mentions, index):
            return Resolved("TIME", "XXXX-XX-XX" + (found.clock or ""))
        borrowed = self._year_ahead(mentions, index)
        if borrowed:
            here = here._replace(year=borrowed, month=None, near=True)
        resolved = resolve(found, here)
        self._remember(sentence, found, resolved)
        return resolved

    def _follows(self, found: Found) -> bool:
        return self.text[found.span].casefold().startswith("later")

    def _day_beside(self, mentions: tuple[Mention, ...], index: int) -> date | None:
        """The day of an hour: of the mention right after it (`10 p.m. on Friday`), or right before."""
        sentence, found = mentions[index]
        for other in (index + 1, index - 1):
            if not 0 <= other < len(mentions) or mentions[other].found.meaning is None:
                continue
            begin, end = sorted((found.span, mentions[other].found.span))
            if end[0] - begin[1] > _BESIDE or mentions[other].sentence != sentence:
                continue
            resolved = resolve(mentions[other].found, self.anchor._replace(tense=tense(*mentions[other])))
            first, last = edtf.days(resolved.edtf) if resolved.edtf else (None, None)
            if first and first == last:
                return first
        return None

    def _year_ahead(self, mentions: tuple[Mention, ...], index: int) -> int | None:
        """The year of `March` in `from March to May 2018`, which is named only at the end."""
        meaning = mentions[index].found.meaning
        if (
            index + 1 >= len(mentions)
            or not isinstance(meaning, Calendar)
            or meaning.year
            or not meaning.month
        ):
            return None
        following = mentions[index + 1].found
        between = self.text.text[mentions[index].found.span[1] : following.span[0]]
        other = following.meaning
        if (
            not isinstance(other, Calendar)
            or not other.year
            or not other.month
            or not _LINK.fullmatch(between[:20])
        ):
            return None
        return other.year if meaning.month <= other.month else other.year - 1

    def _year_apposed(self, mentions: tuple[Mention, ...], index: int) -> int | None:
        """The year of "that same year" or "two years later" in "two years later, in 1953"."""
        meaning = mentions[index].found.meaning
        if not isinstance(meaning, Shift) or meaning.unit != "year" or index + 1 >= len(mentions):
            return None
        following = mentions[index + 1].found
        other = following.meaning
        between = self.text.text[mentions[index].found.span[1] : following.span[0]]
        whole = isinstance(other, Calendar) and not (other.month or other.end or other.season)
        if not isinstance(other, Calendar) or not whole or not _APPOSED.fullmatch(between[:20]):
            return None
        return other.year

    def _recurs(self, mentions: tuple[Mention, ...], index: int) -> bool:
        """Whether an hour is of every day: "from 9am to 2pm daily"."""
        sentence, found = mentions[index]
        return any(
            isinstance(other.found.meaning, Repeat)
            and other.sentence.number == sentence.number
            and abs(other.found.span[0] - found.span[1]) <= _RECURRING
            for other in mentions[max(index - 3, 0) : index + 4]
        )

    def _remember(self, sentence: Sentence, found: Found, resolved: Resolved) -> None:
        meaning = found.meaning
        from_now = isinstance(meaning, Shift | Weekday) and meaning.base == "published"
        if not resolved.edtf or resolved.type == "DURATION" or (from_now and self.narrative):
            return
        first, last = edtf.days(resolved.edtf)
        if first is None:
            return
        if isinstance(meaning, Calendar) and meaning.year and not _is_limit(sentence, found):
            self.named_in = sentence.number
        exact = first if first == last else None
        if exact and isinstance(meaning, Calendar) and meaning.year:
            self.dated = exact
        month = first.month if last and (first.year, first.month) == (last.year, last.month) else None
        self.anchor = self.anchor._replace(year=first.year, month=month, day=exact)


def tense(sentence: Sentence, found: Found) -> Tense:
    """Whether the words around `found` look ahead: the nearest cue decides, those before it first."""
    window = words().tense.window
    before = _lower(sentence, found.span[0], -window)
    after = _lower(sentence, found.span[1], window)
    if before[-1:] == ["for"]:
        return "ahead"  # "polls called for 24 June"
    for index in range(len(before) - 1, -1, -1):
        if _looks_ahead(before[index]) or _is_to_come(before, index):
            return "ahead"
        if _looks_back(before[index]):
            lead = before[max(0, index - 3) : index]  # "will be held on Friday", "to be held"
            return "ahead" if lead[-2:] == ["to", "be"] or any(map(_looks_ahead, lead)) else "back"
    return next(("ahead" if _looks_ahead(word) else "back" for word in after if _is_cue(word)), "back")


def _is_limit(sentence: Sentence, found: Found) -> bool:
    """ "until 2016" ends what went before, "since 2014" runs up to now: neither dates what follows."""
    return _lower(sentence, found.span[0], -1)[-1:] in (["until"], ["till"], ["since"])


def _lower(sentence: Sentence, offset: int, count: int) -> list[str]:
    """The `count` words from `offset` on, or before it where `count` is negative."""
    at = bisect_left(sentence.tokens, offset, key=lambda token: token.begin)
    tokens = sentence.tokens[at : at + count] if count > 0 else sentence.tokens[max(0, at + count) : at]
    return [token.lower for token in tokens]


def _is_to_come(before: list[str], index: int) -> bool:
    """ "talks to begin on Tuesday": the infinitive stands right before the date."""
    near = index >= len(before) - _INFINITIVE and before[index - 1 : index] == ["to"]
    return near and before[index] in words().tense.to_come


@lru_cache(maxsize=4_096)
def _looks_ahead(word: str) -> bool:
    return word in _cues("ahead") or word.endswith("'ll")


@lru_cache(maxsize=4_096)
def _looks_back(word: str) -> bool:
    return word in _cues("back") or (word.endswith("ed") and len(word) > 3)


@cache
def _cues(side: Tense) -> frozenset[str]:
    return frozenset(words().tense.ahead if side == "ahead" else words().tense.back)


def _is_cue(word: str) -> bool:
    return _looks_ahead(word) or _looks_back(word)
