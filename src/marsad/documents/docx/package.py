"""The parts of an Office Open XML file: found by their relationships, bounded, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from marsad.errors import BadInput, TooLarge
from marsad.settings import MIB

_MOST = 96 * MIB  # of XML that is read from one file; an element takes some times that in memory
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
_BEFORE_2007 = b"\xd0\xcf\x11\xe0"


class Package:
    """An open file. What is not XML, such as pictures and macros, is never unfolded."""

    def __init__(self, raw: bytes) -> None:
        """Raises `BadInput` where it is no Word document."""
        if raw.startswith(_BEFORE_2007):
            raise BadInput("a Word file that is locked or of before 2007; save it as DOCX without a password")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except _DAMAGED as error:
            raise BadInput(f"a DOCX that is damaged or cut short: {error}") from error
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._left = _MOST
        self._main = self._related("", "officeDocument") or "word/document.xml"

    def body(self) -> Element:
        """The body of the main part.

        Raises:
            BadInput: there is none, or it is not Word's.
        """
        root = self._parsed(self._main)
        if root is None or local(root) != "document":
            raise BadInput("not a Word document, whatever its name says")
        body = child(root, "body")
        return root if body is None else body

    def part(self, kind: str) -> Element | None:
        """What the main part relates to as `footnotes`, `styles`, `comments` and so on."""
        name = self._related(self._main, kind)
        return self._parsed(name) if name else None

    def properties(self) -> Element | None:
        """The core properties: title, creator, dates."""
        name = self._related("", "metadata/core-properties")
        return self._parsed(name) if name else None

    def _related(self, of: str, kind: str) -> str | None:
        """The first part that `of` (the package itself, where empty) relates to as `kind`."""
        folder, name = posixpath.split(of)
        relations = self._parsed(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations if relations is not None else ():
            is_inside = relation.get("TargetMode") != "External"
            if is_inside and relation.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.join("/", folder, relation.get("Target", ""))
                return posixpath.normpath(target).lstrip("/")
        return None

    def _parsed(self, name: str) -> Element | None:
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        try:
            with self._archive.open(stored) as stream:
                raw = stream.read(self._left + 1)
        except _DAMAGED as error:
            raise BadInput(f"a DOCX that is damaged or encrypted: {error}") from error
        self._left -= len(raw)
        if self._left < 0:
            raise TooLarge(f"unfolds to over {_MOST / 1e6:.0f} MB")
        return _tree(raw)


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Entities are declared after this, and nothing that Word writes declares any."""
        raise BadInput("its XML declares a document type, as only a hostile file's does")


def _tree(raw: bytes) -> Element:
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 - it refuses document types
    try:
        return ElementTree.fromstring(raw, parser)  # noqa: S314
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise BadInput(f"a DOCX with XML that is damaged: {error}") from error


def local(element: Element) -> str:
    """An element's name, whichever of the standard's two namespaces it is in."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name alone."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element below, by names."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def is_on(element: Element | None, path: str) -> bool | None:
    """Whether a switch such as `vanish` below `element` is on; None where it is not there."""
    found = child(element, path)
    if found is None:
        return None
    return (attribute(found, "val") or "true").lower() not in ("false", "0", "off")
