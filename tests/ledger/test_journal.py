from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from marsad.errors import BadInput
from marsad.ledger import journal
from marsad.ledger.journal import Run, chain_hash, content_hash
from marsad.ledger.schema import journal as table
from marsad.ledger.schema import readings, runs
from marsad.ledger.store import Store
from marsad.version import VERSION

from .making import faults, put


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True, command="test") as opened:
        yield opened


def numbers(ledger: Store) -> list[int]:
    with ledger.database.reading() as connection:
        return [row.number for row in journal.entries(connection)]


def test_entries_are_numbered_dated_and_chained(ledger: Store, address: str) -> None:
    first = put(ledger, "One.")
    with Store.open(address, command="other") as other:
        put(other, "Two.")
    put(ledger, "Three.")
    with ledger.database.reading() as connection:
        rows = journal.entries(connection)
        assert [row.number for row in rows] == [1, 2, 3]
        assert [(row.action, row.program, row.command) for row in rows] == [
            ("read", f"marsad@{VERSION}", command) for command in ("test", "other", "test")
        ]
        assert len({row.recorded_at for row in rows}) == 3
        assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
        assert [row.number for row in journal.entries(connection, first.id[:9])] == [1]
        assert journal.entries(connection, "%") == []
    assert faults(ledger) == []


def test_a_transaction_that_fails_leaves_no_gap(ledger: Store) -> None:
    put(ledger, "One.")
    with pytest.raises(RuntimeError), ledger.writing() as (_, writer):
        writer.append("rate", "somebody", {})
        raise RuntimeError("stopped")
    put(ledger, "Two.")
    assert numbers(ledger) == [1, 2]
    assert faults(ledger) == []


def test_a_clock_that_is_set_back_does_not_reorder_the_journal(ledger: Store) -> None:
    with ledger.writing() as (connection, writer):
        writer.append("lift", "camps", {})
        last = update(table).values(recorded_at="2999-01-01T00:00:00.000000+00:00")
        connection.execute(last)
    put(ledger, "One.")
    put(ledger, "Two.")
    with ledger.database.reading() as connection:
        moments = [row.recorded_at for row in journal.entries(connection)]
    assert moments == [f"2999-01-01T00:00:00.00000{each}+00:00" for each in range(3)]


@pytest.mark.parametrize("column", ["recorded_at", "action", "subject", "content_sha256", "chain_sha256"])
def test_a_changed_entry_is_found(tmp_path: Path, column: str) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        for text in ("One.", "Two.", "Three."):
            put(ledger, text)
        with ledger.database.writing() as connection:
            value = connection.execute(select(table.c[column]).where(table.c.number == 2)).scalar_one()
            changed = value[:-1] + ("0" if value[-1] != "0" else "1")
            connection.execute(update(table).where(table.c.number == 2).values({column: changed}))
        assert any("2" in each for each in faults(ledger))


def test_a_run_that_is_changed_and_a_reading_that_is_gone_are_found(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        put(ledger, "One.")
        document = put(ledger, "Two.")
        with ledger.database.writing() as connection:
            connection.execute(update(runs).values(command="forged"))
        assert faults(ledger)
        with ledger.database.writing() as connection:
            connection.execute(update(runs).values(command="python"))
        assert faults(ledger) == []
        with ledger.database.writing() as connection:
            connection.execute(delete(readings).where(readings.c.document == document.id))
        assert faults(ledger)


RUN = Run("2024-01-01T00:00:00.000000+00:00", "marsad@1", "add")
ROW = {
    "number": 1,
    "recorded_at": RUN.began_at,
    "run": 1,
    "action": "read",
    "subject": "d",
    "content_sha256": content_hash({"b": 1, "a": None}),
}


def test_a_hash_is_of_what_is_said_and_not_of_its_order() -> None:
    assert content_hash({"a": None, "b": 1}) == ROW["content_sha256"]
    assert content_hash({"a": None, "b": 2}) != ROW["content_sha256"]


def test_a_chain_hash_depends_on_all_that_it_covers() -> None:
    changes = [{**ROW, name: f"{value}x"} for name, value in ROW.items()]
    hashes = [
        chain_hash("", ROW, RUN),
        chain_hash("x", ROW, RUN),
        *(chain_hash("", row, RUN) for row in changes),
        *(chain_hash("", ROW, RUN._replace(**{name: "x"})) for name in RUN._fields),
    ]
    assert len(set(hashes)) == len(hashes)


# Moments


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2024-02-29", "2024-02-29T23:59:59.999999+00:00"),
        (" 2024-02-29 ", "2024-02-29T23:59:59.999999+00:00"),
        ("2024-02-29T10:00", "2024-02-29T10:00:00.000000+00:00"),
        ("2024-02-29T10:00:00+02:00", "2024-02-29T08:00:00.000000+00:00"),
        ("2024-02-29T10:00:00.5Z", "2024-02-29T10:00:00.500000+00:00"),
    ],
)
def test_a_moment_is_kept_in_one_form(typed: str, moment: str) -> None:
    assert journal.utc(typed) == moment


@pytest.mark.parametrize("typed", ["", "yesterday", "2024", "2024-02-30", "12:00", "9999-13-01"])
def test_what_is_no_moment_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(BadInput, match="no moment") as refused:
        journal.utc(typed)
    assert "\n" not in str(refused.value)


@for_any(st.datetimes(timezones=st.timezones()), st.datetimes(timezones=st.timezones()))
def test_moments_sort_as_their_text(one: object, two: object) -> None:
    try:
        texts = journal.utc(str(one)), journal.utc(str(two))
    except BadInput:  # at the ends of the calendar
        return
    assert (texts[0] < texts[1]) == (one < two)  # type: ignore[operator]


def test_a_moment_leads_to_the_last_entry_until_then(ledger: Store) -> None:
    for text in ("One.", "Two."):
        put(ledger, text)
    with ledger.database.reading() as connection:
        first, second = (row.recorded_at for row in journal.entries(connection))
        assert [
            journal.through(connection, moment)
            for moment in (None, "2020-01-01", first, second, second[:10], "9999-12-31")
        ] == [2, 0, 1, 2, 2, 2]


def test_a_ledger_before_its_first_entry_is_empty(ledger: Store) -> None:
    put(ledger, "One.")
    with ledger.as_recorded("2001-01-01") as past:
        assert list(past.documents()) == []
        assert list(past.claims().origins()) == []
