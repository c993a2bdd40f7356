"""Whose a figure is, of what status, and within what limits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.measures import PEOPLE, Context, contexts, follows, vocabulary
from marsad.reading.figures.moments import TIMED, reaches, since_before
from marsad.reading.figures.numbers import amount_at
from marsad.reading.figures.owners import (
    described_group,
    group_in_focus,
    is_possessed,
    joined_group,
    payer,
)
from marsad.reading.figures.qualified import is_common_noun
from marsad.reading.figures.sentence_cast import Cast, clause_at, token_at
from marsad.reading.figures.slot_words import limit_phrases, slot_words, without
from marsad.reading.figures.stories import compass_at, side_at
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Actor, Claim, FigureStatus, Scope
from marsad.records.spans import hull, overlaps

_ANTECEDENT = 4  # tokens between a name and the verb after "which"
_BY_NOUN = 6  # tokens between a noun and "of the group"
_CONTEXT = 24  # tokens before a number that may say what kind of statement it is in
_TIES = frozenset({"of", "from", "belonging", "loyal", "for"})
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
_ALONE = 8  # tokens of "in the besieged city of Alar"
_EXCEPTION = 8  # tokens between those counted and "not counting"
_STRETCH = frozenset({"over", "within", "in"})  # before "two days": a length that bounds a number
_SOMEWHERE = ("strength.", "detention.", "displacement.")
_RELATIVE = 10  # tokens of "that the prime minister promised"
_BEHIND = frozenset({"of", "against", "from", "to", "by"})
_NO_POPULATION = frozenset(
    {"more", "other", "others", "additional", "further", "of", "out", "such", "-", "strong"}
)
_OWNED = ("strength.", "finance.", "attacks.", "territory.", "recruitment.", "origin.")
_NOT_OWNERS = frozenset({"population", "person_role", "media", "other"})
_NOT_GOVERNING = _NOT_OWNERS | {"international_org"}


def subject_of(cast: Cast, found: Counted, measure: str, claim: Claim) -> str | None:
    """Whose number it is: the name in the noun phrase, after it, or the one that governs it.

    Of those killed, held or displaced it is the one that they are of, never the one that did it.
    """
    if measure.startswith("recruitment.") and (recruiter := _governing(cast, found, measure)):
        return recruiter
    named = found.noun is not None and found.noun.kind in ("fighters", "cells", "attacks")
    if named or measure.startswith(_OWNED):
        owners = [actor for actor in _of_phrase(cast, found) if actor.kind not in _NOT_OWNERS]
        if owners:
            return owners[0].id
    if members := _members_of(cast, found) or joined_group(cast, found):
        return members
    if measure == "strength.fighters" and (group := group_in_focus(cast, found, claim.spans)):
        return group
    if measure == "strength.fighters" and (group := described_group(cast, found)):
        return group
    if measure == "origin.countries":
        return None
    if found.number.unit is not None and found.number.unit.role == "money":
        return _governing(cast, found, measure) if measure.startswith(_OWNED) else payer(cast, found)
    if _is_lost(cast.tokens, found.number.first):
        return _governing(cast, found, measure)
    owned = measure.startswith(_OWNED) or _is_thing_of(cast.tokens, found, measure)
    named = any(cast.tokens[index].is_title for index in found.modifiers)  # US airstrikes
    return _governing(cast, found, measure) if owned and not named else None


def _members_of(cast: Cast, found: Counted) -> str | None:
    """ "30 Red Delta diehards": those who are of an armed group by the noun itself, and not its victims."""
    if found.noun is None or found.noun.lemma in slot_words().subjects.others:
        return None
    if found.head < found.number.first:  # the number of Red Delta fighters stands at 500
        inside = (cast.tokens[max(found.head - _BY_NOUN // 2, 0)].begin, cast.tokens[found.stop - 1].end)
    else:
        inside = (cast.tokens[found.number.stop - 1].end, cast.tokens[found.stop - 1].end)
    groups = [actor for span, actor in cast.actors if actor.kind == "armed_group" and overlaps(span, inside)]
    return groups[0].id if groups else None


def _is_lost(tokens: Sequence[Token], first: int) -> bool:
    """ "the army has lost 300 men": its own."""
    at = first - 1
    while at > 0 and (is_adverb(tokens[at]) or tokens[at].lower in ("than", "more", "at", "least", "about")):
        at -= 1
    relative = at > 0 and tokens[at - 1].lower == "who"  # a patient who lost seven relatives
    return at >= 0 and not relative and tokens[at].lower in slot_words().subjects.losing


def _is_thing_of(tokens: Sequence[Token], found: Counted, measure: str) -> bool:
    """ "the group has 26 tanks": things, not people, that somebody is said to have."""
    people = found.noun is None or found.noun.kind in PEOPLE | {"people", "families"}
    return measure.startswith("count.") and not people and is_possessed(tokens, found.number.first)


def population_of(cast: Cast, found: Counted) -> tuple[int, int] | None:
    """The tokens of those counted as worded: "foreign fighters", "women and children"."""
    if found.noun is None or found.head < found.number.stop:
        return (found.head, found.stop) if found.noun else None
    tokens, first = cast.tokens, found.number.stop
    skipped = _NO_POPULATION | grammar().determiners
    while first < found.head and (
        tokens[first].lower in skipped or amount_at(tokens, first) is not None or not tokens[first].is_word
    ):
        first += 1
    return first, found.stop


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
    start = clause_at(cast, first).start
    if measure.startswith("finance.") and (owner := _whose(cast, range(start, first))):
        return owner
    if measure.startswith("strength.") and not is_possessed(tokens, first):
        return _whose(cast, range(start, first))
    if start > 0 and tokens[start - 1].lower in ("which", "who", "where"):  # the group, which has 500
        if antecedent := _named_before(cast, start - 1):
            return antecedent.id
        start = max(start - _ANTECEDENT, 0)
    before = (tokens[start].begin, tokens[first].begin)
    return next(
        (
            actor.id
            for span, actor in reversed(cast.actors)
            if overlaps(span, before)
            and actor.kind not in _NOT_GOVERNING
            and not _is_governed(tokens, span[0])
        ),
        None,
    )


def _whose(cast: Cast, around: range) -> str | None:
    """ "The strength of X is down to 400", "The reserves of X stand at $4m": X."""
    tokens = cast.tokens
    for index in around[:-2]:
        if tokens[index].lower in slot_words().subjects.strengths and tokens[index + 1].lower == "of":
            window = (tokens[index + 1].end, tokens[min(index + _BY_NOUN, len(tokens) - 1)].end)
            named = (actor for span, actor in cast.actors if overlaps(span, window))
            return next((actor.id for actor in named if actor.kind not in _NOT_GOVERNING), None)
    return None


def _named_before(cast: Cast, index: int) -> Actor | None:
    """The force or state whose name ends right before the relative pronoun at `index`, a comma apart."""
    tokens = cast.tokens
    last = index - 1 - (index > 0 and tokens[index - 1].text == ",")
    if last < 0:
        return None
    ending = (actor for span, actor in cast.actors if span[1] == tokens[last].end)
    return next((actor for actor in ending if actor.kind not in _NOT_GOVERNING), None)


def _is_governed(tokens: Sequence[Token], offset: int) -> bool:
    """ "the heartland of X", "a fight against the X": a name behind a preposition is no subject."""
    at = token_at(tokens, offset) - 1
    while at >= 0 and tokens[at].lower in grammar().determiners:
        at -= 1
    return at >= 0 and tokens[at].lower in _BEHIND


def scope_of(cast: Cast, found: Counted, text: str, measure: str) -> Scope | None:
    """The words that limit the figure: "in Iraq and Syria alone", "since 2014", "so far".

    Of people who are somewhere also the side that they are on: "east of the river".
    """
    tokens = cast.tokens
    around = clause_at(cast, found.number.first)
    for index in range(found.stop, around.stop):
        if tokens[index].lower == "alone":
            first = _preposition_before(tokens, index, max(found.stop, index - _ALONE))
            begin = tokens[first].begin
            if tokens[first].lower not in TIMED:
                named = [
                    span[0] for time in cast.times for span in time.spans if span[1] == tokens[index - 1].end
                ]
                begin = named[0] if named else tokens[index - 1].begin
            return _scope(text, begin, tokens[index].end)
        if index - found.stop <= _EXCEPTION and without().at(tokens, index):
            stop = _phrase_end(tokens, index + 1, around.stop)
            return _scope(text, tokens[index].begin, tokens[stop - 1].end)
    side = compass_at(tokens, range(found.stop, around.stop))
    if side is None and measure.startswith(_SOMEWHERE):
        side = side_at(cast, range(found.stop, around.stop))
    return (
        _scope_in_time(cast, found, text, around)
        or _set_phrase(tokens, text, around)
        or (_scope(text, tokens[side.start].begin, tokens[side.stop - 1].end) if side else None)
    )


def _set_phrase(tokens: Sequence[Token], text: str, around: range) -> Scope | None:
    """ "so far", "worldwide", "at its peak"."""
    for index in around:
        match = limit_phrases().at(tokens, index)
        if match and not _is_of_noun(tokens, index, match.stop):
            return _scope(text, tokens[index].begin, tokens[match.stop - 1].end)
    return None


def _is_of_noun(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "the worldwide threat assessment": an adjective, which bounds no number."""
    named = first > 0 and tokens[first].is_title
    return named or (stop - first == 1 and stop < len(tokens) and is_common_noun(tokens[stop]))


def _scope_in_time(cast: Cast, found: Counted, text: str, around: range) -> Scope | None:
    """ "since 2014"; and "in recent months", where no days are known for a period."""
    tokens = cast.tokens
    recent = slot_words().limits.recent
    for time in cast.times:
        index = token_at(tokens, time.spans[0][0])
        if index not in around or time.type == "SET" or not reaches(tokens, found, time):
            continue
        stop = token_at(tokens, time.spans[-1][1] - 1) + 1
        since = since_before(tokens, index)
        if since is not None:
            return _scope(text, tokens[since].begin, time.spans[-1][1])
        words = {token.lower for token in tokens[max(index - 2, 0) : stop]}
        known = time.earliest is not None or time.latest is not None
        bounds = not words.isdisjoint(recent) or (time.type == "DURATION" and not words.isdisjoint(_STRETCH))
        if (known and _after(tokens, stop) != "alone") or not bounds:
            continue
        first = _preposition_before(tokens, index, max(index - 3, around.start))
        if tokens[first].lower in TIMED:
            return _scope(text, tokens[first].begin, time.spans[-1][1])
    return None


def _after(tokens: Sequence[Token], stop: int) -> str:
    return tokens[stop].lower if stop < len(tokens) else ""


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
    if claim.polarity == "denied" or _is_denied(cast, found.number.first):
        return "denied"
    seen = _contexts_of(cast, found, claim) | ({"projected"} if _is_condition(cast, found) else set())
    if claim.attitude == "request":
        seen.add("demanded")
    if claim.attitude == "intention":
        seen.add("planned")
    if claim.attitude == "belief":
        seen.add("estimated")
    if claim.cue and any(token.lower in _estimates() for token in _cue_tokens(cast, claim)):
        seen.add("estimated")
    first = found.number.first
    if first > 0 and cast.tokens[first - 1].lower in _DEFINITE:  # to withdraw its 2,000 troops
        promised: set[Context] = {"planned"} if _is_promised(cast.tokens, found.stop) else set()
        seen &= {"estimated"} | _within(cast, found) | promised
    order: tuple[Context, ...] = ("demanded", "planned", "estimated", "projected")
    return next((context for context in order if context in seen), "observed")


def _contexts_of(cast: Cast, found: Counted, claim: Claim) -> set[Context]:
    tokens, number = cast.tokens, found.number
    first = max(clause_at(cast, number.first).start, number.first - _CONTEXT)
    said = _content_begin(tokens, number.first, claim)
    seen: set[Context] = set()
    for index in range(first, number.stop):
        match = contexts().at(tokens, index)
        if match is None or (index > 0 and tokens[index].is_title):  # May is a month
            continue
        if match.value == "demanded" and tokens[index].lower == "seeking" and _is_of_people(found):
            continue  # relatives are seeking 700 women
        another = match.stop < number.first and amount_at(tokens, match.stop) is not None
        if match.value != "estimated" and match.stop <= said:
            continue  # a plan to leave worries officials who say that 900 men remain
        if match.value != "estimated" and _is_over(tokens, match.stop, number.first):
            continue
        if match.value != "estimated" or not another:  # an estimated 5,000 is no other number's estimate
            seen.add(match.value)
    if after := follows().at(tokens, found.stop):
        seen.add(after.value)
    if _is_promised(tokens, found.stop):
        seen.add("planned")
    return seen | _within(cast, found)


def _content_begin(tokens: Sequence[Token], first: int, claim: Claim) -> int:
    """Index of the first token of the statement that the number stands in, of a plan 0."""
    if claim.kind != "attributed" or claim.attitude not in ("statement", "belief") or claim.cue is None:
        return 0
    if not any(begin <= tokens[first].begin < end for begin, end in claim.spans):
        return 0
    cue = hull(claim.cue.spans)
    begin = max(begin for begin, _ in claim.spans if begin <= tokens[first].begin)
    return token_at(tokens, begin) if tokens[0].begin < cue[1] <= begin else 0


def _is_of_people(found: Counted) -> bool:
    return found.noun is not None and found.noun.kind in PEOPLE


def _is_promised(tokens: Sequence[Token], start: int) -> bool:
    """ "the 20,000 refugees that the prime minister promised to take"."""
    words = slot_words().statuses.promised
    for index in range(start, min(start + _RELATIVE, len(tokens))):
        token = tokens[index]
        if token.lower in words:
            return index > start and tokens[index - 1].lower not in ("was", "were", "is", "are", "and")
        if token.is_number or is_finite(token) or token.text in (".", ";", ":"):
            return False
    return False


def _is_denied(cast: Cast, first: int) -> bool:
    """ "denied killing 40 villagers": the word in the number's clause, with no other clause between."""
    words = slot_words().statuses.denying
    tokens = cast.tokens
    if first > 1 and tokens[first - 1].lower == "not" and tokens[first - 2].lower in ("and", ","):
        return True  # 1,400, and not 2,400
    start = max(clause_at(cast, first).start, first - _RELATIVE)
    for index in range(first - 1, start - 1, -1):
        if tokens[index].lower in words:
            return True
        if tokens[index].text == "," or tokens[index].lower in ("and", "but"):
            return False
    return False


def _is_over(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Whether a comma and a verb stand between a cue and the number: "would leave, it had lost 12"."""
    comma = next((index for index in range(start, first) if tokens[index].text == ","), None)
    return comma is not None and any(is_finite(token) for token in tokens[comma:first])


def _within(cast: Cast, found: Counted) -> set[Context]:
    """ "25,000 promised refugees"; of "300 of the 25,000 promised refugees" only the second."""
    words: set[str] = set()
    for index in range(found.number.stop, found.stop):
        if cast.tokens[index].is_number:
            break
        words.add(cast.tokens[index].lower)
    return {context for context, known in vocabulary().within.items() if words & known}


def _is_condition(cast: Cast, found: Counted) -> bool:
    """ "if 30 of its men had died"."""
    first = found.number.first
    start = clause_at(cast, first).start
    if any(not (token.is_word or token.is_number) for token in cast.tokens[start:first]):
        return False
    words = [token.lower for token in cast.tokens[max(start - 2, 0) : start]]
    return words[-1:] == ["if"] and words != ["even", "if"]


@cache
def _estimates() -> frozenset[str]:
    return frozenset(vocabulary().context["estimated"])


def _cue_tokens(cast: Cast, claim: Claim) -> list[Token]:
    begin, end = cast.sentence.span
    spans = [span for span in (claim.cue.spans if claim.cue else ()) if overlaps(span, (begin, end))]
    if not spans:
        return []
    return [token for token in cast.tokens if any(overlaps((token.begin, token.end), s) for s in spans)]
