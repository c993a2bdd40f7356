"""One indicator at one date: its evidence with its direction, figures, agreements and contradictions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.assessment.agreement import Agreement, agreements
from marsad.assessment.board import directions
from marsad.assessment.board.gaps import gaps
from marsad.assessment.board.records import Standing, told_of, told_of_point
from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.assessment.series import Series, ratings, series
from marsad.assessment.watch.definition import Indicator, Watch
from marsad.assessment.watch.evidence import Evidence, Scene, scene
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.store import Store
from marsad.records.reading import Claim

NEVER = "9999-12-31"  # the first day of a window that nothing falls into


@dataclass(frozen=True, slots=True)
class Situation:
    """What a ledger holds on a watch at one date, taken together once for all indicators."""

    scene: Scene
    day: str | None  # the board's date; `None` where the ledger is empty
    series: tuple[Series, ...]
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def gathered(self) -> Gathered:
        return self.scene.gathered

    @property
    def first(self) -> str:
        """The first day of the window."""
        return window_from(self.day, self.scene.watch) or NEVER

    def standings(self) -> tuple[Standing, ...]:
        """Each indicator of the watch, without what changed."""
        found = [(each, self.scene.evidence(each)) for each in self.scene.watch.indicators]
        asked = self._questions([{claim.id for claim in evidence.claims} for _, evidence in found])
        return tuple(
            self._standing(indicator, evidence, questions)
            for (indicator, evidence), questions in zip(found, asked, strict=True)
        )

    def _questions(self, evidence: Sequence[Collection[str]]) -> list[tuple[Contradiction, ...]]:
        """Each contested question with the indicator whose evidence holds most of its answers."""
        found: list[list[Contradiction]] = [[] for _ in evidence]
        for each in self.contradictions:
            answers = {claim.id for side in each.sides for claim in side.claims}
            held = [len(answers.intersection(mine)) for mine in evidence]
            if any(held):
                found[held.index(max(held))].append(each)
        return [tuple(several) for several in found]

    def moved_on(self, standing: Standing, since: str) -> str | None:
        """The day after `since` on which something new made an indicator move as it does now."""
        told = directions.tellings(standing.indicator, standing.claims, standing.series, self.scene)
        days = sorted({telling.known for telling in told if telling.known > since})
        moved = None
        for day in days:
            first = window_from(day, self.scene.watch) or NEVER
            said = directions.voices((each for each in told if each.known <= day), first)
            is_so = directions.movement(said, first)[0] == standing.movement
            moved = (moved or day) if is_so else None
        return moved or (days[-1] if days else None)

    def _standing(
        self, indicator: Indicator, evidence: Evidence, questions: tuple[Contradiction, ...]
    ) -> Standing:
        mine = {found.id for found in evidence.claims}
        counted = [each for each in self.series if _counts(each, evidence.figures)]
        told = directions.tellings(indicator, evidence.claims, counted, self.scene)
        said = directions.voices(told, self.first)
        movement, why = directions.movement(said, self.first)
        return Standing(
            indicator=indicator,
            movement=movement,
            why=why,
            voices=said,
            series=tuple(sorted(counted, key=lambda each: (_newest(each), each.id), reverse=True)),
            agreements=tuple(each for each in self.agreements if _touches(each.claims, mine)),
            contradictions=questions,
            claims=tuple(reversed(evidence.claims)),
            incidents=tuple(reversed(evidence.incidents)),
            origins=len(directions.origins_of(evidence.claims, self.gathered)),
            changes=(),
            gaps=gaps(evidence.claims, self.gathered, self.first),
            window_claims=sum(told_of(found) >= self.first for found in evidence.claims),
        )


def situation(ledger: Store, watch: Watch, as_known: str | None) -> Situation:
    """What the ledger holds on a watch at a date.

    Raises:
        BadInput: `as_known` is no day.
    """
    seen = scene(ledger, watch, as_known)
    return Situation(
        scene=seen,
        day=seen.gathered.as_known or _last_day(ledger),
        series=series(seen.gathered, ratings(ledger)),
        agreements=agreements(seen.gathered),
        contradictions=contradictions(seen.wide),
    )


def _last_day(ledger: Store) -> str | None:
    """The last day on which a document of the ledger became known."""
    last = ledger.documents(sort="known", descending=True).first()
    return last.known if last else None


def window_from(day: str | None, watch: Watch) -> str | None:
    """The first of the days up to `day` whose evidence tells how things move."""
    if day is None:
        return None
    last = date.fromisoformat(day)
    return (last - timedelta(days=min(watch.window, last.toordinal()) - 1)).isoformat()


def _counts(each: Series, figures: Collection[str]) -> bool:
    return any(point.figure.id in figures for point in each.points)


def _newest(each: Series) -> str:
    return max(map(told_of_point, each.points), default="")


def _touches(claims: Iterable[Found[Claim]], mine: Collection[str]) -> bool:
    return any(found.id in mine for found in claims)
