"""Which documents carry the same text, and which of them was first: of the visible ones alone.

The pairs of copies are stored; what they join is found when it is asked for, because a text that a
view does not show must not join two others in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Select, select

from marsad.ledger import keys
from marsad.ledger.bulk import select_in
from marsad.ledger.schema import copies, redactions, shown_documents
from marsad.linkage.copies import clusters
from marsad.linkage.origins import Origin

_of = shown_documents.c


def of(
    connection: Connection, documents: Collection[int], as_known: str | None
) -> dict[int, tuple[int, ...]]:
    """For the keys of visible documents, the keys of all that carry the same text, earliest first.

    A document that nobody copies is alone in its cluster.
    """
    text_of = {
        row.key: row.text_sha256
        for row in select_in(connection, select(_of.key, _of.text_sha256), _of.key, documents)
    }
    edges: set[tuple[str, str]] = set()
    holding: dict[str, list[int]] = {}  # visible documents by their text
    frontier = set(text_of.values())
    while frontier:
        for row in select_in(connection, _visible(as_known), _of.text_sha256, frontier):
            holding.setdefault(row.text_sha256, []).append(row.key)
        shown = [text for text in frontier if text in holding]
        near = select_in(connection, select(copies), copies.c.text_sha256, shown)
        pairs = {(row.text_sha256, row.copy_sha256) for row in near}
        edges |= pairs
        frontier = {copy for _, copy in pairs} - holding.keys() - frontier
    least = clusters(holding, edges)
    members: dict[str, list[int]] = {}
    for text, found in holding.items():
        members.setdefault(least[text], []).extend(found)
    sorted_members = {text: tuple(sorted(found)) for text, found in members.items()}
    return {key: sorted_members[least[text]] for key, text in text_of.items() if text in least}


def earliest(connection: Connection, documents: Collection[int], as_known: str | None) -> dict[int, int]:
    """For each document that copies an earlier one, the earliest copy; by keys."""
    return {key: found[0] for key, found in of(connection, documents, as_known).items() if found[0] != key}


def voices(connection: Connection, first: Mapping[int, int]) -> dict[int, Origin]:
    """For each document that copies an earlier one, whose voice the `earliest` copy is."""
    asked = select(_of.key, _of.origin, _of.origin_name, _of.origin_kind)
    voice = {
        row.key: Origin(row.origin, row.origin_name, row.origin_kind, True)
        for row in select_in(connection, asked, _of.key, set(first.values()))
    }
    return {key: voice[copied] for key, copied in first.items()}


def ids(connection: Connection, documents: Collection[int]) -> dict[int, str]:
    """The ids of documents by their keys."""
    return {row.key: row.id for row in select_in(connection, select(_of.key, _of.id), _of.key, documents)}


def _visible(as_known: str | None) -> Select[tuple[int, str]]:
    # a redacted document keeps the hash of its text, and has no voice
    found = select(_of.key, _of.text_sha256).where(_of.id.not_in(select(redactions.c.document)))
    return found.where(_of.known <= as_known, _of.key < keys.after(as_known)) if as_known else found
