"""The corpus, the network and the address bar are hostile: nothing of them runs, escapes or breaks a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from marsad.errors import MarsadError
from marsad.ledger.asking.fields import FIELDS, KINDS, Kind
from marsad.ledger.store import Store
from marsad.web import guard

from ..ledger import making
from . import ledgers, routes
from .browsing import serving
from .conftest import HERE, client_of

TEMPLATES = Path(guard.__file__).parent / "templates"
QUERIES = [
    *ledgers.NAUGHTY["query"],
    "' UNION SELECT sql FROM sqlite_master --",
    "'; ATTACH DATABASE '/tmp/x.db' AS x; --",
    "1) OR (1=1",
    "x' AND randomblob(1000000000) --",
    "x' || pg_sleep(9) || '",
    "\\'; COPY documents TO '/tmp/x'; --",
    '") MATCH "x',
    "NEAR(" * 40,
    "title : x OR rowid : 1",
    "\ud7ff\ue000\U0010ffff",
    "a" * 4000,
]
REFUSED = (400, 403, 404, 405, 413, 422)
LEAKS = re.compile(
    r"Traceback|sqlalchemy|sqlite3|psycopg|syntax error|no such (?:table|column)", re.IGNORECASE
)


def every(app: TestClient) -> list[tuple[str, str]]:
    return routes.of(app.app._app)  # type: ignore[attr-defined]


def paths(app: TestClient, *words: str) -> list[str]:
    return [path for method, path in every(app) if routes.rule(method, path) in words]


# Rules


def test_every_route_has_a_rule_and_every_rule_a_route(client: TestClient) -> None:
    found = every(client)
    assert [each for each in found if routes.rule(*each) is None] == []
    there = {path for _, path in found}
    named = routes.PAGES | routes.PARTS | routes.DOWNLOADS | routes.PREVIEWS | routes.WRITES
    assert named - there == set()


def test_every_route_answers_to_its_own_method_alone(client: TestClient) -> None:
    at = {path for _, path in every(client)}
    for path in at:
        allowed = {method for method, each in every(client) if each == path}
        for method in ("GET", "POST", "PUT", "DELETE"):
            if method not in allowed:
                answer = client.request(method, path.replace("{", "").replace("}", ""))
                assert answer.status_code in REFUSED, (method, path)


def test_what_changes_something_refuses_whoever_does_not_hold_the_token(client: TestClient) -> None:
    before = client.get("/claims.json?limit=500").json()
    for path in paths(client, "write"):
        for headers in (
            {},
            {guard.TOKEN_HEADER: ""},
            {guard.TOKEN_HEADER: "x" * 43},
            {guard.TOKEN_HEADER: "é"},
        ):
            encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
            answer = client.post(path.replace("{document_id}", "x"), data={"token": "x"}, headers=encoded)
            assert answer.status_code in (403, 422), (path, headers)
            assert "location" not in answer.headers
    assert client.get("/claims.json?limit=500").json() == before


def test_no_route_answers_another_host_or_site(client: TestClient) -> None:
    for method, path in every(client):
        plain = path.replace("{", "").replace("}", "")
        for headers in (
            {"host": "rebound.example:8000"},
            {"host": "127.0.0.1.rebound.example:8000"},
            {"host": "127.0.0.1:8000@rebound.example"},
            {"origin": "http://away.example"},
            {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
            {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
        ):
            assert client.request(method, plain, headers=headers).status_code == 403, (method, path, headers)


# Texts of reports


@cache
def known() -> tuple[set[str], set[str]]:
    """The elements and attributes that the templates and the drawings hold."""
    web = Path(guard.__file__).parent
    sources = [*TEMPLATES.glob("*.html"), *(web.parent / "reports").glob("*.py"), *web.rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    attributes = re.findall(r"([a-zA-Z][\w:-]*)=\"?", text.lower())
    return set(re.findall(r"<([a-z][a-z0-9]*)", text.lower())), set(attributes) | BARE


def check(where: str, text: str) -> None:
    """A page holds nothing but what its template has: no element, attribute or address of a report's."""
    elements, attributes = known()
    for each in html.document_fromstring(text).iter(etree.Element):
        assert each.tag in elements, (where, each.tag)
        for name, value in each.attrib.items():
            assert name in attributes, (where, each.tag, name)
            assert not name.startswith("on"), (where, name)
            if name in ("href", "src", "action", "formaction", "data-from", "poster", "srcset"):
                assert _stays(value), (where, each.tag, name, value)
        if each.tag == "script":
            assert (each.text or "").strip() == "", where
            assert each.get("src", "").startswith("/assets/"), where
        assert each.tag not in ("base", "object", "embed"), where


BARE = {
    "hidden",
    "required",
    "disabled",
    "checked",
    "selected",
    "open",
    "multiple",
    "autofocus",
    "novalidate",
    "sandbox",
    "popover",
    "defer",
    "async",
    "download",
}


def _stays(address: str) -> bool:
    """Whether an address is one of the workbench, or a part of the page."""
    return address in ("data:,", "") or (address[0] in "/#?" and not address.startswith(("//", "/\\")))


def test_no_text_of_a_report_becomes_a_part_of_a_page(poisoned: TestClient) -> None:
    shown = 0
    for path in routes.addresses(poisoned, *paths(poisoned, "page", "part")):
        kind = path.strip("/")
        answer = poisoned.get(f"{path}?limit=500" if kind in KINDS else path)
        assert answer.status_code == 200, (path, answer.text[:300])
        check(path, answer.text)
        shown += "alert(1)" in answer.text
    assert shown > 40


def test_no_text_of_a_report_becomes_a_part_of_a_drawing(poisoned: TestClient) -> None:
    drawings = [path for path in paths(poisoned, "data") if path.endswith(".svg")]
    for path in routes.addresses(poisoned, *drawings):
        answer = poisoned.get(path)
        assert answer.status_code == 200
        for each in etree.fromstring(answer.content).iter(etree.Element):
            assert etree.QName(each).localname not in ("script", "foreignObject", "image", "use"), path
            assert not [name for name in each.attrib if name.startswith("on") or name.endswith("href")], path


def test_what_is_asked_for_becomes_no_part_of_a_page(client: TestClient) -> None:
    payloads, languages = cycle(ledgers.PAYLOADS + QUERIES[:20]), cycle(("en", "ar"))
    for kind in KINDS:
        names = ["search", "document", "after", "sort", "facet", "limit", "as_known", "descending"]
        for name in names + [each.name for each in FIELDS[kind]]:
            payload = next(payloads)
            answer = client.get(f"/{kind}?{urlencode({name: payload, 'lang': next(languages)})}")
            assert answer.status_code in (200, *REFUSED), (kind, name, payload)
            check(f"{kind} {name}", answer.text)
    for path in ("/", "/map", "/add", "/trace/x", "/no"):
        for name in ("as_known", "lang", "x"):
            check(path, client.get(f"{path}?{urlencode({name: next(payloads)})}").text)
    for payload in ledgers.PAYLOADS:
        answer = client.get(f"/trace/{quote(payload)}")
        assert answer.status_code == 404
        check(payload, answer.text)


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    formulas = ledgers.NAUGHTY["formula"]
    with Store.open(tmp_path / "w", create=True, command="test") as store:
        for number, formula in enumerate(formulas):
            said = " ".join(formula.split()).replace(": ", ":")
            making.put(
                store, f"{said}: held 300 men\n{said}\n", title=formula, publisher=formula, author=formula,
                url=f"{formula}{number}", source=f"{formula}.txt", published=making.given("2019-03-01"),
            )  # fmt: skip
        client = client_of(store)
        seen = 0
        tables = [path for path in paths(client, "data") if path.endswith(".csv")]
        for path in routes.addresses(client, *tables):
            answer = client.get(path)
            assert answer.headers["content-type"].startswith("text/csv")
            assert answer.headers["content-disposition"].startswith("attachment")
            for cell in (cell for row in csv.reader(io.StringIO(answer.text)) for cell in row):
                number_like = re.fullmatch(r"-?[0-9.e+-]+", cell)
                assert number_like or not cell.startswith(
                    ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
                ), (path, cell)
                seen += cell.startswith("'")
        assert seen > len(formulas)


# Questions


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    if request.param == "sqlite":
        with ledgers.quiet(tmp_path_factory.mktemp("asked")) as store:
            yield client_of(store)
        return
    server = request.getfixturevalue("postgresql_server")
    with server.database() as address, ledgers.quiet(address) as store:
        yield client_of(store)


def test_no_parameter_is_a_part_of_a_statement(asked: TestClient) -> None:
    every_row = {kind: asked.get(f"/{kind}.json").json()["total"] for kind in KINDS}
    queries = cycle(QUERIES)
    for kind in KINDS:
        for name in [*(each.name for each in FIELDS[kind]), "search", "document", "after", "sort", "facet"]:
            for _ in range(2):
                _ask(asked, kind, name, next(queries))
    assert {kind: asked.get(f"/{kind}.json").json()["total"] for kind in KINDS} == every_row


@pytest.mark.parametrize("query", QUERIES)
def test_no_words_are_a_part_of_a_search(asked: TestClient, query: str) -> None:
    for kind in ("documents", "claims"):
        _ask(asked, kind, "search", query)
    for path in (f"/trace/{quote(query, safe='')}", f"/documents/{quote(query, safe='')}.json"):
        answer = asked.get(path)
        assert answer.status_code in (400, 404, 422)
        assert not LEAKS.search(answer.text.replace(query, "")), (path, answer.text)


def _ask(client: TestClient, kind: Kind, name: str, value: str) -> None:
    answer = client.get(f"/{kind}.json?{urlencode({name: value, 'limit': 1})}")
    assert answer.status_code in (200, *REFUSED), (kind, name, value, answer.text)
    said = answer.json()
    assert not LEAKS.search(str(said.get("error", "")).replace(value, "")), said
    if "rows" in said and name not in ("search", "sort", "facet"):
        assert said["total"]["number"] == 0 or value in str(said["filters"]), (kind, name, value)


@pytest.mark.parametrize("name", ["holder", "theme", "actor", "known", "place", "facet"])
def test_a_parameter_has_only_so_many_values(asked: TestClient, name: str) -> None:
    values = {"known": "2019", "facet": "kind"}.get(name, "x")
    for number in (guard.PARAMETERS, 5_000):
        given = urlencode(
            {name: [values if name == "facet" else f"{values}{n % 10}" for n in range(number)]}, doseq=True
        )
        answer = asked.get(f"/claims.json?{given}")
        assert answer.status_code in ((200, 422) if number == guard.PARAMETERS else (422,)), answer.text


# Addresses


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../guard.py",
        "/assets/..%2fguard.py",
        "/assets/%2e%2e/guard.py",
        "/assets/..%5cguard.py",
        "/assets/....//guard.py",
        "/assets//etc/passwd",
        "/assets/%00",
        "/assets/style.css%00.html",
        "/assets/" + "a/" * 900,
        "/documents/..%2f..%2fmarsad.db",
        "/documents/%2e%2e/marsad.db",
        "/documents/..%2foriginals.json",
        "/documents/%00.json",
        "/trace/../../../../etc/passwd",
        "/trace/..%2f..%2fmarsad.db.json",
        "/trace/file:%2f%2f%2fetc%2fpasswd",
        "/series/..%2f..%2fmarsad.db",
        "/jobs/..%2f..%2fmarsad.db",
        "//etc/passwd",
        "/marsad.db",
        "/originals/",
        "/.git/config",
        "/%ff%fe",
        "/documents/\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_no_path_leads_out_of_the_workbench(client: TestClient, path: str) -> None:
    answer = client.get(HERE + path if path.startswith("//") else path)
    assert answer.status_code in (400, 404, 422), path
    for secret in ("SQLite format", "root:", "_check", "[core]"):
        assert secret not in answer.text


@pytest.mark.parametrize(
    "path",
    ["//away.example/", "//away.example/documents/", "/\\away.example/documents/", "/documents/", "/claims/",
     "/%2f%2faway.example/documents/", "/documents//away.example//", "/?lang=//away.example&as_known=2020"],
)  # fmt: skip
def test_no_address_leads_to_another_site(client: TestClient, path: str) -> None:
    answer = client.get(HERE + path)
    target = urlsplit(answer.headers.get("location", ""))
    assert target.netloc in ("", urlsplit(HERE).netloc), answer.headers
    assert not target.path.startswith(("//", "/\\")), answer.headers


@pytest.mark.parametrize(
    "value",
    [
        "x\r\nset-cookie: a=b",
        "x%0d%0aset-cookie: a=b",
        "x\nlocation: //away.example",
        '"; filename="x.html',
        "é\u2028",
    ],
)
def test_nothing_asked_for_becomes_a_header(client: TestClient, value: str) -> None:
    for path in ("/", "/claims.csv", "/documents", "/no", "/trace/x.json", f"/documents/{quote(value)}"):
        for name in ("holder", "as_known", "lang", "search", "after"):
            answer = client.get(f"{path}?{urlencode({name: value})}")
            assert "set-cookie" not in answer.headers
            assert "away.example" not in str(answer.headers)
            assert answer.headers.get("content-disposition", "attachment") in (
                "attachment",
                'attachment; filename="claims.csv"',
            )


# Sizes


def test_a_request_of_many_parts_is_answered_soon(client: TestClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = b"&".join(b"f%d=x" % number for number in range(100_000))
    assert client.post("/documents/0/reviews", content=body, headers=kind).status_code in REFUSED
    boundary = b'--b\r\ncontent-disposition: form-data; name="f"\r\n\r\nx\r\n' * 5_000 + b"--b--\r\n"
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/documents/0/reviews", content=boundary, headers=kind).status_code in REFUSED
    for broken in (
        b"",
        b"--b",
        b"--b\r\n\r\n",
        b"\0" * 100,
        b"--b\r\ncontent-disposition: form-data\r\n\r\n",
    ):
        assert client.post("/documents/0/reviews", content=broken, headers=kind).status_code in REFUSED, (
            broken
        )


@pytest.mark.parametrize("kind", ["application/json", "text/xml", "multipart/form-data", "x", ""])
def test_a_body_of_another_kind_is_refused(client: TestClient, kind: str) -> None:
    for path in paths(client, "write"):
        answer = client.post(
            path.replace("{document_id}", "x"), content=b"[" * 10_000, headers={"content-type": kind}
        )
        assert answer.status_code in REFUSED, (path, answer.text[:200])


def test_headers_and_addresses_may_be_only_so_long(served: str) -> None:
    where = urlsplit(served)
    for path, headers in (
        ("/" + "a" * 200_000, {}),
        ("/claims?" + "kind=x&" * 30_000, {}),
        ("/claims", {"x": "a" * 200_000}),
        ("/claims", {f"x{number}": "a" * 90 for number in range(2_000)}),
    ):
        connection = HTTPConnection(where.hostname or "", where.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            assert connection.getresponse().status in (400, 404, 414, 431)
        except OSError:
            pass  # it hangs up
        finally:
            connection.close()
    with urlopen(f"{served}/claims.json?limit=1") as answer:  # noqa: S310
        assert answer.status == 200  # and goes on


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ledgers.quiet(tmp_path_factory.mktemp("served")) as store, serving(store) as here:
        yield here


def test_every_error_of_the_project_has_a_status_that_is_no_crash_of_the_server() -> None:
    def below(kind: type[MarsadError]) -> Iterator[type[MarsadError]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    assert {
        each.__name__: each.http_status
        for each in below(MarsadError)
        if each.http_status not in range(400, 600)
    } == {}
