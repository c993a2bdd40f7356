"""The head that reads frames of attacks: two layers of its own on the encoder's fourth.

It shares the work of the layers below; its own start as the encoder's last two and are then trained on MUC-4
alone, so that what reads attributions stays as it is. It sees words, not wordpieces, and a whole page
of them at once: which sort of attack is told of is said of a page, who did it often sentences away.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from marsad.models.framing import PAGE
from marsad.models.labels import FILLER_TAGS, FRAME_TYPES
from training.dropout import Dropout
from training.encoder import LAYERS, WIDTH, Encoder, Layer

SHARED = 4  # layers of the encoder below


class Frames(nn.Module):
    """Scores of FILLER_TAGS for each word and sort of attack, and of each sort being told of."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.places = nn.Embedding(PAGE.wordpieces, WIDTH)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS - SHARED))
        self.dropout = Dropout(dropout)
        self.every, self.each = nn.Linear(WIDTH, len(FILLER_TAGS)), nn.Linear(WIDTH, self._wide())
        self.look, self.tell = nn.Linear(WIDTH, len(FRAME_TYPES)), nn.Linear(WIDTH, len(FRAME_TYPES))
        nn.init.normal_(self.places.weight, std=0.02)
        nn.init.normal_(self.each.weight, std=0.005)  # what fills a role mostly fills it in any sort

    @staticmethod
    def _wide() -> int:
        return len(FILLER_TAGS) * len(FRAME_TYPES)

    def start_from(self, encoder: Encoder) -> None:
        """Take the weights of the encoder's upper layers."""
        for own, layer in zip(self.layers, list(encoder.layers)[SHARED:], strict=True):
            own.load_state_dict(layer.state_dict())

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """[pages, words, WIDTH] and bool [pages, words] to [pages, words, types, tags] and [pages, types]."""
        found = self.dropout(states + self.places.weight[: states.shape[1]])
        unseen = ((~mask).to(states.dtype) * -1e4)[:, None, None, :]
        for layer in self.layers:
            found = layer(found, unseen)
        return self.heads(self.dropout(found), mask)

    def heads(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """From the states of the last layer."""
        each = self.each(states).unflatten(-1, (len(FRAME_TYPES), len(FILLER_TAGS)))
        weights = torch.where(mask[..., None], self.look(states), -1e4).softmax(1)
        return self.every(states)[..., None, :] + each, (weights * self.tell(states)).sum(1)
