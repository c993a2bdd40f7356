"""Frames out of scores: which sorts are told of, whole words, and pages that share words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marsad.models.chains import Floats
from marsad.models.framing import PAGE, Leasts, frames
from marsad.models.labels import FILLER_TAGS, FILLERS, FRAME_TYPES
from marsad.models.runtime import Runtime

ATTACK, BOMBING = FRAME_TYPES.index("attack"), FRAME_TYPES.index("bombing")


class Marked:
    """A head that sees marks: a word whose state is 2k + 1 or 2k + 2 begins or goes on with filler k."""

    def __init__(self, told: Sequence[float]) -> None:
        self.told = np.array(told, np.float32)
        self.pages: list[int] = []

    def frames(self, states: Floats) -> tuple[Floats, Floats]:
        self.pages.append(len(states))
        scores = np.zeros((len(states), len(FRAME_TYPES), len(FILLER_TAGS)), np.float32)
        marks = states[:, 0].astype(int)
        scores[np.arange(len(states)), ATTACK, marks] = 9
        scores[:, [at for at in range(len(FRAME_TYPES)) if at != ATTACK], 0] = 9
        return scores, self.told


def told(attack: float, bombing: float = -9) -> Marked:
    scores = [-9.0] * len(FRAME_TYPES)
    scores[ATTACK], scores[BOMBING] = attack, bombing
    return Marked(scores)


def marked(size: int, marks: dict[int, str]) -> Floats:
    states = np.zeros((size, 4), np.float32)
    for at, tag in marks.items():
        states[at, 0] = FILLER_TAGS.index(tag)
    return states


def test_a_sort_that_is_not_told_of_gives_no_frame(runtime: Runtime) -> None:
    text = "Gunmen shot the mayor of Orvale."
    words = runtime.split(text)
    states = marked(len(words), {0: "B-perpetrator", 2: "B-described", 3: "I-described"})
    (only,) = frames(words, states, told(2.0), Leasts())
    assert only.type == "attack"
    assert [(one.role, text[slice(*one.span)]) for one in only.fillers] == [
        ("perpetrator", "Gunmen"),
        ("described", "the mayor"),
    ]
    assert frames(words, states, told(-0.1), Leasts()) == ()


def test_the_likeliest_page_says_whether_a_text_tells_of_an_attack(runtime: Runtime) -> None:
    words = runtime.split("word " * (3 * PAGE.wordpieces))
    assert frames(words, marked(len(words), {}), told(1.0, 1.0), Leasts())[1].type == "bombing"


@given(st.integers(1, 4 * PAGE.wordpieces), st.integers(0, 4 * PAGE.wordpieces))
def test_a_filler_is_found_once_whatever_page_it_is_on(runtime: Runtime, size: int, at: int) -> None:
    words = runtime.split("word " * size)
    head = told(3.0)
    (frame,) = frames(words, marked(size, {at % size: "B-target"}), head, Leasts())
    assert [one.span for one in frame.fillers] == [words.span_of(at % size, at % size + 1)]
    assert max(head.pages) <= PAGE.wordpieces


def test_each_role_has_its_own_least(runtime: Runtime) -> None:
    words = runtime.split("Gunmen came.")

    class Doubtful(Marked):
        def frames(self, states: Floats) -> tuple[Floats, Floats]:
            scores, likely = super().frames(states)
            scores[0, ATTACK, 0] = 9.5  # so that a filler has a probability of .38
            return scores, likely

    states = marked(len(words), {0: "B-perpetrator"})
    head = Doubtful(told(3.0).told)
    assert not frames(words, states, head, Leasts())[0].fillers
    bold = Leasts(filler=tuple(0.3 if name == "perpetrator" else 0.5 for name in FILLERS))
    (filler,) = frames(words, states, head, bold)[0].fillers
    assert filler.role == "perpetrator"
    assert 0.3 < filler.probability < 0.5


def test_the_shipped_head_knows_an_attack(runtime: Runtime) -> None:
    """The sentence was made for the test; the same text gives the same frames."""
    text = (
        "Guerrillas attacked the power station near the capital last night with dynamite. Two guards were killed. "
        "The attack left half of the city without electricity, the police said."
    )
    found = runtime.read(text).frames
    assert found == runtime.read(text).frames
    assert {one.type for one in found} & {"attack", "bombing"}
    filled = {(one.role, text[slice(*one.span)].lower()) for frame in found for one in frame.fillers}
    assert ("perpetrator", "guerrillas") in filled
