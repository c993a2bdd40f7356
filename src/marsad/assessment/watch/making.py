"""A new watch: a file in the workspace with the indicators of the one that ships, for people to change."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from marsad.assessment.watch.definition import Watch, is_name
from marsad.assessment.watch.files import shipped
from marsad.errors import BadInput, MarsadError
from marsad.ledger.workspace import WATCHES

_PATTERN = "isis"  # whose indicators are taken over
_INDICATORS = "[[indicators]]"
_TAKEN = frozenset({"new", "list", "show"})  # words of the command line


def write(
    workspace: Path, name: str, *, subjects: Sequence[str], countries: Sequence[str], places: Sequence[str]
) -> Path:
    """Write the watch `name` into the workspace's folder `watches`, and give its path.

    Args:
        subjects: the actors that are watched; without any, the name itself.

    Raises:
        BadInput: the name or a country is none, or there is such a watch: none is overwritten.
        MarsadError: the folder cannot be written.
    """
    if not is_name(name) or name in _TAKEN:
        raise BadInput(f"{name!r}: is no name of a watch; give small letters, digits, - and _")
    path = workspace / WATCHES / f"{name}.toml"
    text = _text(name, list(subjects) or [name], [each.upper() for each in countries], list(places))
    Watch.parse(text.encode(), str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise BadInput(f"{path}: is there already; change it, or give the new one another name") from None
    except OSError as error:
        raise MarsadError(f"{path}: cannot be written: {error.strerror}; see --workspace") from error
    return path


def _text(name: str, subjects: list[str], countries: list[str], places: list[str]) -> str:
    pattern = shipped()[_PATTERN].decode()
    return "\n".join([*_head(name, subjects, countries, places), "", pattern[pattern.index(_INDICATORS) :]])


def _head(name: str, subjects: list[str], countries: list[str], places: list[str]) -> Iterator[str]:
    area = ", ".join([*countries, *places])
    title = " in ".join(filter(None, (" and ".join(subjects), area)))
    yield "# A watch: whom it is about, where, and what counts as evidence. See docs/watch.md."
    yield f"name = {_quoted(name)}"
    yield f"title = {_quoted(title)}"
    yield f"subjects = {_list(subjects)} # actors, by any of their names: see marsad actors"
    yield f"{'' if countries else '# '}countries = {_list(countries or ['SY', 'IQ'])} # ISO 3166-1 alpha-2"
    yield f"{'' if places else '# '}places = {_list(places or ['Deir ez-Zor'])} # by name or gazetteer id"


def _list(values: list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
