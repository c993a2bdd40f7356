"""What a report is made from: a watch at the end of a period, and as it was before it began."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from marsad.assessment.agreement import incident_agreements
from marsad.assessment.board import Board, board
from marsad.assessment.contradiction import Contradiction
from marsad.assessment.series import Point, Series
from marsad.assessment.watch import Watch
from marsad.errors import BadInput
from marsad.ledger.asking.found import Found, FoundDocument, FoundSource
from marsad.ledger.asking.query import last_day
from marsad.ledger.store import Store
from marsad.ledger.tracing.changes import Change, changes
from marsad.linkage.origins import Group, independent
from marsad.records.interval import days
from marsad.records.reading import Claim, Figure, Incident
from marsad.reports.evidence import Book

MakeBoard = Callable[..., Board]  # as `assessment.board.board`
DECISIONS = frozenset({"review", "merge", "split", "unmerge", "rate", "redact", "lift", "unlift"})


@dataclass(frozen=True)
class Situation:
    """One watch over one period, with the evidence of all of it."""

    watch: Watch
    first: str  # the days of the period, both within it; ISO 8601
    last: str
    now: Board
    before: Board  # as it was known on the day before `first`
    documents: tuple[FoundDocument, ...]  # all that were known on the last day, and tell of the watch or not
    sources: Mapping[str, FoundSource]  # by key
    decisions: tuple[Change, ...]  # of people, recorded from `first` on, about what this report stands on
    book: Book

    def is_new(self, found: Found[Any]) -> bool:
        """Whether it became known within the period."""
        return self.first <= found.found_in.known <= self.last

    def groups(self, claims: Iterable[Found[Claim]]) -> tuple[Group, ...]:
        """The independent origins of some claims: copies and merges are applied already."""
        return independent(((self.book.origin(each.id), each.found_in.id) for each in claims), {}, {})

    def origin_keys(self, claims: Sequence[Found[Claim]]) -> tuple[str, ...]:
        return tuple(group.key for group in self.groups(claims))

    def series(self) -> list[Series]:
        """Every series of the board, once, in its order."""
        return list({each.id: each for one in self.now.standings for each in one.series}.values())

    def contradictions(self) -> list[Contradiction]:
        return list({each.id: each for one in self.now.standings for each in one.contradictions}.values())

    def incidents(self) -> list[tuple[Found[Incident], ...]]:
        """What became known in the period, by its date: the accounts of one incident together."""
        return self.told_together({each.id: each for one in self.now.standings for each in one.incidents})

    def told_together(self, by_id: Mapping[str, Found[Incident]]) -> list[tuple[Found[Incident], ...]]:
        """Those of some incidents that became known in the period, by date; the accounts of one as one."""
        new = {key: each for key, each in by_id.items() if self.is_new(each)}
        several = [tuple(each for each in group if each.id in new) for group in self.accounts]
        joined = {each.id for group in several for each in group}
        alone = [(each,) for each in new.values() if each.id not in joined]
        return sorted([*filter(None, several), *alone], key=lambda group: _when(group[0]))

    @cached_property
    def accounts(self) -> list[tuple[Found[Incident], ...]]:
        """The incidents that several reports tell of, each with all its accounts."""
        return [each.incidents for each in incident_agreements(self.now.gathered)]

    def claims(self) -> list[Found[Claim]]:
        """Every claim of the board, once, in the order in which they became known."""
        found = {each.id: each for one in self.now.standings for each in one.claims}
        return sorted(found.values(), key=lambda each: (each.found_in.known, each.id))


def situation(ledger: Store, watch: Watch, first: str, last: str, *, board: MakeBoard = board) -> Situation:
    """What the ledger holds on a watch for a report from one day to another.

    Args:
        first: the first day of the period; of a month or year its first day.
        last: the last day; of a month or year its last day.
        board: makes the boards, where somebody keeps them.

    Raises:
        BadInput: a day is none, or the period ends before it begins.
    """
    begin, end = _first_day(first), last_day(last) or ""
    if end < begin.isoformat():
        raise BadInput(f"--from {first} --to {last}: ends before it begins; exchange them")
    since = (begin - timedelta(days=1)).isoformat()
    now = board(ledger, watch, as_known=end, since=since)
    book = _book(now)
    keys = {origin.key for origin in now.gathered.origins.values()}
    return Situation(
        watch=watch,
        first=begin.isoformat(),
        last=end,
        now=now,
        before=board(ledger, watch, as_known=since),
        documents=tuple(ledger.documents(as_known=end)),
        sources={each.key: each for each in ledger.sources(as_known=end) if each.key in keys},
        decisions=tuple(_decisions(ledger, begin.isoformat(), now, keys)),
        book=book,
    )


def _first_day(edtf: str) -> date:
    found, _ = days(edtf)
    if found is None or found == date.min:
        raise BadInput(f"--from {edtf}: has no first day; give YYYY-MM-DD")
    return found


def _book(now: Board) -> Book:
    """The evidence of a board: of what was gathered, and of what its standings hold besides."""
    book = Book(now.gathered)
    for standing in now.standings:
        several: list[Found[Claim]] = list(standing.claims)
        several += (claim for voice in standing.voices for claim in voice.claims)
        several += (claim for group in standing.agreements for claim in group.claims)
        for each in standing.contradictions:
            several += (claim for side in (*each.sides, *each.beside) for claim in side.claims)
        for claim in several:
            book.add_claim(claim)
        for incident in standing.incidents:
            book.add_incident(incident)
    for silence in now.silent:
        book.add_claim(silence.last)
    for figure in _figures(now):
        book.add_figure(figure)
    for standing in now.standings:
        for series in standing.series:
            for point in series.points:
                book.add_basis(point.figure.id, series.basis.period or "")
    return book


def _figures(now: Board) -> list[Found[Figure]]:
    found = {each.id: each for each in now.gathered.figures}
    for standing in now.standings:
        for series in standing.series:
            for point in series.points:
                found |= {each.id: each for each in figures_in(point)}
    return list(found.values())


def figures_in(point: Point) -> tuple[Found[Figure], ...]:
    """The figure of a point, and those that repeat it."""
    return (point.figure, *point.echoes)


def _decisions(ledger: Store, since: str, now: Board, keys: set[str]) -> list[Change]:
    gathered = now.gathered
    about = {each.found_in.id for each in gathered.claims}
    about |= keys | {each.found_in.id for each in gathered.incidents} | set(gathered.names)
    return [
        each
        for each in changes(ledger, since=since, actions=DECISIONS)
        if each.subject in about or each.action in ("lift", "unlift")
    ]


def _when(found: Found[Incident]) -> tuple[str, str, str]:
    date_ = found.record.date
    return ((date_ and (date_.earliest or date_.latest)) or "9999", found.found_in.known, found.id)
