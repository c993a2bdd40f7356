"""Verbs with their auxiliaries: voice and form, or that a form is a noun or adjective in its place."""

from __future__ import annotations

from typing import Literal, NamedTuple

from marsad.reading.clauses.clauses import POSSESSIVES, clause_words, is_adverb, is_aux
from marsad.reading.clauses.participants import Row, Word
from marsad.reading.inflection import Form, VerbForm

Voice = Literal["active", "passive"]


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries: `begin` is the row index of the first of them."""

    begin: int
    at: int
    stop: int  # after its particle, where that follows at once
    voice: Voice
    form: Form
    auxiliaries: tuple[str, ...]

    @property
    def reduced(self) -> bool:
        """A participle that hangs on the noun before it: "fighters killed by ..." """
        return not self.auxiliaries and (self.voice == "passive" or self.form == "ing")


def verb_group(row: Row, at: int, verb: VerbForm) -> VerbGroup | None:
    """The verb at row index `at` with its auxiliaries, or None where the form is a noun or adjective."""
    begin, auxiliaries = _auxiliaries(row, at)
    stop = at + 1
    if verb.particle and stop < len(row) and row[stop].lower == verb.particle:
        stop += 1
    voice, form = _voice_and_form(row, at, stop, verb.forms, auxiliaries)
    if form is None:
        return None
    return VerbGroup(begin, at, stop, voice, form, auxiliaries)


def _auxiliaries(row: Row, at: int) -> tuple[int, tuple[str, ...]]:
    """Going left over auxiliaries, adverbs, negation and "to"."""
    begin, found, back = at, [], at - 1
    while back >= 0 and at - back <= 7:
        word = row[back]
        if is_aux(word) or (word.plain and word.lower == "to"):
            found.append(word.lower)
            begin = back
        elif _joins_participle(row, back):
            back -= 1
        elif not is_adverb(word) and not word.time:
            break
        back -= 1
    return begin, tuple(reversed(found))


def _joins_participle(row: Row, at: int) -> bool:
    """ "were tortured and killed": the second participle shares the auxiliaries of the first."""
    return (
        at > 0 and row[at].lower in {"and", "or"} and row[at - 1].plain and row[at - 1].lower.endswith("ed")
    )


def _voice_and_form(
    row: Row, at: int, stop: int, forms: frozenset[Form], auxiliaries: tuple[str, ...]
) -> tuple[Voice, Form | None]:
    g = clause_words()
    last = auxiliaries[-1] if auxiliaries else ""
    if "participle" in forms and last in g.be:
        return "passive", "participle"
    if "participle" in forms and last in g.have:
        return "active", "participle"
    if "ing" in forms:
        return "active", ("ing" if last in g.be or _verbal_ing(row, at, stop) else None)
    if last in g.modals or last == "to":
        return "active", ("base" if "base" in forms else None)
    if "participle" in forms and _by_follows(row, stop):
        return "passive", "participle"
    if "past" in forms and not _adjective(row, at):
        return "active", "past"
    if forms & {"base", "s"} and _verbal_present(row, at, stop):
        return "active", ("base" if "base" in forms else "s")
    return "active", None


def _by_follows(row: Row, stop: int) -> bool:
    for word in row[stop : stop + 5]:
        if word.lower == "by":
            return True
        if not (
            is_adverb(word)
            or word.time
            or word.place
            or word.lower in {"in", "on", "at"}
            or word.lower[:1].isdigit()
        ):
            return False
    return False


def _adjective(row: Row, at: int) -> bool:
    """ "the captured town": after a determiner or possessive, and before a noun."""
    if at == 0:
        return True
    before = row[at - 1]
    return before.plain and (
        before.lower[:1].isdigit()
        or before.lower
        in clause_words().determiners
        - {"that", "all", "both", "each", "several", "many", "few", "some", "other"}
        or before.lower in POSSESSIVES
        or (
            before.lower in clause_words().prepositions
            and before.lower not in {"after", "before", "up", "off", "out"}
        )
    )


def _verbal_ing(row: Row, at: int, stop: int) -> bool:
    """ "after capturing the town", not "the killing of": a noun phrase has to follow at once."""
    before = row[at - 1] if at else None
    if before is not None and (before.lower in clause_words().determiners or before.lower in POSSESSIVES):
        return False
    if stop < len(row) and before is not None and (before.lower == "," or before.party is not None):
        return row[stop].lower in clause_words().prepositions or _starts_phrase(row[stop])
    return stop < len(row) and _starts_phrase(row[stop]) and row[stop].lower not in clause_words().relatives


def _starts_phrase(word: Word) -> bool:
    return (
        word.party is not None
        or word.place is not None
        or word.tie is not None
        or word.lower in clause_words().determiners
        or word.lower[:1].isdigit()
        or word.lower in {"dozens", "hundreds", "scores", "thousands"}
    )


def _verbal_present(row: Row, at: int, stop: int) -> bool:
    """ "rebels attack the town": a participant or relative before, and a phrase after."""
    if at == 0 or stop >= len(row):
        return False
    before = row[at - 1]
    subject = (before.party is not None and before.party.sort != "name") or before.lower in {
        "who",
        "which",
        "they",
        "we",
    }
    if before.party is not None and before.party.sort == "name":
        many = before.party.actor is not None and before.party.actor.kind in _OF_MANY
        subject = many or row[at].lower.endswith("s") or before.lower.endswith(("s", "ban"))
    after = row[stop]
    opens = _starts_phrase(after) or after.lower in _OPENS_OBJECT or _may_open_object(after)
    return subject and opens


_OF_MANY = frozenset({"state_force", "armed_group", "coalition", "population"})
_OPENS_OBJECT = frozenset({"against", "with", "to", "that"})


def _may_open_object(word: Word) -> bool:
    """A headline's object has no article: "Rebels seize town"."""
    g = clause_words()
    closed = g.prepositions | g.conjunctions | g.subordinators | g.relatives | g.be | g.have | g.modals
    return word.plain and word.lower.isalpha() and word.lower not in closed
