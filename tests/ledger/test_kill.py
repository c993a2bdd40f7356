"""Whatever stops `marsad add`, what it acknowledged is in the ledger once; the long form of this is
benchmarks/kill.py.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from marsad.ledger.store import Store

from . import killing

ROUNDS = 3
DOCUMENTS = 48  # more than can be added in so many rounds


def test_nothing_acknowledged_is_lost_whenever_the_program_is_killed(address: str, tmp_path: Path) -> None:
    chance = Random()  # noqa: S311
    paths = killing.write_documents(tmp_path / "files", DOCUMENTS, chance)
    adding = killing.command(tmp_path / "files", address)
    said: dict[str, Path] = {}
    for _ in range(ROUNDS):
        killed = killing.add_and_kill(adding, chance)
        assert killed.added
        assert killed.was_killed
        assert not killed.added.keys() & said.keys()
        said |= killed.added
        assert killing.losses(address, said) == []
    last = killing.add(adding)
    assert last.code == 0
    assert len(last.added) + last.unchanged == len(paths) == killing.documents(address)
    assert killing.losses(address, said | last.added) == []
    assert not list(tmp_path.rglob(".unfinished-*"))


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    """A limit to the size of a file is to a database what a full disk is; it needs no rights."""
    chance = Random(5)  # noqa: S311
    killing.write_documents(tmp_path / "files", DOCUMENTS, chance)
    workspace = str(tmp_path / "work")
    adding = killing.command(tmp_path / "files", workspace)
    Store.open(workspace, create=True).close()
    blocks = (tmp_path / "work" / "marsad.db").stat().st_size // 512 + 600
    full = killing.add(["/bin/sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *adding])
    assert (full.code, full.errors.count("\n")) == (4, 1)
    assert "marsad.db" in full.errors
    assert 0 < len(full.added) < DOCUMENTS
    assert killing.losses(workspace, full.added) == []
    rest = killing.add(adding)
    assert rest.code == 0
    assert killing.losses(workspace, full.added | rest.added) == []
    assert killing.documents(workspace) == len(list((tmp_path / "files").iterdir()))
