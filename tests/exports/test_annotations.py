"""Web Annotations: JSON-LD that expands whole, selectors that find the words, provenance as triples.

The context of the Web Annotation vocabulary is not fetched: the terms that are used are written here by
the W3C Recommendation (Web Annotation Vocabulary, section 5), so that a term that is none of its is seen.
"""

from __future__ import annotations

import base64
import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from marsad.ledger.store import Store

from ..ledger import making
from .making import SECRETS, TEXT, exported

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    jsonld = pytest.importorskip("pyld", reason="pip install pyld").jsonld

OA, AS, RDF, DC = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
)
PROV, TERMS = "http://www.w3.org/ns/prov#", "urn:marsad:terms:"
INTEGER = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
CONTEXT = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in ("Annotation", "SpecificResource", "TextQuoteSelector")},
    **{name: OA + name for name in ("TextualBody", "TextPositionSelector")},
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Software": AS + "Application",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "describing": OA + "describing",
    "classifying": OA + "classifying",
    "body": {"@type": "@id", "@id": OA + "hasBody"},
    "target": {"@type": "@id", "@id": OA + "hasTarget"},
    "source": {"@type": "@id", "@id": OA + "hasSource"},
    "selector": {"@type": "@id", "@id": OA + "hasSelector"},
    "motivation": {"@type": "@vocab", "@id": OA + "motivatedBy"},
    "generator": {"@type": "@id", "@id": AS + "generator"},
    "first": {"@type": "@id", "@id": AS + "first"},
    "items": {"@type": "@id", "@id": AS + "items", "@container": "@list"},
    "startIndex": {"@type": INTEGER, "@id": AS + "startIndex"},
    "start": {"@type": INTEGER, "@id": OA + "start"},
    "end": {"@type": INTEGER, "@id": OA + "end"},
    **{name: OA + name for name in ("exact", "prefix", "suffix")},
    "value": RDF + "value",
    "format": DC + "format",
    "language": DC + "language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
}
KINDS = ("claims", "figures", "incidents", "relations")


def load(url: str, _: object) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def made(ledger: Store, kind: str, **where: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(ledger, "annotations", kind, **where))
    return found


def items(ledger: Store, kind: str, **where: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made(ledger, kind, **where)["first"]["items"]
    return found


def triples(ledger: Store, kind: str) -> list[tuple[str, str, str]]:
    found = jsonld.to_rdf(made(ledger, kind), {"documentLoader": load})["@default"]
    return [tuple(each[part]["value"] for part in ("subject", "predicate", "object")) for each in found]


def keys(value: Any) -> set[str]:
    """All property names of a JSON document but those of its context."""
    if isinstance(value, dict):
        return {key for key in value if key != "@context"} | {
            key for name, each in value.items() if name != "@context" for key in keys(each)
        }
    return {key for each in value for key in keys(each)} if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_a_term(ledger: Store, kind: str) -> None:
    document = made(ledger, kind)
    own = document["@context"][1]
    assert keys(document) <= {each for each in keys(document) if each.startswith("m:")} | set(CONTEXT) | set(
        own
    )
    known = (
        OA,
        AS,
        RDF,
        DC,
        PROV,
        TERMS,
        "http://www.w3.org/2000/01/rdf-schema#",
        "http://xmlns.com/foaf/0.1/",
    )
    for subject, predicate, _ in triples(ledger, kind):
        assert predicate.startswith(known), predicate
        assert subject.startswith(("urn:", "ni:", "_:"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_where_the_selectors_say(ledger: Store, kind: str) -> None:
    text = TEXT.format(**SECRETS)
    shown = next(iter(ledger.shown_texts([ledger.documents().first().id]).values()))  # type: ignore[union-attr]
    found = items(ledger, kind, publisher="Karrada Post")
    assert found
    for each in found:
        position, quote = each["target"]["selector"]
        begin, end = position["start"], position["end"]
        assert shown[begin:end] == quote["exact"]
        assert shown[:begin].endswith(quote["prefix"])
        assert shown[end:].startswith(quote["suffix"])
        assert len(quote["exact"]) == len(text[begin:end])
        assert "█" in quote["exact"] or text[begin:end] == quote["exact"]


def test_a_text_is_named_by_its_hash(ledger: Store) -> None:
    digest = hashlib.sha256(TEXT.format(**SECRETS).encode()).digest()
    name = "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert {each["target"]["source"]["id"] for each in items(ledger, "claims")} == {name}


def test_provenance_is_said_in_prov(ledger: Store) -> None:
    found = triples(ledger, "claims")
    predicates = {predicate for _, predicate, _ in found}
    terms = ("wasAttributedTo", "wasQuotedFrom", "wasDerivedFrom", "hadPrimarySource")
    assert {PROV + term for term in terms} <= predicates
    agents = {subject for subject, predicate, value in found if value == PROV + "Agent"}
    named = {
        value for subject, predicate, value in found if subject in agents and predicate.endswith("/name")
    }
    assert {"Wardak Army", "United Observers", "a private person"} <= named


def test_every_body_says_who_says_so_and_how(ledger: Store) -> None:
    for kind in KINDS:
        for each in items(ledger, kind):
            accounts = each["body"]["m:account"]
            assert accounts
            for account in accounts:
                assert account["m:holder"]
                assert account["m:polarity"] in ("affirmed", "denied")
                assert account["m:reliability"] in "ABCDEF"
                assert account["m:credibility"] in range(1, 7)
    denied = [
        each["body"]["value"] for each in items(ledger, "relations") if "denied: " in each["body"]["value"]
    ]
    assert denied
    assert all("said by Sand Brigade, denied" in value for value in denied)


def test_a_revision_names_what_it_revises(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w", create=True) as store:
        for words, day in (("40 men came", "2024-01-01"), ("50 men came", "2024-01-02")):
            making.put(store, words, url="https://a.example/1", published=making.given(day))
        sources = [each["target"]["source"] for each in items(store, "claims")]
    assert "wasRevisionOf" not in sources[0]
    assert sources[1]["wasRevisionOf"].startswith("urn:uuid:")


def test_an_empty_ledger_has_an_empty_page(empty: Store) -> None:
    assert items(empty, "claims") == []


def test_a_record_on_several_pieces_has_a_target_for_each(tmp_path: Path) -> None:
    document = making.frozen("They came by night and left at dawn.")
    reading = making.read(document)
    claim = replace(reading.claims[0], spans=((0, 9), (23, 35)), text="They came … left at dawn")
    with Store.open(tmp_path / "w", create=True) as store:
        store.put(document.text.encode(), document, replace(reading, claims=(claim,)))
        (each,) = items(store, "claims")
    assert [target["selector"][1]["exact"] for target in each["target"]] == ["They came", "left at dawn"]
