"""What a denial denies: the reader's tie, or the claim before it that holds its words or to which it points.

Only what is denied in so many words counts: who rejects a plan or refuses to go has an opinion on it,
and contradicts nobody who says that there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.linkage.claims.words import content, folded, is_negated
from marsad.records.reading import Claim
from marsad.records.spans import overlaps

NEAR = 800  # characters between a denial and what it denies, where its words tell
NEXT = 150  # and where only its place tells
FEW = 4  # content words of a denial that may tell by where it stands what it denies

_DENYING = frozenset(
    {"deny", "denies", "denied", "denying", "denial", "denials", "refuted", "refutes", "refuting"}
)
_TURNING_DOWN = frozenset(
    {"dismissed", "dismisses", "dismissing", "rejected", "rejects", "rejecting", "disputed"}
)
_POINTING = frozenset(
    {
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "charge",
        "charges",
        "claim",
        "claims",
        "report",
    }
    | {"reports", "rumour", "rumours", "suggestion", "suggestions"}
)
_PRONOUNS = frozenset({"it", "this", "that", "them", "these"})
_SMALL = frozenset({"a", "all", "any", "as", "both", "such", "the", "those"})
# Nouns that stand for a name said before.
_PLACES = frozenset(
    stem for word in ("town", "city", "village", "district", "capital", "area") for stem in content(word)
)
_ACTORS = frozenset(stem for word in ("group", "company", "movement", "militia") for stem in content(word))
_ASSERTED = frozenset({"statement", "belief", "perception"})
_FINITE = frozenset(
    {
        "am",
        "are",
        "can",
        "could",
        "did",
        "do",
        "does",
        "had",
        "has",
        "have",
        "is",
        "must",
        "was",
        "were",
        "will",
    }
    | {"would"}
)
_OPEN = frozenset({"how", "if", "what", "when", "where", "whether", "which", "who", "why", "to", "for", "of"})
_PERFECT = (("to", "be"), ("to", "have"))  # "is said to have links"


class Denied(NamedTuple):
    """A claim and its denial."""

    affirmed: Found[Claim]
    denied: Found[Claim]


def is_denial(claim: Claim) -> bool:
    """Whether somebody denies in so many words that it is so."""
    if claim.polarity != "denied" or claim.cue is None or claim.attitude not in _ASSERTED:
        return False
    cue, words = set(folded(claim.cue.text)), set(folded(claim.text))
    return bool(cue & _DENYING or (cue & _TURNING_DOWN and words & _POINTING))


def says_how_it_is(claim: Claim) -> bool:
    """Whether a claim is a proposition of its own that its holder holds to be so."""
    words = folded(claim.text)
    if claim.attitude not in _ASSERTED or claim.certainty == "possible" or not words:
        return False
    is_open = words[0] in _OPEN and words[:2] not in _PERFECT
    return _is_clause(claim) and not is_open and "?" not in claim.text


def tied(gathered: Gathered) -> Iterator[Denied]:
    """Each denial with what it denies, where that can be told."""
    claims = gathered.claims
    by_id = {found.id: found for found in claims}
    documents: defaultdict[str, list[Found[Claim]]] = defaultdict(list)
    for found in claims:
        if found.record.spans:
            documents[found.found_in.id].append(found)
    for of in documents.values():
        of.sort(key=lambda found: (found.record.spans[0], found.id))
        for at, denial in enumerate(of):
            if not is_denial(denial.record):
                continue
            affirmed = _told(denial, by_id) or _before(denial, of[:at], gathered.sites)
            if affirmed is not None:
                yield Denied(affirmed, denial)


def _told(denial: Found[Claim], by_id: Mapping[str, Found[Claim]]) -> Found[Claim] | None:
    """What the reader tied it to; what is longer than a denial can be about is none."""
    found = by_id.get(denial.record.denies or "")
    return found if found is not None and says_how_it_is(found.record) else None


def _before(
    denial: Found[Claim], earlier: Sequence[Found[Claim]], sites: Mapping[str, Collection[Located]]
) -> Found[Claim] | None:
    near = [found for found in reversed(earlier) if _apart(found.record, denial.record) <= NEAR]
    if _points_back(denial.record):
        last = next((found for found in near if found.record.kind == "attributed"), None)
        is_next = last is not None and _apart(last.record, denial.record) <= NEXT
        return last if last is not None and is_next and _can_be_denied(last.record) else None
    words = set(content(denial.record.text))
    near = [found for found in near if _can_be_denied(found.record)]
    if words & _PLACES:  # "the town": a claim that names one
        near = [found for found in near if sites.get(found.id)]
    words -= _PLACES | _ACTORS
    if not 0 < len(words) <= FEW:
        return None
    near = [found for found in near if words <= set(content(found.record.text))]
    if not _is_clause(denial.record):
        near = [found for found in near if found.record.kind == "attributed"]  # "the attack": who was accused
    return next((found for found in near if found.record.about), near[0] if near else None)


def _is_clause(claim: Claim) -> bool:
    """Whether it has a verb, for all that its words tell."""
    words = folded(claim.text)
    return words[:1] == ("that",) or any(word in _FINITE or word.endswith("ed") for word in words)


def _apart(claim: Claim, denial: Claim) -> int:
    """The characters between a claim and a denial after it; of one that overlaps it, more than any."""
    return NEAR + 1 if share_text(claim, denial) else denial.spans[0][0] - claim.spans[-1][1]


def share_text(a: Claim, b: Claim) -> bool:
    """Whether the words of two claims of one document overlap: one is then part of the other."""
    return any(overlaps(one, other) for one in a.spans for other in b.spans)


def _can_be_denied(claim: Claim) -> bool:
    if claim.polarity != "affirmed" or claim.attitude not in _ASSERTED or is_negated(claim.text):
        return False
    return "whether" not in folded(claim.text)


def _points_back(claim: Claim) -> bool:
    """Whether a denial says nothing of its own: "it", "the charges", "those claims"."""
    words = [word for word in folded(claim.text) if word not in _SMALL]
    return bool(words) and all(word in _POINTING | _PRONOUNS for word in words)
