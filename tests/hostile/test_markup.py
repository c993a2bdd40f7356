"""Broken and hostile HTML: what a browser would show is read, code is not, nothing is fetched."""

from __future__ import annotations

import pytest

from . import markup
from .conftest import SECRET, Canary
from .markup import Case
from .taking import WORDS, Taken, take_bytes

SHOWN_AS_TEXT = ("plaintext", "xmp", "textarea", "utf-7")  # a browser shows what looks like code there


def check(case: Case, taken: Taken) -> None:
    assert len(taken.frozen) + len(taken.refused) == 1
    if case.shows:
        assert WORDS in " ".join(taken.text.split()), taken.reasons
    assert "<p>" not in taken.text and "<script>" not in taken.text.replace("<script>evil()", "")


@pytest.mark.parametrize("case", list(markup.cases()), ids=lambda case: case.name)
def test_a_page_that_is_broken_is_read_or_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    if not case.shows:
        monkeypatch.setenv("MARSAD_PARSE_SECONDS", "1")
    taken = take_bytes(case.page, "a.html")
    check(case, taken)
    if not case.name.endswith(SHOWN_AS_TEXT):
        assert "evil()" not in taken.text


def test_no_page_makes_anything_be_fetched(canary: Canary) -> None:
    for address in canary.addresses:
        for case in markup.doctype_entities(address):
            taken = take_bytes(case.page, "a.html")
            check(case, taken)
            assert SECRET not in taken.said


@pytest.mark.parametrize("bad", [1, 2, 3])
def test_the_same_bytes_give_the_same_text_whatever_came_before(bad: int) -> None:
    page = next(markup.nesting()).page
    before = take_bytes(page, "a.html").text
    for case in list(markup.switches())[bad::7]:
        take_bytes(case.page, "a.html")
    assert take_bytes(page, "a.html").text == before
