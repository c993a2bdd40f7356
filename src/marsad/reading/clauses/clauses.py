"""Shallow syntax over a row of words: the closed classes of English, and where a clause begins and ends.

There is no parser here. The rules walk from a word to its left and right until something that they
do not understand stops them; then nobody is found.
"""

from __future__ import annotations

from functools import cache

from marsad.reading.clauses.participants import Participant, Row, Word
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import grammar

Group = tuple[Participant, ...]

REACH = 8  # words from a noun or verb to the head of its phrase
CLAUSE = 60  # words that a clause may reach to either side
POSSESSIVES = frozenset({"'s", "'"})


class ClauseWords(Entry, frozen=True):
    """The shape of `clause_words.toml`."""

    determiners: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    modals: frozenset[str]
    pronouns: frozenset[str]
    adverbs: frozenset[str]


@cache
def clause_words() -> ClauseWords:
    loaded: ClauseWords = load("clause_words", ClauseWords)
    return loaded


@cache
def closed_class() -> frozenset[str]:
    """Words that end a noun phrase on the way to its head."""
    g = clause_words()
    return (
        g.prepositions
        | g.conjunctions
        | g.subordinators
        | g.relatives
        | g.be
        | g.have
        | g.modals
        | g.pronouns
    )


def is_adverb(word: Word) -> bool:
    return word.plain and (
        word.lower in clause_words().adverbs or (len(word.lower) > 4 and word.lower.endswith("ly"))
    )


def in_phrase(word: Word) -> bool:
    """May stand between a determiner and the head of its noun phrase."""
    return word.lower not in closed_class() and (word.lower[:1].isalnum() or word.lower in {"-", "%"})


def is_aux(word: Word) -> bool:
    g = clause_words()
    return word.plain and (word.lower in g.be or word.lower in g.have or word.lower in g.modals)


def clause_of(row: Row, index: int) -> tuple[int, int]:
    """Row indices of the clause that holds `index`: up to the nearest words that open another."""
    begin = index
    while begin > 0 and index - begin < CLAUSE and not _opens_clause(row, begin):
        begin -= 1
    stop = index + 1
    while stop < len(row) and stop - index < CLAUSE and not _opens_clause(row, stop):
        stop += 1
    return begin, stop


_MARKS = frozenset({";", ":", "—", "–", "“", "”", '"', ".", "•"})


@cache
def _openers() -> frozenset[str]:
    """All words and marks with which a clause may begin."""
    g = clause_words()
    return _MARKS | g.subordinators | g.relatives | g.conjunctions


def _opens_clause(row: Row, index: int) -> bool:
    """Whether another clause begins at `index`."""
    word = row[index]
    if word.lower not in _openers() or not word.plain:
        return False
    if word.lower in _MARKS:
        return True
    g = clause_words()
    before = row[index - 1].lower if index else ""
    if word.lower in g.subordinators:
        return not (word.lower in {"as", "since", "until", "after", "before"} and _noun_like(row, index + 1))
    if word.lower in g.relatives:
        return word.lower != "that" or before not in {"in", "of", "on"}
    return word.lower in g.conjunctions and new_subject(row, index + 1)


def _noun_like(row: Row, index: int) -> bool:
    """ "since 2014", "after the attack": a phrase, not a clause, as far as the next verb shows."""
    for word in row[index : index + 6]:
        if word.time:
            return True
        if is_predicate(word) or (word.plain and word.lower in clause_words().pronouns):
            return False
        if word.lower in {",", ".", ";"}:
            return True
    return True


def new_subject(row: Row, index: int) -> bool:
    """ "and the army said": a participant or pronoun with a verb at once after it."""
    at = index
    while (
        at < len(row)
        and at - index < 4
        and (row[at].lower in clause_words().determiners or is_adverb(row[at]))
    ):
        at += 1
    if at + 1 >= len(row):
        return False
    if row[at].lower in clause_words().pronouns and not row[at].lower.startswith("them"):
        return True
    after = row[at + 1]
    return row[at].party is not None and (is_aux(after) or after.lower.endswith("ed"))


def is_predicate(word: Word) -> bool:
    """A verb in sight: the subject of the clause has been passed."""
    return word.plain and (
        is_aux(word)
        or word.lower in grammar().finite_verbs
        or (word.lower.endswith("ed") and len(word.lower) > 4)
    )
