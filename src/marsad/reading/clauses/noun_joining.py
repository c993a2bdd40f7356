"""Nouns for people as participants, with the name before or after them: "members of the brigade"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from marsad.reading.clauses.words import Participant, Row, Sort, Word, nouns
from marsad.reading.inflection import plural
from marsad.reading.syntax import grammar
from marsad.records.reading import Actor


@cache
def _noun_table() -> dict[tuple[str, ...], tuple[Sort, str]]:
    """Every form of every noun, as its words, with its sort and singular."""
    table: dict[tuple[str, ...], tuple[Sort, str]] = {}
    lists: tuple[tuple[Sort, tuple[str, ...]], ...] = (
        ("combatant", nouns().combatants),
        ("combatant", nouns().offices),
        ("official", nouns().officials),
        ("civilian", nouns().civilians),
    )
    for sort, words in lists:
        for noun in words:
            for form in (noun, plural(noun)):
                table.setdefault(tuple(form.split()), (sort, noun))
    return table


def join_nouns(words: list[Word]) -> Row:
    """Nouns for people become participants, with the name before or after them."""
    row: list[Word] = []
    index = 0
    while index < len(words):
        found = _noun_at(words, index)
        if found is None:
            row.append(words[index])
            index += 1
            continue
        stop, sort, noun = found
        begin, actor = _name_before(row, words, index, sort)
        if sort == "combatant" and actor is None:
            stop, actor = _name_after(words, stop)
        if (
            actor is None
            and noun in nouns().named_only | set(nouns().offices)
            and begin == words[index].begin
        ):
            row.extend(words[index:stop])
            if noun in nouns().offices:
                row[-1] = row[-1]._replace(acts=Participant(begin, words[stop - 1].end, sort, None, noun))
            index = stop
            continue
        while row and row[-1].begin >= begin:
            row.pop()
        party = Participant(begin, words[stop - 1].end, sort, actor, noun)
        row.append(Word(begin, party.end, words[index].lower, words[index].title, party=party))
        index = stop
    return tuple(row)


def _noun_at(words: Sequence[Word], index: int) -> tuple[int, Sort, str] | None:
    for size in _noun_sizes().get(words[index].lower, ()):
        some = words[index : index + size]
        if len(some) == size and all(word.plain for word in some):
            entry = _noun_table().get(tuple(word.lower for word in some))
            if entry and not _describes_noun(words, index + size, some[-1].lower, entry[1]):
                return index + size, *entry
    return None


@cache
def _noun_sizes() -> dict[str, tuple[int, ...]]:
    """The lengths of the nouns of the table by their first word, longest first."""
    sizes: dict[str, set[int]] = {}
    for words in _noun_table():
        sizes.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def _describes_noun(words: Sequence[Word], stop: int, last: str, noun: str) -> bool:
    """ "the terrorist chief", "the army base": a singular noun that only describes the next one."""
    if stop >= len(words) or not noun.endswith(last) or plural(noun) == noun:
        return False
    after = words[stop]
    return (
        after.plain
        and after.lower.isalpha()
        and after.lower not in _closed_words()
        and not after.lower.endswith(("ed", "ly"))
        and not after.title
    )


def _name_before(row: list[Word], words: Sequence[Word], index: int, sort: Sort) -> tuple[int, Actor | None]:
    """Where the participant begins, and the actor whose name stands before the noun."""
    nearest = words[index].begin
    for back in range(1, min(6, len(row) + 1)):
        word = row[-back]
        if word.party and word.party.sort == "name" and word.party.actor:
            tied = back == 1 or row[-back + 1].lower in {"'s", "'"} or _all_between(row[-back + 1 :])
            return (word.begin, word.party.actor if sort != "civilian" else None) if tied else (nearest, None)
        if (
            word.tie
            or word.nation
            or (word.title and word.plain and not _opens(row, back) and word.lower not in nouns().ties)
        ):
            nearest = word.begin
        elif not (
            word.lower in nouns().between
            or word.lower in {"'s", "'"}
            or (word.plain and word.lower.isalpha() and not _is_predicate(word))
        ):
            break
    return nearest, None


def _is_predicate(word: Word) -> bool:
    """ "X condemned rebel leaders": the name before the verb is not of the noun behind it."""
    lower = word.lower
    if lower in _closed_words():
        return True
    past = (lower.endswith("ed") and len(lower) > 3) or lower in nouns().irregular_pasts
    present = lower.endswith("s") and not lower.endswith(("ss", "us"))
    describes = lower in nouns().participles or lower in nouns().plural_describers
    return (past or present) and not word.title and not describes


def _all_between(words: Sequence[Word]) -> bool:
    return all(word.lower in nouns().between or word.title for word in words)


@cache
def _closed_words() -> frozenset[str]:
    """Words at which a noun phrase has begun, going left from its head."""
    g = grammar()
    closed = g.determiners | g.pronouns | g.prepositions | g.subordinators | g.auxiliaries
    return closed | g.finite_verbs | {"and", "or", "but"}


def _opens(row: list[Word], back: int) -> bool:
    """A capital at the head of a sentence or quotation says nothing."""
    return len(row) == back or (
        not row[-back - 1].lower[:1].isalnum() and row[-back - 1].lower not in {",", "-"}
    )


def _name_after(words: Sequence[Word], stop: int) -> tuple[int, Actor | None]:
    """ "members of the brigade": the row index after the name, and its actor."""
    index = stop
    if index < len(words) and words[index].lower in nouns().ties:
        index += 1
        while index < len(words) and words[index].lower in {"to", "the"}:
            index += 1
        if index < len(words) and (party := words[index].party) and party.sort == "name":
            return index + 1, party.actor
    return stop, None
