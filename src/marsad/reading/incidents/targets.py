"""What a happening was aimed at or did damage to: buildings, vehicles, bridges, lines (`targets.toml`).

People are sides and towns are places; a target is a thing. It is the object of the verb ("shelled the
school"), the subject of its passive ("the bridge was blown up"), or what follows "on", "against" or
"at" after the noun ("an attack on a police station").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from marsad.reading.clauses.clauses import POSSESSIVES, Group, clause_words, is_adverb, is_aux, is_predicate
from marsad.reading.clauses.participants import Row, Word
from marsad.reading.clauses.subjects import object_after
from marsad.reading.incidents.triggers import Trigger
from marsad.reading.inflection import plural
from marsad.reading.lexicon import Entry, load
from marsad.records.spans import Span, overlaps

PHRASE = 9  # words of a noun phrase
NEAR = 7  # words from the noun of a happening to the "on" that names its target
MOST = 6  # things joined by "and"

_COUNTING = frozenset(
    {"dozens", "hundreds", "scores", "thousands", "several", "number", "one", "part", "parts", "some"}
)


_NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "a"}
)


class TargetWords(Entry, frozen=True):
    """The shape of `targets.toml`."""

    buildings: tuple[str, ...]
    vehicles: tuple[str, ...]
    lines: tuple[str, ...]
    aims: frozenset[str]
    undergone: frozenset[str]
    types: frozenset[str]


def target_words() -> TargetWords:
    loaded: TargetWords = load("targets", TargetWords)
    return loaded


@cache
def _heads() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Every form of every head, as its words, by the last of them."""
    words = target_words()
    table: dict[str, set[tuple[str, ...]]] = {}
    for noun in (*words.buildings, *words.vehicles, *words.lines):
        for form in (noun, plural(noun)):
            whole = tuple(form.split())
            table.setdefault(whole[-1], set()).add(whole)
    return {last: tuple(sorted(found)) for last, found in table.items()}


def things(row: Row, trigger: Trigger) -> tuple[Span, ...]:
    """The spans of the things that the happening of `trigger` was aimed at, in order."""
    if trigger.kind.type not in target_words().types:
        return ()
    found = list(_after(row, trigger))
    if trigger.group is not None and trigger.group.voice == "passive":
        found.extend(_before(row, trigger.group.begin))
    return tuple(sorted(set(found)))


def _after(row: Row, trigger: Trigger) -> Iterator[Span]:
    """The object of a verb, and what the first "on", "against" or "at" after the trigger governs."""
    words = target_words()
    if trigger.group is not None and trigger.group.voice == "active":
        yield from _listed(row, trigger.stop)
    found = object_after(row, trigger.stop) if trigger.group is not None else None
    if found is not None and found[1].party is not None:
        return  # "killed villagers on the road": where it was
    for at in range(trigger.stop, min(len(row), trigger.stop + NEAR)):
        if _aims(row, at, trigger, words):
            yield from _listed(row, at + 1)
            return
        if _closes(row[at]):
            return


def _aims(row: Row, at: int, trigger: Trigger, words: TargetWords) -> bool:
    lower = row[at].lower
    if lower == "of":
        return at == trigger.stop and trigger.group is None and trigger.kind.name in words.undergone
    return row[at].plain and lower in words.aims


def _closes(word: Word) -> bool:
    return word.plain and (is_aux(word) or word.lower in clause_words().relatives | {";", ":", ".", "“", "”"})


def _listed(row: Row, begin: int) -> Iterator[Span]:
    """The things of the list of noun phrases that begins at row index `begin`."""
    at = begin
    for _ in range(MOST):
        stop = _phrase_end(row, at)
        first = _head(row, at, stop)
        if first is None:
            return
        yield row[first].begin, row[stop - 1].end
        if stop >= len(row) or row[stop].lower not in {",", "and", "or"}:
            return
        at = stop + 1
        if at < len(row) and row[at].lower in {"and", "or"}:
            at += 1


def _before(row: Row, stop: int) -> Iterator[Span]:
    """The thing whose phrase ends right before row index `stop`: the subject of a passive."""
    while stop > 0 and is_adverb(row[stop - 1]):
        stop -= 1
    begin = stop
    while begin > 0 and stop - begin < PHRASE and _within(row, begin - 1):
        begin -= 1
    first = _head(row, begin, stop)
    if first is not None:
        yield row[first].begin, row[stop - 1].end


def _phrase_end(row: Row, begin: int) -> int:
    """Row index after the noun phrase that begins at `begin`; "dozens of" and "parts of" belong to it."""
    at = begin
    while at < min(len(row), begin + PHRASE) and _within(row, at):
        if at > begin and is_predicate(row[at]) and _is_head(row[at - 1]):
            break  # "the school was", "the hospital killed ten"
        at += 1
    return at


def _is_head(word: Word) -> bool:
    return word.lower in _heads()


def _within(row: Row, at: int) -> bool:
    word = row[at]
    if word.lower == "of":
        return at > 0 and row[at - 1].lower in _COUNTING
    if not word.plain:
        return word.time is None
    if word.lower in {"-", "%"} or word.lower in POSSESSIVES:
        return True
    g = clause_words()
    closed = g.prepositions | g.conjunctions | g.subordinators | g.relatives | g.modals | g.be | g.have
    return word.lower[:1].isalnum() and (word.lower not in closed or word.lower in _COUNTING)


def _head(row: Row, begin: int, stop: int) -> int | None:
    """Row index where the thing's words begin in the phrase `[begin, stop)`; None where no thing heads it."""
    if stop <= begin:
        return None
    last = row[stop - 1]
    lowers = tuple(word.lower for word in row[begin:stop])
    forms = _heads().get(last.lower.split()[-1] if last.lower else "", ())
    if not any(lowers[-len(form) :] == form for form in forms):
        return None
    return max((at + 1 for at in range(begin, stop - 1) if _introduces(row, at)), default=begin)


def _introduces(row: Row, at: int) -> bool:
    """What stands before a thing's own words: "the", "three", "of", a name or "Zenda's"."""
    word = row[at]
    if word.party is not None and word.party.actor is not None:
        return True
    counting = word.lower in _COUNTING | _NUMBERS or word.lower[:1].isdigit()
    return counting or word.lower in clause_words().determiners | POSSESSIVES | {"of"}


def own_targets(targets: Group, found: tuple[Span, ...]) -> Group:
    """The side that suffered it less those who only describe a thing: the "police" of a police station."""
    return tuple(
        member
        for member in targets
        if member.actor is not None or not any(overlaps((member.begin, member.end), span) for span in found)
    )


def heads(row: Row, found: tuple[Span, ...]) -> frozenset[str]:
    """The last words of things, in small letters."""
    ends = {end for _, end in found}
    return frozenset(word.lower for word in row if word.end in ends)
