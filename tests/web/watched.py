"""A ledger with a watch of its own: an invented group, and three reports that do not agree."""

from __future__ import annotations

from pathlib import Path

from marsad.ledger.store import Store

from ..assessment.watched import GROUP, counted, ledger_of, report, said

HOSTILE = "<script>alert(1)</script>"  # in the title of a watch, and the name of an outlet
WATCH = f"""
name = "red-sand"
title = "The Red Sand Front {HOSTILE}"
subjects = ["{GROUP}"]
countries = ["SY"]

[[indicators]]
name = "strength"
title = "Strength"
themes = ["strength"]
measures = ["strength."]

[[indicators]]
name = "finance"
title = "Finance"
words = ["levy"]
"""


def watched(where: Path) -> Store:
    """Up, then down, with two numbers; nothing is said of finance."""
    ledger = Store.open(where, create=True, command="test")
    growing = f"The {GROUP} is growing again in Karoum."
    fading = f"The {GROUP} is weaker than ever, and nobody joins it in Karoum."
    few = f"The {GROUP} has 300 men in Karoum."
    many = f"The {GROUP} has 900 men in Karoum."
    ledger_of(
        ledger,
        report(
            "Harbour Post",
            "2024-01-05",
            said(growing, by="Dara Nour", up="strength"),
            said(few, by="Dara Nour", figure=counted(300, 300, as_of="2024-01-01")),
        ),
        report(
            f"Hill Wire {HOSTILE}",
            "2024-03-05",
            said(fading, by="Ilan Voss", down="strength"),
            said(many, by="Ilan Voss", figure=counted(900, 900, as_of="2024-01-01")),
        ),
    )
    (where / "watches").mkdir()
    (where / "watches" / "red-sand.toml").write_text(WATCH, "utf-8")
    return ledger
