"""What is made of the whole ledger: once a state of it, anew after a decision, and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from marsad.assessment.series import series
from marsad.errors import BadInput
from marsad.ledger import decisions, state
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.web import assessed
from marsad.web.assessed import Kept

from ..ledger import making
from . import compared
from .conftest import client_of

CLAIMS = Query("claims")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with compared.ledger(tmp_path / "workspace") as found:
        yield found


def test_it_is_made_once_for_all_who_ask_at_once(store: Store) -> None:
    kept = Kept(store)
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: kept.of(CLAIMS, "series"), range(12)))
    assert len({id(each) for each in found}) == 1
    assert found[0] is not None and found[0].series() is found[0].series()


def test_after_a_document_it_holds_it(store: Store) -> None:
    kept = Kept(store)
    before = kept.of(CLAIMS, "contradictions")
    making.put(store, "Mayor: Karoum holds 300 men\n", publisher="Late Post")
    after = kept.of(CLAIMS, "contradictions")
    assert before and after and len(after.gathered.claims) == len(before.gathered.claims) + 1
    assert before.is_behind and not after.is_behind


def test_what_is_slow_is_shown_behind_and_made_anew_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessed, "QUICK", -1.0)
    monkeypatch.setattr(assessed, "REST", -60.0)
    kept = Kept(store)
    before = kept.of(CLAIMS, "series")
    assert before
    before.series()
    making.put(store, "Mayor: Karoum holds 300 men\n", publisher="Late Post")
    assert kept.of(CLAIMS, "series") is before and before.is_behind
    kept.making.wait()
    after = kept.of(CLAIMS, "series")
    assert after and after is not before and not after.is_behind
    assert len(after.series()) > len(before.series())


def test_a_decision_is_seen_at_once_however_slow_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessed, "QUICK", -1.0)
    kept = Kept(store)
    before = kept.of(CLAIMS, "series")
    assert before
    origin = before.series()[0].points[0].origin.key
    store.rate(origin, "B", by="amy", reason="was there")
    after = kept.of(CLAIMS, "series")
    assert after and after.rated == {origin: "B"} and before.rated == {}


def test_what_is_made_while_names_are_masked_anew_is_not_kept(store: Store) -> None:
    with store.writing() as (connection, writer):
        decisions.lift(connection, writer, lifted=True, by="amy", reason="agreed with the camp")
    kept = Kept(store)  # the lift is recorded, and no document is shown anew yet
    meanwhile = kept.of(CLAIMS, "series")
    assert meanwhile and not meanwhile.is_settled and "████" in _titles(kept)
    store.refresh()
    assert "Zarf camp" in _titles(kept)
    store.lift(False, by="amy", reason="no longer")
    assert "Zarf camp" not in _titles(kept)


def _titles(kept: Kept) -> str:
    found = kept.of(CLAIMS, "series")
    assert found
    return "; ".join(each.title for each in found.series())


def test_a_day_is_as_a_ledger_without_what_came_later(store: Store, tmp_path: Path) -> None:
    day = Query("claims", as_known="2024-02-15")
    now, said = Kept(store).of(day, "series"), Kept(store).of(day, "contradictions")
    assert now and said
    later = Store.open(tmp_path / "other", create=True)
    with later:
        for document in list(store.documents(as_known="2024-02-15")):
            reading = store.reading(document.id)
            later.put(reading.document.text.encode(), reading.document, reading)
        then, told = Kept(later).of(CLAIMS, "series"), Kept(later).of(CLAIMS, "contradictions")
        assert then and [each.id for each in now.series()] == [each.id for each in then.series()]
        assert told and [each.id for each in said.contradictions()] == [
            each.id for each in told.contradictions()
        ]


def test_what_takes_long_says_so_at_once_and_is_there_in_the_end(store: Store) -> None:
    application = client_of(store)
    held = application.app._app.state  # type: ignore[attr-defined]
    held.patience, held.kept = 0.0, Kept(store)
    pages = ("/series", "/contradictions?lang=ar", "/agreements?of=incidents", "/map?of=incidents")
    is_begun, may_end = Event(), Event()

    def hold() -> None:
        is_begun.set()
        may_end.wait()

    held.kept.making.begin("what takes long", hold)  # one is made after another
    is_begun.wait()
    for page in pages:
        meanwhile = application.get(page)
        assert meanwhile.status_code == 202 and int(meanwhile.headers["refresh"]) > 0
        assert "<h1>" in meanwhile.text and "as_known" in meanwhile.text
    may_end.set()
    held.kept.making.wait()
    for page in pages:
        assert application.get(page).status_code == 200
    assert application.get("/series.json?as_known=2024-02-15").status_code == 200  # a file waits


def test_what_fails_while_it_is_made_fails_for_who_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BadInput("no")

    monkeypatch.setattr(assessed, "contradictions", refuse)
    kept = Kept(store)
    for _ in range(2):
        with pytest.raises(BadInput):
            kept.of(CLAIMS, "contradictions")
    assert kept.of(CLAIMS, "agreements")


def test_series_are_the_same_whatever_else_was_gathered(store: Store) -> None:
    everything = store.gather([CLAIMS], vectors=True)
    counted = store.gather([CLAIMS], counted=True)
    assert len(counted.claims) < len(everything.claims) and counted.figures == everything.figures
    assert series(counted) == series(everything)


def test_no_more_than_some_are_kept(store: Store) -> None:
    kept = Kept(store)
    first = kept.of(CLAIMS, "series")
    for day in range(1, assessed.KEPT + 1):
        kept.of(Query("claims", as_known=f"2024-02-0{day}"), "series")
    assert kept.of(CLAIMS, "series") is not first


def test_of_a_ledger_that_is_too_large_one_asks_for_less(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(assessed.MOST, "figures", 3)
    monkeypatch.setitem(assessed.MOST, "claims", 3)
    client = client_of(store)
    for page in ("/series", "/contradictions", "/agreements", "/map?of=incidents"):
        html = client.get(page)
        assert html.status_code == 200 and "Narrow them by a field" in html.text
    for answer in ("/series.json", "/contradictions.csv", "/agreements.json", "/map.json?of=incidents"):
        refused = client.get(answer)
        assert refused.status_code == 422 and "more than 3" in refused.text and "narrow" in refused.text
    assert client.get("/series.json?publisher=Steppe Wire&known=2024-02").json()["total"] == 2


def test_the_number_of_a_ledger_rises_with_every_fact(store: Store) -> None:
    number = state.number(store)
    making.put(store, "Karoum is quiet\n", publisher="Late Post")
    assert state.number(store) > number and not state.is_decided(store, number)
    store.rate("named:late post", "C", by="amy", reason="seen")
    assert state.is_decided(store, number)
