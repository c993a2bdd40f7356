"""What each gathered claim says, as `linkage.claims` compares it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from marsad.disclosure import MARK
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.linkage.claims.facts import OPEN, Amount, Statement
from marsad.linkage.claims.words import content, folded, is_negated, may_be_negated
from marsad.linkage.origins import NAMED, folded_name
from marsad.records.reading import Claim, Figure, Interval

SLACK = 2  # days by which the date of one thing may differ between two reports of it
UNDATED = 120  # days before it became known in which an undated claim may be true
FEWEST = 3  # words without which a claim is compared with none, unless it holds a number
ABOUT = 0.05  # by which share of itself a number that is about so much may be off
_RECENT = 50_000  # names whose words are kept: the same ones come again and again

# Numbers of these statuses are counted of the world; the others are of plans, demands and denials.
_COUNTED = frozenset({"observed", "estimated"})
_SCENES = frozenset({"admin1", "admin2", "city", "town", "village", "camp", "facility"})


def statements(gathered: Gathered) -> list[Statement]:
    """One for each claim, in their order."""
    return [statement(found, gathered) for found in gathered.claims]


def statement(found: Found[Claim], gathered: Gathered) -> Statement:
    claim = found.record
    document = found.found_in.id
    origin = gathered.origins.get(found.id)
    about = [gathered.actors[each] for each in claim.about if each in gathered.actors]
    first, last = _stretch(claim, found.found_in.known)
    told = words(found, gathered)
    return Statement(
        key=found.id,
        known=ordinal(found.found_in.known),
        story=gathered.first.get(document, document),
        text=" ".join(claim.text.casefold().split()) if told else _whose(claim),
        words=told,
        actors=tuple(dict.fromkeys((*about, *filter(None, (_family(each, gathered) for each in about))))),
        kinds=tuple(gathered.kinds.get(each, "") for each in about),
        holder=origin.key if origin is not None and origin.key.startswith(NAMED) else None,
        is_attributed=claim.kind == "attributed",
        places=tuple(map(place_keys, _scenes(_placed(found, gathered)))),
        first=first,
        last=last,
        is_dated=_is_dated(claim.true_of),
        amounts=tuple(amounts(found.figures)),
        vector=gathered.vectors.get(found.id),
        is_denied=(claim.polarity == "denied") != is_negated(claim.text),
        is_unclear=may_be_negated(claim.text),
    )


def _whose(claim: Claim) -> str:
    """What "it" and "the claim" say, which tell nothing of their own: another thing with each holder."""
    holder = claim.source.text if claim.source else ""
    return " ".join(f"{holder}: {claim.text}".casefold().split())


def _family(actor: str, gathered: Gathered) -> str | None:
    """What the names of one actor have in common: the last word of a person's, the first of a force's."""
    name = actor.partition(" (")[0].split()
    ends = {"person_role": name[-1:], "state_force": name[:1]}
    family = ends.get(gathered.kinds.get(actor, ""))
    return f"~{family[0]}" if family else None


def words(found: Found[Claim], gathered: Gathered) -> tuple[str, ...]:
    """The content of its words, with one sign for each actor, place and number, however it is written."""
    named = {each: name for each, name in found.names.items() if each in gathered.actors and MARK not in name}
    located = [place for place in _placed(found, gathered) if MARK not in place.name]
    written = set().union(*map(_written, named.values()), *(_written(place.name) for place in located))
    written -= _in_small_letters(found.record.text)
    plain = [word for word in content(found.record.text) if word not in written and not word.isdigit()]
    ends = [end for figure in found.figures for end in (figure.low, figure.high) if end is not None]
    actors = [f"@{_family(actor, gathered) or actor}" for actor in (gathered.actors[each] for each in named)]
    places = [f"^{place.key}" for place in located]
    if not plain or (len(found.record.text.split()) < FEWEST and not ends):
        return ()  # "the withdrawal", "his decision": the words tell nothing of their own
    return tuple(dict.fromkeys((*plain, *actors, *places, *(f"#{end:g}" for end in ends))))


@lru_cache(_RECENT)
def _written(name: str) -> frozenset[str]:
    """The words of a name, and its initials."""
    parts = content(name)
    initials = "".join(word[0] for word in name.split() if word[0].isupper()).casefold()
    return frozenset((*parts, initials))


def _in_small_letters(text: str) -> frozenset[str]:
    """The content of the words that are no part of a name as it is written: the "troops" of "US troops"."""
    return frozenset(content(" ".join(word for word in text.split() if word[:1].islower())))


def _placed(found: Found[Claim], gathered: Gathered) -> list[Located]:
    """The places that it or its figures name, each once."""
    named = (gathered.places.get(place) for figure in found.figures for place in figure.places)
    return list(dict.fromkeys((*gathered.sites.get(found.id, ()), *filter(None, named))))


def _scenes(placed: Sequence[Located]) -> Sequence[Located]:
    """The places where something is. Countries are most often parties, and regions have no clear borders."""
    return [place for place in placed if place.kind in _SCENES]


@lru_cache(100_000)
def ordinal(day: str) -> int:
    """A day as a number, so that days can be counted."""
    return date.fromisoformat(day[:10]).toordinal()


def days(true_of: Interval | None, known: str) -> tuple[int, int]:
    """The first and last days, as numbers, on which a claim can be true.

    What is undated is true of about the time in which it was said, and nothing is true of later than it
    was said where only a beginning is given.
    """
    said = ordinal(known)
    if true_of is None or not _is_dated(true_of):
        return said - UNDATED, said + SLACK
    first = -OPEN if true_of.earliest is None else ordinal(true_of.earliest) - SLACK
    last = max(said, first) if true_of.latest is None else ordinal(true_of.latest)
    return first, last + SLACK


def _is_dated(true_of: Interval | None) -> bool:
    return true_of is not None and not (true_of.earliest is None and true_of.latest is None)


def _stretch(claim: Claim, known: str) -> tuple[int, int]:
    """The days of a claim; what has gone on since some day goes on when it is said."""
    first, last = days(claim.true_of, known)
    goes_on = claim.true_of is not None and "since" in folded(claim.text)
    return first, max(last, ordinal(known)) if goes_on else last


def place_keys(place: Located) -> tuple[str, ...]:
    """The key of a place, then those of all that it is known to lie in: its region and its country too.

    A place whose name is masked is told from no other: only where it lies counts.
    """
    country = f"country:{place.country}" if place.country else None
    if place.kind == "country":
        return tuple(filter(None, (country or place.key,)))
    region = f"admin1:{place.country}:{folded_name(place.admin1)}" if place.admin1 else None
    own = region if place.kind == "admin1" and region else place.key
    around = (*place.within, region, country)
    if MARK in place.name:
        own = region or country or place.key
    return (own, *(key for key in around if key and key != own))


def amounts(figures: Sequence[Figure]) -> Iterator[Amount]:
    """What figures count, told apart by measure and unit, and by whether it is observed.

    Where only one number of a claim counts soldiers, it is compared by its noun too: the measure of one that
    is not alike in both reports may be read wrongly.
    """
    stated = [each for each in figures if each.low is not None or each.high is not None]
    for figure in stated:
        if figure.measure != "count.unspecified":
            status = "" if figure.status in _COUNTED else figure.status
            yield Amount(
                f"{figure.measure} {figure.aspect == 'change'} {figure.unit} {status}", *ends(figure)
            )
    nouns = Counter(figure.unit for figure in stated)
    for figure in stated:
        if figure.unit and figure.unit[0].islower() and nouns[figure.unit] == 1:
            yield Amount(f"noun {figure.unit}", *ends(figure))


def ends(figure: Figure) -> tuple[float | None, float | None]:
    """The range that a number may stand for when it is compared: "about" is not exact."""
    slack = ABOUT if figure.bound in ("about", "vague") else 0.0
    low = None if figure.low is None else figure.low * (1 - slack)
    high = None if figure.high is None else figure.high * (1 + slack)
    return low, high
