"""Bytes to frozen text: plain text, Markdown, HTML and JSON Lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from marsad.documents import jsonl, page
from marsad.documents.decoding import decode, refuse_binary, refuse_blank
from marsad.documents.form import Form, form_of
from marsad.documents.page import Page
from marsad.documents.published import published
from marsad.errors import BadInput
from marsad.isolation import call
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Document, Genre, Published
from marsad.settings import load

__all__ = ["freeze", "published"]

_VERSIONS: dict[Form, str] = {
    "plain": "plain@1",
    "markdown": "markdown@1",
    "html": "html@1",
    "jsonl": "jsonl@1",
}


def freeze(original: Original) -> Iterator[Frozen | Refused]:
    """The documents that `original` holds: one, or of JSON Lines one a line, in order.

    What cannot be read is `Refused`, with its reason on one line; other lines go on. A date given
    with `original` counts for every document that does not give its own.
    """
    try:
        form = form_of(original)
        given = published(original.published) if original.published else Published()
        if form != "jsonl":
            yield _single(original, form, given)
            return
    except BadInput as error:
        yield Refused(original.source, str(error))
        return
    yield from _collection(original, given)


def _single(original: Original, form: Form, given: Published) -> Frozen:
    if form == "plain":
        found = Page(text=decode(original.raw))
    elif form == "markdown":
        found = _parsed("marsad.documents.markdown:extract", decode(original.raw).encode())
    else:
        refuse_binary(original.raw)
        found = _parsed("marsad.documents.html:extract", original.raw)
    return _frozen(original, original.raw, found, form, published=_date(found, given))


def _date(found: Page, given: Published) -> Published:
    """What the user gave goes before what the page states; a date that is none is let be."""
    if given.basis == "given" or not found.published:
        return given
    try:
        return published(found.published, "stated")
    except BadInput:
        return given


def _parsed(function: str, payload: bytes) -> Page:
    settings = load()
    answer = call(function, payload, seconds=settings.parse_seconds, memory=settings.parse_bytes)
    return page.decode(answer)


def _collection(original: Original, given: Published) -> Iterator[Frozen | Refused]:
    limit = load().document_bytes
    number = 0
    for number, line in jsonl.lines(original.raw):
        source = f"{original.source}:{number}"
        try:
            if len(line) > limit:
                raise BadInput(f"{len(line) / 1e6:.1f} MB are over the limit of {limit / 1e6:.1f} MB")
            yield _row(original._replace(source=source), line, given)
        except BadInput as error:
            yield Refused(source, str(error))
    if number == 0:
        yield Refused(original.source, "empty: there is no document in it")


def _row(original: Original, line: bytes, given: Published) -> Frozen:
    row = jsonl.row(line)
    found = Page(text=row.text, title=row.title, author=row.byline(), publisher=row.publisher, url=row.url)
    return _frozen(original, line, found, "jsonl", published=row.date() or given, genre=row.known_genre())


def _frozen(
    original: Original, raw: bytes, found: Page, form: Form, *, published: Published, genre: Genre = "unknown"
) -> Frozen:
    refuse_blank(found.text, load().text_characters)
    raw_sha256 = hashlib.sha256(raw).hexdigest()
    url = found.url or original.url
    document = Document(
        id=document_id(raw_sha256, url or found.publisher or ""),
        text=found.text,
        raw_sha256=raw_sha256,
        text_sha256=hashlib.sha256(found.text.encode()).hexdigest(),
        extractor=_VERSIONS[form],
        source=original.source,
        url=url,
        title=found.title or None,
        author=found.author or None,
        publisher=found.publisher or None,
        genre=genre,
        retrieved=original.retrieved,
        published=published,
    )
    return Frozen(document, raw)


def document_id(raw_sha256: str, origin: str) -> str:
    """32 hexadecimal digits of a hash over the bytes' SHA-256 and where they came from.

    Args:
        origin: the canonical address, else the publisher, else nothing.
    """
    return hashlib.sha256(f"{raw_sha256}\n{origin}".encode()).hexdigest()[:32]
