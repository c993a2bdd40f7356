"""Agreements and contradictions of forty-one invented reports by five outlets, against their writer's key.

What is shown must be so: a false alarm costs trust. Much that a careful reader finds is missed, most often
because the reader of texts found no actor, no place or no day, or because the words differ altogether.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from marsad.assessment.agreement import Agreement, agreements
from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.reading import Claim

FOLDER = Path(__file__).parents[1]
KEY: dict[str, Any] = json.loads((FOLDER / "outlets_key.json").read_text("utf-8"))
TEXTS = [json.loads(line)["text"] for line in (FOLDER / "outlets.jsonl").read_text("utf-8").splitlines()]
LEAST = 0.3  # share of characters in common from which a claim is that of the key


@dataclass(frozen=True)
class Assessed:
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]
    labels: dict[str, set[str]]  # of a claim of the ledger: the claims of the key that it is


@pytest.fixture(scope="module")
def assessed(outlets: Path) -> Assessed:
    with Store.open(outlets) as ledger:
        found = ledger.gather([Query.of("claims")], [Query.of("incidents")], vectors=True)
    return Assessed(agreements(found), contradictions(found), _labels(found.claims))


def _labels(claims: Iterable[Found[Claim]]) -> dict[str, set[str]]:
    lines = {hashlib.sha256(text.encode()).hexdigest(): line for line, text in enumerate(TEXTS, 1)}
    of: defaultdict[int, list[Found[Claim]]] = defaultdict(list)
    for found in claims:
        of[lines[found.found_in.document.text_sha256]].append(found)
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
