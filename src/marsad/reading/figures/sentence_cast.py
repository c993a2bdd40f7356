"""The records of a document dealt out to its sentences, for annotators that read one at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from marsad.reading.figures.counted import clause
from marsad.reading.figures.slot_words import demonyms
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import Actor, Claim, Place, Published, Time
from marsad.records.spans import Span, any_contains, hull, overlaps

T = TypeVar("T")
_NEIGHBOURS = 2  # sentences before that may say where and when
_ADJECTIVES = 3  # tokens between "Ilyrian" and "camps"
_IN = frozenset({"in", "across", "throughout", "inside"})
_BEFORE = 24  # characters of "in the north of "
_WORDS = 4  # of them
_NAME = 12  # characters between "camps in" and the name
_OFTEN = 3  # mentions of a group, or of a country, that a document is about
_UNKNOWN = Published()


@dataclass(frozen=True, eq=False, slots=True)
class Cast:
    """The records of one sentence, each in order of its spans. Equal only to itself, so cheap as a key."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    actors: tuple[tuple[Span, Actor], ...]  # by mention
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    told: tuple[Place, ...] = ()  # of each kind the place last named before the sentence, in order
    before: tuple[Cast, ...] = ()  # the sentences right before it, in order, without their own
    published: Published = _UNKNOWN
    home: Place | None = None  # the country that most of the document's places are in
    group: Actor | None = None  # the armed group that the document tells of more than of any other
    camps: tuple[Place, ...] = ()  # the camps that were last told of together, or where they are
    setting: Place | None = None  # the country that the document tells of most as a place, "in Alar"

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
    published: Published = _UNKNOWN,
    wanted: Set[int],
) -> Iterator[Cast]:
    """The records of a document dealt out to those of its sentences whose numbers are `wanted`, in order."""
    mentions = [(span, actor) for actor in actors for span in actor.mentions]
    by_claim = _deal(text, [(span, claim) for claim in claims for span in claim.spans])
    by_actor = _deal(text, [(span, (span, actor)) for span, actor in mentions])
    by_place = _deal(text, [(place.spans[0], place) for place in places])
    by_time = _deal(text, [(time.spans[0], time) for time in times])
    home, group = _home(places, places), _group(actors)
    setting = _setting(text, places)
    countries = {place.country: place for place in reversed(places) if place.kind == "country"}
    told: dict[str, Place] = {}
    camps: tuple[Place, ...] = ()
    before: deque[Cast] = deque(maxlen=_NEIGHBOURS)
    kept = {number - back for number in wanted for back in range(_NEIGHBOURS + 1)}
    for sentence in text.sentences:
        number = sentence.number
        here = tuple(by_place.get(number, ()))
        camps = _camps(sentence, here, countries) or camps
        if number in kept:
            dealt = (
                sentence,
                tuple(by_claim.get(number, ())),
                tuple(by_actor.get(number, ())),
                here,
                tuple(by_time.get(number, ())),
                tuple(told.values()),
            )
            if number in wanted:
                yield Cast(*dealt, tuple(before), published, home, group, camps, setting)
            before.append(Cast(*dealt, (), published, home, group))
        for place in here:
            told.pop(place.kind, None)
            told[place.kind] = place


def _camps(
    sentence: Sentence, here: Sequence[Place], countries: Mapping[str | None, Place]
) -> tuple[Place, ...]:
    """Two camps or more of a sentence; of "camps in Alar" Alar, of "Ilyrian camps" Ilyria, if it is told."""
    named = {place.name: place for place in here if place.kind == "camp"}
    if len(named) > 1:
        return tuple(named.values())
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if token.lower != "camps":
            continue
        for word in tokens[max(index - _ADJECTIVES, 0) : index]:
            codes = demonyms().get(word.lower, ()) if word.is_title else ()
            if found := [countries[code] for code in codes if code in countries]:
                return (found[0],)
        after = tokens[index + 1 : index + 2]
        if after and after[0].lower in _IN:
            near = (after[0].end, after[0].end + _NAME)
            if place := next((place for place in here if near[0] <= place.spans[0][0] <= near[1]), None):
                return (place,)
    return ()


def _home(told: Iterable[Place], named: Sequence[Place]) -> Place | None:
    """What "the country" is: one that is named, with twice as many of the places told as any other."""
    counts = Counter(place.country for place in told if place.country)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    code = ranked[0][0]
    return next((place for place in named if place.kind == "country" and place.country == code), None)


def _setting(text: Text, places: Sequence[Place]) -> Place | None:
    """The country that most is told to be in, and that is named no less than any other."""
    told = [place for place in places if _is_setting(text, place)]
    found = _home(told, places) or _home(places, places)
    named = Counter(place.country for place in places if place.country)
    often = found is not None and sum(place.country == found.country for place in told) >= _OFTEN
    return found if found and often and named[found.country or ""] == max(named.values()) else None


def _is_setting(text: Text, place: Place) -> bool:
    """Whether the words right before a place say that something is there: "in northern Ilyria"."""
    begin = place.spans[0][0]
    before = text.text[max(begin - _BEFORE, 0) : begin].casefold().split()[-_WORDS:]
    at = max((at for at, word in enumerate(before) if word in _IN), default=None)
    return at is not None and all(word.replace("-", "").isalpha() for word in before[at:])


def _group(actors: Sequence[Actor]) -> Actor | None:
    """The armed group that is named twice as often as any other, three times at least."""
    groups = sorted((a for a in actors if a.kind == "armed_group"), key=lambda a: -len(a.mentions))
    if not groups or len(groups[0].mentions) < _OFTEN:
        return None
    clear = len(groups) == 1 or len(groups[0].mentions) >= 2 * len(groups[1].mentions)
    return groups[0] if clear else None


def _deal(text: Text, records: Iterable[tuple[Span, T]]) -> dict[int, list[T]]:
    dealt: dict[int, list[T]] = {}
    for span, record in sorted(records, key=lambda item: item[0]):
        sentence = text.sentence_at(span[0])
        first = last = sentence.number
        if span[1] > sentence.end:
            last = text.sentence_at(max(span[1] - 1, span[0])).number
        for number in range(first, last + 1):
            dealt.setdefault(number, []).append(record)
    return dealt


@lru_cache(maxsize=64)
def clause_at(cast: Cast, index: int) -> range:
    """The tokens of the clause around token `index`; many slots of one figure ask for the same."""
    return clause(cast.tokens, index)


def claim_of(cast: Cast, span: Span) -> Claim | None:
    """The innermost claim that holds `span`, or else that shares words with it; of equals the last."""
    holding = [claim for claim in cast.claims if any_contains(claim.spans, span)]
    holding = holding or [c for c in cast.claims if any(overlaps(piece, span) for piece in c.spans)]
    return min(reversed(holding), key=_size, default=None)


def told_in(cast: Cast, claim: Claim) -> Claim:
    """The claim that gives a number: of a request or a plan that somebody tells of, his statement."""
    outer = next((each for each in cast.claims if each.id == claim.parent), None)
    asked = claim.attitude in ("request", "order", "intention")
    return outer if asked and outer is not None and outer.attitude in ("statement", "belief") else claim


def _size(claim: Claim) -> int:
    begin, end = hull(claim.spans)
    return end - begin


def token_at(tokens: Sequence[Token], offset: int) -> int:
    """Index of the first token that ends after `offset`, or of the last one."""
    return min(bisect_right(tokens, offset, key=lambda token: token.end), len(tokens) - 1)
