"""The one workflow that joins sources, documents, reading and ledger.

    paths → originals → frozen documents → readings → ledger

A document is acknowledged when its `Added` is yielded, which is after its commit. One that is
refused, whatever the reason, is not stored and stops nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple, cast

from marsad import documents, sources
from marsad.errors import BadWorkspace, MarsadError
from marsad.ledger.identity import completed, given
from marsad.ledger.putting import Current, Entry
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Document

CODED_AT_ONCE = 2_000  # coded rows of one commit: they are read faster than the disk can be waited for


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
    """Read what `paths` name into `ledger`, and say what became of each document.

    Args:
        paths: files, folders, addresses, or `-` for standard input.
        published: the day of publication (ISO 8601) of all of them, where the user knows it.

    Raises:
        BadWorkspace: the ledger cannot be written. All that was acknowledged is in it.
    """
    pipeline.reader_version()  # a reader that cannot read at all stops here, not once for each document
    found = sources.expand(paths)
    yield from add_originals(
        ledger, (each if isinstance(each, Refused) else each._replace(published=published) for each in found)
    )


def add_originals(ledger: Store, originals: Iterable[Original | Refused]) -> Iterator[Outcome]:
    """`add` of what was opened already. Each document is a commit of its own; coded rows share some."""
    for is_coded, found in groupby(_frozen(originals), key=_is_coded):
        size = CODED_AT_ONCE if is_coded else 1
        while batch := list(islice(found, size)):
            if isinstance(batch[0], Refused):
                yield batch[0]
            else:
                yield from _store(ledger, cast(list[Frozen], batch))


def _is_coded(found: Frozen | Refused) -> bool:
    return isinstance(found, Frozen) and found.document.genre == "coded"


def _frozen(originals: Iterable[Original | Refused]) -> Iterator[Frozen | Refused]:
    for original in originals:
        if isinstance(original, Refused):
            yield original
            continue
        try:
            yield from documents.freeze(original)
        except Exception as error:  # a parser can raise anything, and the batch goes on
            yield Refused(original.source, _reason(error))


def _store(ledger: Store, batch: Sequence[Frozen]) -> Iterator[Outcome]:
    """The outcomes of documents that go into the ledger together; where that fails, one by one."""
    try:
        outcomes = _put(ledger, batch)
    except BadWorkspace:
        raise
    except Exception as error:  # a reader is at fault, not the next document
        if len(batch) == 1:
            outcomes = [Refused(_source(batch[0].document), _reason(error))]
        else:
            outcomes = [outcome for each in batch for outcome in _store(ledger, [each])]
    yield from outcomes


def _put(ledger: Store, batch: Sequence[Frozen]) -> list[Outcome]:
    known = ledger.current({frozen.document.id for frozen in batch})
    new: dict[str, Entry] = {}
    for frozen in batch:
        document = frozen.document
        if document.id in new:
            continue
        if current := known.get(document.id):
            document = completed(document, current.given)
            if current == Current(given(document), *pipeline.versions(document)):
                continue
        reading, vectors = pipeline.read_with_vectors(document, frozen.warnings)
        new[document.id] = Entry(frozen.raw, document, reading, vectors)
    changed = dict(zip(new, ledger.put_all(list(new.values())), strict=True)) if new else {}
    outcomes: list[Outcome] = []
    for frozen in batch:
        document = frozen.document
        is_added = changed.pop(document.id, False)  # once, where the batch holds it twice
        outcomes.append((Added if is_added else Unchanged)(document.id, _source(document)))
    return outcomes


def _source(document: Document) -> str:
    return document.source or document.id


def _reason(error: Exception) -> str:
    if isinstance(error, MarsadError):
        return str(error)
    return f"cannot be read: {type(error).__name__}: {error}"
