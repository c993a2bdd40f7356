"""Whatever is done to a ledger, what it showed at every earlier moment can be shown again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace
from sqlalchemy import func, select, text

from marsad.errors import BadInput
from marsad.ledger.reviewing import drafting
from marsad.ledger.schema import SHOWN, bands, copies, indexed, journal, sketches
from marsad.ledger.showing.search import TABLES
from marsad.ledger.store import Store
from marsad.records.reading import Document
from marsad.records.review import Review

from .drawing import CHAIN, DAYS, LINES, PUBLISHERS, TEXTS, URLS, add, document, opened
from .making import canonical, everything, faults, frozen, given


def count(ledger: Store, name: str) -> int:
    with ledger.database.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())  # noqa: S608


class Ledger(RuleBasedStateMachine):
    """A ledger on which anything is done, with what it showed after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = opened(self.folder / "work")
        self.documents: dict[str, tuple[Document, str]] = {}  # with the version that read it last
        self.redacted: set[str] = set()
        self.reviews: list[Review] = []
        self.seen: dict[str, dict[str, list[Any]]] = {}  # what was shown, by moment

    def teardown(self) -> None:
        try:
            assert faults(self.ledger) == []
            with self.ledger.as_recorded("9999-12-31") as anew:
                assert shown_rows(anew, shown_rows(self.ledger)) == shown_rows(self.ledger, shown_rows(anew))
                assert canonical(everything(anew)) == canonical(everything(self.ledger))
        finally:
            self.ledger.close()
            shutil.rmtree(self.folder)

    @invariant()
    def remember(self) -> None:
        with self.ledger.database.reading() as connection:
            moment = connection.execute(select(func.max(journal.c.recorded_at))).scalar()
        if moment and moment not in self.seen:
            self.seen[moment] = everything(self.ledger)

    @precondition(lambda self: len(self.seen) > 1)
    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        moment = data.draw(st.sampled_from(sorted(self.seen)))
        with self.ledger.as_recorded(moment) as past:
            assert_same(self.seen[moment], everything(past), self.redacted)

    def readable(self, data: st.DataObject) -> tuple[Document, str]:
        return data.draw(st.sampled_from([self.documents[each] for each in sorted(self.there)]))

    @property
    def there(self) -> set[str]:
        return self.documents.keys() - self.redacted

    @rule(words=TEXTS, url=URLS, publisher=PUBLISHERS, day=st.sampled_from([None, *DAYS]))
    def add(self, words: str, url: str | None, publisher: str | None, day: str | None) -> None:
        document = frozen(words, url=url, publisher=publisher)
        if day:
            document = replace(document, published=given(day))
        if document.id in self.redacted:
            with pytest.raises(BadInput, match="was redacted"):
                add(self.ledger, document)
        elif document.id not in self.documents:
            assert add(self.ledger, document)
            self.documents[document.id] = (document, "reader@1")

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def add_again(self, data: st.DataObject) -> None:
        document, version = self.readable(data)
        entries = count(self.ledger, "journal")
        assert not add(self.ledger, document, version=version)
        assert count(self.ledger, "journal") == entries

    @precondition(lambda self: self.there)
    @rule(data=st.data(), version=st.sampled_from(["reader@1", "reader@2"]), day=st.sampled_from(DAYS))
    def read_again(self, data: st.DataObject, version: str, day: str) -> None:
        document, _ = self.readable(data)
        document = replace(document, published=given(day))
        add(self.ledger, document, version=version)
        self.documents[document.id] = (document, version)

    @precondition(lambda self: self.there)
    @rule(data=st.data(), action=st.sampled_from(["accept", "edit", "reject"]))
    def review(self, data: st.DataObject, action: Literal["accept", "edit", "reject"]) -> None:
        document, _ = self.readable(data)
        reading = self.ledger.reviewed(document.id).reading
        editable: list[tuple[str, dict[str, Any]]] = [
            *((each.id, {"certainty": "possible"}) for each in reading.claims),
            *((each.id, {"best": 5}) for each in reading.figures),
            *((each.id, {"kind": "armed_group"}) for each in reading.actors),
        ]
        if editable:
            local, fields = data.draw(st.sampled_from(editable))
            made = drafting.of_record(
                reading, local, action, fields if action == "edit" else {}, "amy", "as the text has it"
            )
            self.reviews.append(self.ledger.review(made))

    @precondition(lambda self: self.there)
    @rule(data=st.data(), kind=st.sampled_from(["claim", "actor", "private"]))
    def add_by_words(self, data: st.DataObject, kind: Literal["claim", "actor", "private"]) -> None:
        document, _ = self.readable(data)
        word = data.draw(st.sampled_from(document.text.split()[:6]))
        reading = self.ledger.reviewed(document.id).reading
        fields = {"kind": "other"} if kind == "actor" else {}
        try:
            made = drafting.of_words(reading, kind, word, fields, "amy", "missed", occurrence=1)
        except BadInput:  # they have such a record already
            return
        self.reviews.append(self.ledger.review(made))

    @precondition(lambda self: any(each.document not in self.redacted for each in self.reviews))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        mine = [each for each in self.reviews if each.document not in self.redacted]
        made = drafting.withdrawal(data.draw(st.sampled_from(mine)), "zoe", "a mistake")
        self.reviews.append(self.ledger.review(made))

    @precondition(lambda self: len(self.actors()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        one, two = data.draw(st.permutations(self.actors()))[:2]
        self.ledger.merge(one, two, by="amy", reason="one name for the other")

    @precondition(lambda self: self.merged())
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.merged()))
        self.ledger.merge(actor, None, by="zoe", reason="two after all")

    @precondition(lambda self: self.joined())
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        self.ledger.split(data.draw(st.sampled_from(self.joined())), by="zoe", reason="two groups")

    @precondition(lambda self: self.sources())
    @rule(data=st.data(), reliability=st.sampled_from("ABCDEF"))
    def rate(self, data: st.DataObject, reliability: str) -> None:
        source = data.draw(st.sampled_from(self.sources()))
        self.ledger.rate(source, reliability, by="amy", reason="long experience")

    @rule()
    def lift(self) -> None:
        is_lifted = count(self.ledger, "lifts") % 2 == 1
        self.ledger.lift(not is_lifted, by="amy", reason="the camp is closed")

    @precondition(lambda self: len(self.there) > 1)
    @rule(data=st.data())
    def redact(self, data: st.DataObject) -> None:
        document, _ = self.readable(data)
        self.ledger.redact(document.id, by="zoe", reason="a court order")
        self.redacted.add(document.id)
        self.seen = {
            moment: without(shown, {document.id}, self.redacted) for moment, shown in self.seen.items()
        }

    def actors(self) -> list[str]:
        return sorted(each.key for each in self.ledger.actors())

    def merged(self) -> list[str]:
        """What people have joined or taken apart."""
        joins = (join for each in self.ledger.actors() for join in each.joins)
        return sorted({join.key for join in joins if join.rule in ("person", "apart")})

    def joined(self) -> list[str]:
        return sorted(key for each in self.ledger.actors() for key in each.merged)

    def sources(self) -> list[str]:
        return sorted(each.key for each in self.ledger.sources())


def without(shown: dict[str, list[Any]], gone: set[str], redacted: Iterable[str]) -> dict[str, list[Any]]:
    """What is still shown of a moment when documents were redacted since."""
    if not {each["id"] for each in shown["documents"]} & gone:
        return shown
    left = {kind: [each for each in shown[kind] if each.get("document") not in gone] for kind in RECORDS}
    documents = [each for each in shown["documents"] if each["id"] not in redacted]
    return left | {"documents": [{**each, "revision_of": None} for each in documents]}


RECORDS = ("claims", "figures", "incidents", "relations")


def assert_same(before: dict[str, list[Any]], now: dict[str, list[Any]], redacted: set[str]) -> None:
    if before.keys() == now.keys():
        assert canonical(now) == canonical(before)
        return
    tombstones = [each for each in now["documents"] if each["id"] in redacted]
    assert all(each["redacted"]["reason"] == "a court order" for each in tombstones)
    assert tombstones
    assert canonical(without(now, {each["id"] for each in tombstones}, redacted)) == canonical(before)


def shown_rows(ledger: Store, other: dict[str, set[Any]] | None = None) -> dict[str, set[Any]]:
    """All that is shown, but for when the index was made, and for pairs of texts that only one has:
    a text that no newest reading has is left there until it is gone, and joins nothing.
    """
    rows: dict[str, set[Any]] = {}
    with ledger.database.reading() as connection:
        for table in SHOWN:
            columns = [each for each in table.c if each is not indexed.c.through]
            rows[table.name] = set(map(tuple, connection.execute(select(*columns))))
        for name in TABLES:
            rows[name] = set(map(tuple, connection.execute(text(f"SELECT rowid, words FROM {name}"))))  # noqa: S608
    if other:
        both = {sha256 for sha256, _ in rows[sketches.name] & other[sketches.name]}
        rows[sketches.name] &= other[sketches.name]
        rows[bands.name] = {row for row in rows[bands.name] if row[1] in both}
        rows[copies.name] = {row for row in rows[copies.name] if {*row} <= both}
    return rows


Ledger.TestCase.settings = settings(
    max_examples=7,
    stateful_step_count=9,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestLedger = Ledger.TestCase


def test_a_server_replays_the_same(postgresql: str) -> None:
    """What the machine above does by chance, once in a fixed order on a server."""
    words = ["\n".join(LINES[:3]), "\n".join(LINES[2:5]), *CHAIN[:2]]
    documents = [document(each, None, "Oda", DAYS[at + 1], True) for at, each in enumerate(words)]
    with Store.open(postgresql, create=True) as ledger:
        for each in documents:
            add(ledger, each)
        seen = {moment_of(ledger): everything(ledger)}
        for _ in decided(ledger, documents):
            seen[moment_of(ledger)] = everything(ledger)
        assert faults(ledger) == []
        for moment in sorted(seen)[::3]:
            with ledger.as_recorded(moment) as past:
                assert canonical(everything(past)) == canonical(seen[moment])


def moment_of(ledger: Store) -> str:
    with ledger.database.reading() as connection:
        return str(connection.execute(select(func.max(journal.c.recorded_at))).scalar())


def decided(ledger: Store, documents: Sequence[Document]) -> Iterator[None]:
    """One decision of each kind, one after the other."""
    reading = ledger.reviewed(documents[0].id).reading
    fields = {"certainty": "possible"}
    made = drafting.of_record(reading, reading.claims[0].id, "edit", fields, "amy", "so it says")
    edited = ledger.review(made)
    yield
    ledger.review(drafting.withdrawal(edited, "zoe", "a mistake"))
    yield
    ledger.split("wf", by="zoe", reason="two groups")
    yield
    ledger.merge("wf", "wardak front", by="amy", reason="one name for the other")
    yield
    ledger.merge("wf", None, by="amy", reason="two after all")
    yield
    ledger.rate("named:wardak front", "C", by="amy", reason="long experience")
    yield
    add(ledger, documents[0], version="reader@9")
    yield
    ledger.lift(True, by="amy", reason="the camp is closed")
    yield
