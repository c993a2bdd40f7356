"""Number expressions: values as stated, bounds never widened, multipliers shared across ranges."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.figures.digits import digits
from marsad.reading.figures.numbers import find
from marsad.reading.figures.units import names
from marsad.reading.text import tokenize


def read(text: str):
    return find(tokenize(text, 0, len(text)))


def only(text: str):
    found = read(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("41,300 residents", 41_300),
        ("7.6 million tents", 7_600_000),
        ("two and a half million", 2_500_000),
        ("two hundred and fifty thousand", 250_000),
        ("twenty-five thousand three hundred", 25_300),
        ("two thousand and eleven villagers", 2011),
        ("one million three hundred thousand", 1_300_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("4 hundred", 400),
        ("٤٥ soldiers", 45),
        ("three lakh crore", 3_000_000_000_000),
        ("2 crore", 20_000_000),
        ("15,00,000 people", 1_500_000),
        ("a million and a half", 1_500_000),
        ("two thirds of a million", Fraction(2_000_000, 3)),
        ("five point three million", 5_300_000),
        ("three dozens", 36),
        ("1½ loaves", 1.5),
        ("2 1/2 miles", 2.5),
        ("1/16 of a pint", 0.0625),
        ("1 234 567 people", 1_234_567),
        ("40 000 houses", 40_000),
        ("2.998×10^8", 299_800_000),
        ("1.99×10−30 kg", 1.99e-30),
        ("minus 40", -40),
        ("-2.5%", -2.5),
        (".05 per cent", 0.05),
        ("a 1.8 billion-mile journey", 1_800_000_000),
        ("a five-mile zone", 5),
        ("sixfold", 6),
        ("three times as many", 3),
        ("double the number", 2),
    ],
)
def test_value(text, value):
    found = only(text)
    assert found.low == pytest.approx(float(value))
    assert (found.low, found.best, found.bound) == (found.high, found.high, "exact")


@pytest.mark.parametrize(
    ("text", "low", "high", "best", "bound"),
    [
        ("about 900 tents", 900, 900, 900, "about"),
        ("an estimated 900 tents", 900, 900, 900, "about"),
        ("nearly 900 tents", 900, 900, 900, "about"),
        ("900 or so", 900, 900, 900, "about"),
        ("at least 900 tents", 900, None, None, "at_least"),
        ("more than a dozen", 12, None, None, "at_least"),
        ("900 or more", 900, None, None, "at_least"),
        ("up to 900 tents", None, 900, None, "at_most"),
        ("as many as 900 tents", None, 900, None, "at_most"),
        ("no more than 900 tents", None, 900, None, "at_most"),
        ("up to an estimated 900", None, 900, None, "at_most"),
        ("tens of thousands", 10_000, 100_000, None, "vague"),
        ("several hundred", 300, 900, None, "vague"),
        ("dozens", 24, 120, None, "vague"),
        ("some 300-odd huts", 300, 300, 300, "about"),
        ("thirty-odd huts", 30, 30, 30, "about"),
        ("50-plus huts", 50, None, None, "at_least"),
        ("100+ huts", 100, None, None, "at_least"),
    ],
)
def test_bounds_are_never_widened(text, low, high, best, bound):
    found = only(text)
    assert (found.low, found.high, found.best, found.bound) == (low, high, best, bound)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("between $3 to $8 million", 3_000_000, 8_000_000, "USD"),
        ("between 3 and 8 million dollars", 3_000_000, 8_000_000, "USD"),
        ("4,000 to 6,500", 4_000, 6_500, None),
        ("two to three million", 2_000_000, 3_000_000, None),
        ("3–8m people", 3_000_000, 8_000_000, None),
        ("€300-400bn", 300_000_000_000, 400_000_000_000, "EUR"),
        ("900,000 to 1.2 million", 900_000, 1_200_000, None),
        ("two or three", 2, 3, None),
        ("seven or eight million", 7_000_000, 8_000_000, None),
        ("5% to 10%", 5, 10, "%"),
        ("ranging from 10 to 20", 10, 20, None),
        ("a 10- to 15-kilometre zone", 10, 15, "km"),
        ("$10m-$25m", 10_000_000, 25_000_000, "USD"),
        ("1,500–2,000-strong", 1_500, 2_000, None),
        ("two-three men", 2, 3, None),
        ("20-30 per cent", 20, 30, "%"),
    ],
)
def test_ranges_share_multiplier_and_unit(text, low, high, unit):
    found = only(text)
    assert (found.low, found.high, found.best, found.bound) == (low, high, None, "range")
    assert (found.unit.code if found.unit else None) == unit
    assert not found.from_to


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("fell from 900 to 400", 900, 400),
        ("rose from 1 million in 2011 to 3 million", 1_000_000, 3_000_000),
        ("from 20 miles in 2008 to 29 miles", 20, 29),
        ("from 208 pounds to 193 by exercise", 208, 193),
        ("narrowed to 138 lots from 212 lots", 212, 138),
    ],
)
def test_from_to_is_marked_with_the_earlier_level_first(text, low, high):
    found = next(expression for expression in read(text) if expression.from_to)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "ends"),
    [("Index 50 -1.3%", [50, -1.3]), ("the COVID -19 tests", [19]), ("$-50.8bn", [-50_800_000_000])],
)
def test_a_minus_is_no_joiner(text, ends):
    assert [found.low for found in read(text)] == ends


@pytest.mark.parametrize(
    "text",
    [
        "2014-2016",
        "a 2-0 lead",
        "44 to 42 percent",
        "up 0.7% to 3,005",
    ],
)
def test_two_numbers_that_are_no_range(text):
    assert all(found.bound != "range" for found in read(text))
    assert len(read(text)) >= 2


@pytest.mark.parametrize("text", ["the 7th brigade", "in the 1990s", "a thousand", "hundred", "v1,2"])
def test_ordinals_and_decades_are_no_numbers(text):
    values = [found.best for found in read(text)]
    assert values in ([], [1000])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5 GB", "GBy"), ("5 mW", "mW"), ("5 MW", "MW"), ("80 km/h", "km/h"), ("20 kilometres an hour", "km/h"),
        ("570 sq m", "m2"), ("12 degrees Celsius", "Cel"), ("12C", "Cel"), ("450 Nm", "N.m"), ("US $5", "USD"),
        ("HK $5", "HKD"), ("INR5", "INR"), ("Rs 5", "INR"), ("RM5", "MYR"), ("300 Iraqi dinars", "IQD"),
        ("40 naira", "NGN"), ("5 JPY", "JPY"), ("3 Danish crowns", "DKK"), ("60 basis points", "10*-4"),
        ("43 percent-owned", "%"), ("2 dunums", "10*3.m2"), ("4 barrels", "[bbl_us]"),
    ],
)  # fmt: skip
def test_units_by_code(text, code):
    unit = only(text).unit
    assert unit is not None and unit.code == code


@pytest.mark.parametrize(
    "text", ["12 in Aro", "5 pm", "300 dinars", "told us 5", "12 pt", "TOP 10", "5G", "40 won"]
)
def test_words_that_are_no_units(text):
    assert all(found.unit is None for found in read(text))


def test_every_unit_has_a_name_and_every_code_is_plain():
    assert names()["km/h"] == "kilometre per hour" and names()["IQD"] == "Iraqi dinar"
    assert all(name and code.isascii() and " " not in code for code, name in names().items())


def test_an_amount_in_two_currencies_is_two():
    codes = [found.unit.code for found in read("a $20bn (£15.2bn) fee") if found.unit]
    assert codes == ["USD", "GBP"]


@pytest.mark.parametrize(
    ("text", "unit"), [("25m from the road", "m"), ("25m people", None), ("£25m", "GBP")]
)
def test_a_bare_m_is_metres_only_beside_a_distance(text, unit):
    found = only(text)
    assert (found.unit.code if found.unit else None) == unit
    assert found.low == (25 if unit == "m" else 25_000_000)


def test_the_over_of_a_verb_is_its_own():
    assert only("agreed to hand over 11 captives").bound == "exact"
    assert only("it holds over 11 captives").bound == "at_least"


def test_a_bound_belongs_to_the_number_that_follows_it():
    assert [(found.low, found.bound) for found in read("In 2018 at least 12 died")][1] == (12, "at_least")


@pytest.mark.parametrize("text", ["1,2", "12,3456", "1.2.3", "..."])
def test_malformed_digits_are_refused(text):
    assert digits(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10^400",
        "9" * 24,
        "1,2,3,4",
        "9" * 100_000,
        "1e999",
        "10×10^99",
        "million " * 50,
        "5 " + "million " * 50,
    ],
)
def test_what_is_no_count_stays_small(text):
    for found in read(text):
        ends = [end for end in (found.low, found.high) if end is not None]
        assert all(abs(end) <= 10**18 for end in ends)


class Counting(tuple):
    """Tokens that count how often they are looked at."""

    looks = 0

    def __getitem__(self, at):
        type(self).looks += 1
        return super().__getitem__(at)


@pytest.mark.parametrize(
    "unit",
    [
        "9" * 24 + " ",
        "1,2,",
        "one and ",
        "between 5 ",
        "from 5 miles ",
        "a few ",
        "5 - ",
        "5 or ",
        "$",
        "at least ",
        "123 ",
        "million ",
        "twenty-",
    ],
)
def test_the_work_grows_with_the_length(unit):
    def looks(times):
        Counting.looks = 0
        tokens = Counting(tokenize(unit * times, 0, len(unit * times)))
        find(tokens)
        return Counting.looks

    assert looks(400) <= 2.5 * looks(200) + 50


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_read_back(value):
    assert digits(f"{value:,}") == value


@given(st.text(alphabet="0123456789,.-–$ toandbetween million hundred k%£m", max_size=80))
def test_low_is_never_above_high_and_spans_do_not_overlap(text):
    found = read(text)
    for expression in found:
        if not expression.from_to and expression.low is not None and expression.high is not None:
            assert expression.low <= expression.high
    assert all(a.stop <= b.first for a, b in pairwise(found))


def test_alternatives_are_one_range():
    found = only("10,000 or 20,000 or 40,000 people")
    assert (found.low, found.high, found.bound) == (10_000, 40_000, "range")


@pytest.mark.parametrize(
    ("text", "share"),
    [("one in 20 people", 5), ("nine out of ten people", 90), ("one in 1,990 people", None)],
)
def test_one_in_so_many_is_a_share(text, share):
    first = read(text)[0]
    assert (first.best if first.unit else None) == share
