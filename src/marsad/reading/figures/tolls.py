"""What happened to those counted: killed, injured, held, displaced, surrendered, and so on.

In order: the words right before the number ("killed 12"), the words within the noun phrase ("12
wounded soldiers"), the words after it ("12 people were killed"), and a total ("the death toll rose
to 250"). A number joined to the one before it takes that one's event ("12 soldiers and a dozen
civilians"), which is left to the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marsad.reading.figures import number_words
from marsad.reading.figures.counted import Counted, clause, past_aside
from marsad.reading.figures.measures import (
    PEOPLE,
    Event,
    Verb,
    intransitive,
    lead_ins,
    nouns,
    states,
    totals,
    verbs,
    vocabulary,
)
from marsad.reading.syntax import closed_class, grammar, is_adverb, is_finite
from marsad.reading.text import Token

_AFTER = 16  # tokens looked through after a noun
_MODIFIER = 12  # tokens of "in the camp on the border"
_TOTAL_WINDOW = 10
_FAR_TOTAL = 24  # the same before "has more than doubled ..., to"
_REACHED = frozenset({"to", "at", "reached", "passed", "exceeded", "topped", "surpassed"})
_ALONG = frozenset({("along", "with"), ("together", "with"), ("well", "as")})
_OTHERS = 12  # tokens between a verb and "along with 26 others"
_RELATIVE = 6  # tokens of "that we captured"
_REST = 6  # tokens of "there are only about 10"
_PARTICLE = 2  # tokens of the particle of a verb
_CUSTODY = 6  # tokens of "in overcrowded prisons"
_FOR = frozenset({"for", "alongside", "with", "under", "against"})
_FIGHTING = frozenset({"fight", "fighting", "fought"})
_FIGHT = Event("strength.fighters", "level")
_OWNERS = frozenset({"its", "their", "his", "our"})
_BEFORE = frozenset(
    {
        "a", "additional", "all", "an", "another", "as", "extra", "further", "in", "including", "its", "just",
        "of", "only", "out", "some", "the", "their", "total",
    }
)  # fmt: skip
_PASSED = frozenset(
    {
        "allegedly", "already", "also", "attempted", "attempting", "began", "begun", "being", "believed",
        "continue", "continued", "currently", "due", "either", "estimated", "expected", "feared", "forced",
        "had", "has", "have", "known", "likely", "managed", "more", "now", "of", "or", "others", "people",
        "remain", "remained", "remaining", "remains", "reported", "reportedly", "said", "set", "started",
        "still", "that", "them", "there", "thought", "to", "tried", "try", "trying", "understood", "which",
        "who", "whom",
    }
)  # fmt: skip
_MODIFYING = frozenset({"of", "in", "at", "from", "inside"})
_BREAKING = frozenset({"and", "or", "that", "which", "who", "whom", "whose", "by", "to", "while", "but"})
_OF_WHOSE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
_QUOTES = frozenset("‘’“”\"'")
_SOME = frozenset({"many", "most", "some", "few", "none", "several", "half", "third", "majority"})
_BE = frozenset({"are", "be", "been", "being", "get", "getting", "got", "is", "was", "were"})
_HAVE = frozenset({"had", "has", "have", "having"})
_INCLUDING = frozenset(
    {"all", "among", "half", "including", "largely", "mainly", "many", "most", "mostly", "some"}
)


def event_of(tokens: Sequence[Token], found: Counted) -> Event | None:
    """The event named around a counted noun; deaths of hunger, cold and disease are kept apart."""
    if _is_whole(tokens, found.number.first):
        return event_within(tokens, found)
    event = (
        _before(tokens, found)
        or event_within(tokens, found)
        or _after(tokens, found)
        or _fighting(tokens, found)
        or _total(tokens, found)
        or _with_others(tokens, found)
    )
    if event and event.measure == "casualties.died" and not is_peaceful(tokens):
        return event._replace(measure="casualties.killed")
    return event


def _is_whole(tokens: Sequence[Token], first: int) -> bool:
    """ "Many of the 3 million were displaced", "five of its 12 men": nothing is said of all of them."""
    at = first - 1
    if at >= 0 and tokens[at].lower in _OF_WHOSE:
        at -= 1
    if at < 1 or tokens[at].lower != "of":
        return False
    at -= 1 + (tokens[at - 1].lower == "out")
    return at >= 0 and (tokens[at].lower in _SOME or number_words.opens(tokens, at))


def is_peaceful(tokens: Sequence[Token]) -> bool:
    """Whether the sentence names hunger, cold, disease or an accident."""
    return any(token.lower in vocabulary().peaceful for token in tokens)


def _before(tokens: Sequence[Token], found: Counted) -> Event | None:
    """An active verb whose object the number begins."""
    index = found.number.first - 1
    while index >= 0 and (tokens[index].lower in _BEFORE or tokens[index].lower == "more"):
        index -= 1
    if index < 0:
        return None
    both = states().before(tokens, index + 1)
    if both and both[1] < index:
        return both[0]
    for at in range(index, max(index - _PARTICLE - 1, -1), -1):  # rounded up 400
        between = tuple(token.lower for token in tokens[at + 1 : index + 1])
        for verb in _verbs_at(tokens, at, verbs()):
            passive = at > 0 and tokens[at - 1].lower in _BE and not tokens[at].lower.endswith("ing")
            if not passive and between in ((), verb.particle):
                return verb.event
    return None


def _verbs_at(tokens: Sequence[Token], index: int, known: Mapping[str, tuple[Verb, ...]]) -> list[Verb]:
    """The verbs that the word at `index` may be, with their particles after it."""
    return [verb for verb in known.get(tokens[index].lower, ()) if _has_particle(tokens, verb, index)]


def _has_particle(tokens: Sequence[Token], verb: Verb, index: int) -> bool:
    if not verb.particle:
        return True
    words = [token.lower for token in tokens[index + 1 : index + 1 + _TOTAL_WINDOW]]
    return any(tuple(words[at : at + len(verb.particle)]) == verb.particle for at in range(len(words)))


def event_within(tokens: Sequence[Token], found: Counted) -> Event | None:
    """The event of a word inside the noun phrase: "12 wounded soldiers"."""
    for index in found.modifiers:
        if state := states().at(tokens, index):
            return state.value
        for verb in verbs().get(tokens[index].lower, ()):
            if verb.participle and not verb.particle:
                return verb.event
    return None


def _after(tokens: Sequence[Token], found: Counted) -> Event | None:
    """A state or a passive of those counted: "12 dead", "12 people, three of them guards, were killed"."""
    if event := _in_relative(tokens, found.stop):
        return event
    around = clause(tokens, found.number.first)
    near = True  # nothing but auxiliaries and adverbs stands between
    last = min(found.stop + _AFTER, around.stop)
    index = past_inclusion(tokens, past_modifier(tokens, found.stop))
    while index < last:
        if state := states().at(tokens, index):
            return state.value if near or tokens[index - 1].lower in _BE else None
        if event := _verb_after(tokens, index, near=near) or _in_custody(tokens, index, near=near):
            return event
        if near and (further := _past_joined(tokens, index)) > index:
            index = further
            continue
        if _stops(tokens, index, near=near):
            return None
        near = (near and _is_passed(tokens[index])) or tokens[index].text == ","  # , have fled
        index = past_aside(tokens, index)
    return None


def _in_custody(tokens: Sequence[Token], index: int, *, near: bool) -> Event | None:
    """ "in Alarian custody", "in its overcrowded prisons"."""
    if tokens[index].lower != "in" or not (near or tokens[index - 1].lower in _BE):
        return None
    for at in range(index + 1, min(index + _CUSTODY, len(tokens))):
        if tokens[at].lower in vocabulary().places_of_detention.custody:
            return Event("detention.*", "level")
        if not tokens[at].is_word or tokens[at].lower in closed_class() - _OWNERS:
            return None
    return None


def _fighting(tokens: Sequence[Token], found: Counted) -> Event | None:
    """ "900 villagers who have fought for X", "were fighting in the region": not "for their lives"."""
    index = past_inclusion(tokens, past_modifier(tokens, found.stop))
    while index < len(tokens) and _is_passed(tokens[index]):
        index += 1
    words = [token.lower for token in tokens[index : index + 2]]
    if len(words) < 2 or words[0] not in _FIGHTING:
        return None
    name = index + 2 + (index + 2 < len(tokens) and tokens[index + 2].lower in grammar().determiners)
    named = name < len(tokens) and (tokens[name].is_title or tokens[name].text.isupper())
    return _FIGHT if words[1] == "in" or (words[1] in _FOR and named) else None


def _past_joined(tokens: Sequence[Token], index: int) -> int:
    """Index after "and a senior officer", "and displaced villagers": others to whom the same happened."""
    if tokens[index].lower not in ("and", "or"):
        return index
    for at in range(index + 1, min(index + _CUSTODY, len(tokens))):
        noun = nouns().at(tokens, at)
        if noun and noun.value.kind in PEOPLE and nouns().at(tokens, noun.stop) is None:
            return noun.stop
        if tokens[at].is_number or not tokens[at].is_word or is_finite(tokens[at]):
            return index
        if tokens[at].lower in closed_class() and tokens[at].lower not in grammar().determiners:
            return index
    return index


def _is_passed(token: Token) -> bool:
    return (
        token.lower in _PASSED
        or token.lower in grammar().auxiliaries
        or is_adverb(token)
        or token.text == ","
    )


def _stops(tokens: Sequence[Token], index: int, *, near: bool) -> bool:
    """A comma before anything but the predicate, or another number than that of "from 46 countries"."""
    token = tokens[index]
    if token.lower == "and" and not near:
        return True
    if token.text == ",":
        follower = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        return follower not in _HAVE and (not near or follower not in _BE)
    return token.is_number and tokens[index - 1].lower not in ("from", "of")


def _in_relative(tokens: Sequence[Token], index: int) -> Event | None:
    """ "fighters that we captured": the counted are the object of the relative clause."""
    words = tokens[index : index + _RELATIVE]
    if len(words) < 3 or words[0].lower not in ("that", "whom", "who", "which"):
        return None
    g = grammar()
    for at, token in enumerate(words[1:], 1):
        active = [verb for verb in _verbs_at(tokens, index + at, verbs()) if verb.active]
        if active and at > 1:
            return active[0].event if words[at - 1].lower not in g.auxiliaries else None
        if not (token.is_title or token.lower in g.pronouns or token.lower in ("forces", "troops", "the")):
            return None
    return None


def past_modifier(tokens: Sequence[Token], index: int) -> int:
    """Index after "of the same family" or "in the camp", where an inclusion or a predicate follows."""
    if index >= len(tokens) or tokens[index].lower not in _MODIFYING:
        return index
    for at in range(index + 1, min(index + _MODIFIER, len(tokens))):
        token = tokens[at]
        if token.lower in _BE or token.lower in _HAVE:
            return at
        if token.text == "," and past_inclusion(tokens, at) > at:
            return at
        if not token.is_word or is_finite(token) or token.lower in _BREAKING:
            return index
    return index


def past_inclusion(tokens: Sequence[Token], index: int) -> int:
    """Index after ", including three children," or ", who ..., " where that stands at `index`."""
    words = [token.lower for token in tokens[index : index + _AFTER]]
    if words[:1] == ["and"] and words[1:2] in (["their"], ["his"], ["her"]):  # and their families
        return index + 3
    inclusion = any(word in _INCLUDING for word in words[1:4]) or words[1:2] in (["who"], ["whose"])
    if words[:1] in ([","], ["–"], ["("]) and inclusion:
        for step in range(2, len(words)):
            if words[step] in (",", "–", ")"):
                return index + step + 1
    return index


def _verb_after(tokens: Sequence[Token], index: int, *, near: bool) -> Event | None:
    for verb in _verbs_at(tokens, index, verbs()):
        if verb.participle and _is_passive(tokens, index, near=near):
            return verb.event
    left = tokens[index - 1].lower in _BE and not tokens[index].lower.endswith(
        "ing"
    )  # 300 were left in the town
    left = left or (tokens[index].lower == "left" and _is_rest(tokens, index))
    found = _verbs_at(tokens, index, intransitive()) if near and not left else ()
    return found[0].event if found else None


def _is_rest(tokens: Sequence[Token], index: int) -> bool:
    """ "there are only 10 left", "it has 10 left"."""
    start = max(index - _REST, 0)
    words = [token.lower for token in tokens[start:index]]
    number = next((at for at, token in enumerate(tokens[start:index]) if token.is_number), len(words))
    ends = index + 1 >= len(tokens) or not tokens[index + 1].is_word
    return ends and not (_BE | _HAVE).isdisjoint(words[:number])


def _is_passive(tokens: Sequence[Token], index: int, *, near: bool) -> bool:
    """ "were killed", or a bare participle with no object after it: "12 killed", "30 injured"."""
    at = index - 1
    while at >= 0 and (is_adverb(tokens[at]) or tokens[at].text in _QUOTES):
        at -= 1
    word = tokens[at].lower if at >= 0 else ""
    if word in _BE:
        return True
    follower = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    has_object = follower in grammar().determiners or follower[:1].isdigit()
    return near and word not in _HAVE and word not in ("who", "that") and not has_object


def _with_others(tokens: Sequence[Token], found: Counted) -> Event | None:
    """ "was killed along with 26 other people", "killed him and 26 others"."""
    first = found.number.first
    words = {token.lower for token in tokens[found.number.stop : found.stop]}
    led = tuple(token.lower for token in tokens[max(first - 2, 0) : first])
    if not words & {"other", "others"} or not (led[-1:] == ("and",) or led in _ALONG):
        return None
    start = max(clause(tokens, first).start, first - _OTHERS)
    for index in range(first - 1, start - 1, -1):
        for verb in verbs().get(tokens[index].lower, ()):
            if verb.participle and not verb.particle:
                return verb.event
        if tokens[index].is_number or is_finite(tokens[index]) or tokens[index].lower.endswith("ed"):
            return None
    return None


def _total(tokens: Sequence[Token], found: Counted) -> Event | None:
    """ "the deaths of 12" right before the number, "the death toll rose to 250" in its clause."""
    reached = tokens[found.number.first - 1].lower in _REACHED if found.number.first else False
    window = _FAR_TOTAL if reached else _TOTAL_WINDOW
    first = max(clause(tokens, found.number.first).start, found.number.first - window)
    for index in range(found.number.first - 1, first - 1, -1):
        if tokens[index].is_number:
            return None
        led = lead_ins().at(tokens, index)
        if led and all(token.lower in _BEFORE for token in tokens[led.stop : found.number.first]):
            return led.value
        if total := totals().at(tokens, index):
            return total.value
    return None
