"""How a command writes a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.cli.writing import write
from marsad.errors import MarsadError


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(MarsadError, match="choose a place with --out"):
        write(tmp_path / "there", [b"x"], option="--out")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    write(tmp_path / "new" / "file", [b"x", b"y"], option="--out")
    assert (tmp_path / "new" / "file").read_bytes() == b"xy"
