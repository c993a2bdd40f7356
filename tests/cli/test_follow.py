"""`marsad follow`, `unfollow` and `feeds` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad import cli
from marsad.cli import follow as follow_command

from ..sources.conftest import site as site  # noqa: PLC0414 - the fixture, shared
from ..sources.site import Site
from .conftest import Run


@pytest.fixture
def feed(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MARSAD_FETCH_PAUSE", "0.001")
    items = ""
    for page in ("two", "one"):
        text = f"Officials said page {page} counts 300 men.".encode()
        site.serve(f"/{page}", text, headers={"Content-Type": "text/plain"})
        items += f"<item><title>Page {page}</title><link>/{page}</link></item>"
    body = f"<rss version='2.0'><channel><title>Karoum Daily</title>{items}</channel></rss>"
    return site.serve_conditionally("/feed", body.encode())


def test_a_feed_is_followed_polled_listed_and_left(marsad: Run, feed: str, site: Site) -> None:
    out, err = marsad("follow", feed)
    assert [line.split()[0] for line in out.splitlines()] == ["added", "added"]
    assert out.splitlines()[0].endswith("/two")
    assert err.splitlines()[-1] == f"asked {feed}: 2 listed, 2 to read"
    out, err = marsad("follow")
    assert (out, err.splitlines()[-1]) == ("", f"asked {feed}: nothing new")
    (listed,) = json.loads(marsad("feeds", "--format", "json")[0])
    assert (listed["feed"], listed["kind"], listed["title"]) == (feed, "feed", "Karoum Daily")
    assert (listed["seen"], listed["added"], listed["refused"], listed["open"]) == (2, 2, 0, 0)
    assert listed["publishers"][0]["documents"] == 2
    table, _ = marsad("feeds")
    assert "Karoum Daily" in table
    assert "2 entries" in table
    assert marsad("feeds", "--format", "csv")[0].startswith("feed,kind,title")
    assert marsad("unfollow", feed)[0] == f"unfollowed {feed}\n"
    assert "until" in marsad("feeds")[0]
    assert marsad("follow")[0] == ""
    assert marsad("check")[0]


def test_the_log_tells_of_feeds(marsad: Run, feed: str) -> None:
    marsad("follow", feed)
    entries = json.loads(marsad("log", "--format", "json")[0])
    assert [entry["action"] for entry in entries] == ["follow", "poll", "read", "fetch", "read", "fetch"]
    assert {entry["command"] for entry in entries} == {"follow"}
    assert entries[1]["detail"]["new"] == 2
    assert entries[3]["detail"]["document"] == entries[2]["subject"]
    assert "fetch" in marsad("log")[0]
    trace = json.loads(marsad("trace", entries[2]["subject"], "--format", "json")[0])
    assert feed in json.dumps(trace)


def test_nothing_followed_is_said(marsad: Run, tmp_path: Path) -> None:
    _, err = marsad("follow", code=4)
    assert "no workspace" in err
    marsad("add", str(_document(tmp_path)))
    assert "nothing is followed yet" in marsad("follow", code=2)[1]
    assert marsad("feeds")[0].startswith("No feeds")
    assert "is not followed" in marsad("unfollow", "https://a.example/feed", code=2)[1]


def _document(folder: Path) -> Path:
    path = folder / "one.txt"
    path.write_text("Officials said 300 men came.")
    return path


def test_what_is_no_feed_is_refused_and_the_others_are_followed(
    marsad: Run, feed: str, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    page = site.serve("/page", b"<html><p>A page.</p></html>")
    home = b"<!doctype html><link rel='alternate' type='application/rss+xml' href='/feed'><p>News"
    assert cli.run(["follow", page, site.serve("/home", home), feed]) == 2
    out, err = capsys.readouterr()
    assert f"/home: is no feed and no sitemap; follow its feed: {feed}" in err
    assert out.count("added") == 2
    assert f"refused {page}: is no feed and no sitemap; read it with marsad add" in err


def test_a_feed_that_is_not_reached_makes_the_exit_code(
    marsad: Run, feed: str, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    marsad("follow", feed)
    site.serve("/feed", status=404)
    assert cli.run(["follow"]) == 3
    assert f"gone {feed}: answered 404 Not Found" in capsys.readouterr().err
    assert cli.run(["follow"]) == 0  # it is left alone for a while
    assert "not before" in marsad("feeds")[0]


@pytest.mark.parametrize("every", ["", "15", "m", "soon", "1s", "99999d", "-5m"])
def test_what_is_no_duration_is_said(marsad: Run, every: str) -> None:
    assert "--every" in marsad("follow", "--every", every, code=2)[1]


def test_it_goes_on_until_it_is_interrupted(
    marsad: Run, feed: str, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds = []

    def sleep(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(follow_command, "_sleep", sleep)
    assert cli.run(["follow", feed, "--every", "15m"]) == cli.INTERRUPTED
    out, err = capsys.readouterr()
    assert rounds == [900.0] * 3
    assert out.count("added") == 2
    assert err.count(f"asked {feed}") == 3


def test_an_address_that_is_a_feed_is_read_once_by_add(marsad: Run, feed: str) -> None:
    out, _ = marsad("add", feed)
    assert [line.rpartition("/")[2] for line in out.splitlines()] == ["two", "one"]
    assert marsad("feeds")[0].startswith("No feeds")


def test_without_a_name_reliefweb_is_one_line(marsad: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["follow", "reliefweb:camp"]) == 2
    assert "MARSAD_RELIEFWEB_APPNAME" in capsys.readouterr().err
