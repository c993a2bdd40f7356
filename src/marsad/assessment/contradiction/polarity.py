"""Claims of which one denies what the other says: tied denials, and opposite claims of one content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from marsad.assessment.agreement.compared import Compared
from marsad.assessment.contradiction.denials import Denied, is_denial, says_how_it_is, share_text, tied
from marsad.assessment.contradiction.records import Contradiction, contradiction, known_first, quoted, side
from marsad.assessment.reasons import Reason
from marsad.linkage.claims.blocking import candidates
from marsad.linkage.claims.comparing import alike, amounts_agree, gap
from marsad.linkage.claims.words import folded
from marsad.linkage.copies import clusters
from marsad.records.reading import Claim

ALIKE = 0.4  # from which likeness on two opposite claims of the same content are about one thing
MORE = 1  # content words that one of them may have beyond those of the other
SURE = 0.65  # and from which on whatever else one of them says matters nothing
LONGEST = 16  # words of a claim of which one "not" turns the whole

Tie = Literal["denial", "polarity"]


def polarities(seen: Compared) -> list[Contradiction]:
    """The questions that one side affirms and another denies."""
    pairs = list(_pairs(seen))
    # one proposition that is denied in several wordings is one question
    nodes = {node for _, pair in pairs for node in _nodes(pair, seen)}
    of = clusters(nodes, (_nodes(pair, seen) for _, pair in pairs))
    questions: defaultdict[str, list[tuple[Tie, Denied]]] = defaultdict(list)
    for tie, pair in pairs:
        questions[of[_nodes(pair, seen)[0]]].append((tie, pair))
    return [made for each in questions.values() if (made := _question(each, seen)) is not None]


def _question(pairs: Sequence[tuple[Tie, Denied]], seen: Compared) -> Contradiction | None:
    denied = {each.id: each for _, pair in pairs for each in seen.group_of[pair.denied.id]}
    said = (each for _, pair in pairs for each in seen.group_of[pair.affirmed.id])
    affirmed = {each.id: each for each in said if each.id not in denied}
    if not affirmed:
        return None
    first = min((pair.affirmed for _, pair in pairs), key=known_first)
    sides = (side("affirmed", affirmed.values(), seen.voices), side("denied", denied.values(), seen.voices))
    tie: Tie = "denial" if any(each == "denial" for each, _ in pairs) else "polarity"
    return contradiction(tie, Reason("is_it_so", given={"words": quoted(first)}), sides, about="polarity")


def _nodes(pair: Denied, seen: Compared) -> tuple[str, str]:
    """What each side says, as the id of the first claim that says it."""
    one, other = (seen.group_of[each.id][0].id for each in pair)
    return one, other


def _pairs(seen: Compared) -> Iterator[tuple[Tie, Denied]]:
    """Claims with a denial of each: those that are tied first, then those of equal content.

    Two voices speak that are told apart: nobody in particular contradicts nobody.
    """
    ways: tuple[tuple[Tie, Iterator[Denied]], ...] = (
        ("denial", tied(seen.gathered)),
        ("polarity", _opposite(seen)),
    )
    for tie, found in ways:
        for pair in found:
            if seen.voices.are_told_apart(pair.affirmed.id, pair.denied.id):
                yield tie, pair


def _opposite(seen: Compared) -> Iterator[Denied]:
    """Propositions of which one denies the other, most alike first."""
    facts = seen.facts
    first, second = candidates(facts)
    opposite = (facts.denied[first] != facts.denied[second]) & (gap(facts, first, second) == 0)
    first, second = first[opposite], second[opposite]
    agree = amounts_agree(facts, first, second)
    first, second = first[agree], second[agree]
    scores = alike(facts, first, second)
    for at in np.lexsort((second, first, -scores)):
        if scores[at] < ALIKE:
            return
        rows = (second[at], first[at]) if facts.denied[first[at]] else (first[at], second[at])
        one, other = (seen.statements[int(row)] for row in rows)
        pair = Denied(seen.by_id[one.key], seen.by_id[other.key])
        more = MORE if scores[at] < SURE else len(one.words) + len(other.words)
        if _hold_the_same(set(one.words), set(other.words), more) and _can_exclude(pair):
            yield pair


def _hold_the_same(one: set[str], other: set[str], beyond: int) -> bool:
    """Whether the content of one is that of the other; a single word tells only of an actor of both."""
    fewer, more = sorted(
        ({word for word in words if word[0] not in "@^#"} for words in (one, other)), key=len
    )
    is_told = len(fewer) > 1 or (len(fewer) == 1 and any(word[0] == "@" for word in one & other))
    return is_told and fewer <= more and len(more - fewer) <= beyond


def _can_exclude(pair: Denied) -> bool:
    """Whether both say shortly how it is, in sentences of their own."""
    one, other = (each.record for each in pair)
    if pair.affirmed.found_in.id == pair.denied.found_in.id and share_text(one, other):
        return False
    return all(_is_plain(claim) for claim in (one, other))


def _is_plain(claim: Claim) -> bool:
    """Whether it is a short proposition; what is denied in so many words need not be a sentence."""
    is_told = is_denial(claim) if claim.polarity == "denied" else says_how_it_is(claim)
    return is_told and len(folded(claim.text)) <= LONGEST
