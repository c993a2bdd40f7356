"""The one workflow that joins sources, documents, reading and ledger.

    paths → originals → frozen documents → readings → ledger

A document is acknowledged when its `Added` is yielded, which is after its commit. One that is
refused, whatever the reason, is not stored and stops nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from marsad import documents, sources
from marsad.errors import BadWorkspace, MarsadError
from marsad.ledger.identity import completed, given
from marsad.ledger.putting import Current
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Document


class Added(NamedTuple):
    """It is in the ledger now: a new document, or a new reading of one that was there."""

    document_id: str
    source: str


class Unchanged(NamedTuple):
    """It was in the ledger already, and this version of the reader has read it."""

    document_id: str
    source: str


Outcome = Added | Unchanged | Refused


def add(ledger: Store, paths: Sequence[str], *, published: str | None = None) -> Iterator[Outcome]:
    """Read what `paths` name into `ledger`, one document at a time, and say what became of each.

    Args:
        paths: files, folders, addresses, or `-` for standard input.
        published: the day of publication (ISO 8601) of all of them, where the user knows it.

    Raises:
        BadWorkspace: the ledger cannot be written. All that was acknowledged is in it.
    """
    _versions()  # a reader that cannot read at all stops here, not once for each document
    for original in sources.expand(paths):
        if isinstance(original, Refused):
            yield original
            continue
        for frozen in _frozen(original._replace(published=published)):
            yield frozen if isinstance(frozen, Refused) else _store(ledger, frozen)


def _frozen(original: Original) -> Iterator[Frozen | Refused]:
    try:
        yield from documents.freeze(original)
    except Exception as error:  # a parser can raise anything, and the batch goes on
        yield Refused(original.source, _reason(error))


def _store(ledger: Store, frozen: Frozen) -> Outcome:
    document = frozen.document
    source = document.source or document.id
    if current := ledger.current(document.id):
        document = completed(document, current.given)
        if current == Current(given(document), *_versions()):
            return Unchanged(document.id, source)
    try:
        is_new = ledger.put(frozen.raw, document, pipeline.read(document))
    except BadWorkspace:
        raise
    except Exception as error:  # the reader is at fault, not the next document
        return Refused(source, _reason(error))
    return Added(document.id, source) if is_new else Unchanged(document.id, source)


@cache
def _versions() -> tuple[str | None, str | None]:
    """What the reader and the gazetteer of this program write into a reading."""
    nothing = Document(id="", text="", raw_sha256="", text_sha256="", extractor="none@1")
    document = pipeline.read(nothing).document
    return document.reader, document.gazetteer


def _reason(error: Exception) -> str:
    if isinstance(error, MarsadError):
        return str(error)
    return f"cannot be read: {type(error).__name__}: {error}"
