"""Actors, places and sources are counted over all documents, and never shown otherwise than they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.ledger.asking import snapshots
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.listing import Brief
from marsad.ledger.asking.query import AGGREGATED, Query
from marsad.ledger.store import Store

from . import making

LATER = Brief(patience=3600.0)
BY = {"by": "amy", "reason": "told so"}


def put(store: Store, day: str, text: str) -> None:
    document = making.frozen(text, publisher="Steppe Wire", title=day, published=making.given(day))
    store.put(text.encode(), document, making.read_all(document))


def keys(store: Store, kind: Kind, brief: Brief, as_known: str | None = None) -> set[str]:
    return {each.key for each in store.find(Query.of(kind, as_known=as_known), brief)}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path, create=True)
    put(store, "2019-03-01", "Vale Brigade: killed 7 men at Karoum\n")
    return store


def test_without_patience_an_answer_is_of_this_moment(store: Store) -> None:
    with store:
        before = {kind: keys(store, kind, Brief()) for kind in AGGREGATED}
        put(store, "2019-04-01", "Hill Guard: food came to Zarf camp\n")
        for kind in AGGREGATED:
            assert keys(store, kind, Brief()) > before[kind]
            assert keys(store, kind, Brief(), "2019-03-15") == before[kind]


@pytest.mark.parametrize(("kind", "day"), [("actors", None), ("sources", "2019-06-01")])
def test_with_patience_it_may_lack_new_documents_says_so_and_catches_up(
    store: Store, kind: Kind, day: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "REST", 0.0)  # what is behind is made anew at the next look
    with store:
        before = keys(store, kind, LATER, day)
        put(store, "2019-04-01", "Hill Guard: no\n")
        looked = store.find(Query.of(kind, as_known=day), LATER).overview(50)
        assert {each.key for each in looked.page.items} == before
        assert looked.is_behind
        store._snapshots.close()  # what is made beside it is done
        looked = store.find(Query.of(kind, as_known=day), LATER).overview(50)
        assert {each.key for each in looked.page.items} > before
        assert not looked.is_behind


@pytest.mark.parametrize("kind", ["places", "sources"])
def test_tables_of_the_ledger_lack_nothing(store: Store, kind: Kind) -> None:
    with store:
        before = keys(store, kind, LATER)
        put(store, "2019-04-01", "Hill Guard: food came to Nowhere\n")
        looked = store.find(Query.of(kind), LATER).overview(50)
        assert {each.key for each in looked.page.items} > before
        assert not looked.is_behind


def test_what_people_decide_is_never_waited_for(store: Store) -> None:
    with store:
        put(store, "2019-04-01", "Vale Guard: food came to Zarf camp\n")
        before = {kind: keys(store, kind, LATER) for kind in AGGREGATED}
        assert "Zarf camp" not in {each.name for each in store.find(Query.of("places"), LATER)}
        store.merge("vale guard", "vale brigade", **BY)
        assert keys(store, "actors", LATER) < before["actors"]
        store.lift(True, **BY)
        assert "Zarf camp" in {each.name for each in store.find(Query.of("places"), LATER)}
        store.decide_lift(False, **BY)
        keys(store, "places", LATER)  # while documents are still shown as they were
        store.refresh()
        assert "Zarf camp" not in {each.name for each in store.find(Query.of("places"), LATER)}


def test_a_look_from_an_earlier_day_does_not_wait_for_later_documents(store: Store) -> None:
    with store:
        before = keys(store, "actors", LATER, "2019-03-15")
        put(store, "2019-04-01", "Hill Guard: no\n")
        looked = store.find(Query.of("actors", as_known="2019-03-15"), LATER).overview(50)
        assert {each.key for each in looked.page.items} == before
        assert not looked.is_behind


def test_an_overview_is_what_its_parts_are(store: Store) -> None:
    with store:
        put(store, "2019-04-01", "Hill Guard: food came to Zarf camp\nVale Brigade: in 2019, no\n")
        for listing, facets in (
            (store.find(Query.of("claims", holder="Hill Guard")), ("holder", "actor", "place", "kind")),
            (store.find(Query.of("actors")), ("kind",)),
        ):
            looked = listing.overview(2, facets=facets)
            assert looked.page == listing.page(2)
            assert looked.total == listing.count()
            assert looked.facets == listing.facets(*facets)


def test_names_of_the_first_documents_alone_are_told_to_be_so(store: Store) -> None:
    with store:
        put(store, "2019-04-01", "Vale Brigade / Vale Front: no\n")
        whole = store.actor("vale brigade")
        part = store.actor("vale brigade", brief=Brief(names=1))
        assert {each.name for each in whole.aliases} == {"Vale Brigade", "Vale Front"}
        assert {each.name for each in part.aliases} == {"Vale Brigade"}
        assert part.is_part and part.listed()["is_part"]
        assert not whole.is_part and "is_part" not in whole.listed()
        assert part.documents == whole.documents == 2


def test_ids_are_those_of_the_records_in_order(store: Store) -> None:
    with store:
        put(store, "2019-02-01", "Hill Guard: no\n")
        assert store.claims().ids() == [each.id for each in store.claims()]
