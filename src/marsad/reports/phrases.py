"""The sentences of a report as data: templates with slots, filled from records.

A slot takes a value, a quotation or a count; each becomes a run of its own, so that the lint can tell
what the template says from what a record does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from string import Formatter

from marsad.reports.model import Count, Explanation, Run, Sentence

_ENDED = (".”", "?”", "!”")  # a quotation that ends the sentence around it


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, shown between quotation marks."""

    words: str


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of something, by what they are: `claims`, of which there are three, is “3 claims”."""

    noun: str
    of: tuple[str, ...]


Slot = str | Quote | Counted


@dataclass(frozen=True, slots=True)
class Phrases:
    sentences: Mapping[str, str]
    explanations: Mapping[str, str]
    parts: Mapping[str, str]
    nouns: Mapping[str, tuple[str, str]]  # singular and plural
    titles: Mapping[str, str]
    words: Mapping[str, str]  # codes of records as they are said
    columns: Mapping[str, str]
    captions: Mapping[str, str]
    remarks: Mapping[str, str]
    facts: Mapping[str, str]
    openers: frozenset[str]

    def say(self, name: str, cites: Iterable[str], **slots: Slot) -> Sentence:
        """The sentence `name`, which stands on `cites`."""
        runs: list[Run] = []
        for template, slot, _, _ in Formatter().parse(self.sentences[name]):
            if template:
                runs.append(Run(template))
            if slot is not None:
                runs.append(self._run(slots[slot]))
        if len(runs) > 1 and runs[-1].text == "." and runs[-2].text.endswith(_ENDED):
            runs.pop()
        counts = tuple(self._count(slot) for slot in slots.values() if isinstance(slot, Counted))
        return Sentence(tuple(run for run in runs if run.text), tuple(dict.fromkeys(cites)), counts)

    def _run(self, slot: Slot) -> Run:
        if isinstance(slot, Quote):
            return Run(_marked(" ".join(slot.words.split())), "quote")
        return Run(self.counted(slot) if isinstance(slot, Counted) else slot, "value")

    def counted(self, slot: Counted) -> str:
        number = self._count(slot).number
        return f"{number:,} {self.nouns[slot.noun][number != 1]}"

    @staticmethod
    def _count(slot: Counted) -> Count:
        of = tuple(dict.fromkeys(slot.of))
        return Count(len(of), of)

    def part(self, name: str, **slots: str | None) -> str:
        """A part of a sentence; nothing where one of its slots is unknown."""
        return "" if None in slots.values() else self.parts[name].format(**slots)

    def word(self, code: str) -> str:
        """A code of a record in words: as the data file has it, else without its marks."""
        return self.words.get(code, code.replace("_", " ").replace(".", ": "))

    def inside(self, words: str) -> str:
        """A question as it stands inside a sentence: a word that only opens it is no name."""
        first, space, rest = words.partition(" ")
        return f"{first.lower()}{space}{rest}" if first in self.openers else words

    def explain(self, name: str) -> Explanation:
        return Explanation(self.explanations[name])


def _marked(words: str) -> str:
    """Words between marks of quotation; those that stand between such marks keep theirs.

    A mark at one end whose other one was cut off is left out.
    """
    lone = words.count("“") - words.count("”")
    if lone > 0:
        words = words.removeprefix("“")
    elif lone < 0:
        words = words.removesuffix("”")
    return words if _is_quoted(words) else f"“{words}”"


def _is_quoted(words: str) -> bool:
    """Whether the mark at the beginning is closed by that at the end, and not before."""
    open_marks = list(accumulate((char == "“") - (char == "”") for char in words))
    return len(words) > 1 and words[0] == "“" and words[-1] == "”" and all(open_marks[:-1])


@cache
def phrases() -> Phrases:
    """The phrases of the package."""
    raw = resources.files("marsad.reports").joinpath("data", "phrases.toml").read_text(encoding="utf-8")
    said = tomllib.loads(raw)
    nouns = {name: (one, several) for name, (one, several) in said.pop("nouns").items()}
    sets = said.pop("sets")
    return Phrases(
        nouns=nouns,
        openers=frozenset(sets["openers"]),
        **said,
    )
