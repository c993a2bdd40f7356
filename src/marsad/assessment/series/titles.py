"""What a series is called, in plain words: fighters of ISIS in Iraq and Syria.

The words are a `wording.Language`'s; English unless another one is brought.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.assessment.series.records import Basis, Point
from marsad.assessment.series.words import STATE, folded_phrase, is_owned, lemmas, names_of, needs_place
from marsad.records.wording import English, Language

PHRASES = {
    "share": "share of {what}",
    "change": "change in {what}",
    "owned": "{what} of {whose}",
    "troops": "{whose} troops",
    "where": "{what} in {places}",
    "and": "{places} and {last}",
    "comma": ", ",
    "held": "{what} held",
    "displaced": "{what} displaced",
    "killed_of": "{what} killed",
    "injured_of": "{what} injured",
    "died_of": "{what} dead of cold, hunger, disease or accident",
    "hurt_of": "{what} killed or injured",
    "surrendered": "{what} who surrendered",
    "repatriated": "{what} repatriated",
    "missing": "{what} missing",
    "over": "over {length}",
    "year": "{n} year",
    "years": "{n} years",
    "month": "{n} month",
    "months": "{n} months",
    "day": "{n} day",
    "days_long": "{n} days",
    "from_to": "{first} to {last}",
    "on": "on {day}",
    "since": "since {day}",
    "until": "until {day}",
    "no_place": "place not told",
    "no_owner": "whose not told",
    "no_period": "period not told",
}
ENGLISH = English(PHRASES)

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
_DONE = {  # the phrase for what was done to those counted
    "detention": "held",
    "displacement": "displaced",
    "casualties.killed": "killed_of",
    "casualties.injured": "injured_of",
    "casualties.died": "died_of",
    "casualties.unspecified": "hurt_of",
    "surrendered": "surrendered",
    "repatriated": "repatriated",
    "missing": "missing",
}
_UNITS = {"Y": ("year", "years"), "M": ("month", "months"), "D": ("day", "days_long")}
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


def title(basis: Basis, points: Iterable[Point], language: Language = ENGLISH) -> str:
    """What the numbers of a series count, of whom, where, over how long, and of what standing."""
    first = min(points, key=lambda point: (point.known, point.figure.id))
    told = _where(basis, _done(basis, _noun(basis, first), language), language)
    if basis.aspect in ("share", "change"):
        told = language.phrase(basis.aspect, what=told)
    parts = (
        told,
        _scope(basis, first),
        _over(basis, language),
        _standing(basis, language),
        *_untold(basis, language),
    )
    return language.phrase("comma").join(filter(None, parts))


def _noun(basis: Basis, first: Point) -> str:
    if basis.aspect == "share" and basis.of:
        return basis.of
    worded = " ".join((first.figure.record.population or "").split())
    kind, _, rest = basis.measure.partition(".")
    if worded and (basis.population is not None or kind == "count"):
        return worded
    plain = _NOUNS.get(basis.measure) or _NOUNS.get(kind)
    return plain or (rest if kind == "count" else "people")


def _whose(basis: Basis, noun: str, language: Language) -> str:
    """The noun with whose they are, where it does not say so itself."""
    if basis.subject is None or basis.subject_name is None:
        return language.term("noun", noun)
    if basis.subject.startswith(STATE) and noun == _NOUNS["strength.fighters"]:
        return language.phrase("troops", whose=basis.subject_name)
    called = names_of(basis.subject, (basis.subject_name,))
    if any(f" {folded_phrase(each)} " in f" {folded_phrase(noun)} " for each in called):
        return language.term("noun", noun)
    return language.phrase("owned", what=language.term("noun", noun), whose=basis.subject_name)


def _done(basis: Basis, noun: str, language: Language) -> str:
    """The noun with what was done to them, where it does not say so itself."""
    kind, _, _ = basis.measure.partition(".")
    done = _DONE.get(basis.measure) or _DONE.get(kind)
    whose = _whose(basis, noun, language)
    return language.phrase(done, what=whose) if done and _SAYING.isdisjoint(lemmas(noun)) else whose


def _where(basis: Basis, what: str, language: Language) -> str:
    names = sorted({place.name for place in basis.places})
    if not names:
        return what
    *others, last = names
    places = language.phrase("comma").join(others)
    return language.phrase(
        "where", what=what, places=language.phrase("and", places=places, last=last) if others else last
    )


def _scope(basis: Basis, first: Point) -> str | None:
    """What bounds it, as the first to tell it words it; of a scope that was found elsewhere, its key."""
    worded = first.figure.record.scope
    return " ".join(worded.text.split()) if basis.scope and worded else basis.scope


def _over(basis: Basis, language: Language) -> str | None:
    if basis.period is None:
        return None
    told = period(basis.period, language)
    return language.phrase("over", length=told) if basis.period.startswith("P") else told


def period(told: str, language: Language = ENGLISH) -> str:
    """The period of a basis: a length, a day, from one day to another, or since one."""
    if told.startswith("P"):
        return _length(told, language)
    if told[0].isdigit():
        first, _, last = told.partition("/")
        return (
            language.phrase("from_to", first=first, last=last) if last else language.phrase("on", day=first)
        )
    since, _, day = told.partition(" ")
    return language.phrase(since, day=day)


def _length(duration: str, language: Language) -> str:
    number, (unit, several) = int(duration[1:-1]), _UNITS[duration[-1]]
    return language.phrase(unit if number == 1 else several, n=number)


def _standing(basis: Basis, language: Language) -> str | None:
    of = None if basis.aspect == "share" or basis.of is None else language.term("of", basis.of)
    status = None if basis.status == "counted" else language.term("figure_status", basis.status)
    return language.phrase("comma").join(filter(None, (of, status))) or None


def _untold(basis: Basis, language: Language) -> Iterable[str]:
    """What the text leaves open, so that the series stands by itself."""
    if basis.confined is None:
        return
    others = []
    if basis.subject is None and is_owned(basis.measure):
        others.append(language.phrase("no_owner"))
    if basis.period is None and basis.aspect in ("flow", "change"):
        others.append(language.phrase("no_period"))
    if not (basis.places or basis.scope) and (not others or needs_place(basis.measure, basis.subject)):
        yield language.phrase("no_place")
    yield from others
