from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from marsad import samples
from marsad.api import Ledger
from marsad.ledger import decisions
from marsad.ledger.checking import Problem, Tally, check, structure
from marsad.ledger.reviewing.drafting import of_record
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place

from .making import canonical, frozen, given, put, read_all

NEWS = (
    "Wardak: the group has 300 men in Karoum\nThe army: the group killed 7 in 2019, at Nowhere\n"
    "Mrs Huda fled with all that she could carry, and the road to the camp was closed by snow."
)


def problems(where: str | Path | Place, tally: Tally | None = None) -> list[Problem]:
    """All that is wrong and matters."""
    place = where if isinstance(where, Place) else Place.at(where)
    with Store.at(place) as store:
        return [problem for problem in check(store, tally=tally) if not problem.is_harmless]


def harmless(where: str | Path) -> list[str]:
    with Store.at(Place.at(where)) as store:
        return [str(problem) for problem in check(store) if problem.is_harmless]


def fill(ledger: Store) -> None:
    """Every action of the journal, a second reading, a copy, a shared text, and a redaction."""
    for number, publisher in enumerate(("Agency", "Daily", "Evening")):
        document = frozen(NEWS, publisher=publisher, published=given(f"2020-01-0{number + 1}"))
        ledger.put(NEWS.encode(), document, read_all(document))
    ledger.put(NEWS.encode(), document, read_all(document, version="reader@2"))
    ledger.review(of_record(ledger.reading(document.id), "c1", "reject", {}, "Ann", "heard otherwise"))
    keys = [actor.key for actor in ledger.actors()]
    ledger.merge(keys[0], keys[1], by="Ann", reason="one and the same")
    ledger.merge(keys[0], None, by="Ann", reason="no, two")
    source = ledger.sources().first()
    assert source is not None
    ledger.rate(source.key, "B", by="Ann", reason="was right before")
    ledger.lift(True, by="Ann", reason="an exercise")
    gone = put(ledger, "Omar: they came at night", published=given("2020-02-01"))
    ledger.redact(gone.id, by="Ann", reason="a witness is named")


def test_a_ledger_with_all_that_people_do_is_sound(address: str) -> None:
    with Ledger.open(address, create=True) as ledger:
        fill(ledger)
    tally = Tally()
    assert problems(address, tally) == []
    assert (tally.documents, tally.entries) == (4, 11)
    assert tally.records > 20


def test_an_empty_ledger_is_sound(address: str) -> None:
    Ledger.open(address, create=True).close()
    assert problems(address) == []


# What is changed in the database, and where that is found
DAMAGES = {
    "UPDATE journal SET subject = 'x' WHERE number = 2": "journal entry 2",
    "UPDATE journal SET recorded_at = '2000-01-01' WHERE number = 3": "journal entry 3",
    "UPDATE runs SET command = 'x'": "journal entry 1",
    "UPDATE merges SET reason = 'x'": "journal entry 6",
    "UPDATE ratings SET reliability = 'A'": "journal entry 8",
    "UPDATE lifts SET lifted = 0": "journal entry 9",
    "UPDATE redactions SET reason = 'x'": "journal entry 11",
    "DELETE FROM merges": "journal entry 6",
    "INSERT INTO merges (entry, actor, \"into\", \"by\", reason) VALUES (8, 'a', 'b', 'Ann', 'x')": "merges, entry 8",
    "UPDATE reviews SET body = replace(body, 'heard', 'heart')": "journal entry 5",
    "UPDATE readings SET known = '2020-01-09' WHERE entry = 1": "journal entry 1",
    "UPDATE readings SET body = (SELECT body FROM readings WHERE entry = 2) WHERE entry = 1": "reading of entry 1",
    "UPDATE texts SET body = (SELECT max(body) FROM texts)": "text ",
    "UPDATE documents SET slot = slot + 1": "document ",
    "UPDATE shown_claims SET holder = 'x' WHERE key = (SELECT min(key) FROM shown_claims)": "document ",
    "UPDATE shown_figures SET high = 301": "document ",
    "UPDATE shown_documents SET body = replace(body, 'redacted', 'x')": "document ",
    "DELETE FROM terms WHERE field = 2": "terms",
    "DELETE FROM retired": "retired",
    "DELETE FROM sketches": "document ",
    "UPDATE bands SET band = band + 1": "bands",
    "INSERT INTO copies (text_sha256, copy_sha256) SELECT min(text_sha256), 'x' FROM sketches": "copies",
    "INSERT INTO retired (id, entry) VALUES ('x', 99)": "retired",
    "INSERT INTO terms (field, value, key) VALUES (1, 'x', 1)": "terms",
    "DROP INDEX ix_shown_claims_holder": "marsad.db",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that is sound, to be copied."""
    folder = tmp_path_factory.mktemp("whole") / "work"
    with Ledger.open(folder, create=True) as ledger:
        fill(ledger)
    return folder


@pytest.mark.parametrize("statement", DAMAGES)
def test_what_was_changed_behind_its_back_is_found(whole: Path, tmp_path: Path, statement: str) -> None:
    folder = shutil.copytree(whole, tmp_path / "work")
    with closing(sqlite3.connect(folder / "marsad.db")) as connection, connection:
        assert connection.execute(statement).rowcount != 0
    assert any(DAMAGES[statement] in problem.where for problem in problems(folder))


def test_what_was_changed_in_postgresql_is_found(postgresql: str) -> None:
    with Ledger.open(postgresql, create=True) as ledger:
        fill(ledger)
    statements = {
        "UPDATE runs SET command = 'x'": "journal entry 1",
        "UPDATE texts SET body = 'x' WHERE length(body) > 0": "text ",
        "UPDATE originals SET body = 'x' WHERE sha256 = (SELECT min(sha256) FROM originals)": "originals",
        "UPDATE shown_figures SET high = 301": "shown_figures",
        "UPDATE search_claims SET words = 'x'": "search_claims",
        "DELETE FROM terms": "terms",
        "DROP INDEX ix_shown_claims_holder": "ix_shown_claims_holder",
    }
    with Store.at(Place.at(postgresql)) as store, store.database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))
    found = "\n".join(map(str, problems(postgresql)))
    assert [where for where in statements.values() if where not in found] == []


@pytest.mark.parametrize("name", ["search_documents", "search_claims"])
def test_other_words_in_the_search_index_are_found(whole: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(whole, tmp_path / "work")
    with closing(sqlite3.connect(folder / "marsad.db")) as connection, connection:
        connection.execute(f"UPDATE {name}_content SET c0 = replace(c0, 'group', 'troop')")  # noqa: S608
    found = problems(folder)
    assert name in {problem.where for problem in found}
    assert any(name in problem.what for problem in found)


def test_an_original_that_is_changed_or_missing_is_found(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "work")
    first = next(path for path in (folder / "originals").rglob("*") if path.is_file())
    first.write_bytes(first.read_bytes().replace(b"300", b"309"))
    assert {problem.where for problem in problems(folder)} == {str(first)}
    first.unlink()
    assert {problem.where for problem in problems(folder)} == {str(first)}


def test_what_a_stopped_program_leaves_is_harmless(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "work")
    sha256 = hashlib.sha256(b"never read").hexdigest()
    (folder / "originals" / sha256[:2]).mkdir(exist_ok=True)
    (folder / "originals" / sha256[:2] / sha256).write_bytes(b"never read")
    (folder / "originals" / sha256[:2] / f".unfinished-{sha256}").write_bytes(b"never")
    assert problems(folder) == []
    assert len([line for line in harmless(folder) if "originals" in line]) == 2


def test_the_original_of_a_redacted_document_must_be_gone(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "work")
    raw = b"Omar: they came at night"
    path = folder / "originals" / hashlib.sha256(raw).hexdigest()[:2] / hashlib.sha256(raw).hexdigest()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    assert [problem.where for problem in problems(folder)] == [str(path)]


@pytest.mark.parametrize("content", [b"", b"no database at all, and long enough to hold a header " * 40])
def test_a_file_that_is_no_database_is_a_problem_and_no_crash(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "marsad.db").write_bytes(content)
    assert len(problems(tmp_path)) == 1


def test_a_schema_of_another_version_is_said(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "work")
    with closing(sqlite3.connect(folder / "marsad.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert ["9999" in problem.what for problem in problems(folder)] == [True]


def redact(ledger: Ledger, document_id: str) -> None:
    """As `Store.redact`, without waiting for readers to let the log be emptied."""
    with ledger.writing() as (connection, writer):
        decisions.redact(connection, writer, ledger.originals, document_id, by="Ann", reason="just now")


def test_a_check_sees_one_moment_while_another_writes(address: str) -> None:
    with Ledger.open(address, create=True) as ledger:
        fill(ledger)
        with Store.at(Place.at(address)) as store:
            tally = Tally()
            found = []

            def write(what: str, done: int, of: int) -> None:
                if what == "journal" and done == 1:
                    put(ledger, "Added: while the check was under way", published=given("2021-01-01"))
                    redact(ledger, first.id)

            first = next(iter(ledger.documents()))
            found = [each for each in check(store, tally=tally, progress=write) if not each.is_harmless]
        assert found == []
        assert (tally.documents, tally.entries) == (4, 11)
    assert problems(address) == []


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)],
)
def test_versions_of_sqlite_with_the_fault_are_known(version: tuple[int, ...], is_faulty: bool) -> None:
    assert structure.is_faulty(version) == is_faulty


def test_a_faulty_sqlite_is_named_and_is_no_problem(whole: Path) -> None:
    named = [line for line in harmless(whole) if sqlite3.sqlite_version in line]
    assert len(named) == structure.is_faulty(sqlite3.sqlite_version_info)


# Flipped bits


@pytest.fixture(scope="module")
def read_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of documents that the real reader has read, with no log beside its file."""
    folder = tmp_path_factory.mktemp("read")
    paths = samples.write(folder / "files")
    with Ledger.open(folder / "work", create=True) as ledger:
        ledger.add(str(paths[0]), str(paths[2]), published="2024-03-12")
    with closing(sqlite3.connect(folder / "work" / "marsad.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "work"


def state(folder: Path) -> bytes:
    """The evidence and all that is listed; says so where it cannot be read."""
    try:
        return canonical([evidence(folder), listed(folder)])
    except Exception as error:  # damage can raise anything
        return f"cannot be read: {error}".encode()


def evidence(folder: Path) -> list[object]:
    with closing(sqlite3.connect(f"{(folder / 'marsad.db').as_uri()}?mode=ro", uri=True)) as connection:
        rows = [
            connection.execute("SELECT sha256, body FROM texts ORDER BY 1").fetchall(),
            connection.execute("SELECT entry, given, known, body FROM readings ORDER BY 1").fetchall(),
        ]
    files = sorted(path for path in (folder / "originals").rglob("*") if path.is_file())
    return [rows, [(path.name, path.read_bytes()) for path in files]]


def listed(folder: Path) -> list[object]:
    with Ledger.open(folder) as ledger:
        lists = [ledger.claims(), ledger.figures(), ledger.documents(), ledger.incidents()]
        found = [[each.listed() for each in listing] for listing in lists]
        readings = [msgspec.to_builtins(ledger.reading(each["id"])) for each in found[2]]
    return [found, readings]


def flip(folder: Path, chance: random.Random) -> str:
    """Flip one bit of the database or, one time in six, of an original; say which."""
    originals = sorted(path for path in (folder / "originals").rglob("*") if path.is_file())
    path = chance.choice(originals) if chance.randrange(6) == 0 else folder / "marsad.db"
    content = bytearray(path.read_bytes())
    at = chance.randrange(8 * len(content))
    content[at // 8] ^= 1 << at % 8
    path.write_bytes(content)
    return f"{path.name}, bit {at}"


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_that_changes_anything_is_found(read_ledger: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    before = state(shutil.copytree(read_ledger, tmp_path / "before"))
    found = 0
    for number in range(15):
        folder = shutil.copytree(read_ledger, tmp_path / str(number))
        where = flip(folder, chance)
        with Store.at(Place(folder)) as store:
            is_found = any(not problem.is_harmless for problem in check(store))
        assert is_found or state(folder) == before, where
        found += is_found
    assert found > 0
