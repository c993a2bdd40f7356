"""What is gathered for an assessment: claims with what joins them, all of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from marsad.errors import BadInput
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.vectors import DIMENSIONS, Vectors

from .making import frozen, given

WIRE = (
    "KAROUM, 3 March 2024 - General Omar Idris, the army commander, said that the River Front had 300 fighters "
    "in Aleppo. Idris said that two soldiers were killed when the River Front attacked a post near Aleppo on "
    "2 March. Amina Saleh, 34, a resident, said that she fled to a hospital in Homs with her children."
)
OTHER = "The River Front said that it had 900 fighters in Homs. The army denied it."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("gathered")
    with Store.open(folder, create=True) as opened:
        for words, publisher, day in (
            (WIRE, "Meridian Wire", "2024-03-04"),
            (WIRE, "Morning Post", "2024-03-05"),
            (OTHER, "Lake Radio", "2024-03-06"),
        ):
            document = frozen(words, publisher=publisher, published=given(day))
            reading, found = pipeline.read_with_vectors(document)
            opened.put(words.encode(), document, reading, found or Vectors("none", b""))
        yield opened


def asked(**where: Any) -> Query:
    return Query.of("claims", **where)


def test_a_claim_is_had_once_whichever_queries_let_it_through(ledger: Store) -> None:
    both = ledger.gather([asked(actor="River Front"), asked(measure="strength.fighters"), asked()])
    ids = [found.id for found in both.claims]
    assert len(ids) == len(set(ids)) == ledger.claims().count().number
    assert {figure.record.claim for figure in both.figures} <= set(ids)
    assert [found.found_in.known for found in both.claims] == sorted(f.found_in.known for f in both.claims)


def test_actors_of_several_documents_have_one_key_and_their_name(ledger: Store) -> None:
    found = ledger.gather([asked()])
    front = {key for id_, key in found.actors.items() if found.names[key] == "River Front"}
    assert len(front) == 1
    assert found.kinds[front.pop()] == "armed_group"


def test_copies_go_back_to_the_first_and_to_its_voice(ledger: Store) -> None:
    found = ledger.gather([asked()])
    by_outlet = {each.found_in.document.publisher: each.found_in.id for each in found.claims}
    assert found.first == {by_outlet["Morning Post"]: by_outlet["Meridian Wire"]}
    own = [found.origins[each.id].name for each in found.claims if found.origins[each.id].own]
    assert "Morning Post" not in own


def test_sites_are_the_places_whose_words_stand_in_a_claim(ledger: Store) -> None:
    found = ledger.gather([asked(search="fighters", publisher="Meridian Wire")])
    (claim,) = found.claims
    assert [place.name for place in found.sites[claim.id]] == ["Aleppo"]
    (figure,) = found.figures
    assert found.places[figure.record.places[0]].key == found.sites[claim.id][0].key


def test_vectors_are_there_where_they_are_asked_for(ledger: Store) -> None:
    assert ledger.gather([asked()]).vectors == {}
    found = ledger.gather([asked()], vectors=True)
    assert found.vectors
    assert found.vectors.keys() <= {each.id for each in found.claims}
    assert {len(vector) for vector in found.vectors.values()} == {DIMENSIONS}


def test_what_was_not_known_is_not_gathered(ledger: Store) -> None:
    found = ledger.gather([asked(as_known="2024-03-04")])
    assert {each.found_in.document.publisher for each in found.claims} == {"Meridian Wire"}
    assert found.first == {}


def test_one_moment_is_asked_for(ledger: Store) -> None:
    with pytest.raises(BadInput, match="one moment"):
        ledger.gather([asked(as_known="2024-03-04"), asked()])


def test_records_of_some_documents_alone(ledger: Store) -> None:
    radio = next(found.id for found in ledger.documents(publisher="Lake Radio"))
    found = ledger.gather([asked(in_documents=[radio])])
    assert {each.found_in.id for each in found.claims} == {radio}
    assert found.claims


def test_texts_are_masked_and_keep_their_length(ledger: Store) -> None:
    (wire,) = [found.id for found in ledger.documents(publisher="Meridian Wire")]
    text = ledger.shown_texts([wire])[wire]
    assert len(text) == len(WIRE)
    assert "Amina" not in text and "Idris" in text


def test_the_names_that_stand_for_an_actor(ledger: Store) -> None:
    (key,) = ledger.bearing(["the River Front"])
    assert key == ledger.actor(key).key
    assert ledger.bearing(["Nobody of This Name"]) == frozenset()


def test_one_moment_is_held_while_others_write(ledger: Store, tmp_path: Any) -> None:
    with Store.open(tmp_path / "w", create=True) as writer:
        first = frozen("The army said that it left.", publisher="A", published=given("2024-01-01"))
        writer.put(first.text.encode(), first, pipeline.read(first))
        with writer.at_one_moment() as held:
            before = held.claims().count().number
            second = frozen("The army said that it came back.", publisher="B", published=given("2024-01-02"))
            writer.put(second.text.encode(), second, pipeline.read(second))
            assert held.claims().count().number == before
        assert writer.claims().count().number > before
