"""The objects of STIX 2.1 (OASIS) that an export is made of: plain dictionaries, of what is known alone.

Identifiers are UUIDv5, so that the same record of the same ledger has the same one everywhere. STIX 2.1
(section 2.9) keeps its own namespace for cyber observables, which are none of these; so ours is another.
What STIX has no property for stands in an extension (section 7.3), not in custom `x_` properties.
`created` and `modified` are the day on which the document of an object became known.
"""

from __future__ import annotations

import uuid
from typing import Any

from marsad.exports import told
from marsad.exports.cells import readable
from marsad.ledger.asking.found import FoundDocument

Object = dict[str, Any]
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:marsad:stix")
_MADE = "2024-01-01T00:00:00.000Z"  # when this extension was defined

# STIX 2.1, appendix A: Admiralty credibility as confidence. 6, which cannot be judged, is none.
CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}


def identifier(kind: str, *parts: str) -> str:
    """The id of an object of a kind, the same for the same parts."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, chr(0).join((kind, *parts)))}"


MARSAD = identifier("identity", "marsad")
EXTENSION = identifier("extension-definition", "marsad", "1")


def heads() -> list[Object]:
    """Who made the objects, and what the extension means."""
    return [
        {
            "type": "identity",
            "spec_version": "2.1",
            "id": MARSAD,
            "created": _MADE,
            "modified": _MADE,
            "name": "Marsad",
            "description": "Reads reports into a ledger of who claimed what. It certifies nothing.",
            "identity_class": "system",
        },
        {
            "type": "extension-definition",
            "spec_version": "2.1",
            "id": EXTENSION,
            "created_by_ref": MARSAD,
            "created": _MADE,
            "modified": _MADE,
            "name": "Marsad: who claimed what",
            "description": _MEANING,
            "schema": "See the table of STIX in docs/exports.md of Marsad.",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        },
    ]


_MEANING = (
    "What the ledger knows of a record and STIX has no property for: accounts with their holder, status, "
    "responsibility and both Admiralty ratings; numbers with range, bound, unit, scope and dates (EDTF); "
    "UCDP's precision of place and date; and whether people coded it from other reports."
)


def made(kind: str, id: str, document: FoundDocument, extra: Object, **properties: Any) -> Object:  # noqa: A002, ANN401 - STIX
    """An object with the common properties, its own, and what goes to the extension."""
    moment = f"{document.known}T00:00:00.000Z"
    found = {
        "type": kind,
        "spec_version": "2.1",
        "id": id,
        "created_by_ref": MARSAD,
        "created": moment,
        "modified": moment,
        **properties,
        "extensions": {EXTENSION: {"extension_type": "property-extension", **extra}} if extra else None,
    }
    told: Object = _told(found)
    return told


def _told(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same without what is unknown or empty, which STIX forbids, and without control characters."""
    if isinstance(value, dict):
        kept = {key: _told(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None and each not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [told for each in value if (told := _told(each)) is not None]
    return readable(value) if isinstance(value, str) else value


def references(document: FoundDocument) -> list[Object]:
    """Where the words stand: the document by its id and hash, and its address where it is known."""
    of = document.document
    found: Object = {"source_name": of.publisher or "document", "external_id": of.id}
    if of.title:
        found["description"] = of.title
    if url := told.address(document):
        found |= {"url": url, "hashes": {"SHA-256": of.raw_sha256}}
    return [found]
