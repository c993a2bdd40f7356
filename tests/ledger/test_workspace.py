from __future__ import annotations

import threading
from pathlib import Path

import pytest

from marsad.errors import BadWorkspace
from marsad.ledger import workspace


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "marsad.db").touch()
    return tmp_path


def test_the_folder_that_is_given_goes_first(here: Path) -> None:
    assert workspace.find("given", "configured", here=here) == Path("given")


def test_then_the_current_folder_where_it_is_a_workspace(here: Path) -> None:
    assert workspace.find(None, "configured", here=here) == here


def test_then_the_configured_one(tmp_path: Path) -> None:
    assert workspace.find(None, "configured", here=tmp_path) == Path("configured")


def test_else_the_current_folder_where_one_can_be_made(tmp_path: Path) -> None:
    assert workspace.find(None, None, here=tmp_path) == tmp_path
    assert not workspace.is_workspace(tmp_path)


def test_settings_alone_make_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "marsad.toml").touch()
    assert workspace.is_workspace(tmp_path)


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    with workspace.writing(tmp_path), pytest.raises(BadWorkspace, match="another marsad is writing"):  # noqa: SIM117
        with workspace.writing(tmp_path, patience=0.05):
            pass
    with workspace.writing(tmp_path, patience=0.05):
        assert (tmp_path / "marsad.lock").exists()


def test_threads_exclude_one_another(tmp_path: Path) -> None:
    inside: list[int] = []
    most = []

    def write() -> None:
        for _ in range(20):
            with workspace.writing(tmp_path):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
