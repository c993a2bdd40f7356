"""The record: what one version of the reader found in one document.

Field names are the contract `marsad.reading/1`. Types are frozen and hold no behaviour beyond
construction; unknown is `None`, never a guess, and every record carries its spans.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from marsad.records.spans import Spans

SCHEMA = "marsad.reading/1"

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO 8601 calendar date")]
Id = Annotated[
    str,
    Meta(
        pattern=r"^([a-z]+[0-9]+|[0-9a-f]{32})$",
        description="local to this reading, such as c1; in a list of the ledger, 32 hexadecimal digits",
    ),
]
Reader = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$", description="name@version")]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Number = int | float

Genre = Literal[
    "report", "analysis", "opinion", "letter", "interview", "testimony", "official", "coded", "unknown"
]
PartyKind = Literal["person", "organisation", "document", "unnamed", "group", "private"]
ActorKind = Literal[
    "armed_group", "state", "state_force", "coalition", "international_org", "organisation",
    "media", "person_role", "population", "other",
]  # fmt: skip
PlaceKind = Literal[
    "country", "admin1", "admin2", "city", "town", "village", "camp", "facility", "region", "water", "other"
]
Attitude = Literal["statement", "belief", "intention", "order", "request", "perception"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Polarity = Literal["affirmed", "denied"]
Quotation = Literal["direct", "indirect", "mixed", "none"]
Direction = Literal["up", "down", "steady", "none"]
Bound = Literal["exact", "about", "range", "at_least", "at_most", "vague"]
Aspect = Literal["level", "flow", "change", "share", "rate"]
FigureStatus = Literal["observed", "estimated", "projected", "planned", "demanded", "denied"]
IncidentStatusValue = Literal["occurred", "ongoing", "planned", "threatened", "hypothetical", "denied"]
ResponsibilityValue = Literal["stated", "claimed", "accused", "suspected", "denied"]
RelationType = Literal[
    "fights", "allied_with", "supports", "benefits_from", "member_of", "leads",
    "communicates_with", "opposes", "located_at",
]  # fmt: skip


class Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every record: immutable, closed to unknown fields."""


class Interval(Frozen, frozen=True, kw_only=True):
    """A stretch of time. `None` = open. EDTF `[a..b]` is some day within, `a/b` is throughout."""

    earliest: Day | None
    latest: Day | None
    edtf: str | None
    time: Id | None = None  # the record of `times` that it was taken from


class Published(Frozen, frozen=True, kw_only=True):
    earliest: Day | None = None
    latest: Day | None = None
    basis: Literal["given", "stated", "inferred", "unknown"] = "unknown"


class Document(Frozen, frozen=True, kw_only=True):
    """A frozen text with what is known of where it came from."""

    id: str
    text: str
    raw_sha256: str
    text_sha256: str
    extractor: Reader
    reader: Reader | None = None
    gazetteer: Reader | None = None
    source: str | None = None  # the path or address it was read from, as given
    url: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    dateline: str | None = None
    language: str | None = None
    genre: Genre = "unknown"
    retrieved: str | None = None  # ISO 8601 instant of retrieval, for what was fetched
    published: Published = Published()
    corrections: tuple[str, ...] = ()
    revision_of: str | None = None


class Party(Frozen, frozen=True, kw_only=True):
    """Somebody who speaks or acts, as worded where they do."""

    text: str
    spans: Spans
    actor: Id | None
    kind: PartyKind


class Cue(Frozen, frozen=True, kw_only=True):
    text: str
    spans: Spans


class Thing(Frozen, frozen=True, kw_only=True):
    """A building, vehicle or line that was aimed at, damaged or taken: it acts for nobody."""

    text: str
    spans: Spans


class Theme(Frozen, frozen=True, kw_only=True):
    theme: str
    direction: Direction


class Claim(Frozen, frozen=True, kw_only=True):
    """One assertion with its holder. `spans` cover the content, without source and cue."""

    id: Id
    spans: Spans
    text: str
    kind: Literal["attributed", "narrated"]
    reader: Reader
    parent: Id | None = None
    source: Party | None = None
    chain: tuple[Party, ...] = ()  # publisher first, origin last
    cue: Cue | None = None
    quotation: Quotation = "none"
    attitude: Attitude = "statement"
    certainty: Certainty = "unknown"
    polarity: Polarity = "affirmed"
    denies: Id | None = None
    hidden_source: bool = False
    said: Interval | None = None
    true_of: Interval | None = None
    about: tuple[Id, ...] = ()
    themes: tuple[Theme, ...] = ()


class Scope(Frozen, frozen=True, kw_only=True):
    text: str
    spans: Spans


class Figure(Frozen, frozen=True, kw_only=True):
    """A number as stated: never widened, always with the claim that states it."""

    id: Id
    claim: Id
    spans: Spans
    text: str
    measure: str
    reader: Reader
    incident: Id | None = None
    unit: str | None = None
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    bound: Bound = "exact"
    aspect: Aspect = "level"
    per: str | None = None
    share_of: str | None = None
    part_of: Id | None = None
    status: FigureStatus = "observed"
    subject: Id | None = None
    population: str | None = None
    places: tuple[Id, ...] = ()
    scope: Scope | None = None
    as_of: Interval | None = None
    period: Interval | None = None


class IncidentStatus(Frozen, frozen=True, kw_only=True):
    claim: Id
    value: IncidentStatusValue


class Responsibility(Frozen, frozen=True, kw_only=True):
    claim: Id
    value: ResponsibilityValue


class Toll(Frozen, frozen=True, kw_only=True):
    low: Number | None
    best: Number | None
    high: Number | None


class Incident(Frozen, frozen=True, kw_only=True):
    """Something claimed to have happened. Two accounts of it keep their own claims."""

    id: Id
    claims: tuple[Id, ...]
    spans: Spans  # of the triggers
    type: str  # PLOVER
    reader: Reader
    mode: str | None = None
    ucdp_type: Literal[1, 2, 3] | None = None
    shape: Literal["single", "aggregate"] = "single"
    statuses: tuple[IncidentStatus, ...] = ()
    responsibility: tuple[Responsibility, ...] = ()
    two_sided: bool = False
    sides: tuple[tuple[Party, ...], tuple[Party, ...]] = ((), ())
    targets: tuple[Thing, ...] = ()
    weapons: tuple[str, ...] = ()
    places: tuple[Id, ...] = ()
    where_prec: Annotated[int, Meta(ge=1, le=7)] | None = None
    date: Interval | None = None
    date_prec: Annotated[int, Meta(ge=1, le=5)] | None = None
    deaths: Toll | None = None
    injured: Toll | None = None


class Relation(Frozen, frozen=True, kw_only=True):
    id: Id
    claim: Id
    spans: Spans
    type: RelationType
    source: Party
    target: Party
    reader: Reader
    polarity: Polarity = "affirmed"
    true_of: Interval | None = None


class Place(Frozen, frozen=True, kw_only=True):
    """A named place. `gazetteer_id` and coordinates stay `None` where it is unresolved."""

    id: Id
    spans: Spans
    text: str
    name: str
    kind: PlaceKind
    reader: Reader
    gazetteer: str | None = None
    gazetteer_id: str | None = None
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")] | None = None
    admin1: str | None = None
    within: Id | None = None
    where_prec: Annotated[int, Meta(ge=1, le=7)] | None = None
    confidence: Share | None = None


class Time(Frozen, frozen=True, kw_only=True):
    id: Id
    spans: Spans
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    reader: Reader
    mod: str | None = None
    edtf: str | None = None
    earliest: Day | None = None
    latest: Day | None = None
    date_prec: Annotated[int, Meta(ge=1, le=5)] | None = None


class Actor(Frozen, frozen=True, kw_only=True):
    """`aliases` are names only; `mentions` are the spans of every mention, pronouns included."""

    id: Id
    name: str
    kind: ActorKind
    mentions: Spans
    reader: Reader
    aliases: tuple[str, ...] = ()
    role: str | None = None
    parent: Id | None = None


class Notice(Frozen, frozen=True, kw_only=True):
    """A warning about records of this reading, with its arithmetic."""

    code: str
    message: str
    records: tuple[Id, ...]


class Reading(Frozen, frozen=True, kw_only=True):
    """All that was found. A pure function of text, metadata, reader and gazetteer version."""

    schema: Literal["marsad.reading/1"] = "marsad.reading/1"
    document: Document
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    incidents: tuple[Incident, ...] = ()
    relations: tuple[Relation, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    actors: tuple[Actor, ...] = ()
    warnings: tuple[Notice, ...] = ()
    private: Spans = ()  # names, ages and home towns of private persons: what disclosure.py masks


def encode(reading: Reading) -> bytes:
    """One line of canonical JSON: fields in the order of the contract, UTF-8."""
    return msgspec.json.encode(reading)


def decode(line: bytes) -> Reading:
    """The inverse of `encode`.

    Raises:
        msgspec.ValidationError: the line is not a reading of this schema.
    """
    return msgspec.json.decode(line, type=Reading)


def json_schema() -> dict[str, object]:
    """JSON Schema (2020-12) of a reading."""
    schema = msgspec.json.schema(Reading)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
