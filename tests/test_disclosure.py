from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.disclosure import MARK, disclose, mask, mask_text
from marsad.records.reading import (
    Actor,
    Claim,
    Cue,
    Document,
    Figure,
    Incident,
    Interval,
    Notice,
    Party,
    Place,
    Reading,
    Relation,
    Thing,
    Time,
    decode,
    encode,
)
from marsad.records.spans import Span, Spans, text_of

READER = "test@1"


def document(text: str, **fields: Any) -> Document:
    return Document(id="d", text=text, raw_sha256="0", text_sha256="1", extractor="plain@1", **fields)


def at(text: str, words: str, nth: int = 0) -> Span:
    begin = [found.start() for found in re.finditer(re.escape(words), text)][nth]
    return begin, begin + len(words)


def every(text: str, words: str) -> Spans:
    return tuple(found.span() for found in re.finditer(re.escape(words), text))


def place(
    text: str, words: str, *, name: str | None = None, nth: int = 0, local: str = "p1", **fields: Any
) -> Place:
    spans = (at(text, words, nth),)
    fields = {
        "kind": "camp",
        "gazetteer": "g@1",
        "gazetteer_id": "7",
        "latitude": 36.4,
        "longitude": 41.1,
    } | fields
    return Place(id=local, spans=spans, text=words, name=name or words, reader=READER, **fields)


def claim(text: str, words: str, **fields: Any) -> Claim:
    return Claim(id="c1", spans=(at(text, words),), text=words, kind="attributed", reader=READER, **fields)


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [found for each in value.values() for found in strings(each)]
    if isinstance(value, list | tuple):
        return [found for each in value for found in strings(each)]
    return [value] if isinstance(value, str) else []


# Private persons


TESTIMONY = (
    "Amina Darwish, 34, a baker from Tallabyad, said the shelling began at dawn. "
    "“We ran,” Darwish told the paper. The Darwish Foundation was not involved."
)


@pytest.fixture
def testimony() -> Reading:
    text = TESTIMONY
    speaker = Party(
        text="Amina Darwish, 34, a baker from Tallabyad",
        spans=(at(text, "Amina Darwish, 34, a baker from Tallabyad"),),
        actor=None,
        kind="private",
    )
    return Reading(
        document=document(
            text, title="“We ran”: Amina Darwish’s night", author="Ann Darwish", publisher="The Paper"
        ),
        claims=(
            claim(
                text,
                "the shelling began at dawn",
                source=speaker,
                chain=(Party(text="The Paper", spans=(), actor=None, kind="organisation"), speaker),
                cue=Cue(text="said", spans=(at(text, "said"),)),
                said=Interval(earliest="1985-01-01", latest="1985-12-31", edtf="1985", time="t1"),
            ),
        ),
        figures=(
            Figure(
                id="f1",
                claim="c1",
                spans=(at(text, "34"),),
                text="34",
                measure="count.age",
                reader=READER,
                low=34,
                high=34,
                best=34,
            ),
        ),
        places=(
            place(
                text, "Tallabyad", kind="town", name="Tell Abiad", country="SY", admin1="Raqqa", where_prec=1
            ),
        ),
        times=(
            Time(
                id="t1",
                spans=(at(text, "34"),),
                text="34",
                type="DURATION",
                value="P34Y",
                reader=READER,
                edtf="1985",
                earliest="1985-01-01",
                latest="1985-12-31",
            ),
        ),
        warnings=(Notice(code="odd", message="Amina Darwish is not 340", records=("f1",)),),
        private=(
            at(text, "Amina Darwish"),
            at(text, "34"),
            at(text, "Tallabyad"),
            at(text, "Darwish", 1),
        ),
    )


def test_a_private_person_is_shown_by_role(testimony: Reading) -> None:
    shown = disclose(testimony)
    source = shown.claims[0].source
    assert source is not None
    assert source.text == "█████ ███████, ██, a baker from █████████"
    assert shown.document.text.startswith("█████ ███████, ██, a baker from █████████, said the shelling")
    assert "“We ran,” ███████ told the paper." in shown.document.text


def test_offsets_hold(testimony: Reading) -> None:
    shown = disclose(testimony)
    assert len(shown.document.text) == len(TESTIMONY)
    assert shown.claims[0].spans == testimony.claims[0].spans
    assert shown.claims[0].text == "the shelling began at dawn"


def test_masking_is_by_spans_so_that_a_namesake_stays(testimony: Reading) -> None:
    assert "The Darwish Foundation" in disclose(testimony).document.text


def test_a_title_loses_the_name_but_the_byline_stays(testimony: Reading) -> None:
    shown = disclose(testimony).document
    assert shown.title == "“We ran”: █████ ███████’s night"
    assert shown.author == "Ann Darwish"
    assert disclose(testimony).claims[0].chain[0].text == "The Paper"


def test_a_title_that_is_in_the_text_is_cut_from_the_masked_text() -> None:
    text = "Girl, 15, tells of flight\n\nThe girl fled 15 days ago."
    reading = Reading(document=document(text, title="Girl, 15, tells of flight"), private=(at(text, "15"),))
    assert disclose(reading).document.title == "Girl, ██, tells of flight"
    assert "15 days" in mask_text(reading)


def test_an_address_and_a_path_lose_the_name() -> None:
    text = "Amina Darwish spoke."
    source = document(text, url="https://paper.example/2019/amina-darwish-speaks", source="Amina_Darwish.txt")
    shown = disclose(Reading(document=source, private=(at(text, "Amina Darwish"),))).document
    assert shown.url == "https://paper.example/2019/█████████████-speaks"
    assert shown.source == "█████████████.txt"


def test_an_age_is_not_kept_as_a_number(testimony: Reading) -> None:
    shown = disclose(testimony)
    assert (shown.figures[0].low, shown.figures[0].best, shown.figures[0].high) == (None, None, None)
    assert shown.times[0].value == "PXY"
    assert shown.times[0].edtf is None
    said = shown.claims[0].said
    assert said is not None and said.edtf is None and said.time == "t1"


def test_a_home_town_is_not_kept_as_a_place(testimony: Reading) -> None:
    home = disclose(testimony).places[0]
    assert home.name == home.text == "█████████"
    assert (home.latitude, home.longitude, home.gazetteer_id, home.admin1) == (None, None, None, None)
    assert (home.country, home.where_prec) == ("SY", 6)


def test_a_town_that_is_also_news_keeps_its_other_mentions() -> None:
    text = "Huda of Deir Hafer fled. Troops took Deir Hafer."
    town = msgspec.structs.replace(
        place(text, "Deir Hafer", kind="town"),
        spans=every(text, "Deir Hafer"),
        text="Deir Hafer … Deir Hafer",
    )
    shown = disclose(
        Reading(document=document(text), places=(town,), private=(at(text, "Deir Hafer"),))
    ).places[0]
    assert shown.spans == (at(text, "Deir Hafer", 1),)
    assert shown.text == shown.name == "Deir Hafer"
    assert shown.latitude == 36.4


def test_a_public_actor_keeps_a_name_that_a_private_person_bears_too() -> None:
    text = "Minister Ali Bongo spoke. Ali Hassan, a farmer, fled."
    actor = Actor(
        id="a1",
        name="Ali Bongo",
        aliases=("Ali",),
        kind="person_role",
        mentions=(at(text, "Ali Bongo"),),
        reader=READER,
    )
    reading = Reading(
        document=document(text, title="Ali Bongo speaks, Ali Hassan flees"),
        actors=(actor,),
        private=(at(text, "Ali Hassan"),),
    )
    shown = disclose(reading)
    assert shown.actors[0] == actor
    assert shown.document.title == "Ali Bongo speaks, ███ ██████ flees"


def test_warnings_lose_the_name(testimony: Reading) -> None:
    assert disclose(testimony).warnings[0].message == "█████ ███████ is not 340"


def test_nothing_private_means_nothing_changed() -> None:
    text = "The group took Sirte in 2015."
    reading = Reading(
        document=document(text), claims=(claim(text, text),), places=(place(text, "Sirte", kind="city"),)
    )
    assert disclose(reading) == reading


def test_the_reading_itself_stays_whole(testimony: Reading) -> None:
    before = encode(testimony)
    disclose(testimony)
    assert encode(testimony) == before


# Camps, hospitals, schools and shelters


CAMPS = (
    "Guards at al-Marj camp in Hasaka said Al-Marj was full. A truck left Marj for the city of Hasaka. "
    "The Hasaka National Hospital took twelve people; the marj grass was dry."
)


def camps() -> Reading:
    text = CAMPS
    return Reading(
        document=document(text, title="Al-Marj camp full", url="https://x.example/al-marj-camp-full"),
        incidents=(
            Incident(
                id="i1",
                claims=(),
                spans=(at(text, "took"),),
                type="AID",
                reader=READER,
                places=("p1",),
                where_prec=1,
            ),
        ),
        relations=(
            Relation(
                id="r1",
                claim="c1",
                spans=(at(text, "at"),),
                type="located_at",
                reader=READER,
                source=Party(text="Guards", spans=(at(text, "Guards"),), actor=None, kind="group"),
                target=Party(
                    text="al-Marj camp", spans=(at(text, "al-Marj camp"),), actor=None, kind="group"
                ),
            ),
        ),
        places=(
            place(
                text,
                "al-Marj camp",
                name="Al Marj Camp",
                country="SY",
                admin1="Al-Hasakah",
                within="p2",
                where_prec=1,
            ),
            place(text, "Hasaka", local="p2", kind="city", where_prec=1),
            place(text, "Hasaka National Hospital", local="p3", kind="facility", within="p2", where_prec=1),
            place(text, "Hasaka", nth=1, local="p4", kind="city", where_prec=1),
        ),
    )


def test_a_camp_keeps_its_type_word_and_loses_its_name_and_pin() -> None:
    camp = disclose(camps()).places[0]
    assert camp.text == camp.name == "███████ camp"
    assert (camp.latitude, camp.longitude, camp.gazetteer, camp.gazetteer_id) == (None, None, None, None)
    assert (camp.country, camp.admin1, camp.kind, camp.where_prec) == ("SY", "Al-Hasakah", "camp", 3)


def test_a_camp_is_not_placed_within_a_town_but_within_a_district() -> None:
    reading = camps()
    assert disclose(reading).places[0].within is None
    district = msgspec.structs.replace(reading.places[1], kind="admin2")
    shown = disclose(msgspec.structs.replace(reading, places=(reading.places[0], district)))
    assert shown.places[0].within == "p2"


def test_bare_mentions_of_a_camp_are_masked_and_a_common_word_is_not() -> None:
    text = mask_text(camps())
    assert "said ███████ was full" in text
    assert "A truck left ████ for the city of Hasaka." in text
    assert "the marj grass was dry" in text


def test_a_hospital_named_after_its_city_leaves_the_city() -> None:
    shown = disclose(camps())
    assert shown.places[2].name == "██████ ████████ Hospital"
    assert shown.places[1].name == shown.places[3].text == "Hasaka"
    assert shown.places[3].latitude == 36.4


def test_title_address_and_parties_lose_the_camp_too() -> None:
    shown = disclose(camps())
    assert shown.document.title == "███████ camp full"
    assert shown.document.url == "https://x.example/███████-camp-full"
    assert shown.relations[0].target.text == "███████ camp"


def test_an_incident_at_a_camp_is_no_finer_than_the_district() -> None:
    assert disclose(camps()).incidents[0].where_prec == 3


def test_a_village_that_bears_the_camps_name_is_coarsened_with_it() -> None:
    text = "Marj camp lies by the village of Marj."
    reading = Reading(
        document=document(text),
        places=(
            place(text, "Marj camp"),
            place(text, "Marj", nth=1, local="p2", kind="village", where_prec=1),
        ),
    )
    village = disclose(reading).places[1]
    assert (village.name, village.latitude, village.where_prec) == ("████", None, 3)


@pytest.mark.parametrize(
    "text",
    [
        "They live in the sprawling al-Marj refugee camp. Al-Marj is full.",
        "They live in Camp al-Marj. Al-Marj is full.",
        "They live in a camp known as al-Marj. Al-Marj is full.",
    ],
)
def test_a_village_that_the_text_calls_a_camp_is_one(text: str) -> None:
    reading = Reading(document=document(text), places=(place(text, "al-Marj", kind="village", where_prec=1),))
    shown = disclose(reading)
    assert "arj" not in shown.document.text
    assert (shown.places[0].latitude, shown.places[0].where_prec) == (None, 3)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They fled Marj for a camp.", "village"),
        ("They fled to the Marj camps.", "city"),
        ("They fled to a Marj camp.", "country"),
        ("They fled Marj. Camp was struck.", "village"),
        ("They left camp in Marj.", "village"),
    ],
)
def test_a_place_with_a_camp_in_it_or_beside_it_is_none(text: str, kind: str) -> None:
    reading = Reading(document=document(text), places=(place(text, "Marj", kind=kind),))
    assert disclose(reading) == reading


def test_an_unresolved_camp_stays_unresolved() -> None:
    text = "They fled to Marj camp."
    camp = place(text, "Marj camp", gazetteer_id=None, latitude=None, longitude=None, gazetteer=None)
    assert disclose(Reading(document=document(text), places=(camp,))).places[0].where_prec is None


@pytest.mark.parametrize(
    "name", ["Al Noor School", "St Mary Clinic", "Women’s Shelter Dar", "Orphanage of Hama"]
)
def test_schools_clinics_and_shelters_are_protected(name: str) -> None:
    text = f"Shells hit {name} on Monday."
    shown = disclose(Reading(document=document(text), places=(place(text, name, kind="facility"),)))
    assert shown.places[0].latitude is None
    assert MARK in shown.places[0].name


@pytest.mark.parametrize("name", ["Tabqa airbase", "Omar oil field", "Mosul dam"])
def test_other_facilities_are_not(name: str) -> None:
    text = f"Shells hit {name} on Monday."
    reading = Reading(document=document(text), places=(place(text, name, kind="facility"),))
    assert disclose(reading) == reading


def test_a_camp_without_a_name_has_nothing_to_hide_in_the_text() -> None:
    text = "They fled to the camp."
    assert mask_text(Reading(document=document(text), places=(place(text, "camp"),))) == text


def test_camps_can_be_lifted_but_private_persons_cannot() -> None:
    text = "Huda fled to Marj camp."
    reading = Reading(
        document=document(text), places=(place(text, "Marj camp"),), private=(at(text, "Huda"),)
    )
    shown = disclose(reading, lift_camps=True)
    assert shown.document.text == mask_text(reading, lift_camps=True) == "████ fled to Marj camp."
    assert shown.places == reading.places


HIT = (
    "A shell struck the crowded al-Marj hospital and a bridge in Hentzau. Al-Marj had 40 beds. "
    "The Ruritanian clinic was empty."
)


def hit(*targets: str) -> Reading:
    text = HIT
    ruritanian = place(text, "Ruritanian", local="p2", kind="country", where_prec=6)
    return Reading(
        document=document(text),
        incidents=(
            Incident(
                id="i1",
                claims=(),
                spans=(at(text, "struck"),),
                type="ASSAULT",
                reader=READER,
                targets=tuple(Thing(text=words, spans=(at(text, words),)) for words in targets),
                places=("p1",),
                where_prec=1,
            ),
        ),
        places=(place(text, "Hentzau", kind="town", where_prec=1), ruritanian),
    )


def test_a_hospital_that_was_hit_keeps_its_type_word_and_loses_its_name() -> None:
    shown = disclose(hit("crowded al-Marj hospital", "bridge"))
    assert [thing.text for thing in shown.incidents[0].targets] == ["crowded ███████ hospital", "bridge"]
    assert "███████ had 40 beds" in shown.document.text
    assert disclose(shown) == shown


def test_where_a_shelter_was_hit_is_no_finer_than_the_district() -> None:
    assert disclose(hit("hospital")).incidents[0].where_prec == 3
    assert disclose(hit("bridge")).incidents[0].where_prec == 1


def test_a_shelter_without_a_name_or_with_its_states_hides_no_word() -> None:
    assert disclose(hit("hospital")).document.text == HIT
    assert disclose(hit("Ruritanian clinic")).document.text == HIT


def test_what_was_hit_can_be_lifted_with_the_camps() -> None:
    reading = hit("crowded al-Marj hospital")
    assert disclose(reading, lift_camps=True) == reading


# For any text


WORD = st.text(alphabet=st.sampled_from("abçdé中مرصدXYZ😀\u0301"), min_size=1, max_size=8)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    words = draw(st.lists(WORD, min_size=1, max_size=30))
    gaps = draw(
        st.lists(st.sampled_from([" ", ", ", "\n\n", "’s ", "-"]), min_size=len(words), max_size=len(words))
    )
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)).map(
        lambda at: (at[0], min(sum(at), len(text)))
    )
    spans = st.lists(span, max_size=4).map(tuple)
    held = draw(st.lists(span, min_size=1, max_size=5))
    who = tuple(
        Party(text=text[begin:end], spans=((begin, end),), actor=None, kind="private") for begin, end in held
    )
    return Reading(
        document=document(
            text, title=draw(st.sampled_from([None, *words])), url=f"https://x.example/{words[0]}"
        ),
        claims=tuple(
            Claim(
                id=f"c{n}",
                spans=(s,),
                text=text[s[0] : s[1]],
                kind="narrated",
                reader=READER,
                source=who[0],
                chain=who,
            )
            for n, s in enumerate(held, 1)
        ),
        places=tuple(
            Place(
                id=f"p{n}",
                spans=(s,),
                text=text[s[0] : s[1]],
                name=text[s[0] : s[1]],
                reader=READER,
                kind=draw(st.sampled_from(["camp", "village", "facility"])),
                where_prec=1,
                latitude=1.0,
                longitude=1.0,
            )
            for n, s in enumerate(draw(spans), 1)
        ),
        actors=(Actor(id="a1", name=words[-1], kind="other", mentions=(), reader=READER, role=words[0]),),
        private=draw(spans),
    )


@given(readings())
def test_what_is_masked_is_shown_nowhere(reading: Reading) -> None:
    shown = disclose(reading)
    text = reading.document.text
    hidden = {word for b, e in reading.private for word in re.findall(r"[^\W_]{3,64}", text[b:e])}
    out = msgspec.to_builtins(shown)
    for string in strings({key: value for key, value in out.items() if key != "schema"}):
        for word in re.findall(r"[^\W_]+", string):
            assert word not in hidden or word in shown.document.text


@given(readings())
def test_the_text_keeps_its_length_and_every_quote_is_of_the_masked_text(reading: Reading) -> None:
    shown = disclose(reading)
    text = shown.document.text
    assert text == mask_text(reading)
    assert len(text) == len(reading.document.text)
    for begin, end in reading.private:
        assert all(char == MARK or char.isspace() for char in text[begin:end])
    for record in (*shown.claims, *shown.places, *(party for claim in shown.claims for party in claim.chain)):
        assert record.text == text_of(text, record.spans)


@given(readings())
def test_doing_it_twice_changes_nothing_more(reading: Reading) -> None:
    once = disclose(reading)
    assert disclose(once) == once
    assert decode(encode(once)) == once


@given(st.text(max_size=50), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_marks_stand_one_for_each_code_point(text: str, spans: list[Span]) -> None:
    masked = mask(text, spans)
    assert len(masked) == len(text)
    for offset, (shown, whole) in enumerate(zip(masked, text, strict=True)):
        is_hidden = any(begin <= offset < end for begin, end in spans) and not whole.isspace()
        assert shown == (MARK if is_hidden else whole)
