"""Quotations: what stands between quotation marks, over sentences and paragraphs.

A closing mark may be missing (each further paragraph of one quotation opens anew, and only the
last closes), marks may be straight or curly, and a mark may never be closed at all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter, itemgetter
from typing import NamedTuple

from marsad.reading.text import Text, Token
from marsad.records.spans import Span

OPENING, CLOSING = frozenset(("“", "„", "«", "``", "‘‘")), frozenset(("”", "»", "’’"))
STRAIGHT = frozenset(('"', "‟", "''"))
MARKS = OPENING | CLOSING | STRAIGHT
LONGEST = 6_000  # characters; a mark left open longer than this was never a quotation


class Quotation(NamedTuple):
    """One quotation, its marks included."""

    begin: int
    end: int
    words: int

    @property
    def span(self) -> Span:
        return self.begin, self.end


def find(text: Text) -> tuple[Quotation, ...]:
    """All quotations of `text`, in order and apart from each other."""
    marks = [token for token in text.tokens if token.text in MARKS]
    spans: list[Span] = []
    begin: int | None = None
    for mark in marks:
        at = mark.begin
        if begin is not None and _is_lost(text, begin, at):
            spans.extend(_unclosed(text, begin))
            begin = None
        opens = _opens(text, mark, begin)
        if opens and begin is None:
            begin = at
        elif not opens and begin is not None:
            spans.append((begin, mark.end))
            begin = None
        elif opens and begin is not None and text.sentence_at(at).begin == at:
            # The next paragraph of one quotation opens anew. Any other opening mark inside an open
            # quotation is of a quotation within it.
            spans.append((begin, _last_word(text, begin, at)))
            begin = at
    if begin is not None:
        spans.extend(_unclosed(text, begin))
    return tuple(Quotation(b, e, sum(token.is_word for token in text.tokens_in((b, e)))) for b, e in spans)


def _opens(text: Text, mark: Token, begin: int | None) -> bool:
    if mark.text in OPENING:
        return True
    if mark.text in CLOSING:
        return False
    before = text.text[mark.begin - 1] if mark.begin else " "
    after = text.text[mark.end] if mark.end < len(text.text) else " "
    if before.isspace() != after.isspace():
        return before.isspace() or before in "([—–-"
    return begin is None


def _last_word(text: Text, begin: int, at: int) -> int:
    """Where a quotation that opens anew at `at` ends before it.

    A later sentence of it that reports speech is the narrator's again: its mark was forgotten.
    """
    later = bisect_right(text.sentences, begin, key=attrgetter("begin"))
    for number in range(later, len(text.sentences)):
        sentence = text.sentences[number]
        if sentence.begin >= at:
            break
        if any(t.lower in {"said", "says", "told", "added"} for t in sentence.tokens):
            return text.sentence_at(sentence.begin - 1).end
    while at > 0 and text.text[at - 1].isspace():
        at -= 1
    return at


def _is_lost(text: Text, begin: int, at: int) -> bool:
    """Whether the quotation opened at `begin` cannot go on until `at`."""
    if at - begin > LONGEST:
        return True
    between = text.text[begin:at]
    if "\n" not in between:
        return False
    # Over a paragraph break a quotation goes on only when the next paragraph opens with a mark.
    first = bisect_right(text.paragraphs, begin, key=itemgetter(0))
    last = bisect_right(text.paragraphs, at, key=itemgetter(0))
    return any(not _begins_with_mark(text, p) for p in text.paragraphs[first:last])


def _unclosed(text: Text, begin: int) -> list[Span]:
    """A quotation that is never closed ends with the last paragraph that opens with a mark."""
    end = None
    for number in range(bisect_right(text.paragraphs, begin, key=itemgetter(1)), len(text.paragraphs)):
        paragraph = text.paragraphs[number]
        if end is not None and (end - begin > LONGEST or not _begins_with_mark(text, paragraph)):
            break
        end = paragraph[1]
    if end is None or end - begin > LONGEST:
        end = text.sentence_at(begin).end
    return [(begin, end)] if end - begin > 1 else []


def _begins_with_mark(text: Text, span: Span) -> bool:
    return text.text.startswith(tuple(OPENING | STRAIGHT), span[0])


def touching(quotations: tuple[Quotation, ...], span: Span) -> tuple[Quotation, ...]:
    """Those of `quotations`, in order and apart as they are, that overlap `span`."""
    first = bisect_right(quotations, span[0], key=attrgetter("end"))
    return quotations[first : bisect_left(quotations, span[1], key=attrgetter("begin"))]


def is_blank(text: Text, begin: int, end: int) -> bool:
    """Whether nothing but white space stands between two offsets."""
    if begin >= end:
        return True
    at = text.token_index(begin)
    return at == len(text.tokens) or text.tokens[at].begin >= end


def ends_with_mark(text: Text, span: Span) -> bool:
    """Whether the last thing in `span` is a quotation mark."""
    return text.text.endswith(tuple(MARKS), *span)
