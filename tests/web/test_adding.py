"""Adding documents in the workbench: every way to, the jobs that read them, and feeds."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from marsad import ingest
from marsad.following import Event
from marsad.ingest import Added
from marsad.ledger.store import Store
from marsad.records.original import Original, Refused
from marsad.settings import load
from marsad.web import jobs as module
from marsad.web.application import application
from marsad.web.jobs import Job, Jobs, Tell, after

from ..ledger import making
from .conftest import HERE, PORT
from .ledgers import PAYLOADS

PLAIN = "The mayor of Karoum said on Monday that 40 men had left the town.\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("added"), create=True, command="serve") as store:
        yield store


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with Jobs(store) as jobs:
        app = application(store, port=PORT, jobs=jobs)
        yield TestClient(app, base_url=HERE, follow_redirects=False, headers={"x-marsad-token": _token(app)})


def _token(app: Any) -> str:
    html = TestClient(app, base_url=HERE).get("/add").text
    return html.partition('name="token" value="')[2].partition('"')[0]


def over(client: TestClient, answer: Any) -> dict[str, Any]:
    """The job to which an answer leads, when it is over."""
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    pause = threading.Event()
    while True:
        job: dict[str, Any] = client.get(f"{where.partition('?')[0]}.json").json()
        if job["state"] not in ("waiting", "running"):
            return job
        pause.wait(0.02)


def zipped(**members: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return raw.getvalue()


def test_files_are_read_as_the_command_reads_them(client: TestClient, store: Store) -> None:
    sent = [
        ("files", ("../../etc/report.txt", PLAIN.encode())),
        ("files", ("bag.zip", zipped(one=f"One. {PLAIN}", two=f"Two. {PLAIN}"))),
        ("files", ("lines.jsonl", b'{"text": "A third report of Karoum."}\n{"words": 3}\n')),
        ("files", ("empty.txt", b"   \n")),
    ]
    job = over(client, client.post("/add/files", files=sent, data={"published": "2019-03-02"}))
    assert job["state"] == "done"
    assert [each["source"] for each in job["documents"]] == [
        "report.txt",
        "bag.zip!one.txt",
        "bag.zip!two.txt",
        "lines.jsonl:1",
    ]
    assert [each["source"] for each in job["refusals"]] == ["lines.jsonl:2", "empty.txt"]
    assert all("marsad-added" not in each["reason"] for each in job["refusals"])
    assert (job["added"], job["refused"]) == (4, 2)
    first = store.documents(document=job["documents"][0]["document"]).first()
    assert first is not None
    assert first.document.published.latest == "2019-03-02"
    again = over(client, client.post("/add/files", files=sent[:2]))
    assert (again["added"], again["unchanged"]) == (0, 3)


def test_the_page_of_a_job_leads_to_what_was_added_and_says_what_was_not(client: TestClient) -> None:
    sent = [("files", ("new.txt", b"A new report.\n")), ("files", ("none.txt", b""))]
    job = over(client, client.post("/add/files", files=sent))
    for path in (f"/jobs/{job['id']}", f"/jobs/{job['id']}/told"):
        html = client.get(path).text
        assert f'href="/documents/{job["documents"][0]["document"]}"' in html
        assert "none.txt" in html
        assert "1 added, 0 there before, 1 refused" in html
    assert f"/jobs/{job['id']}" in client.get("/add").text
    assert client.get("/add.json").json()["jobs"][0]["id"] == job["id"]
    assert client.get(f"/documents/{job['documents'][0]['document']}").status_code == 200


def test_words_are_pasted_with_what_is_known_of_them(client: TestClient, store: Store) -> None:
    said = {"text": "First line.\r\nمرحبا\r\n", "title": "A\0 note", "publisher": "Radio Karoum"}
    job = over(client, client.post("/add/text", data=said | {"published": "2019-04-01"}))
    (told,) = job["documents"]
    document = store.reading(told["document"]).document
    assert document.text == "First line.\nمرحبا\n"
    assert (document.title, document.publisher) == ("A note", "Radio Karoum")
    assert document.published.latest == "2019-04-01"
    assert (
        client.post("/add/text", data={"text": "word " * 400_000}).status_code == 400
    )  # as a file it is read


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/add/addresses", {"addresses": "/etc/passwd"}),
        ("/add/addresses", {"addresses": "file:///etc/passwd"}),
        ("/add/addresses", {"addresses": "-"}),
        ("/add/addresses", {"addresses": "  \n "}),
        ("/add/text", {"text": " \n"}),
        ("/add/text", {"text": "words", "published": "yesterday"}),
        ("/feeds", {"feed": "/etc/passwd"}),
        ("/feeds/ends", {"feed": "https://never.example/feed"}),
        ("/feeds/polls", {}),
    ],
)
def test_what_cannot_be_added_is_refused_in_one_line(
    client: TestClient, path: str, given: dict[str, str]
) -> None:
    answer = client.post(path, data=given, headers={"accept": "application/json"})
    assert answer.status_code in (404, 422)
    assert "\n" not in answer.json()["error"]


@pytest.mark.parametrize("path", ["/add/files", "/add/addresses", "/add/text", "/feeds", "/feeds/polls"])
def test_nothing_is_added_without_the_token(client: TestClient, path: str) -> None:
    given = {"addresses": "http://127.0.0.1:9/", "text": "words", "feed": "http://127.0.0.1:9/"}
    files = {"files": ("a.txt", b"words")} if path == "/add/files" else None
    before = client.get("/add.json").json()["jobs"]
    assert client.post(path, data=given, files=files, headers={"x-marsad-token": "no"}).status_code == 403
    assert client.get("/add.json").json()["jobs"] == before


def test_an_address_of_this_machine_is_not_asked(client: TestClient) -> None:
    job = over(client, client.post("/add/addresses", data={"addresses": "http://127.0.0.1:9/a\n"}))
    assert job["added"] == 0
    assert "not a public address" in job["refusals"][0]["reason"]
    feed = over(client, client.post("/feeds", data={"feed": "http://127.0.0.1:9/feed"}))
    assert feed["state"] == "failed"
    assert "not a public address" in feed["error"]
    assert client.get("/feeds.json").json() == []


def test_no_file_at_all_is_said(client: TestClient) -> None:
    answer = client.post("/add/files", files=[("files", ("", b""))])
    assert answer.status_code == 422


@pytest.mark.parametrize("payload", PAYLOADS[::4])
def test_no_name_of_a_file_becomes_an_element(client: TestClient, payload: str) -> None:
    from .test_documents import Elements  # noqa: PLC0415

    name = payload.replace('"', "").replace("\0", "") or "x"
    job = over(client, client.post("/add/files", files=[("files", (name, b""))]))
    html = client.get(f"/jobs/{job['id']}").text.replace("<noscript>", "")
    assert Elements(html).dangers == []


def test_a_feed_is_followed_listed_and_left(client: TestClient, store: Store) -> None:
    store.followed("https://news.example/feed", "feed", "News <of> the steppe")
    html = client.get("/feeds").text
    assert "News &lt;of&gt; the steppe" in html
    assert client.get("/feeds.json").json()[0]["feed"] == "https://news.example/feed"
    assert client.post("/feeds/ends", data={"feed": "https://news.example/feed"}).status_code == 303
    assert client.get("/feeds.json").json()[0]["ended"] is not None


# Jobs


def test_jobs_go_one_after_the_other_and_a_broken_one_stops_nobody(tmp_path: Path) -> None:
    order: list[str] = []
    gate = threading.Event()

    def work(name: str) -> Any:
        def run(tell: Tell) -> Iterator[Added]:
            tell(name)
            gate.wait()
            order.append(name)
            if name == "broken":
                raise ZeroDivisionError
            yield Added("0" * 32, name)

        return run

    with Store.open(tmp_path / "w", create=True) as store, Jobs(store) as jobs:
        ids = [jobs.start("text", (name,), work(name)) for name in ("a", "broken", "c")]
        assert jobs.find(ids[2]).state == "waiting"
        gate.set()
        while not jobs.find(ids[2]).is_over:
            pass
        assert order == ["a", "broken", "c"]
        assert [jobs.find(each).state for each in ids] == ["done", "failed", "done"]
        assert "ZeroDivision" not in (jobs.find(ids[1]).error or "")
        assert [each.id for each in jobs.newest()] == ids[::-1]


def test_the_end_of_the_program_waits_for_the_document_in_hand(tmp_path: Path) -> None:
    began, closed = threading.Event(), threading.Event()

    def endless(tell: Tell) -> Iterator[Added]:
        try:
            for number in range(10**9):
                began.set()
                yield Added(f"{number:032}", str(number))
        finally:
            closed.set()

    with Store.open(tmp_path / "w", create=True) as store:
        with Jobs(store) as jobs:
            mine = jobs.start("text", ("endless",), endless)
            late = jobs.start("text", ("late",), endless)
            began.wait()
        assert closed.is_set()
        assert jobs.find(mine).state == "stopped"
        assert jobs.find(late).state == "waiting"


def test_what_a_job_told_of_is_in_the_ledger_when_it_was_stopped(tmp_path: Path) -> None:
    texts = [f"Report {number}. {PLAIN}".encode() for number in range(6)]
    told = threading.Event()

    with Store.open(tmp_path / "w", create=True) as store, Jobs(store) as jobs:

        def work(tell: Tell) -> Iterator[Event]:
            for outcome in ingest.add_originals(store, (Original(raw, "a.txt") for raw in texts)):
                yield outcome
                told.set()  # one was told of, and the next is begun

        mine = jobs.start("files", (), work)
        told.wait()
    job = jobs.find(mine)
    assert job.state == "stopped"
    with Store.open(tmp_path / "w") as store:
        held = {each.id for each in store.documents()}
        assert {each.document for each in job.documents} == held
        assert 0 < len(held) < len(texts)
        assert making.faults(store) == []


def test_no_more_jobs_wait_than_there_may(tmp_path: Path) -> None:
    gate = threading.Event()

    def waits(tell: Tell) -> Iterator[Added]:
        gate.wait()
        yield Added("0" * 32, "")

    with Store.open(tmp_path / "w", create=True) as store, Jobs(store) as jobs:
        for _ in range(module.MOST_WAITING):
            jobs.start("text", (), waits)
        with pytest.raises(Exception, match="wait already"):
            jobs.start("text", (), waits)
        gate.set()


def test_a_job_lists_no_more_than_it_may_and_counts_all() -> None:
    job = Job(id="", kind="files", given=(), asked_at="")
    for number in range(module.MOST_TOLD + 7):
        job = after(after(job, Refused("a", "b")), Added(f"{number:032}", "c"))
    assert (job.refused, len(job.refusals)) == (module.MOST_TOLD + 7, module.MOST_TOLD)
    assert (job.added, len(job.documents)) == (module.MOST_TOLD + 7, module.MOST_TOLD)


def test_an_upload_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "1000")
    assert load().document_bytes == 1000
    with Store.open(tmp_path / "w", create=True) as store:
        making.put(store, "Mayor: we lost 12 carts\n")
        app = application(store, port=PORT)
        client = TestClient(app, base_url=HERE, headers={"x-marsad-token": _token(app)})
        sent = [("files", ("large.txt", b"x" * 2_000_000))]
        assert client.post("/add/files", files=sent).status_code == 413
