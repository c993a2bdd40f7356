"""Ledgers for the pages of series, contradictions, agreements, timeline and map: invented reports, read by hand."""

from __future__ import annotations

from pathlib import Path

from marsad.ledger.store import Store

from ..assessment.watched import counted, ledger_of, report, said
from ..ledger import making

NASTY = '<script>alert("x")</script>'


def ledger(where: Path, *, nasty: str = "") -> Store:
    """Two groups of numbers on two bases, a rise against a fall, an agreement, two attacks and a camp."""
    reports = (
        report(
            "Harbour Post",
            "2024-01-10",
            said("Red Sand Front has 900 fighters in Karoum.", by="Dara Nour", up="strength",
                 figure=counted(900, 1200, as_of="2024-01"), true_of="2024-01"),
            said("Red Sand Front shelled the market in Karoum.", doer="Red Sand Front"),
        ),
        report(
            "Steppe Wire",
            "2024-02-01",
            said("Red Sand Front has 1,500 fighters in Karoum.", by="Ilan Voss", down="strength",
                 figure=counted(1500, None, as_of="[2024-01-05..2024-02-20]"), true_of="2024-01"),
            said("Red Sand Front has 300 fighters in Odaland.",
                 figure=counted(300, 300, best=300, as_of="2024-01~"), true_of="2024-01~"),
        ),
        report(
            "Valley Letter",
            "2024-03-01",
            said("Red Sand Front has 900 fighters in Karoum.", by="River Panel",
                 figure=counted(900, 1200, as_of="2024-01"), true_of="2024-01"),
            genre="opinion",
            title=nasty or "Of the valley",
        ),
    )  # fmt: skip
    store = ledger_of(Store.open(where, create=True, command="test"), *reports)
    text = f"Mayor{nasty}: Zarf camp in Karoum killed 7 people\nMayor{nasty}: Odaland and Nowhere had food in 2019, no men\n"
    document = making.frozen(
        text, title="Of the camp", publisher="Steppe Wire", published=making.given("2024-03-05")
    )
    store.put(text.encode(), document, making.read_all(document))
    return store
