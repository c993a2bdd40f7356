"""How two mentions stand to each other: a linear model over their vectors and the words around them.

The weights are plain arrays in `weights/relations.npz` (`training/relations.py` makes them). They hold for
one encoder, whose SHA-256 they carry: with another its vectors mean nothing.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from marsad.errors import BadWeights
from marsad.models.tagged import Tagged
from marsad.records.reading import RelationType
from marsad.records.spans import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FILE, ENCODER, ABOUT = "relations.npz", "encoder.onnx", "model.json"
ROLES = 3  # spans of a pair that have a vector: its source, its target, what stands between


_ANEW = "install marsad anew"


class _About(msgspec.Struct, frozen=True):
    files: dict[str, str]


class Pair(NamedTuple):
    """Two mentions in the order source, target, and what is seen of them by name.

    `features` count for each type by themselves; of `hints` (a type and a name) each counts for its type
    alone, as much as it would for any other.
    """

    source: Span
    target: Span
    between: Span | None  # None where they touch
    features: tuple[str, ...]
    hints: tuple[tuple[str, str], ...] = ()


class PairModel:
    """`types` are the relations it knows; `thresholds` the probabilities at which F1 was best."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        """Take the arrays of the file.

        means [3, width], axes [3, width, k]: each vector is centred and projected; weights [f + 3k, t]
        and bias [t]: of the named features first; shared [h]: of hints; names, hints, types: UTF-8, a line
        each.

        Raises:
            KeyError, ValueError: an array is missing or of another shape.
        """
        self.types = cast("tuple[RelationType, ...]", tuple(_lines(arrays["types"])))
        names = _lines(arrays["names"])
        self.encoder = str(bytes(arrays["encoder"]), "ascii")
        self.thresholds = dict(zip(self.types, map(float, arrays["thresholds"]), strict=True))
        self._index = {name: at for at, name in enumerate(names)}
        self._means, self._axes = (arrays[name].astype("float64") for name in ("means", "axes"))
        weights = arrays["weights"].astype("float64")
        self._bias = arrays["bias"].astype("float64")
        if weights.shape != (len(names) + ROLES * self._axes.shape[2], len(self.types)):
            raise ValueError("its arrays do not fit one another")
        self._hints = dict(zip(_lines(arrays["hints"]), arrays["shared"].astype("float64"), strict=True))
        self._columns: dict[str, int] = {kind: column for column, kind in enumerate(self.types)}
        self._named = weights[: len(names)]
        self._dense = weights[len(names) :].reshape(ROLES, -1, len(self.types))

    def scores(self, tagged: Tagged, pairs: Sequence[Pair]) -> Floats:
        """Probabilities [pairs, types]; types do not exclude one another."""
        import numpy as np  # noqa: PLC0415  heavy

        parts: dict[tuple[int, Span], Floats] = {}
        logits = np.tile(self._bias, (len(pairs), 1))
        for at, pair in enumerate(pairs):
            known = [self._index[name] for name in pair.features if name in self._index]
            logits[at] += self._named[known].sum(0)
            for kind, name in pair.hints:
                if kind in self._columns:
                    logits[at, self._columns[kind]] += self._hints.get(name, 0.0)
            for role, span in enumerate((pair.source, pair.target, pair.between)):
                if span is not None and (role, span) not in parts:
                    parts[role, span] = self._part(role, tagged, span)
                if span is not None:
                    logits[at] += parts[role, span]
        found: Floats = 1 / (1 + np.exp(-logits))
        return found

    def _part(self, role: int, tagged: Tagged, span: Span) -> Floats:
        """What a span's vector adds to the logits [types]."""
        vector = tagged.vector(span) - self._means[role]
        part: Floats = vector @ self._axes[role] @ self._dense[role]
        return part


@lru_cache(maxsize=2)
def load(folder: Path) -> PairModel:
    """The model of a folder of weights.

    Raises:
        BadWeights: its file is missing or damaged, or was made for another encoder.
    """
    import numpy as np  # noqa: PLC0415  heavy

    path = folder / FILE
    try:
        named = msgspec.json.decode((folder / ABOUT).read_bytes(), type=_About).files
        data = path.read_bytes()
        if sha256(data) != named.get(FILE):
            raise BadWeights(f"{path}: its SHA-256 is not the one that {ABOUT} names; {_ANEW}")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            model = PairModel(arrays)
    except (OSError, msgspec.MsgspecError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadWeights(f"{path}: {error}; {_ANEW}") from error
    if model.encoder != named.get(ENCODER):
        raise BadWeights(f"{path}: made for another {ENCODER}; train it anew")
    return model


def packed(**arrays: NDArray[Any]) -> bytes:
    """The file of arrays, the same bytes for the same arrays."""
    import numpy as np  # noqa: PLC0415  heavy

    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def lines(names: Sequence[str]) -> NDArray[np.uint8]:
    """Names as an array of bytes, a line each."""
    import numpy as np  # noqa: PLC0415  heavy

    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _lines(array: NDArray[np.uint8]) -> list[str]:
    return bytes(array).decode().split("\n")


def sha256(data: bytes) -> str:
    """As `model.json` names files."""
    return hashlib.sha256(data).hexdigest()
