"""In which form a document is: told by how it begins, then by its media type, then by its name."""

from __future__ import annotations

from typing import Literal

from marsad.documents import jsonl
from marsad.documents.decoding import READ
from marsad.documents.signature import Root, holds_pdf, root, signature
from marsad.errors import BadInput
from marsad.records.original import Original

Form = Literal["plain", "markdown", "html", "jsonl", "pdf", "docx", "email", "feed", "coded"]

_ROWS: dict[str, Form] = {"document": "jsonl", "coded": "coded"}  # of `Original.row`
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS: dict[str, Form] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/jsonl": "jsonl",
    "application/jsonlines": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    _DOCX: "docx",
    "message/rfc822": "email",
    "application/feed+json": "feed",
}
_SUFFIXES: dict[str, Form] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "email",
}
_SIGNED: dict[str, Form] = {"PDF": "pdf", "DOCX": "docx"}
_CONTAINERS = {"ZIP", "an empty ZIP", "gzip", "bzip2", "xz", "Zstandard", "7-Zip", "RAR", "WARC"}
_SAVE_AS = {
    "RTF": "DOCX, PDF or text",
    "a Word, Excel or Outlook file of before 2007": "DOCX, PDF or text",
    "OpenDocument": "DOCX, PDF or text",
    "PPTX": "PDF or text",
    "EPUB": "HTML, PDF or text",
    "PostScript": "PDF",
    "XLSX": "text, or as CSV where it holds coded events",
}
_NOT_READ = {
    "application/json": f"JSON is not read; {READ}",
    "text/csv": "CSV is read only with the columns of UCDP GED or ACLED; save texts as JSON Lines",
    "text/tab-separated-values": "TSV is read only with the columns of UCDP GED or ACLED;"
    " save texts as JSON Lines",
}
_FEEDS = ("rss", "feed")
_JSON_FEED, _JSON_HEAD = b"https://jsonfeed.org/version/1", 4096
_SITEMAPS = ("urlset", "sitemapindex")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_NO_TEXT = ("image/", "audio/", "video/", "font/")
_LINE = 998  # the longest line of a message, by RFC 5322
_HEADER_LINES = 100  # in which the header of a message must show what it is
_OF_MESSAGES = {b"message-id", b"mime-version", b"received", b"return-path"}


def form_of(original: Original) -> Form:
    """The form of `original`.

    Raises:
        BadInput: a form that is not read, with what to do.
    """
    if original.row:
        return _ROWS[original.row]
    media_type = (original.media_type or "").lower()
    return (
        _by_signature(original.raw)
        or _by_markup(root(original.raw), media_type)
        or _by_name(original, media_type)
        or _by_content(original.raw, media_type)
    )


def _by_signature(raw: bytes) -> Form | None:
    name = signature(raw)
    if name is None or name in _SIGNED:
        return _SIGNED[name] if name else None
    if name in _CONTAINERS:
        raise BadInput(f"{name} inside another file is not opened; take it out and add it by itself")
    advice = _SAVE_AS.get(name)
    raise BadInput(f"{name} is not read; save it as {advice}" if advice else f"{name} is not read; {READ}")


def _by_markup(found: Root, media_type: str) -> Form | None:
    """HTML, a feed or another XML, by its first element."""
    if found.name in ("html", "head", "body"):
        return "html"
    if found.name in _FEEDS or (found.name == "rdf" and b"purl.org/rss/" in found.head):
        return "feed"
    if found.name in _SITEMAPS:
        raise BadInput(
            "a sitemap only lists addresses; marsad add ADDRESS or marsad follow ADDRESS reads what it lists"
        )
    if media_type in _FEED_TYPES:
        raise BadInput("called a feed, but it is neither RSS nor Atom")
    if found.is_xml and media_type not in ("text/html", "application/xhtml+xml"):
        name = f"its first element is <{found.name}>" if found.name else "it has no element"
        raise BadInput(f"XML of a kind that is not read: {name}; {READ}")
    return None


def _by_name(original: Original, media_type: str) -> Form | None:
    """By the media type or, where that says little, by the end of the name."""
    form = _FORMS.get(media_type) or _SUFFIXES.get(_suffix(original.url or original.source))
    if form in ("pdf", "docx") and not original.raw.strip():
        raise BadInput("empty")
    if form == "pdf" and not holds_pdf(original.raw):
        raise BadInput("called PDF, but it is none")
    if form == "docx":
        raise BadInput("called DOCX, but it is none")
    if form is None and media_type.startswith(_NO_TEXT):
        raise BadInput(f"{media_type} is not read; {READ}")
    return form


def _by_content(raw: bytes, media_type: str) -> Form:
    head = raw[:_JSON_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and _JSON_FEED in head:
        return "feed"
    if jsonl.looks_like(raw):
        return "jsonl"
    if media_type in _NOT_READ:
        raise BadInput(_NOT_READ[media_type])
    return "email" if _is_message(raw) else "plain"


def _is_message(raw: bytes) -> bool:
    """Whether `raw` begins with the header of an e-mail that was sent: a memorandum has none such."""
    names: set[bytes] = set()
    for line in raw[: _LINE * _HEADER_LINES].split(b"\n", _HEADER_LINES)[:_HEADER_LINES]:
        if not line.strip():
            break
        if line[:1] in b" \t" and names:
            continue
        name, colon, _ = line.partition(b":")
        if not colon or not name.isascii() or b" " in name:
            return False
        names.add(name.lower())
    return b"from" in names and bool(names & _OF_MESSAGES)


def _suffix(where: str) -> str:
    name = where.partition("?")[0].rpartition("/")[2].lower()
    return name[name.rfind(".") :] if "." in name else ""
