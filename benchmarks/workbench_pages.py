"""The pages of the workbench that `workbench.py` asks for, and who asks."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec
from generated import MEASURES, THEMES, World

Draw = Callable[[random.Random], str]


class Answer(NamedTuple):
    status: int
    body: bytes
    seconds: float


class Reader:
    """One connection that is kept, as a browser keeps it; one that the server has closed is opened anew."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, path: str) -> Answer:
        begin = time.perf_counter()
        try:
            return self._ask(path, begin)
        except ConnectionError:
            self._connection.close()
            return self._ask(path, begin)

    def _ask(self, path: str, begin: float) -> Answer:
        self._connection.request("GET", path, headers={"accept-encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        return Answer(answer.status, body, time.perf_counter() - begin)


class Sample(NamedTuple):
    """Names and ids of the ledger, to ask for."""

    documents: list[str]
    claims: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    actors: list[str]
    keys: list[str]  # of actors
    places: list[str]
    words: list[str]

    @classmethod
    def of(cls, port: int) -> Sample:
        world = World(1)
        claims = _rows(port, "/claims.json?limit=200")
        return cls(
            [each["id"] for each in _rows(port, "/documents.json?limit=200")],
            claims,
            _rows(port, "/figures.json?limit=200"),
            world.actors[:100],
            [each["key"] for each in _rows(port, "/actors.json?limit=200")],
            world.places[:200],
            world.words[:2_000],
        )


def _rows(port: int, path: str) -> list[dict[str, Any]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    found: list[dict[str, Any]] = msgspec.json.decode(connection.getresponse().read())["rows"]
    return found


def addresses(sample: Sample) -> dict[str, Draw]:
    """Each page by its name, with what makes one of its addresses by chance."""

    def table(kind: str, **drawn: Draw) -> Draw:
        return lambda chance: f"/{kind}?{urlencode({name: draw(chance) for name, draw in drawn.items()})}"

    def of(values: list[str]) -> Draw:
        return lambda chance: chance.choice(values)

    def day(chance: random.Random) -> str:
        return f"{chance.randint(2013, 2025)}-{chance.randint(1, 12):02}-15"

    def record(chance: random.Random) -> str:
        claim = chance.choice(sample.claims)
        return f"/documents/{claim['document']}?at={claim['id']}"

    newest: Draw = lambda _: "known"  # noqa: E731
    yes: Draw = lambda _: "yes"  # noqa: E731
    kinds = ("documents", "claims", "figures", "incidents", "relations", "actors", "places", "sources")
    found: dict[str, Draw] = {kind: table(kind) for kind in kinds}
    found |= {
        "claims, newest": table("claims", sort=newest, descending=yes),
        "claims, as known": table("claims", as_known=day),
        "claims of an actor": table("claims", actor=of(sample.actors)),
        "claims with a word": table("claims", search=of(sample.words)),
        "claims, actor and theme": table("claims", actor=of(sample.actors), theme=of(THEMES)),
        "claims of a place": table("claims", place=of(sample.places)),
        "claims, JSON": lambda chance: f"/claims.json?actor={quote(chance.choice(sample.actors))}",
        "figures of a measure": table("figures", measure=of(MEASURES), actor=of(sample.actors)),
        "figures, CSV": lambda chance: f"/figures.csv?measure={chance.choice(MEASURES)}&limit=500",
        "documents with a word": table("documents", search=of(sample.words)),
        "document": lambda chance: f"/documents/{chance.choice(sample.documents)}",
        "document, at a record": record,
        "inspector": lambda chance: record(chance).replace("?at", "/inspector?at"),
        "trace": lambda chance: f"/trace/{chance.choice(sample.claims)['id']}",
        "map": lambda _: "/map",
        "map, JSON": lambda _: "/map.json",
        "home": lambda _: "/",
        "actor": lambda chance: f"/actors/{quote(chance.choice(sample.keys), safe='')}",
        "series": lambda _: "/series",
        "series of an actor": lambda chance: (
            f"/series?measure={chance.choice(MEASURES)}&actor={quote(chance.choice(sample.actors))}"
        ),
        "contradictions": lambda _: "/contradictions",
        "agreements": lambda _: "/agreements",
        "timeline": lambda _: "/timeline",
        "watches": lambda _: "/watches",
        "reports": lambda _: "/reports",
    }
    return found
