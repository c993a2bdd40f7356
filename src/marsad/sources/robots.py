"""What a site lets a crawler ask for: its robots.txt, as RFC 9309 has it.

A file that is not there (4xx) forbids nothing; one that cannot be had (5xx, no answer, 429) forbids all
of its host this time. Files are read in a child process: a pattern of a hostile one can take for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from marsad.errors import MarsadError
from marsad.isolation import call
from marsad.settings import load
from marsad.sources.fetch import Answer, Failed, Fetched

NAME = "marsad"  # by which a robots.txt names this program
MOST_BYTES = 512_000  # of a robots.txt; RFC 9309 asks for 500 KiB at least
LONGEST_DELAY = 30.0  # seconds of a Crawl-delay that are kept to
_MISSING, _FAILING = 400, 500  # where the statuses of either kind begin


class Verdict(msgspec.Struct, frozen=True):
    """Whether an address may be asked for, and the seconds that its host wants between two requests."""

    allowed: bool
    delay: float = 0.0
    reason: str = ""  # why it may not
    is_for_now: bool = False  # it may be otherwise another time


class Robots:
    """The robots.txt of each host, fetched once."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self._ask = ask
        self._files: dict[str, bytes | Verdict] = {}

    def verdict(self, address: str) -> Verdict:
        """Whether `address` may be asked for."""
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._files:
            self._files[host] = self._file(host)
        found = self._files[host]
        if isinstance(found, Verdict):
            return found
        settings = load()
        payload = msgspec.msgpack.encode(_Question(found, address))
        try:
            answer = call(
                "marsad.sources.robots:judge",
                payload,
                seconds=settings.parse_seconds,
                memory=settings.parse_bytes,
            )
        except MarsadError as error:
            return Verdict(False, reason=f"the robots.txt of {parts.netloc} cannot be read: {error}")
        verdict = msgspec.msgpack.decode(answer, type=Verdict)
        if verdict.allowed:
            return verdict
        return Verdict(False, verdict.delay, f"the robots.txt of {parts.netloc} forbids it")

    def _file(self, host: str) -> bytes | Verdict:
        try:
            answer = self._ask(f"{host}/robots.txt")
        except MarsadError as error:
            return _unknown(host, str(error))
        if isinstance(answer, Fetched):
            return answer.original.raw
        if isinstance(answer, Failed):
            return Verdict(True) if _MISSING <= answer.status < _FAILING else _unknown(host, answer.reason)
        return _unknown(host, getattr(answer, "reason", "no answer"))


def _unknown(host: str, reason: str) -> Verdict:
    where = f"{host}/robots.txt"
    reason = reason.removeprefix(f"{where}: ")
    return Verdict(
        False, reason=f"{where} cannot be had, so nothing there is asked for now ({reason})", is_for_now=True
    )


# In the child


class _Question(msgspec.Struct, array_like=True):
    robots: bytes
    address: str


def judge(question: bytes) -> bytes:
    """What a robots.txt says of an address to this program."""
    from protego import Protego  # noqa: PLC0415 - in the child only

    asked = msgspec.msgpack.decode(question, type=_Question)
    rules = Protego.parse(asked.robots.decode("utf-8-sig", "replace"))
    delay = min(max(float(rules.crawl_delay(NAME) or 0.0), 0.0), LONGEST_DELAY)
    return msgspec.msgpack.encode(Verdict(bool(rules.can_fetch(asked.address, NAME)), delay))
