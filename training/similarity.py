"""The head of similarity: `python -m training.similarity --data DATA --weights FOLDER --cache FILE`.

The encoder was trained to tag, and its states lost much of what all-MiniLM-L6-v2 knew of how alike two
sentences are. A linear map brings it back: from what the shipped encoder says of a span in its document to
the embedding that the original has for the span's words alone (distillation; Hinton et al. 2015), reduced to
DIMENSIONS by principal components. It is the ridge regression of least error over all spans.

DATA is what `training.alike` writes: `polnear/{train,dev}.jsonl`, `muc4/{train,dev}.jsonl`,
`re3d/docs.jsonl` and `domain.jsonl`, with their names made alike, since the reader sees no others. Spans are
sentences and the contents of attributions. `similarity.npz` is written beside the encoder, with its SHA-256 in
`model.json`; afterwards the pair model of relations is to be bound anew (`training.relations` without
`--data`). Runs in the training environment. Nothing is drawn at random but the pairs that are scored.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from marsad.models.runtime import Runtime
from marsad.models.tagging import CLS, PAD, SEP, tag
from marsad.models.words import Words
from marsad.records.spans import Spans
from training.encoder import WIDTH, Encoder, pretrained, tokenizer

log = logging.getLogger("training")

DIMENSIONS = 128
LENGTHS = 20, 600  # code points of a span
MOST = 128  # wordpieces of a span that the teacher sees
TOGETHER = 64
# Of each corpus every so many documents, to train on and to score on
TRAIN = (("polnear/train.jsonl", 4), ("muc4/train.jsonl", 4), ("re3d/docs.jsonl", 1), ("domain.jsonl", 1))
HELD = (("polnear/dev.jsonl", 4), ("muc4/dev.jsonl", 4))
FIFTH = ("re3d/docs.jsonl", "domain.jsonl")  # of which each fifth document is scored on

Floats = NDArray[np.float32]


class Example(NamedTuple):
    """The spans of a document: features [spans, 3 * WIDTH] and what the teacher says [spans, WIDTH]."""

    held: bool
    features: Floats
    taught: Floats
    texts: list[str]


def documents(data: Path) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Whether each is held out, and its row."""
    for held, parts in ((False, TRAIN), (True, HELD)):
        for name, step in parts:
            lines = (data / name).read_text(encoding="utf-8").splitlines()
            for at, line in enumerate(lines[::step]):
                yield held or (name in FIFTH and at % 5 == 0), json.loads(line)


def spans(row: dict[str, Any], words: Words) -> list[Spans]:
    """Its sentences and contents, each once."""
    ends = [*np.flatnonzero(np.diff(words.sentences)) + 1, len(words)]
    sentences = [(words.span_of(*each),) for each in pairwise([0, *ends])]
    contents = [tuple(map(tuple, one["content"])) for one in row.get("attributions", ())]
    lengths = {each: sum(end - begin for begin, end in each) for each in (*sentences, *contents)}
    return [each for each, length in lengths.items() if LENGTHS[0] <= length <= LENGTHS[1]]


def features(runtime: Runtime, table: Floats, words: Words, found: Sequence[Spans]) -> Floats:
    """Mean final state, mean middle state and mean embedding of each span's words [spans, 3 * WIDTH]."""
    tags = tag(words, runtime.network, runtime.chains, runtime.thresholds, runtime.extent)
    rows = []
    for each in found:
        ranges = [words.range_of(span) for span in each]
        own = np.concatenate([np.arange(*one) for one in ranges])
        pieces = np.concatenate([words.pieces[words.starts[a] : words.starts[b]] for a, b in ranges])
        means = (tags.states[own].mean(0, np.float32), tags.middle[own].mean(0, np.float32))
        rows.append(np.concatenate([*means, table[pieces].mean(0)]))
    return np.array(rows, np.float32).reshape(len(rows), 3 * WIDTH)


class Teacher:
    """all-MiniLM-L6-v2 as it was: the mean of its states, of unit length."""

    def __init__(self) -> None:
        self.encoder, self.tokenizer = Encoder(0.0).eval(), tokenizer()
        self.encoder.load_pretrained(pretrained()[0])

    def __call__(self, texts: Sequence[str]) -> Floats:
        """[texts, WIDTH]."""
        pieces = [
            [CLS, *self.tokenizer.encode(each, add_special_tokens=False).ids[: MOST - 2], SEP] for each in texts
        ]
        found = np.zeros((len(texts), WIDTH), np.float32)
        order = np.argsort([len(each) for each in pieces], kind="stable")
        for begin in range(0, len(order), TOGETHER):
            some = order[begin : begin + TOGETHER]
            found[some] = self._embedded([pieces[at] for at in some])
        return found

    def _embedded(self, pieces: Sequence[Sequence[int]]) -> Floats:
        size = max(map(len, pieces))
        padded = torch.tensor([[*each, *[PAD] * (size - len(each))] for each in pieces])
        with torch.inference_mode():
            states = self.encoder(padded, torch.zeros(*padded.shape, 3, dtype=torch.long))
            mask = (padded != PAD)[..., None]
            mean = (states * mask).sum(1) / mask.sum(1)
            found: Floats = torch.nn.functional.normalize(mean, dim=-1).numpy()
        return found


def computed(data: Path, weights: Path) -> Iterator[Example]:
    """What is learnt from, document by document."""
    runtime, teacher = Runtime(weights, 1), Teacher()
    table = teacher.encoder.words.weight.detach().numpy()
    for held, row in documents(data):
        words = runtime.split(row["text"])
        if found := spans(row, words):
            texts = [" … ".join(row["text"][b:e] for b, e in each) for each in found]
            yield Example(held, features(runtime, table, words, found), teacher(texts), texts)
