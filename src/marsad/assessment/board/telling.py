"""A change of a board in one sentence, made of what it is about.

Who tells it is a `Teller`: English for the command line and the alerts; a page of the workbench brings one of
its own language. The words that are the same for all changes of a kind are phrases, as those of a title are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from marsad.assessment.board import words
from marsad.assessment.board.records import (
    About,
    Contested,
    Corrected,
    FirstEvidence,
    Moved,
    NewFigure,
    Replaced,
)
from marsad.assessment.contradiction import Contradiction, Side
from marsad.assessment.reasons import Reason
from marsad.assessment.series import Series
from marsad.assessment.voices import speaker
from marsad.assessment.watch.definition import Indicator
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim
from marsad.records.wording import English, Language

PHRASES = {
    **words.PHRASES,
    "contested": "Contested: {question} – {answers}.",
    "answered": "{who}: {answer}",
    "moved": "{indicator}: {before} before, {now} now. {why}",
    "new_figure": "{series}: {amount}, {holder}, {as_of}.",
    "new_outside": "{series}: {amount}, {holder}, {as_of}; outside the last range, {range}.",
    "replaced": "{series}: {holder} replaced {before} with {after}.",
    "first_evidence": "{indicator}: the first evidence, {who}.",
    "corrected": "{publisher} corrected {report}: {told}",
    "a_document": "A document",
    "titled": "“{title}”",
    "untitled": "its report of {day}",
    "new_version": "a new version of it",
    "the_report": "the report",
    "names": "{names} and {n} more",
    "comma": ", ",
}
_MOST = 3  # names of a sentence


class Teller(Language, Protocol):
    """A language that can also say what an assessment found."""

    def title(self, series: Series, /) -> str: ...

    def indicator(self, indicator: Indicator, /) -> str: ...

    def movement(self, movement: str, /) -> str: ...

    def reason(self, reason: Reason, /) -> str: ...

    def question(self, contested: Contradiction, /) -> str: ...

    def answer(self, contested: Contradiction, side: Side, /) -> str: ...


class _English(English):
    def title(self, series: Series, /) -> str:
        return series.title

    def indicator(self, indicator: Indicator, /) -> str:
        return indicator.title

    def movement(self, movement: str, /) -> str:
        return movement

    def reason(self, reason: Reason, /) -> str:
        return str(reason)

    def question(self, contested: Contradiction, /) -> str:
        return contested.question

    def answer(self, contested: Contradiction, side: Side, /) -> str:
        return side.answer


ENGLISH = _English(PHRASES)


def speaks(found: Found[Claim]) -> str | None:
    """Who says a claim."""
    return speaker(found.holder, found.origin["name"] if found.origin else None)


def told(about: About, teller: Teller = ENGLISH) -> str:
    """One sentence."""
    match about:
        case Contested():
            return _contested(about.question, teller)
        case Moved():
            before, now = teller.movement(about.before), teller.movement(about.now)
            indicator, why = teller.indicator(about.indicator), teller.reason(about.why)
            return teller.phrase("moved", indicator=indicator, before=before, now=now, why=why)
        case NewFigure():
            return _new_figure(about, teller)
        case Replaced():
            return teller.phrase(
                "replaced",
                series=teller.title(about.series),
                holder=_holder(about.later.holder, teller),
                before=words.amount(about.earlier, teller),
                after=words.amount(about.later, teller),
            )
        case FirstEvidence():
            who = _who(about.holders, teller)
            return teller.phrase("first_evidence", indicator=teller.indicator(about.indicator), who=who)
        case Corrected():
            return _corrected(about, teller)


def _contested(question: Contradiction, teller: Teller) -> str:
    answers = [
        teller.phrase(
            "answered",
            who=_who([speaks(found) for found in side.claims], teller),
            answer=teller.answer(question, side),
        )
        for side in question.sides
    ]
    return teller.phrase("contested", question=teller.question(question), answers=" / ".join(answers))


def _new_figure(about: NewFigure, teller: Teller) -> str:
    given = {
        "series": teller.title(about.series),
        "amount": words.amount(about.point, teller),
        "holder": _holder(about.point.holder, teller),
        "as_of": words.as_of(about.point, teller),
    }
    if about.outside is None:
        return teller.phrase("new_figure", **given)
    last = words.within(about.outside.low, about.outside.high, teller)
    return teller.phrase("new_outside", **given, range=last)


def _corrected(about: Corrected, teller: Teller) -> str:
    report = (
        teller.phrase("titled", title=about.title)
        if about.title
        else teller.phrase("untitled", day=about.known)
    )
    return teller.phrase(
        "corrected",
        publisher=about.publisher or teller.phrase("a_document"),
        report=report,
        told="; ".join(about.corrections) or teller.phrase("new_version"),
    )


def _who(holders: Sequence[str | None], teller: Teller) -> str:
    """Those who say something, each once; the first of them where they are many."""
    names = list(dict.fromkeys(_holder(each, teller) for each in holders))
    said, more = teller.phrase("comma").join(names[:_MOST]), len(names) - _MOST
    return teller.phrase("names", names=said, n=more) if more > 0 else said


def _holder(holder: str | None, teller: Teller) -> str:
    return teller.term("holder", holder) if holder else teller.phrase("the_report")
