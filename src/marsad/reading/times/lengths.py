"""Patterns of lengths: three years, at least two weeks, the past six months, for decades."""

from __future__ import annotations

from functools import cache

from marsad.reading.times import vocabulary
from marsad.reading.times.kinds import COUNT, LOOK, NUMBER, QUANTITY, THE, UNIT
from marsad.reading.times.meanings import LEFT, Built, Length, Match, Rules, S, Spec, group
from marsad.reading.times.vocabulary import any_of, words

UNCOUNTED = ("second", "minute")  # "last minute", "a second attack": idioms, not times
_HALVES = {"year": "Y6M", "hour": "H30M", "minute": "M30S"}  # ISO 8601 of "and a half"
_LONG = ("year", "month", "week", "day", "decade")
_THE = rf"(?P<the>(?:[Tt]he|[Tt]hese|[Tt]hose){S}(?:(?:first|last|final|next|past){S})?)?"


def length_rules() -> Rules:
    return [*_anchored_rules(), *_counted_rules(), *_single_rules()]


def _anchored_rules() -> Rules:
    known = words().lengths
    firm = any_of(mod for mod in words().quantity_mods if mod not in known.also_prepositions)
    look = any_of([*known.back, *known.ahead, *known.aside])
    return [
        Spec(
            "anchored",
            rf"{LEFT}(?:(?P<qmod>{firm}){S})?(?:(?P<the>[Tt]he|[Tt]hese|[Tt]hose){S})?(?P<look>{look}){S}"
            rf"(?:(?P<count>{counts()})[\s-]{{1,3}})?(?P<unit>{units()})\b(?!-)(?=(?P<of>{S}of{S}(?!so\b))?)",
            _anchored,
            QUANTITY | THE | LOOK,
            UNIT | LOOK,
        ),
        Spec(
            "intervening",
            rf"{LEFT}[Tt]he{S}(?P<unit>years|decades|centuries)\b(?!{S}(?:of|before|after|since|to)\b)",
            _length,
            THE,
            UNIT,
            words().before.years,
        ),
        Spec(
            "length_before",
            rf"{LEFT}(?P<unit>{plurals()})\b(?={S}(?:before|after|since|ahead|leading|following|that{S}followed)\b)",
            _length,
            UNIT,
            UNIT,
        ),
    ]


def _several() -> str:
    return rf"(?!(?:an?|one|half{S}an?|some)[\s-]{{1,3}}(?:{units()})\b)(?P<count>{counts()})"


def _unaged() -> str:
    """What makes of a length an age or a name: 12 years old, the Six Days' War."""
    aged = any_of(words().lengths.no_length_before)
    return rf"[\s-]{{1,3}}(?:{aged}|olds|of{S}age)\b|['’]{S}[Ww]ars?\b|['’]?{S}War\b"


def _counted_rules() -> Rules:
    known, unit, half = words().lengths, rf"(?P<unit>{units()})", rf"(?P<half>{S}and{S}a{S}half)?"
    between = rf"(?:[\s-]{{1,3}}(?:{any_of(known.between)}))?"
    apart = rf"(?(the){S}(?={plurals()}\b)|[\s-]{{1,3}})"  # "the six months", but the "six-month" siege
    loose = any_of(mod for mod in words().quantity_mods if mod not in ("over", "under"))
    here = COUNT | NUMBER | QUANTITY | THE
    return [
        Spec(
            "length",
            rf"{LEFT}(?:(?P<qmod>{loose}){S})?{_THE}{_several()}{between}"
            rf"{apart}{unit}{half}(?:{S}or{S}so\b)?\b(?!{_unaged()})",
            _length,
            here,
            UNIT,
        ),
        Spec(
            "length_over",
            rf"{LEFT}(?P<qmod>over|under){S}{_several()}[\s-]{{1,3}}{unit}{half}\b(?!{_unaged()})",
            _length,
            QUANTITY,
            QUANTITY | UNIT,
            _last_words(known.before_over),
        ),
        Spec(
            "length_range",
            rf"{LEFT}{quantity()}{_several()}(?:{S}(?:to|or){S}|\s?[-–]\s?)(?P<most>{counts()})[\s-]{{1,3}}{unit}\b"
            rf"(?!{_unaged()}|{S}(?:ago|earlier|later|from{S}now)\b)",
            _length_range,
            COUNT | NUMBER | QUANTITY,
            UNIT,
        ),
    ]


def _single_rules() -> Rules:
    known, half = words().lengths, rf"(?P<half>{S}and{S}a{S}half)?"
    one = r"(?P<unit>hour|day|week|fortnight|month|year|decade|century|millennium|minute)"
    sure = any_of(mod for mod in words().quantity_mods if mod not in ("some", "under"))
    return [
        Spec(
            "single",
            rf"{LEFT}(?P<count>an?|one|half{S}an?)[\s-]{{1,3}}(?:(?:full|whole|entire|further|single){S})?{one}{half}"
            rf"(?:{S}or{S}(?:so|two|more)\b)?\b(?!-)",
            _length,
            COUNT,
            UNIT,
            _last_words(known.before_single),
        ),
        Spec(
            "modified_single",
            rf"{LEFT}(?:(?P<qmod>{sure}){S})(?P<count>an?|one|half{S}an?){S}{one}{half}\b(?!-|['’]s\b)",
            _length,
            QUANTITY,
            QUANTITY | UNIT,
        ),
        Spec(
            "one_unit",
            rf"{LEFT}(?P<count>[Oo]ne|[Hh]alf{S}an?|1)[\s-](?P<unit>year|month|week|day|hour|minute|decade)\b"
            rf"(?!-|{S}(?:of|in|on|he|she|they|we|I|when|soon|this|last|next|earlier|later)\b|[,.])(?!{_unaged()})",
            _length,
            COUNT | NUMBER,
            UNIT,
        ),
        Spec(
            "bare_length",
            rf"{LEFT}(?P<unit>{plurals()})\b(?!{S}(?:ago|old|later|earlier)\b)",
            _length,
            UNIT,
            UNIT,
            _last_words(known.before_bare),
        ),
        Spec(
            "compound",
            rf"{LEFT}(?P<unit>{any_of([*(vocabulary.plural(unit) for unit in _LONG), *_LONG])})-long\b",
            _compound,
            UNIT,
            UNIT,
        ),
    ]


def _last_words(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in phrases)


@cache
def quantity() -> str:
    """What may stand before a number of units, as the group `qmod`."""
    return rf"(?:(?P<qmod>{any_of(words().quantity_mods)}){S})?"


@cache
def counts() -> str:
    """Numbers in figures and in words, and vague ones."""
    numbers = words().numbers
    tens = any_of(word for word, number in numbers.items() if number in range(20, 100, 10))
    ones = any_of(word for word, number in numbers.items() if 1 <= number <= 9 and len(word) > 2)
    named = any_of([*numbers, *words().vague_numbers.words])
    return (
        rf"(?:{tens})[\s-](?:{ones})|(?:{ones}|\d\d?){S}and{S}a{S}half|{named}|\d{{1,4}}(?:\.\d|{S}1/2|\s?½)?"
    )


@cache
def units() -> str:
    known = words().units
    both = [*known, *(vocabulary.plural(unit) for unit in known)]
    return any_of(unit for unit in both if unit != "second")


@cache
def plurals() -> str:
    return any_of(vocabulary.plural(unit) for unit in words().units if unit not in UNCOUNTED)


def quantity_mod(match: Match) -> str | None:
    phrase = group(match, "qmod")
    return words().quantity_mods[vocabulary.folded(phrase)] if phrase else None


def amount(match: Match) -> float | None:
    """The number of units that `match` names, half ones included; None where it is vague."""
    named = group(match, "count")
    number = vocabulary.count_of(named) if named else None
    return number + 0.5 if number is not None and group(match, "half") else number


def _anchored(match: Match) -> Built:
    """`the past six months` reaches up to now, `recent weeks` too, `the next two weeks` from now."""
    known = words().lengths
    unit, look = vocabulary.unit_of(match["unit"]), match["look"].lower()
    plural = match["unit"].lower() != unit
    side = -1 if look in known.back else 1 if look in known.ahead else None
    if match["of"]:
        side = None  # "the last year of the war" does not run up to now
    if plural:
        if not match["count"] and look not in known.vague:
            return None
        return Length(unit, amount(match), side), quantity_mod(match), None
    if (
        not match["the"]
        or not (side or match["of"])
        or unit == "day"
        or (look == "next" and unit != "decade")
    ):
        return None
    return Length(unit, 1, side), quantity_mod(match), None


def _length(match: Match) -> Built:
    named = group(match, "count")
    if named and named.isdigit() and len(named) == 4:
        return None  # "2014 weeks" is a year before a noun, if anything
    if match["unit"].lower().startswith("quarter"):
        return None  # three quarters of the people
    return Length(vocabulary.unit_of(match["unit"]), amount(match)), quantity_mod(match), None


def _compound(match: Match) -> Built:
    """`decades-long`, `year-long`."""
    unit = vocabulary.unit_of(match["unit"])
    return Length(unit, 1 if match["unit"].lower() == unit else None), None, None


def _length_range(match: Match) -> Built:
    """ "four to six weeks"."""
    least, most = amount(match), vocabulary.count_of(match["most"])
    if least is None or most is None or not least < most:
        return None
    return Length(vocabulary.unit_of(match["unit"]), least, most=most), quantity_mod(match), None


def period(unit: str, count: float | None) -> str:
    """TIMEX3 duration: P6M, PT2H, PXY, P2.5Y. Weekends are P2D, fortnights two weeks."""
    if unit == "weekend":
        return "P2D" if count == 1 else "PXD"
    if unit == "fortnight" and count is not None:
        count *= 2
    if count is not None and count % 1 == 0.5 and unit in _HALVES:
        whole = f"{int(count)}{_HALVES[unit]}" if count > 1 else _HALVES[unit][1:]
        return f"P{whole}" if unit == "year" else f"PT{whole}"
    designator = words().units[unit]
    number = "X" if count is None else f"{count:g}"
    return f"PT{number}{designator[1:]}" if designator in ("TS", "TM", "TH") else f"P{number}{designator}"
