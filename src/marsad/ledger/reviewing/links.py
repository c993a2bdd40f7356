"""What a record holds of others: the local ids in it, and the spans. Changing them throughout.

One table says which field of which type refers to records of which kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast, get_args

from msgspec.structs import fields, replace

from marsad.records.reading import (
    Actor,
    Claim,
    Figure,
    Frozen,
    Incident,
    IncidentStatus,
    Interval,
    Party,
    Place,
    Reading,
    Relation,
    Responsibility,
    Time,
)
from marsad.records.review import RecordKind
from marsad.records.spans import Spans, any_contains, text_of

R = TypeVar("R", bound=Frozen)


class Kind(NamedTuple):
    """A kind of record: its list in a reading, its type, and the letter that its local ids begin with."""

    list: str
    type: type[Any]
    letter: str


KINDS: dict[RecordKind, Kind] = {
    "claim": Kind("claims", Claim, "c"),
    "figure": Kind("figures", Figure, "f"),
    "incident": Kind("incidents", Incident, "i"),
    "relation": Kind("relations", Relation, "r"),
    "place": Kind("places", Place, "p"),
    "time": Kind("times", Time, "t"),
    "actor": Kind("actors", Actor, "a"),
}

LINKS: dict[tuple[type[Frozen], str], RecordKind] = {
    (Party, "actor"): "actor",
    (Interval, "time"): "time",
    (Claim, "parent"): "claim",
    (Claim, "denies"): "claim",
    (Claim, "about"): "actor",
    (Figure, "claim"): "claim",
    (Figure, "incident"): "incident",
    (Figure, "share_of"): "figure",
    (Figure, "part_of"): "figure",
    (Figure, "subject"): "actor",
    (Figure, "places"): "place",
    (Incident, "claims"): "claim",
    (Incident, "places"): "place",
    (IncidentStatus, "claim"): "claim",
    (Responsibility, "claim"): "claim",
    (Relation, "claim"): "claim",
    (Place, "within"): "place",
    (Actor, "parent"): "actor",
}
_FIGURE = re.compile(r"f\d{1,9}")  # `share_of` holds the id of a figure or else words


class Link(NamedTuple):
    field: str
    kind: RecordKind
    local: str


def spans_of(record: Any) -> Spans:  # noqa: ANN401 (any record type; actors have mentions)
    """The spans of a record; of an actor, its mentions."""
    return cast(Spans, record.mentions if isinstance(record, Actor) else record.spans)


def records(reading: Reading, kind: RecordKind) -> tuple[Any, ...]:
    return cast(tuple[Any, ...], getattr(reading, KINDS[kind].list))


def last_number(reading: Reading, kind: RecordKind) -> int:
    """The greatest number in an id with the letter of `kind`; 0 where there is none."""
    ids = (record.id for each in KINDS for record in records(reading, each))
    numbers = (local[1:] for local in ids if local[0] == KINDS[kind].letter)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def links(record: Frozen) -> Iterator[Link]:
    """Every reference in `record` and in all that it holds."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        kind = LINKS.get((type(record), name))
        if kind is None:
            for inner in _held(value):
                yield from (link._replace(field=name) for link in links(inner))
        elif isinstance(value, tuple):
            yield from (Link(name, kind, local) for local in value)
        elif _is_link(name, value):
            yield Link(name, kind, value)


def inner_spans(record: Frozen) -> Iterator[Spans]:
    """The spans of `record` and of all that it holds."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name in ("spans", "mentions"):
            yield value
        else:
            for inner in _held(value):
                yield from inner_spans(inner)


@dataclass(frozen=True)
class Rewriting:
    """New references and new places for all that a record holds.

    What cannot be told any more goes: a field becomes null where the contract allows it, an entry
    leaves its list, and where it is needed (a relation's target, the claim of a figure, the last
    claim of an incident) the record that needs it goes too.
    """

    link: Callable[[RecordKind, str], str | None]
    spans: Callable[[Spans], Spans | None] | None = None  # None: they stay
    text: str = ""  # that the new spans point into

    def record(self, record: R) -> R | None:
        """`record` rewritten; `None` where something that it needs is lost."""
        changes: dict[str, Any] = {}
        for name in record.__struct_fields__:
            before = getattr(record, name)
            after = self.field(type(record), name, before)
            if self.is_needed(record, name, after):
                return None
            if after != before:
                changes[name] = after
        return requoted(replace(record, **changes) if changes else record, self.text)

    def field(self, owner: type[Frozen], name: str, value: Any) -> Any:  # noqa: ANN401 (any field)
        """The value of one field rewritten; `None` where it is lost."""
        kind = LINKS.get((owner, name))
        if kind is not None:
            return self._linked(owner, name, kind, value)
        if name in ("spans", "mentions"):
            return self.spans(value) if self.spans else value
        return self._inner(value)

    @staticmethod
    def is_needed(record: Frozen, name: str, value: object) -> bool:
        """Whether `value` is a loss that `record` cannot bear."""
        return value is None and getattr(record, name) is not None and name not in nullable(type(record))

    def _linked(self, owner: type[Frozen], name: str, kind: RecordKind, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, tuple):
            kept = tuple(dict.fromkeys(filter(None, (self.link(kind, local) for local in value))))
            return None if owner is Incident and name == "claims" and value and not kept else kept
        return self.link(kind, value) if _is_link(name, value) else value

    def _inner(self, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, tuple):
            return tuple(each for each in map(self._inner, value) if each is not None)
        return self.record(value) if isinstance(value, Frozen) else value


def requoted(record: R, text: str) -> R:
    """`record` with the words under its spans; what has no spans (a publisher) keeps its words."""
    if text and "text" in record.__struct_fields__ and (spans := getattr(record, "spans", ())):
        return replace(record, text=text_of(text, spans))
    return record


def smallest_claim(claims: Iterable[Claim], spans: Spans) -> str | None:
    """The id of the smallest claim that contains `spans`; the first of several."""
    around = [claim for claim in claims if all(any_contains(claim.spans, span) for span in spans)]
    found = min(around, key=lambda claim: sum(end - begin for begin, end in claim.spans), default=None)
    return found.id if found else None


@lru_cache
def nullable(owner: type[Frozen]) -> frozenset[str]:
    """The fields of a type that may be null."""
    return frozenset(field.name for field in fields(owner) if type(None) in get_args(field.type))


def _is_link(name: str, value: str | None) -> bool:
    return value is not None and (name != "share_of" or _FIGURE.fullmatch(value) is not None)


def _held(value: object) -> Iterator[Frozen]:
    """The records that a field holds: one, a list of them, or lists of lists."""
    if isinstance(value, Frozen):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _held(each)
