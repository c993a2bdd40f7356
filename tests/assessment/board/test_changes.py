"""What changed since a day, and the alerts that are made of it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from marsad.assessment.alerts import Alert, alerts, feed
from marsad.assessment.board import Board, Change, board
from marsad.ledger.store import Store
from marsad.records.reading import Document, Reading

from ...ledger.drawing import opened
from ..watched import GROUP, WATCH, counted, ledger_of, report, said

ATOM = "{http://www.w3.org/2005/Atom}"


def growing(day: str, by: str = "Dara Nour") -> tuple[Document, Reading]:
    return report("Post", day, said(f"The {GROUP} is growing in the hills.", by=by, up="strength"))


def fading(day: str, by: str = "Ilan Voss") -> tuple[Document, Reading]:
    return report("Herald", day, said(f"The {GROUP} is fading away.", by=by, down="strength"))


def men(day: str, low: float, high: float, as_of: str, by: str = "River Panel") -> tuple[Document, Reading]:
    words = f"The {GROUP} has {low} to {high} men in Karoum, counted for {as_of}."
    url = f"https://post.example/{day}"
    return report("Post", day, said(words, by=by, figure=counted(low, high, as_of=as_of)), url=url)


@pytest.fixture
def ledger(tmp_path: Path) -> Store:
    """Growing in January, contested in March; a panel's estimates of every month."""
    return ledger_of(
        opened(tmp_path / "workspace"),
        growing("2024-01-10"),
        fading("2024-03-05"),
        men("2024-01-20", 900, 1200, "2024-01"),
        men("2024-02-20", 1000, 1100, "2024-02", by="Dara Nour"),
        men("2024-04-20", 100, 200, "2024-04"),
    )


def changed(ledger: Store, since: str, as_known: str | None = None) -> Board:
    return board(ledger, WATCH, since=since, as_known=as_known)


def kinds(found: Board) -> list[str]:
    return [change.kind for change in found.changes]


def only(found: Board, kind: str) -> Change:
    (change,) = [change for change in found.changes if change.kind == kind]
    return change


def test_an_indicator_has_moved_on_the_day_that_something_new_said_so(ledger: Store) -> None:
    change = only(changed(ledger, "2024-02-01", "2024-03-31"), "moved")
    assert change.known == "2024-03-05"
    assert change.words.startswith("Strength: up before, contested now. Since 2023-10-04, ")
    assert change.records


def test_what_was_there_is_no_change(ledger: Store) -> None:
    assert kinds(changed(ledger, "2024-03-05", "2024-03-31")) == []


def test_a_window_that_goes_on_is_no_movement(tmp_path: Path) -> None:
    quiet = report("Wire", "2024-12-01", said("The mill burned."))
    ledger = ledger_of(opened(tmp_path / "workspace"), growing("2024-01-10"), quiet)
    assert kinds(changed(ledger, "2024-02-01")) == []


def test_a_figure_outside_the_last_range_is_told_from_one_inside(ledger: Store) -> None:
    inside = only(changed(ledger, "2024-02-01", "2024-02-28"), "figure")
    assert "1,000 to 1,100" in inside.words
    outside = only(changed(ledger, "2024-03-31"), "outside_range")
    assert "100 to 200" in outside.words
    assert "outside the last range" in outside.words
    assert len(outside.records) >= 2


def test_the_first_evidence_of_an_indicator_is_told(tmp_path: Path) -> None:
    first = report("Wire", "2024-03-01", said(f"The {GROUP} lives on a levy.", by="Dara Nour"))
    ledger = ledger_of(opened(tmp_path / "workspace"), growing("2024-01-10"), first)
    assert (
        only(changed(ledger, "2024-02-01"), "first_evidence").words
        == "Finance: the first evidence, Dara Nour."
    )


def test_a_new_version_of_a_report_is_a_correction(tmp_path: Path) -> None:
    url = "https://post.example/mill"
    old = report("Post", "2024-01-10", said(f"The {GROUP} grows.", up="strength"), url=url, title="The mill")
    new = report(
        "Post", "2024-03-01", said(f"The {GROUP} may grow.", up="strength"), url=url, title="The mill",
        corrections=("An earlier version left out the doubt.",),
    )  # fmt: skip
    ledger = ledger_of(opened(tmp_path / "workspace"), old, new)
    words = only(changed(ledger, "2024-02-01"), "correction").words
    assert words == "Post corrected “The mill”: An earlier version left out the doubt."


# Alerts


def by_kind(found: Board) -> dict[str, Alert]:
    return {alert.kind: alert for alert in alerts(found)}


def test_alerts_are_the_changes_that_one_wants_to_be_called_for(ledger: Store) -> None:
    found = changed(ledger, "2024-02-01")
    assert {"moved", "outside_range"} <= by_kind(found).keys()
    assert "figure" not in by_kind(found)
    assert by_kind(found)["outside_range"].urls[0].startswith("https://post.example/")


@pytest.mark.parametrize("since", ["2024-01-15", "2024-02-01", "2024-03-01", "2024-03-04"])
def test_an_alert_is_the_same_from_whatever_day_it_is_asked_for(ledger: Store, since: str) -> None:
    first = by_kind(changed(ledger, "2024-02-01", "2024-03-31"))["moved"]
    assert by_kind(changed(ledger, since, "2024-03-31"))["moved"].id == first.id


def test_the_feed_is_atom_with_each_alert_once(ledger: Store) -> None:
    found = changed(ledger, "2024-02-01")
    written = feed(found)
    parsed = feedparser.parse(written)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [entry.id for entry in parsed.entries] == [alert.id for alert in alerts(found)]
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) > 1
    assert feed(found) == written


def test_every_element_that_the_standard_requires_is_there_once(ledger: Store) -> None:
    root = ET.fromstring(feed(changed(ledger, "2024-02-01")))  # noqa: S314 - written by ourselves
    for each in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, name
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert all(entry.find(f"{ATOM}content") is not None for entry in root.findall(f"{ATOM}entry"))
    assert {each.text[:9] for each in root.iter(f"{ATOM}id") if each.text} == {"urn:uuid:"}


def test_a_feed_without_alerts_is_a_feed(ledger: Store) -> None:
    parsed = feedparser.parse(feed(changed(ledger, "2024-03-05", "2024-03-31")))
    assert not parsed.bozo
    assert (parsed.entries, parsed.feed.updated) == ([], "2024-03-31T00:00:00Z")


def test_what_xml_cannot_hold_does_not_break_the_feed(tmp_path: Path) -> None:
    odd = report("Po\x0bst \ufffe <b>&", "2024-03-01", said(f"The {GROUP} is fading.", down="strength"))
    ledger = ledger_of(opened(tmp_path / "workspace"), growing("2024-01-10"), odd)
    parsed = feedparser.parse(feed(changed(ledger, "2024-02-01")))
    assert not parsed.bozo
    assert parsed.entries
