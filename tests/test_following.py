"""Following feeds into a ledger, against a server as feeds, sitemaps and ReliefWeb are documented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from marsad.errors import BadInput, NotFound, Unreachable
from marsad.following import IN_VAIN, TRIES, Asked, Event, Follower, Waits
from marsad.ingest import Added, Unchanged
from marsad.ledger import journal
from marsad.ledger.backup import backup, restore
from marsad.ledger.checking import check
from marsad.ledger.coverage import Coverage
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.records.original import Refused
from marsad.sources.pace import Clock, Visitor

from .sources.conftest import site as site  # noqa: PLC0414 - the fixture, shared
from .sources.reliefweb import NAME, Api
from .sources.site import Site, answering, respond


class Time:
    """A clock that a test owns, for pauses and for what is due."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += timedelta(seconds=seconds)

    def pass_(self, **parts: float) -> None:
        self.passed += timedelta(**parts)


class Desk:
    """A ledger that follows the feeds of a site."""

    def __init__(self, ledger: Store, site: Site, time: Time) -> None:
        self.ledger, self.site, self.time = ledger, site, time
        self.feed = f"{site.address}/feed"

    def follower(self, limit: int | None = None) -> tuple[Follower, Visitor]:
        visitor = Visitor(Clock(lambda: self.time.now().timestamp(), self.time.sleep))
        return Follower(self.ledger, visitor, limit=limit, now=self.time.now), visitor

    def follow(self, address: str | None = None, limit: int | None = None) -> list[Event]:
        follower, visitor = self.follower(limit)
        with visitor:
            return list(follower.follow(address or self.feed))

    def poll(self, limit: int | None = None) -> list[Event]:
        """Poll whatever is due."""
        follower, visitor = self.follower(limit)
        with visitor:
            return [event for feed in follower.due() for event in follower.poll(feed)]

    def serve(self, *pages: str, words: str = "{}: the group has 300 men.") -> None:
        """A feed with these pages, newest first, each at its own path."""
        for page in pages:
            self.site.serve(f"/{page}", words.format(page).encode(), headers={"Content-Type": "text/plain"})
        self.site.serve_conditionally("/feed", rss(pages))

    @property
    def coverage(self) -> Coverage:
        return self.ledger.coverage(self.feed)

    def is_sound(self) -> bool:
        return all(problem.is_harmless for problem in check(self.ledger))


def rss(pages: Sequence[str], dates: Sequence[str] = ()) -> bytes:
    dated = [f"<dc:date>{date}</dc:date>" for date in dates] or [""] * len(pages)
    items = "".join(
        f"<item><title>About {page}</title><link>/{page}</link>{date}</item>"
        for page, date in zip(pages, dated, strict=True)
    )
    head = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    return f"{head}<channel><title>Karoum Daily</title>{items}</channel></rss>".encode()


def added(events: Sequence[Event]) -> list[str]:
    return [event.source.rpartition("/")[2] for event in events if isinstance(event, Added)]


def of(events: Sequence[Event], kind: type) -> list[str]:
    return [event.source.rpartition("/")[2] for event in events if isinstance(event, kind)]


@pytest.fixture
def desk(address: str, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    time = Time()
    # the ledger's clock is that of the test, too
    monkeypatch.setattr(journal, "now", lambda: time.now().isoformat(timespec="microseconds"))
    with Store.open(address, create=True, command="follow") as ledger:
        yield Desk(ledger, site, time)


def test_what_a_feed_lists_is_read_and_then_only_what_is_new(desk: Desk) -> None:
    desk.serve("b", "a")
    first = desk.follow()
    assert first[0] == Asked(desk.feed, "fetched", None, 2, 2)
    assert added(first) == ["b", "a"]
    document = next(each for each in desk.ledger.documents() if each.document.url == f"{desk.site.address}/a")
    assert (document.document.title, document.document.publisher) == ("About a", "Karoum Daily")
    assert desk.poll() == [Asked(desk.feed, "unchanged", None, 0, 0)]
    desk.serve("c", "b", "a")
    assert added(desk.poll()) == ["c"]
    assert desk.site.paths.count("/a") == 1
    assert desk.is_sound()


def test_an_entry_that_changed_is_read_again(desk: Desk) -> None:
    desk.serve("a")
    desk.site.serve("/feed", rss(["a"], ["2024-05-06T10:00:00Z"]))
    assert added(desk.follow()) == ["a"]
    desk.site.serve("/a", b"a: the group has 500 men.", headers={"Content-Type": "text/plain"})
    assert desk.poll() == [Asked(desk.feed, "fetched", None, 1, 0)]
    desk.site.serve("/feed", rss(["a"], ["2024-05-07T10:00:00Z"]))
    assert added(desk.poll()) == ["a"]
    assert desk.ledger.documents().count().number == 2
    assert desk.coverage.seen == 1


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [(b"<html><p>A page</p></html>", 200, BadInput), (b"", 404, Unreachable), (b"<rss", 200, BadInput)],
)
def test_what_is_no_feed_is_not_remembered(desk: Desk, body: bytes, status: int, error: type) -> None:
    desk.site.serve("/feed", body, status=status)
    with pytest.raises(error, match="/feed: "):
        desk.follow()
    assert desk.ledger.feeds() == []


@pytest.mark.parametrize("typed", ["feed.xml", "ftp://a.example/feed", "", "http:/x", "reliefweb:"])
def test_what_cannot_be_followed_is_said(desk: Desk, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_RELIEFWEB_APPNAME", "desk")
    follower, visitor = desk.follower()
    with visitor, pytest.raises(BadInput):
        list(follower.follow(typed))


def test_one_bad_page_costs_only_itself(desk: Desk) -> None:
    desk.serve("d", "c", "b", "a")
    desk.site.serve("/robots.txt", b"User-agent: *\nDisallow: /d\n")
    desk.site.serve("/c", b"\x00\x01\x02", headers={"Content-Type": "text/plain"})
    desk.site.serve("/b", status=404)
    events = desk.follow()
    assert added(events) == ["a"]
    assert of(events, Refused) == ["d", "c"]
    assert of(events, Waits) == ["b"]
    assert "robots.txt" in next(event.reason for event in events if isinstance(event, Refused))
    found = desk.coverage
    assert (found.seen, found.added, found.refused, found.open) == (4, 1, 2, 1)
    assert desk.is_sound()


def test_what_failed_is_tried_again_and_given_up_in_the_end(desk: Desk) -> None:
    desk.serve("a")
    desk.site.serve("/a", status=404)
    tries = [desk.follow()]
    for _ in range(TRIES - 1):
        assert of(desk.poll(), Waits) == []  # not yet
        desk.time.pass_(days=1)
        tries.append(desk.poll())
    assert [of(events, Waits) for events in tries] == [["a"]] * (TRIES - 1) + [[]]
    (refused,) = [event for event in tries[-1] if isinstance(event, Refused)]
    assert refused.reason == f"given up after {TRIES} tries: answered 404 Not Found"
    desk.time.pass_(days=30)
    assert of(desk.poll(), Waits) == []
    assert desk.site.paths.count("/a") == TRIES
    assert (desk.coverage.open, desk.coverage.refused) == (0, 1)
    assert desk.is_sound()


def test_what_failed_is_read_when_it_can_be(desk: Desk) -> None:
    desk.serve("a")
    desk.site.serve("/a", status=404)
    desk.follow()
    desk.serve("a")  # the feed has not changed, and would answer so
    desk.time.pass_(minutes=16)
    assert added(desk.poll()) == ["a"]
    assert desk.coverage.open == 0


def test_what_failed_and_is_listed_no_longer_is_given_up(desk: Desk) -> None:
    desk.serve("b", "a")
    desk.site.serve("/a", status=404)
    desk.follow()
    desk.serve("c", "b")
    desk.time.pass_(minutes=16)
    assert added(desk.poll()) == ["c"]
    assert (desk.coverage.open, desk.coverage.refused) == (0, 1)


def test_a_feed_of_pages_that_do_not_answer_does_not_hold_up_the_others(desk: Desk) -> None:
    pages = [f"p{number}" for number in range(IN_VAIN + 5)]
    desk.serve(*pages)
    for page in pages[:-1]:
        desk.site.serve(f"/{page}", status=404)
    assert len(of(desk.follow(), Waits)) == IN_VAIN
    events = desk.poll()
    assert len(of(events, Waits)) == 4
    assert added(events) == [pages[-1]]


def test_a_limit_leaves_the_rest_for_the_next_poll(desk: Desk) -> None:
    desk.serve("e", "d", "c", "b", "a")
    assert added(desk.follow(limit=2)) == ["e", "d"]
    assert added(desk.poll(limit=2)) == ["c", "b"]
    assert added(desk.poll(limit=2)) == ["a"]
    assert desk.poll(limit=2) == [Asked(desk.feed, "unchanged", None, 0, 0)]


@pytest.mark.parametrize("stop", range(1, 5))
def test_wherever_it_is_stopped_nothing_is_lost_or_done_twice(desk: Desk, stop: int) -> None:
    desk.serve("c", "b", "a")
    follower, visitor = desk.follower()
    with visitor:
        events = follower.follow(desk.feed)
        said = [next(events) for _ in range(stop)]
        events.close()  # type: ignore[attr-defined]
    said += desk.poll()
    assert sorted(added(said)) == ["a", "b", "c"]
    assert of(said, Unchanged) == []
    assert [desk.site.paths.count(f"/{page}") for page in "abc"] == [1, 1, 1]
    assert desk.is_sound()


def test_a_feed_that_asks_to_wait_is_left_alone_as_long(desk: Desk) -> None:
    desk.serve("a")
    desk.follow()
    desk.site.serve("/feed", status=503, headers={"Retry-After": "7200"})
    (asked,) = desk.poll()
    assert isinstance(asked, Asked)
    assert (asked.outcome, asked.reason) == ("unreached", "answered 503 Service Unavailable")
    desk.time.pass_(minutes=119)
    assert desk.poll() == []
    desk.time.pass_(minutes=2)
    desk.serve("b", "a")
    assert added(desk.poll()) == ["b"]


def test_a_feed_that_fails_is_asked_less_and_less(desk: Desk) -> None:
    desk.serve("a")
    desk.follow()
    desk.site.serve("/feed", status=410)
    for _ in range(4 * 24 * 3):  # three days of a poll every quarter of an hour
        desk.poll()
        desk.time.pass_(minutes=15)
    found = desk.coverage
    assert found.last_outcome == "gone"
    assert found.polls == 8
    assert [each.state for each in found.stretches] == ["unreached"]
    assert desk.is_sound()


def test_polls_without_news_do_not_fill_the_ledger(desk: Desk) -> None:
    desk.serve("a")
    desk.follow()
    for _ in range(4 * 24):  # a day
        assert desk.poll()
        desk.time.pass_(minutes=15)
    assert desk.coverage.polls == 4
    assert [each.state for each in desk.coverage.stretches] == ["covered"]


def test_a_gap_is_where_new_entries_alone_are_listed(desk: Desk) -> None:
    desk.serve("b", "a")
    desk.follow()
    desk.serve("c", "b")
    desk.poll()
    desk.serve("z", "y")
    desk.poll()
    desk.serve("z2", "z")
    desk.poll()
    assert [each.state for each in desk.coverage.stretches] == ["covered", "gap", "covered"]
    moments = [moment for each in desk.coverage.stretches for moment in (each.began, each.ended)]
    assert moments == sorted(moments)


def test_the_publishers_that_came_by_a_feed(desk: Desk) -> None:
    desk.serve("b", "a")
    desk.site.serve("/feed", rss(["b", "a"], ["2024-05-07T10:00:00Z", "2024-05-03T10:00:00Z"]))
    desk.follow()
    (found,) = desk.coverage.publishers
    assert (found.publisher, found.documents) == ("Karoum Daily", 2)
    assert (found.published_first, found.published_last) == ("2024-05-03", "2024-05-07")


def test_following_ends_and_begins_again(desk: Desk) -> None:
    desk.serve("a")
    desk.follow()
    desk.ledger.unfollow(desk.feed)
    assert desk.poll() == []
    assert desk.coverage.ended
    with pytest.raises(NotFound):
        desk.ledger.unfollow(desk.feed)
    with pytest.raises(NotFound):
        desk.ledger.coverage("https://never.example/")
    desk.serve("b", "a")
    assert added(desk.follow()) == ["b"]
    assert desk.coverage.ended is None
    assert len(desk.ledger.feeds()) == 1


def test_the_history_is_backed_up_restored_and_replayed(desk: Desk, tmp_path: Path) -> None:
    desk.serve("a")
    desk.follow()
    with desk.ledger.database.reading() as connection:
        moment = connection.exec_driver_sql("SELECT max(recorded_at) FROM journal").scalar_one()
    desk.serve("b", "a")
    desk.poll()
    now = desk.coverage
    backup(desk.ledger, tmp_path / "copy")
    restore(tmp_path / "copy", Place(tmp_path / "again"))
    with Store.open(tmp_path / "again") as again:
        assert again.coverage(desk.feed) == now
    with desk.ledger.as_recorded(moment) as past:
        assert past.coverage(desk.feed).added == 1
    with desk.ledger.as_recorded("2001-01-01") as past:
        assert past.feeds() == []


def test_a_redaction_leaves_nothing_of_an_address(desk: Desk) -> None:
    desk.serve("omar-was-a-witness")
    desk.follow()
    document = desk.ledger.documents().first()
    assert document
    desk.ledger.redact(document.id, by="Ann", reason="a witness is named")
    with desk.ledger.database.reading() as connection:
        for table in ("follows", "polls", "fetches", "journal"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
            assert "witness" not in str(rows)
    desk.site.serve("/feed", rss(["omar-was-a-witness"], ["2024-05-07T10:00:00Z"]))
    (refused,) = [event for event in desk.poll() if isinstance(event, Refused)]
    assert "redacted" in refused.reason
    assert desk.is_sound()


# Sitemaps


def sitemap(pages: Sequence[tuple[str, str]]) -> bytes:
    items = "".join(f"<url><loc>{page}</loc><lastmod>{date}</lastmod></url>" for page, date in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'.encode()


def test_an_index_of_sitemaps_is_followed(desk: Desk) -> None:
    site = desk.site
    desk.serve("a", "b", "c")
    site.serve("/s1", sitemap([(f"{site.address}/a", "2024-05-01"), (f"{site.address}/c", "2024-05-03")]))
    site.serve("/s2", sitemap([(f"{site.address}/b", "2024-05-02")]))
    children = "".join(f"<sitemap><loc>{site.address}/s{n}</loc></sitemap>" for n in (1, 2, 3))
    site.serve_conditionally("/feed", f"<sitemapindex>{children}</sitemapindex>".encode())
    events = desk.follow(limit=2)
    assert added(events) == ["c", "b"]
    asked = events[0]
    assert isinstance(asked, Asked)
    assert asked.reason == f"1 sitemaps cannot be read: {site.address}/s3: answered 404 Not Found"
    site.serve("/s3", sitemap([(f"{site.address}/d", "2024-05-04")]))
    site.serve("/d", b"d: the group has 300 men.", headers={"Content-Type": "text/plain"})
    assert added(desk.poll()) == ["d", "a"]


# ReliefWeb


def test_a_query_to_reliefweb_is_followed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    api = Api(desk.site)
    monkeypatch.setenv("MARSAD_RELIEFWEB_URL", api.address)
    monkeypatch.setenv("MARSAD_RELIEFWEB_APPNAME", NAME)
    api.report(1)
    api.report(2, changed="2024-05-07T10:00:00+00:00")
    feed = "reliefweb:camp?country=SYR"
    assert added(desk.follow(feed, limit=1)) == ["2"]
    assert added(desk.poll()) == ["1"]
    document = desk.ledger.documents().first()
    assert document
    assert document.document.publisher == "OCHA, Karoum Council"
    assert document.document.published.latest == "2024-05-01"
    changed = {"body-html": "<p>Report 1: the camp holds 500 people.</p>"}
    api.report(1, changed="2024-05-08T10:00:00+00:00", **changed)
    assert added(desk.poll()) == ["1"]
    last = api.asked[-2]
    assert last["filter[conditions][1][value][from]"] == ["2024-05-07T10:00:00+00:00"]
    events = desk.poll()
    assert [event for event in events if not isinstance(event, Asked)] == []
    found = desk.ledger.coverage(feed)
    assert (found.kind, found.added, found.seen) == ("reliefweb", 3, 2)
    assert {each.state for each in found.stretches} == {"covered"}
    assert desk.is_sound()


def test_a_server_error_is_waited_out(desk: Desk) -> None:
    desk.serve("a")
    page = answering(b"a: the group has 300 men.", Content_Type="text/plain")
    desk.site.serve_in_turn("/a", [answering(status=500), answering(status=429, Retry_After="3"), page])
    assert added(desk.follow()) == ["a"]


def test_a_page_may_be_slow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_SECONDS", "0.2")
    desk.serve("b", "a")

    def hang(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(1)
        respond(handler, b"")

    desk.site.serve_with("/b", hang)
    events = desk.follow()
    assert of(events, Waits) == ["b", "a"]  # the host is left alone
    assert desk.coverage.open == 1
    desk.serve("b", "a")
    desk.time.pass_(minutes=16)
    assert sorted(added(desk.poll())) == ["a", "b"]


# What is checked


@pytest.mark.parametrize(
    ("table", "column"), [("follows", "title"), ("polls", "etag"), ("polls", "new"), ("fetches", "outcome")]
)
def test_a_changed_fact_is_found(desk: Desk, table: str, column: str) -> None:
    desk.serve("a")
    desk.follow()
    with desk.ledger.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = '7'")  # noqa: S608
    assert any("than is there" in problem.what for problem in check(desk.ledger))


def test_a_lost_fact_is_found(desk: Desk) -> None:
    desk.serve("a")
    desk.follow()
    with desk.ledger.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM fetches")
    assert any("not there" in problem.what for problem in check(desk.ledger))
