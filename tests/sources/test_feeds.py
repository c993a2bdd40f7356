"""What feeds and sitemaps of every dialect list."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInput, TooLarge
from marsad.sources import feeds
from marsad.sources.feeds import Feed, Listing

BASE = "https://news.example/section/feed"

RSS_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Karoum Daily &amp;amp; Weekly</title><link>https://news.example/</link><language>en-gb</language>
<item><title>Raiders &lt;i&gt;seen&lt;/i&gt;</title><link>/2024/raiders#top</link>
  <pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate><dc:creator>Ann Odum</dc:creator><guid isPermaLink="false">n1</guid>
  <content:encoded><![CDATA[<p>Raiders were seen.</p>]]></content:encoded></item>
<item><title>By its id</title><guid>https://news.example/2024/by-id</guid></item>
<item><title>Leads nowhere</title></item>
</channel></rss>"""

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>Old News</title></channel>
<item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link><dc:date>2024-05-06T07:00:00+03:00</dc:date></item>
</rdf:RDF>"""

RSS_091 = """<rss version="0.91"><channel><title>Older</title>
<item><title>One</title><link>https://news.example/1</link></item></channel></rss>"""

ATOM = """<?xml version="1.0"?>
<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title type="html">Karoum &lt;b&gt;Watch&lt;/b&gt;</a:title>
<a:entry><a:title>One</a:title><a:id>tag:news.example,2024:1</a:id><a:link rel="edit" href="/edit/1"/><a:link href="/1"/>
<a:author><a:name>Bo Lind</a:name></a:author><a:published>2024-05-06T10:00:00Z</a:published><a:updated>2024-05-07T10:00:00Z</a:updated></a:entry>
</a:feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Karoum JSON",
        "items": [
            {
                "id": 7,
                "url": "https://news.example/7",
                "title": "Seven",
                "authors": [{"name": "Ann"}, {"name": "Bo"}],
                "date_published": "2024-05-06T10:00:00+03:00",
                "date_modified": "2024-05-08T10:00:00+03:00",
            },
            {"id": "8", "external_url": "/8"},
        ],
    }
)

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/1</loc><lastmod>2024-05-07</lastmod><news:news><news:publication><news:name>K</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2024-05-06</news:publication_date><news:title>One &amp; all</news:title></news:news></url>
<url><loc>
  https://news.example/2
</loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/s1.xml</loc><lastmod>2024-05-06</lastmod></sitemap></sitemapindex>"""


def read(text: str | bytes, media_type: str | None = None) -> Feed:
    raw = text.encode() if isinstance(text, str) else text
    kind = feeds.kind_of(raw, media_type)
    assert kind is not None
    return feeds.entries(raw, kind, base=BASE)


def test_rss_2() -> None:
    found = read(RSS_2)
    assert (found.kind, found.title, found.language) == ("feed", "Karoum Daily & Weekly", "en-gb")
    assert found.entries == (
        Listing(
            "https://news.example/2024/raiders",
            id="n1",
            title="Raiders seen",
            author="Ann Odum",
            published="2024-05-06T23:30:00-05:00",  # the day as it was written
        ),
        Listing("https://news.example/2024/by-id", id="https://news.example/2024/by-id", title="By its id"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_feeds_in_any_encoding(encoding: str) -> None:
    text = RSS_2.replace("Ann Odum", "Ann Ödüm").replace("UTF-8", encoding.removesuffix("-sig"))
    assert read(text.encode(encoding)).entries[0].author == "Ann Ödüm"


def test_rss_1_and_before() -> None:
    found = read(RSS_1)
    assert (found.title, found.entries[0].published) == ("Old News", None)
    assert found.entries[0].updated == "2024-05-06T07:00:00+03:00"
    assert read(RSS_091).entries == (Listing("https://news.example/1", title="One"),)


def test_atom() -> None:
    found = read(ATOM)
    assert found.title == "Karoum Watch"
    entry = found.entries[0]
    assert (entry.link, entry.author) == ("https://news.example/1", "Bo Lind")
    assert (entry.published, entry.updated) == ("2024-05-06T10:00:00Z", "2024-05-07T10:00:00Z")
    assert entry.version == "2024-05-07T10:00:00Z"


def test_json_feed() -> None:
    found = read(JSON_FEED)
    assert found.title == "Karoum JSON"
    seven, eight = found.entries
    assert (seven.link, seven.id, seven.author) == ("https://news.example/7", "7", "Ann, Bo")
    assert seven.version == "2024-05-08T10:00:00+03:00"
    assert eight.link == "https://news.example/8"
    assert read(JSON_FEED.replace("/", "\\/")).entries == found.entries


def test_titles_are_words_on_one_line() -> None:
    items = [{"url": "/1", "title": "A\0 tit\x85le\n\n in <b>parts</b>"}, {"url": "/2", "title": "x" * 9000}]
    feed = {"version": "https://jsonfeed.org/version/1", "title": "\0", "items": items}
    found = read(json.dumps(feed))
    assert found.title is None
    assert found.entries[0].title == "A tit le in parts"
    assert len(found.entries[1].title or "") == 500


def test_the_feeds_that_a_page_names() -> None:
    page = b"""<html><link rel="Alternate feed" type="application/atom+xml" href="../atom"><link rel=stylesheet href=x>
    <link rel=alternate type=application/rss+xml href=javascript:x><link rel=alternate type=text/html href=/de>"""
    assert feeds.named_by(page, base=BASE) == ("https://news.example/atom",)
    assert feeds.named_by(b"", base=BASE) == feeds.named_by(b"\0<", base=BASE) == ()


def test_sitemaps() -> None:
    found = read(SITEMAP)
    assert found.kind == "sitemap"
    assert found.entries == (
        Listing(
            "https://news.example/1",
            title="One & all",
            published="2024-05-06",
            updated="2024-05-07",
            language="en",
        ),
        Listing("https://news.example/2"),
    )
    assert read(gzip.compress(SITEMAP.encode())).entries == found.entries
    assert read(INDEX) == Feed(
        "index", entries=(Listing("https://news.example/s1.xml", updated="2024-05-06"),)
    )
    lines = read("https://news.example/1\r\n\r\nhttps://news.example/2\n", "text/plain")
    assert [each.link for each in lines.entries] == ["https://news.example/1", "https://news.example/2"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   \n",
        b"<html><body><rss/></body></html>",
        b"<?xml version='1.0'?><report><rss/></report>",
        b'{"items": []}',
        b"A report says so.\nhttps://news.example/1\n",
        b"https://news.example/1 is where it stood",
        b"\x1f\x8bnot gzip",
        b"%PDF-1.7",
        b"<",
        b"<!--",
        b"<?xml",
    ],
)
def test_what_is_no_list(raw: bytes) -> None:
    assert feeds.kind_of(raw) is None


def test_links_that_lead_to_no_page_are_left_out() -> None:
    links = [
        "javascript:alert(1)",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "http://user:secret@news.example/",
        "http://[",
        "https://news.example/\u202eevil",
        "",
        "https://news.example/once",
        "https://news.example/once#again",
        "  //other.example/x  ",
    ]
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    found = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert [each.link for each in found.entries] == ["https://news.example/once", "https://other.example/x"]


def test_a_feed_is_read_as_far_as_it_is_whole() -> None:
    """As real ones are: an entity of HTML, a bare ampersand, an end that is missing."""
    found = read(
        "<rss version='2.0'><channel><title>A &nbsp; B & C</title>"
        "<item><title>One</title><link>https://news.example/1?a=1&b=2</link></item><item><title>Tw"
    )
    assert found.entries[0].link == "https://news.example/1?a=1&b=2"


BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)


@pytest.mark.parametrize("body", ["<rss version='2.0'><channel><title>&j;</title></channel></rss>", SITEMAP])
def test_entities_unfold_to_nothing(body: str) -> None:
    body = body.partition("?>\n")[2] or body
    raw = (BOMB + body.replace("One &amp; all", "&j;")).encode()
    kind = feeds.kind_of(raw)
    assert kind
    try:
        found = feeds.entries(raw, kind, base=BASE)
    except (BadInput, TooLarge):
        return
    assert len(found.title or "") < 10_000
    assert all(len(each.title or "") < 10_000 for each in found.entries)


def test_files_are_not_read_through_entities(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret"
    with open(secret, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("hidden words")
    for body in (RSS_091, SITEMAP.partition("?>\n")[2]):
        text = f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file://{secret}'>]>" + body.replace("One", "&e;")
        try:
            found = read(text)
        except BadInput:
            continue
        assert "hidden" not in str(found)


def test_bytes_that_name_a_file_are_no_path(tmp_path: object) -> None:
    path = f"{tmp_path}/feed.xml"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(RSS_2)
    with pytest.raises(BadInput):
        feeds.entries(path.encode(), "feed", base=BASE)


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_BYTES", "100000")
    with pytest.raises(BadInput, match="unfolds"):
        read(gzip.compress(SITEMAP.encode() + b" " * 10_000_000))


def test_a_sitemap_that_is_broken_or_too_long_is_refused() -> None:
    with pytest.raises(BadInput, match="cannot be read as a sitemap"):
        read(SITEMAP[:-20])
    with pytest.raises(BadInput, match="50,000"):
        read("\n".join(f"https://news.example/{n}" for n in range(50_001)))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_kind_or_none(raw: bytes) -> None:
    assert feeds.kind_of(raw) in ("feed", "sitemap", "index", None)
