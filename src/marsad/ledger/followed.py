"""What a ledger records of feeds: which are followed, when they were asked, what became of entries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from marsad.errors import NotFound
from marsad.ledger import coverage, feeds
from marsad.ledger.coverage import Coverage
from marsad.ledger.database import Database
from marsad.ledger.feeds import Fetch, Follow, Poll, Polled
from marsad.ledger.journal import Writer


class Followed(ABC):
    """The part of `Store` that is about feeds."""

    database: Database

    @abstractmethod
    def writing(self) -> AbstractContextManager[tuple[Connection, Writer]]:
        """One transaction under the ledger's lock, with the journal to which it appends."""

    def followed(self, feed: str, kind: str, title: str | None) -> None:
        """Record that a feed, by its address, is followed from now on; `marsad.following` asks it."""
        with self.writing() as (connection, writer):
            feeds.follow(connection, writer, feed, kind, title)

    def unfollow(self, feed: str) -> None:
        """Follow a feed no longer. What it brought, and its history, stay."""
        with self.writing() as (connection, writer):
            feeds.unfollow(connection, writer, feed)

    def polled(self, feed: str, poll: Poll) -> Polled:
        """Record what came of asking a feed."""
        with self.writing() as (connection, writer):
            entry = feeds.polled(connection, writer, feed, poll)
        return Polled(entry.number, entry.recorded_at, poll)

    def fetched(self, feed: str, poll: Polled, fetch: Fetch) -> None:
        """Record what became of an entry that a poll found in a feed."""
        with self.writing() as (connection, writer):
            feeds.fetched(connection, writer, feed, poll.entry, fetch)

    def feeds(self) -> list[Follow]:
        """What is or was followed, by address."""
        with self.database.reading() as connection:
            return feeds.followed(connection)

    def coverage(self, feed: str) -> Coverage:
        """Since when a feed was covered, with which gaps, and what it brought.

        Raises:
            NotFound: it was never followed.
        """
        with self.database.reading() as connection:
            for each in feeds.followed(connection):
                if each.feed == feed:
                    return coverage.coverage(connection, each)
        raise NotFound(f"{feed}: was never followed; see marsad feeds")
