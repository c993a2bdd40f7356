"""The situation report on a watch: from a situation to a report that the lint has passed."""

from __future__ import annotations

from collections.abc import Collection

from marsad.assessment.board import board
from marsad.assessment.watch import Watch
from marsad.ledger.store import Store
from marsad.reports.lint import require_fit
from marsad.reports.model import Notes, Report, Section, cited
from marsad.reports.phrases import phrases
from marsad.reports.sections import (
    changes,
    corrections,
    disagreements,
    figures,
    gaps,
    incidents,
    indicators,
    method,
    sources,
    tolls,
)
from marsad.reports.situation import MakeBoard, Situation, situation

_BEFORE_SOURCES = {
    "changes": changes,
    "indicators": indicators,
    "figures": figures,
    "incidents": incidents,
    "disagreements": disagreements,
    "tolls": tolls,
    "gaps": gaps,
    "corrections": corrections,
}
PARTS = tuple(_BEFORE_SOURCES)  # sections that may be left out; the sources and the method may not


def report_on(
    ledger: Store,
    watch: Watch,
    first: str,
    last: str,
    notes: Notes | None = None,
    *,
    parts: Collection[str] = PARTS,
    board: MakeBoard = board,
) -> Report:
    """The report on a watch from one day to another, all of it from one moment of the ledger.

    Args:
        first: the first day of the period; of a month or year its first day.
        last: the last day; of a month or year its last day. Nothing later is known.
        notes: the analyst's own paragraphs.
        parts: those of `PARTS` that it has.
        board: makes the boards, where somebody keeps them.

    Raises:
        BadInput: a day is none, or the period ends before it begins.
        Unfit: the report says what it may not; see `lint`.
    """
    with ledger.at_one_moment() as held:
        return compose(held, situation(held, watch, first, last, board=board), notes, parts)


def compose(
    ledger: Store, situation: Situation, notes: Notes | None = None, parts: Collection[str] = PARTS
) -> Report:
    """The report, with the words of all that it cites.

    Raises:
        Unfit: it says what it may not; see `lint`.
    """
    sections = [each.section(situation) for name, each in _BEFORE_SOURCES.items() if name in parts]
    if notes:
        say = phrases()
        own = Section("notes", say.titles["notes"], (say.explain("notes"), notes))
        sections.insert(min(1, len(sections)), own)
    sections.append(sources.section(situation, _cited(sections)))
    sections.append(method.section(situation))
    report = Report(
        title=situation.watch.title,
        watch=situation.watch.name,
        first=situation.first,
        last=situation.last,
        facts=method.facts(situation)[: method.HEAD],
        sections=tuple(sections),
        evidence=situation.book.cited(ledger, _cited(sections)),
        topics=tuple(indicator.title for indicator in situation.watch.indicators),
    )
    require_fit(report)
    return report


def _cited(sections: list[Section]) -> list[str]:
    """All that is cited, each once, in the order of its first citation."""
    found = (each for section in sections for block in section.every_block() for each in cited(block))
    return list(dict.fromkeys(found))
