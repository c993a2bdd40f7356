"""How hosts are asked: one request at a time with a pause, by their robots.txt, with patience.

What a person names is asked for as a browser would, without robots.txt. What a feed, a sitemap or an
API lists is crawled: there the robots.txt of each host decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from marsad.settings import load
from marsad.sources.fetch import ANYTHING, UNCONDITIONAL, Answer, Client, Later, Validators
from marsad.sources.robots import MOST_BYTES, Robots, Verdict

TRIES = 3  # of one address
FIRST_WAIT = 2.0  # seconds before the second try; twice as long before the third
PATIENCE = 60.0  # seconds that are waited for a host here and now; longer, and it is left for later
REST = 300.0  # seconds for which a host that does not answer is not asked again
_FREE = Verdict(True)
_WHOLE_HOST = (None, 429, 503)  # with these, it is the host that does not answer, and not one page


class Clock(NamedTuple):
    """Where time comes from; tests have a clock of their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


REAL = Clock()


class Forbidden(NamedTuple):
    """The site does not want it crawled."""

    reason: str


class Pace:
    """When each host may be asked next."""

    def __init__(self, pause: float, clock: Clock) -> None:
        self._pause, self._clock = pause, clock
        self._next: dict[str, float] = {}

    def left(self, host: str) -> float:
        """Seconds until `host` may be asked."""
        return max(self._next.get(host, 0.0) - self._clock.now(), 0.0)

    def turn(self, host: str) -> None:
        """Wait until `host` may be asked."""
        if left := self.left(host):
            self._clock.sleep(left)

    def done(self, host: str, delay: float = 0.0) -> None:
        """`host` was asked just now: let it rest for the pause, or for `delay` where that is longer."""
        self.hold(host, max(self._pause, delay))

    def hold(self, host: str, seconds: float) -> None:
        """Do not ask `host` for so many seconds."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock.now() + seconds)


class Visitor:
    """Asks politely; its connections, pauses and robots.txt files last for one batch."""

    def __init__(self, clock: Clock = REAL) -> None:
        self._clock = clock
        self._pace = Pace(load().fetch_pause, clock)
        self._client, self._side_client = Client(), Client()
        self._robots = Robots(self._robots_file)
        self._host = ""  # that was asked last
        self._delay = 0.0  # that it wants

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.__exit__(kind, error, trace)
        self._side_client.__exit__(kind, error, trace)

    def get(
        self,
        address: str,
        validators: Validators = UNCONDITIONAL,
        *,
        accept: str = ANYTHING,
        is_crawled: bool = True,
    ) -> Answer | Forbidden:
        """What `address` answers, after up to `TRIES` tries.

        Args:
            is_crawled: whether the address was found in a list, so that robots.txt counts.

        Raises:
            Unreachable: an address that may not be asked, or an answer that cannot be read.
            TooLarge: the answer is over the limit.
        """
        try:
            return self._patiently(address, validators, accept, is_crawled)
        except _Stop as stop:
            return stop.answer

    def _patiently(self, address: str, validators: Validators, accept: str, is_crawled: bool) -> Answer:
        answer = self._once(address, validators, accept, is_crawled)
        wait = FIRST_WAIT
        for _ in range(TRIES - 1):
            if not isinstance(answer, Later):
                break
            wait = wait if answer.wait is None else answer.wait
            if wait > PATIENCE:
                break
            self._pace.hold(self._host, wait)
            wait *= 2
            answer = self._once(address, validators, accept, is_crawled)
        if isinstance(answer, Later) and answer.status in _WHOLE_HOST:
            self._pace.hold(self._host, answer.wait or REST)
        return answer

    def _once(self, address: str, validators: Validators, accept: str, is_crawled: bool) -> Answer:
        def gate(url: str) -> None:
            self._enter(url, is_crawled)

        self._host = ""
        try:
            return self._client.get(address, validators, accept=accept, gate=gate)
        finally:
            if self._host:
                self._pace.done(self._host, self._delay)

    def _enter(self, url: str, is_crawled: bool) -> None:
        """Wait for the turn of a host; stop where its robots.txt forbids, or it is to be left alone."""
        if self._host:  # that led here
            self._pace.done(self._host, self._delay)
        host = urlsplit(url).netloc
        if (left := self._pace.left(host)) > PATIENCE:
            reason = f"{host} did not answer, or asked to wait; it is left alone for now"
            raise _Stop(Later(reason, left, was_asked=False))
        verdict = self._robots.verdict(url) if is_crawled else _FREE
        if not verdict.allowed:
            for_now = Later(verdict.reason, was_asked=False)
            raise _Stop(for_now if verdict.is_for_now else Forbidden(verdict.reason))
        self._pace.turn(host)
        self._host, self._delay = host, verdict.delay

    def _robots_file(self, address: str) -> Answer:
        host = urlsplit(address).netloc
        self._pace.turn(host)
        try:
            return self._side_client.get(address, accept="text/plain", limit=MOST_BYTES)
        finally:
            self._pace.done(host)


class _Stop(Exception):
    """Not an error: what stands for the answer."""

    def __init__(self, answer: Later | Forbidden) -> None:
        super().__init__()
        self.answer = answer
