"""Actors of the ledger: what is one, on whose word, and how it is taken apart again."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.errors import BadInput, NotFound
from marsad.ledger.asking.found import FoundActor
from marsad.ledger.store import Store
from marsad.records.reading import Document

from .drawing import add, opened
from .making import canonical, everything, faults, frozen, given, timeless

BY = {"by": "amy", "reason": "checked with the desk"}
DEFINED = "Vale Brigade / VB: the group has 300 men in Karoum"  # Karoum is in Syria
ALONE = "VB: nobody fled Karoum"
ELSEWHERE = "VB: food came to Odaland"  # Odaland stands for Oman
LATER = "Vine Board / VB: they met in Karoum"


@pytest.fixture
def ledger(tmp_path: Path) -> Store:
    return opened(tmp_path / "work")


def report(words: str, day: str) -> Document:
    return frozen(words, published=given(day))


def fill(ledger: Store, *texts: str) -> list[Document]:
    documents = [report(words, f"2020-01-0{at}") for at, words in enumerate(texts, 1)]
    for each in documents:
        add(ledger, each)
    return documents


def actors(ledger: Store, as_known: str | None = None) -> dict[str, FoundActor]:
    return {each.key: each for each in ledger.actors(as_known=as_known)}


def test_an_acronym_is_whom_a_document_of_its_country_gives_it_to(ledger: Store) -> None:
    first, *_ = fill(ledger, DEFINED, ALONE, ELSEWHERE)
    found = actors(ledger)
    assert set(found) == {"vale brigade", "vb (OM)"}
    brigade, other = found["vale brigade"], found["vb (OM)"]
    (join,) = brigade.joins
    assert (join.key, join.rule, join.document) == ("vb (SY)", "alias", first.id)
    assert brigade.documents == 2
    assert [(each.name, each.key) for each in other.open] == [("Vale Brigade", "vale brigade")]
    assert ledger.claims(actor="vale brigade").count().number == 2
    assert ledger.claims(actor="VB").count().number == 3
    assert faults(ledger) == []


def test_who_is_meant_is_told_from_what_was_known(ledger: Store) -> None:
    fill(ledger, DEFINED, ALONE, LATER)
    assert "vb (SY)" not in actors(ledger, "2020-01-02")
    now = actors(ledger)
    assert {each.name for each in now["vb (SY)"].open} == {"Vale Brigade", "Vine Board"}


def test_the_order_of_adding_does_not_matter(ledger: Store, tmp_path: Path) -> None:
    texts = [
        report(words, f"2020-01-0{at}") for at, words in enumerate((DEFINED, ALONE, ELSEWHERE, LATER), 1)
    ]
    for each in texts:
        add(ledger, each)
    with opened(tmp_path / "other") as other:
        for each in reversed(texts):
            add(other, each)
        assert canonical(timeless(everything(ledger))) == canonical(timeless(everything(other)))


def test_a_split_holds_until_it_is_taken_back(ledger: Store) -> None:
    fill(ledger, DEFINED, ALONE)
    before = everything(ledger)
    ledger.split("vb (SY)", **BY)
    assert set(actors(ledger)) == {"vale brigade", "vb (SY)"}
    assert [(join.rule, join.by) for join in actors(ledger)["vb (SY)"].joins] == [("apart", "amy")]
    fill(ledger, DEFINED, ALONE, ALONE + " again")
    assert actors(ledger)["vb (SY)"].documents == 2
    with pytest.raises(BadInput, match="joined with no other"):
        ledger.split("vb (SY)", **BY)
    with pytest.raises(NotFound, match="no such actor"):
        ledger.split("nobody", **BY)
    ledger.merge("vb (SY)", None, **BY)
    assert set(actors(ledger)) == {"vale brigade"}
    assert actors(ledger)["vale brigade"].documents == 3
    assert before["actors"][0]["key"] == "vale brigade"
    assert faults(ledger) == []


def test_a_merge_by_a_person_says_who_and_why(ledger: Store) -> None:
    fill(ledger, DEFINED, ELSEWHERE)
    ledger.merge("vb (OM)", "vale brigade", **BY)
    (found,) = actors(ledger).values()
    (join,) = found.joins
    assert (join.rule, join.by, join.reason) == ("person", "amy", BY["reason"])
    assert found.merged == ("vb (OM)",)


def test_names_of_the_list_are_one_and_say_where_they_were_learnt(ledger: Store) -> None:
    fill(ledger, "Daesh: they left Karoum", "Islamic State: they came to Odaland")
    (found,) = actors(ledger).values()
    assert (found.name, found.kind) == ("ISIS", "armed_group")
    assert found.countries == ("IQ", "SY")
    learnt = {name.name: (name.listed, name.document is None) for name in found.aliases}
    assert learnt["Daesh"] == ("shipped", False)
    assert learnt["ISIL"] == ("shipped", True)
    assert {join.rule for join in found.joins} == {"known"}
    assert len(ledger.claims(kind="attributed").origins()) == 1
    assert ledger.actor(found.key) == found
    with pytest.raises(NotFound):
        ledger.actor(found.key, as_known="2019-01-01")


def test_words_that_teach_a_name_are_kept(ledger: Store) -> None:
    fill(ledger, "Vale Brigade / VB: Vale Brigade (VB) left Karoum")
    (found,) = actors(ledger).values()
    assert {each.name for each in found.aliases} == {"Vale Brigade", "VB"}


def test_a_replay_keeps_a_split(ledger: Store) -> None:
    fill(ledger, DEFINED, ALONE)
    ledger.split("vb (SY)", **BY)
    shown = canonical(everything(ledger))
    with ledger.as_recorded("2999-01-01T00:00:00+00:00") as past:
        assert canonical(everything(past)) == shown
