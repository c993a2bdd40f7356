"""A watch: a TOML file that names a subject, an area and indicators."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from marsad.ledger.asking.gathering import Gathered


class Indicator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is watched, with what counts as evidence of it."""

    name: str
    title: str
    themes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()  # a prefix that ends in a dot stands for all that begin so
    incidents: tuple[str, ...] = ()  # PLOVER types
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Watch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject in an area, and what is asked of it."""

    name: str
    title: str
    subjects: tuple[str, ...]  # actors, by any of their names
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    places: tuple[str, ...] = ()  # by name or gazetteer id
    indicators: tuple[Indicator, ...]


def gather(ledger: Any, watch: Watch, as_known: str | None) -> Gathered:  # noqa: ANN401
    """What the ledger holds on a watch at a date."""
    raise NotImplementedError
