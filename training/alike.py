"""The corpora as the trained reader sees them: `python -m training.alike --data DATA --out FOLDER`.

Writes `polnear/{train,dev}.jsonl`, `re3d/docs.jsonl` and `muc4/{train,dev}.jsonl` of DATA, and the domain
key's articles as `domain.jsonl`, with their names made alike and their keys moved with them. Runs where the
package is installed; it needs nothing of the training environment.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from marsad.evaluation.corpus import document
from marsad.reading import pipeline
from marsad.reading.likeness import Likeness
from training import domain
from training.occurrences import occurrences

ROLES = ("source", "cue", "content")
Row = dict[str, Any]


def likened(row: Row) -> Row:
    """A row of any of the four with its names made alike."""
    likeness = pipeline.seen(document(row["text"]))
    moved = {**row, "text": likeness.text}
    if "attributions" in row:
        moved["attributions"] = [_attribution(one, likeness) for one in row["attributions"]]
    if "entities" in row:
        moved["entities"] = [_entity(one, likeness) for one in row["entities"]]
    if "templates" in row:
        moved["templates"] = [_template(one, row["text"], likeness) for one in row["templates"]]
    return moved


def _template(one: Row, text: str, likeness: Likeness) -> Row:
    """MUC-4's key has strings, not places: each becomes what it is now, wherever the text has it."""

    def moved(string: str) -> set[str]:
        return {likeness.text[slice(*likeness.forth(span))] for span in occurrences(text, string)}

    return {
        role: value
        if role == "incident_type"
        else [sorted({each for string, _ in entity for each in moved(string)}) for entity in value]
        for role, value in one.items()
    }


def described(path: Path, keys: Sequence[Path]) -> Iterator[Row]:
    """MUC-4's texts with those who suffered by description, whom only its full keys have, as `Described`."""
    full = {row["docid"]: row["templates"] for key in keys for row in _rows(key)}
    for row in _rows(path):
        found: dict[str, set[str]] = {}
        for template in full.get(row["docid"], ()):
            for kind in template.get("inc_type", ()):
                found.setdefault(kind.lower(), set()).update(_descriptions(template))
        templates = [
            {**one, "Described": [[[each, 0]] for each in sorted(found.get(one["incident_type"], ()))]}
            for one in row["templates"]
        ]
        yield {**row, "templates": templates}


def _descriptions(template: Row) -> Iterator[str]:
    """The strings of `"PEASANTS"`, of `"GUARD" / "ESCORT"`, and before the colon of `"BISHOP": "RUIZ"`."""
    for slot in template.get("hum_tgt_desc", ()):
        yield from (each.lower() for each in re.findall(r'"((?:[^"\\]|\\.)*)"', slot.split('": "')[0] + '"'))


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
    muc4 = given.data / "muc4"
    keys = [muc4 / f"full_{name}.jsonl" for name in ("dev", "tst1", "tst2")]
    parts |= {f"muc4/{name}.jsonl": described(muc4 / f"{name}.jsonl", keys) for name in ("train", "dev")}
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
