"""`marsad read --bulk`: many documents into Parquet, with a bar on a terminal and lines in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from marsad import bulk
from marsad.bulk import Progress
from marsad.cli import notes, one_line
from marsad.errors import BadInput
from marsad.records.original import Refused

_EVERY = 30.0  # seconds between two lines of a log
_LISTED = 20  # refusals that are printed; the table has them all


def run(
    inputs: Sequence[str], out: str, *, published: str | None, workers: int | None, ray_address: str | None
) -> int:
    """Read `inputs` into the folder `out`, and give the exit code."""
    notes.rules_alone()
    with _shown() as shown:
        summary = bulk.read(
            inputs, out, published=published, workers=workers, ray_address=ray_address, told=shown.told
        )
    click.echo(f"{summary.documents} documents in {out}, {summary.refused} refused", err=True)
    for refusal in islice(bulk.refusals(Path(out)), _LISTED):
        click.echo(_line(refusal), err=True)
    if summary.refused > _LISTED:
        click.echo(f"and {summary.refused - _LISTED} more in {Path(out, 'refused.parquet')}", err=True)
    return BadInput.exit_code if summary.refused else 0


def _line(refusal: Refused) -> str:
    return f"refused {one_line(refusal.source)}: {one_line(refusal.reason)}"


class _Shown(Protocol):
    def told(self, progress: Progress) -> None: ...


@contextmanager
def _shown() -> Iterator[_Shown]:
    """What shows how far it is, on standard error."""
    if not sys.stderr.isatty():
        yield _Log()
        return
    columns = BarColumn(), MofNCompleteColumn(), TextColumn("documents{task.fields[rate]}")
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        yield _Terminal(bar)


class _Rate:
    """Documents a second since the first one of this run."""

    def __init__(self) -> None:
        self._begin, self._first = time.monotonic(), -1

    def at(self, documents: int) -> float:
        if self._first < 0:
            self._begin, self._first = time.monotonic(), documents
        return (documents - self._first) / max(time.monotonic() - self._begin, 1e-3)


class _Terminal:
    """A bar with the time that is left."""

    def __init__(self, bar: Bar) -> None:
        self._bar, self._rate = bar, _Rate()
        self._task = bar.add_task("", total=None, rate="")

    def told(self, progress: Progress) -> None:
        done, expected = progress
        rate = self._rate.at(done)
        self._bar.update(
            self._task, completed=done, total=expected or None, rate=f", {rate:.1f} a second" if rate else ""
        )


class _Log:
    """A line now and then."""

    def __init__(self) -> None:
        self._rate, self._last = _Rate(), time.monotonic()
        self._lock = threading.Lock()

    def told(self, progress: Progress) -> None:
        with self._lock:
            rate = self._rate.at(progress.documents)
            if time.monotonic() - self._last < _EVERY:
                return
            self._last = time.monotonic()
        about = f"{progress.documents} of about {progress.expected} documents"
        click.echo(f"{about}, {rate:.1f} a second", err=True)
