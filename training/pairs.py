"""The weights by which claims are said to be the same: `python -m training.pairs WORKSPACE [--write]`.

WORKSPACE is a ledger of the articles of both keys, read with vectors. The pairs of `keys/pairs.jsonl` were
drawn from claims that share words or are near in their vectors, by score from low to high, and labelled by
reading; those of `benchmarks/keys/pairs.jsonl` were drawn and labelled blind, scored twice, and teach since
then. A span stands for the claim that overlaps it best, as there. What number or polarity parts is left out:
no likeness outweighs them.

Logistic regression, fitted by Newton's method with a ridge over columns of variance 1, is scored on every
eighth part of the documents by what pairs without any of these documents teach, and then fitted to all.
`BORDER`, from which two claims are the same, was chosen by these scores and by the invented reports of
`tests/assessment`; it is made part of the intercept, so that the border of the odds is 0. Nothing is drawn at
random.
"""

from __future__ import annotations

import argparse
import json
import logging
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.api import Ledger
from marsad.assessment.agreement.statements import statements
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.query import Query
from marsad.linkage.claims.comparing import amounts_agree, stances_agree
from marsad.linkage.claims.facts import Facts, facts, ranked
from marsad.linkage.claims.weighing import SEEN, WITHOUT, features
from marsad.records.reading import Claim
from marsad.records.spans import Span

log = logging.getLogger("training")

KEYS = (Path(__file__).with_name("keys") / "pairs.jsonl", Path("benchmarks/keys/pairs.jsonl"))
WEIGHTS = Path("src/marsad/linkage/data/claim_pairs.toml")
LEAST = 0.3  # share of characters in common from which a claim stands for a span
PARTS = 8
RIDGE = 10.0  # of the square of each weight, in examples
STEPS = 30
BORDER = -0.4  # log odds

Floats = NDArray[np.float64]


class Examples(NamedTuple):
    """Pairs of claims as they are weighed."""

    seen: Floats  # [pairs, features], by `SEEN`
    same: NDArray[np.bool_]  # [pairs]
    parts: NDArray[np.int64]  # [pairs, 2]: those of the two documents
    key: NDArray[np.int64]  # [pairs]: which of `KEYS` holds it


class Fit(NamedTuple):
    intercept: float
    weights: Floats


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("workspace")
    asked.add_argument("--write", action="store_true", help=f"write {WEIGHTS}")
    given = asked.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = _examples(given.workspace)
    log.info("%d pairs, %d of them the same", len(examples.same), examples.same.sum())
    tables = {}
    for table, names in (("with_vectors", SEEN), ("without_vectors", WITHOUT)):
        columns = [SEEN.index(name) for name in names]
        tables[table] = _table(names, _fitted(table, examples._replace(seen=examples.seen[:, columns])))
    if given.write:
        WEIGHTS.write_text(_written(tables), encoding="utf-8")


def _fitted(table: str, examples: Examples) -> Fit:
    """What is fitted to all; how well it does where documents are left out is printed."""
    left_out = np.zeros(len(examples.same))
    for part in range(PARTS):
        out = examples.parts[:, 0] == part
        taught = (examples.parts != part).all(axis=1)
        made = fit(examples.seen[taught], examples.same[taught])
        left_out[out] = examples.seen[out] @ made.weights + made.intercept
    for at, border in product(range(len(KEYS)), (BORDER - 0.4, BORDER, BORDER + 0.4)):
        of = examples.key == at
        scores = _scores(examples.same[of], left_out[of] >= border)
        log.info(
            "%s, key %d, from %.1f: F1 %.3f, precision %.3f, recall %.3f", table, at + 1, border, *scores
        )
    return fit(examples.seen, examples.same)


def fit(seen: Floats, same: NDArray[np.bool_]) -> Fit:
    """Logistic regression with a ridge, by Newton's method (iteratively reweighted least squares)."""
    mean, spread = seen.mean(axis=0), np.maximum(seen.std(axis=0), 1e-9)
    design = np.column_stack([np.ones(len(seen)), (seen - mean) / spread])
    ridge = np.diag([0.0, *[RIDGE] * seen.shape[1]])
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (same - likely) - ridge @ found
        bend = (design * (likely * (1 - likely))[:, None]).T @ design + ridge
        found = found + np.linalg.solve(bend, slope)
    weights = found[1:] / spread
    return Fit(float(found[0] - weights @ mean), weights)


def _scores(same: NDArray[np.bool_], said: NDArray[np.bool_]) -> tuple[float, float, float]:
    right, given, wanted = int((same & said).sum()), int(said.sum()), int(same.sum())
    return 2 * right / max(1, given + wanted), right / max(1, given), right / max(1, wanted)


def _examples(workspace: str) -> Examples:
    with Ledger.open(workspace) as ledger:
        gathered = ledger.gather([Query.of("claims")], vectors=True)
    claims: defaultdict[str, list[Found[Claim]]] = defaultdict(list)
    for found in gathered.claims:
        claims[found.found_in.document.text_sha256].append(found)
    ordered = ranked(statements(gathered))
    known, rows = facts(ordered), {each.key: row for row, each in enumerate(ordered)}
    pairs = [
        (at, json.loads(line)) for at, key in enumerate(KEYS) for line in key.read_text("utf-8").splitlines()
    ]
    return _weighed(known, list(_placed(pairs, claims, rows)))


def _placed(
    pairs: Sequence[tuple[int, dict[str, Any]]], claims: dict[str, list[Found[Claim]]], rows: dict[str, int]
) -> Iterator[tuple[int, int, bool, tuple[int, ...], int]]:
    """The rows of each pair that is no borderline, whether it is the same, the parts of both, and its key."""
    for key, pair in pairs:
        one, other = (_standing(pair[each], claims) for each in ("a", "b"))
        if not pair["borderline"] and one is not None and other is not None and one.id != other.id:
            parts = tuple(zlib.crc32(pair[each]["id"].encode()) % PARTS for each in ("a", "b"))
            yield rows[one.id], rows[other.id], pair["label"] == "same", parts, key


def _weighed(known: Facts, placed: Sequence[tuple[int, int, bool, tuple[int, ...], int]]) -> Examples:
    first, second, same, parts, key = (np.array(column) for column in zip(*placed, strict=True))
    meet = stances_agree(known, first, second) & amounts_agree(known, first, second)
    seen = np.nan_to_num(features(known, first[meet], second[meet])).astype(np.float64)
    return Examples(seen, same[meet], parts[meet], key[meet])


def _standing(place: dict[str, Any], claims: dict[str, list[Found[Claim]]]) -> Found[Claim] | None:
    """The claim that overlaps a span of the key best, where one does."""
    spans = [(begin, end) for begin, end in place["spans"]]
    best = max(claims.get(place["text_sha256"], ()), key=lambda found: _overlap(found, spans), default=None)
    return best if best is not None and _overlap(best, spans) >= LEAST else None


def _overlap(found: Found[Claim], spans: Sequence[Span]) -> float:
    mine = found.record.spans
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in spans)
    return both / max(1, sum(end - begin for begin, end in (*mine, *spans)) - both)


def _table(names: Sequence[str], made: Fit) -> tuple[float, dict[str, float]]:
    return made.intercept - BORDER, dict(zip(names, made.weights.tolist(), strict=True))


def _written(tables: dict[str, tuple[float, dict[str, float]]]) -> str:
    lines = ["# How what two claims share is weighed. Made by training/pairs.py; not edited by hand."]
    for table, (intercept, weights) in tables.items():
        lines += ["", f"[{table}]", f"intercept = {intercept:.4f}", f"[{table}.weights]"]
        lines += [f"{name} = {weight:.4f}" for name, weight in weights.items()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
