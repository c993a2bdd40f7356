from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents import html
from marsad.documents import page as pages
from marsad.errors import BadInput

from .pages import BODY, FIRST, SECOND, TEXT, THIRD, page, paragraphs

BOXES = [
    '<div class="cookie-banner"><p>We use cookies. You may accept them all.</p></div>',
    '<aside class="relatedStories"><ul><li><a href="/1">Bridge closed again</a></li></ul></aside>',
    '<div id="newsletter-signup"><h4>The morning letter</h4><p>Sign up to it, as many did.</p></div>',
    '<section class="comments"><p>They always say that, and nothing happens at all.</p></section>',
    '<div class="social-share"><span>Share it</span></div>',
    '<div role="navigation"><span>World</span> <span>Sport</span></div>',
    '<div class="x1"><a href="/a">World news today</a> | <a href="/b">Sport news today</a></div>',
    '<p><a href="/c">Read also: why the bridge was closed</a></p>',
    '<form action="/s"><label>Your address</label><input name="a"><p>We send one letter a week.</p></form>',
    "<figure><img src=a.jpg alt='A road'><figcaption>A road. Photograph: Jo Doe</figcaption></figure>",
    '<iframe srcdoc="&lt;p&gt;Framed words&lt;/p&gt;"></iframe><noscript>Switch scripts on.</noscript>',
    "<svg><text>Drawn words</text></svg><select><option>Pick one</option></select>",
]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("wrap", ["<main><article>{}</article></main>", "<div class='c1'>{}</div>", "{}"])
def test_what_is_no_part_of_the_text_is_left_out(box: str, wrap: str) -> None:
    assert paragraphs(page(wrap.format(f"<p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p>"))) == TEXT


@pytest.mark.parametrize(
    "body",
    [
        f'<body class="page-with-sidebar has-comments"><div class="content-comments-open"><h1>Road</h1>{BODY}</div>',
        f'<form id="aspnetForm"><input type="hidden"><div>{BODY}</div></form>',
        f'<div class="cookie-wall"><div>{BODY}</div></div>',
        f'<div class="elementor-widget"><div class="elementor-widget-container">{BODY}</div></div>',
        f'<div id="footer">{BODY}</div>',
        f'<h1>Road</h1><p>{"Menu. " * 60}</p><div class="print-area legal">{BODY}{BODY}</div>'
        "<div class=newsletter><p>Sign up to it.</p></div>",
    ],
)
def test_a_box_around_the_text_itself_is_no_box(body: str) -> None:
    assert paragraphs(page(body))[-3:] == TEXT


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<div class=css-1><span>{text}</span></div>" for text in TEXT),
        "<br><br>".join(TEXT),
        f"<table><tr><td><a href=/>Home</a><br><a href=/w>World</a><td><font>{'<br><br>'.join(TEXT)}</font></table>",
        "".join(f"<li>{text}" for text in TEXT),
        f"<P>{FIRST}<P><B><I>{SECOND}</B></I><p>{THIRD}</div></body>",
        f"<blockquote>{FIRST}</blockquote><ul><li>{SECOND}</li><li>{THIRD}</li></ul>",
    ],
)
def test_paragraphs_are_kept_however_they_are_made(body: str) -> None:
    assert paragraphs(page(body)) == TEXT


def test_a_row_of_a_table_is_a_paragraph_with_tabs_between_its_cells() -> None:
    table = "<table><tr><th>District</th><th>Killed</th></tr><tr><td>North</td><td>\n 3 </td></tr></table>"
    assert paragraphs(page(f"<p>{FIRST}</p>{table}<p>{SECOND}</p>")) == [
        FIRST,
        "District\tKilled",
        "North\t3",
        SECOND,
    ]


def test_a_single_break_is_a_line_of_the_same_paragraph() -> None:
    assert paragraphs(page(f"<p>{FIRST}<br>{SECOND}</p>")) == [f"{FIRST}\n{SECOND}"]


def test_short_lines_before_the_headline_are_left_out() -> None:
    head = "<meta property='og:title' content='Four killed'>"
    body = f"<div>The Wire | since 1951</div><div>Client area</div><div class=t>Four killed</div>{BODY}"
    assert paragraphs(page(body, head)) == ["Four killed", *TEXT]


def test_the_page_is_cleaned_once() -> None:
    assert paragraphs(
        page(f"<p>The oï¬ƒce said itâ€™s 55&nbsp;000 co\xadoperators, &amp;amp; more.</p>{BODY}")
    )[0] == ("The oﬃce said it’s 55 000 cooperators, & more.".replace("ﬃ", "ffi"))


def test_arabic_is_kept_with_its_marks() -> None:
    words = "قال المتحدث\u200f باسم الجيش إن «أربعة» جنود (٤) قُتِلوا قرب الحدود يوم الاثنين."
    markup = (
        f"<html dir=rtl lang=ar><body><div class=nav><a href=/>الرئيسية</a></div><p>{words}</p><p>{words}</p>"
    )
    assert paragraphs(markup) == [words, words]


def test_links_of_scripts_are_never_text() -> None:
    body = f'{BODY}<p><a href="javascript:alert(1)">{"Load more"}</a></p><script>var a="<p>x</p>"</script>'
    assert paragraphs(page(body)) == TEXT


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>Zürich “x”</p>".encode("utf-16"), "Zürich “x”"),
        ("<p>Zürich “x”</p>".encode("utf-16-le"), "Zürich “x”"),
        ("<p>Zürich</p>".encode("utf-16") + b"x", "Zürich"),
        (b"<meta charset=windows-1256><p>" + "قال المتحدث".encode("cp1256"), "قال المتحدث"),
        ("<?xml version='1.0' encoding='utf-8'?><html><p>Zürich</p></html>".encode(), "Zürich"),
    ],
)
def test_a_page_in_another_encoding(raw: bytes, text: str) -> None:
    assert pages.decode(html.extract(raw)).pages[0].text.rstrip("\ufffd").strip() == text


@pytest.mark.parametrize(
    ("head", "text", "encoding", "codes"),
    [
        ("<meta charset=iso-8859-1>", "“Zürich”", "cp1252", []),
        (
            "<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>",
            "軍の報道官",
            "shift_jis",
            [],
        ),
        ("<meta charset=utf-8>", "“Zürich” is a town", "cp1252", ["guessed_encoding"]),
        ("", "Представитель армии заявил", "cp1251", ["guessed_encoding"]),
        ("<meta charset=nonsense>", "“Zürich” is a town", "cp1252", ["guessed_encoding"]),
    ],
)
def test_a_guess_at_the_encoding_is_told(head: str, text: str, encoding: str, codes: list[str]) -> None:
    found = pages.decode(html.extract((head + f"<p>{text}</p>").encode(encoding))).pages[0]
    assert (found.text, [remark.code for remark in found.remarks]) == (text, codes)


def test_a_picture_in_an_attribute_costs_nothing() -> None:
    assert paragraphs(page(f'<img src="data:image/png;base64,{"A" * 300_000}">{BODY}')) == TEXT


def test_all_that_is_shown_of_a_mail() -> None:
    markup = f"<div class=footer>Sent from a hill</div><p style='display:none'>no</p><p>{FIRST}"
    assert html.text_of(markup) == f"Sent from a hill\n\n{FIRST}"
    assert html.text_of("") == ""


MARKS = st.text(st.sampled_from("<>/=\"' pdivaul tablrs-x&#;!\n"), max_size=120)


@given(MARKS, st.binary(max_size=40))
def test_any_markup_is_read(markup: str, raw: bytes) -> None:
    try:
        once = html.extract(markup.encode() + raw)
    except BadInput as error:
        assert "binary" in str(error) or "empty" in str(error)
        return
    assert once == html.extract(markup.encode() + raw)
