"""The chain behind the records of one document: claims, words, text, bytes, readings, reviews, runs.

Each method puts one thing into a graph, with all that it comes from, and gives its id. Everything is
taken from `Past`, which holds what may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger import feeds
from marsad.ledger.asking import clusters, revisions
from marsad.ledger.originals import Originals
from marsad.ledger.reviewing.anchors import pieces, selector
from marsad.ledger.reviewing.links import spans_of
from marsad.ledger.schema import journal, readings, runs, shown_claims, shown_documents
from marsad.ledger.tracing.changes import reviewed
from marsad.ledger.tracing.described import SHORT, facts, line, published
from marsad.ledger.tracing.lines import Line, Word, quoted, told
from marsad.ledger.tracing.past import Past, Version
from marsad.ledger.tracing.provenance import Graph, Term, Value, identifier
from marsad.records.reading import Claim, Figure, Incident, Party, Relation
from marsad.records.review import Review
from marsad.records.spans import Spans


class Chain:
    """One document of the ledger and what is of it, put into a graph when it is asked for."""

    def __init__(self, graph: Graph, connection: Connection, originals: Originals, past: Past) -> None:
        self.graph, self.past = graph, past
        self._connection, self._originals = connection, originals

    # Records

    def record(self, version: Version, local: str) -> str:
        """A record with the claims that it stands on, its words, its reading and its reviews."""
        version, local = self._present(version, local)
        kind, record = version.found(local)
        if (item := identifier(kind, record.id)) in self.graph:
            return item
        self.graph.put("entity", kind, record.id, line(record), facts(record))
        for claim in _claims(record):
            if above := version.local(claim):
                self.graph.link("wasDerivedFrom", item, self.record(version, above))
        for quote in self.words(version, spans_of(record)):
            self.graph.link("wasDerivedFrom", item, quote)
        if isinstance(record, Claim):
            self._held(item, record)
        self._made(item, version, local)
        return item

    def _present(self, version: Version, local: str) -> tuple[Version, str]:
        """A record of an earlier reading as it is now, where it is still there."""
        now = self.past.current.local(version.ids[local])
        return (version, local) if now is None else (self.past.current, now)

    def _held(self, item: str, claim: Claim) -> None:
        """Who holds a claim, the hands that it came through, and whose word it is in the end."""
        hands = list(dict.fromkeys((*claim.chain, *filter(None, [claim.source]))))
        narrator = hands[-1] if hands and claim.kind == "narrated" else None
        for back, party in enumerate(reversed(hands)):
            role = "holder" if party in (claim.source, narrator) else "hand"
            agent = self._party(claim, back, party, role)
            self.graph.link("wasAttributedTo", item, agent, role=role, hands_back=back)
        of = shown_claims.c
        asked = select(of.origin, of.origin_name, of.origin_kind).where(of.id == claim.id)
        if found := self._connection.execute(asked).first():
            named = Line(
                "origin",
                name=Word("holder", found.origin_name),
                kind=Word("origin_kind", found.origin_kind),
            )
            origin = self.graph.put("agent", "source", found.origin, named, {"kind": found.origin_kind})
            self.graph.link("wasAttributedTo", item, origin, role="origin")

    def _party(self, claim: Claim, place: int, party: Party, role: str) -> str:
        """A party is told from others by its place alone: two private persons may look the same."""
        type_ = {"person": "person", "organisation": "organisation"}.get(party.kind, "party")
        name, kind = " ".join(party.text.split()), Word("party_kind", party.kind)
        return self.graph.put(
            "agent",
            type_,
            f"{claim.id}/{place}",
            Line("party", role=Word("prov", role), name=name, kind=kind),
            {"name": party.text, "kind": party.kind},
        )

    def _made(self, item: str, version: Version, local: str) -> None:
        """By which reading and which reviews a record is as it is, and what put an end to it."""
        before = self.past.machine(version.entry)
        if version.ids[local] in before.ids.values():
            self.graph.link("wasGeneratedBy", item, self.reading(version.entry))
        elif local in before.ids:
            self.graph.link("wasRevisionOf", item, self.record(before, local))
        if later := self._later(version.entry):
            self.graph.link("wasInvalidatedBy", item, self.reading(later.entry), time=later.recorded_at)
        for review in self.past.reviews:
            if self.past.is_on(review, version, local):
                self._reviewed(item, version, local, review)

    def _reviewed(self, item: str, version: Version, local: str, review: Review) -> None:
        """What a review did to a record."""
        applied = self.past.became(review).state == "applied"
        is_own = version.ids[local] not in self.past.machine(version.entry).ids.values()
        relation: Term = "wasInfluencedBy"
        if applied and version.is_current and is_own:
            relation = "wasGeneratedBy"  # people added or edited it, or kept what is no longer read
        elif applied and not version.is_current and version.entry == self.past.now.entry:
            relation = "wasInvalidatedBy"
        time = None if relation == "wasInfluencedBy" else review.recorded_at
        self.graph.link(relation, item, self.review(review), time=time)

    # Words, text, bytes

    def words(self, version: Version, spans: Spans) -> list[str]:
        """The words under spans, each with those around it, as they may be shown."""
        text = version.reading.document.text
        sha256 = version.reading.document.text_sha256
        found = []
        for (begin, end), piece in pieces(selector(text, sha256, spans)):
            quote = piece.quotes[0]
            item = self.graph.put(
                "entity",
                "words",
                f"{sha256}/{begin}-{end}",
                Line("words", said=quoted(quote.exact), begin=str(begin), end=str(end)),
                {**msgspec.to_builtins(quote), "begin": begin, "end": end},
            )
            self.graph.link("wasQuotedFrom", item, self.text(version))
            found.append(item)
        return found

    def text(self, version: Version) -> str:
        document = version.reading.document
        sha256, length = document.text_sha256, len(document.text)
        read = Line("text", id=sha256[:SHORT], n=length, extractor=document.extractor)
        item = self.graph.put("entity", "text", sha256, read, {"sha256": sha256, "length": length})
        self.graph.link("wasAttributedTo", item, self._software(document.extractor, "extractor"))
        self.graph.link("wasDerivedFrom", item, self._bytes(document.raw_sha256))
        return item

    def _bytes(self, sha256: str) -> str:
        if (item := identifier("bytes", sha256)) in self.graph:
            return item
        said: dict[str, Value] = {"sha256": sha256}
        try:
            size = len(self._originals.get(self._connection, sha256))
            where = self._originals.place(self._connection, sha256)
            kept = Line("kept", id=sha256[:SHORT], n=size, where=where)
            said |= {"size": size, "kept": where}
        except BadWorkspace:
            kept = Line("damaged", id=sha256[:SHORT])
            said |= {"state": "damaged"}
        except NotFound:
            kept = Line("not_kept", id=sha256[:SHORT])
            said |= {"state": "not kept here"}
        self.graph.put("entity", "bytes", sha256, kept, said)
        self.graph.link("hadPrimarySource", item, self.document())
        return item

    # The document

    def document(self) -> str:
        """The document as it was published, with its publisher, its copies and what it revises."""
        document = self.past.current.reading.document
        if (item := identifier("document", document.id)) in self.graph:
            return item
        day = published(document.published)
        said = facts(document) | {"known": self.past.now.known, "recorded_at": self.past.now.recorded_at}
        said["published"] = told(day)
        if listed := feeds.that_listed(self._connection, document.id):
            said["listed_by"] = listed
        known = (document.title, document.publisher, day, document.url or document.source)
        named = Line("document", id=document.id[:SHORT], told=tuple(filter(None, known)))
        if document.retrieved:
            named = Line("retrieved", document=named, day=document.retrieved)
        item = self.graph.put("entity", "document", document.id, named, said)
        self._published(item)
        earlier = document.revision_of or revisions.of_document(self._connection, document.id)
        if earlier is not None:
            self.graph.link("wasRevisionOf", item, self._other(earlier))
        self._copied(item)
        return item

    def _published(self, item: str) -> None:
        document = self.past.current.reading.document
        for role, name in (("publisher", document.publisher), ("author", document.author)):
            if name:
                type_ = "organisation" if role == "publisher" else "person"
                named = Line("agent", role=Word("prov", role), name=name)
                agent = self.graph.put("agent", type_, f"{role}:{name}", named, {"name": name})
                self.graph.link("wasAttributedTo", item, agent, role=role)

    def _copied(self, item: str) -> None:
        """The earliest document that carries the same text, and how many do."""
        of = shown_documents.c
        key = self._connection.execute(select(of.key).where(of.id == self.past.id)).scalar_one()
        same = clusters.of(self._connection, [key], None).get(key, (key,))
        if len(same) == 1:
            return
        first = clusters.ids(self._connection, same[:2])
        other = same[0] if same[0] != key else same[1]
        said = "earliest" if other == same[0] else "copy"
        self.graph.link("alternateOf", item, self._other(first[other]), role=said, documents=len(same))

    def _other(self, document_id: str) -> str:
        """Another document, by its title alone: a trace does not go on into it."""
        of = shown_documents.c
        row = self._connection.execute(select(shown_documents).where(of.id == document_id)).first()
        named = Line("document_alone", id=document_id[:SHORT])
        if row:
            known = (row.title, row.publisher, Line("known", day=row.known))
            named = Line("document", id=document_id[:SHORT], told=tuple(filter(None, known)))
        return self.graph.put("entity", "document", document_id, named)

    # What was done

    def reading(self, entry: int) -> str:
        """The reading of a journal entry: by which reader, of which text, in which run."""
        if (item := identifier("reading", str(entry))) in self.graph:
            return item
        row = self._connection.execute(_recorded().where(readings.c.entry == entry)).one()
        later = self._later(entry)
        done = Line("reading", entry=str(entry), at=row.recorded_at, reader=row.reader)
        if later:
            done = Line("superseded", reading=done, entry=str(later.entry))
        item = self.graph.put(
            "activity",
            "reading",
            str(entry),
            done,
            {
                "entry": entry,
                "reader": row.reader,
                "gazetteer": row.gazetteer,
                "superseded_by": later and later.entry,
            },
            ended=row.recorded_at,
        )
        self.graph.link("used", item, self.text(self._of(entry)))
        self._worked(item, row)
        return item

    def _worked(self, item: str, row: Row[Any]) -> None:
        """With what, and in which run, something was done."""
        if row.reader:
            self.graph.link("wasAssociatedWith", item, self._software(row.reader, "reader"))
        if row.gazetteer:
            named = Line("agent", role=Word("prov", "gazetteer"), name=row.gazetteer)
            self.graph.link("used", item, self.graph.put("entity", "gazetteer", row.gazetteer, named))
        self.graph.link("wasStartedBy", item, run(self.graph, row))

    def review(self, review: Review) -> str:
        """A review: by whom, why, what it set, and what became of it."""
        if (item := identifier("review", review.id)) in self.graph:
            return item
        shown, became = self.past.told(review), self.past.became(review)
        fields = [_field(name, **each) for name, each in shown.fields.items()]
        said = {name: value for name, value in reviewed(shown).items() if name not in ("review", "fields")}
        item = self.graph.put(
            "activity",
            "review",
            review.id,
            Line(
                "review",
                id=review.id,
                done=_done(review, fields),
                state=Word("review_state", became.state),
                reason=shown.reason,
            ),
            {
                **said,
                "fields": tuple(map(told, fields)),
                "reason": shown.reason,
                "state": became.state,
                "because": became.reason,
            },
            ended=review.recorded_at,
        )
        row = self._connection.execute(recorded(int(review.id[1:]))).one()
        self.graph.link("wasAssociatedWith", item, person(self.graph, review.by))
        self.graph.link("wasStartedBy", item, run(self.graph, row))
        return item

    def _software(self, name: str, role: str) -> str:
        named = Line("agent", role=Word("prov", role), name=name)
        return self.graph.put("agent", "software", name, named, {"name": name})

    def _of(self, entry: int) -> Version:
        return self.past.current if entry == self.past.now.entry else self.past.machine(entry)

    def entries(self) -> list[int]:
        """The readings of the document, newest first."""
        return [each.entry for each in reversed(self._entries)]

    def _later(self, entry: int) -> _Recorded | None:
        """The reading that took the place of another."""
        return next((each for each in self._entries if each.entry > entry), None)

    @cached_property
    def _entries(self) -> list[_Recorded]:
        """The readings of the document, oldest first."""
        asked = _recorded().where(readings.c.document == self.past.id).order_by(readings.c.entry)
        return [_Recorded(row.entry, row.recorded_at) for row in self._connection.execute(asked)]


class _Recorded(NamedTuple):
    entry: int
    recorded_at: str


def run(graph: Graph, row: Row[Any]) -> str:
    """The run that recorded an entry of the journal; `row` is one of `recorded`."""
    began = Line("run", run=str(row.run), command=row.command, program=row.program, at=row.began_at)
    item = graph.put("activity", "run", str(row.run), began, {"command": row.command}, began=row.began_at)
    named = Line("agent", role=Word("prov", "program"), name=row.program)
    agent = graph.put("agent", "software", row.program, named, {"name": row.program})
    graph.link("wasAssociatedWith", item, agent)
    return item


def person(graph: Graph, by: str) -> str:
    """Who decided something."""
    return graph.put(
        "agent", "person", f"by:{by}", Line("agent", role=Word("prov", "by"), name=by), {"name": by}
    )


def recorded(entry: int) -> Select[Any]:
    """An entry of the journal with its run."""
    joined = select(journal, runs.c.began_at, runs.c.program, runs.c.command)
    return joined.join(runs, runs.c.id == journal.c.run).where(journal.c.number == entry)


def _recorded() -> Select[Any]:
    """The readings without their bodies, each with its moment and run."""
    of = readings.c
    columns = of.entry, of.reader, of.gazetteer, journal.c.recorded_at, journal.c.run
    joined = select(*columns, runs.c.began_at, runs.c.program, runs.c.command)
    return joined.join(journal, journal.c.number == of.entry).join(runs, runs.c.id == journal.c.run)


def _claims(record: Any) -> Iterable[str]:  # noqa: ANN401 - any record type
    """The claims above a record."""
    if isinstance(record, Claim):
        return filter(None, [record.parent])
    if isinstance(record, Figure | Relation):
        return [record.claim]
    return record.claims if isinstance(record, Incident) else ()


def _done(review: Review, fields: Sequence[Line]) -> Line:
    """What a review did to what."""
    action, kind = Word("review_action", review.action), review.target.kind
    what = Line("to_be_masked") if kind == "private" else Word("record_kind", kind)
    if not fields:
        return Line("reviewed", action=action, what=what)
    return Line("reviewed_fields", action=action, what=what, fields=_listed(fields))


def _listed(several: Sequence[Line]) -> Line:
    return reduce(lambda one, other: Line("listed", one=one, other=other), several)


def _field(name: str, before: object, after: object) -> Line:
    """What a field was and is, as JSON."""
    was, now = (Word(f"slot.{name}", msgspec.json.encode(each).decode()) for each in (before, after))
    change = now if before is None else Line("changed", before=was, after=now)
    return Line("field", name=Word("slot", name), change=change)
