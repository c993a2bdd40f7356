"""A page's bytes to a tree: decoded, parsed as browsers parse, and small enough to be walked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from resiliparse.parse.encoding import map_encoding_to_html5
from resiliparse.parse.html import HTMLTree

from marsad.documents.decoding import Decoded, decoded

_HEAD = 4_096  # bytes in which a page names its encoding
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_LONGEST_VALUE = 4_096  # characters of an attribute; pictures stand in them too
_LONG_VALUE = re.compile(r"""=(?:"[^"]{4096}[^"]*+"|'[^']{4096}[^']*+')""")
_NOT_SHOWN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head")


def decode(raw: bytes) -> Decoded:
    """By the byte order mark, UTF-8 where it is, else as the page says or, failing that, its bytes suggest.

    Raises:
        BadInput: empty or binary.
    """
    named = _CHARSET.search(raw, 0, _HEAD)
    label = named[1].decode("ascii") if named else None
    return decoded(raw, stated=map_encoding_to_html5(label, fallback_utf8=False) if label else None)


def parse(markup: str) -> HtmlElement | None:
    """The tree of a page, `None` where nothing is in it.

    resiliparse repairs the markup as the HTML standard says, which lxml does not; but a walk over its
    tree takes fifty times as long.
    """
    document = HTMLTree.parse(_LONG_VALUE.sub('=""', markup)).document
    repaired = document.html if document is not None else ""
    if not repaired.strip():
        return None
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(repaired.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def shown(root: HtmlElement) -> Iterator[HtmlElement]:
    """Elements below `root` in the order of the page, without what only programs read."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in _NOT_SHOWN:
            yield element


def classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


class Sizes:
    """Of each element: characters below it, those of them in links, and whether it holds the headline."""

    def __init__(self, elements: list[HtmlElement]) -> None:
        self.all = dict.fromkeys(elements, 0)
        self.linked = dict.fromkeys(elements, 0)
        self.holds_text = dict.fromkeys(elements, False)
        for element in reversed(elements):
            self.all[element] += len((element.text or "").strip())
            if element.tag == "a":
                self.linked[element] = self.all[element]
            if element.tag in ("h1", "main") or element.get("itemprop") == "articleBody":
                self.holds_text[element] = True
            parent = element.getparent()
            if parent in self.all:
                self.all[parent] += self.all[element] + len((element.tail or "").strip())
                self.linked[parent] += self.linked[element]
                self.holds_text[parent] |= self.holds_text[element]
