"""Text of PDFs as they are typeset: order, paragraphs, running heads, notes, tables, what they state."""

from __future__ import annotations

from functools import cache

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad import documents
from marsad.documents.pdf.extraction import Extraction, extracted
from marsad.documents.pdf.hyphens import Words
from marsad.records.original import Frozen, Original

PAGE = '#set page(paper: "a5", margin: 40pt)\n#set text(font: "Libertinus Serif", size: 10pt, lang: "en")\n'
PROSE = (
    "The council met in Marrun and heard that the convoy had left the valley before dawn. Witnesses spoke of "
    "nine lorries and of an escort of forty riders, none of whom wore a badge that anybody knew. "
)


@cache
def pdf(source: str) -> bytes:
    return bytes(typst.compile((PAGE + source).encode(), ignore_system_fonts=True))


def read(source: str) -> Extraction:
    return extracted(pdf(source), most_pages=100)


def paragraphs(source: str) -> list[str]:
    return read(source).assembled.text.split("\n\n")


def test_a_paragraph_is_one_line_whatever_its_lines_on_the_page() -> None:
    assert paragraphs(f"{PROSE * 3}\n\n{PROSE}") == [(PROSE * 3).strip(), PROSE.strip()]


def test_a_notice_of_a_correction_stands_apart_and_what_follows_keeps_its_place() -> None:
    notice = "Correction: this report was amended on 3 May 2024, for it gave the number of lorries as twelve."
    found = read(f"{PROSE}\n\n{notice}\n\nThe council meets again.").assembled
    assert found.text == f"{PROSE.strip()}\n\nThe council meets again."
    assert found.corrections == (notice,)
    last = found.placed[-1]
    assert found.text[last.begin : last.end] == "The council meets again."
    alone = read(notice).assembled
    assert (alone.text, alone.corrections) == (notice, ())


@pytest.mark.parametrize(
    "style", ["justify: true", "justify: false", "first-line-indent: 1em, spacing: 0.65em"]
)
def test_a_paragraph_goes_on_over_pages(style: str) -> None:
    source = f"#set par({style})\n" + "\n\n".join([PROSE * 4] * 6)
    assert paragraphs(source) == [(PROSE * 4).strip()] * 6


def test_columns_are_read_one_after_another_below_their_title() -> None:
    title = '#place(top, scope: "parent", float: true)[#text(16pt)[A title over both of the columns]]\n'
    source = "#set page(columns: 2)\n#set par(justify: true)\n" + title + "\n\n".join([PROSE * 2] * 8)
    assert paragraphs(source) == ["A title over both of the columns", *[(PROSE * 2).strip()] * 8]


def test_three_columns_are_read_in_order() -> None:
    source = '#set page(paper: "a4", columns: 3)\n' + "\n\n".join(
        f"Item {n} is here. {PROSE * 2}" for n in range(12)
    )
    assert paragraphs(source) == [f"Item {n} is here. {PROSE * 2}".strip() for n in range(12)]


def test_numbered_paragraphs_and_their_parts_stand_alone() -> None:
    source = f"= I. Overview\n1.#h(2em){PROSE * 2}\n\n#h(2em);(a)#h(1em){PROSE}\n\n#h(2em);(i)#h(1em){PROSE}\n\n12.#h(2em){PROSE}"
    assert paragraphs(source) == [
        "I. Overview",
        f"1. {PROSE * 2}".strip(),
        f"(a) {PROSE}".strip(),
        f"(i) {PROSE}".strip(),
        f"12. {PROSE}".strip(),
    ]


def test_a_line_that_begins_with_a_year_is_no_list_item() -> None:
    text = "The first report was of the spring of the year before, and the last one was of #linebreak(justify: true)2024. It said no more."
    assert paragraphs("#set par(justify: true)\n" + text) == [text.replace("#linebreak(justify: true)", "")]


def test_a_list_gives_a_paragraph_for_each_item() -> None:
    assert paragraphs(f"- {PROSE}\n- Six riders fell.\n- {PROSE}") == [
        f"• {PROSE}".strip(),
        "• Six riders fell.",
        f"• {PROSE}".strip(),
    ]


RUNNING = """#set page(
  header: context { if calc.odd(here().page()) [#h(1fr) S/2024/92] else [S/2024/92] },
  footer: context [24-00734 #h(1fr) #counter(page).display("1/1", both: true)])
"""


def test_running_heads_feet_and_page_numbers_are_dropped() -> None:
    assert paragraphs(RUNNING + "\n\n".join([PROSE * 4] * 6)) == [(PROSE * 4).strip()] * 6


def test_what_stands_at_the_same_place_but_says_something_else_is_kept() -> None:
    rows = "#pagebreak()\n".join(
        f"#table(columns: 2, stroke: none, [{n}], [{n * 37}], [{n + 1}], [{n * 91}])\n" for n in (11, 12, 13)
    )
    found = paragraphs(rows)
    assert [row for row in found if row.startswith(("11\t", "12\t", "13\t"))] == [
        "11\t407",
        "12\t1001",
        "12\t444",
        "13\t1092",
        "13\t481",
    ]


def test_a_document_of_equal_pages_is_not_all_running_heads() -> None:
    (text,) = paragraphs("Nothing to report.\n#pagebreak()\nNothing to report.")
    assert text.count("Nothing to report.") == 2


@pytest.mark.parametrize("typographic", ["true", "false"])  # the font's own raised digits, or smaller ones
def test_a_mark_never_joins_the_figure_before_it(typographic: str) -> None:
    source = f"#set super(typographic: {typographic})\nThey counted 1,500#footnote[See S/2023/95, para. 3.] riders.#footnote[{PROSE * 2}] No more."
    assert paragraphs(source) == [
        "They counted 1,500 riders. No more.",
        "[1] See S/2023/95, para. 3.",
        f"[2] {PROSE * 2}".strip(),
    ]


def test_notes_of_every_page_follow_the_text() -> None:
    body = "\n\n".join(f"{PROSE * 3}#footnote[Note {n} is here.]" for n in range(1, 9))
    found = paragraphs(RUNNING + body)
    assert found == [(PROSE * 3).strip()] * 8 + [f"[{n}] Note {n} is here." for n in range(1, 9)]


def test_notes_below_two_columns_keep_to_their_column() -> None:
    body = "\n\n".join(
        f"{PROSE * 3}#footnote[Note {n} is here, and it takes more than one line of its column.]"
        for n in range(1, 7)
    )
    found = paragraphs("#set page(columns: 2)\n" + body)
    notes = [f"[{n}] Note {n} is here, and it takes more than one line of its column." for n in range(1, 7)]
    assert found == [(PROSE * 3).strip()] * 6 + notes


def test_exponents_and_ordinals_are_no_marks() -> None:
    (text,) = paragraphs("An area of 12 km#super[2] or 10#super[6] fields by the 15#super[th] of May.")
    assert text == "An area of 12 km² or 10⁶ fields by the 15th of May."


def test_a_raised_number_that_is_no_mark_stays_apart_from_the_figure() -> None:
    (text,) = paragraphs("They counted 1,500#super[77] riders.")
    assert text == "They counted 1,500⁷⁷ riders."


def test_a_fraction_keeps_its_value() -> None:
    (text,) = paragraphs("They held it for 2#super[1]/#sub[2] days.")
    assert "21/" not in text


def test_a_line_of_a_note_that_begins_with_a_number_is_no_note() -> None:
    note = "The first of these was found on the road to the camp by a patrol which had set out on the day of\\ 2 May 2024, and the second one later."
    source = f"One.#footnote[{note}] Two.#footnote[See above.]"
    assert paragraphs(source)[1:] == ["[1] " + note.replace("\\", ""), "[2] See above."]


def test_a_table_comes_row_by_row() -> None:
    source = f"{PROSE}\n\n#table(columns: 3, [Place], [Riders], [Remark], [Marrun], [1,500], [{PROSE}], [Telasca], [40], [none])\n\n{PROSE}"
    assert paragraphs(source) == [
        PROSE.strip(),
        "Place\tRiders\tRemark",
        f"Marrun\t1,500\t{PROSE}".strip(),
        "Telasca\t40\tnone",
        PROSE.strip(),
    ]


@pytest.mark.parametrize("place", ["top", "horizon", "bottom"])
def test_the_lines_of_a_drawn_table_tell_where_its_rows_end(place: str) -> None:
    rows = [
        ("Marrun", PROSE.strip(), "1,500"),
        ("Telasca", "None.", "40"),
        ("Qaraf", (PROSE * 2).strip(), "7"),
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    source = f"{PROSE}\n\n#table(columns: (1fr, 3fr, 1fr), align: {place}, {cells})\n\n{PROSE}"
    assert paragraphs(source) == [PROSE.strip(), *("\t".join(row) for row in rows), PROSE.strip()]


def test_text_between_two_drawn_tables_is_text() -> None:
    table = "#table(columns: (1fr, 3fr), [Marrun], [Six riders.], [Telasca], [None.])\n\n"
    rows = ["Marrun\tSix riders.", "Telasca\tNone."]
    assert paragraphs(f"{table}{PROSE * 2}\n\n{table}") == [*rows, (PROSE * 2).strip(), *rows]


def test_lines_between_paragraphs_make_no_table() -> None:
    source = "#line(length: 100%)\n\n".join([PROSE * 2 + "\n\n"] * 4)
    assert paragraphs(source) == [(PROSE * 2).strip()] * 4


def test_a_table_of_contents_gives_a_line_for_each_entry() -> None:
    source = "#outline(title: none)\n= Overview\n" + PROSE + "\n= Findings\n" + PROSE
    assert paragraphs(source)[:2] == ["Overview\t1", "Findings\t1"]


def test_hyphens_that_the_compositor_set_go_and_those_of_the_author_stay() -> None:
    text = (
        "The administration of counter-terrorism was misrepresented by correspondents of well-known "
        "organisations, whose representatives underscored extraordinary circumstances of self-defence. "
    )
    source = f"#set page(width: 230pt, height: 800pt)\n#set par(justify: true)\n#set text(hyphenate: true)\n{text * 6}"
    assert paragraphs(source) == [(text * 6).strip()]


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("the insur-", "gents fled", "the insur"),
        ("the counter-", "terrorism unit", "the counter-"),  # shown within the document
        ("the counter-", "feit notes", "the counter"),
        ("from Al-", "Sabra", "from Al-"),
        ("a soft\u00ad", "ware", "a soft"),
        ("in 2023-", "2024", "in 2023-"),
        ("the non-", "aligned", "the non-"),
    ],
)
def test_a_broken_word_is_joined_by_what_the_document_shows(one: str, other: str, whole: str) -> None:
    assert Words(["counter-terrorism in the north"]).joined(one, other) == whole


@pytest.mark.parametrize("end", ["no hyphen", "a dash –", ""])
def test_a_line_that_ends_in_no_hyphen_is_not_joined(end: str) -> None:
    assert Words([]).joined(end, "word") is None


def test_ligatures_come_as_letters() -> None:
    assert paragraphs("The five officials filed an official affidavit.") == [
        "The five officials filed an official affidavit."
    ]


def test_arabic_comes_in_logical_order() -> None:
    text = "عقد مجلس الأمن جلسة في 12 يناير 2024 بشأن الحالة"
    source = f'#set text(font: ("Noto Naskh Arabic", "Amiri", "DejaVu Sans"), lang: "ar")\n{text}'
    raw = bytes(typst.compile((PAGE + source).encode()))
    found = extracted(raw, most_pages=1).assembled.text
    if "\ufffd" not in found:  # where no font of this machine has the letters, there is nothing to see
        assert found == text


COVER = """#set page(paper: "us-letter")
United Nations #h(1fr) *S/2024/92*

#text(18pt)[*Security Council*]

#h(25em);Distr.: General

#h(25em);29 January 2024

#h(25em);Original: English

#text(12pt)[*Letter dated 23 January 2024 from the Chair of the Committee concerning the Marrun Front*]

"""


def test_a_cover_of_the_united_nations_states_symbol_and_day() -> None:
    stated = read(COVER + PROSE * 3).stated
    assert stated.publisher == "United Nations"
    assert stated.published == "2024-01-29"
    assert stated.symbol == "S/2024/92"
    assert (
        stated.title
        == "Letter dated 23 January 2024 from the Chair of the Committee concerning the Marrun Front"
    )


def test_the_day_on_which_a_file_was_made_is_not_that_of_publication() -> None:
    metadata = '#set document(title: "The valley in spring", author: "Ann Other", date: datetime(year: 2024, month: 3, day: 5))\n'
    (frozen,) = documents.freeze(Original(pdf(metadata + PROSE), "valley.pdf"))
    assert isinstance(frozen, Frozen)
    assert frozen.document.title == "The valley in spring"
    assert frozen.document.author == "Ann Other"
    assert frozen.document.published.basis == "unknown"
    assert frozen.document.genre == "unknown"


@pytest.mark.parametrize(
    "lines", ["S/2024/92 is quoted here. " + PROSE, "United Nations\n\n29 January 2024\n\n" + PROSE]
)
def test_a_document_that_only_speaks_of_the_united_nations_is_not_theirs(lines: str) -> None:
    stated = read(lines).stated
    assert (stated.publisher, stated.published, stated.symbol) == (None, None, None)


def test_the_title_of_a_file_without_one_is_its_largest_line() -> None:
    assert read(f"#text(20pt)[The valley in spring]\n\n{PROSE * 2}").stated.title == "The valley in spring"


def test_the_same_bytes_give_the_same_text() -> None:
    raw = pdf(RUNNING + PROSE * 9)
    assert extracted(raw, most_pages=100).assembled == extracted(raw, most_pages=100).assembled


WORDS = st.lists(st.sampled_from(PROSE.split()), min_size=12, max_size=60)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["1", "2"]), st.booleans())
def test_no_word_is_lost_or_made(texts: list[list[str]], columns: str, justified: bool) -> None:
    known = [" ".join(words) for words in texts]
    style = f"#set page(columns: {columns})\n#set par(justify: {str(justified).lower()})\n"
    source = style + "\n\n".join(known)
    found = extracted(bytes(typst.compile((PAGE + source).encode(), ignore_system_fonts=True)), most_pages=9)
    assert found.assembled.text.split() == " ".join(known).split()
