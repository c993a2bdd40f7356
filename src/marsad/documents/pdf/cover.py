"""What a PDF states of itself: in its metadata, and on the cover of a document of the United Nations.

The day on which a file was made is never taken for the day of publication. A document is one of the
United Nations where its first page says so, gives a symbol and a distribution line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from marsad.documents.pdf.assembly import Part

_SYMBOL = re.compile(r"\b(?:[SAE]|ST|CCPR|CAT|CEDAW|CRC|CERD|TD|DP)/[A-Z0-9][A-Za-z0-9./()–-]{2,40}")
_DISTRIBUTION = re.compile(r"Distr\.?:?\s{0,3}(?:General|Limited|Restricted)\b", re.I)
_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = _MONTH_NAMES.split()
_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
_COVER_LINES = 40
_LONGEST_TITLE = 300
_LARGER = 1.15  # than the running text, a title that stands alone
_ORGANS = frozenset({"economic and social council", "office for the coordination of humanitarian affairs"})
# What programs write for a title where nobody gave one.
_NO_TITLE = re.compile(
    r"(?:microsoft word|powerpoint|untitled|document\d{0,3}$|layout \d|print|slide \d)"
    r"|.{0,200}\.(?:docx?|pdf|indd|rtf|qxd|odt|tex|pptx?|xlsx?)$|[\d\s._-]{1,40}[a-z]?$",
    re.I,
)


class Stated(NamedTuple):
    """What a document says of itself; `None` where it does not."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    symbol: str | None = None  # of the United Nations: its genre is official


def stated(metadata: Mapping[str, str], paragraphs: Sequence[Sequence[Part]], body_size: float) -> Stated:
    """What the file's metadata and its first page say.

    Args:
        paragraphs: of the running text, with the rows of tables.
        body_size: the usual type size of the document.
    """
    cover = [paragraph for paragraph in paragraphs if paragraph[0].page == 0][:_COVER_LINES]
    lines = [part.segment.text for paragraph in cover for part in paragraph]
    title = _given_title(metadata.get("Title", ""))
    if united_nations := _united_nations(lines):
        return united_nations._replace(title=_heading(cover) or title)
    author = " ".join(metadata.get("Author", "").split())
    return Stated(title=title or _largest(cover, body_size), author=author or None)


def _given_title(title: str) -> str | None:
    title = " ".join(title.split())
    is_name = len(title) >= 4 and not _NO_TITLE.match(title)
    return title if is_name and any(map(str.isalpha, title)) else None


def _united_nations(lines: Sequence[str]) -> Stated | None:
    """What the cover states, where it is one of the United Nations beyond doubt."""
    head = "\n".join(line[:200] for line in lines[:_COVER_LINES])
    symbol, distribution = _SYMBOL.search(head), _DISTRIBUTION.search(head)
    if not symbol or not distribution or "United Nations" not in head:
        return None
    return Stated(
        publisher="United Nations",
        published=_date_after(head[distribution.end() :]),
        symbol=symbol[0],
    )


def _date_after(text: str) -> str | None:
    """The day that stands within three lines below the distribution."""
    found = _DATE.search("\n".join(text.split("\n")[:4]))
    if not found:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])).isoformat()
    except ValueError:
        return None


def _heading(cover: Sequence[Sequence[Part]]) -> str | None:
    """The first bold paragraph below the distribution, without an asterisk."""
    below = False
    for paragraph in cover:
        text = " ".join(part.segment.text for part in paragraph)
        is_bold = all(part.segment.bold for part in paragraph)
        if below and is_bold and len(text.split()) > 3 and text.lower() not in _ORGANS:
            return text.rstrip(" *†")[:_LONGEST_TITLE]
        below = below or bool(_DISTRIBUTION.search(text[:400]))
    return None


def _largest(cover: Sequence[Sequence[Part]], body_size: float) -> str | None:
    """The first of the paragraphs of the first page in its largest type, where that stands out."""
    sizes = [paragraph[0].segment.size for paragraph in cover]
    if not sizes or max(sizes) < _LARGER * body_size:
        return None
    largest = next(paragraph for paragraph in cover if paragraph[0].segment.size > 0.98 * max(sizes))
    title = " ".join(part.segment.text for part in largest)
    return title if 4 <= len(title) <= _LONGEST_TITLE else None
