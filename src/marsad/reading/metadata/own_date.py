"""The date that a page states as its own, else the earliest day that its text allows.

A page states its date in its header (a line that is a date, with or without `Published`), in a
byline or dateline, or behind the `Distr.` of a UN document. A date between paragraphs of the text is
a heading, and several lines that are only dates are a chronology: neither dates the page.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from marsad.reading.metadata.dateline import TOP_PARAGRAPHS, Dateline, is_date_line
from marsad.reading.metadata.vocabulary import vocabulary
from marsad.reading.text import Text
from marsad.reading.times.annotator import dated, latest_told
from marsad.reading.times.meanings import Calendar
from marsad.records.reading import Published
from marsad.records.spans import Span

_NOT_OURS = (
    "updated",
    "modified",
    "amended",
    "corrected",
    "copyright",
    "©",
    "accessed",
    "retrieved",
    "period",
)
_DISTRIBUTION = "Distr."  # of a UN document; its date of issue follows
_HEADER = 80  # characters behind `Distr.` within which that date stands
_LINE = 200  # the longest line of a header
_DASHES = tuple("-–—")


def published(
    text: Text, kinds: tuple[str, ...], line: Dateline | None, *, skip: frozenset[int]
) -> Published:
    """`stated` where the page says it, else `inferred` with its latest day open, else unknown.

    `kinds` are those of the paragraphs, `skip` the sentences that assert nothing about the world.
    """
    stated = _stated(text, kinds, line)
    if stated is not None:
        return Published(earliest=stated[0].isoformat(), latest=stated[1].isoformat(), basis="stated")
    told = latest_told(text, skip=skip)
    return Published(earliest=told.isoformat(), basis="inferred") if told is not None else Published()


def _stated(text: Text, kinds: tuple[str, ...], line: Dateline | None) -> tuple[date, date] | None:
    if line is not None:
        found = _first_date(text, (line.place[0], line.end))
        if found:
            return found
    return _distributed(text) or _header_date(text, kinds) or _leading_date(text)


def _distributed(text: Text) -> tuple[date, date] | None:
    """`Distr.: General 29 January 2024`, on one line or on several."""
    for paragraph in range(min(TOP_PARAGRAPHS, len(text.paragraphs))):
        at = text.text.find(_DISTRIBUTION, *text.paragraphs[paragraph])
        if at >= 0:
            return _first_date(text, (at, min(at + _HEADER, len(text.text))))
    return None


def _header_date(text: Text, kinds: tuple[str, ...]) -> tuple[date, date] | None:
    """The first date of a line of the header or of the foot that is no heading of a chronology."""
    labelled, bare = [], []
    body = [number for number, kind in enumerate(kinds) if kind == "body"]
    first, last = (body[0], body[-1]) if body else (len(kinds), -1)
    for number, kind in enumerate(kinds):
        for span in _lines(text, text.paragraphs[number]) if kind in ("date", "byline", "notice") else ():
            found = _first_date(text, span)
            if found and _has_label(text[span]):
                labelled.append(found)
            elif found:
                bare.append((number, found))
    if labelled:
        return labelled[0]
    chronology = len({found for _, found in bare}) > 1 and first < bare[-1][0]
    outer = [found for number, found in bare if not first < number < last]
    return outer[0] if outer and not chronology else None


def _lines(text: Text, paragraph: Span) -> list[Span]:
    """The lines of a paragraph, as spans."""
    spans, begin = [], paragraph[0]
    for line in text[paragraph].split("\n"):
        spans.append((begin, begin + len(line)))
        begin += len(line) + 1
    return [span for span in spans if 0 < span[1] - span[0] <= _LINE]


def _has_label(line: str) -> bool:
    folded = line.casefold()
    return any(folded.startswith(label) for label in vocabulary().dates.published)


def _leading_date(text: Text) -> tuple[date, date] | None:
    """`5 June 2024 – The Council …`: the date before the dash that the first words stand behind."""
    leads = [found for span in text.paragraphs[:TOP_PARAGRAPHS] if (found := _before_dash(text, span))]
    return leads[0] if len(leads) == 1 else None


def _before_dash(text: Text, paragraph: Span) -> tuple[date, date] | None:
    head = (paragraph[0], min(paragraph[1], paragraph[0] + 40))
    for found in dated(text, head)[:1]:
        rest = text.text[found.span[1] : found.span[1] + 4].lstrip()
        if found.span[0] == paragraph[0] and rest.startswith(_DASHES) and isinstance(found.meaning, Calendar):
            return _days(found.meaning, whole=True)
    return None


def _first_date(text: Text, span: Span) -> tuple[date, date] | None:
    """The first date in `span` that is the page's own, by the words before it."""
    begin = span[0]
    alone = is_date_line(text.tokens_in(span))
    for found in dated(text, span):
        before = text[begin, found.span[0]].casefold()
        begin = found.span[1]
        if isinstance(found.meaning, Calendar) and not any(word in before for word in _NOT_OURS):
            days = _days(found.meaning, whole=not alone)
            if days:
                return days
    return None


def _days(meaning: Calendar, *, whole: bool) -> tuple[date, date] | None:
    """First and last day meant; a month, too, unless it is to be a `whole` date.

    A date in figures whose day and month may be exchanged is either of two: from one to the other.
    """
    if not (meaning.year and meaning.year > 0 and meaning.month) or meaning.part or meaning.shift:
        return None
    try:
        if meaning.day is None:
            end = monthrange(meaning.year, meaning.month)[1]
            month = date(meaning.year, meaning.month, 1), date(meaning.year, meaning.month, end)
            return None if whole or meaning.end else month
        first = date(meaning.year, meaning.month, meaning.day)
        year, month_, day = meaning.end or (None, None, None)
        if year and month_ and day:
            return first, date(year, month_, day)
        return None if meaning.end else (first, first)
    except ValueError:
        return None
