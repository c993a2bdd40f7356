"""A place with every name that it goes by, and what the build knows of words and sizes."""

from __future__ import annotations

import math
import tomllib
from importlib import resources
from typing import NamedTuple

from marsad.gazetteer.entry import Entry
from marsad.gazetteer.folding import fold
from marsad.records.reading import PlaceKind

SCOPE = tomllib.loads(
    resources.files("marsad.gazetteer").joinpath("tables", "scope.toml").read_text(encoding="utf-8")
)
ROMANISED = frozenset(SCOPE["romanised"])
ARABIC = frozenset(SCOPE["arabic"])
_TYPE_WORDS = frozenset(SCOPE["type_words"])
_TYPE_LINKS = frozenset(SCOPE["type_links"])
CITY, TOWN = 100_000, 5_000  # people from which a populated place is called so
SETTLEMENTS: frozenset[PlaceKind] = frozenset({"city", "town", "village"})

_ARABIC_SCRIPT = range(0x0600, 0x0700)


class Named(NamedTuple):
    """A place with every name that it goes by."""

    entry: Entry
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    unit: str | None = None  # id of the administrative unit that it lies in


def size(people: int) -> PlaceKind:
    """What a populated place is called for its people."""
    if not people:  # listed for another reason: the seat of a unit
        return "town"
    return "city" if people >= CITY else "town" if people >= TOWN else "village"


def usable(name: str, country: str | None) -> bool:
    """Whether an alternate name may stand in a text: no code, no transliteration key."""
    if all(ord(char) in _ARABIC_SCRIPT or char in " -" for char in name):
        return country in ARABIC and len(name) > 2
    first, _, rest = name.partition("-")
    capital = name[:1].isupper() or (first.lower() == first and rest[:1].isupper())
    return capital and not name.isupper() and len(name) > 2 and all(map(_latin, name))


def _latin(char: str) -> bool:
    return (char.isalpha() and char < "ɐ") or "\u1e00" <= char <= "\u1eff" or char in " -'’‘ʻ`."


def without_type(name: str) -> str:
    """A unit's name without "Province of", "Landkreis", "Governorate"."""
    words = name.split()
    kept = [word for word in words if fold(word) not in _TYPE_WORDS]
    if len(kept) < len(words):
        while len(kept) > 1 and fold(kept[0]) in _TYPE_LINKS:
            kept = kept[1:]
    return " ".join(kept) if kept and any(map(str.isalpha, "".join(kept))) else name


def kilometres(a: tuple[float, float] | None, b: tuple[float, float] | None) -> float:
    """Equirectangular distance on a sphere of 6,371 km: enough at this scale. Unknown is infinite."""
    if a is None or b is None:
        return math.inf
    x = math.radians(b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371.0 * math.hypot(x, math.radians(b[0] - a[0]))
