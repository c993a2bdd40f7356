"""Kills `marsad add` at random moments, and says what a ledger has lost by it.

The short test and the long benchmark (benchmarks/kill.py) are both made of this.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from random import Random
from typing import NamedTuple

from marsad.errors import MarsadError
from marsad.ledger.checking import check
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place

_SET = ("MARSAD_WORKSPACE", "MARSAD_DATABASE")
# a parser gets its time also where many tests share the machine
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in _SET} | {
    "MARSAD_PARSE_SECONDS": "60"
}
_SOURCES = (
    "The army",
    "A village elder",
    "The provincial council",
    "A spokesman for the police",
    "Witnesses",
)
_VERBS = ("said", "reported", "claimed", "denied")
_FACTS = (
    "that {n} fighters were killed near {place} on {day}",
    "that about {n} families left {place} on {day}",
    "that at least {n} men of the group still hold {place}",
    "that {n} tents burnt down in {place} and nobody was hurt",
)
_PLACES = ("Raqqa", "Hasakah", "Mosul", "Deir ez-Zor", "Kirkuk")
_DAYS = ("Monday", "Tuesday", "3 May 2021", "the first day of June")


def write_documents(folder: Path, number: int, random: Random) -> list[Path]:
    """The package's samples and so many short reports more, all of them different."""
    folder.mkdir(parents=True)
    samples = resources.files("marsad.samples")
    paths = []
    for each in samples.iterdir():
        if each.name.startswith("invented-"):
            paths.append(folder / each.name)
            paths[-1].write_bytes(each.read_bytes())
    for at in range(number):
        paths.append(folder / f"report-{at:04}.txt")
        paths[-1].write_text(f"Report {at}\n\n" + "\n".join(_sentences(random)))
    return paths


def _sentences(random: Random) -> list[str]:
    facts = [
        random.choice(_FACTS).format(
            n=random.randrange(3, 900), place=random.choice(_PLACES), day=random.choice(_DAYS)
        )
        for _ in range(random.randrange(1, 5))
    ]
    return [f"{random.choice(_SOURCES)} {random.choice(_VERBS)} {fact}." for fact in facts]


def command(folder: Path, workspace: str) -> list[str]:
    return [sys.executable, "-m", "marsad", "add", str(folder), "--workspace", workspace]


def acknowledged(output: bytes) -> dict[str, Path]:
    """The paths in whole lines `added ID PATH`, by id: a line that was cut short says nothing."""
    lines = output[: output.rfind(b"\n") + 1].decode().splitlines()
    split = (line.split(" ", 2) for line in lines if line.startswith("added "))
    return {document_id: Path(path) for _, document_id, path in split}


class Run(NamedTuple):
    """One `marsad add`, run to its end or to its kill."""

    code: int
    added: dict[str, Path]
    unchanged: int
    errors: str

    @property
    def was_killed(self) -> bool:
        """Whether a signal ended it, and not its own end or an error."""
        return self.code < 0

    @classmethod
    def of(cls, process: subprocess.Popen[bytes], output: bytes) -> Run:
        rest, errors = process.communicate()
        output += rest
        return cls(process.returncode, acknowledged(output), output.count(b"unchanged "), errors.decode())


def start(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_ENVIRONMENT)


def add(arguments: Sequence[str]) -> Run:
    return Run.of(start(arguments), b"")


def add_and_kill(arguments: Sequence[str], random: Random, *, longest: float = 0.1) -> Run:
    """The same, killed a random moment of at most `longest` seconds after a random document's line."""
    process = start(arguments)
    assert process.stdout is not None
    output, wanted = b"", random.randrange(1, 9)
    for line in process.stdout:
        output += line
        wanted -= line.startswith(b"added ")
        if not wanted:
            time.sleep(random.random() * longest)
            process.kill()
            break
    return Run.of(process, output)


def kill_within(arguments: Sequence[str], seconds: float) -> Run:
    """The same, killed so long after its start, whatever it does then."""
    process = start(arguments)
    time.sleep(seconds)
    process.kill()
    return Run.of(process, b"")


def losses(workspace: str, said: Mapping[str, Path]) -> list[str]:
    """What is wrong with a ledger by which these documents were acknowledged; empty where nothing is."""
    store = Store.at(Place.at(workspace))
    try:
        found = [str(problem) for problem in check(store) if not problem.is_harmless]
        there = {each.id: each.document.raw_sha256 for each in store.documents()}
        times = Counter(each.id for each in store.documents())
    except MarsadError as error:
        return [str(error)]
    finally:
        store.close()
    found += [f"{document_id} is there {n} times" for document_id, n in times.items() if n > 1]
    for document_id, path in said.items():
        if there.get(document_id) != hashlib.sha256(path.read_bytes()).hexdigest():
            found.append(f"{document_id} {path} was acknowledged and is not there")
    return found


def documents(workspace: str) -> int:
    store = Store.at(Place.at(workspace))
    try:
        return store.documents().count().number
    finally:
        store.close()
