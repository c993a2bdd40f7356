from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from marsad import ingest
from marsad.errors import BadWorkspace
from marsad.ingest import Added, Unchanged
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Claim, Document, Notice, Reading


def read_plainly(document: Document, warnings: Sequence[Notice] = ()) -> Reading:
    """A reader in the place of the whole one: one narrated claim, the text."""
    claim = Claim(
        id="c1", spans=((0, len(document.text)),), text=document.text, kind="narrated", reader="plain@1"
    )
    return Reading(
        document=msgspec.structs.replace(document, reader="plain@1"), claims=(claim,) if document.text else ()
    )


Read = Callable[[Document, Sequence[Notice]], Reading]


def put_in_place(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    """`read` as the whole reader, which gives no vectors."""
    monkeypatch.setattr(pipeline, "read_with_vectors", lambda *given: (read(*given), None))


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch, read_plainly)
    monkeypatch.setattr(pipeline, "versions", lambda _: ("plain@1", None))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "work", create=True) as opened:
        yield opened


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The group took village number {number}. Snow fell.\n")
    return folder


def test_each_document_is_added_once(ledger: Store, files: Path) -> None:
    first = list(ingest.add(ledger, [str(files)]))
    again = list(ingest.add(ledger, [str(files)]))
    assert [type(outcome) for outcome in first] == [Added] * 3
    assert [Added(*outcome) for outcome in again if isinstance(outcome, Unchanged)] == first
    assert len(list(ledger.documents())) == 3


def test_an_outcome_comes_after_its_commit(address: str, files: Path) -> None:
    with Store.open(address, create=True) as ledger:
        for number, outcome in enumerate(ingest.add(ledger, [str(files)]), 1):
            assert isinstance(outcome, Added)
            with Store.open(address) as other:
                assert len(list(other.documents())) == number
                document = other.reading(outcome.document_id).document
                with other.database.reading() as connection:
                    kept = other.originals.get(connection, document.raw_sha256)
                assert kept == Path(outcome.source).read_bytes()


def test_a_bad_file_is_refused_and_the_others_go_on(ledger: Store, files: Path) -> None:
    (files / "1.txt").write_bytes(b"")
    outcomes = list(ingest.add(ledger, [str(files), str(files / "none.txt")]))
    assert [type(outcome) for outcome in outcomes] == [Added, Refused, Added, Refused]
    assert len(list(ledger.documents())) == 2


def test_a_fault_of_the_reader_refuses_its_document_alone(
    ledger: Store, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(document: Document, warnings: Sequence[Notice] = ()) -> Reading:
        if "number 1" in document.text:
            raise RecursionError("too deep")
        return read_plainly(document)

    put_in_place(monkeypatch, read)
    outcomes = list(ingest.add(ledger, [str(files)]))
    assert [type(outcome) for outcome in outcomes] == [Added, Refused, Added]
    assert outcomes[1] == Refused(str(files / "1.txt"), "cannot be read: RecursionError: too deep")
    assert len(list(ledger.documents())) == 2


def test_a_fault_of_a_parser_refuses_its_document_alone(
    ledger: Store, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def freeze(original: Original) -> Iterator[Frozen | Refused]:
        if original.source.endswith("0.txt"):
            raise ValueError("no parser")
        yield from whole(original)

    whole = ingest.documents.freeze
    monkeypatch.setattr(ingest.documents, "freeze", freeze)
    outcomes = list(ingest.add(ledger, [str(files)]))
    assert [type(outcome) for outcome in outcomes] == [Refused, Added, Added]


def test_a_ledger_that_cannot_be_written_stops_the_batch(
    ledger: Store, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put(*_: object) -> list[bool]:
        raise BadWorkspace("disk is full")

    monkeypatch.setattr(Store, "put_all", put)
    with pytest.raises(BadWorkspace, match="disk is full"):
        list(ingest.add(ledger, [str(files)]))


def test_what_was_read_is_not_read_again(ledger: Store, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(ingest.add(ledger, [str(files)]))
    read: list[str] = []

    def counted(document: Document, warnings: Sequence[Notice] = ()) -> Reading:
        read.extend([document.id] if document.text else [])
        return read_plainly(document)

    put_in_place(monkeypatch, counted)
    list(ingest.add(ledger, [str(files)]))
    assert read == []


def test_another_version_of_the_reader_reads_again(
    ledger: Store, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(ingest.add(ledger, [str(files)]))

    def newer(document: Document, warnings: Sequence[Notice] = ()) -> Reading:
        reading = read_plainly(document)
        return msgspec.structs.replace(
            reading, document=msgspec.structs.replace(reading.document, reader="newer@2")
        )

    put_in_place(monkeypatch, newer)
    monkeypatch.setattr(pipeline, "versions", lambda _: ("newer@2", None))
    outcomes = list(ingest.add(ledger, [str(files)]))
    again = list(ingest.add(ledger, [str(files)]))
    assert [type(outcome) for outcome in outcomes] == [Added] * 3
    assert [type(outcome) for outcome in again] == [Unchanged] * 3
    assert len(list(ledger.documents())) == 3


def test_a_date_given_later_is_taken_up_and_one_left_out_is_kept(ledger: Store, files: Path) -> None:
    path = str(files / "0.txt")
    (first,) = ingest.add(ledger, [path])
    (dated,) = ingest.add(ledger, [path], published="2020-02-03")
    (left_out,) = ingest.add(ledger, [path])
    assert [type(first), type(dated), type(left_out)] == [Added, Added, Unchanged]
    assert len(list(ledger.documents(as_known="2020-02-03"))) == 1


def test_changed_bytes_at_one_address_are_a_revision(ledger: Store, tmp_path: Path) -> None:
    lines = tmp_path / "news.jsonl"
    for deaths in (2, 3):
        row = {"text": f"The army said {deaths} people died.", "url": "https://news.example/1"}
        lines.write_bytes(msgspec.json.encode(row))
        assert [type(outcome) for outcome in ingest.add(ledger, [str(lines)])] == [Added]
    first, second = ledger.documents()
    assert (first.document.revision_of, second.document.revision_of) == (None, first.document.id)


def test_one_bad_line_of_a_collection_does_not_stop_the_others(ledger: Store, tmp_path: Path) -> None:
    lines = tmp_path / "news.jsonl"
    lines.write_text('{"text": "Snow fell on Monday."}\n{"text": 3}\n{"text": "Snow fell on Tuesday."}\n')
    outcomes = list(ingest.add(ledger, [str(lines)]))
    assert [type(outcome) for outcome in outcomes] == [Added, Refused, Added]
    assert outcomes[1].source == f"{lines}:2"
