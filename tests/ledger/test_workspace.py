from __future__ import annotations

import threading
from pathlib import Path

import pytest

from marsad.errors import BadInput, BadWorkspace
from marsad.ledger import workspace
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place, find

SERVER = "postgresql://amy@db.example/ledger"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "marsad.db").touch()
    return tmp_path


def test_the_folder_that_is_given_goes_first(here: Path) -> None:
    assert find("given", "configured", here=here) == Place(Path("given"))
    assert find("given", "configured", SERVER, here=here) == Place(Path("given"), SERVER)


def test_then_the_current_folder_where_it_is_a_workspace(here: Path) -> None:
    assert find(None, "configured", here=here) == Place(here)
    assert find(None, None, SERVER, here=here) == Place(here)


def test_then_the_configured_one(tmp_path: Path) -> None:
    assert find(None, "configured", here=tmp_path) == Place(Path("configured"))
    assert find(None, "configured", SERVER, here=tmp_path).address == SERVER


def test_else_the_current_folder_where_one_can_be_made(tmp_path: Path) -> None:
    assert find(None, None, here=tmp_path) == Place(tmp_path)
    assert not workspace.is_workspace(tmp_path)
    assert not find(None, None, here=tmp_path).is_there()


def test_an_address_is_a_place_too(tmp_path: Path) -> None:
    place = find(SERVER, "configured", here=tmp_path)
    assert place.address == SERVER
    assert place.is_there()


@pytest.mark.parametrize("typed", ["work", "./work", "/srv/a:b", "C:\\work", "http://a.example", ""])
def test_all_else_is_a_folder(typed: str) -> None:
    assert Place.at(typed) == Place(Path(typed))


def test_settings_alone_make_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "marsad.toml").touch()
    assert workspace.is_workspace(tmp_path)


def test_what_a_folder_holds_counts_before_what_is_configured(here: Path) -> None:
    assert Place.at(here, SERVER).address == ""
    (here / "marsad.toml").write_text(f'database = "{SERVER}"')
    assert Place.at(here, "postgresql://other/one").address == SERVER


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("database = ", "cannot be read"),
        ("datbase = 'x'", "no setting datbase"),
        ("database = 7", "is no text"),
        ("database = 'mysql://a/b'", "no address of PostgreSQL"),
        ("database = 'elsewhere'", "no address of PostgreSQL"),
    ],
)
def test_settings_that_cannot_be_followed_are_said_in_one_line(
    tmp_path: Path, settings: str, reason: str
) -> None:
    (tmp_path / "marsad.toml").write_text(settings)
    with pytest.raises(BadInput, match=reason) as refused:
        Place.at(tmp_path)
    assert "\n" not in str(refused.value)


def test_a_ledger_is_where_its_settings_say(tmp_path: Path, postgresql: str) -> None:
    (tmp_path / "marsad.toml").write_text(f'database = "{postgresql}"')
    Store.open(tmp_path, create=True).close()
    with Store.open(postgresql) as ledger:
        assert list(ledger.documents()) == []
    assert not (tmp_path / "marsad.db").exists()


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
