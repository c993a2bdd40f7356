"""The catalogue: every message that is used is there, and none that is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale

import marsad.web
from marsad.assessment.board import telling
from marsad.assessment.contradiction.directions import QUESTIONS, Way
from marsad.assessment.reasons import ENGLISH
from marsad.assessment.series import titles
from marsad.errors import BadInput
from marsad.ledger.asking.actors import REASONS
from marsad.ledger.asking.fields import FIELDS, KINDS
from marsad.ledger.tracing import lines
from marsad.ledger.tracing.provenance import Term
from marsad.linkage.origins import Kind as OriginKind
from marsad.reading.incidents import kinds
from marsad.reading.themes.vocabulary import ThemeName
from marsad.records import notices, reading
from marsad.reports import cells
from marsad.reports.situation_report import PARTS
from marsad.web import spoken
from marsad.web.messages import Messages, catalogue, errors, languages, messages, records
from marsad.web.tables.columns import COLUMNS

HERE = Path(marsad.web.__file__).parent
# a page's own parameters: narrowing.html; what an assessment says: spoken
CHOICES = {"by.", "estimates.", "of.", "origins.", "order.", "answer.", "reason.", "said_way."}
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
    return {slot for text in texts for slot in re.findall(r"\{(\w+)[:,]*\}", text)} - {"n"}


def test_another_language_has_all_that_the_program_says_of_records_with_the_same_words_in_it() -> None:
    program = {**cells.PHRASES, **titles.PHRASES, **telling.PHRASES, **lines.PHRASES}
    program |= {f"join.{rule}": words for rule, words in REASONS.items()}
    program |= {f"warning.{name}": words for name, words in notices.SENTENCES.items()}
    for language in languages()[1:]:
        said = records(language)
        phrases = {name.partition(".")[2]: text for name, text in said.items() if name.startswith("phrase.")}
        assert phrases.keys() == program.keys()
        for name, text in phrases.items():
            assert _slots(text) == _slots(program[name]), name
        terms = messages(language).term
        vocabularies = {
            "genre": reading.Genre, "party_kind": reading.PartyKind, "actor_kind": reading.ActorKind, "place_kind": reading.PlaceKind,
            "attitude": reading.Attitude, "certainty": reading.Certainty, "polarity": reading.Polarity, "quotation": reading.Quotation,
            "bound": reading.Bound, "aspect": reading.Aspect, "figure_status": reading.FigureStatus, "relation": reading.RelationType,
            "incident_status": reading.IncidentStatusValue, "responsibility": reading.ResponsibilityValue, "origin_kind": OriginKind,
        }  # fmt: skip
        asked = [(field, value) for field, kind in vocabularies.items() for value in get_args(kind)]
        asked += [("type", each.name) for each in kinds.types().values()]
        asked += [("mode", mode) for each in kinds.types().values() for mode in each.modes]
        asked += [("theme", name) for name in get_args(ThemeName)]
        asked += [("precision", words) for words in cells.WHERE.values()]
        asked += [("question", name) for name in QUESTIONS]
        asked += [("prov", relation) for relation in get_args(Term)]
        asked += [("report_part", name) for name in PARTS]
        assert [each for each in asked if terms(*each) == each[1]] == []
        help_of = spoken.names(language)["help_of"]
        fields = [(kind, each) for kind in KINDS for each in FIELDS[kind]]
        assert [each.name for kind, each in fields if help_of(kind, each) == each.help] == []


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


def test_what_is_composed_of_a_record_is_said_in_the_language() -> None:
    arabic, english = spoken.names("ar"), spoken.names("en")
    assert english["wording"].ends(2_500_000, None) == "at least 2.5 million"
    assert _bare(arabic["wording"].ends(2_500_000, None)) == "2.5 مليون على الأقل"
    spring = reading.Interval(earliest="2024-03-01", latest="2024-05-31", edtf="2024-21")
    assert (english["cells"].days(spring), _bare(arabic["cells"].days(spring))) == (
        "spring 2024",
        "ربيع 2024",
    )
    assert _bare(arabic["term"]("measure", "count.truck")) == "عدد: truck"
    assert arabic["value_of"]("places", "kind", "camp") == "مخيم"
    assert arabic["value_of"]("figures", "measure", "mine.own") == "mine.own"  # a vocabulary may be extended


def _bare(words: str) -> str:
    return words.translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069")))


@pytest.mark.parametrize("language", languages()[1:])
def test_a_sentence_of_an_error_is_one_that_the_program_says(language: str) -> None:
    """Each piece of it stands in the program, and nothing is put into the other language that is not in it."""
    files = [path for path in HERE.parent.rglob("*.py") if "forecast" not in path.parts]
    code = re.sub(r'"\s*\n\s*f?"', "", "\n".join(path.read_text("utf-8") for path in files))
    for sentence, own in errors(language).items():
        assert [piece for piece in re.split(r"\{\w+\}", sentence) if piece.strip() not in code] == [], (
            sentence
        )
        assert _slots(own) <= _slots(sentence)


def test_an_error_is_said_in_the_language_and_else_stays_as_it_is() -> None:
    arabic = messages("ar").fault
    assert _bare(arabic("/nowhere: no such page") or "") == "/nowhere: لا صفحة بهذا العنوان"
    assert _bare(arabic("would have no effect, so nothing is recorded: review r3 came later") or "").endswith(
        "المراجعة r3 لاحقة لها"
    )
    assert arabic("would have no effect, so nothing is recorded: nobody knows") is None
    assert arabic("{path}: {0.__class__}") is None
    assert messages("en").fault("nobody knows") == "nobody knows"
