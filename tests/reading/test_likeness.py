import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.models import Attribution, Entity, Tagged
from marsad.reading import likeness, pipeline
from marsad.reading.likeness import Likeness
from tests.reading.making import document


class Echo:
    """A reader that says what it was given, and tags its third word."""

    version = "echo"

    def __init__(self):
        self.seen = []

    def read(self, text):
        self.seen.append(text)
        begin = text.index(" said")
        return Tagged(
            (Attribution(((0, begin),), ((begin + 1, begin + 5),), ((begin + 6, len(text)),), 0.9),),
            (Entity((0, begin), "Person", 0.9),),
        )


def seen(text):
    return pipeline.seen(document(text)).text


GROUPS = ["ISIS", "Hamas", "al-Qaeda", "Hayat Tahrir al-Sham", "Syrian Democratic Forces", "YPG"]


@pytest.mark.parametrize("name", GROUPS[1:])
def test_the_reader_sees_the_same_text_whichever_group_is_named(name):
    text = "Officials said the {} fighters had left. The mayor said {} had burnt the mill."
    assert seen(text.format(name, name)) == seen(text.format(GROUPS[0], GROUPS[0]))


def test_the_reader_sees_the_same_text_whoever_speaks():
    text = "The minister, {}, said the mill had burnt. “We saw it,” {} said."
    assert seen(text.format("Eva Ruiz", "Ruiz")) == seen(text.format("Karim Haddad", "Haddad"))


@pytest.mark.parametrize(
    ("country", "people", "peoples"),
    [("Kenya", "Kenyan", "Kenyans"), ("Russia", "Russian", "Russians"), ("Iran", "Iranian", "Iranians")],
)
def test_the_reader_sees_the_same_text_whichever_country_speaks(country, people, peoples):
    text = "{} said that {} officials would help all {} in Norway."
    assert seen(text.format(country, people, peoples)) == seen(text.format("Italy", "Italian", "Italians"))


def test_two_who_differ_still_differ():
    alike = seen("The minister, Eva Ruiz, met the governor, Ivan Petrov. Ruiz said that Petrov had left.")
    ruiz, petrov = alike.rsplit(". ", 1)[1].split(" said that ")
    assert ruiz != petrov.split()[0]
    assert ruiz in alike.split(". ")[0]


def test_what_is_found_is_laid_back_onto_the_names():
    text = "Hayat Tahrir al-Sham said the mill had burnt."
    alike = pipeline.seen(document(text))
    found = likeness.read(Echo(), alike)
    (one,) = found.attributions
    assert text[slice(*one.source[0])] == "Hayat Tahrir al-Sham"
    assert text[slice(*one.cue[0])] == "said"
    assert text[slice(*one.content[0])] == "the mill had burnt."
    assert text[slice(*found.entities[0].span)] == "Hayat Tahrir al-Sham"


names = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 6), st.text("xy", min_size=1, max_size=8)), max_size=6
)


@given(names, st.text("ab ", max_size=8))
def test_every_span_comes_back_at_least_as_wide(drawn, tail):
    placed, at = [], 0
    for gap, size, words in drawn:
        placed.append(((at + gap, at + gap + size), words))
        at += gap + size
    text = "." * at + tail
    alike = Likeness(text, placed)
    for begin in range(len(text)):
        for end in range(begin + 1, len(text) + 1):
            low, high = alike.back(alike.forth((begin, end)))
            assert low <= begin < end <= high
            if not any(b < end and begin < e for (b, e), _ in placed):
                assert (low, high) == (begin, end)
                assert alike.text[slice(*alike.forth((begin, end)))] == text[begin:end]
