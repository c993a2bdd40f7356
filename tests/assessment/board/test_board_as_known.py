"""The board of a day is what a ledger that never held the later documents shows, in whatever order they came."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from marsad.assessment.alerts import feed
from marsad.assessment.board import board
from marsad.ledger.store import Store
from marsad.records.reading import Document, Reading

from ...ledger.drawing import opened
from ...ledger.making import canonical, timeless
from ..watched import GROUP, OTHER, WATCH, Said, counted, ledger_of, report, said

DAYS = ("2023-11-05", "2024-01-10", "2024-02-20", "2024-03-05", "2024-03-31")
SENTENCES = (
    said(f"The {GROUP} is growing in the hills.", up="strength"),
    said(f"The {GROUP} is growing in the hills.", by="Dara Nour", up="strength"),
    said(f"The {GROUP} is fading away.", by="Ilan Voss", down="strength"),
    said(f"The {GROUP} grows in Odaland.", up="strength"),
    said(
        f"The {GROUP} has 900 to 1,200 men in Karoum.",
        by="River Panel",
        figure=counted(900, 1200, as_of="2024-01"),
    ),
    said(
        f"The {GROUP} has 300 to 400 men in Karoum.",
        by="River Panel",
        figure=counted(300, 400, as_of="2024-02"),
    ),
    said(f"Men of the {GROUP} attacked a mill in Karoum.", doer=GROUP),
    said(f"The {OTHER} has retaken Karoum from the {GROUP}.", up="territory"),
    said(f"The {GROUP} lives on a levy.", by="a trader", steady="finance"),
    said("The mill burned."),
)
REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["Post", "Herald", "Wire"]),
        st.sampled_from(DAYS),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True),
        st.sampled_from([None, "https://a.example/1"]),
    ),
    min_size=1,
    max_size=7,
    # a document is its text and its address, else its publisher: told again, it has its newest day alone
    unique_by=lambda drawn: (drawn[3] or drawn[0], tuple(drawn[2])),
)


def made(drawn: tuple[str, str, list[Said], str | None]) -> tuple[Document, Reading]:
    publisher, day, sentences, url = drawn
    return report(publisher, day, *sentences, url=url)


def shown(ledger: Store, day: str, since: str | None) -> Any:
    found = board(ledger, WATCH, as_known=day, since=since)
    return timeless(found.listed()) | {"feed": feed(found).decode()}


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@for_any(st.data())
def test_a_board_is_that_of_a_ledger_without_later_documents(data: st.DataObject) -> None:
    drawn = data.draw(REPORTS)
    random = Random(data.draw(st.integers(0, 2**16)))  # noqa: S311 - an order
    reports = [(each[1], made(each)) for each in drawn]
    with tempfile.TemporaryDirectory() as folder:
        full = ledger_of(opened(Path(folder, "full")), *_in_any_order([each for _, each in reports], random))
        for day, before in ((DAYS[1], None), (DAYS[2], DAYS[0]), (DAYS[3], DAYS[1])):
            part = opened(Path(folder, f"until-{day}"))
            kept = [each for known, each in reports if known <= day]
            ledger_of(part, *_in_any_order(kept, random))
            assert canonical(shown(full, day, before)) == canonical(shown(part, day, before)), day
            part.close()
        full.close()


def _in_any_order(
    reports: Sequence[tuple[Document, Reading]], random: Random
) -> list[tuple[Document, Reading]]:
    return random.sample(reports, len(reports))
