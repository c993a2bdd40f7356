"""Which claim a denial denies: one before it, or the one that it names ("denied reports that ...").

A wrong link is worse than none, so the denied claim has to say most of what is denied, by another
holder, with the same figures and as many negations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from math import log
from typing import NamedTuple

from msgspec.structs import replace

from marsad.reading.claims import cue_words
from marsad.reading.claims.cue_words import about
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import closed_class, is_finite
from marsad.reading.text import Token, tokenize
from marsad.records.reading import Claim
from marsad.records.spans import Span, any_contains, hull, overlaps

ALIKE = 0.55  # share of what a denial says, by weight, that the denied claim must say too
SHARED = 2  # words that the two must share at least
LOOK_BACK = 60  # affirmed claims before a denial among which the denied one is sought
NEAR = 400  # characters between a claim and "denied the accusation" that names no more of it
SAME = 8  # claims of the same words among which another's is sought
LEAD = 3  # words of a denial before the noun that names what is denied


class _Denials(Entry, frozen=True):
    """The shape of `denials.toml`."""

    named: frozenset[str]
    pronouns: frozenset[str]
    told: frozenset[str]
    light: frozenset[str]
    definite: frozenset[str]
    holders: frozenset[str]


@cache
def _vocabulary() -> _Denials:
    return load("denials", _Denials)


class _Gist(NamedTuple):
    """What a claim says, for comparing it with another."""

    stems: frozenset[str]
    acts: frozenset[str]  # the stems that are no names
    numbers: frozenset[str]
    negated: bool

    def with_name(self, name: str) -> _Gist:
        """The gist with the words of a name, which a pronoun or a gerund leaves out."""
        return self._replace(stems=self.stems | _gist(name).stems)


class Denials:
    """The claims of a text so far, for what a denial denies."""

    def __init__(self) -> None:
        self._claims: list[Claim] = []
        self._gists: list[_Gist] = []
        self._holding: defaultdict[str, list[int]] = defaultdict(list)  # numbers of claims by stem

    def add(self, claim: Claim) -> None:
        """Note a claim; one that is itself a denial is not what another denies."""
        if claim.polarity == "affirmed":
            self._claims.append(claim)

    def _compare(self) -> None:
        """Bring the gists up to the claims: they are only worth their time where something is denied."""
        for number in range(len(self._gists), len(self._claims)):
            self._gists.append(_gist(self._claims[number].text))
            for stem in self._gists[number].stems:
                self._holding[stem].append(number)

    def denied_claim(self, words: str, denial: Claim) -> str | None:
        """Id of the claim so far that says `words`, which are denied; None where none clearly does.

        Claims of the denial's own holder and those that it overlaps are left out.
        """
        if _is_topic(words):
            return None
        self._compare()
        gist = _gist(words)
        if denial.source and _is_of_holder(words):
            gist = gist.with_name(denial.source.text)
        best: tuple[float, int] | None = None
        for number, shared in self._sharing(gist):
            alike = self._weight(shared) / self._weight(gist.stems)
            if alike >= ALIKE and self._may_be_denied(number, gist, shared, denial):
                best = max(best or (0.0, 0), (alike, number))
        return self._claims[best[1]].id if best else None

    def _sharing(self, gist: _Gist) -> list[tuple[int, frozenset[str]]]:
        """Numbers of the claims looked back on that share stems, with the stems."""
        first = len(self._claims) - LOOK_BACK
        shared: defaultdict[int, set[str]] = defaultdict(set)
        for stem in gist.stems:
            for number in self._holding.get(stem, ())[-LOOK_BACK:]:
                if number >= first:
                    shared[number].add(stem)
        return [(number, frozenset(stems)) for number, stems in shared.items() if len(stems) >= SHARED]

    def _weight(self, stems: frozenset[str]) -> float:
        """Rare words weigh more: inverse document frequency over the claims so far."""
        total = len(self._claims) + 1
        return sum(log(1 + total / (1 + len(self._holding.get(stem, ())))) for stem in sorted(stems))

    def _may_be_denied(self, number: int, gist: _Gist, shared: frozenset[str], denial: Claim) -> bool:
        claim, own = self._claims[number], self._gists[number]
        acts = len(shared & own.acts & gist.acts)
        if own.negated != gist.negated or acts < min(SHARED, len(gist.acts)):
            return False
        if gist.numbers and not gist.numbers & own.numbers:
            return False
        return _is_anothers(claim, denial) and not overlaps(hull(claim.spans), hull(denial.spans))

    def named_before(self, denial: Claim) -> str | None:
        """Id of the claim that "disputed the claim" or "denied it" speaks of: the last one, near by.

        Of "it" that is only sure where the claim is about the denier.
        """
        words = [token.lower for token in _words(denial.text)]
        holder = denial.source.actor if denial.source else None
        for claim in self._claims[: -LEAD - 1 : -1]:
            if not _is_told_near(claim, denial):
                continue
            names = _names_last(words) or (
                _is_pronoun(words) and holder is not None and holder in claim.about
            )
            return claim.id if names and _is_anothers(claim, denial) else None
        return None


def link(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of one document, in order, each denial with the claim that it denies."""
    inner: dict[str, Claim] = {}
    of_words: defaultdict[Span, list[Claim]] = defaultdict(list)
    for claim in claims:
        of_words[hull(claim.spans)].append(claim)
        if claim.parent:
            inner.setdefault(claim.parent, claim)
    denials, linked = Denials(), []
    for claim in claims:
        denies = None
        if _is_denial(claim):
            same = of_words[hull(claim.spans)][:SAME]
            denies = _denied_in(claim, inner.get(claim.id), same) or _denied_before(claim, denials)
        linked.append(replace(claim, denies=denies) if denies != claim.denies else claim)
        denials.add(claim)
    return tuple(linked)


def _is_denial(claim: Claim) -> bool:
    """A denial says that something is not so; who refuses or opposes does not."""
    if claim.polarity != "denied" or claim.attitude != "statement" or claim.cue is None:
        return False
    head = cue_words.head(_words(claim.cue.text))
    return head is not None and any(sense.polarity == "denied" for sense in head.word.senses)


def _denied_in(denial: Claim, inner: Claim | None, same: Sequence[Claim]) -> str | None:
    """Id of the claim inside a denial that it names, or of another's with the same words.

    "They denied reports that it fell"; "they claim that it fell, despite his denials".
    """
    if inner and _names(denial, inner):
        return inner.id
    others = (claim for claim in same if claim.polarity == "affirmed" and _is_anothers(claim, denial))
    return next((claim.id for claim in others if claim.kind == "attributed"), None)


def _denied_before(denial: Claim, before: Denials) -> str | None:
    return before.denied_claim(denial.text, denial) or before.named_before(denial)


def _names(denial: Claim, inner: Claim) -> bool:
    """Whether a denial is of the claim in it: "denied the report that they had left"."""
    if not inner.cue or not any_contains(denial.spans, hull(inner.cue.spans)):
        return False
    before = inner.cue.spans[0][0] - denial.spans[0][0]
    lead = _words(denial.text[:before]) if before else ()
    nouns = {token.lower for token in _words(inner.cue.text)}
    return len(lead) <= LEAD and bool(nouns & _vocabulary().named)


def _names_last(words: Sequence[str]) -> bool:
    """ "the accusation", "this claim": the one told last, but not "all claims"."""
    known = _vocabulary()
    return len(words) == 2 and words[0] in known.definite and words[1] in known.told


def _is_topic(words: str) -> bool:
    """ "the performance on Monday": a phrase that says nothing which another could have claimed."""
    tokens = _words(words)
    first = tokens[0].lower if tokens else ""
    verbal = _is_of_holder(words) or first in {"that", "to"} or any(map(is_finite, tokens))
    return not verbal and not any(token.lower in _vocabulary().named for token in tokens)


def _is_pronoun(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0] in _vocabulary().pronouns


def _is_told_near(claim: Claim, denial: Claim) -> bool:
    near = 0 <= hull(denial.spans)[0] - hull(claim.spans)[1] <= NEAR
    told = claim.kind == "attributed" and claim.attitude in {"statement", "belief"}
    return near and told and claim.polarity == "affirmed"


def _is_of_holder(words: str) -> bool:
    """ "that it had fired", "firing": whose subject is the one who denies it."""
    first = next((token.lower for token in _words(words) if token.lower != "that"), "")
    return first in _vocabulary().holders or (len(first) > 4 and first.endswith("ing"))


def _is_anothers(claim: Claim, denial: Claim) -> bool:
    """Whether the two are not known to have one holder."""
    one, other = claim.source, denial.source
    if one is None or other is None:
        return claim.id != denial.id
    return one.text != other.text and (one.actor is None or one.actor != other.actor)


# --- gists ---------------------------------------------------------------------------------------


def _words(text: str) -> tuple[Token, ...]:
    return tuple(token for token in tokenize(text, 0, len(text)) if token.is_word)


def _gist(text: str) -> _Gist:
    tokens = tokenize(text, 0, len(text))
    negations = sum(token.lower in about().negations for token in tokens)
    kept = [t for t in tokens if t.is_word and len(t.lower) > 2 and t.lower not in _empty()]
    names = Counter(_stem(t.lower) for t in kept if t.is_name and t is not tokens[0])
    stems = frozenset(_stem(token.lower) for token in kept)
    numbers = frozenset(token.text for token in tokens if token.is_number)
    return _Gist(stems | numbers, stems - frozenset(names), numbers, negations % 2 == 1)


@cache
def _empty() -> frozenset[str]:
    """Words that say nothing of what happened."""
    return closed_class() | about().negations | _vocabulary().named | _vocabulary().light


def _stem(word: str) -> str:
    """A word without its inflection, by its letters alone: "killed", "killing" and "kills" are one."""
    for ending in ("ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word.rstrip("ey")[:7] or word
