"""`marsad watch` on the command line: boards, alerts, new watches, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from marsad.ledger.store import Store

from ..assessment.watched import GROUP, OTHER, counted, ledger_of, report, said
from .conftest import Run


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A workspace with what four reports say of the Red Sand Front."""
    panel = said(
        f"The {GROUP} has 900 to 1,200 men in Karoum.",
        by="River Panel",
        figure=counted(900, 1200, as_of="2024-01"),
    )
    fewer = said(
        f"The {GROUP} has 100 to 200 men in Karoum.",
        by="Dara Nour",
        figure=counted(100, 200, as_of="2024-03"),
    )
    with Store.open(tmp_path, create=True) as store:
        ledger_of(
            store,
            report("Post", "2024-01-10", said(f"The {GROUP} is growing in the hills.", up="strength"), panel),
            report(
                "Herald", "2024-03-05", said(f"The {GROUP} is fading away.", by="Ilan Voss", down="strength")
            ),
            report("Wire", "2024-03-20", fewer),
            report(
                "Wire",
                "2024-03-25",
                said(f"The {OTHER} has retaken Karoum from the {GROUP}.\x1b[31m", up="territory"),
            ),
        )
    return tmp_path


@pytest.fixture
def watched(ledger: Path, marsad: Run) -> Run:
    marsad("watch", "new", "red-sand", "--subject", GROUP, "--country", "SY")
    return marsad


def test_a_place_that_nothing_names_is_told(ledger: Path, marsad: Run) -> None:
    marsad("watch", "new", "sand", "--subject", GROUP, "--place", "Karoum", "--place", "Nowhereville")
    out, _ = marsad("watch", "sand")
    assert "Nowhereville: no claim about the subject names this place" in out
    assert "Karoum: no claim" not in out


def ids(ledger: Path) -> set[str]:
    with Store.open(ledger) as store:
        return {found.id for found in store.claims()} | {found.id for found in store.figures()}


def test_the_board_says_what_moves_is_contested_and_unknown(watched: Run) -> None:
    out, _ = watched("watch", "red-sand", "--as-known", "2024-03-31")
    lines = out.splitlines()
    assert lines[0].strip() == f"{GROUP} in SY"
    strength = next(line for line in lines if line.startswith("Strength"))
    assert "⇅ contested" in strength
    assert "100 to 200" in out
    assert "NOT KNOWN" in out
    assert "Finance: No evidence: no claim about the subject tells of it." in out
    assert "\x1b" not in out
    assert max(map(len, lines)) <= 100


def test_every_line_leads_to_its_words(watched: Run, ledger: Path) -> None:
    out, _ = watched("watch", "red-sand", "--as-known", "2024-03-31")
    shown = {word for line in out.splitlines() for word in line.split()[-1:] if len(word) == 8}
    starts = {each[:8] for each in ids(ledger)}
    led = shown & starts
    assert len(led) >= 4
    for each in led:
        assert each in watched("trace", each)[0]


def test_since_begins_with_what_changed(watched: Run) -> None:
    out, _ = watched("watch", "red-sand", "--since", "2024-02-01")
    assert "CHANGED SINCE 2024-02-01" in out
    assert "Strength: up before, contested now." in " ".join(out.split())


def test_json_holds_the_ids_of_all_records(watched: Run, ledger: Path) -> None:
    out, _ = watched("watch", "red-sand", "--since", "2024-02-01", "--format", "json")
    board = json.loads(out)
    assert [each["indicator"] for each in board["indicators"]][:2] == ["strength", "finance"]
    strength = board["indicators"][0]
    named = [*strength["claims"], *(each["figure"]["id"] for s in strength["series"] for each in s["points"])]
    assert set(named) <= ids(ledger)
    assert {"movement", "reason", "gap", "origins", "voices", "contradictions", "changes"} <= strength.keys()


def test_alerts_for_a_cron_job(watched: Run) -> None:
    out, _ = watched("watch", "red-sand", "--since", "2024-02-01", "--alerts", "--format", "json")
    alerts = json.loads(out)
    assert {"moved", "outside_range"} <= {alert["kind"] for alert in alerts}
    again, _ = watched("watch", "red-sand", "--since", "2024-02-01", "--alerts", "--format", "json")
    assert again == out
    assert "Strength: moved" in watched("watch", "red-sand", "--since", "2024-02-01", "--alerts")[0]


def test_no_alerts_is_no_failure(watched: Run) -> None:
    asked = ("watch", "red-sand", "--as-known", "2024-03-31", "--since", "2024-03-30")
    assert watched(*asked, "--alerts")[0] == "No alerts since 2024-03-30.\n"
    assert json.loads(watched(*asked, "--alerts", "--format", "json")[0]) == []
    assert not feedparser.parse(watched(*asked, "--format", "atom")[0]).entries


def test_a_feed_for_a_reader(watched: Run) -> None:
    out, _ = watched("watch", "red-sand", "--since", "2024-02-01", "--format", "atom")
    parsed = feedparser.parse(out)
    assert not parsed.bozo
    assert "Strength: moved" in [entry.title for entry in parsed.entries]


def test_a_path_is_a_watch_too(watched: Run, ledger: Path) -> None:
    path = ledger / "watches" / "red-sand.toml"
    assert watched("watch", str(path))[0] == watched("watch", "red-sand")[0]


def test_watches_are_listed(watched: Run, ledger: Path) -> None:
    (ledger / "watches" / "broken.toml").write_text("name = 5")
    path = ledger / "watches" / "odd.toml"
    path.write_text(
        (ledger / "watches" / "red-sand.toml").read_text().replace("title =", 'title = "\\u001b[31m" #', 1)
    )
    out, _ = watched("watch", "list")
    assert f"red-sand: {GROUP} in SY (" in out
    assert "isis: ISIS in Syria and Iraq (ships with Marsad)" in out
    assert "broken: cannot be read: " in out
    assert "\x1b" not in out


def test_a_watch_is_made_in_a_workspace_alone(tmp_path: Path, marsad: Run) -> None:
    assert "no workspace here" in marsad("watch", "new", "mine", code=4)[1]
    assert not list(tmp_path.iterdir())


def test_a_subject_that_nobody_names_has_gaps_alone(ledger: Path, marsad: Run) -> None:
    out, _ = marsad("watch", "isis")
    assert "0 claims of 0 independent origins" in out
    assert "No claim is about ISIS: see marsad actors for the names." in out


@pytest.mark.parametrize(
    ("arguments", "said_"),
    [
        (("nobody",), "'nobody': no such watch; there are isis"),
        (("isis", "--alerts"), "give --since too"),
        (("isis", "--format", "atom"), "give --since too"),
        (("isis", "--since", "2030"), "since 2030-12-31: the board stands at"),
        (("isis", "--as-known", "yesterday"), "no EDTF date"),
        (("isis", "--since", "2024-13"), "no EDTF date"),
        (("new", "../up"), "is no name of a watch"),
        (("new", "x", "--country", "XX"), "is no country"),
        (("isis", "--no-such"), "No such option"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    ledger: Path, marsad: Run, arguments: tuple[str, ...], said_: str
) -> None:
    assert said_ in marsad("watch", *arguments, code=2)[1]


def test_the_help_of_the_group_and_of_the_board(marsad: Run) -> None:
    assert "Print the board of a watch" in marsad("watch", "--help")[0]
    assert "--as-known" in marsad("watch", "isis", "--help")[0]
