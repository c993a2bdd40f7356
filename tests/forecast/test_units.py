"""Events of UCDP become deaths by unit and month; what is not covered is missing, what is unplaced is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.forecast import grid, months
from marsad.forecast.actors import same, spelt
from marsad.forecast.ged import Events, read
from marsad.forecast.units import covering, governorate, of_actor, of_country, panel, sides, together
from marsad.gazetteer import Gazetteer

from .events import table, written

JANUARY, MARCH = months.month_id(2018, 1), months.month_id(2018, 3)


@pytest.fixture
def events(tmp_path: Path) -> Events:
    return read(
        [
            written(
                tmp_path,
                [
                    {"on": "2018-01-05"},
                    {"on": "2018-01-20", "best": 5, "low": 5, "high": 9},
                    {"on": "2018-03-02", "type_of_violence": 3, "side_a": "IS", "side_b": "Civilians"},
                    {
                        "on": "2018-03-03",
                        "adm_1": "Al Anbār province",
                        "priogrid_gid": 177563,
                        "side_b": "PKK",
                    },
                    {"on": "2018-03-09", "where_prec": 6, "adm_1": "", "best": 40},
                    {
                        "on": "2018-02-01",
                        "country": "Syria",
                        "country_id": 652,
                        "adm_1": "Ar Raqqah Governorate",
                    },
                ],
            )
        ]
    )


# Files


def test_deaths_count_in_the_month_in_which_an_event_ended(tmp_path: Path) -> None:
    path = written(
        tmp_path, [{"date_start": "2018-01-30 00:00:00.000", "date_end": "2018-02-02 00:00:00.000"}]
    )
    assert read([path]).covered == (JANUARY + 1,)


def test_a_candidate_file_without_a_header_is_read(tmp_path: Path, events: Events) -> None:
    bare = written(tmp_path, [{"on": "2018-01-05"}], "GEDEvent_v26_0_1.csv", header=False)
    assert read([bare]).table.row(0) == events.table.row(0)


def test_a_release_in_a_zip_is_read(tmp_path: Path, events: Events) -> None:
    packed = tmp_path / "ged181-csv.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("GEDEvent_v18_1.csv", table([{"on": "2018-01-05"}]))
    assert read([packed]).table.row(0) == events.table.row(0)


def test_a_month_that_two_files_cover_is_taken_from_the_first(tmp_path: Path) -> None:
    final = written(tmp_path, [{"on": "2018-01-05", "best": 2}], "final.csv")
    candidates = written(
        tmp_path, [{"on": "2018-01-06", "best": 9}, {"on": "2018-02-01", "best": 4}], "candidates.csv"
    )
    found = read([final, candidates])
    assert found.covered == (JANUARY, JANUARY + 1)
    assert found.table["best"].to_list() == [2.0, 4.0]


def test_rows_without_a_count_are_told(tmp_path: Path) -> None:
    found = read([written(tmp_path, [{}, {"best": "many"}, {"date_end": ""}, {"best": -1}])])
    assert (len(found.table), found.unread) == (1, 3)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", "a.csv"),
        (b"a,b\n1,2\n", "a.csv"),
        (b"PK\x03\x04broken", "a.zip"),
        (b"PAR1", "a.parquet"),
        (b"\xff\xfe\x00", "a.csv"),
    ],
)
def test_what_is_no_file_of_events_gets_one_line(tmp_path: Path, raw: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(BadInput) as refused:
        read([path])
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        read([tmp_path / "nowhere.csv"])


# Units


def test_governorates_are_joined_to_the_gazetteer(events: Events) -> None:
    found = panel(of_country(events, "Iraq"), "admin1")
    assert sorted(found.names.values()) == ["Al Anbar, Iraq", "Nineveh, Iraq"]
    nineveh = next(unit for unit, name in found.names.items() if name.startswith("Nineveh"))
    row = found.panel.units.index(nineveh)
    assert found.panel.best["sb"][row].tolist() == [7.0, 0.0, 0.0]
    assert found.panel.low["sb"][row, 0] == 6.0
    assert found.panel.high["sb"][row, 0] == 12.0
    assert found.panel.best["os"][row].tolist() == [0.0, 0.0, 2.0]


def test_an_event_that_no_governorate_is_known_of_is_told_and_not_spread(events: Events) -> None:
    found = panel(of_country(events, "Iraq"), "admin1")
    assert found.unplaced == {"sb": 40.0, "ns": 0.0, "os": 0.0}
    assert panel(of_country(events, "Iraq"), "country").panel.best["sb"][0].sum() == 49.0


def test_a_unit_that_the_gazetteer_does_not_have_keeps_its_name(tmp_path: Path) -> None:
    found = panel(read([written(tmp_path, [{"adm_1": "Welega province", "country": "Ethiopia"}])]), "admin1")
    assert list(found.names.items()) == [(-1, "Welega, Ethiopia")]


def test_two_spellings_of_one_governorate_are_one_unit(tmp_path: Path) -> None:
    found = panel(
        read([written(tmp_path, [{"adm_1": "Nīnawá province"}, {"adm_1": "Ninawa  province"}])]), "admin1"
    )
    assert list(found.names.values()) == ["Nineveh, Iraq"]


def test_cells_where_nothing_happened_are_zero(events: Events) -> None:
    found = panel(events, "cell", within=[181887, 100000]).panel
    assert found.at("sb", [JANUARY]).tolist() == [[0.0], [7.0]]


def test_months_that_a_file_does_not_cover_are_missing(events: Events) -> None:
    syria = panel(covering(of_country(events, "Syria"), JANUARY + 1, MARCH), "admin1")
    both = together([panel(of_country(events, "Iraq"), "admin1"), syria])
    raqqah = both.panel.best["sb"][both.panel.units.index(next(iter(syria.names)))]
    assert np.isnan(raqqah).tolist() == [True, False, False]
    assert raqqah[1:].tolist() == [2.0, 0.0]
    assert both.unplaced["sb"] == 40.0


def test_one_actor_alone(events: Events) -> None:
    found = panel(of_actor(events, ["IS"]), "country").panel
    assert sum(figures.sum() for figures in found.best.values()) == 51.0


def test_an_actor_is_found_by_any_name_of_it(events: Events) -> None:
    present = sides(events)
    assert {spelt(name, present) for name in ("IS", "ISIS", "Daesh", "islamic state")} == {("IS",)}
    assert same("ISIL") == same("IS") != same("HTS")
    with pytest.raises(BadInput, match="nearest are 'IS'"):
        spelt("Islamc State", present)
    with pytest.raises(BadInput, match="nearest are 'Government of Iraq'"):
        spelt("Goverment of Irak", present)
    with pytest.raises(BadInput, match="side_a and side_b"):
        spelt("Qqqqqqq", present)


def test_no_event_in_any_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no event stands in a unit"):
        panel(read([written(tmp_path, [{"where_prec": 7}])]), "admin1")


# The grid


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_the_middle_of_a_cell_is_within_a_quarter_of_a_degree(lat: float, lon: float) -> None:
    cell = pl.select(grid.cell_at(pl.lit(lat), pl.lit(lon))).item()
    at_lat, at_lon = grid.middle(cell)
    assert 1 <= cell <= grid.CELLS
    assert abs(at_lat - lat) <= 0.25 + 1e-9
    assert abs(at_lon - lon) <= 0.25 + 1e-9


@given(st.integers(1, grid.CELLS))
def test_what_touches_a_cell_is_touched_by_it(cell: int) -> None:
    touching = grid.around(cell)
    assert len(set(touching)) == len(touching) == (5 if cell <= 720 or cell > grid.CELLS - 720 else 8)
    assert all(cell in grid.around(other) for other in touching)


def test_a_governorate_is_looked_for_in_its_own_country() -> None:
    gazetteer = Gazetteer.open()
    assert governorate(gazetteer, "El Salvador", "La Paz department") == (3585087, "La Paz Department")
    assert governorate(gazetteer, "Iraq", "La Paz department") is None
