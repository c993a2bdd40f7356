"""Whether a figure is a level, a flow, a change, a share or a rate."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import Counted, clause
from marsad.reading.figures.measuring import Measured
from marsad.reading.figures.slot_words import slot_words
from marsad.reading.figures.tolls import past_inclusion
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Aspect, Scope

_AFTER = 10  # tokens between those counted and their verb
_NOMINAL = 7  # tokens of "arrival in the camp of"
_PAST = 4  # letters of "used"
_PARTICLES = frozenset({"in", "up", "out", "home", "back", "off", "down", "away", "over", "on"})
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
_HEDGES = frozenset({"at", "least", "most", "more", "less", "fewer", "than", "about", "some", "as", "many"})
_BE = frozenset({"are", "be", "been", "being", "is", "was", "were"})
_HAVE = frozenset({"had", "has", "have", "having"})
_INFINITIVE = frozenset(
    {"to", "will", "would", "could", "can", "should", "must", "may", "might", "help", "helped"}
)
_SINGULAR = frozenset({"is", "was", "has"})
_REPORTED = frozenset(
    {"believed", "thought", "said", "reported", "understood", "known", "estimated", "feared"}
)
_SAYING = frozenset({"says", "believes", "put", "puts", "estimate", "estimates", "believe"})
_GERUNDIAL = frozenset({"from", "of", "for", "by", "without", "before", "after"})
_RELATIVE = frozenset({"who", "that", "which"})


def aspect_of(
    tokens: Sequence[Token], found: Counted, measured: Measured, scope: Scope | None, *, lasting: bool
) -> Aspect:
    """A number of things that happened is a flow, one of things that are so is a level.

    "Resettled 65,000 refugees" and "since 2016" are flows; "are held", "controls 30 villages" levels.
    What the measure says already (a share, a rate, a change) stays. `lasting`: the time that the
    sentence names is a stretch, "in the last 18 months".
    """
    if found.number.from_to:
        return "change"
    if measured.event and _is_home(tokens, found.number.first):
        return "level"
    if measured.aspect != "level":
        return measured.aspect
    since = scope is not None and scope.text.split()[0].casefold() == "since"
    if (since or lasting) and measured.event:
        return "flow"
    if measured.event:
        return "flow" if _is_deed(tokens, found) else "level"
    role = found.number.unit.role if found.number.unit else None
    if role is not None:
        return "flow" if role == "money" and _verb_before(tokens, found, bare=True) else "level"
    return "flow" if _happens(tokens, found) else "level"


def _is_home(tokens: Sequence[Token], first: int) -> bool:
    """ "home to 900 people who have fled Alar": those who are there."""
    return [token.lower for token in tokens[max(first - 2, 0) : first]] == ["home", "to"]


def _is_deed(tokens: Sequence[Token], found: Counted) -> bool:
    """ "kidnapped 21 girls", "will displace 300,000 people": a deed, where "held 800" is a state."""
    at = _before_hedges(tokens, found.number.first)
    word = tokens[at].lower if at >= 0 else ""
    before = tokens[at - 1].lower if at > 0 else ""
    if word == "of":
        return _is_of_deed(tokens, at)
    if before in _INFINITIVE:
        return not _is_stative(word)
    if word.endswith("ed") or word == "took":
        return before not in _BE and before not in _DEFINITE
    return _verb_after(tokens, found)


def _is_of_deed(tokens: Sequence[Token], index: int) -> bool:
    """ "the release of 1,500 prisoners", "the arrival in the camp of 30,000 people"."""
    for at in range(index - 1, max(index - _NOMINAL, -1), -1):
        if tokens[at].lower in slot_words().aspects.nouns:
            return True
        if is_finite(tokens[at]) or tokens[at].text in (",", ";"):
            return False
    return False


def _happens(tokens: Sequence[Token], found: Counted) -> bool:
    first = found.number.first
    if first > 0 and tokens[first - 1].lower in _DEFINITE:  # its 2,000 troops
        return False
    at = _before_hedges(tokens, first)
    word = tokens[at].lower if at > 0 else ""
    if _is_stative(word) and word not in _BE | _REPORTED | _SAYING:  # registers 650,000
        return False
    return _verb_before(tokens, found, bare=False) or _verb_after(tokens, found)


def _before_hedges(tokens: Sequence[Token], first: int) -> int:
    at = first - 1
    while at >= 0 and (tokens[at].lower in _HEDGES or is_adverb(tokens[at])):
        at -= 1
    return at


def _verb_before(tokens: Sequence[Token], found: Counted, *, bare: bool) -> bool:
    """Whether those counted are the object of a verb of happening: "fired 59 missiles", "to bring 300"."""
    at = _before_hedges(tokens, found.number.first)
    if at > 0 and tokens[at].lower == "of":
        return _is_of_deed(tokens, at)
    if at > 0 and tokens[at].lower in _PARTICLES:
        at -= 1
    if at < 0:
        return False
    word, before = tokens[at].lower, tokens[at - 1].lower if at > 0 else ""
    if before in _BE and not word.endswith("ing"):
        return False
    if before in _INFINITIVE and not bare:
        return tokens[at].is_word and not tokens[at].is_title and not _is_stative(word) and len(word) > 2
    return _is_dynamic(word, past=not bare)


def _verb_after(tokens: Sequence[Token], found: Counted) -> bool:
    """Whether a verb of happening is said of those counted: "have fled", "were resettled"."""
    around = clause(tokens, found.number.first)
    start = past_inclusion(tokens, found.stop)
    stop = min(start + _AFTER, around.stop)
    auxiliaries = grammar().auxiliaries
    fighters = found.noun is not None and found.noun.kind == "fighters"
    ran = ""
    for index in range(start, stop):
        word = tokens[index].lower
        if word in auxiliaries:
            ran = word
            if word in _SINGULAR and found.number.high != 1:  # the escape of 300 men was
                return False
        elif (
            word in _REPORTED and tokens[min(index + 1, len(tokens) - 1)].lower == "to"
        ):  # are believed to have
            ran = "been"
        elif (word == "to" and ran) or tokens[index - 1].lower in _GERUNDIAL:
            continue
        elif tokens[index].is_number or word == "," or (word == "and" and index > start):
            return False
        elif ran and not is_adverb(tokens[index]):
            past = ran not in ("is", "are") and (not fighters or ran in _BE)
            if word == "left" and ran in _BE:  # 300 were left
                return False
            return word not in _HAVE and _is_dynamic(word, past=past)
        elif word in ("whom", "whose"):  # half of whom fled
            return False
        elif _is_dynamic(word, past=False) or (_is_past(tokens, index, found) and not _is_stative(word)):
            return True
        elif word not in _RELATIVE and _is_stative(word):
            return False
    return False


def _is_past(tokens: Sequence[Token], index: int, found: Counted) -> bool:
    """A past tense right after those counted, or after "who": "300 men crossed the river"."""
    if found.noun is not None and found.noun.kind == "fighters":  # a force acts, and goes on to exist
        return False
    near = (
        index == past_inclusion(tokens, found.stop)
        or tokens[index - 1].lower in _RELATIVE
        or is_adverb(tokens[index - 1])
    )
    follower = tokens[index + 1].lower if index + 1 < len(tokens) else "."
    return near and tokens[index].lower.endswith("ed") and follower != "by"


def _is_dynamic(word: str, *, past: bool) -> bool:
    return not _is_stative(word) and (
        word in slot_words().aspects.dynamic or (past and word.endswith("ed") and len(word) >= _PAST)
    )


def _is_stative(word: str) -> bool:
    return word in slot_words().aspects.stative
