"""The trained reader of attributions, entities and frames: its weights, and the one module that runs them.

The weights are in `weights/`, with a card that says how they were made and what they get wrong. They run
with ONNX Runtime, which comes with the extra `models`; without it `load` gives None and the rules read
alone. Nothing is unpickled, and nothing heavy is imported before `load` is called.

    load() -> Model | None      the reader of this process
    Model.read(text) -> Tagged  attributions, entities, frames, and a vector for any span
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from marsad.models.tagged import Attribution, Entity, Filler, Frame, Model, Tagged, Vectors

__all__ = ["WEIGHTS", "Attribution", "Entity", "Filler", "Frame", "Model", "Tagged", "Vectors", "load"]

WEIGHTS = Path(__file__).parent / "weights"
_EXTRA = ("numpy", "onnxruntime", "tokenizers")


def load() -> Model | None:
    """The reader, made once a process; None where the extra `models` is not installed.

    A process that was forked makes its own: threads of a session do not live on in it.

    Raises:
        BadWeights: a file of the weights is missing or damaged.
    """
    return _load(os.getpid())


@lru_cache(maxsize=1)
def _load(process: int) -> Model | None:
    try:
        from marsad.models.runtime import Runtime, threads_here  # noqa: PLC0415  heavy
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _EXTRA:
            return None
        raise
    return Runtime(WEIGHTS, threads_here())
