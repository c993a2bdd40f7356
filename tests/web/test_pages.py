"""A document that was a PDF: its pages as pictures, with boxes over the words of records; the original."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import typst
from msgspec.structs import replace
from starlette.testclient import TestClient

from marsad import documents
from marsad.ledger.store import Store
from marsad.records.original import Frozen, Original
from marsad.web.evidence import Evidence
from marsad.web.pages import SHEETS, Sheets

from ..ledger import making
from .conftest import client_of
from .test_documents import Elements

CALM = [
    f"All is calm in {town}."
    for town in ("Altai", "Bogda", "Chuy", "Dolon", "Erdene", "Forat", "Gobi", "Hulun")
]
SOURCE = '#set page(paper: "a5", margin: 40pt)\n#set text(size: 10pt)\n' + "\n#pagebreak()\n".join(
    f"= On {words.split()[-1]}\n\n{words}"
    for words in ("Mayor: Karoum holds 300 men.", "The Front: we lost 12 carts.", *CALM)
)
RAW = bytes(typst.compile(SOURCE.encode(), ignore_system_fonts=True))


def put(store: Store, source: str = "C:\\reports\\<b>report.pdf") -> str:
    """The id of the PDF, read by the reader of the tests."""
    (frozen,) = documents.freeze(Original(RAW, source, media_type="application/pdf"))
    assert isinstance(frozen, Frozen)
    read = making.read(frozen.document)
    told = tuple(claim for claim in read.claims if claim.text)  # a line between paragraphs is none
    store.put(RAW, frozen.document, replace(read, claims=told))
    return frozen.document.id


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("pages"), create=True) as store:
        put(store)
        making.put(store, "Mayor: we lost 12 carts\n", title="Plain", source="a.txt")
        yield store


@pytest.fixture(scope="module")
def client(store: Store) -> TestClient:
    return client_of(store)


def ids(store: Store) -> tuple[str, str]:
    """Of the PDF and of the plain text."""
    found = {each.document.title: each.id for each in store.documents()}
    plain = found.pop("Plain")
    return next(iter(found.values())), plain


def test_pages_have_boxes_over_the_words_of_records(store: Store, client: TestClient) -> None:
    pdf, _ = ids(store)
    sheets = Sheets.of(store, Evidence.of(store, pdf))
    assert sheets is not None
    assert sheets.is_placed
    first, second, *others = sheets.shown(0)
    assert len(others) == SHEETS - 2
    figures = [box for box in first.boxes if box.kind == "figure"]
    assert [box.words for box in figures] == ["300"]
    assert [box.words for box in second.boxes if box.kind == "figure"] == ["12"]
    (box,) = figures
    assert 40 < box.x < box.x + box.width < first.width - 40
    claim = next(box for box in first.boxes if box.kind == "attributed")
    assert (claim.x <= box.x, claim.width > box.width) == (True, True)
    assert first.boxes.index(claim) < first.boxes.index(box)  # the smaller one lies over it
    html = client.get(f"/documents/{pdf}?view=pages").text
    assert f'<img src="/documents/{pdf}/pages/1.png"' in html
    assert f'data-r="{box.record}"' in html
    assert "Part 1 of 2" in html
    assert not set(Elements(html).dangers) - {"img", "svg"}


def test_a_record_opens_the_part_with_its_page(store: Store, client: TestClient) -> None:
    pdf, _ = ids(store)
    claim = Evidence.of(store, pdf).reading.claims[-1]
    last = Evidence.of(store, pdf).items[claim.id].id
    assert "Part 2 of 2" in client.get(f"/documents/{pdf}?view=pages&at={last}").text
    html = client.get(f"/documents/{pdf}?view=pages&at={last}").text
    assert re.search(r'class="b narrated lit"[^>]+data-at="' + last, html)
    assert client.get(f"/documents/{pdf}?view=pages&part=3").status_code == 422


def test_a_page_is_a_picture_and_nothing_else(store: Store, client: TestClient) -> None:
    pdf, plain = ids(store)
    answer = client.get(f"/documents/{pdf}/pages/2.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"/documents/{pdf}/pages/99.png").status_code == 404
    assert client.get(f"/documents/{pdf}/pages/no.png").status_code in (404, 422)
    assert client.get(f"/documents/{plain}/pages/1.png").status_code == 404


def test_the_original_is_saved_and_never_shown(store: Store, client: TestClient) -> None:
    pdf, plain = ids(store)
    answer = client.get(f"/documents/{pdf}/original")
    assert answer.content == RAW
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition == f'attachment; filename="{pdf[:8]}-_b_report.pdf"'
    assert client.get(f"/documents/{plain}/original").content == b"Mayor: we lost 12 carts\n"
    assert "view=pages" not in client.get(f"/documents/{plain}").text
    assert client.get(f"/documents/{plain}?view=pages").status_code == 200  # its text


def test_no_box_stands_where_the_text_is_of_another_extractor(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Store.open(tmp_path_factory.mktemp("older"), create=True) as store:
        (frozen,) = documents.freeze(Original(RAW, "a.pdf", media_type="application/pdf"))
        assert isinstance(frozen, Frozen)
        other = making.frozen("Mayor: we lost 12 carts\n").text_sha256
        older = replace(
            frozen.document, text="Mayor: we lost 12 carts\n", text_sha256=other, extractor="pdf@1"
        )
        store.put(RAW, older, making.read(older))
        client = client_of(store)
        html = client.get(f"/documents/{older.id}?view=pages").text
        assert "earlier version of the program" in html
        assert 'class="b ' not in html
        assert "we lost 12 carts" in html  # its claims are there all the same


def test_a_redacted_pdf_has_no_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("redacted"), create=True) as store:
        pdf = put(store)
        client = client_of(store)
        assert client.get(f"/documents/{pdf}/pages/1.png").status_code == 200
        store.redact(pdf, by="amy", reason="court order")
        assert client.get(f"/documents/{pdf}/pages/1.png").status_code == 404
        assert client.get(f"/documents/{pdf}/original").status_code == 404
        assert "court order" in client.get(f"/documents/{pdf}?view=pages").text
