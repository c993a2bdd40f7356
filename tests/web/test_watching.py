"""The watches, their boards and the report on one: what they show, and that every item leads to its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from starlette.testclient import TestClient

from marsad.assessment.board import board
from marsad.assessment.watch import Watch
from marsad.ledger.store import Store
from marsad.web import boards as boards_module
from marsad.web.boards import Boards

from ..assessment.watched import GROUP, report, said
from .conftest import client_of
from .watched import HOSTILE, watched

PERIOD = {"from": "2024-02-01", "to": "2024-03-31"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("watched")


@pytest.fixture(scope="module")
def store(place: Path) -> Iterator[Store]:
    with watched(place) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def client(store: Store) -> TestClient:
    return client_of(store)


def token(client: TestClient) -> str:
    found = re.search(r'name="marsad-token" content="([^"]+)"', client.get("/watches").text)
    assert found
    return found[1]


# The list


def test_the_watches_of_the_workspace_stand_before_those_that_ship(client: TestClient) -> None:
    listed = client.get("/watches.json").json()
    assert [(each["name"], each["is_own"]) for each in listed][:2] == [("red-sand", True), ("isis", False)]
    page = client.get("/watches")
    assert page.status_code == 200
    assert 'href="/watches/red-sand"' in page.text
    assert HOSTILE not in page.text


def test_a_watch_that_cannot_be_read_says_why_and_the_others_stay(client: TestClient, place: Path) -> None:
    broken = place / "watches" / "broken.toml"
    broken.write_text("name = [", "utf-8")
    try:
        page = client.get("/watches")
        assert page.status_code == 200
        assert "is no TOML" in page.text
        assert 'href="/watches/red-sand"' in page.text
        assert client.get("/watches/broken").status_code == 422
    finally:
        broken.unlink()


def test_a_new_watch_is_the_file_that_the_command_writes(client: TestClient, place: Path) -> None:
    given = {"token": token(client), "name": "guard", "subjects": "Valley Guard\r\nVG", "countries": "sy, om"}
    answer = client.post("/watches", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/watches/guard")
    made = Watch.load("guard", place)
    assert (made.subjects, made.countries) == (("Valley Guard", "VG"), ("SY", "OM"))
    assert client.get("/watches/guard").status_code == 200
    again = client.post("/watches", data=given)
    assert again.status_code == 422
    assert "is there already" in again.text
    (place / "watches" / "guard.toml").unlink()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "../up"}, "no name of a watch"),
        ({"name": "new"}, "no name of a watch"),
        ({"name": "x", "countries": "\0"}, "no country"),
        ({"name": "x", "countries": "XX"}, "no country"),
        ({"name": "x", "subjects": "…"}, "is no name"),
    ],
)
def test_what_is_no_watch_is_told_in_one_line_and_nothing_is_written(
    client: TestClient, place: Path, given: dict[str, str], said: str
) -> None:
    answer = client.post("/watches", data={"token": token(client), **given})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{given["name"]}"' in answer.text  # what was typed stays
    assert sorted(path.name for path in (place / "watches").iterdir()) == ["red-sand.toml"]


def test_without_the_token_of_this_run_nothing_is_written(client: TestClient, place: Path) -> None:
    assert client.post("/watches", data={"name": "x"}).status_code == 403
    assert not (place / "watches" / "x.toml").exists()


@pytest.mark.parametrize("name", ["nope", "red-sand.toml", "%2e%2e%2fsecret.toml", "C:secret.toml", "X"])
def test_no_path_is_a_watch(client: TestClient, name: str) -> None:
    assert client.get(f"/watches/{name}").status_code == 404
    assert client.get(f"/reports/{name}/preview", params=PERIOD).status_code == 404


# The board


def test_a_board_says_how_each_indicator_stands_and_by_whose_words(client: TestClient) -> None:
    page = client.get("/watches/red-sand").text
    assert 'class="move contested"' in page
    assert "Dara Nour" in page
    assert "No evidence: no claim about the subject tells of it." in page  # finance is a gap
    assert HOSTILE not in page
    body = client.get("/watches/red-sand.json").json()
    assert [each["movement"] for each in body["indicators"]] == ["contested", "unknown"]
    assert body["alerts"] == []


def test_every_item_of_a_board_leads_to_its_words(client: TestClient) -> None:
    page = client.get("/watches/red-sand", params={"since": "2024-02-01"}).text
    links = set(re.findall(r'href="(/documents/[^"]+)"', page))
    assert len(links) > 3
    for link in links:
        target = unquote(link.replace("&amp;", "&"))
        at = target.rpartition("#")[2]
        assert f'id="{at}"' in client.get(target.partition("#")[0]).text
    assert "/trace/" not in page  # where nothing else is known
    series = re.findall(r'href="(/series/[^"]+)"', page)
    assert series
    assert all(client.get(each.replace("&amp;", "&")).status_code == 200 for each in series)


def test_what_changed_since_a_day_stands_first_with_its_alerts(client: TestClient) -> None:
    page = client.get("/watches/red-sand", params={"since": "2024-02-01"}).text
    assert page.index('id="changed"') < page.index('id="indicators"')
    assert "newly contested" in page
    body = client.get("/watches/red-sand.json", params={"since": "2024-02-01"}).json()
    assert {each["kind"] for each in body["alerts"]} >= {"contradiction"}
    atom = client.get("/watches/red-sand.atom", params={"since": "2024-02-01"})
    assert atom.headers["content-type"].startswith("application/atom+xml")
    assert atom.text.count("<entry>") == len(body["alerts"])


def test_the_day_in_force_is_that_of_the_board_and_of_its_links(client: TestClient, store: Store) -> None:
    page = client.get("/watches/red-sand", params={"as_known": "2024-02-01"}).text
    assert 'class="move up"' in page
    assert "Ilan Voss" not in page
    assert "as_known=2024-02-01" in re.findall(r'href="(/documents/[^"]+)"', page)[0]
    body = client.get("/watches/red-sand.json", params={"as_known": "2024-02-01"}).json()
    watch = Watch.load("red-sand", store.database.folder)  # type: ignore[attr-defined]
    alone = board(store, watch, as_known="2024-02-01").listed()
    assert body == {**json.loads(msgspec.json.encode(alone)), "alerts": []}


@pytest.mark.parametrize("since", ["2024-13-01", "yesterday", "2030-01-01"])
def test_a_day_that_is_none_or_too_late_is_one_line(client: TestClient, since: str) -> None:
    answer = client.get("/watches/red-sand", params={"since": since})
    assert answer.status_code == 422
    assert since in answer.text


def test_a_board_of_nobody_says_what_to_do(client: TestClient) -> None:
    page = client.get("/watches/isis").text
    assert "No claim is about" in page
    assert 'href="/actors"' in page


def test_a_contested_question_leads_to_its_page(client: TestClient) -> None:
    links = re.findall(r'href="(/contradictions/[^"]+)"', client.get("/watches/red-sand").text)
    assert links
    for link in links:
        page = client.get(link.replace("&amp;", "&"))
        assert page.status_code == 200 and "Ilan Voss" in page.text


def test_a_board_that_takes_long_says_so_at_once(store: Store) -> None:
    asking = client_of(store)
    held = asking.app._app.state  # type: ignore[attr-defined]
    held.patience = 0.0
    assert asking.get("/watches/red-sand").status_code == 202
    held.boards.making.wait()
    assert asking.get("/watches/red-sand").status_code == 200
    assert asking.get("/watches/red-sand.json?as_known=2024-02-01").status_code == 200  # a file waits


# What is kept


def added(ledger: Store, day: str) -> None:
    document, reading = report("Tide Paper", day, said(f"The {GROUP} is growing.", up="strength"))
    ledger.put(document.text.encode(), document, reading)


def test_a_board_is_made_once_and_anew_when_the_ledger_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards_module, "QUICK", 1_000.0)
    with watched(tmp_path) as ledger:
        kept, watch = Boards(ledger), Watch.load("red-sand", tmp_path)
        first = kept.of(watch, None, "2024-02-01")
        assert kept.of(watch, None, "2024-02-01").board is first.board
        assert first == (board(ledger, watch, since="2024-02-01"), False)
        added(ledger, "2024-03-08")
        now = kept.of(watch, None, "2024-02-01")
        assert len(now.board.gathered.claims) == len(first.board.gathered.claims) + 1
        assert not now.is_behind
        later = kept.of(watch, "2024-03-06", "2024-02-01").board
        assert later.standings[0].movement == first.board.standings[0].movement


def test_a_slow_board_is_shown_while_documents_come_and_made_anew_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards_module, "QUICK", 0.0)
    monkeypatch.setattr(boards_module, "REST", -10.0)
    with watched(tmp_path) as ledger:
        kept, watch = Boards(ledger), Watch.load("red-sand", tmp_path)
        first = kept.of(watch, None, None).board
        added(ledger, "2024-03-08")
        assert kept.of(watch, None, None) == (first, True)
        kept.making.wait()
        now = kept.of(watch, None, None)
        assert (len(now.board.gathered.claims), now.is_behind) == (len(first.gathered.claims) + 1, False)
        assert kept.exact(watch, None, None) is now.board
        ledger.rate("named:dara nour", "B", by="amy", reason="known")
        assert not kept.of(watch, None, None).is_behind  # a decision is never left out


def test_too_many_claims_are_told_and_not_compared(
    store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards_module, "MOST", 2)
    answer = client_of(store).get("/watches/red-sand")
    assert answer.status_code == 422
    assert "marsad watch red-sand" in answer.text


def test_boards_of_many_claims_make_room_for_the_newest(
    store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, watch = Boards(store), Watch.load("red-sand", place)
    first = kept.exact(watch, None, None)
    assert kept.exact(watch, None, None) is first
    monkeypatch.setattr(boards_module, "HELD", len(first.gathered.claims))
    second = kept.exact(watch, "2024-03-01", None)
    assert kept.exact(watch, "2024-03-01", None) is second
    assert kept.exact(watch, None, None) is not first


# The report


def test_the_builder_asks_for_a_period_and_makes_nothing_before(client: TestClient) -> None:
    page = client.get("/reports").text
    assert 'value="2024-03-05"' in page  # the last day that the ledger knows
    assert "<iframe" not in page
    assert 'value="red-sand"' in page


def test_a_report_is_previewed_in_a_frame_that_may_do_nothing(client: TestClient) -> None:
    page = client.get("/reports", params={"watch": "red-sand", **PERIOD})
    assert page.status_code == 200
    assert "The lint has passed it" in page.text
    frame = re.search(r'<iframe sandbox src="([^"]+)"', page.text)
    assert frame
    shown = client.get(frame[1].replace("&amp;", "&"))
    assert "<script>alert" not in shown.text
    rules = shown.headers["content-security-policy"]
    assert rules.startswith("default-src 'none'")
    assert "sandbox" in rules
    assert "frame-ancestors 'self'" in rules
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!doctype"), ("md", b"#"), ("json", b"{")])
def test_what_is_taken_is_what_was_previewed(client: TestClient, form: str, begins: bytes) -> None:
    answer = client.get(f"/reports/red-sand.{form}", params=PERIOD)
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    if form == "html":
        assert answer.headers["content-disposition"] == 'attachment; filename="red-sand-2024-03-31.html"'
        assert answer.content == client.get("/reports/red-sand/preview", params=PERIOD).content


def test_parts_may_be_left_out_but_not_the_sources(client: TestClient) -> None:
    body = client.get("/reports/red-sand.json", params={**PERIOD, "part": ["gaps"]}).json()
    assert [each["id"] for each in body["sections"]] == ["gaps", "sources", "method"]
    whole = client.get("/reports/red-sand.json", params=PERIOD).json()
    assert len(whole["evidence"]) > len(body["evidence"])


def test_the_analysts_paragraphs_stand_apart_and_are_in_no_address(client: TestClient) -> None:
    given = {"token": token(client), "watch": "red-sand", **PERIOD, "part": ["changes", "gaps"]}
    answer = client.post("/reports", data={**given, "notes": f"# My view\n\nThey will fade. {HOSTILE}"})
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert "fade" not in where
    page = client.get(where).text
    assert HOSTILE not in page
    frame = re.search(r'<iframe sandbox src="([^"]+)"', page)
    assert frame
    shown = client.get(frame[1].replace("&amp;", "&")).text
    assert "They will fade." in shown
    assert HOSTILE not in shown
    assert "They will fade." not in client.get("/reports/red-sand/preview", params=PERIOD).text


def test_a_report_of_no_part_is_refused(client: TestClient) -> None:
    answer = client.post("/reports", data={"token": token(client), "watch": "red-sand", **PERIOD})
    assert answer.status_code == 422
    assert "choose at least one part" in answer.text


def test_paragraphs_that_say_what_they_may_not_are_refused_and_shown_where(client: TestClient) -> None:
    given = {"token": token(client), "watch": "red-sand", **PERIOD, "part": ["changes"]}
    notes = "It is likely, with high confidence, that they fade."
    page = client.get(client.post("/reports", data={**given, "notes": notes}).headers["location"])
    assert page.status_code == 200
    assert "The lint refuses this report" in page.text
    assert "<iframe" not in page.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"watch": "nope", **PERIOD}, 404),
        ({"watch": "red-sand", "from": "2024-04-01", "to": "2024-03-01"}, 422),
        ({"watch": "red-sand", "from": "x", "to": "2024-03-01"}, 422),
        ({"watch": "red-sand", **PERIOD, "as_known": "2024-03-01"}, 422),
        ({"watch": "red-sand", **PERIOD, "part": "all"}, 422),
        ({"watch": "red-sand", **PERIOD, "notes": "0" * 16}, 404),
        ({"watch": "red-sand"}, 422),
    ],
)
def test_what_is_no_report_is_one_line(client: TestClient, asked: dict[str, str], status: int) -> None:
    name = asked["watch"]
    assert client.get(f"/reports/{name}.md", params=asked).status_code == status
    if "to" in asked:
        assert client.get("/reports", params=asked).status_code == status
