"""Whose a figure is, where, when, and within what limits: slots from the records of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from marsad.reading.counted import Counted, clause
from marsad.reading.measures import Context, contexts, follows, vocabulary
from marsad.reading.text import Sentence, Text, Token
from marsad.reading.tolls import past_inclusion
from marsad.records.reading import Actor, Claim, FigureStatus, Interval, Place, Scope, Time
from marsad.records.spans import Span, any_contains, hull, overlaps

T = TypeVar("T")

_LOCATIVE = frozenset(
    {
        "across",
        "along",
        "around",
        "at",
        "between",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "outside",
        "throughout",
        "to",
        "within",
    }
)
_ANTECEDENT = 4  # tokens between a place and the "where" that takes it up
_AFTER_COMMA = 4  # tokens of ", in northern Syria"
_OPENING = 3  # tokens before a time that opens the sentence
_BY_NOUN = 6  # tokens between a noun and "of the group"
_CONTEXT = 24
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
_JOINED = frozenset({"and", "or", ",", "&"})
_OWNED = ("strength.", "finance.", "attacks.", "territory.", "recruitment.", "origin.")
_NOT_OWNERS = frozenset({"population", "person_role", "media", "other"})
_NOT_GOVERNING = _NOT_OWNERS | {"international_org"}
_TIMED = frozenset(
    {
        "as",
        "at",
        "between",
        "by",
        "during",
        "for",
        "from",
        "in",
        "on",
        "over",
        "since",
        "through",
        "throughout",
        "till",
        "until",
        "within",
    }
)


class Cast(NamedTuple):
    """The records of one sentence, each in order of its spans."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    actors: tuple[tuple[Span, Actor], ...]  # by mention
    places: tuple[Place, ...]
    times: tuple[Time, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens


def casts(
    text: Text,
    *,
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
) -> tuple[Cast, ...]:
    """The records of a document dealt out to its sentences."""
    mentions = [(span, actor) for actor in actors for span in actor.mentions]
    by_claim = _deal(text, [(span, claim) for claim in claims for span in claim.spans])
    by_actor = _deal(text, [(span, (span, actor)) for span, actor in mentions])
    by_place = _deal(text, [(place.spans[0], place) for place in places])
    by_time = _deal(text, [(time.spans[0], time) for time in times])
    return tuple(
        Cast(
            sentence,
            tuple(by_claim.get(sentence.number, ())),
            tuple(by_actor.get(sentence.number, ())),
            tuple(by_place.get(sentence.number, ())),
            tuple(by_time.get(sentence.number, ())),
        )
        for sentence in text.sentences
    )


def _deal(text: Text, records: Iterable[tuple[Span, T]]) -> dict[int, list[T]]:
    dealt: dict[int, list[T]] = {}
    for span, record in sorted(records, key=lambda item: item[0]):
        first, last = text.sentence_at(span[0]).number, text.sentence_at(max(span[1] - 1, span[0])).number
        for number in range(first, last + 1):
            dealt.setdefault(number, []).append(record)
    return dealt


def claim_of(cast: Cast, span: Span) -> Claim | None:
    """The innermost claim that holds `span`; of equals the last."""
    holding = [claim for claim in cast.claims if any_contains(claim.spans, span)]
    return min(reversed(holding), key=_size, default=None)


def _size(claim: Claim) -> int:
    begin, end = hull(claim.spans)
    return end - begin


def subject_of(cast: Cast, found: Counted, measure: str) -> str | None:
    """Whose number it is: the name in the noun phrase, after it, or the one that governs it."""
    tokens = cast.tokens
    fighters = found.noun is not None and found.noun.kind in ("fighters", "cells", "attacks")
    if found.noun and (fighters or measure.startswith(_OWNED)):
        begin, end = tokens[found.number.first].begin, tokens[found.stop - 1].end
        if owner := _owner(span_actor for span_actor in cast.actors if overlaps(span_actor[0], (begin, end))):
            return owner
        if found.stop < len(tokens) and tokens[found.stop].lower in ("of", "from", "belonging", "loyal"):
            near = (tokens[found.stop].begin, tokens[min(found.stop + _BY_NOUN, len(tokens)) - 1].end)
            if owner := _owner(mention for mention in cast.actors if overlaps(mention[0], near)):
                return owner
    if not measure.startswith(_OWNED):
        return None
    return _governing(cast, found, measure)


def _governing(cast: Cast, found: Counted, measure: str) -> str | None:
    """The nearest name before the number, in its clause; of fighters one that is said to have them."""
    tokens, first = cast.tokens, found.number.first
    before = (tokens[clause(tokens, first).start].begin, tokens[first].begin)
    for span, actor in reversed(cast.actors):
        if not overlaps(span, before) or actor.kind in _NOT_GOVERNING:
            continue
        between = {token.lower for token in tokens[_index(tokens, span[1] - 1) + 1 : first]}
        if measure.startswith("strength.") and not between & vocabulary().links.possession:
            return None
        return actor.id
    return None


def _owner(mentions: Iterable[tuple[Span, Actor]]) -> str | None:
    return next((actor.id for _, actor in mentions if actor.kind not in _NOT_OWNERS), None)


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
    before = [place for place in names if begin <= place.spans[0][0] and place.spans[-1][1] <= number[0]]
    if found.number.unit and found.number.unit.role == "money":  # a capital that asks or pays is no place
        before = [place for place in before if _is_located(tokens, place)]
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
    gap = around.start - 1 - _index(tokens, place.spans[-1][1] - 1)
    return 0 < gap <= _ANTECEDENT


def follows_closely(tokens: Sequence[Token], found: Counted, offset: int) -> bool:
    """Whether no other number, and no new clause after a comma, stands between noun and `offset`."""
    stop = _index(tokens, offset)
    for index in range(past_inclusion(tokens, found.stop), stop):
        if tokens[index].is_number:
            return False
        if tokens[index].text == "," and stop - index > _AFTER_COMMA:
            return False
    return True


def _is_name_of_actor(cast: Cast, place: Place) -> bool:
    span = hull(place.spans)
    return any(overlaps(span, mention) and actor.kind != "state" for mention, actor in cast.actors)


def _is_located(tokens: Sequence[Token], place: Place) -> bool:
    index = _index(tokens, place.spans[0][0])
    words = [token.lower for token in tokens[max(index - 5, 0) : index]]
    return any(word in _LOCATIVE for word in words)


def _coordinated(tokens: Sequence[Token], places: Sequence[Place]) -> tuple[str, ...]:
    """ "Syria and Iraq" are two places, "Baghuz, Syria" is one within the other."""
    kept = [places[0]]
    for place in places[1:]:
        gap = tokens[_index(tokens, kept[-1].spans[-1][1] - 1) + 1 : _index(tokens, place.spans[0][0])]
        if not gap or any(token.lower not in _JOINED and token.lower != "the" for token in gap):
            break
        kept.append(place)
    return _innermost(kept)


def _run_before(tokens: Sequence[Token], places: Sequence[Place]) -> tuple[str, ...]:
    kept = [places[-1]]
    for place in reversed(places[:-1]):
        gap = tokens[_index(tokens, place.spans[-1][1] - 1) + 1 : _index(tokens, kept[0].spans[0][0])]
        if not gap or any(token.lower not in _JOINED for token in gap):
            break
        kept.insert(0, place)
    return _innermost(kept)


def _innermost(places: Sequence[Place]) -> tuple[str, ...]:
    containers = {place.within for place in places}
    return tuple(dict.fromkeys(place.id for place in places if place.id not in containers))


def _opens(sentence: Sentence, place: Place) -> bool:
    """ "In Aleppo, ...": the place stands at the head of the sentence."""
    tokens = sentence.tokens
    index = _index(tokens, place.spans[0][0])
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
    opening = [time for time in usable if _index(tokens, time.spans[0][0]) <= _OPENING]
    nearest = min(inside, key=lambda time: (_distance(hull(time.spans), number), time.spans), default=None)
    time = nearest or next(iter(opening), None)
    return _interval(time) if time else None


def _is_of(tokens: Sequence[Token], found: Counted, time: Time) -> bool:
    """Whether nothing parts the time from the number: a new clause after it, a "that" before it."""
    first = _index(tokens, time.spans[0][0])
    if first >= found.stop:
        return follows_closely(tokens, found, time.spans[0][0])
    return first <= _OPENING or not any(token.lower == "that" for token in tokens[first : found.number.first])


def _is_usable(tokens: Sequence[Token], time: Time) -> bool:
    """A time that stands as an adverbial, not as a name: "in 2014", not "the 2014 war"."""
    if time.earliest is None and time.latest is None:
        return False
    index = _index(tokens, time.spans[0][0])
    words = [token.lower for token in tokens[max(index - 2, 0) : index]]
    stop = _index(tokens, time.spans[-1][1] - 1) + 1
    follower = tokens[stop] if stop < len(tokens) else None
    names = follower is not None and follower.text in ("’", "'", "'s", "’s")
    return not names and (index == 0 or any(word in _TIMED for word in words) or not tokens[index].is_number)


def _interval(time: Time) -> Interval:
    return Interval(earliest=time.earliest, latest=time.latest, edtf=time.edtf, time=time.id)


def _distance(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def scope_of(cast: Cast, found: Counted, text: str) -> Scope | None:
    """The words that limit the figure: "in Iraq and Syria alone", "since 2014", "so far"."""
    tokens = cast.tokens
    around = clause(tokens, found.number.first)
    limits = vocabulary().limits
    for index in range(found.stop, around.stop):
        if tokens[index].lower == "alone":
            first = _preposition_before(tokens, index, found.stop)
            return _scope(text, tokens[first].begin, tokens[index].end)
        for phrase in limits.without:
            if [token.lower for token in tokens[index : index + len(phrase.split())]] == phrase.split():
                stop = _phrase_end(tokens, index + 1, around.stop)
                return _scope(text, tokens[index].begin, tokens[stop - 1].end)
    return _scope_in_time(cast, found, text, around)


def _scope_in_time(cast: Cast, found: Counted, text: str, around: range) -> Scope | None:
    tokens = cast.tokens
    limits = vocabulary().limits
    for time in cast.times:
        index = _index(tokens, time.spans[0][0])
        words = {
            token.lower for token in tokens[max(index - 2, 0) : _index(tokens, time.spans[-1][1] - 1) + 1]
        }
        if index not in around or not words & (limits.since | set(limits.recent)) or time.type == "SET":
            continue
        first = _preposition_before(tokens, index, max(index - 3, around.start))
        if tokens[first].lower in _TIMED:
            return _scope(text, tokens[first].begin, time.spans[-1][1])
    return None


def _scope(text: str, begin: int, end: int) -> Scope:
    return Scope(text=text[begin:end], spans=((begin, end),))


def _preposition_before(tokens: Sequence[Token], index: int, first: int) -> int:
    at = index
    while at > first and tokens[at].lower not in _TIMED:
        at -= 1
    return at


def _phrase_end(tokens: Sequence[Token], index: int, last: int) -> int:
    while index < last and tokens[index].text not in (",", "."):
        index += 1
    return index


def status_of(cast: Cast, found: Counted, claim: Claim) -> FigureStatus:
    """Observed, unless the words around it in its clause, or the claim, say otherwise."""
    if claim.polarity == "denied":
        return "denied"
    seen = _contexts_of(cast, found)
    if claim.attitude == "request":
        seen.add("demanded")
    if claim.attitude == "intention":
        seen.add("planned")
    if claim.cue and any(token.lower in _estimates() for token in _cue_tokens(cast, claim)):
        seen.add("estimated")
    first = found.number.first
    if first > 0 and cast.tokens[first - 1].lower in _DEFINITE:  # to withdraw its 2,000 troops
        seen &= {"estimated"}
    order: tuple[Context, ...] = ("demanded", "planned", "estimated", "projected")
    return next((context for context in order if context in seen), "observed")


def _contexts_of(cast: Cast, found: Counted) -> set[Context]:
    tokens, number = cast.tokens, found.number
    first = max(clause(tokens, number.first).start, number.first - _CONTEXT)
    seen: set[Context] = set()
    for index in range(first, number.stop):
        match = contexts().at(tokens, index)
        if match and (index == 0 or not tokens[index].is_title):  # May is a month
            seen.add(match.value)
    if after := follows().at(tokens, found.stop):
        seen.add(after.value)
    return seen


def _estimates() -> frozenset[str]:
    return frozenset(vocabulary().context["estimated"])


def _cue_tokens(cast: Cast, claim: Claim) -> list[Token]:
    spans = claim.cue.spans if claim.cue else ()
    return [token for token in cast.tokens if any(overlaps((token.begin, token.end), s) for s in spans)]


def _index(tokens: Sequence[Token], offset: int) -> int:
    """Index of the first token that ends after `offset`."""
    return next((index for index, token in enumerate(tokens) if token.end > offset), len(tokens) - 1)
