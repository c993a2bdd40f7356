"""UCDP's files, from a server that stands for its download pages."""

from __future__ import annotations

import hashlib
import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from marsad.cli import run
from marsad.errors import BadInput, NotFound, Unreachable
from marsad.sources import ucdp

from .site import Site, answering

ROWS = b"id,year,best\n1,2024,3\n"


@pytest.fixture(autouse=True)
def _downloads(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_UCDP_URL", f"{site.address}/downloads/")


def fetch(version: str, folder: Path) -> tuple[Path, ucdp.Origin]:
    return ucdp.fetch(ucdp.candidate(version), folder, lambda done, of: None)


def test_candidate_events_come_with_their_origin(site: Site, tmp_path: Path) -> None:
    address = site.serve("/downloads/candidateged/GEDEvent_v26_0_3.csv", ROWS)
    path, origin = fetch("26.0.3", tmp_path / "data")
    assert path.read_bytes() == ROWS
    assert origin.sha256 == hashlib.sha256(ROWS).hexdigest()
    assert (origin.url, origin.version, origin.bytes) == (address, "26.0.3", len(ROWS))
    beside = json.loads((tmp_path / "data" / "GEDEvent_v26_0_3.csv.origin.json").read_text())
    assert beside["sha256"] == origin.sha256
    assert beside["licence"] == "CC BY 4.0"
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "GEDEvent_v26_0_3.csv",
        "GEDEvent_v26_0_3.csv.origin.json",
    ]


def test_what_is_there_is_not_downloaded_again_unless_it_was_changed(site: Site, tmp_path: Path) -> None:
    site.serve("/downloads/candidateged/GEDEvent_v26_0_3.csv", ROWS)
    path, origin = fetch("26.0.3", tmp_path)
    assert fetch("26.0.3", tmp_path) == (path, origin)
    assert len(site.requests) == 1
    path.write_bytes(b"changed")
    fetch("26.0.3", tmp_path)
    assert path.read_bytes() == ROWS
    assert len(site.requests) == 2


def test_a_release_that_is_known_is_held_to_its_hash(site: Site, tmp_path: Path) -> None:
    site.serve("/downloads/ged/ged261-csv.zip", b"not it")
    with pytest.raises(BadInput, match=r"is not version 26\.1: SHA-256"):
        ucdp.fetch(ucdp.yearly("26.1"), tmp_path, lambda done, of: None)
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_stops_leaves_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_FETCH_SECONDS", "0.3")

    def stop(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(ROWS)

    site.serve_with("/downloads/candidateged/GEDEvent_v26_0_3.csv", stop)
    with pytest.raises(Unreachable):
        fetch("26.0.3", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("status", "error"), [(404, NotFound), (503, Unreachable)])
def test_what_is_not_to_be_had_is_said(site: Site, tmp_path: Path, status: int, error: type) -> None:
    site.serve_in_turn("/downloads/candidateged/GEDEvent_v26_0_9.csv", [answering(status=status)])
    with pytest.raises(error):
        fetch("26.0.9", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("version", ["", "26", "26.2", "2026.1", "26.1/../../x", "٢٦.1"])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(BadInput, match="no yearly version"):
        ucdp.yearly(version)
    with pytest.raises(BadInput, match="no candidate version"):
        ucdp.candidate(version)


def test_a_large_file_is_written_as_it_comes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits of pages do not hold for it, and how far it is is told."""
    monkeypatch.setenv("MARSAD_FETCH_BYTES", "1000")
    site.serve("/downloads/candidateged/GEDEvent_v26_0_3.csv", ROWS * 10_000)
    told: list[tuple[int, int | None]] = []
    path, _ = ucdp.fetch(ucdp.candidate("26.0.3"), tmp_path, lambda done, of: told.append((done, of)))
    assert path.stat().st_size == len(ROWS) * 10_000
    assert told[-1] == (len(ROWS) * 10_000,) * 2
    assert len(told) > 1


def test_the_command_says_what_to_do_next(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.serve("/downloads/candidateged/GEDEvent_v26_0_3.csv", ROWS)
    assert run(["fetch", "ucdp", "--candidate", "26.0.3", "--out", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert hashlib.sha256(ROWS).hexdigest() in out
    assert f"marsad add {tmp_path}" in err
    assert run(["fetch", "ucdp", "--version", "26.0.3"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
