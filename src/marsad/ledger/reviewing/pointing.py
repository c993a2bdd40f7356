"""What a person points at in a decision: a record or a document by its id, an actor or a source by name.

An id may be cut to its beginning. A name that several bear is never guessed: the error lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from marsad.errors import BadInput, BadWorkspace, NotFound
from marsad.ledger import identity, view
from marsad.ledger.asking import linked
from marsad.ledger.reviewing.links import KINDS, records, spans_of
from marsad.ledger.schema import (
    RECORDS,
    readings,
    retired,
    shown_actors,
    shown_claims,
    shown_documents,
    texts,
)
from marsad.ledger.store import Store
from marsad.ledger.tracing import lookup
from marsad.ledger.view import View
from marsad.linkage.origins import folded_name
from marsad.records.reading import Reading

SHOWN = 12  # characters of an id in a sentence
_MOST_NAMED = 8  # of several that bear a name
_KIND = {kind.letter: name for name, kind in KINDS.items()}
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_LOCAL = re.compile(rf"(?<!review )\b(?:(?:{'|'.join(KINDS)}) )?([{''.join(_KIND)}]\d{{1,9}})\b")


class Pointed(NamedTuple):
    """A record, with the reading in which it stands and its document as people left it."""

    id: str  # in the ledger
    local: str
    reading: Reading  # as people left it; the machine's, where they have rejected the record
    view: View


class Named(NamedTuple):
    """An actor or a source by its key, and as it is shown."""

    key: str
    name: str

    def __str__(self) -> str:
        return self.name if self.name == self.key else f"{self.name} ({self.key})"


def record(connection: Connection, given: str) -> Pointed:
    """The record that is listed under `given`, an id or six characters or more of its beginning.

    One that people have rejected is still told by the id that it had: the next reviewer may see it
    otherwise, or agree.

    Raises:
        NotFound: there is none, or several ids begin so, or it has another id by now.
        BadInput: it is the id of something else.
    """
    found = lookup.find(connection, given)
    if found.kind == "retired":
        return _rejected(connection, found.id, given)
    if found.kind not in RECORDS:
        raise BadInput(f"{given}: is {_a(found.kind)}, no record; give an id as marsad figures prints it")
    table = RECORDS[found.kind]
    of_document = select(shown_documents.c.id).join(table, table.c.document == shown_documents.c.key)
    held = view.view(connection, str(connection.execute(of_document.where(table.c.id == found.id)).scalar()))
    local = _local(held.reading, found.id) if held else None
    if held is None or local is None:
        raise BadWorkspace("the ledger does not hold what its index names; run marsad check")
    return Pointed(found.id, local, held.reading, held)


def _rejected(connection: Connection, record_id: str, given: str) -> Pointed:
    """A record of the newest reading on whose words people have left none of its kind."""
    asked = (
        select(readings.c.document)
        .join(retired, retired.c.entry == readings.c.entry)
        .where(retired.c.id == record_id)
        .limit(1)
    )
    held = view.view(connection, str(connection.execute(asked).scalar()))
    machine = _machine(connection, held.entry) if held else None
    local = _local(machine, record_id) if machine else None
    if held is None or machine is None or local is None or not _is_alone(machine, local, held.reading):
        raise NotFound(f"{given}: was changed or read anew since; list it again, or see marsad trace {given}")
    return Pointed(record_id, local, machine, held)


def _machine(connection: Connection, entry: int) -> Reading:
    """A reading as the reader made it."""
    stored = select(readings.c.body, texts.c.body.label("text")).join(
        texts, texts.c.sha256 == readings.c.text_sha256
    )
    row = connection.execute(stored.where(readings.c.entry == entry)).one()
    return view.unpacked(row.body, row.text)


def _is_alone(machine: Reading, local: str, reviewed: Reading) -> bool:
    """Whether no other record of its kind, of the reader or of people, is on the same words."""
    kind = _KIND[local[0]]
    spans = next(spans_of(each) for each in records(machine, kind) if each.id == local)
    here = [each for reading in (machine, reviewed) for each in records(reading, kind)]
    return sum(spans_of(each) == spans for each in here) == 1


def _local(reading: Reading, record_id: str) -> str | None:
    return next((local for local, found in global_ids(reading).items() if found == record_id), None)


def document(store: Store, given: str) -> str:
    """The id of the document whose id is `given`, or begins so (six characters or more).

    Raises:
        NotFound: there is none, or several begin so.
    """
    if len(given) < lookup.SHORTEST:
        raise NotFound(f"{given}: give {lookup.SHORTEST} or more characters of the id; see marsad documents")
    return store.document_id(given)


# Ids that stand in words


def global_ids(reading: Reading) -> dict[str, str]:
    """The ids that the records of `reading` have in the ledger, by local id."""
    return {found.record.id: found.id for found in identity.numbered(reading)}


def in_words(words: str, ids: Mapping[str, str]) -> str:
    """`words` with ids of the ledger, and their kinds, for local ones; what is quoted stays."""

    def told(found: re.Match[str]) -> str:
        local = found[1]
        return f"{_KIND[local[0]]} {ids[local][:SHOWN]}" if local in ids else found[0]

    pieces = _QUOTED.split(words)
    return "".join(_LOCAL.sub(told, piece) if at % 2 == 0 else piece for at, piece in enumerate(pieces))


# Actors and sources


def actor(store: Store, given: str) -> Named:
    """The actor whose key is `given`, or the one that bears this name.

    Of actors that are one, the one that stands for them bears all their names.

    Raises:
        NotFound: none is called so.
        BadInput: several are.
    """
    with store.database.reading() as connection:
        if given in linked.decisions(connection) or _is_actor(connection, given):
            return _actor(connection, given)
        bearing = linked.bearing(connection, None, given)
        links, _ = linked.around(connection, None, bearing)
        return _only(connection, given, {links.top.get(key, key) for key in bearing})


def own_actor(store: Store, given: str) -> Named:
    """The actor whose key is `given`, or that one alone which is itself called so, whatever it is one with.

    Raises:
        NotFound: none is called so.
        BadInput: several are.
    """
    with store.database.reading() as connection:
        if _is_actor(connection, given):
            return _actor(connection, given)
        of = shown_actors.c
        own = set(connection.execute(select(of.actor).where(of.called == folded_name(given))).scalars())
        return _only(connection, given, own or linked.bearing(connection, None, given))


def merged_actor(store: Store, given: str) -> Named:
    """The same among those that a person has merged into another, or taken apart.

    Raises:
        NotFound: none is called so.
        BadInput: several are, or it is not merged.
    """
    with store.database.reading() as connection:
        said = linked.decisions(connection)
        if given in said or _is_actor(connection, given):
            return _actor(connection, given)
        bearing = linked.bearing(connection, None, given)
        decided = (bearing | {folded_name(given)}) & said.keys()
        if bearing and not decided:
            raise BadInput(f"{given}: is not merged into another")
        return _only(connection, given, decided)


def source(store: Store, given: str) -> Named:
    """The source whose key is `given`, or the one that bears this name.

    Raises:
        NotFound: none is called so.
        BadInput: several are.
    """
    of = shown_claims.c
    with store.database.reading() as connection:
        keyed = connection.execute(select(of.origin_name).where(of.origin == given).limit(1)).scalar()
        if keyed is not None:
            return Named(given, keyed)
        named = connection.execute(select(of.origin, of.origin_name).distinct()).all()
    found = {
        row.origin: row.origin_name for row in named if folded_name(row.origin_name) == folded_name(given)
    }
    return _one(given, "source", [Named(key, name) for key, name in sorted(found.items())])


def _is_actor(connection: Connection, key: str) -> bool:
    of = shown_actors.c.actor
    return connection.execute(select(of).where(of == key).limit(1)).first() is not None


def _actor(connection: Connection, key: str) -> Named:
    of = shown_actors.c
    same = or_(of.actor == key, of.called == key)
    name = connection.execute(select(of.name).where(same).order_by(of.key).limit(1)).scalar()
    return Named(key, name or key)


def _only(connection: Connection, given: str, keys: Iterable[str]) -> Named:
    return _one(given, "actor", [_actor(connection, key) for key in sorted(keys)])


def _one(given: str, kind: str, found: list[Named]) -> Named:
    if not found:
        raise NotFound(f"{given}: no such {kind}; see marsad {kind}s")
    if len(found) > 1:
        several = ", ".join(f"{each.key!r} ({each.name})" for each in found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise BadInput(f"{given}: {len(found)} {kind}s are called so; give the key of one: {several}{more}")
    return found[0]


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "actor" else f"a {kind}"
