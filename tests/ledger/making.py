"""Documents and readings made for the tests of the ledger."""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec.structs import replace

from marsad.ledger.store import Ledger
from marsad.records.reading import Actor, Claim, Document, Figure, Party, Published, Reading

READER = "test@1"


def frozen(text: str, **fields: Any) -> Document:
    raw = text.encode()
    origin = fields.get("url") or fields.get("publisher") or ""
    facts: dict[str, Any] = {
        "id": hashlib.sha256(raw + str(origin).encode()).hexdigest()[:32],
        "raw_sha256": hashlib.sha256(raw).hexdigest(),
        "text_sha256": hashlib.sha256(raw).hexdigest(),
        "extractor": "plain@1",
    }
    return Document(text=text, **(facts | fields))


def given(day: str) -> Published:
    return Published(earliest=day, latest=day, basis="given")


def read(document: Document, *, version: str = "reader@1") -> Reading:
    """One claim a line; a line `NAME: WORDS` is attributed to NAME, and its digits are a figure."""
    text = document.text
    claims, figures, actors = [], [], {}
    begin = 0
    for line in text.splitlines(keepends=True):
        end = begin + len(line.rstrip("\n"))
        name, colon, _ = line.partition(": ")
        source = None
        if colon:
            where = ((begin, begin + len(name)),)
            actor = actors.setdefault(
                name, Actor(id=f"a{len(actors) + 1}", name=name, kind="other", mentions=where, reader=READER)
            )
            source = Party(text=name, spans=where, actor=actor.id, kind="person")
            begin += len(name + colon)
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                spans=((begin, end),),
                text=text[begin:end],
                kind="attributed" if source else "narrated",
                reader=READER,
                source=source,
                chain=(source,) if source else (),
                about=(source.actor,) if source and source.actor else (),
            )
        )
        number = next((word for word in line.split() if word.isdigit()), None)
        if number:
            at = text.index(number, begin)
            figures.append(
                Figure(
                    id=f"f{len(figures) + 1}",
                    claim=claims[-1].id,
                    spans=((at, at + len(number)),),
                    text=number,
                    measure="count.thing",
                    reader=READER,
                    low=int(number),
                    high=int(number),
                    best=int(number),
                )
            )
        begin = end + 1
    return Reading(
        document=replace(document, reader=version, gazetteer="places@1"),
        claims=tuple(claims),
        figures=tuple(figures),
        actors=tuple(actors.values()),
    )


def put(ledger: Ledger, text: str, **fields: Any) -> Document:
    document = frozen(text, **fields)
    ledger.put(text.encode(), document, read(document))
    return document
