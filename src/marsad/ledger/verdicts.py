"""What came of issued forecasts, kept beside them: an entry of the journal each, never changed.

Another state of the data gives another verdict, which stands beside the earlier one; where it says the same,
none is added.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, desc, insert, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.schema import forecasts, journal, verdicts
from marsad.ledger.store import Store
from marsad.records import verdict as records
from marsad.records.forecast import identifier
from marsad.records.verdict import Basis, Verdict


class Kept(NamedTuple):
    """A verdict in the ledger, without its figures."""

    id: str
    recorded_at: str
    basis: Basis


def keep(store: Store, verdict: Verdict) -> tuple[Kept, bool]:
    """Keep a verdict; when this returns, it is on disk.

    Returns:
        It as it is kept, and whether it is new: the newest of the forecast may say the same.

    Raises:
        NotFound: no such forecast was issued here.
    """
    body = records.packed(verdict)
    row = {
        "forecast": verdict.basis.forecast,
        "given": msgspec.json.encode(verdict.basis).decode(),
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }
    row["id"] = identifier(row["given"], row["body_sha256"])
    with store.writing() as (connection, writer):
        if connection.execute(select(forecasts.c.id).filter_by(id=row["forecast"])).first() is None:
            raise NotFound(f"forecast {row['forecast']}: was not issued here")
        asked = _asked.where(verdicts.c.forecast == row["forecast"]).order_by(desc(verdicts.c.entry)).limit(1)
        before = connection.execute(asked).first()
        if before and before.body_sha256 == row["body_sha256"]:
            return _kept(before), False
        entry = writer.append("score", row["forecast"], row)
        connection.execute(insert(verdicts).values(entry=entry.number, body=body, **row))
    return Kept(row["id"], entry.recorded_at, verdict.basis), True


def kept(store: Store) -> list[Kept]:
    """Every verdict, in the order in which they were recorded.

    Raises:
        BadWorkspace: one is another than was kept.
    """
    with store.database.reading() as connection:
        rows = connection.execute(_asked.order_by(verdicts.c.entry)).all()
    return [_kept(row) for row in rows]


def load(store: Store, id: str) -> Verdict:  # noqa: A002 - as the column
    """A verdict with its figures.

    Raises:
        NotFound: there is none of this id.
        BadWorkspace: its figures are damaged, or it is another than was kept.
    """
    with store.database.reading() as connection:
        row = connection.execute(select(verdicts).filter_by(id=id)).first()
    if row is None:
        raise NotFound(f"no verdict {id}")
    if hashlib.sha256(row.body).hexdigest() == row.body_sha256:
        return records.unpacked(_basis(row), row.body)
    raise BadWorkspace(f"verdict {id}: its figures are damaged; restore a backup")


_asked = select(
    verdicts.c.id, journal.c.recorded_at, verdicts.c.given, verdicts.c.body_sha256
).join(journal)  # fmt: skip


def _kept(row: Row[*tuple[Any, ...]]) -> Kept:
    return Kept(row.id, row.recorded_at, _basis(row))


def _basis(row: Row[*tuple[Any, ...]]) -> Basis:
    """What a verdict rests on, where its id is still that of what it says."""
    if identifier(row.given, row.body_sha256) != row.id:
        raise BadWorkspace(f"verdict {row.id}: is not what was kept, by its id; restore a backup")
    return msgspec.json.decode(row.given, type=Basis)
