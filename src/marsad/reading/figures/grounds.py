"""Where a figure is true of: the places of its clause, of its sentence, or of the one before."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.sentence_cast import Cast, clause_at
from marsad.reading.figures.sites import (
    LOCATIVE,
    Site,
    focus,
    is_list,
    named_before,
    run_from,
    run_to,
    scene,
    sites,
    taken_up,
    topic,
)
from marsad.reading.figures.slot_words import slot_words
from marsad.reading.figures.stories import FAR, HOUSING, compass_at, countries_at, of_story
from marsad.reading.figures.tolls import past_inclusion
from marsad.reading.syntax import grammar, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Claim
from marsad.records.spans import hull, overlaps

_ANTECEDENT = 4  # tokens between a place and the "where" that takes it up
_APPOSITION = 9  # tokens of ", a research group in"
_ARTICLES = frozenset({"a", "an", "the"})
_AFTER_COMMA = 4  # tokens of ", in northern Syria"
_AT = frozenset({"in", "inside", "at", "near", "around", "on", "across"})
_TOWNS = frozenset({"city", "town", "village"})
_HOLDS = frozenset({"holds", "held", "contains", "contained"})
_HAS = frozenset({"has", "had", "still"})
_BE = frozenset({"are", "is", "was", "were", "be", "been"})
_CONTRASTS = frozenset({"while", "whereas", "but", "although", "though", ";", ":"})
_BEGINS = frozenset({",", "and", "but", "that", "–", "—", "while", "the", ";", ":", "where"})


def places_of(cast: Cast, found: Counted, measure: str, claim: Claim) -> tuple[str, ...]:
    """The places of the clause: those that follow with a preposition, else the nearest before.

    Where the clause has none, what "the camp" takes up, else a place elsewhere in the sentence; and
    of a sentence that names no scene the scene of the one before, for what is told of places.
    """
    around = clause_at(cast, found.number.first)
    here = [
        site
        for site in sites(cast)
        if _is_antecedent(cast.tokens, site, around)
        or not (_is_of_speaker(site, found, cast, claim) or _is_apposed(cast.tokens, site))
    ]
    return (
        _of_sentence(cast, found, here)
        or _there(cast, found, here)
        or _of_it(cast, found)
        or of_story(cast, found, measure)
    )


def _of_it(cast: Cast, found: Counted) -> tuple[str, ...]:
    """ "Oak Camp is full. Its population is 70,000", "It holds 70,000 people": the place told of before."""
    before = cast.before[-1] if cast.before else None
    word = cast.tokens[0].lower
    if before is None or word not in ("it", "its"):
        return ()
    tokens, first = cast.tokens, found.number.first
    words = {token.lower for token in tokens[1 : min(first, HOUSING)]}
    holds = not (slot_words().places.hosts | _HOLDS).isdisjoint(words)
    population = found.head < first and tokens[found.head].lower == "population"
    return topic(before) if holds or population else ()


def _is_of_speaker(site: Site, found: Counted, cast: Cast, claim: Claim) -> bool:
    """ "... 300 people, said a doctor in Alar": after the number, and outside what is claimed.

    Before it only between commas: "Lee, head of Aid Ilyria, said 300"; "doctors in Alar" are there.
    """
    span = hull(site.place.spans)
    outside = claim.kind == "attributed" and not any(overlaps(span, piece) for piece in claim.spans)
    if not outside or site.first >= found.stop:
        return outside
    if site.stop >= len(cast.tokens) or cast.tokens[site.stop].text != ",":
        return False
    return any(_is_seat(cast, site, each) for each in cast.claims)


def _is_seat(cast: Cast, site: Site, claim: Claim) -> bool:
    """Whether a place stands behind a comma between the source of a claim and its cue."""
    if claim.source is None or claim.cue is None or not claim.source.spans or not claim.cue.spans:
        return False
    begin, end = claim.source.spans[0][0], claim.cue.spans[0][0]
    if not begin < cast.tokens[site.first].begin < end:
        return False
    tokens = cast.tokens[max(site.first - _APPOSITION, 0) : site.first]
    comma = max((at for at, t in enumerate(tokens) if t.text == "," and begin <= t.begin), default=None)
    return comma is not None and not any(is_finite(t) or t.lower == "to" for t in tokens[comma:])


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
    """ "withdraw 900 soldiers from Alar", "900 people fled Alar"; not "fighters from Alar"."""
    before = [token.lower for token in tokens[max(site.first - 2, 0) : site.first]]
    if before[-1:] == ["for"]:  # who had fled the war for X
        return any(token.lower in slot_words().places.fleeing for token in tokens[found.stop : site.first])
    if before[-1:] != ["from"] and before != ["out", "of"]:
        return bool(before) and before[-1] in slot_words().places.fleeing
    words = {token.lower for token in tokens[around.start : found.number.first]}
    words |= {token.lower for token in tokens[found.stop : site.first]}
    return not slot_words().places.leaving.isdisjoint(words)


def _is_money(found: Counted) -> bool:
    return found.number.unit is not None and found.number.unit.role == "money"


def _owns(tokens: Sequence[Token], found: Counted, site: Site) -> bool:
    """ "Idlib's 3 million", "half of Idlib's people"."""
    stop = site.stop
    words = [token.lower for token in tokens[stop : stop + 3]]
    if words[:2] == [",", "with"] and words[2:] in (["its"], ["their"]):  # Idlib, with its 3 million
        return found.number.first - stop == len(words)
    if stop >= len(tokens) or tokens[stop].text not in ("'s", "’s"):
        return False
    return 0 <= found.number.first - stop <= 1 or (
        site.first == found.number.stop + 1 and tokens[site.first - 1].lower == "of"
    )


def _is_host(tokens: Sequence[Token], found: Counted, site: Site) -> bool:
    """ "X is now home to 900 people from Y", "X refugee camp of 900 people in Y"."""
    first = found.number.first
    words = [token.lower for token in tokens[site.stop : first]]
    if not 0 < len(words) <= HOUSING:
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
    ahead = first < site.first
    parted = not _CONTRASTS.isdisjoint(words) or (
        ahead and (_has_clause(words) or _has_predicate([cast.tokens[index] for index in between]))
    )
    return () if others or parted else only


def _has_clause(words: Sequence[str]) -> bool:
    """ "... and we are": a clause with a subject of its own."""
    joins = [at for at, word in enumerate(words) if word in (",", "and")]
    subjects = grammar().pronouns | {"the", "its", "their"}
    return any(word in subjects for at in joins for word in words[at + 1 : at + 2])


def _there(cast: Cast, found: Counted, here: Sequence[Site]) -> tuple[str, ...]:
    """ "About 400 people are trapped there": the scene of the words before; "in the east": the country."""
    tokens, around = cast.tokens, clause_at(cast, found.number.first)
    for index in range(found.stop, around.stop):
        follower = tokens[index + 1].lower if index + 1 < len(tokens) else "."
        if countries := countries_at(cast, index):
            return countries
        if tokens[index].lower == "there" and tokens[index - 1].lower not in _BE and follower not in _BE:
            before = [site for site in here if site.located and site.stop <= found.number.first]
            return (before[-1].place.id,) if before else focus(cast, FAR) or named_before(cast)
    if compass_at(tokens, range(found.stop, around.stop)) is None:
        return ()
    wide = [site.place for site in sites(cast) if site.stop <= found.number.first]
    wide = [place for place in wide if place.kind == "country" and not place.text.isupper()]
    country = wide[-1] if wide else cast.home
    return (country.id,) if country else ()


def _has_predicate(between: Sequence[Token]) -> bool:
    """ "... and another 900 are seeking safety": another number that has a verb of its own."""
    counted = next(
        (
            at
            for at, token in enumerate(between)
            if token.is_number and "and" in [before.lower for before in between[max(at - 3, 0) : at]]
        ),
        len(between),
    )
    return any(is_finite(token) or token.lower in grammar().auxiliaries for token in between[counted + 1 :])


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
    if (
        heads and site.place.kind in _TOWNS and tokens[site.stop].lower in _HAS
    ):  # Dorat still has 400 fighters
        return True
    return heads and _houses(tokens, found, site.stop)


def _begins(token: Token) -> bool:
    return token.lower in _BEGINS or is_finite(token) or token.lower.endswith("ed")


def _houses(tokens: Sequence[Token], found: Counted, index: int) -> bool:
    """ "Jordan houses 600,000 refugees"; a country that has troops is not where they are."""
    fighters = found.noun is not None and found.noun.kind == "fighters"
    words = [token.lower for token in tokens[index : found.number.first]]
    return not fighters and len(words) <= HOUSING and not slot_words().places.hosting.isdisjoint(words)


def _opens(tokens: Sequence[Token], site: Site) -> bool:
    """ "In Aleppo, ...": the place stands at the head of the sentence."""
    return site.first <= 3 and tokens[0].lower in LOCATIVE
