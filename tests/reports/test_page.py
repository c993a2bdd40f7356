from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from marsad.disclosure import disclose
from marsad.records.reading import Reading
from marsad.reports.page import page

from .readings import claim, document, reading

VOID = {"meta", "input", "br", "link"}


class Page(HTMLParser):
    """The page as a browser would take it: tags in balance, attributes, and the document's words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.raw: dict[str, str] = {}
        self._notes = 0
        self.feed(html)
        self.close()
        assert self.open == [], "tags left open"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)
        self._notes += tag == "a" and dict(attributes).get("class") == "note"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a" and self._notes:
            self._notes -= 1

    def handle_data(self, data: str) -> None:
        if "article" in self.open and not self._notes:
            self.words.append(data)
        if self.open and self.open[-1] in ("script", "style"):
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data

    def values(self, name: str) -> Iterator[str]:
        for _, attributes in self.tags:
            if value := attributes.get(name):
                yield value


def shown(found: Reading) -> Page:
    return Page(page(found))


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_the_document_is_whole_in_place_but_for_what_is_masked() -> None:
    words = squeeze("".join(shown(reading()).words))
    assert words == squeeze(disclose(reading()).document.text)


def test_every_record_is_in_place_and_every_link_leads_somewhere() -> None:
    found = shown(reading())
    ids = list(found.values("id"))
    assert len(ids) == len(set(ids))
    for href in found.values("href"):
        assert href.startswith("#")
        assert href[1:] in ids
    records = {record for value in found.values("data-r") for record in value.split()}
    assert {"c1", "c6", "c1-source", "c1-cue", "f1", "f2", "i1", "r1", "p1", "t1", "a1", "a2"} <= records
    assert {f"at-{record}" for record in records} <= set(ids)


def test_a_card_says_who_through_whom_and_how_much() -> None:
    html = page(reading())
    card = squeeze(re.sub(r"<[^>]{1,400}>", " ", html[html.index('id="c1"') : html.index('id="c2"')]))
    for words in (
        "analysts at the ministry",
        "Steppe Wire → analysts at the ministry",
        "said that",
        "indirect quotation",
        "probable",
        "900 to 1,200 fighters",
        "strength.fighters",
        "estimated level, range",
        "subject Grey Banner Front",
        "scope in Mongolia",
        "In mid-2023 , 2023-05-01 to 2023-08-31",
        "Check: 14 people of 1,200 fighters: scopes may differ",
    ):
        assert words in card


def test_a_denial_and_a_hidden_source_are_said() -> None:
    html = page(reading())
    assert "denied" in html[html.index('id="c3"') : html.index('id="c4"')]
    assert "nobody named" in html[html.index('id="c4"') : html.index('id="c5"')]


def test_private_persons_are_masked_and_the_page_says_so() -> None:
    html = page(reading())
    assert "Oyuna" not in html
    assert "Dune Camp" not in html
    assert "passages" in html[html.index('id="masked"') :]
    assert 'id="masked"' not in page(replace(reading(), private=(), places=()))


HOSTILE = """<script>alert(1)</script> </style><img src=x onerror=alert(2)> "two" & 'single' said <b>so</b>.

{{ 7 * 7 }} {% raw %} <!-- --> ]]> \u202e rtl \x00 end"""


def test_a_hostile_document_is_shown_and_does_not_run() -> None:
    text = HOSTILE
    hostile = Reading(
        document=document(text, title=text, publisher=text, author=text, url="javascript:alert(3)"),
        claims=(
            replace(
                claim(1, "The valley is quiet again", kind="narrated"), spans=((3, 60),), text=text[3:60]
            ),
        ),
    )
    found = shown(hostile)
    tags = [tag for tag, _ in found.tags]
    assert tags.count("script") == 1
    assert tags.count("style") == 1
    assert not {"img", "iframe", "b", "link", "object", "form"} & set(tags)
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert "49" not in "".join(found.words)
    assert squeeze("".join(found.words)) == squeeze(text)
    assert all(href.startswith("#") for href in found.values("href"))


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    found = shown(reading())
    policy = next(a["content"] for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not [attributes for _, attributes in found.tags if "style" in attributes or "src" in attributes]


def test_the_page_asks_nothing_of_anybody() -> None:
    html = page(reading())
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("text", ["", "   \n\n "])
def test_an_empty_document_is_a_state_with_a_reason(text: str) -> None:
    html = page(Reading(document=document(text)))
    assert "The document has no text" in html
    assert "No claim was found: the document has no text" in html
    assert "No place was found" in html


def test_it_says_by_what_it_was_read() -> None:
    found = reading()
    footer = page(found).rpartition("<footer>")[2]
    for words in ("reading@1", "geonames@1", "plain@1", found.document.text_sha256, "check before you cite"):
        assert words in footer


def test_no_path_of_the_machine_is_handed_on() -> None:
    html = page(Reading(document=document("A word.", source="/home/zaynab/secret/report.txt")))
    assert "report.txt" in html
    assert "zaynab" not in html


def test_right_to_left_text_sets_its_own_direction() -> None:
    html = page(Reading(document=document("قال المسؤول إن الطريق مغلق.", title="الطريق مغلق")))
    assert '<p dir="auto">قال' in html
    assert '<h1 dir="auto">الطريق مغلق</h1>' in html


def test_the_same_reading_gives_the_same_page() -> None:
    assert page(reading()) == page(reading())
