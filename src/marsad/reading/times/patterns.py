"""Expressions of time in one sentence.

Every pattern has bounded quantifiers and is tried only at words that it can begin with
(`kinds`). Where candidates overlap the longest wins. What a match means is a `Meaning`;
`anchoring` turns it into days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from marsad.reading.text import Sentence, Text, Token
from marsad.reading.times.calendar import calendar_rules
from marsad.reading.times.company import in_company, is_name
from marsad.reading.times.joining import joined
from marsad.reading.times.kinds import SHARP, kind_of
from marsad.reading.times.lengths import length_rules
from marsad.reading.times.meanings import Found, Match, Rule
from marsad.reading.times.periods import period_rules
from marsad.reading.times.references import reference_rules
from marsad.reading.times.relative import relative_rules
from marsad.reading.times.sets import clock_rules, set_rules

REACH = 8  # words from the first of an expression within which the one that it needs stands


@cache
def rules() -> tuple[Rule, ...]:
    """All patterns with what they build, compiled once."""
    made = [*calendar_rules(), *period_rules(), *relative_rules(), *length_rules(), *set_rules()]
    made += [*clock_rules(), *reference_rules()]
    return tuple(Rule(m.name, re.compile(m.pattern).match, m.build, m.here, m.near, m.before) for m in made)


@lru_cache(maxsize=8_192)
def rules_for(here: int, near: int) -> tuple[Rule, ...]:
    return tuple(
        rule for rule in rules() if rule.here & here and (not rule.near or rule.near & near == rule.near)
    )


def find(text: Text, sentence: Sentence) -> tuple[Found, ...]:
    """The expressions of time in `sentence`, in order, none overlapping."""
    kinds = [kind_of(token.text) for token in sentence.tokens]
    held = 0
    for kind in kinds:
        held |= kind
    if not held & SHARP:
        return ()
    candidates = sorted(
        _candidates(text.text, sentence, kinds), key=lambda found: found.span[0] - found.span[1]
    )
    kept = _longest(sentence, candidates)
    return joined(text.text, kept) if len(kept) > 1 else tuple(kept)


def _longest(sentence: Sentence, candidates: list[Found]) -> list[Found]:
    if len(candidates) < 2:
        return candidates
    taken = bytearray(sentence.end - sentence.begin)
    kept = []
    for found in candidates:
        begin, end = found.span[0] - sentence.begin, found.span[1] - sentence.begin
        if not any(taken[begin:end]):
            taken[begin:end] = b"\1" * (end - begin)
            kept.append(found)
    return sorted(kept, key=lambda found: found.span)


def _candidates(text: str, sentence: Sentence, kinds: list[int]) -> Iterator[Found]:
    tokens, end = sentence.tokens, sentence.end
    for index, here in enumerate(kinds):
        if not here:
            continue
        near = 0
        for kind in kinds[index : index + REACH]:
            near |= kind
        if not near & SHARP:
            continue
        before = tokens[index - 1].lower if index else ""
        for rule in rules_for(here, near):
            if rule.before is not None and before not in rule.before:
                continue
            match = rule.match(text, tokens[index].begin, end)
            if match:
                found = _found(text, rule, match, tokens, index)
                if found:
                    yield found


def _found(text: str, rule: Rule, match: Match, tokens: tuple[Token, ...], index: int) -> Found | None:
    begin, end = match.span()
    while text[end - 1].isspace():
        end -= 1
    if not in_company(rule.name, match, tokens, index) or is_name(text, begin, end):
        return None
    built = rule.build(match)
    return Found((begin, end), *built) if built is not None else None
