"""The slots of figures, scored on the key that was labelled by hand (benchmarks/keys/README.md).

    python benchmarks/figure_slots.py ARTICLES.jsonl [--key FILE] [--other FILE] [--wrong]

ARTICLES holds the texts of the key, `{"id", "text", "published", "publisher"}` a line. A figure of
the reader is that of the key where it holds the same number. Each slot is then right, wrong, missing (the
key has it) or added (the key has none); accuracy is the share that is right, empty ones included.
`--other` scores a second annotator's labels in place of the reader's.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from keyed import Articles, Labels, document_of, lines

from marsad.gazetteer.folding import fold, without_articles
from marsad.reading import pipeline
from marsad.records import interval as edtf
from marsad.records.reading import Figure, Reading
from marsad.records.spans import hull, overlaps

KEY = Path(__file__).with_name("keys") / "figures.jsonl"
SLOTS = (
    "value", "bound", "unit", "measure", "aspect", "status", "subject", "population", "places", "scope",
    "as_of", "period", "part_of", "per",
)  # fmt: skip
# other names under which one actor goes, for the comparison of subjects
NAMES = (
    {"islamic state", "isis", "isil", "is", "daesh", "islamic state of iraq and syria"},
    {"syrian democratic forces", "sdf"},
    {"united states", "us", "america", "u.s."},
    {"syrian government", "syria", "assad regime", "syrian regime", "syrian army", "regime"},
    {"us-led coalition", "coalition", "international coalition"},
    {"ypg", "people's protection units", "kurdish people's protection units"},
    {"médecins sans frontières", "msf", "doctors without borders"},
    {"hay'at tahrir al-sham", "hts", "hayat tahrir al-sham"},
    {"syrian rebels", "rebels"},
)


def main() -> None:
    asked = _arguments()
    articles = Articles(asked.articles)
    other = {str(row["id"]): row for row in lines(asked.other)} if asked.other else None
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key in lines(asked.key):
        if other is not None and str(key["id"]) not in other:
            continue
        row = articles.of(key)
        found = other[str(key["id"])]["figures"] if other is not None else read(row)
        count(key["figures"], found, row["text"], counts, show=asked.wrong)
    report(counts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--key", type=Path, default=KEY)
    parser.add_argument("--other", type=Path, help="labels of a second annotator, in the form of the key")
    parser.add_argument("--wrong", action="store_true", help="print every slot that is not right")
    return parser.parse_args()


# --- the reader's figures in the form of the key ---


def read(row: Labels) -> list[Labels]:
    """The figures that the reader finds in one article, with the slots of the key."""
    reading = pipeline.read(document_of(row))
    at = {figure.id: index for index, figure in enumerate(reading.figures)}
    return [_labels(figure, reading, at) for figure in reading.figures]


def _labels(figure: Figure, reading: Reading, at: dict[str, int]) -> Labels:
    actors = {actor.id: actor for actor in reading.actors}
    places = {place.id: place for place in reading.places}
    subject = actors[figure.subject] if figure.subject else None
    return {
        "spans": figure.spans, "low": figure.low, "high": figure.high, "bound": figure.bound,
        "unit": figure.unit, "measure": figure.measure, "aspect": figure.aspect, "per": figure.per,
        "status": figure.status, "population": figure.population,
        "subject": [subject.name, *subject.aliases] if subject else None,
        "places": [hull(places[place].spans) for place in figure.places],
        "scope": hull(figure.scope.spans) if figure.scope else None,
        "as_of": figure.as_of.edtf if figure.as_of else None,
        "period": figure.period.edtf if figure.period else None,
        "part_of": at[figure.part_of] if figure.part_of else None,
    }  # fmt: skip


# --- the comparison ---


def count(
    key: list[Labels], found: list[Labels], text: str, counts: dict[str, Counter[str]], *, show: bool
) -> None:
    pairs = _pairs(key, found)
    counts["figures"]["key"] += len(key)
    counts["figures"]["genuine"] += sum(figure["genuine"] for figure in key)
    counts["figures"]["found"] += len(pairs)
    counts["figures"]["genuine found"] += sum(key[i]["genuine"] for i in pairs)
    counts["figures"]["given"] += len(found)
    back = {j: i for i, j in pairs.items()}
    for i, j in pairs.items():
        for slot in SLOTS:
            unsure = key[i]["unsure"]
            if slot in unsure or (slot == "value" and {"low", "high", "best"} & set(unsure)):
                continue
            verdict = _verdict(slot, key[i], found[j], text, back)
            counts[slot][verdict] += 1
            if show and verdict not in ("right", "right, empty"):
                _show(slot, verdict, key[i], found[j], text)


def _pairs(key: list[Labels], found: list[Labels]) -> dict[int, int]:
    """The figure that holds the number of each of the key's; where several do, the one of its value."""
    pairs: dict[int, int] = {}
    for i, figure in enumerate(key):
        holding = [
            j
            for j, other in enumerate(found)
            if j not in pairs.values() and overlaps(hull(other.get("spans") or ()), tuple(figure["number"]))
        ]
        if holding:
            pairs[i] = min(
                holding,
                key=lambda j: (
                    not _same_value(key[i], found[j]),
                    abs(hull(found[j]["spans"])[0] - key[i]["spans"][0][0]),
                ),
            )
    return pairs


def _same_value(key: Labels, found: Labels) -> bool:
    def alike(a: float | None, b: float | None) -> bool:
        return a is b or (a is not None and b is not None and abs(a - b) <= 1e-4 * max(abs(a), abs(b)))

    return alike(key["low"], found["low"]) and alike(key["high"], found["high"])


def _verdict(slot: str, key: Labels, found: Labels, text: str, back: dict[int, int]) -> str:
    if slot == "value":
        return "right" if _same_value(key, found) else "wrong"
    wanted, given = key.get(slot), found.get(slot)
    if slot == "part_of" and given is not None:
        given = back.get(given, -1)
    if wanted in (None, [], ()):
        return "right, empty" if given in (None, [], ()) else "added"
    if given in (None, [], ()):
        return "missing"
    return "right" if _same(slot, wanted, given, text) else "wrong"


def _same(slot: str, wanted: Any, given: Any, text: str) -> bool:  # noqa: ANN401 - slots differ in type
    if slot == "subject":
        return bool(_names(wanted) & _names(given))
    if slot == "population":
        return _alike(_words(wanted, text), _words(given, text))
    if slot == "places":
        return bool({_name(text[b:e]) for b, e in wanted} & {_name(text[b:e]) for b, e in given})
    if slot == "scope":
        return overlaps(tuple(wanted), tuple(given))
    if slot in ("as_of", "period"):
        return edtf.days(wanted) == edtf.days(given)
    return bool(wanted == given)


def _names(given: str | list[str]) -> set[str]:
    names = {name.casefold() for name in ([given] if isinstance(given, str) else given)}
    return names.union(*(group for group in NAMES if group & names))


def _words(given: str | list[int], text: str) -> set[str]:
    worded = given if isinstance(given, str) else text[given[0] : given[1]]
    return set(worded.casefold().replace("-", " ").split())


def _alike(a: set[str], b: set[str]) -> bool:
    return 2 * len(a & b) >= len(a | b)


def _name(worded: str) -> str:
    return without_articles(fold(worded))


def _show(slot: str, verdict: str, key: Labels, found: Labels, text: str) -> None:
    b, e = hull(key["spans"])
    print(
        f"{slot} {verdict}: key {key.get(slot)!r}, found {found.get(slot)!r}: ...{text[b - 60 : e + 60]}..."
    )


# --- the report ---


def report(counts: dict[str, Counter[str]]) -> None:
    figures = counts["figures"]
    print(
        f"figures: {figures['found']} of {figures['key']} found, "
        f"{figures['genuine found']} of {figures['genuine']} that matter; "
        f"{figures['given'] - figures['found']} given that the key has not"
    )
    heads = (("scored", 8), ("accuracy", 10), ("right", 8), ("wrong", 8), ("missing", 9), ("added", 8))
    print(f"{'slot':12}" + "".join(f"{head:>{width}}" for head, width in heads) + f"{'both empty':>12}")
    for slot in SLOTS:
        print(_line(slot, counts[slot]))


def _line(slot: str, found: Counter[str]) -> str:
    total = found.total()
    right = found["right"] + found["right, empty"]
    accuracy = f"{right / total:.2f}" if total else "-"
    cells: Iterable[tuple[int, int]] = (
        (found["right"], 8), (found["wrong"], 8), (found["missing"], 9), (found["added"], 8),
        (found["right, empty"], 12),
    )  # fmt: skip
    return f"{slot:12}{total:>8}{accuracy:>10}" + "".join(f"{value:>{width}}" for value, width in cells)


if __name__ == "__main__":
    main()
