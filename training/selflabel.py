"""Label unlabelled news with a trained reader, to train the next one on another field (self-training).

`python -m training.selflabel --checkpoint FILE --articles FILE --out FILE`: the articles are JSON Lines
with `id` and `text`. They are cut into passages of whole sentences; a passage is kept where the reader is
sure of everything: no attribution that begins in it is between `--doubt` and `--sure`, and none leaves
it. The form is that of PolNeAR, for `train --extra`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from marsad.models.decoding import Thresholds
from marsad.models.labels import ROLES
from marsad.models.words import split
from marsad.records.spans import Span
from training.checkpoint import averaged
from training.data import Attribution, Document, windows
from training.encoder import tokenizer
from training.model import Reader
from training.predict import Reading, read

PASSAGE = 250  # wordpieces


def passages(document: Document, reading: Reading, sure: float, doubt: float) -> Iterator[dict[str, Any]]:
    """Rows of PolNeAR's form, one a passage of which the reader is sure."""
    for at, window in enumerate(windows(document, PASSAGE)):
        begin, end = document.words.span_of(window.first, window.last)
        inside = [
            (one, probability)
            for one, probability in zip(reading.attributions, reading.probabilities, strict=True)
            if any(b < end and e > begin for role in one for b, e in role)
        ]
        if all(
            probability < doubt or (probability >= sure and _held(one, (begin, end)))
            for one, probability in inside
        ):
            kept = [_row(one, begin) for one, probability in inside if probability >= sure]
            text = document.words.text[begin:end]
            yield {"id": f"{document.id}.{at}", "text": text, "attributions": kept}


def _held(one: Attribution, passage: Span) -> bool:
    return all(passage[0] <= b and e <= passage[1] for role in one for b, e in role)


def _row(one: Attribution, begin: int) -> dict[str, list[Span]]:
    spans = ([(b - begin, e - begin) for b, e in role] for role in one)
    return dict(zip(ROLES, spans, strict=True))


def main() -> None:
    """Read the command line, label."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("checkpoint", "articles", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--sure", type=float, default=0.8)
    parser.add_argument("--doubt", type=float, default=0.15)
    given = parser.parse_args()
    torch.set_num_threads(1)
    words = tokenizer()
    model = Reader()
    averaged(given.checkpoint, model)
    model.eval()
    with given.out.open("w", encoding="utf-8") as out:
        for line in given.articles.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            document = Document(row["id"], split(row["text"], words), None, None)
            reading = read(document, model, Thresholds(0.1, given.doubt))
            for passage in passages(document, reading, given.sure, given.doubt):
                out.write(json.dumps(passage, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
