"""The one place where a reading is put together."""

from __future__ import annotations

from marsad.reading.text import segment
from marsad.records.reading import Claim, Document, Reading


def read(document: Document) -> Reading:
    """Read one frozen document. A pure function: same document in, same reading out."""
    text = segment(document.text)
    claims = tuple(
        Claim(
            id=f"c{number}",
            spans=(sentence.span,),
            text=text[sentence.span],
            kind="narrated",
            reader="claims@0",
        )
        for number, sentence in enumerate(text.sentences, 1)
    )
    return Reading(document=document, claims=claims)
