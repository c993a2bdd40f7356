"""The pair model: what its scores are sums of, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from marsad.errors import BadWeights
from marsad.models import Tagged
from marsad.models.relations import ABOUT, ENCODER, FILE, Pair, PairModel, lines, load, packed, sha256
from marsad.records.spans import Span, Spans

SOURCE, TARGET, BETWEEN = (0, 3), (10, 13), (3, 10)


class Vectors:
    """The same vector for every span."""

    head = "none"

    def mean(self, span: Span) -> NDArray[np.float32]:
        return np.array([1, 0], np.float32)

    def meaning(self, spans: Spans) -> NDArray[np.int8]:
        return np.zeros(1, np.int8)


TAGGED = Tagged(words=Vectors())


def arrays(**changed: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Two types; one named feature, one hint; of vectors only the source's first number counts."""
    weights = np.zeros((1 + 3, 2))
    weights[0] = 2, 0
    weights[1] = 0, 1
    axes = np.zeros((3, 2, 1))
    axes[0, 0, 0] = 1
    return {
        "types": lines(("fights", "leads")),
        "names": lines(("near",)),
        "hints": lines(("between",)),
        "thresholds": np.array([0.5, 0.25]),
        "encoder": np.frombuffer(b"abc", np.uint8),
        "means": np.zeros((3, 2)),
        "axes": axes,
        "weights": weights,
        "bias": np.array([-1.0, -1.0]),
        "shared": np.array([3.0]),
        **changed,
    }


def logits(pair: Pair) -> list[float]:
    (found,) = PairModel(arrays()).scores(TAGGED, [pair])
    return [round(float(each), 6) for each in np.log(found / (1 - found))]


def test_scores_are_sums_of_features_vectors_and_hints() -> None:
    assert logits(Pair(SOURCE, TARGET, BETWEEN, ())) == [-1, 0]
    assert logits(Pair(SOURCE, TARGET, BETWEEN, ("near", "unheard of"))) == [1, 0]
    assert logits(Pair(SOURCE, TARGET, BETWEEN, (), (("leads", "between"),))) == [-1, 3]


def test_two_that_touch_have_nothing_between() -> None:
    assert logits(Pair(SOURCE, TARGET, None, ())) == [-1, 0]


def test_no_pairs_have_no_scores() -> None:
    assert PairModel(arrays()).scores(TAGGED, []).shape == (0, 2)


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="fit"):
        PairModel(arrays(weights=np.zeros((2, 2))))


def folder(path: Path, data: bytes, encoder: str = "abc") -> Path:
    files = {FILE: sha256(data), ENCODER: encoder}
    (path / ABOUT).write_text(json.dumps({"files": files}), encoding="utf-8")
    (path / FILE).write_bytes(data)
    return path


def test_a_file_is_read_back_as_it_was_packed(tmp_path: Path) -> None:
    model = load(folder(tmp_path, packed(**arrays())))
    assert model.types == ("fights", "leads")
    assert model.thresholds == {"fights": 0.5, "leads": 0.25}
    assert packed(**arrays()) == packed(**arrays())


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (folder(tmp_path, packed(**arrays())) / FILE).write_bytes(b"cut")
    with pytest.raises(BadWeights, match="SHA-256"):
        load(tmp_path)


def test_weights_for_another_encoder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWeights, match="another"):
        load(folder(tmp_path, packed(**arrays()), encoder="other"))


def test_what_is_no_archive_of_arrays_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWeights):
        load(folder(tmp_path, b"no archive"))
