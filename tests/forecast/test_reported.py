"""Panels of a ledger's own reports: every incident once, what is not covered missing, what is left out told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.cli import run
from marsad.errors import BadInput
from marsad.forecast.files import note
from marsad.forecast.months import month_id
from marsad.forecast.reported import reported
from marsad.forecast.tables import read_panel
from marsad.forecast.units import Level, Units, panel
from marsad.ledger.store import Store
from marsad.records.reading import Reading

from .telling import Told, put, report

JANUARY = month_id(2020, 1)
IRAQ = 645  # Gleditsch and Ward
END = report("2020-04-02", [])  # of the same publisher: so March is over


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "w", create=True) as opened:
        yield opened


def made(ledger: Store, *reports: Reading, level: Level = "country", actor: str | None = None) -> Units:
    put(ledger, *reports, END)
    return panel(reported(ledger, actor=actor).events, level)


def of(found: Units, kind: str = "sb", bound: str = "best") -> list[float]:
    """The months of the first unit from January 2020 to March, -1 where missing."""
    figures = getattr(found.panel, bound)[kind][0]
    assert found.panel.first == JANUARY
    return np.nan_to_num(figures, nan=-1).tolist()


def test_a_month_without_a_report_is_missing_and_the_newest_is_not_over(ledger: Store) -> None:
    found = made(ledger, report("2020-01-09", [Told("2020-01-05")]), report("2020-03-09", []))
    assert found.panel.units == (IRAQ,)
    assert found.names == {IRAQ: "Iraq"}
    assert of(found) == [7, -1, 0]


def test_a_source_that_never_told_of_a_country_does_not_cover_it(ledger: Store) -> None:
    elsewhere = report("2020-02-09", [Told("2020-02-05", "Ouagadougou")], publisher="Le Sahel")
    later = report("2020-03-09", [], publisher="Le Sahel")
    found = made(ledger, report("2020-01-09", [Told("2020-01-05")]), elsewhere, later)
    rows = dict(zip(found.panel.units, found.panel.best["sb"], strict=True))
    assert np.isnan(rows[IRAQ]).tolist() == [False, True]
    assert np.isnan(rows[439]).tolist() == [True, False]


def test_accounts_copies_and_echoes_of_one_incident_count_once(ledger: Store) -> None:
    told = Told("2020-01-05", toll=(5, None, None))
    found = made(
        ledger,
        report("2020-01-06", [told, told]),
        report("2020-01-06", [told], publisher="A Copy"),
        report("2020-01-07", [told._replace(toll=(6, 8, 9))], publisher="The Post"),
        report("2020-01-08", [Told("2020-01-05", "Tikrit")]),
    )
    assert [of(found, bound=bound)[0] for bound in ("low", "best", "high")] == [5 + 7, 8 + 7, 9 + 7]


def test_what_is_too_coarse_to_be_compared_is_one_where_day_place_and_toll_are(ledger: Store) -> None:
    told = Told("2020-01-05", "Iraq")
    found = made(
        ledger,
        report("2020-01-06", [told]),
        report("2020-01-07", [told], publisher="The Post"),
        report("2020-01-07", [told._replace(toll=(3, 3, 3))], publisher="The Times"),
    )
    assert of(found)[0] == 10


def test_what_is_left_out_is_told_by_why(ledger: Store) -> None:
    several = [
        Told("2020-01-05"),
        Told(None, toll=(1, 1, 1)),
        Told("2020-01-06", None, toll=(2, 2, 2)),
        Told("2019-06-06", toll=(4, 4, 4)),
        Told("2020-01-07", toll=(8, 8, 8), shape="aggregate"),
        Told("2020-01-08", toll=(16, 16, 16), status="planned"),
    ]
    put(ledger, report("2020-01-20", several), END)
    found = reported(ledger)
    assert found.left == {
        "without a month": 1, "without one country": 2, "in months that are not covered": 4, "in round-ups": 8,
    }  # fmt: skip
    assert found.events.table["best"].to_list() == [7]


def test_rows_that_people_coded_are_left_to_their_own_files(ledger: Store) -> None:
    coded = report("2020-01-09", [Told("2020-01-09", "Tikrit")], publisher="UCDP GED 26.1", genre="coded")
    assert of(made(ledger, report("2020-01-08", [Told("2020-01-05")]), coded))[0] == 7


def test_deaths_of_an_unknown_type_may_be_of_any(ledger: Store) -> None:
    several = [Told("2020-01-05", toll=(2, 3, 4)), Told("2020-01-15", "Tikrit", kind=None)]
    found = made(ledger, report("2020-01-20", several))
    assert (of(found)[0], of(found, "un")[0]) == (3, 7)
    assert [of(found, kind, "high")[0] for kind in ("sb", "os", "un")] == [4 + 7, 7, 7]


def test_an_end_that_all_leave_open_is_not_known(ledger: Store) -> None:
    found = made(ledger, report("2020-01-20", [Told("2020-01-05", toll=(9, None, None))]))
    assert [of(found, bound=bound)[0] for bound in ("low", "best", "high")] == [9, 9, -1]


def test_one_actor_alone_by_any_of_its_names(ledger: Store) -> None:
    several = [Told("2020-01-05"), Told("2020-01-05", "Tikrit", toll=(2, 2, 2), side="ISIS")]
    put(ledger, report("2020-01-20", several), END)
    assert of(panel(reported(ledger, actor="Islamic State").events, "country"))[0] == 2
    with pytest.raises(BadInput, match="no actor"):
        reported(ledger, actor="Nobody's Army")


def test_governorates_are_joined_to_the_gazetteer_and_camps_have_no_cell(ledger: Store) -> None:
    several = [Told("2020-01-05"), Told("2020-01-15", "Zarf camp", toll=(2, 2, 2))]
    put(ledger, report("2020-01-20", several), END)
    events = reported(ledger).events
    assert panel(events, "admin1").names == {92877: "Nineveh, Iraq"}
    assert of(panel(events, "admin1"))[0] == 9
    cells = panel(events, "cell")
    assert (of(cells)[0], cells.unplaced["sb"]) == (7, 2)


def test_a_ledger_without_such_reports_is_told(ledger: Store) -> None:
    put(ledger, report("2020-01-20", [Told("2020-01-05")]))
    with pytest.raises(BadInput, match="no month is covered"):
        reported(ledger)


# The day on which it is looked

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 6, 28))
REPORTS = st.lists(
    st.tuples(
        DAYS, DAYS, st.sampled_from(["Mosul", "Tikrit", "Iraq"]), st.integers(1, 9), st.sampled_from("ABC")
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda each: each[:2],
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=REPORTS, cut=DAYS)
def test_what_is_published_after_the_day_changes_nothing(
    reports: Sequence[tuple], cut: date, tmp_path_factory: pytest.TempPathFactory
) -> None:
    day = str(cut)
    all_of = [
        report(str(known), [Told(str(on), place, (toll, toll, toll))], publisher=source)
        for known, on, place, toll, source in reports
    ]
    with Store.open(tmp_path_factory.mktemp("w"), create=True) as ledger:
        put(ledger, *(each for each in all_of if str(each.document.published.latest) <= day))
        before = _told(ledger, day)
        put(ledger, *(each for each in all_of if str(each.document.published.latest) > day))
        assert _told(ledger, day) == before


def _told(ledger: Store, day: str) -> object:
    try:
        found = reported(ledger, as_known=day)
    except BadInput as error:
        return str(error)
    return found.events.table.rows(), found.events.by_country, found.events.sha256, found.left


# The command


def test_the_command_makes_a_panel_of_the_ledger(
    ledger: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(ledger, report("2020-01-20", [Told("2020-01-05"), Told(None)]), END)
    out = tmp_path / "p.parquet"
    asked = ["forecast", "panel", "--workspace", str(tmp_path / "w"), "--output", str(out)]
    assert run([*asked, "--as-known", "2020-12-31"]) == 0
    assert "7 deaths without a month" in capsys.readouterr().err
    assert read_panel(out).best["sb"].tolist() == [[7.0]]
    assert note(out).data == "2 reports of a ledger, as known 2020-12-31"
    assert run([*asked, "--as-known", "2020-01-31"]) == 2
    assert run([*asked, "--covered", "2020-01/2020-05"]) == 0
    assert read_panel(out).best["sb"].tolist() == [[7.0, 0, 0, 0, 0]]
    capsys.readouterr()
    assert run([*asked, "ged.csv"]) == 2
    assert "name files or a ledger" in capsys.readouterr().err
