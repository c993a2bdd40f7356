"""Whose a figure is, of what status, and within what limits."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import Counted, clause
from marsad.reading.figures.grounds import TIMED
from marsad.reading.figures.measures import Context, contexts, follows, vocabulary
from marsad.reading.figures.numbers import amount_at
from marsad.reading.figures.sentence_cast import Cast, token_at
from marsad.reading.syntax import is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Actor, Claim, FigureStatus, Scope
from marsad.records.spans import overlaps

_ANTECEDENT = 4  # tokens between a name and the verb after "which"
_BY_NOUN = 6  # tokens between a noun and "of the group"
_CONTEXT = 24  # tokens before a number that may say what kind of statement it is in
_TIES = frozenset({"of", "from", "belonging", "loyal"})
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
_OWNED = ("strength.", "finance.", "attacks.", "territory.", "recruitment.", "origin.")
_NOT_OWNERS = frozenset({"population", "person_role", "media", "other"})
_NOT_GOVERNING = _NOT_OWNERS | {"international_org"}


def subject_of(cast: Cast, found: Counted, measure: str) -> str | None:
    """Whose number it is: the name in the noun phrase, after it, or the one that governs it."""
    named = found.noun is not None and found.noun.kind in ("fighters", "cells", "attacks")
    if named or measure.startswith(_OWNED):
        owners = [actor for actor in _of_phrase(cast, found) if actor.kind not in _NOT_OWNERS]
        if owners:
            return owners[0].id
    return _governing(cast, found, measure) if measure.startswith(_OWNED) else None


def in_armed_group(cast: Cast, found: Counted) -> bool:
    """Whether an armed group is named with the noun: "300 former members of the brigade"."""
    return any(actor.kind == "armed_group" for actor in _of_phrase(cast, found))


def _of_phrase(cast: Cast, found: Counted) -> list[Actor]:
    """The actors named in the noun phrase, then those after "of" behind it."""
    tokens = cast.tokens
    inside = (tokens[found.number.first].begin, tokens[found.stop - 1].end)
    actors = [actor for span, actor in cast.actors if overlaps(span, inside)]
    if found.noun and found.stop < len(tokens) and tokens[found.stop].lower in _TIES:
        near = (tokens[found.stop].begin, tokens[min(found.stop + _BY_NOUN, len(tokens)) - 1].end)
        actors += [actor for span, actor in cast.actors if overlaps(span, near)]
    return actors


def _governing(cast: Cast, found: Counted, measure: str) -> str | None:
    """The nearest name before the number, in its clause; of fighters one that is said to have them."""
    tokens, first = cast.tokens, found.number.first
    start = clause(tokens, first).start
    if start > 0 and tokens[start - 1].lower in ("which", "who", "where"):  # the group, which has 500
        start = max(start - _ANTECEDENT, 0)
    if measure.startswith("strength.") and not _is_possessed(tokens, first):
        return None
    before = (tokens[start].begin, tokens[first].begin)
    return next(
        (
            actor.id
            for span, actor in reversed(cast.actors)
            if overlaps(span, before) and actor.kind not in _NOT_GOVERNING
        ),
        None,
    )


def _is_possessed(tokens: Sequence[Token], first: int) -> bool:
    """ "still has 500", "with 500", "the group's 500": said right before the number."""
    at = first - 1
    while at > 0 and is_adverb(tokens[at]):
        at -= 1
    return at >= 0 and tokens[at].lower in vocabulary().links.possession


def scope_of(cast: Cast, found: Counted, text: str) -> Scope | None:
    """The words that limit the figure: "in Iraq and Syria alone", "since 2014", "so far"."""
    tokens = cast.tokens
    around = clause(tokens, found.number.first)
    limits = vocabulary().limits
    for index in range(found.stop, around.stop):
        if tokens[index].lower == "alone":
            first = _preposition_before(tokens, index, found.stop)
            return _scope(text, tokens[first].begin, tokens[index].end)
        for phrase in limits.without:
            if [token.lower for token in tokens[index : index + len(phrase.split())]] == phrase.split():
                stop = _phrase_end(tokens, index + 1, around.stop)
                return _scope(text, tokens[index].begin, tokens[stop - 1].end)
    return _scope_in_time(cast, found, text, around)


def _scope_in_time(cast: Cast, found: Counted, text: str, around: range) -> Scope | None:
    tokens = cast.tokens
    limits = vocabulary().limits
    for time in cast.times:
        index = token_at(tokens, time.spans[0][0])
        words = {
            token.lower for token in tokens[max(index - 2, 0) : token_at(tokens, time.spans[-1][1] - 1) + 1]
        }
        if index not in around or not words & (limits.since | set(limits.recent)) or time.type == "SET":
            continue
        first = _preposition_before(tokens, index, max(index - 3, around.start))
        if tokens[first].lower in TIMED:
            return _scope(text, tokens[first].begin, time.spans[-1][1])
    return None


def _scope(text: str, begin: int, end: int) -> Scope:
    return Scope(text=text[begin:end], spans=((begin, end),))


def _preposition_before(tokens: Sequence[Token], index: int, first: int) -> int:
    at = index
    while at > first and tokens[at].lower not in TIMED:
        at -= 1
    return at


def _phrase_end(tokens: Sequence[Token], index: int, last: int) -> int:
    while index < last and tokens[index].text not in (",", "."):
        index += 1
    return index


def status_of(cast: Cast, found: Counted, claim: Claim) -> FigureStatus:
    """Observed, unless the words around it in its clause, or the claim, say otherwise."""
    if claim.polarity == "denied":
        return "denied"
    seen = _contexts_of(cast, found) | ({"projected"} if _is_condition(cast, found) else set())
    if claim.attitude == "request":
        seen.add("demanded")
    if claim.attitude == "intention":
        seen.add("planned")
    if claim.cue and any(token.lower in _estimates() for token in _cue_tokens(cast, claim)):
        seen.add("estimated")
    first = found.number.first
    if first > 0 and cast.tokens[first - 1].lower in _DEFINITE:  # to withdraw its 2,000 troops
        seen &= {"estimated"} | _within(cast, found)
    order: tuple[Context, ...] = ("demanded", "planned", "estimated", "projected")
    return next((context for context in order if context in seen), "observed")


def _contexts_of(cast: Cast, found: Counted) -> set[Context]:
    tokens, number = cast.tokens, found.number
    first = max(clause(tokens, number.first).start, number.first - _CONTEXT)
    seen: set[Context] = set()
    for index in range(first, number.stop):
        match = contexts().at(tokens, index)
        if match is None or (index > 0 and tokens[index].is_title):  # May is a month
            continue
        another = match.stop < number.first and amount_at(tokens, match.stop) is not None
        if match.value in ("planned", "projected") and _is_over(tokens, match.stop, number.first):
            continue
        if match.value != "estimated" or not another:  # an estimated 5,000 is no other number's estimate
            seen.add(match.value)
    if after := follows().at(tokens, found.stop):
        seen.add(after.value)
    return seen | _within(cast, found)


def _is_over(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Whether a comma and a verb stand between a cue and the number: "would leave, it had lost 12"."""
    comma = next((index for index in range(start, first) if tokens[index].text == ","), None)
    return comma is not None and any(is_finite(token) for token in tokens[comma:first])


def _within(cast: Cast, found: Counted) -> set[Context]:
    """ "25,000 promised refugees"."""
    words = {cast.tokens[index].lower for index in found.modifiers}
    return {context for context, known in vocabulary().within.items() if words & known}


def _is_condition(cast: Cast, found: Counted) -> bool:
    """ "if 30 of its men had died"."""
    first = found.number.first
    start = clause(cast.tokens, first).start
    if any(not (token.is_word or token.is_number) for token in cast.tokens[start:first]):
        return False
    words = [token.lower for token in cast.tokens[max(start - 2, 0) : start]]
    return words[-1:] == ["if"] and words != ["even", "if"]


def _estimates() -> frozenset[str]:
    return frozenset(vocabulary().context["estimated"])


def _cue_tokens(cast: Cast, claim: Claim) -> list[Token]:
    spans = claim.cue.spans if claim.cue else ()
    return [token for token in cast.tokens if any(overlaps((token.begin, token.end), s) for s in spans)]
