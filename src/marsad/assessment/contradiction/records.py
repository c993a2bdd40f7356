"""What a contradiction is made of, and how its sides are put together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.assessment.agreement.origins import Voices
from marsad.assessment.reasons import Reason
from marsad.assessment.series import Series
from marsad.ledger.asking.found import Found
from marsad.linkage.origins import Group
from marsad.records.reading import Claim

Kind = Literal["figure", "polarity", "direction", "denial"]


@dataclass(frozen=True, slots=True)
class Side:
    """One answer, with all claims that give it, first known first."""

    answer: str  # affirmed, denied, up, down, steady, or a range: 2,500–3,000 fighters
    claims: tuple[Found[Claim], ...]
    origins: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sides that exclude each other. `beside` holds answers that do not: older, steady or vaguer ones."""

    id: str  # of its question: the same at every date
    kind: Kind
    asked: Reason
    sides: tuple[Side, ...]
    beside: tuple[Side, ...]
    known: str  # the day from which both sides were known
    series: Series | None = None  # whose numbers exclude each other

    @property
    def question(self) -> str:
        """In words: strength and capability of ISIS."""
        return str(self.asked)


def side(answer: str, claims: Iterable[Found[Claim]], voices: Voices) -> Side:
    """One answer with the claims that give it, each once."""
    ordered = sorted({each.id: each for each in claims}.values(), key=known_first)
    return Side(answer, tuple(ordered), voices.groups(ordered))


def known_first(found: Found[Claim]) -> tuple[str, str]:
    return found.found_in.known, found.id


def contradiction(
    kind: Kind,
    asked: Reason,
    sides: Sequence[Side],
    *,
    about: str,
    beside: Sequence[Side] = (),
    series: Series | None = None,
) -> Contradiction:
    """Two sides or more as one question.

    Args:
        about: what the question is of; with the first claims of its sides it makes the id, so that a
            voice that joins later leaves it as it is.
    """
    firsts = sorted(min((found.id for found in each.claims[:1]), default="") for each in sides[:2])
    written = "\0".join([kind, about, *firsts])
    digest = hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
    known = sorted(min(found.found_in.known for found in each.claims) for each in sides)[1]
    return Contradiction(digest, kind, asked, tuple(sides), tuple(beside), known, series)


def quoted(found: Found[Claim]) -> str:
    """The words of a claim, cut where they are long."""
    words = " ".join(found.record.text.split())
    return words if len(words) <= _LONG else f"{words[:_LONG].rsplit(' ', 1)[0]} …"


_LONG = 140  # characters of a claim in a question
