"""Whether a happening happened, and who says who did it: mood, tense and the words around it."""

from __future__ import annotations

from marsad.reading.clauses.clauses import clause_of, clause_words
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.arguments import Arguments
from marsad.reading.incidents.triggers import StatusWords, Trigger, vocabulary
from marsad.records.reading import Claim, IncidentStatusValue, ResponsibilityValue

NEAR = 4  # words before a phrase that still speak of it: "the threat of an attack"
FAR = 9  # before an infinitive: "has the ability, as before, to attack"

_PRESENT_BE = frozenset({"is", "are", "am", "'re", "they're", "we're"})


def status(row: Row, trigger: Trigger, arguments: Arguments, claim: Claim) -> IncidentStatusValue:
    """What `claim` says of the happening: that it occurred, goes on, is planned, ..."""
    words = vocabulary().status
    if arguments.governor is not None and row[arguments.governor.at].lower in words.announcing:
        return "planned"
    around = _around(row, trigger, arguments)
    by_words = _by_words(around, words)
    if claim.polarity == "denied" or _negated(row, trigger, arguments, words):
        return "denied"
    if by_words is not None:
        return by_words
    if claim.attitude in {"intention", "order"}:
        return "planned"
    if claim.attitude == "request":
        return "hypothetical"
    return _by_tense(row, trigger, arguments, around, words)


def _around(row: Row, trigger: Trigger, arguments: Arguments) -> tuple[str, ...]:
    """The words that can change the mood: auxiliaries, and what stands before an infinitive or noun."""
    group = arguments.governor
    begin, _ = clause_of(row, arguments.begin)
    if group is None or group.at > trigger.at:
        first = max(begin, arguments.begin - NEAR)
        before = row[first : trigger.at]
        auxiliaries = group.auxiliaries if group is not None else ()
    else:
        infinitive = bool({"to", "being"} & set(group.auxiliaries)) or group.form == "ing"
        first = max(begin, group.begin - (FAR if infinitive else 0))
        before = (*row[first : group.at], *row[group.stop : trigger.at])
        auxiliaries = ()
    opener = ("if",) if row[begin].lower in {"if", "unless", "whether", "until", "once"} else ()
    return (*opener, *(word.lower for word in before if word.plain), *auxiliaries)


def _by_words(around: tuple[str, ...], words: StatusWords) -> IncidentStatusValue | None:
    found = set(around)
    if found & words.threatened and not found & {"threat"} - words.threatened:
        return "threatened"
    if found & words.hypothetical:
        return "hypothetical"
    if found & words.planned:
        return "planned"
    return None


def _negated(row: Row, trigger: Trigger, arguments: Arguments, words: StatusWords) -> bool:
    group = arguments.governor
    first = min(group.begin, arguments.begin) if group is not None else arguments.begin
    close = row[max(0, first - 1) : trigger.at]
    if group is not None and group.at > trigger.at:
        close = (*row[max(0, trigger.at - 3) : trigger.at], *row[trigger.stop : group.at])
    return any(word.plain and word.lower in words.negations for word in close)


def _by_tense(
    row: Row, trigger: Trigger, arguments: Arguments, around: tuple[str, ...], words: StatusWords
) -> IncidentStatusValue:
    group = arguments.governor
    after = {word.lower for word in row[trigger.stop : trigger.stop + 3]}
    if (set(around) | after) & words.ongoing:
        return "ongoing"
    if group is None:
        return "occurred"
    if group.form == "ing" and set(group.auxiliaries) & _PRESENT_BE:
        return "ongoing"
    if "to" in group.auxiliaries and group.at <= trigger.at:
        return "hypothetical"
    if group.form in {"base", "s"} and not set(group.auxiliaries) & clause_words().modals:
        return "ongoing"
    return "occurred"


def responsibility(row: Row, trigger: Trigger, arguments: Arguments) -> ResponsibilityValue | None:
    """How the claim speaks of who did it; None where it names nobody."""
    words = vocabulary().responsibility
    lowers = [word.lower for word in row]
    near = set(lowers[max(0, arguments.begin - 6) : arguments.begin])
    if words.claimed_object & near:
        if near & words.denied:
            return "denied"
        if near & words.claimed:
            return "claimed"
    if not arguments.agents:
        return None
    begin, stop = clause_of(row, trigger.at)
    before = set(lowers[max(begin, trigger.at - 14) : trigger.at])
    after = lowers[trigger.stop : min(stop, trigger.stop + 6)]
    if "claimed" in after and "by" in after:
        return "claimed"
    if before & words.denied:
        return "denied"
    if before & words.accused or set(after) & {"blamed", "allegedly"}:
        return "accused"
    if set(lowers[max(begin, arguments.begin - 4) : trigger.at]) & words.suspected:
        return "suspected"
    return "stated"
