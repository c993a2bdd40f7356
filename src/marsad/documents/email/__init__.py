"""E-mail to text: the words of whoever wrote the message or, of a forwarded one, of its first writer.

What is quoted from another message is that message's words: it is left out and counted, as are
signatures. Attachments are documents of their own. Addresses of the headers are nobody's business:
they enter neither text nor metadata.

Called in a child process with limits (`isolation.py`).
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from email import policy
from email.message import Message
from typing import NamedTuple

from msgspec.structs import replace

from marsad.documents import page as pages
from marsad.documents.cleaning import clean
from marsad.documents.email import headers
from marsad.documents.email.parts import Parts, parts_of
from marsad.documents.email.quoting import Words, told_apart
from marsad.documents.page import Page, Remark
from marsad.errors import BadInput
from marsad.records.corrections import parted

_DEEPEST = 5  # forwards of forwards
_COMMENT = 40  # words before a forwarded message that are a text of their own, and no `see below`


def extract(raw: bytes) -> bytes:
    """A message's bytes to an encoded `Page`, or two where it comments on what it forwards.

    Raises:
        BadInput: no message, an encrypted one, or one without any text or file.
    """
    try:
        message = email.message_from_bytes(raw, policy=policy.compat32)
        if not message.keys():
            raise BadInput("not an e-mail: it does not begin with headers")
        parts = parts_of(message)
    except RecursionError:
        raise BadInput("an e-mail whose parts are nested too deeply") from None
    found = _pages(message, parts)
    if not found and not parts.files:
        raise BadInput("empty: there is no text in it")
    return pages.encode(*found, enclosed=parts.files)


def _pages(message: Message, parts: Parts) -> list[Page]:
    """The message or, of one that was forwarded, what was; and comments on it that are texts themselves."""
    levels = list(_levels(message, parts.text))
    written = [level for level in levels if level.words.own.strip()]
    kept = [level for level in written[:-1] if len(level.words.own.split()) >= _COMMENT] + written[-1:]
    skipped = sum(len(level.words.own.split()) for level in written if level not in kept)
    found: list[Page] = []
    for level in kept:
        page = level.page(tuple(_remarks(level.words, parts.left_out, skipped)))
        if len(kept) > 1:  # several documents of one file need bytes of their own
            page = replace(page, part=str(len(found) + 1), raw=page.text.encode())
        found.append(page)
    return found


class _Level(NamedTuple):
    """One of the messages in a chain of forwards, the first of which is the file itself."""

    words: Words
    title: str | None
    sender: headers.Sender
    published: str | None

    def page(self, remarks: tuple[Remark, ...]) -> Page:
        text, corrections = parted(clean(self.words.own))
        return Page(
            text=text,
            title=self.title,
            author=self.sender.author,
            publisher=self.sender.publisher,
            published=self.published,
            corrections=corrections,
            remarks=remarks,
        )


def _levels(message: Message, text: str) -> Iterator[_Level]:
    subject = headers.header(message, "Subject")
    words = told_apart(text, subject or "")
    yield _Level(words, subject, headers.sender(message), headers.date(message))
    for _ in range(_DEEPEST):
        if words.forwarded is None:
            return
        stated = words.forwarded.headers
        subject = clean(stated.get("subject", "")) or subject
        words = told_apart("\n".join(words.forwarded.lines), subject or "")
        yield _Level(
            words, subject, headers.named(stated.get("from", "")), headers.instant(stated.get("date", ""))
        )


def _remarks(words: Words, left_out: tuple[str, ...], skipped: int) -> Iterator[Remark]:
    if skipped:
        yield Remark.of("forwarded", count=skipped)
    if words.quoted:
        yield Remark.of("quoted_text", count=words.quoted)
    if words.signature:
        yield Remark.of("signature", count=words.signature)
    if left_out:
        yield Remark.of("attachments", count=len(left_out), names=", ".join(left_out)[:300])
