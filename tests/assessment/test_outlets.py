"""Series, agreements and contradictions of forty-one invented reports by five outlets, against their writer's key.

What is shown must be so: a false alarm costs trust, and what is put together must belong together. Much that a
careful reader finds is missed or left apart, most often because the reader of texts found no actor, no place or
no day, or because the words differ altogether. All of it is asked of one ledger, since to read the reports takes
longer than to judge them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from marsad import ingest
from marsad.assessment.agreement import Agreement, agreements
from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.assessment.series import Point, Series, series
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.reading import Claim
from marsad.records.spans import overlaps

OUTLETS = Path(__file__).with_name("outlets.jsonl")
KEY: dict[str, Any] = json.loads(OUTLETS.with_name("outlets_key.json").read_text("utf-8"))
TEXTS = [json.loads(line)["text"] for line in OUTLETS.read_text("utf-8").splitlines()]
LINES = {hashlib.sha256(text.encode()).hexdigest(): line for line, text in enumerate(TEXTS, 1)}
LEAST = 0.3  # share of characters in common from which a claim is that of the key
Label = dict[str, Any]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The ledger of the reports."""
    with Store.open(tmp_path_factory.mktemp("outlets") / "workspace", create=True) as made:
        assert len(list(ingest.add(made, [str(OUTLETS)]))) == len(TEXTS)
        yield made


# Series


class Met(NamedTuple):
    series: Series
    point: Point


@pytest.fixture(scope="module")
def found(ledger: Store) -> dict[str, Met]:
    """The figures of the key, by their ids, where the reader found them."""
    several = series(ledger.gather([Query.of("claims")]))
    told = [
        (LINES[figure.found_in.document.text_sha256], figure.record.spans, Met(each, point))
        for each in several
        for point in each.points
        for figure in (point.figure, *point.echoes)
    ]
    return {
        label["id"]: met
        for label in KEY["figures"]
        for number, spans, met in told
        if number == label["line"] and any(overlaps(span, tuple(label["span"])) for span in spans)
    }


def pairs(
    found: dict[str, Met], wanted: Callable[[Label], str], given: Callable[[Met], str]
) -> tuple[float, float]:
    """Precision and recall of pairs of figures that are together; recall over those that were found."""
    right = together = asked = 0
    for a, b in combinations([label for label in KEY["figures"] if label["id"] in found], 2):
        is_wanted, is_given = wanted(a) == wanted(b), given(found[a["id"]]) == given(found[b["id"]])
        right, together, asked = right + (is_wanted and is_given), together + is_given, asked + is_wanted
    return right / together, right / asked


def estimate(label: Label) -> str:
    """The first figure that is the same estimate."""
    by_id = {each["id"]: each for each in KEY["figures"]}
    while label["same_as"]:
        label = by_id[label["same_as"]]
    return str(label["id"])


def test_what_stands_in_one_series_belongs_together(found: dict[str, Met]) -> None:
    precision, recall = pairs(found, lambda label: str(label["series"]), lambda met: met.series.id)
    assert precision > 0.97
    assert recall > 0.4


def test_what_is_one_point_is_one_estimate(found: dict[str, Met]) -> None:
    precision, recall = pairs(found, estimate, lambda met: met.point.figure.id)
    assert precision > 0.97
    assert recall > 0.35


def test_the_wire_and_its_copies_are_one_point(found: dict[str, Met]) -> None:
    twelve = [
        found[label["id"]]
        for label in KEY["figures"]
        if label["label"] == "t12" and label["line"] in range(6, 11)
    ]
    assert len(twelve) == 5
    assert len({met.point.figure.id for met in twelve}) == 1


def test_the_plan_for_more_troops_is_in_no_range_of_fighters(found: dict[str, Met]) -> None:
    for label in KEY["figures"]:
        if label["status"] in ("planned", "demanded") and label["id"] in found:
            met = found[label["id"]]
            current = met.series.current
            is_observed = met.point.figure.record.status in ("observed", "estimated")
            assert is_observed or current is None or met.point not in current.points


# Agreements and contradictions


@dataclass(frozen=True)
class Assessed:
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]
    labels: dict[str, set[str]]  # of a claim of the ledger: the claims of the key that it is


@pytest.fixture(scope="module")
def assessed(ledger: Store) -> Assessed:
    found = ledger.gather([Query.of("claims")], [Query.of("incidents")], vectors=True)
    return Assessed(agreements(found), contradictions(found), _labels(found.claims))


def _labels(claims: Iterable[Found[Claim]]) -> dict[str, set[str]]:
    of: defaultdict[int, list[Found[Claim]]] = defaultdict(list)
    for found in claims:
        of[LINES[found.found_in.document.text_sha256]].append(found)
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for label in KEY["claims"]:
        best = max(of[label["line"]], key=lambda found: _overlap(found, label["span"]))
        if _overlap(best, label["span"]) >= LEAST:
            labels[best.id].add(label["id"])
    return labels


def _overlap(found: Found[Claim], span: list[int]) -> float:
    both = sum(max(0, min(end, span[1]) - max(begin, span[0])) for begin, end in found.record.spans)
    return both / (sum(end - begin for begin, end in found.record.spans) + span[1] - span[0] - both)


def test_claims_that_are_put_together_say_the_same(assessed: Assessed) -> None:
    says = {each["id"]: each["label"] for each in KEY["claims"]}
    group = {found.id: each.id for each in assessed.agreements for found in each.claims}
    right = given = wanted = 0
    for one, other in combinations(sorted(assessed.labels), 2):
        is_same = bool(
            {says[each] for each in assessed.labels[one]} & {says[e] for e in assessed.labels[other]}
        )
        is_given = one in group and group[one] == group.get(other)
        right, given, wanted = right + (is_same and is_given), given + is_given, wanted + is_same
    assert right / given >= 0.92
    assert right / wanted >= 0.6


def test_no_credibility_is_proposed_where_one_origin_speaks(assessed: Assessed) -> None:
    """However many outlets carry the wires, the backgrounds and the report of the panel, or write them anew."""
    origins = {each["id"]: each["origin"] for each in KEY["claims"]}
    named = {each["key"] for each in KEY["origins"] if not each["unnamed"]}
    for each in assessed.agreements:
        labelled = [label for found in each.claims for label in assessed.labels.get(found.id, ())]
        if each.proposed and len(labelled) >= len(each.claims):
            assert len({origins[label] for label in labelled} & named) >= 2, str(each.reason)


def _sides(question: dict[str, Any]) -> list[tuple[set[str], set[str]]]:
    told = [set(side["claims"]) for side in question["sides"]]
    return [(told[a], told[b]) for a, b in question.get("contradict") or ()]


def _opposes(found: Contradiction, question: dict[str, Any], labels: dict[str, set[str]]) -> bool:
    """Whether two sides of what was found hold claims of two sides of a question that exclude each other."""
    told = [{label for each in side.claims for label in labels.get(each.id, ())} for side in found.sides]
    return any(
        (one & a and other & b) or (one & b and other & a)
        for (one, other), (a, b) in product(combinations(told, 2), _sides(question))
    )


def test_what_is_shown_as_contested_is_contested(assessed: Assessed) -> None:
    contested = [each for each in KEY["questions"] if each["relation"] == "contradiction"]
    right = [
        found
        for found in assessed.contradictions
        if any(_opposes(found, each, assessed.labels) for each in contested)
    ]
    met = [
        each for each in contested if any(_opposes(f, each, assessed.labels) for f in assessed.contradictions)
    ]
    assert len(right) == len(assessed.contradictions)
    assert len([each for each in met if not each["lenient"]]) >= 7


def test_none_of_the_false_friends_is_shown(assessed: Assessed) -> None:
    for question in KEY["questions"]:
        if question["relation"] == "false_friend" and not question["lenient"]:
            a, b = (set(side["claims"]) for side in question["sides"][:2])
            pairs = {"sides": question["sides"], "contradict": [[0, 1]]}
            assert a - b, question["id"]
            found = [each for each in assessed.contradictions if _opposes(each, pairs, assessed.labels)]
            assert not found, (question["id"], question["reason"])
