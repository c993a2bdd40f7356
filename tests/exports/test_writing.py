"""An export reaches the disk whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.errors import BadInput, MarsadError
from marsad.exports.writing import write_file, written_folder


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MarsadError("the ledger is gone")])
def test_what_stops_it_leaves_the_earlier_file(tmp_path: Path, error: BaseException) -> None:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise error

    path = tmp_path / "out.json"
    path.write_bytes(b"earlier")
    with pytest.raises(type(error)):
        write_file(path, parts())
    assert path.read_bytes() == b"earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["out.json"]


def test_what_stops_it_leaves_the_earlier_folder(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "claims.parquet").write_bytes(b"earlier")
    with pytest.raises(KeyboardInterrupt), written_folder(path, frozenset({"claims.parquet"})) as folder:
        (folder / "claims.parquet").write_bytes(b"half")
        raise KeyboardInterrupt
    assert (path / "claims.parquet").read_bytes() == b"earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_ledger_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "marsad.db").write_bytes(b"SQLite format 3\0 and more")
    with pytest.raises(BadInput, match="is a database"):
        write_file(tmp_path / "marsad.db", [b"x"])


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    device = tmp_path / "null"
    device.symlink_to("/dev/null")
    write_file(device, [b"x"])
    assert device.is_symlink()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MarsadError, match="choose a place with --out"):
        write_file(tmp_path / "file" / "out", [b"x"])
