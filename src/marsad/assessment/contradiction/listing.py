"""Contradictions as JSON objects."""

from __future__ import annotations

from typing import Any

from marsad.assessment.agreement.listing import listed_origin
from marsad.assessment.contradiction.records import Contradiction, Side

Listed = dict[str, Any]


def listed(each: Contradiction) -> Listed:
    """A question with its sides, their claims as the lists of the ledger give them."""
    return {
        "id": each.id,
        "kind": each.kind,
        "question": each.question,
        "known": each.known,
        "sides": [_side(side) for side in each.sides],
        "beside": [_side(side) for side in each.beside],
    }


def _side(side: Side) -> Listed:
    return {
        "answer": side.answer,
        "origins": [listed_origin(origin) for origin in side.origins],
        "claims": [found.listed() for found in side.claims],
    }
