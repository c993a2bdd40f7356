"""The armed group that those counted are of, where the noun phrase itself does not name it.

"Sixty volunteers who joined the brigade" are of the brigade; in "The group is besieged. About 500
jihadists remain" they are of the only group told of. Whoever acts on them is not their owner.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.measures import vocabulary
from marsad.reading.figures.sentence_cast import Cast, clause_at, token_at
from marsad.reading.figures.slot_words import slot_words
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Actor
from marsad.records.spans import Span, any_contains

_JOINED = 14  # tokens between those counted and "join"
_JOINING = frozenset({"join", "joined", "joining", "joins"})
_AGAINST = frozenset(
    {"against", "by", "fight", "fighting", "fought", "from", "to", "with", "between", "anti", "-", "like"}
)
_FORCES = frozenset({"armed_group", "state_force", "state"})
_GROUP = 3  # tokens of "of the armed group"
_HAVING = frozenset({"has", "have", "had", "retains", "retain", "retained", "commands", "commanded"})
_IT = frozenset({"it", "they"})
_DESCRIBED = 12  # tokens between "the group" and the number that it has
_PAID = 4  # tokens between "paid" and the amount


def joined_group(cast: Cast, found: Counted) -> str | None:
    """ "sixty volunteers who joined X": X, where nobody else stands between."""
    tokens = cast.tokens
    stop = min(found.stop + _JOINED, clause_at(cast, found.number.first).stop, len(tokens) - 1)
    for index in range(found.stop, stop):
        if tokens[index].lower in _JOINING:
            if tokens[index - 1].lower == "to" and index - 1 == found.stop:
                return None  # she left with two friends to join X
            after = index + 1 + (tokens[index + 1].lower in grammar().determiners)
            return _armed_at(cast, after)
        if tokens[index].text in (";", ":") or tokens[index].lower == "and":
            return None
    return None


def has_as_members(cast: Cast, found: Counted) -> bool:
    """ "the group has 2,000 men", "2,000 men of the group": fighters, by whose they are said to be."""
    if found.noun is None or found.noun.lemma not in vocabulary().men:
        return False
    tokens = cast.tokens
    of = [token.lower for token in tokens[found.stop : found.stop + 2]] == ["of", "the"]
    if of and any(map(_names_group, tokens[found.stop + 2 : found.stop + 2 + _GROUP])):
        return True
    at = found.number.first - 1
    while at > 0 and (is_adverb(tokens[at]) or tokens[at].lower in ("of", "up", "to", "some", "about")):
        at -= 1
    if at < 1 or tokens[at].lower not in _HAVING:
        return False
    owner = at - 1
    while owner > 0 and (is_adverb(tokens[owner]) or tokens[owner].lower in grammar().auxiliaries):
        owner -= 1
    if tokens[owner].lower in vocabulary().forces:
        return True
    if tokens[owner].lower in _IT or _names_group(tokens[owner]):
        return cast.group is not None
    return any(span[1] == tokens[owner].end and actor.kind == "armed_group" for span, actor in cast.actors)


def _names_group(token: Token) -> bool:
    return token.lower in slot_words().subjects.groups


def _armed_at(cast: Cast, index: int) -> str | None:
    if index >= len(cast.tokens):
        return None
    begin = cast.tokens[index].begin
    named = ((span, actor) for span, actor in cast.actors if span[0] == begin)
    return next(
        (actor.id for span, actor in named if actor.kind == "armed_group" and _is_whole(cast, span)), None
    )


def _is_whole(cast: Cast, span: Span) -> bool:
    """Not "X-controlled land"."""
    stop = token_at(cast.tokens, span[1] - 1) + 1
    return stop >= len(cast.tokens) or cast.tokens[stop].text != "-"


def described_group(cast: Cast, found: Counted) -> str | None:
    """ "the jihadist organisation still has 30,000 fighters": the only armed group told of right before."""
    tokens, first = cast.tokens, found.number.first
    if not is_possessed(tokens, first):
        return None
    around = range(max(clause_at(cast, first).start, first - _DESCRIBED), first)
    described = [index for index in around if tokens[index].lower in slot_words().subjects.organised]
    if not described or not any(tokens[index].lower == "the" for index in range(around.start, described[-1])):
        return None
    begin = tokens[described[-1]].begin
    if any(begin < span[0] < tokens[first].begin for span, _ in cast.actors):
        return None
    here = [(span, actor) for span, actor in cast.actors if span[1] <= begin and actor.kind == "armed_group"]
    if here:
        return _only(tokens, here)
    earlier = cast.before[-1] if cast.before else None
    named = [pair for pair in earlier.actors if pair[1].kind == "armed_group"] if earlier else []
    return _only(earlier.tokens, named) if earlier and named else None


def group_in_focus(cast: Cast, found: Counted, content: Sequence[Span]) -> str | None:
    """The only armed group told of before "500 jihadists", in the sentence or in the one before it.

    Where neither names an armed side it is the group that the document is about. `content` are the
    spans of the claim: who says it, outside of them, is not meant.
    """
    if found.noun is None or found.noun.lemma not in slot_words().subjects.irregulars:
        return None
    size = found.number.high if found.number.low is None else found.number.low
    if size is None or size < vocabulary().notable:  # those who are told of one by one may be of any side
        return None
    if any(cast.tokens[index].is_title for index in found.modifiers):  # 500 Alarian militants
        return None
    first = cast.tokens[min(found.number.first, found.head)].begin
    here = [
        (span, actor)
        for span, actor in cast.actors
        if span[1] <= first and any_contains(content, span) and actor.kind == "armed_group"
    ]
    if here:
        return _only(cast.tokens, here)
    earlier = cast.before[-1] if cast.before else None
    named = [pair for pair in earlier.actors if pair[1].kind == "armed_group"] if earlier else []
    if earlier and named:
        return _only(earlier.tokens, named)
    forces = any(actor.kind in _FORCES and span[1] <= first for span, actor in cast.actors)
    return cast.group.id if cast.group and not forces else None


def _only(tokens: Sequence[Token], named: Sequence[tuple[Span, Actor]]) -> str | None:
    """The one group among them; `None` where there are two, or where it is somebody's enemy."""
    if len({actor.id for _, actor in named}) != 1:
        return None
    free = any(not _is_enemy(tokens, b) and not _has_regulars(tokens, e) for (b, e), _ in named)
    return named[0][1].id if free else None


def _is_enemy(tokens: Sequence[Token], offset: int) -> bool:
    at = token_at(tokens, offset) - 1
    while at >= 0 and tokens[at].lower in grammar().determiners:
        at -= 1
    return at >= 0 and tokens[at].lower in _AGAINST


def _has_regulars(tokens: Sequence[Token], end: int) -> bool:
    """ "X soldiers", "X commanders": who are told of, but as the other side."""
    after = tokens[min(token_at(tokens, end - 1) + 1, len(tokens) - 1)].lower
    return after in slot_words().subjects.regulars


def is_possessed(tokens: Sequence[Token], first: int) -> bool:
    """ "still has 500", "with 500", "the group's 500": said right before the number."""
    at = first - 1
    while at > 0 and is_adverb(tokens[at]):
        at -= 1
    return at >= 0 and tokens[at].lower in vocabulary().links.possession


def payer(cast: Cast, found: Counted) -> str | None:
    """ "The ministry has asked for a $20m fee": the nearest name before that a verb follows."""
    tokens, first = cast.tokens, found.number.first
    verbs = slot_words().subjects.paying
    if not any(token.lower in verbs for token in tokens[max(first - _PAID, 0) : first]):
        return None
    start = tokens[clause_at(cast, first).start].begin
    for span, actor in reversed(cast.actors):
        stop = token_at(tokens, span[1] - 1) + 1
        if start <= span[0] and stop < first and actor.kind in ("state", "armed_group", "state_force"):
            follows = is_finite(tokens[stop]) or tokens[stop].lower in verbs
            return actor.id if follows and not _is_enemy(tokens, span[0]) else None
    return None
