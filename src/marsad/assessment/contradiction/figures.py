"""Numbers that exclude each other: points of one series, true of one time, by voices that are told apart.

A series holds one basis alone, so scope, measure and period are equal. "Up to 1,200" excludes nothing
below. What its own holder replaced is no answer any more. Where one voice is reported with two numbers, a
report misquotes it: the number with most documents behind it is its own, and the other nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from marsad.assessment.agreement.origins import Voices
from marsad.assessment.agreement.statements import ABOUT, days, ordinal
from marsad.assessment.contradiction.records import Contradiction, contradiction, side
from marsad.assessment.reasons import Reason
from marsad.assessment.series import Point, Series, series
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.facts import OPEN
from marsad.linkage.copies import clusters
from marsad.records.reading import Claim

RECENT = 31  # days before it was said in which an undated number is true
APART = 3  # days between the beginnings of two stretches that are meant to be one
_INFINITE = float("inf")


class Answer(NamedTuple):
    """A point as it is compared."""

    point: Point
    low: float
    high: float
    first: int
    last: int

    @property
    def id(self) -> str:
        return self.point.figure.id

    @property
    def claim(self) -> str:
        return self.point.figure.record.claim


def figures(gathered: Gathered, voices: Voices) -> list[Contradiction]:
    """The questions of how many that two voices answer with numbers that exclude each other."""
    by_id = {found.id: found for found in gathered.claims}
    return [
        made
        for each in series(gathered)
        if each.basis.status == "counted" and each.basis.aspect not in ("change", "share")
        for made in _contested(each, by_id, voices)
    ]


def _contested(of: Series, by_id: dict[str, Found[Claim]], voices: Voices) -> Iterator[Contradiction]:
    answers = [_answer(point) for point in of.points if point.superseded_by is None and not point.unsourced]
    answers = _own([each for each in answers if each.claim in by_id], of, voices)
    pairs = [(one.id, other.id) for one, other in _excluding(answers, of, voices)]
    episodes = clusters({each for pair in pairs for each in pair}, pairs)
    questions: defaultdict[str, list[Answer]] = defaultdict(list)
    for each in answers:
        if each.id in episodes:
            questions[episodes[each.id]].append(each)
    for episode in questions.values():
        yield _question(of, episode, answers, by_id, voices)


def _answer(point: Point) -> Answer:
    slack = ABOUT if point.figure.record.bound in ("about", "vague") else 0.0
    low = -_INFINITE if point.low is None else point.low * (1 - slack)
    high = _INFINITE if point.high is None else point.high * (1 + slack)
    said = ordinal(point.known)
    if point.as_of is None or (point.as_of.earliest is None and point.as_of.latest is None):
        return Answer(point, low, high, said - RECENT, said)
    return Answer(point, low, high, *days(point.as_of, point.known))


def _excluding(answers: Sequence[Answer], of: Series, voices: Voices) -> Iterator[tuple[Answer, Answer]]:
    ordered = sorted(answers, key=lambda each: (each.first, each.id))
    for at, one in enumerate(ordered):
        for other in islice(ordered, at + 1, None):
            if other.first > one.last:
                break
            is_contrary = _are_apart(one, other) and _are_of_one_time(one, other, of)
            if is_contrary and voices.are_told_apart(one.claim, other.claim):
                yield one, other


def _are_apart(a: Answer, b: Answer) -> bool:
    return a.high < b.low or b.high < a.low


def _are_of_one_time(a: Answer, b: Answer, of: Series) -> bool:
    if a.first > b.last or b.first > a.last:
        return False
    if of.basis.aspect != "flow":
        return True
    if of.basis.period and of.basis.period.startswith("since "):  # a running number only rises
        return abs(ordinal(a.point.known) - ordinal(b.point.known)) <= RECENT
    is_open = a.point.as_of is None or b.point.as_of is None or -OPEN in (a.first, b.first)
    return is_open or abs(a.first - b.first) <= APART


def _own(answers: Sequence[Answer], of: Series, voices: Voices) -> list[Answer]:
    """The answers without those that a report puts into the mouth of a voice that says otherwise."""
    kept: list[Answer] = []
    for each in sorted(answers, key=_weight, reverse=True):
        rivals = (own for own in kept if _are_apart(each, own) and _are_of_one_time(each, own, of))
        if not any(voices.may_be_one(each.claim, own.claim) for own in rivals):
            kept.append(each)
    return sorted(kept, key=lambda each: (each.point.known, each.id))


def _weight(each: Answer) -> tuple[int, str, str]:
    """How many documents carry a number, then how lately."""
    documents = {figure.found_in.id for figure in (each.point.figure, *each.point.echoes)}
    return len(documents), each.point.restated, each.id


def _question(
    of: Series,
    episode: Sequence[Answer],
    answers: Sequence[Answer],
    by_id: dict[str, Found[Claim]],
    voices: Voices,
) -> Contradiction:
    """Sides of numbers that can all be one; beside them what can be several of them."""
    sides: list[list[Answer]] = []
    for each in sorted(episode, key=lambda each: (each.low, each.high, each.id)):
        fitting = [mine for mine in sides if not any(_are_apart(each, other) for other in mine)]
        if not fitting:
            sides.append([])
        (fitting or sides[-1:])[0].append(each)
    made = [side(_words(mine), _claims(mine, by_id), voices) for mine in sides]
    taken = {each.id for each in episode}
    near = [
        each
        for each in answers
        if each.id not in taken and any(_are_of_one_time(each, other, of) for other in episode)
    ]
    beside = [side(_words([each]), _claims([each], by_id), voices) for each in near]
    asked = Reason("how_many", given={"of": of.title})
    return contradiction("figure", asked, made, about=of.id, beside=beside, series=of)


def _claims(answers: Sequence[Answer], by_id: dict[str, Found[Claim]]) -> list[Found[Claim]]:
    figures = (figure for each in answers for figure in (each.point.figure, *each.point.echoes))
    return [by_id[figure.record.claim] for figure in figures if figure.record.claim in by_id]


def _words(answers: Sequence[Answer]) -> str:
    """The numbers of a side as they are stated, each once."""
    return "; ".join(dict.fromkeys(_stated(each.point) for each in answers))


def _stated(point: Point) -> str:
    bound = point.figure.record.bound
    low, high = (None if end is None else f"{end:,}" for end in (point.low, point.high))
    if low is not None and high is not None and low != high:
        return f"{low}–{high}"
    before = {"about": "about ", "at_least": "at least ", "at_most": "at most ", "vague": "some "}.get(
        bound, ""
    )
    return f"{before}{low or high}"
