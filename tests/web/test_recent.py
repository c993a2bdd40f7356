"""Answers of a moment ago: good while they show what the ledger would, and never beyond a decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.ledger.store import Store
from marsad.web.recent import Recent

from ..ledger import making
from . import ledgers
from .conftest import client_of

LATER = 600.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with ledgers.quiet(tmp_path) as store:
        yield store


def add(store: Store, day: str) -> None:
    making.put(store, f"Mayor: nobody came on {day}\n", published=making.given(day))


def count(store: Store) -> int:
    return store.documents().count().number


def test_it_is_of_the_ledger_as_it_is_unless_one_has_patience(store: Store) -> None:
    recent = Recent(store)
    assert recent.of("all", None, count) == (2, False)
    add(store, "2019-06-01")
    assert recent.of("all", None, count, LATER) == (2, True)
    assert recent.of("all", None, count) == (3, False)
    assert recent.of("all", None, count, LATER) == (3, False)


def test_a_look_from_a_day_takes_notice_of_what_was_known_by_then_alone(store: Store) -> None:
    recent, made = Recent(store), []

    def make(held: Store) -> int:
        made.append(held)
        return held.documents(as_known="2019-04-01").count().number

    assert recent.of("day", "2019-04-01", make) == (1, False)
    add(store, "2019-06-01")
    assert recent.of("day", "2019-04-01", make) == (1, False)
    assert len(made) == 1
    add(store, "2019-02-01")
    assert recent.of("day", "2019-04-01", make) == (2, False)


def test_no_decision_is_waited_for(store: Store) -> None:
    recent = Recent(store)
    recent.of("all", None, count)
    recent.of("day", "2030-01-01", count)
    first = store.documents().first()
    assert first
    store.redact(first.id, by="Ana", reason="law")
    seen: list[Store] = []
    for asked, day in (("all", None), ("day", "2030-01-01")):
        assert recent.of(asked, day, seen.append, LATER) == (None, False)
    assert len(seen) == 2


def test_the_map_says_that_it_lacks_the_newest_documents(store: Store) -> None:
    client = client_of(store)
    assert not client.get("/map.json").json()["is_behind"]
    add(store, "2019-06-01")
    assert client.get("/map.json").json()["is_behind"]
    assert "Counted a moment ago" in client.get("/map").text
    assert "Counted a moment ago" not in client.get("/map?country=SY").text
