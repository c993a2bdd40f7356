"""Places meant by mentions that are given, whatever these look like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.gazetteer import Gazetteer
from marsad.reading import places
from marsad.reading.text import segment
from marsad.records.reading import Place


def meant(text: str, *words: str, dateline: str | None = None) -> tuple[Place | None, ...]:
    spans = []
    for word in words:
        begin = text.index(word)
        spans.append((begin, begin + len(word)))
    return places.resolve(segment(text), Gazetteer.open(), spans, dateline=dateline)


def named(text: str, word: str, dateline: str | None = None) -> tuple[str, str | None] | None:
    place = meant(text, word, dateline=dateline)[0]
    return None if place is None else (place.name, place.country)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Russian forces left.", "Russian", ("Russia", "RU")),
        ("The Syrians spoke of it.", "Syrians", ("Syria", "SY")),
        ("Turkey's army left.", "Turkey's", ("Turkey", "TR")),
        ("it snowed in norway last week", "norway", ("Norway", "NO")),
        ("BAGHDAD FALLS QUIET", "BAGHDAD", ("Baghdad", "IQ")),
        ("They met in the U.K. in spring.", "U.K.", ("United Kingdom", "GB")),
        ("A Damascus-based group wrote.", "Damascus-based", ("Damascus", "SY")),
        ("Shells hit northern Syria.", "northern Syria", ("Syria", "SY")),
        ("Aid came to Idlib province.", "Idlib province", ("Idlib", "SY")),
        ("He is at the University of Aleppo in Syria.", "University of Aleppo", None),
        ("She met Xarbuqli there.", "Xarbuqli", None),
        ("They live on Oxford Street.", "Oxford Street", None),
    ],
)
def test_a_given_mention_is_resolved_in_whatever_form_it_stands(
    text: str, word: str, expected: tuple[str, str] | None
) -> None:
    found = named(text, word)
    if expected is None:
        place = meant(text, word)[0]
        assert place is None or place.gazetteer_id is None
    else:
        assert found == expected


def test_answers_stand_in_the_order_of_the_questions() -> None:
    text = "Syria, Iraq and Xarbuqli."
    iraq, nowhere, syria = meant(text, "Iraq", "Xarbuqli", "Syria")
    assert iraq is not None and syria is not None
    assert (iraq.country, nowhere, syria.country) == ("IQ", None, "SY")


def test_no_question_has_no_answer() -> None:
    assert places.resolve(segment("Syria."), Gazetteer.open(), ()) == ()
    assert places.resolve(segment(""), Gazetteer.open(), ((0, 0),)) == (None,)


@pytest.mark.parametrize(
    ("text", "word", "country", "admin1"),
    [
        ("She moved to Paris, Texas, last year.", "Paris", "US", "Texas"),
        ("She moved to Paris last year.", "Paris", "FR", "Île-de-France"),
        ("Paris, Dallas, Tyler and Plano lie in Texas.", "Paris", "US", "Texas"),
        ("She lives in Long Beach, Calif., by the sea.", "Long Beach", "US", "California"),
    ],
)
def test_the_unit_of_which_a_text_speaks_decides(text: str, word: str, country: str, admin1: str) -> None:
    place = meant(text, word)[0]
    assert place is not None
    assert (place.country, place.admin1) == (country, admin1)


def test_a_world_city_is_not_moved_by_a_country_that_is_only_named() -> None:
    assert named("The US and the US again: talks in Geneva. The US left.", "Geneva") == ("Geneva", "CH")


def test_the_dateline_speaks_for_its_country() -> None:
    assert named("A convoy reached Tripoli.", "Tripoli", "BEIRUT, Lebanon") == ("Tripoli", "LB")


def test_a_country_a_region_and_a_water_have_no_point_in_an_answer_either() -> None:
    text = "Boats left Egypt and the Middle East by the Euphrates."
    for place in meant(text, "Egypt", "Middle East", "Euphrates"):
        assert place is not None
        assert (place.latitude, place.longitude) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit northern Syria.", "Syria"),
        ("Aid came to Idlib province.", "Idlib"),
        ("Aid came to Hawl Camp in Syria.", "Hawl Camp"),
        ("Aid came to Kirkuk.", "Kirkuk"),
    ],
)
def test_the_name_of_a_record_leaves_out_small_words_beside_it(text: str, expected: str) -> None:
    place = places.annotate(segment(text), Gazetteer.open())[0]
    begin, end = places.name_span(text, place)
    assert text[begin:end] == expected


# --- what holds of every text ---

WORDS = st.sampled_from(
    ["Syria", "US", "Texas", "Paris", "in", "and", ",", "the", "Hawl Camp", "Russian", "said", ".", "Street"]
)
TEXTS = st.lists(WORDS, max_size=20).map(" ".join)


@settings(max_examples=50)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 120), st.integers(-2, 30)), max_size=6))
def test_any_spans_have_as_many_answers(text: str, cuts: list[tuple[int, int]]) -> None:
    spans = [(begin, begin + length) for begin, length in cuts]
    found = places.resolve(segment(text), Gazetteer.open(), spans)
    assert len(found) == len(spans)
    for span, place in zip(spans, found, strict=True):
        if place is not None:
            assert place.spans == (span,)
            assert place.kind not in ("country", "region", "water") or place.latitude is None


@settings(max_examples=30)
@given(TEXTS)
def test_the_order_of_the_questions_does_not_change_the_answers(text: str) -> None:
    spans = [p.spans[0] for p in places.annotate(segment(text), Gazetteer.open())]
    there = places.resolve(segment(text), Gazetteer.open(), spans)
    back = places.resolve(segment(text), Gazetteer.open(), spans[::-1])[::-1]
    assert [p and p.gazetteer_id for p in there] == [p and p.gazetteer_id for p in back]


@settings(max_examples=30)
@given(st.sampled_from(["Ansar Band", "Falcon Group", "Sons of Dawn"]), TEXTS)
def test_an_actor_s_name_moves_no_place(name: str, text: str) -> None:
    def read(actor: str) -> list[tuple[int, str | None]]:
        words = f"{actor} came. {text}"
        taken = ((0, len(actor)),)
        found = places.annotate(segment(words), Gazetteer.open(), taken=taken)
        return [(p.spans[0][0] - len(actor), p.gazetteer_id) for p in found]

    assert read(name) == read("Some Group")


# --- hostile input ---


class Counting(Gazetteer):
    """A gazetteer that counts how often it is asked."""

    def __init__(self) -> None:
        self._shipped = Gazetteer.open()
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._shipped, name)

    def candidates(self, name: str) -> tuple[object, ...]:  # type: ignore[override]
        self.asked += 1
        return self._shipped.candidates(name)


@pytest.mark.parametrize(
    "word", ["Abcd ", ", ", "the ", "Paris ", "Street ", "A-B-", "in Paris, ", "US-", "\u0301"]
)
def test_work_grows_with_the_text_and_no_faster(word: str) -> None:
    def asked(size: int) -> int:
        gazetteer = Counting()
        places.annotate(segment(word * (size // len(word))), gazetteer)
        return gazetteer.asked

    small, large = asked(8_000), asked(16_000)
    assert large <= 2.3 * small + 50


@pytest.mark.parametrize("word", ["Abcd ", ", ", "the the the ", "In Paris, Texas, "])
def test_a_hundred_thousand_characters_are_read(word: str) -> None:
    text = segment(word * (100_000 // len(word)))
    gazetteer = Counting()
    places.annotate(text, gazetteer)
    assert gazetteer.asked <= 12 * len(text.tokens) + 50
