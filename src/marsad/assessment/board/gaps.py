"""What is not known: indicators without evidence, or only old, lonely or unnamed evidence; who is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from marsad.assessment.board.directions import origins_of
from marsad.assessment.board.records import Silence, told_of
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.store import Store
from marsad.linkage.origins import Origin
from marsad.records.reading import Claim

_NAMED = frozenset({"named", "publisher"})


def gap(claims: Sequence[Found[Claim]], gathered: Gathered, first: str) -> str | None:
    """What is not known of an indicator, in a sentence or two; `None` where nothing is amiss.

    Args:
        claims: its evidence.
        first: the first day of the window.
    """
    return " ".join(_gaps(claims, gathered, first)) or None


def _gaps(claims: Sequence[Found[Claim]], gathered: Gathered, first: str) -> Iterator[str]:
    if not claims:
        yield "No evidence: no claim about the subject tells of it."
        return
    recent = [found for found in claims if told_of(found) >= first]
    if not recent:
        yield f"Only old evidence: the newest is of {max(map(told_of, claims))}."
    origins = origins_of(recent or claims, gathered)
    if all(group.kind == "unnamed" for group in origins):
        yield f"Only unnamed sources{f' since {first}' if recent else ''}."
    elif len(origins) == 1:
        yield f"Only one origin{f' since {first}' if recent else ''}: {origins[0].name}."


def silences(ledger: Store, gathered: Gathered, first: str, day: str) -> tuple[Silence, ...]:
    """The named sources that spoke before the window and not in it, those with most claims first.

    Args:
        first: the first day of the window, and
        day: its last.
    """
    by_origin: defaultdict[str, list[Found[Claim]]] = defaultdict(list)
    for found in gathered.claims:
        by_origin[gathered.origins[found.id].key].append(found)
    quiet = [
        _silence(ledger, gathered, claims, first, day)
        for claims in by_origin.values()
        if gathered.origins[claims[0].id].kind in _NAMED and _last(claims).found_in.known < first
    ]
    return tuple(sorted(quiet, key=lambda each: (-each.claims, each.key)))


def _silence(
    ledger: Store, gathered: Gathered, claims: Sequence[Found[Claim]], first: str, day: str
) -> Silence:
    last = _last(claims)
    origin = gathered.origins[last.id]
    said = f"Last heard of the subject on {last.found_in.known}"
    return Silence(
        key=origin.key,
        name=origin.name,
        kind=origin.kind,
        claims=len(claims),
        last=last,
        reason=f"{said}{_coverage(ledger, gathered, origin, first, day)}.",
    )


def _last(claims: Sequence[Found[Claim]]) -> Found[Claim]:
    return max(claims, key=lambda found: (found.found_in.known, found.id))


def _coverage(ledger: Store, gathered: Gathered, origin: Origin, first: str, day: str) -> str:
    """Of an outlet, whether the ledger has anything of it in the window: else nobody can tell."""
    if origin.kind != "publisher":
        return ""
    here = ledger.documents(publisher=origin.name, known=f"{first}/{day}", as_known=gathered.as_known)
    number = here.count()
    if not number.number:
        return f"; the ledger has nothing of it since {first}"
    documents = f"{number.number:,}{'+' if number.is_capped else ''}"
    return f"; none of its documents since {first} ({documents}) speaks of it"
