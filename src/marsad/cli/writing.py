"""How a command writes a file of its own: whole, in one step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from marsad.errors import MarsadError


def write(path: Path, parts: Iterable[bytes], *, option: str) -> None:
    """Put `parts` at `path` in one step: a reader sees the old file or the new one, never a part.

    Args:
        option: with which the user chooses another place.

    Raises:
        MarsadError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".marsad-", delete=False) as draft:
            draft.writelines(parts)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(path)
    except OSError as error:
        raise MarsadError(
            f"{path}: cannot be written: {error.strerror}; choose a place with {option}"
        ) from error
