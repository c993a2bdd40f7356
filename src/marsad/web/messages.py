"""What the workbench says, in the languages of `messages/`: one TOML file each.

A message is a text with `{names}`, or a table of texts by CLDR's plural categories (`one`, `other`,
in Arabic also `zero`, `two`, `few`, `many`), of which `n` picks one. English has every message; what
another language lacks is said in English. How records are put in words is English in the program itself;
another language has `records/LANGUAGE.toml`, with the phrases of `records.wording` and of what builds on it,
and with what the values of vocabularies are called. Errors are English likewise; `errors/LANGUAGE.toml` has
their sentences, each with its own. One that is not there stays English, and a page says that it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Any

from babel import Locale

from marsad.errors import BadInput
from marsad.records.sentences import put_into

DEFAULT = "en"
_FOLDER = resources.files("marsad.web").joinpath("messages")
Message = str | dict[str, str]
_NAME = re.compile(r"\{\w{1,40}\}")
_RIGHT = "\u200f"
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})


class Messages:
    """The messages of one language."""

    def __init__(
        self, language: str, said: dict[str, Message], records: dict[str, Message] | None = None
    ) -> None:
        self.language, self._said, self._records = language, said, records or {}
        self._locale = Locale.parse(language)
        self._plural = self._locale.plural_form
        self._ready = {
            name: text for name, text in said.items() if isinstance(text, str) and not {"{", "}"} & set(text)
        }

    @cached_property
    def direction(self) -> str:
        """`rtl` or `ltr`, as HTML's `dir`."""
        return "rtl" if self._locale.text_direction == "rtl" else "ltr"

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return str(self._locale.get_display_name(self.language))

    def say(self, message: str, n: int | None = None, **words: object) -> str:
        """A message with its words put in; a number `n` picks its plural and is written in it.

        Raises:
            KeyError: there is no such message, or it lacks a word.
        """
        if message in self._ready:  # most of a page, and hundreds of times
            return self._ready[message]
        return self._put(self._said[message], n, words)

    def phrase(self, name: str, /, **words: object) -> str:
        """A phrase of `records.wording.Language`, which English has not here: the program speaks it."""
        n = words.pop("n", None)
        return self.begun(
            self._put(self._records[f"phrase.{name}"], n if isinstance(n, int) else None, words)
        )

    def fault(self, message: str, depth: int = 3) -> str | None:
        """What went wrong, of which the program says `message`; `None` where there is only the English.

        Args:
            depth: of sentences in one another that are looked for.
        """
        if self.language == DEFAULT:
            return message
        for sentence, own in errors(self.language).items() if depth else ():
            given: Mapping[str, object] | None = put_into(sentence, message)
            if given is not None and "fault" in given:
                within = self.fault(str(given["fault"]), depth - 1)
                given = None if within is None else {**given, "fault": within}
            if given is not None:
                return self.begun(self._put(own, None, given))
        return None

    def begun(self, said: str) -> str:
        """Words that run as the language does, whatever word they begin with."""
        return f"{_RIGHT}{said}" if self.direction == "rtl" else said

    def term(self, field: str, value: str, /) -> str:
        """What a value of a vocabulary is called; the value where it has no name."""
        if isinstance(found := self._records.get(f"{field}.{value}"), str):
            return found
        kind, _, noun = value.partition(".")
        if noun and isinstance(found := self._records.get(f"{field}.{kind}.*"), str):
            return found.format(noun=self._isolated(noun))
        return self._named.get(field, {}).get(value, value)

    @cached_property
    def _named(self) -> dict[str, dict[str, str]]:
        """What CLDR names."""
        if not self._records:
            return {}
        return {"country": dict(self._locale.territories), "language": dict(self._locale.languages)}

    def _put(self, found: Message, n: int | None, words: Mapping[str, object]) -> str:
        words = {name: self._isolated(word) for name, word in words.items()}
        if isinstance(found, str):
            return found.format(n="" if n is None else self.number(n), **words)
        category = self._plural(n or 0)
        return found.get(category, found["other"]).format(n=self.number(n or 0), **words)

    def _isolated(self, word: object) -> object:
        """In Unicode's isolates: a word of another script would turn what stands beside it."""
        return word if self.direction == "ltr" else f"\u2068{word}\u2069"

    def has(self, message: str) -> bool:
        return message in self._said

    def number(self, value: int) -> str:
        """With the separators of the language, in the digits 0 to 9: figures are compared by eye."""
        return f"{value:,}".replace(",", self._group)

    @cached_property
    def _group(self) -> str:
        return str(self._locale.number_symbols["latn"]["group"])


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are, English first."""
    found = {entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml")}
    return (DEFAULT, *sorted(found - {DEFAULT}))


@cache
def messages(language: str) -> Messages:
    """The messages of a language.

    Raises:
        BadInput: there are none.
    """
    if language not in languages():
        raise BadInput(f"lang={language[:20]}: the workbench speaks {', '.join(languages())}")
    return Messages(language, catalogue(DEFAULT) | catalogue(language), records(language))


def catalogue(language: str) -> dict[str, Message]:
    """The messages of a language's file, by dotted names."""
    return dict(_flat(tomllib.loads(_FOLDER.joinpath(f"{language}.toml").read_text("utf-8"))))


def records(language: str) -> dict[str, Message]:
    """How a language puts records in words, by dotted names; nothing of English."""
    file = _FOLDER.joinpath("records", f"{language}.toml")
    return dict(_flat(tomllib.loads(file.read_text("utf-8")))) if file.is_file() else {}


@cache
def errors(language: str) -> dict[str, str]:
    """The English sentences of errors, each with that of a language; those with the most words come first."""
    file = _FOLDER.joinpath("errors", f"{language}.toml")
    found: dict[str, str] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return dict(sorted(found.items(), key=lambda each: -len(_NAME.sub("", each[0]))))


def _flat(table: dict[str, Any], before: str = "") -> list[tuple[str, Message]]:
    found: list[tuple[str, Message]] = []
    for name, value in table.items():
        if isinstance(value, dict) and not value.keys() <= _CATEGORIES:
            found += _flat(value, f"{before}{name}.")
        else:
            found.append((before + name, value))
    return found
