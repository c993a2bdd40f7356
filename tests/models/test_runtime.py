"""The reader on the shipped weights: where things stand, the same every time, and damaged files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import models
from marsad.errors import BadWeights
from marsad.models import WEIGHTS, Tagged
from marsad.models.labels import ENTITY_TYPES
from marsad.models.runtime import ABOUT, ENCODER, FRAMES, SIMILARITY, TOKENIZER, TRIPLES, Runtime

SPOKEN = (
    "Governor Lena Marsh said on Tuesday that 40 families had left the camp of Orvale. "
    '"We will not wait for the winter," she told reporters. '
    "An aid worker, who asked not to be named, said that food had run out. "
)


def every_span(tagged: Tagged) -> Iterator[tuple[int, int]]:
    for one in tagged.attributions:
        yield from (*one.source, *one.cue, *one.content)
    yield from (one.span for one in tagged.entities)


def test_who_says_what_is_found(runtime: Runtime) -> None:
    found = runtime.read(SPOKEN).attributions
    cues = [" ".join(SPOKEN[b:e] for b, e in one.cue) for one in found]
    assert any(cue.startswith("said") for cue in cues)
    for one in found:
        assert len(one.cue) == 1
        assert len(one.source) <= 1
        assert one.content
        assert runtime.thresholds.triple <= one.probability <= 1


def test_entities_are_of_the_known_types_and_apart(runtime: Runtime) -> None:
    found = runtime.read(SPOKEN).entities
    assert found
    assert {one.type for one in found} <= set(ENTITY_TYPES)
    spans = [one.span for one in found]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(0, len(SPOKEN)))
def test_spans_are_whole_words_of_any_text(runtime: Runtime, odd: str, at: int) -> None:
    text = SPOKEN[:at] + odd + SPOKEN[at:]
    words = runtime.split(text)
    begins, ends = set(words.begins.tolist()), set(words.ends.tolist())
    for begin, end in every_span(runtime.read(text)):
        assert begin in begins
        assert end in ends


@pytest.mark.parametrize("text", ["", " ", "\n\u00a0\n", "\u200b\ufeff"])
def test_a_text_without_words_has_nothing(runtime: Runtime, text: str) -> None:
    assert runtime.read(text) == Tagged()


def bytes_of(tagged: Tagged, text: str) -> bytes:
    assert tagged.words is not None
    return (
        msgspec.json.encode([tagged.attributions, tagged.entities]) + tagged.vector((0, len(text))).tobytes()
    )


def test_threads_and_what_was_read_before_change_no_byte(runtime: Runtime) -> None:
    text = SPOKEN * 8  # several windows
    alone = bytes_of(Runtime(WEIGHTS, threads=2).read(text), text)
    assert bytes_of(runtime.read(text), text) == alone
    runtime.read("Nobody said that the bridge of Tarn was open.")
    assert bytes_of(runtime.read(text), text) == alone


def test_scores_are_those_of_exact_products(runtime: Runtime) -> None:
    """Weights of signed bytes overflow where there is no VNNI: the last of these would be .64 then."""
    sure = {SPOKEN[slice(*each.span)]: each.probability for each in runtime.read(SPOKEN).entities}
    expected = {"40 families": 0.885, "the camp of Orvale": 0.975, "We": 0.937, "reporters": 0.715}
    assert {name: sure[name] for name in expected} == pytest.approx(expected, abs=0.02)


def test_a_long_text_is_read_to_its_end(runtime: Runtime) -> None:
    text = "The road was closed. " * 150 + SPOKEN + "The road was closed. " * 150
    inside = [one for one in runtime.read(text).attributions if text[one.cue[0][0] :].startswith("said")]
    assert inside
    assert all(one.cue[0][0] >= 150 * 21 for one in inside)


def test_many_cues_in_a_row_are_read(runtime: Runtime) -> None:
    text = "he said she said they said " * 60
    found = runtime.read(text).attributions
    assert all(0 <= begin < end <= len(text) for one in found for begin, end in (*one.cue, *one.content))
    assert len({one.cue for one in found}) == len(found)


def test_vectors_have_unit_length_and_follow_meaning(runtime: Runtime) -> None:
    text = "The army shelled the town. Troops bombed the village. The bakery sells bread and cake."
    tagged = runtime.read(text)
    shelled, bombed, bakery = (tagged.vector(span) for span in [(0, 26), (27, 53), (54, len(text))])
    assert shelled.dtype == np.float32
    assert np.linalg.norm(shelled) == pytest.approx(1, abs=1e-5)
    assert shelled @ bombed > shelled @ bakery
    assert not tagged.vector((26, 27)).any()


def test_tags_without_a_model_have_no_vectors() -> None:
    with pytest.raises(ValueError, match="without a model"):
        Tagged().vector((0, 1))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in (ABOUT, ENCODER, TRIPLES, FRAMES, SIMILARITY, TOKENIZER):
        shutil.copy(WEIGHTS / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [ABOUT, ENCODER, TRIPLES, FRAMES, SIMILARITY, TOKENIZER])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(BadWeights, match=rf"{name}.*install"):
        Runtime(copied, threads=1)


@pytest.mark.parametrize("name", [ABOUT, ENCODER, TRIPLES, FRAMES, SIMILARITY, TOKENIZER])
def test_a_file_cut_short_is_named(copied: Path, name: str) -> None:
    path = copied / name
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BadWeights, match=rf"{name}.*install"):
        Runtime(copied, threads=1)


def test_the_version_is_of_the_weights(runtime: Runtime, copied: Path) -> None:
    about = (copied / ABOUT).read_bytes()
    (copied / ABOUT).write_bytes(about.replace(b'"thresholds": [0.2', b'"thresholds": [0.3'))
    assert Runtime(copied, threads=1).version != runtime.version
    assert "@" not in runtime.version


def test_weights_are_small_and_nothing_is_pickled() -> None:
    files = list(WEIGHTS.iterdir())
    assert sum(path.stat().st_size for path in files) < 100e6
    assert {path.suffix for path in files} <= {".onnx", ".json", ".npz", ".md"}


@pytest.mark.parametrize("name", ["numpy", "onnxruntime", "tokenizers"])
def test_without_the_extra_there_is_no_model(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for loaded in [each for each in sys.modules if each.startswith("marsad.models.")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, name, None)
    models._load.cache_clear()
    try:
        assert models.load() is None
    finally:
        models._load.cache_clear()


def test_the_model_is_made_once() -> None:
    assert models.load() is models.load()
