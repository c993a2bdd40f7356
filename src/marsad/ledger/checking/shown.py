"""What is shown, against what the facts give now: rows, terms and searched words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, BigInteger, Connection, Table, Text, bindparam, func, select, text

from marsad.ledger import identity, keys, packing, view
from marsad.ledger.checking.problem import RENEW, Problem, Tally, fingerprint
from marsad.ledger.schema import (
    RECORDS,
    indexed,
    readings,
    retired,
    shown_documents,
    sketches,
    terms,
)
from marsad.ledger.showing import counted, index, search
from marsad.ledger.showing.shown import Row, Shown, shown, tombstone
from marsad.ledger.showing.words import tokens, tsvector
from marsad.ledger.view import View

_ROWS = {"document": shown_documents, **RECORDS}
_BATCH = 1000  # rows that are in memory at a time


class Showing:
    """Goes through the documents; what no document has a part in comes to light at the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lift_camps = view.are_camps_lifted(connection)
        self._rows: Counter[str] = Counter()  # of each table, that belong to a document
        self._terms = 0  # the sum of the fingerprints of all terms,
        self._retired = 0  # and of all records that are no longer shown
        self.stale = 0  # documents that are shown anew when the ledger is next opened
        self.passed = 0  # documents that were gone through to the end

    def document(self, document_id: str, tally: Tally) -> Iterator[Problem]:
        """Whether a document is shown as the facts have it."""
        at = self._connection.execute(select(indexed).filter_by(document=document_id)).first()
        seen = view.view(self._connection, document_id)
        tally.records += len(list(identity.numbered(seen.reading))) if seen else 0
        if at is None or at.version != index.VERSION:
            self.stale += 1
            return
        self._rows["indexed"] += 1
        expected = self._expected(document_id, seen)
        if unlike := sorted(set(self._unlike(expected, at.key, at.terms))):
            yield Problem(f"document {document_id}", f"is shown otherwise ({', '.join(unlike)})", RENEW)
        self._retired += sum(map(fingerprint, set(_retired(self._connection, document_id, seen))))
        yield from self._sketch(document_id, seen)
        self.passed += 1

    def _expected(self, document_id: str, seen: View | None) -> Shown:
        if seen is not None:
            return shown(seen, lift_camps=self._lift_camps)
        gone = view.tombstone(self._connection, document_id)
        if gone is None:
            raise LookupError("it has no reading")
        return Shown(tombstone(gone), {}, [], {})

    def _unlike(self, expected: Shown, key: int, packed: bytes) -> Iterator[str]:
        """The tables in which the document has other rows than it should."""
        if key != expected.document["key"]:
            yield "indexed"
        for kind, table in _ROWS.items():
            rows = [expected.document] if kind == "document" else expected.records.get(kind, [])
            if self._stored(table, key) != [_whole(table, row) for row in rows]:
                yield table.name
        self._terms += sum(map(fingerprint, expected.terms))
        if msgspec.json.decode(packing.unpacked(packed), type=list[tuple[int, str, int]]) != expected.terms:
            yield "terms"
        for name in search.TABLES:
            if not self._has_words(name, key, expected.words.get(name, [])):
                yield name

    def _stored(self, table: Table, key: int) -> list[Row]:
        asked = select(table).where(table.c.key.between(key, keys.last_of(key))).order_by(table.c.key)
        rows = [dict(row) for row in self._connection.execute(asked).mappings()]
        self._rows[table.name] += len(rows)
        return rows

    def _has_words(self, name: str, key: int, expected: Sequence[tuple[int, str]]) -> bool:
        is_sqlite = self._connection.dialect.name == "sqlite"
        ask = _sqlite_words if is_sqlite else _postgresql_words
        stored = list(ask(self._connection, name, key, expected))
        self._rows[name] += len(stored)
        return stored == [(each, True) for each, _ in expected]

    def _sketch(self, document_id: str, seen: View | None) -> Iterator[Problem]:
        if seen is None or seen.reading.document.genre == "coded":
            return
        sha256 = seen.reading.document.text_sha256
        if self._connection.execute(select(sketches).filter_by(text_sha256=sha256)).first() is None:
            yield Problem(f"document {document_id}", "its copies were not looked for", RENEW)

    def rest(self) -> Iterator[Problem]:
        """What is shown of no document: to be asked when all documents were gone through to the end."""
        for table in (indexed, *_ROWS.values()):
            yield from self._surplus(table.name, self._connection.execute(_count(table)).scalar_one())
        for name in search.TABLES:
            number = self._connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            yield from self._surplus(name, number)
        for table, expected in ((terms, self._terms), (retired, self._retired)):
            with self._connection.execute(select(table), execution_options={"yield_per": _BATCH}) as rows:
                stored = sum(map(fingerprint, rows))
            if stored != expected:
                yield Problem(table.name, "holds other rows than the documents give", RENEW)
        for name in counted.unlike(self._connection):
            yield Problem(name, "counts other documents than there are", RENEW)

    def _surplus(self, name: str, number: int) -> Iterator[Problem]:
        if number != self._rows[name]:
            yield Problem(name, f"holds {number - self._rows[name]} rows of no document", RENEW)


def _count(table: Table) -> Any:  # noqa: ANN401 - a select of one number
    return select(func.count()).select_from(table)


def _whole(table: Table, row: Mapping[str, Any]) -> Row:
    return {column.name: row.get(column.name) for column in table.c}


def _sqlite_words(
    connection: Connection, name: str, key: int, expected: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, bool]]:
    """The rows of a document in a search table, and whether each holds its words."""
    words = dict(expected)
    asked = f"SELECT rowid, words FROM {name} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608
    for number, stored in connection.exec_driver_sql(asked, (key, keys.last_of(key))):
        yield number, stored == " ".join(tokens(words.get(number, "")))


def _postgresql_words(
    connection: Connection, name: str, key: int, expected: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, bool]]:
    asked = text(
        f"SELECT s.key, s.words = CAST(e.words AS tsvector) FROM {name} s "  # noqa: S608
        "LEFT JOIN unnest(:keys, :words) AS e (key, words) ON e.key = s.key "
        "WHERE s.key BETWEEN :first AND :last ORDER BY s.key"
    ).bindparams(bindparam("keys", type_=ARRAY(BigInteger)), bindparam("words", type_=ARRAY(Text)))
    values = {
        "keys": [number for number, _ in expected],
        "words": [tsvector(words) for _, words in expected],
        "first": key,
        "last": keys.last_of(key),
    }
    for number, is_same in connection.execute(asked, values):
        yield number, bool(is_same)


def _retired(connection: Connection, document_id: str, seen: View | None) -> Iterator[tuple[int, str]]:
    """The records that a document had before and has no more, each with the entry of its reading."""
    if seen is None:
        return
    current = {each.id for each in identity.numbered(seen.reading)}
    asked = select(readings.c.entry, readings.c.body).where(readings.c.document == document_id)
    stored = connection.execute(asked.order_by(readings.c.entry)).all()
    if len(stored) == 1 and not seen.reviewed.outcomes:
        return
    for row in stored:
        for each in identity.numbered(view.unpacked(row.body, b"")):
            if each.id not in current:
                yield row.entry, each.id
