"""Windows as padded tensors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from marsad.models.tagging import PAD, lines_of, window_of
from marsad.models.words import Ints
from training.data import Window
from training.model import Batch


def batch(windows: Sequence[Window]) -> Batch:
    """The tensors of some windows, each with CLS before and SEP after its wordpieces."""
    parts = [_arrays(window) for window in windows]
    pieces, features, first, lines = ([part[at] for part in parts] for at in range(4))
    sizes = torch.tensor([len(each) for each in first])
    mask = torch.arange(int(sizes.max()))[None] < sizes[:, None]
    return Batch(padded(pieces, PAD), padded(features, 0), padded(first, 0), mask, padded(lines, 0))


def padded(arrays: Sequence[Ints], fill: int) -> Tensor:
    """Arrays of one or two dimensions as one tensor, the first dimension padded with `fill`."""
    longest = max(len(array) for array in arrays)
    out = np.full((len(arrays), longest, *arrays[0].shape[1:]), fill, arrays[0].dtype)
    for at, array in enumerate(arrays):
        out[at, : len(array)] = array
    return torch.from_numpy(out)


def _arrays(window: Window) -> tuple[Ints, Ints, Ints, Ints]:
    words, where = window.document.words, (window.first, window.last)
    return *window_of(words, where), lines_of(words, where)
