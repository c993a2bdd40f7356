"""What a reading says of one story: its date, place, human targets and who is blamed, in MUC-4's terms.

A story is what a frame or incidents tell: a type, what fills its roles, and the incidents of the reading that
it agrees with. Where those are silent, its sentences speak: those with most of its fillers and words of its
type.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from marsad.evaluation.muc_entities import Entity, distinct
from marsad.evaluation.muc_page import Page
from marsad.evaluation.muc_slots import PLURAL, Blame, Count, Ends, Slots, Stretch, is_same
from marsad.evaluation.muc_victims import described, number_of
from marsad.gazetteer.countries import load_countries
from marsad.records.reading import Figure, Incident, Place, Time
from marsad.records.spans import Span

CORE = 2  # sentences that say who suffered
PLACED = 1  # sentences that may say where a story plays
NEAR_CUE = 24  # characters between a verb of saying and the day of the report
NEXT_TO = 3  # and any other date that says when it was said
TAIL = 60  # characters at the end of a sentence that may say who accuses

_KINDS = {
    "attack": r"attack|kill|murder|assassinat|shot|shoot|fire[ds]?\b|wound|injur|ambush|machine-?gun|massacre"
    r"|slain|death|dead|die[ds]\b|strafe|bomb|execut|tortur|threat",
    "bombing": r"bomb|explo|dynamit|blast|blew|blown|deton|grenade|rocket",
    "kidnapping": r"kidnap|abduct|hostage|captur|seiz|disappear|ransom|held|releas|free[ds]?\b",
    "arson": r"burn|fire|arson|torch|incendiar|molotov",
    "robbery": r"rob|st[oe]le|theft|loot|steal",
}
_AUTHORITIES = re.compile(
    r"police|military|army|armed forces|government|minist|president|official|authorit|colonel|general"
    r"|battalion|brigade|garrison|commander|mayor|judge|prosecutor|security|spokesman|command\b",
    re.IGNORECASE,
)
_CLAIMING = re.compile(
    r"claim\w{0,4}\s{1,9}(?:\w{1,20}\s{1,9}){0,3}(?:responsib|credit)|admitted|acknowledged", re.IGNORECASE
)
_ACCUSING = re.compile(
    r"accus|blam|suspect|alleg|attribut|presu[mn]|responsib|believed|charg|implicat|point(?:ed|s|ing)? to",
    re.IGNORECASE,
)
_KIND = re.compile(r"\s(?:neighbou?rhood|department|city|province|municipality|district)\Z", re.IGNORECASE)
_BROAD = frozenset({"country", "water", "region"})


class Story(NamedTuple):
    """What is told of one incident; entities are by role of the frame."""

    type: str
    entities: dict[str, list[Entity]]
    incidents: tuple[Incident, ...]


def slots_of(page: Page, story: Story) -> Slots:
    """The slots of a story."""
    core = core_of(page, story)
    return Slots(
        dates=tuple(_dates(page, story, core)),
        places=tuple(_places(page, story, core)),
        counts=tuple(_counts(page, story, core)),
        blames=tuple(_blames(page, story)),
    )


@cache
def _kind(name: str) -> re.Pattern[str]:
    return re.compile(_KINDS.get(name, _KINDS["attack"]), re.IGNORECASE)


def core_of(page: Page, story: Story) -> list[int]:
    """Numbers of the sentences that tell the story, the fullest first."""
    weights: Counter[int] = Counter()
    for entity in (entity for each in story.entities.values() for entity in each):
        weights.update({page.sentence(span) for span in entity.spans})
    weights.update(page.sentence(span) for incident in story.incidents for span in incident.spans)
    for number in weights:
        weights[number] += 2 * bool(_kind(story.type).search(page.said(number)))
    return sorted(weights, key=lambda number: (-weights[number], number))


def _dates(page: Page, story: Story, core: Sequence[int]) -> Iterator[Stretch]:
    """The day of its incidents, else one named in its sentences, else any day up to publication."""
    times = {time.id: time for time in page.reading.times}
    own = [times.get(incident.date.time or "") for incident in story.incidents if incident.date]
    told = [time for time in own if time is not None and _may_date(page, time)]
    rank = {number: at for at, number in enumerate(core)}
    near = [t for t in page.reading.times if page.sentence(t.spans[0]) in rank and _may_date(page, t)]
    near.sort(key=lambda time: (rank[page.sentence(time.spans[0])], time.spans))
    chosen = next(iter((*told, *near)), None)
    if chosen is not None:
        yield _stretch(chosen)
    elif page.day:
        yield Stretch(None, page.day)


def _may_date(page: Page, time: Time) -> bool:
    """A time that is over by publication and does not say when something was said."""
    if time.earliest is None or time.latest is None or time.type not in ("DATE", "TIME"):
        return False
    past = page.day is None or time.latest <= page.day
    return past and (time.date_prec or 5) <= 4 and not _is_said(page, time)


def _is_said(page: Page, time: Time) -> bool:
    """Whether it stands in the dateline, or right before or after a verb of saying."""
    begin, end = time.spans[0]
    reach = NEAR_CUE if time.earliest == page.day else NEXT_TO
    return begin < page.begin or any(
        0 <= begin - cue[1] <= reach or 0 <= cue[0] - end <= reach or cue[0] <= begin < cue[1]
        for cue in page.cues
    )


def _stretch(time: Time) -> Stretch:
    """The days of a time; a night is of two."""
    if time.value.endswith("TNI") and time.earliest == time.latest and time.earliest:
        following = date.fromisoformat(time.earliest) + timedelta(days=1)
        return Stretch(time.earliest, following.isoformat())
    return Stretch(time.earliest, time.latest)


def _places(page: Page, story: Story, core: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The finest place of its incidents, else of its sentences, within its country."""
    rank = {number: at for at, number in enumerate(core[:PLACED])}
    own = {each for incident in story.incidents for each in incident.places}
    near = [p for p in page.reading.places if p.id in own or page.sentence(p.spans[0]) in rank]

    def order(place: Place) -> tuple[bool, int, int]:
        return place.id not in own, rank.get(page.sentence(place.spans[0]), 0), place.where_prec or 7

    told = sorted(filter(page.may_hold, near), key=order)
    fine = next((place for place in told if place.kind not in _BROAD), None)
    broad = next((place.country for place in told if place.country), None)
    country = (fine.country if fine is not None else None) or broad or page.country
    name = _countries().get(country or "")
    if name is not None and fine is None:
        yield (name,)
    elif name is not None and fine is not None:
        around = (fine.admin1,) if fine.country == country and fine.admin1 else ()
        yield tuple(distinct((name, *around, _KIND.sub("", fine.name))))


@cache
def _countries() -> dict[str, str]:
    return {country.code: country.name for country in load_countries()}


def _counts(page: Page, story: Story, core: Sequence[int]) -> Iterator[Count]:
    """Those who are named, one each; those who are described, by the frame and by its sentences.

    One who is described beside others with a name is taken to be one of them.
    """
    named = story.entities.get("victim", [])
    for entity in named:
        yield Count(((1, 1),), (entity.name,))
    seen = [(entity.name,) for entity in (*named, *story.entities.get("perpetrator", []))]
    told = [(_numbered(page, entity), entity.name) for entity in story.entities.get("described", [])]
    for numbers, target in (*told, *_said(page, core), *_tolls(page, story, core)):
        is_named = bool(named) and numbers == (1, 1)
        if not is_named and not any(is_same(other, (target,)) for other in seen):
            seen.append((target,))
            yield Count((numbers,), (target,))


def _numbered(page: Page, entity: Entity) -> Ends:
    """How many an entity is, by its words and those before it."""
    begin, end = entity.spans[0]
    tokens = page.text.sentences[page.sentence((begin, end))].tokens
    before = [token for token in tokens if token.end <= begin][-2:]
    return number_of([*before, *(token for token in tokens if begin <= token.begin < end)])


def _said(page: Page, core: Sequence[int]) -> Iterator[tuple[Ends, str]]:
    for number in core[:CORE]:
        yield from ((each.number, each.text) for each in described(page.text.sentences[number]))


def _tolls(page: Page, story: Story, core: Sequence[int]) -> Iterator[tuple[Ends, str]]:
    own = {incident.id for incident in story.incidents}
    for figure in page.reading.figures:
        told = figure.incident in own or page.sentence(figure.spans[0]) in core[:CORE]
        suffered = figure.measure.startswith(("casualties", "hostages"))
        if told and suffered and figure.population and figure.high != 0:
            yield _ends(figure), figure.population


def _ends(figure: Figure) -> Ends:
    low, high = (None if end is None else int(end) for end in (figure.low, figure.high))
    return PLURAL if figure.bound == "vague" else (low, high)


def _blames(page: Page, story: Story) -> Iterator[Blame]:
    """How surely each of its organisations did it."""
    for entity in story.entities.get("organisation", []):
        yield Blame((_confidence(page, story, entity),), (entity.name,))


def _confidence(page: Page, story: Story, entity: Entity) -> str:
    """By the sentences that name it: what it claims, an accusation, or plain report."""
    sentences = sorted({page.sentence(span) for span in entity.spans})
    telling = [n for n in sentences if _kind(story.type).search(page.said(n))] or sentences
    if any(_CLAIMING.search(page.said(number)) for number in sentences):
        return "CLAIMED OR ADMITTED"
    accusing = next((number for number in telling if _ACCUSING.search(page.said(number))), None)
    if accusing is None:
        return "REPORTED AS FACT"
    official = _AUTHORITIES.search(_around(page, accusing, entity.spans))
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if official else "SUSPECTED OR ACCUSED"


def _around(page: Page, number: int, spans: Sequence[Span]) -> str:
    """The words of a sentence up to the first of `spans`, and its end: where an accuser stands."""
    begin, end = page.text.sentences[number].span
    first = min((span[0] for span in spans if begin <= span[0] < end), default=end)
    return page.words[begin:first] + page.words[max(end - TAIL, first) : end]
