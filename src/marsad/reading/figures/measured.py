"""The names of measures: what a number measures, and how that is called."""

from __future__ import annotations

from typing import NamedTuple

from marsad.reading.figures.measures import Event, Noun, vocabulary
from marsad.records.reading import Aspect


class Measured(NamedTuple):
    measure: str
    unit: str | None
    aspect: Aspect = "level"
    per: str | None = None
    share_of: str | None = None
    population: tuple[int, int] | None = None  # tokens of the counted noun
    event: Event | None = None


def default(noun: Noun) -> str:
    """The measure of a counted noun to which nothing happened."""
    kind = vocabulary().kinds.get(noun.kind)
    return kind.measure if kind and kind.measure != "count" else counted_as(noun)


def counted_as(noun: Noun) -> str:
    """count.<lemma of the noun>"""
    return f"count.{noun.lemma.casefold().replace(' ', '_')}"


def named_by(noun: Noun, event: Event) -> str:
    """The measure of an event, with the kind of those counted where it is open: detention.families."""
    if not event.measure.endswith(".*"):
        return event.measure
    part = vocabulary().kinds[noun.kind].part
    return event.measure[:-1] + (part if part in ("fighters", "families") else "population")
