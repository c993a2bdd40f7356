"""Numbers that go on with one told before: "Others put the number at 400", "On Monday there were 412"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from marsad.reading.figures.measures import PEOPLE
from marsad.reading.figures.slot_words import slot_words, taking_up
from marsad.reading.figures.wholes import Placed
from marsad.reading.syntax import closed_class
from marsad.reading.text import Token
from marsad.records.reading import Figure

_FAR = 20  # tokens between "the number" and its figure
_NEAR = 2  # sentences between a number and one that leaves its noun out
_RESTATED = ("strength.", "displacement.", "detention.", "surrendered.", "missing.", "hostages.")
_BARE = (
    "count.unspecified",
    "displacement.people",
)  # of a number without a noun; those who arrive may be troops
_COMING = frozenset({"arrive", "arrived", "arriving", "leave", "leaving", "left"})
_PREDICATE = 4  # tokens of "have already arrived"
_LEFT = frozenset({"left", "remaining"})
_BE = frozenset({"are", "is", "was", "were"})


def restated(placed: Sequence[Placed], index: int, figures: Mapping[str, Figure]) -> Figure | None:
    """ "Others put the number at 400", "The number has doubled to 900": what the sentence before counts."""
    item = placed[index]
    measure = figures[item.figure.id].measure
    if not measure.startswith(_RESTATED) or not _takes_up(item):
        return None
    return _last(placed, index, figures, far=1, of=(measure,))


def _takes_up(item: Placed) -> bool:
    tokens, first = item.cast.tokens, item.found.number.first
    if tokens[first].lower == "another" or {"more", "others"} & {
        tokens[at].lower for at in item.found.modifiers
    }:
        return True
    return any(taking_up().at(tokens, at) for at in range(max(first - _FAR, 0), first))


def continued(placed: Sequence[Placed], index: int, figures: Mapping[str, Figure]) -> Figure | None:
    """ "The prison held 900 men. On Monday there were 412.": what a number without a noun counts.

    Or "3,000 troops were promised. By June about 1,100 had arrived.".
    """
    item = placed[index]
    measure = figures[item.figure.id].measure
    if measure not in _BARE or item.found.noun is not None or item.found.number.unit is not None:
        return None
    if measure == _BARE[0] and not (_is_counted(item) and _ends(item)):
        return None
    if measure == _BARE[1] and not _comes(item):
        return None
    of = _RESTATED if measure == _BARE[0] else ("strength.",)
    return _last(placed, index, figures, far=_NEAR, of=of)


def as_continued(figure: Figure, told: Figure) -> Figure:
    """The figure as one of those whom `told` counts; nobody says that they still are where they were."""
    return replace(
        figure,
        measure=told.measure,
        unit=told.unit,
        subject=figure.subject or told.subject,
        population=figure.population or told.population,
        places=figure.places or told.places,
    )


def _last(
    placed: Sequence[Placed], index: int, figures: Mapping[str, Figure], *, far: int, of: tuple[str, ...]
) -> Figure | None:
    """The number of people that was told last in a sentence before, if it measures one of these."""
    here = placed[index].cast.sentence.number
    for at in range(index - 1, -1, -1):
        before = placed[at]
        if here - before.cast.sentence.number > far:
            return None
        figure = figures[before.figure.id]
        noun = before.found.noun
        people = figure.unit != "%" and (noun is None or noun.kind in PEOPLE)
        if before.cast.sentence.number < here and people:
            return figure if figure.measure.startswith(of) else None
    return None


def _is_counted(item: Placed) -> bool:
    """ "there were 412", "the panel counts 131,000", "our first estimate of some 6,000"."""
    tokens, at = item.cast.tokens, item.found.number.first - 1
    words = [token.lower for token in tokens[max(at - 2, 0) : at + 1]]
    if not words:
        return False
    there = words[-1] in _BE and "there" in words[:-1]
    there = there or (words[-1] == "there" and any(word in _BE for word in words))
    known = slot_words().parts
    return there or words[-1] in known.counting or (words[-1] == "of" and not known.counts.isdisjoint(words))


def _comes(item: Placed) -> bool:
    """ "By June about 1,100 had arrived"."""
    tokens, stop = item.cast.tokens, item.found.number.stop
    return any(token.lower in _COMING for token in tokens[stop : stop + _PREDICATE])


def _ends(item: Placed) -> bool:
    """Whether no noun may follow that the number counts."""
    tokens, stop = item.cast.tokens, item.found.number.stop
    return stop >= len(tokens) or _closes(tokens[stop])


def _closes(token: Token) -> bool:
    return not token.is_word or token.lower in closed_class() or token.lower in _LEFT
