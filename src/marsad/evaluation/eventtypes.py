"""Snippets by ACLED's sub-events: the shared task 2 of CASE 2021 (Haneczok et al. 2021), without training.

The shipped reader reads a snippet as a document. What it tells of, each thing with who did it to whom, goes
through the ordered rules of `acled.toml` to one of the task's labels. Three things feed the rules:

- triggers of the vocabulary of happenings with their sides, whether or not they were enough for an incident:
  a snippet often names nobody and nowhere, and then the reader records none;
- verbs of that vocabulary by their form alone, where the grammar of a headline told the reader nothing;
- topics, words of `acled.toml` that are no incidents of ours: earthquakes, smuggling, a summit.

The score is F1 of each label, averaged by how often the key has it (scikit-learn's `average="weighted"`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from marsad.errors import BadInput, NotFound
from marsad.evaluation import Scores
from marsad.evaluation.acled import label_of
from marsad.evaluation.corpus import document
from marsad.evaluation.matching import share
from marsad.reading import pipeline

COLUMNS = ("id", "EventSnippet", "SubType")
LABELS = {
    "weighted_f1": "F1 of a label, averaged by its share of the key",
    "macro_f1": "F1 of a label, averaged over labels",
    "accuracy": "snippets with the right label",
    "by_type": "F1 of this label",
}


class Row(msgspec.Struct, frozen=True):
    id: str
    text: str
    label: str


class Prediction(msgspec.Struct, frozen=True):
    """`by` is what decided: the kind of happening, PLOVER type or topic; none where nothing was found."""

    id: str
    label: str
    by: str | None = None


def rows(path: Path) -> Iterator[Row]:
    """The snippets of a tab-separated file whose header names `COLUMNS`, in any order.

    Raises:
        NotFound: there is no such file.
        BadInput: it has no such header, or a line has another number of columns.
    """
    lines = _lines(path)
    header = next(lines, [])
    if not set(COLUMNS) <= set(header):
        raise BadInput(
            f"{path}: no eventtypes corpus: its first line has to name {', '.join(COLUMNS)}, tab-separated"
        )
    places = [header.index(name) for name in COLUMNS]
    for number, fields in enumerate(lines, 2):
        if fields == [""]:
            continue
        if len(fields) != len(header):
            raise BadInput(f"{path}:{number}: {len(fields)} columns where the header has {len(header)}")
        yield Row(*(_unquoted(fields[place]) for place in places))


def _lines(path: Path) -> Iterator[list[str]]:
    if path.is_dir():
        raise BadInput(f"{path}: is a folder; name one corpus, a tab-separated file")
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for line in file:
                yield line.rstrip("\r\n").split("\t")
    except FileNotFoundError as error:
        raise NotFound(f"{path}: no such file") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: is no text in UTF-8") from error


def _unquoted(field: str) -> str:
    """A field that a spreadsheet put into quotation marks, as it was."""
    inner = field[1:-1]
    if len(field) > 1 and field[0] == field[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return field


def predict(row: Row) -> Prediction:
    label, by = label_of(pipeline.read(document(row.text)))
    return Prediction(row.id, label, by)


def score(pairs: Iterable[tuple[Row, Prediction]]) -> Scores:
    counted = Counter((row.label, prediction.label) for row, prediction in pairs)
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for (theirs, ours), count in counted.items():
        gold[theirs] += count
        found[ours] += count
    right = {label: counted[label, label] for label in {*gold, *found}}
    f1 = {label: 2 * right[label] / (gold[label] + found[label]) for label in sorted(right)}
    total = gold.total()
    return {
        "weighted_f1": share(sum(f1[label] * count for label, count in gold.items()), total),
        "macro_f1": share(sum(f1.values()), len(f1)),
        "accuracy": share(sum(right.values()), total),
        "by_type": {label: round(value, 6) for label, value in f1.items()},
    }
