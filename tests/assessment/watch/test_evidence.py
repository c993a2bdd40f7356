"""Words by which evidence is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.assessment.watch import Indicator, Watch
from marsad.assessment.watch.evidence import Phrases, folded, scene
from marsad.ledger.showing.words import tokens
from marsad.ledger.store import Store

from ..watched import GROUP, counted, ledger_of, report, said

UNHURRIED = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("levy", "A LEVY on fuel", True),
        ("levy", "the levying of men", False),
        ("smuggl*", "Smugglers' road", True),
        ("smuggl*", "a smug glance", False),
        ("sleeper cell*", "two sleeper-cells near", True),
        ("sleeper cell*", "a sleeper in a cell", False),
        ("retain* control", "it retained control of it", True),
        ("retain* control", "it retained its control", False),
        ("still hold*", "they still", False),
        ("amir*", "the Amīr’s men", True),
        ("ab* ab* b", "ab abc aba b", True),
        ("", "anything", False),
    ],
)
def test_a_phrase_stands_where_its_words_follow_each_other(phrase: str, text: str, stands: bool) -> None:
    assert Phrases([phrase] if phrase else []).are_in(folded(text)) is stands


WORDS = st.lists(st.sampled_from(["a", "ab", "abc", "b", "ba"]), min_size=1, max_size=6)


@UNHURRIED
@given(WORDS, st.lists(st.booleans(), min_size=6, max_size=6), WORDS)
def test_a_phrase_is_found_as_word_by_word(sought: list[str], stars: list[bool], text: list[str]) -> None:
    phrase = [f"{word}*" if star else word for word, star in zip(sought, stars, strict=False)]
    expected = any(
        len(text) - at >= len(phrase)
        and all(
            word.startswith(each[:-1]) if each.endswith("*") else word == each
            for each, word in zip(phrase, text[at:], strict=False)
        )
        for at in range(len(text))
    )
    assert Phrases([" ".join(phrase)]).are_in(folded(" ".join(text))) is expected


@UNHURRIED
@given(st.text(max_size=80))
def test_every_word_of_a_text_stands_in_it(text: str) -> None:
    for word in tokens(text):
        assert Phrases([word]).are_in(folded(text))


HARM = Indicator(
    name="harm", title="Harm", measures=("casualties.", "attacks."), incidents=("ASSAULT",), side="doer"
)
WATCH = Watch(name="sand", title="Sand", subjects=(GROUP,), indicators=(HARM,))


def test_the_toll_of_its_incident_counts_where_another_sentence_names_it(tmp_path: Path) -> None:
    toll = {"measure": "casualties.killed", "aspect": "flow", "subject": "nobody", "unit": "person"}
    told = report(
        "Post",
        "2024-03-01",
        said(
            "Armed men killed 4 drivers in Karoum.", doer=GROUP, figure=counted(4, 4, incident="i1", **toll)
        ),
        said(f"The {GROUP} said that it had done so."),
        said("A flood killed 9 people in Karoum.", figure=counted(9, 9, **toll)),
    )
    with Store.open(tmp_path, create=True) as ledger:
        found = scene(ledger_of(ledger, told), WATCH, None)
    counts = found.evidence(HARM).figures
    assert [each.record.low for each in found.gathered.figures if each.id in counts] == [4]


def test_attacks_of_a_state_are_not_those_of_the_subject(tmp_path: Path) -> None:
    struck = {"measure": "attacks.count", "subject": "nobody", "unit": "attack", "aspect": "flow"}
    told = report(
        "Post",
        "2024-03-01",
        said(f"There were 7 attacks where the {GROUP} is.", figure=counted(7, 7, **struck)),
        said(
            f"There were 8 US airstrikes on the {GROUP}.",
            figure=counted(8, 8, population="US airstrikes", **struck),
        ),
    )
    with Store.open(tmp_path, create=True) as ledger:
        found = scene(ledger_of(ledger, told), WATCH, None)
    counts = found.evidence(HARM).figures
    assert [each.record.low for each in found.gathered.figures if each.id in counts] == [7]
