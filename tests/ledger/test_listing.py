from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.ledger.asking.fields import FIELDS, KINDS, Kind
from marsad.ledger.asking.listing import Brief
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store

from .. import postgres
from .making import canonical, everything, facets, frozen, given, put, read_all, timeless

WITH_LEDGER = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        put(opened, "Wardak: the group has 300 men\nSnow fell.", published=given("2020-01-01"), title="One")
        put(opened, "Nuri: there were 40 dead", published=given("2021-01-01"), publisher="Agency")
        put(opened, "The road to Wardak is shut.")
        yield opened


@pytest.fixture(scope="module")
def in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("full"), create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def in_postgresql(postgresql_server: postgres.Server) -> Iterator[Store]:
    with postgresql_server.database() as address, Store.open(address, create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture(params=["in_sqlite", "in_postgresql"], ids=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest) -> Store:
    """A ledger with much in it, which no test changes."""
    found: Store = request.getfixturevalue(request.param)
    return found


TEXTS = [
    "Wardak Front / WF: the group killed 7 men in Karoum in 2019, and fled\nMrs Huda: food came to Zarf camp",
    "WF: nobody fled in 2021,\nÉlan: the group has 300 men in Odaland\nSnow fell.",
    "Oda fights Wardak in Odaland.\nOda: the gang killed 7 in Nowhere\nZoë: 0 men",
    "Élan: the group has 300 men in Odaland\nélan: they killed 8 in Karoum in 2019, and 2020,",
    "Wardak: 40 tents\nWardak: 40 tents\nNuri: 7 tents in Karoum",
    "Snow fell.\nSnow fell.\nSnow fell.",
]


def fill(ledger: Store) -> None:
    """Documents with ties, with values that are missing, and with a merge and a review of actors."""
    for at, text in enumerate(TEXTS * 2):
        facts: dict[str, Any] = {
            "title": [None, "Élan", "Zoë", "elan", "\U00010000", "\uff21"][at % 6],
            "publisher": [None, "Agency", "Valley Post", "Oda"][at % 4],
            "url": f"https://a.example/{at % 5}" if at % 3 else None,
            "language": ["en", None][at % 2],
            "genre": ["report", "opinion"][at % 2],
            "author": [None, "Ann"][at % 2],
            "published": given(f"20{18 + at % 3}-01-0{1 + at % 2}"),
        }
        document = frozen(text, id=f"{at:032x}", **facts)
        ledger.put(text.encode(), document, read_all(document))
    ledger.merge("oda", "nuri", by="amy", reason="one name for the other")


def words(ledger: Store, **where: Any) -> list[str]:
    return [found.record.text.strip() for found in ledger.claims(**where)]


def listed(ledger: Store, kind: Kind, **where: Any) -> list[dict[str, Any]]:
    return [each.listed() for each in ledger.find(Query.of(kind, **where))]


# Filters


def test_all_claims_come_in_the_order_in_which_they_became_known(ledger: Store) -> None:
    assert words(ledger) == [
        "the group has 300 men", "Snow fell.", "there were 40 dead", "The road to Wardak is shut.",
    ]  # fmt: skip
    assert words(ledger, descending=True) == words(ledger)[::-1]


FOUND: list[tuple[dict[str, Any], list[str]]] = [
    ({"kind": "attributed"}, ["the group has 300 men", "there were 40 dead"]),
    ({"kind": "narrated"}, ["Snow fell.", "The road to Wardak is shut."]),
    ({"kind": ["narrated", "attributed"], "search": "group"}, ["the group has 300 men"]),
    ({"actor": "WARDAK"}, ["the group has 300 men"]),
    ({"actor": "ward"}, []),
    ({"source": "wardak"}, ["the group has 300 men"]),
    ({"source": "nuri", "kind": "narrated"}, []),
    ({"source": "agency"}, ["there were 40 dead"]),
    ({"publisher": "Agency"}, ["there were 40 dead"]),
    ({"holder": ["Nuri", "Wardak"]}, ["the group has 300 men", "there were 40 dead"]),
    ({"known": "2020"}, ["the group has 300 men", "Snow fell."]),
    ({"known": "2020-01-02/2021"}, ["there were 40 dead"]),
    ({"as_known": "2020-06-01"}, ["the group has 300 men", "Snow fell."]),
    ({"as_known": "2021-01-01", "kind": "attributed"}, ["the group has 300 men", "there were 40 dead"]),
    ({"as_known": "2021", "search": "dead"}, ["there were 40 dead"]),
    ({"as_known": "2019-12-31"}, []),
    ({"hidden_source": "yes"}, []),
    ({"hidden_source": "no", "search": '"snow fell"'}, ["Snow fell."]),
    ({"measure": "count.thing"}, ["the group has 300 men", "there were 40 dead"]),
    ({"document": "%"}, []),
    ({"document": "_"}, []),
]


def test_a_filter_lets_through(ledger: Store) -> None:
    for wanted, found in FOUND:
        assert words(ledger, **wanted) == found, wanted


def test_numbers_are_asked_for_by_a_range(ledger: Store) -> None:
    def best(asked: str) -> list[float | None]:
        return [each.record.best for each in ledger.figures(best=asked)]

    assert [best(each) for each in ("300", "41..", "..40", "40..300", "1..2")] == [
        [300], [300], [40], [300, 40], [],
    ]  # fmt: skip


def test_an_interval_is_found_by_every_day_that_it_touches(full: Store) -> None:
    whole = {each["id"] for each in listed(full, "incidents", date="2019")}
    assert whole == {each["id"] for each in listed(full, "incidents", date="2019-07-01")}
    assert whole == {each["id"] for each in listed(full, "incidents") if each["date"]}
    assert whole
    assert listed(full, "incidents", date="2018") == []


def test_an_actor_is_found_by_any_of_its_names_and_by_those_of_a_merge(full: Store) -> None:
    named = {each["id"] for each in listed(full, "claims", actor=["wardak front", "WF"])}
    assert {each["id"] for each in listed(full, "claims", actor="wf")} == named
    assert {each["id"] for each in listed(full, "claims", actor="Oda")} == {
        each["id"] for each in listed(full, "claims") if each["holder"] in ("Oda", "Nuri")
    }
    assert named


def test_a_place_is_found_by_name_and_by_gazetteer_id(full: Store) -> None:
    by_id = listed(full, "claims", place="101")
    assert by_id
    assert by_id == listed(full, "claims", place="KAROUM")
    countries = {each["country"] for each in listed(full, "places")}
    assert countries == {"SY", "OM", None}
    assert listed(full, "figures", country="om") == listed(full, "figures", place="Odaland")


def test_a_document_is_found_by_the_start_of_its_id(ledger: Store) -> None:
    second = list(ledger.documents())[1].document.id
    assert words(ledger, document=second[:10]) == ["there were 40 dead"]
    assert [each.id for each in ledger.documents(document=second)] == [second]


# What is listed


def test_a_listed_claim_has_its_document_its_figures_and_ids_of_the_ledger(ledger: Store) -> None:
    (found,) = listed(ledger, "claims", source="nuri")
    assert found["publisher"] == "Agency"
    assert found["published"] == {"earliest": "2021-01-01", "latest": "2021-01-01", "basis": "given"}
    assert found["known"] == "2021-01-01"
    assert found["figures"][0]["best"] == 40
    assert found["figures"][0]["claim"] == found["id"]
    assert found["source"]["actor"] == found["about"][0]
    assert found["names"] == {found["source"]["actor"]: "Nuri"}
    assert len({found["id"], found["source"]["actor"], found["figures"][0]["id"]}) == 3
    assert all(len(each) == 32 for each in (found["id"], found["source"]["actor"], found["document"]))


def test_a_listed_document_counts_its_records_and_leaves_out_its_text(ledger: Store) -> None:
    first = listed(ledger, "documents")[0]
    assert (first["title"], first["claims"], first["figures"]) == ("One", 2, 1)
    assert "text" not in first


def test_what_stands_on_a_claim_comes_with_it(full: Store) -> None:
    for kind in ("figures", "incidents", "relations"):
        for found in listed(full, kind):
            claims = found.get("claims", [found.get("claim")])
            assert [account["claim"] for account in found["accounts"]] == list(claims)
            assert found["holder"] == found["accounts"][0]["holder"]


def test_an_actor_has_the_names_of_all_that_were_merged_into_it(full: Store) -> None:
    nuri = next(each for each in full.actors() if each.key == "nuri")
    assert nuri.merged == ("oda",)
    assert {name.name for name in nuri.aliases} == {"Oda", "Nuri"}
    assert nuri.documents == 4
    assert not [each for each in full.actors() if each.key == "oda"]


# Pages


def asked(kind: Kind, name: str | None, descending: bool, as_known: str | None) -> Query:
    return Query.of(kind, sort=name, descending=descending, as_known=as_known)


QUERIES = st.sampled_from(KINDS).flatmap(
    lambda kind: st.builds(
        asked,
        st.just(kind),
        st.sampled_from([None, *(each.name for each in FIELDS[kind] if each.sorts)]),
        st.booleans(),
        st.sampled_from([None, "2019-06-01"]),
    )
)


FILTERS: dict[str, list[Any]] = {
    "actor": ["Oda", "wf", ["Élan", "nobody"]],
    "theme": ["strength", ["displacement", "protection"]],
    "place": ["Karoum", "102", ["Zarf camp", "Nowhere"]],
    "country": ["sy", ["OM", "SY"]],
    "source": ["oda", "wardak front", ["agency", "élan", "..."]],
    "search": ["men", '"the group"', "fled OR men"],
    "holder": ["Oda", ["Agency", "Nuri"]],
    "known": ["2018", "2019-01/2020-01-01"],
    "as_known": ["2019-06-01", "1850-01-01"],
    "document": ["000"],
}


@WITH_LEDGER
@for_any(
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FILTERS.items()}),
    st.booleans(),
    st.integers(1, 5),
)
def test_rows_in_their_order_are_those_that_all_filters_let_through(
    full: Store, where: dict[str, Any], descending: bool, size: int
) -> None:
    listing = full.claims(**where, descending=descending)
    then = where.get("as_known")  # who is one with whom, too, is told as it was known
    wanted = set(full.claims(as_known=then).ids())
    for name, value in where.items():
        wanted &= set(full.claims(**{"as_known": then, name: value}).ids())
    found, after = [], None
    while True:
        page = listing.page(size, after)
        found += [each.id for each in page.items]
        if (after := page.next) is None:
            break
    assert found == [
        each
        for each in full.claims(descending=descending).ids()[:: -1 if descending else 1]
        if each in wanted
    ]
    assert listing.count() == (len(found), False)
    assert listing.count(2) == (min(2, len(found)), len(found) > 2)
    (kinds,) = listing.facets("kind")
    assert sum(number for _, number in kinds.values) == len(found)


@WITH_LEDGER
@for_any(QUERIES, st.integers(1, 9))
def test_pages_of_any_size_make_the_whole_list(full: Store, query: Query, size: int) -> None:
    listing = full.find(query)
    whole = [each.listed() for each in listing]
    pages, after = [], None
    while True:
        page = listing.page(size, after)
        pages += [each.listed() for each in page.items]
        assert len(page.items) == size or page.next is None
        if page.next is None:
            break
        after = str(page.next)
    assert pages == whole
    assert listing.count().number == len(whole)
    assert listing.first() == next(iter(listing), None)


@WITH_LEDGER
@for_any(QUERIES)
def test_a_list_is_sorted_with_what_has_no_value_last(full: Store, query: Query) -> None:
    rows = [each.listed() for each in full.find(query)]
    name, is_descending = query.order  # of actors, places and sources those of most documents come first
    if rows and name in rows[0] and not isinstance(rows[0][name], dict | list):
        values = [each[name] for each in rows]
        present = [each for each in values if each is not None]
        assert present == sorted(present, reverse=is_descending)
        assert values == present + [None] * (len(values) - len(present))


def test_ties_come_in_one_order_in_both_directions(full: Store) -> None:
    there = [each.id for each in full.claims(sort="attitude")]
    assert [each.id for each in full.claims(sort="attitude", descending=True)] == there[::-1]
    assert there == [each.id for each in full.claims()]


def test_a_page_goes_on_where_the_one_before_ended_whatever_came_meanwhile(ledger: Store) -> None:
    listing = ledger.claims(sort="holder")
    first = listing.page(2)
    put(ledger, "Aaron: before them all\nZeno: after them all", published=given("2019-01-01"))
    rest = listing.page(9, first.next).items
    assert [each.holder for each in first.items] == ["Nuri", "One"]
    assert [each.holder for each in rest] == ["Wardak", "Zeno", "the report"]


def test_a_cursor_that_is_none_is_refused_in_one_line(ledger: Store) -> None:
    for cursor in ("x", "%%%", "W10", "WzEsMl0x", "ZZZZ", "é", "WzEsOTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0"):
        with pytest.raises(BadInput, match="no cursor") as refused:
            ledger.claims().page(1, cursor)
        assert "\n" not in str(refused.value)


def test_a_page_of_nothing_is_refused(ledger: Store) -> None:
    with pytest.raises(BadInput, match="give 1 or more"):
        ledger.claims().page(0)


# Counts and facets


def test_facets_count_what_filters_find(full: Store) -> None:
    for day in (None, "2019-06-01"):
        for kind, counted in facets(full, day).items():
            for facet in counted:
                assert not facet.is_capped
                for value, number in facet.values:
                    where: dict[str, Any] = {facet.field: value}
                    found = full.find(Query.of(kind, as_known=day, **where)).count().number
                    # a name finds other actors that bear it, too
                    assert found >= number > 0 if facet.field == "actor" else found == number > 0, facet


def test_a_facet_leaves_its_own_filter_aside(ledger: Store) -> None:
    (kinds,) = ledger.claims(kind="narrated").facets("kind")
    assert kinds.values == [("attributed", 2), ("narrated", 2)]
    (holders,) = ledger.claims(kind="attributed").facets("holder")
    assert holders.values == [("Nuri", 1), ("Wardak", 1)]


def test_actors_that_were_merged_are_counted_as_one(full: Store) -> None:
    (counted,) = full.documents().facets("actor")
    assert dict(counted.values)["Nuri"] == full.documents(actor="Nuri").count().number == 4
    assert "Oda" not in dict(counted.values)


def test_a_count_beyond_its_cap_says_so(ledger: Store) -> None:
    assert ledger.claims().count(cap=4) == (4, False)
    assert ledger.claims().count(cap=3) == (3, True)


def test_what_is_not_counted_is_refused(ledger: Store) -> None:
    for kind in KINDS:
        uncounted = next(each.name for each in FIELDS[kind] if not each.counted)
        with pytest.raises(BadInput, match="is not counted"):
            ledger.find(Query.of(kind)).facets(uncounted)
        with pytest.raises(BadInput, match="have no field"):
            ledger.find(Query.of(kind)).facets("nothing")


def test_only_claims_have_origins(ledger: Store) -> None:
    with pytest.raises(BadInput, match="ask for claims"):
        ledger.figures().origins()


# The same on both


@pytest.fixture
def both(in_sqlite: Store, in_postgresql: Store) -> tuple[Store, Store]:
    return in_sqlite, in_postgresql


def test_sqlite_and_postgresql_list_and_count_the_same(both: tuple[Store, Store]) -> None:
    one, other = both
    for day in (None, "2019-06-01"):
        assert canonical(timeless(everything(one, day))) == canonical(timeless(everything(other, day)))
        assert facets(one, day) == facets(other, day)
        first = Query.of("actors", as_known=day)  # their names from one document each
        some = ([each.listed() for each in ledger.find(first, Brief(names=1))] for ledger in both)
        assert timeless(list(next(some))) == timeless(list(next(some)))


@WITH_LEDGER
@for_any(QUERIES, st.sampled_from([None, "men", '"snow fell"', "killed 7", "gr*", "élan"]))
def test_sqlite_and_postgresql_sort_and_search_the_same(
    both: tuple[Store, Store], query: Query, search: str | None
) -> None:
    if query.sort != "recorded" and query.kind in ("documents", "claims", "figures"):
        query = Query.of(
            query.kind,
            sort=query.sort,
            descending=query.descending,
            as_known=query.as_known,
            search=search,
        )
        one, other = ([each.id for each in ledger.find(query)] for ledger in both)
        assert one == other


def test_a_frame_has_a_row_for_each(full: Store) -> None:
    frame = full.figures(measure="count.thing").frame()
    assert frame.height == full.figures(measure="count.thing").count().number > 0
    assert {"id", "holder", "low", "high", "accounts"} <= set(frame.columns)
    assert full.figures(measure="none").frame().height == 0


def test_a_day_before_the_first_and_after_the_last_key_is_a_day(ledger: Store) -> None:
    put(ledger, "Long ago.", published=given("1750-01-01"))
    put(ledger, "Some day.", published=given("2150-01-01"))
    put(ledger, "Another day.", published=given("2149-01-01"))
    assert words(ledger, as_known="1700") == []
    assert words(ledger, as_known="1800-05") == ["Long ago."]
    assert "Some day." not in words(ledger, as_known="2149")
    assert "Another day." in words(ledger, as_known="2149")
    assert len(words(ledger, as_known="9999")) == len(words(ledger))


def test_a_cursor_is_good_for_the_order_that_it_comes_from(address: str) -> None:
    with Store.open(address, create=True) as ledger:
        put(ledger, "Wardak: the group has 300 men\nNuri: the road is shut")
        cursor = ledger.claims(sort="holder").page(1).next
        assert [found.holder for found in ledger.claims(sort="holder").page(1, cursor).items] == ["Wardak"]
        for other in (ledger.claims(), ledger.claims(sort="holder", descending=True), ledger.figures()):
            with pytest.raises(BadInput, match="another order"):
                other.page(1, cursor)


def test_a_nul_in_a_filter_finds_nothing(address: str) -> None:
    with Store.open(address, create=True) as ledger:
        put(ledger, "Wardak: the group has 300 men")
        for where in ({"actor": "War\0dak"}, {"holder": "\0"}, {"place": "\0"}, {"search": "gr\0oup"}):
            assert list(ledger.claims(**where)) == []
