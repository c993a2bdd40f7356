"""A desk's folder of 300 files, read as a desk would: everything readable is in, the rest is listed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from marsad import cli
from marsad.cli import one_line
from tests.cli import mixed
from tests.cli.mixed import Expected

MARSAD = [sys.executable, "-m", "marsad"]


class Run(NamedTuple):
    """What `marsad add` of the folder said: sources by the word before them, and refusals with reasons."""

    code: int
    said: dict[str, list[str]]
    refused: dict[str, str]
    rest: list[str]


def add(root: Path, workspace: Path) -> Run:
    command = [*MARSAD, "add", str(root), "--workspace", str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    said: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        word, _, source = line.split(" ", 2)
        said.setdefault(word, []).append(source.removeprefix(f"{root}/"))
    refused, rest = {}, []
    for line in done.stderr.splitlines():
        if line.startswith(f"refused {root}/"):
            source, _, reason = line.removeprefix(f"refused {root}/").partition(": ")
            refused[source] = reason
        else:
            rest.append(line)
    return Run(done.returncode, said, refused, rest)


class Made(NamedTuple):
    root: Path
    workspace: Path
    expected: Expected
    first: Run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("desk") / "inbox"
    root.mkdir()
    expected = mixed.make(root)
    workspace = root.with_name("workspace")
    return Made(root, workspace, expected, add(root, workspace))


def shown(sources: set[str]) -> Iterator[str]:
    return map(one_line, sources)


def test_it_is_three_hundred_files(made: Made) -> None:
    assert made.expected.files == 300
    assert sum(not path.is_dir() or path.is_symlink() for path in made.root.rglob("*")) == 300


def test_everything_that_can_be_read_is_in(made: Made) -> None:
    added = made.first.said["added"]
    assert set(added) == set(shown(made.expected.read))
    assert len(added) == len(set(added))
    assert set(made.first.said["unchanged"]) == set(shown(made.expected.same))
    assert set(made.first.said) == {"added", "unchanged"}


def test_the_rest_is_listed_with_reasons(made: Made) -> None:
    assert set(made.first.refused) == set(shown(set(made.expected.refused)))
    for source, words in made.expected.refused.items():
        assert re.search(words, made.first.refused[one_line(source)]), made.first.refused[one_line(source)]


def test_the_exit_code_says_that_something_was_refused(made: Made) -> None:
    assert made.first.code == 2


def test_a_log_holds_plain_lines_and_no_bar(made: Made) -> None:
    (announced,) = made.first.rest
    assert announced == f"made a workspace in {made.workspace}"
    everything = "".join([*made.first.refused.values(), *made.first.said["added"], *made.first.rest])
    assert everything.isprintable()


def test_a_second_run_adds_nothing(made: Made) -> None:
    again = add(made.root, made.workspace)
    assert set(again.said) == {"unchanged"}
    assert sorted(again.said["unchanged"]) == sorted(shown(made.expected.read | made.expected.same))
    assert (again.code, again.refused, again.rest) == (2, made.first.refused, [])


def test_the_ledger_is_sound(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--workspace", str(made.workspace)]) == 0, capsys.readouterr()


def test_what_is_in_other_languages_is_kept_and_marked_unread(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["documents", "--workspace", str(made.workspace), "--format", "csv", "--language"]
    for language in ("ar", "ru", "fr"):
        assert cli.run([*command, language]) == 0
        assert f"languages/{language}.txt" in capsys.readouterr().out
