from __future__ import annotations

import hashlib

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from marsad.ledger.reviewing.anchors import Ambiguous, Orphaned, anchor, places, selector
from marsad.records.review import Quote, Selector
from marsad.records.spans import Spans, text_of

SPACES = st.sampled_from([" ", "\n", "  ", "\t\n ", "\u2003", "\n\n"])
WORDS = st.lists(
    st.sampled_from(["grain", "river", "the", "Oda", "camp", "300", "men,", "left."]), min_size=1
)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def moved(old: str, spans: Spans, new: str) -> Spans | Ambiguous | Orphaned:
    return anchor(selector(old, sha(old), spans), new, sha(new))


def on(text: str, *words: str) -> Spans:
    """The first place of each of `words`."""
    return tuple((text.index(each), text.index(each) + len(each)) for each in words)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, Spans]:
    """A text with one to three spans in order, none of white space alone."""
    text = draw(st.text(alphabet=st.sampled_from("ab \n.é"), min_size=2, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = tuple((a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip())
    return text, spans


@st.composite
def rewrapped(draw: st.DrawFn, words: list[str]) -> str:
    return "".join(word + draw(SPACES) for word in words)


@for_any(quoted())
def test_in_its_own_text_a_selector_stands_where_it_was_made(case: tuple[str, Spans]) -> None:
    text, spans = case
    assert moved(text, spans, text) == spans


@for_any(quoted(), st.text(alphabet=st.sampled_from("ab \n.é"), max_size=80))
def test_what_is_found_elsewhere_always_quotes_the_same_words(case: tuple[str, Spans], other: str) -> None:
    text, spans = case
    for new in (other, other + text, text[::-1], text.replace("a", "b")):
        found = moved(text, spans, new)
        if isinstance(found, tuple):
            words = [text[begin:end].split() for begin, end in spans]
            assert [new[begin:end].split() for begin, end in found] == words


@for_any(WORDS, WORDS, WORDS, WORDS, st.data())
def test_other_words_further_away_and_other_line_breaks_change_nothing(
    far: list[str], before: list[str], after: list[str], added: list[str], data: st.DataObject
) -> None:
    near = ["one", "two", "three", "four", "five", "six", "seven"]
    old = " ".join([*far, *before, *near, "twelve tents", *near, *after])
    new = data.draw(rewrapped([*added, *far, *before, *near, "twelve", "tents", *near, *after, *added]))
    found = moved(old, on(old, "twelve tents"), new)
    assert isinstance(found, tuple)
    assert text_of(new, found).split() == ["twelve", "tents"]


def test_the_words_around_decide_between_several_places() -> None:
    old = "In March 300 men left the valley. In June 300 men came back."
    new = f"Page 4\n{old.replace(' ', chr(10))}"
    second = (old.rindex("300"), old.rindex("300") + 3)
    assert moved(old, (second,), new) == ((new.rindex("300"), new.rindex("300") + 3),)


def test_one_changed_word_beside_it_does_not_hide_a_quote() -> None:
    old = "He said that 40 tents burnt down. Later he said that 40 sheep were lost."
    new = "He said that 40 shelters burnt down. Later he said that 40 sheep were lost."
    assert moved(old, on(old, "40"), new) == on(new, "40")


def test_places_that_fit_equally_well_are_ambiguous() -> None:
    found = moved("The camp was full.", ((4, 8),), "A\nThe camp was full.\nA\nThe camp was full.\nA")
    assert isinstance(found, Ambiguous)
    assert "'camp'" in found.reason
    assert "\n" not in found.reason


@pytest.mark.parametrize("new", ["Nothing of the kind.", "", "   ", "The encampment was full."])
def test_words_that_are_not_there_are_orphaned(new: str) -> None:
    assert isinstance(moved("The camp was full.", ((4, 8),), new), Orphaned)


def test_a_word_is_not_found_within_a_longer_one() -> None:
    old, new = "Oda spoke.", "Odaland is far. Then Oda, at last, spoke."
    assert moved(old, ((0, 3),), new) == ((new.index("Oda,"), new.index("Oda,") + 3),)


def test_pieces_keep_their_order() -> None:
    old = "The group, he said, has 300 men."
    spans = on(old, "The group", "has 300 men")
    new = "Report.\n\nThe  group, he\nsaid, has 300\nmen."
    found = moved(old, spans, new)
    assert isinstance(found, tuple)
    assert [new[a:b].split() for a, b in found] == [["The", "group"], ["has", "300", "men"]]
    assert isinstance(moved(old, spans, "So it has 300 men. The group left."), Ambiguous)


def test_one_lost_piece_orphans_the_whole() -> None:
    old = "The group, he said, has 300 men."
    assert isinstance(moved(old, on(old, "The group", "has 300 men"), "The group has gone."), Orphaned)


def test_white_space_alone_quotes_nothing() -> None:
    assert isinstance(moved("a  b", ((1, 3),), "a  c"), Orphaned)


def test_a_selector_that_does_not_fit_its_own_text_is_orphaned() -> None:
    quote = Quote(exact="x", prefix="", suffix="")
    broken = Selector(text_sha256=sha("abc"), spans=((2, 9),), quotes=(quote,))
    assert isinstance(anchor(broken, "abc", sha("abc")), Orphaned)
    unquoted = Selector(text_sha256=sha("abc"), spans=((0, 1),), quotes=())
    assert isinstance(anchor(unquoted, "xyz", sha("xyz")), Orphaned)


@pytest.mark.parametrize("length", [1, 7, 50_000])
def test_a_text_of_one_word_is_ambiguous_and_no_burden(length: int) -> None:
    old = "la " * 100_000
    new = f"so {old}"
    assert isinstance(moved(old, ((300, 300 + 3 * length - 1),), new), Ambiguous)


def test_places_are_whole_words_whatever_the_white_space() -> None:
    text = "Abu Zed met Abu\nZed; Abu Zedan did not."
    assert places(text, "Abu  Zed") == ((0, 7), (12, 19))
    assert places(text, " ") == ()
    assert len(places("la " * 5_000, "la")) == 5_000
