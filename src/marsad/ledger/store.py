"""The ledger itself: open it, put readings and decisions in, ask for them again."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace as replace_query
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from msgspec.structs import replace
from sqlalchemy import Connection, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger import coverage, decisions, journal, putting, view
from marsad.ledger.asking import gathering, linked, revisions
from marsad.ledger.asking.found import Found, FoundActor, FoundDocument, FoundPlace, FoundSource
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.asking.listing import ALL, Brief, Listing
from marsad.ledger.asking.query import Query, last_day
from marsad.ledger.asking.snapshots import Snapshots
from marsad.ledger.coverage import Published
from marsad.ledger.database import Database, PostgreSQL, SQLite
from marsad.ledger.followed import Followed
from marsad.ledger.journal import Writer
from marsad.ledger.originals import Folder, Originals, Rows
from marsad.ledger.putting import Current, Entry
from marsad.ledger.reviewing.applying import Reviewed
from marsad.ledger.schema import documents, redactions
from marsad.ledger.showing import counted, index, texts
from marsad.ledger.soundness import require_fitting, require_sound
from marsad.ledger.workspace import Place
from marsad.records.reading import Claim, Document, Figure, Incident, Reading, Relation
from marsad.records.review import Review
from marsad.records.vectors import Vectors
from marsad.settings import load

if TYPE_CHECKING:
    from marsad.ledger.asking.vectors import ClaimVectors

BATCH = 200  # documents that are shown anew in one transaction


class Store(Followed):
    """The ledger of one workspace. Facts are added, never changed; close it when done.

    A workspace is a folder, or the address of a PostgreSQL database.
    """

    def __init__(self, database: Database, originals: Originals, *, command: str = "python") -> None:
        self.database, self.originals = database, originals
        self._run, self._run_id = journal.new_run(command), 0
        self._snapshots = Snapshots(database.reading)

    @classmethod
    def open(cls, where: Path | str | Place, *, create: bool = False, command: str = "python") -> Self:
        """The ledger at `where`, brought to this program's schema.

        Args:
            where: a folder, or an address `postgresql://USER@HOST/NAME`.
            command: what the journal says of the run that changes the ledger.

        Raises:
            BadWorkspace: there is none and `create` is false, or a newer program has made it.
        """
        place = where if isinstance(where, Place) else Place.at(where, load().database)
        ledger = cls.at(place, command)
        try:
            if not create and not ledger._is_made(place):
                raise BadWorkspace(
                    f"{ledger.database.name if place.address else place.folder}: no workspace here; "
                    "name one with --workspace, or make one with marsad add"
                )
            if not place.address:
                place.folder.mkdir(parents=True, exist_ok=True)
            ledger.database.migrate()
            ledger.refresh()
        except OSError as error:
            raise BadWorkspace(f"{place.folder}: {error.strerror}; a workspace is a folder") from error
        except BaseException:
            ledger.close()
            raise
        return ledger

    @classmethod
    def at(cls, place: Place, command: str = "python") -> Self:
        """The ledger as it is: no schema is changed, and nothing is shown anew."""
        if place.address:
            return cls(PostgreSQL(place.address), Rows(), command=command)
        return cls(SQLite(place.folder), Folder(place.folder), command=command)

    def _is_made(self, place: Place) -> bool:
        return not self.database.is_empty() if place.address else place.is_there()

    def close(self) -> None:
        self._snapshots.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # In

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, Writer]]:
        """One transaction under the ledger's lock, with the journal to which it appends.

        When it ends without an error, all of it is on disk.
        """
        with self.database.writing() as connection:
            run_id = self._run_id or journal.put_run(connection, self._run)
            yield connection, Writer(connection, run_id, self._run)
        self._run_id = run_id

    def put(self, raw: bytes, document: Document, reading: Reading, vectors: Vectors | None = None) -> bool:
        """Store `reading`, made from `document` as it was frozen from `raw`, in one transaction.

        When this returns, all of it is on disk.

        Returns:
            Whether anything changed: a reading of the same input by the same versions does not.

        Raises:
            BadInput: a record does not stand on words of the document, or `vectors` are not one a claim.
            BadWorkspace: the ledger cannot be written. In both cases nothing of it is stored.
        """
        return self.put_all([Entry(raw, document, reading, vectors)])[0]

    def put_all(self, entries: Sequence[Entry]) -> list[bool]:
        """`put` of several documents in one transaction: all of them or none.

        Where one of them comes twice, each is a transaction of its own, one after the other.
        """
        for entry in entries:
            require_sound(entry.reading)
            require_fitting(entry.vectors, entry.reading)
        by_id = {entry.document.id: entry for entry in entries}
        if len(by_id) < len(entries):  # one document twice: one after the other
            return [self.put(*entry) for entry in entries]
        with self.writing() as (connection, writer):
            return putting.put(connection, writer, self.originals, entries)

    # Documents

    def current(self, document_ids: Collection[str]) -> dict[str, Current]:
        """What the newest readings of documents were made from; those that are not here are left out."""
        with self.database.reading() as connection:
            found = putting.known(connection, document_ids)
        return {each: known.current for each, known in found.items() if known.current}

    def reading(self, document_id: str) -> Reading:
        """The newest reading of a document as people left it, whole: evidence, not to be handed on.

        Raises:
            NotFound: the ledger has no such document, or its text was redacted.
        """
        return self.reviewed(document_id).reading

    def reviewed(self, document_id: str) -> Reviewed:
        """The same, with what people said of each record and what became of every review."""
        with self.database.reading() as connection:
            found = view.view(connection, document_id)
            if found is None and _is_redacted(connection, document_id):
                raise NotFound(f"document {document_id}: its text was redacted; see marsad trace")
            if found is None:
                raise NotFound(f"{self.database.name}: no document {document_id}; see marsad documents")
            earlier = revisions.of_document(connection, document_id)
        document = found.reading.document
        if document.revision_of is None:
            document = replace(document, revision_of=earlier)
        return found.reviewed._replace(reading=replace(found.reading, document=document))

    def document_id(self, start: str) -> str:
        """The id of the one document whose id begins with `start`.

        Raises:
            NotFound: there is none, or more than one.
        """
        with self.database.reading() as connection:
            asked = select(documents.c.id).where(documents.c.id.startswith(start, autoescape=True)).limit(2)
            found = [str(each) for each in connection.execute(asked).scalars()]
        if len(found) != 1:
            many = "more than one document begins so" if found else "no such document"
            raise NotFound(f"{start}: {many}; see marsad documents")
        return found[0]

    def revisions(self, document_id: str) -> tuple[str, ...]:
        """The ids of all versions of a document, itself included, in the order in which they became known."""
        with self.database.reading() as connection:
            return revisions.all_of(connection, document_id)

    def original(self, document_id: str) -> bytes:
        """The bytes of a document as they came: evidence, not to be handed on.

        Raises:
            NotFound: there is no such document, or it was redacted.
        """
        sha256 = self.reviewed(document_id).reading.document.raw_sha256
        with self.database.reading() as connection:
            return self.originals.get(connection, sha256)

    # Decisions

    def review(self, made: Review) -> Review:
        """Append a review, as `reviewing.drafting` makes it, and give it with its id and moment."""
        with self.writing() as (connection, writer):
            return decisions.review(connection, writer, made)

    def merge(self, actor: str, into: str | None, *, by: str, reason: str) -> None:
        """Say that an actor is the same as another, by their keys; `None` takes that back."""
        with self.writing() as (connection, writer):
            decisions.merge(connection, writer, actor, into, by=by, reason=reason)

    def split(self, actor: str, *, by: str, reason: str) -> None:
        """Say that an actor, by its key, is none of those with which it is listed as one."""
        with self.writing() as (connection, writer):
            decisions.split(connection, writer, actor, by=by, reason=reason)

    def rate(self, source: str, reliability: str, *, by: str, reason: str) -> None:
        """Judge the reliability of a source, by its key, from A to F (NATO Admiralty)."""
        with self.writing() as (connection, writer):
            decisions.rate(connection, writer, source, reliability, by=by, reason=reason)

    def lift(self, lifted: bool, *, by: str, reason: str) -> None:
        """Show camps, hospitals, schools and shelters in full in this ledger, or no longer."""
        self.decide_lift(lifted, by=by, reason=reason)
        self.refresh()

    def decide_lift(self, lifted: bool, *, by: str, reason: str) -> None:
        """The decision alone: documents follow with `refresh`."""
        with self.writing() as (connection, writer):
            decisions.lift(connection, writer, lifted=lifted, by=by, reason=reason)

    def redact(self, document_id: str, *, by: str, reason: str) -> None:
        """Remove a document's text, bytes, readings and reviews for good. Backups keep theirs."""
        with self.writing() as (connection, writer):
            decisions.redact(connection, writer, self.originals, document_id, by=by, reason=reason)
        self.database.scrub()

    # Questions

    def publishers(self) -> list[Published]:
        """Each publisher with the first and last days of its documents, as they may be shown."""
        with self.database.reading() as connection:
            return coverage.publishers(connection)

    def find(self, query: Query, brief: Brief = ALL) -> Listing[Any]:
        """The answers to a query; `brief` says what may be missing of them."""
        return Listing(self.database.reading, query, self._snapshots, brief)

    def documents(self, **where: Any) -> Listing[FoundDocument]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("documents", **where))

    def claims(self, **where: Any) -> Listing[Found[Claim]]:  # noqa: ANN401 - see Query.of
        """The claims that all filters let through, as they may be shown.

        Filters are the fields of `marsad.ledger.asking.fields`, each one value or several of which one must
        hold, and `search`, `document`, `as_known`, `sort` and `descending` of `Query.of`.

        Raises:
            BadInput: there is no such field, or a value is none of its form.
        """
        return self.find(Query.of("claims", **where))

    def figures(self, **where: Any) -> Listing[Found[Figure]]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("figures", **where))

    def incidents(self, **where: Any) -> Listing[Found[Incident]]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("incidents", **where))

    def relations(self, **where: Any) -> Listing[Found[Relation]]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("relations", **where))

    def places(self, **where: Any) -> Listing[FoundPlace]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("places", **where))

    def actors(self, **where: Any) -> Listing[FoundActor]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("actors", **where))

    def actor(self, key: str, *, as_known: str | None = None, brief: Brief = ALL) -> FoundActor:
        """The actor of which this is a key, with all that is one with it.

        Raises:
            NotFound: no visible document has it.
        """
        query = Query.of("actors", as_known=as_known)
        with self.database.reading() as connection:
            links = self._snapshots.of(connection, "actors", query.as_known, brief.patience).links
        own = replace_query(query, ids=(links.top.get(key, key),))
        first: FoundActor | None = self.find(own, brief).first()
        if first is None:
            raise NotFound(f"{key}: no such actor; see marsad actors")
        return first

    def source(self, key: str, *, as_known: str | None = None, brief: Brief = ALL) -> FoundSource:
        """The source of which this is the key.

        Raises:
            NotFound: no visible claim comes from it.
        """
        own = replace_query(Query.of("sources", as_known=as_known), ids=(key,))
        first: FoundSource | None = self.find(own, brief).first()
        if first is None:
            raise NotFound(f"{key}: no such source; see marsad sources")
        return first

    def sources(self, **where: Any) -> Listing[FoundSource]:  # noqa: ANN401 - see Query.of
        return self.find(Query.of("sources", **where))

    def gather(
        self,
        claims: Sequence[Query],
        incidents: Sequence[Query] = (),
        *,
        named: Iterable[str] = (),
        vectors: bool = False,
        counted: bool = False,
    ) -> Gathered:
        """All claims that any of some queries lets through, with what joins them: see `asking.gathering`."""
        with self.database.reading() as connection:
            return gathering.gather(
                connection, claims, incidents, named=named, vectors=vectors, counted=counted
            )

    def bearing(self, names: Iterable[str], *, as_known: str | None = None) -> frozenset[str]:
        """The keys of the actors that bear one of these names; of several that are one, its own."""
        with self.database.reading() as connection:
            return linked.standing(connection, last_day(as_known), names)

    def shown_texts(self, document_ids: Collection[str]) -> dict[str, str]:
        """The texts of documents as they may be shown: masked, offsets kept. Redacted ones are left out."""
        with self.database.reading() as connection:
            return texts.shown_texts(connection, document_ids)

    def vectors(self, ids: Collection[str] | None = None, *, as_known: str | None = None) -> ClaimVectors:
        """The vectors of claims, by which alike ones are found: see `asking.vectors`."""
        from marsad.ledger.asking import vectors  # noqa: PLC0415 (numpy, most often not needed)

        with self.database.reading() as connection:
            return vectors.of_claims(connection, ids, as_known)

    # Moments

    @contextmanager
    def at_one_moment(self) -> Iterator[Self]:
        """This ledger, all of whose answers are of one moment, whatever is written meanwhile."""
        with self.database.held() as held:
            same = copy(self)
            same.database = held
            yield same

    @contextmanager
    def as_recorded(self, moment: str) -> Iterator[Store]:
        """The ledger as it stood at a moment (ISO 8601): reviews and merges included.

        It is built from the facts recorded until then, beside the ledger, and thrown away afterwards.

        Raises:
            BadInput: `moment` is no moment.
        """
        from marsad.ledger import transfer  # noqa: PLC0415 (most often not needed)

        with (
            tempfile.TemporaryDirectory(prefix="marsad-") as folder,
            Store.at(Place(Path(folder)), "replay") as past,
        ):
            past.database.migrate()
            with self.database.reading() as here, past.database.writing() as there:
                transfer.copy_facts(here, there, through=journal.through(here, moment))
            past.refresh()
            yield past

    def refresh(self) -> None:
        """Bring what is shown up to date with the facts, where a new program shows it otherwise."""
        with self.database.reading() as connection:
            is_missing = counted.is_missing(connection)
        if is_missing:
            with self.database.writing() as connection:
                if counted.is_missing(connection):  # another one was not quicker
                    counted.renew(connection)
        while True:
            with self.database.reading() as connection:
                stale = list(islice(index.stale(connection), BATCH))
            if not stale:
                return
            with self.database.writing() as connection:
                index.put(connection, stale)


def _is_redacted(connection: Connection, document_id: str) -> bool:
    return connection.execute(select(redactions.c.entry).filter_by(document=document_id)).first() is not None
