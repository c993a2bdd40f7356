"""Bytes to frozen text: plain text, Markdown, HTML, PDF, DOCX, e-mail, feeds, coded rows and JSON Lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from marsad.documents import jsonl, page
from marsad.documents.decoding import as_served, decode, decoded, refuse_binary, refuse_blank
from marsad.documents.form import Form, form_of
from marsad.documents.language import language_of
from marsad.documents.page import Extract, Page
from marsad.documents.published import published
from marsad.errors import BadInput
from marsad.isolation import call
from marsad.records.language import ENGLISH
from marsad.records.original import Frozen, Listed, Original, Refused
from marsad.records.reading import Document, Genre, Notice, Published
from marsad.settings import load

__all__ = ["freeze", "published"]

_DEPTH = 3  # of files in files: an e-mail in an e-mail


class _Extractor(NamedTuple):
    """What makes text of a form. A version is part of every reading: a change of the text needs a new one."""

    version: str
    function: str | None = None  # module:function in a child, from bytes to `page.encode`; None: right here


_EXTRACTORS: dict[Form, _Extractor] = {
    "plain": _Extractor("plain@2"),
    "jsonl": _Extractor("jsonl@1"),
    "coded": _Extractor("coded@1"),
    "markdown": _Extractor("markdown@2", "marsad.documents.markdown:extract"),
    "html": _Extractor("html@2", "marsad.documents.html:extract"),
    "pdf": _Extractor("pdf@2", "marsad.documents.pdf:extract"),
    "docx": _Extractor("docx@2", "marsad.documents.docx:extract"),
    "email": _Extractor("email@2", "marsad.documents.email:extract"),
    "feed": _Extractor("feed@1", "marsad.documents.feed:extract"),
}


def freeze(original: Original, *, depth: int = 0) -> Iterator[Frozen | Refused]:
    """The documents that `original` holds, in order: one, or several of JSON Lines, a feed or an e-mail.

    What cannot be read is `Refused`, with its reason on one line; the others go on. A date given with
    `original` counts for every document that does not give its own.

    Args:
        depth: in how many other files it was found.
    """
    try:
        form = form_of(original)
        given = published(original.published) if original.published else Published()
        if form != "jsonl":
            extract = _extracted(original, form)
    except BadInput as error:
        yield Refused(original.source, str(error))
        return
    if form == "jsonl":
        yield from _collection(original, given)
        return
    for found in extract.pages:
        yield _page(original, found, form, given)
    for file in extract.enclosed:
        inner = Original(
            file.raw,
            f"{original.source}#{file.name}",
            media_type=file.media_type,
            retrieved=original.retrieved,
            published=original.published,
            listed=original.listed,
        )
        if depth + 1 < _DEPTH:
            yield from freeze(inner, depth=depth + 1)
        else:
            yield Refused(inner.source, f"is in {_DEPTH} other files; take it out and add it by itself")


def _extracted(original: Original, form: Form) -> Extract:
    if form in ("plain", "coded"):
        genre: Genre = "coded" if form == "coded" else "unknown"
        found = decoded(original.raw, stated=original.charset)
        return Extract((Page(text=found.text, genre=genre, remarks=found.remarks()),))
    raw = original.raw
    if form == "markdown":
        raw = decode(raw).encode()
    elif form in ("html", "feed"):
        refuse_binary(raw)
        raw = as_served(raw, original.charset) if original.charset and form == "html" else raw
    settings = load()
    function = _EXTRACTORS[form].function or ""
    seconds, setting = settings.parse_seconds, "MARSAD_PARSE_SECONDS"
    if form == "pdf":
        seconds, setting = settings.pdf_seconds, "MARSAD_PDF_SECONDS"
    answer = call(function, raw, seconds=seconds, memory=settings.parse_bytes, setting=setting)
    extract = page.decode(answer)
    if not extract.pages and not extract.enclosed:
        raise BadInput("empty: there is no document in it")
    return extract


def _page(original: Original, found: Page, form: Form, given: Published) -> Frozen | Refused:
    source = f"{original.source}#{found.part}" if found.part else original.source
    try:
        return _frozen(original._replace(source=source), found, form, _date(found, original.listed, given))
    except BadInput as error:
        return Refused(source, str(error))


def _date(found: Page, listed: Listed | None, given: Published) -> Published:
    """What the user gave goes before what the page states; a date that is none is let be."""
    if given.basis == "given":
        return given
    for stated in (found.published, listed.published if listed else None):
        if not stated:
            continue
        try:
            return published(stated, "stated")
        except BadInput:
            continue
    return given


def _collection(original: Original, given: Published) -> Iterator[Frozen | Refused]:
    limit = load().document_bytes
    number = 0
    for number, line in jsonl.lines(original.raw):
        source = original.source if original.row else f"{original.source}:{number}"
        try:
            if len(line) > limit:
                raise BadInput(f"{len(line) / 1e6:.1f} MB are over the limit of {limit / 1e6:.1f} MB")
            row = jsonl.row(line)
            found, date = row.page(line), row.date() or given
            yield _frozen(original._replace(source=source), found, "jsonl", date)
        except BadInput as error:
            yield Refused(source, str(error))
    if number == 0:
        yield Refused(original.source, "empty: there is no document in it")


def _frozen(original: Original, found: Page, form: Form, date: Published) -> Frozen:
    if form != "coded":  # whose rows are bounded already, and many
        refuse_blank(found.text, load().text_characters)
    raw = original.raw if found.raw is None else found.raw
    listed = original.listed or Listed()
    raw_sha256 = hashlib.sha256(raw).hexdigest()
    url = found.url or original.url
    publisher = found.publisher or listed.publisher or None
    document = Document(
        id=document_id(raw_sha256, url or publisher or ""),
        text=found.text,
        raw_sha256=raw_sha256,
        text_sha256=hashlib.sha256(found.text.encode()).hexdigest(),
        extractor=_EXTRACTORS[form].version,
        source=original.source,
        url=url,
        title=found.title or listed.title or None,
        author=found.author or listed.author or None,
        publisher=publisher,
        language=_language(found, listed),
        genre=found.genre,
        retrieved=original.retrieved,
        published=date,
        corrections=found.corrections,
    )
    remarks = (Notice(code=each.code, message=each.message, records=()) for each in found.remarks)
    return Frozen(document, raw, (*original.notices, *remarks))


def _language(found: Page, listed: Listed) -> str | None:
    """Rows that people coded are not examined, for that would take longer than all the rest of them."""
    if found.genre == "coded":
        return ENGLISH
    return language_of(found.text, stated=found.language or listed.language)


def document_id(raw_sha256: str, origin: str) -> str:
    """32 hexadecimal digits of a hash over the bytes' SHA-256 and where they came from.

    Args:
        origin: the canonical address, else the publisher, else nothing.
    """
    return hashlib.sha256(f"{raw_sha256}\n{origin}".encode()).hexdigest()[:32]
