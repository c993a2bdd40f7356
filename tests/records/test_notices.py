"""Warnings: what was put into a sentence is found in its message again."""

from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.records import notices
from marsad.records.reading import Notice

NAMES = {
    name: {field for _, field, *_ in Formatter().parse(said) if field}
    for name, said in notices.SENTENCES.items()
}
PIECES = st.sampled_from(
    [*" =/;.,█ ", " of ", " people", " as part of ", "page ", "1,200", "لواء", "; scopes may differ"]
)


@pytest.mark.parametrize("sentence", notices.SENTENCES)
def test_what_is_put_into_a_sentence_is_found_again(sentence: str) -> None:
    put = {name: f"<{name}>" for name in NAMES[sentence]}
    made = notices.notice(sentence, ["f1"], **put)
    assert (made.code, made.records) == (notices.code(sentence), ("f1",))
    assert notices.told(made) == (sentence, put)


@given(st.sampled_from(sorted(notices.SENTENCES)), st.data())
def test_whatever_a_text_put_into_a_sentence_nothing_of_the_message_is_lost(
    sentence: str, data: st.DataObject
) -> None:
    put = {name: "".join(data.draw(st.lists(PIECES, max_size=5))) for name in NAMES[sentence]}
    made = notices.notice(sentence, **put)
    told = notices.told(made)
    assert told is not None
    assert notices.message(told.sentence, **told.given) == made.message


def test_a_sentence_of_an_earlier_version_is_nobodys() -> None:
    assert notices.told(Notice(code="comments", message="some comments were left out", records=())) is None
    assert (
        notices.told(Notice(code="of_long_ago", message="left out: 3 comments in the margin", records=()))
        is None
    )
    assert notices.told(Notice(code="unread_columns", message="", records=())) is None
