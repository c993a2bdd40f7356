from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from marsad import sources
from marsad.errors import BadInput
from marsad.records.original import Original, Refused
from marsad.sources import parquet

polars = pytest.importorskip("polars")


def written(folder: Path, columns: dict[str, object], **options: object) -> str:
    path = folder / "a.parquet"
    polars.DataFrame(columns).write_parquet(path, **options)
    return str(path)


def test_each_row_is_a_line_of_json_with_the_columns_that_are_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {
            "other": [1, 2, 3],
            "url": ["https://x.example/1", None, None],
            "text": ["Snow fell.", "", None],
            "author": [["Jane", "Ali"], [], None],
            "published": [date(2024, 3, 5), date(2024, 3, 6), None],
        },
    )
    first, second, third = sources.expand([path])
    assert first == Original(
        b'{"text":"Snow fell.","author":["Jane","Ali"],"url":"https://x.example/1","published":"2024-03-05"}',
        f"{path}:1",
        row="document",
    )
    assert isinstance(second, Original)  # that it is empty, `documents` says
    assert third == Refused(f"{path}:3", "no text in this row")


def test_the_same_row_gives_the_same_bytes_in_any_file(tmp_path: Path) -> None:
    columns = {"text": ["Snow fell."], "title": ["Zafir"], "published": [datetime(2024, 3, 5, 10)]}
    once = [each.raw for each in parquet.rows(written(tmp_path, columns)) if isinstance(each, Original)]
    columns = dict(reversed(list(columns.items()))) | {"more": [1]}
    assert [
        each.raw for each in parquet.rows(written(tmp_path, columns)) if isinstance(each, Original)
    ] == once


def test_parts_number_rows_as_the_whole_does(tmp_path: Path) -> None:
    texts = [f"Report {number}." for number in range(2500)]
    path = written(tmp_path, {"text": texts}, row_group_size=700)
    assert parquet.count(path) == 2500
    whole = list(parquet.rows(path))
    assert [each.source for each in whole] == [f"{path}:{number}" for number in range(1, 2501)]
    assert [*parquet.rows(path, 0, 1201), *parquet.rows(path, 1201, 1299)] == whole


def test_rows_that_people_coded_are_known_by_their_columns(tmp_path: Path) -> None:
    columns = {"event_date": ["2024-03-05"], "event_type": ["Battles"], "actor1": ["GBF"], "fatalities": [3]}
    path = written(tmp_path, columns | {"country": ["Mongolia"]})
    (found,) = sources.expand([path])
    assert isinstance(found, Original) and found.row == "coded"
    assert b"fatalities: 3" in found.raw


def test_what_cannot_be_read_is_one_refusal(tmp_path: Path) -> None:
    path = written(tmp_path, {"body": ["Snow fell."]})
    assert list(sources.expand([path])) == [Refused(path, "Parquet without a column `text`; it has body")]
    raw = Path(path).read_bytes()
    for damaged in (raw[:-20], raw[:8], b"PAR1" + raw[100:]):
        Path(path).write_bytes(damaged)
        (found,) = sources.expand([path])
        assert isinstance(found, Refused), found
    Path(path).write_bytes(raw[:-20])
    with pytest.raises(BadInput, match="damaged or cut short"):
        parquet.count(path)
    assert list(sources.expand([written(tmp_path, {"text": []})])) == [
        Refused(path, "empty: there is no document in it")
    ]
