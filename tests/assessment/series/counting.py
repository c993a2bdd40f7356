"""A reader for the tests of series: what `read_all` finds, with what its figures count and whose they are."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from marsad.ledger.store import Store
from marsad.records.reading import Actor, Document, Figure, Reading
from tests.ledger.making import read_all


def counted(document: Document) -> Reading:
    """The Reed Front is an actor; fighters, the killed and the displaced are told by their words."""
    plain = read_all(document)
    mentions = tuple(found.span() for found in re.finditer("Reed Front", document.text))
    front = Actor(id="a99", name="Reed Front", kind="armed_group", mentions=mentions, reader="test@1")
    claims = {claim.id: claim.text for claim in plain.claims}
    return replace(
        plain,
        actors=(*plain.actors, *([front] if mentions else [])),
        figures=tuple(_counting(each, claims[each.claim]) for each in plain.figures),
    )


def _counting(figure: Figure, words: str) -> Figure:
    fields: dict[str, Any] = {"measure": "displacement.people", "population": "people"}
    if "fighters" in words:
        fields = {"measure": "strength.fighters", "population": "fighters"}
    elif "killed" in words:
        fields |= {"measure": "casualties.killed", "aspect": "flow", "as_of": None, "period": figure.as_of}
    if "Reed Front" in words:
        fields["subject"] = "a99"
    if "at least" in words:
        fields |= {"bound": "at_least", "high": None, "best": None}
    return replace(figure, **fields)


def put(ledger: Store, document: Document) -> None:
    ledger.put(document.text.encode(), document, counted(document))
