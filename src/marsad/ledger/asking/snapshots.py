"""What the documents known by a day have in common, and which actors of all documents are one.

Places and sources of all documents are tables of the ledger (`schema.counted`). To list those of a day is to
look at every document, and actors have to be joined before they are listed. So either is done once for a
state of the ledger, and the answer is kept in a small database in memory, which is asked like any other
table. Whoever asks says how old the answer may be: an old one is given only where nothing but documents
has come since, and it is made anew meanwhile, the more seldom the longer that takes.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    StaticPool,
    Table,
    Text,
    create_engine,
    func,
    select,
)

from marsad.errors import MarsadError
from marsad.ledger import bulk
from marsad.ledger import journal as journals
from marsad.ledger.asking import aggregated
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.query import AGGREGATED
from marsad.ledger.schema import journal, readings
from marsad.ledger.showing import index
from marsad.linkage.actors import Links

KEPT = 8  # snapshots in memory
REST = 20.0  # times as long as it took to make one: before it is made anew beside its readers
UNSETTLED = -1  # instead of an entry: documents were still being shown anew, after a lift
Reading = Callable[[], AbstractContextManager[Connection]]


def is_made(kind: Kind, as_known: str | None) -> bool:
    """Whether a list is one of a snapshot, and of no table of the ledger."""
    return kind == "actors" or (kind in AGGREGATED and as_known is not None)


@dataclass(eq=False, slots=True, weakref_slot=True)
class Snapshot:
    """All things of one kind in the documents that a day lets through."""

    table: Table
    links: Links  # of actors: which keys are one
    named: Mapping[str, str]  # names by what actors and places are told by in `terms`
    through: int  # the newest entry of the journal that it holds
    made: float  # a reading of the monotonic clock,
    seconds: float  # and how long it took
    _engine: Engine
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_behind(self, connection: Connection) -> bool:
        """Whether the ledger has documents that it lacks."""
        return self.through < _last(connection)

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection to `table`; one asks at a time."""
        with self._lock, self._engine.connect() as connection:
            yield connection


_Asked = tuple[Kind, str | None]


class Snapshots:
    """The snapshots of one ledger, which its readers share."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._held: OrderedDict[_Asked, Snapshot] = OrderedDict()
        self._locks: dict[_Asked, threading.Lock] = {}
        self._making: dict[_Asked, threading.Thread] = {}
        self._guard = threading.Lock()

    def of(self, connection: Connection, kind: Kind, as_known: str | None, patience: float = 0.0) -> Snapshot:
        """The snapshot of a kind, of the moment that `connection` sees.

        Args:
            patience: seconds for which an answer is good that lacks the newest documents.
        """
        asked = kind, as_known
        if held := self._fitting(connection, asked, patience):
            return held
        with self._lock(asked):  # what several ask for at once is made once
            return self._fitting(connection, asked, patience) or self._make(connection, asked)

    def close(self) -> None:
        """Wait for what is being made."""
        for thread in list(self._making.values()):
            thread.join()

    def _lock(self, asked: _Asked) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(asked, threading.Lock())

    def _fitting(self, connection: Connection, asked: _Asked, patience: float) -> Snapshot | None:
        with self._guard:
            held = self._held.get(asked)
        if held is None:
            return None
        last = _last(connection)
        if held.through == last:
            return held
        if held.through > last or journals.is_decided(connection, held.through):
            return None
        if asked[1] and not has_grown(connection, held.through, asked[1]):
            held.through = last  # what came is later than the day
            return held
        age = time.monotonic() - held.made
        if age > patience:
            return None
        if age > min(REST * held.seconds, patience / 2):
            self._refresh(asked)
        return held

    def _make(self, connection: Connection, asked: _Asked) -> Snapshot:
        made = _snapshot(connection, *asked)
        with self._guard:
            self._held[asked] = made
            self._held.move_to_end(asked)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return made

    def _refresh(self, asked: _Asked) -> None:
        """Make it anew beside the answers that are given from the old one."""
        with self._guard:
            running = self._making.get(asked)
            if running is not None and running.is_alive():
                return
            thread = threading.Thread(target=self._remake, args=(asked,), daemon=True)
            self._making[asked] = thread
            thread.start()

    def _remake(self, asked: _Asked) -> None:
        with suppress(MarsadError), self._reading() as connection:  # who asks next will be told
            self._make(connection, asked)


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(journal.c.number))).scalar() or 0)


def has_grown(connection: Connection, through: int, as_known: str) -> bool:
    """Whether a document was read since that a look from this day has, or had before it was read anew."""
    since = select(readings.c.document).where(readings.c.entry > through)
    was = select(readings.c.entry).where(readings.c.document.in_(since), readings.c.known <= as_known)
    return connection.execute(was.limit(1)).first() is not None


def _snapshot(connection: Connection, kind: Kind, as_known: str | None) -> Snapshot:
    now = time.monotonic()
    through = _last(connection) if index.is_settled(connection) else UNSETTLED
    found = aggregated.AGGREGATES[kind](connection, as_known)
    table = Table(kind, MetaData(), *(_column(name) for name in found.columns))
    engine = create_engine("sqlite://", creator=_memory, poolclass=StaticPool, pool_reset_on_return=None)
    with engine.connect() as asked:
        table.create(asked)
        bulk.insert_values(asked, table, found.columns, found.rows)
    seconds = time.monotonic() - now
    made = Snapshot(table, found.links, found.named, through, now, seconds, engine)
    weakref.finalize(made, engine.dispose)
    return made


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


_NUMBERS = frozenset({"documents", "claims", "where_prec", "first_key"})


def _column(name: str) -> Column[int] | Column[str]:
    if name in _NUMBERS:
        return Column(name, Integer, index=name in ("documents", "claims"))
    return Column(name, Text, primary_key=name == "key", index=name == "name")
