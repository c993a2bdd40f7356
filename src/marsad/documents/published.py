"""A date of publication as somebody gave it, as days."""

from __future__ import annotations

import re
from typing import Literal

from marsad.errors import BadInput
from marsad.records.interval import parse
from marsad.records.reading import Published

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d[\d:.,+\-Z ]{0,40}", re.ASCII)  # the day as it was written


def published(given: str, basis: Literal["given", "stated"] = "given") -> Published:
    """First and last day of `given`: `2024-03-05`, `2024-03`, `2024`, or an ISO 8601 instant.

    Raises:
        BadInput: none of these, or no such day.
    """
    instant = _INSTANT.fullmatch(given.strip())
    date = instant[1] if instant else given.strip()
    if not _DATE.fullmatch(date):
        raise BadInput(f"published {given[:80]!r} is not a date; give YYYY-MM-DD, YYYY-MM or YYYY")
    try:
        interval = parse(date)
    except BadInput:
        raise BadInput(f"published {given[:80]!r} is not a day of the calendar") from None
    return Published(earliest=interval.earliest, latest=interval.latest, basis=basis)
