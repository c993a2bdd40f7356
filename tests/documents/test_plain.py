from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import documents
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Published


def only(original: Original) -> Frozen:
    (found,) = documents.freeze(original)
    assert isinstance(found, Frozen), found
    return found


def refusal(original: Original) -> str:
    (found,) = documents.freeze(original)
    assert isinstance(found, Refused), found
    assert found.source == original.source
    assert "\n" not in found.reason
    return found.reason


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_text_is_decoded_and_never_cleaned(text: str) -> None:
    raw = b"A: " + text.encode()
    assert only(Original(raw, "a.txt")).document.text == "A: " + text


def test_line_ends_and_odd_characters_stay() -> None:
    text = (
        "\t One\r\ntwo\rthree\u2028\ufeff four\u200b \U0001f600 e\u0301 \u0645\u0631\u0635\u062f\x1b[31m \n\n"
    )
    assert only(Original(text.encode(), "-")).document.text == text


def test_a_document_names_its_bytes_its_text_and_its_origin() -> None:
    original = Original(
        b"Some words.", "http://a.example/b", url="http://a.example/c", retrieved="2024-01-01T00:00:00+00:00"
    )
    frozen = only(original)
    document = frozen.document
    assert frozen.raw == original.raw
    assert document.raw_sha256 == document.text_sha256 == hashlib.sha256(original.raw).hexdigest()
    assert (document.extractor, document.source, document.url) == ("plain@2", original.source, original.url)
    assert document.retrieved == original.retrieved
    assert document.published == Published()
    assert len(document.id) == 32 and int(document.id, 16) >= 0


def test_identity_is_the_bytes_and_where_they_came_from() -> None:
    here = only(Original(b"Same.", "here.txt")).document.id
    assert only(Original(b"Same.", "there.txt")).document.id == here
    assert only(Original(b"Other.", "here.txt")).document.id != here
    assert only(Original(b"Same.", "x", url="http://a.example/")).document.id != here


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_a_byte_order_mark_is_believed_and_dropped(encoding: str, mark: bytes) -> None:
    assert only(Original(mark + "Ünï".encode(encoding), "a.txt")).document.text == "Ünï"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\xc2\xa0\n", "empty: there is no text in it"),
        (codecs.BOM_UTF8, "empty: there is no text in it"),
        (
            b"some\0thing",
            "binary, not text; marsad reads text, Markdown, HTML, PDF, DOCX, e-mail, feeds and JSON Lines",
        ),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, reason: str) -> None:
    assert refusal(Original(raw, "a")) == reason


def test_a_text_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_TEXT_CHARACTERS", "4")
    assert only(Original("äöü!".encode(), "a.txt")).document.text == "äöü!"
    assert "MARSAD_TEXT_CHARACTERS" in refusal(Original(b"12345", "a.txt"))


@pytest.mark.parametrize(
    ("given", "earliest", "latest"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        (" 2024-03-05T23:59:59+03:00 ", "2024-03-05", "2024-03-05"),
        ("2024-03-05 08:00:00.123Z", "2024-03-05", "2024-03-05"),
    ],
)
def test_a_date_that_is_given_is_a_day_or_an_interval(given: str, earliest: str, latest: str) -> None:
    document = only(Original(b"Words.", "a.txt", published=given)).document
    assert document.published == Published(earliest=earliest, latest=latest, basis="given")


@pytest.mark.parametrize(
    "given",
    ["yesterday", "05/03/2024", "2024-3-5", "2024-02-30", "2024-13", "20240305", "2024-03T10:00", "١٢٣٤"],
)
def test_a_date_that_is_none_is_refused(given: str) -> None:
    assert refusal(Original(b"Words.", "a.txt", published=given)).startswith(f"published '{given}' is not")
