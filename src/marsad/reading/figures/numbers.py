"""Number expressions: one number or a range, with the words that bound it.

The values are as stated and never widened: "about 55,000" is 55,000 to 55,000, "at least 10" has no
upper end, and only a vague count ("dozens") is an interval, by `data/numbers.toml`. A multiplier or
a unit said once at the end of a range counts for both of its ends ("between $10 to $25 million").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.reading.figures import number_words
from marsad.reading.figures.amounts import Amount, amount_at, minus_at
from marsad.reading.figures.digits import number
from marsad.reading.figures.units import Unit
from marsad.reading.syntax import closed_class
from marsad.reading.text import Token
from marsad.records.reading import Bound, Number

__all__ = ["Amount", "Expression", "amount_at", "find", "like_a_year", "number"]

_WIDEST_OR = 10  # "200 or 300" is a range; "two or 3,000" is not
_LOOKS_SCALED = 1_000  # only a number below it can lack the multiplier of its range
_DASHES = frozenset("-–‑‐—")
_AND = ("and", "to", "-", "–")
_GAP = 6  # tokens between the ends of "from 20 in 2008 to 29"
_NAMED = 3  # tokens of a noun before "from" in "to 138,285 lots from 212,577"
_HEDGED = 8  # tokens of hedges before a number: "from up to an estimated"
_HUNDREDS = 3  # digits
_DATED = frozenset({"in", "by"})


class Expression(NamedTuple):
    """A number as stated, with its hedges: tokens `[first, stop)`.

    `from_to` marks "from A to B", which is two levels and a change, not a range; its amounts are
    the earlier and the later level, whatever their order in the text.
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
    found: list[Expression] = []
    stop = 0
    for at in number_words.candidates(tokens):
        if at < stop or not number_words.opens(tokens, at):
            continue
        for index in (*_leading(tokens, max(stop, at - _HEDGED), at), at):
            expression = expression_at(tokens, index)
            if expression is not None:
                found.append(expression)
                stop = expression.stop
                break
    return tuple(found)


def _leading(tokens: Sequence[Token], first: int, stop: int) -> list[int]:
    """Where in `[first, stop)` a hedge, a sign, a minus or the word of a range may begin."""
    known = number_words.leads()
    return [
        index
        for index in range(first, stop)
        if (word := tokens[index].lower) in known or (not word.isalnum() and minus_at(tokens, index) > 0)
    ]


def expression_at(tokens: Sequence[Token], index: int) -> Expression | None:
    """The number expression that begins at token `index`, hedges included."""
    verbs = number_words.vocabulary().phrasal.get(tokens[index].lower)
    if verbs and index > 0 and tokens[index - 1].lower in verbs:
        return None
    start, bound = _hedges_at(tokens, index)
    word = tokens[start].lower if start < len(tokens) else ""
    if word in ("between", "from"):
        return _between(tokens, index, start, word)
    if ends := number_words.word_ranges().get(word):
        low, high = (Amount(start, start + 1, end, end, 1, None, "words") for end in ends)
        return _range(tokens, index, low, high)
    first = amount_at(tokens, start)
    if first is None:
        return None
    pair = _pair_at(tokens, start, number_words.vocabulary().ranges.joiners, first)
    if pair:
        return _range(tokens, index, *pair)
    return _to_from(tokens, index, first) or _single(tokens, index, first, bound)


def _between(tokens: Sequence[Token], index: int, start: int, word: str) -> Expression | None:
    """ "between A and B" is a range, "from A to B" is not, unless something ranges so."""
    first = amount_at(tokens, _hedges_at(tokens, start + 1)[0])
    if first is None:
        return None
    pair = _pair_at(tokens, start + 1, _AND if word == "between" else ("to",), first)
    if pair is None and word == "from":
        pair = _apart(tokens, first)
    ranges = word == "between" or _is_ranging(tokens, start)
    return _range(tokens, index, *pair, from_to=not ranges) if pair else None


def _apart(tokens: Sequence[Token], a: Amount) -> tuple[Amount, Amount] | None:
    """The ends of "from 20 miles in 2008 to 29 miles": both of one unit, or a year between."""
    for at in range(a.stop, min(a.stop + _GAP, len(tokens) - 1)):
        if not (tokens[at].is_word or tokens[at].is_number):
            return None
        if tokens[at].lower != "to":
            continue
        b = amount_at(tokens, _hedges_at(tokens, at + 1)[0])
        dated = at > a.stop + 1 and tokens[a.stop].lower in _DATED and like_a_year(tokens[at - 1 : at])
        if b is None or "fraction" in (a.kind, b.kind) or like_a_year(tokens[b.first : b.stop]):
            return None
        if a.unit and (a.unit == b.unit or (b.unit is None and not _opens_noun(tokens, b.stop))):
            return _share_multiplier(a, b)
        return _share_multiplier(a, b) if dated and a.unit == b.unit else None
    return None


def _opens_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that may be counted stands at `index`: not "to 193 by exercising"."""
    return index < len(tokens) and tokens[index].is_word and tokens[index].lower not in closed_class()


def _to_from(tokens: Sequence[Token], index: int, b: Amount) -> Expression | None:
    """ "narrowed to 138,285 lots from 212,577 lots": the later level is said first."""
    if index == 0 or tokens[index - 1].lower != "to":
        return None
    for at in range(b.stop, min(b.stop + _NAMED, len(tokens) - 1)):
        if tokens[at].lower == "from":
            a = amount_at(tokens, at + 1)
            if a is None or a.unit != b.unit or "fraction" in (a.kind, b.kind):
                return None
            same = a.unit or tokens[b.stop : at] == () or _same(tokens, b.stop, a.stop)
            return _range(tokens, index, a, b, from_to=True) if same else None
        if not tokens[at].is_word:
            return None
    return None


def _same(tokens: Sequence[Token], one: int, other: int) -> bool:
    return other < len(tokens) and tokens[one].lower in (tokens[other].lower, "from")


def _single(tokens: Sequence[Token], index: int, amount: Amount, bound: Bound | None) -> Expression:
    stop = amount.stop
    _, hyphen, tail = tokens[stop - 1].lower.rpartition("-")
    if bound is None and hyphen:
        bound = number_words.vocabulary().bounding.get(tail)  # thirty-odd
    after = number_words.after().at(tokens, stop)
    fits = after and (bound is None or after.value == "about")  # some 300-odd
    if after and fits and amount_at(tokens, after.stop) is None:  # in 2018 at least 12
        stop, bound = after.stop, bound or after.value
    low, high = number(amount.low), number(amount.high)
    if amount.kind == "vague":
        return Expression(index, stop, low, high, None, "vague", amount.unit, (amount,))
    best = low if bound in (None, "about") else None
    ends = (None if bound == "at_most" else low, None if bound == "at_least" else high)
    return Expression(index, stop, *ends, best, bound or "exact", amount.unit, (amount,))


def _range(tokens: Sequence[Token], index: int, a: Amount, b: Amount, *, from_to: bool = False) -> Expression:
    stop = max(a.stop, b.stop)
    after = number_words.after().at(tokens, stop)
    stop = after.stop if after and after.value == "about" else stop
    low, high = number(a.low), number(b.high)
    bound: Bound = "vague" if "vague" in (a.kind, b.kind) else "range"
    return Expression(index, stop, low, high, None, bound, b.unit or a.unit, (a, b), from_to)


def _pair_at(
    tokens: Sequence[Token], index: int, joiners: Sequence[str], a: Amount
) -> tuple[Amount, Amount] | None:
    """Two numbers with a joiner between them, the second not below the first."""
    at = a.stop + _is_hyphen_of_first(tokens, a.stop)
    if at >= len(tokens) or tokens[at].lower not in joiners or minus_at(tokens, at):
        return None
    joiner = tokens[at].lower
    b = amount_at(tokens, _hedges_at(tokens, at + 1)[0])
    if b is None or {"fraction", "multiple"} & {a.kind, b.kind} or _differ(a, b):
        return None
    a, b = _share_multiplier(a, b)
    if not _may_join(tokens, index, joiner, a, b):
        return None
    if joiner == "or":
        b = _last_alternative(tokens, b)
    rising = a.low <= b.high
    return (a, b) if rising or tokens[index - 1].lower == "from" else None


def _is_hyphen_of_first(tokens: Sequence[Token], index: int) -> bool:
    """The first hyphen of "a 10- to 15-kilometre zone"."""
    words = [token.lower for token in tokens[index : index + 2]]
    return words[:1] == ["-"] and words[1:] in (["to"], ["or"])


def _last_alternative(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The end of "10,000 or 20,000 or 40,000" from its second number on."""
    while amount.stop < len(tokens) and tokens[amount.stop].lower == "or":
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
    if (
        index > 0
        and tokens[index - 1].lower in ("in", "since", "by", "of")
        and like_a_year(tokens[a.first : a.stop])
    ):
        return False  # from 1 million in 2011 to 3 million
    if joiner == "or":
        return a.kind != "vague" and b.kind != "vague" and a.low < b.low <= _WIDEST_OR * a.low
    if joiner in _DASHES:  # 2001-2003 are years, 2-0 is a score
        in_digits = a.kind == b.kind == "digits"
        years = all(like_a_year(tokens[amount.first : amount.stop]) for amount in (a, b))
        return in_digits and not years and a.low != b.low
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
    if bound is not None and _is_stray_article(tokens, index):
        index += 1
    return index, bound


def _is_stray_article(tokens: Sequence[Token], index: int) -> bool:
    """ "over a 100,000": an article before digits that no hyphen makes an attribute."""
    words = tokens[index : index + 3]
    hundreds = (
        len(words) > 1 and words[0].lower == "a" and words[1].is_number and len(words[1].text) >= _HUNDREDS
    )
    return hundreds and words[-1].text != "-"
