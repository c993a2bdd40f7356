"""When a figure is true of: the time of its clause, one that opens the sentence, or "now"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.grounds import follows_closely
from marsad.reading.figures.sentence_cast import Cast, clause_at, token_at
from marsad.reading.figures.sites import scene
from marsad.reading.figures.slot_words import anaphors, now_phrases, slot_words
from marsad.reading.syntax import grammar, is_finite
from marsad.reading.text import Token
from marsad.records import interval
from marsad.records.reading import Claim, Interval, Time
from marsad.records.spans import Span, any_contains, hull, overlaps

_KEPT = 16  # sentences whose times are kept
_OPENING = 3  # tokens before a time that opens the sentence
_ANTECEDENT = 3  # tokens between a time and the "when" that takes it up
_SINCE = 10  # tokens of "since the abortive coup of army officers in"
_BEGUN = 18  # tokens of "since a relentless barrage of shelling began"
_HEAD = 6  # tokens at the head of a sentence that take up the one before
_OWNED = 14  # tokens of "'s chemical attack on Rasta in Alar province,"
_NEAR_DAY = 31  # days within which a time names one happening
_APART = frozenset({"where", "which", "who", "after", "before"})  # begin a clause with a time of its own
_ADVERBS = frozenset(
    {"and", "but", "early", "late", "earlier", "later", "back", "then", "so", "only", "just"}
)
_OTHERS = frozenset({"another", "other", "others", "more"})
_PERFECT = frozenset({"has", "have", "had", "will", "would", "could", "may", "might", "are", "is"})
TIMED = frozenset(
    {
        "as", "at", "between", "by", "during", "for", "from", "in", "on", "over", "since", "through",
        "throughout", "till", "until", "within",
    }
)  # fmt: skip


def interval_of(
    cast: Cast, found: Counted, claim: Claim, of_flow: Time | None, *, flow: bool, harm: bool
) -> Interval | None:
    """The time that the figure is true of: of its clause, or one that opens the sentence.

    `of_flow` is the time that `named_time` finds for a flow.
    A time of the attribution ("On Monday officials said") is true of a level, not of a flow. "Now"
    is the document's date, where that is known. A flow that goes on with the sentence before ("The
    attack killed 12") has its day; `harm` to people does, where its own sentence names neither day nor place.
    """
    around = clause_at(cast, found.number.first)
    alike = flow or claim.kind != "attributed"
    time = of_flow if alike else named_time(cast, found, claim, flow=False)
    if time is not None and (flow or not lasts(cast, time)):
        return _interval(cast, time)
    if not flow:
        return _now(cast, around)
    return _of_story(cast, found, claim, harm=harm)


def named_time(cast: Cast, found: Counted, claim: Claim, *, flow: bool) -> Time | None:
    """The time that the sentence names for the number; for a flow none of the attribution."""
    if not cast.times:
        return None
    tokens = cast.tokens
    around = clause_at(cast, found.number.first)
    begin, end = tokens[around.start].begin, tokens[around.stop - 1].end
    number = (tokens[found.number.first].begin, tokens[found.stop - 1].end)
    usable = [time for time in _usable(cast) if not overlaps(hull(time.spans), number)]
    if flow and claim.kind == "attributed":
        usable = [time for time in usable if any_contains(claim.spans, hull(time.spans))]
    inside = [
        time
        for time in usable
        if begin <= time.spans[0][0] and time.spans[-1][1] <= end and _is_of(tokens, found, time, claim)
    ]
    inside = inside or _only_day(tokens, usable, (begin, end), found)
    if inside:
        return min(inside, key=lambda time: (_distance(hull(time.spans), number), time.spans))
    taken_up = [time for time in cast.times if time.earliest and _is_antecedent(tokens, found, time, around)]
    if taken_up:
        return taken_up[-1]
    apart = around.start > 0 and tokens[around.start - 1].lower in _APART
    return None if apart else next((time for time in usable if _is_opening(tokens, time)), None)


def _is_antecedent(tokens: Sequence[Token], found: Counted, time: Time, around: range) -> bool:
    """ "last April, when it fired 59 missiles", "last April's attack on Alar, when 80 people died"."""
    if around.start == 0 or tokens[around.start - 1].lower != "when":
        return False
    if any(token.lower in _APART | {"that"} for token in tokens[around.start : found.number.first]):
        return False
    stop = token_at(tokens, time.spans[-1][1] - 1) + 1
    between = tokens[stop : around.start - 1]
    if stop >= around.start or any(token.is_number for token in between):
        return False
    owned = bool(between) and between[0].text in ("'s", "’s") and len(between) <= _OWNED
    return owned or len(between) < _ANTECEDENT


def _now(cast: Cast, around: range) -> Interval | None:
    """The document's date where the clause says "now" or "currently"."""
    published = cast.published
    if published.latest is None or not any(now_phrases().at(cast.tokens, index) for index in around):
        return None
    first, last = _day(published.earliest), _day(published.latest)
    return interval.parse(interval.within(first, last))


def _of_story(cast: Cast, found: Counted, claim: Claim, *, harm: bool) -> Interval | None:
    """The day of the sentence before, for what goes on with it: "The blast killed 12"."""
    told = [time for time in cast.times if claim.kind == "narrated" or _is_within(time, claim)]
    if not cast.before or told:
        return None
    tokens, earlier = cast.tokens, cast.before[-1]
    window = range(min(_HEAD, len(tokens)))
    others = {token.lower for token in tokens[max(found.number.first - 1, 0) : found.stop]} & _OTHERS
    alone = harm and not scene(cast)
    if not alone and not others and not any(anaphors().at(tokens, index) for index in window):
        return None
    if any(token.lower in _PERFECT for token in tokens[: found.number.first]):
        return None
    days = [time for time in earlier.times if _is_day(time) and _is_usable(earlier.tokens, time)]
    if alone and any(not _is_told(earlier, time) for time in days):
        return None
    return _interval(earlier, days[0]) if len({time.edtf for time in days}) == 1 else None


def _is_within(time: Time, claim: Claim) -> bool:
    return any_contains(claim.spans, hull(time.spans))


def _is_told(cast: Cast, time: Time) -> bool:
    """Whether a time is that of what is told, and not of somebody's saying so."""
    said = [claim for claim in cast.claims if claim.kind == "attributed"]
    return not said or any(_is_within(time, claim) for claim in said)


def _is_day(time: Time) -> bool:
    first, last = _day(time.earliest), _day(time.latest)
    return first is not None and last is not None and (last - first).days <= _NEAR_DAY


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


def reaches(tokens: Sequence[Token], found: Counted, time: Time) -> bool:
    """Whether no other number, clause or predicate stands between a number and the time after it."""
    first = token_at(tokens, time.spans[0][0])
    if first < found.stop:
        return True
    if not follows_closely(tokens, found, first) or _is_predicate(tokens, found.stop, first):
        return False
    inner = any(tokens[index].is_number for index in found.modifiers)  # 3 of the 20 men who fled in May
    return not (inner and tokens[found.stop].lower in ("who", "that", "which"))


def _is_predicate(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """ "... are in Syria and have fought since 2014": another predicate with a time of its own."""
    return any(
        tokens[index].lower == "and" and tokens[index + 1].lower in grammar().auxiliaries
        for index in range(start, stop - 1)
    )


def since_before(tokens: Sequence[Token], first: int) -> int | None:
    """Index of the "since" that a time at token `first` belongs to.

    "Since an abortive coup in 2016", and "since a barrage of shelling and airstrikes began on Sunday".
    """
    words = slot_words().times.beginnings
    begins = any(token.lower in words for token in tokens[max(first - 2, 0) : first])
    for at in range(first - 1, max(first - (_BEGUN if begins else _SINCE), -1), -1):
        word = tokens[at].lower
        if word == "since":
            return at
        if not begins and (not tokens[at].is_word or is_finite(tokens[at])):
            return None
        if tokens[at].is_number or tokens[at].text in (";", ":"):
            return None
    return None


def lasts(cast: Cast, time: Time) -> bool:
    """Whether the time is a stretch in which things happened: "in the last 18 months"."""
    index = token_at(cast.tokens, time.spans[0][0])
    before = cast.tokens[index - 1].lower if index > 0 else ""
    return time.type == "DURATION" and before != "for"


def _is_of(tokens: Sequence[Token], found: Counted, time: Time, claim: Claim) -> bool:
    """Whether nothing parts the time from the number: a new clause after it, "said ... that" before."""
    first = token_at(tokens, time.spans[0][0])
    if first >= found.stop:
        return reaches(tokens, found, time)
    stop = token_at(tokens, time.spans[-1][1] - 1) + 1
    if first > _OPENING and _is_closed_off(tokens, stop):
        return False
    that = next((at for at in range(first, found.number.first) if tokens[at].lower == "that"), None)
    if first <= _OPENING or that is None:
        return True
    before = first - 1 if first > 0 and tokens[first - 1].lower in TIMED else first
    speaks = before > 0 and is_finite(tokens[before - 1])
    return not speaks and any_contains(claim.spans, hull(time.spans)) and that - first <= _ANTECEDENT


def _is_closed_off(tokens: Sequence[Token], stop: int) -> bool:
    """ "the decision last May to withdraw 900 men", "a body set up in 2016, has counted 900 crimes"."""
    if tokens[stop].lower == "to":
        return True
    follower = tokens[stop + 1] if stop + 1 < len(tokens) else None
    return tokens[stop].text == "," and follower is not None and is_finite(follower)


@lru_cache(maxsize=_KEPT)
def _usable(cast: Cast) -> tuple[Time, ...]:
    return tuple(time for time in cast.times if _is_usable(cast.tokens, time))


def _is_usable(tokens: Sequence[Token], time: Time) -> bool:
    """A time that stands as an adverbial, not as a name: "in 2014", not "the 2014 war"."""
    if time.earliest is None and time.latest is None:
        return False
    index = token_at(tokens, time.spans[0][0])
    words = [token.lower for token in tokens[max(index - 2, 0) : index]]
    stop = token_at(tokens, time.spans[-1][1] - 1) + 1
    follower = tokens[stop] if stop < len(tokens) else None
    names = follower is not None and follower.text in ("’", "'", "'s", "’s")
    if names:  # killed in Saturday's attack
        return index > 0 and tokens[index - 1].lower in ("in", "by", "during") and _is_day(time)
    timed = index == 0 or any(word in TIMED for word in words) or not tokens[index].is_number
    return timed or since_before(tokens, index) is not None


def _interval(cast: Cast, time: Time) -> Interval:
    """The interval of `time`, open after "since" and before "until", joined in "between A and B"."""
    tokens = cast.tokens
    index, stop = token_at(tokens, time.spans[0][0]), token_at(tokens, time.spans[-1][1] - 1) + 1
    before = tokens[index - 1].lower if index > 0 else ""
    if start := _start_of_range(cast, index):
        return _interval(cast, start)
    edtf, end = time.edtf, _end_of_range(cast, stop)
    if since_before(tokens, index) is not None and time.earliest:
        edtf = f"{edtf}/.." if _is_plain(edtf) else interval.throughout(_day(time.earliest), None)
    elif before in ("until", "till") and time.latest:
        edtf = f"../{edtf}" if _is_plain(edtf) else interval.throughout(None, _day(time.latest))
    elif end and _is_range(before, time, end):
        edtf = interval.throughout(_day(time.earliest), _day(end.latest))
    return interval.parse(edtf, time=time.id)


def _is_plain(edtf: str | None) -> bool:
    """A day, a month or a year, which may stand at an end of an interval."""
    return edtf is not None and edtf.replace("-", "").isdigit()


def _is_rising(time: Time, end: Time) -> bool:
    return time.earliest is not None and end.latest is not None and time.earliest <= end.latest


def _is_range(before: str, time: Time, end: Time) -> bool:
    """ "between January and May", "in January and February"."""
    return (before in ("between", "from") and _is_rising(time, end)) or _follows_on(time, end)


def _follows_on(time: Time, end: Time) -> bool:
    """Whether the second time begins right after the first."""
    last, first = _day(time.latest), _day(end.earliest)
    return last is not None and first is not None and first - last == timedelta(days=1)


def _start_of_range(cast: Cast, index: int) -> Time | None:
    """The time that a range begins with, whose end begins at token `index`: "between January and May"."""
    tokens = cast.tokens
    if index < 2 or tokens[index - 1].lower not in ("and", "to", "until"):
        return None
    start = next((time for time in cast.times if time.spans[-1][1] == tokens[index - 2].end), None)
    if start is None or start.earliest is None:
        return None
    first, end = token_at(tokens, start.spans[0][0]), _end_of_range(cast, index - 1)
    before = tokens[first - 1].lower if first > 0 else ""
    return start if end is not None and _is_range(before, start, end) else None


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
