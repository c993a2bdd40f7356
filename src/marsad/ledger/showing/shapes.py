"""The fields of the types of records, and which of them point to other records."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import fields

from marsad.records.reading import Frozen

# Fields that hold ids local to a reading; where something is shown they are ids of the ledger.
_REFERENCES = frozenset(
    {"id", "parent", "denies", "about", "claim", "claims", "incident", "share_of", "part_of", "subject"}
    | {"places", "within", "actor", "time"}
)


class Field(NamedTuple):
    """A field of a record, with what is done to its values where they are shown."""

    name: str
    default: Any
    refers: bool  # to records, by their ids
    points: bool  # to records, or holds records that may


class Shape(NamedTuple):
    """The fields of a type of record, and what gives their values all at once."""

    fields: tuple[Field, ...]
    values: Callable[[Frozen], tuple[Any, ...]]


@cache
def shape(kind: type[Frozen]) -> Shape:
    """The shape of a type of record, told from its annotations."""
    found = [
        Field(each.name, each.default, is_reference, is_reference or "marsad." in str(each.type))
        for each in fields(kind)
        for is_reference in [each.name in _REFERENCES]
    ]
    return Shape(tuple(found), attrgetter(*(field.name for field in found)))  # each has several


@cache
def refers(kind: type[Frozen]) -> bool:
    """Whether a record of this type points to others, or holds one that does."""
    return any(field.points for field in shape(kind).fields)
