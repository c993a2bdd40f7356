"""The shape of `coded.toml`, and what is looked up in it."""

from __future__ import annotations

from functools import cache

from marsad.gazetteer import load_countries
from marsad.reading.lexicon import Entry, load
from marsad.records.reading import ActorKind, PlaceKind


class Ucdp(Entry, frozen=True):
    two_sided: frozenset[int]  # types of violence
    civilians: frozenset[str]  # names of sides that bear no arms
    government: str  # how the name of a state's side begins


class Happening(Entry, frozen=True):
    """Sub-event types of ACLED that are one type of PLOVER."""

    names: tuple[str, ...]
    type: str
    mode: str | None = None
    two_sided: bool = False


class Acled(Entry, frozen=True):
    date_prec: dict[str, int]  # of UCDP, by time_precision
    where_prec: dict[str, int]  # of UCDP, by geo_precision
    actors: dict[str, ActorKind]  # by inter1 and inter2
    events: tuple[Happening, ...]


class Vocabulary(Entry, frozen=True):
    """The shape of `coded.toml`."""

    directions: frozenset[str]
    kinds: dict[str, PlaceKind]  # by the last word of a place
    sheltering: dict[str, PlaceKind]  # by any word of it
    countries: dict[str, str]  # ISO 3166-1 alpha-2
    ucdp: Ucdp
    acled: Acled


@cache
def vocabulary() -> Vocabulary:
    return load("coded", Vocabulary)


@cache
def happenings() -> dict[str, Happening]:
    """ACLED's sub-event types, in any case, with what they are."""
    return {name.casefold(): each for each in vocabulary().acled.events for name in each.names}


@cache
def country(name: str) -> str | None:
    """The code of a country as the datasets write it (ISO 3166-1 alpha-2); `None` where it is no one's."""
    return vocabulary().countries.get(name) or _by_name().get(name.casefold())


@cache
def _by_name() -> dict[str, str]:
    """The gazetteer's table alone, which is small: its places are not loaded."""
    countries = load_countries()
    aliases = {alias.casefold(): each.code for each in countries for alias in each.aliases}
    return aliases | {each.name.casefold(): each.code for each in countries}
