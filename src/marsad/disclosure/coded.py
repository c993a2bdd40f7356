"""Cells of coded rows that may be shown: codes, names of sides and places, dates and counts.

A row holds prose too (notes, headlines, descriptions of places), in which people who coded it may have
named anybody, and which nobody reads here. So every cell is masked whose column is not known to be safe.
"""

from __future__ import annotations

from marsad.records.reading import Reading
from marsad.records.spans import Span, Spans

READER = "marsad.coded@"  # how the reader of rows is stamped: its records stand on safe cells alone

# The policy, not a vocabulary: what is protected is not for a user's data file to shorten.
_UCDP = frozenset(
    {"id", "relid", "year", "active_year", "code_status", "type_of_violence", "number_of_sources"}
    | {"conflict_name", "conflict_dset_id", "conflict_new_id", "dyad_name", "dyad_dset_id", "dyad_new_id"}
    | {"side_a", "side_a_dset_id", "side_a_new_id", "side_b", "side_b_dset_id", "side_b_new_id"}
    | {"source_office", "source_date", "where_prec", "where_coordinates", "adm_1", "adm_2", "latitude"}
    | {"longitude", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec"}
    | {"date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"}
    | {"best", "high", "low", "best_est", "high_est", "low_est", "gwnoa", "gwnob"}
)
_ACLED = frozenset(
    {"event_id_cnty", "event_id_no_cnty", "data_id", "event_date", "year", "time_precision", "iso", "iso3"}
    | {"disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "ally_actor_1", "inter1"}
    | {"actor2", "assoc_actor_2", "ally_actor_2", "inter2", "interaction", "civilian_targeting", "region"}
    | {"country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"}
    | {"source_scale", "fatalities", "timestamp"}
)
_SAFE = _UCDP | _ACLED


def unread(reading: Reading) -> Spans:
    """The values of a coded row that are not to be shown; of any other document, none."""
    document = reading.document
    return tuple(_unsafe(document.text)) if document.genre == "coded" else ()


def stands_on_safe_cells(reading: Reading) -> bool:
    """Whether all records are of the reader of rows: those that a person added may quote any cell."""
    several = (reading.claims, reading.figures, reading.incidents, reading.relations)
    others = (reading.places, reading.times, reading.actors)
    return all(record.reader.startswith(READER) for records in (*several, *others) for record in records)


def _unsafe(text: str) -> list[Span]:
    found: list[Span] = []
    end, is_safe = -1, False
    for line in text.split("\n"):
        at = end + 1
        end = at + len(line)
        column, colon, _ = line.partition(": ")
        if colon and not line.startswith("  "):  # else the line goes on with the cell above it
            is_safe = column in _SAFE
            at += len(column) + len(colon)
        if not is_safe and at < end:
            found.append((at, end))
    return found
