"""E-mail that is broken, nested without end or full of nothing: what is legible is read, the rest costs itself."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from . import archives
from .taking import WORDS, take, take_bytes

HEAD = b"From: Ana <ana@example.org>\r\nTo: desk@example.org\r\nSubject: Zafir\r\nDate: Tue, 5 Mar 2024 10:00:00 +0000\r\n"
MIME = HEAD + b"MIME-Version: 1.0\r\n"
BODY = WORDS.encode()


class Case(NamedTuple):
    name: str
    raw: bytes
    holds: bool = False


def multipart(*parts: bytes, boundary: bytes = b"b", close: bool = True, kind: bytes = b"mixed") -> bytes:
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return head + body + (b"--" + boundary + b"--\r\n" if close else b"")


def nested(depth: int) -> bytes:
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(depth)
    )
    return MIME + opening + b"\r\n" + BODY


def letters(depth: int) -> bytes:
    return (MIME + b"Content-Type: message/rfc822\r\n\r\n") * depth + HEAD + b"\r\n" + BODY


def attached(name: bytes, raw: bytes = BODY, kind: bytes = b"text/plain") -> bytes:
    disposition = b'Content-Disposition: attachment; filename="' + name + b'"\r\n'
    return (
        b"Content-Type: "
        + kind
        + b"\r\n"
        + disposition
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + b64encode(raw)
    )


PLAIN = b"Content-Type: text/plain\r\n\r\n" + BODY


def cases() -> Iterator[Case]:
    yield Case("plain", HEAD + b"\r\n" + BODY, holds=True)
    yield Case("line-feeds", HEAD.replace(b"\r", b"") + b"\n" + BODY, holds=True)
    yield Case("nested", nested(1_000))
    yield Case("nested-deep", nested(20_000))
    yield Case("letters", letters(1_000))
    yield Case("parts", MIME + multipart(PLAIN, *[b"\r\nx"] * 20_000))
    yield Case("attachments", MIME + multipart(PLAIN, *[attached(b"%d.txt" % at) for at in range(2_000)]))
    yield Case("headers", b"X: y\r\n" * 100_000 + HEAD + b"\r\n" + BODY)
    yield Case("recipients", b"To: " + b"a@example.org, " * 30_000 + b"\r\n" + HEAD + b"\r\n" + BODY)
    yield Case("brackets", b"From: " + b"(" * 50_000 + b"\r\n" + HEAD + b"\r\n" + BODY)
    yield Case("groups", b"To: " + b"a:" * 20_000 + b";\r\n" + HEAD + b"\r\n" + BODY)
    yield Case("quoted-name", b'From: "' + b"\\" * 50_000 + b'" <a@b>\r\n' + HEAD + b"\r\n" + BODY)
    yield Case("one-header", b"Subject: " + b"x" * 3_000_000 + b"\r\n\r\n" + BODY)
    yield Case("folded", b"Subject: x\r\n" + b" y\r\n" * 100_000 + b"\r\n" + BODY)
    yield Case("words", b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\n" + BODY)
    yield Case(
        "bad-words",
        b"Subject: =?x-none?q?=FF?= =?utf-8?b?!!!?= =?utf-8?q?=ZZ?= =?\r\n" + HEAD[30:] + b"\r\n" + BODY,
    )
    yield Case("parameters", MIME + b"Content-Type: text/plain" + b"; a*0=b" * 20_000 + b"\r\n\r\n" + BODY)
    yield Case(
        "rfc2231", MIME + b"Content-Type: text/plain; charset*0*=x''%ff%fe; charset*99999999=y\r\n\r\n" + BODY
    )
    yield Case("boundary-long", MIME + multipart(PLAIN, boundary=b"x" * 100_000))
    yield Case("boundary-empty", MIME + multipart(PLAIN, boundary=b""))
    yield Case("boundary-none", MIME + b"Content-Type: multipart/mixed\r\n\r\n--b\r\n" + PLAIN)
    yield Case("boundary-same", MIME + multipart(multipart(PLAIN), PLAIN))
    yield Case("unclosed", MIME + multipart(PLAIN, close=False), holds=True)
    yield Case(
        "alternatives",
        MIME + multipart(PLAIN, b"Content-Type: text/html\r\n\r\n<p>" + BODY, kind=b"alternative"),
        holds=True,
    )
    for charset in (
        b"utf-7",
        b"x-none",
        b"hex",
        b"zip",
        b"rot13",
        b"idna",
        b"punycode",
        b"utf-16",
        b"\xff",
        b"unicode_escape",
        b"mbcs",
        b"undefined",
        b"../x",
    ):
        yield Case(
            f"charset-{charset.decode('latin-1')}",
            MIME + b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n" + BODY,
        )
    for coding in (b"base64", b"quoted-printable", b"x-uuencode", b"gzip", b"x-none", b"7bit"):
        yield Case(
            f"coding-{coding.decode()}",
            MIME + b"Content-Transfer-Encoding: " + coding + b"\r\n\r\n" + BODY + b"=\xff\r\n=ZZ=",
        )
    yield Case(
        "uuencode", MIME + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666 ../x\r\n" + b"M" * 50_000
    )
    for at, date in enumerate(
        (
            b"",
            b"never",
            b"99 Foo 99999999999 99:99:99",
            b"Tue, 5 Mar 2024 10:00:00 +99999999",
            b"9" * 5_000,
            b"Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
            b"\xff\xfe",
            b"-1",
            b"(((((",
        )
    ):
        yield Case(f"date-{at}", b"Date: " + date + b"\r\nFrom: a@b\r\n\r\n" + BODY, holds=True)
    yield Case("null", HEAD + b"X: \0\r\n\r\nThe army\0 said.")
    yield Case("controls", HEAD.replace(b"Zafir", b"\x1b[2J\x07\x08") + b"\r\n" + BODY, holds=True)
    yield Case("no-headers", b"\r\n" + BODY)
    yield Case("no-body", HEAD)
    yield Case("no-colon", b"hello\r\n" + HEAD + b"\r\n" + BODY)
    yield Case("eight-bit", HEAD.replace(b"Ana", b"\xc4na \xff") + b"\r\n" + BODY, holds=True)
    yield Case("html", MIME + b"Content-Type: text/html\r\n\r\n<script>evil()</script><p>" + BODY, holds=True)
    yield Case("html-deep", MIME + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000 + BODY)
    yield Case(
        "delivery-status", MIME + b"Content-Type: message/delivery-status\r\n\r\n" + b"a: b\r\n\r\n" * 5_000
    )
    yield Case("partial", MIME + b"Content-Type: message/partial; number=1; total=99999\r\n\r\n" + BODY)
    yield Case(
        "external-body",
        MIME
        + b'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"\r\n\r\n'
        + HEAD,
    )
    yield Case(
        "calendar", MIME + multipart(PLAIN, b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR"), holds=True
    )


def names() -> list[bytes]:
    return [name.encode().replace(b'"', b"") for name in archives.ESCAPES if len(name) < 200]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_a_message_that_is_broken_is_read_or_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    if not case.holds:
        monkeypatch.setenv("MARSAD_PARSE_SECONDS", "1")
    taken = take_bytes(case.raw, "a.eml")
    assert taken.frozen or taken.refused
    if case.holds:
        assert WORDS in " ".join(taken.text.split()), taken.reasons
    assert "evil()" not in taken.text and "root:" not in taken.said


def test_the_name_of_an_attachment_is_a_label(tmp_path: Path, outside: object) -> None:
    path = tmp_path / "names.eml"
    path.write_bytes(
        MIME + multipart(PLAIN, *[attached(name, BODY + b" %d" % at) for at, name in enumerate(names())])
    )
    taken = take(path)
    assert len(taken.frozen) > 10
    assert all((each.document.source or "").startswith(str(path)) for each in taken.frozen)
    assert all((each.document.source or "").isprintable() for each in taken.frozen)


@pytest.mark.parametrize("kind", ["bomb", "overlap", "nested", "lying-small", "encrypted"])
def test_an_archive_that_is_attached_is_held_to_the_same_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("MARSAD_ARCHIVE_BYTES", str(40 * 2**20))
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", str(10 * 2**20))
    hostile = {case.name: case.raw for case in archives.zips()}[kind]
    path = tmp_path / "a.eml"
    path.write_bytes(MIME + multipart(PLAIN, attached(b"a.zip", hostile, b"application/zip")))
    taken = take(path)
    assert WORDS in taken.text
    assert taken.refused


def test_a_mailbox_with_one_bad_message_gives_the_others(tmp_path: Path) -> None:
    bad = [
        case.raw
        for case in cases()
        if case.name in ("no-body", "null", "boundary-none", "charset-x-none", "date-2")
    ]
    path = tmp_path / "a.mbox"
    mark = b"From ana@example.org Tue Mar  5 10:00:00 2024\n"
    messages = [HEAD + b"\r\n" + BODY, *bad, HEAD + b"\r\nThe council met."]
    path.write_bytes(b"".join(mark + each.replace(b"\r\n", b"\n") + b"\n\n" for each in messages))
    taken = take(path)
    assert WORDS in taken.frozen[0].document.text
    assert "The council met." in taken.frozen[-1].document.text
