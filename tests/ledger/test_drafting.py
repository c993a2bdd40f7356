from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from msgspec.structs import replace

from marsad.errors import BadInput, NotFound
from marsad.ledger.reviewing import applying as reviewing
from marsad.ledger.reviewing import drafting
from marsad.ledger.soundness import require_sound
from marsad.records.reading import Figure, Place, Reading, Relation
from marsad.records.review import Review

from .making import READER, frozen, given, read

TEXT = """\
Wardak: the group has 300 men in Karoum
Snow fell on Karoum, said the elder Amina Saleh.
Elder Council: 40 tents burnt, and about 1,250 people left
Wardak: the road is open
"""


@pytest.fixture
def reading() -> Reading:
    return read(frozen(TEXT, publisher="Valley News", published=given("2024-03-01")))


def edit(reading: Reading, local: str, **fields: Any) -> Review:
    return drafting.of_record(reading, local, "edit", fields, "amy", "as the text has it")


def add(reading: Reading, kind: Any, words: str, occurrence: int | None = None, **fields: Any) -> Review:
    return drafting.of_words(reading, kind, words, fields, "amy", "missed", occurrence=occurrence)


def left(reading: Reading, review: Review) -> Any:
    """The record that one review leaves."""
    assert review.id == ""
    assert review.recorded_at is None
    done = reviewing.apply(reading, [replace(review, id="r1")])
    require_sound(done.reading)
    (outcome,) = done.outcomes
    assert outcome.state == "applied"
    lists = (done.reading.claims, done.reading.figures, done.reading.incidents, done.reading.relations)
    others = (done.reading.places, done.reading.times, done.reading.actors)
    return next(record for each in (*lists, *others) for record in each if record.id == outcome.local)


def refused(made: Any) -> str:
    with pytest.raises(BadInput) as caught:
        made()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_edit_sets_its_fields_only(reading: Reading) -> None:
    claim = left(reading, edit(reading, "c1", certainty="probable", attitude="belief"))
    assert claim == replace(reading.claims[0], certainty="probable", attitude="belief", reader="review@1")


@pytest.mark.parametrize(
    ("local", "field", "value", "named"),
    [
        ("c1", "certainty", "sure", "one of certain, possible, probable, unknown"),
        ("c1", "colour", "red", "certainty"),
        ("c1", "id", "c9", "cannot be set"),
        ("c1", "reader", "me@1", "cannot be set"),
        ("c1", "about", "a77", "no actor a77"),
        ("c1", "about", ["c2"], "no actor c2"),
        ("c1", "parent", "c1", "itself"),
        ("c1", "hidden_source", "perhaps", "true or false"),
        ("c1", "said", "2024-13-40", "EDTF"),
        ("c1", "said", 7, "EDTF"),
        ("c1", "source", "the minister of works", "not in the text"),
        ("c1", "source", {"text": "Wardak", "kind": "robot"}, "person, organisation"),
        ("c1", "words", "words that are not there", "not in the text"),
        ("c1", "claim", "c2", "no field of a claim"),
        ("f1", "low", "many", "a number"),
        ("f1", "low", 900, "range"),
        ("f1", "claim", None, "an id"),
        ("a1", "mentions", [[0, 3]], "cannot be set"),
    ],
)
def test_a_value_that_cannot_be_says_which_field_and_what_is_allowed(
    reading: Reading, local: str, field: str, value: Any, named: str
) -> None:
    fields = {field: value} | ({"high": 400} if value == 900 else {})
    if field == "claim" and value is None:
        named = "claim"
    said = refused(lambda: edit(reading, local, **fields))
    assert said.startswith(f"{field}:") or f"{field}:" in said
    assert named in said


def test_values_may_be_strings_as_a_command_line_gives_them(reading: Reading) -> None:
    figure = left(reading, edit(reading, "f1", low="300", high="350.5", bound="range", population="fighters"))
    assert (figure.low, figure.high, figure.best, figure.bound) == (300, 350.5, None, "range")
    claim = left(reading, edit(reading, "c1", hidden_source="true", about="a1,a2", said="2024-02/2024-03"))
    assert claim.hidden_source is True
    assert claim.about == ("a1", "a2")
    assert (claim.said.earliest, claim.said.latest) == ("2024-02-01", "2024-03-31")
    assert left(reading, edit(reading, "c1", source="null")).source is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"best": 310}, (310, 310, 310, "exact")),
        ({"bound": "about"}, (300, 300, 300, "about")),
        ({"bound": "at_least"}, (300, None, None, "at_least")),
        ({"bound": "at_most", "high": 500}, (None, 500, None, "at_most")),
        ({"low": 250, "high": 350}, (250, 350, None, "range")),
        ({"high": 350}, (300, 350, None, "range")),
    ],
)
def test_a_bound_goes_with_its_numbers(
    reading: Reading, fields: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    figure = left(reading, edit(reading, "f1", **fields))
    assert (figure.low, figure.high, figure.best, figure.bound) == expected


def test_a_source_given_as_words_is_the_nearest_one_and_its_actor(reading: Reading) -> None:
    claim = left(reading, edit(reading, "c4", source="wardak".title()))
    begin = TEXT.rindex("Wardak")
    assert claim.source.spans == ((begin, begin + 6),)
    assert claim.source.actor == "a1"
    assert claim.chain == (claim.source,)
    assert claim.kind == "attributed"


def test_a_new_source_takes_the_place_of_the_old_one_in_the_chain(reading: Reading) -> None:
    claim = left(reading, edit(reading, "c1", source={"text": "the elder", "kind": "private"}))
    assert [party.text for party in claim.chain] == ["the elder"]
    assert claim.source.kind == "private"


def test_a_record_can_be_moved_to_other_words(reading: Reading) -> None:
    claim = left(reading, edit(reading, "c1", words="300 men"))
    assert claim.text == "300 men"


def test_words_with_a_gap_make_a_span_in_pieces(reading: Reading) -> None:
    claim = left(reading, edit(reading, "c1", text="the group … 300 men"))
    assert claim.text == "the group … 300 men"
    assert len(claim.spans) == 2


def test_accepting_sets_nothing_and_editing_something(reading: Reading) -> None:
    def accept_with_a_value() -> Review:
        return drafting.of_record(reading, "c1", "accept", {"certainty": "probable"}, "amy", "")

    assert "fields" in refused(accept_with_a_value)
    assert "fields" in refused(lambda: edit(reading, "c1"))
    assert "by" in refused(lambda: drafting.of_record(reading, "c1", "accept", {}, " ", ""))
    with pytest.raises(NotFound):
        drafting.of_record(reading, "c99", "accept", {}, "amy", "")


def test_an_actor_without_a_mention_cannot_be_reviewed(reading: Reading) -> None:
    unseen = replace(reading, actors=(replace(reading.actors[0], mentions=()),))
    assert "no words" in refused(lambda: drafting.of_record(unseen, "a1", "reject", {}, "amy", ""))


def test_an_added_claim_is_narrated_by_its_publisher(reading: Reading) -> None:
    claim = left(reading, add(reading, "claim", "Snow fell on Karoum"))
    assert (claim.id, claim.kind, claim.reader, claim.source) == ("c5", "narrated", "review@1", None)
    assert [(party.text, party.spans) for party in claim.chain] == [("Valley News", ())]


def test_an_added_claim_with_a_source_is_attributed_to_it(reading: Reading) -> None:
    claim = left(
        reading, add(reading, "claim", "Snow fell on Karoum", source="the elder Amina Saleh", cue="said")
    )
    assert claim.kind == "attributed"
    assert claim.source.kind == "unnamed"
    assert claim.chain[-1] == claim.source
    assert claim.cue.text == "said"


@pytest.mark.parametrize(
    ("words", "fields", "expected"),
    [
        ("1,250", {}, (1250, 1250, 1250, "exact")),
        ("about 1,250 people", {"bound": "about"}, (1250, 1250, 1250, "about")),
        ("1,250 people", {"bound": "at_least"}, (1250, None, None, "at_least")),
        ("tents burnt", {"low": 30, "high": 50}, (30, 50, None, "range")),
        ("tents burnt", {"best": 40}, (40, 40, 40, "exact")),
    ],
)
def test_an_added_figure_takes_its_number_from_its_words(
    reading: Reading, words: str, fields: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    figure = left(reading, add(reading, "figure", words, measure="displacement.people", **fields))
    assert (figure.low, figure.high, figure.best, figure.bound) == expected
    assert figure.claim == "c3"
    assert figure.text == words


def test_what_a_figure_needs_is_asked_for(reading: Reading) -> None:
    assert "measure" in refused(lambda: add(reading, "figure", "1,250"))
    assert "low" in refused(lambda: add(reading, "figure", "tents burnt", measure="count.tent"))
    bare = replace(reading, claims=(), figures=())
    assert "add the claim first" in refused(lambda: add(bare, "figure", "1,250", measure="count.person"))


def test_words_in_several_places_are_named_by_their_number(reading: Reading) -> None:
    said = refused(lambda: add(reading, "place", "Karoum"))
    assert "2 times" in said
    place = left(reading, add(reading, "place", "Karoum", occurrence=2))
    assert place.spans[0][0] == TEXT.rindex("Karoum")
    assert (place.name, place.gazetteer_id, place.latitude) == ("Karoum", None, None)
    assert "2 times" in refused(lambda: add(reading, "place", "Karoum", occurrence=3))
    assert "not in the text" in refused(lambda: add(reading, "place", "Karou"))


@pytest.fixture
def placed(reading: Reading) -> Reading:
    return reviewing.apply(reading, [replace(add(reading, "place", "Karoum", occurrence=2), id="r1")]).reading


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("266826", ("Tripoli", "geonames", 34.4335, 35.8441, "LB", "city", 1)),
        ("2210245", ("Tripoli", "geonames", 32.611, 13.5148, "LY", "admin1", 4)),
    ],
)
def test_a_place_is_where_the_gazetteer_has_its_id(
    placed: Reading, key: str, expected: tuple[Any, ...]
) -> None:
    place = left(placed, edit(placed, "p1", name="Tripoli", gazetteer_id=key))
    found = (place.name, place.gazetteer, place.latitude, place.longitude)
    assert (*found, place.country, place.kind, place.where_prec) == expected
    assert place.text == "Karoum"


def test_a_place_without_an_id_has_no_point_and_a_strange_id_is_refused(placed: Reading) -> None:
    place = left(placed, edit(placed, "p1", gazetteer_id=None))
    assert (place.gazetteer, place.gazetteer_id, place.latitude, place.longitude) == (None,) * 4
    assert "no place of that name" in refused(lambda: edit(placed, "p1", gazetteer_id="266826"))
    own = left(placed, edit(placed, "p1", gazetteer_id="x9", latitude=1.5, longitude=2))
    assert (own.gazetteer_id, own.latitude) == ("x9", 1.5)


def test_an_actor_is_on_every_place_of_its_name(reading: Reading) -> None:
    assert len(left(reading, add(reading, "actor", "Karoum", role="valley")).mentions) == 2
    assert len(left(reading, add(reading, "actor", "Karoum", occurrence=1)).mentions) == 1


def test_incidents_relations_and_times_are_added_on_their_claim(reading: Reading) -> None:
    incident = left(reading, add(reading, "incident", "burnt", type="ASSAULT", sides=[["Elder Council"], []]))
    assert incident.claims == ("c3",)
    assert incident.sides[0][0].actor == "a2"
    relation = left(
        reading,
        add(reading, "relation", "the group has", type="supports", source="the group", target="300 men"),
    )
    assert relation.claim == "c1"
    time = left(reading, add(reading, "time", "Snow fell", edtf="2024-02"))
    assert (time.value, time.earliest, time.latest, time.date_prec) == (
        "2024-02",
        "2024-02-01",
        "2024-02-29",
        4,
    )
    assert "PLOVER" in refused(lambda: add(reading, "incident", "burnt", type="FIRE"))
    assert "target" in refused(
        lambda: add(reading, "relation", "the group has", type="supports", source="the group")
    )


def test_a_second_record_on_the_same_words_is_an_edit_of_the_first(reading: Reading) -> None:
    taken = reading.claims[1].text
    assert "c2" in refused(lambda: add(reading, "claim", taken))


def test_a_second_relation_may_stand_on_the_same_words(reading: Reading) -> None:
    one = left(reading, add(reading, "relation", "300 men", type="leads", source="the group", target="men"))
    both = replace(reading, relations=(replace(one, id="r1"),))
    draft = add(both, "relation", "300 men", type="supports", source="men", target="the group")
    assert draft.target.ordinal == 2
    done = reviewing.apply(both, [replace(draft, id="r9")])
    assert [each.type for each in done.reading.relations] == ["leads", "supports"]
    assert isinstance(done.reading.relations[0], Relation)


def test_no_record_comes_to_be_part_of_itself(reading: Reading) -> None:
    above = replace(reading, claims=(replace(reading.claims[0], parent="c2"), *reading.claims[1:]))
    assert "part of itself" in refused(lambda: edit(above, "c2", parent="c1"))


def test_a_pin_has_both_coordinates(reading: Reading) -> None:
    assert "latitude" in refused(lambda: add(reading, "place", "Karoum", occurrence=1, latitude=34.5))
    place = left(reading, add(reading, "place", "Karoum", occurrence=1, latitude="34.5", longitude="43.1"))
    assert isinstance(place, Place)
    assert (place.latitude, place.longitude) == (34.5, 43.1)


def test_a_draft_is_whole_json(reading: Reading) -> None:
    draft = edit(reading, "f1", places=[], subject="a1")
    assert msgspec.json.decode(msgspec.json.encode(draft), type=Review) == draft
    assert set(draft.references) >= {"c1", "a1"}


@for_any(
    st.sampled_from(["c1", "f1", "a1"]),
    st.sampled_from(
        ["certainty", "low", "high", "bound", "about", "name", "role", "source", "said", "unit", "text"]
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["text", "spans", "edtf", "kind"]), inner, max_size=2)
        ),
        max_leaves=4,
    ),
)
def test_any_value_gives_a_sound_record_or_one_clear_line(local: str, field: str, value: Any) -> None:
    reading = read(frozen(TEXT))
    try:
        draft = edit(reading, local, **{field: value})
    except BadInput as error:
        assert "\n" not in str(error)
        return
    record = left(reading, draft)
    assert record.reader == "review@1" != READER
    if isinstance(record, Figure):
        assert any(number is not None for number in (record.low, record.high, record.best))
