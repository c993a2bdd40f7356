"""Agreements and contradictions at a date are those of a ledger that never held later documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assessment.agreement import agreements
from marsad.assessment.agreement import listed as listed_agreement
from marsad.assessment.contradiction import contradictions
from marsad.assessment.contradiction import listed as listed_contradiction
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store

from ..watched import counted, ledger_of, report, said

RAID = "fighters of the Red Sand Front raided the salt depot at Karoum"
REPORTS = [
    report("Harbour Post", "2024-03-01", said(RAID, by="Dara Nour"), said("The Red Sand Front grows.", by="Dara Nour", up="strength")),
    report("Lake Radio", "2024-03-02", said("The Red Sand Front had raided a salt depot in Karoum.", by="River Panel")),
    report("Hill News", "2024-03-03", said("The Red Sand Front is weak.", by="Ilan Voss", down="strength"), said(RAID, by="Ilan Voss")),
    report("Odan Times", "2024-03-04", said("The Red Sand Front has 900 to 950 men in Karoum.", by="Ilan Voss", figure=counted(900, 950))),
    report("Harbour Post", "2024-03-05", said("The Red Sand Front has 300 to 350 men in Karoum.", by="Dara Nour", figure=counted(300, 350))),
    report("Lake Radio", "2024-03-06", said(RAID, by="Dara Nour")),
]  # fmt: skip


def assessed(ledger: Store, as_known: str | None = None) -> list[Any]:
    found = ledger.gather([Query.of("claims", as_known=as_known)], [Query.of("incidents", as_known=as_known)])
    listed = [
        *map(listed_agreement, agreements(found)),
        *map(listed_contradiction, contradictions(found)),
    ]
    return [_unstamped(each) for each in listed]


def _unstamped(value: Any) -> Any:
    """Without the moment of recording, which is that of the test."""
    if isinstance(value, dict):
        return {name: _unstamped(each) for name, each in value.items() if name != "recorded_at"}
    return [_unstamped(each) for each in value] if isinstance(value, list) else value


def test_what_was_known_then_is_what_an_earlier_ledger_shows(tmp_path: Path) -> None:
    with Store.open(tmp_path / "all", create=True) as ledger:
        ledger_of(ledger, *REPORTS)
        assert len(assessed(ledger)) >= 3
        for day in range(1, 7):
            with Store.open(tmp_path / f"until {day}", create=True) as earlier:
                ledger_of(earlier, *REPORTS[:day])
                assert assessed(ledger, f"2024-03-0{day}") == assessed(earlier), day


@settings(max_examples=6)
@given(st.permutations(range(len(REPORTS))))
def test_the_order_in_which_documents_were_added_changes_nothing(
    tmp_path_factory: Any,
    order: list[int],
) -> None:
    folder = tmp_path_factory.mktemp("order")
    with Store.open(folder / "a", create=True) as one, Store.open(folder / "b", create=True) as other:
        ledger_of(one, *REPORTS)
        ledger_of(other, *(REPORTS[at] for at in order))
        assert assessed(one) == assessed(other)
