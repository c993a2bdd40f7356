from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from marsad.api import Ledger
from marsad.errors import BadInput, BadWorkspace, NotFound
from marsad.ledger.backup import UNFINISHED, Copied, backup, restore
from marsad.ledger.checking import check
from marsad.ledger.schema import journal
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place

from .making import everything, frozen, given, put, read_all

NEWS = "Wardak: the group has 300 men in Karoum\nThe army: the group killed 7 in 2019, at Nowhere"


def fill(ledger: Store) -> None:
    for number, publisher in enumerate(("Agency", "Daily")):
        document = frozen(NEWS, publisher=publisher, published=given(f"2020-01-0{number + 1}"))
        ledger.put(NEWS.encode(), document, read_all(document))
    put(ledger, "Snow fell.", published=given("2020-01-03"))
    one, two = (actor.key for actor in ledger.actors(sort="name"))
    ledger.merge(one, two, by="Ann", reason="one and the same")
    gone = put(ledger, "Omar: they came at night", published=given("2020-02-01"))
    ledger.redact(gone.id, by="Ann", reason="a witness is named")


def chain(ledger: Store) -> list[str]:
    with ledger.database.reading() as connection:
        return list(connection.execute(select(journal.c.chain_sha256).order_by(journal.c.number)).scalars())


def is_sound(where: str | Path) -> bool:
    with Store.at(Place.at(where)) as store:
        return all(problem.is_harmless for problem in check(store))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_a_workspace_that_holds_the_same(address: str, tmp_path: Path) -> None:
    with Ledger.open(address, create=True) as ledger:
        fill(ledger)
        made = backup(ledger, tmp_path / "copies" / "first")
        shown, hashes = everything(ledger), chain(ledger)
    assert made == Copied(documents=4, entries=6, chain=hashes[-1])
    assert files(tmp_path / "copies") == ["first"]
    assert files(tmp_path / "copies" / "first") == ["marsad.db", "originals"]
    assert is_sound(tmp_path / "copies" / "first")
    with Ledger.open(tmp_path / "copies" / "first") as copy:
        assert everything(copy) == shown
        assert chain(copy) == hashes
        assert copy.reading(ledger_id(copy)).claims
    assert is_sound(tmp_path / "copies" / "first")


def test_the_watches_and_views_of_people_go_along(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "desk" if "://" in address else Path(address)
    with Ledger.open(address, create=True) as ledger:
        (folder / "watches").mkdir(parents=True)
        (folder / "watches" / "front.toml").write_text("subjects = []")
        (folder / "views.json").write_bytes(b"[]")
        (folder / "marsad.toml").write_text("")  # says where the ledger is, which is no more so
        backup(ledger, tmp_path / "copy", folder=folder)
    restore(tmp_path / "copy", Place(tmp_path / "again"))
    for made in ("copy", "again"):
        assert (tmp_path / made / "watches" / "front.toml").read_text() == "subjects = []"
        assert (tmp_path / made / "views.json").read_bytes() == b"[]"
        assert not (tmp_path / made / "marsad.toml").exists()


def ledger_id(ledger: Store) -> str:
    found = ledger.documents(publisher="Agency").first()
    assert found is not None
    return found.id


def test_a_ledger_moves_to_postgresql_and_back(postgresql: str, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "before", create=True) as ledger:
        fill(ledger)
        shown, hashes = everything(ledger), chain(ledger)
    restore(tmp_path / "before", Place.at(postgresql))
    with Ledger.open(postgresql) as moved:
        assert everything(moved) == shown
        assert chain(moved) == hashes
        backup(moved, tmp_path / "after")
    assert is_sound(postgresql)
    restore(tmp_path / "after", Place(tmp_path / "again"))
    assert is_sound(tmp_path / "again")
    with Ledger.open(tmp_path / "again") as back:
        assert everything(back) == shown
        assert chain(back) == hashes
        put(back, "The ledger goes on.", published=given("2020-03-01"))
        assert chain(back)[:-1] == hashes


def test_others_write_while_a_backup_is_made(address: str, tmp_path: Path) -> None:
    with Ledger.open(address, create=True) as ledger, Ledger.open(address) as other:
        fill(ledger)
        before = chain(ledger)

        def write(_what: str, done: int, _of: int) -> None:
            put(other, f"Later: number {done}", published=given("2020-03-01"))

        made = backup(ledger, tmp_path / "copy", progress=write)
        assert len(chain(ledger)) > len(before)
    assert made.chain == before[-1]
    assert is_sound(tmp_path / "copy")
    with Ledger.open(tmp_path / "copy") as copy:
        assert chain(copy) == before


def test_a_backup_needs_nothing_beside_its_file(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "work", create=True) as ledger:
        fill(ledger)
        backup(ledger, tmp_path / "copy")
    before = files(tmp_path / "copy")
    restore(tmp_path / "copy", Place(tmp_path / "again"))
    assert files(tmp_path / "copy") == before  # no log was needed to read it, so it can be read-only
    with closing(sqlite3.connect(tmp_path / "copy" / "marsad.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_an_empty_ledger_is_backed_up_too(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "work", create=True) as ledger:
        assert backup(ledger, tmp_path / "copy") == Copied(0, 0, "")
    (tmp_path / "again").mkdir()
    restore(tmp_path / "copy", Place(tmp_path / "again"))
    assert is_sound(tmp_path / "again")


@pytest.mark.parametrize("name", ["copy", f"copy{UNFINISHED}"])
def test_a_backup_overwrites_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "notes.txt").write_text("mine")
    with Ledger.open(tmp_path / "work", create=True) as ledger:
        fill(ledger)
        with pytest.raises(BadInput, match=name):
            backup(ledger, tmp_path / "copy")
    assert (tmp_path / name / "notes.txt").read_text() == "mine"
    assert files(tmp_path) == [name, "work"]


def test_a_backup_that_is_stopped_leaves_nothing(address: str, tmp_path: Path) -> None:
    def stop(_what: str, _done: int, _of: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "copies").mkdir()
    with Ledger.open(address, create=True) as ledger:
        fill(ledger)
        with pytest.raises(KeyboardInterrupt):
            backup(ledger, tmp_path / "copies" / "first", progress=stop)
        assert files(tmp_path / "copies") == []
        backup(ledger, tmp_path / "copies" / "first")


def test_a_backup_without_an_original_is_refused(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "work", create=True) as ledger:
        fill(ledger)
        next(path for path in (tmp_path / "work" / "originals").rglob("*") if path.is_file()).unlink()
        with pytest.raises(BadWorkspace, match=r"no original .*marsad check"):
            backup(ledger, tmp_path / "copy")
    assert files(tmp_path) == ["work"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with Ledger.open(tmp_path / "work", create=True) as ledger, pytest.raises(BadWorkspace, match="file"):
        backup(ledger, tmp_path / "file" / "copy")


def damage(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "marsad.db")) as connection, connection:
        connection.execute("UPDATE texts SET body = CAST(replace(body, '300', '309') AS BLOB)")


def test_a_damaged_backup_is_not_restored(new_address: str, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "source", create=True) as ledger:
        fill(ledger)
        backup(ledger, tmp_path / "copy")
    damage(tmp_path / "copy")
    with pytest.raises(BadWorkspace, match="is not what was stored"):
        restore(tmp_path / "copy", Place.at(new_address))
    assert "workspace" not in files(tmp_path)
    restore(tmp_path / "source", Place.at(new_address))
    assert is_sound(new_address)


def test_nothing_is_restored_over_a_ledger(address: str, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "source", create=True) as ledger:
        fill(ledger)
        backup(ledger, tmp_path / "copy")
    with Ledger.open(address, create=True) as ledger:
        put(ledger, "Mine.")
        before = chain(ledger)
        with pytest.raises(BadInput, match=r"not empty|already"):
            restore(tmp_path / "copy", Place.at(address))
        assert chain(ledger) == before


def test_a_restore_into_postgresql_that_is_stopped_leaves_it_empty(postgresql: str, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "source", create=True) as ledger:
        fill(ledger)

    def stop(what: str, _done: int, _of: int) -> None:
        if what == "originals":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "source", Place.at(postgresql), progress=stop)
    with Ledger.open(postgresql) as target:
        assert chain(target) == []
    restore(tmp_path / "source", Place.at(postgresql))
    assert is_sound(postgresql)


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no backup here"):
        restore(tmp_path / "none", Place(tmp_path / "again"))
    assert files(tmp_path) == []
