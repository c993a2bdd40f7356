"""Goes through the times of a text in order and remembers what the narrative last named."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from marsad.reading.text import Sentence, Text
from marsad.reading.times.anchoring import resolve
from marsad.reading.times.meanings import Calendar, Found, Quarter, Repeat, Shift, Weekday
from marsad.reading.times.resolved import OLDEST, Resolved, year_name
from marsad.reading.times.tense import before, is_limit, tense
from marsad.reading.times.years import Anchor
from marsad.records import interval as edtf
from marsad.records.reading import Published

_LINK = re.compile(r"\s{0,3}(?:to|until|till|through|and|or|[-–—,])\s{1,3}(?:the\s)?")
_APPOSED = re.compile(r"\s?[,(–—]\s{0,2}(?:in\s)?")
_RECURRING = 24  # characters between an hour and "daily"
_BESIDE = 6  # characters between an hour and its day: " EST, ", " on "
_LIMIT = 6  # words between "until" and the date that ends what went before
_OPENING = 24  # characters within which a date opens its sentence
_QUARTER_SENTENCES = 3  # a quarter stays the subject for so many sentences
_NARRATIVE_YEARS = 4  # so many named years, most of them past, make a text a narrative
_HISTORY = 5  # a text of which half lies so many years back needs less to be one


class Mention(NamedTuple):
    sentence: Sentence
    found: Found


def is_narrative(mentions: tuple[Mention, ...], published: Published) -> bool:
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


class Walk:
    """Goes through the mentions in order and remembers what the narrative last named."""

    def __init__(self, text: Text, published: Published, narrative: bool) -> None:
        exact = published.latest if published.latest == published.earliest else None
        known = published.latest or published.earliest
        self.text = text
        self.narrative = narrative
        self.anchor = Anchor(date.fromisoformat(exact) if exact else None, int(known[:4]) if known else None)
        self.named_in = -1  # the sentence that last named a year
        self.dated: date | None = None  # the day last named with its year
        self.aside: tuple[int, int] | None = None  # a sentence and the year that it names in passing
        self.quarter: tuple[int, date] | None = None  # the sentence that last named a quarter, its first day

    def resolve(self, mentions: tuple[Mention, ...], index: int) -> Resolved:
        sentence, found = mentions[index]
        here = self.anchor._replace(
            tells=self.narrative,
            near=self.narrative or self.named_in == sentence.number,
            tense=tense(sentence, found),
            later=self._follows(found),
            some=self._is_any(sentence, found),
            dated=self.dated,
            quarter=self._quarter(sentence),
        )
        if self.aside and self.aside[0] == sentence.number:
            here = here._replace(year=self.aside[1], month=None, day=None)
        if found.meaning is None:
            here = here._replace(
                day=self._day_beside(mentions, index) or (here.day if self.narrative else None)
            )
        apposed = self._year_apposed(mentions, index)
        if apposed:
            return Resolved("DATE", year_name(apposed), f"{apposed}" if apposed >= OLDEST else None)
        if found.meaning is None and self._recurs(mentions, index):
            return Resolved("TIME", "XXXX-XX-XX" + (found.clock or ""))
        borrowed = self._year_ahead(mentions, index)
        if borrowed:
            here = here._replace(year=borrowed, month=None, near=True)
        resolved = resolve(found, here)
        self._remember(sentence, found, resolved)
        return resolved

    def _is_any(self, sentence: Sentence, found: Found) -> bool:
        """ "on a Friday": none that is known; but "a Friday deadline" is one that is."""
        if before(sentence, found) not in ("a", "one"):
            return False
        after = self.text.text[found.span[1] : found.span[1] + 2]
        return not (after[:1] == " " and after[1:].islower())

    def _quarter(self, sentence: Sentence) -> date | None:
        if self.quarter is None or sentence.number - self.quarter[0] > _QUARTER_SENTENCES:
            return None
        return self.quarter[1]

    def _in_passing(self, sentence: Sentence, found: Found, year: int) -> bool:
        """Whether a bare year away from the story is named in mid-sentence: only this sentence's."""
        meaning = found.meaning
        if isinstance(meaning, Shift):
            return meaning.fuzzy and meaning.back and meaning.unit == "year"  # "a year earlier"
        if not isinstance(meaning, Calendar) or not meaning.year or self.anchor.year is None:
            return False
        if is_limit(sentence, found, _LIMIT):
            return True
        if meaning.month:
            return False
        if tense(sentence, found) == "ahead":
            return True
        opens = found.span[0] - sentence.begin <= _OPENING
        return not opens and not 0 <= year - self.anchor.year <= 1

    def _is_subject(self, meaning: object) -> bool:
        """Whether a quarter is what the text is about, not what it is compared with."""
        if isinstance(meaning, Quarter):
            return not meaning.years
        if not isinstance(meaning, Calendar) or meaning.shift:
            return False
        return meaning.year is None or meaning.year == self.anchor.published_year

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
        """Let what follows hang on this time, where it tells the story on."""
        meaning = found.meaning
        first, last = edtf.days(resolved.edtf) if resolved.edtf else (None, None)
        year = first.year if first else _ancient(meaning, resolved)
        if year is None or resolved.type == "DURATION" or (self.narrative and _from_now(meaning)):
            return
        if isinstance(meaning, Calendar) and meaning.year and not is_limit(sentence, found):
            self.named_in = sentence.number
        if first and resolved.value[4:6] == "-Q" and self._is_subject(meaning):
            self.quarter = (sentence.number, first)
        if self.narrative and self._in_passing(sentence, found, year):
            self.aside = (sentence.number, year)
            return
        exact = first if first == last else None
        if exact and isinstance(meaning, Calendar) and meaning.year:
            self.dated = exact
        month = (
            first.month if first and last and (first.year, first.month) == (last.year, last.month) else None
        )
        self.anchor = self.anchor._replace(year=year, month=month, day=exact)


def _from_now(meaning: object) -> bool:
    """Counted from publication: `last year`, `Friday`."""
    if isinstance(meaning, Shift | Weekday):
        return meaning.base == "published"
    return isinstance(meaning, Calendar) and meaning.shift is not None and meaning.shift[0] == "published"


def _ancient(meaning: object, resolved: Resolved) -> int | None:
    """A year before those that have an EDTF here."""
    named = resolved.value[2:6]
    if not isinstance(meaning, Calendar | Shift) or not resolved.value.startswith("BC") or len(named) < 4:
        return None
    return -int(named)
