"""Expressions of time in one sentence.

Every pattern has bounded quantifiers and is run over one sentence. Where candidates overlap the
longest wins. What a match means is a `Meaning`; `time_anchoring` turns it into days.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from marsad.reading.text import Sentence, Text
from marsad.reading.times.calendar import calendar_rules
from marsad.reading.times.lengths import length_rules
from marsad.reading.times.meanings import Found, Match, Rule
from marsad.reading.times.relative import relative_rules
from marsad.reading.times.sets import clock_rules, set_rules
from marsad.reading.times.vocabulary import any_of, words
from marsad.records.spans import Span, overlaps


@cache
def rules() -> tuple[Rule, ...]:
    """All patterns with what they build, compiled once."""
    made = [*calendar_rules(), *relative_rules(), *length_rules(), *set_rules(), *clock_rules()]
    return tuple(Rule(name, re.compile(pattern), build) for name, pattern, build in made)


@cache
def _trigger() -> re.Pattern[str]:
    """What a sentence must hold before any rule is tried on it."""
    known = words()
    units = [*known.units, *known.plurals.values()]
    stems = [*known.months, *known.month_abbreviations, *known.weekdays, *known.seasons, *known.dayparts]
    stems += [*units, *known.sets.adverbs, *known.decades, "today", "yesterday", "tomorrow", "tonight"]
    stems += ["noon", "midnight", "midday"]
    return re.compile(rf"\d|\b(?:{any_of(stems)}|{any_of(stems, capital=True)})")


def find(text: Text, sentence: Sentence) -> tuple[Found, ...]:
    """The expressions of time in `sentence`, in order, none overlapping."""
    if not _trigger().search(text.text, sentence.begin, sentence.end):
        return ()
    candidates = sorted(_candidates(text, sentence), key=lambda found: found.span[0] - found.span[1])
    taken = bytearray(sentence.end - sentence.begin)
    kept = []
    for found in candidates:
        begin, end = (offset - sentence.begin for offset in found.span)
        if not any(taken[begin:end]):
            taken[begin:end] = b"\1" * (end - begin)
            kept.append(found)
    return tuple(sorted(kept, key=lambda found: found.span))


def _candidates(text: Text, sentence: Sentence) -> Iterator[Found]:
    refused = _refused_spans(text, sentence)
    for rule in rules():
        for match in rule.pattern.finditer(text.text, sentence.begin, sentence.end):
            begin, end = match.span("core") if "core" in rule.pattern.groupindex else match.span()
            span = begin, begin + len(text[begin, end].rstrip())
            if any(overlaps(span, other) for other in refused) or not _in_company(text, rule.name, match):
                continue
            built = rule.build(match)
            if built is not None:
                yield Found(span, *built)


def _refused_spans(text: Text, sentence: Sentence) -> tuple[Span, ...]:
    return tuple(match.span() for match in _refused().finditer(text.text, sentence.begin, sentence.end))


@cache
def _refused() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in words().refused.phrases)
    symbols = r"\b[A-Z]{1,4}(?:/[A-Z0-9.()]{1,12}){1,5}"  # S/2024/92, S/RES/2254 (2015)
    return re.compile(rf"(?:{phrases})|{symbols}(?:\s?\(\d{{4}}\))?|\b\d{{1,4}}\s?\(\d{{4}}\)")


def _in_company(text: Text, name: str, match: Match) -> bool:
    """Whether the words around a bare year, month or number let it be a date."""
    if name == "year":
        return _year_in_company(text, match)
    if name == "month":
        return _month_in_company(text, match)
    if name == "length":
        return not set(_before(text, match.start())) & set(words().lengths.after_age)
    if name == "month_day" and not match["year"] and not match["rel"]:
        return not _counts(text, match.end())
    return True


def _before(text: Text, offset: int) -> tuple[str, str]:
    """The last word before `offset`, and the one before that."""
    index = bisect_left(text.tokens, offset, key=lambda token: token.begin)
    last, other = (text.tokens[i].lower if i >= 0 else "" for i in (index - 1, index - 2))
    return last, other


def _dated(word: str) -> bool:
    return word.isdigit() or word in words().months


def _after(text: Text, offset: int) -> str:
    index = text.token_index(offset)
    return text.tokens[index].lower if index < len(text.tokens) else ""


def _year_in_company(text: Text, match: Match) -> bool:
    year, after = int(match["year"]), _after(text, match.end())
    before, other = _before(text, match.start())
    refused = words().refused
    if match["part"] or match["lead"]:
        return True
    if before in refused.before_year or (before == "." and other in refused.before_year):
        return False
    temporal = before in ("in", "since", "until", "by", "during", "from", "before", "after", "till", "mid")
    if after in refused.after_year and not (temporal and after in ("people", "fighters", "troops")):
        return False
    if _counts(text, match.end()) and not temporal and before not in ("the", "s", "'s", "its", "their"):
        return False
    return year >= 1900 or temporal or before in ("of", "to", "and", "-", "(")


def _counts(text: Text, offset: int) -> bool:
    """Whether a lower-case plural noun follows, so that the number counts it."""
    index = text.token_index(offset)
    if index >= len(text.tokens) or text.text[offset : offset + 1] != " ":
        return False
    noun = text.tokens[index].text
    plural = noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3
    counted = plural or noun in ("people", "men", "women", "children")
    return noun.islower() and counted and noun not in _NO_NOUNS


_NO_NOUNS = frozenset(
    {"this", "thus", "does", "perhaps", "always", "besides", "towards", "says", "across", "plus"}
)


def _month_in_company(text: Text, match: Match) -> bool:
    name, after = match["month"], _after(text, match.end())
    before, other = _before(text, match.start())
    key = name.lower().rstrip(".")
    context = words().refused.month_context
    named = bool(match["part"] or match["look"] or match["rel"] or match["lead"])
    if key in words().month_abbreviations:
        return name.endswith(".") and (named or before in context)
    if key in words().refused.persons and not named:
        following = text.text[match.end() : match.end() + 2].strip()
        if before in ("and", "or", "to") and not _dated(other):
            return False
        return before in context and not (following[:1].isupper() and key != "may") and after not in ("on",)
    return True
