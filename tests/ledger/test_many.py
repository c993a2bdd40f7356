"""Several that write and read one ledger at once."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from marsad.ledger.schema import journal
from marsad.ledger.store import Store

from . import killing
from .making import faults, frozen, given, read_all

TEXTS = [
    f"Wardak: the group killed {number} men in Karoum in 2019,\nOda: they fled\nSnow fell {number} times."
    for number in range(12)
]


def write(address: str, seed: int) -> int:
    """Put all documents in some order of its own, and say how many were new."""
    new = 0
    with Store.open(address) as ledger:
        for text in Random(seed).sample(TEXTS, len(TEXTS)):  # noqa: S311
            document = frozen(text, published=given(f"20{10 + len(text) % 9}-01-01"))
            new += ledger.put(text.encode(), document, read_all(document))
    return new


def read_until(done: threading.Event, address: str) -> list[str]:
    """What a reader ever saw of a document that was not the whole of it."""
    partial, most = [], 0
    with Store.open(address) as ledger:
        while not done.is_set() or not most:
            claims = Counter(found.found_in.id for found in ledger.claims())
            figures = Counter(found.found_in.id for found in ledger.figures())
            partial += [f"{each}: {n} claims" for each, n in claims.items() if n != 3]
            partial += [f"{each}: {n} figures" for each, n in figures.items() if n != 2]
            if len(claims) < most:
                partial.append(f"{most} documents, and then {len(claims)}")
            most = len(claims)
    return partial


@pytest.mark.parametrize("writers", [2, 8])
def test_writers_of_the_same_documents_end_with_each_once(address: str, writers: int) -> None:
    Store.open(address, create=True).close()
    done = threading.Event()
    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(read_until, done, address)
        try:
            new = list(pool.map(write, [address] * writers, range(writers)))
        finally:
            done.set()
        assert reader.result() == []
    assert sum(new) == len(TEXTS)
    with Store.open(address) as ledger:
        assert ledger.documents().count().number == len(TEXTS)
        assert faults(ledger) == []
        with ledger.database.reading() as connection:
            assert connection.execute(select(func.count()).select_from(journal)).scalar() == len(TEXTS)


def test_two_programs_that_add_the_same_files_acknowledge_each_once(address: str, tmp_path: Path) -> None:
    paths = killing.write_documents(tmp_path / "files", 20, Random(3))  # noqa: S311
    adding = killing.command(tmp_path / "files", address)
    both = [killing.start(adding) for _ in range(2)]
    one, two = (killing.Run.of(process, b"") for process in both)
    assert (one.code, two.code) == (0, 0)
    assert not one.added.keys() & two.added.keys()
    assert sorted([*one.added.values(), *two.added.values()]) == sorted(paths)
    assert len(one.added) + one.unchanged == len(two.added) + two.unchanged == len(paths)
    assert killing.losses(address, one.added | two.added) == []
