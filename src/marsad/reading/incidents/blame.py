"""Who is said to have done it, where a sentence says only that: "No group has claimed responsibility"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.clauses import Group, is_adverb, is_aux
from marsad.reading.clauses.participants import Row
from marsad.reading.clauses.subjects import joined_after, object_after, subject_before
from marsad.reading.incidents.kinds import vocabulary
from marsad.reading.incidents.mentions import Mention
from marsad.reading.text import Sentence
from marsad.records.reading import Claim, ResponsibilityValue
from marsad.records.spans import Span

REACH = 4  # words between "claimed" and "responsibility"
NEAR_SENTENCES = 3  # "a group claimed responsibility" speaks of an attack told this recently
FAR = 9  # words between "blamed" and the "on" of "blamed the attack on"

_TAKEN = frozenset({"took", "taken", "takes", "assumed", "admitted", "accepted"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "not", "n't", "never", "yet", "without"})
_BLAMED = frozenset({"blamed", "blames", "blaming", "blame"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


class Blame(NamedTuple):
    """A word on who did it: `agents` are said, by themselves or others, to have done it or not."""

    span: Span
    claim: Claim
    sentence: Sentence
    agents: Group
    value: ResponsibilityValue
    at: int


def find(row: Row, sentence: Sentence, scope: ClaimScope) -> tuple[Blame, ...]:
    """The words on responsibility in one sentence, in order."""
    found: list[Blame] = []
    for at, word in enumerate(row):
        if not word.plain:
            continue
        for first, stop, agents, value in (*_claimed(row, at), *_blamed(row, at), *_behind(row, at)):
            span = (row[first].begin, row[stop - 1].end)
            claim = scope.innermost((row[at].begin, row[at].end))
            if claim is not None:
                within = span if any(b <= span[0] and span[1] <= e for b, e in claim.spans) else row[at][:2]
                found.append(Blame(within, claim, sentence, agents, value, at))
    return tuple(found)


_Found = tuple[int, int, Group, ResponsibilityValue]


def _claimed(row: Row, at: int) -> Iterator[_Found]:
    """ "X claimed responsibility", "X denied responsibility"; of nobody nothing."""
    words = vocabulary().responsibility
    if row[at].lower not in words.claimed_object | {"involvement"}:
        return
    for verb in range(at - 1, max(-1, at - 1 - REACH), -1):
        lower = row[verb].lower
        denied = lower in words.denied
        if not (denied or (lower in words.claimed | _TAKEN and row[at].lower != "involvement")):
            continue
        begin = _first_auxiliary(row, verb)
        if any(word.lower in _NOBODY for word in row[max(0, begin - 3) : verb]):
            return
        agents = subject_before(row, begin)
        if agents:
            yield verb, at + 1, () if denied else agents, "denied" if denied else "claimed"
        return


def _blamed(row: Row, at: int) -> Iterator[_Found]:
    """ "officials blamed X", "blamed the attack on X"."""
    if row[at].lower not in _BLAMED:
        return
    if any(word.lower in _NOBODY for word in row[max(0, at - 3) : at]):
        return
    found = object_after(row, at + 1)
    if found is None or found[1].party is None:
        on = next((i for i in range(at + 1, min(len(row), at + FAR)) if row[i].lower == "on"), None)
        found = object_after(row, on + 1) if on is not None else None
    if found is not None and found[1].party is not None:
        stop, agents = joined_after(row, found[0])
        yield at, stop, agents, "accused"


def _behind(row: Row, at: int) -> Iterator[_Found]:
    """ "X was behind the attack", "is believed to be behind it"."""
    if row[at].lower != "behind" or at == 0 or row[at - 1].lower not in _BE:
        return
    begin = _first_auxiliary(row, at)
    lowers = {word.lower for word in row[max(0, begin - 2) : at]}
    suspected = bool(lowers & vocabulary().responsibility.suspected)
    while begin > 0 and row[begin - 1].lower in vocabulary().responsibility.suspected | {"to"}:
        begin = _first_auxiliary(row, begin - 1)
    agents = subject_before(row, begin)
    if agents and not lowers & _NOBODY:
        yield at - 1, at + 1, agents, "suspected" if suspected else "accused"


def _first_auxiliary(row: Row, at: int) -> int:
    begin = at
    while begin > 0 and (is_aux(row[begin - 1]) or is_adverb(row[begin - 1]) or row[begin - 1].time):
        begin -= 1
    return begin


def with_blame(mentions: Sequence[Mention], blames: Sequence[Blame]) -> tuple[list[Mention], list[Blame]]:
    """The mentions of one sentence with the words on who did it, and those words that speak of one before."""
    kept, left = list(mentions), []
    for blame in blames:
        near = [at for at, one in enumerate(kept) if one.kind.type == "ASSAULT" and one.real]
        if near:
            best = min(near, key=lambda at: _distance(kept[at], blame))
            kept[best] = _blamed_for(kept[best], blame)
        else:
            left.append(blame)
    return kept, left


def _distance(mention: Mention, blame: Blame) -> tuple[bool, int]:
    """What stands behind the word on responsibility goes first: "claimed responsibility for the attack"."""
    return mention.row_span[0] < blame.at, abs(mention.row_span[0] - blame.at)


def _blamed_for(mention: Mention, blame: Blame) -> Mention:
    if mention.agents and (mention.responsibility not in {None, "stated"} or blame.value == "denied"):
        return mention
    blamed = {member.begin for member in blame.agents}
    return mention._replace(
        agents=mention.agents or blame.agents,
        targets=tuple(member for member in mention.targets if member.begin not in blamed),
        responsibility=blame.value,
    )


def attach(groups: Sequence[tuple[Mention, ...]], blames: Sequence[Blame]) -> list[tuple[Mention, ...]]:
    """The happenings with the words on who did the last attack told before each."""
    found = list(groups)
    for blame in blames:
        home = max(
            (at for at, group in enumerate(found) if _is_told_before(group, blame)),
            key=lambda at: found[at][-1].spans[0],
            default=None,
        )
        if home is not None:
            found[home] = (*found[home], _account(found[home][-1], blame))
    return found


def _is_told_before(group: Sequence[Mention], blame: Blame) -> bool:
    last = group[-1]
    gap = blame.sentence.number - last.sentence.number
    return last.kind.type == "ASSAULT" and last.real and 0 < gap <= NEAR_SENTENCES and not last.many


def _account(mention: Mention, blame: Blame) -> Mention:
    """What a word on responsibility adds to a happening: who, on whose word."""
    return mention._replace(
        spans=(blame.span,), claim=blame.claim, sentence=blame.sentence, agents=blame.agents, targets=(),
        things=(), places=(), beside=frozenset(), time=None, figures=(), weapons=(), many=False,
        responsibility=blame.value,
    )  # fmt: skip
