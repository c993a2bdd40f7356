"""Whether a ledger is sound: every hash, span, key and index of it, made again from its facts.

A check only reads, and it sees one moment, so others may write meanwhile. It holds one document in
memory at a time. Wherever damage makes a step fail, that is what it found, and it goes on.
"""

from __future__ import annotations

from collections.abc import Generator

from sqlalchemy import Connection, Table, func, select

from marsad.ledger.checking import copied, evidence, history, shown, structure
from marsad.ledger.checking.problem import RENEW, RESTORE, Problem, Progress, Tally, guarded, reason
from marsad.ledger.database import SQLite
from marsad.ledger.schema import documents, texts
from marsad.ledger.showing import search
from marsad.ledger.store import Store

__all__ = ["Problem", "Progress", "Tally", "check", "facts"]

_BY_PARTS = {"yield_per": 200}  # names of rows that are in memory at a time
_ASK = "see that its server runs and lets you in"


def _quietly(what: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def check(store: Store, *, tally: Tally | None = None, progress: Progress = _quietly) -> Generator[Problem]:
    """Everything that is wrong with a ledger, as it is found; a sound one has harmless problems at most.

    Args:
        store: as `Store.at` gives it: opening a ledger otherwise mends what is shown.
        tally: is filled with what was gone through.
    """
    tally = tally or Tally()
    try:
        with store.database.reading() as connection:
            yield from structure.version(connection)
            yield from guarded(connection, store.database.name, structure.pages(connection, store.database))
            yield from guarded(connection, store.database.name, _whole(connection, store, tally, progress))
    except Exception as error:  # a damaged schema fails in the driver too, and not by its own errors
        is_file = isinstance(store.database, SQLite)
        yield Problem(
            store.database.name, f"cannot be opened ({reason(error)})", RESTORE if is_file else _ASK
        )


def facts(
    connection: Connection, store: Store, tally: Tally, progress: Progress = _quietly
) -> Generator[Problem]:
    """Everything that is wrong with the facts; what is shown of them is left aside."""
    yield from guarded(connection, "journal", history.chain(connection, tally, progress))
    yield from guarded(connection, "journal", history.strays(connection))
    yield from guarded(connection, "texts", _texts(connection, progress))
    yield from guarded(connection, "documents", _documents(connection, store, tally, progress))
    yield from guarded(connection, "forecasts", evidence.forecasts_of(connection))


def _whole(connection: Connection, store: Store, tally: Tally, progress: Progress) -> Generator[Problem]:
    if found := list(structure.revision(connection, store.database)):
        yield from found
        return
    yield from guarded(connection, store.database.name, structure.schema(connection, store.database))
    yield from facts(connection, store, tally, progress)
    yield from guarded(connection, "originals", evidence.other_originals(connection, store.originals))
    yield from guarded(connection, "documents", _shown(connection, tally, progress), RENEW)
    for name in search.TABLES:
        yield from guarded(connection, name, structure.search_index(connection, name), RENEW)
    yield from guarded(connection, "copies", copied.check(connection), RENEW)


def _texts(connection: Connection, progress: Progress) -> Generator[Problem]:
    number = _count(connection, texts)
    with connection.execute(select(texts.c.sha256), execution_options=_BY_PARTS).scalars() as names:
        for done, sha256 in enumerate(names, 1):
            yield from guarded(connection, f"text {sha256}", evidence.text(connection, sha256))
            progress("texts", done, number)


def _documents(connection: Connection, store: Store, tally: Tally, progress: Progress) -> Generator[Problem]:
    number, gone = _count(connection, documents), history.redacted(connection)
    asked = select(documents).order_by(documents.c.entry)
    with connection.execute(asked, execution_options=_BY_PARTS) as rows:
        for row in rows:
            tally.documents += 1
            found = evidence.document(connection, store, row, is_gone=row.id in gone)
            yield from guarded(connection, f"document {row.id}", found)
            progress("documents", tally.documents, number)


def _shown(connection: Connection, tally: Tally, progress: Progress) -> Generator[Problem]:
    number, showing = _count(connection, documents), shown.Showing(connection)
    asked = select(documents.c.id).order_by(documents.c.entry)
    with connection.execute(asked, execution_options=_BY_PARTS).scalars() as ids:
        for done, document_id in enumerate(ids, 1):
            found = showing.document(document_id, tally)
            yield from guarded(connection, f"document {document_id}", found, RENEW)
            progress("what is shown", done, number)
    if showing.passed == number:
        yield from showing.rest()
    if showing.stale:
        what = f"{showing.stale} are not yet shown by this version"
        yield Problem("documents", what, "the next command that opens the ledger does it", is_harmless=True)


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
