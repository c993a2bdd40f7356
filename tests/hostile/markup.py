"""Broken and hostile HTML, by category. Every page says `WORDS` where a browser would show them.

A case is `(name, page, whether the words must come through)`; where they need not, it must only do no
harm. None is a real page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .taking import WORDS

DEEP = 100_000
MANY = 10_000
_P = f"<p>{WORDS}</p>".encode()
_FILLER = b"<p>The council met on Monday. Rain fell all day, and the road to the north was closed.</p>"


class Case(NamedTuple):
    name: str
    page: bytes
    shows: bool = True


def _page(body: bytes, head: bytes = b"") -> bytes:
    return b"<!doctype html><html><head>" + head + b"</head><body>" + _FILLER + body + b"</body></html>"


def nesting() -> Iterator[Case]:
    """Elements that are unclosed, closed twice, closed in the wrong order, or thrown out of a table."""
    yield Case("unclosed", b"<!doctype html><html><body><p>x<div><p>" + WORDS.encode())
    yield Case("misnested", _page(b"<b><p><i>" + WORDS.encode() + b"</b></p></i>"))
    yield Case("adoption", _page(b"<a><p>" + WORDS.encode() + b"</a></p><a><table><a>x</a></table>"))
    yield Case("end-tags-only", _page(b"</p></div></table></select></body></html>" + _P))
    yield Case("foster-parent", _page(b"<table>" + _P + b"<tr>loose<td>cell</table>"))
    yield Case("foster-script", _page(b"<table><script>evil()</script>" + _P + b"<tr><td>c</table>"))
    yield Case("table-in-table", _page(b"<table><tr><table><tr><td>" + _P + b"</table></table>"))
    yield Case("caption-col", _page(b"<table><col><caption><col>" + _P + b"<tbody><td><th></caption>"))
    yield Case("form-in-form", _page(b"<form><div><form></form>" + _P + b"</form>"))
    yield Case("nobr-in-nobr", _page(b"<nobr><nobr>" + _P + b"</nobr>"))
    yield Case("select", _page(b"<select><p><option><table></select>" + _P), shows=False)
    yield Case("button", _page(b"<button><p><button>" + _P + b"</button>"), shows=False)
    yield Case("heading-in-heading", _page(b"<h1><h2><h3>" + _P + b"</h1>"))
    yield Case("list-items", _page(b"<li><ul><li><dd><dt><li>" + _P))
    yield Case("after-body", _page(b"x") + _P)
    yield Case("two-bodies", _page(b"<body class=a><html lang=en><head>" + _P))
    yield Case("no-html", _P)
    yield Case("frameset", b"<!doctype html><html><frameset><frame src=x>" + _P + b"</frameset>", shows=False)
    yield Case("noframes", b"<html><frameset><noframes>" + _P + b"</noframes></frameset>", shows=False)
    yield Case("template", _page(b"<template>" + _P + b"</template>"), shows=False)


def size() -> Iterator[Case]:
    """More of one thing than a parser or its stack may bear. Read, or refused in time."""
    for tag in (b"div", b"b", b"table", b"svg", b"ul"):
        yield Case(f"deep-{tag.decode()}", _page((b"<" + tag + b">") * DEEP + WORDS.encode()), shows=False)
    yield Case("deep-cells", _page(b"<table><tr><td>" * DEEP + _P), shows=False)
    yield Case("end-tags", _page(b"</p>" * MANY + _P))
    yield Case("formatting", _page(b"<b><i><u><s>" * 2_000 + b"<p>" * 2_000 + WORDS.encode()), shows=False)
    attributes = b" ".join(b"a%d='%d'" % (at, at) for at in range(MANY))
    yield Case("attributes", _page(b"<p " + attributes + b">" + WORDS.encode()), shows=False)
    yield Case("one-attribute", _page(b"<p title='" + b"x" * 1_000_000 + b"'>" + WORDS.encode()))
    yield Case("tag-name", _page(b"<" + b"x" * 1_000_000 + b">" + _P))
    yield Case("comments", _page(b"<!-- x -->" * MANY + _P))
    yield Case("entities", _page(b"&amp;&#x41;&notit;&#1114112;" * MANY + _P))
    yield Case("metas", _page(_P, b"<meta name=author content=x>" * MANY))
    yield Case("titles", _page(_P, b"<title>x</title>" * MANY))
    yield Case("links", _page(b"<a href=x>y</a>" * MANY + _P), shows=False)
    yield Case("breaks", _page(b"<br>" * MANY + _P))
    yield Case("linked-data", _page(_P, b'<script type="application/ld+json">' + b"[" * DEEP + b"</script>"))
    items = b'{"@graph":[' * 5_000 + b'{"datePublished":"2020-01-01"}' + b"]}" * 5_000
    yield Case("linked-graph", _page(_P, b'<script type="application/ld+json">' + items + b"</script>"))


def characters() -> Iterator[Case]:
    """Entities, NUL, controls, surrogates, and encodings that are not what they say."""
    yield Case("null-reference", _page(b"&#0;&#x0;&#00000000;" + _P))
    yield Case("surrogates", _page(b"&#xD800;&#xDFFF;&#55296;&#57343;" + _P))
    yield Case("too-high", _page(b"&#x110000;&#x7fffffff;&#99999999999999999999;" + _P))
    yield Case("controls", _page(b"&#1;&#x0b;&#x1b;&#x7f;&#x80;&#x9f;" + _P))
    yield Case("noncharacters", _page(b"&#xFDD0;&#xFFFE;&#xFFFF;&#x1FFFF;" + _P))
    yield Case("no-semicolon", _page(b"&ampx &lt &gtx &copyx &notin; &#65x &#x41x &; &#; &#x;" + _P))
    yield Case("null-byte", _page(b"\0<p\0>a\0b</p>" + _P), shows=False)
    yield Case("escape-byte", _page(b"\x1b[2J\x1b]0;x\x07" + _P))
    yield Case("lying-charset", _page(_P + "<p>Größe عربية</p>".encode(), b"<meta charset=koi8-r>"))
    yield Case("no-such-charset", _page(_P + b"\xff\xfe\xfd", b"<meta charset=x-none-such>"))
    yield Case("utf-7", _page(_P + b"+ADw-script+AD4-evil()+ADw-/script+AD4-", b"<meta charset=utf-7>"))
    yield Case("utf-16-said", _page(_P, b"<meta charset=utf-16>"))
    yield Case("utf-16", b"\xff\xfe" + _page(_P).decode().encode("utf-16-le"))
    yield Case("utf-16-odd", b"\xff\xfe" + _page(_P).decode().encode("utf-16-le") + b"\x41", shows=False)
    yield Case("utf-16-surrogate", b"\xff\xfe" + _page(_P).decode().encode("utf-16-le") + b"\x00\xd8")
    yield Case("utf-8-cut", _page(_P + b"\xe2\x82"))
    yield Case("utf-8-overlong", _page(_P + b"\xc0\xbcscript\xc0\xbe \xf8\x88\x80\x80\x80 \xed\xa0\x80"))
    yield Case("iso-2022-jp", _page(_P + b"\x1b$B!!\x1b(J\\", b"<meta charset=iso-2022-jp>"))
    yield Case("two-charsets", _page(_P, b"<meta charset=utf-8><meta charset=windows-1251>"))


def switches() -> Iterator[Case]:
    """Where a parser changes what it takes for markup."""
    yield Case("script", _page(b"<script>var a='<p>evil()</p>'</script>" + _P))
    yield Case("script-unclosed", _page(_P + b"<script>evil()<!--<script>"))
    yield Case("script-escaped", _page(b"<script><!--<script>evil()</script>--></script>" + _P))
    yield Case("style-unclosed", _page(_P + b"<style>evil{}"))
    yield Case("textarea", _page(_P + b"<textarea></p><script>evil()</script>"))
    yield Case("title-markup", _page(_P, b"<title><b>a</b><script>evil()</script></title>"))
    yield Case("plaintext", _page(_P + b"<plaintext></html><script>evil()"), shows=False)
    yield Case("xmp", _page(_P + b"<xmp><script>evil()</script></xmp>"), shows=False)
    yield Case("noscript", _page(b"<noscript><p title='</noscript><img onerror=evil()>'>" + _P), shows=False)
    yield Case("iframe", _page(b"<iframe srcdoc='<script>evil()</script>'></iframe>" + _P))
    yield Case("comment-bang", _page(b"<!--x--!>" + _P))
    yield Case("comment-short", _page(b"<!--><!---><!-->" + _P))
    yield Case("comment-nested", _page(b"<!-- <!-- --> " + _P + b" -->"))
    yield Case("comment-unclosed", _page(_P + b"<!-- evil() "))
    yield Case("bogus-comment", _page(b"<?php evil() ?><!evil()></ evil()>" + _P))
    yield Case("cdata", _page(b"<![CDATA[ evil() ]]>" + _P))
    yield Case("cdata-in-svg", _page(b"<svg><![CDATA[ </svg><script>evil()</script> ]]></svg>" + _P))
    yield Case(
        "svg-breakout", _page(b"<svg><desc><p>x</svg><svg><style><img onerror=evil()>" + _P), shows=False
    )
    yield Case("math-breakout", _page(b"<math><mtext><table><mglyph><style><math>" + _P), shows=False)
    yield Case("doctype-late", _page(b"<!doctype html SYSTEM 'http://127.0.0.1/x.dtd'>" + _P))
    yield Case("attribute-quotes", _page(b"<p a='b\"c' d=\"e'f' g=h>i' \"j\">" + _P))
    yield Case("tag-open", _page(b"< p> <3 <> </> <-- <%x%>" + _P))
    yield Case("tag-at-end", _page(_P) + b"<p title='")
    yield Case("image-handlers", _page(b"<img src=x onerror=evil()><body onload=evil()>" + _P))
    yield Case("addresses", _page(b"<a href='javascript:evil()'>x</a><base href='file:///'>" + _P))


def doctype_entities(secret: str) -> Iterator[Case]:
    """External entities and inclusions: a page is no XML, whatever it says."""
    declared = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret}"><!ENTITY % y SYSTEM "{secret}">%y;]>'.encode()
    yield Case("entity", declared + b"<html><body>&x;" + _P + b"</body></html>")
    yield Case("xhtml", b'<?xml version="1.0"?>' + declared + b"<html><body>&x;" + _P + b"</body></html>")
    include = f'<p xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret}" parse="text"/></p>'
    yield Case("xinclude", _page(include.encode() + _P))
    fetched = f"<link rel=stylesheet href='{secret}'><meta http-equiv=refresh content='0;url={secret}'>"
    yield Case(
        "fetched",
        _page(f"<img src='{secret}'><object data='{secret}'></object>".encode() + _P, fetched.encode()),
    )


def cases() -> Iterator[Case]:
    for category in (nesting, size, characters, switches):
        for case in category():
            yield case._replace(name=f"{category.__name__}: {case.name}")
