"""Keeps the `shown` tables, the search index and the pairs of copies up to date with the facts.

Everything here can be thrown away and made again from the facts; `stale` says for which documents it
must be. It is changed in the same transaction as the facts, so no reader ever sees one without the
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, and_, bindparam, delete, func, insert, or_, select

from marsad.ledger import bulk, identity, keys, packing, view
from marsad.ledger.schema import (
    RECORDS,
    documents,
    indexed,
    journal,
    readings,
    retired,
    shown_documents,
    terms,
)
from marsad.ledger.showing import counted, pairing, search
from marsad.ledger.showing.shown import Shown, shown, tombstone
from marsad.ledger.showing.terms import Term
from marsad.ledger.view import View

VERSION = 4  # of what the rows hold; a new one makes all documents stale


def put(connection: Connection, document_ids: Sequence[str], views: Sequence[View] = ()) -> None:
    """Bring the index of documents up to date with the facts, in the transaction that is under way.

    Args:
        document_ids: documents that are looked up.
        views: of documents that are new, and have no row here yet.
    """
    lift_camps = view.are_camps_lifted(connection)
    last = int(connection.execute(select(func.max(journal.c.number))).scalar() or 0)
    gone = _taken_out(connection, document_ids)
    made = list(views)
    for document_id in document_ids:
        if found := view.view(connection, document_id):
            made.append(found)
            _put_retired(connection, found)
        else:
            _put_tombstone(connection, document_id, last)
    rows = [shown(found, lift_camps=lift_camps) for found in made]
    come = [counted.said_by(each) for each in rows]
    _insert(connection, sorted(rows, key=_by_key), last)  # the search index takes rising keys fastest
    counted.change(connection, gone, come)
    documents_made = [found.reading.document for found in made]
    # rows of one table share the names of its columns
    pairing.put(connection, {d.text_sha256: d.text for d in documents_made if d.genre != "coded"})


def _by_key(rows: Shown) -> int:
    return int(rows.document["key"])


def _put_tombstone(connection: Connection, document_id: str, through: int) -> None:
    """What is shown of a redacted document: that it was there, its hashes, who removed it and why."""
    if (gone := view.tombstone(connection, document_id)) is None:
        return
    row = tombstone(gone)
    connection.execute(insert(shown_documents), row)
    none = packing.packed(b"[]")
    at = {"document": document_id, "key": row["key"], "version": VERSION, "through": through, "terms": none}
    connection.execute(insert(indexed), at)
    connection.execute(delete(retired).where(retired.c.entry.in_(_entries(document_id))))


def _entries(document_id: str) -> Select[tuple[int]]:
    return select(readings.c.entry).where(readings.c.document == document_id)


def remove(connection: Connection, document_ids: Iterable[str]) -> None:
    """Take documents out of the index, copies of their texts left."""
    counted.change(connection, _taken_out(connection, document_ids), [])


def _taken_out(connection: Connection, document_ids: Iterable[str]) -> list[list[counted.Said]]:
    """Take them out, and give what each said of actors, places and sources, which is still counted."""
    gone = []
    for document_id in document_ids:
        row = connection.execute(select(indexed).filter_by(document=document_id)).first()
        if row is None:
            continue
        gone.append(counted.said_in(connection, row.key))
        last = keys.last_of(row.key)
        for table in (shown_documents, *RECORDS.values()):
            connection.execute(delete(table).where(table.c.key.between(row.key, last)))
        for name in search.TABLES:
            search.clear(connection, name, row.key, last)
        _remove_terms(connection, row.terms)
        connection.execute(delete(indexed).filter_by(document=document_id))
    return gone


def stale(connection: Connection) -> Iterator[str]:
    """The documents whose index is missing or of another version."""
    missing = (
        select(documents.c.id)
        .outerjoin(indexed, indexed.c.document == documents.c.id)
        .where(or_(indexed.c.document.is_(None), indexed.c.version != VERSION))
        .order_by(documents.c.entry)
    )
    yield from connection.execute(missing).scalars()


def is_settled(connection: Connection) -> bool:
    """Whether there is no such document."""
    other = or_(indexed.c.version < VERSION, indexed.c.version > VERSION)
    if connection.execute(select(indexed.c.version).where(other).limit(1)).first():
        return False
    shown_now, there = (select(func.count()).select_from(table) for table in (indexed, documents))
    return bool(connection.execute(select(shown_now.scalar_subquery() == there.scalar_subquery())).scalar())


def _insert(connection: Connection, made: Sequence[Shown], through: int) -> None:
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    words: dict[str, list[tuple[int, str]]] = defaultdict(list)
    termed: list[Term] = []
    for each in made:
        rows[shown_documents].append(each.document)
        rows[indexed].append(
            {
                "document": each.document["id"],
                "key": each.document["key"],
                "version": VERSION,
                "through": through,
                "terms": packing.packed(msgspec.json.encode(each.terms)),
            }
        )
        for kind, records in each.records.items():
            rows[RECORDS[kind]] += records
        termed += each.terms
        for name, found in each.words.items():
            words[name] += found
    for table, values in rows.items():
        bulk.insert(connection, table, values)
    bulk.insert_values(connection, terms, ("field", "value", "key"), sorted(termed))
    for name, searched in words.items():
        search.fill(connection, name, searched)


def _remove_terms(connection: Connection, packed: bytes) -> None:
    gone = [
        {"f": field, "v": value, "k": key}
        for field, value, key in msgspec.json.decode(packing.unpacked(packed))
    ]
    if gone:
        one = and_(
            terms.c.field == bindparam("f"), terms.c.value == bindparam("v"), terms.c.key == bindparam("k")
        )
        connection.execute(delete(terms).where(one), gone)


def _put_retired(connection: Connection, found: View) -> None:
    """Note where the records are that this document had before: by earlier readings, or unreviewed."""
    document_id = found.reading.document.id
    entries = select(readings.c.entry, readings.c.body).where(readings.c.document == document_id)
    stored = connection.execute(entries).all()
    if len(stored) == 1 and not found.reviewed.outcomes:
        return
    connection.execute(delete(retired).where(retired.c.entry.in_([row.entry for row in stored])))
    current = {each.id for each in identity.numbered(found.reading)}
    gone = [
        {"id": each.id, "entry": row.entry}
        for row in stored
        for each in identity.numbered(view.unpacked(row.body, b""))
        if each.id not in current
    ]
    if gone:
        connection.execute(insert(retired), gone)
