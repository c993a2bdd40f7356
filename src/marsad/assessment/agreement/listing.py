"""Agreements as JSON objects."""

from __future__ import annotations

from typing import Any

from marsad.assessment.agreement.groups import Agreement, IncidentAgreement
from marsad.linkage.origins import Group

Listed = dict[str, Any]


def listed(each: Agreement | IncidentAgreement) -> Listed:
    """A group with its records as the lists of the ledger give them."""
    records = each.claims if isinstance(each, Agreement) else each.incidents
    parts = each.parts if isinstance(each, Agreement) else ()
    return {
        "id": each.id,
        "kind": "claims" if isinstance(each, Agreement) else "incidents",
        "first_known": records[0].found_in.known,
        "origins": [listed_origin(origin) for origin in each.origins],
        "echoes": each.echoes,
        "proposed_credibility": each.proposed,
        "reason": str(each.reason),
        "records": [found.listed() for found in records],
        "parts": [found.id for found in parts],
    }


def listed_origin(group: Group) -> Listed:
    return {**group._asdict(), "documents": list(group.documents)}
