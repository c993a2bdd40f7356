"""One number with its sign, multiplier and unit: digits, words, fractions and vague counts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from marsad.reading.figures import number_words
from marsad.reading.figures.digits import Rational, digits, exponent_at, vulgar
from marsad.reading.figures.units import Unit, named, sign_at, word_at
from marsad.reading.figures.worded import part_at, scale_of, small, with_part, words_at
from marsad.reading.phrases import Match
from marsad.reading.text import Token

_LARGEST = 10**18  # more is no count: digits run together, or an identifier
_ROUND = (10, 100)  # of "nine out of ten"
_GROUP = 3  # digits
_LONGEST_GROUPS = 6
_LARGEST_WHOLE = 1_000  # of "one in 20"; above it stand years
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 50, 64, 100, 128})
_MINUS = frozenset({"-", "−", "–"})
_TIMES = Unit("1", "multiple")  # UCUM's unity

Kind = Literal["digits", "words", "vague", "fraction", "multiple"]


class Amount(NamedTuple):
    """One number: tokens `[first, stop)`, with its sign and unit; `low < high` where vague."""

    first: int
    stop: int
    low: Rational
    high: Rational
    scale: int = 1  # the multiplier it was said with
    unit: Unit | None = None
    kind: Kind = "digits"


def amount_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """The number that begins at token `index` with its currency sign, multiplier and unit."""
    if index >= len(tokens):
        return None
    if not (number_words.opens(tokens, index) or tokens[index].text in _MINUS):
        return None
    minus = minus_at(tokens, index)
    sign = sign_at(tokens, index + minus)
    start = sign.stop if sign else index + minus
    after = minus_at(tokens, start) if sign and not minus and start < len(tokens) else 0  # $-50.8bn
    core = _core_with_scale(tokens, start + after)
    if core is None or core.high > _LARGEST or _is_ordinal(tokens, core.stop):
        return None
    if sign or core.first != index:
        core = core._replace(first=index, unit=sign.value if sign else core.unit)
    core = core if core.unit else _with_unit(tokens, core)
    if not (minus or after):
        return core
    plain = core.unit is None and core.low.denominator == 1 and tokens[index].lower != "minus"
    return None if plain else core._replace(low=-core.high, high=-core.low)  # COVID -19


def minus_at(tokens: Sequence[Token], index: int) -> int:
    """Tokens of a minus before a number: "minus 40", "-1.3%", where "10-25" and "2 - 3" have none."""
    if tokens[index].lower == "minus":
        return 1 + (_lower(tokens, index + 1) in _MINUS)
    if tokens[index].text not in _MINUS or index + 1 >= len(tokens):
        return 0
    before = tokens[index - 1].text if index else "("
    free = before in ("(", "$") or tokens[index - 1].end < tokens[index].begin
    attached = tokens[index + 1].begin == tokens[index].end
    return int(free and attached)


def _core_with_scale(tokens: Sequence[Token], index: int) -> Amount | None:
    if index >= len(tokens):
        return None
    if tokens[index].is_number or vulgar(tokens[index].text):
        core = _digits_at(tokens, index)
        return core and (_ratio(tokens, core) or _times_as(tokens, core) or _scaled(tokens, core))
    special = _vague_at(tokens, index) or _fraction_at(tokens, index) or _multiple_at(tokens, index)
    special = special or _attributive_at(tokens, index)
    if special:
        return special
    core = _in_words(tokens, index)
    return core and (_ratio(tokens, core) or _times_as(tokens, core) or core)


def _with_unit(tokens: Sequence[Token], core: Amount) -> Amount:
    gap = 1 if core.kind == "vague" and _lower(tokens, core.stop) == "of" else 0
    hyphen = 1 if core.kind != "vague" and _lower(tokens, core.stop) == "-" else 0  # 60-km
    at = core.stop + gap + hyphen
    unit = word_at(tokens, at) or _compound_at(tokens, at)
    if unit is None and core.low < 1 and core.kind == "digits":
        unit = _unit_of_fraction(tokens, core.stop)
    return core._replace(unit=unit.value, stop=unit.stop) if unit else core


def _compound_at(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    """A unit that opens a compound: "percent-owned", "barrel-a-day"."""
    head, hyphen, _ = _lower(tokens, index).partition("-")
    unit = named(head) if hyphen and head else None
    return Match(unit, index + 1) if unit else None


def _unit_of_fraction(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    """ "1/16 of a pint"."""
    words = [token.lower for token in tokens[index : index + 2]]
    unit = word_at(tokens, index + 2) if words in (["of", "a"], ["of", "an"]) else None
    return unit if unit and unit.value.role not in ("share", "money") else None


def _scaled(tokens: Sequence[Token], core: Amount) -> Amount:
    """`core` with the multiplier after it: "10 million", "10bn"."""
    scale, stop = 1, core.stop
    known = number_words.vocabulary()
    word = _lower(tokens, stop)
    if word in known.suffixes and _is_multiplier(tokens, stop, word, core):
        scale, stop = known.suffixes[word], stop + 1
    else:
        stop += word == "-" and _lower(tokens, stop + 1) in known.scales  # a $10-million fee
        while (word := _lower(tokens, stop)) in known.scales and scale <= _LARGEST:
            scale, stop = scale * known.scales[word], stop + 1
    head, hyphen, tail = word.partition("-")
    if scale == 1 and hyphen and head in known.scales:  # a 1.8 billion-mile journey
        scale, stop = known.scales[head], stop + 1
        core = core._replace(unit=named(tail))
    if stop == core.stop:
        return core
    return core._replace(low=core.low * scale, high=core.high * scale, scale=scale, stop=stop)


def _is_multiplier(tokens: Sequence[Token], index: int, word: str, core: Amount) -> bool:
    """Whether the letters at `index` multiply: written against the digits, and no metres."""
    attached = tokens[index].begin == tokens[index - 1].end
    signed = _is_signed(tokens, core.first)
    if tokens[index].text == "M":
        return attached or signed
    if word != "m" or signed:
        return (attached and (word != "b" or signed)) or (signed and word not in ("k", "b"))
    follower = _lower(tokens, index + 1)
    return attached and follower.isalpha() and follower not in number_words.vocabulary().letters.metre_context


def _is_signed(tokens: Sequence[Token], first: int) -> bool:
    return any(sign_at(tokens, at) is not None for at in range(max(first - 2, 0), first + 1))


def _vague_at(tokens: Sequence[Token], index: int) -> Amount | None:
    found = number_words.vague().at(tokens, index)
    if found is None:
        return None
    low, high = found.value
    return Amount(index, found.stop, low, high, low, None, "vague")


def _fraction_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "two-thirds", a share; "half a million", a number; not the "half" of "the second half"."""
    found = number_words.fractions().at(tokens, index)
    if found is None or number_words.fixed().at(tokens, index):
        return None
    if scaled := _scale_after(tokens, found.stop):
        value = found.value * scaled.value
        return Amount(index, scaled.stop, value, value, scaled.value, None, "words")
    bare = found.stop == index + 1 and tokens[index].lower == "quarter"
    halves = index > 0 and tokens[index - 1].lower in number_words.vocabulary().letters.halves
    return None if halves or bare else _share(index, found.stop, found.value)


def _scale_after(tokens: Sequence[Token], index: int) -> Match[int] | None:
    """The million of "half a million", "two thirds of a million", "half million"."""
    scales = number_words.vocabulary().scales
    for lead in (("of", "a"), ("a",), ()):
        words = tuple(token.lower for token in tokens[index : index + len(lead) + 1])
        if words[:-1] == lead and words[len(lead) :] and words[-1] in scales:
            return Match(scales[words[-1]], index + len(lead) + 1)
    return None


def _share(first: int, stop: int, value: Fraction) -> Amount:
    return Amount(first, stop, value * 100, value * 100, 1, Unit("%", "share"), "fraction")


def _ratio(tokens: Sequence[Token], part: Amount) -> Amount | None:
    """ "one in 20", "nine out of ten", "1/3 of the": a share; "14 out of 23 villages" counts villages."""
    index = part.first
    link = [token.lower for token in tokens[part.stop : part.stop + 2]]
    if link[:1] == ["of"] and part.low < 1 and part.stop == index + 3:  # 1/3 of the
        return None if _unit_of_fraction(tokens, part.stop) else _share(index, part.stop, Fraction(part.low))
    size = 1 if link[:1] == ["in"] and part.low == 1 else 2 if link == ["out", "of"] else 0
    whole = _core_at(tokens, part.stop + size) if size else None
    if whole is None or not part.low < whole.low <= _LARGEST_WHOLE:
        return None
    if (size == 2 and whole.low not in _ROUND and part.low != 1) or word_at(tokens, whole.stop):
        return None
    return _share(index, whole.stop, Fraction(part.low) / Fraction(whole.low))


def _multiple_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "sixfold", "ten-fold", "double the number"."""
    known = number_words.vocabulary().multiples
    word = tokens[index].lower
    if word in known.words and _lower(tokens, index + 1) in known.followers:
        return _times(index, index + 1, known.words[word])
    if not word.endswith("fold"):
        return None
    value = small(word.removesuffix("fold").removesuffix("-"))
    return _times(index, index + 1, value) if value else None


def _attributive_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "a six-member panel", "a five-mile zone": the number and what it counts in one token."""
    head, hyphen, tail = tokens[index].lower.partition("-")
    value = small(head) if hyphen else None
    if value is None or value == 1:
        return None
    unit = named(tail)
    known = number_words.vocabulary()
    if unit is None and tail not in known.attributive and tail not in known.bounding:
        return None
    return Amount(index, index + 1, value, value, 1, unit, "words")


def _times_as(tokens: Sequence[Token], core: Amount) -> Amount | None:
    """ "three times as many", "10-fold"."""
    word = _lower(tokens, core.stop)
    follower = _lower(tokens, core.stop + 1)
    if word == "times" and follower in number_words.vocabulary().multiples.times_followers:
        return _times(core.first, core.stop + 1, core.low)
    return _times(core.first, core.stop + 2, core.low) if (word, follower) == ("-", "fold") else None


def _times(first: int, stop: int, value: Rational) -> Amount:
    return Amount(first, stop, value, value, 1, _TIMES, "multiple")


def _core_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """A plain number, in digits or in words."""
    if index >= len(tokens):
        return None
    if tokens[index].is_number or vulgar(tokens[index].text):
        return _digits_at(tokens, index)
    return _in_words(tokens, index)


def _in_words(tokens: Sequence[Token], index: int) -> Amount | None:
    if fixed := number_words.fixed().at(tokens, index):
        part = part_at(tokens, fixed.stop + 1) if _lower(tokens, fixed.stop) == "and" else None
        found = with_part(tokens, fixed.stop, Fraction(fixed.value), part) if part else fixed
        return Amount(index, found.stop, found.value, found.value, fixed.value, None, "words")
    words = words_at(tokens, index)
    if words is None:
        return None
    scale = scale_of(tokens[index : words.stop])
    return Amount(index, words.stop, words.value, words.value, scale, None, "words")


def _digits_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """Digits with a fraction or a power of ten after them: "1½", "2 1/2", "1.99×10−30"."""
    value = vulgar(tokens[index].text) or digits(tokens[index].text)
    if value is None:
        return None
    if _is_after_point(tokens, index):
        value = Fraction(value) / 10 ** len(tokens[index].text)
    stop = index + 1
    if grouped := _spaced(tokens, index):
        return Amount(index, grouped.stop, grouped.value, grouped.value)
    if power := exponent_at(tokens, stop):
        factor, stop = power
        return Amount(index, stop, value * factor, value * factor)
    if stop < len(tokens) and (part := vulgar(tokens[stop].text)):
        return Amount(index, stop + 1, value + part, value + part)
    if part := _slashed(tokens, index):
        return Amount(index, index + 3, part, part)
    if value.denominator == 1 and (part := _slashed(tokens, stop)) and word_at(tokens, stop + 3):
        return Amount(index, stop + 3, value + part, value + part)
    return Amount(index, stop, value, value)


def _spaced(tokens: Sequence[Token], index: int) -> Match[int] | None:
    """Threes with blanks between: "1 234 567", "40 000"; two numbers side by side are not one."""
    stop = index + 1
    if not tokens[index].text.isdecimal() or len(tokens[index].text) > _GROUP or tokens[index].text[0] == "0":
        return None
    last = min(index + _LONGEST_GROUPS, len(tokens))
    while stop < last and tokens[stop].text.isdecimal() and len(tokens[stop].text) == _GROUP:
        if tokens[stop].begin != tokens[stop - 1].end + 1:
            break
        stop += 1
    groups = [token.text for token in tokens[index:stop]]
    return Match(int("".join(groups)), stop) if len(groups) > 2 or groups[1:] == ["000"] else None


def _is_after_point(tokens: Sequence[Token], index: int) -> bool:
    """The 001 of ".001 per cent"."""
    if index == 0 or tokens[index - 1].text != "." or tokens[index - 1].end != tokens[index].begin:
        return False
    free = index == 1 or tokens[index - 2].end < tokens[index - 1].begin
    return free and tokens[index].text.isdecimal()


def _slashed(tokens: Sequence[Token], index: int) -> Fraction | None:
    """The value of "1/16" before a unit or "of"; 9/11 and 1/2/2019 are dates."""
    words = [token.text for token in tokens[index : index + 3]]
    if len(words) < 3 or words[1] not in ("/", "⁄") or not (words[0].isdecimal() and words[2].isdecimal()):
        return None
    if len(words[0]) > 3 or len(words[2]) > 3 or not 0 < int(words[0]) < int(words[2]):
        return None
    follows = _lower(tokens, index + 3) == "of" or word_at(tokens, index + 3) is not None
    return Fraction(int(words[0]), int(words[2])) if follows and int(words[2]) in _DENOMINATORS else None


def _is_ordinal(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens) or not tokens[index - 1].is_number:
        return False
    attached = tokens[index].begin == tokens[index - 1].end
    return attached and tokens[index].lower in number_words.vocabulary().letters.ordinal


def _lower(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if index < len(tokens) else ""
