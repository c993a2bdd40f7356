"""Where the text of a PDF stands: every line's offsets and box, and the boxes of any span."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.documents import page
from marsad.documents.pdf import extract, layout
from marsad.documents.pdf.placement import Layout, boxes
from marsad.errors import BadInput

PROSE = (
    "The five officials met in Marrun and heard that the convoy had left the valley before dawn. Witnesses "
    "spoke of 1,500 riders#footnote[See S/2023/95, paragraph 3.] and of counter-terrorism, extraordinarily. "
)
SOURCE = f"""#set page(paper: "a5", columns: 2, header: [S/2024/92 #h(1fr) A report])
#set text(font: "Libertinus Serif", size: 9pt, lang: "en")
#set par(justify: true)
#place(top, scope: "parent", float: true)[#text(16pt)[A title over both columns]]
{(PROSE * 2 + chr(10) + chr(10)) * 8}
#table(columns: 3, [Place], [Riders], [Remark], [Marrun], [1,500], [none])
"""


@cache
def raw() -> bytes:
    return bytes(typst.compile(SOURCE.encode(), ignore_system_fonts=True))


@cache
def text() -> str:
    return page.decode(extract(raw())).pages[0].text


@cache
def places() -> Layout:
    return layout(raw())


def seen(number: int, box: tuple[float, float, float, float]) -> str:
    """What PDFium finds within a box of a page, without blanks and marks that are dropped."""
    document = pypdfium2.PdfDocument(raw())
    sheet = document[number - 1]
    height = sheet.get_height()
    left, top, right, bottom = box
    found = sheet.get_textpage().get_text_bounded(left - 0.5, height - bottom, right + 0.5, height - top)
    document.close()
    return str(found)


def letters(line: str) -> str:
    return "".join(letter for letter in line if letter.isalpha())


def test_the_layout_is_of_the_text_that_extraction_gives() -> None:
    assert places().text_sha256 == hashlib.sha256(text().encode()).hexdigest()
    assert len(places().pages) == len(pypdfium2.PdfDocument(raw()))
    assert places().pages[0] == pytest.approx((419.53, 595.28), abs=0.02)


def test_lines_cover_the_text_in_order() -> None:
    lines = places().lines
    assert lines[0].begin == 0
    assert lines[-1].end == len(text())
    for one, other in pairwise(lines):
        assert one.begin < one.end <= other.begin < other.end
        assert text()[one.end : other.begin] in ("", " ", "\t", "\n\n")


def test_each_line_stands_in_its_box() -> None:
    for line in places().lines:
        found = letters(seen(line.page, line.box))
        assert letters(text()[line.begin : line.end]) in found.replace("\ufb01", "fi")


def test_each_word_of_a_line_stands_where_its_characters_are() -> None:
    for line in places().lines[:60]:
        words = text()[line.begin : line.end].split(" ")
        begin = line.begin
        for word in words:
            (place,) = boxes(places(), [(begin, begin + len(word))])
            assert letters(word) in letters(seen(place.page, place.box))
            assert place.box[2] - place.box[0] <= line.box[2] - line.box[0] + 0.1
            begin += len(word) + 1


@settings(max_examples=60)
@given(st.data())
def test_any_span_has_boxes_within_its_lines(data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text()) - 1))
    end = data.draw(st.integers(begin + 1, min(begin + 300, len(text()))))
    found = boxes(places(), [(begin, end)])
    touched = [line for line in places().lines if line.begin < end and begin < line.end]
    assert [place.page for place in found] == [line.page for line in touched]
    for place, line in zip(found, touched, strict=True):
        assert line.box[0] - 1 <= place.box[0] <= place.box[2] <= line.box[2] + 1
        assert (place.box[1], place.box[3]) == (line.box[1], line.box[3])


def test_a_span_over_two_columns_has_boxes_in_both() -> None:
    lines = [line for line in places().lines if line.page == 1]
    last = max(at for at, line in enumerate(lines[:-1]) if lines[at + 1].box[1] < line.box[1] - 50)
    first, second = boxes(places(), [(lines[last].begin, lines[last + 1].end)])
    assert first.box[0] < second.box[0]
    assert first.box[1] > second.box[1]


def test_what_is_no_pdf_has_no_layout() -> None:
    with pytest.raises(BadInput, match="a broken PDF"):
        layout(b"no PDF")
