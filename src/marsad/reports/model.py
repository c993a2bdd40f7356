"""A situation report as data: sections of sentences, tables, pictures and sides, each with its citations.

Every part that says something of the world names the evidence on which it stands, by id. `lint` holds
it to that, and each module of `rendering` writes the whole in one format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from marsad.records.reading import Number


class Run(NamedTuple):
    """A stretch of a sentence: of its template, a value of a record, or words of a document."""

    text: str
    kind: Literal["template", "value", "quote"] = "template"


class Count(NamedTuple):
    """A number that a sentence makes itself, with all that it counts, by id or key."""

    number: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence made of records by a template."""

    runs: tuple[Run, ...]
    cites: tuple[str, ...]  # ids of evidence
    counts: tuple[Count, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: tuple[Sentence, ...]
    is_item: bool = False  # of a list


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text of the package, the same in every report: it says nothing of the world, and cites nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    cites: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading. Where it is `of_records`, each row has citations, in a last column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    of_records: bool = True  # else it tells what the ledger holds, was asked or has done
    quotes: tuple[int, ...] = ()  # columns, from 0, that hold words of documents
    codes: tuple[int, ...] = ()  # columns that hold a code: a reliability, a credibility, a precision


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart or a map as SVG. All that it shows is in a table too."""

    svg: str
    width: int  # in pixels of CSS: 1/96 inch
    height: int
    alt: str
    caption: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a contested question: the answer, and the words of those who give it."""

    answer: Sentence
    quotes: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    question: Sentence
    sides: tuple[Side, ...]
    beside: tuple[Side, ...]  # answers that exclude neither


@dataclass(frozen=True, slots=True)
class Notes:
    """The analyst's own paragraphs: kept apart, marked, and not held to citations."""

    paragraphs: tuple[NoteParagraph, ...]


class NoteParagraph(NamedTuple):
    text: str
    kind: Literal["text", "heading", "item"] = "text"


Block = Paragraph | Explanation | Table | Picture | Disagreement | Notes


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section under a heading of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    own_page: bool = False

    def every_block(self) -> Iterator[Block]:
        yield from self.blocks
        for part in self.parts:
            yield from part.blocks


class Piece(NamedTuple):
    """Quoted words with those around them, as they may be shown."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a sentence has to state it: its values with all that bounds them, in words."""

    id: str
    values: frozenset[Number]
    needed: tuple[str, ...]  # holder, scope, as-of date, status, basis: as worded, where they are known


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of one claim, or of a correction, in one document."""

    id: str
    document: str
    title: str
    publisher: str | None
    published: str
    known: str
    url: str | None
    holder: str | None
    origin: str | None  # the key
    words: str
    pieces: tuple[Piece, ...] = ()  # of what is cited: read when the report is whole
    figures: tuple[Stated, ...] = ()
    dates: frozenset[str] = frozenset()  # ISO 8601 days that its records give
    names: tuple[str, ...] = ()  # what it says of itself and what it is about
    shows: frozenset[str] = frozenset()  # ids of records and keys of origins that it stands for


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    watch: str  # its name
    first: str  # the days of the period, both within; ISO 8601
    last: str
    facts: tuple[tuple[str, str], ...]  # heading and words, of the ledger and of the program
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]  # all that is cited, in the order of its first citation
    topics: tuple[str, ...] = ()  # what the watch calls its indicators

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each piece of evidence in this report."""
        return {each.id: number for number, each in enumerate(self.evidence, 1)}


def sentences_of(block: Block) -> Iterator[Sentence]:
    """All sentences of a block, in the order in which they are read."""
    if isinstance(block, Paragraph):
        yield from block.sentences
    elif isinstance(block, Disagreement):
        yield block.question
        for side in (*block.sides, *block.beside):
            yield side.answer
            yield from side.quotes


def cited(block: Block) -> Iterator[str]:
    """The ids that a block cites, in the order in which they are read, again and again."""
    for sentence in sentences_of(block):
        yield from sentence.cites
    if isinstance(block, Table):
        for row in block.rows:
            yield from row.cites
    elif isinstance(block, Picture):
        yield from block.cites
