"""The series of a day are those of a ledger without later documents, whatever the order of reading."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from marsad.assessment.series import listed, ratings, series
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.reading import Document
from tests.ledger.drawing import CHAIN, DAYS, document, opened
from tests.ledger.making import canonical, timeless

from .counting import put

SAID = [
    "Agency: the Reed Front has 300 fighters in Karoum",
    "WF: the Reed Front has 500 fighters in Karoum",
    "Agency: the Reed Front has 300 fighters",
    "300 fighters remain",
    "Oda: at least 300 fighters fled in 2019,",
    "WF: they killed 7 people in Karoum in 2019,",
    "Agency: they killed 40 people in Odaland",
    "Mrs Huda: 40 people are in Zarf camp",
    CHAIN[0] + "\nAgency: the Reed Front has 900 fighters in Odaland",
    CHAIN[1] + "\nOda: the Reed Front has 900 fighters in Odaland",
]
DOCUMENTS = st.lists(
    st.builds(
        document,
        st.lists(st.sampled_from(SAID), min_size=1, max_size=3, unique=True).map("\n".join),
        st.none(),
        st.sampled_from(["Agency", "Valley Post"]),
        st.sampled_from(DAYS[1:5]),
        st.just(True),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda each: each.id,
)


def shown(ledger: Store, day: str | None = None) -> bytes:
    gathered = ledger.gather([Query.of("claims", as_known=day)])
    return canonical(timeless([listed(each) for each in series(gathered, ratings(ledger))]))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@for_any(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_series_of_a_day_are_those_of_a_ledger_without_later_documents(
    documents: list[Document], random: Random
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder, "full")) as full,
        opened(Path(folder, "part")) as part,
    ):
        for each in random.sample(documents, len(documents)):
            put(full, each)
        for day in sorted({each.published.latest or "" for each in documents}):
            for each in documents:
                if each.published.latest == day:
                    put(part, each)
            assert shown(full, day) == shown(part), day


def test_a_private_person_and_a_camp_are_masked_in_a_series(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as ledger:
        put(ledger, document(SAID[7], None, "Agency", DAYS[1], is_published=True))
        said = shown(ledger).decode()
    (only,) = msgspec.json.decode(said)
    assert "Huda" not in said
    assert "Zarf" not in said
    assert only["title"] == "people displaced in ████ camp"


def test_what_the_user_thinks_of_a_source_chooses_the_range(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as ledger:
        for words in SAID[:2]:
            put(ledger, document(words, None, "Valley Post", DAYS[1], is_published=True))
        ledger.rate("named:agency", "B", by="an analyst", reason="counts itself")
        found = series(ledger.gather([Query.of("claims")]), ratings(ledger))
    (current,) = (each.current for each in found)
    assert current
    assert (current.low, current.rule, [each.low for each in current.dissent]) == (
        300,
        "source_hierarchy",
        [500],
    )
