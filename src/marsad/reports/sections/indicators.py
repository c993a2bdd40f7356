"""Indicator by indicator: the direction, who says so, the newest figures and words, what is contested."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.assessment.board import Standing
from marsad.reports.model import Block, Paragraph, Part, Section, Sentence
from marsad.reports.phrases import Counted, phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation

FIGURES, QUOTES = 3, 3  # of one indicator


def section(situation: Situation) -> Section:
    """Each indicator that has evidence; those without are gaps."""
    say = phrases()
    quoted: set[str] = set()  # words that an indicator shows are not shown again by another
    parts = tuple(
        Part(_heading(standing), tuple(_blocks(situation, standing, quoted)))
        for standing in situation.now.standings
        if standing.claims
    )
    intro = say.explain("indicators" if parts else "no_indicators")
    return Section("indicators", say.titles["indicators"], (intro,), parts)


def _heading(standing: Standing) -> str:
    say = phrases()
    movement = say.word(standing.movement)
    return say.captions["indicator"].format(title=standing.indicator.title, movement=movement)


def _blocks(situation: Situation, standing: Standing, quoted: set[str]) -> Iterator[Block]:
    if opening := tuple(_opening(situation, standing)):
        yield Paragraph(opening)
    yield from _voices(situation, standing, quoted)
    yield from _figures(situation, standing)
    yield from _quotes(situation, standing, quoted)
    if not any(situation.is_new(claim) for claim in standing.claims):
        yield Paragraph((saying.said(situation, standing.claims[0], name="older"),))


def _opening(situation: Situation, standing: Standing) -> Iterator[Sentence]:
    say, book = phrases(), situation.book
    voices = book.cites(*(each for voice in standing.voices for each in voice.records))
    if voices and standing.movement != "unknown":
        yield say.say(f"movement_{standing.movement}", voices)
    new = [claim for claim in standing.claims if situation.is_new(claim)]
    if new:
        cites = book.cites(*(claim.id for claim in new))
        yield say.say("period", cites, **saying.counted(situation, new))
    happened = situation.told_together({each.id: each for each in standing.incidents})
    if happened:
        cites = book.cites(*(each.id for accounts in happened for each in accounts))
        counted = Counted("incidents", tuple(accounts[0].id for accounts in happened))
        yield say.say("happened", cites, incidents=counted)
    sides = [claim.id for each in standing.contradictions for side in each.sides for claim in side.claims]
    if sides:
        yield say.say("contested", book.cites(*sides))


def _voices(situation: Situation, standing: Standing, quoted: set[str]) -> Iterator[Paragraph]:
    """The newest words of each direction, one voice each; of a contested one, two."""
    say = phrases()
    most = 2 if standing.movement == "contested" else 1
    for direction in ("up", "down", "steady"):
        voices = [voice for voice in standing.voices if voice.direction == direction and voice.claims]
        for voice in sorted(voices, key=lambda each: each.day, reverse=True)[:most]:
            claim = voice.claims[0]
            if claim.record.text in quoted:
                continue
            quoted.add(claim.record.text)
            yield _item(
                say.say(
                    f"voice_{direction}",
                    situation.book.cites(claim.id),
                    holder=situation.book.holder(claim.id),
                    known=claim.found_in.known,
                    quote=saying.quote(claim),
                )
            )


def _figures(situation: Situation, standing: Standing) -> Iterator[Paragraph]:
    """The newest figures of the period."""
    points = [
        (series, point)
        for series in standing.series
        for point in series.points
        if situation.is_new(point.figure) and not point.superseded_by
    ]
    newest = sorted(points, key=lambda each: (each[1].known, each[1].figure.id), reverse=True)
    for series, point in newest[:FIGURES]:
        yield saying.estimate(situation, series, point)


def _quotes(situation: Situation, standing: Standing, quoted: set[str]) -> Iterator[Paragraph]:
    """The newest words of the period, one claim an origin and a document, that are not quoted above."""
    heard: set[str] = set()
    shown = 0
    for claim in standing.claims:
        origin = situation.book.origin(claim.id).key
        if shown == QUOTES or not situation.is_new(claim):
            return
        if {origin, claim.found_in.id} & heard or claim.record.text in quoted or claim.figures:
            continue
        heard |= {origin, claim.found_in.id}
        quoted.add(claim.record.text)
        shown += 1
        yield _item(saying.said(situation, claim))


def _item(sentence: Sentence) -> Paragraph:
    return Paragraph((sentence,), is_item=True)
