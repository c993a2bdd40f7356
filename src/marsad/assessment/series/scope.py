"""What a figure leaves open of its basis, and what a careful reader takes it to be.

A text often gives a number twice and its place once. Where an equal number of the same measure stands near
in time and shares what it is known by, the one that tells less is that number again. This can make no rise
or fall, for the numbers are equal. Whatever is open after that stays so: the figure is confined to its claim
(or, where only its owner is open, to its document), and is compared with nothing outside it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from marsad.assessment.series.bases import Stated, stated
from marsad.assessment.series.records import PLANNED, Basis, Slot
from marsad.assessment.series.words import is_named
from marsad.ledger.asking.gathering import Gathered
from marsad.records.reading import Number

_STANDING = 184  # days in which a level may be told again
_EVENT = 14  # days in which the number of an event may be
_SMALL = 10  # numbers below it are too many to tell one from another by themselves

Core = tuple[str, str, str, str, str, tuple[Number, ...]]  # what equal estimates have in common


class Known(NamedTuple):
    """The basis of a figure as a reader takes it, with what was taken from an equal number."""

    stated: Stated
    basis: Basis
    assumed: tuple[Slot, ...]


def bases(gathered: Gathered) -> dict[str, Basis]:
    """The basis of each figure, by its id."""
    return {known.stated.figure.id: known.basis for known in known_bases(gathered)}


def comparable(a: Basis, b: Basis) -> bool:
    """Whether two numbers are of one thing, so that one may be more, less or denied by the other."""
    return a.key == b.key


def known_bases(gathered: Gathered) -> tuple[Known, ...]:
    """The bases of all figures, with what is open in them filled, in the order in which they became known."""
    told = stated(gathered)
    equal: defaultdict[Core, list[Stated]] = defaultdict(list)
    for each in told:
        equal[_core(each)].append(each)
    filled = {known.stated.figure.id: known for group in equal.values() for known in _Equal(group).filled()}
    owned = _owned([filled[each.figure.id] for each in told])
    groups: defaultdict[Core, list[Known]] = defaultdict(list)
    for known in _confined(list(owned)):
        groups[_core(known.stated)].append(known)
    found = {known.stated.figure.id: known for group in groups.values() for known in _as_original(group)}
    return tuple(found[each.figure.id] for each in told)


def _core(each: Stated) -> Core:
    basis = each.basis
    return basis.measure, basis.unit or "", basis.aspect, basis.status, basis.of or "", each.numbers


# What an equal number tells


class _Equal:
    """The figures of one measure that state the same number, in the order of their being known."""

    def __init__(self, group: Sequence[Stated]) -> None:
        self._group = group
        self._by_mark: defaultdict[tuple[str, ...], list[Stated]] = defaultdict(list)
        for each in group:
            for mark in _marks(each):
                self._by_mark[mark].append(each)

    def _near(self, each: Stated) -> Iterator[Stated]:
        """Those that share a mark with it, near in time; of its document, all."""
        first, last = _around(each.known, _window(each))
        for mark in _marks(each):
            told = self._by_mark[mark]
            if mark[0] == "document":
                yield from told
                continue
            begin = bisect_left(told, first, key=attrgetter("known"))
            end = bisect_right(told, last, key=attrgetter("known"))
            yield from islice(told, begin, end)

    def filled(self) -> Iterator[Known]:
        return map(self._filled, self._group)

    def _filled(self, each: Stated) -> Known:
        known = Known(each, each.basis, each.assumed)
        if not each.open or each.is_vague or not is_named(each.basis.measure):
            return known
        donors = self._donors(each)
        chosen = _chosen([donor for donor in donors if donor.document == each.document]) or _chosen(donors)
        return _taking(known, chosen.basis, each.open - chosen.open) if chosen else known

    def _donors(self, each: Stated) -> list[Stated]:
        """Those that tell more and contradict nothing."""
        telling = (donor for donor in self._near(each) if _tells_more(each, donor) and _agree(each, donor))
        return list({donor.figure.id: donor for donor in telling}.values())


def _taking(known: Known, told: Basis, slots: Iterable[Slot]) -> Known:
    """A figure with some slots as another basis tells them."""
    taken = sorted(slots)
    names = [*taken, "population", *(["subject_name"] if "subject" in taken else [])]
    basis = replace(known.basis, **{name: getattr(told, name) for name in names})
    return known._replace(basis=basis, assumed=tuple(sorted({*known.assumed, *taken})))


def _owned(found: Sequence[Known]) -> Iterator[Known]:
    """Each; whose owner is open has the one that was found for others in the same place of its document."""
    owners: defaultdict[tuple[object, ...], dict[str, Basis]] = defaultdict(dict)
    for known in found:
        if "subject" in known.assumed and known.basis.subject:
            owners[_nobodys(known)].setdefault(known.basis.subject, known.basis)
    for known in found:
        told = owners.get(_nobodys(known), {}) if known.basis.subject is None and known.basis.places else {}
        is_one = len(told) == 1 and "subject" in known.stated.open
        yield _taking(known, next(iter(told.values())), ["subject"]) if is_one else known


def _nobodys(known: Known) -> tuple[object, ...]:
    basis, each = known.basis, known.stated
    plain = replace(basis, subject=None, subject_name=None, population=each.population_if_told)
    return each.document, *plain.key


def _marks(each: Stated) -> Iterator[tuple[str, ...]]:
    """What a figure may be known again by: its document, its owner, its places, or what is counted."""
    yield "document", each.document
    if sum(abs(number) for number in each.numbers) < _SMALL:
        return
    if each.basis.subject:
        yield "subject", each.basis.subject
    if each.basis.places:
        yield "places", *(place.key for place in each.basis.places)
    if each.basis.population and each.basis.population != each.basis.measure:
        yield "population", each.basis.population


def _tells_more(each: Stated, donor: Stated) -> bool:
    """Whether one tells what the other leaves open, or as much and besides who is counted."""
    return donor.open < each.open or (donor.open == each.open and _is_told_plainly(each, donor))


def _is_told_plainly(each: Stated, donor: Stated) -> bool:
    """ "a 30,000-strong force", and "a border force" of that size: in one text, and of one plan in any."""
    is_plain = each.basis.population is None and donor.basis.population is not None
    return is_plain and (each.document == donor.document or each.basis.status in PLANNED)


def _agree(each: Stated, donor: Stated) -> bool:
    a, b = each.basis, donor.basis
    is_one_population = a.population == b.population or each.population_if_told == donor.population_if_told
    return (
        (is_one_population or _is_told_plainly(each, donor))
        and a.scope in (None, b.scope)
        and ("subject" in each.open or a.subject == b.subject)
        and ("places" in each.open or a.places_key == b.places_key)
        and ("period" in each.open or a.period == b.period)
    )


def _is_near(each: Stated, other: Stated) -> bool:
    return each.document == other.document or _days(each.known, other.known) <= _window(each)


def _window(each: Stated) -> int:
    return _STANDING if each.basis.aspect in ("level", "rate", "share") else _EVENT


def _around(day: str, days: int) -> tuple[str, str]:
    """The days so many before and after a day, within the calendar."""
    at = date.fromisoformat(day).toordinal()
    ends = max(at - days, date.min.toordinal()), min(at + days, date.max.toordinal())
    first, last = map(date.fromordinal, ends)
    return first.isoformat(), last.isoformat()


def _days(a: str, b: str) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def _chosen(donors: Iterable[Stated]) -> Stated | None:
    """The basis that most documents tell; of two that as many tell, none."""
    first: dict[Basis, Stated] = {}
    documents: defaultdict[Basis, set[str]] = defaultdict(set)
    for donor in donors:
        first.setdefault(donor.basis, donor)
        documents[donor.basis].add(donor.document)
    counted = Counter({basis: len(told) for basis, told in documents.items()}).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return first[counted[0][0]]


def _as_original(found: Iterable[Known]) -> Iterator[Known]:
    """Each; a number of a copied text has the basis that it has in the original, where that has one."""
    originals: defaultdict[tuple[str, str | None], list[Basis]] = defaultdict(list)
    for known in found:
        story = known.stated.document, known.stated.population_if_told
        if not known.stated.is_copy:
            originals[story].append(known.basis)
        elif len(told := set(originals[story])) == 1:
            known = known._replace(basis=told.pop())  # noqa: PLW2901
        yield known


# What stays open


def _confined(found: Sequence[Known]) -> Iterator[Known]:
    """Each that is still open, confined: equal numbers that leave the same open together.

    Those of another text do not join one that stands with other numbers of its own: they would make a rise or
    fall of what nobody says is of one thing.
    """
    homes = _homes(found)
    told: defaultdict[Basis, set[tuple[Number, ...]]] = defaultdict(set)
    for known in found:
        if home := homes.get(known.stated.figure.id):
            told[home].add(known.stated.numbers)
    anchors: dict[Basis, str | None] = {}
    last: dict[tuple[object, ...], Known] = {}
    for known in found:
        home = homes.get(known.stated.figure.id)
        if home is None:
            yield known
            continue
        run = known.stated.numbers, known.basis
        is_run = len(told[home]) == 1 and _is_known_anywhere(known)
        before = last.get(run) if is_run else None
        near = before if before and _is_near(known.stated, before.stated) else None
        anchor = anchors.setdefault(home, (near.basis if near else home).confined)
        confined = known._replace(basis=replace(known.basis, confined=anchor))
        if is_run:
            last[run] = confined
        yield confined


def _is_open(known: Known) -> bool:
    """Whether something of its basis is unknown. Of a bare count and a share, what is said of those is."""
    is_bare = known.basis.measure.startswith("count.") or known.basis.aspect == "share"
    return is_bare or bool(known.stated.open - set(known.assumed))


def _homes(found: Iterable[Known]) -> dict[str, Basis]:
    """The basis of each that is still open, confined within its own text; equal numbers of one together."""
    first: dict[tuple[object, ...], str] = {}
    homes: dict[str, Basis] = {}
    for known in filter(_is_open, found):
        anchor = _anchor(known)
        if _is_known_again(known):
            anchor = first.setdefault((known.stated.document, known.stated.numbers, known.basis), anchor)
        homes[known.stated.figure.id] = replace(known.basis, confined=anchor)
    return homes


def _is_known_again(known: Known) -> bool:
    """Whether an equal number is taken for the same estimate, though it is open what that is of."""
    return not known.stated.is_vague and is_named(known.basis.measure)


def _is_known_anywhere(known: Known) -> bool:
    """Whether it is so in another text as well."""
    return _is_known_again(known) and any(mark[0] != "document" for mark in _marks(known.stated))


def _anchor(known: Known) -> str:
    """Where a figure may be compared: in its document where only the owner is open, else in its claim.

    One of which nothing is told is compared with none.
    """
    still, basis, figure = known.stated.open - set(known.assumed), known.basis, known.stated.figure
    if still == {"subject"}:
        return known.stated.document
    is_told = basis.subject or basis.places or basis.scope or basis.population
    is_alone = not is_named(basis.measure) or basis.aspect == "share"
    return figure.record.claim if is_told and not is_alone else figure.id
