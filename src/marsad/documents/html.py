"""HTML to the text of its main content, and what the page states of itself.

`extract` meets hostile pages: it is called in a child process with limits (`isolation.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree, Node

from marsad.documents import page as pages
from marsad.documents.elements import elements
from marsad.documents.page import Page
from marsad.documents.stated_date import stated_date

_LINKS_OF_A_MENU = 0.5  # of a list's characters; a list with more is navigation
_BLANK_LINES = re.compile(r"\n{3,}")
_UNSEEN = "[hidden], [aria-hidden=true], script, style, template, noscript"


def extract(raw: bytes) -> bytes:
    """A page's bytes to an encoded `Page`."""
    markup = _decode(raw)
    described = _describe(markup)
    tree = HTMLTree.parse(markup)
    heading = (tree.title or "").strip()
    published = stated_date(tree)  # before the tree is changed
    return pages.encode(
        Page(
            text=_text(tree),
            title=described.title or heading or None,
            author=described.author,
            publisher=described.publisher,
            url=described.url,
            published=published,
        )
    )


def _decode(raw: bytes) -> str:
    """UTF-8 where it is; else as the page or, failing that, its bytes suggest."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = detect_encoding(raw, from_html_meta=True) or "utf-8"
        return str(bytes_to_str(raw, encoding, errors="replace"))


def _describe(markup: str) -> Page:
    """Title, author, publisher and address as trafilatura finds them stated; its dates are guesses."""
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - slow to load, in the child only
    from trafilatura.utils import load_html  # noqa: PLC0415

    tree = load_html(markup)
    if tree is None:
        return Page(text="")
    found = extract_metadata(tree, date_config={"extensive_search": False, "max_date": "2100-01-01"})
    return Page(
        text="", title=found.title, author=found.author, publisher=_name(found.sitename), url=found.url
    )


def _name(site: str | None) -> str | None:
    """A host's name, which trafilatura gives where a page names no site, is no publisher's name."""
    return site if site and (" " in site or "." not in site) else None


def _text(tree: HTMLTree) -> str:
    if tree.body is None:
        return ""
    _keep_lists(tree, tree.body)
    return _extracted(tree, main_content=True) or _extracted(tree, main_content=False)


def _extracted(tree: HTMLTree, *, main_content: bool) -> str:
    text = extract_plain_text(
        tree,
        main_content=main_content,
        preserve_formatting=True,
        list_bullets=False,
        alt_texts=False,
        comments=False,
        skip_elements=[_UNSEEN],
    )
    return _paragraphs(text.split("\n"))


def _keep_lists(tree: HTMLTree, body: Node) -> None:
    """Make lists of prose ordered ones: resiliparse takes any other list for a menu and drops it."""
    for menu in list(elements(body, "ul")):
        linked = sum(len(link.text or "") for link in elements(menu, "a"))
        parent, kept = menu.parent, tree.create_element("ol")
        if parent is None or kept is None or linked > _LINKS_OF_A_MENU * len(menu.text or ""):
            continue
        parent.insert_before(kept, menu)
        while menu.first_child:
            kept.append_child(menu.first_child)
        parent.remove_child(menu)


def _paragraphs(lines: Iterable[str]) -> str:
    """Lines joined, outer blanks gone; an indented line is a list item, and a paragraph of its own."""
    spaced = ("\n" + line.strip() if line.startswith("  ") else line.strip() for line in lines)
    return _BLANK_LINES.sub("\n\n", "\n".join(spaced)).strip()
