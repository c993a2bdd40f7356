"""The texts of documents as they may be shown, from which outputs cut the words around a quote."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from marsad.disclosure import mask_text
from marsad.ledger import view


def shown_texts(connection: Connection, document_ids: Collection[str]) -> dict[str, str]:
    """By id, texts with marks for what is masked, so that offsets hold; redacted ones are left out."""
    lifted = view.are_camps_lifted(connection)
    found = ((each, view.view(connection, each)) for each in sorted(document_ids))
    return {each: mask_text(seen.reading, lift_camps=lifted) for each, seen in found if seen}
