from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.originals import Originals


def test_bytes_are_kept_under_their_hash_in_folders_by_two_digits(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.put(b"\x00\xff raw")
    assert sha256 == hashlib.sha256(b"\x00\xff raw").hexdigest()
    assert originals.path(sha256) == tmp_path / "originals" / sha256[:2] / sha256
    assert originals.get(sha256) == b"\x00\xff raw"


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    assert originals.put(b"x") == originals.put(b"x")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_damage_is_seen_and_mended_by_putting_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.put(b"whole")
    originals.path(sha256).write_bytes(b"whol")
    with pytest.raises(BadWorkspace, match="damaged"):
        originals.get(sha256)
    originals.put(b"whole")
    assert originals.get(sha256) == b"whole"


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.put(b"kept")
    left = originals.path(sha256).with_name(".unfinished-abc")
    left.write_bytes(b"half")
    originals.sweep()
    assert not left.exists()
    assert originals.get(sha256) == b"kept"


def test_bytes_that_are_not_there_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Originals(tmp_path).get("0" * 64)
