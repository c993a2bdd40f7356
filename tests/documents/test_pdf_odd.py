"""PDFs written by hand: hidden text, scans, turned pages, and files that are broken or mean harm."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from marsad import documents
from marsad.documents import page
from marsad.documents.pdf import layout
from marsad.documents.pdf.extraction import Extraction, extracted
from marsad.errors import BadInput, MarsadError, TooLarge
from marsad.isolation import call
from marsad.records.original import Frozen, Original, Refused

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n\x80\nendstream"
FILLED = b"q 612 0 0 792 0 0 cm /I Do Q\n"  # the picture over the whole page


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    raw, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        len(raw),
    )
    return raw + head + table + end


def pdf(*contents: bytes, page_entry: bytes = b"", trailer: bytes = b"") -> bytes:
    """A page for each of `contents`, with Helvetica as F and a grey picture as I."""
    first = 5
    pages = [b"%d 0 R" % (first + 2 * number) for number in range(len(contents))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(pages), len(contents)),
        FONT,
        PICTURE,
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>%s>>" % (first + 2 * number + 1, page_entry)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return written(objects, trailer)


def line(text: str, x: float = 72, y: float = 400, size: float = 12, before: str = "") -> bytes:
    return f"{before} BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n".encode()


def read(*contents: bytes, page_entry: bytes = b"") -> Extraction:
    return extracted(pdf(*contents, page_entry=page_entry), most_pages=100)


def text_of(*contents: bytes, page_entry: bytes = b"") -> str:
    return read(*contents, page_entry=page_entry).assembled.text


def codes(found: Extraction) -> list[str]:
    return [remark.code for remark in found.remarks]


SEEN = line("The convoy left before dawn.")


@pytest.mark.parametrize(
    "hidden",
    [
        b"BT /F 12 Tf 3 Tr 72 300 Td (Buy gold now) Tj ET",
        line("Buy gold now", y=300, before="1 g"),
        line("Buy gold now", y=300, size=0.2),
        line("Buy gold now", x=-500, y=300),
        line("Buy gold now", y=2000),
    ],
    ids=["invisible", "white on white", "tiny", "beside the page", "above the page"],
)
def test_text_that_nobody_sees_is_dropped_and_counted(hidden: bytes) -> None:
    found = read(SEEN + hidden)
    assert found.assembled.text == "The convoy left before dawn."
    assert codes(found) == ["hidden_text"]
    assert "10 characters" in found.remarks[0].message


def test_white_text_on_a_dark_ground_is_kept() -> None:
    banner = b"0 g 60 380 400 60 re f\n" + line("The convoy left before dawn.", before="1 g")
    assert text_of(banner) == "The convoy left before dawn."


def test_a_scan_is_refused_and_says_what_to_do() -> None:
    (refused,) = documents.freeze(Original(pdf(FILLED, FILLED), "scan.pdf"))
    assert refused == Refused(
        "scan.pdf", "a scanned PDF: its 2 pages are pictures without text; OCR makes it readable"
    )


def test_pages_that_are_scans_among_others_are_named() -> None:
    found = read(SEEN, FILLED + line("24-00734", y=30), FILLED, line("They came back.", y=500), FILLED)
    assert "The convoy left before dawn." in found.assembled.text
    assert codes(found) == ["scanned_pages"]
    assert "pages 2–3, 5 of 5" in found.remarks[0].message


def test_a_layer_of_recognised_text_is_read_and_said_to_be_one() -> None:
    layer = b"BT 3 Tr /F 12 Tf 72 400 Td (The convoy left before dawn.) Tj ET"
    found = read(FILLED + layer)
    assert found.assembled.text == "The convoy left before dawn."
    assert codes(found) == ["recognised_text"]


def test_remarks_become_warnings_of_the_document() -> None:
    hidden = SEEN + line("Buy gold now", y=300, before="1 g")
    (frozen,) = documents.freeze(Original(pdf(hidden), "x.pdf"))
    assert isinstance(frozen, Frozen)
    assert [warning.code for warning in frozen.warnings] == ["hidden_text"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    along = {0: "1 0 0 1 72 400", 90: "0 1 -1 0 300 72", 180: "-1 0 0 -1 500 400", 270: "0 -1 1 0 300 700"}[
        turn
    ]
    below = {0: "1 0 0 1 72 386", 90: "0 1 -1 0 314 72", 180: "-1 0 0 -1 500 414", 270: "0 -1 1 0 286 700"}[
        turn
    ]
    content = f"BT /F 12 Tf {along} Tm (The convoy left) Tj {below} Tm (before dawn.) Tj ET".encode()
    raw = pdf(content, page_entry=b"/Rotate %d" % turn)
    assert extracted(raw, most_pages=1).assembled.text.split() == ["The", "convoy", "left", "before", "dawn."]
    places = layout(raw)
    assert places.pages == (((612, 792), (792, 612))[turn % 180 // 90],)
    first, second = places.lines
    assert first.box[0] == pytest.approx(second.box[0], abs=0.1)
    assert second.box[1] - first.box[1] == pytest.approx(14, abs=0.1)  # the second is shown below the first


def test_a_watermark_across_the_page_is_left_out() -> None:
    across = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (DRAFT) Tj ET\n"
    found = read(across + SEEN)
    assert found.assembled.text == "The convoy left before dawn."
    assert codes(found) == ["slanted_text"]


def test_text_written_twice_to_look_bold_is_there_once() -> None:
    assert text_of(SEEN + line("The convoy left before dawn.", x=72.3)) == "The convoy left before dawn."


def test_words_that_the_file_places_one_by_one_get_their_blanks() -> None:
    words = line("The", 72) + line("convoy", 97) + line("left.", 139)
    assert text_of(words) == "The convoy left."


def test_the_order_of_the_file_is_not_the_order_of_the_page() -> None:
    below = line("And it came back.", y=300)
    assert text_of(below + line("The convoy left.", y=400)).split("\n\n") == [
        "The convoy left.",
        "And it came back.",
    ]


@pytest.mark.parametrize("raised", ["12", "12,13", "*"])
def test_a_raised_mark_without_a_note_is_never_part_of_a_number(raised: str) -> None:
    mark = line(raised, x=72 + 30.02, y=404, size=7)
    found = text_of(line("1,500", 72) + mark + line("riders", 125))
    assert found.startswith("1,500")
    assert not found.startswith(f"1,500{raised[0]}") or raised == "*"
    assert found.endswith("riders")


def test_notes_under_a_written_rule_are_notes() -> None:
    rows = [
        line(f"Line {n} of the running text of the report, as long as all others.", y=700 - 14 * n)
        for n in range(8)
    ]
    mark = line("4", x=72 + 345, y=707, size=7)
    rule = line("__________________", y=200)
    note = line("4", y=188, size=6) + line("See S/2023/95, paragraph 3.", x=80, y=184, size=9)
    assert text_of(b"".join(rows) + mark + rule + note).split("\n\n")[-1] == "[4] See S/2023/95, paragraph 3."


def test_the_same_last_note_on_many_pages_is_no_running_foot() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    pages = []
    for n in range(1, 11):
        words = ["".join(chance.choices("abdefgnoprst", k=60)) for _ in range(40)]
        rows = b"".join(line(word, y=700 - 14 * k) for k, word in enumerate(words))
        last = "Ibid., p. 3, with more." if n % 3 == 0 else f"{words[0][:20]}, p. 3."
        notes = line(str(n), y=79, size=6) + line(last, x=80, y=75, size=9)
        before = line(str(n + 90), y=90, size=6) + line(f"{words[1][:20]}, p. 3.", x=80, y=86, size=9)
        pages.append(rows + line(f"{n + 90}, {n}", x=500, y=704, size=7) + before + notes)
    assert text_of(*pages).count("Ibid.") == 3


ENCRYPTED = (
    b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>/ID[<41><41>]"
)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (pdf(SEEN, trailer=ENCRYPTED), "an encrypted PDF; save it without its password and add that"),
        (b"%PDF-1.7 and nothing more", "a broken PDF; ask its sender for it again"),
        (pdf(SEEN)[:300], "a broken PDF; ask its sender for it again"),
        (pdf(b""), "a PDF without text; if it shows any, OCR makes it readable"),
    ],
    ids=["encrypted", "no PDF", "cut off", "blank"],
)
def test_what_cannot_be_read_is_refused_in_one_line(raw: bytes, reason: str) -> None:
    assert list(documents.freeze(Original(raw, "x.pdf"))) == [Refused("x.pdf", reason)]


def test_a_font_that_does_not_say_its_letters_is_refused() -> None:
    cid = b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    content = b"BT /F 12 Tf 72 400 Td <00010002000300040005> Tj ET"
    raw = pdf(content).replace(FONT, cid)
    with pytest.raises(BadInput):
        extracted(raw, most_pages=1)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge, match="3 pages is over the limit of 2"):
        extracted(pdf(SEEN, SEEN, SEEN), most_pages=2)


def test_a_page_tree_that_holds_itself_ends() -> None:
    tree = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>"])
    with pytest.raises(BadInput):
        extracted(tree, most_pages=100)


def test_a_page_of_a_million_characters_is_refused() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    rows = (
        f"BT /F 2 Tf 10 {790 - k * 0.07:.2f} Td ({''.join(chance.choices('abcdef ', k=900))}) Tj ET"
        for k in range(300)
    )
    with pytest.raises(BadInput, match="page 1: a page of"):
        extracted(pdf("\n".join(rows).encode()), most_pages=1)


def test_a_line_of_many_pieces_takes_linear_work() -> None:
    dots = b"".join(
        b"BT /F 1 Tf 1 0 0 1 %.2f 400 Tm (%c) Tj ET\n" % (10 + k / 10, 97 + k % 7) for k in range(5_000)
    )
    assert len(text_of(dots)) > 4_000


def test_no_mutation_brings_the_program_down() -> None:
    chance = random.Random(20240129)  # noqa: S311 - no secret
    whole = pdf(SEEN + FILLED, line("They came back.", y=500))
    for _ in range(60):
        raw = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        del raw[chance.choice((len(raw), chance.randrange(len(raw)))) :]
        try:
            answer = call("marsad.documents.pdf:extract", bytes(raw), seconds=30, memory=2**30)
        except MarsadError as error:
            assert str(error)
        else:
            assert page.decode(answer).pages
