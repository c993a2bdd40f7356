"""The lint of a report: what it may not say. It runs before anything is written.

Refused are a sentence without a citation that resolves, quoted words that are not the cited ones, a
likelihood beside a confidence, a number or a name that is not in what is cited, a figure without what
bounds it, and a count of anything but what is cited.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from marsad.errors import MarsadError
from marsad.records.reading import Number
from marsad.reports.model import (
    Count,
    Evidence,
    Explanation,
    Notes,
    Picture,
    Report,
    Row,
    Run,
    Sentence,
    Table,
    sentences_of,
)
from marsad.reports.phrases import phrases

_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_TOKEN = re.compile(r"[\d.,]+|[^\W\d_]+")
_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?]\s|\n")
_MAGNITUDES = frozenset({"hundred", "thousand", "million", "billion"})
_CODES = frozenset("ABCDEF1234567–")
_SHOWN = 120  # characters of a sentence in an error


class Fault(NamedTuple):
    """What is wrong, and where."""

    what: str
    where: str


class Unfit(MarsadError):
    """A report that may not be written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = faults[0]
        more = f"; {len(faults) - 1} more faults" if len(faults) > 1 else ""
        super().__init__(f"the report was not written: {first.what}: “{first.where}”{more}")


def require_fit(report: Report) -> None:
    """Refuse a report that says what it may not.

    Raises:
        Unfit: with every fault.
    """
    if found := list(faults(report)):
        raise Unfit(found)


def faults(report: Report) -> Iterator[Fault]:
    """Every fault of a report, in the order of its sections."""
    lint = _Lint({each.id: each for each in report.evidence}, _own_words(report))
    for section in report.sections:
        for block in section.every_block():
            for sentence in sentences_of(block):
                yield from lint.sentence(sentence)
            if isinstance(block, Table) and block.of_records:
                for row in block.rows:
                    yield from lint.row(row, block)
            elif isinstance(block, Picture):
                yield from lint.cited(block.cites, block.caption)
            elif isinstance(block, Explanation) and block.text not in phrases().explanations.values():
                yield Fault("an explanation that is none of the package's", _short(block.text))
            elif isinstance(block, Notes):
                for paragraph in block.paragraphs:
                    yield from unmixed(paragraph.text)


def unmixed(text: str) -> Iterator[Fault]:
    """The sentences of a text in which a likelihood stands beside a confidence (ICD 203)."""
    for sentence in _END.split(text):
        if _has(sentence, _rules().likelihood) and _has(sentence, _rules().confidence):
            yield Fault("a likelihood and a confidence in one sentence", _short(sentence))


@dataclass(frozen=True, slots=True)
class _Rules:
    likelihood: tuple[tuple[str, ...], ...]
    confidence: tuple[tuple[str, ...], ...]
    plain_names: frozenset[str]
    numbers: Mapping[str, int]


@cache
def _rules() -> _Rules:
    raw = resources.files("marsad.reports").joinpath("data", "lint.toml").read_text(encoding="utf-8")
    said = tomllib.loads(raw)
    return _Rules(
        likelihood=tuple(tuple(term.split()) for term in said["likelihood"]),
        confidence=tuple(tuple(term.split()) for term in said["confidence"]),
        plain_names=frozenset(said["plain_names"]),
        numbers=said["numbers"],
    )


def _has(text: str, terms: Iterable[tuple[str, ...]]) -> bool:
    words = _WORD.findall(text.casefold())
    heads = {term[0] for term in terms}
    return any(
        tuple(words[at : at + len(term)]) == term
        for at, word in enumerate(words)
        if word in heads
        for term in terms
    )


class _Lint:
    def __init__(self, evidence: Mapping[str, Evidence], own: frozenset[str]) -> None:
        self._evidence, self._own = evidence, own

    def cited(self, cites: Sequence[str], text: str) -> Iterator[Fault]:
        if not cites:
            yield Fault("no citation", _short(text))
        for each in cites:
            if each not in self._evidence:
                yield Fault(f"a citation that leads nowhere ({each})", _short(text))

    def sentence(self, said: Sentence) -> Iterator[Fault]:
        own = " ".join(run.text for run in said.runs if run.kind != "quote")
        found = list(self.cited(said.cites, said.text))
        yield from found
        yield from unmixed(own)
        if found:
            return
        evidence = [self._evidence[each] for each in said.cites]
        quotes = [run.text for run in said.runs if run.kind == "quote"]
        yield from _quoted(quotes, evidence, said.text)
        yield from self._numbers(own, said.counts, evidence, said.text)
        yield from self._names(said.runs, evidence, said.text)

    def row(self, row: Row, table: Table) -> Iterator[Fault]:
        """A row of a table. Names stand in it under a heading; its numbers are held as a sentence's."""
        cells = [cell for at, cell in enumerate(row.cells) if at not in (*table.quotes, *table.codes)]
        text = " | ".join(cells)
        found = list(self.cited(row.cites, text))
        yield from found
        yield from unmixed(text)
        if not found:
            evidence = [self._evidence[each] for each in row.cites]
            yield from _quoted([row.cells[at] for at in table.quotes], evidence, text)
            for code in (row.cells[at] for at in table.codes):
                if code[:1] not in _CODES:
                    yield Fault(f"{code} is no code", _short(text))
            yield from self._numbers(text, row.counts, evidence, text)

    def _numbers(
        self, own: str, counts: Sequence[Count], evidence: Sequence[Evidence], text: str
    ) -> Iterator[Fault]:
        shown = frozenset[str]().union(*(each.shows for each in evidence))
        for count in counts:
            if count.number != len(set(count.of)) or not shown.issuperset(count.of):
                yield Fault(f"a count ({count.number}) of what is not cited", _short(text))
        days = frozenset[str]().union(*(each.dates for each in evidence))
        for date in _DATE.findall(own):
            if not any(day.startswith(date) for day in days) and date not in self._own:
                yield Fault(f"a date ({date}) that is not in what is cited", _short(text))
        counted = {count.number for count in counts}
        said = _said(evidence)
        for shown_as, value in _values(_DATE.sub(" ", own)):
            stated = [each for one in evidence for each in one.figures if value in each.values]
            if stated and value not in counted:
                if not any(all(need in own for need in each.needed) for each in stated):
                    yield Fault(f"a figure ({shown_as}) without what bounds it", _short(text))
            elif not stated and value not in counted and value not in said and shown_as not in self._own:
                yield Fault(f"a number ({shown_as}) that is not in what is cited", _short(text))

    def _names(self, runs: Sequence[Run], evidence: Sequence[Evidence], text: str) -> Iterator[Fault]:
        known = _rules().plain_names | self._own
        known |= {word for each in evidence for said in (each.words, *each.names) for word in _words(said)}
        for at, run in enumerate(runs):
            if run.kind == "quote":
                continue
            words = _words(run.text)
            begins = at == 0 and run.kind == "template"
            for word in words[1:] if begins else words:
                if word[0].isupper() and word not in known:
                    yield Fault(f"a name ({word}) that is not in what is cited", _short(text))


def _quoted(quotes: Iterable[str], evidence: Sequence[Evidence], text: str) -> Iterator[Fault]:
    for quote in quotes:
        words = " ".join(quote.strip("“”… ").split())
        if not any(words in " ".join(each.words.split()) for each in evidence):
            yield Fault("quoted words that are not the cited ones", _short(text))


def _said(evidence: Iterable[Evidence]) -> frozenset[float]:
    """The numbers that the cited words, names and dates hold."""
    several = list(evidence)
    texts = (text for each in several for text in (each.words, *each.names))
    years = {float(day[:4]) for each in several for day in each.dates}
    return frozenset(value for text in texts for _, value in _values(text)) | years


def _values(text: str) -> Iterator[tuple[str, Number]]:
    """The numbers of a text, in digits or in words: as they stand, and what they are worth."""
    tokens = [each for token in _TOKEN.findall(text) if (each := token.strip(".,"))]
    for at, token in enumerate(tokens):
        if token[0].isdecimal():
            value = _digits(token)
            if following := _magnitude(tokens[at + 1 : at + 4]):
                yield f"{token} {following}", round(value * _rules().numbers[following], 6)
            else:
                yield token, value
        elif (word := token.casefold()) in _rules().numbers:
            before = tokens[at - 1] if at else ""
            if not (before[:1].isdecimal() and word in _MAGNITUDES):
                yield token, _rules().numbers[word]


def _magnitude(after: Sequence[str]) -> str | None:
    """What a number is a number of: `2 million`; of both in `2 to 3 million`."""
    words = [word.casefold() for word in after]
    if words[:1] == ["to"] and len(words) == 3 and words[1][0].isdecimal():
        words = words[2:]
    return words[0] if words and words[0] in _MAGNITUDES else None


def _digits(token: str) -> Number:
    """What digits are worth: a comma parts thousands, one full stop the decimals."""
    plain = token.replace(",", "")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    return float(plain)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word[0].isdecimal()]


def _own_words(report: Report) -> frozenset[str]:
    """The words of its title and headings, which are the user's, and the days of its period."""
    headings = [part.title for section in report.sections for part in section.parts]
    words = (word for text in (report.title, *report.topics, *headings) for word in _WORD.findall(text))
    days = (day for _, fact in report.facts for day in _DATE.findall(fact))
    return frozenset(words) | {report.first, report.last, *days}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
