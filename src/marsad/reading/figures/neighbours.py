"""What figures take from one another: a part from its whole, in the sentence and across two."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from marsad.reading.figures.measures import PEOPLE, earlier_phrases
from marsad.reading.figures.measuring import of_whom
from marsad.reading.figures.retold import as_continued, continued, restated
from marsad.reading.figures.slot_words import harmed_openings, part_openings
from marsad.reading.figures.wholes import Placed, share_whole, with_sums
from marsad.reading.phrases import Phrases
from marsad.reading.syntax import is_adverb
from marsad.records.reading import Figure

UNSPECIFIED = "count.unspecified"
UNSHARED = "count.share"
_ARE = frozenset({"are", "were"})
_LINKS = frozenset({"and", "another", "from", "to", "with", "while", "whom", "further"})
_OPENING = 5  # tokens at the head of a sentence that name the whole
_OUT_OF = 4  # tokens between "14" and "23" in "14 out of the 23"
_BETWEEN = frozenset(
    {"of", "out", "the", "all", "its", "their", "his", "our", "these", "those", "some", "a", "total"}
)
_HEDGES = frozenset(
    {"at", "least", "most", "more", "than", "about", "some", "another", "a", "further", "estimated"}
)
_TAKEN = frozenset({"estimated", "projected", "denied"})  # 300 of 2,000 planned may have come
_FROM_WHOLE = ("casualties.", "detention.", "displacement.", "hostages.", "surrendered.", "missing.")


def complete(placed: Sequence[Placed]) -> tuple[Figure, ...]:
    """The figures, in order, with the wholes of their parts, and what a part has from its whole."""
    figures = {item.figure.id: item.figure for item in placed}
    for index, item in enumerate(placed):
        figure = figures[item.figure.id]
        whole = figure.part_of or figure.share_of
        if whole not in figures:
            found = (
                _out_of(placed, index)
                or _in_sentence_before(placed, index)
                or share_whole(placed, index, figures)
            )
            whole = found.figure.id if found else None
        if whole is not None:
            people = item.found.noun is not None and item.found.noun.kind in PEOPLE
            figure = _from_whole(replace(figure, part_of=whole), figures[whole], people=people)
        elif index and _shares_predicate(placed[index - 1], item):
            figure = _from_joined(figure, figures[placed[index - 1].figure.id])
        elif index and _is_elliptical(placed[index - 1], item):
            before = placed[index - 1]
            figure = _as_before(figure, figures[before.figure.id])
            if _is_told_anew(before, item):
                figure = replace(figure, places=figures[before.figure.id].places)
        elif told := restated(placed, index, figures):
            figure = replace(
                figure, places=figure.places or told.places, subject=figure.subject or told.subject
            )
        elif told := continued(placed, index, figures):
            figure = as_continued(figure, told)
        figures[figure.id] = figure
    return with_sums(placed, figures)


def _out_of(placed: Sequence[Placed], index: int) -> Placed | None:
    """ "14 out of 23 districts": the number after "of" is the whole."""
    if index + 1 >= len(placed):
        return None
    part, whole = placed[index], placed[index + 1]
    if part.cast.sentence.number != whole.cast.sentence.number or whole.figure.aspect == "share":
        return None
    start, first = part.found.number.stop, whole.found.number.first
    words = [token.lower for token in part.cast.tokens[start:first]]
    near = 0 < len(words) <= _OUT_OF and words[0] in ("of", "out") and _BETWEEN.issuperset(words)
    near = near or (words[-2:] == ["out", "of"] and _is_of_people(whole))  # 12 had died, out of 30 taken
    return whole if near and _fits(part.figure, whole.figure) else None


def _in_sentence_before(placed: Sequence[Placed], index: int) -> Placed | None:
    """ "12 people died. Among them were three children.": the last number of people before."""
    part = placed[index]
    if index == 0 or part.figure.unit == "%":
        return None
    harmed = _opens(part, harmed_openings())
    tokens, stop = part.cast.tokens, part.found.number.stop
    bare = part.figure.measure == UNSPECIFIED and stop < len(tokens) and tokens[stop].lower in _ARE
    if not (harmed or bare or _opens(part, part_openings()) or of_whom(tokens, stop)):
        return None
    number = part.cast.sentence.number
    for whole in reversed(placed[:index]):
        if whole.cast.sentence.number == number:
            return None
        if whole.cast.sentence.number < number - 1:
            return None
        if harmed and not whole.figure.measure.startswith("casualties."):
            continue
        if _is_of_people(whole) and whole.figure.part_of is None and _fits(part.figure, whole.figure):
            return whole
    return None


def _opens(part: Placed, phrases: Phrases[bool]) -> bool:
    window = range(min(_OPENING, part.found.number.first))
    return any(phrases.at(part.cast.tokens, index) for index in window)


def _is_of_people(item: Placed) -> bool:
    noun = item.found.noun
    return item.figure.unit != "%" and item.found.number.unit is None and (
        noun is None or noun.kind in PEOPLE
    )  # fmt: skip


def _shares_predicate(first: Placed, second: Placed) -> bool:
    """ "killed 40 men in Alar, but wounded only one": a second verb of the same subject."""
    if first.cast.sentence.number != second.cast.sentence.number:
        return False
    tokens, start = second.cast.tokens, first.found.stop
    at = second.found.number.first - 1
    while at > start and (is_adverb(tokens[at]) or tokens[at].lower in _HEDGES):
        at -= 1
    verb = at > start and tokens[at].lower.endswith("ed")
    return verb and tokens[at - 1].lower in ("and", "but")


def _is_elliptical(first: Placed, second: Placed) -> bool:
    """ "4,000 citizens travelled there and another 5,000 stayed", "up from 6,859 in 2017"."""
    if second.found.noun is not None or first.cast.sentence.number != second.cast.sentence.number:
        return False
    at = second.found.number.first - 1
    tokens = second.cast.tokens
    while at > 0 and (is_adverb(tokens[at]) or tokens[at].lower in _HEDGES - {"another"}):
        at -= 1
    if tokens[at].lower == "the":  # for the six million who fled, and for the four million living abroad
        at -= 1 + (tokens[at - 1].lower in ("for", "of"))
    linked = tokens[second.found.number.first].lower == "another" or tokens[at].lower in _LINKS
    unsaid = second.figure.measure == UNSPECIFIED and first.figure.unit != "%" and linked
    return unsaid or second.figure.measure == first.figure.measure


def _is_told_anew(first: Placed, second: Placed) -> bool:
    """ "from 99,000 to 212,000", "up from 6,859": one count at two times, the second without a place."""
    here = {place.id for place in second.cast.places}
    if not here.isdisjoint(second.figure.places):
        return False
    if second.figure.places:  # of the sentence before
        return True
    adjoining = second.found.number.first - first.found.number.stop == 1
    return adjoining or earlier_phrases().before(second.cast.tokens, second.found.number.first) is not None


def _as_before(second: Figure, first: Figure) -> Figure:
    """The number counts what the one before it counts, and a flow where that is one."""
    if second.measure == UNSPECIFIED:
        second = replace(
            second, measure=first.measure, unit=first.unit, subject=second.subject or first.subject
        )
    if (second.aspect, first.aspect) != ("level", "flow"):
        return second
    return replace(second, aspect="flow", as_of=None, period=second.as_of)


def _from_joined(second: Figure, first: Figure) -> Figure:
    when = first.period if second.aspect == first.aspect == "flow" else None
    subject, unit = second.subject, second.unit
    if (unit, second.population) == ("person", None):  # killed three X guards and hurt another seven
        subject, unit = subject or first.subject, first.unit
    return replace(
        second, places=second.places or first.places, period=second.period or when, subject=subject, unit=unit
    )


def _fits(part: Figure, whole: Figure) -> bool:
    share = part.unit == "%"
    return share or whole.high is None or part.low is None or part.low <= whole.high


def _from_whole(part: Figure, whole: Figure, *, people: bool) -> Figure:
    """A part of the killed is killed, where and when they were."""
    measure = part.measure
    counts = measure.startswith("count.")
    people_of_it = counts and whole.measure.startswith(_FROM_WHOLE) and part.unit != "%"
    records_of_it = counts and whole.measure.startswith("casualties.") and not people  # 12% of the records
    if people_of_it or records_of_it or measure in (UNSHARED, UNSPECIFIED):
        measure = whole.measure
    same = measure == whole.measure and part.aspect != "share"
    aspect = whole.aspect if same and whole.aspect in ("level", "flow") else part.aspect
    flow = aspect in ("flow", "rate", "change")
    inside = part.share_of == whole.id
    taken = part.status == "observed" and (inside or part.unit != "%")
    when = part.as_of or part.period or whole.as_of or whole.period
    return replace(
        part,
        measure=measure,
        unit=part.unit or whole.unit,
        subject=part.subject or whole.subject,
        aspect=aspect,
        places=(whole.places or part.places) if inside else (part.places or whole.places),
        status=whole.status if taken and whole.status in _TAKEN else part.status,
        as_of=None if flow else when,
        period=when if flow else None,
    )
