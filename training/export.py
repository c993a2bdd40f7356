"""Write what the package ships: `python -m training.export --checkpoint FILE --out DIR`.

- `words.onnx`: pieces [n, p], features [n, p, 3] and first [n, w] to states [n, w, 384], cues
  [n, w, 3] and entities [n, w, 27]; `words.int8.onnx` is the same with weights of eight bits a channel.
- `triples.onnx`: states [1, w, 384] and lines [1, w, 2] of one window, anchors [a], to [a, w, 7].
- `chains.safetensors`: the weights of the chains, for Viterbi.
- `tokenizer.json`, and `model.json` with tags, sizes and thresholds.

Nothing is pickled. With eight bits, activations are scaled over the whole tensor that is passed in, so
what a window gives depends on its neighbours and padding: pass one window at a time.
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.export import Dim

from training.checkpoint import averaged
from training.data import ENTITY_TAGS, TRIPLE_TAGS
from training.decode import Thresholds
from training.encoder import CLS, PAD, SEP, WIDTH, pretrained
from training.model import Anchors, Batch, Reader
from training.predict import ROOM, SHARED

log = logging.getLogger("training")


class WordsGraph(nn.Module):
    """The encoder with the heads that need no anchor."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the module."""
        states = self.reader.states(Batch(pieces, features, first, first, first))
        return states, self.reader.cues(states), self.reader.entities(states)


class TriplesGraph(nn.Module):
    """The head that reads triples, over one window without padding."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.triples = reader.triples

    def forward(self, states: Tensor, lines: Tensor, anchors: Tensor) -> Tensor:
        """See the module."""
        mask = torch.ones_like(lines[..., 0]).to(torch.bool)
        out: Tensor = self.triples(states, lines, mask, Anchors(torch.zeros_like(anchors), anchors))
        return out


def export(reader: Reader, out: Path) -> None:
    """Write all files to the folder `out`."""
    reader.eval()
    _words(reader, out / "words.onnx")
    quantize_dynamic(
        out / "words.onnx", out / "words.int8.onnx", per_channel=True, weight_type=QuantType.QInt8
    )
    _triples(reader, out / "triples.onnx")
    chains = {"cues": reader.cue_chain, "triples": reader.triples.chain, "entities": reader.entity_chain}
    weights = {name: chain.weights() for name, chain in chains.items()}
    save_file(
        {f"{name}.{part}": value.detach().contiguous() for name, both in weights.items()
         for part, value in zip(("first", "moves"), both, strict=True)},
        out / "chains.safetensors",
    )  # fmt: skip
    (out / "tokenizer.json").write_bytes(pretrained()[1].read_bytes())
    about = {
        "cues": ["O", "B-cue", "I-cue"],
        "triples": TRIPLE_TAGS,
        "entities": ENTITY_TAGS,
        "special": {"cls": CLS, "sep": SEP, "pad": PAD},
        "window": {"wordpieces": ROOM, "shared": SHARED},
        "thresholds": Thresholds()._asdict(),
    }
    (out / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _words(reader: Reader, path: Path) -> None:
    pieces = torch.randint(1000, 20000, (2, 40))
    sample = (pieces, torch.ones(2, 40, 3, dtype=torch.long), torch.arange(1, 31).repeat(2, 1))
    windows, length, words = Dim("windows"), Dim("pieces", max=512), Dim("words")
    torch.onnx.export(
        WordsGraph(reader),
        sample,
        path,
        dynamo=True,
        external_data=False,
        input_names=["pieces", "features", "first"],
        output_names=["states", "cues", "entities"],
        dynamic_shapes=({0: windows, 1: length}, {0: windows, 1: length}, {0: windows, 1: words}),
    )


def _triples(reader: Reader, path: Path) -> None:
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
    """How closely the files follow the model on one made window: correlation of scores, by file."""
    random = np.random.default_rng(7)
    pieces = np.array([[CLS, *random.integers(1000, 20000, 120), SEP]])
    features = np.ones((1, 122, 3), np.int64)
    first = np.arange(1, 121)[None]
    with torch.inference_mode():
        states, cues, _ = WordsGraph(reader)(*(torch.from_numpy(each) for each in (pieces, features, first)))
        lines, anchors = np.zeros((1, 120, 2), np.int64), np.array([5, 60, 7])
        scores = TriplesGraph(reader)(states, torch.from_numpy(lines), torch.from_numpy(anchors))
    found = {}
    inputs = {"pieces": pieces, "features": features, "first": first}
    for name in ("words.onnx", "words.int8.onnx"):
        session = onnxruntime.InferenceSession(str(out / name))
        found[name] = _correlation(cues.numpy(), session.run(["cues"], inputs)[0])
    session = onnxruntime.InferenceSession(str(out / "triples.onnx"))
    inputs = {"states": states.numpy(), "lines": lines, "anchors": anchors}
    found["triples.onnx"] = _correlation(scores.numpy(), session.run(["scores"], inputs)[0])
    return found


def _correlation(ours: np.ndarray, theirs: np.ndarray) -> float:
    return float(np.corrcoef(ours.ravel(), theirs.ravel())[0, 1])


def main() -> None:
    """Read the command line, export, check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    averaged(given.checkpoint, reader)
    export(reader, given.out)
    for name, value in check(reader, given.out).items():
        size = (given.out / name).stat().st_size / 1e6
        log.info("%-16s %6.1f MB, correlation with the model %.5f", name, size, value)


if __name__ == "__main__":
    main()
