"""Key changes: what became known in the period and changes the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from marsad.assessment.board import Change, Standing
from marsad.assessment.series import Point, Series
from marsad.reports.model import Block, Paragraph, Section, Sentence
from marsad.reports.phrases import phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation

ORDER = ("contradiction", "moved", "outside_range", "first_evidence", "figure")
MOST_FIGURES = 8  # new figures that are a key change of their own; all are in the table


def section(situation: Situation) -> Section:
    """The changes by their weight; each is said once, under the indicator that names it first."""
    say = phrases()
    found = list(_paragraphs(situation))
    blocks: tuple[Block, ...] = (say.explain("changes"), *found) if found else (say.explain("no_changes"),)
    return Section("changes", say.titles["changes"], blocks)


def _paragraphs(situation: Situation) -> Iterator[Paragraph]:
    said: set[str] = set()
    left = MOST_FIGURES
    for kind in ORDER:
        for standing in situation.now.standings:
            for change in standing.changes:
                if change.kind != kind or (kind == "figure" and not left):
                    continue
                paragraph = _SAID[kind](situation, standing, change)
                if paragraph is None or (words := _words(paragraph)) in said:
                    continue
                said.add(words)
                left -= kind == "figure"
                yield paragraph


def _words(paragraph: Paragraph) -> str:
    """A sentence but for the topic with which it begins."""
    text = paragraph.sentences[0].text
    return text.partition(": ")[2] or text


def _one(sentence: Sentence | None) -> Paragraph | None:
    return Paragraph((sentence,), is_item=True) if sentence else None


def _contradiction(situation: Situation, standing: Standing, change: Change) -> Paragraph | None:
    records = set(change.records)
    for each in standing.contradictions:
        claims = {claim.id for side in each.sides for claim in side.claims}
        if claims & records or each.id in records:
            answers = (
                phrases()
                .parts["joined_answers"]
                .join(saying.answered(situation, side) for side in each.sides)
            )
            return _one(
                phrases().say(
                    "disagreement_new",
                    situation.book.cites(*(claim.id for side in each.sides for claim in side.claims)),
                    topic=standing.indicator.title,
                    **saying.asked(each),
                    answers=answers,
                )
            )
    return None


def _moved(situation: Situation, standing: Standing, change: Change) -> Paragraph | None:
    """The direction before is that of the board on the day before the period."""
    before = {each.indicator.name: each.movement for each in situation.before.standings}
    was = before.get(standing.indicator.name, "unknown")
    cites = situation.book.cites(*(each for voice in standing.voices for each in voice.records))
    if was == standing.movement or not cites:
        return None
    word = phrases().word
    return _one(
        phrases().say(
            "moved", cites, topic=standing.indicator.title, now=word(standing.movement), before=word(was)
        )
    )


def _figure(situation: Situation, standing: Standing, change: Change) -> Paragraph | None:
    found = _point(standing, change)
    if found is None or not situation.is_new(found[1].figure):
        return None
    return saying.estimate(situation, *found, name="figure_new", topic=standing.indicator.title)


def _outside(situation: Situation, standing: Standing, change: Change) -> Paragraph | None:
    found = _point(standing, change)
    if found is None:
        return None
    return saying.estimate(situation, *found, name="figure_outside", topic=standing.indicator.title)


def _first(situation: Situation, standing: Standing, change: Change) -> Paragraph | None:
    records = set(change.records)
    claim = next((each for each in reversed(standing.claims) if each.id in records), None)
    if claim is None:
        return None
    return _one(
        phrases().say(
            "first",
            situation.book.cites(claim.id),
            topic=standing.indicator.title,
            holder=situation.book.holder(claim.id),
            quote=saying.quote(claim),
        )
    )


def _point(standing: Standing, change: Change) -> tuple[Series, Point] | None:
    """The estimate that a change is about: its first record; those after it are what it is held against."""
    for series in standing.series:
        for point in series.points:
            if point.figure.id == change.records[0]:
                return series, point
    return None


_SAID: dict[str, Callable[[Situation, Standing, Change], Paragraph | None]] = {
    "contradiction": _contradiction,
    "moved": _moved,
    "outside_range": _outside,
    "first_evidence": _first,
    "figure": _figure,
}
