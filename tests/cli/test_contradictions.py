"""`marsad agreements` and `marsad contradictions`: what they print, of a ledger that holds both or nothing."""

from __future__ import annotations

import json

import pytest

from marsad.cli import run
from marsad.ledger.store import Store

from ..assessment.watched import ledger_of, report, said

RAID = "fighters of the Red Sand Front raided the salt depot at Karoum"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("contested") / "workspace"
    growing = said("The Red Sand Front is growing.", by="Dara Nour", up="strength")
    weak = said("The Red Sand Front is weak.", by="Ilan Voss", down="strength")
    views = [
        said(f"The Red Sand Front is as it was {n}.", by="Odan Council", steady="strength") for n in range(5)
    ]
    with Store.open(folder, create=True) as ledger:
        ledger_of(
            ledger,
            report("Harbour Post", "2024-03-01", growing, said(RAID, by="Dara Nour")),
            report("Hill News", "2024-02-20", *views),
            report("Lake Radio", "2024-03-02", weak, said(f"The {RAID[13:]}.", by="River Panel")),
        )
    return str(folder)


def test_both_sides_stand_in_columns(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contradictions", "--workspace", workspace]) == 0
    printed = capsys.readouterr().out
    assert "strength and capability of Red Sand Front (direction, contested since 2024-03-02)" in printed
    (heading,) = (line for line in printed.splitlines() if line.startswith("up (1 origin)"))
    assert "down (1 origin)" in heading


def test_what_stands_beside_is_cut_and_says_so(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contradictions", "--workspace", workspace]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("Beside, steady: 2024-02-20 Odan Council [") for line in lines) == 3
    assert "Beside, steady: and 2 more; see --format json" in lines


def test_json_holds_every_claim_with_its_holder(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contradictions", "--workspace", workspace, "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert [side["answer"] for side in found["sides"]] == ["up", "down"]
    assert [side["claims"][0]["holder"] for side in found["sides"]] == ["Dara Nour", "Ilan Voss"]


def test_agreements_say_why_a_credibility_is_proposed(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreements", "--workspace", workspace]) == 0
    printed = capsys.readouterr().out
    assert "2 independent origins, first known 2024-03-01" in printed
    assert "Proposed credibility: 1. 2 independent named origins say it: Dara Nour, River Panel." in printed


@pytest.mark.parametrize(
    "options", [["--as-known", "2024-03-01"], ["--theme", "finance"], ["--actor", "nobody at all"]]
)
@pytest.mark.parametrize("command", ["agreements", "contradictions"])
def test_where_there_is_nothing_it_says_so(
    command: str, options: list[str], workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--workspace", workspace, *options]) == 0
    assert capsys.readouterr().out.startswith(f"No {command}: ")
    assert run([command, "--workspace", workspace, *options, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_incidents_are_asked_for_by_an_option(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreements", "--workspace", workspace, "--incidents"]) == 0
    assert capsys.readouterr().out.startswith("No agreements: no two incidents")


def test_a_bad_date_is_one_line(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contradictions", "--workspace", workspace, "--as-known", "soon"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
