from __future__ import annotations

import gzip
import socket
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler

import pytest

from marsad import documents, sources
from marsad.errors import TooLarge, Unreachable
from marsad.records.original import Frozen, Original

from .site import Site


def test_an_address_gives_bytes_type_place_and_instant(site: Site) -> None:
    address = site.serve("/a", b"Ein Bericht", headers={"Content-Type": "Text/Plain; charset=utf-8"})
    original = sources.open(address, published="2024-01-02")
    assert original.raw == b"Ein Bericht"
    assert original.source == original.url == address
    assert original.media_type == "text/plain"
    assert original.published == "2024-01-02"
    assert datetime.fromisoformat(original.retrieved or "").tzinfo is not None
    assert site.requests[0].headers["Host"] == site.address.removeprefix("http://")


def test_a_redirect_is_followed_and_named(site: Site) -> None:
    end = site.serve("/end", b"text")
    start = site.serve("/start", b"moved", status=302, headers={"Location": "/end#part"})
    original = sources.open(start)
    assert (original.raw, original.source, original.url) == (b"text", start, end)


def test_redirects_come_to_an_end(site: Site) -> None:
    address = site.serve("/loop", status=302, headers={"Location": "/loop"})
    with pytest.raises(Unreachable, match="more than 5 redirects"):
        sources.open(address)
    assert len(site.requests) == 6


def test_an_address_after_a_redirect_is_checked_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host passes for public, as a hostile site would; the one it leads to does not."""
    address = site.serve("/start", status=302, headers={"Location": "http://0x7f000001/secret"})
    monkeypatch.setenv("MARSAD_FETCH_PRIVATE_ADDRESSES", "0")
    monkeypatch.setattr("marsad.sources.addresses.is_public", lambda found: found != "127.0.0.1" or _first())
    calls = iter([True])

    def _first() -> bool:
        return next(calls, False)

    with pytest.raises(Unreachable, match="0x7f000001 is not a public address"):
        sources.open(address)
    assert [request.path for request in site.requests] == ["/start"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://user:secret@127.0.0.1/"]
)
def test_a_redirect_to_another_scheme_or_with_a_password_is_refused(site: Site, location: str) -> None:
    address = site.serve("/start", status=302, headers={"Location": location})
    with pytest.raises(Unreachable):
        sources.open(address)


@pytest.mark.parametrize("status", [404, 500, 304])
def test_a_status_that_is_no_success_is_named(site: Site, status: int) -> None:
    address = site.serve("/gone", status=status)
    with pytest.raises(Unreachable, match=rf"{address}: answered {status}"):
        sources.open(address)


def test_an_answer_over_the_limit_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_BYTES", "1000")
    assert len(sources.open(site.serve("/fits", b"x" * 1000)).raw) == 1000
    with pytest.raises(TooLarge, match="MARSAD_FETCH_BYTES"):
        sources.open(site.serve("/long", b"x" * 1001))


def test_an_answer_that_unfolds_over_the_limit_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_FETCH_BYTES", "100000")
    folded = {"Content-Encoding": "gzip"}
    assert sources.open(site.serve("/fits", gzip.compress(b"words"), headers=folded)).raw == b"words"
    with pytest.raises(TooLarge):
        sources.open(site.serve("/bomb", gzip.compress(b"x" * 10_000_000), headers=folded))
    with pytest.raises(Unreachable, match="cut short"):
        sources.open(site.serve("/half", gzip.compress(b"words" * 99)[:-4], headers=folded))
    with pytest.raises(Unreachable, match="'br'"):
        sources.open(site.serve("/other", b"words", headers={"Content-Encoding": "br"}))


def test_a_slow_drip_ends_with_the_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_SECONDS", "0.4")

    def drip(handler: BaseHTTPRequestHandler) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200:
            handler.wfile.write(bytes([letter]))
            time.sleep(0.02)

    begin = time.monotonic()
    with pytest.raises(Unreachable, match=r"0\.4 s"):
        sources.open(site.serve_with("/drip", drip))
    assert time.monotonic() - begin < 2


def test_a_closed_port_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_PRIVATE_ADDRESSES", "1")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound, and not listening
        with pytest.raises(Unreachable, match="cannot be fetched"):
            sources.open(f"http://127.0.0.1:{held.getsockname()[1]}/")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data",
        "http://[64:ff9b::7f00:1]/",
    ],
)
def test_loopback_is_refused_in_every_spelling(address: str) -> None:
    with pytest.raises(Unreachable, match="not a public address"):
        sources.open(address)


@pytest.mark.parametrize(
    "address", ["http://", "http://[", "http://a b/", "https://:80/", "http://１２７.1/"]
)
def test_what_is_no_address_is_one_line(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> object:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    with pytest.raises(Unreachable) as raised:
        sources.open(address)
    assert "\n" not in str(raised.value)


def test_a_page_that_does_not_name_its_encoding_is_read_by_the_servers(site: Site) -> None:
    arabic = "قال السكان إن القافلة غادرت الوادي قبل الفجر ولم يعد منها أحد"
    page = f"<html><body><article><p>{arabic}</p></article></body></html>".encode("windows-1256")
    address = site.serve("/ar", page, headers={"Content-Type": 'text/html; Charset="windows-1256"'})
    (original,) = sources.originals(address)
    assert isinstance(original, Original)
    (frozen,) = documents.freeze(original)
    assert isinstance(frozen, Frozen)
    assert frozen.document.text == arabic


def test_what_is_utf_8_is_read_so_whatever_its_server_says(site: Site) -> None:
    address = site.serve(
        "/a", "Ein Bericht über Zürich".encode(), headers={"Content-Type": "text/plain; charset=latin-1"}
    )
    (original,) = sources.originals(address)
    assert isinstance(original, Original)
    (frozen,) = documents.freeze(original)
    assert isinstance(frozen, Frozen)
    assert frozen.document.text == "Ein Bericht über Zürich"
