"""The date of publication that a page states in its markup. Never guessed from its text or address."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from resiliparse.parse.html import HTMLTree

from marsad.documents.elements import elements
from marsad.documents.published import published
from marsad.errors import BadInput

# Names of `meta` elements (property, name or itemprop), best first.
_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
)


def stated_date(tree: HTMLTree) -> str | None:
    """The first date that is one: of JSON-LD, then `meta`, then a `time` marked as that date."""
    for given in _stated(tree):
        try:
            published(given)
        except BadInput:
            continue
        return given
    return None


def _stated(tree: HTMLTree) -> Iterator[str]:
    root = tree.document
    if root is None:
        return
    for script in elements(root, "script"):
        if script.getattr("type") == "application/ld+json":
            yield from _linked_data(script.text or "")
    metas: dict[str, str] = {}
    for meta in elements(root, "meta"):
        for key in ("property", "name", "itemprop"):
            metas.setdefault((meta.getattr(key) or "").lower(), meta.getattr("content") or "")
    yield from (metas[name] for name in _NAMES if name in metas)
    for time in elements(root, "time"):
        marked = time.hasattr("pubdate") or time.getattr("itemprop") == "datePublished"
        if marked or "entry-date" in (time.getattr("class") or "").split():
            yield time.getattr("datetime") or ""


def _linked_data(text: str) -> Iterator[str]:
    """Every `datePublished`, in the order of the document, at any depth."""
    try:
        waiting = [msgspec.json.decode(text)]
    except (msgspec.DecodeError, RecursionError):
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            given = item.get("datePublished")
            if isinstance(given, str):
                yield given
            waiting.extend(reversed(item.values()))
        elif isinstance(item, list):
            waiting.extend(reversed(item))
