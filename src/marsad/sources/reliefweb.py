"""Reports of ReliefWeb (UN OCHA), by a query to its API, version 2.

    reliefweb:QUERY                                  in ReliefWeb's own query language
    reliefweb:QUERY?country=SYR,IRQ&from=2024-01-01  of these countries (ISO 3166-1 alpha-3), from a day on

First all that matches is listed, newest first, a thousand reports a call; then the new reports are asked
for, twenty a call. The day of the last change is what tells the next poll where to begin. The API allows
1,000 calls a day, and asks for a name that ReliefWeb has approved (`reliefweb_appname`).

Described at https://apidoc.reliefweb.int.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

import msgspec

from marsad.errors import BadInput, MarsadError
from marsad.records.original import Listed, Original
from marsad.settings import load
from marsad.sources.fetch import Failed, Fetched, Later, NotModified, Validators
from marsad.sources.items import Contents, Empty, Item, Opened
from marsad.sources.pace import Visitor

SCHEME = "reliefweb:"
MOST_REPORTS = 5_000  # that one query may match
_A_PAGE, _A_CALL = 1_000, 20  # reports that are listed, and that are asked for whole, at a time
_LISTED = (
    *("title", "url", "url_alias", "date.changed", "date.original"),
    *("source.name", "language.code", "file"),
)
_WHOLE = ("body-html",)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOT_APPROVED = 403
_GET_A_NAME = (
    "ask for one at https://apidoc.reliefweb.int/parameters#appname and set MARSAD_RELIEFWEB_APPNAME to it"
)


class Query(NamedTuple):
    """What is asked for."""

    words: str
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-3
    since: str | None = None  # the first day of publication

    @classmethod
    def of(cls, address: str) -> Query:
        """The query of an address.

        Raises:
            BadInput: it asks for nothing, or by what there is not.
        """
        words, _, options = address.removeprefix(SCHEME).partition("?")
        given = dict(parse_qsl(options, keep_blank_values=True))
        if unknown := sorted(given.keys() - {"country", "from"}):
            raise BadInput(f"{address}: no option {unknown[0]}; give country=SYR,IRQ or from=YYYY-MM-DD")
        since = given.get("from") or None
        if since and not _DAY.fullmatch(since):
            raise BadInput(f"{address}: from={since} is no day; give YYYY-MM-DD")
        countries = tuple(filter(None, given.get("country", "").upper().split(",")))
        if not (words.strip() or countries):
            raise BadInput(f"{address}: asks for nothing; give {SCHEME}QUERY, ?country=SYR, or both")
        return cls(words.strip(), countries, since)


class _Name(msgspec.Struct):
    name: str | None = None
    code: str | None = None


class _Date(msgspec.Struct):
    changed: str | None = None
    original: str | None = None


class _File(msgspec.Struct):
    url: str
    mimetype: str | None = None
    description: str | None = None


class _Fields(msgspec.Struct):
    title: str | None = None
    url: str | None = None
    url_alias: str | None = None
    date: _Date = msgspec.field(default_factory=_Date)
    source: list[_Name] = []
    language: list[_Name] = []
    file: list[_File] = []
    body_html: str | None = msgspec.field(default=None, name="body-html")

    def listed(self, title: str | None = None) -> Listed:
        sources = [each.name for each in self.source if each.name]
        languages = [each.code for each in self.language if each.code]
        return Listed(
            title=title or self.title,
            publisher=", ".join(sources) or None,
            published=self.date.original,
            language=languages[0] if len(languages) == 1 else None,
        )


class _Report(msgspec.Struct):
    id: str | int
    fields: _Fields = msgspec.field(default_factory=_Fields)

    @property
    def address(self) -> str:
        return self.fields.url_alias or self.fields.url or f"https://reliefweb.int/node/{self.id}"


class _Page(msgspec.Struct):
    data: list[_Report] = []
    total: int = msgspec.field(default=0, name="totalCount")
    links: dict[str, msgspec.Raw] = {}


class _Fault(msgspec.Struct):
    class Said(msgspec.Struct):
        message: str = ""

    error: Said = msgspec.field(default_factory=Said)


class ReliefWeb:
    """The reports that match a query, with the PDF files that belong to them."""

    def __init__(self, address: str, visitor: Visitor) -> None:
        settings = load()
        if not settings.reliefweb_appname:
            raise BadInput(f"ReliefWeb answers to approved names only; {_GET_A_NAME}")
        self._name, self._url = settings.reliefweb_appname, settings.reliefweb_url.rstrip("/")
        self._address, self._query, self._visitor = address, Query.of(address), visitor
        self._moment: str | None = None  # of the last answer
        self._reports: dict[str, str] = {}  # ids by address, in the order in which they will be asked for
        self._bodies: dict[str, tuple[str | None, str | None]] = {}  # that are here: HTML, and when it came

    def contents(self, validators: Validators) -> Contents | NotModified | Later | Failed:
        reports: list[_Report] = []
        while True:
            page = self._ask(self._listing(validators.last_modified, len(reports)))
            if not isinstance(page, _Page):
                return page
            reports += page.data
            if (matches := max(page.total, len(reports))) > MOST_REPORTS:
                raise BadInput(
                    f"{self._address}: matches {matches:,} reports, over the limit of {MOST_REPORTS:,}; "
                    "narrow it, for instance with ?country=SYR&from=2024-01-01"
                )
            if not page.data or "next" not in page.links:
                break
        changed = max((each.fields.date.changed or "" for each in reports), default="")
        self._reports = {each.address: str(each.id) for each in reports}
        known = Validators(last_modified=changed or validators.last_modified)
        title = f"ReliefWeb: {self._address.removeprefix(SCHEME)}"
        return Contents("reliefweb", title, tuple(_items(reports)), known)

    def open(self, item: Item) -> Opened:
        if item.address not in self._reports:
            return self._file(item)
        if item.address not in self._bodies:
            fault = self._fill(item.address)
            if fault is not None:
                return fault
        body, retrieved = self._bodies.pop(item.address, (None, None))
        if not body or not body.strip():
            return Empty()
        raw = body.encode()
        return Original(raw, item.address, item.address, "text/html", retrieved=retrieved, listed=item.listed)

    def _file(self, item: Item) -> Opened:
        answer = self._visitor.get(item.address, accept="application/pdf, */*;q=0.5")
        if isinstance(answer, Fetched):
            return answer.original._replace(listed=item.listed)
        return Failed(304, "answered 304") if isinstance(answer, NotModified) else answer

    def _fill(self, address: str) -> Later | Failed | None:
        """Ask for the report at `address`, and for those after it in the list that are not here yet."""
        addresses = list(self._reports)
        begin = addresses.index(address)
        wanted = {self._reports[each]: each for each in addresses[begin : begin + _A_CALL]}
        page = self._ask(self._whole(list(wanted)))
        if not isinstance(page, _Page):
            return page
        for report in page.data:
            if str(report.id) in wanted:
                self._bodies[wanted[str(report.id)]] = report.fields.body_html, self._moment
        return None

    def _ask(self, parameters: Sequence[tuple[str, str]]) -> _Page | Later | Failed:
        address = f"{self._url}/reports?{urlencode([('appname', self._name), *parameters])}"
        try:
            answer = self._visitor.get(address, accept="application/json", is_crawled=False)
        except MarsadError as error:
            raise type(error)(f"ReliefWeb: {str(error).removeprefix(f'{address}: ')}") from error
        if isinstance(answer, Later):
            return answer._replace(reason=f"ReliefWeb {answer.reason}")
        if not isinstance(answer, Fetched):
            return _fault(answer) if isinstance(answer, Failed) else Failed(0, "ReliefWeb gave no answer")
        self._moment = answer.original.retrieved
        try:
            return msgspec.json.decode(answer.original.raw, type=_Page)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise BadInput(f"ReliefWeb: sent what cannot be read: {error}") from None

    def _listing(self, changed: str | None, offset: int) -> list[tuple[str, str]]:
        """What lists the reports that match, from the day on at which the last known one changed."""
        query = self._query
        conditions: list[tuple[str, list[tuple[str, str]]]] = []
        if query.countries:
            conditions.append(("country.iso3", [("[value][]", each.lower()) for each in query.countries]))
        if query.since:
            conditions.append(("date.original", [("[value][from]", f"{query.since}T00:00:00+00:00")]))
        if changed:
            conditions.append(("date.changed", [("[value][from]", changed)]))
        found = [("limit", str(_A_PAGE)), ("offset", str(offset)), ("sort[]", "date.created:desc")]
        found += [("fields[include][]", name) for name in _LISTED]
        if query.words:
            found += [("query[value]", query.words), ("query[operator]", "AND")]
        if conditions:
            found.append(("filter[operator]", "AND"))
        for number, (field, values) in enumerate(conditions):
            at = f"filter[conditions][{number}]"
            found += [(f"{at}[field]", field), *((f"{at}{name}", value) for name, value in values)]
        return found

    def _whole(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """What gives some reports with their text."""
        found = [("limit", str(len(ids))), *(("fields[include][]", name) for name in _WHOLE)]
        return [*found, ("filter[field]", "id"), *(("filter[value][]", each) for each in ids)]


def _items(reports: Sequence[_Report]) -> Iterator[Item]:
    """The reports, each followed by the PDF files that belong to it."""
    for report in reports:
        fields = report.fields
        yield Item(report.address, fields.date.changed or "", fields.listed())
        for file in fields.file:
            if file.mimetype == "application/pdf":
                yield Item(file.url, "", fields.listed(file.description))


def _fault(answer: Failed) -> Failed:
    """What the API says of a request that it does not answer."""
    try:
        said = msgspec.json.decode(answer.body, type=_Fault).error.message
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        said = ""
    said = " ".join("".join(char if char.isprintable() else " " for char in said).split())
    reason = f"ReliefWeb {answer.reason}{': ' if said else ''}{said}"
    if answer.status == _NOT_APPROVED:
        reason = f"{reason}; the name must be approved: {_GET_A_NAME}"
    return answer._replace(reason=reason)
