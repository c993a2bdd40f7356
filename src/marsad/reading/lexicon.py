"""The reader's vocabularies: TOML files in `data/`, validated when they are loaded.

A vocabulary is words, never code. Each annotator declares the shape of its own file and calls
`load`; a file that does not have the shape stops the program with a line that says where.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TypeVar, cast

import msgspec

from marsad.errors import MarsadError


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the shapes that vocabularies are validated against: closed to unknown keys."""


T = TypeVar("T", bound=Entry)


def load(name: str, shape: type[T]) -> T:
    """The vocabulary `data/{name}.toml` as `shape`, read once.

    Raises:
        MarsadError: the file does not have the shape.
    """
    return cast(T, _load(name, shape))


@cache
def _load(name: str, shape: type[Entry]) -> Entry:
    raw = resources.files("marsad.reading").joinpath("data", f"{name}.toml").read_bytes()
    try:
        return msgspec.convert(tomllib.loads(raw.decode()), type=shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise MarsadError(f"vocabulary {name}.toml: {error}; mend it or reinstall marsad") from error
