"""The network in ONNX Runtime, from the files of a folder.

`model.json` names the other files with their SHA-256, so that a file that was cut short, changed or mixed
up with another version is told from a sound one before any of it is used.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from marsad.errors import BadWeights
from marsad.models.chains import Floats, Weights
from marsad.models.decoding import Thresholds, Triple
from marsad.models.framing import Leasts, frames
from marsad.models.similarity import Head, unpacked
from marsad.models.tagged import Attribution, Entity, Tagged
from marsad.models.tagging import Chains, Input, Scores, tag
from marsad.models.vectors import WordVectors
from marsad.models.windows import Extent, Range
from marsad.models.words import Ints, Words, split
from marsad.records.spans import Spans
from marsad.settings import load

ABOUT, ENCODER, TRIPLES, TOKENIZER = "model.json", "encoder.onnx", "triples.onnx", "tokenizer.json"
FRAMES, SIMILARITY = "frames.onnx", "similarity.npz"


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of a chain as numbers."""

    first: list[float]
    moves: list[list[float]]


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`model.json`: what decoding needs, and the SHA-256 of each other file."""

    schema: Literal["marsad.model/1"]
    window: Extent
    thresholds: Thresholds
    frames: Leasts
    chains: dict[Literal["cues", "triples", "entities"], Chain]
    files: dict[str, str]


class Network:
    """The graphs, as `Scorer` and `FrameScorer`. One window at a time: eight bits are scaled over all that
    is passed in."""

    def __init__(self, encoder: bytes, triples: bytes, frames: bytes, threads: int) -> None:
        self._encoder, self._triples = _session(encoder, threads), _session(triples, threads)
        self._frames = _session(frames, threads)

    def words(self, window: Input) -> Scores:
        """See `Scorer`."""
        given = {name: value[None] for name, value in zip(Input._fields, window, strict=True)}
        return Scores(*(each[0] for each in self._encoder.run(list(Scores._fields), given)))

    def triples(self, states: Floats, lines: Ints, anchors: Ints) -> Floats:
        """See `Scorer`."""
        given = {"states": states[None], "lines": lines[None], "anchors": anchors}
        scores: Floats = self._triples.run(["scores"], given)[0]
        return scores

    def frames(self, states: Floats) -> tuple[Floats, Floats]:
        """See `FrameScorer`."""
        fillers, told = self._frames.run(["fillers", "told"], {"states": states[None]})
        return fillers[0], told[0]


class Runtime:
    """The reader of a folder of weights. `version` is of all its files."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load and check.

        Args:
            folder: has the files that `training/export.py` writes.
            threads: how many a window is spread over; what is found does not depend on it.

        Raises:
            BadWeights: a file is missing or damaged.
        """
        described = _bytes(folder / ABOUT)
        about = _about(described, folder / ABOUT)
        self.version = hashlib.sha256(described).hexdigest()[:12]
        self.extent, self.thresholds, self.leasts = about.window, about.thresholds, about.frames
        self.chains = Chains(*(_weights(about.chains[name]) for name in ("cues", "triples", "entities")))
        files = [_checked(folder / name, about) for name in (ENCODER, TRIPLES, FRAMES, TOKENIZER)]
        self.head = _head(folder / SIMILARITY, about)
        self.network = Network(files[0], files[1], files[2], threads)
        self.tokenizer = Tokenizer.from_buffer(files[3])

    def split(self, text: str) -> Words:
        """The words of a text."""
        return split(text, self.tokenizer)

    def read(self, text: str) -> Tagged:
        """What is in `text`. The same text gives the same bytes, whatever was read before it."""
        words = self.split(text)
        if not len(words):
            return Tagged()
        found = tag(words, self.network, self.chains, self.thresholds, self.extent)
        return Tagged(
            tuple(_attribution(one, words) for one in found.triples),
            tuple(
                Entity(words.span_of(*one.words), one.type, round(one.probability, 4))
                for one in found.entities
            ),
            frames(words, found.middle, self.network, self.leasts),
            WordVectors(words, found.states, found.middle, self.head),
        )


def threads_here() -> int:
    """The cores that this process may use; one in a process of a pool, where the others have theirs."""
    if multiprocessing.parent_process() is not None:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, load().threads)


def _attribution(one: Triple, words: Words) -> Attribution:
    source, cue, content = (_spans(role, words) for role in (one.source, one.cue, one.content))
    return Attribution(source, cue, content, round(one.probability, 4))


def _spans(ranges: tuple[Range, ...], words: Words) -> Spans:
    return tuple(words.span_of(*each) for each in ranges)


def _session(model: bytes, threads: int) -> Any:  # noqa: ANN401  onnxruntime has no types
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    # Idle threads that spin take the time of the other processes of a pool.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        model,
        options,
        providers=["CPUExecutionProvider"],
        # The fused operator takes twice as long as a sum and a norm (1.32 on x86-64).
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def _weights(chain: Chain) -> Weights:
    first: NDArray[np.float64] = np.array(chain.first)
    return Weights(first, np.array(chain.moves))


def _about(described: bytes, path: Path) -> About:
    try:
        return msgspec.json.decode(described, type=About)
    except msgspec.MsgspecError as error:
        raise _damaged(path, str(error)) from error


def _checked(path: Path, about: About) -> bytes:
    data = _bytes(path)
    if hashlib.sha256(data).hexdigest() != about.files.get(path.name):
        raise _damaged(path, f"its SHA-256 is not the one that {ABOUT} names")
    return data


def _head(path: Path, about: About) -> Head:
    data = _checked(path, about)
    try:
        head = unpacked(f"similarity@{hashlib.sha256(data).hexdigest()[:12]}", data)
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if head.encoder != about.files.get(ENCODER):
        raise _damaged(path, f"made for another {ENCODER}")
    return head


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _damaged(path, error.strerror or "cannot be read") from error


def _damaged(path: Path, why: str) -> BadWeights:
    return BadWeights(f"{path}: {why}; install marsad anew (pip install --force-reinstall 'marsad[models]')")
