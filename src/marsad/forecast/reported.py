"""Deaths that the reports of a ledger tell of, as events: what its own panels are made from.

Every account of one incident counts once (`assessment.agreement`): copies, echoes, and what several sources
tell. Of an account too coarse to be compared with others, the same day, places and toll are one. A round-up
is never added to what it sums up, and rows that people coded are left to the panels of their own files.

A month is **covered** of a country where a source published in it that has told of deaths there, and one
such source went on publishing afterwards: so the newest month, which reports are still to come of, is not.
Other months are missing. Whoever reads less than all that is published has a panel of what was read.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import polars as pl

from marsad.assessment.agreement.incidents import incident_groups
from marsad.errors import BadInput
from marsad.forecast.ged import EVENTS, VIOLENCE, Events
from marsad.forecast.months import parse
from marsad.forecast.states import of_code
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.reading import Incident

_HAPPENED = ("occurred", "ongoing")
_DATED = ("given", "stated")  # an inferred day of publication covers no month
_POINT = 2  # the coarsest where_prec (UCDP) that is a point; camps and hospitals have none
_ADMIN1, _COUNTRY = 4, 6
_MONTH = 4  # the coarsest date_prec that tells the month

Account = Found[Incident]


class Reported(NamedTuple):
    """The deaths of a ledger as of a day."""

    events: Events
    documents: int  # that were published on a known day, coded rows aside
    left: Mapping[str, float]  # deaths (best) that stand in no event, by why


class _Where(NamedTuple):
    country: str  # ISO 3166-1 alpha-2
    admin1: str | None
    point: tuple[float, float] | None
    where_prec: int


def reported(
    ledger: Store,
    *,
    as_known: str | None = None,
    actor: str | None = None,
    months: Collection[int] | None = None,
) -> Reported:
    """The deaths that reports tell of, each incident once.

    Args:
        as_known: a day: what was published later changes nothing.
        actor: only incidents of which this actor is a side, by any of its names.
        months: that are covered (VIEWS), where the reader knows better.

    Raises:
        BadInput: the ledger has no such report, or no covered month.
    """
    with ledger.at_one_moment() as held:
        gathered = held.gather([], _deadly(as_known))
        documents = list(filter(_covers, held.documents(as_known=as_known)))
        keys = frozenset() if actor is None else held.bearing([actor], as_known=as_known)
    if actor is not None and not keys:
        raise BadInput(f"no actor {actor!r} in the ledger; see marsad actors")
    accounts = [each for each in gathered.incidents if _covers(each.found_in)]
    covered = _covered(accounts, documents, gathered)
    if months is not None:
        covered = dict.fromkeys(covered, frozenset(months))
    left: Counter[str] = Counter()
    rows = []
    for group in _groups(accounts, gathered):
        if actor is None or any(_is_side(each, keys, gathered) for each in group):
            row, why = _event(group, gathered, covered)
            rows.append(row) if row else left.update({why: _toll(group)[1]})
    if not covered:
        raise BadInput("no month is covered: it takes two months of reports, with deaths in one country")
    table = pl.DataFrame(rows, schema=EVENTS, orient="row")
    every = tuple(sorted(frozenset().union(*covered.values())))
    sha256 = _sha256(documents, accounts, as_known)
    return Reported(Events(table, every, sha256, 0, covered), len(documents), left)


def _deadly(as_known: str | None) -> tuple[Query, ...]:
    """Incidents that somebody says happened, with a toll that has an end."""
    return (
        Query.of("incidents", status=_HAPPENED, deaths_low="0..", as_known=as_known),
        Query.of("incidents", status=_HAPPENED, deaths_high="0..", as_known=as_known),
    )


def _covers(document: FoundDocument) -> bool:
    """Whether it is a report that was read, of a known day."""
    of = document.document
    is_read = document.redacted is None and not document.is_unread
    return is_read and of.genre != "coded" and of.published is not None and of.published.basis in _DATED


def _sha256(documents: Sequence[FoundDocument], accounts: Sequence[Account], as_known: str | None) -> str:
    """Of what was read: the data's version."""
    told = sorted(each.id for each in documents), sorted(each.id for each in accounts), as_known
    return hashlib.sha256(repr(told).encode()).hexdigest()


# Coverage


def _covered(
    accounts: Iterable[Account], documents: Iterable[FoundDocument], gathered: Gathered
) -> dict[str, frozenset[int]]:
    """The covered months (VIEWS) of each country, by its name."""
    published: defaultdict[str | None, set[int]] = defaultdict(set)
    for document in documents:
        published[document.document.publisher].add(parse(document.known[:7]))
    tells: defaultdict[str, set[int]] = defaultdict(set)
    for account in accounts:
        where = _where(account, gathered)
        if where is not None:
            tells[where.country] |= published[account.found_in.document.publisher]
    found = {_name(code): frozenset(months - {max(months)}) for code, months in tells.items()}
    return {country: months for country, months in found.items() if months}


def _name(code: str) -> str:
    state = of_code(code)
    return code if state is None else state.name


# Events


def _groups(accounts: Sequence[Account], gathered: Gathered) -> Iterator[Sequence[Account]]:
    """The accounts of each incident, first known first."""
    compared = incident_groups(replace(gathered, incidents=tuple(accounts)))
    yield from compared
    known = {each.id for group in compared for each in group}
    coarse: defaultdict[tuple[Any, ...], list[Account]] = defaultdict(list)
    for each in sorted(accounts, key=lambda each: (each.found_in.known, each.id)):
        if each.id not in known:
            coarse[_alike(each, gathered)].append(each)
    yield from coarse.values()


def _alike(account: Account, gathered: Gathered) -> tuple[Any, ...]:
    of = account.record
    days = (of.date.earliest, of.date.latest) if of.date else None
    places = frozenset(gathered.places[each].key for each in of.places if each in gathered.places)
    return of.shape, of.type, days, places, of.deaths


def _event(
    group: Sequence[Account], gathered: Gathered, covered: Mapping[str, frozenset[int]]
) -> tuple[tuple[Any, ...] | None, str]:
    """A row of `ged.EVENTS`; without one, why."""
    if any(each.record.shape == "aggregate" for each in group):
        return None, "in round-ups"
    kind = next((each.record.ucdp_type for each in group if each.record.ucdp_type), None)
    month = next(filter(None, map(_month, group)), None)
    places = filter(None, (_where(each, gathered) for each in group))
    where = min(places, key=lambda each: each.where_prec, default=None)
    if where is None:
        return None, "without one country"
    if month is None:
        return None, "without a month"
    country = _name(where.country)
    if month not in covered.get(country, ()):
        return None, "in months that are not covered"
    state = of_code(where.country)
    latitude, longitude = where.point or (None, None)
    place = (where.where_prec, where.admin1, latitude, longitude, None, country, state and state.gw)
    return (group[0].id, month, VIOLENCE[kind] if kind else "un", None, None, *place, *_toll(group)), ""


def _month(account: Account) -> int | None:
    """The month in which it ended, as with UCDP; `None` where a day is not known to the month."""
    of = account.record
    if of.date is None or of.date.latest is None or of.date_prec is None or of.date_prec > _MONTH:
        return None
    return parse(of.date.latest[:7])


def _where(account: Account, gathered: Gathered) -> _Where | None:
    """Where it was, as finely as all its places agree; `None` without one country."""
    of = account.record
    places = [gathered.places[each] for each in of.places if each in gathered.places]
    countries = {place.country for place in places if place.country}
    if len(countries) != 1:
        return None
    units = {_unit(place) for place in places} - {None}
    points = {
        (each.latitude, each.longitude)
        for each in places
        if each.latitude is not None and each.longitude is not None
    }
    finest = of.where_prec or _COUNTRY
    unit = units.pop() if len(units) == 1 else None
    point = points.pop() if len(points) == 1 and finest <= _POINT else None
    if unit is None or point is None:
        return _Where(countries.pop(), unit, None, _COUNTRY if unit is None else _ADMIN1)
    return _Where(countries.pop(), unit, point, finest)


def _unit(place: Located) -> str | None:
    return place.name if place.kind == "admin1" else place.admin1


def _is_side(account: Account, keys: frozenset[str], gathered: Gathered) -> bool:
    parties = (party for side in account.record.sides for party in side)
    return any(gathered.actors.get(party.actor or "") in keys for party in parties)


def _toll(group: Sequence[Account]) -> tuple[float, float, float]:
    """(low, best, high): the envelope of what is told; the best is the newest stated, else the low.

    An end that everybody leaves open is not known: below it is 0, above it NaN.
    """
    tolls = [each.record.deaths for each in group if each.record.deaths]
    lows = [toll.low for toll in tolls if toll.low is not None]
    highs = [toll.high for toll in tolls if toll.high is not None]
    low = min(lows, default=0.0)
    best = next((toll.best for toll in reversed(tolls) if toll.best is not None), low)
    return float(min(low, best)), float(best), float(max(*highs, best)) if highs else float("nan")
