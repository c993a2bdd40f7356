"""Whom a name stands for that is no actor's mention: a country, a capital, somebody whom no gazetteer knows.

A row is read for most purposes with the actors of the reading alone. Where a happening needs two named
sides it is read by `acting`, in which every name may be a side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from marsad.reading.clauses.words import Participant, Row, Word, nouns
from marsad.reading.syntax import grammar
from marsad.records.spans import Span, Spans

_TITLED = 0.7  # share of capitals from which a row is a headline: they say nothing
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ing", "ism", "ship", "ance", "ence")


def acting(row: Row, *, settlements: bool = True) -> Row:
    """`row`, word for word, in which every name is a participant; of places perhaps only countries."""
    return tuple(
        word._replace(party=word.acts)
        if word.acts and not word.party and (settlements or word.nation or not word.place)
        else word
        for word in row
    )


def with_names(row: Row, private: Spans = ()) -> Row:
    """`row` in which each run of capitals is one word, and who may act by it is told.

    `private` are the names of private persons, in order: nobody acts by one.
    """
    if _is_headline(row):
        return _titled(row)
    made: list[Word] = []
    at = 0
    while at < len(row):
        stop = _run(row, at)
        if stop == at:
            made.append(_with_country(row[at]))
            at += 1
            continue
        first, last = row[at], row[stop - 1]
        span = (first.begin, last.end)
        name = None if _is_in(span, private) else Participant(*span, "name", None, "")
        lower = " ".join(word.lower for word in row[at:stop])
        made.append(Word(*span, lower, True, acts=name))
        at = stop
    return _titled(tuple(made))


def _is_in(span: Span, private: Spans) -> bool:
    """Whether `span` overlaps one of `private`, which are in order and apart."""
    after = bisect_right(private, span[1] - 1, key=itemgetter(0))
    return after > 0 and private[after - 1][1] > span[0]


def _with_country(word: Word) -> Word:
    if word.plain and not word.acts and word.lower in nouns().offices:
        return word._replace(acts=Participant(word.begin, word.end, "combatant", None, word.lower))
    if word.party or word.acts or not (word.nation or word.place):
        return word
    return word._replace(acts=word.nation or Participant(word.begin, word.end, "name", None, ""))


def _is_headline(row: Row) -> bool:
    words = [word for word in row if word.lower.isalpha()]
    return len(words) > 5 and sum(word.title for word in words) > _TITLED * len(words)


def _run(row: Row, at: int) -> int:
    """Row index after the capitals that begin at `at`; `at` where none does."""
    stop = at
    while stop < len(row) and _is_capital(row[stop]):
        stop += 1
    if stop > at and _opens_sentence(row, at) and not _is_name(row, at, stop):
        return at
    return stop


def _is_capital(word: Word) -> bool:
    return (
        word.title
        and word.plain
        and word.lower not in _no_names()
        and word.lower not in nouns().happenings
        and len(word.lower) > 1
    )


@cache
def _no_names() -> frozenset[str]:
    g = grammar()
    return (
        g.determiners | g.pronouns | g.prepositions | g.subordinators | g.auxiliaries | g.contracted
        | g.adverbs | g.first_person | g.objects | g.time_words | {"and", "but", "or", "his", "not"}
    )  # fmt: skip


def _opens_sentence(row: Row, at: int) -> bool:
    return at == 0 or not row[at - 1].lower[:1].isalnum()


def _is_name(row: Row, at: int, stop: int) -> bool:
    """Whether capitals that open a sentence are a name: "Arnor has", not "Talks have" or "Old foes"."""
    first = row[at].lower
    if first in grammar().openers or first.endswith(_ABSTRACT):
        return False
    if stop - at > 1:
        return True
    if first.endswith("s") and not first.endswith("'s"):
        return False
    after = row[stop] if stop < len(row) else None
    return after is not None and _follows_name(after)


def _follows_name(after: Word) -> bool:
    g = grammar()
    lower = after.lower
    return (
        lower in {"'s", "'", ",", "and"}
        or lower in g.auxiliaries | g.finite_verbs | g.adverbs | g.prepositions
        or after.time is not None
        or (after.plain and lower.endswith(("ed", "ly", "s")))
    )


def _titled(row: Row) -> Row:
    """A title with the name behind it is one: "Ruritanian President Rudolf Rassendyll"."""
    made: list[Word] = []
    for word in row:
        title = made[-1].party if made else None
        name = word.party or (word.acts if not word.nation and not word.place else None)
        if title is not None and name is not None and _is_title(title, word, name):
            actor = name.actor or title.actor
            party = Participant(title.begin, word.end, title.sort, actor, title.head)
            made[-1] = made[-1]._replace(end=word.end, party=party)
        else:
            made.append(word)
    return tuple(made)


def _is_title(title: Participant, word: Word, name: Participant) -> bool:
    return (
        (title.head in nouns().officials or title.head in nouns().offices)
        and name.sort == "name"
        and word.begin - title.end <= 1
        and (name.actor is None or name.actor.kind == "person_role")
    )


def is_pronoun(words: Sequence[Word], at: int) -> bool:
    """Whether a pronoun stands for the subject of the clause before: "said it would"."""
    return 0 <= at < len(words) and words[at].plain and words[at].lower in {"it", "he", "she", "they"}
