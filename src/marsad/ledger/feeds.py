"""Facts of what is followed: since when, when it was asked, and what became of each entry of it.

An entry is known by a hash of its feed and address: an address can name a person, and a redaction must
leave nothing behind. That a poll found nothing new is recorded only where the answer is another than
before, or `HEARTBEAT` has passed: facts are added and never changed, and a poll every quarter of an hour
would fill the journal otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Table, desc, func, insert, select

from marsad.errors import BadInput, NotFound
from marsad.ledger.journal import Entry, Writer
from marsad.ledger.schema import fetches, follows, journal, polls

PollOutcome = Literal["fetched", "unchanged", "unreached", "gone", "unreadable"]
FetchOutcome = Literal["added", "unchanged", "refused", "failed"]

REACHED = ("fetched", "unchanged")
HEARTBEAT = timedelta(hours=6)  # between two records of the same answer
_TOGETHER = 500  # values in one question to the database


class Follow(NamedTuple):
    """A feed that is or was followed."""

    feed: str
    kind: str  # feed, sitemap, index or reliefweb
    title: str | None
    began: str
    ended: str | None = None


class Poll(NamedTuple):
    """What came of asking a feed once."""

    outcome: PollOutcome
    reason: str | None = None
    due: str | None = None  # the moment before which it is not to be asked again
    etag: str | None = None
    last_modified: str | None = None
    listed: int = 0
    seen: int = 0  # of the entries listed, that had been read from an earlier list
    new: int = 0  # that are to be read now


class Polled(NamedTuple):
    """A poll as it was recorded."""

    entry: int
    recorded_at: str
    poll: Poll


class Fetch(NamedTuple):
    """What became of one entry of a list. One that failed is tried again."""

    item: str
    version: str
    outcome: FetchOutcome
    reason: str | None = None
    document: str | None = None


class Tried(NamedTuple):
    """What became of an entry the last time."""

    version: str
    outcome: str
    tries: int  # that failed, of this version
    recorded_at: str


def item(feed: str, address: str) -> str:
    """By what an entry of a feed is known: 32 hexadecimal digits."""
    return _hash(f"{feed}\n{address}")


def version(stated: str) -> str:
    """By what a state of an entry is known; empty where it states nothing that changes with it."""
    return _hash(stated) if stated else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# In


def follow(connection: Connection, writer: Writer, feed: str, kind: str, title: str | None) -> Entry:
    """Follow a feed from now on.

    Raises:
        BadInput: it is followed already.
    """
    if feed in _followed(connection):
        raise BadInput(f"{feed}: is followed already")
    row = {"feed": feed, "followed": 1, "kind": kind, "title": title}
    return _put(connection, writer, "follow", follows, feed, row)


def unfollow(connection: Connection, writer: Writer, feed: str) -> Entry:
    """Follow a feed no longer. What it brought, and its history, stay.

    Raises:
        NotFound: it is not followed.
    """
    found = _followed(connection).get(feed)
    if found is None:
        raise NotFound(f"{feed}: is not followed; see marsad feeds")
    row = {"feed": feed, "followed": 0, "kind": found.kind, "title": found.title}
    return _put(connection, writer, "unfollow", follows, feed, row)


def polled(connection: Connection, writer: Writer, feed: str, poll: Poll) -> Entry:
    """Record what came of asking a feed."""
    return _put(connection, writer, "poll", polls, feed, {"feed": feed, **poll._asdict()})


def fetched(connection: Connection, writer: Writer, feed: str, poll: int, fetch: Fetch) -> Entry:
    """Record what became of an entry that the poll of journal entry `poll` listed."""
    return _put(connection, writer, "fetch", fetches, feed, {"poll": poll, **fetch._asdict()})


def _put(
    connection: Connection, writer: Writer, action: str, table: Table, subject: str, row: dict[str, Any]
) -> Entry:
    entry = writer.append(action, subject, row)
    connection.execute(insert(table).values(**row, entry=entry.number))
    return entry


# Out


def followed(connection: Connection) -> list[Follow]:
    """All that is or was followed, by address; what was taken up again is told from then on."""
    found: dict[str, Follow] = {}
    asked = select(follows, journal.c.recorded_at).join(journal, journal.c.number == follows.c.entry)
    for row in connection.execute(asked.order_by(follows.c.entry)):
        if row.followed:
            found[row.feed] = Follow(row.feed, row.kind, row.title, row.recorded_at)
        else:
            found[row.feed] = found[row.feed]._replace(ended=row.recorded_at)
    return [found[feed] for feed in sorted(found)]


def _followed(connection: Connection) -> dict[str, Follow]:
    return {each.feed: each for each in followed(connection) if each.ended is None}


def history(connection: Connection, feed: str) -> list[Polled]:
    """The polls of a feed that were recorded, oldest first."""
    return [_polled(row) for row in connection.execute(_polls(feed).order_by(polls.c.entry))]


def last(connection: Connection, feed: str, *outcomes: PollOutcome) -> Polled | None:
    """The newest poll of a feed with one of these outcomes, or with any."""
    asked = _polls(feed).order_by(desc(polls.c.entry)).limit(1)
    if outcomes:
        asked = asked.where(polls.c.outcome.in_(outcomes))
    row = connection.execute(asked).first()
    return None if row is None else _polled(row)


def _polls(feed: str) -> Any:  # noqa: ANN401 - a select
    joined = select(polls, journal.c.recorded_at).join(journal, journal.c.number == polls.c.entry)
    return joined.where(polls.c.feed == feed)


def _polled(row: Any) -> Polled:  # noqa: ANN401 - a row
    return Polled(row.entry, row.recorded_at, Poll(**{name: getattr(row, name) for name in Poll._fields}))


def that_listed(connection: Connection, document: str) -> tuple[str, ...]:
    """The feeds by which a document came, by address."""
    asked = select(polls.c.feed).join(fetches, fetches.c.poll == polls.c.entry).distinct()
    return tuple(sorted(connection.execute(asked.where(fetches.c.document == document)).scalars()))


def failures_in_a_row(connection: Connection, feed: str) -> int:
    """How many polls of a feed were recorded since it was last reached."""
    reached = select(func.max(polls.c.entry)).where(polls.c.feed == feed, polls.c.outcome.in_(REACHED))
    since = func.coalesce(reached.scalar_subquery(), 0)
    asked = select(func.count()).select_from(polls).where(polls.c.feed == feed, polls.c.entry > since)
    return int(connection.execute(asked).scalar_one())


def tried(connection: Connection, items: Sequence[str]) -> dict[str, Tried]:
    """What became of these entries, as far as they were ever tried."""
    found: dict[str, Tried] = {}
    for begin in range(0, len(items), _TOGETHER):
        asked = _fetches().where(fetches.c.item.in_(items[begin : begin + _TOGETHER]))
        _gather(connection, asked, found)
    return found


def open_items(connection: Connection, feed: str) -> dict[str, Tried]:
    """The entries of a feed whose last try failed."""
    of_feed = select(polls.c.entry).where(polls.c.feed == feed)
    failed = select(fetches.c.item).where(fetches.c.outcome == "failed", fetches.c.poll.in_(of_feed))
    found: dict[str, Tried] = {}
    _gather(connection, _fetches().where(fetches.c.item.in_(failed)), found)
    return {name: each for name, each in found.items() if each.outcome == "failed"}


def untried(connection: Connection, poll: Polled) -> int:
    """How many of the entries that a poll found new were not tried: it was stopped, or had a limit."""
    asked = select(func.count(func.distinct(fetches.c.item))).where(fetches.c.poll == poll.entry)
    return poll.poll.new - int(connection.execute(asked).scalar_one())


def _fetches() -> Any:  # noqa: ANN401 - a select
    joined = select(fetches, journal.c.recorded_at).join(journal, journal.c.number == fetches.c.entry)
    return joined.order_by(fetches.c.entry)


def _gather(connection: Connection, asked: Any, found: dict[str, Tried]) -> None:  # noqa: ANN401 - a select
    for row in connection.execute(asked):
        before = found.get(row.item)
        tries = before.tries if before and before.version == row.version else 0
        tries += row.outcome == "failed"
        found[row.item] = Tried(row.version, row.outcome, tries, row.recorded_at)
