"""What stands right around a number with a unit: the noun that it qualifies, a word of change, a rate."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.lemmas import singular
from marsad.reading.figures.measures import vocabulary
from marsad.reading.syntax import closed_class, is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Aspect

_RATE_WINDOW = 3
_PRICED = 3  # tokens of what a price is for
_COMPARATIVES = frozenset(
    {"higher", "lower", "less", "fewer", "better", "worse", "larger", "smaller", "sure", "likely"}
)


def last_noun(tokens: Sequence[Token], first: int) -> str | None:
    """The noun that a number with a unit qualifies: "a 25% *duty*", "a $5m support *package*"."""
    stop = first
    while stop < len(tokens) and stop - first < _PRICED and is_common_noun(tokens[stop]):
        stop += 1
    return singular(tokens[stop - 1].lower) if stop > first else None


def is_common_noun(token: Token) -> bool:
    word = token.lower
    plain = (
        len(word) > 2
        and word not in _COMPARATIVES
        and token.is_word
        and not token.is_title
        and word not in closed_class()
        and "-" not in word
    )
    return plain and not is_finite(token) and not is_adverb(token) and not word.endswith(("ed", "ing", "ly"))


# "a week later" is when, not how often
_MOMENTS = frozenset({"later", "earlier", "ago", "before", "after", "since"})


def per_of(tokens: Sequence[Token], stop: int) -> str | None:
    """ "a day", "per month", "annually" right after a figure."""
    links = vocabulary().links
    for index in range(stop, min(stop + _RATE_WINDOW, len(tokens))):
        word = tokens[index].lower
        if word in links.adverbs:
            return links.adverbs[word]
        follower = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if word in links.per and follower in links.periods:
            if index + 2 < len(tokens) and tokens[index + 2].lower in _MOMENTS:
                return None
            return {"annum": "year"}.get(follower, follower)
        if word == "per" and follower.isalpha():
            return singular(follower)
        if not tokens[index].is_word or word.endswith("ing"):  # six children crying every night
            return None
    return None


def price_of(tokens: Sequence[Token], stop: int) -> str | None:
    """The share of "$45 a share" and of "a $45-a-share offer"."""
    words = [token.lower for token in tokens[stop : stop + 2]]
    if len(words) < 2:
        return None
    if words[0] in ("a", "an") and is_common_noun(tokens[stop + 1]):
        return words[1]
    article, hyphen, tail = words[1].partition("-")
    return tail if words[0] == "-" and article in ("a", "an") and hyphen and tail.isalpha() else None


def changes(tokens: Sequence[Token], found: Counted) -> bool:
    """ "rose 8.5%", "up 58 points": a word of change right before the number, or at its head."""
    words_of = vocabulary().changes
    first = found.number.first
    words = [token.lower for token in tokens[max(first - 2, 0) : first]]
    level = words[-1:] and words[-1] in ("to", "from", "at")  # rose to 250
    return not level and any(word in words_of.up or word in words_of.down for word in words)


def change_of(tokens: Sequence[Token], found: Counted) -> Aspect | None:
    """ "rose by 300", "an increase of 300"."""
    words_of = vocabulary().changes
    first = found.number.first
    words = [token.lower for token in tokens[max(first - 3, 0) : first]]
    link = words[-1] if words else ""
    near = any(word in words_of.up or word in words_of.down for word in words[:-1])
    return "change" if link in ("by", "of") and near else None
