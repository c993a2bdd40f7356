"""The project's own house: what its documents say is there is there, and its rules hold."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from marsad.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = {"demo", "test", "lint", "type", "docs", "serve", "bench"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]{1,20}):", read("Makefile"), re.MULTILINE))


def code(path: Path) -> str:
    """What a Markdown page shows as code: indented lines, fences and `words` between marks."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^(?: {4}|\t)(.{1,300})$", text, re.MULTILINE)
    fences = re.findall(r"^```[a-z]{0,20}\n(.{1,4000}?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *fences, *re.findall(r"`([^`\n]{1,200})`", text)])


def test_who_may_import_whom_holds() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_make_has_the_words_of_a_contributor() -> None:
    assert targets() >= TARGETS


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_tells_to_type_is_there(path: Path) -> None:
    said = code(path)
    assert set(re.findall(r"\bmake ([a-z]{1,20})\b", said)) <= targets()
    assert set(re.findall(r"^(?:\.venv/bin/)?marsad ([a-z]{1,20})\b", said, re.MULTILINE)) <= set(COMMANDS)


def test_readme_shows_every_command() -> None:
    for name in COMMANDS:
        assert f"marsad {name}" in read("README.md"), name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]{1,200})", text):
        assert target.startswith("https:") or (path.parent / target).exists(), target


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does(name: str) -> None:
    with cli.make_context("marsad", ["schema"], resilient_parsing=True) as context:
        command = cli.get_command(context, name)
    assert command is not None
    assert command.help


@pytest.mark.parametrize("name", ["run", "dev"])
def test_pins_have_hashes_and_no_addresses(name: str) -> None:
    lines = read(f"requirements/{name}.txt").splitlines()
    pins = [line for line in lines if "==" in line]
    assert len(pins) > 20
    assert all(line.endswith("\\") for line in pins)
    assert all("==" in line or line.strip().startswith("--hash=sha256:") for line in lines)
    assert not [line for line in lines if "://" in line or "-index-url" in line or "find-links" in line]


def test_every_dependency_is_pinned() -> None:
    declared = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    pinned = {line.partition("==")[0] for line in read("requirements/run.txt").splitlines() if "==" in line}
    for requirement in declared:
        assert re.split(r"[<>=~\[ ;]", requirement)[0].lower().replace("_", "-") in pinned, requirement


def test_no_machine_is_named() -> None:
    names = ["Makefile", ".ci/run", "pyproject.toml", "mkdocs.yml", "README.md", "CONTRIBUTING.md"]
    for name in names:
        assert not re.search(r"/(?:work|home|Users|tmp|opt)/", read(name)), name


def test_licence_is_whole() -> None:
    text = read("LICENSE")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
