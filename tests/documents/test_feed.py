"""Feeds that were saved as files: a document for each entry with words of its own."""

from __future__ import annotations

import json

import pytest

from marsad import documents
from marsad.records.original import Frozen, Original, Refused

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Karoum Daily</title><language>en</language>
<item><title>Raiders &amp;amp; men</title><link>https://news.example/1</link><dc:creator>Ann Odum</dc:creator>
<pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>The group has 300 men.</p><p>Nobody denied it.</p>]]></content:encoded></item>
<item><title>Two</title><link>https://news.example/2</link><description>Fewer than 3 &lt; 5 men, it said.</description></item>
<item><title>Three</title><link>https://news.example/3</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Karoum Watch</title>
<entry><title>One</title><link href="https://news.example/1"/><updated>2024-05-07T10:00:00Z</updated><author><name>Bo</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The group has 300 men.</p><script>track()</script></div></content></entry>
<entry><title>Two</title><link href="https://news.example/2"/><updated>2024-05-07T10:00:00Z</updated><content type="text">Plain words, a &lt;b&gt; in them.</content></entry>
</feed>"""


def freeze(text: str | bytes, media_type: str = "application/rss+xml") -> list[Frozen | Refused]:
    raw = text.encode() if isinstance(text, str) else text
    return list(documents.freeze(Original(raw, "feed.xml", media_type=media_type)))


def frozen(text: str | bytes, media_type: str = "application/rss+xml") -> list[Frozen]:
    return [each for each in freeze(text, media_type) if isinstance(each, Frozen)]


def test_each_entry_with_words_is_a_document() -> None:
    one, two = frozen(RSS)
    assert one.document.text == "The group has 300 men.\n\nNobody denied it."
    assert one.raw == b"<p>The group has 300 men.</p><p>Nobody denied it.</p>"
    assert (one.document.title, one.document.author) == ("Raiders & men", "Ann Odum")
    assert (one.document.publisher, one.document.url) == ("Karoum Daily", "https://news.example/1")
    assert (one.document.published.latest, one.document.source) == ("2024-05-06", "feed.xml#1")
    assert one.document.extractor == "feed@1"
    assert two.document.text == "Fewer than 3 < 5 men, it said."
    assert two.document.published.basis == "unknown"


def test_atom() -> None:
    one, two = frozen(ATOM, "application/atom+xml")
    assert one.document.text == "The group has 300 men."
    assert (one.document.author, one.document.publisher) == ("Bo", "Karoum Watch")
    assert one.document.published.latest == "2024-05-07"
    assert two.document.text == "Plain words, a <b> in them."


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Karoum JSON",
        "items": [
            {"id": "1", "url": "https://news.example/1", "content_html": "<p>The group has 300 men.</p>"},
            {"id": "https://news.example/2", "content_text": "A <b> stays.", "authors": [{"name": "Ann"}]},
            {"id": "3"},
        ],
    }
    one, two = frozen(json.dumps(feed), "application/feed+json")
    assert (one.document.text, one.document.url) == ("The group has 300 men.", "https://news.example/1")
    assert (two.document.text, two.document.author) == ("A <b> stays.", "Ann")
    assert two.document.url == "https://news.example/2"


def test_an_encoding_is_kept_to() -> None:
    raw = RSS.replace("Nobody denied it", "Café 1").replace("UTF-8", "iso-8859-1").encode("iso-8859-1")
    assert frozen(raw)[0].document.text.endswith("Café 1.")


@pytest.mark.parametrize(
    "text",
    ["<rss", "<rss version='2.0'><channel><title>x</title></channel></rss>", RSS.partition("<item>")[0]],
)
def test_a_feed_without_words_is_refused(text: str) -> None:
    (refused,) = freeze(text)
    assert isinstance(refused, Refused)
    assert "\n" not in refused.reason


def test_two_versions_of_an_entry_are_two_documents() -> None:
    before, after = (frozen(text)[0].document for text in (RSS, RSS.replace("300", "500")))
    assert before.url == after.url
    assert before.id != after.id
