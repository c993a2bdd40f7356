"""Write what the package loads: `python -m training.export --checkpoint FILE --frames FILE --out DIR`.

- `encoder.onnx`: pieces [1, p], features [1, p, 3] and first [1, w] to states [1, w, 384], cues
  [1, w, 3], entities [1, w, 27] and middle [1, w, 384], with weights of eight bits a channel.
- `triples.onnx`: states and lines [1, w, 2] of one window, anchors [a], to scores [a, 2 * REACH + 1, 7]
  of the words around each anchor; its matrices have eight bits too, its convolutions 32.
- `frames.onnx`: middle states of a page [1, w, 384] to fillers [1, w, types, 11] and told [1, types].
- `similarity.npz`: a head that says nothing, until `training.similarity` makes one.
- `tokenizer.json`, and `model.json`: chains, sizes of windows, thresholds, and a SHA-256 of each file.

Nothing is pickled. With eight bits, activations are scaled over the whole tensor that is passed in, so the
graphs take one window at a time and no padding. At the end one made window goes through the files and
through the model, and the correlation of their scores is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import tempfile
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn
from torch.export import Dim

from marsad.models.decoding import Thresholds
from marsad.models.framing import PAGE, Leasts
from marsad.models.runtime import ABOUT, ENCODER, FRAMES, TOKENIZER, TRIPLES, About, Chain, Runtime
from marsad.models.tagging import CLS, SEP, Chains, Input
from marsad.models.windows import Extent
from training.checkpoint import averaged
from training.encoder import HEADS, WIDTH, Layer, tokenizer
from training.frame_model import SHARED, Frames
from training.frames import means
from training.model import Reader
from training.predict import Torch, chains
from training.similarity import bind, blank

log = logging.getLogger("training")


class Limits(NamedTuple):
    """What decoding needs beside weights."""

    extent: Extent = Extent()
    thresholds: Thresholds = Thresholds()
    leasts: Leasts = Leasts()


class EncoderGraph(nn.Module):
    """The encoder with the heads that need no anchor, over one window without padding.

    Queries, keys and values are one product, and attention is one operator of ONNX Runtime: a third
    quicker than the same graph in plain operators.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.packed = nn.ModuleList(_packed(layer) for layer in reader.encoder.layers)

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """See the module."""
        encoder = self.reader.encoder
        states = encoder.embedded(pieces, features)
        middle = states
        for at, (layer, packed) in enumerate(zip(encoder.layers, self.packed, strict=True)):
            middle = states if at == SHARED else middle
            states = layer.after(states, _attended(packed, states))
        states = states[0][first[0]][None]
        return (
            states,
            self.reader.cues(states),
            self.reader.entities(states),
            means(middle[0], first[0])[None],
        )


class FramesGraph(nn.Module):
    """The head that reads frames, over one page without padding."""

    def __init__(self, frames: Frames) -> None:
        super().__init__()
        self.frames = frames
        self.packed = nn.ModuleList(_packed(layer) for layer in frames.layers)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See the module."""
        found = states + self.frames.places.weight[: states.shape[1]]
        for layer, packed in zip(self.frames.layers, self.packed, strict=True):
            found = layer.after(found, _attended(packed, found))
        return self.frames.heads(found, torch.ones(1, states.shape[1], dtype=torch.bool))


def _attended(packed: nn.Module, states: Tensor) -> Tensor:
    query, key, value = packed(states).split(WIDTH, -1)
    found: Tensor = torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        (query, key, value),
        {"num_heads": HEADS},
        dtype=torch.float32,
        shape=query.shape,
        version=1,
    )
    return found


class TriplesGraph(nn.Module):
    """The head that reads triples, over one window without padding."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.triples = reader.triples

    def forward(self, states: Tensor, lines: Tensor, anchors: Tensor) -> Tensor:
        """See the module."""
        return self.triples.near(states, lines, anchors)


def _packed(layer: Layer) -> nn.Linear:
    parts = (layer.query, layer.key, layer.value)
    packed = nn.Linear(WIDTH, 3 * WIDTH)
    with torch.no_grad():
        packed.weight.copy_(torch.cat([part.weight for part in parts]))
        packed.bias.copy_(torch.cat([part.bias for part in parts]))
    return packed


def export(reader: Reader, frames: Frames, out: Path, limits: Limits) -> None:
    """Write all files to the folder `out`."""
    graphs = ((ENCODER, encoder, reader), (TRIPLES, triples, reader), (FRAMES, framed, frames))
    with tempfile.TemporaryDirectory() as folder:
        for name, write, model in graphs:
            whole, kinds = Path(folder) / name, ["MatMul", "Gather"] if name == ENCODER else ["MatMul"]
            write(model.eval(), whole)
            quantize_dynamic(whole, out / name, kinds, per_channel=True, weight_type=QuantType.QInt8)
            unsigned(out / name)
            without_traces(out / name)
    tokenizer().save(str(out / TOKENIZER), pretty=False)
    describe(chains(reader), out, limits)
    bind(out, blank())


def unsigned(path: Path) -> None:
    """Shift the weights of a graph's products, and their zero points, from signed to unsigned bytes.

    The products stay what they are. But on a processor without VNNI, ONNX Runtime adds two products of an
    unsigned and a signed byte in sixteen bits, which overflow: scores were off by up to 1.2. Those of
    unsigned bytes were exact where signed ones were not (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
    """
    model = onnx.load(path)
    weights = {each.name: each for each in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMulInteger"]
    for name in {node.input[at] for node in products for at in (1, 3)}:
        signed = onnx.numpy_helper.to_array(weights[name])
        shifted = (signed.astype(np.int16) + 128).astype(np.uint8)
        weights[name].CopyFrom(onnx.numpy_helper.from_array(shifted, name))
    onnx.save(model, path)


def without_traces(path: Path) -> None:
    """Take out of a graph where on this machine each of its nodes was made."""
    model = onnx.load(path)
    for part in (model.graph, *model.graph.node, *model.graph.value_info, *model.functions):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for function in model.functions:
        for node in function.node:
            node.ClearField("metadata_props")
    onnx.save(model, path)


def describe(weights: Chains, out: Path, limits: Limits) -> None:
    """Write `model.json`, of the files that are there."""
    numbers = {
        name: Chain(weight.first.tolist(), weight.moves.tolist())
        for name, weight in weights._asdict().items()
    }
    files = {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in (ENCODER, TRIPLES, FRAMES, TOKENIZER)
    }
    about = About("marsad.model/1", *limits, numbers, files)
    (out / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about), indent=0) + b"\n")


def encoder(reader: Reader, path: Path) -> None:
    """Write the encoder with weights of 32 bits."""
    pieces = torch.randint(1000, 20000, (1, 40))
    sample = (pieces, torch.ones(1, 40, 3, dtype=torch.long), torch.arange(1, 31)[None])
    length, words = Dim("pieces", max=512), Dim("words")
    torch.onnx.export(
        EncoderGraph(reader),
        sample,
        path,
        dynamo=True,
        external_data=False,
        input_names=["pieces", "features", "first"],
        output_names=["states", "cues", "entities", "middle"],
        dynamic_shapes=({1: length}, {1: length}, {1: words}),
    )


def triples(reader: Reader, path: Path) -> None:
    """Write the head that reads triples."""
    sample = (torch.randn(1, 30, WIDTH), torch.zeros(1, 30, 2, dtype=torch.long), torch.tensor([3, 9]))
    words, anchors = Dim("words"), Dim("anchors")
    torch.onnx.export(
        TriplesGraph(reader),
        sample,
        path,
        dynamo=True,
        external_data=False,
        input_names=["states", "lines", "anchors"],
        output_names=["scores"],
        dynamic_shapes=({1: words}, {1: words}, {0: anchors}),
    )


def framed(frames: Frames, path: Path) -> None:
    """Write the head that reads frames."""
    torch.onnx.export(
        FramesGraph(frames),
        (torch.randn(1, 30, WIDTH),),
        path,
        dynamo=True,
        external_data=False,
        input_names=["states"],
        output_names=["fillers", "told"],
        dynamic_shapes=({1: Dim("words", max=PAGE.wordpieces)},),
    )


def check(reader: Reader, frames: Frames, out: Path) -> dict[str, float]:
    """How closely the files follow the model on one made window: correlation of scores, by head."""
    random = np.random.default_rng(7)
    pieces = np.array([CLS, *random.integers(1000, 20000, 120), SEP])
    window = Input(pieces, np.ones((122, 3), np.int64), np.arange(1, 121))
    shipped, own = Runtime(out, 1).network, Torch(reader)
    found = {
        name: _correlation(a, b)
        for name, a, b in zip(
            ("states", "cues", "entities"), own.words(window)[:3], shipped.words(window)[:3], strict=True
        )
    }
    states, lines, anchors = own.words(window).states, np.zeros((120, 2), np.int64), np.array([5, 60, 7])
    ours, theirs = (each.triples(states, lines, anchors) for each in (own, shipped))
    page = np.random.default_rng(7).standard_normal((120, WIDTH)).astype(np.float32)
    with torch.inference_mode():
        fillers = frames(torch.from_numpy(page)[None], torch.ones(1, 120, dtype=torch.bool))[0][0].numpy()
    return found | {
        "triples": _correlation(ours, theirs),
        "frames": _correlation(fillers, shipped.frames(page)[0]),
    }


def _correlation(ours: np.ndarray, theirs: np.ndarray) -> float:
    return float(np.corrcoef(ours.ravel(), theirs.ravel())[0, 1])


def main() -> None:
    """Read the command line, export, check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--frames", type=Path, required=True, help="checkpoint of training.frames")
    parser.add_argument("--out", type=Path, required=True)
    for name, value in (*Extent()._asdict().items(), *Thresholds()._asdict().items()):
        parser.add_argument(f"--{name}", type=type(value), default=value)
    for name, values in Leasts()._asdict().items():
        parser.add_argument(f"--{name}", type=float, nargs=len(values), default=values)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    averaged(given.checkpoint, reader)
    frames = Frames()
    averaged(given.frames, frames)
    limits = Limits(
        Extent(given.wordpieces, given.shared),
        Thresholds(given.cue, given.triple),
        Leasts(tuple(given.told), tuple(given.filler)),
    )
    export(reader, frames, given.out, limits)
    for name, value in check(reader, frames, given.out).items():
        log.info("%-8s correlation with the model %.5f", name, value)
    size = sum((given.out / name).stat().st_size for name in (ABOUT, ENCODER, TRIPLES, FRAMES, TOKENIZER))
    log.info("%.1f MB", size / 1e6)


if __name__ == "__main__":
    main()
