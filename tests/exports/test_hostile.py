"""What must never leave, what must not break a reader, and what a million records cost."""

from __future__ import annotations

import csv
import gc
import io
import json
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace as replace_found
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from marsad import exports
from marsad.exports import FORMATS
from marsad.exports.cells import cell, readable
from marsad.exports.facts import PAGE, Asked
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store

from ..ledger.drawing import opened
from .making import SECRETS, exported, folder, put

polars = pytest.importorskip("polars", reason="pip install 'marsad[frames]'")

STREAMS = [name for name, form in FORMATS.items() if form.parts]
NAUGHTY = tomllib.loads((Path(__file__).parents[1] / "hostile" / "naughty.toml").read_text(encoding="utf-8"))


def everything(ledger: Store, beside: Path) -> Iterator[tuple[str, str]]:
    """All that can be exported, as text."""
    for name in STREAMS:
        form = FORMATS[name]
        for kinds in [(kind,) for kind in form.kinds] if form.is_one else [()]:
            yield " ".join((name, *kinds)), exported(ledger, name, *kinds).decode()
    for path in sorted(folder(ledger, beside).iterdir()):
        yield path.name, str(polars.read_parquet(path).to_dicts())


# Letters that no hash, id or word of the formats has in such a row.
_NAMES = st.text("QWXZJK", min_size=7, max_size=11).map(str.capitalize)
_SECRETS = st.fixed_dictionaries(
    {
        "person": st.tuples(_NAMES, _NAMES).map(" ".join),
        "home": _NAMES,
        "hospital": _NAMES.map("{} hospital".format),
        "camp": _NAMES.map("{} camp".format),
    }
)


@drawn(several=st.lists(_SECRETS, min_size=5, max_size=5))
@settings(max_examples=2)
def test_no_masked_name_leaves_in_any_format(several: list[dict[str, str]]) -> None:
    words = {word for secrets in several for secret in secrets.values() for word in secret.split()}
    names = words - {"hospital", "camp"}
    with tempfile.TemporaryDirectory() as beside, opened(Path(beside, "w")) as ledger:
        for secrets in several:
            put(ledger, secrets, title=f"Shells on {secrets['hospital']}: {secrets['person']} fled")
        for where, text in everything(ledger, Path(beside, "out")):
            for name in names:
                assert name not in text, where
                assert name.casefold() not in text.casefold(), where


def test_what_an_analyst_lifts_is_shown_and_private_persons_never(tmp_path: Path) -> None:
    with opened(tmp_path / "w") as ledger:
        put(ledger)
        ledger.lift(True, by="amy", reason="for the cluster")
        text = exported(ledger, "geojson", "places").decode()
        assert SECRETS["camp"] in text
        for name in STREAMS:
            assert b"Samira" not in exported(ledger, name), name


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A report for each naughty string, which is its title, its outlet and its section's name."""
    with opened(tmp_path_factory.mktemp("naughty") / "w") as ledger:
        for section in ("formula", "control", "direction", "nonchar", "markup", "query", "blank"):
            for at, text in enumerate(NAUGHTY[section][: 8 if section == "direction" else 2]):
                words = {"title": text, "publisher": text, "author": text}
                put(ledger, **words, url=f"https://post.example/{section}/{at}")
        yield ledger


def test_hostile_words_break_no_format(naughty: Store, tmp_path: Path) -> None:
    for name, text in everything(naughty, tmp_path / "out"):
        if name.startswith("ftm"):
            assert all(json.loads(line) for line in text.splitlines() if line)
        elif not name.startswith(("csv", "claims")) and not name.endswith(".parquet"):
            assert json.loads(text)


def test_no_control_character_leaves_but_in_quotes_and_data_frames(naughty: Store) -> None:
    controls = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - set("\t\n\r")
    for name in ("geojson", "csv", "stix", "ftm"):
        text = exported(naughty, name).decode()
        assert not controls & set(text), name
        assert not [code for code in range(0x20) if code not in (9, 10, 13) and f"\\u{code:04x}" in text]


def test_words_from_right_to_left_stay_as_they_are(naughty: Store) -> None:
    said = [each["properties"]["title"] for each in json.loads(exported(naughty, "geojson"))["features"]]
    assert "שלום وعالم hello" in said


def test_no_cell_is_a_formula(naughty: Store) -> None:
    for kind in FORMATS["csv"].kinds:
        for row in csv.reader(io.StringIO(exported(naughty, "csv", kind).decode("utf-8-sig"))):
            for each in row:
                assert not each.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@drawn(st.text())
def test_a_cell_says_what_it_was_given(text: str) -> None:
    assert cell(text) in (text, f"'{text}")
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert len(readable(text)) == len(text)


def test_a_number_below_nought_is_no_formula() -> None:
    assert [cell(each) for each in (-5, -0.5, None, True)] == ["-5", "-0.5", "", "true"]


# Memory


class Endless:
    """A ledger whose answers never end: those of another, again and again, each a new object."""

    def __init__(self, ledger: Store) -> None:
        self._ledger = ledger
        self.taken = 0

    def find(self, query: Query) -> Iterator[Any]:
        if query.kind == "sources":
            yield from self._ledger.find(query)
            return
        for found in cycle(list(self._ledger.find(query))):
            self.taken += query.kind not in ("documents",)
            yield replace_found(found)

    def gather(self, *asked: Any, **named: Any) -> Any:
        return self._ledger.gather(*asked, **named)

    def shown_texts(self, ids: list[str]) -> dict[str, str]:
        return self._ledger.shown_texts(ids)


@pytest.mark.parametrize("name", STREAMS)
def test_memory_does_not_grow_with_the_ledger(ledger: Store, name: str) -> None:
    form = FORMATS[name]
    source = Endless(ledger)
    made = form.parts(Asked(source, exports.queries(form)))  # type: ignore[misc,arg-type]
    records = 2 * PAGE
    for _ in made:
        if source.taken >= records:
            break
    held = sum(isinstance(each, Found) for each in gc.get_objects())
    lists = len(exports.queries(form))
    assert source.taken <= records + PAGE * lists
    assert held < 8 * PAGE  # figures and claims around a page are found records too
    assert len(list(islice(made, 10))) == 10
