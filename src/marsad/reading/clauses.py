"""Shallow syntax over a row of words: clauses, verb groups, and who stands where around a word.

There is no parser here. The rules know the closed classes of English, and walk from a word to its
left and right until something that they do not understand stops them; then nobody is found.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from marsad.reading.inflection import Form, VerbForm
from marsad.reading.lexicon import Entry, load
from marsad.reading.participants import Participant, Row, Word
from marsad.reading.syntax import grammar

Group = tuple[Participant, ...]
Voice = Literal["active", "passive"]

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
    return load("clause_words", ClauseWords)


@cache
def _closed() -> frozenset[str]:
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


def is_adverb(word: Word) -> bool:
    return word.plain and (
        word.lower in clause_words().adverbs or (len(word.lower) > 4 and word.lower.endswith("ly"))
    )


def in_phrase(word: Word) -> bool:
    """May stand between a determiner and the head of its noun phrase."""
    return word.lower not in _closed() and (word.lower[:1].isalnum() or word.lower in {"-", "%"})


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


def _opens_clause(row: Row, index: int) -> bool:
    """Whether another clause begins at `index`."""
    g, word = clause_words(), row[index]
    if not word.plain:
        return False
    if word.lower in {";", ":", "—", "–", "“", "”", '"', ".", "•"}:
        return True
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
        if is_aux(word):
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
        subject = row[at].lower.endswith("s") or before.lower in {"they", "we"}
    return subject and (_starts_phrase(row[stop]) or row[stop].lower in {"against", "with"})


def subject(row: Row, group: VerbGroup) -> Group:
    """Who stands as the subject of the verb; empty where the rules cannot tell."""
    if (group.auxiliaries and group.auxiliaries[0] in {"to", "being", "having"}) or (
        group.form == "ing" and not group.auxiliaries
    ):
        return _raised_subject(row, group)
    return subject_before(row, group.begin)


def _raised_subject(row: Row, group: VerbGroup) -> Group:
    """Of an infinitive or participle: the phrase that it hangs on, else the subject of its clause."""
    before = row[group.begin - 1] if group.begin else None
    if before is not None and before.party is not None:
        return subject_before(row, group.begin)  # "forces fighting ...", "helped the army to take ..."
    if (
        before is not None
        and before.lower in {"of", "from", "for"}
        and group.begin > 1
        and row[group.begin - 2].party
    ):
        return joined_before(row, group.begin - 2)[1]  # "accused the army of killing ..."
    begin, _ = clause_of(row, group.begin)
    return clause_subject(row, begin, group.begin)


def subject_before(row: Row, stop: int, depth: int = 0) -> Group:
    """The participant whose phrase ends right before row index `stop`."""
    at = stop - 1
    while at >= 0 and (is_adverb(row[at]) or row[at].time or _introduces_time(row, at)):
        at -= 1
    if at < 0 or depth > 3:
        return ()
    word = row[at]
    if word.party is not None:
        return _head_of(row, at)
    if word.lower in clause_words().relatives:
        return subject_before(row, at - 1 if at and row[at - 1].lower == "," else at, depth + 1)
    if word.lower in {",", ")"}:
        opening = _opening(row, at, "(" if word.lower == ")" else ",")
        return subject_before(row, opening, depth + 1) if opening else ()
    if word.lower in clause_words().conjunctions or word.place is not None or in_phrase(word):
        begin, _ = clause_of(row, at)
        return clause_subject(row, begin, at) if _may_look_back(row, begin, at) else ()
    return ()


def _introduces_time(row: Row, at: int) -> bool:
    """The "in" of "and in 2018 took the town"."""
    return (
        row[at].lower in {"in", "on", "by", "since", "during"}
        and at + 1 < len(row)
        and row[at + 1].time is not None
    )


def _may_look_back(row: Row, begin: int, at: int) -> bool:
    """A verb joined by "and" shares the subject of its clause; an unknown noun is a subject itself."""
    if row[at].lower in clause_words().conjunctions:
        return True
    # "the men from the town attacked": only a phrase that hangs on a participant is passed over
    back = at
    while back > begin and at - back < REACH and row[back].party is None:
        back -= 1
    between = row[back + 1 : at + 1]
    return (
        row[back].party is not None
        and bool(between)
        and between[0].lower in clause_words().prepositions
        and not any(word.lower == "," or is_aux(word) for word in between)
    )


def _opening(row: Row, at: int, mark: str) -> int | None:
    """Where the aside that closes at `at` opens, if it is short and names no new clause."""
    for back in range(at - 1, max(-1, at - 26), -1):
        if row[back].lower == mark:
            return back
        if row[back].lower in {";", ":", "“", "”", '"', "."}:
            return None
    return None


def _head_of(row: Row, at: int) -> Group:
    """The participants joined before `at`; none where they hang on a noun that is nobody here."""
    first, group = joined_before(row, at)
    back = first - 1
    while back >= 0 and (
        row[back].lower in clause_words().determiners
        or (row[back].plain and in_phrase(row[back]) and first - back < 4)
    ):
        back -= 1
    if back < 0 or row[back].lower not in {
        "of",
        "from",
        "against",
        "with",
        "for",
        "between",
        "to",
        "in",
        "by",
        "on",
        "among",
    }:
        return group
    if row[back].lower in {"in", "on", "for", "by", "to"}:
        return group if back <= 1 or row[back].lower == "by" else ()
    head = row[back - 1] if back else None
    if head is not None and head.party is not None:
        return joined_before(row, back - 1)[1]
    if head is not None and head.lower in _PART_OF:
        return group
    return ()


_PART_OF = frozenset(
    {
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "number",
        "group",
        "groups",
        "some",
        "all",
        "many",
        "most",
        "one",
        "several",
        "two",
        "three",
        "handful",
        "majority",
        "remnants",
        "both",
        "rest",
    }
)


def clause_subject(row: Row, begin: int, stop: int) -> Group:
    """The first participant of the clause that no preposition governs and no possessive follows."""
    for at in range(begin, stop):
        if at > begin and is_predicate(row[at]):
            return ()
        if row[at].party is None or _governed(row, begin, at):
            continue
        after = row[at + 1].lower if at + 1 < len(row) else ""
        if after in POSSESSIVES:
            continue
        return joined_after(row, at)[1]
    return ()


def is_predicate(word: Word) -> bool:
    """A verb in sight: the subject of the clause has been passed."""
    return word.plain and (
        is_aux(word)
        or word.lower in grammar().finite_verbs
        or (word.lower.endswith("ed") and len(word.lower) > 4)
    )


def _governed(row: Row, begin: int, at: int) -> bool:
    back = at - 1
    while back >= begin and at - back <= REACH and in_phrase(row[back]) and row[back].party is None:
        back -= 1
    return back >= 0 and row[back].plain and row[back].lower in clause_words().prepositions


def joined_before(row: Row, at: int) -> tuple[int, Group]:
    """The participants joined by commas and "and" that end at `at`, and where the first stands."""
    group, first = [row[at].party], at
    while len(group) < 8:
        back = first - 1
        while (
            back >= 0
            and row[back].plain
            and (row[back].lower in clause_words().determiners or _adjectival(row[back]))
            and first - back <= 3
        ):
            back -= 1
        if back < 1 or not _joins(row[back]) or (len(group) == 1 and row[back].lower == ","):
            break  # a comma joins two names only in a list that "and" closes
        while back >= 1 and _joins(row[back]):
            back -= 1
        if row[back].party is None:
            break
        first = back
        group.append(row[back].party)
    return first, tuple(party for party in reversed(group) if party is not None)


def joined_after(row: Row, at: int) -> tuple[int, Group]:
    """The participants joined that begin at `at`, and the row index after the last."""
    group, stop = [row[at].party], at + 1
    while stop < len(row) and len(group) < 8:
        ahead = stop
        commas_only = True
        while ahead < len(row) and _joins(row[ahead]):
            commas_only = commas_only and row[ahead].lower == ","
            ahead += 1
        if ahead == stop:
            break
        start = ahead
        while (
            ahead < len(row)
            and row[ahead].plain
            and ahead - start <= 3
            and (row[ahead].lower in clause_words().determiners or _adjectival(row[ahead]))
        ):
            ahead += 1
        if ahead >= len(row) or row[ahead].party is None or (commas_only and not _list_goes_on(row, ahead)):
            break
        if ahead + 1 < len(row) and is_aux(row[ahead + 1]):
            break  # "and the army was ...": another clause
        group.append(row[ahead].party)
        stop = ahead + 1
    return stop, tuple(party for party in group if party is not None)


def _list_goes_on(row: Row, at: int) -> bool:
    """A comma joins two names only in a list that "and" closes."""
    return any(word.lower in {"and", "or"} for word in row[at + 1 : at + 5])


def _joins(word: Word) -> bool:
    return word.plain and word.lower in {",", "and", "or", "&"}


def _adjectival(word: Word) -> bool:
    return (
        word.lower[:1].isalpha()
        and word.lower not in _closed()
        and (word.lower in _STANDING or not word.lower.endswith("ed"))
    )


_STANDING = frozenset(
    {"allied", "armed", "unarmed", "affiliated", "linked", "suspected", "wounded", "displaced"}
)


def object_after(row: Row, stop: int) -> tuple[int, Word] | None:
    """The participant or place at the head of the noun phrase that begins at row index `stop`."""
    for at in range(stop, min(len(row), stop + REACH)):
        word = row[at]
        if (
            word.party is not None
            or word.place is not None
            or (word.nation is not None and _ends_phrase(row, at + 1))
        ):
            after = row[at + 1].lower if at + 1 < len(row) else ""
            if after in POSSESSIVES:
                continue
            return at, word
        if not (
            in_phrase(word)
            or word.lower in clause_words().determiners
            or word.lower in POSSESSIVES
            or word.tie
        ):
            return None
    return None


def _ends_phrase(row: Row, at: int) -> bool:
    """Whether a noun phrase is over before row index `at`: a demonym there is no adjective."""
    return at >= len(row) or (row[at].plain and not in_phrase(row[at]))
