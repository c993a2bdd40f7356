"""What people decide, each an entry of the journal: reviews, merges, ratings, lifts and redactions.

Every function works inside the transaction of `Store.writing` and appends one fact; what is shown
follows in the same transaction.
"""

from __future__ import annotations

from typing import get_args

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Select, insert, select, update

from marsad.errors import BadInput, NotFound
from marsad.ledger import view
from marsad.ledger.asking import linked
from marsad.ledger.journal import Entry, Writer
from marsad.ledger.originals import Originals
from marsad.ledger.schema import (
    documents,
    indexed,
    lifts,
    merges,
    ratings,
    readings,
    redactions,
    reviews,
    shown_actors,
    shown_claims,
    texts,
    vectors,
)
from marsad.ledger.showing import index, pairing, search
from marsad.records.review import CREDIBILITIES, Action, Review

RELIABILITIES = ("A", "B", "C", "D", "E", "F")  # NATO Admiralty: from completely reliable to not known


def review(connection: Connection, writer: Writer, made: Review) -> Review:
    """Append a review and give it with its id and moment.

    Raises:
        NotFound: the ledger has no such document, or what a withdrawal names.
        BadInput: nobody or no reason is given.
    """
    _require(made.by, made.reason)
    if made.action not in get_args(Action):
        raise BadInput(f"{made.action}: no review; give one of {', '.join(get_args(Action))}")
    if made.action == "judge" and made.credibility is None:
        raise BadInput(f"{made.target.kind}: only a claim is judged, from 1 to {len(CREDIBILITIES)}")
    if view.view(connection, made.document) is None:
        raise NotFound(f"no document {made.document}; see marsad documents")
    before = {each.id for each in view.reviews_of(connection, made.document)}
    if made.action == "withdraw" and made.withdraws not in before:
        raise NotFound(f"no review {made.withdraws} of document {made.document}; see marsad review list")
    # the id and the moment are the entry's own, so they are no part of what it hashes
    content = {"body": msgspec.json.encode(replace(made, id="", recorded_at=None)).decode()}
    entry = writer.append("review", made.document, {"document": made.document, **content})
    kept = replace(made, id=f"r{entry.number}", recorded_at=entry.recorded_at)
    body = msgspec.json.encode(kept).decode()
    connection.execute(insert(reviews).values(entry=entry.number, document=made.document, body=body))
    index.put(connection, [made.document])
    return kept


def merge(
    connection: Connection, writer: Writer, actor: str, into: str | None, *, by: str, reason: str
) -> Entry:
    """Say that `actor` is the same as `into`, both keys of actors; `None` takes back what was last said.

    Raises:
        BadInput: it is the same already, or nothing was said of it.
        NotFound: there is no such actor.
    """
    _require(by, reason)
    said = linked.decisions(connection)
    for key in filter(None, (actor, into)):
        if key not in said and not _keys(connection, key):
            raise NotFound(f"{key}: no such actor; see marsad actors")
    if into is None and actor not in said:
        raise BadInput(f"{actor}: is not merged into another")
    if into is not None and _are_one(connection, actor, into):
        raise BadInput(f"{actor} and {into} are the same already")
    return _decide(connection, writer, "unmerge" if into is None else "merge", actor, into, by, reason)


def split(connection: Connection, writer: Writer, actor: str, *, by: str, reason: str) -> Entry:
    """Say that `actor`, the key of one, is none of those with which it is listed as one.

    No rule joins it with another again until that is taken back.

    Raises:
        BadInput: it stands alone.
        NotFound: there is no such actor.
    """
    _require(by, reason)
    own = _keys(connection, actor)
    if not own:
        raise NotFound(f"{actor}: no such actor; see marsad actors")
    links, _ = linked.around(connection, None, own)
    if linked.group(links, own) == own:
        raise BadInput(f"{actor}: is joined with no other actor")
    return _decide(connection, writer, "split", actor, actor, by, reason)


def _decide(
    connection: Connection, writer: Writer, action: str, actor: str, into: str | None, by: str, reason: str
) -> Entry:
    row = {"actor": actor, "into": into, "by": by, "reason": reason}
    entry = writer.append(action, actor, row)
    connection.execute(insert(merges).values(**row, entry=entry.number))
    return entry


def _keys(connection: Connection, actor: str) -> set[str]:
    """The keys of the actors that have this key, or this folded name."""
    of = shown_actors.c
    found = {column: select(of.actor).distinct().where(column == actor) for column in (of.actor, of.called)}
    exact = set(connection.execute(found[of.actor]).scalars())
    return exact or set(connection.execute(found[of.called]).scalars())


def _are_one(connection: Connection, one: str, other: str) -> bool:
    if one == other:
        return True
    ones, others = _keys(connection, one), _keys(connection, other)
    links, _ = linked.around(connection, None, ones | others)
    tops = [{links.top.get(key, key) for key in several} for several in (ones, others)]
    return len(tops[0] | tops[1]) == 1 and bool(ones and others)


def rate(
    connection: Connection, writer: Writer, source: str, reliability: str, *, by: str, reason: str
) -> Entry:
    """Judge a source, named by its key, from A (reliable) to F (not known).

    Raises:
        BadInput: another letter.
        NotFound: no claim comes from it.
    """
    _require(by, reason)
    if reliability not in RELIABILITIES:
        raise BadInput(f"{reliability}: no reliability; give one of {', '.join(RELIABILITIES)}")
    known = select(shown_claims.c.key).where(shown_claims.c.origin == source).limit(1)
    if connection.execute(known).first() is None:
        raise NotFound(f"{source}: no such source; see marsad sources")
    row = {"source": source, "reliability": reliability, "by": by, "reason": reason}
    entry = writer.append("rate", source, row)
    connection.execute(insert(ratings).values(**row, entry=entry.number))
    return entry


def lift(connection: Connection, writer: Writer, *, lifted: bool, by: str, reason: str) -> Entry:
    """Show camps, hospitals, schools and shelters in full in this ledger, or no longer.

    Raises:
        BadInput: it is so already.
    """
    _require(by, reason)
    if view.are_camps_lifted(connection) == lifted:
        raise BadInput(f"camps are {'shown in full' if lifted else 'coarsened'} already")
    row = {"lifted": int(lifted), "by": by, "reason": reason}
    entry = writer.append("lift" if lifted else "unlift", "camps", row)
    connection.execute(insert(lifts).values(**row, entry=entry.number))
    connection.execute(update(indexed).values(version=0))  # all are stale: see Store.refresh
    return entry


def redact(
    connection: Connection, writer: Writer, originals: Originals, document_id: str, *, by: str, reason: str
) -> Entry:
    """Remove a document's text, bytes and readings for good; its hashes, and this entry, stay.

    What another document has in common with it (the same bytes, the same text) stays with that one.

    Raises:
        NotFound: there is no such document.
        BadInput: it is redacted already.
    """
    _require(by, reason)
    row = connection.execute(select(documents).filter_by(id=document_id)).first()
    if row is None:
        raise NotFound(f"no document {document_id}; see marsad documents")
    if connection.execute(select(redactions.c.entry).filter_by(document=document_id)).first():
        raise BadInput(f"document {document_id}: was redacted already")
    fact = {"document": document_id, "by": by, "reason": reason}
    entry = writer.append("redact", document_id, fact)
    index.remove(connection, [document_id])
    connection.execute(insert(redactions).values(**fact, entry=entry.number))
    _empty(connection, document_id)
    others = select(documents.c.id).where(documents.c.raw_sha256 == row.raw_sha256)
    if not _unredacted(connection, others):
        originals.remove(connection, row.raw_sha256)
    index.put(connection, [document_id])  # its tombstone
    search.forget(connection)
    return entry


def _empty(connection: Connection, document_id: str) -> None:
    """Empty what the readings and reviews of a document say; a text that nobody else has goes too."""
    of_document = readings.c.document == document_id
    held = connection.execute(select(readings.c.text_sha256).distinct().where(of_document)).scalars().all()
    entries = select(readings.c.entry).where(of_document)
    connection.execute(update(readings).where(of_document).values(body=b"", given=view.REMOVED))
    connection.execute(update(vectors).where(vectors.c.entry.in_(entries)).values(body=b""))
    connection.execute(update(reviews).where(reviews.c.document == document_id).values(body=view.REMOVED))
    for text_sha256 in held:
        others = select(readings.c.document).distinct().where(readings.c.text_sha256 == text_sha256)
        if not _unredacted(connection, others):
            connection.execute(update(texts).where(texts.c.sha256 == text_sha256).values(body=b""))
            pairing.forget(connection, text_sha256)


def _unredacted(connection: Connection, documents_of: Select[tuple[str]]) -> bool:
    """Whether one of these documents is still there."""
    ids = set(connection.execute(documents_of).scalars())
    gone = set(connection.execute(select(redactions.c.document)).scalars())
    return bool(ids - gone)


def _require(by: str, reason: str) -> None:
    if not by.strip():
        raise BadInput("nobody is named; say who decides with --by or MARSAD_BY")
    if not reason.strip():
        raise BadInput("no reason is given; say why with --reason")
