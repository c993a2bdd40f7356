"""Following: ask what a feed lists, read what is new or changed in it, and record how that went.

    source → contents → what is new → originals → ingest → what became of each

A document is in the ledger before the entry that brought it is recorded as read, and both are before it
is acknowledged. So whenever the program is stopped, the next poll goes on with what is left; an entry
whose document was stored in the last moment is read again at most, and is `unchanged` then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from marsad import ingest
from marsad.errors import BadWorkspace, MarsadError, TooLarge, Unreachable
from marsad.ingest import Added, Outcome
from marsad.ledger import feeds
from marsad.ledger.feeds import Fetch, Follow, Poll, Polled, PollOutcome, Tried
from marsad.ledger.store import Store
from marsad.records.original import Original, Refused
from marsad.sources import lists
from marsad.sources.fetch import UNCONDITIONAL, Failed, Later, NotModified, Validators
from marsad.sources.items import Contents, Empty, Item, Opened, Source
from marsad.sources.pace import Forbidden, Visitor

TRIES = 6  # of an entry; then it is given up
FIRST_PAUSE = timedelta(minutes=15)  # after a failure; four times as long after each further one
IN_VAIN = 10  # entries in a row that cannot be had, after which a feed is left for its next poll
LONGEST_PAUSE = timedelta(days=1)
_MOST_WORDS = 300  # characters of a reason that are kept


class Waits(NamedTuple):
    """An entry could not be had; it is tried again at a later poll."""

    source: str
    reason: str


class Asked(NamedTuple):
    """A feed was asked: what it answered, before anything of it is read."""

    feed: str
    outcome: PollOutcome
    reason: str | None
    listed: int
    new: int


Event = Asked | Waits | Outcome


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Follower:
    """Follows feeds into one ledger, politely.

    Args:
        limit: entries that are read of one feed at one poll; the others wait for the next.
        now: tells the time; tests have a clock of their own.
    """

    def __init__(
        self,
        ledger: Store,
        visitor: Visitor,
        *,
        limit: int | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._ledger, self._visitor, self._limit, self._now = ledger, visitor, limit, now

    def follow(self, address: str) -> Iterator[Event]:
        """Follow what is at `address` from now on, and read what it lists; if it is followed, poll it.

        Raises:
            BadInput: it is no feed, no sitemap and no query. It is not remembered then.
            Unreachable: it does not answer. It is not remembered then.
        """
        feed = lists.canonical(address)
        if known := self._followed().get(feed):
            yield from self.poll(known)
            return
        try:
            source = lists.source(feed, self._visitor)
            contents = source.contents(UNCONDITIONAL)
        except MarsadError as error:
            raise type(error)(f"{feed}: {str(error).removeprefix(f'{feed}: ')}") from error
        if isinstance(contents, Later | Failed):
            raise Unreachable(f"{feed}: {contents.reason}")
        if isinstance(contents, NotModified):
            raise Unreachable(f"{feed}: answered 304")
        self._ledger.followed(feed, contents.kind, contents.title)
        yield from self._read(feed, source, contents)

    def due(self) -> list[Follow]:
        """The feeds that may be polled now."""
        return [each for each in self._followed().values() if self._may_ask(each.feed)]

    def _may_ask(self, feed: str) -> bool:
        with self._ledger.database.reading() as connection:
            last = feeds.last(connection, feed)
        return not (last and last.poll.due) or _moment(last.poll.due) <= self._now()

    def poll(self, follow: Follow) -> Iterator[Event]:
        """Ask a feed, and read what is new in it. That it cannot be reached is recorded, not raised."""
        feed = follow.feed
        try:
            source = lists.source(feed, self._visitor)
            contents = source.contents(self._validators(feed))
        except BadWorkspace:
            raise
        except MarsadError as error:
            outcome: PollOutcome = "unreached" if isinstance(error, Unreachable) else "unreadable"
            contents = None
            yield self._failed(feed, outcome, str(error).removeprefix(f"{feed}: "))
        if isinstance(contents, Later):
            yield self._failed(feed, "unreached", contents.reason, contents.wait)
        elif isinstance(contents, Failed):
            yield self._failed(feed, "gone" if contents.is_gone else "unreached", contents.reason)
        elif isinstance(contents, NotModified):
            yield self._unchanged(feed)
        elif contents is not None:
            yield from self._read(feed, source, contents)

    def _followed(self) -> dict[str, Follow]:
        return {each.feed: each for each in self._ledger.feeds() if each.ended is None}

    # What a feed answers

    def _validators(self, feed: str) -> Validators:
        """By which to ask; none where entries are left to be read, which only a whole list can tell."""
        with self._ledger.database.reading() as connection:
            last = feeds.last(connection, feed, "fetched")
            if last is None or feeds.untried(connection, last) > 0:
                return UNCONDITIONAL
            if any(self._is_due(each) for each in feeds.open_items(connection, feed).values()):
                return UNCONDITIONAL
        return Validators(last.poll.etag, last.poll.last_modified)

    def _failed(self, feed: str, outcome: PollOutcome, reason: str, wait: float | None = None) -> Asked:
        with self._ledger.database.reading() as connection:
            last = feeds.last(connection, feed)
            number = feeds.failures_in_a_row(connection, feed)
        due = last and last.poll.due
        if not (last and due and last.poll.outcome == outcome and self._now() < _moment(due)):
            pause = max(_pause(number), timedelta(seconds=wait or 0))
            until = (self._now() + pause).isoformat(timespec="seconds")
            self._ledger.polled(feed, Poll(outcome, reason, until))
        return Asked(feed, outcome, reason, 0, 0)

    def _unchanged(self, feed: str) -> Asked:
        with self._ledger.database.reading() as connection:
            last = feeds.last(connection, feed)
        if not self._goes_on(last):
            self._ledger.polled(feed, Poll("unchanged"))
        return Asked(feed, "unchanged", None, 0, 0)

    def _goes_on(self, last: Polled | None, trouble: str | None = None) -> bool:
        """Whether another answer without news needs no record of its own."""
        if last is None or last.poll.outcome not in feeds.REACHED or last.poll.reason != trouble:
            return False
        return self._now() - _moment(last.recorded_at) < feeds.HEARTBEAT

    # What is new

    def _read(self, feed: str, source: Source, contents: Contents) -> Iterator[Event]:
        items = {feeds.item(feed, each.address): each for each in contents.items}
        with self._ledger.database.reading() as connection:
            tried = feeds.tried(connection, list(items))
            failed = feeds.open_items(connection, feed)
            last = feeds.last(connection, feed)
        new = [name for name, each in items.items() if self._is_wanted(each, tried.get(name))]
        gone = [name for name, each in failed.items() if name not in items and self._is_due(each)]
        asked = Asked(feed, "fetched", contents.trouble, len(items), len(new))
        if not new and not gone and self._goes_on(last, contents.trouble):
            yield asked
            return
        poll = self._ledger.polled(
            feed,
            Poll(
                "fetched",
                contents.trouble,
                etag=contents.validators.etag,
                last_modified=contents.validators.last_modified,
                listed=len(items),
                seen=len(tried),
                new=len(new) + len(gone),
            ),
        )
        yield asked
        for name in gone:
            reason = f"is listed no longer; given up after {failed[name].tries} tries"
            self._ledger.fetched(feed, poll, Fetch(name, failed[name].version, "refused", reason))
        if contents.kind != "feed":  # the order of a feed is that of its publisher; a sitemap has none
            new.sort(key=lambda name: items[name].version, reverse=True)
        in_vain = 0
        for name in islice(new, self._limit):
            fetch, events = self._opened(source, name, items[name], tried.get(name))
            if fetch is not None:
                self._ledger.fetched(feed, poll, fetch)
            yield from events
            in_vain = in_vain + 1 if any(isinstance(event, Waits) for event in events) else 0
            if in_vain == IN_VAIN:  # other feeds wait too; the next poll goes on here
                return

    def _is_wanted(self, item: Item, before: Tried | None) -> bool:
        if before is None or before.version != feeds.version(item.version):
            return True
        return before.outcome == "failed" and self._is_due(before)

    def _is_due(self, failed: Tried) -> bool:
        return self._now() >= _moment(failed.recorded_at) + _pause(failed.tries - 1)

    def _opened(
        self, source: Source, name: str, item: Item, before: Tried | None
    ) -> tuple[Fetch | None, list[Event]]:
        """Read one entry: what is to be recorded of it, where it was asked for, and what to say."""
        version = feeds.version(item.version)
        found = _open(source, item)
        if isinstance(found, Original):
            outcomes = list(ingest.add_originals(self._ledger, [found]))
            return _fetch(name, version, outcomes), list(outcomes)
        if isinstance(found, Empty):
            return Fetch(name, version, "unchanged", "has no text of its own"), []
        if isinstance(found, Forbidden | Refused):
            return Fetch(name, version, "refused", found.reason), [Refused(item.address, found.reason)]
        if isinstance(found, Later) and not found.was_asked:
            return None, [Waits(item.address, found.reason)]
        tries = 1 + (before.tries if before and before.version == version else 0)
        if tries < TRIES:
            return Fetch(name, version, "failed", found.reason), [Waits(item.address, found.reason)]
        reason = f"given up after {tries} tries: {found.reason}"
        return Fetch(name, version, "refused", reason), [Refused(item.address, reason)]


def _open(source: Source, item: Item) -> Opened | Refused:
    try:
        return source.open(item)
    except TooLarge as error:
        return Refused(item.address, str(error).removeprefix(f"{item.address}: "))
    except MarsadError as error:
        return Later(str(error).removeprefix(f"{item.address}: "))


def _fetch(name: str, version: str, outcomes: Sequence[Outcome]) -> Fetch:
    """What became of an entry whose documents went to the ledger."""
    stored = [each for each in outcomes if not isinstance(each, Refused)]
    reasons = "; ".join(each.reason for each in outcomes if isinstance(each, Refused))[:_MOST_WORDS]
    if not stored:
        return Fetch(name, version, "refused", reasons or "there is no document in it")
    is_added = any(isinstance(each, Added) for each in stored)
    return Fetch(name, version, "added" if is_added else "unchanged", reasons or None, stored[0].document_id)


def _pause(failures: int) -> timedelta:
    """How long to wait after so many failures before the last one."""
    return min(FIRST_PAUSE * int(4 ** min(failures, 8)), LONGEST_PAUSE)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
