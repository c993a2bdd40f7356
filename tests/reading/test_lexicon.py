"""A user's own vocabularies add to those that ship, and say in one line what is wrong with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from marsad.errors import BadInput
from marsad.reading import lexicon
from marsad.reading.actors.known import _Actors


def own(folder: Path, text: str, name: str = "actors") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_tables_are_merged_arrays_go_on_and_a_name_is_replaced() -> None:
    shipped = {
        "words": ["a", "b"],
        "at": {"x": 1, "y": 2},
        "entry": [{"name": "one", "n": 1}, {"name": "two"}],
    }
    added = {"words": ["b", "c"], "at": {"y": 3}, "entry": [{"name": "one", "n": 5}, {"name": "six"}]}
    assert lexicon.added_to(shipped, added) == {
        "words": ["a", "b", "c"],
        "at": {"x": 1, "y": 3},
        "entry": [{"name": "two"}, {"name": "one", "n": 5}, {"name": "six"}],
    }
    assert shipped["words"] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[actor]]\nname = "Hill Front"\n', r"actors\.toml: actor → Hill Front: .*kind"),
        ('[[actor]]\nname = "Hill Front"\nkind = 3\n', r"actors\.toml: actor → Hill Front → kind: Expected"),
        ("[[actor\n", r"actors\.toml: cannot be read"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as caught:
        lexicon.read("actors", _Actors, own(tmp_path / "words", text))
    assert "\n" not in str(caught.value)


def test_a_file_that_adds_to_nothing_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"actor\.toml: no vocabulary is called actor"):
        lexicon.read("actors", _Actors, own(tmp_path / "words", "", "actor"))
    with pytest.raises(BadInput, match="no folder of vocabularies"):
        lexicon.read("actors", _Actors, tmp_path / "gone")


CODE = """
from marsad import models
models.load = lambda: None
from marsad.evaluation.corpus import document
from marsad.ledger.asking.linked import seeds
from marsad.reading import lexicon, pipeline
reading = pipeline.read(document("Fighters of Zarf left. Zarf said so, and the QXF agreed."))
print(lexicon.version(), [actor.name for actor in reading.actors], "Zarf" in seeds().by_name, reading.document.reader)
"""


def test_an_actor_of_the_users_own_is_read_and_marks_the_reader(tmp_path: Path) -> None:
    folder = own(tmp_path / "words", '[[actor]]\nname = "Zarf"\nkind = "armed_group"\naliases = ["QXF"]\n')
    said = {}
    for name, given in (("with", str(folder)), ("without", "")):
        done = subprocess.run(
            [sys.executable, "-c", CODE],
            env={"MARSAD_VOCABULARIES": given, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        said[name] = done.stdout.strip()
    version = said["with"].split(" ", 1)[0]
    assert said["with"].startswith(f"{version} ['Zarf'] True")
    assert len(version) == 8
    assert said["with"].endswith(f"+words.{version}")
    assert said["without"].startswith("None ")
    assert "+words" not in said["without"]
