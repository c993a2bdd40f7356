"""The analyst's own paragraphs, from a Markdown file: headings, paragraphs and items, as plain text.

Marks of emphasis and the addresses of links are left out; HTML stays the text that it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from marsad.errors import BadInput
from marsad.reports.model import NoteParagraph, Notes

LARGEST = 1_000_000  # bytes


def read(path: Path) -> Notes:
    """The paragraphs of a file.

    Raises:
        BadInput: it cannot be read, is no UTF-8, or is too large.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path}: larger than {LARGEST:,} bytes; notes are a few paragraphs")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; name a Markdown file with --notes") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: is no UTF-8 text; save it as UTF-8") from error
    return parse(text)


def parse(markdown: str) -> Notes:
    return Notes(tuple(_paragraphs(MarkdownIt("commonmark", {"html": False}).parse(markdown))))


def _paragraphs(tokens: Sequence[Token]) -> Iterator[NoteParagraph]:
    is_heading, items = False, 0
    for token in tokens:
        is_heading = token.type == "heading_open" or (is_heading and token.type != "heading_close")
        items += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.type == "inline" and (text := _plain(token.children or [])):
            yield NoteParagraph(text, "heading" if is_heading else "item" if items else "text")
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield NoteParagraph(token.content.strip())


def _plain(children: Sequence[Token]) -> str:
    """The words of a paragraph; of a picture, its description."""
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in children)
    return " ".join("".join(parts).split())
