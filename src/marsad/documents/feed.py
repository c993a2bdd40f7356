"""A feed that was saved: a document for each entry that has content of its own.

An entry's content is that which the feed carries in full (`content:encoded`, Atom's `content`), else its
description. What lies behind its link is not fetched; `marsad follow` does that. `extract` is called in a
child process with limits (`isolation.py`).
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from marsad.documents import page as pages
from marsad.documents.html import text_of
from marsad.documents.page import Page
from marsad.errors import BadInput

_MARKUP = ("text/html", "application/xhtml+xml")


def extract(raw: bytes) -> bytes:
    """A feed's bytes to an encoded page for each entry with words in it."""
    is_json = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
    found = list(_json_feed(raw) if is_json else _feed(raw))
    if not found:
        raise BadInput("the feed has no entry with words of its own; marsad follow reads what it links to")
    return pages.encode(*found)


def _feed(raw: bytes) -> Iterator[Page]:
    """RSS of any version, or Atom. A stream, never the bytes: feedparser would take those for a path."""
    import feedparser  # noqa: PLC0415 - slow to load

    try:
        found = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    except UnicodeError:  # a reference to half a surrogate pair
        raise BadInput("cannot be read as a feed") from None
    version = found.get("version", "")
    if not found.entries and (found.bozo or not version):
        raise BadInput("cannot be read as a feed")
    publisher = _line(found.feed.get("title"))
    for number, entry in enumerate(found.entries, 1):
        words, is_markup, language = _content(entry, says_its_type=version.startswith("atom"))
        text = _text(words, is_markup)
        if text:
            yield Page(
                text=text,
                title=_line(entry.get("title")),
                author=_line(entry.get("author")),
                publisher=publisher,
                url=_address(entry.get("link") or entry.get("id")),
                published=_moment(entry.get("published") or entry.get("updated"), entry),
                language=language or found.feed.get("language") or None,
                part=str(number),
                raw=words.encode(),
            )


def _content(entry: Any, *, says_its_type: bool) -> tuple[str, bool, str | None]:  # noqa: ANN401 - feedparser
    """The words of an entry, whether they are markup, and in which language."""
    held: Sequence[Any] = [*entry.get("content", ()), *filter(None, [entry.get("summary_detail")])]
    for each in held:
        words = str(each.get("value") or "")
        if words.strip():
            is_markup = each.get("type") in _MARKUP or (not says_its_type and _looks_marked_up(words))
            return words, is_markup, each.get("language")
    return "", False, None


def _looks_marked_up(words: str) -> bool:
    """RSS does not say whether a description is markup: it is where a tag or a reference stands in it."""
    begin = words.find("<")
    is_tag = begin >= 0 and words[begin + 1 : begin + 2].strip("/!").isalpha() and ">" in words[begin:]
    return is_tag or ("&" in words and ";" in words[words.find("&") :])


def _text(words: str, is_markup: bool) -> str:
    return (text_of(words) if is_markup else words).strip()


def _line(words: object) -> str | None:
    """Words on one line; a title may be markup."""
    if not isinstance(words, str) or not words.strip():
        return None
    return " ".join((text_of(words) if _looks_marked_up(words) else words).split()) or None


def _address(link: object) -> str | None:
    found = str(link or "").strip()
    return found if found.startswith(("http://", "https://")) else None


def _moment(said: object, entry: Any) -> str | None:  # noqa: ANN401 - feedparser has no types
    """A date as it was written, with its offset: it tells the day. What else feedparser knows is UTC."""
    words = said.strip() if isinstance(said, str) else ""
    if words[:4].isdecimal():
        return words
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, OverflowError, TypeError, IndexError):
        pass
    parsed: time.struct_time | None = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None
    except (ValueError, OverflowError):
        return None


class _Author(msgspec.Struct):
    name: str | None = None


class _Item(msgspec.Struct):
    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    language: str | None = None
    authors: list[_Author] = []
    author: _Author | None = None  # version 1.0

    @property
    def names(self) -> str | None:
        people = (*self.authors, *filter(None, [self.author]))
        return ", ".join(each.name for each in people if each.name) or None


class _JSONFeed(msgspec.Struct):
    title: str | None = None
    language: str | None = None
    items: list[_Item] = []


def _json_feed(raw: bytes) -> Iterator[Page]:
    try:
        found = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=_JSONFeed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"cannot be read as a JSON Feed: {error}") from None
    for number, item in enumerate(found.items, 1):
        words = item.content_html or item.content_text or item.summary or ""
        text = _text(words, bool(item.content_html))
        if text:
            yield Page(
                text=text,
                title=_line(item.title),
                author=item.names,
                publisher=_line(found.title),
                url=_address(item.url or item.id),
                published=item.date_published,
                language=item.language or found.language,
                part=str(number),
                raw=words.encode(),
            )
