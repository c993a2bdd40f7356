"""The parts of a record that several formats tell in the same words: accounts, tolls, places, documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marsad.disclosure import MARK
from marsad.exports.facts import Fact, Said, points_of, values_of
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.asking.gathering import Located
from marsad.records.reading import Figure, Incident, Interval, Relation, Toll

Row = dict[str, Any]


def document(found: FoundDocument) -> Row:
    """Where a record stands. `coded`: people coded it from other reports, so it is no second witness."""
    of = found.document
    return {
        "document": of.id,
        "title": of.title,
        "publisher": of.publisher,
        "published": of.published.latest or of.published.earliest,
        "published_basis": of.published.basis,
        "known": found.known,
        "url": of.url,
        "genre": of.genre,
        "coded": of.genre == "coded",
    }


def said(each: Said) -> Row:
    """An account: whose word it is, how they hold it, and the two Admiralty ratings."""
    claim = each.claim
    return {
        "claim": claim.id,
        "holder": each.holder,
        "origin": each.origin.name,
        "origin_kind": each.origin.kind,
        "kind": claim.kind,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "attitude": claim.attitude,
        "quotation": claim.quotation,
        "hidden_source": claim.hidden_source,
        "words": claim.text,
        "reliability": each.reliability,
        "credibility": each.credibility,
    }


def account(incident: Incident, each: Said) -> Row:
    """The same with how this account has the incident, and whose responsibility it is in what way."""
    statuses, responsibility = values_of(incident, each.claim.id)
    return {**said(each), "status": list(statuses), "responsibility": list(responsibility)}


def figure(found: Found[Figure], fact: Fact[Any]) -> Row:
    """A number with all that keeps it from being a plain count: never a bare integer."""
    number = found.record
    subject = found.names.get(number.subject or "")
    return {
        "figure": found.id,
        "claim": number.claim,
        "holder": next((each.holder for each in fact.said if each.claim.id == number.claim), found.holder),
        "measure": number.measure,
        "text": number.text,
        "low": number.low,
        "best": number.best,
        "high": number.high,
        "bound": number.bound,
        "unit": number.unit,
        "population": number.population,
        "subject": subject,
        "per": number.per,
        "share_of": number.share_of,
        "part_of": number.part_of,
        "aspect": number.aspect,
        "status": number.status,
        "scope": number.scope and number.scope.text,
        "as_of": edtf(number.as_of),
        "period": edtf(number.period),
    }


def place(located: Located) -> Row:
    """A place without its point, which may be finer than what the record may be drawn at."""
    return {
        "key": located.key,
        "name": located.name,
        "kind": located.kind,
        "country": located.country,
        "admin1": located.admin1,
        "where_prec": located.where_prec,
    }


def edtf(interval: Interval | None) -> str | None:
    """EDTF of an interval; of one that has only its ends, an interval of these."""
    if interval is None:
        return None
    if interval.edtf or not (interval.earliest or interval.latest):
        return interval.edtf
    return f"[{interval.earliest or ''}..{interval.latest or ''}]"


def dates(interval: Interval | None) -> Row:
    """The EDTF as it is told, and its first and last day for what can sort and filter days alone."""
    return {
        "date": edtf(interval),
        "date_earliest": interval and interval.earliest,
        "date_latest": interval and interval.latest,
    }


def toll(counted: Toll | None, name: str) -> Row:
    """The envelope of the figures of an incident; an open end is null."""
    return {f"{name}_{end}": counted and getattr(counted, end) for end in ("low", "best", "high")}


def sides(fact: Fact[Incident]) -> tuple[list[str], list[str]]:
    """Who did it and to whom; of a fight, both sides as they are named first."""
    first, second = (
        list(dict.fromkeys(fact.called(party.actor, party.text) for party in side))
        for side in fact.record.sides
    )
    return first, second


def ends(fact: Fact[Relation]) -> tuple[str, str]:
    """Who, and with or against whom, as they may be shown."""
    source, target = fact.record.source, fact.record.target
    return fact.called(source.actor, source.text), fact.called(target.actor, target.text)


def headline(fact: Fact[Incident]) -> str:
    """What, where and when in PLOVER's words, and how its accounts have it: never as a fact."""
    incident = fact.record
    where = joined(located.name for located in (points_of(fact) or fact.places))
    what = incident.type.replace("_", " ").lower()
    how = joined((status.value for status in incident.statuses), ", ") or "status unknown"
    return f"{joined((what, where, edtf(incident.date)), ', ')} ({how}, by its accounts)"


def address(found: FoundDocument) -> str | None:
    """The address of a document where it is one of the web, whole."""
    url = found.document.url
    return url if url and url.startswith(("http://", "https://")) and MARK not in url else None


def joined(parts: Iterable[str | None], gap: str = "; ") -> str | None:
    """The parts that there are, each once; `None` where there is none."""
    return gap.join(dict.fromkeys(part for part in parts if part)) or None


def attribution(each: Said, statuses: Iterable[str] = (), responsibility: Iterable[str] = ()) -> str:
    """One account in one line: `Agency (affirmed, probable): occurred; responsibility accused: “words”`."""
    said_of = [*statuses, *(f"responsibility {value}" for value in responsibility)]
    how = f" {', '.join(said_of)}:" if said_of else ""
    return f"{each.holder} ({each.status}):{how} “{' '.join(each.claim.text.split())}”"
