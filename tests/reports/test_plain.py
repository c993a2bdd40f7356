"""Hostile texts in every format: what no document can hold leaves a mark, and every file still opens."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.reports.charts import Bar, Panel, range_bars
from marsad.reports.maps import Pin, point_map
from marsad.reports.model import (
    Disagreement,
    Evidence,
    NoteParagraph,
    Notes,
    Paragraph,
    Picture,
    Piece,
    Report,
    Row,
    Run,
    Section,
    Sentence,
    Side,
    Table,
)
from marsad.reports.rendering import FORMS, Form, render
from marsad.reports.rendering.plain import clean, ranges

HOSTILE = 'a\0b\ud800c\x1b[31m \u202eevil\u202c <i> #eval("1") \\[x\\] *y* $z$ `q` @e1 \uffff 😀 العربية'


def report(text: str) -> Report:
    sentence = Sentence((Run(text, "value"), Run(f"“{text}”", "quote")), ("c1",))
    evidence = Evidence(
        id="c1", document="d1", title=text, publisher=text, published="2024-03-10", known="2024-03-10",
        url=text, holder=text, origin="x", words=text, pieces=(Piece(text, text, text),),
    )  # fmt: skip
    chart, height = range_bars([Panel(text, [Bar(text, text, 1, None, 5, text)])], text)
    blocks = (
        Paragraph((sentence,), is_item=True),
        Table(text, (text,), (Row((text,), ("c1",)),)),
        Picture(chart, 680, height, text, text, ("c1",)),
        Disagreement(sentence, (Side(sentence, (sentence,)),), (Side(sentence, ()),)),
        Notes((NoteParagraph(text, "heading"), NoteParagraph(text, "item"), NoteParagraph(text))),
    )
    section = Section("changes", text, blocks, own_page=True)
    return Report(text, text, "2024-03-01", "2024-03-31", ((text, text),), (section,), (evidence,))


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_text_makes_a_file_that_opens(form: Form) -> None:
    raw = render(report(HOSTILE), form)
    assert raw == render(report(HOSTILE), form)
    if form == "docx":
        text = docx.Document(io.BytesIO(raw)).paragraphs[0].text
    elif form == "pdf":
        text = pypdfium2.PdfDocument(raw)[0].get_textpage().get_text_bounded()
    else:
        text = raw.decode()
    assert "evil" in text and "\u202e" not in text and "\0" not in text


@settings(max_examples=60)
@given(st.text(st.characters(codec=None)))
def test_no_text_breaks_the_page_or_the_markdown(text: str) -> None:
    assert render(report(text), "html").decode()
    assert render(report(text), "md").decode()


@given(st.text(st.characters(codec=None)))
def test_a_clean_text_can_be_stored_anywhere_and_stays_clean(text: str) -> None:
    once = clean(text)
    assert once.encode() and "\0" not in once if once else True
    assert clean(once) == once


@given(st.sets(st.integers(1, 60)))
def test_ranges_name_the_same_numbers(numbers: set[int]) -> None:
    assert {n for first, last in ranges(sorted(numbers)) for n in range(first, last + 1)} == numbers


def bars() -> st.SearchStrategy[Bar]:
    number = st.none() | st.integers(0, 10**9) | st.floats(0, 1e6, allow_nan=False)
    return st.builds(
        Bar, st.text(max_size=30), st.text(max_size=30), number, number, number, st.text(max_size=30)
    )


@given(st.lists(st.builds(Panel, st.text(max_size=40), st.lists(bars(), max_size=4)), min_size=1, max_size=4))
def test_a_chart_is_sound_xml_and_draws_no_line_from_row_to_row(panels: list[Panel]) -> None:
    svg, height = range_bars(panels, "A chart")
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.get("height") == str(height)
    for line in root.iter("{http://www.w3.org/2000/svg}line"):
        is_bar = line.get("stroke-width") == "4"
        assert not is_bar or line.get("y1") == line.get("y2")
    assert not list(root.iter("{http://www.w3.org/2000/svg}polyline"))
    assert not list(root.iter("{http://www.w3.org/2000/svg}path"))


def test_an_open_end_is_an_arrow_and_an_unnamed_holder_hollow() -> None:
    closed, _ = range_bars([Panel("p", [Bar("2024", "X", 1, None, 5, "1 to 5")])], "c")
    opened, _ = range_bars([Panel("p", [Bar("2024", "X", 5, None, None, "at least 5")])], "c")
    hollow, _ = range_bars([Panel("p", [Bar("2024", "X", 5, 5, 5, "5", is_named=False)])], "c")
    assert "polygon" in opened and "polygon" not in closed
    assert 'fill="#ffffff" stroke' in hollow


@given(
    st.lists(
        st.builds(
            Pin,
            st.text(min_size=1, max_size=20),
            st.floats(-80, 80),
            st.floats(-179, 179),
            st.integers(1, 500),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_pin_lies_on_the_map(pins: list[Pin]) -> None:
    svg, height = point_map(pins, "A map")
    root = ElementTree.fromstring(svg)  # noqa: S314
    circles = list(root.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == len(pins)
    for circle in circles:
        assert 0 <= float(circle.get("cx", "-1")) <= 680 and 0 <= float(circle.get("cy", "-1")) <= height


def test_evidence_without_its_text_still_shows_its_words() -> None:
    whole = report("plain words")
    bare = replace(whole, evidence=tuple(replace(each, pieces=()) for each in whole.evidence))
    assert all(render(bare, form) for form in FORMS)
