"""A job from beginning to end, stopped, killed and gone on with: always the same result."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import polars
import pytest

import marsad
from marsad import bulk
from marsad.bulk import Progress
from marsad.bulk.tables import TABLES
from marsad.errors import BadInput, BadWorkspace, MarsadError
from marsad.records.reading import Reading

from .conftest import Done
from .making import children, read, tables, write_inputs

WORKER = "marsad.bulk.worker"


def test_it_holds_what_reading_alone_gives(done: Done) -> None:
    found = polars.read_parquet(done.out / "documents.parquet")
    alone = [reading for path in (done.inputs[0], *texts(done)) for reading in marsad.read(path)]
    assert found["source"].to_list() == [reading.document.source for reading in alone]
    for row, reading in zip(found.iter_rows(named=True), alone, strict=True):
        stored = msgspec.json.decode(row["reading"], type=Reading)
        document = msgspec.structs.replace(stored.document, text=row["text"])
        assert msgspec.structs.replace(stored, document=document) == reading
    for table in ("claims", "figures", "places", "times", "actors"):
        rows = polars.read_parquet(done.out / f"{table}.parquet").drop("document").rows(named=True)
        records = [record for reading in alone for record in getattr(reading, table)]
        assert [plain(row) for row in rows] == [plain(msgspec.to_builtins(each)) for each in records]
    assert (done.out / "refused.parquet").exists()


def texts(done: Done) -> list[str]:
    return [str(Path(done.inputs[1], f"{number}.txt")) for number in range(6)]


def plain(value: object) -> object:
    """Numbers and rows as they compare: 7 is 7.0, and a tuple is a list."""
    return msgspec.json.decode(msgspec.json.encode(value))


def test_one_file_a_kind_and_what_could_not_be_read(done: Done) -> None:
    assert sorted(tables(done.out)) == sorted(f"{table}.parquet" for table in TABLES)
    assert [Path(each.source).name for each in bulk.refusals(done.out)] == ["empty.txt"]
    assert not (done.out / ".parts").exists()


def test_many_workers_give_the_same_and_say_how_far_they_are(done: Done, tmp_path: Path) -> None:
    heard: list[Progress] = []
    summary = read(done.inputs, tmp_path / "out", workers=3, told=heard.append)
    assert summary == bulk.Summary(documents=22, refused=1)
    assert tables(tmp_path / "out") == tables(done.out)
    assert heard[-1] == Progress(23, 23)
    assert heard[0] == Progress(0, 23)


@pytest.mark.parametrize("after", [1, 14])
def test_a_stopped_job_goes_on(done: Done, tmp_path: Path, after: int) -> None:
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        if progress.documents == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(done.inputs, out, told=stop)
    assert not children(os.getpid(), WORKER)
    assert not (out / "documents.parquet").exists()
    assert read(done.inputs, out) == bulk.Summary(22, 1)
    assert tables(out) == tables(done.out)


def test_a_killed_job_goes_on(done: Done, tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = (
        "import sys; from marsad import bulk; from marsad.bulk import partitions; partitions.DOCUMENTS = 4\n"
        "def told(progress):\n"
        "    if progress.documents >= 9: print('far enough', flush=True)\n"
        "bulk.read(sys.argv[2:], sys.argv[1], workers=2, told=told)\n"
    )
    command = [sys.executable, "-c", script, str(out), *done.inputs]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.kill()
    assert read(done.inputs, out) == bulk.Summary(22, 1)
    assert tables(out) == tables(done.out)


def test_parts_of_a_try_that_did_not_end_do_not_count(done: Done, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        if progress.documents == 18:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(done.inputs, out, workers=1, told=stop)
    marks = sorted((out / ".parts" / "done").iterdir())
    assert len(marks) >= 3
    marks[1].unlink()  # as if it was killed between its parts and its mark, and had more of them then
    for table in ("claims", "documents"):
        first = next((out / ".parts" / table).glob("00000001-*"))
        shutil.copy(first, first.with_name("00000001-00007.parquet"))
    assert read(done.inputs, out) == bulk.Summary(22, 1)
    assert tables(out) == tables(done.out)


def test_a_worker_that_is_killed_costs_nothing(done: Done, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.documents in (5, 14) and len(killed) < 2:
            victim = children(os.getpid(), WORKER)[0]
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    assert read(done.inputs, tmp_path / "out", workers=2, told=kill) == bulk.Summary(22, 1)
    assert killed
    assert tables(tmp_path / "out") == tables(done.out)


def test_a_finished_job_is_not_done_again(done: Done) -> None:
    before = tables(done.out)
    assert read(done.inputs, done.out) == bulk.Summary(22, 1)
    assert tables(done.out) == before


def test_a_result_of_other_inputs_is_left_alone(done: Done, tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path)
    with pytest.raises(BadInput, match=f"was made from {done.inputs[0]}.*; name a new folder with --out$"):
        read(inputs, done.out)
    with pytest.raises(BadInput, match=r"was made from .*name a new folder"):
        bulk.read(done.inputs, done.out, published="2024-03-05")


def test_files_that_have_changed_since_are_told(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path)
    read(inputs, tmp_path / "out")
    (tmp_path / "files" / "new.txt").write_text("New.")
    with pytest.raises(BadInput, match="files have come, gone or changed since"):
        read(inputs, tmp_path / "out")


def test_a_folder_of_something_else_is_left_alone(done: Done, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(BadInput, match="is not empty"):
        read(done.inputs, tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "marsad-bulk.json").write_text('{"schema": 7}')
    with pytest.raises(BadInput, match="is damaged"):
        read(done.inputs, tmp_path / "out")


def test_two_at_once_do_not_write_the_same_folder(done: Done, tmp_path: Path) -> None:
    errors: list[MarsadError] = []

    def again(progress: Progress) -> None:
        if progress.documents == 3 and not errors:
            try:
                read(done.inputs, tmp_path / "out")
            except MarsadError as error:
                errors.append(error)

    assert read(done.inputs, tmp_path / "out", told=again) == bulk.Summary(22, 1)
    assert [type(error) for error in errors] == [BadWorkspace]


def test_a_folder_that_cannot_be_written_is_no_fault_of_a_document(
    done: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def break_it(progress: Progress) -> None:
        blocked = out / ".parts" / "documents"
        if not blocked.exists():
            blocked.write_text("no folder")

    with pytest.raises(MarsadError, match="documents"):
        read(done.inputs, out, told=break_it)


def test_the_date_is_given_to_every_document(done: Done, tmp_path: Path) -> None:
    bulk.read([done.inputs[1]], tmp_path / "out", published="2024-03-05", workers=1)
    found = polars.read_parquet(tmp_path / "out" / "documents.parquet")["published"].to_list()
    assert found == [{"earliest": "2024-03-05", "latest": "2024-03-05", "basis": "given"}] * 6
    with pytest.raises(BadInput):
        bulk.read([done.inputs[1]], tmp_path / "other", published="some day")
