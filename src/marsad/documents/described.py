"""What a page states of itself in its markup: title, author, publisher, address, date, language.

Of JSON-LD and `meta` elements first, then of marked elements. Nothing is guessed from the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml.html import HtmlElement

from marsad.documents.cleaning import clean
from marsad.documents.markup import classes
from marsad.documents.stated_date import stated_date

_ENOUGH = 2_000  # elements of a kind, and things of JSON-LD, that are looked at
_LONGEST = 300  # characters of a name or title
_ARTICLES = ("article", "report", "posting", "webpage")  # that the name of a type ends with
_TITLES = (
    *(
        "og:title",
        "citation_title",
        "dc.title",
        "dcterms.title",
        "twitter:title",
        "parsely-title",
        "headline",
    ),
)
_AUTHORS = (
    *("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author"),
    *("sailthru.author", "byl", "twitter:creator"),
)
_SITES = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher")
_BYLINES = frozenset(
    (
        *("author", "byline", "byline-name", "author-name", "post-author", "entry-author", "p-author"),
        *("article-author", "article__author", "c-byline__author", "byline__name", "writer"),
    )
)
_PARTS = (" | ", " - ", " – ", " — ", " :: ", " » ", " · ")
_BY = ("by ", "von ", "par ", "por ", "written by ", "author: ", "بقلم ", "بقلم: ")
_NO_NAMES = frozenset(
    ("admin", "administrator", "editor", "staff", "unknown", "anonymous", "none", "null", "undefined", "user")
)


class About(NamedTuple):
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None  # BCP 47, as stated


def described(root: HtmlElement) -> About:
    """What the page `root` states of itself."""
    metas, things = _metas(root), list(islice(_things(root), _ENOUGH))
    articles = [thing for thing in things if _is_article(thing)]
    publisher = _publisher(metas, articles)
    return About(
        title=_title(root, metas, articles, publisher),
        author=_author(root, metas, articles, publisher),
        publisher=publisher,
        url=_address(root, metas),
        published=stated_date(root, metas, things),
        language=_language(root, metas),
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    """Content of `meta` elements by property, name or itemprop in small letters; the first one counts."""
    metas: dict[str, str] = {}
    for meta in islice(root.iter("meta"), _ENOUGH):
        for key in ("property", "name", "itemprop"):
            if (name := meta.get(key)) and (content := (meta.get("content") or "").strip()):
                metas.setdefault(name.lower(), content)
    return metas


def _things(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD, at any depth, in order."""
    for script in islice(root.iter("script"), _ENOUGH):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = [msgspec.json.decode(script.text or "")]
        except (msgspec.DecodeError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict):
                yield item
                waiting.extend(reversed(item.values()))
            elif isinstance(item, list):
                waiting.extend(reversed(item))


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.lower().endswith(_ARTICLES) for name in names)


def _title(
    root: HtmlElement, metas: Mapping[str, str], articles: list[dict[str, Any]], publisher: str | None
) -> str | None:
    """The headline; of the title of the window what stands before the name of the site."""
    given = [_line(article.get("headline")) for article in articles] + [_line(metas.get(n)) for n in _TITLES]
    heads = [_line(head.text_content()) for head in islice(root.iter("h1"), 3)]
    window = next((_line(title.text_content()) for title in islice(root.iter("title"), 1)), None)
    found = next(filter(None, given), None) or window
    only = [head for head in heads if head]
    if found is None or (len(only) == 1 and found.startswith(only[0]) and found != only[0]):
        return only[0] if len(only) == 1 else None
    return _without_site(found, publisher)


def _without_site(title: str, publisher: str | None) -> str:
    for mark in _PARTS:
        head, found, site = title.rpartition(mark)
        if found and head and publisher and site.strip().casefold() == publisher.casefold():
            return head.strip()
    return title


def _author(
    root: HtmlElement, metas: Mapping[str, str], articles: list[dict[str, Any]], publisher: str | None
) -> str | None:
    """One or several names with commas between them: of JSON-LD, `meta`, or an element marked as byline."""
    for names in (
        [name for article in articles[:1] for name in _names_in(article.get("author"))],
        *([metas[name]] for name in _AUTHORS if name in metas),
        _bylines(root),
    ):
        kept = [name for given in names if (name := _person(given, publisher))]
        if kept:
            return ", ".join(dict.fromkeys(kept))
    return None


def _names_in(given: object) -> list[str]:
    """Names of an author of JSON-LD: a string, an object with a name, or a list of these."""
    listed = given if isinstance(given, list) else [given]
    named = [item.get("name") if isinstance(item, dict) else item for item in listed[:20]]
    flat = [name for item in named for name in (item if isinstance(item, list) else [item])]
    return [name for name in flat if isinstance(name, str)]


def _bylines(root: HtmlElement) -> list[str]:
    """What stands in the first element that is marked as the author's name."""
    for element in islice(root.iter("a", "span", "div", "p", "address", "cite"), _ENOUGH):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if marked or not _BYLINES.isdisjoint(name.lower() for name in classes(element)):
            names = [link.text_content() for link in element.iter("a")] or [element.text_content()]
            if any(name.strip() for name in names):
                return names
    return []


def _person(given: str, publisher: str | None) -> str | None:
    """A name without `By`; `None` for an address, an account, a whole sentence or the site itself."""
    name = _line(given) or ""
    lead = next((lead for lead in _BY if name.casefold().startswith(lead)), "")
    name = name[len(lead) :].strip(" ,;|")
    is_other = name.startswith(("http", "@", "/")) or "@" in name or len(name.split()) > 12 or len(name) > 120
    is_site = publisher is not None and name.casefold() == publisher.casefold()
    return None if not name or is_other or is_site or name.casefold() in _NO_NAMES else name


def _publisher(metas: Mapping[str, str], articles: list[dict[str, Any]]) -> str | None:
    """The name of the site; a host's name is no publisher's name."""
    listed = [name for article in articles for name in _names_in(article.get("publisher"))]
    for given in (*(metas[name] for name in _SITES if name in metas), *listed):
        name = _line(given)
        if name and (" " in name or "." not in name) and not name.startswith(("http", "@")):
            return name
    return None


def _address(root: HtmlElement, metas: Mapping[str, str]) -> str | None:
    """The canonical address: absolute, of the web, and of a page rather than of the whole site."""
    base = next((element.get("href") or "" for element in islice(root.iter("base"), 1)), "")
    links = (link for link in islice(root.iter("link"), _ENOUGH))
    canonical = [
        link.get("href") or "" for link in links if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for given in (*canonical, metas.get("og:url", "")):
        try:
            address = str(urljoin(base, given.strip()))
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            continue
        is_web = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and port != 0
        if is_web and (parts.path.strip("/") or parts.query) and not parts.username and " " not in address:
            return address
    return None


def _language(root: HtmlElement, metas: Mapping[str, str]) -> str | None:
    html = root.getroottree().getroot()
    stated = (
        html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or html.get("xml:lang")
    )
    return stated or metas.get("content-language") or metas.get("og:locale") or metas.get("inlanguage")


def _line(given: object) -> str | None:
    """One line of clean text, `None` where there is none."""
    if not isinstance(given, str):
        return None
    return clean(" ".join(given[: 4 * _LONGEST].split()))[:_LONGEST].strip() or None
