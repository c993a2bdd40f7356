"""Write what the package loads: `python -m training.export --checkpoint FILE --out DIR`.

- `encoder.onnx`: pieces [1, p], features [1, p, 3] and first [1, w] to states [1, w, 384], cues
  [1, w, 3] and entities [1, w, 27], with weights of eight bits a channel.
- `triples.onnx`: states and lines [1, w, 2] of one window, anchors [a], to scores [a, 2 * REACH + 1, 7]
  of the words around each anchor; its matrices have eight bits too, its convolutions 32.
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

import msgspec
import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn
from torch.export import Dim

from marsad.models.decoding import Thresholds
from marsad.models.runtime import ABOUT, ENCODER, TOKENIZER, TRIPLES, About, Chain, Runtime
from marsad.models.tagging import CLS, SEP, Chains, Input
from marsad.models.windows import Extent
from training.checkpoint import averaged
from training.encoder import HEADS, WIDTH, Layer, tokenizer
from training.model import Reader
from training.predict import Torch, chains

log = logging.getLogger("training")


class EncoderGraph(nn.Module):
    """The encoder with the heads that need no anchor, over one window without padding.

    Queries, keys and values are one product, and attention is one operator of ONNX Runtime: a third
    quicker than the same graph in plain operators.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.packed = nn.ModuleList(_packed(layer) for layer in reader.encoder.layers)

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the module."""
        encoder = self.reader.encoder
        states = encoder.embedded(pieces, features)
        for layer, packed in zip(encoder.layers, self.packed, strict=True):
            query, key, value = packed(states).split(WIDTH, -1)
            attended = torch.onnx.ops.symbolic(
                "com.microsoft::MultiHeadAttention",
                (query, key, value),
                {"num_heads": HEADS},
                dtype=torch.float32,
                shape=query.shape,
                version=1,
            )
            states = layer.after(states, attended)
        states = states[0][first[0]][None]
        return states, self.reader.cues(states), self.reader.entities(states)


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


def export(reader: Reader, out: Path, extent: Extent, thresholds: Thresholds) -> None:
    """Write all files to the folder `out`."""
    reader.eval()
    with tempfile.TemporaryDirectory() as folder:
        for name, write, kinds in ((ENCODER, encoder, ["MatMul", "Gather"]), (TRIPLES, triples, ["MatMul"])):
            whole = Path(folder) / name
            write(reader, whole)
            quantize_dynamic(whole, out / name, kinds, per_channel=True, weight_type=QuantType.QInt8)
    tokenizer().save(str(out / TOKENIZER), pretty=False)
    describe(chains(reader), out, extent, thresholds)


def describe(weights: Chains, out: Path, extent: Extent, thresholds: Thresholds) -> None:
    """Write `model.json`, of the files that are there."""
    numbers = {
        name: Chain(weight.first.tolist(), weight.moves.tolist())
        for name, weight in weights._asdict().items()
    }
    files = {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (ENCODER, TRIPLES, TOKENIZER)
    }
    about = About("marsad.model/1", extent, thresholds, numbers, files)
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
        output_names=["states", "cues", "entities"],
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


def check(reader: Reader, out: Path) -> dict[str, float]:
    """How closely the files follow the model on one made window: correlation of scores, by head."""
    random = np.random.default_rng(7)
    pieces = np.array([CLS, *random.integers(1000, 20000, 120), SEP])
    window = Input(pieces, np.ones((122, 3), np.int64), np.arange(1, 121))
    shipped, own = Runtime(out, 1).network, Torch(reader)
    found = {
        name: _correlation(a, b)
        for name, a, b in zip(
            ("states", "cues", "entities"), own.words(window), shipped.words(window), strict=True
        )
    }
    states, lines, anchors = own.words(window).states, np.zeros((120, 2), np.int64), np.array([5, 60, 7])
    ours, theirs = (each.triples(states, lines, anchors) for each in (own, shipped))
    return found | {"triples": _correlation(ours, theirs)}


def _correlation(ours: np.ndarray, theirs: np.ndarray) -> float:
    return float(np.corrcoef(ours.ravel(), theirs.ravel())[0, 1])


def main() -> None:
    """Read the command line, export, check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for name, value in (*Thresholds()._asdict().items(), *Extent()._asdict().items()):
        parser.add_argument(f"--{name}", type=type(value), default=value)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    averaged(given.checkpoint, reader)
    export(reader, given.out, Extent(given.wordpieces, given.shared), Thresholds(given.cue, given.triple))
    for name, value in check(reader, given.out).items():
        log.info("%-8s correlation with the model %.5f", name, value)
    size = sum((given.out / name).stat().st_size for name in (ABOUT, ENCODER, TRIPLES, TOKENIZER))
    log.info("%.1f MB", size / 1e6)


if __name__ == "__main__":
    main()
