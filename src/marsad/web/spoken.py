"""Records in the language of a page: values and codes, titles of series, and what is contested.

Templates call these by the names of `names`. In English they are the functions that the command line and
the report call; in another language the same functions speak by `messages/records/LANGUAGE.toml`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from inspect import isfunction, signature
from types import ModuleType, SimpleNamespace
from typing import Any

from marsad.assessment.board import Change, telling
from marsad.assessment.board import words as board_words
from marsad.assessment.contradiction import Contradiction, Side
from marsad.assessment.reasons import Reason
from marsad.assessment.series import Series, titles
from marsad.assessment.watch.definition import Indicator
from marsad.ledger.asking.fields import Field
from marsad.ledger.asking.found import Joined
from marsad.ledger.tracing import lines
from marsad.records import notices, wording
from marsad.records.language import code_of
from marsad.records.reading import Notice
from marsad.reports import cells
from marsad.web.messages import DEFAULT, Messages, messages

# The vocabulary of a field that has one, where it is not called as the field is
_OF_FIELD = {"holder_kind": "party_kind", "hidden_source": "flag", "source": "holder"}
# The vocabularies of a slot of a form, which has the records of all kinds
_OF_SLOT = {
    "status": ("figure_status",),
    "statuses": ("incident_status",),
    "type": ("type", "relation", "time"),
    "kind": ("claim_kind", "place_kind", "actor_kind", "party_kind"),
    "hidden_source": ("flag",),
    "two_sided": ("flag",),
}
_BOUNDS = {"about": "about", "some": "about", "at least": "at_least", "at most": "at_most"}
_OF_KIND = {
    "claims": {"kind": "claim_kind"},
    "figures": {"status": "figure_status"},
    "incidents": {"status": "incident_status"},
    "relations": {"type": "relation"},
    "places": {"kind": "place_kind"},
    "actors": {"kind": "actor_kind"},
    "sources": {"kind": "origin_kind"},
}


_ENGLISH = wording.English({**cells.PHRASES, **titles.PHRASES, **telling.PHRASES})


def language(code: str) -> wording.Language:
    """What puts records in words, in a language of the workbench."""
    return _ENGLISH if code == DEFAULT else messages(code)


@cache
def names(language: str) -> dict[str, Any]:
    """What templates of a language use, by its name there."""
    said = messages(language)
    english = language == DEFAULT
    return {
        "wording": wording if english else _speaking(wording, said),
        "cells": cells if english else _cells(said),
        "board_words": board_words if english else _speaking(board_words, said),
        "term": said.term,
        "value_of": partial(_value, said),
        "choice_of": partial(_choice, said),
        "help_of": partial(_help, said),
        "part_of": partial(_part, said),
        "title_of": partial(_title, said),
        "period_of": titles.period if english else partial(titles.period, language=said),
        "indicator_of": partial(_indicator, said),
        "reason_of": partial(_reason, said),
        "question_of": partial(_question, said),
        "answer_of": partial(_answer, said),
        "change_of": partial(_change, said),
        "line_of": lines.told if english else partial(lines.told, language=_Slots(said)),
        "slot_of": partial(_slot, said),
        "why_one": partial(_why_one, said),
        "warning_of": partial(_warning, said),
        "fault_of": said.fault,
    }


def _speaking(module: ModuleType, said: Messages) -> SimpleNamespace:
    """A module whose functions speak a language."""
    functions: dict[str, Callable[..., Any]] = {
        name: each for name, each in vars(module).items() if isfunction(each) and not name.startswith("_")
    }
    speaking = {
        name: partial(each, language=said) if "language" in signature(each).parameters else each
        for name, each in functions.items()
    }
    return SimpleNamespace(**speaking)


def _cells(said: Messages) -> SimpleNamespace:
    found = _speaking(cells, said)
    found.NOTHING, found.NOBODY = cells.NOTHING, said.phrase("nobody")
    found.WHERE = {code: said.term("precision", words) for code, words in cells.WHERE.items()}
    return found


def _value(said: Messages, kind: str, field: str, value: str) -> str:
    """A value of a field of a kind of record, as a count of values or a filter shows it."""
    vocabulary = _OF_KIND.get(kind, {}).get(field) or _OF_FIELD.get(field, field)
    return said.term(vocabulary, value)


def _choice(said: Messages, slot: str, value: str, words: str) -> str:
    """A value that a form of review offers, which calls it `words` in English."""
    name = slot.partition(".")[0]
    number, _, type_ = words.partition(" ")
    if name == "incident" and type_:
        return f"{number} {said.term('type', type_)}"
    if name == "gazetteer_id":
        return ", ".join(said.term("place_kind", each) for each in words.split(", "))
    for vocabulary in _OF_SLOT.get(name, (name,)):
        if (found := said.term(vocabulary, value)) != value:
            return found
    return words


def _help(said: Messages, kind: str, field: Field) -> str:
    """What one types to narrow a table by a field."""
    for name in (f"{kind}.{field.name}", field.name):
        if (found := said.term("help", name)) != name:
            return found
    return field.help


def _part(said: Messages, name: str, title: str) -> str:
    """A part of a report, which has its title in English."""
    found = said.term("report_part", name)
    return title if found == name else found


def _title(said: Messages, series: Series) -> str:
    if said.language == DEFAULT:
        return series.title
    return said.begun(titles.title(series.basis, series.points, said))


def _indicator(said: Messages, indicator: Indicator) -> str:
    """The title of an indicator; in another language the theme, where it says no more than its name."""
    plain = wording.words(indicator.name).capitalize() == indicator.title
    return said.term("theme", indicator.name) if plain and said.language != DEFAULT else indicator.title


def _reason(said: Messages, reason: Reason) -> str:
    """One sentence of an assessment."""
    given = dict(reason.given)
    if reason.name == "since" and said.language != DEFAULT:
        ways = [way for way in ("up", "down", "steady") if way in given]
        words = [f"{said.say(f'move.{way}')} {given[way]}" for way in ways]
        words += [f"{said.say('said_way.several')} {given['several']}"] if "several" in given else []
        given["words"] = f"{said.phrase('comma').join(words)} ({said.say('said_way.' + given['kind'])})"
    return said.say(f"reason.{reason.name}", reason.n, **given)


def _question(said: Messages, contested: Contradiction) -> str:
    """What is contested."""
    asked, given = contested.asked, dict(contested.asked.given)
    if contested.series:
        given["of"] = _title(said, contested.series)
    elif asked.name == "which_way":
        given["what"] = said.term("question", given["what"])
    elif "what" in given:
        type_, _, mode = given["what"].partition(" ")
        given["what"] = f"{said.term('type', type_.upper()).lower()} {said.term('mode', mode)}".strip()
    return said.say(f"reason.{asked.name}", asked.n, **given)


def _answer(said: Messages, contested: Contradiction, side: Side) -> str:
    """What one side answers: numbers as they are stated, or a way."""
    if contested.kind != "figure":
        return said.say(f"answer.{side.answer.replace(' ', '_')}")
    if said.language == DEFAULT:
        return side.answer
    return "؛ ".join(map(partial(_bounded, said), side.answer.split("; ")))


def _bounded(said: Messages, stated: str) -> str:
    before, _, number = stated.rpartition(" ")
    return said.phrase(_BOUNDS[before], value=number) if before in _BOUNDS else stated


def _change(said: Messages, change: Change) -> str:
    """What changed on a board, in one sentence."""
    return change.words if said.language == DEFAULT else telling.told(change.about, _Teller(said))


def _why_one(said: Messages, join: Joined) -> str:
    """Why a name is one with an actor: a person's reason as it is written."""
    if join.by or said.language == DEFAULT:
        return join.reason
    return said.phrase(f"join.{join.rule}", name=join.name, other=join.other)


def _warning(said: Messages, notice: Notice) -> str:
    """A warning; one of an earlier version, whose sentence is not known, as it is written."""
    told = None if said.language == DEFAULT else notices.told(notice)
    if told is None:
        return notice.message
    given: dict[str, object] = dict(told.given)
    for name, value in told.given.items():
        if name == "language":
            given[name] = said.term(name, code_of(value))
        elif name == "per":
            given[name] = said.term("ratio", value)
        elif name in ("one", "other"):
            given[name] = _bounded(said, value)
    return said.phrase(f"warning.{told.sentence}", **given)


def _slot(said: Messages, name: str) -> str:
    """A field that a review set; in English as it is called there."""
    is_named = said.language != DEFAULT and said.has(f"slot.{name}")
    return said.say(f"slot.{name}") if is_named else name


class _Slots:
    """The lines of a trace in another language than English, with the fields that reviews set."""

    def __init__(self, said: Messages) -> None:
        self.phrase, self._said = said.phrase, said

    def term(self, field: str, value: str, /) -> str:
        """`slot` is the name of a field, and `slot.NAME` its value in JSON."""
        if field == "slot":
            return _slot(self._said, value)
        kind, _, slot = field.partition(".")
        if kind != "slot":
            return self._said.term(field, value)
        given = json.loads(value)
        return _choice(self._said, slot, given, given) if isinstance(given, str) else value


class _Teller:
    """The sentences of a board in another language than English."""

    def __init__(self, said: Messages) -> None:
        self.phrase, self.term = said.phrase, said.term
        self.title, self.indicator = partial(_title, said), partial(_indicator, said)
        self.reason, self.question = partial(_reason, said), partial(_question, said)
        self.answer = partial(_answer, said)
        self._say = said.say

    def movement(self, movement: str, /) -> str:
        return self._say(f"move.{movement}")
