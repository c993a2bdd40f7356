"""Where spans that a trained reader tagged should begin and end.

It tags words one by one, so that a span may stop short of a quotation's closing mark or of the stop of an
abbreviation, or run over a heading into the paragraph before.
"""

from __future__ import annotations

from marsad.models import Attribution
from marsad.reading.claims.quotations import Quotation, touching
from marsad.reading.text import Text
from marsad.records.spans import Span


def mended(text: Text, one: Attribution, quotations: tuple[Quotation, ...]) -> Attribution:
    """The same attribution: its source without a heading, its contents with both quotation marks."""
    source = tuple(_in_last_paragraph(text, _to_word_end(text, span)) for span in one.source)
    cue = tuple(_to_word_end(text, span) for span in one.cue)
    content = tuple(_with_marks(text, _to_word_end(text, span), quotations) for span in one.content)
    return one._replace(source=source, cue=cue, content=content)


def _to_word_end(text: Text, span: Span) -> Span:
    """ "the U.N" before a comma ends with the stop of "U.N."."""
    at = text.token_index(span[1] - 1)
    token = text.tokens[at] if at < len(text.tokens) else None
    cut = token is not None and token.begin < span[1] < token.end and token.text.endswith(".")
    return (span[0], token.end) if token and cut else span


def _in_last_paragraph(text: Text, span: Span) -> Span:
    """Without a heading before it."""
    tokens = text.tokens_in(span)
    last = text.sentence_at(span[1] - 1).paragraph
    kept = [token for token in tokens if text.sentence_at(token.begin).paragraph == last]
    return (kept[0].begin, span[1]) if kept and kept[0].begin > span[0] else span


def _with_marks(text: Text, span: Span, quotations: tuple[Quotation, ...]) -> Span:
    """With the mark that opens or closes a quotation of which all words are in the span."""
    begin, end = span
    for quotation in touching(quotations, span):
        if quotation.begin < begin and not _says(text, (quotation.begin, begin)):
            begin = quotation.begin
        if end < quotation.end and not _says(text, (end, quotation.end)):
            end = quotation.end
    return begin, end


def _says(text: Text, span: Span) -> bool:
    return any(token.is_word or token.is_number for token in text.tokens_in(span))
