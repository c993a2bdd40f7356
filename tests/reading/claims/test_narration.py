"""Numbers in a sentence that is an attribution, but outside of what is attributed, are the narrator's."""

from __future__ import annotations

import pytest

from marsad.reading.claims.narration import narrated
from marsad.reading.claims.spoken import Attribution
from marsad.reading.text import segment


def spans(text: str, *, source: str, cue: str, content: str) -> list[str]:
    """The words of the narrator's own claims beside one attribution."""
    at = {name: (text.index(words), text.index(words) + len(words)) for name, words in
          {"source": source, "cue": cue, "content": content}.items()}  # fmt: skip
    spoken = Attribution(at["source"], at["cue"], (at["content"],))
    cut = segment(text)
    found = narrated(cut, [spoken], {s.number: s.begin for s in cut.sentences}, ())
    return [text[begin:end] for begin, end in found]


HELD = "“We are tired,” "


@pytest.mark.parametrize(
    "source",
    [
        "Ann Lee, a doctor in Dorat, where 500 people died",
        "Ann Lee, one of thousands of refugees in Dorat",
        "about 900 people",
    ],
)
def test_a_number_beside_what_is_said_makes_the_sentence_the_narrators_too(source: str) -> None:
    text = f"{HELD}said {source}."
    assert spans(text, source=source, cue="said", content=HELD.strip()) == [text[:-1]]


@pytest.mark.parametrize(
    "source", ["Ann Lee, 36, a doctor", "Ann Lee of Unit 900", "four doctors", "a doctor from the 2018 class"]
)
def test_ages_names_years_and_few_make_none(source: str) -> None:
    text = f"{HELD}said {source}."
    assert spans(text, source=source, cue="said", content=HELD.strip()) == []


def test_a_number_within_what_is_said_is_the_speakers_alone() -> None:
    text = "Ann Lee said 500 people had died."
    assert spans(text, source="Ann Lee", cue="said", content="500 people had died") == []
