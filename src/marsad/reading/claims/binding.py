"""Quotations that no cue of their own sentence took: which attribution they belong to."""

from __future__ import annotations

from marsad.reading.claims.quotations import Quotation, ends_with_mark
from marsad.reading.claims.sources import sentence_subject
from marsad.reading.claims.speakers import can_speak
from marsad.reading.claims.spoken import Attribution
from marsad.reading.claims.view import view_of
from marsad.reading.text import Text
from marsad.records.spans import Span, overlaps


def merge(text: Text, quotations: tuple[Quotation, ...], found: list[Attribution]) -> list[Attribution]:
    """One quotation is one content: “A,” she said. “B.” in two pieces, and its further paragraphs."""
    taken = [span for attribution in found for span in attribution.content]
    merged = []
    for attribution in found:
        content = attribution.content
        while attribution.cue and _quoted_to_the_end(quotations, content[-1]):
            begin = max(content[-1][1], attribution.cue[1] if ends_with_mark(text, content[-1]) else 0)
            following = _next_quotation(text, quotations, text.sentence_at(begin - 1).end, content[-1][1])
            if following is None or any(overlaps(following.span, span) for span in taken):
                break
            if ends_with_mark(text, content[-1]):
                content = (*content, following.span)
            else:  # the next paragraph of a quotation that was not closed
                content = (*content[:-1], (content[-1][0], following.end))
            taken.append(following.span)
        merged.append(attribution._replace(content=content))
    return merged


def _quoted_to_the_end(quotations: tuple[Quotation, ...], span: Span) -> bool:
    return any(quotation.end == span[1] for quotation in quotations)


def _next_quotation(
    text: Text, quotations: tuple[Quotation, ...], sentence_end: int, after: int
) -> Quotation | None:
    """The quotation that begins right after a sentence's end, in the same paragraph, on its own."""
    for quotation in quotations:
        if quotation.begin < max(after, sentence_end):
            continue
        gap = text.text[max(after, sentence_end) : quotation.begin]
        return quotation if not gap.strip() and "\n" not in gap and _stands_alone(text, quotation) else None
    return None


def _stands_alone(text: Text, quotation: Quotation) -> bool:
    """Whether a quotation is made of whole sentences, with no words outside of it."""
    first, last = text.sentence_at(quotation.begin), text.sentence_at(quotation.end - 1)
    return quotation.begin <= first.begin and last.end <= quotation.end + 1


SCARE = 4  # words; a shorter quotation without a cue is a way of speaking, not a claim


def lone(
    text: Text, quotations: tuple[Quotation, ...], found: list[Attribution], begins: dict[int, int]
) -> list[Attribution]:
    """Quotations that no cue took: those of whole sentences go on, those inside one are its subject's."""
    taken = [span for attribution in found for span in attribution.content]
    lone = []
    for quotation in quotations:
        sentence = text.sentence_at(quotation.begin)
        if (
            quotation.words < SCARE
            or sentence.number not in begins
            or any(overlaps(quotation.span, s) for s in taken)
        ):
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
