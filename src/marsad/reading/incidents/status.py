"""Whether a happening is told as done, going on, planned, threatened, possible or denied, and who did it."""

from __future__ import annotations

from marsad.reading.clauses.clauses import clause_of, clause_words
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.arguments import Arguments
from marsad.reading.incidents.kinds import StatusWords, vocabulary
from marsad.reading.incidents.triggers import Trigger
from marsad.records.reading import Claim, IncidentStatusValue, ResponsibilityValue

NEAR = 6  # words before a phrase that still speak of it: "intended for use in an attack"
FAR = 9  # before an infinitive: "has the ability, as before, to attack"
BEFORE_CLAUSE = 5  # "concerns that the group will ..."

_PRESENT_BE = frozenset({"is", "are", "am", "'re", "they're", "we're"})
_REFUSED = frozenset({"refused", "refuses", "refusing", "declined", "declines", "rejected"})
_OPENERS = frozenset({"if", "unless", "whether", "until", "once"})
# What is held, banned or besieged is so until somebody ends it: "has been held", "US sanctions".
_LASTING = frozenset({"arrest", "siege", "sanctions", "occupation"})
_LASTING_NOUNS = frozenset(
    {"sanctions", "custody", "detention", "captivity", "imprisonment", "siege", "blockade", "embargo"}
)


def status(row: Row, trigger: Trigger, arguments: Arguments, claim: Claim) -> IncidentStatusValue:
    """What `claim` says of the happening: that it occurred, goes on, is planned, ..."""
    words = vocabulary().status
    governor = arguments.governor
    if governor is not None and governor.at != trigger.at and row[governor.at].lower in words.announcing:
        return "planned"
    if claim.polarity == "denied" or _negated(row, trigger, arguments, words):
        return "denied"
    if _is_done_in_words(trigger):
        return "occurred"
    if _is_feared(row, trigger, words):
        return "hypothetical"
    around = _around(row, trigger, arguments)
    if _is_announced(around, arguments, trigger, claim):
        return "planned"
    by_words = _by_words(around, words)
    if by_words is not None:
        return by_words
    if claim.attitude in {"intention", "order"}:
        return "planned"
    if claim.attitude == "request":
        return "hypothetical"
    return _by_tense(row, trigger, arguments, around, words)


def _is_done_in_words(trigger: Trigger) -> bool:
    """ "called for a possible ...": who has said it has done it, whatever it is about."""
    group = trigger.group
    return trigger.kind.verbal and group is not None and group.form == "past" and not group.auxiliaries


def _around(row: Row, trigger: Trigger, arguments: Arguments) -> tuple[str, ...]:
    """The words that can change the mood: auxiliaries, and what stands before an infinitive or noun."""
    group = arguments.governor
    begin, _ = clause_of(row, arguments.begin)
    if group is None or group.at > trigger.at:
        first = max(begin, arguments.begin - NEAR)
        before = row[first : trigger.at]
        auxiliaries = group.auxiliaries if group is not None else ()
    else:
        infinitive = "to" in group.auxiliaries or (group.form == "ing" and "being" not in group.auxiliaries)
        first = max(begin, group.begin - (FAR if infinitive else 0))
        before = (*row[first : group.at], *row[group.stop : trigger.at])
        auxiliaries = ()
    opener = ("if",) if row[begin].lower in _OPENERS else ()
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


def _is_feared(row: Row, trigger: Trigger, words: StatusWords) -> bool:
    """ "concerns that the group will release them": what is only feared may not come."""
    begin, _ = clause_of(row, trigger.at)
    if row[begin].lower != "that":
        return False
    before = {word.lower for word in row[max(0, begin - BEFORE_CLAUSE) : begin]}
    return bool(
        before
        & words.hypothetical
        & {"fear", "fears", "risk", "risks", "possibility", "chance", "likelihood"}
    ) or bool(before & {"concern", "concerns", "worry", "worries"})


def _is_announced(around: tuple[str, ...], arguments: Arguments, trigger: Trigger, claim: Claim) -> bool:
    """ "said that its troops would withdraw": a plan, told in the past."""
    group = arguments.governor
    if (
        claim.kind != "attributed"
        or group is None
        or group.at != trigger.at
        or "would" not in group.auxiliaries
    ):
        return False
    return not {"have", "be", "if", "not"} & {*around, *group.auxiliaries} - {"be"}


def _negated(row: Row, trigger: Trigger, arguments: Arguments, words: StatusWords) -> bool:
    group = arguments.governor
    first = min(group.begin, arguments.begin) if group is not None else arguments.begin
    close = row[max(0, first - 1) : trigger.at]
    if group is not None and group.at == trigger.at and "to" in group.auxiliaries:
        close = (*close, *row[max(0, first - 2) : first])  # "refused to", "declined to"
    if group is not None and group.at > trigger.at:
        close = (*row[max(0, trigger.at - 3) : trigger.at], *row[trigger.stop : group.at])
    refused = group is not None and "to" in group.auxiliaries and any(w.lower in _REFUSED for w in close)
    return refused or any(word.plain and word.lower in words.negations for word in close)


def _by_tense(
    row: Row, trigger: Trigger, arguments: Arguments, around: tuple[str, ...], words: StatusWords
) -> IncidentStatusValue:
    group = arguments.governor
    begin, stop = clause_of(row, trigger.at)
    last = stop if trigger.group is None else trigger.stop + 3
    after = {word.lower for word in row[trigger.stop : last]}
    if (set(around) | after) & words.ongoing:
        return "ongoing"
    if group is None:
        return "ongoing" if _lasts(row, trigger) or _there_are(row, begin, arguments.begin) else "occurred"
    if group.form == "ing" and set(group.auxiliaries) & _PRESENT_BE:
        return "ongoing"
    if group.voice == "passive" and _held_now(group.auxiliaries, trigger):
        return "ongoing"
    if "to" in group.auxiliaries and group.at <= trigger.at:
        return "hypothetical"
    if group.form in {"base", "s"} and not set(group.auxiliaries) & clause_words().modals:
        return "ongoing"
    return "occurred"


def _lasts(row: Row, trigger: Trigger) -> bool:
    return row[trigger.stop - 1].lower in _LASTING_NOUNS


def _there_are(row: Row, begin: int, at: int) -> bool:
    """ "there are random arrests"."""
    return any(
        row[index].lower == "there" and row[index + 1].lower in _PRESENT_BE
        for index in range(max(begin, at - 4), at - 1)
    )


def _held_now(auxiliaries: tuple[str, ...], trigger: Trigger) -> bool:
    """ "are being bombed", "is held": the present of a passive; a past one only of what lasts."""
    present = bool(set(auxiliaries) & _PRESENT_BE)
    return (present and "being" in auxiliaries) or (
        trigger.kind.name in _LASTING and (present or "being" in auxiliaries)
    )


def responsibility(
    row: Row, trigger: Trigger, arguments: Arguments, claim: Claim
) -> ResponsibilityValue | None:
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
    if before & words.denied or claim.polarity == "denied":
        return "denied"
    if before & words.accused or set(after) & {"blamed", "allegedly"} or _cue(claim) & words.accused:
        return "accused"
    if set(lowers[max(begin, arguments.begin - 4) : trigger.at]) & words.suspected:
        return "suspected"
    return "claimed" if _tells_of_itself(arguments, trigger, claim) else "stated"


def _cue(claim: Claim) -> set[str]:
    return set(claim.cue.text.lower().split()) if claim.cue else set()


def _tells_of_itself(arguments: Arguments, trigger: Trigger, claim: Claim) -> bool:
    """Whether who did it says so: the claim's holder is one of those who did it."""
    doers = {member.actor.id for member in arguments.agents if member.actor}
    holder = claim.source.actor if claim.source else None
    return trigger.kind.type == "ASSAULT" and holder is not None and holder in doers
