"""Documents for the tests of bulk, and what makes two results the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from marsad import bulk
from marsad.bulk import Progress, partitions

A_PART = 4  # documents of a partition in these tests, so that a small job has many


def report(number: int) -> str:
    return f"The ministry said on Monday that {number} people had fled from Mosul to Erbil."


def write_lines(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def write_inputs(folder: Path) -> list[str]:
    """Lines, files and one that cannot be read: 22 documents in 7 partitions or so."""
    write_lines(folder / "lines.jsonl", [report(number) for number in range(10, 26)])
    files = folder / "files"
    files.mkdir()
    for number in range(6):
        (files / f"{number}.txt").write_text(report(100 + number), encoding="utf-8")
    (files / "empty.txt").write_bytes(b"")
    return [str(folder / "lines.jsonl"), str(files)]


def divide_small(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(partitions, "DOCUMENTS", A_PART)


def read(
    inputs: list[str],
    out: Path,
    *,
    workers: int = 1,  # to start one takes longer than all that these tests read
    told: Callable[[Progress], None] = lambda progress: None,
) -> bulk.Summary:
    return bulk.read(inputs, out, workers=workers, told=told)


def tables(out: Path) -> dict[str, bytes]:
    """The bytes of every table: the same documents by the same reader give the same."""
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def children(parent: int, command: str) -> list[int]:
    """The processes below `parent`, at any depth, with `command` in their command line (Linux)."""
    rows = dict(filter(None, map(_process, Path("/proc").glob("[0-9]*"))))
    return [pid for pid, (_, line) in rows.items() if command in line and parent in _above(pid, rows)]


def _process(folder: Path) -> tuple[int, tuple[int, str]] | None:
    try:
        status = (folder / "stat").read_text()
        line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:  # it has ended meanwhile
        return None
    return int(folder.name), (int(status.rpartition(")")[2].split()[1]), line)


def _above(pid: int, rows: dict[int, tuple[int, str]]) -> set[int]:
    found: set[int] = set()
    while pid in rows and rows[pid][0] not in found:
        pid = rows[pid][0]
        found.add(pid)
    return found
