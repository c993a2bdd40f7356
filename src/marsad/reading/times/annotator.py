"""Times: dates, hours, durations and sets, with TIMEX3 value and mod, EDTF, and their days.

How partial dates are anchored is told in `docs/times.md`; the words and the table of early, mid
and late are `data/times.toml`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from marsad.reading.text import Text
from marsad.reading.times.meanings import Calendar, Found
from marsad.reading.times.patterns import find
from marsad.reading.times.resolved import Resolved
from marsad.reading.times.tense import before, looks_ahead
from marsad.reading.times.vocabulary import words
from marsad.reading.times.walk import Mention, Walk, is_narrative
from marsad.records import interval as edtf
from marsad.records.reading import Interval, Published, Time
from marsad.records.spans import Span, contains

READER = "marsad.times.rules@2"


def annotate(text: Text, published: Published) -> tuple[Time, ...]:
    """The times of `text` in order, anchored to `published` or to the narrative."""
    mentions = _mentions(_Scan(text))
    walk = Walk(text, published, is_narrative(mentions, published))
    return tuple(
        _time(text, number, mention, walk.resolve(mentions, number - 1))
        for number, mention in enumerate(mentions, 1)
    )


def interval(time: Time) -> Interval:
    """The interval of `time`, which names it."""
    return edtf.parse(time.edtf, time=time.id)


def dated(text: Text, span: Span) -> tuple[Found, ...]:
    """The expressions of time that lie in `span`, before any anchoring."""
    found: list[Found] = []
    number = text.sentence_at(span[0]).number if text.sentences else 0
    while number < len(text.sentences) and text.sentences[number].begin < span[1]:
        found += (piece for piece in find(text, text.sentences[number]) if contains(span, piece.span))
        number += 1
    return tuple(found)


def latest_told(text: Text, *, skip: frozenset[int]) -> date | None:
    """The latest day from which on the text can have been written, by the dates it tells as past.

    That is the first day of the latest period named: "in early 2024" cannot be told as past before
    2024-01-01. Dates that may be still to come, times relative to now, and the sentences whose
    numbers are in `skip` do not count.
    """
    found = _mentions(_Scan(text))
    sentences = {mention.sentence.number: mention.sentence for mention in found}
    ahead = {n for n, sentence in sentences.items() if any(_may_look_ahead(t.lower) for t in sentence.tokens)}
    left_out = skip | ahead
    mentions = tuple(m for m in found if m.sentence.number not in left_out and not _may_come(m))
    walk = Walk(text, Published(), True)
    told = []
    for index, mention in enumerate(mentions):
        resolved = walk.resolve(mentions, index)
        if resolved.edtf and _is_told(mention):
            told.append(edtf.days(resolved.edtf)[0])
    return max((day for day in told if day), default=None)


def _may_look_ahead(word: str) -> bool:
    return looks_ahead(word) or word in words().tense.perhaps


def _is_told(mention: Mention) -> bool:
    """A date of the calendar, not the year in a name: "Agenda 2030", "the 2030 goals"."""
    meaning = mention.found.meaning
    if not isinstance(meaning, Calendar):
        return False
    bare = meaning.month is None and meaning.season is None and meaning.part is None
    return not bare or before(mention.sentence, mention.found) in words().before.told


def _may_come(mention: Mention) -> bool:
    """A date right after `by`, `until` or the like."""
    return before(mention.sentence, mention.found) in words().tense.towards


class _Scan:
    """A text as the key of its scan: by its words, which are hashed once, not by its tokens."""

    __slots__ = ("text",)

    def __init__(self, text: Text) -> None:
        self.text = text

    def __hash__(self) -> int:
        return hash(self.text.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Scan) and self.text.text == other.text.text


@lru_cache(maxsize=1)  # the metadata and the times of one document share one scan
def _mentions(scan: _Scan) -> tuple[Mention, ...]:
    text = scan.text
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
