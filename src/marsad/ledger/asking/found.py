"""What a list of the ledger holds: typed records with their document, as they may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import msgspec

from marsad.linkage.actors import Candidate
from marsad.linkage.actors_nodes import Rule
from marsad.records.language import is_read
from marsad.records.reading import Claim, Document, Figure

R = TypeVar("R")


class Name(NamedTuple):
    """A name of an actor and where it was learnt: the document that used it first, or a list."""

    name: str
    document: str | None  # `None`: in no visible document, but on the list of known actors
    known: str | None
    words: str | None = None  # by which a document gives it: "Ruritanian Front (RF)"
    taught_in: str | None = None  # the document that does
    listed: Literal["shipped", "user"] | None = None  # whether it is on a list, too
    record: str | None = None  # the actor of that first document, by its id


class Joined(NamedTuple):
    """Why a name is one with the actor under which it is listed."""

    key: str
    name: str
    rule: Rule
    reason: str  # one sentence
    document: str | None = None  # that tells it, and its words
    words: str | None = None
    by: str | None = None  # of a decision: who, and when
    recorded_at: str | None = None
    other: str | None = None  # whom the reason names, the actor or the other name; of no decision

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        return {name: value for name, value in self._asdict().items() if name != "other"}


class Rating(NamedTuple):
    """How reliable a source is (A to F, NATO Admiralty), as somebody judged it at some moment."""

    reliability: str
    by: str
    reason: str
    recorded_at: str


class Credibility(NamedTuple):
    """How credible a claim is (1 to 6, NATO Admiralty), as a person judged it last."""

    value: int
    by: str
    reason: str
    recorded_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDocument:
    document: Document  # without its text
    known: str
    recorded_at: str
    claims: int
    figures: int
    incidents: int
    redacted: dict[str, str] | None = None  # by, reason and when; the rest of it is gone

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def is_unread(self) -> bool:
        """Whether it is kept and searched, but in a language that no reader here reads."""
        return self.redacted is None and not is_read(self.document.language)

    def listed(self) -> dict[str, Any]:
        """As a JSON object; the text itself is left out."""
        found = msgspec.to_builtins(self.document)
        del found["text"]
        counts = {"claims": self.claims, "figures": self.figures, "incidents": self.incidents}
        when = {"known": self.known, "recorded_at": self.recorded_at}
        return {**found, "unread": self.is_unread, **when, **counts, "redacted": self.redacted}


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A claim on which a figure, an incident or a relation stands: who says it, and how."""

    claim: Claim
    holder: str

    def listed(self) -> dict[str, Any]:
        said = msgspec.to_builtins(self.claim)
        kept = ("source", "chain", "cue", "certainty", "polarity", "hidden_source", "text")
        return {"claim": said["id"], "holder": self.holder} | {name: said[name] for name in kept}


@dataclass(frozen=True, kw_only=True, slots=True)
class Found(Generic[R]):
    """One record; its ids, and those inside it, are the ledger's."""

    record: R
    found_in: FoundDocument
    names: dict[str, str]  # what the actors and places are called that it refers to
    review: str | None = None  # accepted, edited or added by a person
    holder: str | None = None
    origin: dict[str, str] | None = None  # of a claim: key, name and kind
    figures: tuple[Figure, ...] = ()  # of a claim
    credibility: Credibility | None = None  # of a claim that somebody judged
    accounts: tuple[Account, ...] = ()  # of a figure, an incident or a relation

    @property
    def id(self) -> str:
        return str(self.record.id)  # type: ignore[attr-defined]

    def listed(self) -> dict[str, Any]:
        """As a JSON object: the record with its document and all that it must not be parted from."""
        document = self.found_in.document
        said = {
            "id": self.id,
            "document": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "published": msgspec.to_builtins(document.published),
            "known": self.found_in.known,
            "recorded_at": self.found_in.recorded_at,
            "url": document.url,
            **msgspec.to_builtins(self.record),
        }
        if isinstance(self.record, Claim):
            said["figures"] = msgspec.to_builtins(self.figures)
            said |= {"holder": self.holder, "origin": self.origin}
            said["credibility"] = self.credibility and self.credibility._asdict()
        elif self.accounts:
            said["accounts"] = [account.listed() for account in self.accounts]
            said["holder"] = self.accounts[0].holder
        return {**said, "names": self.names, "review": self.review}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundActor:
    """One actor of all visible documents."""

    key: str
    name: str
    kind: str
    aliases: tuple[Name, ...]
    merged: tuple[str, ...]  # the other keys that are one with it
    documents: int
    first_known: str
    last_known: str
    parent: str | None = None  # by name
    countries: tuple[str, ...] = ()  # of the known actor that it is
    joins: tuple[Joined, ...] = ()
    open: tuple[Candidate, ...] = ()  # who may be meant: it was left alone
    is_part: bool = False  # whether only the first documents were asked for names

    def listed(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in self.__slots__ if name != "is_part" or self.is_part}
        listed = {name: [each._asdict() for each in found[name]] for name in ("aliases", "open")}
        listed["joins"] = [each.listed() for each in self.joins]
        return found | listed | {"merged": list(self.merged), "countries": list(self.countries)}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPlace:
    """One place of all visible documents; `where_prec` is the finest with which it is named."""

    key: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    gazetteer_id: str | None
    where_prec: int | None
    documents: int
    first_known: str
    last_known: str

    def listed(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundSource:
    """One origin of claims, with how reliable people have judged it, newest judgement last."""

    key: str
    name: str
    kind: str
    documents: int
    claims: int
    first_known: str
    last_known: str
    ratings: tuple[Rating, ...]

    @property
    def reliability(self) -> str:
        """The newest rating; F, which cannot be judged, where there is none."""
        return self.ratings[-1].reliability if self.ratings else "F"

    def listed(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in self.__slots__}
        ratings = [rating._asdict() for rating in self.ratings]
        return found | {"reliability": self.reliability, "ratings": ratings}
