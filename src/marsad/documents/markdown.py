"""Markdown to plain text: paragraphs, headings and list items with blank lines between them.

Called in a child process with limits (`isolation.py`): some inputs take quadratic time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from marsad.documents import page as pages
from marsad.documents.page import Page
from marsad.records.corrections import parted

_FENCE = "---"  # of front matter: `key: value` lines at the top


def extract(raw: bytes) -> bytes:
    """A Markdown text in UTF-8 to an encoded `Page`."""
    stated, body = _front_matter(raw.decode())
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    text, corrections = parted("\n\n".join(_blocks(tokens)))
    return pages.encode(
        Page(
            text=text,
            title=stated.get("title") or _first_heading(tokens),
            author=stated.get("author"),
            publisher=stated.get("publisher"),
            url=stated.get("url"),
            published=stated.get("published") or stated.get("date"),
            language=stated.get("language") or stated.get("lang"),
            corrections=corrections,
        )
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, text
    end = next((at for at, line in enumerate(lines[1:101], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        return {}, text
    pairs = (line.partition(":") for line in lines[1:end])
    stated = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
    return stated, "".join(lines[end + 1 :])


def _first_heading(tokens: list[Token]) -> str | None:
    """The document's title, where it opens with a heading of the first level."""
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _inline(tokens[1].children or []).strip() or None
    return None


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    row: list[str] | None = None  # the cells of a table's row, which stay on one line
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "\t".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or []).strip()
            if row is not None:
                row.append(text)
            elif text:
                yield text
        elif token.type in {"fence", "code_block"} and token.content.strip():
            yield token.content.strip("\n")


def _inline(children: Iterable[Token]) -> str:
    """The words of a paragraph, without marks, markup or the alternative texts of pictures."""
    pieces = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            pieces.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
    return "".join(pieces)
