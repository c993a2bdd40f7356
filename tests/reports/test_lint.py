"""The lint refuses each thing that a report may not say, and lets through what it may."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.lint import Unfit, faults, require_fit, unmixed
from marsad.reports.model import (
    Block,
    Count,
    Evidence,
    Explanation,
    NoteParagraph,
    Notes,
    Paragraph,
    Picture,
    Report,
    Row,
    Run,
    Section,
    Sentence,
    Stated,
    Table,
)
from marsad.reports.phrases import Counted, Quote, phrases

PANEL = Evidence(
    id="c1",
    document="d1",
    title="Small talk in Odal",
    publisher="Harbour Post",
    published="2024-03-10",
    known="2024-03-10",
    url=None,
    holder="River Panel",
    origin="named:river panel",
    words="the group has 500 to 700 men in the Karoum valley",
    figures=(Stated("f1", frozenset({500, 700}), ("River Panel", "Karoum valley", "2024-02")),),
    dates=frozenset({"2024-03-10", "2024-02-01", "2024-02-29"}),
    names=("River Panel", "Harbour Post", "Red Sand Front", "Karoum valley"),
    shows=frozenset({"c1", "f1", "d1", "named:river panel"}),
)
OTHER = replace(PANEL, id="c2", words="nobody came", figures=(), shows=frozenset({"c2", "named:ilan voss"}))
WHOLE = "According to River Panel, 500 to 700 men in the Karoum valley; true of 2024-02."


def said(text: str, *cites: str, quote: str = "", counts: tuple[Count, ...] = ()) -> Sentence:
    runs = (Run(text), Run(f"“{quote}”", "quote")) if quote else (Run(text),)
    return Sentence(runs, cites, counts)


def report(*blocks: Block) -> Report:
    section = Section("changes", "Key changes", blocks)
    return Report("The Front", "front", "2024-03-01", "2024-03-31", (), (section,), (PANEL, OTHER))


def found(*sentences: Sentence) -> list[str]:
    return [fault.what for fault in faults(report(Paragraph(sentences)))]


def test_a_sentence_that_says_what_its_citation_says_passes() -> None:
    assert found(said(WHOLE, "c1")) == []
    require_fit(report(Paragraph((said(WHOLE, "c1"),))))


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        (said("The group is weak."), "no citation"),
        (said("The group is weak.", "c9"), "a citation that leads nowhere (c9)"),
        (
            said("The group is likely to return, and we have confidence in it.", "c1"),
            "a likelihood and a confidence",
        ),
        (said("There are 800 of them.", "c1"), "a number (800) that is not in what is cited"),
        (said("There are eight of them.", "c1"), "a number (eight) that is not in what is cited"),
        (said("There are 2.5 million of them.", "c1"), "a number (2.5 million) that is not in what is cited"),
        (said("There are 500 of them.", "c1"), "a figure (500) without what bounds it"),
        (said("There are 500 of them.", "c2"), "a number (500) that is not in what is cited"),
        (said(WHOLE.replace("River Panel", "a panel"), "c1"), "a figure (500) without what bounds it"),
        (said(WHOLE.replace("Karoum valley", "valley"), "c1"), "a figure (500) without what bounds it"),
        (said(WHOLE.replace("2024-02", "some day"), "c1"), "a figure (500) without what bounds it"),
        (said("It was so on 2023-01-05.", "c1"), "a date (2023-01-05) that is not in what is cited"),
        (said("It was so in 2022.", "c1"), "a number (2022) that is not in what is cited"),
        (said("It is led by Dara Nour.", "c1"), "a name (Dara) that is not in what is cited"),
        (said("They say ", "c1", quote="we have won"), "quoted words that are not the cited ones"),
        (said("3 claims", "c1", counts=(Count(3, ("c1",)),)), "a count (3) of what is not cited"),
        (said("2 claims", "c1", counts=(Count(2, ("c1", "c2")),)), "a count (2) of what is not cited"),
    ],
)
def test_each_fault_is_found(sentence: Sentence, fault: str) -> None:
    assert any(each.startswith(fault) for each in found(sentence)), found(sentence)


def test_a_magnitude_holds_for_both_ends_of_a_range() -> None:
    stated = Stated("f2", frozenset({2_100_000, 2_600_000}), ("River Panel",))
    whole = report(Paragraph((said("According to River Panel, 2.1 to 2.6 million", "c1"),)))
    assert [fault.what for fault in faults(whole)]
    assert list(faults(replace(whole, evidence=(replace(PANEL, figures=(stated,)),)))) == []


def test_words_of_a_source_may_hold_what_ours_may_not() -> None:
    mixed = replace(OTHER, words="it is likely, and we say so with high confidence: 90 men of Dara Nour")
    quote = said("They say ", "c2", quote=mixed.words)
    whole = replace(report(Paragraph((quote,))), evidence=(PANEL, mixed))
    assert list(faults(whole)) == []


def test_a_count_holds_where_all_that_it_counts_is_cited() -> None:
    say = phrases()
    counted = {
        "claims": Counted("claims", ("c1", "c2")),
        "origins": Counted("origins", ("named:river panel", "named:ilan voss")),
    }
    assert found(say.say("period", ["c1", "c2"], **counted)) == []
    assert found(say.say("period", ["c1"], **counted))


def test_a_quotation_is_verbatim_but_for_what_is_cut_at_its_end() -> None:
    assert (
        found(
            phrases().say(
                "said", ["c1"], holder="River Panel", known="2024-03-10", quote=Quote("the group …")
            )
        )
        == []
    )


def test_a_row_needs_a_citation_and_its_numbers_the_bounds() -> None:
    good = Row(("500 to 700", "River Panel", "Karoum valley", "2024-02"), ("c1",))
    table = Table("Figures", ("a", "b", "c", "d"), (good,))
    assert list(faults(report(table))) == []
    for bad in (replace(good, cites=()), replace(good, cells=("500", "River Panel", "–", "–"))):
        assert list(faults(report(replace(table, rows=(bad,)))))


def test_a_code_of_a_table_is_one() -> None:
    table = Table("Sources", ("a", "b"), (Row(("River Panel", "F"), ("c1",)),), codes=(1,))
    assert list(faults(report(table))) == []
    assert list(faults(report(replace(table, rows=(Row(("River Panel", "quite good"), ("c1",)),)))))


def test_a_picture_cites_and_an_explanation_is_the_packages_own() -> None:
    picture = Picture("<svg/>", 1, 1, "alt", "A chart", ())
    assert [fault.what for fault in faults(report(picture))] == ["no citation"]
    assert list(faults(report(phrases().explain("changes")))) == []
    assert list(faults(report(Explanation("All is well."))))


def test_the_analyst_may_say_much_but_not_a_likelihood_with_a_confidence() -> None:
    notes = Notes((NoteParagraph("Dara Nour has 9,000 men. It is likely that they come."),))
    assert list(faults(report(notes))) == []
    mixed = Notes((NoteParagraph("With high confidence, a return is very unlikely."),))
    with pytest.raises(Unfit, match="the report was not written: a likelihood and a confidence"):
        require_fit(report(mixed))


@given(st.sampled_from(["likely", "almost certain", "Roughly even chance", "remote"]), st.booleans())
def test_the_two_are_refused_in_one_sentence_and_allowed_in_two(likelihood: str, first: bool) -> None:
    two = [f"it is {likelihood}", "we say it with moderate confidence"]
    words = two if first else two[::-1]
    assert list(unmixed(", and ".join(words) + "."))
    assert not list(unmixed(". ".join(words) + "."))


@given(st.integers(min_value=0, max_value=10**12))
def test_no_number_passes_that_no_citation_holds(number: int) -> None:
    known = {500, 700, 2024}
    is_refused = bool(
        found(said(f"There are {number:,} of them in the Karoum valley: River Panel, 2024-02.", "c1"))
    )
    assert is_refused == (number not in known)
