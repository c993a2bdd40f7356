"""The journal: every change of the ledger, numbered, dated, and chained by hash to the one before.

An entry's `content_sha256` is the hash of the fact that it records, and `chain_sha256` that of the
entry itself with the chain before it. So a changed, lost or exchanged fact is found by `marsad
check`, and two ledgers with the same last chain hash hold the same history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, desc, func, insert, select

from marsad.errors import BadInput
from marsad.ledger import bulk
from marsad.ledger.schema import journal, runs
from marsad.version import VERSION

# after these an earlier answer lacks documents, and says nothing that is no longer so
GROWTH = ("read", "poll", "fetch", "follow", "unfollow", "forecast", "score")

_canonical = msgspec.json.Encoder(order="deterministic").encode


class Run(NamedTuple):
    """One call of a program that changes the ledger: an activity, in the terms of PROV."""

    began_at: str
    program: str
    command: str


class Entry(NamedTuple):
    number: int
    recorded_at: str


def new_run(command: str) -> Run:
    return Run(now(), f"marsad@{VERSION}", command)


def put_run(connection: Connection, run: Run) -> int:
    """Record `run` and give its number."""
    number = int(connection.execute(select(func.max(runs.c.id))).scalar() or 0) + 1
    connection.execute(insert(runs).values(id=number, **run._asdict()))
    return number


class Writer:
    """Appends to the journal inside one transaction, which must hold the ledger's lock."""

    def __init__(self, connection: Connection, run_id: int, run: Run) -> None:
        self._connection = connection
        self._run_id, self._run = run_id, run
        last = select(journal.c.number, journal.c.recorded_at, journal.c.chain_sha256)
        row = connection.execute(last.order_by(desc(journal.c.number)).limit(1)).first()
        self._number, self._moment, self._chain = tuple(row) if row else (0, "", "")

    def append(self, action: str, subject: str, content: Mapping[str, Any]) -> Entry:
        """Add the entry of a fact, whose row is then to be added with the entry's number."""
        return self.extend([(action, subject, content)])[0]

    def extend(self, facts: Sequence[tuple[str, str, Mapping[str, Any]]]) -> list[Entry]:
        """Add entries: of each, what is done, to what, and the content of the fact."""
        rows = [self._row(*fact) for fact in facts]
        bulk.insert(self._connection, journal, rows)
        return [Entry(row["number"], row["recorded_at"]) for row in rows]

    def _row(self, action: str, subject: str, content: Mapping[str, Any]) -> dict[str, Any]:
        self._number += 1
        self._moment = _later(self._moment)
        row = {
            "number": self._number,
            "recorded_at": self._moment,
            "run": self._run_id,
            "action": action,
            "subject": subject,
            "content_sha256": content_hash(content),
        }
        self._chain = chain_hash(self._chain, row, self._run)
        return {**row, "chain_sha256": self._chain}


def content_hash(content: Mapping[str, Any]) -> str:
    """Of a fact's row without its entry, and with the hashes of its bodies in their place."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def chain_hash(before: str, row: Mapping[str, Any], run: Run) -> str:
    """Of an entry, the run that made it, and the chain before it."""
    names = ("number", "recorded_at", "run", "action", "subject", "content_sha256")
    what = [before, *(row[name] for name in names), *run]
    return hashlib.sha256(_canonical(what)).hexdigest()


def through(connection: Connection, moment: str | None) -> int:
    """The number of the last entry that was recorded at `moment` or before; 0 where there is none.

    Raises:
        BadInput: `moment` is no ISO 8601 moment or day.
    """
    last = select(func.max(journal.c.number))
    if moment is not None:
        last = last.where(journal.c.recorded_at <= utc(moment))
    return int(connection.execute(last).scalar() or 0)


def is_decided(connection: Connection, since: int) -> bool:
    """Whether anything but `GROWTH` came after a number: a review, a merge, a rating, a lift, a redaction."""
    asked = select(journal.c.number).where(journal.c.number > since, journal.c.action.not_in(GROWTH))
    return connection.execute(asked.limit(1)).first() is not None


def utc(moment: str) -> str:
    """An ISO 8601 moment in the form that the ledger keeps; a day means its end, in UTC.

    Raises:
        BadInput: it is none.
    """
    try:
        found = datetime.fromisoformat(moment.strip())
    except ValueError:
        raise BadInput(f"{moment}: no moment; give YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00") from None
    if len(moment.strip()) == len("2019-03-23"):
        found += timedelta(days=1, microseconds=-1)
    return _text(found if found.tzinfo else found.replace(tzinfo=UTC))


def entries(connection: Connection, subject: str | None = None) -> list[Row[Any]]:
    """The journal with the runs, oldest first; `subject` is an id or how it begins."""
    asked = (
        select(journal, runs.c.program, runs.c.command)
        .join(runs, runs.c.id == journal.c.run)
        .order_by(journal.c.number)
    )
    if subject:
        asked = asked.where(journal.c.subject.startswith(subject, autoescape=True))
    return list(connection.execute(asked))


def _later(moment: str) -> str:
    """Now, but later than `moment`: a clock that is set back must not reorder the journal."""
    if (present := now()) > moment:
        return present
    return _text(datetime.fromisoformat(moment) + timedelta(microseconds=1))


def now() -> str:
    """This moment, as the ledger writes it."""
    return _text(datetime.now(UTC))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
