"""How credible a claim is: a person's judgement, kept with the claim and shown with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from marsad.errors import BadInput, NotFound
from marsad.ledger.asking.found import Found
from marsad.ledger.reviewing import judging, reviews
from marsad.ledger.store import Store
from marsad.ledger.tracing.changes import changes
from marsad.ledger.tracing.trace import trace
from marsad.records.reading import Claim, Document

from .making import canonical, everything, faults, frozen, read_all

NOTE = "Wardak: the group has 300 men\nNuri: they fled to Zarf camp\nMrs Huda fled with 40 people"
BY = {"by": "amy", "reason": "two others say so"}


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def add(ledger: Store, words: str = NOTE, version: str = "reader@1") -> Document:
    document = frozen(words)
    ledger.put(words.encode(), document, read_all(document, version=version))
    return document


def claim(ledger: Store, words: str) -> Found[Claim]:
    (found,) = (each for each in ledger.claims() if words in each.record.text)
    return found


def said(ledger: Store, words: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = claim(ledger, words).listed()["credibility"]
    return found


def judge(ledger: Store, words: str, value: int, **by: str) -> str:
    return judging.credible(ledger, claim(ledger, words).id, value, **(BY | by)).told.review.id


def test_nobody_has_judged_a_claim_at_first(ledger: Store) -> None:
    add(ledger)
    assert all(each.listed()["credibility"] is None for each in ledger.claims())
    assert ledger.claims(credibility="1..6").count().number == 0


def test_a_judgement_is_shown_with_the_claim_and_changes_nothing_else(ledger: Store) -> None:
    add(ledger)
    before = claim(ledger, "300").listed()
    judge(ledger, "300", 2)
    after = claim(ledger, "300").listed()
    shown = after.pop("credibility")
    assert shown.pop("recorded_at") > before["recorded_at"]
    assert shown == {"value": 2, **BY}
    assert before | after == before
    assert said(ledger, "fled to") is None
    assert faults(ledger) == []


def test_claims_are_found_by_it(ledger: Store) -> None:
    add(ledger)
    judge(ledger, "300", 2)
    judge(ledger, "40 people", 5)
    assert [each.record.text for each in ledger.claims(credibility="..3")] == ["the group has 300 men"]
    assert ledger.claims(credibility=("2", "5")).count().number == 2
    highest = next(iter(ledger.claims(sort="credibility", descending=True)))
    assert highest.record.text.endswith("people")


def test_the_latest_counts_until_it_is_withdrawn(ledger: Store) -> None:
    add(ledger)
    shown = everything(ledger)
    first = judge(ledger, "300", 2)
    second = judge(ledger, "300", 4, by="bo", reason="one of them took it back")
    assert (said(ledger, "300") or {})["value"] == 4
    states = {each.review: (each.state, each.fields) for each in reviews.listed(ledger)}
    assert states[first] == ("superseded", {"credibility": {"before": None, "after": 2}})
    assert states[second] == ("applied", {"credibility": {"before": 2, "after": 4}})
    judging.withdrawn(ledger, second, by="bo", reason="a mistake")
    assert (said(ledger, "300") or {})["by"] == "amy"
    judging.withdrawn(ledger, first, by="amy", reason="a mistake")
    assert canonical(everything(ledger)) == canonical(shown)
    assert faults(ledger) == []


def test_it_stays_in_a_new_reading_and_beside_other_reviews(ledger: Store) -> None:
    add(ledger)
    judge(ledger, "300", 3)
    judging.of_record(ledger, claim(ledger, "300").id, "edit", {"certainty": "probable"}, **BY)
    assert (said(ledger, "300") or {})["value"] == 3
    assert claim(ledger, "300").review == "edited"
    document = add(ledger, version="reader@2")
    assert (said(ledger, "300") or {})["value"] == 3
    newer = read_all(document, version="reader@3")
    moved = replace(newer.claims[0], spans=((8, 24),), text=NOTE[8:24])  # the reader sees fewer words now
    newer = replace(newer, claims=(moved, *newer.claims[1:]), figures=newer.figures[1:])
    ledger.put(NOTE.encode(), document, newer)
    assert {each.state for each in reviews.listed(ledger)} == {"applied"}
    assert faults(ledger) == []


def test_a_claim_that_is_gone_takes_it_along_and_back(ledger: Store) -> None:
    add(ledger)
    judge(ledger, "300", 3)
    done = judging.of_record(ledger, claim(ledger, "300").id, "reject", {}, **BY)
    (judged, _) = reviews.listed(ledger)
    assert (judged.state, judged.why) == ("orphaned", "its claim is not listed now")
    judging.withdrawn(ledger, done.told.review.id, **BY)
    assert (said(ledger, "300") or {})["value"] == 3
    assert faults(ledger) == []


def test_the_ledger_as_it_stood_has_what_was_judged_then(ledger: Store) -> None:
    add(ledger)
    judge(ledger, "300", 2)
    moment = (said(ledger, "300") or {})["recorded_at"]
    judge(ledger, "300", 6)
    with ledger.as_recorded(moment) as past:
        assert (said(past, "300") or {})["value"] == 2


def test_the_reason_gives_no_private_name_away(ledger: Store) -> None:
    add(ledger)
    judge(ledger, "40 people", 2, reason="her neighbours say so of Huda")
    assert "Huda" not in (said(ledger, "40 people") or {})["reason"]
    assert "neighbours" in (said(ledger, "40 people") or {})["reason"]
    assert b"Huda" not in canonical([each.listed() for each in reviews.listed(ledger)])


def test_a_trace_and_the_log_tell_it(ledger: Store) -> None:
    add(ledger)
    name = judge(ledger, "300", 2)
    told = [item.words for item in trace(ledger, claim(ledger, "300").id).items.values()]
    assert any(each.startswith(f"review {name} judge claim: credibility: 2 (applied") for each in told)
    last = list(changes(ledger))[-1].listed()
    assert last["detail"]["action"] == "judge"
    assert last["detail"]["fields"] == {"credibility": {"before": None, "after": 2}}
    assert last["by"] == "amy"


@pytest.mark.parametrize("value", [0, 7, -1])
def test_there_are_six_of_them(ledger: Store, value: int) -> None:
    add(ledger)
    with pytest.raises(BadInput, match=f"{value}: no credibility; give one of 1 confirmed"):
        judge(ledger, "300", value)
    assert list(reviews.listed(ledger)) == []


def test_only_a_claim_has_one(ledger: Store) -> None:
    add(ledger)
    figure = next(iter(ledger.figures()))
    with pytest.raises(BadInput, match="is a figure; only a claim has a credibility"):
        judging.credible(ledger, figure.id, 2, **BY)
    with pytest.raises(NotFound):
        judging.credible(ledger, "0" * 32, 2, **BY)
