"""Pages to test with, and the documents that they make."""

from __future__ import annotations

from marsad import documents
from marsad.records.original import Frozen, Original

FIRST = "The army said on Monday that four men had been killed on the road, and that two more were hurt."
SECOND = "A spokeswoman for the other side denied it. “Nobody was there,” she said, adding that the road was closed."
THIRD = "Some 4,850 people live in the camp beside the road, according to its manager."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
TEXT = [FIRST, SECOND, THIRD]


def frozen(markup: str | bytes, **given: str) -> Frozen:
    """The document of a page."""
    raw = markup if isinstance(markup, bytes) else markup.encode()
    (found,) = documents.freeze(Original(raw, "a.html", media_type="text/html", **given))  # type: ignore[arg-type]
    assert isinstance(found, Frozen), found
    return found


def paragraphs(markup: str | bytes) -> list[str]:
    return frozen(markup).document.text.split("\n\n")


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
