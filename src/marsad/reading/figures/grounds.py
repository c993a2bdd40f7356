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
_TAKING_UP = frozenset({"the", "this", "that"})
_AT = frozenset({"in", "inside", "at", "near", "around", "on", "across"})
_CONTRASTS = frozenset({"while", "whereas", "but", "although", "though", ";", ":"})
_APART = frozenset({"where", "which", "who", "after", "before"})  # begin a clause with a time of its own
_LOCATIVE = frozenset(
    {
        "across", "along", "around", "at", "between", "in", "inside", "into", "near", "of",
        "off", "on", "outside", "throughout", "to", "within",
    }
)  # fmt: skip
_ADVERBS = frozenset(
    {"and", "but", "early", "late", "earlier", "later", "back", "then", "so", "only", "just"}
)
TIMED = frozenset(
    {
        "as", "at", "between", "by", "during", "for", "from", "in", "on", "over", "since", "through",
        "throughout", "till", "until", "within",
    }
)  # fmt: skip


def places_of(cast: Cast, found: Counted) -> tuple[str, ...]:
    """The places of the clause: those that follow with a preposition, else the nearest before.

    Where the clause has none, what "the camp" takes up, else a place elsewhere in the sentence.
    """
    tokens = cast.tokens
    names = [place for place in cast.places if not _is_name_of_actor(cast, place)]
    around = clause(tokens, found.number.first)
    begin, end = tokens[around.start].begin, tokens[around.stop - 1].end
    number = (tokens[found.number.first].begin, tokens[found.stop - 1].end)
    owner = next((place for place in names if _owns(tokens, found, place)), None)
    if owner is not None:
        return (owner.id,)
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
    if not named and not money:
        named = _taken_up(cast, around, names)
        return (named[-1].id,) if named else _elsewhere(cast, found, names)
    return (named[-1].id,) if named else ()


def _owns(tokens: Sequence[Token], found: Counted, place: Place) -> bool:
    """ "Idlib's 3 million"."""
    stop = token_at(tokens, place.spans[-1][1] - 1) + 1
    return 0 <= found.number.first - stop <= 1 and tokens[stop].text in ("'s", "’s")


def _taken_up(cast: Cast, around: range, names: Sequence[Place]) -> list[Place]:
    """The place named before that "the camp" in the clause stands for."""
    tokens = cast.tokens
    for index in around:
        kinds = vocabulary().taken_up.get(tokens[index].lower)
        if kinds is None or index == 0 or tokens[index - 1].lower not in _TAKING_UP:
            continue
        if index + 1 < len(tokens) and tokens[index + 1].lower == "of":  # the city of Raqqa
            continue
        before = [place for place in names if place.spans[0][0] < tokens[index].begin]
        return [place for place in (*cast.told, *before) if place.kind in kinds][-1:]
    return []


def _elsewhere(cast: Cast, found: Counted, names: Sequence[Place]) -> tuple[str, ...]:
    """The places last named before the number in another clause, else those next after it.

    Not those that another number or a contrast parts from it.
    """
    tokens, first = cast.tokens, found.number.first
    located = [(token_at(tokens, place.spans[0][0]), place) for place in names if _is_located(tokens, place)]
    before = [place for at, place in located if at < first and _is_whole(cast, range(at, first))]
    if before:
        return _run_before(tokens, before)
    after = [
        place
        for at, place in located
        if at >= found.stop and tokens[at - 1].lower in _AT and _is_whole(cast, range(found.stop, at))
    ]
    return _coordinated(tokens, after) if after else ()


def _is_whole(cast: Cast, between: range) -> bool:
    """Whether neither a contrast nor a number that is no date stands in `between`."""
    dated = [hull(time.spans) for time in cast.times]
    words = [cast.tokens[index] for index in between]
    numbers = [token for token in words if token.is_number]
    counts = any(not any(overlaps((token.begin, token.end), span) for span in dated) for token in numbers)
    return not counts and not any(token.lower in _CONTRASTS for token in words)


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
    opens = index - around.start <= 1 and _houses(tokens, found, stop)
    return opens or place.kind == "camp" or _is_located(tokens, place)


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
    apart = around.start > 0 and tokens[around.start - 1].lower in _APART
    opening = [] if apart else [time for time in usable if _is_opening(tokens, time)]
    inside = inside or _only_day(tokens, usable, (begin, end), found)
    nearest = min(inside, key=lambda time: (_distance(hull(time.spans), number), time.spans), default=None)
    time = nearest or next(iter(opening), None)
    return _interval(cast, time) if time else None


def _only_day(tokens: Sequence[Token], times: Sequence[Time], around: Span, found: Counted) -> list[Time]:
    """The one day that the clause names after several numbers: "12 killed and 30 wounded on Tuesday"."""
    inside = [time for time in times if around[0] <= time.spans[0][0] and time.spans[-1][1] <= around[1]]
    if len(inside) != 1 or inside[0].earliest != inside[0].latest:
        return []
    first = token_at(tokens, inside[0].spans[0][0])
    return inside if first >= found.stop else []


def _is_opening(tokens: Sequence[Token], time: Time) -> bool:
    """ "On Monday ...", "Late in May": not "The announcement on Monday"."""
    index = token_at(tokens, time.spans[0][0])
    return index == 0 or (index <= _OPENING and tokens[0].lower in TIMED | _ADVERBS)


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
        edtf = f"{edtf}/.." if _is_plain(edtf) else interval.throughout(_day(time.earliest), None)
    elif before in ("until", "till") and time.latest:
        edtf = f"../{edtf}" if _is_plain(edtf) else interval.throughout(None, _day(time.latest))
    elif before in ("between", "from") and end and _is_rising(time, end):
        edtf = interval.throughout(_day(time.earliest), _day(end.latest))
    return interval.parse(edtf, time=time.id)


def _is_plain(edtf: str | None) -> bool:
    """A day, a month or a year, which may stand at an end of an interval."""
    return edtf is not None and edtf.replace("-", "").isdigit()


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
