"""Documents drawn by chance for the tests of replay: few words, places, days and outlets, so that they
meet again and again in names, addresses, copies and days.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from marsad.ledger.store import Store
from marsad.records.reading import Document

from .making import frozen, given, read_all

LINES = [
    "Wardak Front / WF: the group has 300 men in Karoum",
    "WF: nobody fled in 2019,",
    "Wardak Front: food came to Zarf camp",
    "Mrs Huda: they killed 7 in Nowhere in 2020,",
    "Oda fights Wardak in Odaland.",
    "Agency: the camp holds 40 tents",
    "Snow fell.",
]
# Each shares two of three sentences with the next, which makes them copies, and one with the one after.
SENTENCES = [
    "The first convoy left the mill before dawn and drove along the dry canal toward the eastern bridge.",
    "Farmers on both banks had moved their sheep to higher ground when the rain began on the second night.",
    "A teacher who counted the lorries from her roof said that none of them carried any mark or number.",
    "By noon the council had opened the old granary and asked every household to bring a single blanket.",
    "Late in the week two engineers came back from the dam with drawings that nobody had seen for years.",
]
CHAIN = ["\n".join(SENTENCES[at : at + 3]) for at in range(3)]
TEXTS = st.one_of(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=3, unique=True).map("\n".join),
    st.sampled_from(CHAIN),
)
URLS = st.sampled_from([None, "https://a.example/1", "https://a.example/2"])
PUBLISHERS = st.sampled_from([None, "Agency", "Valley Post", "Oda"])
DAYS = ["1850-01-01", "2019-12-31", "2020-01-01", "2020-01-02", "2085-01-01", "2090-01-01"]


def add(ledger: Store, document: Document, *, version: str = "reader@1") -> bool:
    return ledger.put(document.text.encode(), document, read_all(document, version=version))


@cache
def empty() -> bytes:
    """The file of a ledger with nothing in it: migrations take most of the time of a short test."""
    with tempfile.TemporaryDirectory() as folder:
        Store.open(folder, create=True).close()
        return Path(folder, "marsad.db").read_bytes()


def opened(folder: Path) -> Store:
    folder.mkdir()
    (folder / "marsad.db").write_bytes(empty())
    return Store.open(folder)


def document(words: str, url: str | None, publisher: str | None, day: str, is_published: bool) -> Document:
    if is_published:
        return frozen(words, url=url, publisher=publisher, published=given(day))
    return frozen(words, url=url, publisher=publisher, retrieved=f"{day}T08:00:00+00:00")
