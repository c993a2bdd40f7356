"""`marsad serve` is two processes: one listens, the other compares, and nobody outside can tell."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

import pytest

from marsad.web.beside import COMPARED, is_compared
from marsad.web.guard import HEADERS
from marsad.web.rendering import SECTIONS

from . import ledgers

FORM = {"content-type": "application/x-www-form-urlencoded"}
NONE: Mapping[str, str] = {}
SOON = 60.0  # seconds in which a busy machine has done what it was told


class Both(NamedTuple):
    """The two processes, and how they are asked."""

    process: subprocess.Popen[str]
    port: int
    moment: Path  # the folder for what is of the moment

    @property
    def child(self) -> int:
        """The number of the process that compares."""
        own = str(self.process.pid)
        found = Path("/proc", own, "task", own, "children").read_text().split()
        return next(int(each) for each in found if "beside" in Path("/proc", each, "cmdline").read_text())

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] = NONE
    ) -> tuple[HTTPResponse, str]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SOON)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()


def _ends(process: int) -> bool:
    """Whether it ends soon: Linux lets anybody wait for that."""
    return bool(select.select([os.pidfd_open(process)], [], [], SOON)[0])


@contextmanager
def serving(where: str, moment: Path) -> Iterator[Both]:
    """`marsad serve` over the ledger of two reports."""
    ledgers.quiet(where).close()
    command = [sys.executable, "-m", "marsad", "serve", "--workspace", where, "--port", "0"]
    here = {**os.environ, "TMPDIR": str(moment)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=here) as process:
        assert process.stdout
        found = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found
        yield Both(process, int(found[1]), moment)
        process.kill()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with serving(str(tmp_path_factory.mktemp("both")), tmp_path_factory.mktemp("moment")) as found:
        yield found


def test_the_pages_that_compare_are_sections_and_nothing_else_is() -> None:
    assert {name for group in SECTIONS.values() for name in group} >= COMPARED
    assert is_compared("/series")
    assert is_compared("/series/abc.svg")
    assert is_compared("/map.json")
    assert not is_compared("/claims")
    assert not is_compared("/")
    assert not is_compared("/assets/map.js")


@pytest.mark.parametrize("path", sorted(COMPARED))
def test_what_the_other_one_answers_is_guarded_once(both: Both, path: str) -> None:
    answer, html = both.ask(f"/{path}?lang=ar")
    assert answer.status == 200
    assert 'lang="ar"' in html
    for name, value in HEADERS.items():
        assert answer.msg.get_all(name) == [value]
    assert len(answer.msg.get_all("date") or []) == 1
    assert both.ask(f"/{path}", "HEAD")[1] == ""


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/series", {"host": "elsewhere.example"}, 403),
        ("/reports", {"origin": "http://elsewhere.example"}, 403),
        ("/series?" + "&".join(["actor=x"] * 101), {}, 422),
        ("/watches/none", {}, 404),
        ("/map?nope=1", {}, 422),
    ],
)
def test_what_is_refused_is_refused_alike(
    both: Both, path: str, headers: dict[str, str], status: int
) -> None:
    assert both.ask(path, headers=headers)[0].status == status


def test_a_form_of_one_is_taken_by_the_other(both: Both) -> None:
    token = re.findall(r'name="marsad-token" content="([^"]+)"', both.ask("/claims")[1])[0]
    said = f"watch=w&from=2019-01-01&to=2019-02-01&part=figures&token={token}".encode()
    assert both.ask("/reports", "POST", said, FORM)[0].status in (303, 422)
    assert both.ask("/reports", "POST", said + b"x", FORM)[0].status == 403


def test_a_request_that_is_too_large_is_told_so(both: Both) -> None:
    assert both.ask("/reports", "POST", b"", {"content-length": str(2**40)})[0].status == 413
    large = b"notes=" + b"x" * 3 * 2**20  # more than a field may hold: answered before it is all there
    answer, _ = both.ask("/reports", "POST", large, FORM)
    assert 400 <= answer.status < 500


def test_one_that_died_is_replaced_and_none_outlives_the_program(both: Both) -> None:
    both.ask("/series")
    first = both.child
    os.kill(first, signal.SIGKILL)
    assert _ends(first)
    assert both.ask("/series")[0].status == 200
    second = both.child
    assert second != first
    assert list(both.moment.iterdir())
    both.process.send_signal(signal.SIGKILL)
    assert _ends(second)
    assert not list(both.moment.iterdir())


def test_both_ask_postgresql_and_end_as_they_are_told(postgresql: str, tmp_path: Path) -> None:
    with serving(postgresql, tmp_path) as both:
        for path in ("agreements", "claims", "map.json"):
            assert both.ask(f"/{path}")[0].status == 200
        assert "Karoum" in both.ask("/series.json")[1]
        child = both.child
        both.process.send_signal(signal.SIGTERM)
        assert _ends(child)
        assert both.process.wait(SOON) == 128 + signal.SIGTERM
    assert not list(tmp_path.iterdir())
