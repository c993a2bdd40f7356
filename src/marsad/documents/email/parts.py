"""The parts of a message (MIME): its text, chosen among versions, and the files that it carries."""

from __future__ import annotations

from email.message import Message
from typing import NamedTuple, cast

from resiliparse.parse.html import ElementNode, HTMLTree, Node

from marsad.documents.decoding import decode
from marsad.documents.elements import elements
from marsad.documents.email.headers import decoded
from marsad.documents.email.quoting import unfolded
from marsad.documents.html import text_of
from marsad.documents.page import Enclosed
from marsad.errors import BadInput

_NO_DOCUMENTS = ("image/", "audio/", "video/", "font/")
_LEFT_OUT = {
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/directory",
    "application/ics",
    "application/ms-tnef",
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
    "message/disposition-notification",
    "text/rfc822-headers",
}
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_STUB = 30  # words; a shorter plain text may only say that there is another version
_LONGEST_NAME = 200


class Parts(NamedTuple):
    """What a message holds."""

    text: str
    files: tuple[Enclosed, ...]
    left_out: tuple[str, ...]  # names of files that can hold no text


def parts_of(message: Message) -> Parts:
    """The text of a message with its quotations marked by `>`, and its files.

    Raises:
        BadInput: it is encrypted.
    """
    gathered = _Gathered()
    texts = gathered.texts(message)
    return Parts("\n\n".join(filter(None, texts)), tuple(gathered.files), tuple(gathered.left_out))


class _Gathered:
    def __init__(self) -> None:
        self.files: list[Enclosed] = []
        self.left_out: list[str] = []

    def texts(self, part: Message) -> list[str]:
        """The texts of a part that are shown as one, in order; its files are gathered."""
        kind = part.get_content_type()
        if kind in _ENCRYPTED and "signed-data" not in str(part.get_param("smime-type", "")):
            raise BadInput("encrypted; save it from the mail program that can open it")
        if kind == "message/rfc822" or not part.is_multipart():
            return self._leaf(part, kind)
        inner = [each for each in cast("list[object]", part.get_payload()) if isinstance(each, Message)]
        if kind == "multipart/alternative":
            return self._chosen(inner)
        return [text for each in inner for text in self.texts(each)]

    def _chosen(self, versions: list[Message]) -> list[str]:
        """The plain version, unless it is a stub of another."""
        found = [(each.get_content_type() == "text/plain", self.texts(each)) for each in versions]
        written = [(is_plain, texts) for is_plain, texts in found if any(text.strip() for text in texts)]
        plain = next((texts for is_plain, texts in written if is_plain), None)
        rich = next((texts for is_plain, texts in reversed(written) if not is_plain), None)
        if plain is None or rich is None:
            return plain or rich or []
        words, more = (sum(len(text.split()) for text in texts) for texts in (plain, rich))
        return rich if words < _STUB and more > 3 * words else plain

    def _leaf(self, part: Message, kind: str) -> list[str]:
        name = _filename(part)
        is_file = part.get_content_disposition() == "attachment" or bool(name)
        is_broken = kind.startswith("multipart/")  # its boundary is nowhere
        if (kind in ("text/plain", "text/html") or is_broken) and not is_file:
            text = _decoded(part)
            return [_from_html(text) if kind == "text/html" else _plain(part, text)]
        if kind in _LEFT_OUT or kind.startswith(_NO_DOCUMENTS):
            self.left_out.append(name or kind)
        elif raw := _raw(part, kind):
            number = len(self.files) + 1
            self.files.append(Enclosed(name or f"attachment-{number}", raw, _stated(kind)))
        return []


def _filename(part: Message) -> str:
    """The name that a file is sent under, as a label; it is never a path."""
    try:
        name = part.get_filename() or ""
    except Exception:  # parameters that are malformed
        return ""
    name = decoded(name).replace("\\", "/").rpartition("/")[2][-_LONGEST_NAME:]
    return "".join(each if each.isprintable() else "\ufffd" for each in name)


def _stated(kind: str) -> str | None:
    """The type of a file; the name tells more than that of any file at all."""
    return None if kind == "application/octet-stream" else kind


def _raw(part: Message, kind: str) -> bytes:
    if kind == "message/rfc822" and part.is_multipart():
        inner = cast("list[object]", part.get_payload())
        return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message) -> str:
    raw = _raw(part, "")
    if not raw.strip():
        return ""
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError):
        charset = None
    return decode(raw, stated=charset).replace("\r\n", "\n").replace("\r", "\n")


def _plain(part: Message, text: str) -> str:
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return unfolded(text, joins_words=str(part.get_param("delsp", "")).lower() == "yes")


def _from_html(markup: str) -> str:
    """The text of a page, where what it quotes begins with `>` as in plain text."""
    tree = HTMLTree.parse(markup)
    if tree.body is None:
        return text_of(markup)
    cited = [each for each in elements(tree.body, "blockquote") if _is_cited(each)]
    for quote in [each for each in cited if not _is_within_one(each)]:
        lines = text_of(quote.html).split("\n")
        quote.inner_html = ""
        for line in lines:
            if (marked := tree.create_element("p")) is not None:
                marked.text = f"> {line}"
                quote.append_child(marked)
    return text_of(str(tree))


def _is_cited(node: Node) -> bool:
    if not isinstance(node, ElementNode) or node.tag != "blockquote":
        return False
    return node.getattr("type") == "cite" or "gmail_quote" in (node.getattr("class") or "")


def _is_within_one(quote: Node) -> bool:
    """Whether a quotation is a part of another, with which it is rewritten."""
    outer = quote.parent
    while outer is not None and not _is_cited(outer):
        outer = outer.parent
    return outer is not None
