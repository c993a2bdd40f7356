"""Rows that people coded, such as UCDP GED's and ACLED's events: cells into records, without a model.

cells        the columns of a row, in its frozen text
ged, acled   what each dataset's columns say, as one `Event`
records      the reading of an `Event`
"""

from __future__ import annotations

from marsad.reading.coded.annotator import annotate, version

__all__ = ["annotate", "version"]
