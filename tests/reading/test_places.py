"""Places: found in words, resolved in context, and never where the words mean somebody."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.gazetteer import Gazetteer
from marsad.reading import places
from marsad.reading.text import Text, Token, segment
from marsad.records.reading import Place
from marsad.records.spans import Spans, overlaps, text_of


def read(text: str, taken: Spans = (), dateline: str | None = None) -> tuple[Place, ...]:
    return places.annotate(segment(text), Gazetteer.open(), taken=taken, dateline=dateline)


def texts(text: str) -> list[str]:
    return [place.text for place in read(text)]


def only(text: str) -> Place:
    found = read(text)
    assert len(found) == 1, [place.text for place in found]
    return found[0]


def named(text: str, words: str) -> Place:
    return next(place for place in read(text) if place.text == words)


# --- what is a place ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shelling hit Idlib province and the town of Hajin in Syria.", ["Idlib province", "Hajin", "Syria"]),
        ("Aid reached the Hasakah and Raqqa governorates of Syria.", ["Hasakah", "Raqqa", "Syria"]),
        ("Turkey said that it would not leave.", ["Turkey"]),
        ("Boats crossed the Euphrates river near Raqqa.", ["Euphrates river", "Raqqa"]),
        ("They fled to al-Hol camp in Syria.", ["al-Hol camp", "Syria"]),
        ("The Middle East and the Sahel saw more attacks.", ["Middle East", "Sahel"]),
        ("KIRKUK, Iraq (AP) - A bomb went off.", ["KIRKUK", "Iraq"]),
        ("Trucks wait at the Syria-Turkey border.", ["Syria", "Turkey"]),
        ("He lives in The Hague.", ["The Hague"]),
    ],
)
def test_names_of_places_with_their_type_word_and_without_their_article(
    text: str, expected: list[str]
) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Syrian forces and Iraqi militias met Turkish officers.",
        "The Washington Post and the Damascus University replied.",
        "Jordan Smith met Abu Omar al-Shishani.",
        "President Lincoln spoke to Mr Jackson.",
        "In March the reading of the hope bill was nice.",
        "They march on, and of course a mobile phone rang.",
        "The Bank of Syria Group and the University of Aleppo replied.",
        "The White House and the Kremlin disagreed.",
        "A Kurdish-held village was hit, and the Baghdad–Ankara talks ended.",
        "The strain A/California/7/2009 cost US$5 million.",
        "United Russia and the China Daily replied.",
        "TELL US MORE ABOUT THAT.",
        "The Minsk agreement and the Geneva conventions were broken.",
        "The head of the Russian Duma and a Durham university lecturer agreed.",
        "He bought it at the Value Village, they say.",
        "All Member States and each Member State agreed.",
        "",
    ],
)
def test_no_place_in_names_of_others_demonyms_and_common_words(text: str) -> None:
    assert texts(text) == []


def test_a_surname_given_once_in_full_is_no_place_later() -> None:
    text = "Kenneth Clinton, a farmer, fled. Later Clinton said that he was safe."
    assert texts(text) == []


def test_lower_case_words_are_never_places() -> None:
    assert texts("we saw turkey and chad in paris, texas") == []


def test_a_name_taken_by_an_organisation_is_no_place() -> None:
    text = "Raqqa Voice reported shelling in Raqqa."
    assert [place.spans for place in read(text, taken=((0, 11),))] == [((33, 38),)]


# --- which place ---


@pytest.mark.parametrize(
    ("text", "words", "country", "admin1"),
    [
        ("The mayor of Paris, Texas, resigned.", "Paris", "US", "Texas"),
        ("The mayor of Paris resigned.", "Paris", "FR", "Île-de-France"),
        ("She grew up in Long Beach, CA, they say.", "Long Beach", "US", "California"),
        ("The people of al-Hol, in Syria, are many.", "al-Hol", "SY", "Al-Hasakah"),
        ("Iraqi police in Hit, Iraq, found a mine.", "Hit", "IQ", "Al Anbar"),
    ],
)
def test_the_words_around_a_name_decide_which_place_it_is(
    text: str, words: str, country: str, admin1: str
) -> None:
    place = named(text, words)
    assert (place.country, place.admin1) == (country, admin1)


def test_two_countries_side_by_side_stay_countries() -> None:
    assert [place.kind for place in read("Envoys of China, Japan and Cuba met.")] == ["country"] * 3


def test_a_bare_name_is_the_city_and_a_typed_one_the_unit() -> None:
    assert [place.kind for place in read("Shells fell on Hasakah in Syria.")] == ["city", "country"]
    text = "Shells fell on Hasakah city. Trucks left Hasakah Governorate in Syria."
    assert [place.kind for place in read(text)] == ["city", "admin1", "country"]
    assert named(text, "Hasakah Governorate").gazetteer_id == "173813"


def test_a_container_of_the_same_name_is_the_unit() -> None:
    found = read("The village of Baghuz, the last pocket in the countryside of Deir ez-Zor, eastern Syria.")
    assert [(place.text, place.kind) for place in found] == [
        ("Baghuz", "village"),
        ("Deir ez-Zor", "admin1"),
        ("eastern Syria", "region"),
    ]
    assert [place.within for place in found] == [found[1].id, found[2].id, None]


def test_the_dateline_speaks_for_its_country() -> None:
    text = "A convoy reached Tripoli on Monday."
    assert read(text, dateline="BEIRUT, Lebanon")[0].country == "LB"
    assert read(text)[0].country == "LY"


# --- somebody, not somewhere ---


@pytest.mark.parametrize(
    "text",
    [
        "In Syria I met Hazam, 28, a driver. Hazam laughed a lot.",
        "Hazam, a Kurd from Kobani, came along. Later Hazam lost his way.",
        "In Syria they called their baby Hawar. Hawar was quiet.",
        "In Syria Hawar’s mother wept. Hawar was quiet.",
        "Sophia, at 28 the eldest of four, made tea. Sophia was tired.",
    ],
)
def test_a_name_with_an_age_or_kin_is_a_person_throughout_the_text(text: str) -> None:
    assert not {"Hazam", "Hawar", "Sophia"} & set(texts(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fighting reached Raqqa, a city of Syria.", "Raqqa"),
        ("They left the village called Hawar, in Syria.", "Hawar"),
        ("On 26 March they left Sofia, 28 miles away from it.", "Sofia"),
    ],
)
def test_an_apposition_or_a_number_of_another_kind_makes_nobody_of_a_place(text: str, words: str) -> None:
    assert words in texts(text)


def test_a_capital_that_stands_for_its_government_is_no_location() -> None:
    text = segment("Ankara denied it. A bomb went off in Ankara.")

    def at_the_beginning(_: Text, __: tuple[Token, ...], at: int, stop: int) -> bool:
        return (at, stop) == (0, 1)

    found = places.annotate(text, Gazetteer.open(), acts_as_state=at_the_beginning)
    assert [(p.name, p.where_prec, p.latitude is None) for p in found] == [
        ("Ankara", None, True),
        ("Ankara", 1, False),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-led troops and US forces withdrew.", ["U.S.", "US"]),
        ("An Iran-backed group met a Britain-based monitor.", ["Iran", "Britain"]),
        ("An Iran-U.S. dispute broke out.", ["Iran", "U.S."]),
        ("The US Embassy was closed.", ["US"]),
    ],
)
def test_a_country_whose_something_is_is_named_and_locates_nothing(text: str, words: list[str]) -> None:
    found = read(text)
    assert [place.text for place in found] == words
    assert {place.kind for place in found} == {"country"}
    assert [place.text for place in found if place.where_prec is None] == [w for w in words if w != "Britain"]


def test_a_firm_based_in_a_town_is_there() -> None:
    denver = read("A Denver-based company replied to R-Texas members.")
    assert [(place.text, place.where_prec) for place in denver] == [("Denver", 1), ("Texas", 4)]


# --- one sense of a name in one text ---


@pytest.mark.parametrize(
    "text",
    [
        "Syria shelled Idlib province. Later Idlib was quiet.",
        "Syria pounds Idlib, the last rebel-held province. Later Idlib was quiet.",
        "In Syria 3 million people in Idlib wait. Later Idlib was quiet.",
        "In Syria Idlib’s 3 million civilians wait. Later Idlib was quiet.",
        "In Syria the rebel enclave of Idlib was shelled. Later Idlib was quiet.",
    ],
)
def test_a_name_is_the_unit_where_the_text_says_what_only_a_unit_can_be(text: str) -> None:
    assert [place.kind for place in read(text) if place.text == "Idlib"][-1] == "admin1"


@pytest.mark.parametrize(
    "text",
    [
        "In Syria 50,000 people in Idlib wait. Later Idlib was quiet.",
        "Syria shelled Idlib province and the city of Idlib. Later Idlib was quiet.",
        "In Syria the rebel stronghold of Raqqa fell. Later Raqqa was quiet.",
        "Syria took Aleppo province. They live in Afrin, north of Aleppo",
    ],
)
def test_a_name_stays_the_city_without_that_and_beside_a_compass_point(text: str) -> None:
    assert read(text)[-1].kind == "city"


@pytest.mark.parametrize(
    "text",
    [
        "Families live in al-Hawl camp in Syria. Aid reached al-Hawl.",
        "Families of Syria live in a camp. Aid reached al-Hawl.",
        "Families of Syria live in a camp known as al-Hawl.",
    ],
)
def test_a_small_town_is_the_camp_of_its_name_where_the_text_speaks_of_a_camp(text: str) -> None:
    camp = named(text, "al-Hawl")
    assert (camp.kind, camp.gazetteer_id) == ("camp", "sy-hawl-camp")


@pytest.mark.parametrize("words", ["Camp Roj", "Roj camp", "Roj refugee camp", "Roj displacement camp"])
def test_the_type_word_belongs_to_the_name_of_a_camp(words: str) -> None:
    camp = read(f"Children are held in {words}, Syria.")[0]
    assert (camp.text, camp.kind, camp.gazetteer_id) == (words, "camp", "sy-roj-camp")


def test_a_town_said_to_be_one_is_not_the_camp() -> None:
    assert named("Families left the town of al-Hawl in Syria for a camp.", "al-Hawl").kind == "town"


def test_a_village_is_the_one_near_the_other_places_and_not_a_famous_city_elsewhere() -> None:
    text = "They fled the village of Susa, not far from Baghuz, and the talks in Tunisia and Syria ended."
    assert named(text, "Susa").country == "SY"


@pytest.mark.parametrize(("words", "key"), [("Membic", "167357"), ("Khovd Province", "1515696")])
def test_other_spellings_are_found(words: str, key: str) -> None:
    assert only(f"They met in {words}.").gazetteer_id == key


# --- what is known of it ---


def test_a_compass_point_makes_a_region_of_a_country() -> None:
    place = only("Fighting went on in north-eastern Syria.")
    assert (place.text, place.kind, place.country, place.where_prec) == (
        "north-eastern Syria",
        "region",
        "SY",
        5,
    )
    assert (place.gazetteer_id, place.latitude, place.longitude) == (None, None, None)


@pytest.mark.parametrize("words", ["Northern Syria", "North-East Syria", "northern and eastern Syria"])
def test_a_compass_point_counts_in_capitals_and_in_pairs(words: str) -> None:
    assert only(f"Fighting went on in {words}.").text == words


def test_a_region_of_a_country_lies_within_the_country_where_it_is_named() -> None:
    syria, north = read("Syria is tense. Fighting went on in northern Syria.")
    assert north.within == syria.id


def test_a_name_that_begins_with_a_compass_point_is_a_name() -> None:
    assert only("A ship left South Korea.").country == "KR"


def test_an_unknown_village_stays_unresolved_and_takes_the_country_that_the_text_gives() -> None:
    village, syria = read("They came from the village of Xarbuqli in Syria.")
    assert (village.text, village.kind, village.gazetteer_id, village.latitude) == (
        "Xarbuqli", "village", None, None,
    )  # fmt: skip
    assert (village.country, village.within) == ("SY", syria.id)


def test_an_unknown_name_without_a_word_that_makes_it_a_place_is_none() -> None:
    assert texts("They talked to Xarbuqli.") == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("A bomb went off in Mosul, Iraq.", 1),
        ("A bomb went off near Mosul, Iraq.", 2),
        ("A bomb went off on the outskirts of Mosul, Iraq.", 2),
        ("A bomb went off 10 km from Mosul, Iraq.", 2),
        ("A bomb went off in Anbar province, Iraq.", 4),
        ("A bomb went off on the Tigris, Iraq.", 7),
    ],
)
def test_precision_is_coded_as_ucdp_codes_it(text: str, precision: int) -> None:
    assert read(text)[0].where_prec == precision


def test_a_camp_is_a_camp_even_when_only_its_town_is_known() -> None:
    camp = read("Families left Tabqa refugee camp in Syria.")[0]
    assert (camp.kind, camp.gazetteer_id, camp.where_prec) == ("camp", None, 2)


def test_a_spelling_that_no_list_has_is_found_by_its_sound_with_less_confidence() -> None:
    text = "Clashes broke out in Shaddadeeh, Syria, and in Raqqa, Syria."
    odd, plain = named(text, "Shaddadeeh"), named(text, "Raqqa")
    assert odd.gazetteer_id == "172837"
    assert (odd.confidence or 0) < (plain.confidence or 0)


# --- what holds of every text ---

NAMES = ["Syria", "Hawl Camp", "al-Hasakah", "Deir ez-Zor province", "the Euphrates", "U.S.", "Middle East"]
NAMES += ["Omar Khalil", "northern Iraq", "Paris, Texas", "the village of Xyz", "Gaza", "😀", "الرقة", "é"]
WORDS = st.sampled_from([*NAMES, "in", "of", "and", ",", "said", "near", ".", "The", "troops", "“", "\n\n"])
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@settings(max_examples=60)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 150), st.integers(1, 30)), max_size=4))
def test_only_what_is_plainly_a_place_overlaps_what_is_taken(text: str, cuts: list[tuple[int, int]]) -> None:
    taken = tuple((begin, begin + length) for begin, length in cuts)
    for place in read(text, taken=taken):
        for cut in taken:
            if overlaps(place.spans[0], cut):
                own = Gazetteer.open().candidates(text[cut[0] : cut[1]])
                assert own or Gazetteer.open().candidates(place.text) or place.kind == "region"


@settings(max_examples=60)
@given(TEXTS)
def test_records_are_sound(text: str) -> None:
    found = read(text)
    spans = [span for place in found for span in place.spans]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert [place.id for place in found] == [f"p{n}" for n in range(1, len(found) + 1)]
    for place in found:
        assert place.text == text_of(text, place.spans)
        if place.kind in ("country", "region", "water"):
            assert (place.latitude, place.longitude) == (None, None)
        assert place.within != place.id


@settings(max_examples=20)
@given(TEXTS)
def test_the_same_text_gives_the_same_places(text: str) -> None:
    assert read(text) == read(text)
