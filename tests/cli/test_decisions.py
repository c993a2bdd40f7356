from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from marsad.ledger.store import Store
from marsad.records.reading import Document

from ..ledger.making import frozen, given, read_all

VALLEY = """\
Grey Front / GF / Front: 300 men stand near Zarf camp
Wardak: Zarf camp burnt
Mrs Huda fled
"""
HILLS = """\
Front of the Hills / FH / Front: 20 men left
Wardak: the hills are quiet
"""
Run = Callable[..., tuple[str, str]]


def put(workspace: Path | str, text: str, publisher: str) -> Document:
    document = frozen(text, publisher=publisher, published=given("2024-03-01"), title="In the valley")
    with Store.open(workspace, create=True) as store:
        store.put(text.encode(), document, read_all(document))
    return document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Of the two that the workspace holds, the one with a camp and a private name."""
    put(tmp_path, HILLS, "Hill News")
    return put(tmp_path, VALLEY, "Valley News")


def listed(marsad: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(marsad(*arguments, "--format", "json")[0])
    return found


def actors(marsad: Run) -> list[str]:
    return [each["key"] for each in listed(marsad, "actors", "--sort", "name")]


# Actors


@pytest.mark.usefixtures("document")
def test_actors_are_merged_by_name_or_key_and_apart_again(marsad: Run) -> None:
    assert actors(marsad) == ["front of the hills", "grey front", "wardak"]
    out, _ = marsad("merge", "FH", "grey front", "--reason", "one group")
    assert out == "merged Front of the Hills (front of the hills) into Grey Front (grey front)\n"
    assert actors(marsad) == ["grey front", "wardak"]
    assert len(listed(marsad, "claims", "--actor", "GF")) == 2
    out, _ = marsad("unmerge", "FH", "--reason", "they are two")
    assert out == "unmerged Front of the Hills (front of the hills): it is an actor of its own again\n"
    assert actors(marsad) == ["front of the hills", "grey front", "wardak"]
    log = [(each["action"], each["by"], each["reason"]) for each in listed(marsad, "log")][-2:]
    assert log == [("merge", "amy", "one group"), ("unmerge", "amy", "they are two")]


@pytest.mark.usefixtures("document")
def test_a_name_of_several_actors_is_not_guessed(marsad: Run) -> None:
    _, err = marsad("merge", "Front", "wardak", "--reason", "x", code=2)
    assert "2 actors are called so" in err
    assert "'front of the hills' (Front of the Hills), 'grey front' (Grey Front)" in err
    marsad("merge", "Front of the Hills", "Grey Front", "--reason", "one group")
    marsad("merge", "Front", "wardak", "--reason", "now one bears it")
    assert actors(marsad) == ["wardak"]
    assert "2 actors are called so" in marsad("unmerge", "Front", "--reason", "x", code=2)[1]


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "nobody", "wardak", "--reason", "x"], "nobody: no such actor"),
        (["merge", "wardak", "Huda", "--reason", "x"], "Huda: no such actor"),
        (["merge", "GF", "Grey Front", "--reason", "x"], "the same already"),
        (["merge", "GF", "wardak", "--reason", ""], "no reason"),
        (["merge", "GF", "wardak"], "--reason"),
        (["unmerge", "nobody", "--reason", "x"], "no such actor"),
        (["unmerge", "GF", "--reason", "x"], "is not merged"),
        (["unmerge", "grey front", "--reason", "x"], "is not merged"),
        (["rate", "nobody", "A", "--reason", "x"], "nobody: no such source"),
        (["rate", "wardak", "G", "--reason", "x"], "give one of A, B, C, D, E, F"),
        (["rate", "wardak", "A", "--reason", "x", "--by", ""], "MARSAD_BY"),
        (["lift", "--undo", "--reason", "x"], "already"),
        (["redact", "ffffff", "--yes", "--reason", "x"], "no such document"),
        (["redact", "DOCUMENT", "--yes", "--reason", "Huda asked"], "masked in this document"),
        (["redact", "DOC", "--yes", "--reason", "x"], "6 or more"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_no_trace(
    marsad: Run, document: Document, arguments: list[str], said: str
) -> None:
    before = marsad("log", "--format", "json")
    ids = {"DOCUMENT": document.id, "DOC": document.id[:5]}
    assert said in marsad(*(ids.get(each, each) for each in arguments), code=2)[1]
    assert marsad("log", "--format", "json") == before


# Sources and camps


@pytest.mark.usefixtures("document")
def test_a_source_is_rated_by_name_or_key_with_its_history(marsad: Run) -> None:
    out, _ = marsad("rate", "wardak", "b", "--reason", "a good record")
    assert out == "rated Wardak (named:wardak): B\n"
    marsad("rate", "named:wardak", "D", "--reason", "misled us", "--by", "bo")
    (found,) = (each for each in listed(marsad, "sources") if each["key"] == "named:wardak")
    assert found["reliability"] == "D"
    assert [(each["reliability"], each["by"]) for each in found["ratings"]] == [("B", "amy"), ("D", "bo")]


@pytest.mark.usefixtures("document")
def test_camps_are_shown_in_full_while_that_is_lifted(marsad: Run) -> None:
    assert "Zarf" not in marsad("claims")[0]
    assert "in full" in marsad("lift", "--reason", "a closed meeting")[0]
    assert "Zarf" in marsad("claims")[0]
    assert "already" in marsad("lift", "--reason", "again", code=2)[1]
    marsad("lift", "--undo", "--reason", "it is over")
    assert "Zarf" not in marsad("claims")[0]


# Redaction


def test_a_redacted_document_is_gone_but_for_its_trace(
    marsad: Run, document: Document, tmp_path: Path
) -> None:
    marsad("review", "mask", "--document", document.id, "--words", "Wardak", "--reason", "asked for it")
    out, _ = marsad("redact", document.id[:8], "--reason", "court order 12", "--yes")
    assert out.splitlines()[-1] == f"redacted {document.id}"
    for said in ("removed for good", "kept: ", "backups", "3 claims"):
        assert said in out
    assert [each["publisher"] for each in listed(marsad, "claims")] == ["Hill News"] * 2
    (gone,) = (each for each in listed(marsad, "documents") if each["id"] == document.id)
    assert (gone["redacted"]["by"], gone["redacted"]["reason"]) == ("amy", "court order 12")
    (review,) = listed(marsad, "review", "list")
    assert (review["state"], review["by"], review["quote"]) == ("redacted", None, None)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Huda" not in kept
    assert "redacted already" in marsad("redact", document.id, "--reason", "x", "--yes", code=2)[1]
    _, err = marsad("review", "withdraw", review["review"], "--reason", "x", code=2)
    assert "redacted" in err


def asked(workspace: Path | str, document: str, answer: str) -> tuple[int, str, str]:
    """How `marsad redact` ended on a terminal where `answer` was typed, and what it printed."""
    terminal, typed = os.openpty()
    command = [sys.executable, "-m", "marsad", "redact", document, "--reason", "court order", "--by", "amy"]
    try:
        os.write(terminal, f"{answer}\n".encode())
        done = subprocess.run(
            [*command, "--workspace", str(workspace)],
            stdin=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(terminal)
        os.close(typed)
    return done.returncode, done.stdout, done.stderr


def test_on_a_terminal_it_is_asked_for_first(marsad: Run, document: Document, tmp_path: Path) -> None:
    code, out, err = asked(tmp_path, document.id, "n")
    assert (code, out) == (1, "")
    assert "removed for good" in err
    assert "nothing was redacted" in err
    assert not any(each["redacted"] for each in listed(marsad, "documents"))
    code, out, _ = asked(tmp_path, document.id, "y")
    assert (code, out) == (0, f"redacted {document.id}\n")


def test_where_nobody_can_be_asked_nothing_is_redacted(document: Document, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "marsad", "redact", document.id, "--reason", "x", "--by", "amy"]
    done = subprocess.run(
        [*command, "--workspace", str(tmp_path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--yes" in done.stderr
    with Store.open(tmp_path) as store:
        assert "Huda" in store.reading(document.id).document.text


def test_every_decision_on_either_database(
    address: str, marsad: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_WORKSPACE", address)
    put(address, HILLS, "Hill News")
    document = put(address, VALLEY, "Valley News")
    marsad("merge", "FH", "GF", "--reason", "one group")
    marsad("unmerge", "FH", "--reason", "they are two")
    marsad("rate", "Wardak", "C", "--reason", "seldom wrong")
    marsad("lift", "--reason", "a closed meeting")
    marsad("redact", document.id, "--reason", "court order", "--yes")
    done = [each["action"] for each in listed(marsad, "log")]
    assert done == ["read", "read", "merge", "unmerge", "rate", "lift", "redact"]
    assert actors(marsad) == ["front of the hills", "wardak"]
