"""What the pair model sees of two mentions: never their names, and only those that are near."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.relations.pairs import REACH, Candidate, Mention, candidates
from marsad.reading.text import segment

TYPES = {"Red Front": "Organisation", "Blue Brigade": "Organisation", "Zenda": "Location"}


def pairs(text: str, names: dict[str, str] | None = None) -> list[Candidate]:
    mentions = [
        Mention(match.span(), kind)
        for name, kind in (names or TYPES).items()
        for match in re.finditer(re.escape(name), text)
    ]
    return list(candidates(segment(text), sorted(mentions)))


def test_each_two_of_a_sentence_are_a_pair_in_both_orders() -> None:
    found = pairs("The Red Front fought the Blue Brigade in Zenda. The Red Front left.")
    assert [(one.source, one.target) for one in found] == [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)]


def test_order_and_what_stands_between_are_seen() -> None:
    there, back = pairs("The Red Front marched in Zenda.")
    assert {"all=marched in>", "tgov=in", "closes=in>"} <= set(there.pair.features)
    assert {"all=marched in<", "sgov=in", "closes=in<"} <= set(back.pair.features)


def test_what_governs_the_first_of_several_governs_all() -> None:
    names = {"Red Front": "Organisation", "Zenda": "Location", "Strelsau": "Location"}
    found = pairs("The Red Front is in Zenda and Strelsau.", names)
    assert "tgov=in" in next(one for one in found if (one.source, one.target) == (0, 2)).pair.features


def test_a_word_hints_at_its_relation_by_where_it_stands() -> None:
    hints = pairs("The Red Front fought the Blue Brigade.")[0].pair.hints
    assert ("fights", "between>verb") in hints
    assert all(kind != "supports" for kind, _ in hints)


def test_an_article_before_a_mention_is_of_no_account() -> None:
    first, second = (pairs(text)[0] for text in ("Red Front fought Zenda.", "Red Front fought the Zenda."))
    assert first.pair.features == second.pair.features


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True), min_size=2, max_size=2, unique=True))
def test_names_decide_nothing(names: list[str]) -> None:
    text = "In spring, {} fought near Anderland and the people of {} fled."
    kinds = ["Organisation", "Location"]
    found = pairs(text.format("Redland", "Bluton"), dict(zip(["Redland", "Bluton"], kinds, strict=True)))
    other = pairs(
        text.format(*(f"{name}x" for name in names)), {f"{n}x": k for n, k in zip(names, kinds, strict=True)}
    )
    assert [one.pair[3:] for one in found] == [one.pair[3:] for one in other]


def test_two_that_stand_far_apart_are_no_pair() -> None:
    assert pairs("The Red Front " + "very " * REACH + "quickly left Zenda.") == []


def test_what_is_only_looked_at_is_in_no_pair() -> None:
    text = "The Red Front fought the Blue Brigade in Zenda."
    mentions = [
        Mention((4, 13), "Organisation"),
        Mention((25, 37), "Organisation"),
        Mention((41, 46), "Location"),
    ]
    found = list(candidates(segment(text), mentions, frozenset({0, 2})))
    assert [(one.source, one.target) for one in found] == [(0, 2), (2, 0)]
    assert "others1" in found[0].pair.features
