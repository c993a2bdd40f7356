"""The report of a small ledger: every sentence leads to words, nothing private shows, in any format."""

from __future__ import annotations

import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest

from marsad.errors import BadInput
from marsad.ledger.store import Store
from marsad.reports.model import Disagreement, Picture, Report, Table, sentences_of
from marsad.reports.notes import parse
from marsad.reports.rendering import FORMS, Form, render
from marsad.reports.rendering.md import escaped
from marsad.reports.situation_report import report_on

from . import issues
from .issues import FIRST, LAST, PRIVATE, REPORTS, RIGHT_TO_LEFT, WATCH, made

NOTES = "# What I think\n\nThe *ministry* gains by high numbers.\n\n- See [there](http://example.org)\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("issues"))


@pytest.fixture(scope="module")
def ledger(workspace: Path) -> Iterator[Store]:
    with Store.open(workspace) as store:
        yield store


@pytest.fixture(scope="module")
def report(ledger: Store) -> Report:
    return report_on(ledger, WATCH, FIRST, LAST, parse(NOTES))


@pytest.fixture(scope="module")
def files(report: Report) -> dict[Form, bytes]:
    return {form: render(report, form) for form in FORMS}


def words_of(raw: bytes, form: Form) -> str:
    """The text that a reader of the file sees, on one line."""
    if form == "pdf":
        document = pypdfium2.PdfDocument(raw)
        pages = [page.get_textpage() for page in document]
        text = "\n".join(page.get_text_bounded() for page in pages)
    elif form == "docx":
        text = "\n".join(
            node.text or ""
            for node in docx.Document(io.BytesIO(raw)).element.iter()
            if node.tag.endswith("}t")
        )
    else:
        text = raw.decode()
    return " ".join(text.split())


def plain(text: str) -> str:
    """Letters and digits alone: what stays of words when lines are broken and hyphenated."""
    return "".join(char for char in text if char.isalnum())


# What it says


def test_the_accounts_of_one_incident_share_a_row(report: Report) -> None:
    tables = [
        each for section in report.sections for each in section.every_block() if isinstance(each, Table)
    ]
    days = [row for table in tables for row in table.rows if row.cells[:1] == ("2024-03-02",)]
    (row,) = days
    evidence = {each.id: each for each in report.evidence}
    assert len({evidence[cite].document for cite in row.cites}) == 2
    assert any("council" in cell and "ministry" in cell for cell in row.cells)


def test_every_sentence_leads_to_words_of_its_document(report: Report, ledger: Store) -> None:
    texts = ledger.shown_texts({each.document for each in report.evidence})
    evidence = {each.id: each for each in report.evidence}
    said = [s for section in report.sections for block in section.every_block() for s in sentences_of(block)]
    assert len(said) > 10
    for sentence in said:
        assert sentence.cites, sentence.text
        for cite in sentence.cites:
            found = evidence[cite]
            for piece in found.pieces:
                assert piece.words in texts[found.document]
                assert piece.words.split()
                around = f"{piece.before}{piece.words}{piece.after}".strip("…")
                assert around in texts[found.document]


def test_both_sides_of_a_disagreement_stand_with_their_words(report: Report) -> None:
    (section,) = (each for each in report.sections if each.id == "disagreements")
    found = [block for block in section.blocks if isinstance(block, Disagreement)]
    assert found and section.own_page
    text = " ".join(s.text for block in found for s in sentences_of(block))
    assert "killed six soldiers”" in text
    assert "Answer: affirmed (" in text and "Answer: denied (" in text
    assert all(side.quotes for block in found for side in block.sides)


def test_figures_of_two_holders_stand_with_all_that_bounds_them(report: Report) -> None:
    (section,) = (each for each in report.sections if each.id == "figures")
    rows = [row for block in section.every_block() if isinstance(block, Table) for row in block.rows]
    holders = {row.cells[1] for row in rows if "500 to 700" in row.cells or "2,000 to 2,500" in row.cells}
    assert len(holders) == 2
    assert all(len(row.cells) == 6 and row.cites for row in rows)
    assert [block for block in section.every_block() if isinstance(block, Picture)]


def test_what_came_before_the_period_is_no_key_change(report: Report) -> None:
    (changes,) = (each for each in report.sections if each.id == "changes")
    text = " ".join(s.text for block in changes.blocks for s in sentences_of(block))
    assert "outside the last range, according to the defence ministry, 2,000 to 2,500 fighters" in text
    assert "900 to 1,100" not in text


def test_a_report_of_an_earlier_day_is_that_of_a_ledger_without_later_documents(
    ledger: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = tuple(each for each in REPORTS if each["published"] <= "2024-03-11")
    monkeypatch.setattr(issues, "REPORTS", early)
    with Store.open(made(tmp_path)) as without:
        there = report_on(without, WATCH, FIRST, "2024-03-11")
    assert render(there, "html") == render(report_on(ledger, WATCH, FIRST, "2024-03-11"), "html")


def test_a_watch_without_evidence_still_makes_a_report(ledger: Store) -> None:
    empty = report_on(ledger, WATCH, "2020", "2020")
    assert empty.evidence == ()
    assert all(render(empty, form) for form in FORMS)


def test_a_period_that_ends_before_it_begins_is_refused(ledger: Store) -> None:
    with pytest.raises(BadInput, match="ends before it begins"):
        report_on(ledger, WATCH, LAST, FIRST)


def test_the_analysts_paragraphs_are_apart_and_marked(report: Report) -> None:
    assert [section.id for section in report.sections][:3] == ["changes", "notes", "indicators"]


# What it is written as


@pytest.mark.parametrize("form", FORMS)
def test_nothing_private_is_in_any_format(files: dict[Form, bytes], form: Form) -> None:
    text = words_of(files[form], form)
    raw = files[form].decode("utf-8", "replace")
    for name in PRIVATE:
        assert name not in text and name not in raw


@pytest.mark.parametrize("form", FORMS)
def test_every_format_holds_every_sentence(report: Report, files: dict[Form, bytes], form: Form) -> None:
    text = plain(words_of(files[form], form))
    if form == "html":
        text = plain(
            re.sub(r"<[^>]*>", "", files[form].decode())
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#39;", "'")
        )
    for section in report.sections:
        for block in section.every_block():
            for sentence in sentences_of(block):
                assert plain(sentence.runs[-1].text)[:40] in text, sentence.text


@pytest.mark.parametrize("form", FORMS)
def test_the_same_ledger_gives_the_same_bytes(
    workspace: Path, tmp_path: Path, files: dict[Form, bytes], form: Form
) -> None:
    copy = shutil.copytree(workspace, tmp_path / "copy")
    with Store.open(copy) as store:
        again = report_on(store, WATCH, FIRST, LAST, parse(NOTES))
    assert render(again, form) == files[form]


def test_the_page_loads_nothing_and_runs_nothing(files: dict[Form, bytes]) -> None:
    page = files["html"].decode()
    assert "<script" not in page and "<link" not in page and "<img" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "default-src 'none'" in html.unescape(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_every_link_of_the_page_leads_somewhere(report: Report, files: dict[Form, bytes]) -> None:
    page = files["html"].decode()
    ids = set(re.findall(r'id="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= ids
    assert {f"e{number}" for number in report.numbers.values()} <= ids


def test_markup_of_a_document_is_text_in_markdown(files: dict[Form, bytes]) -> None:
    text = files["md"].decode()
    assert "\\<script\\>" in text and "<script>" not in text
    assert "\\[x\\](http" in text and "](http" not in text.replace("\\](http", "")


def test_markup_of_a_document_is_text_in_pdf_and_docx(files: dict[Form, bytes]) -> None:
    for form in ("pdf", "docx"):
        text = words_of(files[form], form)
        assert "#set page(width: 1pt)" in text
        assert "$pay$" in text


@pytest.mark.parametrize("form", FORMS)
def test_right_to_left_words_are_kept(files: dict[Form, bytes], form: Form) -> None:
    text = words_of(files[form], form)
    if form == "pdf":  # a font may hold joined forms: the letters are told from the marks alone
        assert any("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufeff" for char in text)
    else:
        assert RIGHT_TO_LEFT in text


def test_the_docx_opens_with_headings_tables_and_described_pictures(
    report: Report, files: dict[Form, bytes]
) -> None:
    document = docx.Document(io.BytesIO(files["docx"]))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [each.partition(". ")[2] for each in headings[:-1]] == [
        section.title for section in report.sections
    ]
    assert document.tables and all(table.rows[0].cells for table in document.tables)
    descriptions = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    pictures = [b for s in report.sections for b in s.every_block() if isinstance(b, Picture)]
    assert descriptions == [picture.alt for picture in pictures]
    assert document.core_properties.created is not None
    assert document.core_properties.created.date().isoformat() == LAST


def test_the_pdf_is_tagged_and_has_its_own_date(files: dict[Form, bytes]) -> None:
    document = pypdfium2.PdfDocument(files["pdf"])
    assert document.get_metadata_value("CreationDate").startswith("D:20240331")
    assert document.is_tagged() if hasattr(document, "is_tagged") else b"/StructTreeRoot" in files["pdf"]
    assert "1 / " in words_of(files["pdf"], "pdf")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a \\| b"),
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        ("# head", "\\# head"),
        ("two\nlines", "two lines"),
        ("<b>", "\\<b\\>"),
        ("2024", "2024"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown
