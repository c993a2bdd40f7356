"""The date of publication that a page states in its markup. Never guessed from its text or address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from marsad.documents.markup import classes
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


def stated_date(root: HtmlElement, metas: Mapping[str, str], things: list[dict[str, Any]]) -> str | None:
    """The first date that is one: of JSON-LD, then `meta`, then a `time` marked as that date."""
    for given in _stated(root, metas, things):
        try:
            published(given)
        except BadInput:
            continue
        return given
    return None


def _stated(root: HtmlElement, metas: Mapping[str, str], things: list[dict[str, Any]]) -> Iterator[str]:
    for thing in things:
        given = thing.get("datePublished")
        if isinstance(given, str):
            yield given
    yield from (metas[name] for name in _NAMES if name in metas)
    for time in root.iter("time"):
        marked = time.get("pubdate") is not None or time.get("itemprop") == "datePublished"
        if marked or not {"entry-date", "published", "dt-published"}.isdisjoint(classes(time)):
            yield time.get("datetime") or ""
