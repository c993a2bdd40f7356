"""The styles of a Word document: what they are called, and which of them hide their text."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from marsad.documents.docx.package import attribute, child, is_on, local

_DEEPEST = 20  # of styles based on styles


class Style(NamedTuple):
    name: str  # Word's own in English: `Title`, `heading 1`, `toc 2`
    based_on: str | None
    is_hidden: bool | None  # None: as what it is based on


class Styles:
    def __init__(self, part: Element | None) -> None:
        self._styles = {
            attribute(element, "styleId") or "": _style(element)
            for element in (part if part is not None else ())
            if local(element) == "style"
        }

    def name(self, style: str | None) -> str:
        """What a style is called, in small letters; its id, where nothing says more."""
        found = self._styles.get(style or "")
        return (found.name if found else style or "").lower()

    def hides(self, style: str | None) -> bool:
        """Whether text of the style is not shown."""
        for _ in range(_DEEPEST):
            found = self._styles.get(style or "")
            if found is None:
                return False
            if found.is_hidden is not None:
                return found.is_hidden
            style = found.based_on
        return False


def _style(element: Element) -> Style:
    name, based_on = child(element, "name"), child(element, "basedOn")
    return Style(
        name=(attribute(name, "val") or "") if name is not None else "",
        based_on=attribute(based_on, "val") if based_on is not None else None,
        is_hidden=is_on(child(element, "rPr"), "vanish"),
    )
