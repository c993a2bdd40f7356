"""Score a checkpoint: `python -m training.evaluate --data DIR --checkpoint FILE [--cue 0.2 --triple 0.4]`.

Prints a table. `--sweep` also shows how F1 goes with the least probability; `--misses N` shows N
attributions of the key that were not found exactly, each with what was found on the same cue.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from marsad.models.decoding import Thresholds
from marsad.records.spans import Spans
from training.checkpoint import averaged
from training.data import Attribution, Document, held_out, polnear, re3d
from training.encoder import tokenizer
from training.model import Reader
from training.predict import read
from training.score import Tally, score_attributions, score_entities, table

SWEPT = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def misses(document: Document, found: Sequence[Attribution]) -> Iterator[str]:
    """What the key has and the reader has otherwise, as text."""
    for gold in document.attributions or ():
        if gold not in found:
            same = [one for one in found if _touch(one.cue, gold.cue)]
            yield f"gold  {_shown(document, gold)}\n" + "\n".join(
                f"found {_shown(document, one)}" for one in same
            )


def _touch(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _shown(document: Document, one: Attribution) -> str:
    text = document.words.text
    return " | ".join(" … ".join(text[b:e] for b, e in role) for role in one)


def main() -> None:
    """Read the command line, score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--cue", type=float, default=Thresholds().cue)
    parser.add_argument("--triple", type=float, default=Thresholds().triple)
    parser.add_argument("--documents", type=int, default=None)
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(1)
    words = tokenizer()
    model = Reader()
    averaged(given.checkpoint, model)
    model.eval()
    tally, shown = Tally(), []
    swept = {least: Tally() for least in SWEPT if given.sweep and least >= given.triple}
    thresholds = Thresholds(given.cue, given.triple)
    for document in list(polnear(given.data / "polnear" / "dev.jsonl", words))[: given.documents]:
        reading = read(document, model, thresholds)
        found = reading.attributions
        score_attributions(tally, document.words, document.attributions or (), found)
        for least, other in swept.items():
            score_attributions(other, document.words, document.attributions or (), reading.surer(least))
        shown += list(misses(document, found))
    for document in held_out(list(re3d(given.data / "re3d" / "docs.jsonl", words)))[1]:
        score_entities(tally, document.entities or (), read(document, model, thresholds).entities)
    sys.stdout.write(table(tally.rates()) + "\n")
    for least, other in swept.items():
        exact = (f"{name} {f1:.1f}" for name, (_, _, f1) in other.rates().items() if "touch" not in name)
        sys.stdout.write(f"{least:.2f}: {', '.join(exact)}\n")
    sys.stdout.write("".join(f"\n{one}\n" for one in shown[: given.misses]))


if __name__ == "__main__":
    main()
