from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from msgspec.structs import replace
from sqlalchemy import Connection, inspect, text

from marsad.errors import BadWorkspace
from marsad.ledger import identity, migration, view
from marsad.ledger.database import HEAD, SQLite
from marsad.ledger.schema import metadata
from marsad.ledger.showing.search import TABLES
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place, is_address
from marsad.records.reading import Reading, encode

from .making import faults, frozen, given, read


def _is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """All but what the schema leaves to the search: FTS5's tables and their shadows, or `tsvector`."""
    return not (kind == "table" and (name or "").startswith(TABLES))


@pytest.mark.parametrize("way", ["migrated", "created"])
def test_both_ways_make_what_the_schema_says(new_address: str, way: str) -> None:
    store = Store.at(Place.at(new_address))
    if way == "migrated":
        if not is_address(new_address):
            Path(new_address).mkdir()
        with store.database.writing() as connection:
            migration.upgrade(connection)
    store.close()
    with Store.open(new_address, create=True) as ledger, ledger.database.writing() as connection:
        options = {"compare_type": True, "include_object": _is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert set(TABLES) <= set(inspect(connection).get_table_names())
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]


def test_text_is_compared_by_code_point_whatever_the_locale_of_the_server(postgresql: str) -> None:
    other = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
    )
    with Store.open(postgresql, create=True) as ledger, ledger.database.reading() as connection:
        assert connection.execute(text(other)).all() == []


def test_the_program_knows_its_newest_migration() -> None:
    assert ScriptDirectory.from_config(migration.config()).get_current_head() == HEAD


def test_a_database_of_a_newer_program_is_left_alone(address: str) -> None:
    with Store.open(address, create=True) as ledger:
        _stamp(ledger, "9999")
        with pytest.raises(BadWorkspace, match="newer marsad"):
            Store.open(address)
        with ledger.database.reading() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_half_made_database_is_finished(tmp_path: Path) -> None:
    (tmp_path / "marsad.db").touch()
    with Store.open(tmp_path) as ledger:
        assert list(ledger.documents()) == []
    with Store.open(tmp_path) as ledger:
        assert not list(ledger.documents())


def test_durability_is_set(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger, ledger.database.writing() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_two_programs_that_open_a_new_ledger_at_once_make_it_once(new_address: str) -> None:
    program = (
        "import sys; from marsad.ledger.store import Store; Store.open(sys.argv[1], create=True).close()"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, new_address]) for _ in range(2)]
    assert [each.wait() for each in both] == [0, 0]
    with Store.open(new_address) as ledger:
        assert list(ledger.documents()) == []


# A ledger of the first schema, filled as the program of that day did


class First:
    """What the program wrote that knew no journal: documents, texts, readings and records."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._texts: dict[tuple[str, str], int] = {}
        self._readings = 0

    def put(self, reading: Reading, moment: str, *, revision_of: str | None = None) -> None:
        document = reading.document
        original = self._folder / "originals" / document.raw_sha256[:2] / document.raw_sha256
        original.parent.mkdir(parents=True, exist_ok=True)
        original.write_bytes(document.text.encode())
        if not self._has(document.id):
            self._insert(
                "documents",
                id=document.id,
                raw_sha256=document.raw_sha256,
                source=document.source,
                url=document.url,
                revision_of=revision_of,
                number=len({one for one, _ in self._texts}) + 1,
                recorded_at=moment,
            )
        key = (document.id, document.text_sha256)
        if key not in self._texts:
            self._texts[key] = len(self._texts) + 1
            self._insert(
                "texts",
                id=self._texts[key],
                document_id=document.id,
                extractor=document.extractor,
                text_sha256=document.text_sha256,
                text=document.text,
                recorded_at=moment,
            )
        self._put_reading(replace(reading, document=replace(document, revision_of=revision_of)), moment)

    def _put_reading(self, reading: Reading, moment: str) -> None:
        document, body = reading.document, encode(reading)
        self._readings += 1
        given = identity.given(replace(document, reader=None, gazetteer=None))
        self._insert(
            "readings",
            id=self._readings,
            document_id=document.id,
            text_id=self._texts[document.id, document.text_sha256],
            reader=document.reader,
            gazetteer=document.gazetteer,
            given=msgspec.json.encode(given).decode(),
            known=identity.known_day(document, moment),
            body_sha256=hashlib.sha256(body).hexdigest(),
            body=body.decode(),
            recorded_at=moment,
        )
        for found in identity.numbered(reading):
            self._insert(
                "records",
                reading_id=self._readings,
                id=found.id,
                kind=found.kind,
                local=found.record.id,
                ordinal=found.ordinal,
                reader=found.record.reader,
                spans=msgspec.json.encode(found.spans).decode(),
                begin=found.spans[0][0],
                end=found.spans[-1][1],
                body=msgspec.json.encode(found.record).decode(),
            )

    def _has(self, document_id: str) -> bool:
        return any(one == document_id for one, _ in self._texts)

    def _insert(self, table: str, **row: Any) -> None:
        columns = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(f":{name}" for name in row)
        self._connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)  # noqa: S608


NOON = "2024-05-06T12:00:00.000000+00:00"
LATER = "2024-05-06T12:00:01.000000+00:00"
TEXT = "Wardak: the group has 300 men\nSnow fell — é\N{RIGHT-TO-LEFT MARK}."


@pytest.fixture
def readings() -> Sequence[Reading]:
    """Four readings of three documents: one read twice, one a revision, one of the same text."""
    one = frozen(TEXT, url="https://a.example/1", published=given("2020-01-01"), source="a.txt")
    two = frozen("Wardak: 310 men", url="https://a.example/1", published=given("2020-01-02"))
    three = frozen(TEXT, publisher="Agency")
    return [read(one), read(two), read(three), read(one, version="reader@2")]


@pytest.fixture
def old(tmp_path: Path, readings: Sequence[Reading]) -> Path:
    database = SQLite(tmp_path)
    one, two, three, again = readings
    with database.writing() as connection:
        command.upgrade(migration.config(connection), "0001")
        first = First(connection, tmp_path)
        first.put(one, NOON)
        first.put(two, LATER, revision_of=one.document.id)
        first.put(three, NOON)  # its clock was set back
        first.put(again, LATER)
    database.close()
    return tmp_path


@pytest.fixture
def carried(old: Path) -> Iterator[Store]:
    with Store.open(old) as ledger:
        yield ledger


def test_readings_of_the_first_schema_are_carried_over_whole(
    carried: Store, readings: Sequence[Reading]
) -> None:
    _, two, three, again = readings
    two = replace(two, document=replace(two.document, revision_of=again.document.id))
    for reading in (two, three, again):
        assert encode(carried.reading(reading.document.id)) == encode(reading)
    assert carried.documents().count().number == 3
    with carried.database.reading() as connection:
        known = connection.execute(text("SELECT document, reader FROM readings ORDER BY entry")).all()
        assert [tuple(row) for row in known] == [(r.document.id, r.document.reader) for r in readings]
        first = view.view(connection, again.document.id, through=1)
    assert first is not None
    assert encode(first.reading) == encode(readings[0])


def test_records_of_the_first_schema_keep_their_ids(carried: Store, readings: Sequence[Reading]) -> None:
    wanted = {f.id for r in readings[1:] for f in identity.numbered(r) if f.kind == "claim"}
    assert {found.id for found in carried.claims()} == wanted


def test_the_journal_of_a_carried_ledger_holds(carried: Store, readings: Sequence[Reading]) -> None:
    assert faults(carried) == []
    with carried.as_recorded("2024-05-06T12:00:00+00:00") as past:
        assert [found.id for found in past.documents()] == [readings[0].document.id]


def test_what_was_carried_over_is_not_read_again(carried: Store, readings: Sequence[Reading]) -> None:
    for reading in readings[1:]:
        document = replace(reading.document, reader=None, gazetteer=None)
        assert not carried.put(document.text.encode(), document, reading)
    with carried.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM journal")).scalar() == len(readings)


def test_an_empty_ledger_of_the_first_schema_is_carried_over(tmp_path: Path) -> None:
    database = SQLite(tmp_path)
    with database.writing() as connection:
        command.upgrade(migration.config(connection), "0001")
    database.close()
    with Store.open(tmp_path) as ledger:
        assert list(ledger.documents()) == []


def _stamp(ledger: Store, revision: str) -> None:
    with ledger.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
