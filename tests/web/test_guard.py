"""Only this machine's own pages may read or write: hosts, origins, tokens, sizes, headers."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from marsad.web import guard, reviewing

from .conftest import HERE

PAGES = [
    "/documents",
    "/claims",
    "/claims.json",
    "/claims.csv",
    "/map",
    "/openapi.json",
    "/assets/style.css",
    "/no",
]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_it_answers_at_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/claims", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8000.evil.example",
     "localhost.evil.example:8000", "0.0.0.0:8000", "10.0.0.1:8000", "", "127.0.0.1:8000@evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("path", PAGES)
def test_a_name_that_is_made_to_lead_here_is_refused_with_one_line(
    client: TestClient, host: str, path: str
) -> None:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 403
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1:9000"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE"])
def test_another_site_neither_reads_nor_writes(client: TestClient, origin: str, method: str) -> None:
    answer = client.request(method, "/claims.json", headers={"origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_says_comes_from_elsewhere_is_refused_but_for_a_link(
    client: TestClient, site: str
) -> None:
    script = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
    frame = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    link = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/claims.json", headers=script).status_code == 403
    assert client.get("/claims", headers=frame).status_code == 403
    assert client.get("/claims", headers=link).status_code == 200
    assert client.post("/claims", headers=link).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    is_download = "attachment" in answer.headers.get("content-disposition", "")
    policy = {"content-security-policy": guard.SANDBOX} if is_download else {}
    for name, value in (guard.HEADERS | policy).items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == ("no-cache" if path.startswith("/assets") else "no-store")
    assert "set-cookie" not in answer.headers


def test_every_route_that_changes_something_asks_for_the_token(client: TestClient) -> None:
    app = client.app._app  # type: ignore[attr-defined]
    unsafe = [
        route
        for router in (app, reviewing)
        for route in getattr(router, "routes", router.router.routes)
        if isinstance(route, APIRoute) and not (route.methods or set()) <= guard.SAFE
    ]
    assert unsafe
    for route in unsafe:
        assert guard.trusted in [each.call for each in route.dependant.dependencies], route.path


def form(client: TestClient, **changed: str) -> dict[str, str]:
    row = client.get("/claims.json?limit=1").json()["rows"][0]
    html = client.get(f"/documents/{row['document']}?at={row['id']}").text
    token = re.search(r'name="token" value="([^"]+)"', html)
    assert token
    said = {"token": token[1], "record": row["id"], "action": "accept", "by": "amy", "reason": "checked"}
    return said | changed | {"document": row["document"]}


def test_a_review_needs_the_token_of_this_run(client: TestClient) -> None:
    said = form(client)
    path = f"/documents/{said.pop('document')}/reviews"
    for token in ("", "x", said["token"][:-1], "é"):
        assert client.post(path, data=said | {"token": token}).status_code == 403
    without = {name: value for name, value in said.items() if name != "token"}
    assert client.post(path, data=without).status_code == 403
    assert client.post(path, data=said, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/claims.json?review=accepted").json()["rows"] == []


def test_a_review_is_recorded_shown_and_taken_back(client: TestClient) -> None:
    said = form(client)
    page = f"/documents/{said.pop('document')}"
    done = client.post(f"{page}/reviews?as_known=2020-01-01", data=said, headers={"origin": HERE})
    assert done.status_code == 303
    assert "as_known=2020-01-01" in done.headers["location"]
    assert "Take it back" in client.get(done.headers["location"]).text
    (row,) = client.get("/claims.json?review=accepted").json()["rows"]
    assert row["id"] == said["record"]
    review = re.search(r"done=(r[0-9]+)", done.headers["location"])
    assert review
    back = {"token": said["token"], "review": review[1], "by": "amy", "reason": "a slip"}
    assert client.post(f"{page}/withdrawals", data=back).status_code == 303
    assert client.get("/claims.json?review=accepted").json()["rows"] == []


def test_what_is_too_large_is_refused_whether_it_says_so_or_not(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client.app, "_largest", 1000)
    path = "/documents/0/reviews"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(path, content=b"a=" + b"x" * 2000, headers=kind).status_code == 413
    assert client.post(path, content=iter([b"a=", b"x" * 2000]), headers=kind).status_code == 413


def test_an_error_of_the_program_shows_no_traceback(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("marsad.web.tracing.trace", fail)
    for path in ("/trace/abc", "/trace/abc.json"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
    assert "RuntimeError: secret words" in caplog.text
    assert "Traceback" not in caplog.text
