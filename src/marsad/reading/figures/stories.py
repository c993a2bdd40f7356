"""Where a number is told of that its own sentence gives no place: what the document has told before.

First the camps that "the camps" stand for, then the scene of the sentence before, then the one country that
the document tells of.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.owners import is_possessed
from marsad.reading.figures.sentence_cast import Cast, clause_at, token_at
from marsad.reading.figures.sites import KEPT, focus, names_another, scene
from marsad.reading.figures.slot_words import demonyms, slot_words
from marsad.reading.text import Token
from marsad.records.reading import Place
from marsad.records.spans import hull, overlaps

FAR = 2  # sentences back that may say where somebody came to harm, or fled
_NEAR = 1  # and where others are
HOUSING = 6  # tokens of "is now home to"
_FAR_SIDE = frozenset({"far", "extreme"})
_CLOSING = frozenset(
    {"and", "but", "with", "where", "who", "while", "after", "since", "as", "are", "is", "were", "was"}
)
_BORDERS = frozenset({"border", "frontier"})
_ALONG = frozenset({"along", "near", "on", "at", "across"})
_BOTH = 2
_MILLION = 1_000_000
_OF_THE_WORLD = 20_000_000  # people: more than have fled within any one country
_NARROW = frozenset({"city", "town", "village", "camp", "facility"})
_DEFINITE = frozenset({"the", "these", "those", "both", "each", "all"})
_ADJECTIVES = 3  # tokens of "the two squalid"
_AT_HOME = ("strength.fighters", "detention.", "displacement.")  # measures told of a country


def of_story(cast: Cast, found: Counted, measure: str) -> tuple[str, ...]:
    """The scene of the sentence before, where the number's own names none and goes on with it."""
    words = slot_words().places
    if not measure.startswith(words.told_of_places) or _is_measured(found):
        return ()
    if measure.partition(".")[2] in words.not_told_of_places:
        return ()
    if measure.startswith(_AT_HOME) and (camps := _camps(cast, found)):
        return camps
    if _is_elsewhere(cast) or scene(cast) or _is_hosted(cast, found) or names_another(cast):
        return ()
    if measure.startswith(_AT_HOME) and _is_general(cast, found, measure):
        return _at_home(cast, found, measure)
    before = focus(cast, FAR if measure.startswith(words.far_told) else _NEAR)
    if before and _is_too_many(cast, found, before):
        before = ()
    return before or _at_home(cast, found, measure)


def _is_measured(found: Counted) -> bool:
    """Whether it is an amount of money, or a share."""
    return found.number.unit is not None and found.number.unit.role in ("money", "share")


def _camps(cast: Cast, found: Counted) -> tuple[str, ...]:
    """ "the camps", "each camp" in the clause, or right before it: where those are that were told of."""
    tokens, around = cast.tokens, clause_at(cast, found.number.first)
    camps = {"camp", "camps"}
    for index in range(max(around.start - _ADJECTIVES, 0), around.stop):
        if tokens[index].lower not in camps:
            continue
        before = {token.lower for token in tokens[max(index - _ADJECTIVES, 0) : index]}
        told = _DEFINITE | demonyms().keys()  # the camps, in Alarian camps
        plural = tokens[index].lower == "camps" and not before.isdisjoint(told)
        if plural or not before.isdisjoint({"each", "both"}):
            return tuple(dict.fromkeys(place.id for place in cast.camps))
    return ()


def _is_too_many(cast: Cast, found: Counted, places: Sequence[str]) -> bool:
    """ "The siege of Alar ... Millions have fled": more than a town holds."""
    if _least(found) < _MILLION:
        return False
    narrow = {place.id for earlier in cast.before for place in earlier.places if place.kind in _NARROW}
    return not narrow.isdisjoint(places)


def _is_general(cast: Cast, found: Counted, measure: str) -> bool:
    """What is told of more than the scene: all that a group has, all who fled "since June" or the country."""
    tokens, first = cast.tokens, found.number.first
    around = clause_at(cast, first)
    if any(tokens[at].lower == "country" and tokens[at - 1].lower == "the" for at in around if at):
        return True
    if measure.startswith("displacement."):
        return any(tokens[at].lower == "since" and tokens[at + 1].lower != "then" for at in around[:-1])
    return measure.startswith("strength.") and is_possessed(tokens, first)


def _at_home(cast: Cast, found: Counted, measure: str) -> tuple[str, ...]:
    """The country that the document plays in; of refugees none, for they are elsewhere.

    Nor of fighters right before whom it is named, for then it has them.
    """
    setting = cast.setting
    if setting is None or not measure.startswith(_AT_HOME):
        return ()
    if measure.startswith("strength.") and _has_them(cast, found, setting):
        return ()
    away = found.noun is not None and found.noun.kind == "displaced"
    return () if away or _least(found) >= _OF_THE_WORLD else (setting.id,)


def _least(found: Counted) -> float:
    low, high = found.number.low, found.number.high
    return (low if low is not None else high) or 0


def compass_at(tokens: Sequence[Token], around: range) -> range | None:
    """The tokens of "in the east", "in the far north-east", of which no place is named."""
    for index in around:
        if tokens[index].lower != "in" or index + 2 >= len(tokens) or tokens[index + 1].lower != "the":
            continue
        last = index + 2 + (tokens[index + 2].lower in _FAR_SIDE and index + 3 < len(tokens))
        follower = tokens[last + 1] if last + 1 < len(tokens) else None
        ends = follower is None or not follower.is_word or follower.lower in _CLOSING
        if tokens[last].lower in slot_words().places.compass and ends:
            return range(index, last + 1)
    return None


def side_at(cast: Cast, around: range) -> range | None:
    """The tokens of "east of the river Alar", "along the border with Ilyria", up to the end of the name."""
    tokens = cast.tokens
    for index in around[:-2]:
        side = tokens[index].lower in slot_words().places.compass and tokens[index + 1].lower == "of"
        border = tokens[index].lower in _BORDERS and tokens[index + 1].lower in ("with", "between")
        if not (side or border):
            continue
        reach = (tokens[index + 2].begin, tokens[min(index + 2 + _ADJECTIVES, len(tokens) - 1)].end)
        ends = [hull(place.spans)[1] for place in cast.places if overlaps(place.spans[0], reach)]
        if ends:
            return range(_opening(tokens, index), token_at(tokens, ends[0] - 1) + 1)
    return None


def _opening(tokens: Sequence[Token], index: int) -> int:
    """Index of the "along" of "along the border"; of "east of" the same."""
    for at in range(index - 1, max(index - 1 - _ADJECTIVES, -1), -1):
        if tokens[at].lower in _ALONG:
            return at
    return index


def countries_at(cast: Cast, index: int) -> tuple[str, ...]:
    """ "both countries", "the two countries" at token `index`: the two that were named last together."""
    tokens = cast.tokens
    if tokens[index].lower not in ("both", "two") or index + 1 >= len(tokens):
        return ()
    if tokens[index + 1].lower != "countries":
        return ()
    here = [place for place in cast.places if place.spans[0][1] <= tokens[index].begin]
    for places in (here, *(earlier.places for earlier in reversed(cast.before))):
        named = {place.name: place.id for place in places if place.kind == "country"}
        if named:
            return tuple(named.values()) if len(named) == _BOTH else ()
    return ()


def _has_them(cast: Cast, found: Counted, country: Place) -> bool:
    """ "Ilyria massed 900 soldiers": its own, who may be anywhere."""
    stop = cast.tokens[found.number.first].begin
    start = cast.tokens[max(found.number.first - HOUSING, 0)].begin
    return any(
        place.country == country.country and start <= place.spans[0][0] < stop for place in cast.places
    )


@lru_cache(maxsize=KEPT)
def _is_elsewhere(cast: Cast) -> bool:
    """Whether the sentence says that it plays where no name tells: "abroad"."""
    words = slot_words().places.elsewhere
    return any(token.lower in words for token in cast.tokens)


def _is_hosted(cast: Cast, found: Counted) -> bool:
    """ "the United States accepted 11 refugees": where they are is said, by an actor that is no place."""
    tokens, first = cast.tokens, found.number.first
    fighters = found.noun is not None and found.noun.kind == "fighters"
    for (_, end), actor in cast.actors:
        words = [token.lower for token in tokens[token_at(tokens, end - 1) + 1 : first]]
        near = 0 < len(words) <= HOUSING and actor.kind != "armed_group" and not fighters
        if near and not slot_words().places.hosting.isdisjoint(words):
            return True
    return False
