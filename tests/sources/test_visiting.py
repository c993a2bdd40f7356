"""How hosts are asked: validators, waits, pauses and robots.txt, against a server as it is documented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from marsad.errors import Unreachable
from marsad.sources.fetch import Client, Failed, Fetched, Later, NotModified, Validators
from marsad.sources.pace import PATIENCE, TRIES, Clock, Forbidden, Visitor
from marsad.sources.robots import LONGEST_DELAY

from .site import Site, answering, respond


class Time:
    """A clock that a test owns: to sleep is to go on at once, and is remembered."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.at += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def visitor(site: Site, time: Time) -> Iterator[Visitor]:
    with Visitor(Clock(lambda: time.at, time.sleep)) as found:
        yield found


# Validators


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    address = site.serve_conditionally("/feed", b"<rss/>")
    with Client() as client:
        first = client.get(address)
        assert isinstance(first, Fetched)
        assert first.original.raw == b"<rss/>"
        assert isinstance(client.get(address, first.validators), NotModified)
    second = site.requests[1].headers
    assert second["If-None-Match"] == first.validators.etag
    assert second["If-Modified-Since"] == "Mon, 06 May 2024 10:00:00 GMT"


def test_validators_stay_with_the_host_that_gave_them(site: Site) -> None:
    site.serve("/here", b"text")
    here = site.serve("/a", status=302, headers={"Location": "/here"})
    other = site.address.replace("127.0.0.1", "localhost")
    there = site.serve("/b", status=302, headers={"Location": f"{other}/here"})
    with Client() as client:
        client.get(here, Validators('"1"', "Mon, 06 May 2024 10:00:00 GMT"))
        client.get(there, Validators('"1"', "Mon, 06 May 2024 10:00:00 GMT"))
    sent = [(request.path, request.headers["If-None-Match"]) for request in site.requests]
    assert sent == [("/a", '"1"'), ("/here", '"1"'), ("/b", '"1"'), ("/here", None)]
    assert site.requests[3].headers["If-Modified-Since"] is None


def test_a_304_that_was_not_asked_for_is_a_failure(site: Site) -> None:
    with Client() as client:
        assert client.get(site.serve("/", status=304)) == Failed(304, "answered 304 Not Modified")


def test_connections_are_kept_for_a_batch(site: Site) -> None:
    def keep(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.close_connection = False
        respond(handler, b"text")

    address = site.serve_with("/a", keep)
    with Client() as client:
        for _ in range(3):
            assert isinstance(client.get(address), Fetched)
    assert len({request.client_address for request in site.requests}) == 1


@pytest.mark.parametrize(("status", "is_gone"), [(404, True), (410, True), (401, False), (403, False)])
def test_a_status_that_stays_is_a_failure(site: Site, status: int, is_gone: bool) -> None:
    with Client() as client:
        answer = client.get(site.serve("/", b"why", status=status))
    assert isinstance(answer, Failed)
    assert (answer.status, answer.is_gone, answer.body) == (status, is_gone, b"why")


@pytest.mark.parametrize(("said", "wait"), [("120", 120), ("0", 0), ("soon", None), ("-5", None), ("", None)])
def test_a_server_says_how_long_to_wait(site: Site, said: str, wait: float | None) -> None:
    with Client() as client:
        answer = client.get(site.serve("/", status=429, headers={"Retry-After": said}))
    assert isinstance(answer, Later)
    assert (answer.status, answer.wait) == (429, wait)


def test_a_server_says_until_when_to_wait(site: Site) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    with Client() as client:
        answer = client.get(site.serve("/", status=503, headers={"Retry-After": date}))
        past = client.get(
            site.serve("/p", status=503, headers={"Retry-After": "Mon, 06 May 2019 10:00:00 GMT"})
        )
    assert isinstance(answer, Later)
    assert answer.wait is not None
    assert 3500 < answer.wait <= 3600
    assert isinstance(past, Later)
    assert past.wait == 0


def test_no_answer_in_time_is_told_apart_from_a_refusal(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_SECONDS", "0.2")
    hang = site.serve_with("/hang", lambda handler: handler.rfile.read(1) and None)
    with Client() as client:
        answer = client.get(hang)
        assert isinstance(answer, Later)
        assert "0.2 s" in answer.reason
        with pytest.raises(Unreachable, match="password"):
            client.get("http://me:secret@127.0.0.1/")
        assert isinstance(client.get(site.serve("/next", b"x")), Fetched)  # the time starts anew


@pytest.mark.parametrize("etag", ['"\xe4"', '"' + "x" * 2000 + '"'])
def test_a_validator_that_cannot_be_sent_back_is_let_be(site: Site, etag: str) -> None:
    with Client() as client:
        answer = client.get(site.serve("/", b"x", headers={"ETag": etag}))
    assert isinstance(answer, Fetched)
    assert answer.validators == Validators()


# Pauses


def test_a_host_rests_between_two_requests(site: Site, visitor: Visitor, time: Time) -> None:
    for path in ("/a", "/b", "/c"):
        visitor.get(site.serve(path, b"x"), is_crawled=False)
    assert time.slept == [1.0, 1.0]


def test_a_redirect_is_a_request_too(site: Site, visitor: Visitor, time: Time) -> None:
    site.serve("/end", b"x")
    visitor.get(site.serve("/a", status=302, headers={"Location": "/end"}), is_crawled=False)
    assert time.slept == [1.0]


def test_the_pause_is_set(site: Site, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_PAUSE", "0.25")
    with Visitor(Clock(lambda: time.at, time.sleep)) as visitor:
        for path in ("/a", "/b"):
            visitor.get(site.serve(path, b"x"), is_crawled=False)
    assert time.slept == [0.25]


def test_what_fails_is_tried_again_after_longer_and_longer_waits(
    site: Site, visitor: Visitor, time: Time
) -> None:
    address = site.serve_in_turn("/", [answering(status=500), answering(status=502), answering(b"text")])
    answer = visitor.get(address, is_crawled=False)
    assert isinstance(answer, Fetched)
    assert time.slept == [2.0, 4.0]


def test_tries_come_to_an_end(site: Site, visitor: Visitor) -> None:
    answer = visitor.get(site.serve("/", status=500), is_crawled=False)
    assert isinstance(answer, Later)
    assert len(site.requests) == TRIES
    assert isinstance(visitor.get(site.serve("/other", b"x"), is_crawled=False), Fetched)


def test_a_short_wait_is_waited_for(site: Site, visitor: Visitor, time: Time) -> None:
    address = site.serve_in_turn("/", [answering(status=429, Retry_After="7"), answering(b"text")])
    assert isinstance(visitor.get(address, is_crawled=False), Fetched)
    assert time.slept == [7.0]


def test_a_host_that_asks_for_a_long_wait_is_left_alone(site: Site, visitor: Visitor, time: Time) -> None:
    busy = site.serve("/", status=503, headers={"Retry-After": str(int(PATIENCE) + 1)})
    other = site.serve("/other", b"x")
    assert isinstance(visitor.get(busy, is_crawled=False), Later)
    answer = visitor.get(other, is_crawled=False)
    assert isinstance(answer, Later)
    assert not answer.was_asked
    assert site.paths == ["/"]
    assert time.slept == []
    time.at += PATIENCE + 2
    assert isinstance(visitor.get(other, is_crawled=False), Fetched)


# robots.txt


def test_what_robots_forbid_is_not_crawled(site: Site, visitor: Visitor) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /private/\nAllow: /private/open\n")
    secret, open_ = site.serve("/private/a", b"x"), site.serve("/private/open", b"x")
    answer = visitor.get(secret)
    assert answer == Forbidden(f"the robots.txt of {site.host} forbids it")
    assert isinstance(visitor.get(open_), Fetched)
    assert isinstance(visitor.get(secret, is_crawled=False), Fetched)
    assert [request.path for request in site.requests].count("/robots.txt") == 1


def test_robots_may_name_this_program(site: Site, visitor: Visitor) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /\n\nUser-agent: Marsad\nDisallow: /b\n")
    assert isinstance(visitor.get(site.serve("/a", b"x")), Fetched)
    assert isinstance(visitor.get(site.serve("/b", b"x")), Forbidden)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_without_robots_all_may_be_crawled(site: Site, visitor: Visitor, status: int) -> None:
    site.serve("/robots.txt", b"Disallow: /", status=status)
    assert isinstance(visitor.get(site.serve("/a", b"x")), Fetched)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_had_forbid_for_now(site: Site, visitor: Visitor, status: int) -> None:
    site.serve("/robots.txt", status=status)
    answer = visitor.get(site.serve("/a", b"x"))
    assert isinstance(answer, Later)
    assert "robots.txt cannot be had" in answer.reason
    assert site.paths == []


def test_robots_may_lead_elsewhere(site: Site, visitor: Visitor) -> None:
    site.serve("/robots.txt", status=301, headers={"Location": "/rules"})
    site.serve("/rules", b"User-agent: *\nDisallow: /a\n")
    assert isinstance(visitor.get(site.serve("/a", b"x")), Forbidden)


def test_robots_count_for_where_a_redirect_leads(site: Site, visitor: Visitor) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /hidden\n")
    site.serve("/hidden", b"x")
    assert isinstance(visitor.get(site.serve("/a", status=302, headers={"Location": "/hidden"})), Forbidden)
    assert site.paths == ["/a"]


@pytest.mark.parametrize(("said", "pause"), [("5", 5.0), ("0.1", 1.0), ("9999", LONGEST_DELAY), ("-3", 1.0)])
def test_a_crawl_delay_is_kept_to(site: Site, visitor: Visitor, time: Time, said: str, pause: float) -> None:
    site.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {said}\n".encode())
    visitor.get(site.serve("/a", b"x"))
    visitor.get(site.serve("/b", b"x"))
    assert time.slept[-1] == pause


@pytest.mark.parametrize(
    "rules",
    [
        b"\xff\xfe\x00garbage\x00" * 50,
        b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"$\n",
        b"Disallow: /\n" * 20_000,
        b"User-agent: " + b"x" * 100_000,
    ],
)
def test_hostile_robots_hang_nothing(
    site: Site, visitor: Visitor, rules: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_PARSE_SECONDS", "2")
    site.serve("/robots.txt", rules)
    answer = visitor.get(site.serve("/" + "a" * 1500 + "b", b"x"))
    assert isinstance(answer, Fetched | Forbidden)


def test_a_robots_txt_that_is_too_long_forbids_for_now(site: Site, visitor: Visitor) -> None:
    site.serve("/robots.txt", b"#" * 600_000)
    answer = visitor.get(site.serve("/a", b"x"))
    assert isinstance(answer, Later)
