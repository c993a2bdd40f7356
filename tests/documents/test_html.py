from __future__ import annotations

import pytest

from marsad import documents
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Document, Published

HEAD = """
<title>Two killed on road - The Wire</title>
<meta property="og:title" content="Two killed on road">
<meta property="og:site_name" content="The Wire">
<meta property="article:published_time" content="2024-03-05T22:10:00+03:00">
<meta property="article:modified_time" content="2024-04-01">
<meta name="author" content="Sami Haddad">
<link rel="canonical" href="https://wire.example/road">
"""
BODY = """
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><h1>Two killed on road</h1>
<p>Two people were
   killed on the road,<br>officials &amp; doctors said.</p>
<p style="display:none">Hidden by style.</p><p hidden>Hidden by mark.</p>
<div aria-hidden="true">Hidden icon</div>
<script>var hidden = "Hidden script"</script>
<ul><li>Some 300 people fled to the camp, its <a href="/m">manager</a> said.</li>
<li>Two schools were hit.</li></ul>
<blockquote><p>“We left at night.”</p></blockquote>
<p>The end of it came <b>on</b> Monday.</p></main>
<footer><p>Copyright 2019 <a href="/terms">Terms</a></p></footer>
"""


def freeze(markup: str | bytes, **given: str) -> Frozen | Refused:
    raw = markup if isinstance(markup, bytes) else markup.encode()
    (found,) = documents.freeze(Original(raw, "a.html", media_type="text/html", **given))
    return found


def document(markup: str | bytes, **given: str) -> Document:
    found = freeze(markup, **given)
    assert isinstance(found, Frozen), found
    return found.document


def page(head: str = HEAD, body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_the_main_content_is_paragraphs_without_menus_bullets_and_hidden_text() -> None:
    assert document(page()).text.split("\n\n") == [
        "Two killed on road",
        "Two people were killed on the road,\nofficials & doctors said.",
        "Some 300 people fled to the camp, its manager said.",
        "Two schools were hit.",
        "“We left at night.”",
        "The end of it came on Monday.",
    ]


def test_a_page_states_its_title_author_publisher_address_and_date() -> None:
    found = document(page(), url="https://wire.example/road?from=feed")
    assert (found.title, found.author, found.publisher) == ("Two killed on road", "Sami Haddad", "The Wire")
    assert (found.url, found.extractor) == ("https://wire.example/road", "html@2")
    assert found.published == Published(earliest="2024-03-05", latest="2024-03-05", basis="stated")


def test_what_the_user_gives_goes_before_what_the_page_states() -> None:
    assert document(page(), published="2024-03").published.basis == "given"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="date" content="2024-02">', "2024-02"),
        ('<meta name="pubdate" content="5 March 2024">', None),
        ('<meta property="article:modified_time" content="2024-04-01">', None),
        ('<meta property="og:url" content="https://a.example/2022/03/04/x">', None),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-02-03"}]}</script>',
            "2024-02-03",
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ("", None),
    ],
)
def test_a_date_is_stated_or_unknown_and_never_guessed(head: str, published: str | None) -> None:
    found = document(page(head))
    assert found.published == (documents.published(published, "stated") if published else Published())


def test_a_page_that_states_nothing_leaves_it_unknown() -> None:
    found = document("<p>Only some words on 5 March 2024.</p>")
    assert (found.text, found.title, found.author) == ("Only some words on 5 March 2024.", None, None)
    assert (found.publisher, found.url, found.published) == (None, None, Published())


@pytest.mark.parametrize(
    "raw",
    [
        "<p>Zürich “x”".encode(),
        b"\xef\xbb\xbf" + "<p>Zürich “x”".encode(),
        "<html><head><meta charset=windows-1252><body><p>Zürich “x”".encode("cp1252"),
        b"\xff\xfe" + "<p>Zürich “x”".encode("utf-16-le"),
    ],
)
def test_a_page_is_decoded_as_it_says(raw: bytes) -> None:
    assert document(raw).text == "Zürich “x”"


@pytest.mark.parametrize("markup", ["<html></html>", "<!-- x -->", "<p hidden>x</p>", "<script>x</script>"])
def test_a_page_without_words_is_refused(markup: str) -> None:
    assert isinstance(freeze(markup), Refused)


def test_the_same_page_gives_the_same_document() -> None:
    assert document(page()) == document(page())
