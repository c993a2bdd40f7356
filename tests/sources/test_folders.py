from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from marsad import sources
from marsad.errors import BadInput
from marsad.records.original import Original, Refused


def written(path: Path, words: str = "Snow fell.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    return path


def found_in(folder: Path) -> tuple[list[str], dict[str, str]]:
    """The files that are read, and the refusals, by their paths in `folder`."""
    found = list(sources.expand([str(folder)]))
    short = {id(each): str(Path(each.source).relative_to(folder)) for each in found}
    read = [short[id(each)] for each in found if isinstance(each, Original)]
    return read, {short[id(each)]: each.reason for each in found if isinstance(each, Refused)}


def test_a_link_that_leads_out_is_refused_and_one_within_makes_no_loop(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    written(folder / "a" / "report.txt")
    outside = written(tmp_path / "outside" / "secret.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "out").symlink_to(outside.parent)
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "broken.txt").symlink_to(tmp_path / "nothing")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "same.txt").symlink_to("a/report.txt")
    read, refused = found_in(folder)
    assert read == ["same.txt", "a/report.txt"]
    assert refused == {
        "broken.txt": "a link that leads nowhere",
        "out": f"a link that leads out of the folder; add {outside.parent} by itself",
        "out.txt": f"a link that leads out of the folder; add {outside} by itself",
        "self.txt": "a link that leads nowhere",
    }


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    written(tmp_path / "folder" / "a.txt")
    (tmp_path / "link").symlink_to("folder")
    assert found_in(tmp_path / "link") == (["a.txt"], {})


def test_pipes_and_sockets_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path)  # a socket's path is short
        try:
            server.bind("s.txt")
        finally:
            os.chdir(here)
        written(tmp_path / "z.txt")
        read, refused = found_in(tmp_path)
    assert read == ["z.txt"]
    assert set(refused) == {"pipe.txt", "s.txt"}
    assert set(refused.values()) == {
        "is a pipe, a socket or a device; give what it holds on standard input (-)"
    }


def test_a_device_is_refused() -> None:
    with pytest.raises(BadInput, match="a device"):
        sources.open("/dev/zero")


def test_folders_within_folders_without_end_are_walked(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1500):  # deeper than calls of functions go
            Path("d").mkdir()
            os.chdir("d")
        Path("a.txt").write_text("Snow fell.")
        os.chdir(here)
        read, refused = found_in(tmp_path)
        assert len(read) + len(refused) == 1
    finally:
        os.chdir(here)
        # Too deep for Python, and so for pytest, which removes the folders of earlier runs
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


def test_notes_on_fetched_files_and_results_of_bulk_are_no_documents(tmp_path: Path) -> None:
    written(tmp_path / "a.txt")
    written(tmp_path / "a.txt.origin.json", "{}")
    written(tmp_path / "out" / "marsad-bulk.json", "{}")
    written(tmp_path / "out" / "claims.txt")
    assert found_in(tmp_path) == (
        ["a.txt"],
        {"out": "was made by `marsad read --bulk`; add it by itself"},
    )


def test_a_folder_that_cannot_be_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told by the system's own answer, which root never gets: it reads every folder."""
    scan = os.scandir

    def refusing(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied", folder)
        return scan(folder)

    written(tmp_path / "a.txt")
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", refusing)
    read, refused = found_in(tmp_path)
    assert read == ["a.txt"] and list(refused) == ["closed"]
