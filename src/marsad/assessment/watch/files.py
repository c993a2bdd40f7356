"""Where watches lie: those that ship with Marsad, and those of a workspace, in its folder `watches`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from marsad.errors import BadInput, NotFound
from marsad.ledger.workspace import WATCHES

_SUFFIX = ".toml"
_LARGEST = 1024 * 1024  # bytes: a watch is written by hand


def found(where: str | Path, workspace: Path | None) -> tuple[bytes, str]:
    """The bytes of a watch and what to call its file.

    Args:
        where: a path, or the name of a watch of the workspace or of one that ships.

    Raises:
        NotFound: there is none.
        BadInput: the file cannot be read.
    """
    path = Path(where)
    if path.suffix == _SUFFIX or len(path.parts) > 1:
        return _read(path), str(path)
    name = str(where)
    own = own_watches(workspace)
    if name in own:
        return _read(own[name]), str(own[name])
    if name in shipped():
        return shipped()[name], f"{name}{_SUFFIX} (shipped)"
    names = ", ".join(sorted({*own, *shipped()}))
    raise NotFound(f"{name[:80]!r}: no such watch; there are {names}, or make one with marsad watch new")


def shipped() -> Mapping[str, bytes]:
    """The watches that ship, by name."""
    folder = resources.files("marsad.assessment.watch").joinpath("shipped")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(_SUFFIX)), key=lambda f: f.name)
    return {file.name.removesuffix(_SUFFIX): file.read_bytes() for file in files}


def own_watches(workspace: Path | None) -> Mapping[str, Path]:
    """The files of a workspace's watches, by name."""
    if workspace is None:
        return {}
    return {path.stem: path for path in sorted((workspace / WATCHES).glob(f"*{_SUFFIX}"))}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file; see marsad watch list") from None
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        said = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"{path}: cannot be read: {said}") from None
    if len(raw) > _LARGEST:
        raise BadInput(f"{path}: is larger than {_LARGEST:,} bytes; a watch is a short file")
    return raw
