"""UCDP's georeferenced event data (GED), as its publisher gives it out: a file with its origin beside it.

No key is needed. Data: Uppsala Conflict Data Program, CC BY 4.0. The yearly release is a ZIP of a CSV
(`ged261-csv.zip`), the monthly candidate events a CSV (`GEDEvent_v26_0_3.csv`).
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from marsad.errors import BadInput, BadWorkspace, NotFound, Unreachable
from marsad.settings import load
from marsad.sources.fetch import Client, Failed, Fetched, NotModified, Watch

NEWEST = "26.1"  # the yearly release that this program knows
LARGEST = 4 * 2**30  # bytes that are taken at most
ORIGIN = ".origin.json"  # ends the name of what stands beside a file
UNFINISHED = ".unfinished"
_YEARLY = re.compile(r"(\d{2})\.1", re.ASCII)
_CANDIDATE = re.compile(r"(\d{2})\.0\.(\d{1,2})", re.ASCII)
_KNOWN = {  # releases that do not change any more
    "26.1": "8c941d84954e555ee2e54f40fa04d9203bf1e2f962203d0a9930966c4947c667",
}


class Release(NamedTuple):
    """A version of the data, and where it is found."""

    version: str
    path: str  # below `ucdp_url`

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Origin(msgspec.Struct, frozen=True):
    """Where a file came from; kept beside it, and with every forecast made from it."""

    publisher: str
    dataset: str
    version: str
    url: str
    sha256: str
    bytes: int
    retrieved: str | None
    licence: str = "CC BY 4.0"


def yearly(version: str) -> Release:
    """The release of a year: `26.1`.

    Raises:
        BadInput: no version of one.
    """
    found = _YEARLY.fullmatch(version)
    if found is None:
        raise BadInput(f"{version}: no yearly version of UCDP GED; give one such as {NEWEST}")
    return Release(version, f"ged/ged{found[1]}1-csv.zip")


def candidate(version: str) -> Release:
    """The candidate events of a month: `26.0.3` is March 2026.

    Raises:
        BadInput: no version of them.
    """
    found = _CANDIDATE.fullmatch(version)
    if found is None:
        raise BadInput(f"{version}: no candidate version of UCDP GED; give one such as 26.0.3")
    return Release(version, f"candidateged/GEDEvent_v{found[1]}_0_{found[2]}.csv")


def fetch(release: Release, folder: Path, watch: Watch) -> tuple[Path, Origin]:
    """Download a release to `folder`, with its origin beside it. A file that is there already is kept.

    The file is there whole, under its name, or not at all.

    Raises:
        NotFound: UCDP has no such release.
        Unreachable: it does not answer, or stops in the middle.
        BadInput: what came is not the release that is known by this version.
        BadWorkspace: the folder cannot be written.
    """
    path = folder / release.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if known := _kept(path):
            return path, known
        return path, _download(release, path, watch)
    except OSError as error:
        where = error.filename or path
        raise BadWorkspace(f"{where}: {error.strerror or error}; make room or give --out") from error


def _kept(path: Path) -> Origin | None:
    """The origin of a file that is there and is what came."""
    beside = path.with_name(path.name + ORIGIN)
    if not (path.is_file() and beside.is_file()):
        return None
    try:
        origin = msgspec.json.decode(beside.read_bytes(), type=Origin)
    except msgspec.MsgspecError:
        return None
    with path.open("rb") as file:
        return origin if hashlib.file_digest(file, "sha256").hexdigest() == origin.sha256 else None


def _download(release: Release, path: Path, watch: Watch) -> Origin:
    address = f"{load().ucdp_url.rstrip('/')}/{release.path}"
    digest, unfinished = hashlib.sha256(), path.with_name(path.name + UNFINISHED)
    try:
        with Client() as client, unfinished.open("wb") as file:

            def write(chunk: bytes) -> None:
                digest.update(chunk)
                file.write(chunk)

            answer = client.save(address, write, limit=LARGEST, watch=watch)
            if isinstance(answer, Failed) and answer.is_gone:
                raise NotFound(f"{address}: UCDP has no version {release.version}")
            if not isinstance(answer, Fetched):
                reason = "answered 304" if isinstance(answer, NotModified) else answer.reason
                raise Unreachable(f"{address}: {reason}; do it again")
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        origin = Origin(
            publisher="Uppsala Conflict Data Program",
            dataset="UCDP GED candidate" if _CANDIDATE.fullmatch(release.version) else "UCDP GED",
            version=release.version,
            url=answer.original.url or address,
            sha256=digest.hexdigest(),
            bytes=size,
            retrieved=answer.original.retrieved,
        )
        known = _KNOWN.get(release.version)
        if known not in (None, origin.sha256):
            raise BadInput(
                f"{address}: is not version {release.version}: SHA-256 {origin.sha256}, not {known}"
            )
        beside = path.with_name(path.name + ORIGIN)
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(origin)) + b"\n")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return origin
