"""A corpus is read line by line, and a line that is none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.errors import BadInput, NotFound
from marsad.evaluation import figures, places, times
from marsad.evaluation.corpus import document, rows


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus.jsonl"


def test_empty_lines_and_further_fields_are_passed_over(corpus: Path) -> None:
    corpus.write_text('\n{"id": 7, "text": "In May.", "timex": [], "split": "dev"}\n\n')
    assert [row.id for row in rows(corpus, times.Row, "times")] == [7]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "truncated"),
        ("[]", "Expected `object`"),
        ('{"id": "a", "text": "In May."}', "timex"),
        ('{"id": "a", "text": "In May.", "timex": [{"b": 3, "e": 8}]}', "[3, 8) is not within the 7"),
        ('{"id": "a", "text": "In May.", "timex": [{"b": 3, "e": 3}]}', "[3, 3)"),
        ('{"id": "a", "text": "In May.", "timex": [{"b": -1, "e": 3}]}', "[-1, 3)"),
    ],
)
def test_a_line_that_is_no_document_is_named(corpus: Path, line: str, says: str) -> None:
    corpus.write_text('{"id": 1, "text": "In May.", "timex": []}\n' + line + "\n")
    with pytest.raises(BadInput) as error:
        list(rows(corpus, times.Row, "times"))
    assert f"{corpus}:2: " in str(error.value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_value_that_is_no_number_is_named(corpus: Path) -> None:
    corpus.write_text('{"id": 1, "text": "Two men.", "quantities": [{"value": "two"}]}')
    with pytest.raises(BadInput, match="'two' is neither a number nor a range"):
        list(rows(corpus, figures.Row, "figures"))


def test_bytes_that_are_no_text_are_refused(corpus: Path) -> None:
    corpus.write_bytes(b'{"id": 1, "text": "\xff\xfe", "timex": []}')
    with pytest.raises(BadInput, match=":1: "):
        list(rows(corpus, times.Row, "times"))


def test_a_folder_and_nothing_are_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        list(rows(tmp_path, places.Row, "places"))
    with pytest.raises(NotFound, match="no such file"):
        list(rows(tmp_path / "none.jsonl", places.Row, "places"))


def test_a_document_is_published_when_its_corpus_says() -> None:
    assert document("Text.", "2019-03-02").published.basis == "given"
    assert document("Text.").published.latest is None
