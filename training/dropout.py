"""Dropout that is cheap on a processor: one draw of 64 bits serves eight numbers."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """As `nn.Dropout`, with its rate rounded to a 256th."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = round(rate * 256)

    def forward(self, states: Tensor) -> Tensor:
        """The states, some of them 0 while training."""
        if not self.training or not self.rate:
            return states
        draws = torch.empty(states.numel() // 8 + 1, dtype=torch.int64).random_(-(2**63), None)
        kept = draws.view(torch.uint8)[: states.numel()].view(states.shape) >= self.rate
        return states * kept * (256 / (256 - self.rate))
