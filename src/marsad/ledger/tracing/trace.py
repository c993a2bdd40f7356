"""Where anything in the ledger comes from: `marsad trace`.

From a figure to its claim to its words to the text to the bytes to where they were published; who
read it, with what, in which run; what people said of it since. Everything in a trace is as it may be
shown now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, distinct, func, or_, select

from marsad.errors import BadWorkspace
from marsad.ledger import view
from marsad.ledger.asking import linked
from marsad.ledger.schema import (
    RECORDS,
    documents,
    journal,
    merges,
    ratings,
    readings,
    redactions,
    retired,
    reviews,
    shown_actors,
    shown_claims,
    shown_documents,
)
from marsad.ledger.store import Store
from marsad.ledger.tracing import lookup
from marsad.ledger.tracing.chain import Chain, person, recorded, run
from marsad.ledger.tracing.changes import Log, entries
from marsad.ledger.tracing.described import SHORT
from marsad.ledger.tracing.lines import Line, Word
from marsad.ledger.tracing.past import Past
from marsad.ledger.tracing.provenance import Graph, Term, Trace
from marsad.records.review import Review

T = TypeVar("T")
_LEFT = ("raw_sha256", "text_sha256", "extractor", "known", "recorded_at")  # of a redacted document
_MOST = 5  # records of an actor or a source that are traced: those by which it became known first


def trace(store: Store, given: str) -> Trace:
    """The whole origin of whatever an id names.

    Args:
        given: the id of a record or a document, or its beginning (6 characters or more), where it
            is the only one; a review (`r12`); or the key of an actor or a source, whole. A record may
            be one of an earlier reading, or one that a review changed.

    Raises:
        NotFound: nothing is called so, or several things are; the message lists up to five.
    """
    with store.database.reading() as connection:
        return _Tracer(connection, store).trace(given)


class _Tracer:
    """One trace over one connection."""

    def __init__(self, connection: Connection, store: Store) -> None:
        self._connection, self._originals = connection, store.originals
        self._graph = Graph()
        self._chains: dict[str, Chain] = {}

    def trace(self, given: str) -> Trace:
        found = lookup.find(self._connection, given)
        starts = {
            "document": self._document,
            "retired": self._retired,
            "review": self._review,
            "identity": self._actor,
            "source": self._source,
        }.get(found.kind, self._record)(found.id)
        return self._graph.trace(found.id, *starts)

    def _chain(self, document: str) -> Chain | None:
        """What is behind the records of a document; `None` where it is redacted."""
        if document not in self._chains:
            found = view.view(self._connection, document)
            if found is None:
                return None
            past = Past(self._connection, found)
            self._chains[document] = Chain(self._graph, self._connection, self._originals, past)
        return self._chains[document]

    # What an id may name

    def _record(self, record: str) -> Sequence[str]:
        return [self._current(record)]

    def _current(self, record: str) -> str:
        chain = self._known_chain(self._document_of(record))
        return chain.record(chain.past.current, _found(chain.past.current.local(record)))

    def _retired(self, record: str) -> Sequence[str]:
        asked = (
            select(readings.c.document, readings.c.entry)
            .join(retired, retired.c.entry == readings.c.entry)
            .where(retired.c.id == record)
            .order_by(readings.c.entry.desc())
        )
        row = self._connection.execute(asked.limit(1)).one()
        chain = self._known_chain(row.document)
        version = chain.past.machine(row.entry)
        return [chain.record(version, _found(version.local(record)))]

    def _document(self, document: str) -> Sequence[str]:
        chain = self._chain(document)
        if chain is None:
            return self._tombstone(document)
        done = [chain.reading(entry) for entry in chain.entries()]
        return [chain.document(), *done, *map(chain.review, chain.past.reviews)]

    def _tombstone(self, document: str) -> Sequence[str]:
        """What is left of a redacted document: its hashes, and who removed it, when and why."""
        gone = _found(view.tombstone(self._connection, document))
        item = self._graph.put(
            "entity",
            "document",
            document,
            Line("redacted", id=document[:SHORT]),
            {name: getattr(gone, name) for name in _LEFT},
        )
        added = select(documents.c.entry).where(documents.c.id == document)
        self._graph.link("wasGeneratedBy", item, self._entry_run(*self._all(added)))
        removed = select(redactions.c.entry).where(redactions.c.document == document)
        self._decided(item, "wasInvalidatedBy", self._all(removed))
        return [item]

    def _review(self, review: str) -> Sequence[str]:
        entry = int(review[1:])
        row = self._connection.execute(select(reviews).where(reviews.c.entry == entry)).one()
        chain = self._chain(row.document)
        if chain is None:
            (gone,) = self._tombstone(row.document)
            item = self._graph.put("activity", "review", review, Line("review_removed", id=review))
            self._graph.link("used", item, gone)
            self._graph.link("wasStartedBy", item, self._entry_run(entry))
            return [item]
        (made,) = (each for each in chain.past.reviews if each.id == review)
        return [chain.review(made), *self._reviewed(chain, made)]

    def _reviewed(self, chain: Chain, made: Review) -> Sequence[str]:
        """The record that a review is about, as it is now or was; else the document."""
        for version in (chain.past.current, chain.past.machine(chain.past.now.entry)):
            for local in version.ids:
                if chain.past.is_on(made, version, local):
                    return [chain.record(version, local)]
        return [chain.document()]

    def _actor(self, key: str) -> Sequence[str]:
        of = shown_actors.c
        same = of.actor == key
        first = self._connection.execute(select(shown_actors).where(same).order_by(of.key).limit(1)).one()
        asked = select(of.name, of.id).where(same).order_by(of.key.desc())
        names = {row.name: row.id for row in self._connection.execute(asked)}  # where it was so called first
        named = Line("identity", name=first.name, kind=Word("actor_kind", first.kind))
        said = self._counted(shown_actors, same)
        item = self._graph.put("entity", "identity", key, named, {"key": key, "names": tuple(names), **said})
        for record in list(reversed(names.values()))[:_MOST]:
            self._graph.link("wasDerivedFrom", item, self._current(record))
        self._merged(item, key)
        said_of = or_(merges.c.actor == key, merges.c.into == key)
        self._decided(item, "wasInfluencedBy", self._all(select(merges.c.entry).where(said_of)))
        return [item]

    def _merged(self, item: str, key: str) -> None:
        """The actor that stands for this one, where it is one with another."""
        of = shown_actors.c
        into = linked.around(self._connection, None, [key])[0].top.get(key, key)
        name = select(of.name).where(of.actor == into).order_by(of.key).limit(1)
        if into != key and (found := self._connection.execute(name).scalar()):
            other = self._graph.put("entity", "identity", into, Line("one_with", name=found), {"key": into})
            self._graph.link("alternateOf", item, other, role="stands for it")

    def _source(self, key: str) -> Sequence[str]:
        of = shown_claims.c
        same = of.origin == key
        asked = select(of.id, of.origin_name, of.origin_kind).where(same).order_by(of.key).limit(_MOST)
        rows = self._connection.execute(asked).all()
        name, kind = rows[0].origin_name, rows[0].origin_kind
        named = Line("source", name=Word("holder", name), kind=Word("origin_kind", kind))
        said = {"key": key, "kind": kind, **self._counted(shown_claims, same)}
        item = self._graph.put("agent", "source", key, named, said)
        rated = select(ratings.c.entry).where(ratings.c.source == key)
        self._decided(item, "wasInfluencedBy", self._all(rated))
        return [item, *(self._current(row.id) for row in rows)]

    # Shared

    def _known_chain(self, document: str) -> Chain:
        return _found(self._chain(document))

    def _document_of(self, record: str) -> str:
        """The document of a record that is shown."""
        for table in RECORDS.values():
            of = shown_documents.c
            joined = select(of.id).join(table, table.c.document == of.key).where(table.c.id == record)
            if found := self._connection.execute(joined).scalar():
                return str(found)
        return _found(None)

    def _counted(self, table: Table, condition: ColumnElement[bool]) -> dict[str, Any]:
        """In how many documents something is, and when it was known first and last."""
        of = table.c
        counted = select(
            func.count(distinct(of.document)).label("documents"),
            func.min(of.known).label("first_known"),
            func.max(of.known).label("last_known"),
        )
        return dict(self._connection.execute(counted.where(condition)).mappings().one())

    def _decided(self, item: str, relation: Term, numbers: Sequence[int]) -> None:
        """Decisions about an item, each with who made it and why."""
        log = Log(self._connection)
        for row in self._connection.execute(entries().where(journal.c.number.in_(numbers))).all():
            change = log.change(row)
            said = {name: value for name, value in change.detail.items() if isinstance(value, str)}
            decided = Line(
                "decision",
                action=Word("journal", change.action),
                at=change.recorded_at,
                by=change.by,
                why=change.reason or Line("withheld"),
            )
            decision = self._graph.put(
                "activity",
                "decision",
                str(change.number),
                decided,
                {**said, "reason": change.reason},
                ended=change.recorded_at,
            )
            self._graph.link(relation, item, decision)
            if change.by:
                self._graph.link("wasAssociatedWith", decision, person(self._graph, change.by))
            self._graph.link("wasStartedBy", decision, self._entry_run(change.number))

    def _entry_run(self, entry: int) -> str:
        return run(self._graph, self._connection.execute(recorded(entry)).one())

    def _all(self, asked: Select[Any]) -> Sequence[int]:
        return self._connection.execute(asked).scalars().all()


def _found(value: T | None) -> T:
    """What the ledger holds; its tables lead to nothing that is not there.

    Raises:
        BadWorkspace: they do.
    """
    if value is None:
        raise BadWorkspace("the ledger does not hold what its index names; run marsad check")
    return value
