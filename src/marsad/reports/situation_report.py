"""The situation report on a watch: from a situation to a report that the lint has passed."""

from __future__ import annotations

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
from marsad.reports.situation import Situation, situation

_BEFORE_SOURCES = (changes, indicators, figures, incidents, disagreements, tolls, gaps, corrections)


def report_on(ledger: Store, watch: Watch, first: str, last: str, notes: Notes | None = None) -> Report:
    """The report on a watch from one day to another, all of it from one moment of the ledger.

    Args:
        first: the first day of the period; of a month or year its first day.
        last: the last day; of a month or year its last day. Nothing later is known.
        notes: the analyst's own paragraphs.

    Raises:
        BadInput: a day is none, or the period ends before it begins.
        Unfit: the report says what it may not; see `lint`.
    """
    with ledger.at_one_moment() as held:
        return compose(held, situation(held, watch, first, last), notes)


def compose(ledger: Store, situation: Situation, notes: Notes | None = None) -> Report:
    """The report, with the words of all that it cites.

    Raises:
        Unfit: it says what it may not; see `lint`.
    """
    sections = [each.section(situation) for each in _BEFORE_SOURCES]
    if notes:
        say = phrases()
        sections.insert(1, Section("notes", say.titles["notes"], (say.explain("notes"), notes)))
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
    )
    require_fit(report)
    return report


def _cited(sections: list[Section]) -> list[str]:
    """All that is cited, each once, in the order of its first citation."""
    found = (each for section in sections for block in section.every_block() for each in cited(block))
    return list(dict.fromkeys(found))
