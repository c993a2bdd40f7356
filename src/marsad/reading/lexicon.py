"""The reader's vocabularies: TOML files in `data/`, and what the user adds to them, validated when loaded.

A vocabulary is words, never code. Each annotator declares the shape of its own file and calls `load`; a
file that does not have the shape stops the program with a line that says where.

The setting `vocabularies` names a folder of the user's own files, each called as the one of `data/` that it
adds to. Tables are merged; an array goes on with what the user's has and the shipped one has not; a
table of an array takes the place of the shipped one of the same name; any other value takes its place.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from marsad import settings
from marsad.errors import BadInput, MarsadError


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the shapes that vocabularies are validated against: closed to unknown keys."""


T = TypeVar("T", bound=Entry)
Table = dict[str, Any]

_AT = " - at `$"  # before the path of a key in msgspec's messages: `$.kinds[3].verbs`


def load(name: str, shape: type[T]) -> T:
    """The vocabulary `name` as `shape`, with the user's additions, read once.

    Raises:
        MarsadError: a file does not have the shape.
    """
    return cast(T, _load(name, shape))


@cache
def _load(name: str, shape: type[Entry]) -> Entry:
    return read(name, shape, _folder())


def read(name: str, shape: type[T], folder: Path | None) -> T:
    """The vocabulary `name` with what stands in the user's `folder`.

    Raises:
        MarsadError: the shipped file does not have the shape.
        BadInput: with the user's file it has not; the message names the file and the key.
    """
    shipped = resources.files("marsad.reading").joinpath("data", f"{name}.toml").read_bytes()
    try:
        table = tomllib.loads(shipped.decode())
        found = msgspec.convert(table, type=shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise MarsadError(f"vocabulary {name}.toml: {error}; mend it or reinstall marsad") from error
    path = folder and _files(folder).get(name)
    if not path:
        return found
    added = added_to(table, _parsed(path))
    try:
        return msgspec.convert(added, type=shape)
    except msgspec.ValidationError as error:
        raise BadInput(f"{path}: {_where(str(error), added)}") from error


@cache
def own(name: str) -> Table:
    """What the user's own file of this vocabulary says; nothing where there is none."""
    folder = _folder()
    path = folder and _files(folder).get(name)
    return _parsed(path) if path else {}


@cache
def version() -> str | None:
    """What tells the user's vocabularies from all others: a part of the reader's version. `None`: none.

    Raises:
        BadInput: the folder is not there, or holds a file that is no vocabulary.
    """
    folder = _folder()
    if folder is None or not (files := _files(folder)):
        return None
    said = hashlib.sha256()
    for name, path in sorted(files.items()):
        body = path.read_bytes()
        said.update(f"{name} {len(body)}\n".encode() + body)
    return said.hexdigest()[:8]


def _folder() -> Path | None:
    given = settings.load().vocabularies
    return Path(given).expanduser() if given else None


def _files(folder: Path) -> dict[str, Path]:
    """The user's files by the vocabulary that they add to."""
    if not folder.is_dir():
        raise BadInput(f"{folder}: no folder of vocabularies; see the setting vocabularies")
    data = resources.files("marsad.reading").joinpath("data")
    known = {file.name.removesuffix(".toml") for file in data.iterdir() if file.name.endswith(".toml")}
    found = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    for name, path in found.items():
        if name not in known:
            raise BadInput(f"{path}: no vocabulary is called {name}; there are {', '.join(sorted(known))}")
    return found


def _parsed(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read: {error}") from error


def added_to(shipped: Table, own: Table) -> Table:
    """`shipped` with what `own` adds to it; neither is changed."""
    return shipped | {
        key: _added(shipped[key], value) if key in shipped else value for key, value in own.items()
    }


def _added(shipped: Any, own: Any) -> Any:  # noqa: ANN401 - any value of TOML
    if isinstance(shipped, dict) and isinstance(own, dict):
        return added_to(shipped, own)
    if isinstance(shipped, list) and isinstance(own, list):
        named = {_name(each) for each in own} - {None}
        kept = [each for each in shipped if _name(each) not in named]
        return kept + [each for each in own if each not in kept]
    return own


def _name(entry: object) -> object:
    return entry.get("name") if isinstance(entry, dict) else None


def _where(error: str, table: Table) -> str:
    """What is wrong at which key, an entry of an array by its name."""
    what, at, path = error.rpartition(_AT)
    if not at:
        return error
    here: Any = table
    words: list[str] = []
    for step in path.rstrip("`").replace("[", ".[").split("."):
        number = step[1:-1] if step.startswith("[") else ""
        try:
            here = here[int(number)] if number else here[step] if step else here
        except (LookupError, TypeError, ValueError):
            here = None
        if step:
            words.append(str(_name(here) or f"entry {int(number) + 1}") if number.isdigit() else step)
    return f"{' → '.join(words)}: {what}"
