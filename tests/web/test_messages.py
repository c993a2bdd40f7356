"""The catalogue: every message that is used is there, and none that is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale

import marsad.web
from marsad.assessment.contradiction.directions import Way
from marsad.assessment.reasons import ENGLISH
from marsad.errors import BadInput
from marsad.ledger.asking.fields import FIELDS, KINDS
from marsad.web.messages import Messages, catalogue, languages, messages
from marsad.web.tables.columns import COLUMNS

HERE = Path(marsad.web.__file__).parent
CHOICES = {"by.", "estimates.", "of.", "origins.", "order."}  # a page's own parameters: narrowing.html
SOURCES = [*HERE.rglob("*.html"), *HERE.rglob("*.py")]


def test_every_message_that_is_named_is_there_and_every_one_that_is_there_is_named() -> None:
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    named = set(re.findall(r'say\("([a-z_.]+[a-z])"', text))
    named |= {f"inspector.{name}" for name in re.findall(r'(?:row|worded|moment)\("([a-z_]+)"', text)}
    named |= set(re.findall(r'"(inspector\.(?!html)[a-z_]+)"', text))
    begun = tuple(set(re.findall(r'say\("([a-z_.]+\.)" ~', text)) | CHOICES)
    known = set(catalogue("en"))
    assert named <= known
    named |= set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', text))  # in a condition inside of `say`
    assert [name for name in known - named if not name.startswith(begun)] == []


def test_every_field_and_column_has_a_name() -> None:
    known = set(catalogue("en"))
    for kind in KINDS:
        assert {f"field.{each.name}" for each in FIELDS[kind]} <= known
        assert {f"column.{each.name}" for each in COLUMNS[kind]} <= known
        assert {f"section.{kind}", f"told.{kind}"} <= known


def test_what_an_assessment_says_has_a_message_that_says_the_same() -> None:
    assert {name: catalogue("en")[f"reason.{name}"] for name in ENGLISH} == ENGLISH
    assert {f"answer.{way.replace(' ', '_')}" for way in (*get_args(Way), "affirmed", "denied")} <= set(
        catalogue("en")
    )


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_messages_of_english_with_the_same_words_in_them(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert other.keys() == english.keys()
    plurals = {*Locale.parse(language).plural_form.tags, "other"}
    for name, message in other.items():
        assert _slots(message) == _slots(english[name]), name
        if isinstance(message, dict):
            assert message.keys() == plurals, name


def _slots(message: str | dict[str, str]) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {slot for text in texts for slot in re.findall(r"\{(\w+)\}", text)} - {"n"}


def test_plurals_follow_the_language_and_numbers_keep_their_digits() -> None:
    said: dict[str, str | dict[str, str]] = {
        "rows": {"zero": "Z{n}", "two": "T{n}", "few": "F{n}", "other": "O{n}"}
    }
    arabic = Messages("ar", said)
    assert [arabic.say("rows", n) for n in (0, 2, 5, 100)] == ["Z0", "T2", "F5", "O100"]
    assert arabic.direction == "rtl"
    assert messages("en").direction == "ltr"
    assert messages("en").number(1234567) == "1,234,567"


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="speaks en"):
        messages("../en")
