"""Where a figure is true of: the places of its clause, of its sentence, or of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.sentence_cast import Cast, clause_at, token_at
from marsad.reading.figures.sites import (
    KEPT,
    LOCATIVE,
    Site,
    focus,
    is_list,
    names_another,
    run_from,
    run_to,
    scene,
    sites,
    taken_up,
)
from marsad.reading.figures.slot_words import slot_words
from marsad.reading.figures.tolls import past_inclusion
from marsad.reading.syntax import grammar, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Claim
from marsad.records.spans import hull, overlaps

_ANTECEDENT = 4  # tokens between a place and the "where" that takes it up
_FAR = 2  # sentences back that may say where somebody came to harm
_NEAR = 1  # and where others are
_HOUSING = 6  # tokens of "is now home to"
_APPOSITION = 9  # tokens of ", a research group in"
_ARTICLES = frozenset({"a", "an", "the"})
_AFTER_COMMA = 4  # tokens of ", in northern Syria"
_AT = frozenset({"in", "inside", "at", "near", "around", "on", "across"})
_BE = frozenset({"are", "is", "was", "were", "be", "been"})
_FAR_SIDE = frozenset({"far", "extreme"})
_CLOSING = frozenset(
    {"and", "but", "with", "where", "who", "while", "after", "since", "as", "are", "is", "were", "was"}
)
_CONTRASTS = frozenset({"while", "whereas", "but", "although", "though", ";", ":"})
_BEGINS = frozenset({",", "and", "but", "that", "–", "—", "while", "the", ";", ":", "where"})


def places_of(cast: Cast, found: Counted, measure: str, claim: Claim) -> tuple[str, ...]:
    """The places of the clause: those that follow with a preposition, else the nearest before.

    Where the clause has none, what "the camp" takes up, else a place elsewhere in the sentence; and
    of a sentence that names no scene the scene of the one before, for what is told of places.
    """
    here = [
        site
        for site in sites(cast)
        if not _is_of_speaker(site, found, cast, claim) and not _is_apposed(cast.tokens, site)
    ]
    return _of_sentence(cast, found, here) or _there(cast, found, here) or _of_story(cast, found, measure)


def _is_of_speaker(site: Site, found: Counted, cast: Cast, claim: Claim) -> bool:
    """ "... 300 people, said a doctor in Alar": after the number, and outside what is claimed."""
    span = hull(site.place.spans)
    outside = claim.kind == "attributed" and not any(overlaps(span, piece) for piece in claim.spans)
    return outside and site.first >= found.stop


def _of_sentence(cast: Cast, found: Counted, here: Sequence[Site]) -> tuple[str, ...]:
    tokens, first = cast.tokens, found.number.first
    around = clause_at(cast, first)
    if owner := next(
        (site for site in here if _owns(tokens, found, site) or _is_host(tokens, found, site)), None
    ):
        return (owner.place.id,)
    after = [site for site in here if found.stop <= site.first and site.stop <= around.stop]
    for at, site in enumerate(after):
        at_it = site.located or _is_left(tokens, found, site, around)
        if at_it and follows_closely(tokens, found, site.first):
            return run_from(tokens, after[at:])
    if _is_money(found):
        heads = [site for site in here if _opens(tokens, site) or _is_antecedent(tokens, site, around)]
        return (heads[-1].place.id,) if heads else ()
    before: list[Site] = []
    for site in here:
        if around.start <= site.first and site.stop <= first:
            joined = bool(before) and is_list(tokens[before[-1].stop : site.first])
            if joined or _is_ground(tokens, found, site, around):
                before.append(site)
    if before:
        return run_to(tokens, before)
    heads = [site for site in here if _opens(tokens, site) or _is_antecedent(tokens, site, around)]
    named = heads[-1].place if heads else taken_up(cast, around, here)
    if named:
        return (named.id,)
    return _elsewhere(cast, found, here) or _only_scene(cast, found, here)


def _is_apposed(tokens: Sequence[Token], site: Site) -> bool:
    """ "the Monitor, a research group in Alar, counts 900": where somebody sits, and not those counted."""
    if site.stop >= len(tokens) or tokens[site.stop].text != ",":
        return False
    for at in range(site.first - 1, max(site.first - _APPOSITION, 0), -1):
        if tokens[at].text == ",":
            return tokens[at + 1].lower in _ARTICLES and tokens[at - 1].is_title
        if is_finite(tokens[at]) or not tokens[at].is_word:
            return False
    return False


def _is_left(tokens: Sequence[Token], found: Counted, site: Site, around: range) -> bool:
    """ "withdraw 900 soldiers from Alar", "900 people evacuated from Alar"; not "fighters from Alar"."""
    before = [token.lower for token in tokens[max(site.first - 2, 0) : site.first]]
    if before[-1:] != ["from"] and before != ["out", "of"]:
        return False
    words = {token.lower for token in tokens[around.start : found.number.first]}
    words |= {token.lower for token in tokens[found.stop : site.first]}
    return not slot_words().places.leaving.isdisjoint(words)


def _is_money(found: Counted) -> bool:
    return found.number.unit is not None and found.number.unit.role == "money"


def _owns(tokens: Sequence[Token], found: Counted, site: Site) -> bool:
    """ "Idlib's 3 million", "half of Idlib's people"."""
    stop = site.stop
    if stop >= len(tokens) or tokens[stop].text not in ("'s", "’s"):
        return False
    return 0 <= found.number.first - stop <= 1 or (
        site.first == found.number.stop + 1 and tokens[site.first - 1].lower == "of"
    )


def _is_host(tokens: Sequence[Token], found: Counted, site: Site) -> bool:
    """ "X is now home to 900 people from Y", "X refugee camp of 900 people in Y"."""
    first = found.number.first
    words = [token.lower for token in tokens[site.stop : first]]
    if not 0 < len(words) <= _HOUSING:
        return False
    known = slot_words().places
    named = words[-1] == "of" and any(word in known.types for word in words)
    named = named or (words == ["of"] and site.place.kind == "camp")
    return named or not known.hosts.isdisjoint(words)


def _elsewhere(cast: Cast, found: Counted, here: Sequence[Site]) -> tuple[str, ...]:
    """The places last named before the number in another clause, else those next after it.

    Not those that another number or a contrast parts from it.
    """
    tokens, first = cast.tokens, found.number.first
    located = [site for site in here if site.located]
    before = [site for site in located if site.first < first and _is_whole(cast, range(site.first, first))]
    if before:
        return run_to(tokens, before)
    after = [
        site
        for site in located
        if site.first >= found.stop
        and tokens[site.first - 1].lower in _AT
        and _is_whole(cast, range(found.stop, site.first))
    ]
    return run_from(tokens, after) if after else ()


def _is_whole(cast: Cast, between: range) -> bool:
    """Whether neither a contrast nor a number that is no date stands in `between`."""
    dated = [hull(time.spans) for time in cast.times]
    words = [cast.tokens[index] for index in between]
    numbers = [token for token in words if token.is_number]
    counts = any(not any(overlaps((token.begin, token.end), span) for span in dated) for token in numbers)
    return not counts and not any(token.lower in _CONTRASTS for token in words)


def _only_scene(cast: Cast, found: Counted, here: Sequence[Site]) -> tuple[str, ...]:
    """The one place where the sentence plays: "killed 12 and wounded 30 in Aro"."""
    only = scene(cast)
    site = next((site for site in here if only == (site.place.id,)), None)
    if site is None or (site.first == found.stop + 1 and cast.tokens[found.stop].lower == "from"):
        return ()  # "900 soldiers from Alar" may be anywhere
    others = [other for other in here if other.located and other.place.name != site.place.name]
    first, stop = found.number.first, found.stop
    between = range(site.stop, first) if site.stop <= first else range(stop, site.first)
    words = [cast.tokens[index].lower for index in between]
    parted = not _CONTRASTS.isdisjoint(words) or (first < site.first and _has_clause(words))
    return () if others or parted else only


def _has_clause(words: Sequence[str]) -> bool:
    """ "... and we are": a clause with a subject of its own."""
    joins = [at for at, word in enumerate(words) if word in (",", "and")]
    subjects = grammar().pronouns | {"the", "its", "their"}
    return any(word in subjects for at in joins for word in words[at + 1 : at + 2])


def _of_story(cast: Cast, found: Counted, measure: str) -> tuple[str, ...]:
    """The scene of the sentence before, where the number's own names none and goes on with it."""
    words = slot_words().places
    told = measure.startswith(words.told_of_places) or _remain(cast, found, measure)
    if not told or _is_money(found) or _is_share(found):
        return ()
    if measure.partition(".")[2] in words.not_told_of_places:
        return ()
    if _is_elsewhere(cast) or scene(cast) or _is_hosted(cast, found) or names_another(cast):
        return ()
    return focus(cast, _FAR if measure.startswith(words.far_told) else _NEAR)


def _remain(cast: Cast, found: Counted, measure: str) -> bool:
    """ "At least 900 fighters remain": where, the sentence before may say."""
    if not measure.startswith(("strength.", "displacement.")):
        return False
    words = {cast.tokens[index].lower for index in clause_at(cast, found.number.first)}
    return not words.isdisjoint(slot_words().places.remaining)


def _there(cast: Cast, found: Counted, here: Sequence[Site]) -> tuple[str, ...]:
    """ "About 400 people are trapped there": the scene of the words before; "in the east": the country."""
    tokens, around = cast.tokens, clause_at(cast, found.number.first)
    for index in range(found.stop, around.stop):
        follower = tokens[index + 1].lower if index + 1 < len(tokens) else "."
        if tokens[index].lower == "there" and tokens[index - 1].lower not in _BE and follower not in _BE:
            before = [site for site in here if site.located and site.stop <= found.number.first]
            return (before[-1].place.id,) if before else focus(cast, _FAR)
    if compass_at(tokens, range(found.stop, around.stop)) is None:
        return ()
    wide = [site.place for site in sites(cast) if site.stop <= found.number.first]
    wide = [place for place in wide if place.kind == "country" and not place.text.isupper()]
    country = wide[-1] if wide else cast.home
    return (country.id,) if country else ()


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
        near = 0 < len(words) <= _HOUSING and actor.kind != "armed_group" and not fighters
        if near and not slot_words().places.hosting.isdisjoint(words):
            return True
    return False


def _is_share(found: Counted) -> bool:
    return found.number.unit is not None and found.number.unit.role == "share"


def _is_antecedent(tokens: Sequence[Token], site: Site, around: range) -> bool:
    """ "Idlib province, where 3 million people live"."""
    if around.start == 0 or tokens[around.start - 1].lower not in ("where", "which"):
        return False
    return 0 < around.start - site.stop <= _ANTECEDENT


def follows_closely(tokens: Sequence[Token], found: Counted, stop: int) -> bool:
    """Whether no other number, and no new clause after a comma, stands between noun and token `stop`."""
    for index in range(past_inclusion(tokens, found.stop), stop):
        if tokens[index].is_number:
            return False
        if tokens[index].text == "," and stop - index > _AFTER_COMMA:
            return False
    return True


def _is_ground(tokens: Sequence[Token], found: Counted, site: Site, around: range) -> bool:
    """A place before the number that those counted are at: "in Aleppo", "X Camp is home to", "X 900"."""
    if site.located or site.place.kind == "camp" or site.stop == found.number.first:
        return True
    heads = site.first - around.start <= 1 or _begins(tokens[site.first - 1])
    return heads and _houses(tokens, found, site.stop)


def _begins(token: Token) -> bool:
    return token.lower in _BEGINS or is_finite(token) or token.lower.endswith("ed")


def _houses(tokens: Sequence[Token], found: Counted, index: int) -> bool:
    """ "Jordan houses 600,000 refugees"; a country that has troops is not where they are."""
    fighters = found.noun is not None and found.noun.kind == "fighters"
    words = [token.lower for token in tokens[index : found.number.first]]
    return not fighters and len(words) <= _HOUSING and not slot_words().places.hosting.isdisjoint(words)


def _opens(tokens: Sequence[Token], site: Site) -> bool:
    """ "In Aleppo, ...": the place stands at the head of the sentence."""
    return site.first <= 3 and tokens[0].lower in LOCATIVE
