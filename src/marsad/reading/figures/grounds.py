"""Where and when a figure is true of: the places and the times of its clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from marsad.reading.figures.counted import Counted, clause
from marsad.reading.figures.measures import vocabulary
from marsad.reading.figures.sentence_cast import Cast, token_at
from marsad.reading.figures.tolls import past_inclusion
from marsad.reading.syntax import closed_class, grammar
from marsad.reading.text import Sentence, Token
from marsad.records import interval
from marsad.records.reading import Claim, Interval, Place, Time
from marsad.records.spans import Span, any_contains, hull, overlaps

_ANTECEDENT = 4  # tokens between a place and the "where" that takes it up
_LOCATING = 5  # tokens of "in the besieged town of"
_HOUSING = 6  # tokens of "is now home to"
_AFTER_COMMA = 4  # tokens of ", in northern Syria"
_OPENING = 3  # tokens before a time that opens the sentence
_JOINED = frozenset({"and", "or", ",", "&"})
_LOCATIVE = frozenset(
    {
        "across", "along", "around", "at", "between", "in", "inside", "into", "near", "of",
        "off", "on", "outside", "throughout", "to", "within",
    }
)  # fmt: skip
TIMED = frozenset(
    {
        "as", "at", "between", "by", "during", "for", "from", "in", "on", "over", "since", "through",
        "throughout", "till", "until", "within",
    }
)  # fmt: skip


def places_of(cast: Cast, found: Counted) -> tuple[str, ...]:
    """The places of the clause: those that follow with a preposition, else the nearest before."""
    tokens = cast.tokens
    names = [place for place in cast.places if not _is_name_of_actor(cast, place)]
    around = clause(tokens, found.number.first)
    begin, end = tokens[around.start].begin, tokens[around.stop - 1].end
    number = (tokens[found.number.first].begin, tokens[found.stop - 1].end)
    after = [place for place in names if number[1] <= place.spans[0][0] and place.spans[-1][1] <= end]
    for at, place in enumerate(after):
        if _is_located(tokens, place) and follows_closely(tokens, found, place.spans[0][0]):
            return _coordinated(tokens, after[at:])
    money = found.number.unit is not None and found.number.unit.role == "money"
    before = [place for place in names if begin <= place.spans[0][0] and place.spans[-1][1] <= number[0]]
    before = [place for place in before if not money and _is_ground(tokens, found, place, around)]
    if before:
        return _run_before(tokens, before)
    named = [
        place for place in names if _opens(cast.sentence, place) or _is_antecedent(tokens, place, around)
    ]
    return (named[-1].id,) if named else ()


def _is_antecedent(tokens: Sequence[Token], place: Place, around: range) -> bool:
    """ "Idlib province, where 3 million people live"."""
    if around.start == 0 or tokens[around.start - 1].lower not in ("where", "which"):
        return False
    gap = around.start - 1 - token_at(tokens, place.spans[-1][1] - 1)
    return 0 < gap <= _ANTECEDENT


def follows_closely(tokens: Sequence[Token], found: Counted, offset: int) -> bool:
    """Whether no other number, and no new clause after a comma, stands between noun and `offset`."""
    stop = token_at(tokens, offset)
    for index in range(past_inclusion(tokens, found.stop), stop):
        if tokens[index].is_number:
            return False
        if tokens[index].text == "," and stop - index > _AFTER_COMMA:
            return False
    return True


def _is_name_of_actor(cast: Cast, place: Place) -> bool:
    span = hull(place.spans)
    return any(overlaps(span, mention) and actor.kind != "state" for mention, actor in cast.actors)


def _is_ground(tokens: Sequence[Token], found: Counted, place: Place, around: range) -> bool:
    """A place before the number that those counted are at: "in Aleppo", "X Camp is home to", "Idlib's"."""
    index, stop = token_at(tokens, place.spans[0][0]), token_at(tokens, place.spans[-1][1] - 1) + 1
    owns = found.number.first - stop <= 1 and tokens[stop].text in ("'s", "’s")
    opens = index - around.start <= 1 and _houses(tokens, found, stop)
    return owns or opens or place.kind == "camp" or _is_located(tokens, place)


def _houses(tokens: Sequence[Token], found: Counted, index: int) -> bool:
    """ "Jordan houses 600,000 refugees"; a country that has troops is not where they are."""
    fighters = found.noun is not None and found.noun.kind == "fighters"
    words = [token.lower for token in tokens[index : found.number.first]]
    verbs = vocabulary().places_of_detention.verbs | {"has", "have", "had"}
    return not fighters and len(words) <= _HOUSING and any(word in verbs for word in words)


def _is_located(tokens: Sequence[Token], place: Place) -> bool:
    """Whether a preposition of place governs the name: "in the besieged town of X"."""
    index, stop = token_at(tokens, place.spans[0][0]), token_at(tokens, place.spans[-1][1] - 1) + 1
    if stop < len(tokens) and tokens[stop].text in ("'s", "’s"):
        return False
    for at in range(index - 1, max(index - _LOCATING, 0) - 1, -1):
        word = tokens[at].lower
        if word in _LOCATIVE:
            return word != "to" or at == index - 1
        if word in closed_class() and word not in grammar().determiners:
            return False
    return False


def _coordinated(tokens: Sequence[Token], places: Sequence[Place]) -> tuple[str, ...]:
    """The first of `places` with those joined to it: "Iraq, Syria and Libya", not "Baghuz, Syria"."""
    kept, joined = [places[0]], 1
    for place in places[1:]:
        gap = _gap(tokens, kept[-1], place)
        if not gap or any(word not in _JOINED and word != "the" for word in gap):
            break
        kept.append(place)
        joined = len(kept) if {"and", "or", "&"} & set(gap) else joined
    return _innermost(kept[:joined])


def _run_before(tokens: Sequence[Token], places: Sequence[Place]) -> tuple[str, ...]:
    """The last of `places` with those joined to it."""
    kept, joined = [places[-1]], False
    for place in reversed(places[:-1]):
        gap = _gap(tokens, place, kept[0])
        joined = joined or bool({"and", "or", "&"} & set(gap))
        if not gap or not joined or any(word not in _JOINED for word in gap):
            break
        kept.insert(0, place)
    return _innermost(kept)


def _gap(tokens: Sequence[Token], first: Place, second: Place) -> list[str]:
    """The words between two places."""
    start, stop = token_at(tokens, first.spans[-1][1] - 1) + 1, token_at(tokens, second.spans[0][0])
    return [token.lower for token in tokens[start:stop]]


def _innermost(places: Sequence[Place]) -> tuple[str, ...]:
    containers = {place.within for place in places}
    return tuple(dict.fromkeys(place.id for place in places if place.id not in containers))


def _opens(sentence: Sentence, place: Place) -> bool:
    """ "In Aleppo, ...": the place stands at the head of the sentence."""
    tokens = sentence.tokens
    index = token_at(tokens, place.spans[0][0])
    return index <= 3 and tokens[0].lower in _LOCATIVE


def interval_of(cast: Cast, found: Counted, claim: Claim, *, flow: bool) -> Interval | None:
    """The time that the figure is true of: of its clause, or one that opens the sentence.

    A time of the attribution ("On Monday officials said") is true of a level, not of a flow.
    """
    tokens = cast.tokens
    around = clause(tokens, found.number.first)
    begin, end = tokens[around.start].begin, tokens[around.stop - 1].end
    number = (tokens[found.number.first].begin, tokens[found.stop - 1].end)
    usable = [
        time for time in cast.times if _is_usable(tokens, time) and not overlaps(hull(time.spans), number)
    ]
    if flow and claim.kind == "attributed":
        usable = [time for time in usable if any_contains(claim.spans, hull(time.spans))]
    inside = [
        time
        for time in usable
        if begin <= time.spans[0][0] and time.spans[-1][1] <= end and _is_of(tokens, found, time)
    ]
    relative = around.start > 0 and tokens[around.start - 1].lower in ("where", "which", "who")
    opening = [] if relative else [time for time in usable if token_at(tokens, time.spans[0][0]) <= _OPENING]
    nearest = min(inside, key=lambda time: (_distance(hull(time.spans), number), time.spans), default=None)
    time = nearest or next(iter(opening), None)
    return _interval(cast, time) if time else None


def _is_of(tokens: Sequence[Token], found: Counted, time: Time) -> bool:
    """Whether nothing parts the time from the number: a new clause after it, a "that" before it."""
    first = token_at(tokens, time.spans[0][0])
    if first >= found.stop:
        return follows_closely(tokens, found, time.spans[0][0])
    return first <= _OPENING or not any(token.lower == "that" for token in tokens[first : found.number.first])


def _is_usable(tokens: Sequence[Token], time: Time) -> bool:
    """A time that stands as an adverbial, not as a name: "in 2014", not "the 2014 war"."""
    if time.earliest is None and time.latest is None:
        return False
    index = token_at(tokens, time.spans[0][0])
    words = [token.lower for token in tokens[max(index - 2, 0) : index]]
    stop = token_at(tokens, time.spans[-1][1] - 1) + 1
    follower = tokens[stop] if stop < len(tokens) else None
    names = follower is not None and follower.text in ("’", "'", "'s", "’s")
    return not names and (index == 0 or any(word in TIMED for word in words) or not tokens[index].is_number)


def _interval(cast: Cast, time: Time) -> Interval:
    """The interval of `time`, open after "since" and before "until", joined in "between A and B"."""
    tokens = cast.tokens
    index, stop = token_at(tokens, time.spans[0][0]), token_at(tokens, time.spans[-1][1] - 1) + 1
    before = tokens[index - 1].lower if index > 0 else ""
    edtf, end = time.edtf, _end_of_range(cast, stop)
    if before == "since" and time.earliest:
        edtf = interval.throughout(_day(time.earliest), None)
    elif before in ("until", "till") and time.latest:
        edtf = interval.throughout(None, _day(time.latest))
    elif before in ("between", "from") and end and _is_rising(time, end):
        edtf = interval.throughout(_day(time.earliest), _day(end.latest))
    return interval.parse(edtf, time=time.id)


def _is_rising(time: Time, end: Time) -> bool:
    return time.earliest is not None and end.latest is not None and time.earliest <= end.latest


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _end_of_range(cast: Cast, index: int) -> Time | None:
    """The time that ends a range: the one after "and" or "to" at token `index`."""
    tokens = cast.tokens
    if index + 1 >= len(tokens) or tokens[index].lower not in ("and", "to", "until"):
        return None
    return next((time for time in cast.times if time.spans[0][0] == tokens[index + 1].begin), None)


def _distance(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
