"""A report as Markdown (CommonMark with the tables of GitHub): charts as the words that describe them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.reports.model import (
    Block,
    Disagreement,
    Evidence,
    Explanation,
    Notes,
    Paragraph,
    Picture,
    Piece,
    Report,
    Section,
    Sentence,
    Side,
    Table,
)
from marsad.reports.phrases import phrases
from marsad.reports.rendering.plain import ids_of, mark_text, source_of

_MARKS = frozenset("\\`*_[]<>|#~&$^{}")
_BEGINS = frozenset("-+=:")  # these, at the beginning of a line, make a list, a heading or a table


def render(report: Report) -> bytes:
    """UTF-8. A citation is a number of the list of sources at the end."""
    return "".join(f"{line}\n" for line in _Writer(report).lines()).encode()


def escaped(text: str) -> str:
    """`text` as CommonMark shows it, on one line."""
    line = " ".join(text.split())
    shown = "".join(f"\\{char}" if char in _MARKS else char for char in line)
    digits = len(shown) - len(shown.lstrip("0123456789"))
    if shown[:1] in _BEGINS:
        return f"\\{shown}"
    if 0 < digits < len(shown) and shown[digits] in ".)":  # the number of a list
        return f"{shown[:digits]}\\{shown[digits:]}"
    return shown


class _Writer:
    def __init__(self, report: Report) -> None:
        self._report = report

    def lines(self) -> Iterator[str]:
        report, say = self._report, phrases()
        yield from (
            f"# {escaped(report.title)}",
            "",
            f"Situation report, {report.first} to {report.last}",
            "",
        )
        for name, words in report.facts:
            yield f"- {escaped(name)}: {escaped(words)}"
        for number, section in enumerate(report.sections, 1):
            yield from ("", f"## {number}. {escaped(section.title)}", "")
            yield from self._section(section)
        yield from ("", f"## {say.titles['evidence']}", "", say.explanations["evidence"], "")
        for number, found in enumerate(report.evidence, 1):
            yield from _evidence(number, found)

    def _section(self, section: Section) -> Iterator[str]:
        yield from self._blocks(section.blocks)
        for part in section.parts:
            yield from (f"### {escaped(part.title)}", "")
            yield from self._blocks(part.blocks)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)
            yield ""

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield ("- " if block.is_item else "") + " ".join(map(self._sentence, block.sentences))
        elif isinstance(block, Explanation):
            yield f"*{escaped(block.text)}*"
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Picture):
            yield f"**{escaped(block.caption)}** {escaped(block.alt)}{self._cites(block.cites)}"
        elif isinstance(block, Disagreement):
            yield from self._disagreement(block)
        elif isinstance(block, Notes):
            for paragraph in block.paragraphs:
                begin = {"heading": "**", "item": "- ", "text": ""}[paragraph.kind]
                end = "**" if paragraph.kind == "heading" else ""
                yield from (f"> {begin}{escaped(paragraph.text)}{end}", ">")

    def _sentence(self, said: Sentence) -> str:
        return escaped(said.text) + self._cites(said.cites)

    def _cites(self, cites: Sequence[str]) -> str:
        return f" \\[{mark_text(self._report, cites)}\\]" if cites else ""

    def _table(self, table: Table) -> Iterator[str]:
        columns = [*table.columns, *([phrases().columns["cites"]] if table.of_records else [])]
        yield from (f"**{escaped(table.caption)}**", "")
        yield f"| {' | '.join(map(escaped, columns))} |"
        yield f"|{' --- |' * len(columns)}"
        for row in table.rows:
            cells = [escaped(cell) for cell in row.cells]
            if table.of_records:
                cells.append(self._cites(row.cites).strip())
            yield f"| {' | '.join(cells)} |"

    def _disagreement(self, found: Disagreement) -> Iterator[str]:
        """Both sides as the columns of one table."""
        yield from (f"**{self._sentence(found.question)}**", "")
        yield f"| {' | '.join(self._sentence(side.answer) for side in found.sides)} |"
        yield f"|{' --- |' * len(found.sides)}"
        yield f"| {' | '.join(map(self._quotes, found.sides))} |"
        for side in found.beside:
            yield from ("", f"{self._sentence(side.answer)} {self._quotes(side)}")

    def _quotes(self, side: Side) -> str:
        return " ".join(map(self._sentence, side.quotes))


def _evidence(number: int, found: Evidence) -> Iterator[str]:
    holder = f" · {escaped(found.holder)}" if found.holder and found.holder != found.publisher else ""
    words = " ".join(map(_words, found.pieces))
    url = f" · {escaped(found.url)}" if found.url else ""
    yield from (
        f"{number}. {escaped(source_of(found))}{holder}  ",
        f"   {words}  ",
        f"   {ids_of(found)}{url}",
    )


def _words(piece: Piece) -> str:
    """Quoted words in bold, with the spaces that stand between them and those around."""
    before = f"{escaped(piece.before)}{' ' if piece.before[-1:].isspace() else ''}"
    after = f"{' ' if piece.after[:1].isspace() else ''}{escaped(piece.after)}"
    return f"{before}**{escaped(piece.words)}**{after}".strip()
