"""One sentence as attribution sees it: its tokens, its quotations, and the clauses between."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from marsad.reading import cues
from marsad.reading.claims.quotations import Quotation, is_blank, touching
from marsad.reading.noun_phrases import phrase_before
from marsad.reading.syntax import before_verb, grammar, is_adverb, is_finite
from marsad.reading.text import Sentence, Text, Token
from marsad.records.spans import Span, Spans, hull

_MARKS = frozenset(",;:.—–-)]?! ")


class View(NamedTuple):
    """A sentence being read. Indices are into `tokens`; `begin` is the first after a dateline."""

    text: Text
    sentence: Sentence
    tokens: tuple[Token, ...]
    quoted: tuple[bool, ...]  # whether each token stands in a quotation
    quotations: tuple[Quotation, ...]  # those that touch the sentence
    before: Quotation | None  # one that ends right before the sentence
    after: Quotation | None  # one that begins right after it
    begin: int

    def span(self, first: int, last: int) -> Span:
        return self.tokens[first].begin, self.tokens[last - 1].end

    def quotation_at(self, at: int) -> Quotation | None:
        offset = self.tokens[at].begin
        return next(iter(touching(self.quotations, (offset, offset + 1))), None)


def view_of(text: Text, sentence: Sentence, quotations: tuple[Quotation, ...], begin: int) -> View:
    """The view of `sentence`, whose body begins at the offset `begin`."""
    inside = touching(quotations, sentence.span)
    # Quotations stand in order and apart, so those before, inside and after are neighbours.
    first_inside = bisect_right(quotations, sentence.begin, key=attrgetter("end"))
    first_after = first_inside + len(inside)
    before = quotations[first_inside - 1] if first_inside else None
    if before and not is_blank(text, before.end, sentence.begin):
        before = None
    after = quotations[first_after] if first_after < len(quotations) else None
    if after and not is_blank(text, sentence.end, after.begin):
        after = None
    quoted = _quoted(sentence.tokens, inside)
    first = next((i for i, t in enumerate(sentence.tokens) if t.begin >= begin), 0)
    return View(text, sentence, sentence.tokens, quoted, inside, before, after, first)


def _quoted(tokens: tuple[Token, ...], quotations: tuple[Quotation, ...]) -> tuple[bool, ...]:
    if not quotations:
        return (False,) * len(tokens)
    begins = [quotation.begin for quotation in quotations]
    last = [bisect_right(begins, token.begin) - 1 for token in tokens]
    return tuple(at >= 0 and token.begin < quotations[at].end for at, token in zip(last, tokens, strict=True))


def trim(view: View, first: int, last: int) -> Spans:
    """The span of tokens `first` to `last` without the marks that only join it to its cue."""
    while first < last and view.tokens[first].text in _MARKS:
        first += 1
    while last > first and view.tokens[last - 1].text in _MARKS:
        last -= 1
    return (view.span(first, last),) if first < last else ()


def whole_quotations(view: View, content: Spans) -> Spans:
    """`content` with every quotation that it cuts taken in whole."""
    grown = []
    for span in content:
        cut = [q.span for q in touching(view.quotations, span)]
        grown.append(hull((span, *cut)))
    merged: list[Span] = []
    for span in sorted(grown):
        if merged and span[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return tuple(merged)


def clause_begin(view: View, at: int) -> int:
    """Index where the clauses that end before `at` begin: after a semicolon or a contrast, else the body."""
    for i in range(at - 2, view.begin, -1):
        if view.quoted[i]:
            continue
        if view.tokens[i].text == ";":
            return i + 1
        contrast = view.tokens[i].text == "," and view.tokens[i + 1].lower in {
            "but",
            "while",
            "although",
            "though",
            "whereas",
        }
        if contrast and has_verb(view, i + 2, at) and has_verb(view, view.begin, i):
            return i + 2
    return view.begin


def clause_end(view: View, at: int) -> int:
    """Index where a content that begins at `at` ends: before the next attribution beside it."""
    tokens = view.tokens
    for i in range(at, len(tokens)):
        if view.quoted[i]:
            continue
        if tokens[i].text == ";":
            return i
        if tokens[i].text in {",", "—", "–"} and i + 1 < len(tokens) and _other_attribution(view, i + 1):
            return i
        if tokens[i].lower in {"and", "but"} and i > at + 1 and _is_past_cue(view, i + 1):
            return i
        if i > at + 2 and _is_afterthought(view, i):
            return i
    return len(tokens)


def _is_afterthought(view: View, at: int) -> bool:
    """ " – a move that stunned allies": the narrator's remark behind a dash that nothing closes."""
    tokens = view.tokens
    if tokens[at].text not in {"–", "—"} or at + 1 >= len(tokens) or tokens[at + 1].begin == tokens[at].end:
        return False
    closed = any(t.text == tokens[at].text for t in tokens[at + 1 :])
    return not closed and tokens[at + 1].lower in {"a", "an", "the", "something", "which"}


def _other_attribution(view: View, at: int) -> bool:
    """Whether an attribution of its own begins at `at`, behind a comma or dash."""
    tokens = view.tokens
    if cues.phrase_at(tokens, at, "according"):
        return True
    hit = cues.cue_at(tokens, at)
    if hit and "ing" in hit[0].forms:
        return True
    if tokens[at].lower in {"citing", "quoting"}:
        return True
    start = at + 1 if tokens[at].lower in {"but", "while", "although", "though", "and", "whereas"} else at
    if tokens[at].lower == "as":
        start = at + 1
    elif start == at:
        return _is_tag(view, at)
    for i in range(start, min(start + 14, len(tokens))):
        if view.quoted[i] or tokens[i].text in {",", ";", ":"}:
            return False
        if cues.speaks(tokens, i) or (i > start and _is_plural_cue(tokens, i)):
            end = before_verb(tokens, i, start)
            return end == start or phrase_before(tokens, end, start) < end
        if is_finite(tokens[i]) and tokens[i].lower not in {"has", "have", "had", "also"}:
            return False
    return False


def _is_plural_cue(tokens: tuple[Token, ...], at: int) -> bool:
    hit = cues.cue_at(tokens, at)
    plural = tokens[at - 1].lower.endswith("s")
    return hit is not None and "clause" in hit[0].frames and "base" in hit[0].forms and plural


def _is_tag(view: View, at: int) -> bool:
    """Whether a closing tag stands at `at`: ", the report pointed out." """
    tokens = view.tokens
    for i in range(at, min(at + 22, len(tokens))):
        if view.quoted[i]:
            return False
        if cues.speaks(tokens, i):
            rest = [t for t in tokens[i + 1 :] if t.is_word and t.lower not in {"out", "on"}]
            short = len(rest) <= 6 and not any(is_finite(t) for t in rest)
            named = i == at or phrase_before(tokens, before_verb(tokens, i, at), at) == at
            return short and named and "that" not in [t.lower for t in rest]
        if is_finite(tokens[i]) and tokens[i].lower not in {"has", "have", "had"}:
            return False
    return False


def _is_past_cue(view: View, at: int) -> bool:
    tokens = view.tokens
    while at < len(tokens) and is_adverb(tokens[at]):
        at += 1
    if at + 1 >= len(tokens) or view.quoted[at] or not cues.speaks(tokens, at):
        return False
    return tokens[at + 1].lower in {"that", "to"} or tokens[at + 1].text in {":", ","} or view.quoted[at + 1]


_BOUNDS = frozenset(
    {"as", "at", "between", "nearly", "almost", "under", "over", "about", "around", "roughly"}
)


def starts_clause(view: View, at: int) -> bool:
    """Whether a clause begins at `at`: a noun phrase, and a verb before the sentence ends."""
    tokens, g = view.tokens, grammar()
    if at + 1 >= len(tokens):
        return False
    token = tokens[at]
    if view.quoted[at]:
        return True
    if token.lower in _BOUNDS and has_verb(view, at, clause_end(view, at)):
        return any(t.is_number or t.lower in {"half", "least", "many"} for t in tokens[at : at + 4])
    if not (token.is_word or token.is_number or token.text in "$£€‘"):
        return False
    if token.lower in g.prepositions - {"about", "around", "over", "more", "up", "in"} or is_adverb(token):
        return (
            token.lower in {"there", "only", "even", "all", "both", "just", "nearly", "not"}
            and token.lower != "not"
        )
    if token.lower in g.subordinators - {"that", "what", "how", "why", "where", "whether", "if", "so"}:
        return False
    return has_verb(view, at, clause_end(view, at))


def has_verb(view: View, begin: int, end: int) -> bool:
    tokens = view.tokens
    for i in range(begin, end):
        token = tokens[i]
        if i > begin and (is_finite(token) or cues.cue_at(tokens, i) is not None):
            return True
        if (
            i > begin
            and token.is_word
            and not token.is_name
            and (
                token.lower.endswith("ed")
                or (token.lower.endswith("s") and len(token.lower) > 3 and tokens[i - 1].is_name)
            )
        ):
            return True
        if (
            token.text in {"’s", "'s"}
            and i > begin
            and tokens[i - 1].lower in {"it", "he", "she", "there", "that", "what"}
        ):
            return True
        if "’" in token.text and token.lower.endswith(("'re", "'ve", "'ll", "n't", "'s", "'d", "'m")):
            return True
    return False
