"""What feeds and sitemaps list: RSS, Atom, JSON Feed, sitemaps (XML, text, gzip) and their indexes.

They are parsed in a child process (`isolation.py`), without entities and without the network. What is
listed is told, not fetched.
"""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec

from marsad.errors import BadInput
from marsad.isolation import call
from marsad.settings import load

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["feed", "sitemap", "index"]  # an index lists sitemaps

MOST_ENTRIES = 50_000  # of one sitemap, by its protocol; of a feed as well
_MOST_WORDS = 500  # characters of a title or a name
_CONTROLS = frozenset(map(chr, (*range(32), *range(127, 160))))
_MOST_NAMED = 5  # feeds that are told of a page
_HEAD = 4096  # bytes that tell what a file is
_GZIP = b"\x1f\x8b"
_JSON_FEED = "https://jsonfeed.org/version/1"
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
_NEWS_SPACE = "{http://www.google.com/schemas/sitemap-news/0.9}"  # images and videos have titles, too
_NEWS = tuple(_NEWS_SPACE + name for name in ("title", "publication_date", "language"))
_ROOTS: dict[bytes, Kind] = {
    b"rss": "feed",
    b"feed": "feed",
    b"RDF": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "index",
}


class Listing(msgspec.Struct, frozen=True):
    """One entry: where a document is, and what the list says of it. Dates are ISO 8601."""

    link: str
    id: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None

    @property
    def version(self) -> str:
        """What changes when the entry does."""
        return self.updated or self.published or ""


class Feed(msgspec.Struct, frozen=True):
    """A feed or a sitemap, with its entries as they are listed, each link once."""

    kind: Kind
    title: str | None = None
    language: str | None = None
    entries: tuple[Listing, ...] = ()


class _Question(msgspec.Struct, array_like=True):
    raw: bytes
    kind: Kind
    base: str
    most_bytes: int


def kind_of(raw: bytes, media_type: str | None = None) -> Kind | None:
    """Whether these bytes are a feed, a sitemap or an index of sitemaps, by how they begin."""
    head = _unfolded(raw, _HEAD)
    if root := _root(head):
        return _ROOTS.get(root)
    if media_type in _FEED_TYPES or _JSON_FEED.encode() in head.replace(b"\\/", b"/"):
        return "feed"
    lines = head.decode("utf-8", "replace").split("\n")
    whole = [line.strip() for line in (lines if len(head) < _HEAD else lines[:-1])]
    addresses = [line.startswith(("http://", "https://")) and " " not in line for line in whole if line]
    return "sitemap" if addresses and all(addresses) else None


def entries(raw: bytes, kind: Kind, *, base: str) -> Feed:
    """What a feed or a sitemap lists, in its order.

    Args:
        kind: as `kind_of` tells it.
        base: the address that it came from, for links that are relative.

    Raises:
        BadInput: it cannot be parsed, or lists too much.
        TooLarge: it takes too much time or memory.
    """
    settings = load()
    question = _Question(raw, kind, base, settings.fetch_bytes)
    answer = call(
        "marsad.sources.feeds:parse",
        msgspec.msgpack.encode(question),
        seconds=settings.parse_seconds,
        memory=settings.parse_bytes,
    )
    return msgspec.msgpack.decode(answer, type=Feed)


def named_by(raw: bytes, *, base: str) -> tuple[str, ...]:
    """The feeds that a page names as its own, in its order; none where it cannot be parsed."""
    settings = load()
    question = msgspec.msgpack.encode(_Question(raw, "feed", base, settings.fetch_bytes))
    where = "marsad.sources.feeds:parse_page"
    try:
        answer = call(where, question, seconds=settings.parse_seconds, memory=settings.parse_bytes)
    except BadInput:
        return ()
    return msgspec.msgpack.decode(answer, type=tuple[str, ...])


def _unfolded(raw: bytes, most: int) -> bytes:
    """The first bytes of what may be gzip."""
    if not raw.startswith(_GZIP):
        return raw[:most]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(raw, most)
    except zlib.error:
        return b""


def _root(head: bytes) -> bytes:
    """The local name of the first element, past declarations and comments; empty where there is none."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[1:2] == b"\0":
        head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest.startswith((b"<?", b"<!")):
        end = b"-->" if rest.startswith(b"<!--") else b"]>" if b"[" in rest.partition(b">")[0] else b">"
        rest = rest.partition(end)[2].lstrip()
    if not rest.startswith(b"<"):
        return b""
    name = rest[1:64].replace(b">", b" ").replace(b"/", b" ").split(None, 1)
    return name[0].rpartition(b":")[2] if name else b""


# In the child


def parse(question: bytes) -> bytes:
    """The entries of a feed or a sitemap, encoded."""
    asked = msgspec.msgpack.decode(question, type=_Question)
    raw = _unfolded(asked.raw, asked.most_bytes + 1)
    if len(raw) > asked.most_bytes:
        raise BadInput(f"unfolds to over {asked.most_bytes / 1e6:.1f} MB (MARSAD_FETCH_BYTES)")
    if asked.kind != "feed":
        found = _sitemap(raw, asked.kind)
    elif _root(raw[:_HEAD]):
        found = _feed(raw)
    else:
        found = _json_feed(raw)
    return msgspec.msgpack.encode(msgspec.structs.replace(found, entries=tuple(_linked(found, asked.base))))


def parse_page(question: bytes) -> bytes:
    """The feeds that a page names, encoded (`<link rel="alternate" type="application/rss+xml">`)."""
    from lxml import html  # noqa: PLC0415 - in the child only

    asked = msgspec.msgpack.decode(question, type=_Question)
    found = []
    for link in html.fromstring(asked.raw).iter("link"):
        is_named = "alternate" in (link.get("rel") or "").lower().split()
        if is_named and (link.get("type") or "").strip().lower() in _FEED_TYPES:
            found.append(_address(link.get("href") or "", asked.base))
    return msgspec.msgpack.encode(list(dict.fromkeys(filter(None, found)))[:_MOST_NAMED])


def _linked(found: Feed, base: str) -> Iterator[Listing]:
    """The entries that lead to a page, with whole addresses, each once."""
    seen: set[str] = set()
    for entry in found.entries:
        link = _address(entry.link, base)
        if link and link not in seen:
            seen.add(link)
            if len(seen) > MOST_ENTRIES:
                raise BadInput(f"lists over {MOST_ENTRIES:,} entries")
            yield msgspec.structs.replace(entry, link=link)


def _address(link: str, base: str) -> str | None:
    link = link.strip().partition("#")[0]
    if not link:
        return None
    try:
        found = link if link.startswith(("http://", "https://")) else urljoin(base, link)
        parts = urlsplit(found)
    except ValueError:
        return None
    is_page = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    return found if is_page and found.isprintable() else None


def _feed(raw: bytes) -> Feed:
    """RSS of any version, or Atom. A stream, never the bytes: feedparser would take those for a path."""
    import feedparser  # noqa: PLC0415 - slow to load, in the child only

    try:
        found = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    except UnicodeError:  # a reference to half a surrogate pair
        raise BadInput("cannot be read as a feed") from None
    if not found.entries and (found.bozo or not found.get("version")):
        raise BadInput("cannot be read as a feed")
    return Feed(
        "feed",
        title=_words(found.feed.get("title")),
        language=found.feed.get("language") or None,
        entries=tuple(map(_entry, found.entries)),
    )


def _entry(entry: Any) -> Listing:  # noqa: ANN401 - feedparser has no types
    return Listing(
        link=entry.get("link") or _permanent(entry) or "",
        id=entry.get("id"),
        title=_words(entry.get("title")),
        author=_words(entry.get("author")),
        published=_moment(entry.get("published"), entry.get("published_parsed")),
        updated=_moment(entry.get("updated"), entry.get("updated_parsed")) if "updated" in entry else None,
    )


def _permanent(entry: Any) -> str | None:  # noqa: ANN401 - feedparser has no types
    """An id that is an address, as a permalink is."""
    found = str(entry.get("id") or "")
    return found if found.startswith(("http://", "https://")) else None


def _words(text: object) -> str | None:
    """Text on one line; a title may hold markup, and is shown as words."""
    if not isinstance(text, str):
        return None
    text = "".join(" " if char in _CONTROLS else char for char in text)
    if "<" in text or "&" in text:
        from lxml import html  # noqa: PLC0415 - in the child only

        text = str(html.fromstring(f"<p>{text}</p>").text_content())
    return " ".join(text.split())[:_MOST_WORDS] or None


def _moment(said: object, parsed: time.struct_time | None) -> str | None:
    """A date as it was written, with its offset: it tells the day. What else feedparser knows is UTC."""
    words = said.strip() if isinstance(said, str) else ""
    if words[:4].isdecimal():
        return words
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, OverflowError, TypeError, IndexError):
        pass
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None
    except (ValueError, OverflowError):
        return None


def _json_feed(raw: bytes) -> Feed:
    try:
        found = msgspec.json.decode(raw, type=_JSONFeed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"cannot be read as a JSON Feed: {error}") from None
    return Feed("feed", _words(found.title), found.language, tuple(item.listing() for item in found.items))


class _Author(msgspec.Struct):
    name: str | None = None


class _Item(msgspec.Struct):
    id: str | int | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: list[_Author] = []
    author: _Author | None = None  # version 1.0
    language: str | None = None

    def listing(self) -> Listing:
        authors = [each.name for each in (*self.authors, *filter(None, [self.author])) if each.name]
        return Listing(
            link=self.url or self.external_url or "",
            id=None if self.id is None else str(self.id),
            title=_words(self.title),
            author=", ".join(authors) or None,
            published=self.date_published,
            updated=self.date_modified,
            language=self.language,
        )


class _JSONFeed(msgspec.Struct):
    version: str
    title: str | None = None
    language: str | None = None
    items: list[_Item] = []


def _sitemap(raw: bytes, kind: Kind) -> Feed:
    """A sitemap or an index, as XML or as lines of addresses."""
    if not _root(raw[:_HEAD]):
        lines = raw.decode("utf-8-sig", "replace").splitlines()
        return Feed(kind, entries=tuple(Listing(line) for line in lines if line.strip()))
    from lxml import etree  # noqa: PLC0415 - in the child only

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"cannot be read as a sitemap: {error}") from None
    return Feed(kind, entries=tuple(_place(each) for each in root.iterchildren("{*}url", "{*}sitemap")))


def _place(element: _Element) -> Listing:
    """An address of a sitemap, with what Google's news extension says of it."""
    said: dict[str, str] = {}
    for each in element.iter("{*}loc", "{*}lastmod", *_NEWS):
        name = str(each.tag).rpartition("}")[2]
        said.setdefault(name, " ".join((each.text or "").split()))
    return Listing(
        link=said.get("loc", ""),
        title=said.get("title") or None,
        published=said.get("publication_date") or None,
        updated=said.get("lastmod") or None,
        language=said.get("language") or None,
    )
