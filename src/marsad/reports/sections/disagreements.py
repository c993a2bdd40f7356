"""Unresolved disagreements: one question after another, both sides' words side by side."""

from __future__ import annotations

from marsad.assessment.contradiction import Contradiction, Side
from marsad.reports import model
from marsad.reports.model import Disagreement, Section, Sentence
from marsad.reports.phrases import phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation

QUOTES = 3  # of one side, its first one an origin; all claims are cited


def section(situation: Situation) -> Section:
    """Every contested question at the end of the period, the newest first."""
    say = phrases()
    found = [
        _disagreement(situation, each)
        for each in sorted(situation.contradictions(), key=lambda each: (each.known, each.id), reverse=True)
    ]
    opening = say.explain("disagreements" if found else "no_disagreements")
    return Section("disagreements", say.titles["disagreements"], (opening, *found), own_page=bool(found))


def _disagreement(situation: Situation, found: Contradiction) -> Disagreement:
    every = (claim.id for side in found.sides for claim in side.claims)
    return Disagreement(
        question=phrases().say("question", situation.book.cites(*every), **saying.asked(found)),
        sides=tuple(_side(situation, side, "answer") for side in found.sides),
        beside=tuple(_side(situation, side, "beside") for side in found.beside),
    )


def _side(situation: Situation, side: Side, name: str) -> model.Side:
    cites = situation.book.cites(*(claim.id for claim in side.claims))
    answer = phrases().say(name, cites, answer=saying.answered(situation, side), **saying.voiced(side))
    heard: set[str] = set()
    quotes: list[Sentence] = []
    for claim in side.claims:
        origin = situation.book.origin(claim.id).key
        if origin not in heard and len(quotes) < QUOTES:
            heard.add(origin)
            quotes.append(saying.said(situation, claim))
    return model.Side(answer, tuple(quotes))
