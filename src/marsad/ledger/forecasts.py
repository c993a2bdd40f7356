"""Forecasts that were issued: kept as they were said, and never changed.

A scorecard is worth something only where no forecast can be rewritten: each is an entry of the journal,
hashed and chained like a reading. The same forecast issued again is no other one.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, insert, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.schema import forecasts, journal
from marsad.ledger.store import Store
from marsad.records import forecast as records
from marsad.records.forecast import About, Forecast
from marsad.records.summary import Summary


class Issued(NamedTuple):
    """A forecast in the ledger, without its samples."""

    id: str
    recorded_at: str  # when it was issued
    about: About

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        about = self.about
        return {
            "id": self.id,
            "recorded_at": self.recorded_at,
            **{name: getattr(about, name) for name in _LISTED},
            "known_to": records.month_name(about.cut),
            "months": [records.month_name(month) for month in about.months],
            "units": len(about.units),
        }


_LISTED = ("model", "version", "data", "data_sha256", "violence", "level", "actor", "seed")


def issue(store: Store, forecast: Forecast) -> tuple[Issued, bool]:
    """Keep a forecast; when this returns, it is on disk.

    Returns:
        It as it was issued, and whether it is new: one that says the same from the same was issued before.
    """
    body = forecast.body
    row = {
        "given": records.given(forecast.about),
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }
    row["id"] = records.identifier(row["given"], row["body_sha256"])
    with store.writing() as (connection, writer):
        asked = select(journal.c.recorded_at).join(forecasts).where(forecasts.c.id == row["id"])
        if before := connection.execute(asked).scalar():
            return Issued(row["id"], before, forecast.about), False
        entry = writer.append("forecast", row["id"], row)
        connection.execute(insert(forecasts).values(entry=entry.number, body=body, **row))
    return Issued(row["id"], entry.recorded_at, forecast.about), True


def issued(store: Store) -> list[Issued]:
    """Every forecast, in the order in which they were issued.

    Raises:
        BadWorkspace: one is another than was issued.
    """
    asked = select(forecasts.c.id, forecasts.c.given, forecasts.c.body_sha256, journal.c.recorded_at)
    with store.database.reading() as connection:
        rows = connection.execute(asked.join(journal).order_by(forecasts.c.entry)).all()
    return [Issued(row.id, row.recorded_at, _about(row)) for row in rows]


def load(store: Store, start: str) -> Forecast:
    """A forecast with its samples.

    Args:
        start: its id, or how that begins.

    Raises:
        NotFound: none or several begin so.
        BadWorkspace: its samples are damaged, or it is another than was issued.
    """
    about, body = _found(store, start)
    return records.opened(about, body)


def summary(store: Store, start: str) -> tuple[About, Summary]:
    """A forecast without its samples, which may be many; otherwise as `load`."""
    about, body = _found(store, start)
    return about, records.summary_of(about, body)


def _found(store: Store, start: str) -> tuple[About, bytes]:
    """What a forecast was made from, and its bytes, checked against their hash."""
    asked = select(forecasts).where(forecasts.c.id.startswith(start, autoescape=True)).limit(2)
    with store.database.reading() as connection:
        rows = connection.execute(asked).all()
    if len(rows) != 1 or not start:
        raise NotFound(f"{start!r} begins {'several ids' if rows else 'no id'} of forecasts; give all of it")
    if hashlib.sha256(rows[0].body).hexdigest() == rows[0].body_sha256:
        return _about(rows[0]), rows[0].body
    raise BadWorkspace(f"forecast {rows[0].id}: its samples are damaged; restore a backup")


def _about(row: Row[*tuple[Any, ...]]) -> About:
    """What a forecast was made from, where its id is still that of what it says."""
    if records.identifier(row.given, row.body_sha256) != row.id:
        raise BadWorkspace(f"forecast {row.id}: is not what was issued, by its id; restore a backup")
    return msgspec.json.decode(row.given, type=About)
