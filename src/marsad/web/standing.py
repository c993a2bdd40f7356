"""What stays in force from page to page, in the address: the day as of which one looks, and the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, quote_plus

from marsad.ledger.asking.query import last_day
from marsad.web.messages import DEFAULT, Messages, messages

Given = str | int | bool | Iterable[str] | None
_PLAIN = re.compile(
    r"[\w.~-]*", re.ASCII
).fullmatch  # what stands in an address as it is; most of a page's links
_PLAIN_PATH = re.compile(r"[\w.~/:@,-]*", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Standing:
    as_known: str | None = None  # a day: what was not known by then is left out
    language: str = DEFAULT

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Standing:
        """What the parameters of an address say.

        Raises:
            BadInput: no such day or language.
        """
        language = given.get("lang") or DEFAULT
        messages(language)
        return cls(last_day(given.get("as_known") or None), language)

    @property
    def messages(self) -> Messages:
        return messages(self.language)

    def link(self, path: str, fragment: str = "", /, **given: Given) -> str:
        """An address of the workbench at which all this stays in force.

        Args:
            path: not yet escaped.
            fragment: the part of the page.
            given: further parameters, which count before what stands; `None` and empty ones are left out.
        """
        pairs = [pair for name, pair in _stands(self.as_known, self.language) if name not in given]
        for name, values in given.items():
            if type(values) is str:  # most of them
                if values:
                    pairs.append(f"{_word(name)}={_word(values)}")
            elif values is not None and values is not False:
                pairs += [f"{_word(name)}={_word(value)}" for value in _values(values)]
        query = f"?{'&'.join(pairs)}" if pairs else ""
        where = path if _PLAIN_PATH(path) else quote(path, safe="/:@,~")
        part = fragment if _PLAIN(fragment) else quote(fragment, safe="")
        return where + query + (f"#{part}" if part else "")


@lru_cache(64)
def _stands(as_known: str | None, language: str) -> tuple[tuple[str, str], ...]:
    """What stands on every link, by its name."""
    said = {"as_known": as_known, "lang": None if language == DEFAULT else language}
    return tuple((name, f"{name}={_word(value)}") for name, value in said.items() if value)


@lru_cache(1024)
def _word(word: str) -> str:
    """A word as it stands in an address: a page of a table has the same ones hundreds of times."""
    return word if _PLAIN(word) else quote_plus(word)


def _values(given: str | int | Iterable[str]) -> list[str]:
    if given is True:
        return ["yes"]
    return [str(given)] if isinstance(given, str | int) else [value for value in given if value]
