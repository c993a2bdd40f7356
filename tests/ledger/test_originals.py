from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger import schema
from marsad.ledger.originals import Folder, Originals, Rows
from marsad.ledger.store import Store

RAW = b"\x00\xff raw"
SHA256 = hashlib.sha256(RAW).hexdigest()


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


@pytest.fixture(params=["folder", "rows"])
def originals(request: pytest.FixtureRequest, ledger: Store, tmp_path: Path) -> Originals:
    """Either kind, on either database: rows are used on PostgreSQL only, and work on both."""
    return Folder(tmp_path) if request.param == "folder" else Rows()


@pytest.fixture
def connection(ledger: Store) -> Iterator[Connection]:
    with ledger.database.writing() as opened:
        yield opened


def damage(connection: Connection, originals: Originals, sha256: str) -> None:
    if isinstance(originals, Folder):
        originals.path(sha256).write_bytes(b"whol")
    else:
        connection.execute(update(schema.originals).filter_by(sha256=sha256).values(body=b"whol"))


def test_a_folder_keeps_files_and_a_database_rows(ledger: Store, address: str) -> None:
    assert isinstance(ledger.originals, Rows if address.startswith("postgresql") else Folder)


def test_bytes_are_kept_under_their_hash(originals: Originals, connection: Connection) -> None:
    assert originals.put(connection, RAW) == SHA256
    assert originals.get(connection, SHA256) == RAW
    assert SHA256 in originals.where(SHA256)


def test_the_same_bytes_are_kept_once(originals: Originals, connection: Connection) -> None:
    for raw in (RAW, b"", RAW):
        originals.put(connection, raw)
    assert list(originals.hashes(connection)) == sorted([SHA256, hashlib.sha256(b"").hexdigest()])


def test_damage_is_seen_and_mended_by_putting_again(originals: Originals, connection: Connection) -> None:
    originals.put(connection, RAW)
    damage(connection, originals, SHA256)
    with pytest.raises(BadWorkspace, match="damaged"):
        originals.get(connection, SHA256)
    originals.put(connection, RAW)
    assert originals.get(connection, SHA256) == RAW


def test_what_is_removed_is_not_found(originals: Originals, connection: Connection) -> None:
    originals.put(connection, RAW)
    for _ in range(2):
        originals.remove(connection, SHA256)
    with pytest.raises(NotFound, match=SHA256):
        originals.get(connection, SHA256)
    assert list(originals.hashes(connection)) == []


def test_files_lie_in_folders_by_two_digits(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger, ledger.database.writing() as connection:
        ledger.originals.put(connection, RAW)
    assert (tmp_path / "originals" / SHA256[:2] / SHA256).read_bytes() == RAW


def test_what_a_killed_writer_left_is_swept_by_the_next(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger, ledger.database.writing() as connection:
        left = tmp_path / "originals" / SHA256[:2] / f".unfinished-{SHA256}"
        left.parent.mkdir(parents=True)
        left.write_bytes(b"half")
        assert list(ledger.originals.hashes(connection)) == []
        ledger.originals.put(connection, b"other")
        assert not left.exists()
