"""What a series is called, in plain words: fighters of ISIS in Iraq and Syria."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.assessment.series.records import Basis, Point
from marsad.assessment.series.words import STATE, folded_phrase, is_owned, lemmas, needs_place

_NOUNS = {  # by measure, else by its beginning: what is counted where no narrower noun is told
    "strength.fighters": "fighters",
    "strength.cells": "cells",
    "detention.families": "families",
    "detention.fighters": "fighters",
    "displacement.families": "families",
    "hostages": "hostages",
    "recruitment": "recruits",
    "attacks": "attacks",
    "origin.countries": "countries of origin",
    "finance": "money",
    "finance.reserves": "reserves",
    "finance.revenue": "revenue",
    "territory": "territory",
    "count.money": "money",
}
_DONE = {  # what was done to those counted, after the noun
    "detention": "held",
    "displacement": "displaced",
    "casualties.killed": "killed",
    "casualties.injured": "injured",
    "casualties.died": "dead of cold, hunger, disease or accident",
    "casualties.unspecified": "killed or injured",
    "surrendered": "who surrendered",
    "repatriated": "repatriated",
    "missing": "missing",
}
_SAYING = frozenset(  # nouns that say what was done
    {
        "refugee",
        "displaced",
        "idp",
        "idps",
        "evacuee",
        "exile",
        "prisoner",
        "detainee",
        "inmate",
        "captive",
        "hostage",
    }
    | {"death", "fatality", "body", "corpse", "casualty", "injury", "killing", "execution"}
)
_TROOPS = "troops"


def title(basis: Basis, points: Iterable[Point]) -> str:
    """What the numbers of a series count, of whom, where, over how long, and of what standing."""
    first = min(points, key=lambda point: (point.known, point.figure.id))
    noun = _noun(basis, first)
    told = " ".join(filter(None, (_aspect(basis), _whose(basis, noun), _done(basis, noun), _where(basis))))
    return ", ".join(filter(None, (told, basis.scope, _over(basis), _standing(basis), *_untold(basis))))


def _aspect(basis: Basis) -> str | None:
    return {"share": "share of", "change": "change in"}.get(basis.aspect)


def _noun(basis: Basis, first: Point) -> str:
    if basis.aspect == "share" and basis.of:
        return basis.of
    worded = " ".join((first.figure.record.population or "").split())
    kind, _, rest = basis.measure.partition(".")
    if worded and (basis.population is not None or kind == "count"):
        return worded
    plain = _NOUNS.get(basis.measure) or _NOUNS.get(kind)
    return plain or (rest if kind == "count" else "people")


def _whose(basis: Basis, noun: str) -> str:
    """The noun with whose they are, where it does not say so itself."""
    if basis.subject is None or basis.subject_name is None:
        return noun
    if basis.subject.startswith(STATE) and noun == _NOUNS["strength.fighters"]:
        return f"{basis.subject_name} {_TROOPS}"
    is_said = folded_phrase(basis.subject_name) in folded_phrase(noun)
    return noun if is_said else f"{noun} of {basis.subject_name}"


def _done(basis: Basis, noun: str) -> str | None:
    kind, _, _ = basis.measure.partition(".")
    done = _DONE.get(basis.measure) or _DONE.get(kind)
    return done if _SAYING.isdisjoint(lemmas(noun)) else None


def _where(basis: Basis) -> str | None:
    names = sorted({place.name for place in basis.places})
    if not names:
        return None
    *others, last = names
    return f"in {', '.join(others)} and {last}" if others else f"in {last}"


def _over(basis: Basis) -> str | None:
    period = basis.period
    if period is None:
        return None
    if period.startswith("P"):
        return f"over {_length(period)}"
    if period[0].isdigit():
        first, _, last = period.partition("/")
        return f"{first} to {last}" if last else f"on {first}"
    return period


def _length(duration: str) -> str:
    number, unit = int(duration[1:-1]), {"Y": "year", "M": "month", "D": "day"}[duration[-1]]
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _standing(basis: Basis) -> str | None:
    of = None if basis.aspect == "share" else basis.of
    status = None if basis.status == "counted" else basis.status
    return ", ".join(filter(None, (of, status))) or None


def _untold(basis: Basis) -> Iterable[str]:
    """What the text leaves open, so that the series stands by itself."""
    if basis.confined is None:
        return
    if not basis.places and not basis.scope and needs_place(basis.measure, basis.subject):
        yield "place not told"
    if basis.subject is None and is_owned(basis.measure):
        yield "whose not told"
    if basis.period is None and basis.aspect in ("flow", "change"):
        yield "period not told"
