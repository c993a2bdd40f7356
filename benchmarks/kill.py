"""Whether anything is lost when `marsad add` is killed, or its disk is full.

    .venv/bin/python benchmarks/kill.py [ROUNDS]

ROUNDS (200) times on SQLite and as often on PostgreSQL, `marsad add` of real documents is killed by
SIGKILL at a random moment; after each kill every document that was acknowledged must be there once,
and `marsad check` must find nothing. In one round of ten it is killed while it starts and makes its
workspace. When a workspace holds most of the documents, the last run is let go to its end, and all of
them must be there. Then the same command meets a full disk: a small tmpfs, where this user may mount one.

Exits 1 where anything was lost.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from marsad.ledger.store import Store
from tests import postgres
from tests.ledger import killing

ROUNDS = 200
DOCUMENTS = 120
ENOUGH = 90  # documents after which a workspace is finished and another one begun
EARLY = 10  # one round of so many is killed while it starts
STARTUP = 4.0  # seconds within which it is then killed
ROOM = 2_000_000  # bytes that a full disk has left when the documents come


class Trial:
    """Rounds on one kind of database."""

    def __init__(self, name: str, folder: Path, random: Random) -> None:
        self.name, self.folder, self.random = name, folder, random
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        self.paths = killing.write_documents(folder / "files", DOCUMENTS, random)

    def rounds(self, number: int, workspaces: Iterator[str]) -> None:
        workspace, said = next(workspaces), dict[str, Path]()
        for at in range(number):
            if at % EARLY == EARLY - 1:
                self._early(next(workspaces))
                continue
            run = killing.add_and_kill(self._adding(workspace), self.random)
            self.counts["kills"] += run.was_killed
            self._note(workspace, run, said)
            if len(said) >= ENOUGH or not run.was_killed:
                self._finish(workspace, said)
                workspace, said = next(workspaces), {}
        self._finish(workspace, said)

    def _early(self, workspace: str) -> None:
        run = killing.kill_within(self._adding(workspace), self.random.random() * STARTUP)
        self.counts["kills at the start"] += run.was_killed
        self._finish(workspace, dict(run.added))

    def _finish(self, workspace: str, said: dict[str, Path]) -> None:
        run = killing.add(self._adding(workspace))
        self.counts["runs to the end"] += 1
        if run.code or len(run.added) + run.unchanged != len(self.paths):
            self.problems.append(f"{workspace}: a run to the end ends with {run.code}: {run.errors}")
        self._note(workspace, run, said)
        if (there := killing.documents(workspace)) != len(self.paths):
            self.problems.append(f"{workspace}: {there} of {len(self.paths)} documents")

    def _note(self, workspace: str, run: killing.Run, said: dict[str, Path]) -> None:
        twice = run.added.keys() & said.keys()
        said |= run.added
        self.counts["acknowledged"] += len(run.added)
        self.problems += [f"{workspace}: {each} was acknowledged twice" for each in twice]
        self.problems += [f"{workspace}: {each}" for each in killing.losses(workspace, said)]

    def full_disk(self, disk: Path, workspace: str) -> None:
        """A run that ends for want of room, and another one when there is room again."""
        Store.open(workspace, create=True).close()
        ballast = disk / "ballast"
        with ballast.open("wb") as file:
            file.write(bytes(max(shutil.disk_usage(disk).free - ROOM, 0)))
        run, said = killing.add(self._adding(workspace)), dict[str, Path]()
        if run.code != 4 or run.errors.count("\n") != 1:
            self.problems.append(f"{workspace}: a full disk ends it with {run.code}: {run.errors}")
        print(f"  a full disk after {len(run.added)} documents: exit {run.code}, {run.errors.strip()}")
        ballast.unlink()
        self._note(workspace, run, said)
        self._finish(workspace, said)
        self.counts["full disks"] += 1

    def _adding(self, workspace: str) -> list[str]:
        return killing.command(self.folder / "files", workspace)

    def report(self, seconds: float) -> None:
        counted = ", ".join(f"{number} {what}" for what, number in self.counts.items())
        print(f"{self.name}: {counted}; {len(self.problems)} problems; {seconds:.0f} s")
        for problem in self.problems:
            print(f"  {problem}")


def main(rounds: int) -> int:
    random, trials = Random(), []  # noqa: S311
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.running(durable=True) as server,
        ExitStack() as stack,
    ):
        for name in ("SQLite", "PostgreSQL"):
            began = time.monotonic()
            trial = Trial(name, Path(folder, name), random)
            trials.append(trial)
            print(f"{name}:", flush=True)
            trial.rounds(rounds, _folders(trial.folder) if name == "SQLite" else _databases(server, stack))
            _fill(trial)
            trial.report(time.monotonic() - began)
    return int(any(trial.problems for trial in trials))


def _folders(folder: Path) -> Iterator[str]:
    for number in range(sys.maxsize):
        yield str(folder / f"workspace-{number}")


def _databases(server: postgres.Server, stack: ExitStack) -> Iterator[str]:
    while True:
        yield stack.enter_context(server.database())


def _fill(trial: Trial) -> None:
    try:
        with _small_disk(64 if trial.name == "SQLite" else 200) as disk:
            if trial.name == "SQLite":
                trial.full_disk(disk, str(disk / "work"))
                return
            tempfile.tempdir = str(disk)  # where a server puts its data
            with postgres.running(durable=True) as server, server.database() as address:
                trial.full_disk(disk, address)
    except subprocess.CalledProcessError as error:
        print(f"  no full disk: {error.stderr.decode().strip()}")
    finally:
        tempfile.tempdir = None


@contextmanager
def _small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of so many megabytes in memory.

    Raises:
        subprocess.CalledProcessError: this user may not mount one.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # a server runs as a user of its own
        disk = Path(folder, "disk")
        disk.mkdir()
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"]
        subprocess.run(["mount", *options, disk], check=True, capture_output=True)  # noqa: S607
        try:
            yield disk
        finally:
            subprocess.run(["umount", disk], check=True, capture_output=True)  # noqa: S607


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
