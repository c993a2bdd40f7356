"""How the ledger does on many documents: adding, asking, memory. Prints a table; nothing is kept.

    python benchmarks/ledger.py [--documents 100000] [--store sqlite|ADDRESS] [--keep DIR]

Adding is compared with the bare cost of the same rows: every INSERT that the ledger sends is sent
again, by the driver's own `executemany` and nothing else, to a second database with the same tables,
indexes, search index and durability, in transactions of the same documents. The two take turns, so
that what else the machine does weighs on both. Of PostgreSQL, ADDRESS names an empty database, and
the same name with `_bare` behind it another one.

Asking is compared with the SQL that Datasette's table page sends (filter, sort, 101 rows; search by
`rowid IN (... MATCH ...)`; a facet by GROUP BY over all rows) over one plain SQLite table of the same
claims, with an index on each column and an FTS5 index.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from generated import MEASURES, THEMES, World, entries
from sqlalchemy import event, make_url

from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store

BATCH = 100  # documents a transaction
ASKED = 200  # queries of each sort
PAGE = 50
LIMIT_MS = 100.0
RATIO = 3.0


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--documents", type=int, default=100_000, help="0 asks what --keep kept")
    asked.add_argument("--store", default="sqlite")
    asked.add_argument("--keep", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as made:
        folder = options.keep or Path(made)
        is_file = options.store == "sqlite"
        store = Store.open(folder / "ledger" if is_file else options.store, create=True)
        bare = Store.open(folder / "bare" if is_file else _beside(options.store), create=True)
        ratio = adding(store, bare, options.documents) if options.documents else 0.0
        bare.close()
        worst = asking(store)
        store.close()
        if is_file and options.documents:
            peer(folder / "ledger" / "marsad.db", folder / "peer.db")
    return int(ratio > RATIO or worst > LIMIT_MS)


def _beside(address: str) -> str:
    """The address of the database whose name ends in `_bare`."""
    url = make_url(address)
    return url.set(database=f"{url.database}_bare").render_as_string(hide_password=False)


# Adding


class Sent(NamedTuple):
    """What the ledger sent to its database."""

    statement: str
    parameters: Any
    is_many: bool


def adding(store: Store, bare: Store, documents: int) -> float:
    """Adds generated documents to both, and says how their times compare."""
    sent: list[Sent] = []

    @event.listens_for(store.database._writers, "before_cursor_execute")
    def _note(*arguments: Any) -> None:  # noqa: ANN401 - connection, cursor, then what is sent
        _, _, statement, parameters, _, is_many = arguments
        if statement.startswith("INSERT"):
            sent.append(Sent(statement, parameters, is_many))

    ours = theirs = 0.0
    early = None
    made = entries(documents)
    for number in range(0, documents, BATCH):
        batch = list(islice(made, BATCH))
        ours += timed(store.put_all, batch)
        theirs += timed(send, bare, sent)
        sent.clear()
        if number == documents // 10:
            early = memory()
        if number % 5_000 == 0:
            print(f"  {number:>7,} {ours:7.0f} s {theirs:7.0f} s", file=sys.stderr, flush=True)
    each = 1000 / documents
    print(f"adding {documents:,} documents    {ours * each:6.2f} ms a document")
    print(f"bare executemany          {theirs * each:6.2f} ms, ratio {ours / theirs:.2f} (goal {RATIO})")
    print(f"memory                    {early:.0f} MB after a tenth, {memory():.0f} MB at the end")
    return ours / theirs


def send(bare: Store, sent: list[Sent]) -> None:
    with bare.database.writing() as connection:
        cursor = connection.connection.cursor()
        for statement, parameters, is_many in sent:
            (cursor.executemany if is_many else cursor.execute)(statement, parameters)


# Asking


def questions() -> dict[str, Callable[[random.Random, World], Query]]:
    def actor(chance: random.Random, world: World) -> str:
        return world.draw(chance, "actors", 1)[0]

    def word(chance: random.Random, world: World) -> str:
        return world.draw(chance, "words", 1)[0]

    def place(chance: random.Random, world: World) -> str:
        return world.draw(chance, "places", 1)[0]

    def day(chance: random.Random) -> str:
        return f"{chance.randint(2012, 2025)}-{chance.randint(1, 12):02}-15"

    return {
        "newest claims": lambda c, w: Query.of("claims", descending=True),
        "claims of an actor": lambda c, w: Query.of("claims", actor=actor(c, w), descending=True),
        "claims, actor, theme, sorted": lambda c, w: Query.of(
            "claims", actor=actor(c, w), theme=c.choice(THEMES), sort="certainty"
        ),
        "claims, place, as known": lambda c, w: Query.of("claims", place=place(c, w), as_known=day(c)),
        "claims denied, by holder": lambda c, w: Query.of("claims", polarity="denied", sort="holder"),
        "claims with a word": lambda c, w: Query.of("claims", search=word(c, w), descending=True),
        "claims, two words, actor": lambda c, w: Query.of(
            "claims", search=f"{word(c, w)} {word(c, w)}", actor=actor(c, w)
        ),
        "documents with a word": lambda c, w: Query.of("documents", search=word(c, w), sort="published"),
        "figures over a number": lambda c, w: Query.of(
            "figures", best="80000..", sort="best", descending=True
        ),
        "series: measure, actor": lambda c, w: Query.of(
            "figures", measure=c.choice(MEASURES), actor=actor(c, w), sort="as_of"
        ),
        "series: measure, place": lambda c, w: Query.of(
            "figures", measure=c.choice(MEASURES), place=place(c, w), sort="as_of", as_known=day(c)
        ),
    }


def asking(store: Store) -> float:
    """Asks each sort of question many times, first pages and facets; the worst 95th percentile, in ms."""
    chance, world = random.Random(7), World(1)  # noqa: S311 - no secret
    worst = 0.0
    print(f"{'asking':34}{'p50 ms':>8}{'p95 ms':>8}")
    for name, make in questions().items():
        queries = [make(chance, world) for _ in range(ASKED)]
        worst = max(worst, row(name, [timed(store.find(query).page, PAGE) for query in queries]))
    for facets in (("holder", "certainty"), ("actor",), ("theme",)):
        listings = [
            store.find(Query.of("claims", actor=world.draw(chance, "actors", 1))) for _ in range(ASKED // 4)
        ]
        worst = max(
            worst, row(f"facets {', '.join(facets)}", [timed(each.facets, *facets) for each in listings])
        )
        every = [store.find(Query.of("claims"))] * 20
        worst = max(
            worst, row(f"facets {', '.join(facets)}, of all", [timed(each.facets, *facets) for each in every])
        )
    return worst


def row(name: str, seconds: list[float]) -> float:
    in_ms = [1000 * each for each in seconds]
    p95 = statistics.quantiles(in_ms, n=20)[-1]
    print(
        f"{name:34}{statistics.median(in_ms):8.1f}{p95:8.1f}{'  over' if p95 > LIMIT_MS else ''}", flush=True
    )
    return p95


# The peer


def peer(ledger: Path, path: Path) -> None:
    """The same claims in one plain table, asked as Datasette asks."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA cache_size = -262144")
    connection.execute("ATTACH ? AS ledger", (str(ledger),))
    columns = "key, id, known, publisher, kind, holder, attitude, certainty, polarity"
    connection.execute(f"CREATE TABLE claims AS SELECT {columns}, body FROM ledger.shown_claims")  # noqa: S608
    for column in columns.split(", "):
        connection.execute(f"CREATE INDEX ix_{column} ON claims ({column})")
    connection.execute("CREATE VIRTUAL TABLE claims_fts USING fts5(words)")
    connection.execute(
        "INSERT INTO claims_fts (rowid, words) SELECT c.rowid, s.words FROM claims c "
        "JOIN ledger.search_claims s ON s.rowid = c.key"
    )
    connection.commit()
    chance, world = random.Random(7), World(1)  # noqa: S311 - no secret
    fts = "rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?)"
    asked = {
        "newest claims": ("1 = ?", "known DESC", lambda: 1),
        "claims of a holder": ("holder = ?", "known DESC", lambda: world.draw(chance, "actors", 1)[0]),
        "claims with a word": (fts, "known DESC", lambda: world.draw(chance, "words", 1)[0]),
    }
    print(f"{'peer: SQL of Datasette':34}{'p50 ms':>8}{'p95 ms':>8}")
    for name, (where, order, value) in asked.items():
        rows = f"SELECT * FROM claims WHERE {where} ORDER BY {order} LIMIT 101"  # noqa: S608
        count = f"SELECT count(*) FROM claims WHERE {where}"  # noqa: S608
        row(name, [timed(fetch, connection, (rows, count), value()) for _ in range(ASKED // 2)])
    facet = "SELECT holder, count(*) AS n FROM claims WHERE {} GROUP BY holder ORDER BY n DESC LIMIT 31"
    row("facet holder, of all", [timed(fetch, connection, (facet.format("1 = ?"),), 1) for _ in range(20)])
    connection.close()


def fetch(connection: sqlite3.Connection, statements: tuple[str, ...], value: object) -> None:
    for statement in statements:
        connection.execute(statement, (value,)).fetchall()


def timed(what: Callable[..., object], *arguments: object) -> float:
    begin = time.perf_counter()
    what(*arguments)
    return time.perf_counter() - begin


def memory() -> float:
    """The largest resident memory so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes there, else KiB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    sys.exit(main())
