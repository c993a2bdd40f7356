"""What the headers of a message state: title, author, publisher, date. No address leaves this module."""

from __future__ import annotations

from email.headerregistry import HeaderRegistry
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import NamedTuple

from marsad.documents.cleaning import clean

_REGISTRY = HeaderRegistry()
_LONGEST = 4_000  # characters of a header that are read
_ORGANISATIONS = {
    *("agency", "alert", "alerts", "association", "authority", "bulletin", "bureau", "center", "centre"),
    *("cluster", "commission", "committee", "council", "department", "desk", "digest", "directorate"),
    *("foundation", "group", "institute", "ministry", "mission", "monitor", "network", "news", "newsletter"),
    *("newsroom", "observatory", "office", "organisation", "organization", "press", "programme", "project"),
    *("report", "reports", "secretariat", "service", "team", "union", "unit", "update", "updates", "watch"),
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Sender(NamedTuple):
    """Whose words a message is: a person, an organisation, both or neither is stated."""

    author: str | None = None
    publisher: str | None = None


def header(message: Message, name: str) -> str | None:
    """A header as text: decoded (RFC 2047), also where its bytes are bare UTF-8, on one line."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return None
    return decoded(_bare(raw)[:_LONGEST]) or None


def decoded(stated: str) -> str:
    """A header's words (RFC 2047) on one line."""
    text = " ".join(stated.split())
    try:
        text = str(_REGISTRY("Subject", text))
    except Exception:  # the parser of headers fails on many that are malformed
        return _printable(text)
    return _printable(text)


def sender(message: Message) -> Sender:
    """Author and publisher by `From` and, of a mailing list, `List-Id`."""
    found = named(header(message, "From") or "")
    phrase = (header(message, "List-Id") or "").partition("<")[0].strip(" \"'")
    mailing_list = phrase if phrase and "@" not in phrase else None
    return found._replace(publisher=mailing_list or found.publisher)


def named(address: str) -> Sender:
    """Who `Jane Doe <jane@example.org>` is; `Jane Doe via Field Reports` is both."""
    name = _display_name(address)
    if name is None:
        return Sender()
    person, via, organisation = name.partition(" via ")
    if via:
        return Sender(person.strip("'\" ") or None, organisation.strip() or None)
    if any(word.strip(".,()").lower() in _ORGANISATIONS for word in name.split()):
        return Sender(publisher=name)
    return Sender(author=name)


def _display_name(address: str) -> str | None:
    name = parseaddr(address)[0] or address.partition("<")[0].partition("[")[0]
    name = " ".join(name.strip(" \"'*").split())
    return name if name and "@" not in name and any(map(str.isalpha, name)) else None


def date(message: Message) -> str | None:
    """The instant of `Date`, ISO 8601 in the sender's time zone."""
    return instant(header(message, "Date") or "")


def instant(stated: str) -> str | None:
    """A date as mail programs write it: that of a header, or `Tuesday, 5 March 2024 at 10:00`."""
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _day(stated)


def _day(stated: str) -> str | None:
    """The day where a month is named in English, whatever the order."""
    words = stated.lower().replace(",", " ").replace(".", " ").split()
    months = [number for word in words for number, month in enumerate(_MONTHS, 1) if word.startswith(month)]
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) <= 4]
    years = [number for number in numbers if 1900 < number < 2200]
    days = [number for number in numbers if 1 <= number <= 31]
    if len(months) != 1 or len(years) != 1 or not days:
        return None
    return f"{years[0]:04}-{months[0]:02}-{days[0]:02}"


def _bare(raw: str) -> str:
    """Bytes over ASCII in a header, which its standard did not foresee, as UTF-8 or windows-1252."""
    octets = raw.encode("utf-8", "surrogateescape")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _printable(text: str) -> str:
    return clean(" ".join(text.encode("utf-8", "replace").decode().split()))
