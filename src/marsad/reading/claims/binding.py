"""Quotations that no cue of their own sentence took: which attribution they belong to."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from marsad.reading.claims.layout import Layout
from marsad.reading.claims.quotations import Quotation, ends_with_mark, is_blank
from marsad.reading.claims.sources import sentence_subject
from marsad.reading.claims.speakers import can_speak
from marsad.reading.claims.spoken import Attribution
from marsad.reading.claims.view import view_of
from marsad.reading.text import Text


def merge(text: Text, quotations: tuple[Quotation, ...], found: list[Attribution]) -> list[Attribution]:
    """One quotation is one content: “A,” she said. “B.” in two pieces, and its further paragraphs."""
    taken = Layout((span, None) for attribution in found for span in attribution.content)
    ends = {quotation.end for quotation in quotations}
    merged = []
    for attribution in found:
        content = list(attribution.content)
        while attribution.cue and content[-1][1] in ends:
            marked = ends_with_mark(text, content[-1])
            begin = max(content[-1][1], attribution.cue[1] if marked else 0)
            following = _next_quotation(text, quotations, text.sentence_at(begin - 1).end, content[-1][1])
            if following is None or taken.touches(following.span):
                break
            if marked:
                content.append(following.span)
            else:  # the next paragraph of a quotation that was not closed
                content[-1] = (content[-1][0], following.end)
            taken.add(following.span, None)
        merged.append(attribution._replace(content=tuple(content)))
    return merged


def _next_quotation(
    text: Text, quotations: tuple[Quotation, ...], sentence_end: int, after: int
) -> Quotation | None:
    """The quotation that begins right after a sentence's end, in the same paragraph, on its own."""
    begin = max(after, sentence_end)
    at = bisect_left(quotations, begin, key=attrgetter("begin"))
    if at == len(quotations):
        return None
    quotation = quotations[at]
    if not is_blank(text, begin, quotation.begin) or "\n" in text[begin, quotation.begin]:
        return None
    return quotation if _stands_alone(text, quotation) else None


def _stands_alone(text: Text, quotation: Quotation) -> bool:
    """Whether a quotation is made of whole sentences, with no words outside of it."""
    first, last = text.sentence_at(quotation.begin), text.sentence_at(quotation.end - 1)
    return quotation.begin <= first.begin and last.end <= quotation.end + 1


SCARE = 4  # words; a shorter quotation without a cue is a way of speaking, not a claim


def lone(
    text: Text, quotations: tuple[Quotation, ...], found: list[Attribution], begins: dict[int, int]
) -> list[Attribution]:
    """Quotations that no cue took: those of whole sentences go on, those inside one are its subject's."""
    taken = Layout((span, None) for attribution in found for span in attribution.content)
    lone = []
    for quotation in quotations:
        sentence = text.sentence_at(quotation.begin)
        if quotation.words < SCARE or sentence.number not in begins or taken.touches(quotation.span):
            continue
        if _stands_alone(text, quotation):
            lone.append(Attribution(None, None, (quotation.span,), continues=True))
            continue
        view = view_of(text, sentence, quotations, begins[sentence.number])
        limit = next((i for i, t in enumerate(view.tokens) if t.begin >= quotation.begin), 0)
        source = sentence_subject(view, limit)
        if (
            source is not None
            and source[0] <= view.tokens[view.begin].begin
            and quotation.words > SCARE
            and text[source].lower() != "it"
            and can_speak(text.tokens_in(source))
        ):
            lone.append(Attribution(source, None, (quotation.span,)))
    return lone
