"""What follows for other records when a record goes: they go along, or let go of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from msgspec.structs import replace

from marsad.ledger.reviewing.links import Rewriting, links
from marsad.records.review import RecordKind

_UPWARDS: dict[str, str] = {"Claim": "parent", "Figure": "part_of", "Place": "within", "Actor": "parent"}

Records = dict[str, Any]  # by local id


class Consequences(NamedTuple):
    """What is left, and by the id of what is gone: what went along with it, what let go of it."""

    left: Records
    along: dict[str, list[str]]
    loose: dict[str, list[str]]


def without(records: Records, gone: set[str]) -> Consequences:
    """`records` when those called `gone`, which are not among them, are referred to no more.

    The figures and relations of a claim go along with it, and an incident with its last claim.
    """
    found = Consequences(dict(records), defaultdict(list), defaultdict(list))
    while gone:
        gone = _let_go(found, gone)
    return found


def _let_go(found: Consequences, gone: set[str]) -> set[str]:
    """One round; the ids of those that went along."""

    def link(_: RecordKind, local: str) -> str | None:
        return None if local in gone else local

    also = set()
    for local, record in list(found.left.items()):
        causes = dict.fromkeys(each.local for each in links(record) if each.local in gone)
        if not causes:
            continue
        kept = Rewriting(link=link).record(record)
        for cause in causes:
            (found.loose if kept else found.along)[cause].append(local)
        if kept:
            found.left[local] = kept
        else:
            del found.left[local]
            also.add(local)
    return also


def straightened(records: Records) -> Records:
    """`records` with none above itself: where references upwards make a circle, it is opened."""
    straight = dict(records)
    clear: set[str] = set()
    for local in records:
        path = [local]
        while (above := _above(straight[path[-1]])) in straight and above not in clear:
            if above in path:
                last = straight[path[-1]]
                straight[path[-1]] = replace(last, **{_UPWARDS[type(last).__name__]: None})
                break
            path.append(above)
        clear.update(path)
    return straight


def _above(record: Any) -> str:  # noqa: ANN401 (any record type)
    """The id of the record that holds this one; empty where none does."""
    return getattr(record, _UPWARDS.get(type(record).__name__, ""), None) or ""
