"""HTML to the text of its main content, and what the page states of itself.

`extract` meets hostile pages: it is called in a child process with limits (`isolation.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement, tostring
from resiliparse.extract.html2text import extract_plain_text

from marsad.documents import page as pages
from marsad.documents.cleaning import clean
from marsad.documents.described import described
from marsad.documents.hidden import Hiding
from marsad.documents.markup import decode, parse
from marsad.documents.page import Page, Remark
from marsad.documents.pruning import Hidden, prune
from marsad.documents.structure import straighten
from marsad.records.corrections import parted

_SHORT_OF_ALL = 0.5  # of the words of a page: a main content with fewer was perhaps not found
_BLANK_LINES = re.compile(r"\n{3,}")
_CELLS = "\t"
_TOP, _SHORT_TOP = 12, 0.2  # paragraphs, and the share of the characters, that may stand before a headline
_UNSEEN = "script, style, template, noscript, iframe, object"


def extract(raw: bytes) -> bytes:
    """A page's bytes to an encoded `Page`."""
    markup = decode(raw)
    root = parse(markup.text)
    if root is None:
        return pages.encode(Page(text=""))
    about = described(root)  # before the tree is changed
    straighten(root)
    hidden = prune(root, Hiding(root))
    text, corrections = parted(_from_headline(clean(_main(root)), about.title))
    return pages.encode(
        Page(
            text=text,
            title=about.title,
            author=about.author,
            publisher=about.publisher,
            url=about.url,
            published=about.published,
            language=about.language,
            corrections=corrections,
            remarks=(*markup.remarks(), *_remarks(hidden)),
        )
    )


def text_of(markup: str) -> str:
    """All that a browser would show of `markup`, as paragraphs with a blank line between them."""
    root = parse(markup)
    if root is None:
        return ""
    straighten(root)
    prune(root, Hiding(root), boxes=False)
    return clean(_extracted(tostring(root, encoding="unicode"), main_content=False))


def _remarks(hidden: Hidden) -> tuple[Remark, ...]:
    if not hidden.passages:
        return ()
    sentence = "hidden_text.html_one" if hidden.passages == 1 else "hidden_text.html"
    return (Remark.of(sentence, count=hidden.passages, characters=hidden.characters),)


def _main(root: HtmlElement) -> str:
    """The main content by resiliparse or, where it finds hardly any, by trafilatura; else all of the page."""
    markup = tostring(root, encoding="unicode")
    main, whole = (_extracted(markup, main_content=main) for main in (True, False))
    if len(main) >= _SHORT_OF_ALL * len(whole):
        return main
    from trafilatura import extract as second_opinion  # noqa: PLC0415 - slow to load, and seldom wanted

    other = second_opinion(markup, include_comments=False) or ""
    if len(other) > len(main):
        return _BLANK_LINES.sub("\n\n", other.replace("\n", "\n\n")).strip()
    return main or whole


def _extracted(markup: str, *, main_content: bool) -> str:
    text = extract_plain_text(
        markup,
        main_content=main_content,
        preserve_formatting=True,
        list_bullets=False,
        alt_texts=False,
        comments=False,
        skip_elements=[_UNSEEN],
    )
    return _paragraphs(text.split("\n"))


def _paragraphs(lines: Iterable[str]) -> str:
    """Lines joined, outer blanks gone; an item of a list and a row of a table are paragraphs of their own."""
    return _BLANK_LINES.sub("\n\n", "\n".join(map(_spaced, lines))).strip()


def _spaced(line: str) -> str:
    cells = [cell for each in line.split("\t") if (cell := each.strip())]
    if len(cells) > 1:
        return f"\n{_CELLS.join(cells)}\n"
    return "\n" + line.strip() if line.startswith("  ") else line.strip()


def _from_headline(text: str, title: str | None) -> str:
    """`text` without the short lines that stand before its headline: names of sites and of sections."""
    paragraphs = text.split("\n\n")
    before = 0
    for at, paragraph in enumerate(paragraphs[:_TOP]):
        if title and paragraph.casefold() == title.casefold():
            return "\n\n".join(paragraphs[at:]) if before <= _SHORT_TOP * len(text) else text
        before += len(paragraph)
    return text
