"""Addresses that lead to a machine's own network: refused in every spelling, and never connected to."""

from __future__ import annotations

import pytest

from marsad.cli import run
from marsad.records.original import Original, Refused

from .internet import PUBLIC, Internet, redirect, response
from .taking import WORDS, take

INSIDE = [  # hosts as an address may spell them
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
    "017700000001", "0x7F.0x0.0x0.0x1", "127.000.000.001", "0", "00", "localhost", "LOCALHOST",
    "0.0.0.0",  # noqa: S104
    "localhost.", "127.0.0.1.", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "ｌｏｃａｌｈｏｓｔ",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]",
    "[fd00:ec2::254]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[3fff::1]", "[2001:2::1]", "[5f00::1]", "[::ffff:169.254.169.254]",
    "169.254.169.254", "0xA9FEA9FE", "2852039166", "0251.0376.0251.0376", "169.254.43518", "169.254.170.2",
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.254",
    "192.0.0.192", "192.0.0.8", "192.88.99.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255",
]  # fmt: skip
NAMED = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "fd00:ec2::254", "::ffff:10.0.0.1"]


def refusal(where: str) -> str:
    taken = take(where)
    assert taken.frozen == ()
    (found,) = taken.refused
    return found.reason


@pytest.mark.parametrize("host", INSIDE)
def test_no_spelling_leads_inside(internet: Internet, host: str) -> None:
    port = "" if len(host) % 2 else ":8080"
    assert refusal(f"http://{host}{port}/latest/meta-data/")
    assert internet.connected == []


@pytest.mark.parametrize("host", INSIDE[::3])
def test_no_redirect_leads_inside(internet: Internet, host: str) -> None:
    address = internet.host("public.example", redirect(f"http://{host}/secret"))
    assert refusal(address)
    assert internet.connected == [PUBLIC]


@pytest.mark.parametrize("address", NAMED)
def test_no_name_leads_inside(internet: Internet, address: str) -> None:
    internet.name("inside.example", address)
    internet.name("half.example", (PUBLIC, address))
    for name in ("inside.example", "half.example"):
        assert "not a public address" in refusal(f"http://{name}/")
        assert "not a public address" in refusal(f"https://{name}/")
    assert internet.connected == []


@pytest.mark.parametrize("address", NAMED)
def test_a_name_whose_second_answer_differs_leads_nowhere_else(internet: Internet, address: str) -> None:
    """DNS rebinding: what was checked is what is connected to, and a redirect is checked anew."""
    where = internet.host("rebinding.example", response(WORDS.encode(), content_type="text/plain"))
    internet.name("rebinding.example", PUBLIC, address)
    assert take(where).text == WORDS
    assert internet.connected == [PUBLIC]
    again = internet.host("rebinding.example", redirect("http://rebinding.example/second"))
    internet.name("rebinding.example", PUBLIC, address)
    assert refusal(again)
    assert set(internet.connected) == {PUBLIC}


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "data:text/plain,secret", "ftp://127.0.0.1/",
        "javascript:alert(1)", "ldap://127.0.0.1/", "dict://127.0.0.1:11211/stats", "jar:http://127.0.0.1!/",
        "//127.0.0.1/", "http:\\\\127.0.0.1\\", "http://public.example@127.0.0.1/", "http://127.0.0.1#@public.example/",
        "http://user:secret@public.example/", "http://127.0.0.1:80\\@public.example/", "http:///127.0.0.1/", "HTTP://[::1]",
        "http://public.example:99999/", "http://public.example:0x50/", "\r\nhttp://127.0.0.1/", "http://a\tb/", "", "?", "http://",
        "https://", "://", "http://[", "http://[::1", "http://%31%32%37.0.0.1/", "http://\x00127.0.0.1/", "x" * 70_000,
    ],
)  # fmt: skip
def test_a_redirect_to_anything_else_is_one_line(internet: Internet, to: str) -> None:
    taken = take(internet.host("public.example", redirect(to)))
    assert taken.frozen == () and len(taken.refused) == 1
    assert set(internet.connected) <= {PUBLIC}
    assert "root:" not in taken.said


@pytest.mark.parametrize(
    "where",
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "data://x",
        "http://user:secret@public.example/", "http://:@public.example/", "http://127.0.0.1:80@public.example:81/",
        "http://", "http:///", "http://[", "http://]/", "http://[::1", "http://:80/", "http://a b/", "http://a\nb/", "http://\x1b[2J/",
        "http://.", "http://..", "http://-/", "http://" + "a" * 300 + ".example/", "http://" + "a." * 200,
        "http://public.example:-1/", "http://%00/", "http://\udcff/", "http://xn--/", "http://xn--a/", "http://\u202e/", "http:// /",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_one_line(internet: Internet, where: str) -> None:
    internet.host("public.example", response(WORDS.encode()))
    assert refusal(where)
    assert internet.connected == []


def test_redirects_in_a_ring_end(internet: Internet) -> None:
    address = internet.host("a.example", redirect("http://b.example/"))
    internet.host("b.example", redirect(address), "8.8.8.8")
    assert "redirects" in refusal(address)
    assert len(internet.connected) <= 12


def test_one_address_that_is_refused_does_not_stop_the_others(
    internet: Internet, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    good = internet.host("public.example", response(WORDS.encode(), content_type="text/plain"))
    bad = ["http://127.1/", "http://169.254.169.254/", "http://localhost/", "gopher://x/"]
    code = run(["add", *bad[:2], good, *bad[2:], "--workspace", str(tmp_path)])
    out, err = capsys.readouterr()
    assert code == 2
    assert out.startswith("added ") and out.count("\n") == 1
    assert [line.split()[1].rstrip(":") for line in err.splitlines()[1:]] == bad
    assert internet.connected == [PUBLIC]


def test_the_setting_that_allows_private_addresses_allows_no_other_scheme(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_FETCH_PRIVATE_ADDRESSES", "1")
    address = internet.host("public.example", redirect("file:///etc/passwd"))
    assert refusal(address)
    assert "root:" not in refusal(address)


def test_what_an_original_says_of_its_address_is_where_it_was_found(internet: Internet) -> None:
    from marsad import sources  # noqa: PLC0415

    internet.host("end.example", response(WORDS.encode()), "8.8.8.8")
    start = internet.host("start.example", redirect("http://end.example/x?y=1#z"))
    (found,) = sources.expand([start])
    assert isinstance(found, Original) and not isinstance(found, Refused)
    assert (found.source, found.url) == (start, "http://end.example/x?y=1")
