"""Quotations: what stands between quotation marks, over sentences and paragraphs.

A closing mark may be missing (each further paragraph of one quotation opens anew, and only the
last closes), marks may be straight or curly, and a mark may never be closed at all.
"""

from __future__ import annotations

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
    for sentence in text.sentences:
        told = any(t.lower in {"said", "says", "told", "added"} for t in sentence.tokens)
        if begin < sentence.begin < at and told:
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
    paragraphs = [p for p in text.paragraphs if begin < p[0] <= at]
    return any(not _begins_with_mark(text, p) for p in paragraphs)


def _unclosed(text: Text, begin: int) -> list[Span]:
    """A quotation that is never closed ends with the last paragraph that opens with a mark."""
    end = None
    for paragraph in text.paragraphs:
        if paragraph[1] <= begin:
            continue
        if end is None or _begins_with_mark(text, paragraph):
            end = paragraph[1]
        else:
            break
    if end is None or end - begin > LONGEST:
        end = text.sentence_at(begin).end
    return [(begin, end)] if end - begin > 1 else []


def _begins_with_mark(text: Text, span: Span) -> bool:
    return text.text.startswith(tuple(OPENING | STRAIGHT), span[0])


def ends_with_mark(text: Text, span: Span) -> bool:
    """Whether the last thing in `span` is a quotation mark."""
    return text.text[span[0] : span[1]].endswith(tuple(MARKS))
