"""Claims of which one denies what the other says: tied denials, and opposite claims of one content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from marsad.assessment.agreement.origins import Voices
from marsad.assessment.agreement.statements import statements
from marsad.assessment.contradiction.denials import Denied, is_denial, says_how_it_is, share_text, tied
from marsad.assessment.contradiction.records import Contradiction, contradiction, known_first, quoted, side
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.blocking import candidates
from marsad.linkage.claims.comparing import alike, amounts_agree
from marsad.linkage.claims.facts import facts, ranked
from marsad.linkage.claims.grouping import leaders
from marsad.linkage.copies import clusters, folded_words
from marsad.records.reading import Claim

ALIKE = 0.4  # from which likeness on two opposite claims of the same content are about one thing
MORE = 1  # content words that one of them may have beyond those of the other
SURE = 0.65  # and from which on whatever else one of them says matters nothing
LONGEST = 16  # words of a claim of which one "not" turns the whole

Tie = Literal["denial", "polarity"]


def polarities(gathered: Gathered, voices: Voices) -> list[Contradiction]:
    """The questions that one side affirms and another denies."""
    seen = _Claims(gathered, voices)
    pairs = list(seen.pairs())
    # one proposition that is denied in several wordings is one question
    nodes = {node for _, pair in pairs for node in seen.nodes(pair)}
    of = clusters(nodes, (seen.nodes(pair) for _, pair in pairs))
    questions: defaultdict[str, list[tuple[Tie, Denied]]] = defaultdict(list)
    for tie, pair in pairs:
        questions[of[seen.nodes(pair)[0]]].append((tie, pair))
    return [made for each in questions.values() if (made := _question(each, seen, voices)) is not None]


def _question(pairs: Sequence[tuple[Tie, Denied]], seen: _Claims, voices: Voices) -> Contradiction | None:
    denied = {each.id: each for _, pair in pairs for each in seen.alike(pair.denied)}
    said = (each for _, pair in pairs for each in seen.alike(pair.affirmed))
    affirmed = {each.id: each for each in said if each.id not in denied}
    if not affirmed:
        return None
    first = min((pair.affirmed for _, pair in pairs), key=known_first)
    sides = (side("affirmed", affirmed.values(), voices), side("denied", denied.values(), voices))
    tie: Tie = "denial" if any(each == "denial" for each, _ in pairs) else "polarity"
    return contradiction(tie, f"Is it so: {quoted(first)}", sides, about="polarity")


class _Claims:
    """The claims that were gathered, with what they say as arrays."""

    def __init__(self, gathered: Gathered, voices: Voices) -> None:
        self._gathered, self._voices = gathered, voices
        self._by_id = {found.id: found for found in gathered.claims}
        self._statements = ranked(statements(gathered))
        self._facts = facts(self._statements)
        self._leaders = leaders(self._facts).tolist()
        self._rows = {each.key: row for row, each in enumerate(self._statements)}
        self._members: defaultdict[int, list[int]] = defaultdict(list)
        for row, leader in enumerate(self._leaders):
            self._members[leader].append(row)

    def alike(self, found: Found[Claim]) -> list[Found[Claim]]:
        """The claims that say the same, itself among them."""
        members = self._members[self._leaders[self._rows[found.id]]]
        return [self._by_id[self._statements[row].key] for row in members]

    def pairs(self) -> Iterator[tuple[Tie, Denied]]:
        """Claims with a denial of each: those that are tied first, then those of equal content."""
        for pair in tied(self._gathered):
            if self._oppose(pair):
                yield "denial", pair
        for pair in self._opposite():
            if self._oppose(pair):
                yield "polarity", pair

    def nodes(self, pair: Denied) -> tuple[str, str]:
        """What each side says, as the id of the first claim that says it."""
        one, other = (self.alike(each)[0].id for each in pair)
        return one, other

    def _oppose(self, pair: Denied) -> bool:
        """Whether two voices speak that are told apart. Nobody in particular contradicts nobody."""
        return self._voices.are_told_apart(pair.affirmed.id, pair.denied.id)

    def _opposite(self) -> Iterator[Denied]:
        """Propositions of which one denies the other, most alike first."""
        first, second = candidates(self._facts)
        denied = self._facts.denied
        opposite = (denied[first] != denied[second]) & amounts_agree(self._facts, first, second)
        first, second = first[opposite], second[opposite]
        scores = alike(self._facts, first, second)
        for at in np.lexsort((second, first, -scores)):
            if scores[at] < ALIKE:
                return
            rows = (second[at], first[at]) if denied[first[at]] else (first[at], second[at])
            one, other = (self._statements[int(row)] for row in rows)
            pair = Denied(self._by_id[one.key], self._by_id[other.key])
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
    return is_told and len(folded_words(claim.text)) <= LONGEST
