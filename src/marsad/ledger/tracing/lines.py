"""What a thing in a trace is, in one line: kept as what it says, so that it can be told in any language.

`told` tells it in English, as a terminal and PROV-JSON show it; a page of the workbench brings another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from marsad.records.wording import English, Language

SENTENCES = {
    "beside": "{one} · {other}",
    # records
    "claim": "claim {id} {said} ({kind}, {attitude}, certainty {certainty})",
    "figure": "figure {id} {said} {measure} {amount} ({bound}, {status})",
    "incident": "incident {id} {type} ({shape})",
    "relation": "relation {id} {said}",
    "place": "place {id} {name} ({kind})",
    "time": "time {id} {said} {value}",
    "actor": "actor {id} {name} ({kind})",
    "quoted": "“{words}”",
    "denied": "denied: {said}",
    "related": "{source} {type} {target}",
    "counted": "{amount} {unit}",
    "between": "{low} to {high}",
    "open": "open",
    "with_mode": "{type}, {mode}",
    "with_date": "{shape}, {date}",
    # words, text, bytes
    "words": "words {said} at {begin}–{end}",
    "text": "text {id} {n:,} code points, by {extractor}",
    "kept": "bytes {id} {n:,} bytes in {where}",
    "damaged": "bytes {id} damaged",
    "not_kept": "bytes {id} not kept here",
    # documents
    "document": "document {id} {told}",
    "document_alone": "document {id}",
    "redacted": "document {id} redacted: its text, bytes and records were removed",
    "published": "published {day} ({basis})",
    "days": "{first} to {last}",
    "no_date": "date unknown",
    "retrieved": "{document}, retrieved {day}",
    "known": "known {day}",
    # who, and with what
    "party": "{role} {name} ({kind})",
    "agent": "{role} {name}",
    "origin": "origin {name} ({kind})",
    "source": "source {name} ({kind})",
    "identity": "actor {name} ({kind})",
    "one_with": "actor {name}",
    # what was done
    "reading": "reading {entry} of {at} by {reader}",
    "superseded": "{reading}, superseded by reading {entry}",
    "run": "run {run} {command}, {program}, began {at}",
    "review": "review {id} {done} ({state}, because: {reason})",
    "reviewed": "{action} {what}",
    "reviewed_fields": "{action} {what}: {fields}",
    "field": "{name}: {change}",
    "changed": "{before} → {after}",
    "listed": "{one}, {other}",
    "to_be_masked": "words to be masked",
    "review_removed": "review {id}, its words were removed with the document",
    "decision": "{action} of {at} by {by}: {why}",
    "withheld": "reason withheld",
}
PHRASES = {f"trace.{name}": words for name, words in SENTENCES.items()}
ENGLISH = English(PHRASES)


class Word(NamedTuple):
    """A value of a vocabulary, which each language has a name for."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, init=False)
class Line:
    """One of `SENTENCES` with what is put into it; several things stand `beside` one another."""

    name: str
    given: dict[str, Said]

    def __init__(self, name: str, /, **given: Said) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "given", given)


Said = str | int | None | Word | Line | tuple["str | Line", ...]


def told(line: Line, language: Language = ENGLISH) -> str:
    """A line in words."""
    said = {name: _said(value, language) for name, value in line.given.items()}
    return language.phrase(f"trace.{line.name}", **said)


def _said(value: Said, language: Language) -> str | int | None:
    if isinstance(value, Word):
        return language.term(value.field, value.value)
    if isinstance(value, Line):
        return told(value, language)
    if isinstance(value, tuple):
        several = [_said(each, language) for each in value]
        return reduce(lambda one, other: language.phrase("trace.beside", one=one, other=other), several)
    return value


def quoted(words: str) -> Line:
    return Line("quoted", words=" ".join(words.split()))
