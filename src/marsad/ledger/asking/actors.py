"""Actors of the ledger as they are listed: all their names with where each was learnt, and every join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, CompoundSelect, Connection, Row, bindparam, select, union_all

from marsad.ledger import bulk, keys
from marsad.ledger.asking import linked
from marsad.ledger.asking.found import FoundActor, Joined, Name
from marsad.ledger.schema import journal, merges, shown_actors, shown_documents
from marsad.linkage.actors import Join, Links, Seed
from marsad.linkage.origins import folded_name
from marsad.reading.actors.known import own_actors

_of = shown_actors.c


class _Taught(NamedTuple):
    words: str
    document: int  # by its key, and so below


class _Called(msgspec.Struct):
    """Of an actor of a document, what its names are told from."""

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


class _Body(msgspec.Struct):
    record: _Called
    names: dict[str, str]
    taught: dict[str, str] = {}


_body = msgspec.json.Decoder(_Body).decode


class _Names:
    """What the visible documents call the actors of one group, in the order of their being known."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[int, str, str]] = {}  # by name: the document, the day and the record
        self.taught: dict[str, _Taught] = {}  # by folded name
        self.called: dict[str, str] = {}  # of each key, its first name
        self.parent: str | None = None
        self.is_part = False  # whether later documents were not looked at
        self.ids: dict[int, str] = {}  # of these documents

    def add(self, row: Row[Any]) -> None:
        body = _body(row.body)
        actor = body.record
        self.called.setdefault(row.actor, actor.name)
        for name in (actor.name, *actor.aliases):
            self.first.setdefault(name, (row.document, row.known, row.id))
        for form, words in body.taught.items():
            self.taught.setdefault(form, _Taught(words, row.document))
        if actor.parent and self.parent is None:
            self.parent = body.names.get(actor.parent)

    def documents(self) -> set[int]:
        """Those from which something was learnt."""
        return {document for document, _, _ in self.first.values()} | {
            each.document for each in self.taught.values()
        }


def found(
    connection: Connection,
    rows: Sequence[Row[Any]],
    as_known: str | None,
    links: Links,
    within: int | None = None,
) -> list[FoundActor]:
    """The actors of a page of the list, whose `links` were found among all visible ones.

    Args:
        within: of how many documents the names are gathered: where those of all rows are more, of the
            first ones of each key; `None` is all.
    """
    group = _members(links, [row.key for row in rows])
    is_part = within is not None and sum(row.documents for row in rows) > within
    names = _names(connection, group, as_known, max(1, within // len(rows)) if within and is_part else None)
    entries = {
        join.entry for members in group.values() for key in members for join in links.joins.get(key, ())
    }
    said = _said(connection, [entry for entry in entries if entry is not None])
    candidates = {each.key for row in rows for each in links.open.get(row.key, ()) if each.key}
    called = _called(connection, candidates, as_known)
    return [_actor(row, group[row.key], names[row.key], links, said, called) for row in rows]


def _members(links: Links, tops: Sequence[str]) -> dict[str, list[str]]:
    found = {top: [top] for top in tops}
    for key, top in links.top.items():
        if top in found and key != top:
            found[top].append(key)
    return found


def _names(
    connection: Connection, group: Mapping[str, Sequence[str]], as_known: str | None, within: int | None
) -> dict[str, _Names]:
    top_of = {key: top for top, members in group.items() for key in members}
    if within is None:
        asked = select(*_NAMING).where(*_visible(as_known))
        rows = list(bulk.select_in(connection, asked, _of.actor, top_of))
    else:
        rows = list(_first(connection, list(top_of), as_known, within))
    names: defaultdict[str, _Names] = defaultdict(_Names)
    for row in sorted(rows, key=lambda row: int(row.key)):
        names[top_of[row.actor]].add(row)
    for actor, number in Counter(row.actor for row in rows).items():
        names[top_of[actor]].is_part |= number == within
    ids = dict(_ids(connection, set().union(*(each.documents() for each in names.values()))))
    for each in names.values():
        each.ids = ids
    return names


_NAMING = (_of.key, _of.id, _of.actor, _of.document, _of.known, _of.body)
_AT_ONCE = 100  # keys of one question; SQLite joins 500 answers


def _first(
    connection: Connection, actors: list[str], as_known: str | None, within: int
) -> Iterator[Row[Any]]:
    """The first rows of each key."""
    visible = {"known": as_known, "after": keys.after(as_known)} if as_known else {}
    for at in range(0, len(actors), _AT_ONCE):
        part = actors[at : at + _AT_ONCE]
        given = {f"actor{number}": actor for number, actor in enumerate(part)}
        yield from connection.execute(
            _firsts(len(part), bool(as_known)), given | visible | {"within": within}
        )


@cache
def _firsts(several: int, is_dated: bool) -> CompoundSelect[Any]:
    """What asks for the first rows of so many keys, all at once: to ask costs more than to find them."""
    visible = [_of.known <= bindparam("known"), _of.key < bindparam("after")] if is_dated else []
    parts = (
        select(*_NAMING)
        .where(_of.actor == bindparam(f"actor{number}"), *visible)
        .order_by(_of.key)
        .limit(bindparam("within"))
        for number in range(several)
    )
    return union_all(*(select(part.subquery()) for part in parts))


def _ids(connection: Connection, documents: Iterable[int]) -> Iterator[tuple[int, str]]:
    of = shown_documents.c
    for row in bulk.select_in(connection, select(of.key, of.id), of.key, documents):
        yield row.key, row.id


def _said(connection: Connection, entries: Iterable[int]) -> dict[int, Row[Any]]:
    """The decisions of people by their entries in the journal."""
    asked = select(merges, journal.c.recorded_at).join(journal, journal.c.number == merges.c.entry)
    return {row.entry: row for row in bulk.select_in(connection, asked, merges.c.entry, entries)}


def _called(connection: Connection, wanted: Iterable[str], as_known: str | None) -> dict[str, str]:
    asked = select(_of.actor, _of.name).distinct().where(*_visible(as_known))
    rows = bulk.select_in(connection, asked, _of.actor, sorted(wanted))
    return {row.actor: row.name for row in sorted(rows, key=lambda row: str(row.name), reverse=True)}


def _visible(as_known: str | None) -> list[ColumnElement[bool]]:
    return [_of.known <= as_known, _of.key < keys.after(as_known)] if as_known else []


def _actor(
    row: Row[Any],
    members: Sequence[str],
    names: _Names,
    links: Links,
    said: Mapping[int, Row[Any]],
    called: Mapping[str, str],
) -> FoundActor:
    seed = linked.seeds().by_name.get(links.seeds.get(row.key, ""))
    joins = [join for key in sorted(members) for join in links.joins.get(key, ())]
    candidates = links.open.get(row.key, ())
    return FoundActor(
        key=row.key,
        name=row.name,
        kind=seed.kind if seed else row.kind,
        aliases=(*_learnt(names, seed), *_only_listed(names, seed)),
        merged=tuple(sorted(key for key in members if key != row.key)),
        documents=row.documents,
        first_known=row.first_known,
        last_known=row.last_known,
        parent=(seed.parent if seed else None) or names.parent,
        countries=tuple(sorted(seed.countries)) if seed else (),
        joins=tuple(_joined(join, names, said) for join in joins),
        open=tuple(each._replace(name=called.get(each.key or "", each.name)) for each in candidates),
        is_part=names.is_part,
    )


def _learnt(names: _Names, seed: Seed | None) -> Iterable[Name]:
    """The names that documents use, each with the first of them, and the words that gave it."""
    listed = _listed(seed)
    for name, (document, known, record) in names.first.items():
        taught = names.taught.get(folded_name(name))
        on_list = listed.get(folded_name(name))
        words, taught_in = (taught.words, names.ids[taught.document]) if taught else (None, None)
        yield Name(name, names.ids[document], known, words, taught_in, on_list, record)


def _listed(seed: Seed | None) -> Mapping[str, Any]:
    """The folded names of a known actor, each with the list that it is on."""
    if seed is None:
        return {}
    return dict.fromkeys(linked.seeds().forms(seed), "user" if seed.name in own_actors() else "shipped")


def _only_listed(names: _Names, seed: Seed | None) -> Iterable[Name]:
    used = {folded_name(name) for name in names.first}
    for name in dict.fromkeys((seed.name, *seed.aliases) if seed else ()):
        form = folded_name(name)
        if form not in used:
            used.add(form)
            yield Name(name, None, None, listed=_listed(seed)[form])


def _joined(join: Join, names: _Names, said: Mapping[int, Row[Any]]) -> Joined:
    name = names.called.get(join.key, join.key)
    if join.entry is not None and (decided := said.get(join.entry)) is not None:
        return Joined(
            join.key, name, join.rule, decided.reason, by=decided.by, recorded_at=decided.recorded_at
        )
    taught = names.taught.get(join.form or "")
    is_listed = join.seed is not None and join.rule in ("known", "names", "country")
    other = join.seed if is_listed else names.called.get(join.into, join.into)
    reason = REASONS[join.rule].format(name=name, other=other)
    if join.rule != "alias":
        return Joined(join.key, name, join.rule, reason, other=other)
    document, words = (taught.document, taught.words) if taught else (_first_called(names, join.form), None)
    told_in = names.ids[document] if document is not None else None
    return Joined(join.key, name, join.rule, reason, told_in, words, other=other)


def _first_called(names: _Names, form: str | None) -> int | None:
    """The document that first uses a name."""
    return next(
        (document for name, (document, _, _) in names.first.items() if folded_name(name) == form), None
    )


# Why a name is one with another, or with a known actor
REASONS = {
    "known": "“{name}” is a name of {other} on the list of known actors",
    "names": "“{name}” may be several known actors; its documents also use a name that only {other} bears",
    "country": "“{name}” may be several known actors; only {other} is of the country of its documents",
    "spelling": "“{name}” and “{other}” are transliterations of one name, and of one kind",
    "alias": "a document gives “{name}” as a name of {other}, and of nobody else",
    "office": "“{name}” is the same full name with the same office",
    "person": "a person said so",
    "apart": "a person said that it is no other",
}
