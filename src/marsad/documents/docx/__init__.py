"""DOCX to text: paragraphs, tables and text boxes in order, then footnotes and endnotes.

Convention. A note leaves the running text: it comes at the end as a paragraph of its own, `[12] See
...`, endnotes after footnotes, and its mark is dropped, so that a figure before it stays what it is.
Headers, footers, comments and tables of contents are left out. Tracked changes are taken as accepted.
Of the file's properties only the title counts: they name who typed, and when, not who wrote.

Called in a child process with limits (`isolation.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from marsad.documents import page as pages
from marsad.documents.cleaning import clean
from marsad.documents.docx.body import Body
from marsad.documents.docx.package import Package, attribute, child, local
from marsad.documents.docx.styles import Styles
from marsad.documents.page import Page, Remark
from marsad.errors import BadInput
from marsad.records.corrections import parted

_NO_TITLES = ("microsoft word", "untitled", "document")  # how Word calls what nobody has named
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def extract(raw: bytes) -> bytes:
    """A document's bytes to an encoded `Page`.

    Raises:
        BadInput: no Word document, a locked or a damaged one.
        TooLarge: it unfolds to more than a document does.
    """
    try:
        return pages.encode(_page(Package(raw)))
    except RecursionError:
        raise BadInput("a DOCX whose XML is nested too deeply") from None


def _page(package: Package) -> Page:
    body = Body(Styles(package.part("styles")))
    blocks = list(body.blocks(package.body()))
    blocks += _notes(package, body)
    text, corrections = parted(clean("\n\n".join(blocks)))
    return Page(
        text=text,
        title=_title(body, package.properties()),
        corrections=corrections,
        remarks=tuple(_remarks(body, package.part("comments"))),
    )


def _notes(package: Package, body: Body) -> Iterator[str]:
    """The notes that are referred to, in that order."""
    referred = list(body.notes)  # notes may refer to notes, which are left out
    for kind in ("footnote", "endnote"):
        part = package.part(f"{kind}s")
        found = {attribute(each, "id") or "": each for each in (part if part is not None else ())}
        known = [key for of, key in referred if of == kind and key in found]
        for number, key in enumerate(dict.fromkeys(known), 1):
            text = " ".join(body.blocks(found[key]))
            mark = str(number) if kind == "footnote" else _roman(number)
            if text:
                yield f"[{mark}] {text}"


def _title(body: Body, properties: Element | None) -> str | None:
    """As the text has it in the style for titles, as its properties have it, or its first heading."""
    stated = child(properties, "title")
    named = " ".join((stated.text or "").split()) if stated is not None else ""
    if named.lower().startswith(_NO_TITLES) or named.lower().endswith((".doc", ".docx")):
        named = ""
    found = body.headings.get("title") or named or body.headings.get("heading 1")
    return clean(" ".join(found.split())) if found else None


def _remarks(body: Body, comments: Element | None) -> Iterator[Remark]:
    if body.deleted or body.inserted:
        yield Remark.of("tracked_changes", deleted=body.deleted, inserted=body.inserted)
    count = sum(local(each) == "comment" for each in comments) if comments is not None else 0
    if count:
        yield Remark.of("comments", count=count)
    if body.hidden:
        yield Remark.of("hidden_text.docx", count=body.hidden)


def _roman(number: int) -> str:
    """As Word numbers endnotes."""
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
