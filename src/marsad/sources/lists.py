"""Lists of documents on the web: feeds and sitemaps by their address, ReliefWeb by a query.

All that a list holds is asked for through one `Visitor`, so that hosts are asked politely. The address
of a list was named by a person; what it lists is crawled, and robots.txt counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag

from marsad.errors import BadInput, MarsadError
from marsad.records.original import Listed, Original, Refused
from marsad.sources import feeds
from marsad.sources.feeds import Feed, Kind, Listing
from marsad.sources.fetch import UNCONDITIONAL, Failed, Fetched, Later, NotModified, Validators
from marsad.sources.items import Contents, Empty, Item, Opened, Source
from marsad.sources.pace import Forbidden, Visitor
from marsad.sources.reliefweb import SCHEME, ReliefWeb

MOST_SITEMAPS = 50  # of an index: those that changed last
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, */*;q=0.5"


def canonical(address: str) -> str:
    """The address by which a list is known.

    Raises:
        BadInput: it is none of `http:`, `https:` and `reliefweb:`.
    """
    found = " ".join(address.split())
    if found.startswith(SCHEME) and found.isprintable():
        return found
    if not (found.lower().startswith(("http://", "https://")) and found.isprintable()):
        raise BadInput(f"{address}: no feed; give an address (http, https) or {SCHEME}QUERY")
    return urldefrag(found).url


def source(address: str, visitor: Visitor) -> Source:
    """The list at an address, as `canonical` gives it.

    Raises:
        BadInput: a query to ReliefWeb that cannot be asked.
    """
    return ReliefWeb(address, visitor) if address.startswith(SCHEME) else WebList(address, visitor)


def listed_by(original: Original, kind: Kind, visitor: Visitor) -> Iterator[Original | Refused]:
    """The documents that a feed or a sitemap lists, once: for an address that turns out to be one.

    Args:
        kind: as `feeds.kind_of` tells it.
    """
    found = WebList(original.source, visitor)
    try:
        contents = found.read(original, kind, UNCONDITIONAL)
    except MarsadError as error:
        yield Refused(original.source, _bare(error, original.source))
        return
    if contents.trouble:
        yield Refused(original.source, contents.trouble)
    for item in contents.items:
        yield opened(found, item)


def opened(of: Source, item: Item) -> Original | Refused:
    """A document of a list, or why it cannot be had."""
    try:
        found = of.open(item)
    except MarsadError as error:
        return Refused(item.address, _bare(error, item.address))
    if isinstance(found, Original):
        return found
    return Refused(item.address, "it has no text" if isinstance(found, Empty) else found.reason)


def _bare(error: MarsadError, address: str) -> str:
    return str(error).removeprefix(f"{address}: ")


class WebList:
    """A feed, a sitemap or an index of sitemaps."""

    def __init__(self, address: str, visitor: Visitor) -> None:
        self._address, self._visitor = address, visitor

    def contents(self, validators: Validators) -> Contents | NotModified | Later | Failed:
        answer = self._visitor.get(self._address, validators, accept=_ACCEPT, is_crawled=False)
        if isinstance(answer, Forbidden):  # it is not crawled
            return Failed(0, answer.reason)
        if not isinstance(answer, Fetched):
            return answer
        kind = feeds.kind_of(answer.original.raw, answer.original.media_type)
        if kind is None:
            raise BadInput(f"{self._address}: is no feed and no sitemap; {_advice(answer.original)}")
        return self.read(answer.original, kind, answer.validators)

    def read(self, original: Original, kind: Kind, validators: Validators) -> Contents:
        """What is listed in bytes that were fetched already; of an index, in the sitemaps that it names."""
        found = feeds.entries(original.raw, kind, base=original.url or original.source)
        if kind != "index":
            return Contents(kind, found.title, tuple(_items(found)), validators)
        items: dict[str, Item] = {}
        troubles = []
        newest = sorted(found.entries, key=lambda entry: entry.updated or "", reverse=True)
        for entry in newest[:MOST_SITEMAPS]:
            inner = self._sitemap(entry)
            if isinstance(inner, Feed):
                items |= {item.address: item for item in _items(inner)}
            else:
                troubles.append(f"{entry.link}: {inner}")
        # what was not read must be asked for again, and so the index must not pass for unchanged
        validators = UNCONDITIONAL if troubles else validators
        trouble = f"{len(troubles)} sitemaps cannot be read: {troubles[0]}" if troubles else None
        return Contents(kind, found.title, tuple(items.values()), validators, trouble)

    def _sitemap(self, entry: Listing) -> Feed | str:
        """A sitemap of an index, or why it cannot be read."""
        try:
            answer = self._visitor.get(entry.link, accept=_ACCEPT)
            if not isinstance(answer, Fetched):
                return getattr(answer, "reason", "no answer")
            raw = answer.original.raw
            if feeds.kind_of(raw) != "sitemap":
                return "is no sitemap"
            return feeds.entries(raw, "sitemap", base=entry.link)
        except MarsadError as error:
            return _bare(error, entry.link)

    def open(self, item: Item) -> Opened:
        answer = self._visitor.get(item.address)
        if isinstance(answer, Fetched):
            return answer.original._replace(listed=item.listed)
        return Failed(304, "answered 304") if isinstance(answer, NotModified) else answer


def _advice(original: Original) -> str:
    """What to do with a page that is no feed."""
    named = feeds.named_by(original.raw, base=original.url or original.source)
    return f"follow its feed: {' or '.join(named)}" if named else "read it with marsad add"


def _items(found: Feed) -> Iterator[Item]:
    for entry in found.entries:
        listed = Listed(
            title=entry.title,
            author=entry.author,
            publisher=found.title,
            published=entry.published or (entry.updated if found.kind == "feed" else None),
            language=entry.language or found.language,
        )
        yield Item(entry.link, entry.version, listed)
