"""What is not known: indicators without evidence, or only old, lonely or unnamed evidence; who is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from marsad.assessment.board.directions import origins_of
from marsad.assessment.board.records import Silence, told_of
from marsad.assessment.reasons import Reason
from marsad.assessment.voices import voices
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.store import Store
from marsad.records.reading import Claim

_NAMED = frozenset({"named", "publisher"})


def gaps(claims: Sequence[Found[Claim]], gathered: Gathered, first: str) -> tuple[Reason, ...]:
    """What is not known of an indicator, a sentence or two.

    Args:
        claims: its evidence.
        first: the first day of the window.
    """
    return tuple(_gaps(claims, gathered, first))


def _gaps(claims: Sequence[Found[Claim]], gathered: Gathered, first: str) -> Iterator[Reason]:
    if not claims:
        yield Reason("no_evidence")
        return
    recent = [found for found in claims if told_of(found) >= first]
    if not recent:
        yield Reason("old_evidence", given={"day": max(map(told_of, claims))})
    origins = origins_of(recent or claims, gathered)
    if all(group.kind == "unnamed" for group in origins):
        yield Reason("unnamed_since", given={"day": first}) if recent else Reason("only_unnamed")
    elif len(origins) == 1:
        name = origins[0].name
        yield (
            Reason("one_since", given={"name": name, "day": first})
            if recent
            else Reason("only_one", given={"name": name})
        )


def silences(ledger: Store, gathered: Gathered, first: str, day: str) -> tuple[Silence, ...]:
    """The named sources that spoke before the window and not in it, those with most claims first.

    Who is heard in it under a longer or shorter name ("the panel", "UN Panel") is not silent.

    Args:
        first: the first day of the window, and
        day: its last.
    """
    speaks = voices(gathered.origins[found.id].key for found in gathered.claims)
    by_voice: defaultdict[str, list[Found[Claim]]] = defaultdict(list)
    for found in gathered.claims:
        by_voice[speaks[gathered.origins[found.id].key]].append(found)
    quiet = [
        _silence(ledger, gathered, named, first, day)
        for claims in by_voice.values()
        if _last(claims).found_in.known < first
        and (named := [found for found in claims if gathered.origins[found.id].kind in _NAMED])
    ]
    return tuple(sorted(quiet, key=lambda each: (-each.claims, each.key)))


def _silence(
    ledger: Store, gathered: Gathered, claims: Sequence[Found[Claim]], first: str, day: str
) -> Silence:
    last = _last(claims)
    origin = gathered.origins[last.id]
    return Silence(
        key=origin.key,
        name=origin.name,
        kind=origin.kind,
        claims=len(claims),
        last=last,
        why=_coverage(ledger, gathered, last, first, day),
    )


def _last(claims: Sequence[Found[Claim]]) -> Found[Claim]:
    return max(claims, key=lambda found: (found.found_in.known, found.id))


def _coverage(ledger: Store, gathered: Gathered, last: Found[Claim], first: str, day: str) -> Reason:
    """Of an outlet, whether the ledger has anything of it in the window: else nobody can tell."""
    origin, heard = gathered.origins[last.id], {"day": last.found_in.known}
    if origin.kind != "publisher":
        return Reason("last_heard", given=heard)
    here = ledger.documents(publisher=origin.name, known=f"{first}/{day}", as_known=gathered.as_known)
    number = here.count()
    if not number.number:
        return Reason("last_heard_and_none", given={**heard, "first": first})
    documents = f"{number.number:,}{'+' if number.is_capped else ''}"
    return Reason("last_heard_elsewhere", given={**heard, "first": first, "documents": documents})
