"""Whose word a set of claims is: the independent origins, with doubtful ones counted as one.

`linkage.origins` tells whose word one claim is. Among claims that say the same, more can be seen: an
outlet that repeats another's sentence or number has no word of its own, and one voice is named in
several ways ("the panel", "UN Panel"). In doubt two origins do not corroborate each other, nor disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from marsad.assessment.agreement.statements import amounts
from marsad.assessment.voices import UNTOLD, fullness, may_be_one
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.words import content
from marsad.linkage.origins import NAMED, Group, Origin, folded_name, independent
from marsad.records.reading import Claim

REWORDED = 0.6  # share of the words of the shorter of two sentences from which one is the other, written anew


class Voices:
    """Who speaks in what was gathered."""

    def __init__(self, gathered: Gathered) -> None:
        self._origins = gathered.origins
        self._offices = _offices(gathered)
        self._states = _states(gathered)
        self._outlets = _outlets(gathered)

    def groups(self, found: Iterable[Found[Claim]]) -> tuple[Group, ...]:
        """The independent origins of claims that say the same, most claims first; echoes are seen."""
        ordered = outermost(sorted(found, key=lambda each: (each.found_in.known, each.id)))
        said = [each for each in ordered if not self.is_outlet(each)]
        attributed = {each.found_in.id: each for each in reversed(said) if each.record.kind == "attributed"}
        printed = [each for each in ordered if self.is_outlet(each)]
        counted = []
        for each in ordered:
            whose = each
            if self.is_outlet(each):
                first = self._first(each, printed)
                whose = attributed.get(each.found_in.id) or self._echoed(each, said) or first
            counted.append((self._origins[whose.id], each.found_in.id))
        return self._independent(counted)

    def groups_of_accounts(self, claims: Mapping[str, str]) -> tuple[Group, ...]:
        """The independent origins of the claims of incidents: by id, each with its document."""
        return self._independent(
            [(self._origins[each], of) for each, of in claims.items() if each in self._origins]
        )

    def are_told_apart(self, a: str, b: str) -> bool:
        """Whether the origins of two claims are surely two. Nobody and private persons never are."""
        one, other = self._origins.get(a), self._origins.get(b)
        if one is None or other is None or {one.key, other.key} & UNTOLD:
            return False
        return not self._may_be_one(one, other)

    def is_told(self, claim: str) -> bool:
        """Whether somebody is told for it, by name or by description."""
        return claim in self._origins and self._origins[claim].key not in UNTOLD

    def may_be_one(self, a: str, b: str) -> bool:
        """Whether two claims go back to one voice, for all that their names tell."""
        one, other = self._origins.get(a), self._origins.get(b)
        return one is not None and other is not None and self._may_be_one(one, other)

    def is_outlet(self, found: Found[Claim]) -> bool:
        """Whether it is the own word of a publisher that reports what others say."""
        return self._origins[found.id].key in self._outlets

    def _independent(self, said: Sequence[tuple[Origin, str]]) -> tuple[Group, ...]:
        return independent(said, {}, self._doubtful({origin for origin, _ in said}))

    def _echoed(self, found: Found[Claim], said: Sequence[Found[Claim]]) -> Found[Claim] | None:
        """Whom an outlet repeats: whoever its sentence names, or whoever gave its number before."""
        words, numbers = frozenset(content(found.record.text)), set(amounts(found.figures))
        for other in said:
            name = frozenset(content(self._origins[other.id].name))
            if name and name <= words:
                return other
            if other.found_in.known <= found.found_in.known and numbers & set(amounts(other.figures)):
                return other
        return None

    def _first(self, found: Found[Claim], printed: Sequence[Found[Claim]]) -> Found[Claim]:
        """The sentence that an outlet repeats or writes anew: the first that holds most of its words.

        What it prints elsewhere in its own name is its own here too, if a wire that it carries is around it.
        """
        publisher = found.found_in.document.publisher
        own = [each for each in printed if self._origins[each.id].key == NAMED + folded_name(publisher or "")]
        before = printed[: printed.index(found)]
        elsewhere = [each for each in before if each.found_in.document.publisher != publisher]
        words = frozenset(content(found.record.text))
        for other in elsewhere if found in own else (*own, *elsewhere):
            theirs = frozenset(content(other.record.text))
            if len(words & theirs) >= REWORDED * min(len(words), len(theirs)):
                return other
        return found

    def _doubtful(self, origins: Iterable[Origin]) -> dict[str, str]:
        """For each key the longest name that may be the same, where there is one."""
        ordered = sorted(origins, key=lambda each: (each.kind == "unnamed", -fullness(each), each.key))
        merged: dict[str, str] = {}
        for at, origin in enumerate(ordered):
            others = (each for each in ordered[:at] if each.key not in merged and each.key != origin.key)
            of = next((each.key for each in others if self._may_confirm_nothing(each, origin)), None)
            if of is not None and origin.key not in merged:
                merged[origin.key] = of
        return merged

    def _may_confirm_nothing(self, a: Origin, b: Origin) -> bool:
        """Whether two origins may be one voice, or two of one institution: a president and his state.

        Two of one institution confirm nothing, but they may well contradict each other.
        """
        one, other = ({each.key, *self._states.get(each.key, ())} for each in (a, b))
        return self._may_be_one(a, b) or not one.isdisjoint(other)

    def _may_be_one(self, a: Origin, b: Origin) -> bool:
        return may_be_one(a, b, self._offices)


def outermost(ordered: Sequence[Found[Claim]]) -> list[Found[Claim]]:
    """The claims that are no part of another of them: whom a speaker quotes is not heard twice."""
    by_document: defaultdict[str, list[Found[Claim]]] = defaultdict(list)
    for each in ordered:
        by_document[each.found_in.id].append(each)
    return [
        each
        for each in ordered
        if not any(other is not each and _is_part(each, other) for other in by_document[each.found_in.id])
    ]


def _is_part(one: Found[Claim], other: Found[Claim]) -> bool:
    """Whether a claim lies in another of its document; of two of the same words, the one that is held."""
    mine, theirs = one.record, other.record
    inside = bool(mine.spans) and all(
        any(b <= begin and end <= e for b, e in theirs.spans) for begin, end in mine.spans
    )
    is_whole = mine.spans == theirs.spans
    return inside and (not is_whole or mine.parent == theirs.id)


def _outlets(gathered: Gathered) -> frozenset[str]:
    """The keys of the origins that publish these documents, and report what others say; so do the media."""
    reports = {
        (found.found_in.document.publisher, found.found_in.document.genre) for found in gathered.claims
    }
    published = {name for name, genre in reports if name and genre != "official"}
    media = {gathered.names[each] for each, kind in gathered.kinds.items() if kind == "media"}
    return frozenset(NAMED + folded_name(name) for name in published | media)


def _offices(gathered: Gathered) -> dict[str, str]:
    """The office of a person, by the key of his origin: the ledger knows "grace doe (minister of health)"."""
    found: dict[str, str] = {}
    for key in sorted(set(gathered.actors.values())):
        name, bracket, office = key.partition(" (")
        if bracket and " " in name:
            found.setdefault(NAMED + name, office.removesuffix(")"))
    return found


def _states(gathered: Gathered) -> dict[str, set[str]]:
    """By the key of a speaker's name, those of the institutions whose word a document takes his to be."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in gathered.claims:
        speaker = each.record.chain[-1] if each.record.chain else each.record.source
        actor = gathered.actors.get(speaker.actor or "") if speaker else None
        whose = gathered.origins[each.id].key
        if actor is not None and whose.startswith(NAMED):
            name = NAMED + folded_name(gathered.names[actor])
            if name != whose:
                found[name].add(whose)
    return found


def is_named(group: Group) -> bool:
    """Whether an origin can support credibility 1: it has a name, and is no dataset of what others said."""
    return group.kind not in ("unnamed", "dataset") and group.key.startswith(NAMED)
