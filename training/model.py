"""The reader: one encoder, and four heads over the words of a window.

- *cues*: a chain over B, I, O: which words say that somebody says something.
- *triples*: for one word of a cue (the anchor), a chain over the tags of its source, cue and content
  over the whole window. A triple is so linked as it is found, contents may be nested in one another
  and have gaps, and the three boundaries are chosen together. Every attribution of PolNeAR has
  exactly one cue, and no two share one. As in semantic role labelling with a given predicate
  (He et al. 2017), but the encoder runs once for all anchors: what depends on the anchor is a small
  stack of dilated convolutions over the sum of word, anchor and place.
- *edges*: where sources, cues and contents begin and end, whichever attribution they belong to: it
  only helps training.
- *entities*: a chain over B, I, O of the types of re3d.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from marsad.models.labels import CUE_TAGS, ENTITY_TAGS, TRIPLE_TAGS
from training.crf import Chain
from training.dropout import Dropout
from training.encoder import POSITIONS, WIDTH, Encoder

NARROW = 128  # of the states that depend on an anchor
NEAR = 16  # words that are told apart by their distance; further, by its logarithm
DISTANCES = 2 * (NEAR + 24) + 1
SENTENCES, PARAGRAPHS = 3, 2  # how many before and after the anchor's are told apart
EDGES = 6
REACH = 80  # words on either side of an anchor that are read for it


class Batch(NamedTuple):
    """Windows, padded to the longest.

    pieces: [windows, pieces], CLS and SEP included; features: [windows, pieces, 3]; first: [windows,
    words], the first wordpiece of each word; mask: bool [windows, words]; lines: [windows, words, 2],
    ordinals of sentence and paragraph.
    """

    pieces: Tensor
    features: Tensor
    first: Tensor
    mask: Tensor
    lines: Tensor


class Anchors(NamedTuple):
    """Words to read a triple from: [anchors] windows and [anchors] words in them."""

    window: Tensor
    word: Tensor


class Block(nn.Module):
    """A residual step: depthwise convolution over words, then a gated mix of channels."""

    def __init__(self, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(NARROW)
        self.around = nn.Conv2d(
            NARROW, NARROW, (1, 7), padding=(0, 3 * dilation), dilation=(1, dilation), groups=NARROW
        )
        self.wide, self.narrow = nn.Linear(NARROW, 2 * NARROW), nn.Linear(NARROW, NARROW)
        self.dropout = nn.Dropout1d(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """[anchors, words, NARROW] to the same; where `mask` [anchors, words, 1] is 0 nothing is seen."""
        # As one row of an image, channels last: a processor is far quicker so than with Conv1d.
        row = (self.norm(states) * mask).transpose(1, 2)[:, :, None]
        near = self.around(row.contiguous(memory_format=torch.channels_last))[:, :, 0].transpose(1, 2)
        left, right = self.wide(near).chunk(2, -1)
        mixed = self.narrow(left * nn.functional.gelu(right))
        out: Tensor = states + self.dropout(mixed.transpose(1, 2)).transpose(1, 2)
        return out


class Triples(nn.Module):
    """Scores of TRIPLE_TAGS for each word of a window, given an anchor."""

    buckets: Tensor

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.word, self.anchor = nn.Linear(WIDTH, NARROW), nn.Linear(WIDTH, NARROW)
        self.match = nn.Linear(WIDTH, NARROW)
        self.distance = nn.Embedding(DISTANCES, NARROW)
        self.sentence = nn.Embedding(2 * SENTENCES + 1, NARROW)
        self.paragraph = nn.Embedding(2 * PARAGRAPHS + 1, NARROW)
        self.blocks = nn.ModuleList(Block(dilation, dropout) for dilation in (1, 2, 4, 1))
        self.norm, self.tags = nn.LayerNorm(NARROW), nn.Linear(NARROW, len(TRIPLE_TAGS))
        self.chain = Chain(TRIPLE_TAGS)
        for table in (self.distance, self.sentence, self.paragraph):
            nn.init.normal_(table.weight, std=0.1)
        self.register_buffer("buckets", buckets(), persistent=False)

    def forward(self, states: Tensor, lines: Tensor, mask: Tensor, anchors: Anchors) -> Tensor:
        """[windows, words, WIDTH] and [anchors] to [anchors, words, tags]."""
        window, word = anchors
        anchor = states[window, word]
        words, seen = self.word(states)[window], mask[window][..., None].to(states.dtype)
        mixed = words * (1 + self.match(anchor)[:, None]) + self.anchor(anchor)[:, None]
        mixed = mixed + self._place(lines[window], word)
        for block in self.blocks:
            mixed = block(mixed, seen)
        out: Tensor = self.tags(self.norm(mixed))
        return out

    def near(self, states: Tensor, lines: Tensor, anchors: Tensor) -> Tensor:
        """The same for one window without padding, as far as REACH words before and behind each anchor.

        [1, words, WIDTH], [1, words, 2] and [anchors] to [anchors, 2 * REACH + 1, tags]; what is said of
        words outside of the window means nothing. One attribution of PolNeAR in a hundred reaches further.
        """
        size = states.shape[1]
        anchor = states[0][anchors]
        index = anchors[:, None] + torch.arange(-REACH, REACH + 1)
        seen = ((index >= 0) & (index < size))[..., None].to(states.dtype)
        words = nn.functional.pad(self.word(states[0]), (0, 0, REACH, REACH))[index + REACH]
        mixed = words * (1 + self.match(anchor)[:, None]) + self.anchor(anchor)[:, None]
        inside = index.clamp(min=0).minimum(torch.ones_like(index) * (size - 1))
        apart = lines[0][inside] - lines[0][anchors][:, None]
        distance = self.distance.weight[self.buckets[POSITIONS - REACH : POSITIONS + REACH + 1]]
        mixed = mixed + distance + self._lines(apart)
        for block in self.blocks:
            mixed = block(mixed, seen)
        out: Tensor = self.tags(self.norm(mixed))
        return out

    def _place(self, lines: Tensor, word: Tensor) -> Tensor:
        offsets = torch.arange(lines.shape[1], device=lines.device)[None] - word[:, None]
        apart = lines - lines.gather(1, word[:, None, None].expand(-1, 1, 2))
        out: Tensor = self.distance(self.buckets[offsets + POSITIONS]) + self._lines(apart)
        return out

    def _lines(self, apart: Tensor) -> Tensor:
        sentence = apart[..., 0].clamp(-SENTENCES, SENTENCES) + SENTENCES
        paragraph = apart[..., 1].clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
        table = (self.sentence.weight[:, None] + self.paragraph.weight[None]).flatten(0, 1)
        out: Tensor = table[sentence * (2 * PARAGRAPHS + 1) + paragraph]
        return out


def buckets() -> Tensor:
    """[2 * POSITIONS + 1]: an index for each distance in words, signed, and POSITIONS for none.

    One each up to NEAR, then four a doubling.
    """
    offsets = torch.arange(-POSITIONS, POSITIONS + 1)
    far = offsets.abs()
    scaled = NEAR + (4 * torch.log2(far.clamp_min(1) / NEAR)).clamp(0, 23.9).long() + 1
    return torch.where(far <= NEAR, far, scaled) * offsets.sign() + DISTANCES // 2


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.dropout = Dropout(dropout)
        self.cues, self.cue_chain = nn.Linear(WIDTH, 3), Chain(CUE_TAGS)
        self.edges = nn.Linear(WIDTH, EDGES)
        self.entities, self.entity_chain = nn.Linear(WIDTH, len(ENTITY_TAGS)), Chain(ENTITY_TAGS)
        self.triples = Triples(dropout)

    def states(self, batch: Batch) -> Tensor:
        """[windows, words, WIDTH]: the state of each word's first wordpiece."""
        found = self.encoder(batch.pieces, batch.features)
        index = batch.first[..., None].expand(-1, -1, WIDTH)
        out: Tensor = self.dropout(found.gather(1, index))
        return out
