"""Alerts: those changes of a board for which one wants to be called, as JSON and as an Atom feed.

The id of an alert is made from what it is about and not from when it was asked for, so a feed that is written
every day shows each alert once in a reader (RFC 4287, 4.2.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import msgspec

from marsad.assessment.board.records import Board, Change, ChangeKind
from marsad.ledger.asking.found import FoundDocument
from marsad.version import VERSION

# The kinds of change that are alerts, and what each is called
CALLED: dict[ChangeKind, str] = {
    "contradiction": "newly contested",
    "moved": "moved",
    "outside_range": "a figure outside the last range",
    "correction": "corrected",
}
_IDS = UUID("5b0a7c1e-3f52-4d0b-9a55-6d1f0e6a8c34")  # the name space of the ids of alerts
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01"  # when a feed changed that never had an entry
_SPACES = "\t\n\r"  # the only control characters of XML 1.0


@dataclass(frozen=True, slots=True)
class Alert:
    id: str  # urn:uuid:..., the same for the same change of the same watch
    watch: str
    indicator: str
    kind: ChangeKind
    title: str
    words: str
    known: str
    records: tuple[str, ...]
    documents: tuple[str, ...]  # ids
    urls: tuple[str, ...]  # of the documents, where they are known

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def alerts(board: Board) -> tuple[Alert, ...]:
    """What has to be known of a board with `since`, the newest first: see `CALLED`."""
    titles = {indicator.name: indicator.title for indicator in board.watch.indicators}
    documents = {found.id: found.found_in for found in board.gathered.claims}
    documents |= {found.id: found.found_in for found in board.gathered.figures}
    return tuple(
        _alert(board, change, titles[change.indicator], documents)
        for change in board.changes
        if change.kind in CALLED
    )


def _alert(board: Board, change: Change, title: str, documents: dict[str, FoundDocument]) -> Alert:
    of = {documents[each].id: documents[each] for each in change.records if each in documents}
    return Alert(
        id=_urn(board, change.key),
        watch=board.watch.name,
        indicator=change.indicator,
        kind=change.kind,
        title=f"{title}: {CALLED[change.kind]}",
        words=change.words,
        known=change.known,
        records=change.records,
        documents=tuple(of),
        urls=tuple(dict.fromkeys(found.document.url for found in of.values() if found.document.url)),
    )


def _urn(board: Board, key: str) -> str:
    return uuid5(_IDS, f"{board.watch.name}\n{key}").urn


def feed(board: Board) -> bytes:
    """The alerts of a board as an Atom 1.0 feed (RFC 4287), in UTF-8."""
    found = alerts(board)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "id", _urn(board, ""))
    _add(root, "title", f"Alerts: {board.watch.title}")
    _add(root, "updated", _instant(max((each.known for each in found), default=board.day or _NEVER)))
    _add(ET.SubElement(root, "author"), "name", "Marsad")
    _add(root, "generator", "Marsad", version=VERSION)
    for each in found:
        _add_entry(root, each)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_entry(root: ET.Element, alert: Alert) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", alert.id)
    _add(entry, "title", alert.title)
    _add(entry, "updated", _instant(alert.known))
    ET.SubElement(entry, "category", {"term": alert.kind})
    ET.SubElement(entry, "category", {"term": alert.indicator, "scheme": "urn:marsad:indicator"})
    for url in _addresses(alert.urls):
        ET.SubElement(entry, "link", {"rel": "related", "href": url})
    _add(entry, "content", f"{alert.words}\n\nmarsad trace: {', '.join(alert.records)}", type="text")


def _addresses(urls: Sequence[str]) -> Iterator[str]:
    """Those that a reader may open; what disclosure has masked leads nowhere."""
    for url in urls:
        if urlsplit(url).scheme in ("http", "https") and url.isascii() and url.isprintable():
            yield url


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _of_xml(text)


def _of_xml(text: str) -> str:
    """The text without what XML 1.0 cannot hold."""
    return "".join(char if _is_of_xml(char) else "\ufffd" for char in text)


def _is_of_xml(char: str) -> bool:
    code = ord(char)
    return char in _SPACES or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000


def _instant(day: str) -> str:
    """The first moment of a day (RFC 3339)."""
    return f"{day}T00:00:00Z"
