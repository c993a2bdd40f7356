"""States by the numbers that data of violence gives them: of Gleditsch and Ward (UCDP), and of VIEWS.

The table `states.csv` is that of VIEWS (https://viewsforecasting.org), with ISO 3166-1 alpha-2 for the states
of today; a state whose borders changed has several numbers of VIEWS.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple


class State(NamedTuple):
    """One state in one of its borders."""

    views: int
    gw: int
    code: str  # ISO 3166-1 alpha-2, XK for Kosovo; empty where it is none of today's
    name: str


@cache
def states() -> tuple[State, ...]:
    """The table, ordered by the number of VIEWS."""
    table = (resources.files("marsad.forecast") / "states.csv").read_text(encoding="utf-8")
    rows = csv.reader(table.splitlines()[1:])
    return tuple(State(int(views), int(gw), code, name) for views, gw, code, name in rows)


@cache
def of_code(code: str) -> State | None:
    """The state of today with this code of ISO 3166-1."""
    return next((each for each in states() if each.code == code), None)
