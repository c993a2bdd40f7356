"""What a page hides from its readers by style: inline, by attribute, or by a rule for a class or an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from marsad.documents.markup import classes

_LONGEST_SHEET = 262_144  # characters of style sheets that are looked at
_BLANKS = re.compile(r"\s++")
# Declarations without blanks, in small letters.
_HIDES = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|content-visibility:hidden"
    r"|font-size:0(?:px|em|rem|pt|%)?(?![.\d])|(?:left|right|top|text-indent|margin-left):-\d{3}"
    r"|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%)"
)
_SHOWS = re.compile(r"(?:^|;)(?:display:(?!none)|visibility:visible)")
_SIMPLE = re.compile(r"[a-z0-9]{0,20}([.#][\w-]{1,80})")  # `.promo`, `p.promo`, `#promo`
_WHOLE = ("html", "body", "main")  # which a page only hides until its script has run


class Hiding:
    """Tells which elements of a page are hidden."""

    def __init__(self, root: HtmlElement) -> None:
        self._names = frozenset(_hidden_names(style.text or "" for style in root.iter("style")))

    def hides(self, element: HtmlElement) -> bool:
        """Whether `element` itself is hidden; what is in it is hidden with it."""
        if element.tag in _WHOLE:
            return False
        if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
            return True
        style = element.get("style")
        if style and _hides(style):
            return True
        if not self._names:
            return False
        return f"#{element.get('id')}" in self._names or any(
            f".{name}" in self._names for name in classes(element)
        )


def _hides(declarations: str) -> bool:
    return _HIDES.search(_BLANKS.sub("", declarations.lower())) is not None


def _hidden_names(sheets: Iterable[str]) -> Iterator[str]:
    """The classes (`.x`) and ids (`#x`) that rules hide; of several rules for one the last counts.

    Rules for certain media, and for elements within others, are not looked at.
    """
    hidden: dict[str, bool] = {}
    for selectors, declarations in _rules("\n".join(sheets)[:_LONGEST_SHEET]):
        compact = _BLANKS.sub("", declarations.lower())
        hides = _HIDES.search(compact) is not None
        if not hides and not _SHOWS.search(compact):
            continue
        for selector in selectors.split(","):
            if simple := _SIMPLE.fullmatch(selector.strip()):
                hidden[simple[1]] = hides
    return (name for name, hides in hidden.items() if hides)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that stand in no block, such as `@media print {...}`."""
    sheet = _without_comments(sheet)
    begin = 0
    while (opened := sheet.find("{", begin)) >= 0:
        selectors = sheet[begin:opened].rpartition(";")[2].strip()  # behind `@import "x";`
        if selectors.startswith("@"):
            begin = _end_of_block(sheet, opened)
            continue
        end = sheet.find("}", opened)
        end = len(sheet) if end < 0 else end
        yield selectors, sheet[opened + 1 : end]
        begin = end + 1


def _end_of_block(sheet: str, opened: int) -> int:
    depth = 0
    for at in range(opened, len(sheet)):
        depth += (sheet[at] == "{") - (sheet[at] == "}")
        if depth == 0:
            return at + 1
    return len(sheet)


def _without_comments(sheet: str) -> str:
    kept, begin = [], 0
    while (opened := sheet.find("/*", begin)) >= 0:
        kept.append(sheet[begin:opened])
        closed = sheet.find("*/", opened + 2)
        begin = len(sheet) if closed < 0 else closed + 2
    return "".join((*kept, sheet[begin:]))
