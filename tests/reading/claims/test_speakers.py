import pytest

from marsad.reading.claims.speakers import is_female, is_many, kind_of, spoken_core
from marsad.reading.text import segment


def core_of(words):
    return spoken_core(segment(words).tokens)


@pytest.mark.parametrize(
    ("source", "core"),
    [
        ("one of the families that fled", "the families"),
        ("some of the most senior officials in Sarmin", "the most senior officials"),
        ("friends she had at the time", "friends"),
        ("the three states – Ruritania and two others –", "the three states"),
        ("a group of fighters", "fighters"),
        ("the head of the mission", "the head"),
        ("one of", "one"),
        ("that", "that"),
    ],
)
def test_the_core_of_a_source_is_who_speaks(source, core):
    assert " ".join(t.text for t in core_of(source)) == core


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("analysts", "unnamed"),
        ("militants", "unnamed"),
        ("the monitor", "organisation"),
        ("the troops", "organisation"),
        ("people", "group"),
        ("most people", "group"),
        ("displaced people", "private"),
        ("several people", "private"),
        ("the doctor", "private"),
        ("a recording", "document"),
        ("the weather", None),
    ],
)
def test_the_kind_that_a_noun_tells(source, kind):
    assert kind_of(core_of(source)) == kind


def test_number_and_sex_by_the_noun():
    assert is_many(core_of("the officials"))
    assert is_many(core_of("her family"))
    assert not is_many(core_of("the crisis"))
    assert [is_female(core_of(w)) for w in ("his wife", "the gunman", "the mayor")] == [True, False, None]
