"""Archives that lie: each costs itself at most, writes nothing, and the next file is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import archives
from .archives import Case
from .conftest import Outside
from .taking import WORDS, Taken, take

MIB = 2**20
FILES = [
    *[(".zip", case) for case in archives.zips()],
    *[(".gz", case) for case in archives.gzips()],
    *[(".tar", case) for case in archives.tars()],
]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_ARCHIVE_BYTES", str(40 * MIB))
    monkeypatch.setenv("MARSAD_ARCHIVE_FILES", "2000")
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", str(10 * MIB))


def taken_with_another(path: Path) -> Taken:
    """What `path` gives, with a good file after it, which must be read."""
    good = path.with_name("z-after.txt")
    good.write_text(f"{WORDS} It rained after that.")
    taken = take(path, good)
    assert taken.frozen and taken.frozen[-1].document.source == str(good)
    return taken._replace(frozen=taken.frozen[:-1])


@pytest.mark.parametrize(("suffix", "case"), FILES, ids=lambda each: getattr(each, "name", each))
def test_an_archive_that_lies_costs_itself(tmp_path: Path, outside: Outside, suffix: str, case: Case) -> None:
    path = tmp_path / f"{case.name}{suffix}"
    path.write_bytes(case.raw)
    taken = taken_with_another(path)
    assert taken.frozen or taken.refused
    if case.holds:
        assert WORDS in taken.text, taken.reasons
    assert len(taken.text) < 40 * MIB
    assert all(each.source.startswith(str(path)) for each in taken.refused)
    assert all((each.document.source or "").startswith(str(path)) for each in taken.frozen)
    assert "root:" not in taken.said


def test_a_name_in_an_archive_is_a_label(tmp_path: Path, outside: Outside) -> None:
    path = tmp_path / "names.zip"
    path.write_bytes(archives.named_as_escapes())
    taken = taken_with_another(path)
    assert len(taken.frozen) + len(taken.refused) <= len(archives.ESCAPES)
    assert len(taken.frozen) >= len(archives.ESCAPES) - 4  # hidden ones, as in a folder
    for frozen in taken.frozen:
        source = frozen.document.source or ""
        assert source.startswith(f"{path}!") and len(source) < 1_000
        assert source.isprintable()


def test_an_archive_in_too_many_is_one_refusal(tmp_path: Path) -> None:
    nested = {case.name: case for case in archives.zips()}["nested"]
    path = tmp_path / "nested.zip"
    path.write_bytes(nested.raw)
    taken = taken_with_another(path)
    assert len(taken.refused) == 1


@pytest.mark.parametrize("suffix", ["", ".txt", ".pdf", ".docx", ".eml", ".warc", ".parquet", ".html"])
def test_a_name_that_lies_of_an_archive(tmp_path: Path, outside: Outside, suffix: str) -> None:
    path = tmp_path / f"lying{suffix}"
    path.write_bytes(archives.zipped(archives.FIRST, archives.member("../x.txt", b"The council met.")))
    taken = taken_with_another(path)
    assert taken.frozen or taken.refused
