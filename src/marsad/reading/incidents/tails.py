"""What the prepositions after a verb or noun govern: "by X", "against Y", "between X and Y"."""

from __future__ import annotations

from typing import NamedTuple

from marsad.reading.clauses.clauses import Group, clause_words, is_aux, new_subject
from marsad.reading.clauses.participants import Row, nouns
from marsad.reading.clauses.subjects import joined_after, object_after
from marsad.reading.incidents.kinds import carriers, sufferers, vocabulary
from marsad.reading.syntax import grammar
from marsad.records.reading import Place

TAIL = 22  # words after a noun in which its prepositions are looked for

_LOCATIVES = frozenset({"in", "at", "near", "into"})
_TYING = frozenset({"of", "on", "for", "against"})  # right after the noun: "the battle for X"
_TARGET_PREPOSITIONS = frozenset({"against", "on", "targeting", "upon", "at", "into"})


class Tail(NamedTuple):
    """What the prepositions after a trigger govern."""

    by: Group = ()
    by_whom: bool = False  # a "by" was read, whoever it names
    against: Group = ()
    of: Group = ()
    with_: Group = ()
    from_: Group = ()
    to: Group = ()
    between: tuple[Group, Group] | None = None
    places: tuple[Place, ...] = ()
    origins: tuple[Place, ...] = ()  # "out of X", "from X"


def tail_after(row: Row, stop: int) -> Tail:
    """Read the prepositional phrases after row index `stop`, up to the next clause."""
    tail = Tail()
    at = stop
    while at < min(len(row), stop + TAIL):
        word = row[at]
        if word.plain and _ends_tail(row, at, stop):
            break
        if word.plain and word.lower in clause_words().prepositions:
            tail, at = _read_phrase(row, at, tail, first=at == stop)
            continue
        at += 1
    return tail


def _ends_tail(row: Row, at: int, stop: int) -> bool:
    g, word = clause_words(), row[at]
    if word.lower in {";", ":", "“", "”", '"', "(", "—", "–", "."}:
        return True
    if word.lower in g.subordinators and word.lower not in g.prepositions:
        return True
    if at > stop and _held_by(row, at):
        return True
    if _finite(row, at):
        return True
    if word.lower == "but" or (word.lower == "and" and new_subject(row, at + 1)):
        return True
    if word.lower == "and":
        after = row[at + 1] if at + 1 < len(row) else None
        return after is not None and after.plain and after.lower not in g.prepositions | g.determiners
    return word.lower in g.relatives or is_aux(word)


def by_whom(lower: str) -> bool:
    """Participles whose "by" names who did it: "carried out by", "claimed by"; not "suffered by"."""
    forms = carriers().get(lower, ())
    return lower == "claimed" or any(form.base not in sufferers() for form in forms)


def _held_by(row: Row, at: int) -> bool:
    """ "a village held by the group": who holds it did not do it."""
    lower = row[at].lower
    if by_whom(lower):
        return False
    describes = nouns().leads | nouns().backs | nouns().holds
    past = lower.endswith("ed") or lower in describes or lower in grammar().finite_verbs
    return row[at].plain and past and at + 1 < len(row) and row[at + 1].lower == "by"


def _finite(row: Row, at: int) -> bool:
    """A past after a phrase begins a predicate or hangs on its noun: "the attack on the town killed ..." """
    lower = row[at].lower
    if lower in vocabulary().words.predicates:
        return False
    past = lower in grammar().finite_verbs or (lower.endswith("ed") and len(lower) > 4)
    by_follows = any(word.lower == "by" for word in row[at + 1 : at + 4])
    return past and not (by_follows and by_whom(lower))


def _read_phrase(row: Row, at: int, tail: Tail, *, first: bool) -> tuple[Tail, int]:
    """One preposition and what it governs; the tail with it, and the row index after it."""
    found = object_after(row, at + 1)
    preposition = row[at].lower
    if found is None:
        return (tail._replace(by_whom=True) if preposition == "by" else tail), at + 1
    head, word = found
    tying = _LOCATIVES | _TYING if first else _LOCATIVES
    places = (word.place,) if word.place is not None and preposition in tying else ()
    origins = (word.place,) if word.place is not None and preposition in {"of", "from"} else ()
    tail = tail._replace(places=(*tail.places, *places), origins=(*tail.origins, *origins))
    if word.party is None:
        acts = word.nation is not None and preposition in {"by", "against", "on", "between", "with"}
        return (_filed(tail, preposition, (word.nation,)) if acts and word.nation else tail), head + 1
    stop, group = joined_after(row, head)
    return _filed(tail, preposition, group), stop


def _filed(tail: Tail, preposition: str, group: Group) -> Tail:
    if preposition == "by":
        return tail if tail.by_whom else tail._replace(by=group, by_whom=True)
    if preposition in _TARGET_PREPOSITIONS:
        return tail if tail.against else tail._replace(against=group)
    if preposition == "of":
        return tail if tail.of else tail._replace(of=group)
    if preposition == "with":
        return tail if tail.with_ else tail._replace(with_=group)
    if preposition == "to":
        return tail if tail.to else tail._replace(to=group)
    if preposition == "from":
        return tail if tail.from_ else tail._replace(from_=group)
    if preposition in {"between", "involving"} and len(group) > 1 and tail.between is None:
        return tail._replace(between=(group[:1], group[1:]))
    return tail
