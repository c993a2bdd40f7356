"""What the narrator says: whole sentences, clauses beside an attribution, and numbers outside of contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.reading.claims.layout import Layout
from marsad.reading.claims.spoken import Attribution
from marsad.reading.syntax import closed_class, is_finite
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import Time
from marsad.records.spans import Span, Spans, subtract

NARRATED_FLOOR = 0.4  # share of a sentence's words outside attributions that makes it the narrator's too
CLAUSE_FLOOR = 6  # words; a shorter rest is a link between attributions
_MANY = frozenset({"dozens", "scores", "hundreds", "thousands", "millions", "hundred", "thousand", "million"})
_FEW = 2  # digits; a shorter number names a thing more often than it counts
_YEAR = 4


def narrated(
    text: Text, attributions: Sequence[Attribution], begins: dict[int, int], times: Iterable[Time]
) -> list[Span]:
    """The spans of the narrator's own claims, sentence by sentence.

    A number in a sentence that is an attribution, but outside what is attributed, is the narrator's:
    "said a doctor in Alar, where 500 people died". His claim is then the sentence.
    """
    spoken = Layout((span, span) for each in attributions for span in _spans_of(each))
    held = Layout((span, span) for each in attributions for span in each.content)
    for time in times:
        for span in time.spans:
            held.add(span, span)
    found: list[Span] = []
    for sentence in text.sentences:
        if sentence.number not in begins or sentence.tokens[-1].text == "?":
            continue
        span = (begins[sentence.number], sentence.end)
        taken = set(spoken.over(sentence.span))
        left = [t for piece in subtract(span, taken) for t in text.tokens_in(piece) if t.is_word]
        words = [t for t in text.tokens_in(span) if t.is_word]
        if len(words) > 1 and len(left) > NARRATED_FLOOR * len(words):
            found.append(_without_stop(text, span))
            continue
        clauses = _clauses(text, subtract(span, taken))
        found += clauses
        for clause in clauses:
            held.add(clause, clause)
        if _counts(sentence, span[0], held):
            found.append(_without_stop(text, span))
    return found


def _counts(sentence: Sentence, begin: int, held: Layout[Span]) -> bool:
    """Whether a number that counts stands in the sentence outside of these spans: no age, date or name."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens[:-1]):
        is_count = token.lower in _MANY or (token.is_number and _is_count(tokens, index))
        if is_count and token.begin >= begin and not held.touches((token.begin, token.end)):
            return True
    return False


def _is_count(tokens: Sequence[Token], index: int) -> bool:
    token, after = tokens[index], tokens[index + 1]
    digits = sum(letter.isdigit() for letter in token.text)
    before = tokens[index - 1] if index else None
    named = before is not None and (before.is_name or before.text in "-/£$€")
    year = digits == _YEAR and token.text.isdecimal()
    noun = after.is_word and after.text.islower() and after.lower not in closed_class()
    return digits >= _FEW and not named and not year and noun


def _clauses(text: Text, pieces: Spans) -> list[Span]:
    """The narrator's own clauses beside an attribution: ", said the clinic, which treated 415 patients"."""
    found = []
    for piece in pieces:
        tokens = text.tokens_in(piece)
        first = next((t for t in tokens if t.is_word and t.lower not in {"and", "but"}), None)
        last = next((t for t in reversed(tokens) if t.is_word or t.is_number), None)
        words = sum(t.is_word or t.is_number for t in tokens)
        if first and last and words >= CLAUSE_FLOOR and any(is_finite(t) for t in tokens):
            found.append((first.begin, last.end))
    return found


def _spans_of(spoken: Attribution) -> Spans:
    """Everything that an attribution is made of."""
    edges = tuple(span for span in (spoken.source, spoken.cue) if span is not None)
    return (*spoken.content, *edges, *spoken.via, *spoken.behind)


def _without_stop(text: Text, span: Span) -> Span:
    begin, end = span
    return (begin, end - 1) if text.text[end - 1 : end] == "." and end - begin > 1 else span
