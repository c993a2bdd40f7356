"""The corpora as the trained reader sees them: `python -m training.alike --data DATA --out FOLDER`.

Writes `polnear/{train,dev}.jsonl` and `re3d/docs.jsonl` of DATA, and the domain key's articles as
`domain.jsonl`, with their names made alike and their keys moved with them. Runs where the package is
installed; it needs nothing of the training environment.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.evaluation.corpus import document
from marsad.reading import pipeline
from marsad.reading.likeness import Likeness
from training import domain

ROLES = ("source", "cue", "content")
Row = dict[str, Any]


def likened(row: Row) -> Row:
    """A row of any of the three with its names made alike."""
    likeness = pipeline.seen(document(row["text"]))
    moved = {**row, "text": likeness.text}
    if "attributions" in row:
        moved["attributions"] = [_attribution(one, likeness) for one in row["attributions"]]
    if "entities" in row:
        moved["entities"] = [_entity(one, likeness) for one in row["entities"]]
    return moved


def _attribution(one: Row, likeness: Likeness) -> Row:
    return {role: sorted({likeness.forth(tuple(span)) for span in one.get(role) or ()}) for role in ROLES}


def _entity(one: Row, likeness: Likeness) -> Row:
    begin, end = likeness.forth((one["b"], one["e"]))
    return {**one, "b": begin, "e": end}


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def main() -> None:
    """Read the command line, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    parts = {name: _rows(given.data / name) for name in ("polnear/train.jsonl", "polnear/dev.jsonl")}
    parts["re3d/docs.jsonl"] = _rows(given.data / "re3d/docs.jsonl")
    parts["domain.jsonl"] = domain.rows(domain.KEY, given.data / domain.ARTICLES)
    for name, rows in parts.items():
        path = given.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(likened(row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
