"""Vectors of claims: stored with their reading, found again by the ids of the claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, select, text

from marsad.errors import BadInput
from marsad.ledger.backup import backup, restore
from marsad.ledger.reviewing import drafting, judging
from marsad.ledger.schema import vectors as table
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.records.reading import Document, Reading
from marsad.records.vectors import DIMENSIONS, Vectors

from .making import faults, frozen, given, read

NOTE = "Wardak: the group has 300 men\nNuri: they fled to Zarf camp\nSnow fell."
BY: dict[str, Any] = {"by": "amy", "reason": "so it says"}
HEAD = "head@1"


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def row(words: str) -> np.ndarray[Any, np.dtype[np.int8]]:
    """A vector that only these words have."""
    return np.frombuffer(words.encode().ljust(DIMENSIONS)[:DIMENSIONS], np.int8)


def vectors(reading: Reading, head: str = HEAD) -> Vectors:
    return Vectors(head, b"".join(row(claim.text).tobytes() for claim in reading.claims))


def add(
    ledger: Store, words: str, *, head: str | None = HEAD, version: str = "reader@1", **of: Any
) -> Document:
    document = frozen(words, **of)
    reading = read(document, version=version)
    ledger.put(words.encode(), document, reading, None if head is None else vectors(reading, head))
    return document


def stored(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(each) for each in connection.execute(select(table).order_by(table.c.entry))]


def require_own(ledger: Store, as_known: str | None = None) -> set[str]:
    """Each vector is that of its claim; gives the words of the claims that have one."""
    found = ledger.vectors(as_known=as_known)
    assert found.rows.shape == (len(found.ids), DIMENSIONS)
    assert found.rows.dtype == np.int8
    listed = {claim.id: claim.record.text for claim in ledger.claims(as_known=as_known)}
    assert [each for each in listed if each in set(found.ids)] == found.ids
    for name, vector in zip(found.ids, found.rows, strict=True):
        assert (vector == row(listed[name])).all()
    return {listed[name] for name in found.ids}


def test_each_claim_has_its_own(ledger: Store) -> None:
    add(ledger, NOTE, published=given("2020-05-02"))
    add(ledger, "Snow fell again.\nNobody came.", published=given("2020-05-01"))
    assert len(require_own(ledger)) == 5
    assert require_own(ledger, "2020-05-01") == {"Snow fell again.", "Nobody came."}
    assert require_own(ledger, "2020-04-30") == set()
    assert faults(ledger) == []


def test_some_are_asked_for_by_their_ids(ledger: Store) -> None:
    add(ledger, NOTE)
    last = [claim.id for claim in ledger.claims()][-1]
    found = ledger.vectors([last, "0" * 32])
    assert found.ids == [last]
    assert (found.rows[0] == row("Snow fell.")).all()
    assert ledger.vectors([]).ids == []


def test_documents_without_vectors_have_none(ledger: Store) -> None:
    add(ledger, NOTE, head=None)
    add(ledger, "Snow fell again.")
    assert require_own(ledger) == {"Snow fell again."}
    assert faults(ledger) == []


@pytest.mark.parametrize("size", [0, DIMENSIONS, 3 * DIMENSIONS - 1, 4 * DIMENSIONS])
def test_vectors_that_are_not_one_a_claim_are_refused(ledger: Store, size: int) -> None:
    document = frozen(NOTE)
    with pytest.raises(BadInput, match="not one a claim"):
        ledger.put(NOTE.encode(), document, read(document), Vectors(HEAD, bytes(size)))
    assert list(ledger.documents()) == []


def test_the_newest_reading_counts(ledger: Store) -> None:
    document = add(ledger, NOTE)
    newer = read(document, version="reader@2")
    newer = replace(newer, claims=newer.claims[1:], figures=())
    ledger.put(NOTE.encode(), document, newer, vectors(newer))
    assert len(require_own(ledger)) == 2
    older = read(document, version="rules@3")
    ledger.put(NOTE.encode(), document, older)
    assert require_own(ledger) == set()
    assert faults(ledger) == []


def test_vectors_of_two_heads_are_not_mixed(ledger: Store) -> None:
    add(ledger, NOTE, head="head@1", published=given("2020-05-02"))
    add(ledger, "Snow fell again.", head="head@2", published=given("2020-05-01"))
    assert "Snow fell again." not in require_own(ledger)
    assert require_own(ledger, "2020-05-01") == {"Snow fell again."}


def test_a_reviewed_claim_keeps_the_vector_of_its_words(ledger: Store) -> None:
    document = add(ledger, NOTE)
    claims = {claim.record.text: claim.id for claim in ledger.claims()}
    judging.of_record(ledger, claims["the group has 300 men"], "reject", {}, **BY)
    judging.of_record(ledger, claims["they fled to Zarf camp"], "edit", {"certainty": "probable"}, **BY)
    judging.of_words(ledger, document.id, "claim", "the group has 300", {"kind": "narrated"}, **BY)
    assert require_own(ledger) == {"they fled to Zarf camp", "Snow fell."}


def test_a_replay_and_a_backup_have_them_too(address: str, tmp_path: Path) -> None:
    with Store.open(address, create=True) as ledger:
        add(ledger, NOTE)
        moment = _now(ledger)
        add(ledger, "Snow fell again.")
        with ledger.as_recorded(moment) as past:
            assert len(require_own(past)) == 3
        backup(ledger, tmp_path / "copy")
        restore(tmp_path / "copy", Place(tmp_path / "again"))
        with Store.open(tmp_path / "again") as back, back.database.reading() as there:
            with ledger.database.reading() as here:
                assert stored(there) == stored(here)
            assert len(require_own(back)) == 4
            assert faults(back) == []


def _now(ledger: Store) -> str:
    with ledger.database.reading() as connection:
        return str(connection.execute(text("SELECT max(recorded_at) FROM journal")).scalar_one())


def test_a_redaction_takes_them_along(ledger: Store) -> None:
    document = add(ledger, NOTE)
    ledger.redact(document.id, **BY)
    with ledger.database.reading() as connection:
        assert [each[-1] for each in stored(connection)] == [b""]
    assert ledger.vectors().ids == []
    assert faults(ledger) == []


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("UPDATE vectors SET body = zeroblob(384)", "vectors that are not what was stored"),
        ("UPDATE vectors SET head = 'head@9'", "another read of"),
        ("UPDATE vectors SET claims = 2", "another read of"),
        ("DELETE FROM vectors", "another read of"),
        ("UPDATE vectors SET entry = entry + 1", "are of no reading"),
    ],
)
def test_damage_is_found(tmp_path: Path, damage: str, what: str) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        document = add(ledger, NOTE)
        ledger.review(drafting.of_record(read(document), "c1", "accept", {}, "amy", "so it says"))
    with closing(sqlite3.connect(tmp_path / "marsad.db")) as connection, connection:
        connection.execute(damage)
    with Store.at(Place(tmp_path)) as ledger:
        assert any(what in fault for fault in faults(ledger))
