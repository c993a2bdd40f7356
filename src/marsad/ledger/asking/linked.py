"""Which keys of actors are one actor of the ledger: of the visible documents, and as people have said.

`linkage.actors` tells it from the keys alone; here they are gathered. A question about a few actors
looks only at what can have a part in their joins: keys that share a name, a spelling or a known actor
with them, and those with others. What it finds of them is what a look at all keys would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import BindParameter, Column, ColumnElement, Connection, Row, Select, bindparam, select, union

from marsad.ledger import bulk, keys
from marsad.ledger.asking.fields import NAMES_OF_ACTORS
from marsad.ledger.schema import counted_actors, counted_names, merges, shown_actors, terms
from marsad.ledger.view import NOW
from marsad.linkage.actors import Decision, Links, Node, Seed, Seeds, link
from marsad.linkage.actors_names import spelling
from marsad.linkage.origins import NAMED, folded_name
from marsad.reading.actors.known import known_actors

_of, _counted = shown_actors.c, counted_actors.c
_FORMS: BindParameter[Any] = bindparam("forms", expanding=True)
_SPELT: BindParameter[Any] = bindparam("spelt", expanding=True)
_BEARING = union(
    select(counted_names.c.key).where(counted_names.c.form.in_(_FORMS)),
    select(_counted.key).where(_counted.called.in_(_FORMS)),
    select(_counted.key).where(_counted.key.in_(_FORMS)),
    select(_counted.key).where(_counted.spelt.in_(_SPELT)),
)
_decoded = msgspec.json.Decoder(frozenset[str]).decode


@cache
def seeds() -> Seeds:
    """The list of known actors, with what the user has added to it."""
    return Seeds(
        Seed(
            name=each.name,
            kind=each.kind,
            aliases=each.aliases,
            countries=frozenset(each.countries),
            parent=each.parent,
            ambiguous=each.ambiguous,
        )
        for each in known_actors()
    )


def decisions(connection: Connection, through: int = NOW) -> dict[str, Decision]:
    """The last word of people on each actor that they have joined or taken apart."""
    asked = select(merges).where(merges.c.entry <= through).order_by(merges.c.entry)
    said = {row.actor: row for row in connection.execute(asked)}
    return {
        actor: Decision(actor, row.into, row.entry) for actor, row in said.items() if row.into is not None
    }


def whole(connection: Connection, as_known: str | None) -> tuple[Links, Mapping[str, Node]]:
    """The groups of all visible actors."""
    found = {node.key: node for node in _nodes(connection, as_known, None)}
    return link(found.values(), seeds(), decisions(connection).values()), found


def around(
    connection: Connection, as_known: str | None, wanted: Iterable[str]
) -> tuple[Links, Mapping[str, Node]]:
    """The groups of the visible actors with these keys, and of all that may be one with them."""
    said = decisions(connection)
    found: dict[str, Node] = {}
    seen: dict[str, set[str]] = {"form": set(), "spelt": set(), "decided": set()}
    frontier = set(wanted)
    while frontier:
        new = list(_nodes(connection, as_known, frontier))
        found |= {node.key: node for node in new}
        forms = {form for node in new for form in (node.called, *node.forms)}
        forms |= _decided(said.values(), frontier | forms, seen["decided"])
        spelt = {sound for form in forms if (sound := spelling(form))}
        known = {seed.name for form in forms for seed in (*seeds().bearing(form), *seeds().spelt(form))}
        for name in known:
            forms |= seeds().forms(seeds().by_name[name])
        spelt |= {sound for form in forms if (sound := spelling(form))}
        frontier = _sharing(connection, as_known, forms - seen["form"], spelt - seen["spelt"]) - found.keys()
        seen["form"] |= forms
        seen["spelt"] |= spelt
    return link(found.values(), seeds(), said.values()), found


def _decided(said: Iterable[Decision], these: Collection[str], seen: set[str]) -> set[str]:
    """What people have named together with one of `these`, and so on."""
    found: set[str] = set()
    edges: defaultdict[str, set[str]] = defaultdict(set)
    for each in said:
        edges[each.actor].add(each.into)
        edges[each.into].add(each.actor)
    frontier = set(these)
    while frontier:
        frontier = {other for each in frontier for other in edges.get(each, ())} - found - seen
        found |= frontier
    seen |= found
    return found


def _sharing(
    connection: Connection, as_known: str | None, forms: Iterable[str], spelt: Iterable[str]
) -> set[str]:
    """The keys of visible actors that bear one of these names, or are one of these keys or spellings."""
    if as_known is None:
        return _bearing_now(connection, sorted(forms), sorted(spelt))
    listed = sorted(forms)
    by_name = select(_of.actor).distinct().join(terms, terms.c.key == _of.key)
    by_name = by_name.where(terms.c.field == NAMES_OF_ACTORS)
    plain = select(_of.actor).distinct()
    asked = (
        (by_name, terms.c.value, listed),
        (plain, _of.called, listed),
        (plain, _of.actor, listed),
        (plain, _of.spelt, sorted(spelt)),
    )
    visible = _visible(as_known)
    return {
        row.actor
        for query, column, values in asked
        for row in bulk.select_in(connection, query.where(*visible), column, values)
    }


def _bearing_now(connection: Connection, forms: list[str], spelt: list[str]) -> set[str]:
    """The same of all documents, which are counted: by one question, as it is asked for every filter."""
    return {
        row.key
        for at in range(0, max(len(forms), len(spelt)), bulk.MANY)
        for row in connection.execute(
            _BEARING, {"forms": forms[at : at + bulk.MANY], "spelt": spelt[at : at + bulk.MANY]}
        )
    }


def _nodes(connection: Connection, as_known: str | None, wanted: Collection[str] | None) -> Iterator[Node]:
    """The visible actors by key; of all, or of those with these keys."""
    if as_known is None:
        yield from map(_node, _rows(connection, select(counted_actors), counted_actors.c.key, wanted))
        return
    visible = _visible(as_known)
    facts = (
        select(_of.actor, _of.called, _of.name, _of.kind, _of.country, _of.role).distinct().where(*visible)
    )
    forms = select(_of.actor, terms.c.value).distinct().join(terms, terms.c.key == _of.key)
    forms = forms.where(terms.c.field == NAMES_OF_ACTORS, *visible)
    several: dict[str, list[Any]] = {}
    for row in _rows(connection, facts, _of.actor, wanted):
        several.setdefault(row.actor, []).append(row)
    borne: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(connection, forms, _of.actor, wanted):
        borne[row.actor].add(row.value)
    for key, rows in several.items():
        yield Node(
            key=key,
            called=min(row.called for row in rows),
            name=min(row.name for row in rows),
            kinds=frozenset(row.kind for row in rows),
            countries=frozenset(row.country for row in rows if row.country),
            forms=frozenset(borne[key]),
            roles=frozenset(row.role for row in rows if row.role),
        )


def _node(row: Row[Any]) -> Node:
    return Node(
        key=row.key,
        called=row.called,
        name=row.name,
        kinds=_decoded(row.kinds),
        countries=_decoded(row.countries),
        forms=_decoded(row.forms),
        roles=_decoded(row.roles),
    )


def _rows(
    connection: Connection, asked: Select[Any], key: Column[str], wanted: Collection[str] | None
) -> Iterable[Row[Any]]:
    if wanted is None:
        return connection.execute(asked)
    return bulk.select_in(connection, asked, key, sorted(wanted))


def _visible(as_known: str | None) -> list[ColumnElement[bool]]:
    return [_of.known <= as_known, _of.key < keys.after(as_known)] if as_known else []


# What is asked of the groups


def bearing(connection: Connection, as_known: str | None, name: str) -> set[str]:
    """The keys of the visible actors of which this is the key or a name: in some document, or on the list."""
    form = folded_name(name)
    found = _sharing(connection, as_known, {form, name}, ())
    if not seeds().is_sure(form):
        return found
    (seed,) = seeds().bearing(form)
    listed = _sharing(connection, as_known, seeds().forms(seed), ())
    links, _ = around(connection, as_known, listed)
    return found | {key for key in listed if links.seeds.get(links.top.get(key, key)) == seed.name}


def named(connection: Connection, as_known: str | None, name: str) -> frozenset[str]:
    """The keys of the visible actors that bear this name, and of all that are one with them.

    A page asks for the same name again and again, and a connection sees one moment.
    """
    found = _NAMED.setdefault(connection, {})
    if (as_known, name) not in found:
        keyed = bearing(connection, as_known, name)
        links, _ = around(connection, as_known, keyed)
        found[as_known, name] = frozenset(group(links, keyed) | {folded_name(name)})
    return found[as_known, name]


_NAMED: WeakKeyDictionary[Connection, dict[tuple[str | None, str], frozenset[str]]] = WeakKeyDictionary()


def standing(connection: Connection, as_known: str | None, names: Iterable[str]) -> frozenset[str]:
    """The keys that stand for the visible actors that bear one of these names."""
    found = {key for name in names for key in bearing(connection, as_known, name)}
    links, _ = around(connection, as_known, found)
    return frozenset(links.top.get(key, key) for key in found)


def group(links: Links, wanted: Iterable[str]) -> set[str]:
    """These keys and all that are one with one of them."""
    tops = {links.top.get(key, key) for key in wanted}
    return tops | {key for key, top in links.top.items() if top in tops}


def origins(connection: Connection, as_known: str | None, named: Collection[str]) -> dict[str, str]:
    """Keys of origins that are one actor of the ledger, each with the one that stands for it.

    A name that several actors bear is not told from the name alone, and stays as it is.
    """
    called = {key.removeprefix(NAMED) for key in named if key.startswith(NAMED)}
    asked = select(_of.actor).distinct().where(*_visible(as_known))
    found = {row.actor for row in bulk.select_in(connection, asked, _of.called, sorted(called))}
    links, nodes = around(connection, as_known, found)
    tops: defaultdict[str, set[str]] = defaultdict(set)
    for key, node in nodes.items():
        tops[node.called].add(links.top.get(key, key))
    return {
        NAMED + name: NAMED + nodes[next(iter(several))].called
        for name, several in tops.items()
        if len(several) == 1 and nodes[next(iter(several))].called != name
    }
