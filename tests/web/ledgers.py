"""Ledgers for the tests of the workbench: made by hand, with what programs choke on in every field."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec.structs import replace

from marsad.ledger.store import Store
from marsad.records.reading import Document

from ..ledger import making

NAUGHTY: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parents[1] / "hostile" / "naughty.toml").read_text("utf-8")
)
PAYLOADS = NAUGHTY["markup"]


def quiet(where: Path | str) -> Store:
    """Two reports: three claims each, with an actor, figures and a day on which they were known."""
    ledger = Store.open(where, create=True, command="test")
    for day, town in (("2019-03-01", "Karoum"), ("2019-05-01", "Altai")):
        making.put(
            ledger,
            f"Mayor: {town} holds 300 men\nThe Front: we lost 12 carts\nThe road to {town} is closed\n",
            title=f"Report of {town}",
            publisher="Steppe Wire",
            published=making.given(day),
        )
    return ledger


def hostile(where: Path) -> Store:
    """One report a payload, which stands in its title, text, address, publisher and names of actors."""
    ledger = Store.open(where, create=True, command="test")
    for number, payload in enumerate(PAYLOADS):
        _put(ledger, payload.replace("\0", "\ufffd"), number)
    return ledger


def _put(ledger: Store, payload: str, number: int) -> Document:
    said = " ".join(payload.split()).replace(": ", ":")
    document = making.frozen(
        f"{said}: holds 300 {said} men\n{said} is closed\n",
        title=payload,
        publisher=f"{payload} Wire",
        author=payload,
        source=f"{payload}.txt",
        url=f"https://news.example/{number}?{payload}",
        published=making.given("2019-03-01"),
    )
    reading = making.read(document)
    raw = document.text.encode()
    named = tuple(replace(actor, name=said, aliases=(said, f"{said} II")) for actor in reading.actors)
    ledger.put(raw, document, replace(reading, actors=named))
    return document
