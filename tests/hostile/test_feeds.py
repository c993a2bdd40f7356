"""Feeds, sitemaps and other XML that is hostile: no entity, nothing included, nothing asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from .conftest import SECRET, Canary
from .taking import WORDS, take_bytes

ITEM = f"<item><title>Zafir</title><link>http://a.example/1</link><description>{WORDS}</description></item>"


class Case(NamedTuple):
    name: str
    raw: bytes
    holds: bool = False


def rss(body: str, before: str = "", root: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<rss version="2.0"{root}><channel><title>Wire</title>'
        f"{body}</channel></rss>"
    ).encode("utf-8", "surrogatepass")


def bombs() -> Iterator[Case]:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    yield Case(
        "laughs",
        rss(f"<item><title>&l11;</title></item>{ITEM}", f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>'),
    )
    long = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    yield Case("quadratic", rss(f"<item><title>{'&a;' * 10_000}</title></item>{ITEM}", long))
    yield Case(
        "loop",
        rss(f"<item><title>&a;</title></item>{ITEM}", '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'),
    )
    attributes = '<!DOCTYPE rss [<!ATTLIST item x CDATA "' + "y" * 100_000 + '">]>'
    yield Case("defaults", rss("<item/>" * 5_000 + ITEM, attributes))
    yield Case("deep", rss("<a>" * 100_000 + ITEM))
    yield Case("deep-closed", rss("<a>" * 50_000 + "</a>" * 50_000 + ITEM))
    yield Case("items", rss("<item><title>x</title></item>" * 20_000))
    yield Case("namespaces", rss(ITEM, root="".join(f' xmlns:n{at}="u{at}"' for at in range(20_000))))
    yield Case("attributes", rss("<item " + " ".join(f'a{at}="x"' for at in range(20_000)) + "/>" + ITEM))
    yield Case("name", rss(f"<{'x' * 500_000}/>{ITEM}"))
    yield Case("comments", rss("<!-- x -->" * 20_000 + ITEM))
    yield Case("instructions", rss("<?php evil() ?>" * 10_000 + ITEM))
    yield Case("cdata", rss("<![CDATA[x]]>" * 20_000 + ITEM))
    yield Case("html-deep", rss(f"<item><description>{'&lt;div&gt;' * 50_000}{WORDS}</description></item>"))
    yield Case("json-like", rss("{" * 100_000))


def broken() -> Iterator[Case]:
    yield Case("good", rss(ITEM), holds=True)
    yield Case("cut", rss(ITEM * 3)[:-60])
    yield Case("junk-before", b"\r\n \xef\xbb\xbf" + rss(ITEM))
    yield Case("ampersand", rss(f"<item><title>A & B</title><description>{WORDS}</description></item>"))
    yield Case(
        "no-such-entity", rss(f"<item><title>&nbsp;&none;</title><description>{WORDS}</description></item>")
    )
    yield Case("lying-encoding", rss(ITEM + "<item><title>Größe</title></item>").replace(b"UTF-8", b"UTF-16"))
    yield Case("no-such-encoding", rss(ITEM).replace(b"UTF-8", b"x-none"))
    yield Case("utf-7", rss(ITEM).replace(b"UTF-8", b"UTF-7"))
    yield Case("utf-16", rss(ITEM).decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    yield Case("null", rss(ITEM).replace(b"Zafir", b"Za\0fir"))
    yield Case("controls", rss(ITEM).replace(b"Zafir", b"\x1b[2J\x08"))
    yield Case("surrogate", rss(ITEM.replace("Zafir", "\ud800")))
    yield Case("references", rss(ITEM.replace("Zafir", "&#0;&#x1b;&#xD800;&#xFFFE;&#x110000;&#99999999999;")))
    yield Case(
        "dates",
        rss(
            "".join(
                f"<item><title>x</title><pubDate>{date}</pubDate><description>{WORDS}</description></item>"
                for date in (
                    "",
                    "never",
                    "9" * 5_000,
                    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
                    "Tue, 5 Mar 2024 10:00:00 +99999999999",
                    "2024-13-45T99:99:99Z",
                    "0000-00-00",
                    "²³",
                )
            )
        ),
        holds=True,
    )
    yield Case(
        "links",
        rss(
            "".join(
                f"<item><link>{link}</link><title>x</title><description>{WORDS}</description></item>"
                for link in (
                    "javascript:alert(1)",
                    "file:///etc/passwd",
                    "http://[",
                    "//x",
                    "http://127.0.0.1/",
                    "",
                    "http://a\nb/",
                    "&#27;[2J",
                )
            )
        ),
        holds=True,
    )
    yield Case(
        "script",
        rss(
            f"<item><title>x</title><description>&lt;script&gt;evil()&lt;/script&gt;{WORDS}</description></item>"
        ),
        holds=True,
    )
    yield Case("nested-items", rss(f"<item><item><item>{ITEM}</item></item></item>"))
    yield Case("base", rss(ITEM, root=' xml:base="file:///etc/"'))
    yield Case("no-channel", b"<rss/>")
    yield Case("only-xml", b"<?xml version='1.0'?>")
    yield Case("only-doctype", b"<!DOCTYPE rss [")
    yield Case(
        "sitemap",
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>file:///etc/passwd</loc></url></urlset>',
    )
    yield Case("html", b"<rss><html><body><p>" + WORDS.encode())
    yield Case("empty", b" ")


def outward(address: str) -> Iterator[Case]:
    """Everything that may make a parser of XML fetch `address`."""
    yield Case(
        "entity",
        rss(f"<item><title>&x;</title></item>{ITEM}", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{address}">]>'),
    )
    yield Case(
        "public",
        rss(f"<item><title>&x;</title></item>{ITEM}", f'<!DOCTYPE rss [<!ENTITY x PUBLIC "p" "{address}">]>'),
    )
    yield Case("parameter", rss(ITEM, f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{address}"> %x;]>'))
    yield Case("dtd", rss(ITEM, f'<!DOCTYPE rss SYSTEM "{address}">'))
    yield Case("dtd-public", rss(ITEM, f'<!DOCTYPE rss PUBLIC "-//x" "{address}">'))
    yield Case(
        "unparsed",
        rss(
            f'<item a="x"/>{ITEM}',
            f'<!DOCTYPE rss [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "{address}" NDATA n>]>',
        ),
    )
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    yield Case("xinclude", rss(f"<item><title>{include}</title></item>{ITEM}"))
    yield Case("stylesheet", rss(ITEM, f'<?xml-stylesheet type="text/xsl" href="{address}"?>'))
    yield Case(
        "schema",
        rss(
            ITEM,
            root=f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x {address}"',
        ),
    )
    yield Case("base", rss(ITEM, root=f' xml:base="{address}"'))
    yield Case(
        "enclosure",
        rss(
            f'<item><title>x</title><enclosure url="{address}"/><link>{address}</link><description>{WORDS}</description></item>'
        ),
    )
    yield Case(
        "picture",
        rss(f'<item><title>x</title><description>&lt;img src="{address}"&gt;{WORDS}</description></item>'),
    )


def check(case: Case, name: str) -> str:
    taken = take_bytes(case.raw, name)
    assert taken.frozen or taken.refused
    if case.holds:
        assert WORDS in " ".join(taken.text.split()), taken.reasons
    assert "lollol" not in taken.text
    return taken.said


@pytest.mark.parametrize("case", [*bombs(), *broken()], ids=lambda case: case.name)
def test_a_feed_that_is_hostile_is_read_or_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    if not case.holds:
        monkeypatch.setenv("MARSAD_PARSE_SECONDS", "1")
    assert "evil()</script>" not in check(case, "a.rss").partition("raw=b")[0]


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.atom", "a.html"])
def test_no_feed_makes_anything_be_read_or_asked(canary: Canary, name: str) -> None:
    for address in canary.addresses:
        for case in outward(address):
            assert SECRET not in check(case, name)
