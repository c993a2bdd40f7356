"""How far what is followed was covered: since when, with which gaps, and what it brought.

A list shows the newest entries of a source. So nothing was missed between two polls where the later one
still listed an entry that had been read before, or was answered as unchanged, however long the pause;
where it listed new entries alone, some may have gone by: a **gap**. ReliefWeb's archive is asked for all
that changed since, and has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, func, select

from marsad.ledger import feeds
from marsad.ledger.feeds import REACHED, Follow, Polled
from marsad.ledger.schema import fetches, polls, shown_documents


class Stretch(NamedTuple):
    """A time between two moments of the ledger."""

    state: Literal["covered", "gap", "unreached"]
    began: str
    ended: str
    reason: str | None = None  # why it was not reached


class Published(NamedTuple):
    """What the ledger has of one publisher: the first and last days of it, and how many documents."""

    publisher: str | None
    documents: int
    published_first: str | None
    published_last: str | None
    recorded_first: str
    recorded_last: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The history of one feed. `stretches` are in order; those `unreached` lie within the others."""

    feed: str
    kind: str
    title: str | None
    began: str
    ended: str | None
    last_polled: str | None  # that was recorded; see ledger.feeds
    last_outcome: str | None
    last_reason: str | None
    due: str | None
    polls: int
    seen: int  # different entries that were tried
    added: int  # documents, of new entries and of changed ones
    refused: int
    open: int  # entries that failed and are tried again
    stretches: tuple[Stretch, ...]
    publishers: tuple[Published, ...]

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        rows = {
            name: [each._asdict() for each in getattr(self, name)] for name in ("stretches", "publishers")
        }
        return asdict(self) | rows


def coverage(connection: Connection, follow: Follow) -> Coverage:
    """The history of what is or was followed."""
    history = feeds.history(connection, follow.feed)
    newest = history[-1] if history else None
    outcomes = _outcomes(connection, follow.feed)
    return Coverage(
        feed=follow.feed,
        kind=follow.kind,
        title=follow.title,
        began=follow.began,
        ended=follow.ended,
        last_polled=newest and newest.recorded_at,
        last_outcome=newest and newest.poll.outcome,
        last_reason=newest and newest.poll.reason,
        due=newest and newest.poll.due,
        polls=len(history),
        seen=_seen(connection, follow.feed),
        added=outcomes["added"],
        refused=outcomes["refused"],
        open=len(feeds.open_items(connection, follow.feed)),
        stretches=tuple(_stretches(follow, history)),
        publishers=tuple(publishers(connection, follow.feed)),
    )


def _outcomes(connection: Connection, feed: str) -> Counter[str]:
    asked = select(fetches.c.outcome, func.count()).join(polls, polls.c.entry == fetches.c.poll)
    rows = connection.execute(asked.where(polls.c.feed == feed).group_by(fetches.c.outcome))
    return Counter({row[0]: row[1] for row in rows})


def _seen(connection: Connection, feed: str) -> int:
    asked = select(func.count(func.distinct(fetches.c.item))).join(polls, polls.c.entry == fetches.c.poll)
    return int(connection.execute(asked.where(polls.c.feed == feed)).scalar_one())


def _stretches(follow: Follow, history: Sequence[Polled]) -> Iterator[Stretch]:
    """What lies between the polls that reached the feed, joined; then the times without an answer."""
    reached = [each for each in history if each.poll.outcome in REACHED]
    between = [
        Stretch("covered" if _reaches_back(follow, later) else "gap", earlier.recorded_at, later.recorded_at)
        for earlier, later in pairwise(reached)
    ]
    yield from _joined(between)
    yield from _unreached(history)


def _reaches_back(follow: Follow, poll: Polled) -> bool:
    """Whether nothing can have gone by between the poll before and this one."""
    found = poll.poll
    return follow.kind == "reliefweb" or found.outcome == "unchanged" or found.seen > 0 or found.listed == 0


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    open_: Stretch | None = None
    for each in stretches:
        if open_ and open_.state == each.state == "covered":
            open_ = open_._replace(ended=each.ended)
            continue
        if open_:
            yield open_
        open_ = each
    if open_:
        yield open_


def _unreached(history: Sequence[Polled]) -> Iterator[Stretch]:
    """From the first poll without an answer to the next one that had one, or to the last of them."""
    open_: Stretch | None = None
    for each in history:
        poll = each.poll
        if poll.outcome not in REACHED:
            began = open_.began if open_ else each.recorded_at
            open_ = Stretch("unreached", began, each.recorded_at, poll.reason)
        elif open_:
            yield open_._replace(ended=each.recorded_at)
            open_ = None
    if open_:
        yield open_


def publishers(connection: Connection, feed: str | None = None) -> list[Published]:
    """What the ledger has of each publisher, or of those that came by a feed, by name."""
    of = shown_documents.c
    asked = select(
        of.publisher,
        func.count(),
        func.min(of.published_from),
        func.max(of.published_to),
        func.min(of.recorded_at),
        func.max(of.recorded_at),
    )
    if feed is not None:
        came = (
            select(fetches.c.document)
            .join(polls, polls.c.entry == fetches.c.poll)
            .where(polls.c.feed == feed)
        )
        asked = asked.where(of.id.in_(came))
    rows = connection.execute(asked.group_by(of.publisher))
    return sorted((Published(*row) for row in rows), key=lambda each: (each.publisher is None, each))
