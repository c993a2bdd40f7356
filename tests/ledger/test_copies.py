"""Ten copies count as one: independent origins as the ledger gives them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from marsad.ledger.store import Store
from marsad.linkage.origins import Group
from marsad.records.reading import Actor, Claim, Document, Party, Reading

from ..linkage.articles import FOOTER, NORTH, OTHER, OUTLETS, SOUTH, edited
from .making import READER, faults, frozen, given, read

FIRST = date(2024, 3, 1)


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def narrated(ledger: Store, words: str, publisher: str | None, number: int, **fields: Any) -> Document:
    """A document in whose lines its own voice speaks, known on the day with this number."""
    document = frozen(words, publisher=publisher, published=given(day(number)), **fields)
    reading = read(document)
    claims = tuple(
        replace(each, kind="narrated", source=None, chain=(), about=())
        for each in reading.claims
        if each.text
    )
    ledger.put(words.encode(), document, replace(reading, claims=claims, figures=(), actors=()))
    return document


def citing(ledger: Store, words: str, publisher: str, number: int, *sources: str) -> Document:
    """A document whose only claim goes back to the last of `sources`, through the others."""
    document = frozen(words, publisher=publisher, published=given(day(number)))
    spans = {name: ((words.index(name), words.index(name) + len(name)),) for name in sources}
    actors = tuple(
        Actor(id=f"a{at}", name=name, kind="organisation", mentions=spans[name], reader=READER)
        for at, name in enumerate(sources, 1)
    )
    parties = tuple(
        Party(text=actor.name, spans=actor.mentions, actor=actor.id, kind="organisation") for actor in actors
    )
    begin = words.index("that ")
    claim = Claim(
        id="c1",
        spans=((begin, len(words)),),
        text=words[begin:],
        kind="attributed",
        reader=READER,
        source=parties[0],
        chain=(Party(text=publisher, spans=(), actor=None, kind="organisation"), *parties),
    )
    ledger.put(words.encode(), document, Reading(document=document, claims=(claim,), actors=actors))
    return document


def names(groups: tuple[Group, ...]) -> list[str]:
    return sorted(group.name for group in groups)


def test_ten_lightly_edited_copies_are_one_origin_the_earliest(ledger: Store) -> None:
    for outlet in Random(4).sample(range(10), 10):  # noqa: S311
        narrated(ledger, edited(outlet), OUTLETS[outlet], outlet)
    (one,) = ledger.claims().origins()
    assert one.name == OUTLETS[0]
    assert len(one.documents) == 10
    assert one.claims == ledger.claims().count().number
    assert faults(ledger) == []


def test_of_a_day_only_the_copies_of_that_day_count(ledger: Store) -> None:
    for outlet in range(9, -1, -1):
        narrated(ledger, edited(outlet), OUTLETS[outlet], 9 - outlet)
    for number in range(10):
        (one,) = ledger.claims(as_known=day(number)).origins()
        assert (one.name, len(one.documents)) == (OUTLETS[9], number + 1)
    assert ledger.claims(as_known=day(-1)).origins() == ()


def test_the_origin_of_a_part_of_the_copies_is_the_earliest_of_all_that_are_known(ledger: Store) -> None:
    kept = [narrated(ledger, edited(outlet), OUTLETS[outlet], outlet) for outlet in range(10)]
    assert names(ledger.claims(document=kept[7].id).origins()) == [OUTLETS[0]]
    assert names(ledger.claims(publisher=list(OUTLETS[3:])).origins()) == [OUTLETS[0]]


def test_other_accounts_and_common_boilerplate_are_no_copies(ledger: Store) -> None:
    narrated(ledger, edited(0), OUTLETS[0], 0)
    narrated(ledger, OTHER, "Coast Herald", 1)
    narrated(ledger, NORTH + FOOTER, "River Times", 2)
    narrated(ledger, SOUTH + FOOTER, "Plain Dealer", 3)
    assert len(ledger.claims().origins()) == 4


def test_a_copy_that_quotes_somebody_of_its_own_has_that_origin_too(ledger: Store) -> None:
    narrated(ledger, edited(0), OUTLETS[0], 0)
    narrated(ledger, edited(3), OUTLETS[3], 1)
    citing(ledger, "Red Aid said that ninety families came.", OUTLETS[3], 1, "Red Aid")
    assert names(ledger.claims().origins()) == [OUTLETS[0], "Red Aid"]


def test_five_reports_that_cite_one_report_are_one_origin(ledger: Store) -> None:
    for number, outlet in enumerate(OUTLETS[:5]):
        words = f"{outlet} writes in line {number}, citing United Nations, that 700 men are left."
        citing(ledger, words, outlet, number, "United Nations")
    (one,) = ledger.claims().origins()
    assert (one.name, one.kind, one.claims, len(one.documents)) == ("United Nations", "named", 5, 5)
    (early,) = ledger.claims(as_known=day(1)).origins()
    assert early.claims == 2


def test_whoever_passes_a_report_on_is_no_origin_of_it(ledger: Store) -> None:
    words = "The wire Northern Wire reports, after Council of Amin, that 700 men are left."
    citing(ledger, words, "Coast Herald", 0, "Northern Wire", "Council of Amin")
    citing(ledger, "Council of Amin says that 700 men are left.", "Valley Post", 1, "Council of Amin")
    (one,) = ledger.claims().origins()
    assert one.key == "named:council of amin"


def test_two_reports_of_one_outlet_with_different_origins_are_two(ledger: Store) -> None:
    citing(ledger, "Council of Amin says that 700 men are left.", "Coast Herald", 0, "Council of Amin")
    citing(ledger, "Red Aid says that 900 men are left.", "Coast Herald", 0, "Red Aid")
    assert names(ledger.claims().origins()) == ["Council of Amin", "Red Aid"]
    assert names(ledger.claims(source="red aid").origins()) == ["Red Aid"]


def test_an_outlet_and_whoever_cites_it_are_one(ledger: Store) -> None:
    narrated(ledger, "Seven hundred men are left in the hills.", "Northern Wire", 0)
    citing(ledger, "Northern Wire says that 700 men are left.", "Coast Herald", 1, "Northern Wire")
    assert len(ledger.claims().origins()) == 1


def test_sources_that_a_person_has_merged_are_one(ledger: Store) -> None:
    citing(ledger, "Council of Amin says that 700 men are left.", "Coast Herald", 0, "Council of Amin")
    citing(ledger, "Amin Council says that 700 men are left.", "Valley Post", 1, "Amin Council")
    assert len(ledger.claims().origins()) == 2
    ledger.merge("amin council", "council of amin", by="amy", reason="two names of one council")
    (one,) = ledger.claims().origins()
    assert one.name == "Council of Amin"


def test_a_copy_that_a_new_extraction_shows_to_be_none_is_none(ledger: Store) -> None:
    narrated(ledger, edited(0), OUTLETS[0], 0)
    copy = narrated(ledger, edited(1), OUTLETS[1], 1)
    assert len(ledger.claims().origins()) == 1
    words = "The page holds a picture and these few words, which no other page of the paper has. " * 3
    other = frozen(
        words,
        id=copy.id,
        raw_sha256=copy.raw_sha256,
        publisher=OUTLETS[1],
        published=copy.published,
        extractor="plain@2",
    )
    ledger.put(edited(1).encode(), other, read(other))
    assert names(ledger.claims().origins()) == sorted(OUTLETS[:2])
