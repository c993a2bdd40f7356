"""Verbs that report a happening only with certain nouns: "fired mortar shells", "an IED exploded"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from marsad.reading.clauses.clauses import POSSESSIVES, clause_of, clause_words, is_aux
from marsad.reading.clauses.participants import Row
from marsad.reading.clauses.verb_groups import VerbGroup
from marsad.reading.inflection import VerbForm, plural
from marsad.reading.lexicon import Entry

AHEAD = 8  # words from a verb to the noun that it takes: "fired more than a dozen Grad rockets"
FAR = 16  # words from a verb to the means: "targeted the outskirts of the town with more than thirty shells"
BACK = 10  # words from a verb back to its subject: "a mine left behind by the group near X exploded"


class Frame(Entry, frozen=True):
    """Verbs with the nouns that have to stand as their object, subject or means; each list given counts.

    Entries have the form of `verbs` and `nouns` of a kind. Of a passive the object stands before the verb.
    """

    verbs: tuple[str, ...]
    objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    means: tuple[str, ...] = ()  # behind "with", "by" or "using": "hit by artillery fire"


def fits(row: Row, group: VerbGroup, frame: Frame) -> bool:
    """Whether the nouns of `frame` stand around the verb."""
    if frame.subjects and (group.voice == "passive" or not _before(row, group, BACK, frame.subjects)):
        return False
    if frame.means and not _by_means(row, group, frame.means):
        return False
    if not frame.objects:
        return True
    if group.voice == "passive":
        return _before(row, group, BACK, frame.objects) or _phrase_at(row, group.stop, frame.objects)
    if _after(row, group, frame.objects):
        return True
    return group.form == "past" and not frame.subjects and _before(row, group, 2, frame.objects)


def present(row: Row, at: int, form: VerbForm, frame: Frame) -> VerbGroup | None:
    """The present of a headline whose subject is a thing: "Shells target town". `fits` has the last word."""
    if not frame.subjects or not form.forms & {"base", "s"} or at == 0 or at + 1 >= len(row):
        return None
    before = row[at - 1]
    if before.plain and (before.lower in clause_words().determiners or before.lower in POSSESSIVES):
        return None
    stop = at + 2 if form.particle and row[at + 1].lower == form.particle else at + 1
    return VerbGroup(at, at, stop, "active", "base" if "base" in form.forms else "s", ())


def _by_means(row: Row, group: VerbGroup, nouns: tuple[str, ...]) -> bool:
    """Whether one of `nouns` stands close behind a "with", "by" or "using" that follows the verb."""
    last = min(len(row), group.stop + FAR)
    return any(
        row[at].lower in _MEANS and _named(row, at + 1, min(last, at + AHEAD), nouns)
        for at in range(group.stop, last)
    )


_MEANS = frozenset({"with", "by", "using", "from", "through"})


def _before(row: Row, group: VerbGroup, reach: int, nouns: tuple[str, ...]) -> bool:
    begin, _ = clause_of(row, group.begin)
    if group.begin - begin < 2 and row[begin].lower in clause_words().relatives:
        begin -= 3  # "a bomb that exploded"
    return _named(row, max(0, begin, group.begin - reach), group.begin, nouns)


def _after(row: Row, group: VerbGroup, nouns: tuple[str, ...]) -> bool:
    stop = at = group.stop
    while stop < min(len(row), at + AHEAD) and not _ends_object(row, stop):
        stop += 1
    return _named(row, at, stop, nouns) or _phrase_at(row, stop, nouns)


def _phrase_at(row: Row, at: int, nouns: tuple[str, ...]) -> bool:
    """ "on strike", "into custody": a phrase that begins with its preposition."""
    forms = _by_first(nouns).get(row[at].lower, ()) if at < len(row) else ()
    return any(tuple(word.lower for word in row[at : at + len(form)]) == form for form in forms)


def _ends_object(row: Row, at: int) -> bool:
    """A word that stands behind the object: a preposition, an auxiliary, a mark."""
    word = row[at]
    if not word.plain:
        return False
    words = clause_words()
    passed = {"of", "than", "out", "up", "off", "over"}
    closed = (words.prepositions | words.relatives) - passed
    return word.lower in closed or is_aux(word) or word.lower in {".", ";", ":", "“", "”", '"'}


def _named(row: Row, begin: int, stop: int, nouns: tuple[str, ...]) -> bool:
    sizes = _by_first(nouns)
    for at in range(begin, stop):
        word = row[at]
        if word.party is not None:
            if word.party.head in nouns:
                return True
            continue
        if not word.plain:
            continue
        for form in sizes.get(word.lower, ()):
            if tuple(each.lower for each in row[at : min(stop, at + len(form))]) == form:
                return True
    return False


@cache
def _by_first(nouns: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The forms of nouns, singular and plural, by their first word."""
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in _forms(nouns):
        table[words[0]] = (*table.get(words[0], ()), words)
    return table


def _forms(nouns: Iterable[str]) -> Iterable[tuple[str, ...]]:
    for noun in nouns:
        yield tuple(noun.split())
        yield tuple(plural(noun).split())
