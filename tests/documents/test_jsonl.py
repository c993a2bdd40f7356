from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import documents
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Published

LINES = "application/jsonl"


def freeze(raw: bytes, published: str | None = None) -> list[Frozen | Refused]:
    return list(documents.freeze(Original(raw, "many.jsonl", media_type=LINES, published=published)))


def only(row: dict[str, object]) -> Frozen:
    (found,) = freeze(json.dumps(row).encode())
    assert isinstance(found, Frozen), found
    return found


def reason(line: bytes) -> str:
    (found,) = freeze(line)
    assert isinstance(found, Refused), found
    assert found.source == "many.jsonl:1"
    return found.reason


def test_a_line_is_a_document_with_what_it_says_of_itself() -> None:
    row = {
        "id": 3,
        "text": "Some words.\r\n",
        "title": "A title",
        "author": "Jo Doe",
        "publisher": "The Wire",
        "url": "https://wire.example/1",
        "published": "2019-04-10",
        "genre": "opinion",
        "extra": {"ignored": [1]},
    }
    document = only(row).document
    assert document.text == "Some words.\r\n"
    assert (document.title, document.author, document.publisher) == ("A title", "Jo Doe", "The Wire")
    assert (document.url, document.genre, document.extractor) == (
        "https://wire.example/1",
        "opinion",
        "jsonl@1",
    )
    assert document.published == Published(earliest="2019-04-10", latest="2019-04-10", basis="given")
    assert document.source == "many.jsonl:1"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_text_is_decoded_and_never_cleaned(text: str) -> None:
    assert only({"text": "A: " + text}).document.text == "A: " + text


def test_the_bytes_of_a_document_are_those_of_its_line() -> None:
    first, second = b'{"text": "one"}', b'{"text":"two" }'
    found = freeze(b"\xef\xbb\xbf" + first + b"\r\n\n  \n" + second)
    assert [frozen.raw for frozen in found if isinstance(frozen, Frozen)] == [first, second]
    assert [frozen.document.source for frozen in found if isinstance(frozen, Frozen)] == [
        "many.jsonl:1",
        "many.jsonl:4",
    ]
    assert found[0].document.raw_sha256 == hashlib.sha256(first).hexdigest()  # type: ignore[union-attr]


def test_a_bad_line_is_refused_with_its_number_and_others_go_on() -> None:
    found = freeze(b'{"text": "one"}\n{"text": \n{"text": "three"}\n')
    assert [type(item) for item in found] == [Frozen, Refused, Frozen]
    assert isinstance(found[1], Refused) and found[1].source == "many.jsonl:2"
    assert found[1].reason.startswith("not JSON: ")


@pytest.mark.parametrize(
    ("line", "beginning"),
    [
        (b"words", "not JSON"),
        (b'["text"]', "not a document: Expected `object`"),
        (b'{"title": "x"}', "not a document: Object missing required field `text`"),
        (b'{"text": null}', "not a document: Expected `str`"),
        (b'{"text": "x", "title": 5}', "not a document: Expected `str | null`"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"text": "a\\u0000b"}', "binary"),
        (b'{"text": "a\0b"}', "binary"),
        (b'{"text": "a\\ud800b"}', "not JSON: \\ud800 is half of a surrogate pair"),
        (b'{"text": "a\\udc00"}', "not JSON: \\udc00 is half of a surrogate pair"),
        (b'{"text": "\xff"}', "not valid UTF-8 at byte 10 of the line"),
        (b'{"text": "x", "published": "soon"}', "published 'soon' is not a date"),
        (b'{"text": "x", "a": ' + b"[" * 100_000, "not JSON"),
        (b'{"text": "x"} {"text": "y"}', "not JSON"),
    ],
)
def test_a_line_that_is_no_document_says_why(line: bytes, beginning: str) -> None:
    assert reason(line).startswith(beginning)


def test_a_pair_of_surrogates_is_one_character() -> None:
    (found,) = freeze(b'{"text": "\\ud83d\\ude00"}')
    assert isinstance(found, Frozen)
    assert found.document.text == "\U0001f600"


@pytest.mark.parametrize(
    ("row", "published"),
    [
        ({"published": 2019}, Published(earliest="2019-01-01", latest="2019-12-31", basis="given")),
        ({"published": ""}, Published(earliest="2020-05-01", latest="2020-05-31", basis="given")),
        ({}, Published(earliest="2020-05-01", latest="2020-05-31", basis="given")),
    ],
)
def test_a_line_goes_before_the_date_of_all(row: dict[str, object], published: Published) -> None:
    (found,) = freeze(json.dumps({"text": "x", **row}).encode(), published="2020-05")
    assert isinstance(found, Frozen)
    assert found.document.published == published


def test_authors_are_joined_and_an_unknown_genre_is_unknown() -> None:
    document = only({"text": "x", "author": ["A", "B"], "genre": "poem"}).document
    assert (document.author, document.genre) == ("A, B", "unknown")


def test_no_document_at_all_is_refused() -> None:
    assert freeze(b"\n \n") == [Refused("many.jsonl", "empty: there is no document in it")]
    assert freeze(b"") == [Refused("many.jsonl", "empty: there is no document in it")]


def test_a_line_over_the_limit_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "20")
    found = freeze(b'{"text": "' + b"x" * 20 + b'"}\n{"text": "y"}')
    assert [type(item) for item in found] == [Refused, Frozen]
