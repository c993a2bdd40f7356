"""What was known by a day does not depend on what came later, or on the order in which it came."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, example, settings
from hypothesis import given as for_any
from hypothesis import strategies as st
from msgspec.structs import replace

from marsad.ledger.store import Store
from marsad.records.reading import Document, Published

from .drawing import CHAIN, DAYS, LINES, PUBLISHERS, TEXTS, URLS, add, document, opened
from .making import canonical, everything, facets, timeless

DOCUMENTS = st.lists(
    st.builds(document, TEXTS, URLS, PUBLISHERS, st.sampled_from(DAYS), st.booleans()),
    min_size=2,
    max_size=7,
    unique_by=lambda each: each.id,
)


def known_day(each: Document) -> str:
    return each.published.latest or (each.retrieved or "")[:10]


def assert_known(full: Store, part: Store, documents: Sequence[Document], random: Random) -> None:
    """Fill `full` in any order, and compare what it shows of each day with `part`, filled day by day."""
    for each in random.sample(documents, len(documents)):
        if random.random() < 0.3:  # as it was first taken
            add(full, replace(each, published=Published(), retrieved="2021-01-01T00:00:00+00:00"))
            add(full, each, version="reader@0")
        add(full, each)
    for day in sorted({*map(known_day, documents), DAYS[2]}):
        for each in random.sample(documents, len(documents)):
            if known_day(each) == day:
                add(part, each)
        assert canonical(timeless(asked(full, day))) == canonical(timeless(asked(part, None))), day


def asked(ledger: Store, day: str | None) -> dict[str, Any]:
    """Every list, and some that are filtered, searched and sorted."""
    shown: dict[str, Any] = {**everything(ledger, day), "facets": facets(ledger, day)}
    for name in ("WF", "wardak front", "Oda", "Agency"):
        shown[name] = [each.id for each in ledger.claims(actor=name, as_known=day)]
    shown["searched"] = [each.id for each in ledger.figures(search="men OR tents", as_known=day)]
    shown["sorted"] = [each.id for each in ledger.documents(sort="publisher", descending=True, as_known=day)]
    return shown


def day_by_day(*texts: tuple[str, str, str]) -> list[Document]:
    return [document(words, None, publisher, day, True) for words, publisher, day in texts]


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@for_any(DOCUMENTS, st.randoms(use_true_random=False))
@example(
    day_by_day((CHAIN[0], "Agency", DAYS[1]), (CHAIN[2], "Valley Post", DAYS[2]), (CHAIN[1], "Oda", DAYS[3])),
    Random(1),  # noqa: S311
)
def test_what_was_known_by_a_day_is_what_a_ledger_without_later_documents_shows(
    documents: list[Document], random: Random
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder, "full")) as full,
        opened(Path(folder, "part")) as part,
    ):
        assert_known(full, part, documents, random)


def test_a_later_document_joins_two_copies_only_when_it_is_known(address: str) -> None:
    first, second, between = day_by_day(
        (CHAIN[0], "Agency", DAYS[1]), (CHAIN[2], "Valley Post", DAYS[2]), (CHAIN[1], "Oda", DAYS[3])
    )
    with Store.open(address, create=True) as ledger:
        for each in (between, second, first):
            add(ledger, each)
        origins = {day: [g.name for g in ledger.claims(as_known=day).origins()] for day in DAYS[1:4]}
    assert origins == {DAYS[1]: ["Agency"], DAYS[2]: ["Agency", "Valley Post"], DAYS[3]: ["Agency"]}


def test_a_server_knows_the_same(postgresql: str, tmp_path: Path) -> None:
    with Store.open(postgresql, create=True) as full, opened(tmp_path / "part") as part:
        documents = [
            document(words, url, publisher, DAYS[at % 4], at % 3 > 0)
            for at, (words, url, publisher) in enumerate(
                [
                    ("\n".join(LINES[:3]), "https://a.example/1", "Agency"),
                    ("\n".join(LINES[2:5]), "https://a.example/1", "Agency"),
                    ("\n".join(LINES[4:]), "https://a.example/1", "Oda"),
                    *((words, None, f"Outlet {at}") for at, words in enumerate(CHAIN)),
                ]
            )
        ]
        assert_known(full, part, documents, Random(7))  # noqa: S311
