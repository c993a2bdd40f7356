"""Pairs of claims scored on the key that was labelled blind (benchmarks/keys/README.md, "A key of pairs").

    python benchmarks/pairs.py ARTICLES.jsonl [--key FILE] [--workspace DIR] [--wrong]

ARTICLES holds the texts of the key, `{"id", "text", "published", "publisher"}` a line. They are read into a
ledger that is thrown away, or the one of `--workspace` is asked, which holds them already.

Each span of the key stands for the claim of the product that overlaps it best, by intersection over union
of characters; below `LEAST` it is lost, and its pair is taken for neither. Two claims are predicted `same`
where they are in one group of `marsad agreements`, as its claims or as parts of them, `contradictory` where
they are on two sides of a question of `marsad contradictions`, else neither. Borderline pairs count on
neither side.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from keyed import lines

from marsad.api import Ledger
from marsad.assessment.agreement import agreements
from marsad.assessment.contradiction import contradictions
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.reading import Claim
from marsad.records.spans import Span

KEY = Path(__file__).with_name("keys") / "pairs.jsonl"
LEAST = 0.3  # share of characters in common from which a claim stands for a span


class Judged(NamedTuple):
    """A pair of the key, with what the product makes of it."""

    label: str
    predicted: str
    words: tuple[str, str]
    is_lost: bool
    origin: str  # of the pair: inside one article, or between two


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("articles", type=Path)
    asked.add_argument("--key", type=Path, default=KEY)
    asked.add_argument("--workspace")
    asked.add_argument("--wrong", action="store_true", help="print the pairs that are judged wrongly")
    given = asked.parse_args()
    with _ledger(given.articles, given.workspace) as ledger:
        gathered = ledger.gather([Query.of("claims")], [Query.of("incidents")], vectors=True)
    pairs = [pair for pair in lines(given.key) if not pair.get("borderline")]
    judged = list(_judged(pairs, gathered))
    _print(judged)
    if given.wrong:
        for each in judged:
            if each.label != each.predicted:
                print(f"\n{each.label}, predicted {each.predicted}", *each.words, sep="\n  ")


@contextmanager
def _ledger(articles: Path, workspace: str | None) -> Iterator[Store]:
    if workspace:
        with Ledger.open(workspace) as ledger:
            yield ledger
        return
    with (
        tempfile.TemporaryDirectory(prefix="marsad-pairs-") as folder,
        Ledger.open(folder, create=True) as ledger,
    ):
        ledger.add(str(articles))
        yield ledger


def _judged(pairs: Sequence[dict[str, Any]], gathered: Gathered) -> Iterator[Judged]:
    claims: defaultdict[str, list[Found[Claim]]] = defaultdict(list)
    for found in gathered.claims:
        claims[found.found_in.document.text_sha256].append(found)
    group = {found.id: each.id for each in agreements(gathered) for found in (*each.claims, *each.parts)}
    sides: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for question in contradictions(gathered):
        for number, side in enumerate(question.sides):
            for found in side.claims:
                sides[found.id][question.id] = number
    for pair in pairs:
        one, other = (_standing(pair[each], claims) for each in ("a", "b"))
        predicted = _predicted(one, other, group, sides) if one and other else "neither"
        origin = "inside" if pair["a"]["id"] == pair["b"]["id"] else "between"
        words = tuple(found.record.text if found else "(lost)" for found in (one, other))
        is_lost = one is None or other is None
        yield Judged(pair["label"], predicted, (words[0], words[1]), is_lost, origin)


def _standing(place: dict[str, Any], claims: dict[str, list[Found[Claim]]]) -> Found[Claim] | None:
    """The claim that overlaps a span of the key best, where one does."""
    spans = [(begin, end) for begin, end in place["spans"]]
    best = max(claims.get(place["text_sha256"], ()), key=lambda found: _overlap(found, spans), default=None)
    return best if best is not None and _overlap(best, spans) >= LEAST else None


def _overlap(found: Found[Claim], spans: Sequence[Span]) -> float:
    mine = found.record.spans
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in spans)
    return both / max(1, sum(end - begin for begin, end in (*mine, *spans)) - both)


def _predicted(
    one: Found[Claim], other: Found[Claim], group: dict[str, str], sides: dict[str, dict[str, int]]
) -> str:
    mine, theirs = sides.get(one.id, {}), sides.get(other.id, {})
    if any(mine[question] != theirs[question] for question in mine.keys() & theirs.keys()):
        return "contradictory"
    is_same = one.id == other.id or (one.id in group and group[one.id] == group.get(other.id))
    return "same" if is_same else "neither"


def _print(judged: Sequence[Judged]) -> None:
    print(f"{len(judged)} pairs, {sum(each.is_lost for each in judged)} of them lost")
    for origin in ("all", "between", "inside"):
        part = [each for each in judged if origin in ("all", each.origin)]
        for label in ("same", "contradictory"):
            scores = _scores(part, label)
            print(
                f"{origin:8} {label:14}",
                json.dumps({name: round(score, 3) for name, score in scores.items()}),
            )
    table = Counter((each.label, each.predicted) for each in judged)
    for (label, predicted), number in sorted(table.items()):
        print(f"{number:5}  {label} predicted {predicted}")


def _scores(judged: Sequence[Judged], label: str) -> dict[str, float]:
    wanted = sum(each.label == label for each in judged)
    given = sum(each.predicted == label for each in judged)
    right = sum(each.label == each.predicted == label for each in judged)
    precision, recall = right / given if given else 0.0, right / wanted if wanted else 0.0
    f1 = 2 * right / (wanted + given) if wanted + given else 0.0
    return {"wanted": wanted, "given": given, "precision": precision, "recall": recall, "f1": f1}


if __name__ == "__main__":
    main()
