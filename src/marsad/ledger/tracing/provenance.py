"""Where things come from, in the terms of W3C PROV: entities, activities, agents, and how they relate.

A `Trace` is a small graph of what may be shown. `document` gives it as PROV-JSON (W3C Member
Submission, 24 April 2013). PROV-JSON has no relation of its own for a quotation, a revision or a
primary source: each is a derivation with a type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from marsad.ledger.tracing.lines import Line, told

NAMESPACE = "urn:marsad:"

Sort = Literal["entity", "activity", "agent"]
Term = Literal[
    "wasDerivedFrom",
    "wasQuotedFrom",
    "wasRevisionOf",
    "hadPrimarySource",
    "alternateOf",
    "wasAttributedTo",
    "wasGeneratedBy",
    "wasInvalidatedBy",
    "wasInfluencedBy",
    "used",
    "wasAssociatedWith",
    "wasStartedBy",
]
Value = str | int | float | bool | tuple[str, ...]


class Item(NamedTuple):
    """An entity, an activity or an agent, as it may be shown."""

    id: str  # "claim/4f0a...": unique in its trace, of characters that a URI may hold
    sort: Sort
    type: str  # what of it: claim, words, text, bytes, reading, run, reader, ...
    line: Line  # what it is, for a person
    facts: dict[str, Value]
    began: str | None = None  # of an activity: ISO 8601 in UTC
    ended: str | None = None

    @property
    def words(self) -> str:
        """Its line in English."""
        return told(self.line)


class Link(NamedTuple):
    """`subject` stands in `relation` to `object`, both ids of items."""

    relation: Term
    subject: str
    object: str
    facts: dict[str, Value]
    time: str | None = None  # ISO 8601 in UTC: of a generation or an invalidation


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything behind one id of the ledger, as it may be shown."""

    id: str  # what was asked for, in full
    starts: tuple[str, ...]  # items that a person reads first, each with what hangs off it
    items: dict[str, Item]  # by their ids
    links: tuple[Link, ...]

    def of(self, item: str) -> Iterator[Link]:
        """The links whose subject is `item`, in the order in which they were found."""
        return (link for link in self.links if link.subject == item)

    def document(self) -> dict[str, Any]:
        """The trace as a PROV-JSON document."""
        made: dict[str, Any] = {"prefix": {"marsad": NAMESPACE}}
        for item in self.items.values():
            made.setdefault(item.sort, {})[_name(item.id)] = _described(item)
        for number, link in enumerate(self.links, 1):
            made.setdefault(_FORMS[link.relation].key, {})[f"_:{number}"] = _related(link)
        return made


@dataclass
class Graph:
    """A trace while it is made. What is put in twice is there once."""

    items: dict[str, Item] = field(default_factory=dict)
    links: dict[tuple[str, str, str], Link] = field(default_factory=dict)

    def __contains__(self, item: str) -> bool:
        return item in self.items

    def put(
        self,
        sort: Sort,
        type: str,  # noqa: A002 - as in PROV
        name: str,
        line: Line,
        facts: Mapping[str, Value | None] = MappingProxyType({}),
        *,
        began: str | None = None,
        ended: str | None = None,
    ) -> str:
        """Add an item and give its id; facts that are not known are left out."""
        item = identifier(type, name)
        known = {key: value for key, value in facts.items() if value not in (None, "", ())}
        self.items.setdefault(item, Item(item, sort, type, line, known, began, ended))
        return item

    def link(
        self,
        relation: Term,
        subject: str,
        object: str,  # noqa: A002 - as in RDF
        /,
        *,
        time: str | None = None,
        **facts: Value | None,
    ) -> None:
        known = {key: value for key, value in facts.items() if value is not None}
        found = Link(relation, subject, object, known, time)
        self.links.setdefault((relation, subject, object), found)

    def trace(self, asked: str, *starts: str) -> Trace:
        return Trace(asked, starts, self.items, tuple(self.links.values()))


class _Form(NamedTuple):
    """How PROV-JSON writes a relation."""

    key: str
    subject: str
    object: str
    type: str | None = None


_DERIVED = "wasDerivedFrom", "generatedEntity", "usedEntity"
_FORMS: dict[Term, _Form] = {
    "wasDerivedFrom": _Form(*_DERIVED),
    "wasQuotedFrom": _Form(*_DERIVED, "Quotation"),
    "wasRevisionOf": _Form(*_DERIVED, "Revision"),
    "hadPrimarySource": _Form(*_DERIVED, "PrimarySource"),
    "alternateOf": _Form("alternateOf", "alternate1", "alternate2"),
    "wasAttributedTo": _Form("wasAttributedTo", "entity", "agent"),
    "wasGeneratedBy": _Form("wasGeneratedBy", "entity", "activity"),
    "wasInvalidatedBy": _Form("wasInvalidatedBy", "entity", "activity"),
    "wasInfluencedBy": _Form("wasInfluencedBy", "influencee", "influencer"),
    "used": _Form("used", "activity", "entity"),
    "wasAssociatedWith": _Form("wasAssociatedWith", "activity", "agent"),
    "wasStartedBy": _Form("wasStartedBy", "activity", "starter"),
}
_AGENTS = {"software": "prov:SoftwareAgent", "person": "prov:Person", "organisation": "prov:Organization"}


def identifier(type: str, name: str) -> str:  # noqa: A002 - as in PROV
    """The id of the item of a type that has this name."""
    return f"{type}/{quote(name, safe=':@,~-')}"


def _name(item: str) -> str:
    return f"marsad:{item}"


def _described(item: Item) -> dict[str, Any]:
    said: dict[str, Any] = {"prov:label": item.words}
    said["prov:type"] = _qualified(_AGENTS.get(item.type, f"marsad:{item.type}"))
    for name, moment in (("prov:startTime", item.began), ("prov:endTime", item.ended)):
        if moment:
            said[name] = moment
    return said | _facts(item.facts)


def _related(link: Link) -> dict[str, Any]:
    form = _FORMS[link.relation]
    said: dict[str, Any] = {
        f"prov:{form.subject}": _name(link.subject),
        f"prov:{form.object}": _name(link.object),
    }
    if form.type:
        said["prov:type"] = _qualified(f"prov:{form.type}")
    if link.time:
        said["prov:time"] = link.time
    return said | _facts(link.facts)


def _facts(facts: dict[str, Value]) -> dict[str, Any]:
    return {
        f"marsad:{name}": list(value) if isinstance(value, tuple) else value for name, value in facts.items()
    }


def _qualified(name: str) -> dict[str, str]:
    """A qualified name as a value, which PROV-JSON tells from a string by its type."""
    return {"$": name, "type": "xsd:QName"}
