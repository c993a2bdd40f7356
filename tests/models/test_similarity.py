"""The head of similarity on the shipped weights: what is alike is near, and the same every time."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from marsad.errors import BadWeights
from marsad.models import WEIGHTS
from marsad.models.relations import packed, sha256
from marsad.models.runtime import ABOUT, SIMILARITY, Runtime
from marsad.records.spans import Span, Spans
from marsad.records.vectors import DIMENSIONS, SCALE

TEXT = (
    "About 300 fighters left the town of Orvale on Monday. "
    "Some 300 gunmen withdrew from Orvale at the start of the week. "
    "The bakery in the square sells bread and cake."
)


def of(text: str, words: str) -> Span:
    begin = text.index(words)
    return begin, begin + len(words)


def meaning(runtime: Runtime, text: str, *words: str) -> NDArray[np.int8]:
    return runtime.read(text).meaning(tuple(of(text, each) for each in words))


def cosine(a: NDArray[np.int8], b: NDArray[np.int8]) -> float:
    return float(a.astype(np.int64) @ b.astype(np.int64)) / SCALE**2


def test_a_vector_has_unit_length(runtime: Runtime) -> None:
    vector = meaning(runtime, TEXT, "About 300 fighters left the town of Orvale on Monday")
    assert vector.dtype == np.int8
    assert vector.shape == (DIMENSIONS,)
    assert cosine(vector, vector) == pytest.approx(1, abs=0.02)


def test_what_says_the_same_is_nearer_than_what_does_not(runtime: Runtime) -> None:
    left, withdrew, bread = (meaning(runtime, TEXT, each) for each in TEXT.split(". "))
    assert cosine(left, withdrew) > 0.6
    assert cosine(left, bread) < 0.4


def test_the_same_words_in_another_text_are_near(runtime: Runtime) -> None:
    words = "About 300 fighters left the town of Orvale on Monday"
    other = f"The price of oil fell again. {words}, an aid worker wrote to her sister."
    assert cosine(meaning(runtime, TEXT, words), meaning(runtime, other, words)) > 0.8


def test_spans_on_no_words_have_zeros(runtime: Runtime) -> None:
    empty: tuple[Spans, ...] = ((), ((5, 6),))
    for spans in empty:
        assert not runtime.read(TEXT).meaning(spans).any()


def test_pieces_of_one_claim_are_one_vector(runtime: Runtime) -> None:
    both = meaning(runtime, TEXT, "About 300 fighters", "left the town")
    assert both.any()
    assert (both != meaning(runtime, TEXT, "About 300 fighters")).any()


def test_neither_threads_nor_what_was_read_before_changes_a_vector(runtime: Runtime) -> None:
    text = TEXT * 8  # several windows
    alone = Runtime(WEIGHTS, threads=2).read(text).meaning(((0, 400),))
    runtime.read("Nobody said that the bridge of Tarn was open.")
    assert (runtime.read(text).meaning(((0, 400),)) == alone).all()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return shutil.copytree(WEIGHTS, tmp_path / "weights")


def replaced(folder: Path, data: bytes) -> None:
    """Another head, with its hash in `model.json`."""
    about = msgspec.json.decode((folder / ABOUT).read_bytes())
    about["files"][SIMILARITY] = sha256(data)
    (folder / SIMILARITY).write_bytes(data)
    (folder / ABOUT).write_bytes(msgspec.json.encode(about))


def test_a_head_of_another_encoder_is_refused(copied: Path) -> None:
    with np.load(copied / SIMILARITY) as arrays:
        other = dict(arrays) | {"encoder": np.frombuffer(b"0" * 64, np.uint8)}
    replaced(copied, packed(**other))
    with pytest.raises(BadWeights, match=rf"{SIMILARITY}: made for another encoder.*install"):
        Runtime(copied, threads=1)


@pytest.mark.parametrize("name", ["states", "pieces", "scales", "bias"])
def test_arrays_that_do_not_fit_are_refused(copied: Path, name: str) -> None:
    with np.load(copied / SIMILARITY) as arrays:
        other = dict(arrays)
    replaced(copied, packed(**(other | {name: other[name][..., :-1]})))
    with pytest.raises(BadWeights, match=f"{SIMILARITY}: its arrays do not fit"):
        Runtime(copied, threads=1)
    del other[name]
    replaced(copied, packed(**other))
    with pytest.raises(BadWeights, match=f"{SIMILARITY}: is no head"):
        Runtime(copied, threads=1)


def test_a_file_that_is_no_archive_is_refused(copied: Path) -> None:
    replaced(copied, b"not an archive")
    with pytest.raises(BadWeights, match=SIMILARITY):
        Runtime(copied, threads=1)


def test_stored_vectors_name_the_file_that_made_them(runtime: Runtime, copied: Path) -> None:
    assert runtime.read(TEXT).head == f"similarity@{sha256((WEIGHTS / SIMILARITY).read_bytes())[:12]}"
    with np.load(copied / SIMILARITY) as arrays:
        replaced(copied, packed(**(dict(arrays) | {"bias": arrays["bias"] + 1})))
    assert Runtime(copied, threads=1).read(TEXT).head != runtime.read(TEXT).head
