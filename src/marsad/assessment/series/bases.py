"""What each figure is a number of, as far as its own text tells it; `scope` fills the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from marsad.assessment.series.records import Basis, Slot
from marsad.assessment.series.words import (
    is_event,
    is_owned,
    name_of,
    names_of,
    narrower,
    needs_place,
    state_of,
)
from marsad.disclosure import MARK
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.linkage.copies import folded_words
from marsad.records.reading import Figure, Number

_EVENT = 7  # days: harm done within fewer is one event, and its days are part of the basis
_FAR = 4  # times: tolls of one event differ by less
_TOWN = 2  # UCDP's where_prec: within 25 km
_RUNNING = frozenset({"flow", "change"})  # aspects that count a stretch of time
_STATUS = {"observed": "counted", "estimated": "counted"}
# Words of a scope that bound nothing, or only repeat what the place and the period tell
_TIMES = frozenset({"since", "during", "until", "before", "after", "between", "over", "within", "past"})
_COMPASS = frozenset(
    {
        "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    }
)  # fmt: skip
_SIDES = _COMPASS | {"border", "frontier"}  # "north of Raqqa" is not Raqqa, whatever its place
_ALL_BUT = frozenset({"beyond", "except", "excluding", "other", "outside"})  # but what is named
_IDLE = frozenset(
    {
        "a",
        "alone",
        "an",
        "and",
        "at",
        "both",
        "date",
        "far",
        "in",
        "just",
        "now",
        "of",
        "only",
        "so",
        "the",
        "to",
    }
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with the basis that its own text tells, and what that leaves open."""

    figure: Found[Figure]
    basis: Basis
    open: frozenset[Slot]
    document: str  # of copies, the earliest
    numbers: tuple[Number, ...]  # those that are stated, in order
    population_if_told: str | None  # what is counted, were its owner known
    assumed: tuple[Slot, ...] = ()  # what another figure tells of it

    @property
    def known(self) -> str:
        return self.figure.found_in.known

    @property
    def is_copy(self) -> bool:
        return self.document != self.figure.found_in.id

    @property
    def is_vague(self) -> bool:
        return self.figure.record.bound == "vague" or not self.numbers


def stated(gathered: Gathered) -> tuple[Stated, ...]:
    """All figures that were gathered, in the order in which they became known, originals before copies."""
    maker = _Maker(gathered)
    found = _dated([maker.stated(figure) for figure in gathered.figures])
    return tuple(sorted(found, key=lambda each: (each.known, each.is_copy, each.figure.id)))


def _dated(found: Iterable[Stated]) -> Iterable[Stated]:
    """Tolls of a town that tell no day, with the day of the fresh event that their document tells of there.

    It must be the only one, and the numbers not far apart: a siege has another toll than its worst day.
    """
    told = list(found)
    dated: defaultdict[tuple[str, ...], list[Stated]] = defaultdict(list)
    for each in told:
        if each.basis.period and each.basis.period[0].isdigit():
            dated[_scene(each)].append(each)
    for each in told:
        here = dated.get(_scene(each), []) if each.open == {"period"} and _is_in_town(each.basis) else []
        days = {event.basis.period for event in here}
        if len(days) == 1 and _is_fresh(here[0]) and any(_is_alike(each, event) for event in here):
            basis = replace(each.basis, period=days.pop())
            yield replace(each, basis=basis, open=frozenset(), assumed=("period",))
        else:
            yield each


def _is_fresh(event: Stated) -> bool:
    """Whether a document tells it as news."""
    last = (event.basis.period or "").rpartition("/")[2]
    return abs((date.fromisoformat(event.known) - date.fromisoformat(last)).days) <= _EVENT


def _is_alike(each: Stated, event: Stated) -> bool:
    """Whether two numbers may be of one event; another harm than that of the event has another number."""
    if each.basis.measure != event.basis.measure:
        return True
    if each.is_vague or event.is_vague:
        return False
    return max(*each.numbers, *event.numbers) < _FAR * min(*each.numbers, *event.numbers)


def _scene(each: Stated) -> tuple[str, ...]:
    kind, _, _ = each.basis.measure.partition(".")  # the killed and the injured are of one day
    return each.figure.found_in.id, kind, *each.basis.places_key


def _is_in_town(basis: Basis) -> bool:
    """Whether it counts what happened at a place that is seen at once."""
    fine = all(place.where_prec is not None and place.where_prec <= _TOWN for place in basis.places)
    return is_event(basis.measure) and basis.aspect == "flow" and bool(basis.places) and fine


class _Maker:
    """One gathering, with what is the same in all of its figures."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        named = {each for found in gathered.figures for each in found.record.places}
        self._places = _one_each(gathered.places[each] for each in sorted(named & gathered.places.keys()))
        self._wholes = {found.id: found.record for found in gathered.figures}
        said: defaultdict[str, set[str]] = defaultdict(set)
        for found in gathered.figures:
            for each, name in found.names.items():
                if each in gathered.actors:
                    said[gathered.actors[each]].add(name)
        self._called = {
            key: names_of(key, {*names, gathered.names.get(key, key)}) for key, names in said.items()
        }

    def stated(self, found: Found[Figure]) -> Stated:
        figure = found.record
        subject, name = self._subject(figure)
        places = self._located(figure)
        period = _period(figure)
        basis = Basis(
            measure=figure.measure,
            unit=_unit(figure),
            subject=subject,
            subject_name=name,
            population=self._population(figure, is_told=subject is not None),
            places=places,
            scope=self._scope(figure, is_timed=period is not None or figure.as_of is not None),
            aspect=_aspect(figure),
            period=period,
            status=self._status(found),
            of=self._of(figure),
        )
        return Stated(
            figure=found,
            basis=basis,
            open=frozenset(_open(basis, of_a_place=bool(self._gathered.sites.get(figure.claim)))),
            document=self._document(found),
            numbers=tuple(sorted({each for each in (figure.low, figure.high) if each is not None})),
            population_if_told=self._population(figure, is_told=True),
        )

    def _document(self, found: Found[Figure]) -> str:
        document = found.found_in.id
        return self._gathered.first.get(document, document)

    def _subject(self, figure: Figure) -> tuple[str | None, str | None]:
        """Whose it is, by key and name: of the forces of a state, the state."""
        if figure.subject is None or figure.subject not in self._gathered.actors:
            state = state_of(figure.population or "") if is_owned(figure.measure) else None
            return state, state and name_of(state)
        key = self._gathered.actors[figure.subject]
        name = self._gathered.names.get(key, key)
        state = state_of(name)
        return (state, name_of(state)) if state else (key, name)

    def _population(self, figure: Figure, *, is_told: bool) -> str | None:
        key = self._gathered.actors.get(figure.subject or "", "")
        named = state_of(figure.population or "") if is_owned(figure.measure) else None
        called = self._called.get(key, ()) or ((figure.population or "",) if named else ())
        return narrower(figure.measure, figure.population, called, is_told=is_told)

    def _located(self, figure: Figure) -> tuple[Located, ...]:
        """The places of a figure, without those that only say where another of them lies."""
        told = [self._gathered.places[each] for each in figure.places if each in self._gathered.places]
        around = {key for place in told for key in place.within if key != place.key}
        finer = {place.country for place in told if place.kind != "country"}
        kept = [
            place
            for place in told
            if place.key not in around and not (place.kind == "country" and place.country in finer)
        ]
        shown = {_place_key(place): self._places[_place_key(place)] for place in kept or told}
        return tuple(shown[key] for key in sorted(shown))

    def _scope(self, figure: Figure, *, is_timed: bool) -> str | None:
        if figure.scope is None:
            return None
        told = figure.scope.text.split()
        if is_timed and _TIMES.intersection(folded_words(" ".join(told[:3]))):
            return None
        bounding = _SIDES | _ALL_BUT
        if figure.places and bounding.isdisjoint(folded_words(figure.scope.text)):  # "in Raqqa alone"
            told = [word for word in told if not word[:1].isupper()]
        return " ".join(word for word in folded_words(" ".join(told)) if word not in _IDLE) or None

    def _status(self, found: Found[Figure]) -> str:
        if any(account.claim.polarity == "denied" for account in found.accounts):
            return "denied"
        return _STATUS.get(found.record.status, found.record.status)

    def _of(self, figure: Figure) -> str | None:
        if figure.aspect == "share" or figure.per:
            whole = self._wholes.get(figure.part_of or figure.share_of or "")
            told = figure.share_of if figure.share_of not in self._wholes else None
            of = told or (whole and (whole.population or whole.measure)) or ("a whole" if whole else None)
            parts = (figure.per and f"per {figure.per}", of and " ".join(folded_words(of)))
            return " ".join(filter(None, parts)) or None
        return "a part" if self._is_bare_part(figure) else None

    def _is_bare_part(self, figure: Figure) -> bool:
        """Whether it is a part of a number, and nothing but that tells it from its whole."""
        whole = self._wholes.get(figure.part_of or "")
        if whole is None:
            return False
        mine = self._population(figure, is_told=True), set(figure.places)
        return mine in ((self._population(whole, is_told=True), set(whole.places)), (None, set[str]()))


def _place_key(place: Located) -> str:
    """The key of a place; of one whose name is masked also what is left of it, for many share the rest.

    The "north-east", the "northeast" and the "north-eastern" part of a country are one.
    """
    if MARK in place.name:
        return f"{place.key}:{place.admin1}:{place.name}"
    return one_spelling(place.key) if place.kind == "region" else place.key


def one_spelling(name: str) -> str:
    """A folded name, with the side of a country that opens it in one spelling: "northeast syria"."""
    words = [word.removesuffix("ern") for word in name.replace("-", " ").split()]
    sides = list(takewhile(_COMPASS.__contains__, words[:-1]))
    return " ".join(("".join(sides), *words[len(sides) :])) if sides else name


def _one_each(places: Iterable[Located]) -> Mapping[str, Located]:
    """One record a place, the finest: what its documents say around it does not tell it apart."""
    found: dict[str, Located] = {}
    for place in places:
        key = _place_key(place)
        plain = place._replace(key=key, within=())
        found[key] = min(found.get(key, plain), plain, key=_order)
    return found


def _order(place: Located) -> tuple[int, str, str]:
    return place.where_prec or 0, place.kind, str(place)


def _aspect(figure: Figure) -> str:
    """Its aspect. Fighters who come, go or flee are told of as they stand, but where that is only planned."""
    is_standing = figure.measure.startswith("strength.") and _STATUS.get(figure.status) == "counted"
    return "level" if is_standing and figure.aspect == "flow" else figure.aspect


def _unit(figure: Figure) -> str | None:
    """A code of ISO 4217 or UCUM: of what is counted, the noun is in the measure and the population."""
    is_amount = figure.aspect == "share" or figure.measure.startswith(("finance.", "territory.", "count."))
    is_lemma = figure.unit is not None and figure.unit.isalpha() and figure.unit.islower()
    return figure.unit if is_amount and not is_lemma else None


def _open(basis: Basis, *, of_a_place: bool) -> Iterable[Slot]:
    """What its text leaves open: of money the place too, where its claim names one that may bound it."""
    if not (basis.places or basis.scope) and (of_a_place or needs_place(basis.measure, basis.subject)):
        yield "places"
    if basis.subject is None and is_owned(basis.measure):
        yield "subject"
    if basis.period is None and basis.aspect in _RUNNING:
        yield "period"


# Periods


def _period(figure: Figure) -> str | None:
    """The period of a flow as part of its basis; of a level or a rate it is only when it is true."""
    if _aspect(figure) not in _RUNNING or figure.period is None:
        return None
    earliest, latest = figure.period.earliest, figure.period.latest
    if earliest and latest:
        first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
        if is_event(figure.measure) and (last - first).days < _EVENT:
            return earliest if earliest == latest else f"{earliest}/{latest}"
        return duration(first, last)
    return f"since {earliest}" if earliest else f"until {latest}" if latest else None


def duration(first: date, last: date) -> str:
    """The length of a stretch of days, both within, as an ISO 8601 duration: `P1Y`, `P2M`, `P10D`."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day == first.day and months > 0:
        return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    return f"P{(after - first).days}D"
