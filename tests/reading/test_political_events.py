"""Political happenings: their types, and who does what to whom, over sentences made up for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import MarsadError
from marsad.reading.clauses.names import acting
from marsad.reading.clauses.participants import Cast
from marsad.reading.incidents import arguments, kinds, triggers
from marsad.reading.text import segment
from marsad.records.reading import Actor

ACTORS = {"Red Front": "armed_group", "Zenda": "state"}


def actors_in(text: str) -> tuple[Actor, ...]:
    return tuple(
        Actor(id=f"a{n}", name=name, kind=kind, mentions=((at, at + len(name)),), reader="test@1")  # type: ignore[arg-type]
        for n, (name, kind) in enumerate(ACTORS.items())
        if (at := text.find(name)) >= 0
    )


def read(text: str, private: tuple[tuple[int, int], ...] = ()) -> list[tuple[str, list[str], list[str]]]:
    """Type, source and target of each happening of one sentence."""
    cut = segment(text)
    row = Cast(cut, actors_in(text), private=private).row(cut.sentences[0])
    found = []
    for trigger in triggers.find(row):
        sides = arguments.of(row, trigger)
        found.append(
            (
                trigger.kind.type,
                [text[party.begin : party.end] for party in sides.agents],
                [text[party.begin : party.end] for party in sides.targets],
            )
        )
    return found


@pytest.mark.parametrize(
    ("text", "event", "source", "target"),
    [
        ("Norway agreed to send engineers to Peru.", "AGREE", "Norway", "Peru"),
        ("Norway said it was ready to lend money to Peru.", "AGREE", "Norway", "Peru"),
        ("Norway held talks with Peru on Monday.", "CONSULT", "Norway", "Peru"),
        ("Norway and Peru met in secret.", "CONSULT", "Norway", "Peru"),
        ("The foreign ministers of Norway and Peru met.", "CONSULT", "Norway", "Peru"),
        ("Norway praised Peru for its restraint.", "SUPPORT", "Norway", "Peru"),
        ("Norway signed a treaty of friendship with Peru.", "SUPPORT", "Norway", "Peru"),
        ("Norway eased restrictions on the opposition.", "CONCEDE", "Norway", "opposition"),
        ("Norway shared intelligence with Peru.", "COOPERATE", "Norway", "Peru"),
        ("Norway granted asylum to three editors from Peru.", "AID", "Norway", "editors"),
        ("Norway received a loan from Peru.", "AID", "Peru", "Norway"),
        ("Norway lifted sanctions on Peru.", "RETREAT", "Norway", "Peru"),
        ("Norway called on Peru to leave Chile alone.", "REQUEST", "Norway", "Peru"),
        ("Peru was urged by Norway to vote again.", "REQUEST", "Norway", "Peru"),
        ("Norway condemned the killing of monks by Peru.", "ACCUSE", "Norway", "Peru"),
        ("Norway opened an investigation into a banker from Peru.", "ACCUSE", "Norway", "Peru"),
        ("Norway rejected Peru's offer of help.", "REJECT", "Norway", "Peru"),
        ("A proposal by Norway was rejected by Peru.", "REJECT", "Peru", "Norway"),
        ("Norway threatened Peru with a boycott.", "THREATEN", "Norway", "Peru"),
        ("Norway broke off relations with Peru.", "SANCTION", "Norway", "Peru"),
        ("Sanctions were imposed on Peru by Norway.", "SANCTION", "Norway", "Peru"),
        ("Norway recalled its ambassador from Peru.", "SANCTION", "Norway", "Peru"),
    ],
)
def test_type_and_direction(text: str, event: str, source: str, target: str) -> None:
    assert (event, [source], [target]) in read(text)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Elphberg condemned Hentzau on Monday.", "Elphberg", "Hentzau"),
        ("On Monday the Elphbergian parliament condemned Hentzau.", "Elphbergian parliament", "Hentzau"),
        ("Elphberg, which borders Zenda, condemned the Hentzau junta.", "Elphberg", "Hentzau junta"),
        ("Elphberg on Thursday condemned Hentzau, a senior Zenda official said.", "Elphberg", "Hentzau"),
        ("President Flavia of Elphberg condemned Hentzau.", "President Flavia", "Hentzau"),
    ],
)
def test_names_that_no_gazetteer_knows_are_sides(text: str, source: str, target: str) -> None:
    (event, sources, targets), *_ = read(text)
    assert event == "ACCUSE"
    assert (sources, targets) == ([source], [target])


def test_each_of_a_list_is_on_its_side() -> None:
    text = "Elphberg, Zenda and Tarlenheim condemned Hentzau and Strelsau."
    ((_, sources, targets),) = read(text)
    assert sources == ["Elphberg", "Zenda", "Tarlenheim"]
    assert targets == ["Hentzau", "Strelsau"]


def test_countries_fight_though_they_are_no_actors_mention() -> None:
    assert ("ASSAULT", ["Norway"], ["Peru"]) in read("Norway attacked Peru.")
    assert ("ASSAULT", ["US", "French", "British"], []) in read(
        "Joint US, French and British airstrikes began."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Norway will build a dam.",
        "Norway said that prices rose in Peru.",
        "A plan proposed by Norway may help Peru.",
        "Talks are slow.",
    ],
)
def test_what_is_no_act_between_two(text: str) -> None:
    assert not [one for one in read(text) if one[1] and one[2]]


def test_nobody_private_is_a_side_by_name() -> None:
    text = "Norway praised Antonia Mauban."
    span = (text.index("Antonia"), text.index("."))
    assert read(text)[0][2] == ["Antonia Mauban"]
    assert read(text, private=(span,))[0][2] == []


def test_one_phrase_is_one_happening() -> None:
    assert [event for event, _, _ in read("Norway signed a peace accord with Peru.")] == ["SUPPORT"]
    assert [event for event, _, _ in read("Norway agreed to meet Peru.")] == ["AGREE"]


def test_all_types_of_plover_have_words_and_known_modes() -> None:
    assert len(kinds.types()) == 16
    assert {kind.type for kind in kinds.kinds()} == set(kinds.types())
    for kind in kinds.kinds():
        assert kind.mode is None or kind.mode in kinds.types()[kind.type].modes, kind.name


def test_a_kind_of_an_unknown_type_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = kinds.Kinds(kinds=(kinds.Kind(name="sigh", type="SIGH", object="none"),))
    known = kinds.types()
    monkeypatch.setattr(kinds, "load", lambda name, shape: strange)
    monkeypatch.setattr(kinds, "types", lambda: known)
    with pytest.raises(MarsadError, match=r"'sigh' is of type 'SIGH'.*plover\.toml"):
        kinds.kinds.__wrapped__()


WORDS = (
    "Norway",
    "condemned",
    "the",
    "talks",
    "with",
    ",",
    "and",
    "Peru's",
    "Elphberg",
    "to",
    "sign",
    "ties",
)


@given(st.lists(st.sampled_from(WORDS)))
def test_any_row_is_read_and_nobody_is_on_both_sides(words: list[str]) -> None:
    text = " ".join([*words, "."])
    cut = segment(text)
    for sentence in cut.sentences:
        row = Cast(cut, ()).row(sentence)
        assert len(acting(row)) == len(row)
        for trigger in triggers.find(row):
            sides = arguments.of(row, trigger)
            assert not set(sides.agents) & set(sides.targets)
