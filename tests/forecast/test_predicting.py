"""What `predict` says of units beforehand: names, marks; the weights of `fit`; and files that are no panel."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from marsad.cli import run
from marsad.errors import BadInput
from marsad.forecast import weights
from marsad.forecast.files import Note, names_of
from marsad.forecast.history import HISTORY
from marsad.forecast.models import POOL, VERSION
from marsad.forecast.panel import Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted, prepare
from marsad.forecast.predicting import outside, thin
from marsad.ledger.forecasts import issued, load
from marsad.ledger.store import Store

from .events import written

AHEAD = range(1, 4)


def panel(*rows: list[float]) -> Panel:
    return Panel(tuple(range(1, len(rows) + 1)), 421, {"sb": np.array(rows)}, {}, {})


# Marks


def test_a_unit_with_more_deaths_than_were_ever_learnt_from_is_marked() -> None:
    usual = [9.0] * 100
    assert outside(panel(usual, [0.0] * 100), AHEAD) == {}
    assert outside(panel(usual, [0.0] * 99 + [10]), AHEAD) == {2: "high"}
    assert outside(panel(usual, [0.0] * 90 + [9.0, 10, *[0] * 8]), AHEAD) == {}  # that month is learnt from
    year = [0.0] * 88 + [9.1] * 12  # no month of it is the highest, all twelve together are
    assert outside(panel([12.0] + [0.0] * 99, year, [9.2] + [0.0] * 99), AHEAD) == {2: "high"}


def test_a_unit_of_which_nothing_is_learnt_is_marked_apart_from_a_thin_one() -> None:
    nothing = float("nan")
    held = panel([1.0] * 100, [nothing] * 99 + [1], [nothing] * 90 + [1.0] * 10)
    assert outside(held, AHEAD) == {2: "new"}
    assert thin(held) == (2, 3)
    assert thin(panel([1.0] * 100, [1.0] * 88 + [nothing] * 12, [1.0] * 89 + [nothing] * 11)) == (2,)
    assert outside(panel([1.0] * 20), AHEAD) == {1: "new"}


# Names


def test_countries_are_called_by_the_numbers_of_views_where_all_are() -> None:
    about = Note(data="x", data_sha256="x", level="country")
    assert names_of(about, [60, 220]) == {60: "Iraq", 220: "Syria"}
    assert names_of(about, [60, 645]) == {60: "unit 60", 645: "unit 645"}
    assert names_of(Note(data="x", data_sha256="x", level="cell"), [60]) == {60: "cell 60"}
    given = Note(data="x", data_sha256="x", level="country", names=((60, "Arcadia"), (220, "220")))
    assert names_of(given, [60, 220]) == {60: "Arcadia", 220: "unit 220"}


# From the files of UCDP to what is issued


def test_what_is_issued_keeps_what_it_was_made_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    years = [f"{year}-{month:02}-11" for year in range(2010, 2018) for month in range(1, 13)]
    raw = written(tmp_path, [{"on": day, "best": 4 + at % 3} for at, day in enumerate(years)], "ged181.csv")
    out, place = str(tmp_path / "p.parquet"), str(tmp_path / "w")
    assert run(["forecast", "panel", str(raw), "--output", out, "--level", "admin1"]) == 0
    asked = [
        "forecast",
        "predict",
        "--panel",
        out,
        "--to",
        "2018-02",
        "--model",
        "history",
        "--format",
        "json",
    ]
    capsys.readouterr()
    assert run([*asked, "--issue", "--workspace", place]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["name"], row["thin"], row["outside"]) == ("Nineveh, Iraq", False, None)
    with Store.open(place) as ledger:
        first, beside = issued(ledger)
        about = load(ledger, first.id).about
    assert (about.data, about.source_sha256) == ("ged181.csv", _sha256(raw))
    assert about.version.endswith(VERSION)
    assert (about.model, beside.about.model) == ("history", "conflictology")
    assert about.rates == ((1.0, 0.0, 0.0),)
    assert first.recorded_at
    assert first.listed()["data_sha256"] == about.data_sha256


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# Fits


def test_what_takes_long_is_told_before_it_is_done_and_done_once() -> None:
    past = Past(panel([1.0] * 100), AHEAD)
    told: list[tuple[str, int, int]] = []
    prepare([HISTORY], (past.until(500), past), lambda *each: told.append(each))
    assert told == [("history to 2021-08", 0, 2), ("history to 2023-04", 1, 2), ("", 2, 2)]
    assert fitted(HISTORY, past) is past.fits["history"]


# Weights


def weighed(**known: object) -> weights.Weights:
    equal = {model.name: 1 / len(POOL.members) for model in POOL.members}
    usual = {
        "model": VERSION, "weights": equal, "data": "x", "panel_sha256": "x", "last": "2020-01", "seed": 0,
    }  # fmt: skip
    return weights.Weights(**(usual | known))  # type: ignore[arg-type]


def test_weights_come_back_and_are_those_of_the_pool(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    names = [model.name for model in POOL.members]
    path.write_bytes(
        weights.packed(weighed(weights={name: float(name == "history") for name in reversed(names)}))
    )
    model = weights.read(path)
    past = Past(panel([1.0] * 100), AHEAD)
    assert model.weights(past).tolist() == [float(name == "history") for name in names]
    assert model.name == POOL.name
    path.write_bytes(
        weights.packed(weighed(weights={name: round(1 / len(names) + 1e-5, 5) for name in names}))
    )
    assert weights.read(path).weights(past).sum() == pytest.approx(1)


def test_weights_that_know_what_came_later_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(weights.packed(weighed(last="2021-12")))
    asked = ["forecast", "predict", "--weights", str(path), "--to", "2022-03", "--known", "2021-11"]
    assert run(asked) == 2
    assert "know what came after 2021-11" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"model": "marsad.pool@0"}, "fit again"),
        ({"weights": {"history": 1.0}}, "fit again"),
        ({"weights": {model.name: 1.0 for model in POOL.members}}, "shares of one"),
        (
            {"weights": {model.name: 1.0 - 2 * (at > 0) for at, model in enumerate(POOL.members)}},
            "shares of one",
        ),
    ],
)
def test_other_weights_are_refused(tmp_path: Path, known: dict[str, object], said: str) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(weights.packed(weighed(**known)))
    with pytest.raises(BadInput, match=said):
        weights.read(path)


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b'{"model": 7}'])
def test_what_is_no_file_of_weights_gets_one_line(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(raw)
    with pytest.raises(BadInput, match=r"no weights.*forecast fit"):
        weights.read(path)
    with pytest.raises(BadInput, match="directory"):
        weights.read(tmp_path)


# Files that are no panel

LONG = b"month_id,country_id,sb\n" + b"".join(b"%d,7,%d\n" % (month, month % 5) for month in range(1, 90))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty CSV"),
        (b"\x00\xff\xfe", ""),
        (b"Once upon a time\nthere was no table.\n", "no column"),
        (b"month_id,country_id,sb\n", "empty"),
        (LONG + b"5,7,1\n", "two rows in one month"),
        (LONG + b"90,7,-1\n", "negative"),
        (LONG + b"90,7,inf\n", "infinite"),
        (LONG + b"999999999999,7,1\n", "months"),
        (LONG + b"-5000000,7,1\n", "months"),
        (LONG + b"99999999999999999999999,7,1\n", ""),
        (LONG + b"90,7,1e30\n", "too many"),
        (b"month_id,country_id,sb\n1,7,nan\n", "are needed"),
        (b"month_id,country_id,sb\n90000,7,1\n", ""),
    ],
)
@pytest.mark.parametrize("command", [("predict", "--to", "1987-09"), ("resurgence",)])
def test_what_is_no_panel_gets_one_line(
    tmp_path: Path, raw: bytes, said: str, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(raw)
    code = run(["forecast", *command, "--panel", str(path)])
    shown = capsys.readouterr()
    if command[0] != "resurgence" or said not in ("are needed", ""):
        assert (code, shown.out) == (2, "")
        assert said in shown.err
    assert "Traceback" not in shown.err
    assert "unexpected" not in shown.err
    assert shown.err.count("\n") <= 1
