"""What one sentence says twice of one happening: "killed in an airstrike", "a campaign to drive them out"."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.mentions import Mention, same_or_open

_LINKS = frozenset(
    {"in", "by", "during", "after", "when", "as", "with", "from", "following", "amid", "through", "and"}
    | {"that", "which"}
)


def fuse_in_sentence(mentions: Sequence[Mention], row: Row) -> list[Mention]:
    """Join what one sentence says twice: "killed in an airstrike", "defeated after operations by"."""
    kept: list[Mention] = []
    for mention in mentions:
        if any(_carries(other, mention) for other in mentions):
            continue
        previous = kept[-1] if kept else None
        if previous is not None and _is_purpose(previous, mention, row):
            kept[-1] = _with_purpose(previous, mention)
        elif previous is not None and _one_happening(previous, mention, row):
            kept[-1] = _fused(previous, mention)
        else:
            kept.append(mention)
    return kept


def _carries(noun: Mention, verb: Mention) -> bool:
    """The verb is the carrier of the noun: "fought fierce battles" is one."""
    begin, stop = noun.row_span
    return begin <= verb.row_span[0] and verb.row_span[1] <= stop and verb.row_span != noun.row_span


def _is_purpose(first: Mention, second: Mention, row: Row) -> bool:
    """ "a campaign to drive them out": the infinitive says against whom."""
    stop = first.row_span[1]
    return first.kind.episode and first.noun and stop + 1 == second.row_span[0] and row[stop].lower == "to"


def _with_purpose(first: Mention, second: Mention) -> Mention:
    return first._replace(
        spans=tuple(sorted({*first.spans, *second.spans})),
        row_span=(first.row_span[0], second.row_span[1]),
        targets=first.targets or second.targets,
        things=first.things or second.things,
        places=first.places or second.places,
        tied=first.tied or second.tied,
    )


def _one_happening(first: Mention, second: Mention, row: Row) -> bool:
    if first.kind.type != second.kind.type or first.claim.id != second.claim.id:
        return False
    if first.real != second.real or not _same_sides(first, second):
        return False
    between = {word.lower for word in row[first.row_span[1] : second.row_span[0]]}
    if first.kind.result != second.kind.result:
        return bool(between & _LINKS) or first.clause == second.clause
    if first.kind.name == second.kind.name and between <= {"and", ",", "or", "then"}:
        return True
    if first.kind.result and first.clause == second.clause and between & {"and"}:
        return True
    fills = (first.passive and second.noun and not second.targets) or (
        second.passive and first.noun and not first.targets
    )
    return fills and bool(first.agents or second.agents) and bool(first.targets or second.targets)


def _same_sides(first: Mention, second: Mention) -> bool:
    return same_or_open(first.agents, second.agents) and same_or_open(first.targets, second.targets)


def _fused(first: Mention, second: Mention) -> Mention:
    main, other = (second, first) if first.kind.result and not second.kind.result else (first, second)
    return main._replace(
        spans=tuple(sorted({*first.spans, *second.spans})),
        row_span=(first.row_span[0], second.row_span[1]),
        agents=main.agents or other.agents,
        targets=main.targets or other.targets,
        things=tuple(sorted({*main.things, *other.things})),
        hit=main.hit | other.hit,
        places=(*main.places, *(place for place in other.places if place not in main.places)),
        beside=main.beside | other.beside,
        time=main.time or other.time,
        figures=(*main.figures, *(figure for figure in other.figures if figure not in main.figures)),
        weapons=tuple(dict.fromkeys((*main.weapons, *other.weapons))),
        responsibility=main.responsibility or other.responsibility,
        passive=False,
    )
