"""Numbers in words: "two hundred and fifty thousand", "two and a half million", "five point three"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from marsad.reading.figures import number_words
from marsad.reading.figures.digits import Rational
from marsad.reading.phrases import Match
from marsad.reading.text import Token

_LONGEST_WORDS = 12  # tokens of one number written in words
_TEN = 10


def words_at(tokens: Sequence[Token], index: int) -> Match[Rational] | None:
    """A number in words: "two hundred and fifty thousand", "two and a half million"."""
    scales = number_words.vocabulary().scales
    total: Rational = 0
    current: Rational = 0
    stop = index
    while stop < len(tokens) and stop - index < _LONGEST_WORDS:
        word = tokens[stop].lower
        unit = small(word)
        if unit is not None and _fits(current, unit) and (stop == index or current >= 20 or current == 0):
            current += unit
        elif word in scales and stop > index:
            current, total = _multiply(current, total, scales[word])
        elif word == "and" and stop > index and (part := part_at(tokens, stop + 1)):
            return with_part(tokens, stop, total + current, part)
        elif word == "point" and stop > index and (decimals := _decimals_at(tokens, index, stop + 1)):
            current, stop = current + decimals.value, decimals.stop - 1
        elif word != "and" or not _is_and_of_hundreds(tokens, stop, total, current):
            break
        stop += 1
    return Match(total + current, stop) if stop > index else None


def scale_of(words: Sequence[Token]) -> int:
    scales = number_words.vocabulary().scales
    return max((scales[word.lower] for word in words if word.lower in scales), default=1)


def _multiply(current: Rational, total: Rational, scale: int) -> tuple[Rational, Rational]:
    if scale > 100 and not current and total:  # three lakh crore, a thousand million
        return 0, total * scale
    scaled = (current or 1) * scale
    return (scaled, total) if scale <= 100 else (0, total + scaled)


def _fits(current: Rational, unit: int) -> bool:
    """Whether `unit` may follow in the same group: 5 after 20 or 100, 50 after 100."""
    return current == 0 or (current % 100 == 0 and unit < 100) or (current % 10 == 0 and unit < 10)


def part_at(tokens: Sequence[Token], index: int) -> Match[Fraction] | None:
    """The half of "two and a half" after its "and"; "ten and a third man" has none."""
    found = number_words.fractions().at(tokens, index)
    if found is None or (found.stop == index + 1 and tokens[index].lower in ("half", "quarter")):
        return None
    follower = _lower(tokens, found.stop)
    ends = not follower.isalpha() or follower.endswith("s") or follower in number_words.vocabulary().scales
    return found if ends else None


def with_part(tokens: Sequence[Token], stop: int, value: Rational, part: Match[Fraction]) -> Match[Rational]:
    """ "two and a half million" is 2.5 million, "two million and a half" too; "and" stands at `stop`."""
    scales = number_words.vocabulary().scales
    last = scales.get(_lower(tokens, stop - 1), 1)
    if last > 1:
        return Match(value + part.value * last, part.stop)
    scale = scales.get(_lower(tokens, part.stop))
    return Match((value + part.value) * (scale or 1), part.stop + (scale is not None))


def _decimals_at(tokens: Sequence[Token], first: int, index: int) -> Match[Fraction] | None:
    """The "three five" of "two point three five"; "at one point three men" has none."""
    cardinals = number_words.vocabulary().cardinals
    if first > 0 and tokens[first - 1].lower == "at":
        return None
    stop, signs = index, ""
    while stop < len(tokens) and 0 <= cardinals.get(tokens[stop].lower, -1) < _TEN:
        signs, stop = signs + str(cardinals[tokens[stop].lower]), stop + 1
    return Match(Fraction(int(signs), 10 ** len(signs)), stop) if signs else None


def _is_and_of_hundreds(tokens: Sequence[Token], index: int, total: Rational, current: Rational) -> bool:
    """The "and" of "two hundred and fifty", not that of "two and three"."""
    within = (current >= 100 and current % 100 == 0) or (total > 0 and current == 0)
    return within and small(_lower(tokens, index + 1)) is not None


def small(word: str) -> int | None:
    cardinals = number_words.vocabulary().cardinals
    if word in cardinals:
        return cardinals[word]
    tens, hyphen, ones = word.partition("-")
    if hyphen and cardinals.get(tens, 0) >= 20 and 0 < cardinals.get(ones, 0) < 10:
        return cardinals[tens] + cardinals[ones]
    return None


def _lower(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if index < len(tokens) else ""
