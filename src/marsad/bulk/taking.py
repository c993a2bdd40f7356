"""A finished result into a ledger: every document is checked again, since a file can be anybody's.

The table is opened in a child under limits, as any parser of untrusted bytes is. A document's hashes and
id are computed from its bytes, the reading has to be of that document, and each of its records has to
stand on words of the text. Only the table `documents` is taken: the others hold the same once more.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from marsad import ingest, isolation
from marsad.bulk.result import NAME, manifest
from marsad.bulk.rows import Row, decode
from marsad.bulk.tables import Given, require_polars
from marsad.documents import document_id
from marsad.errors import BadInput, BadWorkspace, MarsadError
from marsad.ingest import Added, Outcome, Unchanged
from marsad.ledger.identity import completed, given
from marsad.ledger.putting import Current, Entry
from marsad.ledger.soundness import require_fitting
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.original import Frozen, Refused
from marsad.records.reading import Document, Reading
from marsad.records.vectors import Vectors
from marsad.settings import load

AT_ONCE = 100  # documents of one commit


class Taken(NamedTuple):
    """A document of a result with its reading and the vectors of its claims, whole and checked."""

    frozen: Frozen
    reading: Reading
    vectors: Vectors | None


def add(ledger: Store, paths: Sequence[str], *, published: str | None = None) -> Iterator[Outcome]:
    """`ingest.add`, and folders that `read` has made: what is in them is taken, not read again.

    Args:
        published: the day of publication (ISO 8601) of all that is read; in a folder it is settled.

    Raises:
        BadWorkspace: the ledger cannot be written. All that was acknowledged is in it.
    """
    for is_result, group in groupby(paths, key=_is_result):
        if not is_result:
            yield from ingest.add(ledger, list(group), published=published)
            continue
        for path in group:
            try:
                yield from take(ledger, Path(path), published=published)
            except BadInput as error:
                yield Refused(path, str(error).removeprefix(f"{path}: "))


def _is_result(path: str) -> bool:
    try:
        return (Path(path) / NAME).is_file()
    except (OSError, ValueError):  # an address, or no path at all
        return False


def take(ledger: Store, folder: Path, *, published: str | None = None) -> Iterator[Outcome]:
    """The documents of the finished result in `folder` into `ledger`, some at a time.

    Raises:
        BadInput: it is not finished, or `published` is given.
        BadWorkspace: the ledger cannot be written.
    """
    require_polars()
    found = manifest(folder)
    if published is not None:
        raise BadInput(f"{folder}: is read already; give --published to marsad read --bulk")
    if found is None or found.summary is None:
        raise BadInput(f"{folder}: is not finished; give the same marsad read --bulk again")
    for refused, group in groupby(_opened(folder / "documents.parquet"), key=_is_refused):
        if refused:
            yield from (each for each in group if isinstance(each, Refused))
            continue
        taken = (each for each in group if isinstance(each, Taken))
        while batch := list(islice(taken, AT_ONCE)):
            yield from _store(ledger, batch)


def _is_refused(found: Taken | Refused) -> bool:
    return isinstance(found, Refused)


def _opened(path: Path) -> Iterator[Taken | Refused]:
    settings = load()
    rows = isolation.stream(
        f"{Row.__module__}:documents",
        os.fsencode(path),
        seconds=settings.read_seconds,
        memory=settings.worker_bytes,
    )
    try:
        for number, message in enumerate(rows, 1):
            try:
                yield checked(decode(message))
            except (BadInput, msgspec.MsgspecError, RecursionError) as error:
                yield Refused(f"{path}:row {number}", f"is not as marsad read --bulk writes it: {error}")
    except BadInput as error:  # what came before it stands
        yield Refused(str(path), str(error))


def checked(row: Row) -> Taken:
    """The document of a row, with its text and bytes.

    Raises:
        BadInput: it is not of these bytes or this text, or its reading is of another document.
        msgspec.MsgspecError: a part of it is not of the contract.
    """
    if row.raw is None or row.text is None or row.frozen is None or row.reading is None:
        raise BadInput("a part of it is missing")
    if len(row.text) > load().text_characters:
        raise BadInput("its text is over the limit (MARSAD_TEXT_CHARACTERS)")
    found = msgspec.json.decode(row.frozen, type=Given)
    reading = msgspec.json.decode(row.reading, type=Reading)
    document, read = replace(found.document, text=row.text), replace(reading.document, text=row.text)
    raw_sha256 = hashlib.sha256(row.raw).hexdigest()
    if document.raw_sha256 != raw_sha256:
        raise BadInput("the bytes are not those that were read")
    if document.text_sha256 != hashlib.sha256(row.text.encode()).hexdigest():
        raise BadInput("the text is not the one that was read")
    if document.id != document_id(raw_sha256, document.url or document.publisher or ""):
        raise BadInput("its id is not that of its bytes and its address")
    if _same(document) != _same(read):
        raise BadInput("its reading is of another document")
    if read.reader is None or not all(0 <= begin < end <= len(row.text) for begin, end in reading.private):
        raise BadInput("its reading is not sound")
    vectors = Vectors(row.head, row.vectors) if row.head and row.vectors is not None else None
    require_fitting(vectors, reading)
    return Taken(Frozen(document, row.raw, found.warnings), replace(reading, document=read), vectors)


def _same(document: Document) -> tuple[str | None, ...]:
    """What reading a document does not change."""
    return document.id, document.raw_sha256, document.text_sha256, document.extractor, document.url


def _store(ledger: Store, batch: Sequence[Taken]) -> Iterator[Outcome]:
    """The outcomes of documents that go into the ledger together; where that fails, one by one."""
    try:
        outcomes = _put(ledger, batch)
    except BadWorkspace:
        raise
    except Exception as error:  # one of them is at fault, not the next document
        if len(batch) > 1:
            outcomes = [outcome for each in batch for outcome in _store(ledger, [each])]
        else:
            outcomes = [Refused(_source(batch[0].frozen.document), _reason(error))]
    yield from outcomes


def _put(ledger: Store, batch: Sequence[Taken]) -> list[Outcome]:
    known = ledger.current({each.frozen.document.id for each in batch})
    entries: dict[str, Entry] = {}
    for each in batch:
        number = each.frozen.document.id
        if number not in entries and (entry := _entry(each, known.get(number))):
            entries[number] = entry
    changed = dict(zip(entries, ledger.put_all(list(entries.values())), strict=True)) if entries else {}
    outcomes: list[Outcome] = []
    for each in batch:
        document = each.frozen.document
        is_added = changed.pop(document.id, False)  # once, where the batch holds it twice
        outcomes.append((Added if is_added else Unchanged)(document.id, _source(document)))
    return outcomes


def _entry(taken: Taken, known: Current | None) -> Entry | None:
    """What goes into the ledger, which may know more of the document; `None` where it has it all."""
    frozen, reading, vectors = taken
    if known is None:
        return Entry(frozen.raw, frozen.document, reading, vectors)
    document = completed(frozen.document, known.given)
    by = reading.document.reader, reading.document.gazetteer
    is_ours = (known.reader, known.gazetteer) == pipeline.versions(document)
    if known.given == given(document) and (is_ours or (known.reader, known.gazetteer) == by):
        return None
    first = {name: getattr(document, name) for name in ("source", "retrieved", "revision_of")}
    if replace(frozen.document, **first) != document:  # what is known besides changes what is read
        return Entry(frozen.raw, document, *pipeline.read_with_vectors(document, frozen.warnings))
    reading = replace(reading, document=replace(reading.document, **first))
    return Entry(frozen.raw, document, reading, vectors)


def _source(document: Document) -> str:
    return document.source or document.id


def _reason(error: Exception) -> str:
    if isinstance(error, MarsadError):
        return str(error)
    return f"cannot be read: {type(error).__name__}: {error}"
