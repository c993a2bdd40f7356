"""`marsad gazetteer`: looking places up, and a gazetteer of one's own from GeoNames dumps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from marsad.cli.gazetteer import command
from marsad.errors import BadInput, MarsadError, NotFound
from marsad.gazetteer import Gazetteer
from marsad.gazetteer.store import SHIPPED


def row(key: int, name: str, kind: str, *, units: tuple[str, str] = ("09", ""), **more: str) -> str:
    """A line of GeoNames' main table; `kind` is class.code."""
    letter, code = kind.split(".")
    cells = [
        str(key), name, name, more.get("others", ""), more.get("lat", "35.5"), more.get("lon", "40.5"), letter, code,
        "SY", "", *units, "", "", more.get("people", "0"), "", "", "Asia/Damascus", "2026-01-01",
    ]  # fmt: skip
    return "\t".join(cells) + "\n"


ROWS = [
    row(9000005, "Zetaville", "P.PPL", units=("09", "092"), people="12000", others="Zetawil,زيتافيل,zv"),
    row(9000001, "Muhafazat Zeta", "A.ADM1"),
    row(9000002, "Zeta District", "A.ADM2", units=("09", "092")),
    row(9000006, "Zeta Camp", "S.CMPRF", units=("09", "092")),
    row(9000007, "Jabal Zeta", "T.MT"),
    row(163843, "Syria", "A.PCLI", units=("00", "")),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text("".join(ROWS), encoding="utf-8")
    return path


def invoke(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(command, list(map(str, arguments)), standalone_mode=False)
    if isinstance(result.exception, MarsadError):
        raise result.exception
    return result


def find(name: str, form: str = "json") -> str:
    return invoke("find", name, "--format", form).output


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_GAZETTEER", str(SHIPPED))


def test_find_lists_what_a_name_may_mean() -> None:
    found = json.loads(find("al-Hasakah"))
    assert ("173811", "city", "Al-Hasakah", "name") in {
        (place["gazetteer_id"], place["kind"], place["admin1"], place["found_by"]) for place in found
    }


def test_find_pins_no_country() -> None:
    (country,) = [place for place in json.loads(find("Syria")) if place["kind"] == "country"]
    assert (country["latitude"], country["longitude"]) == (None, None)
    assert "no point" in find("Syria", "table")


def test_find_knows_demonyms_and_like_sounds() -> None:
    assert [place["found_by"] for place in json.loads(find("Iraqis"))] == ["demonym"]
    assert {place["found_by"] for place in json.loads(find("Shaddadeeh"))} == {"sound"}


def test_find_says_that_a_name_is_unknown() -> None:
    assert "No place is known by the name Qwertzuiop." in find("Qwertzuiop", "table")
    assert json.loads(find("Qwertzuiop")) == []


def test_build_makes_a_gazetteer_of_a_dump(dump: Path, tmp_path: Path) -> None:
    result = invoke("build", dump, "--out", tmp_path / "own")
    gazetteer = Gazetteer(tmp_path / "own")
    assert result.output.startswith(f"made {gazetteer.version} in ") or gazetteer.version in result.output
    (town,) = gazetteer.candidates("Zetawil")
    assert (town.kind, town.admin1, town.admin2) == ("town", "Muhafazat Zeta", "Zeta District")
    assert gazetteer.candidates("زيتافيل") == (town,)
    assert gazetteer.candidates("zv") == ()
    assert [place.kind for place in gazetteer.candidates("Zeta Camp")] == ["camp"]


def test_build_pins_no_region_and_keeps_countries_and_camps(dump: Path, tmp_path: Path) -> None:
    invoke("build", dump, "--out", tmp_path / "own")
    gazetteer = Gazetteer(tmp_path / "own")
    (mountain,) = gazetteer.candidates("Jabal Zeta")
    assert (mountain.kind, mountain.lat, mountain.middle) == ("region", None, (35.5, 40.5))
    assert [place.id for place in gazetteer.candidates("Syria")] == ["163843"]
    assert [place.kind for place in gazetteer.candidates("Hawl Camp")] == ["camp"]


def test_build_reads_a_zip_and_makes_the_same(dump: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.write(dump, "SY.txt")
        archive.writestr("readme.txt", "see the web site")
    invoke("build", dump, "--out", tmp_path / "one")
    invoke("build", tmp_path / "SY.zip", "--out", tmp_path / "two")
    assert Gazetteer(tmp_path / "one").version == Gazetteer(tmp_path / "two").version


def test_build_leaves_bad_lines_out_and_says_so(dump: Path, tmp_path: Path) -> None:
    bad = row(1, "Bad", "P.PPL", lat="north")
    dump.write_text("".join([*ROWS, "a line\n", bad]), encoding="utf-8")
    result = invoke("build", dump, "--out", tmp_path / "own")
    assert result.return_value == BadInput.exit_code
    assert f"2 lines were left out; the first: {dump}, line 7: has 1 columns" in result.output
    assert Gazetteer(tmp_path / "own").candidates("Zetaville")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"hello\n", "has 1 columns"), (b"", "has 1 columns"), (b"\xff\xfe\n", "is not UTF-8")],
)
def test_build_refuses_what_is_no_dump(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    with pytest.raises(BadInput, match=says):
        invoke("build", tmp_path / "bad.txt", "--out", tmp_path / "own")
    assert not (tmp_path / "own").exists()


def test_build_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        invoke("build", tmp_path / "none.txt", "--out", tmp_path / "own")


def test_build_leaves_another_folder_alone(dump: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="something else"):
        invoke("build", dump, "--out", tmp_path)
    assert dump.exists()


def test_a_build_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C while the dump is being read, also where a shell in the background has had it ignored."""
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from marsad.gazetteer.making import dump; dump._STEP = 1\n"
        "from marsad.cli.gazetteer import command; command()"
    )
    dump_file = tmp_path / "SY.txt"
    dump_file.write_text("".join(ROWS) * 20_000, encoding="utf-8")
    out = tmp_path / "out" / "own"
    arguments = [sys.executable, "-c", program, "build", str(dump_file), "--out", str(out)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env={**os.environ}) as build:
        assert build.stderr is not None
        while "places" not in build.stderr.readline():
            pass
        build.send_signal(signal.SIGINT)
        build.communicate()
    assert build.returncode != 0
    assert list((tmp_path / "out").iterdir()) == []
