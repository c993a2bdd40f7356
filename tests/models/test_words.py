"""Words stand where the text has them, whatever the text is made of."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marsad.models.runtime import Runtime
from marsad.models.words import AT_ONCE, split

ODD = "e\u0301n\u0303 \u4e2d\u6587\u3002\u0645\u0631\u0635\u062f \U0001f469\u200d\U0001f469 \ufe0f\u00a0\u200b\ufeff\u0130\ufb01\uc815\u2260\u037e\u1fc1\u0000\ufffd\t\r\n.,\"'“”’ aB9"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=80)


@settings(max_examples=300)
@given(TEXTS)
@example("")
@example(" \n\u00a0\t ")
@example("cafe\u0301\u0301 cafe\u0301")
@example("\u0301 \u200b")
def test_words_are_apart_in_order_and_not_empty(runtime: Runtime, text: str) -> None:
    words = runtime.split(text)
    begins, ends = words.begins.tolist(), words.ends.tolist()
    assert all(0 <= begin < end <= len(text) for begin, end in zip(begins, ends, strict=True))
    assert all(end <= begin for end, begin in zip(ends, begins[1:], strict=False))
    assert words.starts.tolist() == sorted(set(words.starts.tolist()))
    assert words.starts[-1] == len(words.pieces)
    assert words.features.shape == (len(words), 3)
    for at in range(len(words)):
        assert words.range_of(words.span_of(at, at + 1)) == (at, at + 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les e\u0301te\u0301s, said she", ["Les", "e\u0301te\u0301s", ",", "said", "she"]),
        ("\u4e2d\u6587 says", ["\u4e2d", "\u6587", "says"]),
        ("a\u00a0b\u200bc", ["a", "b\u200bc"]),
        ("“No,” he\u2019s told", ["“", "No", ",", "”", "he", "’", "s", "told"]),
        ("\U0001f1f8\U0001f1fe flag", ["\U0001f1f8\U0001f1fe", "flag"]),
    ],
)
def test_words_are_the_texts_own(runtime: Runtime, text: str, expected: list[str]) -> None:
    words = runtime.split(text)
    assert [text[b:e] for b, e in zip(words.begins, words.ends, strict=True)] == expected


def test_a_long_text_has_the_words_of_its_lines(runtime: Runtime) -> None:
    line = "The council of Vardin said 12 camps (in the north) had closed. "
    whole = runtime.split(line * 2000)
    assert len(line * 2000) > 2 * AT_ONCE
    one = runtime.split(line)
    assert len(whole) == 2000 * len(one)
    assert whole.pieces.tolist() == one.pieces.tolist() * 2000
    assert whole.begins[-1] == 1999 * len(line) + one.begins[-1]


@pytest.mark.parametrize(
    "text", ["x" * 130_000, "é" * 130_000, "\u4e2d" * 60_000, "." * 60_000, " " * 130_000]
)
def test_a_line_without_spaces_is_read(runtime: Runtime, text: str) -> None:
    words = split(text, runtime.tokenizer)
    covered = int((words.ends - words.begins).sum()) if len(words) else 0
    assert covered == (0 if text.isspace() else len(text))
    assert (words.starts[1:] - words.starts[:-1]).max(initial=0) <= 100
