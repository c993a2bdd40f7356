"""Incidents that happened for one voice and did not for another, or of which one denies to be the author.

Accounts are of one incident where one document's record holds them, or where type, day, place and sides
are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from marsad.assessment.agreement.compared import Compared
from marsad.assessment.agreement.origins import Voices
from marsad.assessment.contradiction.denials import is_denial
from marsad.assessment.contradiction.records import Contradiction, contradiction, quoted, side
from marsad.assessment.reasons import Reason
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim, Incident

_HAPPENED = frozenset({"occurred", "ongoing"})
_BLAMED = frozenset({"claimed", "accused"})
_ABOUT = {"did_it_happen": "Did it happen", "who_was_it": "Who was it"}  # in the ids of questions


def incidents(seen: Compared) -> list[Contradiction]:
    """The incidents of which it is contested that they happened, or who is behind them."""
    found: dict[str, Contradiction] = {}
    for group in _groups(seen):
        for made in _contested(group, seen.by_id, seen.voices):
            found.setdefault(made.id, made)
    return list(found.values())


def _groups(seen: Compared) -> Iterator[Sequence[Found[Incident]]]:
    yield from seen.incident_groups
    placed = {found.id for group in seen.incident_groups for found in group}
    yield from ([found] for found in seen.gathered.incidents if found.id not in placed)


def _contested(
    group: Sequence[Found[Incident]], by_id: dict[str, Found[Claim]], voices: Voices
) -> Iterator[Contradiction]:
    statuses = [(each.claim, each.value) for found in group for each in found.record.statuses]
    blamed = [(each.claim, each.value) for found in group for each in found.record.responsibility]
    first = group[0].record
    what = f"{first.type.casefold()} {first.mode or ''}".strip()
    happened = [by_id[claim] for claim, value in statuses if value in _HAPPENED and claim in by_id]
    not_happened = [by_id[claim] for claim, value in statuses if value == "denied" and claim in by_id]
    yield from _question("did_it_happen", what, happened, not_happened, voices)
    accused = [by_id[claim] for claim, value in blamed if value in _BLAMED and claim in by_id]
    rejecting = [by_id[claim] for claim, value in blamed if value == "denied" and claim in by_id]
    yield from _question("who_was_it", what, accused, rejecting, voices)


def _question(
    asked: str, what: str, said: Iterable[Found[Claim]], denied: Iterable[Found[Claim]], voices: Voices
) -> Iterator[Contradiction]:
    denials = [found for found in denied if is_denial(found.record)]
    opposed = [
        found for found in said if any(voices.are_told_apart(found.id, denial.id) for denial in denials)
    ]
    if opposed and denials:
        sides = (side("affirmed", opposed, voices), side("denied", denials, voices))
        question = Reason(asked, given={"what": what, "words": quoted(sides[0].claims[0])})
        yield contradiction("denial", question, sides, about=f"{_ABOUT[asked]}\0{what}")
