"""Who is dead for one voice and alive for another that speaks at the same time or later.

Whoever was alive and died since is no contradiction, so the word of a death has to be the older one. A name
has to stand right before the words of the death, and "alive" after the name: who else a claim tells of does
not count. Private persons are nobody's actors, and never here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from marsad.assessment.agreement.origins import Voices
from marsad.assessment.agreement.statements import ordinal
from marsad.assessment.contradiction.denials import says_how_it_is
from marsad.assessment.contradiction.records import Contradiction, contradiction, side
from marsad.assessment.reasons import Reason
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.words import folded
from marsad.records.reading import Claim

LONGEST = 30  # words of a claim that is read so closely
NEAR = 14  # words between a name and "alive": "NAME, the journalist captured in 2012, is still alive"
PERSON = "person_role"

_ENDED = frozenset({"dead", "died", "killed"})
_BETWEEN = frozenset(
    {"also", "already", "been", "had", "has", "have", "is", "later", "reportedly", "since", "was"}
)
_OPEN = frozenset(
    {"hope", "hopes", "if", "may", "might", "never", "no", "nor", "not", "or", "until", "whether"}
)


def lives(gathered: Gathered, voices: Voices) -> list[Contradiction]:
    """The named persons of whom one voice says that they died and another, later, that they are alive."""
    told: defaultdict[str, dict[str, list[Found[Claim]]]] = defaultdict(lambda: {"alive": [], "dead": []})
    for found in gathered.claims:
        for actor in _persons(found, gathered):
            state = _state(found.record, gathered.names.get(actor, actor))
            if state is not None:
                told[actor][state].append(found)
    return [
        made
        for actor, states in sorted(told.items())
        for made in _question(actor, states["alive"], states["dead"], gathered, voices)
    ]


def _persons(found: Found[Claim], gathered: Gathered) -> list[str]:
    keys = (gathered.actors[each] for each in found.record.about if each in gathered.actors)
    return [key for key in dict.fromkeys(keys) if gathered.kinds.get(key) == PERSON]


def _state(claim: Claim, name: str) -> Literal["alive", "dead"] | None:
    """What a claim says of the bearer of a name, where it says one of the two as it is."""
    words, called = folded(claim.text), folded(name)
    is_plain = claim.polarity == "affirmed" and len(words) <= LONGEST and _OPEN.isdisjoint(words)
    if not is_plain or not called or called[-1] not in words or not says_how_it_is(claim):
        return None
    after = words[words.index(called[-1]) + 1 :]
    ahead = next((word for word in after if word not in _BETWEEN), None)
    if ahead in _ENDED and "alive" not in words:
        return "dead"
    return "alive" if "alive" in after[:NEAR] and _ENDED.isdisjoint(words) else None


def _question(
    actor: str,
    alive: Sequence[Found[Claim]],
    dead: Sequence[Found[Claim]],
    gathered: Gathered,
    voices: Voices,
) -> Iterator[Contradiction]:
    pairs = [
        (one, other)
        for one in alive
        for other in dead
        if ordinal(other.found_in.known) <= ordinal(one.found_in.known)
        and voices.are_told_apart(one.id, other.id)
    ]
    if pairs:
        sides = (
            side("affirmed", (one for one, _ in pairs), voices),
            side("denied", (other for _, other in pairs), voices),
        )
        question = Reason("is_alive", given={"who": gathered.names.get(actor, actor)})
        yield contradiction("polarity", question, sides, about=f"alive\0{actor}")
