"""Who stands behind a number: those who count, what goes on with it, and what a pronoun stands for."""

from __future__ import annotations

import pytest

from marsad.reading.claims import learned, quotations
from marsad.reading.pipeline import read
from marsad.reading.text import segment
from tests.reading.claims.tagging import begins, tagged
from tests.reading.making import document

pytestmark = pytest.mark.usefixtures("rules_alone")


def held(text):
    """The holder, origin and words of every attributed claim, by rules alone."""
    reading = read(document(text, publisher="RT"))
    return [
        (claim.source.text if claim.source else None, claim.chain[-1].text, claim.text)
        for claim in reading.claims
        if claim.kind == "attributed"
    ]


def found(text, *attributions):
    """The sources and contents with a trained reader that tagged these."""
    bare = learned.find(
        segment(text), tagged(text, *attributions), quotations.find(segment(text)), begins(text)
    )
    return [
        (text[one.source[0] : one.source[1]] if one.source else None, text[slice(*one.content[0])])
        for one in bare
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Valley Monitor counts 900 dead in the valley.",
            [("The Valley Monitor", "900 dead in the valley")],
        ),
        ("The panel documented the killing of 300 men.", [("The panel", "the killing of 300 men")]),
        ("The monitor counted on 12 allies.", []),
        ("The monitor never counted 900 dead.", []),
        ("The monitor counts its dead.", []),
    ],
)
def test_who_counts_says_so(text, expected):
    assert found(text) == expected
    assert [(source, words) for source, _, words in held(text)] == expected


def test_a_figure_right_after_what_somebody_said_goes_on_with_it():
    text = "The ministry said that 900 people had fled. The number has doubled in a week, to 1,800."
    first, second = held(text)
    assert (second[0], second[2]) == (first[0], "The number has doubled in a week, to 1,800")


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said that people had fled. The number has doubled in a week, to 1,800.",
        "About 900 people had fled. The number has doubled in a week, to 1,800.",
        "The ministry said that 900 people had fled. It rained. The number has doubled, to 1,800.",
        "The ministry said that 900 people had fled. The road has been shut for 12 days.",
        "It is believed that 900 people have fled. The number has doubled in a week, to 1,800.",
    ],
)
def test_nothing_else_goes_on(text):
    assert not any(words.startswith(("The number", "The road")) for _, _, words in held(text))


def test_speech_about_a_number_that_the_trained_reader_missed_has_its_speaker():
    text = "It rained. Officials said that 900 people had fled. Officials said that the road was shut."
    assert found(text) == [("Officials", "900 people had fled")]


def test_a_share_that_adds_to_its_price_says_nothing():
    assert found("One share rose 18 cents, another added 15 cents.") == []


def test_whoever_takes_people_in_says_nothing():
    text = "Ruritania has accepted a small number of 900 refugees."
    assert found(text, ("Ruritania", "accepted", "a small number of 900 refugees")) == []


def test_the_speaker_of_a_leading_clause_is_named_after_it():
    text = "Insisting that 900 fighters were stopped, the minister said the road was shut."
    tags = [
        (None, "Insisting", "that 900 fighters were stopped"),
        ("the minister", "said", "the road was shut"),
    ]
    assert [source for source, _ in found(text, *tags)] == ["the minister", "the minister"]


@pytest.mark.parametrize(
    ("text", "words", "origin"),
    [
        ("Ruritanian officials said the camp was full. They added that 900 people were there.",
         "They", "Ruritanian officials"),
        ("A report by the monitors came out. It said that 900 people had fled.", "It", "A report by the monitors"),
        ("Officials involved in the war who say 900 fighters remain are worried.", "Officials involved in the war", None),
    ],
)  # fmt: skip
def test_the_origin_behind_a_pronoun_is_told_by_its_first_words(text, words, origin):
    source, last, _ = held(text)[-1]
    if origin is not None:
        assert (source, last) == (words, origin)
    else:
        assert last.startswith("Officials")


def test_a_pronoun_for_a_named_actor_keeps_its_words():
    source, last, _ = held("Ana Ruiz, the minister, said it rained. She said that 900 people had fled.")[-1]
    assert (source, last) == ("She", "She")
