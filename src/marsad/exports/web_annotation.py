"""W3C Web Annotations (JSON-LD) with PROV: each record on the words on which it stands.

A text is named by its SHA-256 (RFC 6920: `ni:///sha-256;...`), so whoever holds the document can anchor
an annotation whatever it is called there. The position counts code points of the text as it was read;
the quote, with what stands before and after it, is cut from the masked text, so where something is
masked it differs from that text by marks of the same length. A record on several pieces has a target
for each.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from marsad.exports import told
from marsad.exports.facts import Asked, Fact, Said
from marsad.ledger.asking.found import FoundDocument
from marsad.ledger.store import Store
from marsad.records.reading import Claim, Figure, Incident, Relation
from marsad.records.spans import Span

_AROUND = 40  # code points of a prefix and a suffix
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:marsad:annotations")
TERMS = "urn:marsad:terms:"
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "prov": "http://www.w3.org/ns/prov#",
        "m": TERMS,
        "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
        "hadPrimarySource": {"@id": "prov:hadPrimarySource", "@type": "@id"},
        "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
        "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
        "wasRevisionOf": {"@id": "prov:wasRevisionOf", "@type": "@id"},
    },
]
Object = dict[str, Any]


def parts(asked: Asked) -> Iterator[bytes]:
    """The bytes of an AnnotationCollection with all annotations on its first page, one a line."""
    (kind,) = asked.kinds
    texts = _Texts(asked.ledger)
    label = f"{kind} of a ledger" + (f" as known on {asked.as_known}" if asked.as_known else "")
    head = {
        "@context": _CONTEXT,
        "id": _urn("collection", label),
        "type": "AnnotationCollection",
        "label": label,
        "first": {"id": _urn("page", label), "type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    yield msgspec.json.encode(head).removesuffix(b"]}}")
    before = b"\n"
    for fact in asked.facts(kind):
        yield before + msgspec.json.encode(_annotation(fact, texts))
        before = b",\n"
    yield b"\n]}}\n"


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(0).join(parts))}"


def hash_uri(sha256: str) -> str:
    """The URI of what has this SHA-256, in hexadecimal digits (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


class _Texts:
    """The masked texts of documents; one at a time, for records come document by document."""

    def __init__(self, ledger: Store) -> None:
        self._ledger = ledger
        self._id, self._text = "", ""

    def of(self, document_id: str) -> str:
        if document_id != self._id:
            self._id = document_id
            self._text = self._ledger.shown_texts([document_id]).get(document_id, "")
        return self._text


def _annotation(fact: Fact[Any], texts: _Texts) -> Object:
    text = texts.of(fact.document.id)
    targets = [_target(span, text, fact) for span in fact.record.spans]
    return {
        "id": _urn(fact.found.id),
        "type": "Annotation",
        "motivation": "describing" if isinstance(fact.record, Claim) else "classifying",
        "generator": {
            "id": f"urn:marsad:reader:{fact.record.reader}",
            "type": "Software",
            "name": fact.record.reader,
        },
        "body": _body(fact),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(span: Span, text: str, fact: Fact[Any]) -> Object:
    begin, end = span
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[begin:end],
        "prefix": text[max(begin - _AROUND, 0) : begin],
        "suffix": text[end : end + _AROUND],
    }
    return {
        "type": "SpecificResource",
        "source": _source(fact.document),
        "selector": [{"type": "TextPositionSelector", "start": begin, "end": end}, quote],
    }


def _source(found: FoundDocument) -> Object:
    """The text by its hash, and where it comes from: the bytes, the address, the document it revises."""
    of = found.document
    source: Object = {
        "id": hash_uri(of.text_sha256),
        "type": ["Text", "prov:Entity"],
        "format": "text/plain",
        "wasDerivedFrom": hash_uri(of.raw_sha256),
        "m:document": of.id,
        "m:known": found.known,
        "m:genre": of.genre,
        "m:coded": of.genre == "coded",
    }
    optional = {
        "language": of.language,
        "hadPrimarySource": told.address(found),
        "wasRevisionOf": of.revision_of and _urn("document", of.revision_of),
        "m:title": of.title,
        "m:publisher": of.publisher,
        "m:published": of.published.latest,
        "m:publishedBasis": of.published.basis,
    }
    return source | {name: value for name, value in optional.items() if value is not None}


# Bodies


def _body(fact: Fact[Any]) -> Object:
    """What the words are taken to say, attributed to who says it; never a statement of its own."""
    own = _BODIES[type(fact.record)](fact)
    kept = {f"m:{name}": value for name, value in own.items() if value is not None and value not in ([], ())}
    return {
        "id": _urn("body", fact.found.id),
        "type": ["TextualBody", "prov:Entity", f"m:{type(fact.record).__name__}"],
        "value": _value(fact),
        "format": "text/plain",
        "wasQuotedFrom": hash_uri(fact.document.document.text_sha256),
        "wasAttributedTo": [_agent(each.origin.key, each.origin.name) for each in fact.said],
        "m:record": fact.found.id,
        **({"m:review": fact.found.review} if fact.found.review else {}),
        "m:account": [_account(fact, each) for each in fact.said],
        **kept,
    }


def _value(fact: Fact[Any]) -> str:
    """The record in words: those of a claim and a figure, else what its accounts say."""
    if isinstance(fact.record, Claim | Figure):
        return fact.record.text
    return told.headline(fact) if isinstance(fact.record, Incident) else _related(fact)


def _related(fact: Fact[Relation]) -> str:
    source, target = told.ends(fact)
    said = "; ".join(f"said by {each.holder}, {each.status}" for each in fact.said)
    denied = "denied: " if fact.record.polarity == "denied" else ""
    return f"{denied}{source} {fact.record.type.replace('_', ' ')} {target} ({said})"


def _agent(key: str, name: str) -> Object:
    """Whose word it is in the end. Who is not named is an agent of this kind, not of this name."""
    return {"id": _urn("agent", key), "type": "prov:Agent", "name": name}


def _account(fact: Fact[Any], each: Said) -> Object:
    is_incident = isinstance(fact.record, Incident)
    said = told.account(fact.record, each) if is_incident else told.said(each)
    return {f"m:{name}": value for name, value in said.items() if value is not None and value != []}


def _claim(fact: Fact[Claim]) -> told.Row:
    claim = fact.record
    return {
        "said": told.edtf(claim.said),
        "trueOf": told.edtf(claim.true_of),
        "chain": [party.text for party in claim.chain],
        "theme": [f"{each.theme} {each.direction}" for each in claim.themes],
        "place": [_place(place) for place in map(told.place, fact.places)],
    }


def _figure(fact: Fact[Figure]) -> told.Row:
    own = told.figure(fact.found, fact)
    return {**own, "place": [_place(place) for place in map(told.place, fact.places)]}


def _incident(fact: Fact[Incident]) -> told.Row:
    incident = fact.record
    first, second = told.sides(fact)
    return {
        "type": incident.type,
        "mode": incident.mode,
        "shape": incident.shape,
        **told.dates(incident.date),
        "date_prec": incident.date_prec,
        "where_prec": incident.where_prec,
        "side_a": first,
        "side_b": second,
        **told.toll(incident.deaths, "deaths"),
        **told.toll(incident.injured, "injured"),
        "place": [_place(place) for place in map(told.place, fact.places)],
    }


def _relation(fact: Fact[Relation]) -> told.Row:
    source, target = told.ends(fact)
    relation = fact.record
    return {
        "type": relation.type,
        "source": source,
        "target": target,
        "polarity": relation.polarity,
        "trueOf": told.edtf(relation.true_of),
    }


def _place(place: told.Row) -> Object:
    return {f"m:{name}": value for name, value in place.items() if value is not None}


_BODIES: dict[type, Callable[[Fact[Any]], told.Row]] = {
    Claim: _claim,
    Figure: _figure,
    Incident: _incident,
    Relation: _relation,
}
