"""Claims are counted by whose word they are, however many outlets carry them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from marsad.disclosure import disclose
from marsad.documents import freeze
from marsad.linkage.copies import clusters, is_copy, shingles
from marsad.linkage.origins import Group, Origin, independent, origin, origins, standing_for, voice
from marsad.reading.pipeline import read
from marsad.records.original import Frozen, Original
from marsad.records.reading import Actor, Claim, Document, Party, Reading
from tests.linkage.articles import OUTLETS, edited

TEXT = "Ruqaya Salem, the United Nations, Reuters and a western diplomat spoke to the Coast Herald of rain."


def document(**known: Any) -> Document:
    given = {"id": "d1", "text": TEXT, "raw_sha256": "", "text_sha256": "", "extractor": "plain@1", **known}
    return Document(**given)


def party(text: str, kind: str = "organisation", actor: str | None = None) -> Party:
    at = TEXT.find(text)
    spans = ((at, at + len(text)),) if at >= 0 else ((0, 1),)
    return Party(text=text, spans=spans, actor=actor, kind=kind)  # type: ignore[arg-type]


def narrator(name: str, kind: str = "organisation") -> Party:
    return Party(text=name, spans=(), actor=None, kind=kind)  # type: ignore[arg-type]


def claim(*chain: Party, **known: Any) -> Claim:
    spoken = any(each.spans for each in chain)
    given = {"kind": "attributed" if spoken else "narrated", "chain": chain, **known}
    return Claim(id="c1", spans=((0, 5),), text=TEXT[:5], reader="test@1", **given)


def actor(number: str, name: str, parent: str | None = None, **known: Any) -> Actor:
    given = {"kind": "international_org", **known}
    return Actor(id=number, name=name, parent=parent, mentions=((0, 1),), reader="test@1", **given)


def whose(spoken: Claim, *actors: Actor, **known: Any) -> Origin:
    return origin(spoken, Reading(document=document(**known), actors=actors))


def said_by(
    text: str, kind: str = "organisation", number: str | None = None, *actors: Actor, **known: Any
) -> Origin:
    return whose(claim(party(text, kind, number)), *actors, **known)


def frozen(text: str, publisher: str) -> Document:
    (found,) = freeze(Original(text.encode(), f"{publisher}.txt"))
    assert isinstance(found, Frozen)
    return replace(found.document, id=f"of {publisher}", publisher=publisher)


def all_origins(readings: Iterable[Reading]) -> list[tuple[Origin, str]]:
    return [(found, reading.document.id) for reading in readings for found in origins(reading)]


# A document's own voice


def test_what_nobody_else_says_is_the_publishers_word() -> None:
    found = whose(claim(narrator("Coast Herald")), publisher="Coast Herald")
    assert found == Origin("named:coast herald", "Coast Herald", "publisher", own=True)


@pytest.mark.parametrize("genre", ["opinion", "letter", "testimony"])
def test_in_a_personal_genre_it_is_the_authors(genre: str) -> None:
    known = {"publisher": "Coast Herald", "author": "Mira Holt", "genre": genre}
    found = whose(claim(narrator("Coast Herald"), narrator("Mira Holt", "person")), **known)
    assert found == voice(document(**known)) == Origin("named:mira holt", "Mira Holt", "named", own=True)


def test_a_reporter_is_not_the_origin_of_a_report() -> None:
    assert (
        voice(document(publisher="Coast Herald", author="Mira Holt", genre="report")).name == "Coast Herald"
    )


def test_without_publisher_a_document_speaks_for_itself_alone() -> None:
    assert whose(claim()) == Origin("document:d1", "d1", "document", own=True)
    assert whose(claim(), title="Rain").name == "Rain"


def test_an_outlet_that_cites_itself_is_its_own_voice() -> None:
    found = said_by("the Coast Herald", publisher="Coast Herald")
    assert found == voice(document(publisher="Coast Herald"))


def test_an_outlet_that_cites_itself_by_its_other_name_is_too() -> None:
    herald = actor("a1", "Coast Herald", aliases=("CH",), kind="media")
    found = said_by("Coast Herald", "organisation", "a1", herald, publisher="CH")
    assert found == voice(document(publisher="CH"))


def test_a_publisher_has_the_key_of_whoever_cites_it() -> None:
    cited = said_by("the Réuters", publisher="Coast Herald")
    assert cited.key == voice(document(publisher="Reuters")).key == "named:reuters"
    assert not cited.own


# Named parties


def test_the_organs_of_an_institution_are_one() -> None:
    un = actor("a1", "United Nations")
    council = actor("a2", "UN Security Council", "a1")
    panel = actor("a3", "Panel of Experts", "a2")
    keys = {said_by("They", "organisation", each.id, un, council, panel).key for each in (un, council, panel)}
    assert keys == {"named:united nations"}


def test_parents_in_a_circle_end_at_one_of_them() -> None:
    circle = actor("a1", "Right", "a2"), actor("a2", "Left", "a1"), actor("a3", "Under", "a2")
    assert {said_by("They", "organisation", each, *circle).key for each in ("a1", "a2", "a3")} == {
        "named:right"
    }


@pytest.mark.parametrize(
    "name",
    ["The United Nations", "UNITED NATIONS", "United-Nations", "united  nations", "Ünited Nations."],
)
def test_spellings_of_a_name_have_one_key(name: str) -> None:
    assert said_by("they", "organisation", "a1", actor("a1", name)).key == "named:united nations"


def test_stops_and_apostrophes_stand_inside_a_word() -> None:
    assert said_by("the U.N. Hay’at").key == said_by("UN Hay'at").key == "named:un hayat"


def test_an_exact_name_is_the_actor_though_the_reader_did_not_say_so() -> None:
    un, icrc = actor("a1", "United Nations", aliases=("UN",)), actor("a2", "Red Cross", "a1")
    assert said_by("the UN", "unnamed", None, un).key == "named:united nations"
    assert said_by("The Red Cross", "group", None, un, icrc).key == "named:united nations"


def test_who_is_not_the_WHO() -> None:  # noqa: N802
    health = actor("a1", "World Health Organization", aliases=("WHO",))
    assert said_by("who", "unnamed", None, health).key == "unnamed:"
    assert said_by("WHO", "unnamed", None, health).key == "named:world health organization"


def test_an_organisation_is_named_by_a_proper_name_alone() -> None:
    assert said_by("the Centre for River Studies").kind == "named"
    assert said_by("US-backed fighters").kind == "unnamed"
    assert said_by("the defence ministry").kind == "unnamed"
    assert said_by("Another Ruritanian Senator").kind == "unnamed"


def test_a_single_word_that_begins_a_sentence_may_be_no_name() -> None:
    at = TEXT.index("Ruqaya")
    first = Party(text="Ruqaya", spans=((at, at + 6),), actor=None, kind="organisation")
    assert whose(claim(first)).kind == "unnamed"
    assert said_by("Reuters").kind == "named"


def test_a_report_is_told_by_its_name_or_is_any_report() -> None:
    assert said_by("A UN report", "document")[:3] == ("named:un report", "A UN report", "document")
    assert said_by("the report", "document").key == said_by("Report", "document").key == "unnamed:report"


# Unnamed and private parties


def test_unnamed_sources_are_one_a_description() -> None:
    keys = {said_by(text, "unnamed").key for text in ("a western diplomat", "The Western diplomat")}
    assert keys == {"unnamed:western diplomat"}
    assert said_by("some western diplomats", "group").key == "unnamed:western diplomats"


@pytest.mark.parametrize("text", ["he", "They", "I", "…"])
def test_a_word_that_describes_nobody_is_nobody(text: str) -> None:
    assert said_by(text, "unnamed").key == "unnamed:"


def test_what_is_reported_of_nobody_is_no_outlets_own_word() -> None:
    hidden = claim(narrator("Coast Herald"), hidden_source=True)
    assert whose(hidden, publisher="Coast Herald").key == "unnamed:"
    quoted = claim(narrator("Coast Herald"), kind="attributed")
    assert whose(quoted, publisher="Coast Herald").key == "unnamed:"


def test_a_hidden_source_behind_a_named_one_is_the_named_ones_word() -> None:
    assert (
        whose(claim(narrator("X"), party("Reuters"), hidden_source=True), publisher="X").key
        == "named:reuters"
    )


def test_a_peoples_voice_is_nobodys_in_particular() -> None:
    assert said_by("Kurds", "group", "a1", actor("a1", "Kurds", kind="population")).kind == "unnamed"


def test_the_last_hand_counts_and_the_source_where_there_is_no_chain() -> None:
    handed = claim(narrator("Coast Herald"), party("Reuters"), party("the United Nations"))
    assert whose(handed, publisher="Coast Herald").key == "named:united nations"
    assert (
        whose(claim(narrator("Coast Herald"), source=party("Reuters")), publisher="Coast Herald").key
        == "named:reuters"
    )


def test_private_persons_are_one_and_nameless() -> None:
    found = {said_by(text, "private") for text in ("Ruqaya Salem", "she", "a shepherd")}
    assert len(found) == 1
    assert found.pop()[:2] == ("private", "a private person")


def test_what_is_private_in_a_description_is_masked() -> None:
    text = "a cousin of Ruqaya Salem"
    spoken = claim(Party(text=text, spans=((0, 24),), actor=None, kind="unnamed"))
    found = origin(spoken, Reading(document=document(text=text), private=((12, 24),)))
    assert found == Origin("unnamed:cousin of", "a cousin of ██████ █████", "unnamed")


def test_what_is_masked_stays_unnamed() -> None:
    assert said_by("██████ █████", "person").key == "private"
    assert said_by("██████ Hospital").kind == said_by("the ███ Report", "document").kind == "unnamed"
    assert said_by("it", "organisation", "a1", actor("a1", "██████ Hospital")).kind == "unnamed"


def test_a_disclosed_reading_has_the_same_origins() -> None:
    text = (
        "Dalia Haddad, 34, a resident of Tel Sindi, said that the well was dry. "
        "A brother of Dalia Haddad said that the mill had closed. Reuters reported that rain fell."
    )
    reading = read(frozen(text, "Coast Herald"))
    shown = disclose(reading)
    assert shown != reading
    assert origins(shown) == origins(reading)
    assert "dalia" not in str(origins(reading)).casefold()


# Counting


NAMED = Origin("named:united nations", "United Nations", "named")
UNNAMED = Origin("unnamed:western diplomat", "a western diplomat", "unnamed")


def test_ten_edited_copies_are_one_origin() -> None:
    readings = [read(frozen(edited(number), outlet)) for number, outlet in enumerate(OUTLETS)]
    texts = {reading.document.id: shingles(reading.document.text) for reading in readings}
    pairs = [(a, b) for a, b in combinations(texts, 2) if is_copy(texts[a], texts[b])]
    assert set(clusters(texts, pairs).values()) == {min(texts)}

    own = [(found, of) for found, of in all_origins(readings) if found.own]
    assert len(independent(own, {}, {})) == 10
    earliest = voice(readings[0].document)
    (group,) = independent(own, dict.fromkeys(texts, earliest), {})
    assert group == Group(earliest.key, "Northern Wire", "publisher", len(own), tuple(sorted(texts)))


CITING = {
    "Northern Wire": "A report by the UN's panel of experts says that the group still has about 1,500 fighters.",
    "Coast Herald": "The group still has about 1,500 fighters in the desert, according to a UN report.",
    "Valley Post": "The United Nations said in a report that the group still commands about 1,500 fighters.",
    "City Ledger": "According to the latest report by the UN's monitoring team, the group has 1,500 fighters.",
    "River Times": "A new U.N. report estimates that the group has about 1,500 fighters in the desert.",
}


def test_five_reports_of_one_report_are_one_origin() -> None:
    readings = [read(frozen(text, outlet)) for outlet, text in CITING.items()]
    cited = [pair for pair in all_origins(readings) if not pair[0].own]
    (group,) = independent(cited, {}, {})
    assert (group.key, group.kind, len(group.documents)) == ("named:united nations", "named", 5)


def test_two_reports_of_one_outlet_with_different_origins_are_two() -> None:
    readings = [
        replace(read(frozen(text, "Coast Herald")), document=document(id=str(number)))
        for number, text in enumerate(
            [
                "The United Nations said that 1,500 fighters remain.",
                "Reuters reported that 1,500 fighters remain.",
            ]
        )
    ]
    assert [group.key for group in independent(all_origins(readings), {}, {})] == [
        "named:reuters", "named:united nations",
    ]  # fmt: skip


def test_a_copy_gives_up_its_own_voice_and_no_other() -> None:
    own = Origin("named:coast herald", "Coast Herald", "publisher", own=True)
    wire = Origin("named:northern wire", "Northern Wire", "publisher", own=True)
    groups = independent([(own, "d1"), (NAMED, "d1"), (own, "d2")], {"d1": wire}, {})
    assert [(group.key, group.documents) for group in groups] == [
        ("named:coast herald", ("d2",)), ("named:northern wire", ("d1",)), ("named:united nations", ("d1",)),
    ]  # fmt: skip


def test_merges_join_and_their_undoing_parts() -> None:
    pairs = [(NAMED, "d1"), (Origin("named:un", "UN", "named"), "d2"), (NAMED, "d3")]
    merged = {"named:un": "named:united nations"}
    assert independent(pairs, {}, merged) == (
        Group("named:united nations", "United Nations", "named", 3, ("d1", "d2", "d3")),
    )
    assert len(independent(pairs, {}, {})) == 2


def test_a_merge_with_a_named_origin_names_and_with_an_unnamed_does_not() -> None:
    (group,) = independent([(UNNAMED, "d1")], {}, {UNNAMED.key: "named:mira holt"})
    assert (group.kind, group.name) == ("named", "a western diplomat")
    (group,) = independent([(NAMED, "d1")], {}, {NAMED.key: UNNAMED.key})
    assert group.kind == "unnamed"


def test_merges_in_a_circle_have_one_end() -> None:
    circle = {"a": "c", "c": "b", "b": "a", "d": "c"}
    assert {standing_for(key, circle) for key in "abcd"} == {"a"}


KEYS = ("named:a", "named:b", "unnamed:c", "private", "document:d")
ORIGINS = st.builds(
    Origin,
    st.sampled_from(KEYS),
    st.sampled_from(["One", "Two", "Three"]),
    st.sampled_from(["named", "publisher"]),
    st.booleans(),
)
PAIRS = st.lists(st.tuples(ORIGINS, st.sampled_from(["d1", "d2", "d3"])), max_size=15)


@given(
    PAIRS,
    st.dictionaries(st.sampled_from(["d1", "d2"]), ORIGINS),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.randoms(),
)
def test_counting_does_not_depend_on_the_order(
    pairs: list[tuple[Origin, str]], voices: dict[str, Origin], merged: dict[str, str], dice: random.Random
) -> None:
    groups = independent(pairs, voices, merged)
    assert independent(dice.sample(pairs, len(pairs)), voices, merged) == groups
    assert sum(group.claims for group in groups) == len(pairs)
    assert len({group.key for group in groups}) == len(groups)
    assert {of for group in groups for of in group.documents} == {of for _, of in pairs}
