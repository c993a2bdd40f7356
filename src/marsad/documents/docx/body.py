"""The running text of a Word document: paragraphs, tables, text boxes, notes; changes as if accepted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from marsad.documents.docx.package import attribute, child, is_on, local
from marsad.documents.docx.styles import Styles

_WRAPPERS = {
    *("hyperlink", "smartTag", "fldSimple", "customXml", "sdtContent", "dir", "bdo", "ruby", "rubyBase"),
    *("ins", "moveTo"),
}
_WRITTEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = {"drawing", "pict", "object"}
_UP = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_PROSE = 300  # characters of several paragraphs that make a cell a part of the page, not of a table


class Body:
    """Reads one document and keeps count of what it leaves out."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # the fields that are open: whether in their instructions
        self._boxes: list[Element] = []
        self._joined = ""  # the beginning of a paragraph whose end was deleted
        self.notes: list[tuple[str, str]] = []  # footnotes and endnotes as they are referred to: kind, id
        self.headings: dict[str, str] = {}  # the first text of `title` and of `heading 1`
        self.hidden = self.deleted = self.inserted = 0

    def blocks(self, element: Element) -> Iterator[str]:
        """The paragraphs and tables below `element`, each without blank lines around it."""
        for each in element:
            name = local(each)
            if name == "p":
                yield from self._paragraph(each)
            elif name == "tbl":
                yield from self._table(each)
            elif name in ("del", "moveFrom"):
                self.deleted += 1
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(each))
            elif name == "sdt" or name in _WRAPPERS:
                self.inserted += name in ("ins", "moveTo")
                yield from self.blocks(each)
        if self._joined.strip():  # nothing came after it
            yield self._joined.strip()
        self._joined = ""

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        style = _style(properties, "pStyle")
        text = "".join(self._inline(paragraph, self._styles.hides(style)))
        self._fields = [is_open for is_open in self._fields if not is_open]
        name = self._styles.name(style)
        text, self._joined = self._joined + text, ""
        if child(properties, "rPr", "del") is not None:
            self._joined = text
        elif (text := text.strip()) and not name.startswith("toc "):
            self.headings.setdefault(name, text)
            yield text
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _inline(self, element: Element, is_hidden: bool) -> Iterator[str]:
        for each in element:
            name = local(each)
            if name == "r":
                yield from self._run(each, is_hidden)
            elif name in ("del", "moveFrom"):
                self.deleted += 1
            elif name == "AlternateContent":
                yield from self._inline(_chosen(each), is_hidden)
            elif name in ("oMath", "oMathPara"):
                yield "".join(part.text or "" for part in each.iter() if local(part) == "t")
            elif name == "sdt" or name in _WRAPPERS:
                self.inserted += name in ("ins", "moveTo")
                yield from self._inline(each, is_hidden)

    def _run(self, run: Element, is_hidden: bool) -> Iterator[str]:
        properties = child(run, "rPr")
        is_hidden = is_hidden or self._styles.hides(_style(properties, "rStyle"))
        own = is_on(properties, "vanish")
        boxes, notes = len(self._boxes), len(self.notes)
        text = "".join(self._pieces(run))
        if is_hidden if own is None else own:
            self.hidden += len(text.strip())
            del self._boxes[boxes:], self.notes[notes:]
        elif not any(self._fields):
            yield _raised(text, properties)

    def _pieces(self, run: Element) -> Iterator[str]:
        for each in run:
            name = local(each)
            if name == "t":
                yield each.text or ""
            elif name in _WRITTEN:
                yield _WRITTEN[name]
            elif name == "fldChar":
                self._field(attribute(each, "fldCharType"))
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), attribute(each, "id") or ""))
            elif name == "AlternateContent":
                yield from self._pieces(_chosen(each))
            elif name in _PICTURES:
                self._boxes += _outermost(each, "txbxContent")
            elif name in _WRAPPERS:
                yield from self._inline(each, is_hidden=False)

    def _field(self, kind: str | None) -> None:
        """A field is its instructions, which are not shown, and its result, which is."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: Element) -> Iterator[str]:
        """A line a row, a tab between cells; a cell of prose, as in a layout, is paragraphs."""
        rows: list[str] = []
        for row in self._rows(table):
            cells = [list(self.blocks(cell)) for cell in _found(row, "tc")]
            if any(len(cell) > 1 and sum(map(len, cell)) > _PROSE for cell in cells):
                if rows:
                    yield "\n".join(rows)
                    rows = []
                for cell in cells:
                    yield from cell
                continue
            line = "\t".join(" ".join(" ".join(cell).split()) for cell in cells)
            if line.strip():
                rows.append(line.rstrip())
        if rows:
            yield "\n".join(rows)

    def _rows(self, table: Element) -> Iterator[Element]:
        for row in _found(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.deleted += 1
            elif is_on(properties, "hidden"):
                self.hidden += sum(len(each.text or "") for each in row.iter() if local(each) == "t")
            else:
                yield row


def _chosen(alternatives: Element) -> Element:
    """One of several ways to write the same: the first, else the one for old programs."""
    found = child(alternatives, "Choice")
    found = child(alternatives, "Fallback") if found is None else found
    return alternatives if found is None else found


def _found(element: Element, name: str) -> Iterator[Element]:
    """Elements `name` below, within controls and marks of change but not within one another."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) == "sdt" or local(each) in _WRAPPERS:
            yield from _found(each, name)


def _outermost(element: Element, name: str) -> Iterator[Element]:
    for each in element:
        if local(each) == name:
            yield each
        else:
            yield from _outermost(_chosen(each) if local(each) == "AlternateContent" else each, name)


def _style(properties: Element | None, kind: str) -> str | None:
    found = child(properties, kind)
    return None if found is None else attribute(found, "val")


def _raised(text: str, properties: Element | None) -> str:
    """Raised and lowered digits as such: 10⁶ is not 106."""
    found = child(properties, "vertAlign")
    if found is None or not text.strip("+-−").isdecimal():
        return text
    place = attribute(found, "val")
    return text.translate(_UP if place == "superscript" else _DOWN if place == "subscript" else {})
