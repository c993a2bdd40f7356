"""Whatever stops `marsad follow`, what it acknowledged is in the ledger once, and the rest comes later."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from marsad.ledger.checking import check
from marsad.ledger.store import Store

from ..sources.conftest import site as site  # noqa: PLC0414 - the fixture, shared
from ..sources.site import Site

PAGES = 24


def serve(site: Site) -> str:
    items = ""
    for number in range(PAGES):
        text = f"Officials said camp {number} holds {number + 100} people.".encode()
        site.serve(f"/{number}", text, headers={"Content-Type": "text/plain"})
        items += f"<item><title>Page {number}</title><link>/{number}</link></item>"
    body = f"<rss version='2.0'><channel><title>Karoum Daily</title>{items}</channel></rss>"
    return site.serve_conditionally("/feed", body.encode())


def follow(feed: str, folder: Path, *, stop: signal.Signals | None = None, after: int = 0) -> list[str]:
    """What one `marsad follow` acknowledged, stopped some time after its line number `after`."""
    command = [sys.executable, "-m", "marsad", "follow", feed, "--workspace", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if stop and len(lines) == after:
            time.sleep(Random().random() * 0.05)  # noqa: S311
            process.send_signal(stop)
            break
    lines += process.communicate()[0].splitlines(keepends=True)
    whole = [line.decode().split() for line in lines if line.endswith(b"\n")]
    return [words[1] for words in whole if words[0] == "added"]


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_acknowledged_is_lost_or_repeated(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: signal.Signals
) -> None:
    monkeypatch.setenv("MARSAD_FETCH_PAUSE", "0.001")
    feed = serve(site)
    said: list[str] = []
    for _ in range(2):
        said += follow(feed, tmp_path, stop=stop, after=5)
    said += follow(feed, tmp_path)
    assert not [one for one, times in Counter(said).items() if times > 1]
    with Store.open(tmp_path) as ledger:
        there = [each.id for each in ledger.documents()]
        assert len(there) == len(set(there)) == PAGES
        assert set(said) <= set(there)
        assert all(problem.is_harmless for problem in check(ledger))
        found = ledger.coverage(feed)
        assert (found.seen, found.open) == (PAGES, 0)
    asked = Counter(path for path in site.paths if path != "/feed")
    assert len(asked) == PAGES
    assert sum(asked.values()) <= PAGES + 2  # one page that was under way, for each time it was stopped
