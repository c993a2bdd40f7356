"""How an export reaches the disk: whole, in one step, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from marsad.errors import BadInput, MarsadError

_DRAFT = ".marsad-"
_SQLITE = b"SQLite format 3\0"  # how a ledger begins


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Put `parts` at `path`: a reader sees the old file or the new one, never a part.

    Raises:
        BadInput: `path` is a folder or a database.
        MarsadError: it cannot be written.
    """
    if path.is_dir():
        raise BadInput(f"{path}: is a folder; name a file with --out")
    draft = None
    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written to, never replaced
            with path.open("wb") as stream:
                stream.writelines(parts)
            return
        _require_no_ledger(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_DRAFT, delete=False) as file:
            draft = Path(file.name)
            file.writelines(parts)
        draft.chmod(0o644)
        draft.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if draft:
            draft.unlink(missing_ok=True)


def _require_no_ledger(path: Path) -> None:
    if not path.is_file():
        return
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) == _SQLITE:
            raise BadInput(f"{path}: is a database; name another file with --out")


@contextmanager
def written_folder(path: Path, names: frozenset[str]) -> Iterator[Path]:
    """An empty folder to fill; where nothing fails, it stands at `path` afterwards.

    Args:
        names: of the files of an earlier export; a folder that holds anything else is left alone.

    Raises:
        BadInput: `path` is a file, or holds what is not of an export.
        MarsadError: the folder cannot be written.
    """
    draft = None
    try:
        _require_ours(path, names)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=_DRAFT))
        filled = draft / "filled"
        filled.mkdir()
        yield filled
        _exchange(path, filled, draft / "earlier")
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if draft:
            shutil.rmtree(draft, ignore_errors=True)


def _exchange(path: Path, new: Path, earlier: Path) -> None:
    """Put `new` at `path`, and what is there to `earlier`; where that fails, all is as it was."""
    is_there = path.exists()
    if is_there:
        path.rename(earlier)
    try:
        new.rename(path)
    except OSError:
        if is_there:
            earlier.rename(path)
        raise


def _require_ours(path: Path, names: frozenset[str]) -> None:
    if path.exists() and not path.is_dir():
        raise BadInput(f"{path}: is a file; name a folder with --out")
    if path.exists() and not names.issuperset(each.name for each in path.iterdir()):
        raise BadInput(f"{path}: holds other files; name an empty or a new folder with --out")


def _unwritable(path: Path, error: OSError) -> MarsadError:
    return MarsadError(f"{path}: cannot be written: {error.strerror or error}; choose a place with --out")
