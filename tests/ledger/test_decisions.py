from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from marsad.errors import BadInput, NotFound
from marsad.ledger.reviewing import drafting
from marsad.ledger.schema import metadata
from marsad.ledger.store import Store
from marsad.records.review import Review

from .making import canonical, everything, faults, frozen, given, put, read, read_all

NOTE = "Wardak: the group has 300 men\nNuri: they fled to Zarf camp\nSnow fell."
BY = {"by": "amy", "reason": "so it says"}


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def add(ledger: Store, words: str, version: str = "reader@1", **fields: Any) -> str:
    document = frozen(words, **fields)
    ledger.put(words.encode(), document, read_all(document, version=version))
    return document.id


def drafted(ledger: Store, document: str, local: str, action: Any, **fields: Any) -> Review:
    reading = ledger.reviewed(document).reading
    return drafting.of_record(reading, local, action, fields, "amy", "so it says")


def refused(ledger: Store, decision: Callable[[], object], reason: str) -> None:
    """It is refused in one line and leaves no trace."""
    before = entries(ledger)
    with pytest.raises((BadInput, NotFound), match=reason) as caught:
        decision()
    assert "\n" not in str(caught.value)
    assert entries(ledger) == before


def entries(ledger: Store) -> int:
    with ledger.database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM journal")).scalar_one())


# Reviews


def test_a_review_gets_its_id_and_moment_and_shows_at_once(ledger: Store) -> None:
    document = add(ledger, NOTE)
    made = ledger.review(drafted(ledger, document, "c1", "edit", certainty="possible"))
    assert made.id == "r2"
    assert made.recorded_at
    (found,) = ledger.claims(certainty="possible")
    assert (found.review, found.record.text) == ("edited", "the group has 300 men")
    (outcome,) = ledger.reviewed(document).outcomes
    assert (outcome.review, outcome.state) == ("r2", "applied")


def test_a_review_survives_a_new_reading_and_a_new_text(ledger: Store) -> None:
    document = add(ledger, NOTE)
    ledger.review(drafted(ledger, document, "c1", "edit", certainty="possible"))
    add(ledger, NOTE, version="reader@2")
    assert [found.review for found in ledger.claims(certainty="possible")] == ["edited"]
    other = frozen("Page 1\n" + NOTE, id=document, raw_sha256=frozen(NOTE).raw_sha256, extractor="plain@2")
    ledger.put(NOTE.encode(), other, read_all(other))
    (found,) = ledger.claims(certainty="possible")
    assert found.record.text == "the group has 300 men"
    assert faults(ledger) == []


def test_what_was_withdrawn_is_as_before(ledger: Store) -> None:
    document = add(ledger, NOTE)
    before = everything(ledger)
    made = ledger.review(drafted(ledger, document, "c1", "reject"))
    assert ledger.claims().count().number == 2
    ledger.review(drafting.withdrawal(made, "zoe", "a mistake"))
    assert canonical(everything(ledger)) == canonical(before)


def test_a_review_that_cannot_be_is_refused(ledger: Store) -> None:
    document = add(ledger, NOTE)
    other = add(ledger, "Snow fell again.")
    made = drafted(ledger, document, "c1", "accept")
    kept = ledger.review(made)
    for bad, reason in (
        (replace(made, by=" "), "nobody is named"),
        (replace(made, reason=""), "no reason"),
        (replace(made, action="bless"), "no review; give one of"),
        (replace(made, document="beef"), "no document beef"),
        (replace(made, action="withdraw", withdraws="r99"), "no review r99"),
        (replace(drafting.withdrawal(kept, "zoe", "x"), document=other), f"no review {kept.id}"),
    ):
        refused(ledger, partial(ledger.review, bad), reason)


# Merges


def test_actors_that_are_merged_are_one_until_it_is_taken_back(ledger: Store) -> None:
    add(ledger, NOTE, publisher="Agency")
    before = everything(ledger)
    ledger.merge("nuri", "wardak", **BY)
    (one,) = ledger.actors()
    assert (one.key, one.merged) == ("wardak", ("nuri",))
    assert {name.name for name in one.aliases} == {"Nuri", "Wardak"}
    assert ledger.claims(actor="Nuri").count().number == ledger.claims(actor="Wardak").count().number == 2
    assert {group.key for group in ledger.claims(kind="attributed").origins()} == {"named:wardak"}
    ledger.merge("nuri", None, **BY)
    assert canonical(everything(ledger)) == canonical(before)
    assert faults(ledger) == []


def test_merges_may_be_chained_and_turned_round(ledger: Store) -> None:
    add(ledger, "A: one\nB: two\nC: three")
    ledger.merge("a", "b", **BY)
    ledger.merge("b", "c", **BY)
    assert [(each.key, each.merged) for each in ledger.actors()] == [("c", ("a", "b"))]
    refused(ledger, lambda: ledger.merge("c", "a", **BY), "the same already")
    ledger.merge("b", None, **BY)
    assert [(each.key, each.merged) for each in ledger.actors(sort="name")] == [("b", ("a",)), ("c", ())]
    ledger.merge("c", "a", **BY)
    (one,) = ledger.actors()
    assert {one.key, *one.merged} == {"a", "b", "c"}


def test_a_merge_that_cannot_be_is_refused(ledger: Store) -> None:
    add(ledger, NOTE)
    for actor, into, reason in (
        ("nuri", "nobody", "nobody: no such actor"),
        ("nobody", "nuri", "nobody: no such actor"),
        ("nuri", "nuri", "the same already"),
        ("nuri", None, "is not merged"),
    ):
        refused(ledger, partial(ledger.merge, actor, into, **BY), reason)
    refused(ledger, lambda: ledger.merge("nuri", "wardak", by="", reason="x"), "nobody is named")
    refused(ledger, lambda: ledger.merge("nuri", "wardak", by="amy", reason=" "), "no reason")


# Ratings


def test_a_source_has_its_newest_rating_and_all_before_it(ledger: Store) -> None:
    add(ledger, NOTE)
    for reliability in ("C", "B"):
        ledger.rate("named:wardak", reliability, **BY)
    rated = {each.key: each for each in ledger.sources()}
    assert rated["named:wardak"].reliability == "B"
    assert [rating.reliability for rating in rated["named:wardak"].ratings] == ["C", "B"]
    assert rated["named:nuri"].reliability == "F"


def test_a_rating_that_cannot_be_is_refused(ledger: Store) -> None:
    add(ledger, NOTE)
    refused(ledger, lambda: ledger.rate("named:wardak", "G", **BY), "give one of A, B, C, D, E, F")
    refused(ledger, lambda: ledger.rate("named:wardak", "a", **BY), "no reliability")
    refused(ledger, lambda: ledger.rate("named:nobody", "A", **BY), "no such source")
    refused(ledger, lambda: ledger.rate("named:wardak", "A", by="amy", reason=""), "no reason")


# Lifts


def test_camps_are_coarse_until_somebody_says_why_not(ledger: Store) -> None:
    add(ledger, NOTE)
    coarse = canonical(everything(ledger))
    assert b"Zarf" not in coarse
    assert list(ledger.claims(search="zarf")) == list(ledger.claims(place="103")) == []
    ledger.lift(True, **BY)
    assert [each.name for each in ledger.places()] == ["Zarf camp"]
    assert ledger.claims(search="zarf").count().number == 1
    refused(ledger, lambda: ledger.lift(True, **BY), "already")
    ledger.lift(False, **BY)
    assert canonical(everything(ledger)) == coarse
    refused(ledger, lambda: ledger.lift(False, **BY), "already")
    assert faults(ledger) == []


def test_what_is_added_after_a_lift_is_shown_in_full(ledger: Store) -> None:
    add(ledger, "Snow fell.")
    ledger.lift(True, **BY)
    add(ledger, NOTE)
    assert [each.name for each in ledger.places()] == ["Zarf camp"]
    assert faults(ledger) == []


# Redactions


def test_a_redacted_document_leaves_a_tombstone_and_no_word(ledger: Store) -> None:
    gone = add(
        ledger, "Wardak: Quetzalcoatl was seen\nSnow fell.", title="Quetzalcoatl", url="https://q.example"
    )
    kept = add(ledger, NOTE)
    ledger.review(drafted(ledger, gone, "c1", "edit", certainty="possible"))
    raw = ledger.reading(gone).document.raw_sha256
    ledger.redact(gone, by="zoe", reason="a court order")
    shown = everything(ledger)
    (tombstone,) = (each for each in shown["documents"] if each["id"] == gone)
    assert tombstone["redacted"]["reason"] == "a court order"
    assert tombstone["raw_sha256"] == raw
    assert (tombstone["title"], tombstone["url"], tombstone["claims"]) == (None, None, 0)
    assert {each["document"] for each in shown["claims"]} == {kept}
    assert list(ledger.claims(search="quetzalcoatl")) == []
    assert list(ledger.documents(search="quetzalcoatl")) == []
    assert b"uetzalcoatl" not in canonical(shown)
    assert b"uetzalcoatl" not in b"".join(_rows(ledger))
    with ledger.database.reading() as connection, pytest.raises(NotFound):
        ledger.originals.get(connection, raw)
    assert faults(ledger) == []


def _rows(ledger: Store) -> Iterator[bytes]:
    with ledger.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(text(f"SELECT * FROM {table.name}")):  # noqa: S608
                yield from (each if isinstance(each, bytes) else str(each).encode() for each in row)


def test_no_word_of_a_redacted_document_stays_in_the_files(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        for number in range(20):
            add(ledger, f"Snow fell {number} times.")
        gone = add(ledger, "Wardak: Quetzalcoatl was seen by Quetzalcoatls")
        ledger.redact(gone, by="zoe", reason="a court order")
        for path in tmp_path.rglob("*"):
            if path.is_file():
                assert b"uetzalcoatl" not in path.read_bytes(), path
    connection = sqlite3.connect(tmp_path / "marsad.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_what_another_document_has_too_stays_with_that_one(ledger: Store) -> None:
    gone, kept = (add(ledger, NOTE, url=f"https://a.example/{number}") for number in (1, 2))
    ledger.redact(gone, by="zoe", reason="a court order")
    assert ledger.reading(kept).document.text == NOTE
    with ledger.database.reading() as connection:
        raw = ledger.originals.get(connection, ledger.reading(kept).document.raw_sha256)
    assert raw == NOTE.encode()
    assert ledger.claims().count().number == 3
    assert faults(ledger) == []
    ledger.redact(kept, by="zoe", reason="a court order")
    assert NOTE.encode() not in b"".join(_rows(ledger))


def test_the_same_text_can_come_again_from_elsewhere(ledger: Store) -> None:
    """The redaction was of one document; whoever adds another one with the same words decides anew."""
    gone = add(ledger, NOTE, url="https://a.example/1")
    ledger.redact(gone, by="zoe", reason="a court order")
    kept = add(ledger, NOTE, url="https://a.example/2")
    assert ledger.reading(kept).document.text == NOTE
    assert ledger.claims().count().number == 3
    assert faults(ledger) == []


def test_a_tombstone_has_no_voice(ledger: Store) -> None:
    words = " ".join(f"word{number} follows another" for number in range(30))
    gone = put(ledger, words, publisher="First Wire", published=given("2020-01-01"))
    for number, outlet in enumerate(("Agency", "Valley Post"), 2):
        put(ledger, words, publisher=outlet, published=given(f"2020-01-0{number}"))
    assert [group.name for group in ledger.claims().origins()] == ["First Wire"]
    ledger.redact(gone.id, by="zoe", reason="a court order")
    assert [group.name for group in ledger.claims().origins()] == ["Agency"]


def test_a_redacted_document_is_neither_read_nor_reviewed_nor_redacted_again(ledger: Store) -> None:
    document = put(ledger, NOTE)
    made = drafted(ledger, document.id, "c1", "accept")
    ledger.redact(document.id, by="zoe", reason="a court order")
    for decision, reason in (
        (lambda: ledger.put(NOTE.encode(), document, read(document, version="reader@2")), "was redacted"),
        (lambda: ledger.put(NOTE.encode(), document, read(document)), "was redacted"),
        (lambda: ledger.review(made), "no document|redacted"),
        (lambda: ledger.redact(document.id, by="zoe", reason="x"), "redacted already"),
        (lambda: ledger.redact("beef", by="zoe", reason="x"), "no document beef"),
        (lambda: ledger.reading(document.id), "was redacted"),
    ):
        refused(ledger, decision, reason)
    assert ledger.current([document.id]) == {}


def test_a_redaction_reaches_back_in_every_replay(ledger: Store) -> None:
    add(ledger, NOTE)
    gone = add(ledger, "Wardak: Quetzalcoatl was seen")
    moment = next(iter(ledger.documents(document=gone))).recorded_at
    add(ledger, "Snow fell again.")
    ledger.redact(gone, by="zoe", reason="a court order")
    with ledger.as_recorded(moment) as past:
        shown = everything(past)
        assert [each["id"] for each in shown["documents"] if each.get("redacted")] == [gone]
        assert len(shown["documents"]) == 2
        assert b"uetzalcoatl" not in b"".join(_rows(past))
