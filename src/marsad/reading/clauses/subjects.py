"""Who stands where around a verb: subjects, objects, and names joined by commas and "and"."""

from __future__ import annotations

from marsad.reading.clauses.clauses import (
    POSSESSIVES,
    REACH,
    Group,
    clause_of,
    clause_words,
    closed_class,
    in_phrase,
    is_adverb,
    is_aux,
    is_predicate,
)
from marsad.reading.clauses.participants import Row, Word
from marsad.reading.clauses.verb_groups import VerbGroup


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
    found = clause_subject(row, begin, group.begin)
    if not found and begin and "being" in group.auxiliaries:
        first, _ = clause_of(row, begin - 1)  # "regained ground after being driven out"
        return clause_subject(row, first, begin)
    return found


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
    head = row[back - 1] if back else None
    if row[back].lower in {"in", "on", "for", "by", "to"}:
        if head is not None and head.party is not None and row[back].lower in {"in", "for", "to"}:
            return joined_before(row, back - 1)[1]  # "lawmakers in X", "the envoy to X"
        return group if back <= 1 or row[back].lower == "by" else ()
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
        and word.lower not in closed_class()
        and (word.lower in _STANDING or not word.lower.endswith("ed"))
    )


_STANDING = frozenset(
    {"allied", "armed", "unarmed", "affiliated", "linked", "suspected", "wounded", "displaced"}
)


_QUANTITIES = frozenset({"dozens", "hundreds", "thousands", "scores", "many", "several"})
_HEDGES = frozenset(
    {
        "about",
        "around",
        "over",
        "nearly",
        "almost",
        "some",
        "at",
        "least",
        "most",
        "more",
        "fewer",
        "than",
        "up",
        "to",
    }
)


def _past_hedges(row: Row, stop: int) -> int:
    """Row index of the word after "about", "more than" or "at least"."""
    at = stop
    while at < len(row) and at - stop < 3 and row[at].lower in _HEDGES:
        at += 1
    return at


def is_counted(row: Row, stop: int) -> bool:
    """Whether a number begins at row index `stop`, qualified or not."""
    at = _past_hedges(row, stop)
    return at < len(row) and (row[at].lower[:1].isdigit() or row[at].lower in _QUANTITIES)


def object_after(row: Row, stop: int) -> tuple[int, Word] | None:
    """The participant or place at the head of the noun phrase that begins at row index `stop`."""
    at = _past_hedges(row, stop) if is_counted(row, stop) else stop
    last = min(len(row), at + REACH)
    if at < last and row[at].lower in _DOINGS:
        return None
    while at < last:
        word = row[at]
        if _is_head(row, at):
            return at, word
        if (
            word.plain
            and word.lower in _CONTAINERS | _QUANTITIES | _AMONG
            and at + 1 < last
            and row[at + 1].lower == "of"
        ):
            at += 2  # "the town of X"
            continue
        passed = word.lower in clause_words().determiners or word.lower in POSSESSIVES
        if not (passed or in_phrase(word) or word.tie):
            return None
        at += 1
    return None


def _is_head(row: Row, at: int) -> bool:
    word = row[at]
    named = word.party is not None or word.place is not None
    nation = word.nation is not None and _ends_phrase(row, at + 1)
    owns = at + 1 < len(row) and row[at + 1].lower in POSSESSIVES
    return (named or nation) and not owns


_DOINGS = frozenset(
    {"fighting", "battling", "defending", "serving", "working", "trying"}
)  # "killed fighting X"
_CONTAINERS = frozenset(
    {"town", "city", "village", "district", "suburb", "province", "countryside", "outskirts", "region"}
    | {"governorate", "enclave", "neighbourhood", "stronghold", "towns", "cities", "villages", "area"}
)


_AMONG = frozenset({"members", "member", "number", "group", "couple", "handful", "tens", "bodies", "remains"})


def _ends_phrase(row: Row, at: int) -> bool:
    """Whether a noun phrase is over before row index `at`: a demonym there is no adjective."""
    return at >= len(row) or (row[at].plain and not in_phrase(row[at]))
