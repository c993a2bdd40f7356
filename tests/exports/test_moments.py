"""An export is a function of the visible documents: of a day, whatever came later and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.exports import FORMATS
from marsad.ledger.store import Store

from ..ledger.making import given
from .making import exported, put

STREAMS = [name for name, form in FORMATS.items() if form.parts]
DAYS = ("2024-03-12", "2024-04-02", "2024-05-06")


def filled(folder: Path, days: tuple[str, ...]) -> Store:
    ledger = Store.open(folder, create=True)
    for day in days:
        put(ledger, url=f"https://wire.example/{day}", published=given(day))
    return ledger


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store, Store]]:
    """All three days; all of them, last day first; and the first two alone."""
    folder = tmp_path_factory.mktemp("moments")
    made = (
        filled(folder / "all", DAYS),
        filled(folder / "backwards", DAYS[::-1]),
        filled(folder / "early", DAYS[:2]),
    )
    yield made
    for each in made:
        each.close()


@pytest.mark.parametrize("name", STREAMS)
def test_a_day_shows_what_a_ledger_without_later_documents_would(
    ledgers: tuple[Store, Store, Store], name: str
) -> None:
    whole, _, early = ledgers
    at_a_day = exported(whole, name, as_known="2024-04-30")
    assert at_a_day == exported(early, name, as_known="2024-04-30")
    assert len(at_a_day) < len(exported(whole, name))


@pytest.mark.parametrize("name", STREAMS)
def test_the_order_of_adding_does_not_matter(ledgers: tuple[Store, Store, Store], name: str) -> None:
    whole, backwards, _ = ledgers
    assert exported(whole, name) == exported(backwards, name)
    assert exported(whole, name) == exported(whole, name)
