"""How a command writes a file of its own: whole, in one step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from marsad.errors import BadInput, MarsadError

_SQLITE = b"SQLite format 3\0"  # how a ledger begins


def write(path: Path, parts: Iterable[bytes], *, option: str) -> None:
    """Put `parts` at `path` in one step: a reader sees the old file or the new one, never a part.

    Args:
        option: with which the user chooses another place.

    Raises:
        BadInput: a database is there.
        MarsadError: the folder cannot be written.
    """
    draft = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:  # a pipe or a device is written to, never replaced
                stream.writelines(parts)
            return
        if path.is_file() and _begins(path, _SQLITE):
            raise BadInput(f"{path}: is a database; name another file with {option}")
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".marsad-", delete=False) as file:
            draft = Path(file.name)
            file.writelines(parts)
        draft.chmod(0o644)
        draft.replace(path)
    except OSError as error:
        raise MarsadError(
            f"{path}: cannot be written: {error.strerror}; choose a place with {option}"
        ) from error
    finally:
        if draft:
            draft.unlink(missing_ok=True)


def _begins(path: Path, expected: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(expected)) == expected
