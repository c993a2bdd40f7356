from __future__ import annotations

import pytest

from marsad.documents.described import About, described
from marsad.documents.markup import parse
from marsad.records.reading import Document

from .pages import BODY, TEXT, frozen, page


def about(head: str, body: str = BODY, attributes: str = "") -> About:
    root = parse(f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return described(root)


def linked_data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Two killed | The Wire</title><meta property=og:site_name content='The Wire'>",
            BODY,
            "Two killed",
        ),
        ("<title>Two killed - The Wire</title>", f"<h1>Two killed</h1>{BODY}", "Two killed"),
        ("<title>Two killed - and three hurt</title>", BODY, "Two killed - and three hurt"),
        ("<title>The Wire</title><meta property=og:title content=' Two\n killed '>", BODY, "Two killed"),
        (linked_data('{"@type": "NewsArticle", "headline": "Two &amp; killed"}'), BODY, "Two & killed"),
        ("", f"<h1>Two <b>killed</b></h1>{BODY}", "Two killed"),
        ("", f"<h1>One</h1><h1>Two</h1>{BODY}", None),
        ("", BODY, None),
    ],
)
def test_the_title_is_the_headline(head: str, body: str, title: str | None) -> None:
    assert about(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ("<meta name=author content='By Ann Haddad'>", "", "Ann Haddad"),
        (linked_data('{"@type": ["NewsArticle"], "author": {"name": "Ann Haddad"}}'), "", "Ann Haddad"),
        (
            linked_data(
                '{"@graph": [{"@type": "Article", "author": [{"name": "Ann"}, {"name": "Bob"}, "Cy"]}]}'
            ),
            "",
            "Ann, Bob, Cy",
        ),
        ("", "<p class=byline>By Ann Haddad</p>", "Ann Haddad"),
        ("", "<a rel=author href=/ann>Ann Haddad</a>", "Ann Haddad"),
        ("<meta name=author content='https://a.example/ann'>", "<span class=author>Ann</span>", "Ann"),
        ("<meta name=author content='The Wire'><meta property=og:site_name content='The Wire'>", "", None),
        ("<meta name=author content=admin>", "", None),
        ("<meta name=twitter:creator content='@ann'>", "", None),
        (linked_data('{"@type": "Article", "author": {"name": 5}}'), "", None),
        ("", "", None),
    ],
)
def test_the_author_is_who_is_named(head: str, body: str, author: str | None) -> None:
    assert about(head, body + BODY).author == author


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("<meta property=og:site_name content='The Wire'>", "The Wire"),
        (linked_data('{"@type": "NewsArticle", "publisher": {"name": "The Wire"}}'), "The Wire"),
        ("<meta property=og:site_name content='wire.example'>", None),
        (linked_data("{" * 50_000), None),
        ("", None),
    ],
)
def test_the_publisher_is_no_host(head: str, publisher: str | None) -> None:
    assert about(head).publisher == publisher


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='https://wire.example/road?id=3'>", "https://wire.example/road?id=3"),
        ("<base href='https://wire.example/'><link rel=canonical href='/road'>", "https://wire.example/road"),
        ("<meta property=og:url content='http://wire.example/road'>", "http://wire.example/road"),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
        ("<link rel=canonical href='/road'>", None),
        ("<link rel=canonical href='https://wire.example/'>", None),
        ("<link rel=canonical href='https://user@wire.example/road'>", None),
        ("<link rel=canonical href='https://wire.example:99999/road'>", None),
        ("<link rel=canonical href='http://[x'><meta property=og:url content='http://wire.example/a'>", "http://wire.example/a"),
        ("<link rel=canonical href='file:///etc/passwd'>", None),
    ],
)  # fmt: skip
def test_the_address_is_a_plausible_one_of_the_web(head: str, url: str | None) -> None:
    assert about(head).url == url


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ("lang=ar-SY", "", "ar-SY"),
        ("xml:lang=fr", "", "fr"),
        ("", "<meta property=og:locale content=tr_TR>", "tr_TR"),
        ("", "", None),
    ],
)
def test_the_language_is_as_stated(attributes: str, head: str, language: str | None) -> None:
    assert about(head, attributes=attributes).language == language


def corrected(*notices: str) -> Document:
    return frozen(page(BODY + "".join(f"<p>{notice}</p>" for notice in notices))).document


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version gave the number of dead as five.",
        "Correction (5 March): the road is 12 km long.",
        "• This article was amended on 3 May 2024 to correct a name.",
        "Editor’s note: This story has been corrected. The camp holds 4,850 people, not 48,500.",
        "An earlier version of this article said that six men had died.",
        "(Corrects day of the week in the first paragraph)",
        "Clarification: the bank is not accused of anything.",
        "تصحيح: عدد القتلى أربعة وليس خمسة.",
    ],
)
def test_a_notice_of_correction_stands_apart(notice: str) -> None:
    found = corrected(notice)
    assert (found.text.split("\n\n"), found.corrections) == (TEXT, (notice,))


@pytest.mark.parametrize(
    "words",
    [
        "Correction officers said that the prison at Odrin was calm on Monday.",
        "The UN report was amended in March to leave the figure out, two diplomats said.",
        "Editor’s note: the names of the two witnesses have been changed for their safety.",
        "The law has been corrected twice by the parliament, its speaker said on Monday.",
    ],
)
def test_what_tells_of_other_corrections_is_text(words: str) -> None:
    found = corrected(words)
    assert (found.text.split("\n\n"), found.corrections) == ([*TEXT, words], ())


def test_a_page_that_is_only_a_notice_keeps_it() -> None:
    notice = "Correction: the report of 3 May gave a wrong figure, and the right one is 12."
    found = frozen(page(f"<p>{notice}</p>")).document
    assert (found.text, found.corrections[:0]) == (notice, ())
