"""Documents that kill their reader: each costs itself alone, and is listed with what it did.

The reader of the worker is made so that certain words hang it, crash it or fill its memory: a
`sitecustomize.py` on the path of the child, which is Python's own way in. Nothing of the program is replaced
in this process.
"""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from pathlib import Path

import polars
import pytest

from marsad import bulk
from marsad.bulk import pool
from marsad.bulk.messages import Job
from marsad.bulk.partitions import divided, listed
from marsad.bulk.supervising import Supervisor
from marsad.errors import BadWorkspace, MarsadError

from .making import children, read, report, write_lines

POISON = """
import os, sys
if "marsad.bulk.worker" in sys.orig_argv:
    import signal
    from marsad.reading import pipeline
    sound = pipeline.read_with_vectors
    def read(document, warnings=()):
        if "HANGS" in document.text:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
            "a" in (letter for letter in iter(lambda: "b", None))
        if "CRASHES" in document.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "FILLS" in document.text:
            bytes(64 * 2**30)
        if "LEAVES" in document.text:
            sys.stderr.write("so long\\n")
            os._exit(3)
        if "FAILS" in document.text:
            raise ValueError("of this document")
        return sound(document, warnings)
    pipeline.read_with_vectors = read
"""


@pytest.fixture
def poisonous(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(POISON)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    yield


def sound(texts: list[str]) -> list[str]:
    words = ("HANGS", "CRASHES", "FILLS", "LEAVES", "FAILS")
    return [text for text in texts if not any(word in text for word in words)]


@pytest.mark.usefixtures("poisonous")
def test_each_costs_itself_alone_and_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_READ_SECONDS", "8")
    texts = [report(number) for number in range(12)]
    for at, word in enumerate(("CRASHES", "FILLS", "HANGS", "LEAVES", "FAILS")):
        texts.insert(1 + 3 * at, f"This one {word} its reader.")
    path = write_lines(tmp_path / "lines.jsonl", texts)
    # two workers: one waits for what hangs while the other one reads on
    assert read([str(path)], tmp_path / "out", workers=2) == bulk.Summary(documents=12, refused=5)
    found = polars.read_parquet(tmp_path / "out" / "documents.parquet")
    assert found["text"].to_list() == sound(texts)
    reasons = {int(each.source.rpartition(":")[2]): each.reason for each in bulk.refusals(tmp_path / "out")}
    assert reasons == {
        2: "was killed: Segmentation fault (2 times); left out",
        5: "took over 4096 MiB to read (MARSAD_WORKER_BYTES) (2 times); left out",
        8: "took over 8 s to read (MARSAD_READ_SECONDS) (2 times); left out",
        11: "ended with exit code 3: so long (2 times); left out",
        14: "cannot be read: ValueError: of this document",
    }


@pytest.mark.usefixtures("poisonous")
def test_the_same_partitions_alone_and_in_a_pool(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "lines.jsonl", ["This one CRASHES.", report(1), report(2)])
    (partition,) = divided(listed([str(path)], but=tmp_path / "out"))
    told: list[int] = []
    supervisor = Supervisor(job(tmp_path / "alone"), told.append)
    finished = supervisor.read(partition)
    supervisor.close()
    assert (finished.documents, finished.refused) == (2, 1)
    assert sum(told) == 3, "what is read again counts once"
    assert list(pool.read(job(tmp_path / "pool"), [partition], 1, told.append)) == [finished]


def job(folder: Path) -> Job:
    from marsad.reading import pipeline  # noqa: PLC0415
    from marsad.records.reading import Document  # noqa: PLC0415

    nothing = Document(id="", text="", raw_sha256="", text_sha256="", extractor="none@1")
    return Job(str(folder), *pipeline.versions(nothing))


def test_a_worker_of_another_version_stops_the_job(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "lines.jsonl", [report(1)])
    (partition,) = divided(listed([str(path)], but=tmp_path / "out"))
    supervisor = Supervisor(Job(str(tmp_path / "parts"), "marsad@0.0.1", "places@1"))
    with pytest.raises(MarsadError, match="install the same version"):
        supervisor.read(partition)
    supervisor.close()


def test_a_worker_that_never_starts_stops_the_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os, sys\nif 'marsad.bulk.worker' in sys.orig_argv:\n    os._exit(5)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    path = write_lines(tmp_path / "lines.jsonl", [report(1)])
    with pytest.raises(BadWorkspace, match="a worker ended with exit code 5, 3 times"):
        read([str(path)], tmp_path / "out")


@pytest.mark.usefixtures("poisonous")
def test_nothing_is_left_behind(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "lines.jsonl", [report(1), "This one CRASHES.", report(2)])
    (tmp_path / "page.html").write_text("<html><body><p>A page that is parsed in a child.</p></body></html>")
    read([str(path), str(tmp_path / "page.html")], tmp_path / "out")
    assert children(os.getpid(), "marsad.bulk.worker") == []


def test_the_parser_of_a_worker_ends_with_it(tmp_path: Path) -> None:
    """A worker in a session of its own: whoever ends it ends what it has started."""
    for number in range(6):
        text = f"<html><body><p>{report(number)}</p></body></html>"
        (tmp_path / f"{number}.html").write_text(text)
    seen: list[int] = []

    def stop(progress: bulk.Progress) -> None:
        if progress.documents == 2:
            seen.extend(map(os.pidfd_open, children(os.getpid(), "marsad.isolation")))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read([str(tmp_path)], tmp_path / "out", told=stop)
    assert seen
    for child in seen:
        ended, _, _ = select.select([child], [], [], 60)
        os.close(child)
        assert ended
