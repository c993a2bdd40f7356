"""Makes a page's tree say what its reader sees: paragraphs, lists of prose, and tables of data only."""

from __future__ import annotations

from lxml.html import HtmlElement

from marsad.documents.markup import Sizes, shown

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
        ),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_OF_TABLES = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "center")
_LINKS_OF_A_MENU = 0.5  # of a list's characters; a list with more is navigation
_LONGEST_CELL = 400  # characters; a cell of data is shorter
_PARTS = ("br", "p", "div", "table", "h1", "h2", "h3", "ul", "ol", "blockquote")
_FOR_LAYOUT = ("presentation", "none")


def straighten(root: HtmlElement) -> None:
    """Change `root` in place: tables for layout, words without a paragraph, and lists of prose."""
    elements = list(shown(root))
    sizes = Sizes(elements)
    parts = dict.fromkeys(elements, 0)  # blocks and breaks below an element
    holds_block = dict.fromkeys(elements, False)
    lays_out = {element: (element.get("role") or "").lower() in _FOR_LAYOUT for element in elements}
    for element in reversed(elements):
        if element.tag in ("td", "th"):
            lays_out[element] |= parts[element] > 1 or sizes.all[element] > _LONGEST_CELL
        parent = element.getparent()
        if parent in parts:
            parts[parent] += parts[element] + (element.tag in _PARTS)
            holds_block[parent] |= holds_block[element] or element.tag in _BLOCKS
            lays_out[parent] |= lays_out[element]
    for element in elements:
        if element.tag == "table" and lays_out[element]:
            _unfold(element)
        if element.tag == "div" and not holds_block[element]:
            element.tag = "p"
        elif element.tag == "ul" and sizes.linked[element] <= _LINKS_OF_A_MENU * sizes.all[element]:
            element.tag = "ol"  # resiliparse takes any other list for a menu and drops it


def _unfold(table: HtmlElement) -> None:
    """Make boxes of a table's own rows and cells; tables in its cells are looked at by themselves."""
    waiting = [table]
    while waiting:
        element = waiting.pop()
        if element.tag in _OF_TABLES:
            element.tag = "div"
            waiting.extend(child for child in element if child.tag != "table")
