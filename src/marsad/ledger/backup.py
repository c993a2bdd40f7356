"""Copies of a whole ledger: a backup while it is in use, and the way back, or to another database.

A backup is a workspace: a folder with the facts in `marsad.db`, the bytes in `originals/`, and the watches
and saved views that people keep beside them. What is shown is left out; it is made anew when the copy is
opened. The file needs no log beside it, so a
backup can lie where nothing can be written. Facts are copied with their hashes: a copy that ends with
the same chain hash holds the same history.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, desc, func, select

from marsad.errors import BadInput, BadWorkspace, MarsadError, NotFound
from marsad.ledger import workspace
from marsad.ledger.checking import Progress, Tally, facts
from marsad.ledger.checking.structure import revision
from marsad.ledger.database import SQLite
from marsad.ledger.originals import FOLDER, Folder, Originals, kept_as_texts
from marsad.ledger.schema import documents, journal, redactions, runs
from marsad.ledger.store import Store
from marsad.ledger.transfer import copy_facts
from marsad.ledger.workspace import Place

UNFINISHED = ".unfinished"  # ends the name of a folder that is being made


class Copied(NamedTuple):
    """What a copy holds."""

    documents: int
    entries: int  # of the journal
    chain: str  # the hash of the last one; empty where there is none


def _quietly(what: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def backup(
    store: Store, target: Path, *, folder: Path | None = None, progress: Progress = _quietly
) -> Copied:
    """Copy the ledger as it stands at this moment to the new folder `target`; others may go on writing.

    `target` is there whole and on disk when this returns, or not at all.

    Args:
        folder: where the watches and views are that go along; without, that of the ledger's file.

    Raises:
        BadInput: `target` is there and not empty.
        BadWorkspace: it cannot be written, or an original is missing or damaged.
    """
    with _beside(target) as unfinished, store.database.reading() as here:
        copied = _fill(unfinished, store, here, progress)
        if folder is None and isinstance(store.database, SQLite):
            folder = store.database.folder
        if folder is not None:
            _copy_kept(folder, unfinished)
        return copied


def restore(source: Path, where: Place, *, progress: Progress = _quietly) -> Copied:
    """Make the ledger of a backup, or of any workspace that is a folder, again at `where`.

    A database has no folder: watches and views stay in the backup then.

    The evidence of the backup is checked first, and it is not changed.

    Args:
        where: a folder that is not there or is empty, or an empty PostgreSQL database.

    Raises:
        NotFound: `source` is no workspace.
        BadInput: `where` is not empty.
        BadWorkspace: the backup is not sound, or `where` cannot be written. Nothing is stored then.
    """
    if not (source / workspace.DATABASE).is_file():
        raise NotFound(f"{source}: no backup here; give the folder that marsad backup made")
    with Store.at(Place(source)) as kept, kept.database.reading() as here:
        if where.address:
            copied = _into_database(where, kept, here, progress)
        else:
            with _beside(where.folder) as unfinished:
                _require_sound(kept, here, progress)
                copied = _fill(unfinished, kept, here, progress)
                _copy_kept(source, unfinished)
    Store.open(where, command="restore").close()  # makes anew what is shown
    return copied


def _require_sound(store: Store, connection: Connection, progress: Progress) -> None:
    with closing(facts(connection, store, Tally(), progress)) as found:
        problem = next(chain(revision(connection, store.database), found), None)
    if problem:
        raise BadWorkspace(f"{problem.where}: {problem.what}; take another backup: marsad check shows which")


# A folder


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder that gets the name `target` at the end, and goes if there is no such end."""
    target = target.resolve()
    unfinished = target.with_name(target.name + UNFINISHED)
    _require_empty(target)
    ours = True
    try:  # the folder is made in here, so that no signal falls between the two
        try:
            unfinished.mkdir(parents=True)
        except FileExistsError:
            ours = False
            raise BadInput(
                f"{unfinished}: is being made, or was stopped; remove it if nobody is at it"
            ) from None
        yield unfinished
        _sync_all(unfinished)
        if target.exists():
            target.rmdir()  # it is empty; not every system renames over it
        unfinished.rename(target)
        _sync(target.parent)
    except MarsadError as error:
        raise type(error)(f"{error}; {target} was not made") from error
    except OSError as error:
        raise BadWorkspace(
            f"{target}: cannot be written ({error.strerror or error}); it was not made"
        ) from error
    finally:
        if ours:
            shutil.rmtree(unfinished, ignore_errors=True)


def _require_empty(target: Path) -> None:
    try:
        if target.exists() and any(target.iterdir()):
            raise BadInput(f"{target}: is not empty; give a folder that is not there yet")
    except OSError as error:
        raise BadWorkspace(
            f"{target}: cannot be made ({error.strerror or error}); give another folder"
        ) from error


def _fill(folder: Path, store: Store, here: Connection, progress: Progress) -> Copied:
    """Copy what `here` sees into a new workspace."""
    name = str(folder).removesuffix(UNFINISHED)
    with closing(SQLite(folder)) as database:
        database.name = name
        database.migrate()
        with database.writing() as there:
            copied = _copy(store, here, there, Folder(folder), progress)
        with database.reading() as there:
            _require_same(_last(here), _last(there), name)
    try:
        with closing(sqlite3.connect(folder / workspace.DATABASE)) as file:
            file.execute("PRAGMA journal_mode = DELETE")  # readable where no log can be written
    except sqlite3.Error as error:
        raise BadWorkspace(f"{name}: {error}") from error
    (folder / workspace.LOCK).unlink(missing_ok=True)
    return copied


def _copy_kept(folder: Path, target: Path) -> None:
    """Copy what people keep beside a ledger."""
    found = [*sorted((folder / workspace.WATCHES).glob("*")), folder / workspace.VIEWS]
    for path in found:
        if path.is_file():
            copy = target / path.relative_to(folder)
            copy.parent.mkdir(exist_ok=True)
            with copy.open("xb") as file:
                file.write(path.read_bytes())
                file.flush()
                os.fsync(file.fileno())


def _sync_all(folder: Path) -> None:
    """The names in a new workspace; what the files hold is on disk already."""
    for each in (folder / FOLDER, folder / workspace.WATCHES, folder):
        if each.exists():
            _sync(each)


def _sync(folder: Path) -> None:
    """Make the names in `folder` durable, where the system lets a folder be opened (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# A database


def _into_database(where: Place, kept: Store, here: Connection, progress: Progress) -> Copied:
    with Store.at(where) as target:
        name = target.database.name
        target.database.migrate()
        with target.database.writing() as there:
            if there.execute(select(runs.c.id).limit(1)).first():
                raise BadInput(f"{name}: holds a ledger already; give an empty database")
            _require_sound(kept, here, progress)
            copied = _copy(kept, here, there, target.originals, progress)
        with target.database.reading() as there:
            _require_same(_last(here), _last(there), name)
    return copied


# What both share


def _copy(
    store: Store, here: Connection, there: Connection, originals: Originals, progress: Progress
) -> Copied:
    number, last = copy_facts(here, there), _last(here)
    gone = select(redactions.c.document)
    wanted = select(documents.c.raw_sha256).distinct().where(documents.c.id.not_in(gone))
    wanted = wanted.where(documents.c.raw_sha256.not_in(kept_as_texts()))  # copied with the facts
    of = int(here.execute(select(func.count()).select_from(wanted.subquery())).scalar_one())
    with here.execute(wanted, execution_options={"yield_per": 200}).scalars() as names:
        for done, sha256 in enumerate(names, 1):
            raw = _original(store, here, sha256)
            try:
                originals.put(there, raw)
            except OSError as error:
                raise BadWorkspace(f"an original cannot be written ({error.strerror or error})") from error
            progress("originals", done, of)
    return Copied(number, *last)


def _original(store: Store, here: Connection, sha256: str) -> bytes:
    """The bytes of a document. Files know no moments: it may have been redacted since."""
    try:
        return store.originals.get(here, sha256)
    except NotFound as error:
        raise BadWorkspace(
            f"{error}; if it was redacted just now, do this again, else run marsad check"
        ) from None


def _last(connection: Connection) -> tuple[int, str]:
    """The number and the chain hash of the last entry of the journal."""
    asked = select(journal.c.number, journal.c.chain_sha256).order_by(desc(journal.c.number)).limit(1)
    row = connection.execute(asked).first()
    return (row.number, row.chain_sha256) if row else (0, "")


def _require_same(before: tuple[int, str], after: tuple[int, str], name: str) -> None:
    if before != after:
        raise BadWorkspace(f"{name}: the copy ends with another hash than its source; copy it again")
