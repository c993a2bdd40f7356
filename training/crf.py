"""A linear chain over tags (Lafferty et al. 2001), with the moves that BIO forbids left out.

The loss and its gradient are the textbook's forward and backward sums, scaled at each word, in NumPy:
on a processor that is ten times as fast as to let autograd follow a thousand small steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

from marsad.models.chains import NEVER

Array = NDArray[np.float64]


def forbidden(tags: Sequence[str]) -> tuple[Tensor, Tensor]:
    """[tags] and [tags, tags]: NEVER where `I-x` would begin a text or follow neither `B-x` nor `I-x`."""
    first = torch.tensor([NEVER if tag.startswith("I-") else 0.0 for tag in tags])
    moves = [[NEVER if b.startswith("I-") and a[2:] != b[2:] else 0.0 for b in tags] for a in tags]
    return first, torch.tensor(moves)


class Chain(nn.Module):
    """Weights of first tags and of moves between tags."""

    never_first: Tensor
    never: Tensor

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self.first = nn.Parameter(torch.zeros(len(tags)))
        self.moves = nn.Parameter(torch.zeros(len(tags), len(tags)))
        never_first, never = forbidden(tags)
        self.register_buffer("never_first", never_first, persistent=False)
        self.register_buffer("never", never, persistent=False)

    def weights(self) -> tuple[Tensor, Tensor]:
        """[tags] and [tags, tags], with what is forbidden."""
        return self.first + self.never_first, self.moves + self.never

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """−log p(gold) of each sequence: [n, words, tags], [n, words], bool [n, words] to [n].

        The padding is at the end, and no sequence is empty.
        """
        first, moves = self.weights()
        kept = scores.gather(2, gold[..., None])[..., 0] * mask
        moved = moves[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]
        total: Tensor = _Total.apply(scores, first, moves, mask)
        return total - kept.sum(1) - moved.sum(1) - first[gold[:, 0]]


class _Total(torch.autograd.Function):
    """log of the sum over all sequences of tags."""

    @staticmethod
    def forward(ctx: FunctionCtx, scores: Tensor, first: Tensor, moves: Tensor, mask: Tensor) -> Tensor:
        arrays = [each.detach().numpy().astype(np.float64) for each in (scores, first, moves)]
        sums, ctx.parts = _sums(arrays[0], arrays[1], arrays[2], mask.numpy())  # type: ignore[attr-defined]
        return torch.from_numpy(sums).to(scores.dtype)

    @staticmethod
    def backward(ctx: FunctionCtx, *upstream: Tensor) -> tuple[Tensor | None, ...]:
        weight = upstream[0].numpy().astype(np.float64)
        found = _expected(ctx.parts, weight)  # type: ignore[attr-defined]
        grads = [torch.from_numpy(each).to(upstream[0].dtype) for each in found]
        return grads[0], grads[1], grads[2], None


_Parts = tuple[Array, Array, Array, Array, NDArray[np.bool_]]


def _sums(scores: Array, first: Array, moves: Array, mask: NDArray[np.bool_]) -> tuple[Array, _Parts]:
    """log sums [n], and alpha [words, n, tags] and what else the way back needs, words foremost."""
    scores, mask = scores.transpose(1, 0, 2), mask.T
    peaks = scores.max(2, keepdims=True)
    emitted, moved = np.exp(scores - peaks), np.exp(moves)
    alpha, scale = np.empty_like(emitted), np.ones(mask.shape)
    alpha[0] = emitted[0] * np.exp(first)
    scale[0] = alpha[0].sum(1)
    alpha[0] /= scale[0][:, None]
    for at in range(1, len(scores)):
        step = (alpha[at - 1] @ moved) * emitted[at]
        size = step.sum(1)
        seen = mask[at]
        scale[at] = np.where(seen, size, 1)
        alpha[at] = np.where(seen[:, None], step / size[:, None], alpha[at - 1])
    sums = np.log(scale).sum(0) + (peaks[..., 0] * mask).sum(0)
    return sums, (alpha, emitted, moved, scale, mask)


def _expected(parts: _Parts, weight: Array) -> tuple[Array, Array, Array]:
    """How often each tag is expected at each word, as the first, and each move, by `weight` [n]."""
    alpha, emitted, moved, scale, mask = parts
    ahead = np.zeros_like(emitted)
    beta = np.ones_like(emitted)
    for at in range(len(alpha) - 1, 0, -1):
        ahead[at] = emitted[at] * beta[at] / scale[at][:, None]
        seen = mask[at][:, None]
        ahead[at] *= seen
        beta[at - 1] = np.where(seen, ahead[at] @ moved.T, beta[at])
    tags = alpha * beta * (mask * weight)[..., None]
    width = moved.shape[0]
    before = (alpha[:-1] * weight[None, :, None]).reshape(-1, width)
    pairs = (before.T @ ahead[1:].reshape(-1, width)) * moved
    return np.ascontiguousarray(tags.transpose(1, 0, 2)), tags[0].sum(0), pairs
