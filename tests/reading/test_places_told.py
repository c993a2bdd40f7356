"""Places: what a trained reader's entities add to the words, and what they must not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.gazetteer import Gazetteer
from marsad.models import Entity
from marsad.reading import places
from marsad.reading.text import segment
from marsad.records.reading import Place
from marsad.records.spans import Spans, text_of

TYPES = ["Location", "Person", "Organisation", "Weapon"]


def entity(text: str, words: str, kind: str = "Location", probability: float = 0.9) -> Entity:
    begin = text.index(words)
    return Entity((begin, begin + len(words)), kind, probability)


def read(text: str, *entities: Entity, taken: Spans = ()) -> tuple[Place, ...]:
    return places.annotate(segment(text), Gazetteer.open(), taken=taken, entities=entities)


def texts(text: str, *entities: Entity, taken: Spans = ()) -> list[str]:
    return [place.text for place in read(text, *entities, taken=taken)]


# --- names that the gazetteer lacks ---


@pytest.mark.parametrize(
    ("text", "location", "name", "kind"),
    [
        ("They met beside Xarbuqli Park.", "Xarbuqli Park", "Xarbuqli Park", "other"),
        ("A boat sank in the cold Qelarmi Bay.", "the cold Qelarmi Bay", "Qelarmi Bay", "water"),
        ("Shells hit Fort Qelarmi.", "Fort Qelarmi", "Fort Qelarmi", "facility"),
        ("They drove to Qelarmi.", "Qelarmi", "Qelarmi", "other"),
        ("They fled from the port of Qelarmi.", "the port of Qelarmi", "Qelarmi", "other"),
    ],
)
def test_an_unknown_name_in_a_location_is_an_unresolved_place(
    text: str, location: str, name: str, kind: str
) -> None:
    (place,) = read(text, entity(text, location))
    assert (place.text, place.kind) == (name, kind)
    assert (place.gazetteer, place.gazetteer_id, place.latitude, place.longitude) == (None,) * 4
    assert (place.country, place.where_prec) == (None, None)


def test_it_is_told_again_wherever_the_text_has_it_in_a_location() -> None:
    text = "They drove to Qelarmi. The Qelarmi was quiet."
    later = Entity((text.rindex("Qelarmi"), text.rindex("Qelarmi") + 7), "Location", 0.9)
    assert texts(text, entity(text, "Qelarmi"), later) == ["Qelarmi", "Qelarmi"]
    assert texts(text, later) == []


@pytest.mark.parametrize(
    ("text", "words", "kind", "probability"),
    [
        ("They drove to Qelarmi.", "Qelarmi", "Location", 0.4),
        ("They drove to Qelarmi.", "Qelarmi", "Organisation", 0.9),
        ("They drove to a Qelarmi restaurant.", "a Qelarmi restaurant", "Location", 0.9),
        ("They drove to Kurdish territory.", "Kurdish territory", "Location", 0.9),
        ("They drove to XQR.", "XQR", "Location", 0.9),
        ("They drove to Route 9.", "Route 9", "Location", 0.9),
        ("They drove to the river.", "the river", "Location", 0.9),
    ],
)
def test_no_place_of_what_is_doubtful_or_no_name(
    text: str, words: str, kind: str, probability: float
) -> None:
    assert texts(text, entity(text, words, kind, probability)) == []


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("Shells hit her house in Qelarmi Square.", "her house in Qelarmi Square"),
        ("They went to the home of Ada Qelarmi.", "the home of Ada Qelarmi"),
        ("They went to Qelarmi Cottage.", "Qelarmi Cottage"),
        ("They went to Qelarmi House.", "Qelarmi House"),
        ("They went to the Qelarmi Hospital.", "the Qelarmi Hospital"),
    ],
)
def test_nobodys_home_becomes_a_place(text: str, location: str) -> None:
    assert texts(text, entity(text, location)) == []


def test_a_camp_stays_a_camp() -> None:
    text = "Aid reached Qelarmi Camp, they say."
    assert [place.kind for place in read(text, entity(text, "Qelarmi Camp"))] == ["camp"]


# --- names that the gazetteer has ---


def test_a_name_that_a_location_is_comes_back_from_a_person() -> None:
    text = "Omar Raqqa spoke. Raqqa was quiet."
    begin = text.rindex("Raqqa")
    held = (begin, begin + 5)
    assert texts(text, taken=((0, 10), held)) == []
    assert texts(text, Entity(held, "Location", 0.9), taken=((0, 10), held)) == ["Raqqa"]


def test_a_road_that_others_hold_does_not_come_back() -> None:
    text = "He lives at 35 Graham Street."
    taken = ((text.index("Graham"), text.index("Street") + 6),)
    assert texts(text, entity(text, "Graham Street"), taken=taken) == []


def test_an_everyday_name_that_is_a_persons_is_no_place() -> None:
    text = "In Nebraska they walked to Lincoln."
    assert "Lincoln" in texts(text)
    assert "Lincoln" not in texts(text, entity(text, "Lincoln", "Person"))


# --- whose body it is ---


@pytest.mark.parametrize(
    ("body", "seat"),
    [
        ("Damascus Police Department", "Damascus"),
        ("Boulder City Council", "Boulder City"),
        ("Henrico County Board", "Henrico County"),
    ],
)
def test_the_place_of_a_public_body_is_named_and_locates_nothing(body: str, seat: str) -> None:
    text = f"The {body} denied it."
    held = entity(text, body, "Organisation")
    (place,) = read(text, held, taken=(held.span,))
    assert (place.text, place.where_prec, place.latitude) == (seat, None, None)
    assert texts(text, taken=(held.span,)) == []


@pytest.mark.parametrize(
    "body", ["Raqqa Voice", "Damascus University", "Justice Department", "Home Ministry"]
)
def test_no_place_in_the_names_of_others(body: str) -> None:
    text = f"The {body} denied it."
    held = entity(text, body, "Organisation")
    assert texts(text, held, taken=(held.span,)) == []


# --- what holds of every text ---

NAMES = ["Syria", "Hawl Camp", "Deir ez-Zor province", "Xarbuqli Park", "Qelarmi", "Omar Khalil", "U.S."]
WORDS = st.sampled_from([*NAMES, "in", "of", ",", "near", ".", "The", "City", "Council", "’s", "😀", "\n\n"])
TEXTS = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)
CUTS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 25), st.sampled_from(TYPES)), max_size=6)


def _entities(text: str, cuts: list[tuple[int, int, str]]) -> tuple[Entity, ...]:
    found, at = [], 0
    for gap, length, kind in cuts:
        begin, at = at + gap, min(at + gap + length, len(text))
        if begin < at:
            found.append(Entity((begin, at), kind, 0.9))
    return tuple(found)


@settings(max_examples=60)
@given(TEXTS, CUTS)
def test_records_are_sound_whatever_was_told(text: str, cuts: list[tuple[int, int, str]]) -> None:
    entities = _entities(text, cuts)
    taken = tuple(one.span for one in entities if one.type != "Location")
    found = read(text, *entities, taken=taken)
    spans = [span for place in found for span in place.spans]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert [place.id for place in found] == [f"p{n}" for n in range(1, len(found) + 1)]
    assert all(place.text == text_of(text, place.spans) for place in found)
    assert all(
        place.latitude is None for place in found if place.gazetteer_id is None and place.country is None
    )
    assert found == read(text, *reversed(entities), taken=taken)


@settings(max_examples=20)
@given(TEXTS)
def test_without_entities_the_words_alone_decide(text: str) -> None:
    assert read(text) == places.annotate(segment(text), Gazetteer.open())
