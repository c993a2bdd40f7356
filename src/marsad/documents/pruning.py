"""What of a page's tree is no part of its text: menus, boxes, comments, and what is hidden by style.

A box is told by its element, its role, the words of its class or id (`data/boilerplate.toml`), or by
links that make up most of its words. A box around the text itself is never taken for one of these.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import msgspec
from lxml.html import HtmlElement

from marsad.documents.hidden import Hiding
from marsad.documents.markup import Sizes, classes, shown

_BOXES = frozenset(
    (
        "div",
        "section",
        "aside",
        "ul",
        "ol",
        "dl",
        "table",
        "header",
        "li",
        "article",
        "p",
        "td",
        "span",
        "center",
    )
)
_LINKED = 0.6  # of the characters of a box: with more, it is a menu or a list of other pages
_LINKED_LINE = 0.9  # of a paragraph
_TITLE, _FINAL = (
    40,
    (".", "!", "?", "…", "؟", "۔"),
)  # a title is shorter than so many characters, or ends otherwise
_FORM = 400  # characters of a form: with more, it holds other things
_WHOLE = 0.7  # of the characters of a page: a box that holds more is the page
_REMNANT = 250  # characters outside a box: with fewer, the box is the page
_MOST, _FEW = 0.4, 400  # of the characters of a page outside links: a box with more is hardly boilerplate
_MANY_WORDS = 4  # in a class: names such as `post-type-related-tag-social` describe a page
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Boilerplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `data/boilerplate.toml`."""

    tags: frozenset[str]
    roles: frozenset[str]
    certain: frozenset[str]
    words: frozenset[str]


class Hidden(NamedTuple):
    """What was hidden by style, and dropped."""

    passages: int
    characters: int


@cache
def _boilerplate() -> Boilerplate:
    shipped = resources.files("marsad.documents").joinpath("data", "boilerplate.toml").read_bytes()
    return msgspec.convert(tomllib.loads(shipped.decode()), Boilerplate)


def prune(root: HtmlElement, hiding: Hiding, *, boxes: bool = True) -> Hidden:
    """Take out of `root` what is hidden and, if wanted, what is no part of its text."""
    elements = list(shown(root))
    sizes = Sizes(elements)
    gone: set[HtmlElement] = set()
    outermost: list[HtmlElement] = []
    hidden: list[int] = []
    for element in elements[1:]:
        if element.getparent() in gone:
            gone.add(element)
            continue
        is_hidden = hiding.hides(element)
        if is_hidden or (boxes and _is_box(element, sizes, elements[0])):
            gone.add(element)
            outermost.append(element)
            if is_hidden and sizes.all[element]:
                hidden.append(sizes.all[element])
    for element in outermost:
        _drop(element)
    return Hidden(len(hidden), sum(hidden))


def _is_box(element: HtmlElement, sizes: Sizes, whole: HtmlElement) -> bool:
    size, all_of_it = sizes.all[element], sizes.all[whole]
    if sizes.holds_text[element] or (size > _WHOLE * all_of_it and all_of_it - size < _REMNANT):
        return False
    known, names = _boilerplate(), _names(element)
    prose = size - sizes.linked[element]
    if prose > _MOST * (all_of_it - sizes.linked[whole]) and prose > _FEW:
        return not known.certain.isdisjoint(names)
    if element.tag in known.tags or (element.get("role") or "").lower() in known.roles:
        return True
    if element.tag not in _BOXES:
        return _is_form(element, size)
    is_named = not (known.certain | known.words).isdisjoint(names)
    return is_named or _is_linked(element, size, sizes.linked[element])


def _names(element: HtmlElement) -> set[str]:
    """The words of classes and of the id, one by one and in pairs."""
    names: set[str] = set()
    for name in (*classes(element)[:20], element.get("id") or ""):
        words = [word.lower() for word in _PARTS.findall(name[:80])]
        if len(words) <= _MANY_WORDS:
            names.update(words)
            names.update(f"{one} {other}" for one, other in pairwise(words))
    return names


def _is_linked(element: HtmlElement, size: int, linked: int) -> bool:
    """Whether links make up most of it; a paragraph that is one link is a title, unless it is a sentence."""
    if not size or element.tag in ("span", "td"):
        return False
    if element.tag not in ("p", "li"):
        return linked > _LINKED * size
    return linked > _LINKED_LINE * size and not (size > _TITLE and _tail(element).endswith(_FINAL))


def _tail(element: HtmlElement) -> str:
    """The last characters of a paragraph."""
    return str(element.text_content())[-80:].strip().rstrip("”\"’')")


def _is_form(element: HtmlElement, size: int) -> bool:
    """Whether it is a form to be filled in; some pages stand in one as a whole."""
    return (
        element.tag == "form"
        and size < _FORM
        and next(element.iter("input", "select", "textarea"), None) is not None
    )


def _drop(element: HtmlElement) -> None:
    """Take the element out, and leave a blank where words on both sides would meet."""
    tail = element.tail or ""
    if tail and not tail[:1].isspace():
        element.tail = f" {tail}"
    element.drop_tree()
