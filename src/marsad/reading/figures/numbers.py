"""Number expressions: digits, words, multipliers, ranges, bounds and vague counts.

The values are as stated and never widened: "about 55,000" is 55,000 to 55,000, "at least 10" has no
upper end, and only a vague count ("dozens") is an interval, by `data/numbers.toml`. A multiplier or
a unit said once at the end of a range counts for both of its ends ("between $10 to $25 million").
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from marsad.reading.figures import number_words
from marsad.reading.figures.units import Unit, sign_at, word_at
from marsad.reading.phrases import Match
from marsad.reading.text import Token
from marsad.records.reading import Bound, Number

_LONGEST_WORDS = 12  # tokens of one number written in words
_WIDEST_OR = 10  # "200 or 300" is a range; "two or 3,000" is not
_ROUND = (10, 100)  # of "nine out of ten"
_LARGEST_WHOLE = 1_000  # of "one in 20"; above it stand years
_LOOKS_SCALED = 1_000  # only a number below it can lack the multiplier of its range


class Amount(NamedTuple):
    """One number: tokens `[first, stop)`, with its sign and unit; `low < high` where vague."""

    first: int
    stop: int
    low: Fraction
    high: Fraction
    scale: int = 1  # the multiplier it was said with
    unit: Unit | None = None
    kind: Literal["digits", "words", "vague", "fraction"] = "digits"


class Expression(NamedTuple):
    """A number as stated, with its hedges: tokens `[first, stop)`.

    `from_to` marks "from A to B", which is two levels and a change, not a range.
    """

    first: int
    stop: int
    low: Number | None
    high: Number | None
    best: Number | None
    bound: Bound
    unit: Unit | None
    amounts: tuple[Amount, ...]
    from_to: bool = False


def find(tokens: Sequence[Token]) -> tuple[Expression, ...]:
    """Every number expression of one sentence, in order, without overlap. Linear in its tokens."""
    found = []
    index = 0
    while index < len(tokens):
        expression = expression_at(tokens, index)
        if expression is None:
            index += 1
            continue
        found.append(expression)
        index = expression.stop
    return tuple(found)


def expression_at(tokens: Sequence[Token], index: int) -> Expression | None:
    """The number expression that begins at token `index`, hedges included."""
    verbs = number_words.vocabulary().phrasal.get(tokens[index].lower)
    if verbs and index > 0 and tokens[index - 1].lower in verbs:
        return None
    start, bound = _hedges_at(tokens, index)
    word = tokens[start].lower if start < len(tokens) else ""
    pair = None
    if word in ("between", "from"):
        pair = _pair_at(tokens, start + 1, ("and", "to", "-", "–") if word == "between" else ("to",))
        if pair is None:
            return None
    first = amount_at(tokens, start) if pair is None else None
    if first is not None:
        pair = _pair_at(tokens, start, number_words.vocabulary().ranges.joiners)
    if pair is not None:
        return _range(tokens, index, *pair, from_to=word == "from" and not _is_ranging(tokens, start))
    return _single(tokens, index, first, bound) if first is not None else None


def _single(tokens: Sequence[Token], index: int, amount: Amount, bound: Bound | None) -> Expression:
    stop = amount.stop
    after = number_words.after().at(tokens, stop)
    if after and bound is None and amount_at(tokens, after.stop) is None:  # in 2018 at least 12
        stop, bound = after.stop, after.value
    low, high = number(amount.low), number(amount.high)
    if amount.kind == "vague":
        return Expression(index, stop, low, high, None, "vague", amount.unit, (amount,))
    best = low if bound in (None, "about") else None
    ends = (None if bound == "at_most" else low, None if bound == "at_least" else high)
    return Expression(index, stop, *ends, best, bound or "exact", amount.unit, (amount,))


def _range(tokens: Sequence[Token], index: int, a: Amount, b: Amount, *, from_to: bool) -> Expression:
    after = number_words.after().at(tokens, b.stop)
    stop = after.stop if after and after.value == "about" else b.stop
    low, high = number(a.low), number(b.high)
    bound: Bound = "vague" if "vague" in (a.kind, b.kind) else "range"
    return Expression(index, stop, low, high, None, bound, b.unit or a.unit, (a, b), from_to)


def _pair_at(tokens: Sequence[Token], index: int, joiners: Sequence[str]) -> tuple[Amount, Amount] | None:
    """Two numbers with a joiner between them, the second not below the first."""
    a = amount_at(tokens, _hedges_at(tokens, index)[0])
    if a is None or a.stop >= len(tokens) or tokens[a.stop].lower not in joiners:
        return None
    joiner = tokens[a.stop].lower
    b = amount_at(tokens, _hedges_at(tokens, a.stop + 1)[0])
    if b is None or "fraction" in (a.kind, b.kind) or _differ(a, b):
        return None
    a, b = _share_multiplier(a, b)
    if not _may_join(tokens, index, joiner, a, b):
        return None
    if joiner == "or":
        b = _last_alternative(tokens, b)
    rising = a.low <= b.high
    return (a, b) if rising or tokens[index - 1].lower == "from" else None


def _last_alternative(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The end of "10,000 or 20,000 or 40,000" from its second number on."""
    while _lower(tokens, amount.stop) == "or":
        further = amount_at(tokens, amount.stop + 1)
        if further is None or further.unit != amount.unit or further.low <= amount.low:
            break
        amount = further
    return amount


def _differ(a: Amount, b: Amount) -> bool:
    """Whether their units part them: "up 0.7 per cent to 3,005" is no range, "$3 to 8 million" is."""
    if b.unit is None:
        return a.unit is not None and a.unit.role != "money"
    return a.unit is not None and a.unit.code != b.unit.code


def _may_join(tokens: Sequence[Token], index: int, joiner: str, a: Amount, b: Amount) -> bool:
    if a.unit and b.unit and a.unit.code != b.unit.code:
        return False
    if (
        index > 0
        and tokens[index - 1].lower in ("in", "since", "by", "of")
        and like_a_year(tokens[a.first : a.stop])
    ):
        return False  # from 1 million in 2011 to 3 million
    if joiner == "or":
        return a.kind != "vague" and b.kind != "vague" and a.low < b.low <= _WIDEST_OR * a.low
    if joiner in ("-", "–", "‑", "‐", "—"):  # 2001-2003 are years, 2-0 is a score
        digits = a.kind == b.kind == "digits"
        years = all(like_a_year(tokens[amount.first : amount.stop]) for amount in (a, b))
        return digits and not years and a.low != b.low
    return True


def like_a_year(words: Sequence[Token]) -> bool:
    """One token of four digits that may name a year."""
    return len(words) == 1 and len(words[0].text) == 4 and words[0].text[:2] in ("18", "19", "20")


def _share_multiplier(a: Amount, b: Amount) -> tuple[Amount, Amount]:
    """Give the first end the multiplier and the unit that only the last was said with."""
    if a.unit is None or b.unit is None:
        unit = a.unit or b.unit
        a, b = a._replace(unit=unit), b._replace(unit=unit)
    bare = a.scale == 1 and a.kind in ("digits", "words") and a.low < _LOOKS_SCALED
    if bare and b.scale > 1 and b.kind != "vague" and a.low * b.scale <= b.low:
        return a._replace(low=a.low * b.scale, high=a.high * b.scale, scale=b.scale), b
    return a, b


def _is_ranging(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].lower in number_words.vocabulary().ranges.ranging


def _hedges_at(tokens: Sequence[Token], index: int) -> tuple[int, Bound | None]:
    """Where the hedges that begin at `index` end, and the bound of the first that is one-sided."""
    bound: Bound | None = None
    while found := number_words.before().at(tokens, index):
        if bound in (None, "about"):
            bound = found.value
        index = found.stop
    return index, bound


def amount_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """The number that begins at token `index` with its currency sign, multiplier and unit."""
    sign = sign_at(tokens, index)
    start = sign.stop if sign else index
    core = _vague_at(tokens, start) or _fraction_at(tokens, start) or _ratio_at(tokens, start)
    core = core or _core_at(tokens, start)
    if core is None or _is_ordinal(tokens, core.stop):
        return None
    core = core._replace(first=index, unit=sign.value if sign else core.unit)
    if core.kind == "digits":
        core = _scaled(tokens, core)
    return core if core.unit else _with_unit(tokens, core)


def _with_unit(tokens: Sequence[Token], core: Amount) -> Amount:
    gap = 1 if core.kind == "vague" and _lower(tokens, core.stop) == "of" else 0
    hyphen = 1 if core.kind == "digits" and _lower(tokens, core.stop) == "-" else 0  # 60-km
    unit = word_at(tokens, core.stop + gap + hyphen)
    return core._replace(unit=unit.value, stop=unit.stop) if unit else core


def _scaled(tokens: Sequence[Token], core: Amount) -> Amount:
    """`core` with the multiplier after it: "10 million", "10bn"."""
    scale, stop = 1, core.stop
    known = number_words.vocabulary()
    word = _lower(tokens, stop)
    if word in known.suffixes and _is_multiplier(tokens, stop, word, core):
        scale, stop = known.suffixes[word], stop + 1
    else:
        stop += word == "-" and _lower(tokens, stop + 1) in known.scales  # a $10-million fee
        while (word := _lower(tokens, stop)) in known.scales:
            scale, stop = scale * known.scales[word], stop + 1
    return core._replace(low=core.low * scale, high=core.high * scale, scale=scale, stop=stop)


def _is_multiplier(tokens: Sequence[Token], index: int, word: str, core: Amount) -> bool:
    """Whether the letters at `index` multiply: written against the digits, and no metres."""
    attached = tokens[index].begin == tokens[index - 1].end
    if word != "m" or core.unit is not None:
        return attached or (core.unit is not None and word != "k")
    follower = _lower(tokens, index + 1)
    return attached and follower.isalpha() and follower not in number_words.vocabulary().letters.metre_context


def _vague_at(tokens: Sequence[Token], index: int) -> Amount | None:
    found = number_words.vague().at(tokens, index)
    if found is None:
        return None
    low, high = found.value
    return Amount(index, found.stop, Fraction(low), Fraction(high), low, None, "vague")


def _fraction_at(tokens: Sequence[Token], index: int) -> Amount | None:
    found = number_words.fractions().at(tokens, index)
    if found is None or number_words.fixed().at(tokens, index):
        return None
    share = Fraction(found.value[0], found.value[1]) * 100
    return Amount(index, found.stop, share, share, 1, Unit("%", "share"), "fraction")


def _ratio_at(tokens: Sequence[Token], index: int) -> Amount | None:
    """ "one in 20", "nine out of ten": a share; "14 out of 23 villages" counts villages."""
    part = _core_at(tokens, index)
    if part is None:
        return None
    link = [token.lower for token in tokens[part.stop : part.stop + 2]]
    size = 1 if link[:1] == ["in"] and part.low == 1 else 2 if link == ["out", "of"] else 0
    whole = _core_at(tokens, part.stop + size) if size else None
    if whole is None or not part.low < whole.low <= _LARGEST_WHOLE:
        return None
    if size == 2 and whole.low not in _ROUND:
        return None
    if word_at(tokens, whole.stop):
        return None
    share = part.low / whole.low * 100
    return Amount(index, whole.stop, share, share, 1, Unit("%", "share"), "fraction")


def _core_at(tokens: Sequence[Token], index: int) -> Amount | None:
    fixed = number_words.fixed().at(tokens, index)
    if fixed:
        return _amount(index, fixed, scale=fixed.value)
    if index >= len(tokens):
        return None
    if tokens[index].is_number:
        value = digits(tokens[index].text)
        return None if value is None else Amount(index, index + 1, value, value)
    words = _words_at(tokens, index)
    return None if words is None else _amount(index, words, scale=_scale_of(tokens[index : words.stop]))


def _amount(index: int, match: Match[int] | Match[Fraction], *, scale: int) -> Amount:
    value = Fraction(match.value)
    return Amount(index, match.stop, value, value, scale, None, "words")


def _scale_of(words: Sequence[Token]) -> int:
    scales = number_words.vocabulary().scales
    return max((scales[word.lower] for word in words if word.lower in scales), default=1)


def _words_at(tokens: Sequence[Token], index: int) -> Match[Fraction] | None:
    """A number in words: "two hundred and fifty thousand", "two and a half million"."""
    scales = number_words.vocabulary().scales
    total = current = Fraction(0)
    stop = index
    while stop < len(tokens) and stop - index < _LONGEST_WORDS:
        word = tokens[stop].lower
        small = _small(word)
        if small is not None and _fits(current, small) and (stop == index or current >= 20 or current == 0):
            current += small
        elif word in scales and stop > index:
            current, total = _multiply(current, total, scales[word])
        elif word == "and" and _is_and_a_half(tokens, stop):
            current, stop = current + Fraction(1, 2), stop + 2
        elif word != "and" or not _is_and_of_hundreds(tokens, stop, total, current):
            break
        stop += 1
    return Match(total + current, stop) if stop > index else None


def _multiply(current: Fraction, total: Fraction, scale: int) -> tuple[Fraction, Fraction]:
    scaled = (current or Fraction(1)) * scale
    return (scaled, total) if scale <= 100 else (Fraction(0), total + scaled)


def _fits(current: Fraction, small: int) -> bool:
    """Whether `small` may follow in the same group: 5 after 20 or 100, 50 after 100."""
    return current == 0 or (current % 100 == 0 and small < 100) or (current % 10 == 0 and small < 10)


def _is_and_a_half(tokens: Sequence[Token], index: int) -> bool:
    words = tuple(token.lower for token in tokens[index + 1 : index + 4])
    return words[:2] == ("a", "half") and len(words) == 3 and words[2] in number_words.vocabulary().scales


def _is_and_of_hundreds(tokens: Sequence[Token], index: int, total: Fraction, current: Fraction) -> bool:
    """The "and" of "two hundred and fifty", not that of "two and three"."""
    within = (current >= 100 and current % 100 == 0) or (total > 0 and current == 0)
    return within and _small(_lower(tokens, index + 1)) is not None


def _small(word: str) -> int | None:
    cardinals = number_words.vocabulary().cardinals
    if word in cardinals:
        return cardinals[word]
    tens, hyphen, ones = word.partition("-")
    if hyphen and cardinals.get(tens, 0) >= 20 and 0 < cardinals.get(ones, 0) < 10:
        return cardinals[tens] + cardinals[ones]
    return None


def digits(word: str) -> Fraction | None:
    """The value of digits with group commas and a decimal point; `None` for other forms.

    >>> digits("55,000"), digits("7.6"), digits("1,2")
    (Fraction(55000, 1), Fraction(38, 5), None)
    """
    if not word.isascii():
        word = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in word)
    whole, point, decimals = word.partition(".")
    groups = whole.split(",")
    grouped = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    if not grouped or (point and not decimals.isdecimal()) or not "".join(groups).isdecimal():
        return None
    return Fraction(Decimal("".join(groups) + point + decimals))


def number(value: Fraction) -> Number:
    """An integer where `value` is one, otherwise a float rounded to six decimals."""
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _is_ordinal(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens) or not tokens[index - 1].is_number:
        return False
    attached = tokens[index].begin == tokens[index - 1].end
    return attached and tokens[index].lower in number_words.vocabulary().letters.ordinal


def _lower(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if index < len(tokens) else ""
