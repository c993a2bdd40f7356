"""A page in Arabic holds no English of the program's own: the demo ledger, with what people do to one.

What stands in Latin letters on a page has to stand in a document of the ledger, to be a name or a noun that its
records bear, or to be the name of a format or a standard. All else is a sentence that nobody translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from lxml.etree import Comment
from lxml.html import HtmlElement, document_fromstring
from starlette.testclient import TestClient

from marsad import ingest, samples
from marsad.assessment.watch import Watch, files, making
from marsad.ledger.reviewing import drafting
from marsad.ledger.store import Store
from marsad.web.evidence import Evidence

from . import forecasts, routes
from .conftest import client_of

FRENCH = "Le maire a dit que trois cents hommes ont quitté la ville de Khovd avant la fin de la semaine."
WATCH = "banner"
FORMATS = (
    "CSV JSON Lines SVG Atom PDF DOCX Word Markdown RSS MiB GeoJSON HXL Parquet STIX FollowTheMoney "
    "Web Annotations PROV-JSON"
)
STANDARDS = "EDTF ISO UCDP ACLED PLOVER NATO Admiralty W3C PROV GeoNames CC BY Natural Earth"
MARKS = "A B C D E F Esc a r e j k"  # of reliability, and keys to press
TYPED = "reliefweb QUERY watches SY IQ yes no marsad review credibility demo"  # into a form or a terminal
FORECASTS = "Arcadia Bohemia pool conflictology zero marsad forecast score GED IGN CRPS Brier log"  # models, units, data
ALLOWED = frozenset(" ".join((FORMATS, STANDARDS, MARKS, TYPED, FORECASTS)).casefold().split())

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][\w'’.-]*(?:[ \u00a0][A-Za-z\u00c0-\u024f][\w'’.-]*)*…?")
CODE = re.compile(r"\S*[\d@/_]\S*")  # ids, days, versions, paths
FAULTS = ("/page/1", "/documents/x1", "/watches/x1", "/figures?limit=0", "/trace/x1y2z3")
OFFERED = re.compile(r"\(\w+ \d+\)$")  # ends a place of the gazetteer that a form offers, by its name there
SHOWN = ("title", "aria-label", "placeholder", "alt", "data-name")
UNREAD = frozenset({"script", "style", "code", Comment})  # `code` is what one types, or what a machine reads


def seen(html: str) -> Iterator[str]:
    """The texts that a reader of a page sees, apart from the link to another language."""
    return _seen(document_fromstring(html))


def _seen(element: HtmlElement) -> Iterator[str]:
    is_other = element.tag == "a" and element.get("class") == "language"
    is_help = element.get("id", "").startswith("help-")  # what to type: the codes of records
    if not (is_other or is_help or element.tag in UNREAD):
        yield from (value for name in SHOWN if (value := element.get(name)))
        yield element.text or ""
        for below in element:
            yield from _seen(below)
    yield element.tail or ""


class Own:
    """The words of the documents of a ledger, and the names and nouns in its records and watches."""

    def __init__(self, store: Store, folder: Path) -> None:
        found: list[str] = []
        for each in store.documents():
            read = store.reviewed(each.id).reading
            document = read.document
            found += filter(None, [document.text, document.title, document.publisher, document.author])
            found += _strings(msgspec.to_builtins([read.actors, read.places, read.figures]))
        for actor in store.actors():
            found += [actor.key, *(name.name for name in actor.aliases)]
        for name in (WATCH, "isis"):
            watch = Watch.parse(*files.found(name, folder))
            found += [watch.name, watch.title, *watch.subjects]
        self._words = _bare(" | ".join(found))
        self._seen: dict[str, frozenset[str]] = {}

    def foreign(self, text: str) -> frozenset[str]:
        """The runs of Latin letters in a text that are none of these words, and not allowed."""
        if text not in self._seen:
            bare = "" if OFFERED.search(text.strip()) else CODE.sub(" ", text)
            runs = (run.strip() for run in LATIN.findall(bare))
            self._seen[text] = frozenset(run for run in runs if not _is_allowed(run) and not self._has(run))
        return self._seen[text]

    def _has(self, run: str) -> bool:
        end = "" if run.endswith("…") else r"(?!\w)"
        return re.search(rf"(?<!\w){re.escape(_bare(run).rstrip('.-'))}{end}", self._words) is not None


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[^\w'’.-]+", " ", words.casefold()).split())


def _is_allowed(run: str) -> bool:
    return all(word.strip(".-…") in ALLOWED for word in run.casefold().split())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def english(html: str, own: Own) -> set[str]:
    """What a page has in Latin letters that no document and no standard brought."""
    return {run for text in seen(html) for run in own.foreign(text)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("arabic") / "w"


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    """The demo ledger, a document that is not read, and decisions of all kinds by one who writes Arabic."""
    reports = folder.parent / "samples"
    with Store.open(folder, create=True, command="demo") as store:
        for path in samples.write(reports):
            list(ingest.add(store, [str(path)], published=samples.PUBLISHED.get(path.name)))
        (reports / "maire.txt").write_text(FRENCH, "utf-8")
        list(ingest.add(store, [str(reports / "maire.txt")], published="2024-02-01"))
        _decide(store)
        making.write(folder, WATCH, subjects=["Grey Banner Front"], countries=[], places=[])
        yield store


def _decide(store: Store) -> None:
    said = {"by": "سلمى", "reason": "تحققت منه"}
    reading = max(
        (store.reading(each.id) for each in store.documents()), key=lambda reading: len(reading.figures)
    )
    one, other, third = (each.id for each in reading.claims[:3])
    store.review(drafting.of_record(reading, one, "accept", {}, **said))
    rejected = store.review(drafting.of_record(reading, other, "reject", {}, **said))
    store.review(drafting.withdrawal(rejected, **said))
    store.review(drafting.judgement(reading, third, 2, **said))
    store.review(drafting.of_record(reading, third, "edit", {"certainty": "possible"}, **said))
    store.rate(next(iter(store.sources())).key, "B", **said)
    first, second = [each.key for each in store.actors()][:2]
    store.merge(first, second, **said)
    store.lift(True, **said)


@pytest.fixture(scope="module")
def client(store: Store) -> TestClient:
    return client_of(store)


@pytest.fixture(scope="module")
def issued(store: Store) -> forecasts.Ids:
    return forecasts.fill(store)


@pytest.fixture(scope="module")
def own(store: Store, folder: Path) -> Own:
    return Own(store, folder)


def addresses(client: TestClient, store: Store) -> Iterator[str]:
    """Each page, a few of those that there are many of, and one record of each kind."""
    yield from (f"/watches/{WATCH}?since=2023-08-01", f"/watches/{WATCH}?since=2024-01-01")
    for path in sorted(path for path in routes.PAGES if "{id}" not in path and "{name}" not in path):
        found = list(routes.addresses(client, path))
        yield from found[:: max(1, len(found) // 4)]
    kinds: dict[str, str] = {}
    for listed in store.documents():
        yield from (f"/trace/{listed.id}", f"/documents/{listed.id}")
        items = Evidence.of(store, listed.id).items.values()
        kinds |= {item.kind: f"/documents/{listed.id}?at={item.id}" for item in items}
    for shown in kinds.values():
        yield from (shown, f"/trace/{shown.partition('=')[2]}")
    yield from (f"/actors/{quote(each.key, safe='')}" for each in store.actors() if each.joins)
    yield from (f"/trace/{quote(each.key, safe='')}" for each in [*store.sources()][:3])
    yield from (
        f"/reports?watch={WATCH}",
        "/timeline?of=both",
        "/map?of=incidents",
        "/figures?status=planned",
    )
    yield from ("/claims?theme=protection&holder=Nobody", "/incidents?type=COERCE&country=AQ")
    yield from FAULTS


def test_no_page_in_arabic_has_an_english_sentence_of_the_program(
    client: TestClient, store: Store, issued: forecasts.Ids, own: Own
) -> None:
    found: dict[str, str] = {}  # each with a page that has it
    of_forecasts = (f"/forecast/{each}" for each in issued.values())
    for address in dict.fromkeys([*addresses(client, store), *of_forecasts, f"/forecast/{issued['pool']}/7"]):
        answer = client.get(f"{address}{'&' if '?' in address else '?'}lang=ar", follow_redirects=True)
        assert answer.is_client_error == (address in FAULTS), (address, answer.status_code)
        found |= dict.fromkeys(english(answer.text, own), address)
    assert found == {}


def test_what_is_english_is_found(client: TestClient, own: Own) -> None:
    assert len(english(client.get("/watches").text, own)) > 20
    assert english("<p>وُجد <b>a gap between two totals</b> هنا</p>", own) == {"a gap between two totals"}
    assert english('<p title="Not known">هنا</p>', own) == {"Not known"}
    assert english('<p>The experts</p><script>"No such"</script>', own) == set()
