"""The places of a sentence as sites: what stands in it as a place, and not as a state or a locator."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from marsad.reading.figures.measures import vocabulary
from marsad.reading.figures.sentence_cast import Cast, token_at
from marsad.reading.figures.slot_words import demonyms, slot_words
from marsad.reading.syntax import closed_class, grammar, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Place
from marsad.records.spans import hull, overlaps

_LOCATING = 5  # tokens of "in the besieged town of"
_LOCATOR = 9  # tokens of ", a rebel-held town in the south of"
KEPT = 16  # sentences whose sites are kept: that of the figure and those before it
_ADJECTIVES = 3  # tokens of "the sprawling"
_TAKING_UP = frozenset({"the", "this", "that"})
_OWNED = 4  # tokens of "'s industrial east"
_SPEAKING = 6  # tokens between a word of speech and its place
_JOINED = frozenset({"and", "or", ",", "&"})
_QUOTES = frozenset("‘’“”\"'")
_INTO = frozenset({"in", "at", "near", "inside", "to", "outside", "from"})
_INSIDE = frozenset({"in", "inside", "across", "throughout", "within", "around", "over", "at"})
_AND = frozenset({"and", "or", "&"})
_NOT_AT = frozenset({"like", "as", "than", "for", "including", "with", "by", "against"})
_PEOPLES = ("ian", "ish", "ese")  # ends of adjectives
_FOUGHT_FOR = frozenset({"for", "on", "against", "of"})  # the battle for Alar
_NEIGHBOURING = frozenset({"neighbouring", "neighboring", "nearby"})
_TOWNS = frozenset({"city", "town", "village"})
_BEFALLS = frozenset({"fell", "has", "had", "is", "was", "remains", "remained", "lies", "came"})
_WIDE = frozenset({"country", "water", "other"})
_NEAR = frozenset({"in", "near", "outside", "of", "at", "on", "from", "inside", "within"})
LOCATIVE = frozenset(
    {
        "across", "along", "around", "at", "between", "in", "inside", "into", "near", "of",
        "off", "on", "outside", "throughout", "to", "within",
    }
)  # fmt: skip


class Site(NamedTuple):
    """A place with its tokens `[first, stop)`, with the words that say where it is.

    `located`: a preposition of place governs it.
    """

    place: Place
    first: int
    stop: int
    located: bool


@lru_cache(maxsize=KEPT)
def sites(cast: Cast) -> tuple[Site, ...]:
    """The places of a sentence, without those in the name of an actor.

    Nor those that only say where another is: in "Rasta, a town in Alar province" Rasta is the site.
    """
    tokens, found = cast.tokens, list[Site]()
    beside: int | None = None  # token after a place that another is beside
    for place in cast.places:
        if _is_name_of_actor(cast, place):
            continue
        first, stop = token_at(tokens, place.spans[0][0]), token_at(tokens, place.spans[-1][1] - 1) + 1
        if tokens[stop - 1].end != place.spans[-1][1]:  # US-backed
            continue
        if found and _is_owned(tokens, found[-1], first):
            found[-1] = Site(place, first, stop, found[-1].located)
            continue
        if found and _is_locator(tokens, found[-1].stop, first):
            found[-1] = found[-1]._replace(stop=stop)
            continue
        if _is_beside(tokens, first):
            beside = stop  # and those joined to it
        elif beside is None or not is_list(tokens[beside:first]):
            beside = None
            joined = bool(found) and found[-1].located and is_list(tokens[found[-1].stop : first])
            joined = joined and not _is_possessive(tokens, stop)
            found.append(Site(place, first, stop, joined or is_located(tokens, first, stop)))
    return tuple(found)


def _is_owned(tokens: Sequence[Token], owner: Site, first: int) -> bool:
    """ "Ilyria's far eastern Alar province": the second is the site."""
    between = tokens[owner.stop + 1 : first]
    return (
        _is_possessive(tokens, owner.stop)
        and len(between) < _OWNED
        and all(token.is_word and token.lower not in grammar().prepositions for token in between)
    )


def _is_beside(tokens: Sequence[Token], first: int) -> bool:
    """ "an area bordering X", "south of X" are not X."""
    if first == 0:
        return False
    words = slot_words().places
    before = tokens[first - 1].lower
    if before in _NEIGHBOURING and first > 1 and tokens[first - 2].lower in LOCATIVE | {"from"}:
        return False  # in neighbouring X
    side = before == "of" and first > 1 and tokens[first - 2].lower in words.compass
    return before in words.beside or (side and tokens[first - 3].lower != "the")  # in the east of X


def is_list(between: Sequence[Token]) -> bool:
    return 0 < len(between) <= 3 and _joins([token.lower for token in between])


def _is_name_of_actor(cast: Cast, place: Place) -> bool:
    span = hull(place.spans)
    return any(overlaps(span, mention) and actor.kind != "state" for mention, actor in cast.actors)


def _is_locator(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether the words between two places make the second say where the first is."""
    gap = [token.lower for token in tokens[start:stop]]
    if not 1 < len(gap) <= _LOCATOR:
        return bool(gap) and gap[0] in ("in", "near", "of")
    words = slot_words().places
    known = words.types | words.compass | grammar().determiners
    preposition = next((at for at, word in enumerate(gap) if word in _NEAR), None)
    if preposition is None or any(token.is_number or is_finite(token) for token in tokens[start:stop]):
        return False
    after = [word for word in gap[preposition + 1 :] if word not in _NEAR and word != ","]
    if not all(word in known or word.endswith("n") or "-" in word for word in after):
        return False
    if all(word in words.types for word in gap[:preposition]) and preposition > 0:  # Alar region of Ilyria
        return True
    if preposition == 0:
        return gap[0] not in ("from", "at", "on", "of")
    apposition = [word for word in gap[1:preposition] if word not in known]
    return gap[0] == "," and len(apposition) <= 2 and _AND.isdisjoint(gap) and (
        preposition == 1 or bool(words.types & set(gap[1:preposition]))
    )  # fmt: skip


def is_located(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether a preposition of place governs the name: "in the besieged town of X"."""
    if _is_possessive(tokens, stop):
        words = {token.lower for token in tokens[stop + 1 : stop + _OWNED]}
        if words.isdisjoint(slot_words().places.types | slot_words().places.compass):
            return False
    for at in range(first - 1, max(first - _LOCATING, 0) - 1, -1):
        word = tokens[at].lower
        if _is_away(tokens, at):
            return False
        if word in slot_words().places.reaching and at == first - 1:
            return True
        if word in _FOUGHT_FOR and at > 0 and tokens[at - 1].lower in slot_words().places.battles:
            return True
        if word in LOCATIVE:
            return word != "to" or at == first - 1
        plural = tokens[at].is_title and word.endswith("s")  # 83% of Turks view X
        if word in _QUOTES:
            continue
        if plural or not tokens[at].is_word or (word in closed_class() and word not in grammar().determiners):
            return False
    return False


def _is_away(tokens: Sequence[Token], at: int) -> bool:
    """ "driven out of X", "their journey to X": those counted are not there."""
    word, before = tokens[at].lower, tokens[at - 1].lower
    return (word == "of" and before == "out") or (word == "to" and before in slot_words().places.journeys)


def _is_possessive(tokens: Sequence[Token], stop: int) -> bool:
    return stop < len(tokens) and tokens[stop].text in ("'s", "’s")


def run_from(tokens: Sequence[Token], found: Sequence[Site]) -> tuple[str, ...]:
    """The first of `found` with those joined to it: "Iraq, Syria and Libya", not "Baghuz, Syria"."""
    kept, joined = [found[0]], 1
    for site in found[1:]:
        gap = _gap(tokens, kept[-1], site)
        if not gap or not _joins(gap):
            break
        kept.append(site)
        joined = len(kept) if _AND & set(gap) else joined
    return _innermost(kept[:joined])


def run_to(tokens: Sequence[Token], found: Sequence[Site]) -> tuple[str, ...]:
    """The last of `found` with those joined to it."""
    kept, joined = [found[-1]], False
    for site in reversed(found[:-1]):
        gap = _gap(tokens, site, kept[0])
        joined = joined or bool(_AND & set(gap))
        if not gap or not joined or not _joins(gap):
            break
        kept.insert(0, site)
    return _innermost(kept)


def _joins(gap: Sequence[str]) -> bool:
    """ "Iraq and rural Syria"."""
    return all(word in _JOINED | {"the", "rural"} or word in slot_words().places.compass for word in gap)


def _gap(tokens: Sequence[Token], first: Site, second: Site) -> list[str]:
    """The words between two places."""
    return [token.lower for token in tokens[first.stop : second.first]]


def _innermost(found: Sequence[Site]) -> tuple[str, ...]:
    containers = {site.place.within for site in found}
    return tuple(dict.fromkeys(site.place.id for site in found if site.place.id not in containers))


@lru_cache(maxsize=KEPT)
def scene(cast: Cast) -> tuple[str, ...]:
    """Where a sentence plays: the last narrow place of it with those joined to it, else the last country.

    Not where somebody speaks, and no state or capital that acts.
    """
    found: list[Site] = []
    last: Site | None = None
    for site in sites(cast):
        joined = last is not None and is_list(cast.tokens[last.stop : site.first])
        if _is_scene(cast, site) and (not joined or site.located or found[-1:] == [last]):
            found.append(site)  # of "areas including Rasta and Alar" neither
        last = site
    located = [site for site in found if site.located or _is_owner(cast.tokens, site)]
    for ranked in (located, found):
        narrow = [site for site in ranked if not _is_wide(site.place)]
        if narrow or ranked:
            return run_to(cast.tokens, narrow or ranked)
    return ()


def _is_wide(place: Place) -> bool:
    """A country, a water or a region of several countries."""
    return place.kind in _WIDE or (place.kind == "region" and place.country is None)


def _is_owner(tokens: Sequence[Token], site: Site) -> bool:
    return not _is_wide(site.place) and _is_possessive(tokens, site.stop)


def _is_scene(cast: Cast, site: Site) -> bool:
    tokens = cast.tokens
    follower = tokens[site.stop].lower if site.stop < len(tokens) else ""
    if site.located:
        wide = _is_wide(site.place) and not _is_inside(tokens, site.first)
        return not wide and not _is_of_speech(tokens, site)
    if follower in slot_words().places.of_it:
        return True
    if site.first == 0 and site.place.kind in _TOWNS:
        return follower in _BEFALLS  # Dorat fell
    if site.first == 0 or _is_wide(site.place) or tokens[site.first - 1].lower in _NOT_AT:
        return False
    if _is_away(tokens, site.first - 1):
        return False
    span = hull(site.place.spans)
    return not any(overlaps(span, mention) for mention, _ in cast.actors)


def _is_inside(tokens: Sequence[Token], first: int) -> bool:
    """ "in Ilyria", "throughout northern Ilyria"; "the help of Ilyria" is not of its soil."""
    return any(token.lower in _INSIDE for token in tokens[max(first - _LOCATING, 0) : first])


def _is_of_speech(tokens: Sequence[Token], site: Site) -> bool:
    """ "told reporters in Alar", "at a conference in Beni"."""
    words = {token.lower for token in tokens[max(site.first - _SPEAKING, 0) : site.first]}
    return not words.isdisjoint(slot_words().places.speaking)


def taken_up(cast: Cast, around: range, here: Sequence[Site]) -> Place | None:
    """The place named before that "the camp" in the clause stands for."""
    tokens = cast.tokens
    for index in around:
        kinds = vocabulary().taken_up.get(tokens[index].lower)
        if kinds is None or not _is_definite(tokens, index):
            continue
        if index + 2 < len(tokens) and tokens[index + 1].lower == "of" and tokens[index + 2].is_title:
            continue  # the city of Raqqa
        before = [site for site in here if site.first < index and site.place.kind in kinds]
        if tokens[index].lower == "country":
            at = [site.place for site in before if _is_at(tokens, site)]
            inside = index > 1 and tokens[index - 2].lower in _INSIDE  # not those who have fled it
            return at[-1] if at else cast.home or cast.setting or (_in_scene(cast, kinds) if inside else None)
        if not before and (place := _in_scene(cast, kinds)):
            return place
        told = [*(place for place in cast.told if place.kind in kinds), *(site.place for site in before)]
        return told[-1] if told else None
    return None


def _in_scene(cast: Cast, kinds: Set[str]) -> Place | None:
    """The place of one of these kinds where the sentence before plays; where it is is not meant."""
    if not cast.before:
        return None
    last = cast.before[-1]
    found = scene(last)
    return next((place for place in last.places if place.id in found and place.kind in kinds), None)


def _is_at(tokens: Sequence[Token], site: Site) -> bool:
    return site.located or (site.first > 0 and tokens[site.first - 1].lower == "from")


def _is_definite(tokens: Sequence[Token], index: int) -> bool:
    """ "the camp", "the sprawling camp"."""
    for at in range(index - 1, max(index - _ADJECTIVES, -1), -1):
        word = tokens[at].lower
        if word in _TAKING_UP:
            return True
        if word in closed_class() or not tokens[at].is_word or tokens[at].is_title:
            return False
    return False


@lru_cache(maxsize=KEPT)
def focus(cast: Cast, far: int) -> tuple[str, ...]:
    """The scene of the nearest of the `far` sentences before; a country only of the last of them."""
    wide = {place.id for earlier in cast.before for place in earlier.places if _is_wide(place)}
    for back, earlier in enumerate(reversed(cast.before[-far:])):
        place = None
        found = scene(earlier)
        if not found and (place := taken_up(earlier, range(len(earlier.tokens)), ())):
            found = (place.id,)
        if found and (back == 0 or wide.isdisjoint(found)):
            return found
    return ()


def named_before(cast: Cast) -> tuple[str, ...]:
    """What "there" is where the sentence before plays nowhere: "A withdrawal from Ilyria was announced".

    The last place that is left in it, else the one that it opens with, else its only one.
    """
    before = cast.before[-1] if cast.before else None
    told = sites(before) if before else ()
    found = [site for site in told if before and _is_at(before.tokens, site)]
    if found or len({site.place.name for site in told}) == 1:
        return ((found or told)[-1].place.id,)
    return topic(before) if before else ()


def topic(cast: Cast) -> tuple[str, ...]:
    """The place that a sentence opens with, and tells of: "Oak Camp lies in the desert"."""
    opening = next((site for site in sites(cast) if site.first <= 1), None)
    if opening is None or opening.located or opening.stop >= len(cast.tokens):
        return ()
    verb = cast.tokens[opening.stop]
    stative = slot_words().aspects.stative | grammar().auxiliaries
    tells = is_finite(verb) or verb.lower in stative or verb.lower.endswith("ed")
    article = opening.first == 0 or cast.tokens[0].lower == "the"
    return (opening.place.id,) if tells and article else ()


@lru_cache(maxsize=KEPT)
def names_another(cast: Cast) -> bool:
    """Whether a name stands where a place would that no record knows: "at Wadi Hara"."""
    tokens = cast.tokens
    known = [span for place in cast.places for span in place.spans]
    known += [span for time in cast.times for span in time.spans]
    known += [span for span, _ in cast.actors]
    for before, token in pairwise(tokens):
        if token.is_name and before.lower in _INTO and not (token.text.isupper() or _is_of_people(token)):
            span = (token.begin, token.end)
            if not any(overlaps(span, other) for other in known):
                return True
    return False


def _is_of_people(token: Token) -> bool:
    """ "in Alarian custody": the adjective of a people."""
    return token.lower in demonyms() or token.lower.endswith(_PEOPLES)
