"""What is written in digits: groups of three, decimals, vulgar fractions and powers of ten."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from marsad.reading.text import Token
from marsad.records.reading import Number

Rational = int | Fraction

_SMALLEST = 0.001  # below it six decimals are not enough
_TIMES = frozenset("×⋅·*x")
_MINUS = frozenset("-−–")
_LARGEST_POWER = 40


def digits(word: str) -> Rational | None:
    """The value of digits with group commas and a decimal point; `None` for other forms.

    >>> digits("55,000"), digits("7.6"), digits("1,2")
    (55000, Fraction(38, 5), None)
    """
    if word.isascii() and word.isdecimal():
        return int(word)
    if not word.isascii():
        word = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in word)
    whole, point, decimals = word.partition(".")
    groups = whole.split(",")
    if not _are_groups(groups) or (point and not decimals.isdecimal()) or not "".join(groups).isdecimal():
        return None
    return Fraction(Decimal("".join(groups) + point + decimals)) if point else int("".join(groups))


def _are_groups(groups: Sequence[str]) -> bool:
    """Threes (1,500,000), or threes and twos as in India (15,00,000)."""
    if len(groups) == 1:
        return True
    if len(groups[-1]) != 3 or not groups[0]:
        return False
    sizes = {len(group) for group in groups[1:-1]}
    return len(groups[0]) <= 3 if sizes <= {3} else sizes == {2} and len(groups[0]) <= 2


def vulgar(word: str) -> Fraction | None:
    """The value of one sign such as ½."""
    if len(word) != 1 or word.isascii() or not unicodedata.decomposition(word).startswith("<fraction>"):
        return None
    return Fraction(unicodedata.numeric(word)).limit_denominator(100)


def exponent_at(tokens: Sequence[Token], index: int) -> tuple[Fraction, int] | None:
    """The power of ten of "×10−30" or "x 10^6" at token `index`, and the index after it."""
    texts = [token.text for token in tokens[index : index + 5]]
    if texts[1:2] != ["10"] or texts[0] not in _TIMES:
        return None
    at = 2 + (texts[2:3] == ["^"])
    minus = len(texts) > at and texts[at] in _MINUS
    power = texts[at + minus : at + minus + 1]
    if not power or at + minus == 2 or not power[0].isdecimal() or len(power[0]) > 2:
        return None
    if int(power[0]) > _LARGEST_POWER:
        return None
    return Fraction(10) ** (-int(power[0]) if minus else int(power[0])), index + at + minus + 1


def number(value: Rational) -> Number:
    """An integer where `value` is one, otherwise a float rounded to six decimals or digits."""
    if value.denominator == 1:
        return int(value)
    return round(float(value), 6) if abs(float(value)) >= _SMALLEST else float(f"{float(value):.6g}")
