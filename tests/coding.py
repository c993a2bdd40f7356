"""Tables of coded events made for tests, in the columns of UCDP GED and of ACLED. Nothing is real."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from marsad import documents
from marsad.records.original import Frozen, Original
from marsad.records.reading import Reading
from marsad.sources import coded

GED = {
    "id": "9001",
    "relid": "RUR-2019-1-11-1",
    "year": "2019",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_name": "Ruritania: Government",
    "dyad_name": "Government of Ruritania - Hill Front",
    "side_a": "Government of Ruritania",
    "side_b": "Hill Front",
    "number_of_sources": "1",
    "source_article": '"Coast Herald,2019-03-24,Baker Ada Moreau killed at the mill"',
    "source_office": "Coast Herald",
    "source_headline": "Baker Ada Moreau killed at the mill",
    "source_original": "a cousin of Ada Moreau",
    "where_prec": "1",
    "where_coordinates": "Strelsau town",
    "where_description": "the mill of Ada Moreau\nbeside the river",
    "adm_1": "Zenda province",
    "adm_2": "Hentzau district",
    "latitude": "33.5",
    "longitude": "36.25",
    "geom_wkt": "POINT (36.25 33.5)",
    "priogrid_gid": "178273",
    "country": "Syria",
    "country_id": "652",
    "region": "Middle East",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2019-03-23 00:00:00.000",
    "date_end": "2019-03-23 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "0",
    "deaths_civilians": "3",
    "deaths_unknown": "0",
    "best": "5",
    "high": "8",
    "low": "4",
}
ACLED = {
    "event_id_cnty": "RUR42",
    "event_date": "23 March 2019",
    "year": "2019",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Ruritania (2000-)",
    "assoc_actor_1": "",
    "inter1": "State forces",
    "actor2": "Hill Front",
    "assoc_actor_2": "Valley Front; Unidentified Armed Group (Ruritania)",
    "inter2": "2",
    "country": "Syria",
    "admin1": "Zenda",
    "admin2": "Hentzau",
    "location": "Strelsau",
    "latitude": "33.5",
    "longitude": "36.25",
    "geo_precision": "1",
    "source": "Coast Herald; Valley Wire",
    "source_scale": "National",
    "notes": "On 23 March, soldiers fought the Hill Front; baker Ada Moreau, 44, was killed.",
    "fatalities": "5",
    "timestamp": "1553558400",
}


def table(*rows: Mapping[str, str], delimiter: str = ",", header: bool = True) -> bytes:
    """A CSV file of these rows, whose columns are those of the first."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter)
    if header:
        writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return made.getvalue().encode()


def originals(raw: bytes, name: str = "GEDEvent_v26_1.csv") -> list[Original]:
    """The rows of a table that are all good."""
    found = coded.rows(io.BytesIO(raw), name)
    assert found is not None
    rows = list(found)
    assert all(isinstance(row, Original) for row in rows)
    return [row for row in rows if isinstance(row, Original)]


def frozen(*rows: Mapping[str, str], name: str = "GEDEvent_v26_1.csv") -> list[Frozen]:
    made = (each for original in originals(table(*rows), name) for each in documents.freeze(original))
    return [each for each in made if isinstance(each, Frozen)]


def read(row: Mapping[str, str], *, name: str = "GEDEvent_v26_1.csv") -> Reading:
    """The reading of one row."""
    from marsad.reading.pipeline import read as read_document  # noqa: PLC0415 - heavy

    (found,) = frozen(row, name=name)
    return read_document(found.document)


def ged_rows(number: int) -> Iterable[dict[str, str]]:
    """Different events of one dataset."""
    for n in range(number):
        yield GED | {"id": str(n), "side_b": f"Hill Front {n % 7}", "best": str(5 + n % 3), "high": "9"}
