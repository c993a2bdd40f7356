"""One record as its reviews leave it, on the words and with the ids of the present reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from marsad.ledger.reviewing.links import KINDS, LINKS, Rewriting, requoted, spans_of
from marsad.ledger.reviewing.matching import Effect, Entry
from marsad.records.reading import Frozen
from marsad.records.review import RecordKind

REVIEWER = "review@1"  # the reader of a record that people added or edited
UNSET = frozenset({"id", "reader"})  # fields that nobody sets


class Restored(NamedTuple):
    record: Any  # of one of the record types
    lost: tuple[str, ...] = ()  # fields of the review's record that could not be told any more, or not whole
    differs: tuple[str, ...] = ()  # fields of an accepted record that the machine reads otherwise now


class Lost(NamedTuple):
    """A record that cannot be restored; the reason is one line."""

    reason: str


def restored(
    entry: Entry, effect: Effect, link: Callable[[RecordKind, str], str | None], text: str
) -> Restored | Lost:
    """The record of `entry` as its reviews leave it.

    Where the machine still finds it: what the machine reads now, with the fields on top that people
    set. Else the record of the last review.

    Args:
        link: the id in the present reading of what the review's record calls so; `None`: not there.
        text: the present text.
    """
    told = effect.last.told
    found = None if effect.is_own else entry.record  # as the machine reads it now
    fields = effect.fields.intersection(_settable(entry))
    if found is not None and not fields:
        return Restored(found, differs=_differs(told, found) if told is not None else ())
    if told is None:
        return Lost("its record does not fit the contract; review it again")
    rewriting = Rewriting(link=link, spans=effect.last.moved, text=text)
    if found is not None:
        return _edited(found, told, sorted(fields), rewriting)
    is_as_read = effect.last.review.action == "accept" and not effect.fields
    return _kept(told, entry.local, told.reader if is_as_read else REVIEWER, rewriting)


def _edited(record: Any, told: Frozen, fields: list[str], rewriting: Rewriting) -> Restored | Lost:  # noqa: ANN401
    values = {name: rewriting.field(type(told), name, getattr(told, name)) for name in fields}
    for name, value in values.items():
        if rewriting.is_needed(told, name, value):
            return Lost(f"its {name} is not in the document any more")
    edited = replace(record, **values, reader=REVIEWER)
    return Restored(requoted(edited, rewriting.text), _lost(told, values))


def _kept(told: Any, local: str, reader: str, rewriting: Rewriting) -> Restored | Lost:  # noqa: ANN401
    values = {name: rewriting.field(type(told), name, getattr(told, name)) for name in told.__struct_fields__}
    for name, value in values.items():
        if rewriting.is_needed(told, name, value):
            return Lost(f"its {name} is not in the document any more")
    kept = replace(told, **values | {"id": local, "reader": reader})
    if not spans_of(kept):
        return Lost("it stands on no words")
    return Restored(requoted(kept, rewriting.text), _lost(told, values))


def _lost(told: Frozen, values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        name
        for name, value in values.items()
        if (before := getattr(told, name)) is not None
        and (value is None or (isinstance(value, tuple) and len(value) < len(before)))
    )


def _differs(told: Frozen, record: Frozen) -> tuple[str, ...]:
    """Fields with plain values, no words and no references, that are not as they were accepted."""
    names = [name for name in told.__struct_fields__ if name not in {"id", "reader", "text"}]
    plain = [name for name in names if (type(told), name) not in LINKS]
    return tuple(name for name in plain if _plain(told, name) != _plain(record, name))


def _plain(record: Frozen, name: str) -> object:
    value = getattr(record, name)
    return None if isinstance(value, tuple | Frozen) else value


def _settable(entry: Entry) -> frozenset[str]:
    assert entry.kind != "private"  # noqa: S101 (private words are no record)
    return frozenset(KINDS[entry.kind].type.__struct_fields__) - UNSET
