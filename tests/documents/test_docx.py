from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents import page as pages
from marsad.documents.docx import extract
from marsad.documents.page import Page
from marsad.errors import BadInput, TooLarge

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(word: Word) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def read(raw: bytes) -> Page:
    (found,) = pages.decode(extract(raw)).pages
    return found


def written(*paragraphs: str) -> bytes:
    """A document with paragraphs in Word's own markup: what is between `<w:p>` and `</w:p>`."""
    word = Document()
    for paragraph in paragraphs:
        word.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w', 'r')}>{paragraph}</w:p>"))
    return saved(word)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def replaced(raw: bytes, **parts: bytes) -> bytes:
    """The same file with other parts: `word_document` is `word/document.xml`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        named = {f"{name.replace('_', '/', 1)}.xml": part for name, part in parts.items()}
        for name in [*old.namelist(), *(name for name in named if name not in old.namelist())]:
            new.writestr(name, named[name] if name in named else old.read(name))
    return file.getvalue()


def test_headings_paragraphs_lists_and_tables_in_order() -> None:
    word = Document()
    word.add_paragraph("The situation in Zafir", style="Title")
    word.add_heading("Summary", 1)
    word.add_paragraph("Snow fell.\nIt was cold.")
    word.add_paragraph("Ten men fled.", style="List Number")
    table = word.add_table(2, 3)
    for cell, text in zip(table._cells, ["Town", "Dead", "", "Zafir", "12", "a\nb"], strict=True):
        cell.text = text
    word.add_paragraph("That is all.")
    word.sections[0].header.paragraphs[0].text = "Restricted"
    word.sections[0].footer.paragraphs[0].text = "Page 1"
    found = read(saved(word))
    assert found.text.split("\n\n") == [
        "The situation in Zafir",
        "Summary",
        "Snow fell.\nIt was cold.",
        "Ten men fled.",
        "Town\tDead\nZafir\t12\ta b",
        "That is all.",
    ]
    assert found.title == "The situation in Zafir" and found.remarks == ()


def test_a_notice_of_a_correction_stands_apart() -> None:
    word = Document()
    word.add_paragraph("Ten men fled.")
    word.add_paragraph("Correction: an earlier version said twelve.")
    found = read(saved(word))
    assert found.text == "Ten men fled."
    assert found.corrections == ("Correction: an earlier version said twelve.",)


def test_of_the_properties_only_a_title_that_somebody_gave_counts() -> None:
    word = Document()
    word.add_heading("A heading", 1)
    word.core_properties.author, word.core_properties.title = "The Typist", "Microsoft Word - draft 3.doc"
    found = read(saved(word))
    assert (found.title, found.author, found.published) == ("A heading", None, None)
    word.core_properties.title = "A title"
    assert read(saved(word)).title == "A title"


def test_tracked_changes_are_taken_as_accepted() -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>denied</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="x">{run("said")}</w:ins>'
    found = read(written(run("The army ") + deleted + inserted + run(" so.")))
    assert found.text == "The army said so."
    assert [(each.code, each.message) for each in found.remarks] == [
        ("tracked_changes", "changes are tracked; deletions left out: 1, insertions kept: 1")
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
    assert read(written(mark + run("Ten men "), run("fled."), run("Snow fell."))).text == (
        "Ten men fled.\n\nSnow fell."
    )
    assert read(written(run("Snow fell."), mark + run("Ten men"))).text == "Snow fell.\n\nTen men"


def test_hidden_text_is_left_out_and_counted_also_where_a_style_hides_it() -> None:
    word = Document()
    word.styles.add_style("Secret", 1).font.hidden = True
    word.add_paragraph("unseen", style="Secret")
    shown = word.add_paragraph("Snow fell.")
    shown.add_run("hidden").font.hidden = True
    shown.add_run(" It was cold.").font.hidden = False
    found = read(saved(word))
    assert found.text == "Snow fell. It was cold."
    assert [each.message for each in found.remarks] == ["left out: 12 characters formatted as hidden"]


def test_notes_come_last_and_their_marks_touch_no_figure() -> None:
    def note(number: int, kind: str = "footnote") -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def part(kind: str, *texts: str) -> bytes:
        notes = "".join(
            f'<w:{kind} w:id="{at}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" " + text)}</w:p></w:{kind}>'
            for at, text in enumerate(texts, 2)
        )
        separator = f'<w:{kind} w:type="separator" w:id="0"><w:p>{run("---")}</w:p></w:{kind}>'
        return f"<w:{kind}s {nsdecls('w')}>{separator}{notes}</w:{kind}s>".encode()

    raw = written(
        run("About 10,000") + note(3) + run(" people fled") + note(2) + run("."),
        run("Snow fell") + note(2, "endnote") + run("."),
    )
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{_RELATIONS}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="b" Type="{_RELATIONS}/endnotes" Target="/word/endnotes.xml"/></Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            is_relations = name == "word/_rels/document.xml.rels"
            new.writestr(name, relations if is_relations else old.read(name))
        new.writestr("word/footnotes.xml", part("footnote", "Second, by its place.", "See the UN."))
        new.writestr("word/endnotes.xml", part("endnote", "Cold."))
    assert read(file.getvalue()).text == (
        "About 10,000 people fled.\n\nSnow fell.\n\n[1] See the UN.\n\n[2] Second, by its place.\n\n[i] Cold."
    )


def test_raised_digits_are_no_part_of_a_number() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    text = run("Of 10") + run("6", up) + run(" kg CO") + run("2", down) + run(" on the 5") + run("th", up)
    assert read(written(text)).text == "Of 10⁶ kg CO₂ on the 5th"


def test_fields_show_their_results_and_not_their_instructions() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = mark("begin") + "<w:r><w:instrText>DATE \\@</w:instrText></w:r>" + mark("separate")
    assert read(written(run("On ") + field + run("5 March") + mark("end") + run(" snow fell."))).text == (
        "On 5 March snow fell."
    )
    never_ended = mark("begin") + run("lost")
    assert read(written(never_ended, run("Snow fell."))).text == "Snow fell."


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    alternatives = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing><x>{box}</x></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read(written(run("Snow fell.") + f"<w:r>{alternatives}</w:r>", run("End."))).text == (
        "Snow fell.\n\nIn a box.\n\nEnd."
    )


def test_a_table_that_lays_out_a_page_is_paragraphs() -> None:
    word = Document()
    cells = word.add_table(1, 2)._cells
    cells[0].text = "Ten men fled the town of Zafir, the army said on Monday. " * 4
    cells[0].add_paragraph("Snow fell. " * 20)
    cells[1].text = "Contact"
    assert [len(each) > 100 for each in read(saved(word)).text.split("\n\n")] == [True, True, False]


def test_comments_are_left_out_and_counted() -> None:
    word = Document()
    text = word.add_paragraph("Snow fell.")
    word.add_comment(text.runs, text="Is that so?", author="x", initials="x")
    found = read(saved(word))
    assert found.text == "Snow fell."
    assert [each.message for each in found.remarks] == ["left out: 1 comments in the margin"]


def test_the_strict_form_of_the_standard_is_read_too() -> None:
    body = b'<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>Snow.</t></r></p></body></document>'
    assert read(replaced(written(), word_document=body)).text == "Snow."


# Hostile files


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "document type"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "document type"),
        (b"<document><body>", "damaged"),
        (b"\x00\x01", "damaged"),
        (b"<worksheet/>", "not a Word document"),
        (b"<document><body>" + b"<ins>" * 5000 + b"</ins>" * 5000 + b"</body></document>", "too deeply"),
    ],
)
def test_hostile_markup_is_refused(part: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        extract(replaced(written(run("x")), word_document=part))


def test_a_bomb_is_refused_before_it_is_unfolded() -> None:
    with pytest.raises(TooLarge, match="unfolds to over 101 MB"):
        extract(replaced(written(), word_document=b" " * 120_000_000))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "damaged or cut short"),
        (b"PK\x03\x04", "damaged or cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked or of before 2007"),
    ],
)
def test_what_is_no_docx_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        extract(raw)


@given(at=st.integers(0, 20_000), byte=st.binary(min_size=1, max_size=4), cut=st.integers(0, 300))
def test_a_damaged_file_gives_text_or_a_reason(at: int, byte: bytes, cut: int) -> None:
    raw = bytearray(_GOOD)
    at %= len(raw)
    raw[at : at + len(byte)] = byte
    try:
        extract(bytes(raw[: len(raw) - cut]))
    except BadInput as error:
        assert str(error)


_GOOD = written(run("Snow fell."), run("Ten men fled."))
