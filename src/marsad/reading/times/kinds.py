"""What a word can be in an expression of time: the flags by which patterns are chosen.

A pattern is tried only where a word of the kinds that it can begin with stands, and only if the
words that follow hold the kinds that it needs. So the work grows with the number of such words,
whatever else a sentence holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from marsad.reading.times import vocabulary
from marsad.reading.times.vocabulary import words

(
    NUMBER,
    YEAR,
    MONTH,
    WEEKDAY,
    SEASON,
    DAYPART,
    UNIT,
    DEICTIC,
    ADVERB,
    EVERY,
    COUNT,
    THE,
    LOOK,
    PART,
    EDGE,
    QUANTITY,
    ORDINAL,
    DECADE,
    CLOCK,
    REFERENCE,
    HOLIDAY,
    PIECE,
    PER,
    FISCAL,
    CHRIST,
) = (1 << bit for bit in range(25))

SHARP = (  # without one of these a sentence tells no time
    NUMBER
    | MONTH
    | WEEKDAY
    | SEASON
    | DAYPART
    | UNIT
    | DEICTIC
    | ADVERB
    | DECADE
    | CLOCK
    | REFERENCE
    | HOLIDAY
)


@lru_cache(maxsize=8_192)
def kind_of(word: str) -> int:
    """The kinds of `word` as written, all of them; those of its parts where it has hyphens."""
    if word[0].isdigit():
        return NUMBER | (YEAR if len(word) == 4 and word.isdigit() else 0) | _kinds().get(word, 0)
    known = _kinds()
    found = known.get(word, 0) | known.get(word.casefold().replace("’", "'"), 0)
    if not found and "-" in word:
        for part in word.split("-"):
            found |= known.get(part, 0) | known.get(part.casefold(), 0)
    return found


@cache
def _kinds() -> dict[str, int]:
    """Names of months, days and holidays keep their capitals, so that `may` and `march` are no kind."""
    vocabulary_ = words()
    kinds: dict[str, int] = {}

    def add(kind: int, *phrases: str) -> None:
        for phrase in phrases:
            kinds[phrase] = kinds.get(phrase, 0) | kind

    for name in [*vocabulary_.months, *vocabulary_.month_abbreviations]:
        add(MONTH, name.capitalize(), name.upper())
    for name in [*vocabulary_.weekdays, *vocabulary_.weekday_abbreviations]:
        add(WEEKDAY, name.capitalize(), name.upper(), f"{name.capitalize()}s")
    add(SEASON, *vocabulary_.seasons, *(f"{season}s" for season in vocabulary_.seasons))
    add(
        DAYPART,
        *_last_words(vocabulary_.dayparts),
        "nights",
        "evenings",
        "mornings",
        "afternoons",
        "overnight",
    )
    add(UNIT, *vocabulary_.units, *(vocabulary.plural(unit) for unit in vocabulary_.units), "period")
    add(DEICTIC, *(word for phrase in vocabulary_.deictic for word in phrase.split()[-1:]))
    add(ADVERB, *_first_words(vocabulary_.sets.adverbs), "once", "twice")
    add(EVERY, *vocabulary_.sets.every)
    add(COUNT, *_first_words([*vocabulary_.numbers, *vocabulary_.vague_numbers.words]), "half")
    add(THE, "the", "these", "those", "that", "its", "their", "his", "her", "our")
    look = vocabulary_.look
    add(
        LOOK,
        *_first_words([*look.published, *look.narrative, *vocabulary_.lengths.aside]),
        "latest",
        "recent",
    )
    add(PART, *(word for part in vocabulary_.parts for word in _first_words(part.words)))
    add(EDGE, "earlier", "later")
    add(QUANTITY, *_first_words([*vocabulary_.quantity_mods, *vocabulary_.date_mods]))
    add(ORDINAL, *vocabulary_.ordinals, *_first_words(vocabulary_.century_ordinals))
    add(ORDINAL, *_first_words(vocabulary.day_ordinals()))
    add(DECADE, *vocabulary_.decades, "nineteen", "'", "’", "‘", *(f"{tens}" for tens in range(20, 100, 10)))
    add(CLOCK, "noon", "midday", "midnight", "o'clock")
    add(REFERENCE, *_last_words(vocabulary_.references), *_last_words(vocabulary_.moments))
    add(REFERENCE, *_first_words(vocabulary_.references), *vocabulary_.pointers)
    add(HOLIDAY, *_first_words(vocabulary.holiday_names()))
    add(PIECE, "q", "h")
    add(FISCAL, "fy", "fiscal", "year")
    add(PER, "per")
    add(CHRIST, "BC", "BCE", "B.C.", "B.C.E.", "AD", "CE", "B", "A.D.")
    kinds.pop("the", None)
    kinds["the"] = THE
    return kinds


def _first_words(phrases: Iterable[str]) -> list[str]:
    return [phrase.replace("-", " ").replace("/", " ").split()[0] for phrase in phrases]


def _last_words(phrases: Iterable[str]) -> list[str]:
    return [phrase.split()[-1] for phrase in phrases]
