"""A report as DOCX: headings, tables with headings that repeat, charts as pictures with their descriptions.

Citations are links to bookmarks in the list of words at the end.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from marsad.reports.model import (
    Block,
    Disagreement,
    Evidence,
    Explanation,
    Notes,
    Paragraph,
    Picture,
    Report,
    Sentence,
    Side,
    Table,
)
from marsad.reports.phrases import phrases
from marsad.reports.rendering import plain
from marsad.reports.rendering.typesetting import png
from marsad.version import VERSION

_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry of the ZIP: its format knows no earlier day
_WIDE = Mm(170)  # between the margins of A4
_SOFT = RGBColor(0x55, 0x55, 0x55)


def render(report: Report) -> bytes:
    """An Office Open XML document whose dates are the last day of the report."""
    written = _Writer(report)
    written.write()
    raw = io.BytesIO()
    written.document.save(raw)
    return _steady(raw.getvalue())


def _steady(raw: bytes) -> bytes:
    """The same archive without the moment of its making."""
    steady = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as found,
        zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in found.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, found.read(name))
    return steady.getvalue()


class _Writer:
    def __init__(self, report: Report) -> None:
        self._report = report
        self.document = Document()
        self._pictures = 0

    def write(self) -> None:
        report, say = self._report, phrases()
        self._set_up()
        self.document.add_heading(report.title, 0)
        self._text(f"Situation report, {report.first} to {report.last}")
        for name, words in report.facts:
            self._text(f"{name}: {words}", size=8.5, is_soft=True)
        for number, section in enumerate(report.sections, 1):
            if section.own_page:
                self._page_break()
            self.document.add_heading(f"{number}. {section.title}", 1)
            self._blocks(section.blocks)
            for part in section.parts:
                self.document.add_heading(part.title, 2)
                self._blocks(part.blocks)
            if section.own_page:
                self._page_break()
        self._page_break()
        self.document.add_heading(say.titles["evidence"], 1)
        self._text(say.explanations["evidence"], size=9, is_soft=True)
        for number, found in enumerate(report.evidence, 1):
            self._evidence(number, found)

    def _set_up(self) -> None:
        """Page, language, footer and properties."""
        report, document = self._report, self.document
        page = document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        _child(normal.element.get_or_add_rPr(), "w:lang", val="en-GB", bidi="ar-SA")
        for name in ("Title", "Heading 1", "Heading 2"):
            document.styles[name].font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        footer = page.footer.paragraphs[0]
        footer.add_run(f"{report.title}, {report.first} to {report.last} – ").font.size = Pt(8.5)
        _field(footer, "PAGE")
        day = datetime.fromisoformat(f"{report.last}T00:00:00")
        core = document.core_properties
        core.title, core.author = f"{report.title}, {report.first} to {report.last}", f"marsad {VERSION}"
        core.created = core.modified = day
        core.last_modified_by, core.revision, core.language, core.comments = "", 1, "en", ""

    def _page_break(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _text(self, text: str, *, size: float = 10.5, is_soft: bool = False, style: str | None = None) -> Any:  # noqa: ANN401
        paragraph = self.document.add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        if is_soft:
            run.font.color.rgb = _SOFT
        return paragraph

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                paragraph = self.document.add_paragraph(style="List Bullet" if block.is_item else None)
                for at, sentence in enumerate(block.sentences):
                    self._sentence(paragraph, sentence, before=" " if at else "")
            elif isinstance(block, Explanation):
                self._text(block.text, size=9, is_soft=True)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Picture):
                self._picture(block)
            elif isinstance(block, Disagreement):
                self._disagreement(block)
            elif isinstance(block, Notes):
                for each in block.paragraphs:
                    style = {"heading": "Heading 3", "item": "List Bullet", "text": "Quote"}[each.kind]
                    self._text(each.text, style=style)

    def _sentence(self, paragraph: Any, said: Sentence, *, before: str = "", bold: bool = False) -> None:  # noqa: ANN401
        run = paragraph.add_run(before + said.text)
        run.bold = bold or None
        self._cites(paragraph, said.cites)

    def _cites(self, paragraph: Any, cites: Sequence[str], *, space: str = " ") -> None:  # noqa: ANN401
        """Links to the words: the first and the last of each run of numbers."""
        if not cites:
            return
        _small(paragraph.add_run(f"{space}["))
        for at, (first, last) in enumerate(plain.marks(self._report, cites)):
            if at:
                _small(paragraph.add_run(", "))
            _link(paragraph, first)
            if last != first:
                _small(paragraph.add_run("–"))
                _link(paragraph, last)
        _small(paragraph.add_run("]"))

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        columns = [*table.columns, *([phrases().columns["cites"]] if table.of_records else [])]
        made = self.document.add_table(rows=1 + len(table.rows), cols=len(columns), style="Table Grid")
        rows = list(made.rows)
        shares = plain.widths(self._report, table)
        wide = [Emu(int(_WIDE * share / sum(shares))) for share in shares]
        made.autofit = False
        for column, width in zip(made.columns, wide, strict=True):
            column.width = width
        _child(rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
        for cell, heading in zip(rows[0].cells, columns, strict=True):
            _cell(cell, heading, bold=True)
        for made_row, row in zip(rows[1:], table.rows, strict=True):
            _child(made_row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
            cells = made_row.cells
            for cell, text in zip(cells, row.cells, strict=False):
                _cell(cell, text)
            if table.of_records:
                self._cites(cells[-1].paragraphs[0], row.cites, space="")
            for cell, width in zip(cells, wide, strict=True):
                cell.width = width
        self.document.add_paragraph()

    def _caption(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(text).bold = True

    def _picture(self, picture: Picture) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        width = min(_WIDE, Emu(picture.width * 9525))
        shape = paragraph.add_run().add_picture(io.BytesIO(png(picture.svg)), width=width)
        self._pictures += 1
        shape._inline.docPr.set("descr", picture.alt)
        shape._inline.docPr.set("name", f"Picture {self._pictures}")
        below = self._text(picture.caption, size=8.5, is_soft=True)
        self._cites(below, picture.cites)

    def _disagreement(self, found: Disagreement) -> None:
        """The sides as the cells of one row."""
        question = self.document.add_paragraph()
        question.paragraph_format.keep_with_next = True
        self._sentence(question, found.question, bold=True)
        made = self.document.add_table(rows=1, cols=len(found.sides), style="Table Grid")
        for cell, side in zip(made.rows[0].cells, found.sides, strict=True):
            self._side(cell, side, first=cell.paragraphs[0])
        for side in found.beside:
            self._side(self.document, side, first=self.document.add_paragraph())
        self.document.add_paragraph()

    def _side(self, where: Any, side: Side, *, first: Any) -> None:  # noqa: ANN401 - a cell or the document
        self._sentence(first, side.answer, bold=True)
        for quote in side.quotes:
            self._sentence(where.add_paragraph(), quote)

    def _evidence(self, number: int, found: Evidence) -> None:
        paragraph = self.document.add_paragraph()
        _bookmark(paragraph, number)
        holder = f" · {found.holder}" if found.holder and found.holder != found.publisher else ""
        _small(paragraph.add_run(f"[{number}] {plain.source_of(found)}{holder}"))
        paragraph.add_run().add_break()
        for piece in found.pieces:
            paragraph.add_run(piece.before)
            quoted = paragraph.add_run(piece.words)
            quoted.bold = quoted.underline = True
            paragraph.add_run(f"{piece.after} ")
        paragraph.add_run().add_break()
        _small(paragraph.add_run(" · ".join(filter(None, (plain.ids_of(found), found.url)))))


def _cell(cell: Any, text: str, *, bold: bool = False) -> None:  # noqa: ANN401 - of python-docx
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = Pt(8.5), bold or None


def _small(run: Any) -> None:  # noqa: ANN401
    run.font.size, run.font.color.rgb = Pt(8), _SOFT


def _child(parent: Any, tag: str, **attributes: str) -> Any:  # noqa: ANN401
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _link(paragraph: Any, number: int) -> None:  # noqa: ANN401
    run = paragraph.add_run(str(number))
    _small(run)
    link = _child(paragraph._p, "w:hyperlink", anchor=f"e{number}")
    link.append(run._r)


def _bookmark(paragraph: Any, number: int) -> None:  # noqa: ANN401
    _child(paragraph._p, "w:bookmarkStart", id=str(number), name=f"e{number}")
    _child(paragraph._p, "w:bookmarkEnd", id=str(number))


def _field(paragraph: Any, code: str) -> None:  # noqa: ANN401
    """A field that the word processor fills in: the number of the page."""
    run = paragraph.add_run()
    run.font.size = Pt(8.5)
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            _child(run._r, "w:instrText").text = code
        _child(run._r, "w:fldChar", fldCharType=kind)
