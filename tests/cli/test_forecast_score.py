"""`marsad forecast predict --issue`, then `score --keep`: what came is kept once, and a revision beside it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from marsad.cli import cli
from marsad.ledger.store import Store
from marsad.ledger.verdicts import kept

FIRST, MONTHS = 421, 72  # January 2015 to December 2020


def panel(path: Path, last: float) -> Path:
    """Two units with three deaths a month, and one of them with `last` at the end."""
    rows = [f"{unit},{FIRST + at},3" for unit in (7, 9) for at in range(MONTHS - 1)]
    path.write_text("\n".join(["country_id,month_id,sb", *rows, f"7,{FIRST + MONTHS - 1},{last:g}"]))
    return path


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(cli, ["forecast", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_what_came_is_kept_once_and_a_revision_beside_it(tmp_path: Path) -> None:
    first, revised, ledger = panel(tmp_path / "a.csv", 3), panel(tmp_path / "b.csv", 9), tmp_path / "w"
    run("predict", "--panel", first, "--known", "2020-10", "--to", "2021-01", "--model", "zero", "--issue",
        "--workspace", ledger)  # fmt: skip
    told = run("score", "--panel", first, "--workspace", ledger)
    assert "2 void" in told.stderr
    for data, new in ((first, 2), (first, 0), (revised, 2)):
        scored = run("score", "--panel", data, "--workspace", ledger, "--keep", "--format", "json")
        assert f"{new} of 2 verdicts are new" in scored.stderr
    (card,) = json.loads(scored.stdout)
    models = {row["model"]: row for row in card["scores"]}
    assert (models["zero"]["crps"], models["zero"]["forecasts"]) == (5.0, 3)  # 3, 3 and 9
    assert models["zero"]["crps_less"] == 5.0 - models["conflictology"]["crps"]
    assert models["zero"]["crps_low"] <= 5 <= models["zero"]["crps_high"]
    shown = run("score", "--panel", revised, "--workspace", ledger)
    assert "zero, issued afterwards, less conflictology: IGN" in shown.stderr
    assert {row["in_time"] for row in card["scores"]} == {False}
    assert {void["reason"] for void in card["voids"]} == {"the data has no such month"}
    with Store.open(ledger) as store:
        assert [each.basis.data for each in kept(store)] == ["a.csv"] * 2 + ["b.csv"] * 2
