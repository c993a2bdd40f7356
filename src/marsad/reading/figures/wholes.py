"""The wholes of shares that name none ("another 40% returned"), and totals that later numbers add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.measures import PEOPLE
from marsad.reading.figures.sentence_cast import Cast
from marsad.reading.syntax import grammar
from marsad.records.reading import Figure

_FAR = 3  # sentences between a whole and "two-thirds of the deaths"
_SUMMED = 4  # sentences between a total and its second part
_ROUNDED = 0.02  # by how much of itself a round total may miss the sum of its parts
_APPOSED = 3  # tokens of ", some 180"
_FURTHER = frozenset({"further", "another", "other", "more"})
_DEFINITE = ("the ", "those ", "these ")


class Placed(NamedTuple):
    """A figure with the sentence and the number that it was read from."""

    cast: Cast
    found: Counted
    figure: Figure


def share_whole(placed: Sequence[Placed], index: int, figures: Mapping[str, Figure]) -> Placed | None:
    """The number of people that a share is of, where it is told before.

    "Counted 900 deaths, and 70% were killed", "another 12%", "two-thirds of the deaths".
    """
    part = placed[index]
    if part.figure.unit != "%" or part.figure.aspect != "share" or index == 0:
        return None
    before = placed[index - 2 if index > 1 and is_apposed(placed, index - 1) else index - 1]
    near = part.cast.sentence.number - before.cast.sentence.number <= 1
    listed = before.figure.aspect == "share" and (_is_further(part) or _is_same_sentence(before, part))
    if near and listed and (_is_further(part) or not _names_whole(part)):
        whole = figures[before.figure.id].part_of
        return next((item for item in placed[:index] if item.figure.id == whole), None)
    if _is_definite(part):
        return _of_measure(placed, index)
    bare = part.figure.share_of is None and _is_said(part)
    return next((item for item in reversed(placed[:index]) if _holds(item, part)), None) if bare else None


def is_apposed(placed: Sequence[Placed], index: int) -> bool:
    """ "20%, some 180 people, were killed": the same part twice."""
    share, part = placed[index - 1], placed[index]
    between = part.cast.tokens[share.found.number.stop : part.found.number.first + 1]
    near = _is_same_sentence(share, part) and 0 < len(between) <= _APPOSED and between[0].text == ","
    closes = part.cast.tokens[min(part.found.stop, len(part.cast.tokens) - 1)].text == ","
    return near and closes and share.figure.aspect == "share" and part.figure.unit != "%"


def _is_same_sentence(first: Placed, second: Placed) -> bool:
    return first.cast.sentence.number == second.cast.sentence.number


def _is_further(part: Placed) -> bool:
    first = part.found.number.first
    return any(token.lower in _FURTHER for token in part.cast.tokens[max(first - 1, 0) : first + 2])


def _names_whole(part: Placed) -> bool:
    """ "12% of", where "4% by" goes on with the list."""
    tokens, stop = part.cast.tokens, part.found.number.stop
    return stop < len(tokens) and tokens[stop].lower == "of"


def _is_definite(part: Placed) -> bool:
    return part.figure.share_of is not None and part.figure.share_of.casefold().startswith(_DEFINITE)


def _of_measure(placed: Sequence[Placed], index: int) -> Placed | None:
    """The number before of what "the deaths" are."""
    part = placed[index]
    if part.figure.measure.startswith("count."):
        return None
    for whole in reversed(placed[:index]):
        if part.cast.sentence.number - whole.cast.sentence.number > _FAR:
            return None
        if whole.figure.measure == part.figure.measure and whole.figure.unit != "%":
            return whole
    return None


def _is_said(part: Placed) -> bool:
    """ "40% returned", "40% were", "40%, some 180 people, were": not "40% higher"."""
    tokens, stop = part.cast.tokens, part.found.number.stop
    if stop >= len(tokens):
        return False
    follower = tokens[stop]
    verb = follower.lower in grammar().auxiliaries or follower.lower.endswith(("ing", "ed"))
    return verb or (follower.text == "," and stop + 1 < len(tokens) and tokens[stop + 1].lower == "some")


def _holds(whole: Placed, part: Placed) -> bool:
    """Whether `whole` is a number of people in the same sentence, or in the one that "they" takes up."""
    noun = whole.found.noun
    people = noun is not None and noun.kind in PEOPLE and whole.found.number.unit is None
    apart = part.cast.sentence.number - whole.cast.sentence.number
    taken_up = part.cast.tokens[0].lower in ("they", "of", "it")
    return people and (apart == 0 or (apart == 1 and taken_up))


def with_sums(placed: Sequence[Placed], figures: Mapping[str, Figure]) -> tuple[Figure, ...]:
    """The figures; two numbers of which the second is "a further" one are parts of a total before them."""
    made = _with_appositions(placed, figures)
    for index in range(2, len(placed)):
        second, first = placed[index], placed[index - 1]
        if not (_is_further(second) and _is_countable(made[first.figure.id], made[second.figure.id])):
            continue
        for whole in reversed(placed[: index - 1]):
            if second.cast.sentence.number - whole.cast.sentence.number > _SUMMED:
                break
            if _adds_up(made[whole.figure.id], made[first.figure.id], made[second.figure.id]):
                for part in (first.figure.id, second.figure.id):
                    made[part] = replace(made[part], part_of=whole.figure.id)
                break
    return tuple(made.values())


def _with_appositions(placed: Sequence[Placed], figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """The figures; a share and its number in apposition measure the same and are of the same whole."""
    made = dict(figures)
    for index in range(1, len(placed)):
        if is_apposed(placed, index):
            share, part = made[placed[index - 1].figure.id], made[placed[index].figure.id]
            made[share.id] = replace(share, measure=part.measure)
            made[part.id] = replace(part, part_of=share.part_of)
    return made


def _is_countable(first: Figure, second: Figure) -> bool:
    free = first.part_of is None and second.part_of is None
    return free and "%" not in (first.unit, second.unit) and bool(first.low) and bool(second.low)


def _adds_up(whole: Figure, first: Figure, second: Figure) -> bool:
    if whole.unit == "%" or not whole.low or whole.measure.split(".")[0] != second.measure.split(".")[0]:
        return False
    return abs((first.low or 0) + (second.low or 0) - whole.low) <= _ROUNDED * whole.low
