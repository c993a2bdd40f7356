"""The trained reader's cost: its encoder alone, a whole reading beside it, its start and its memory.

    python benchmarks/encoder.py [--articles FILE]

Reads the two plain samples, or each document of FILE (JSON Lines with a field `text`), with one thread
and with two. Prints a Markdown table: wordpieces a second of the encoder,
by the clock and by CPU time; `Model.read` in units of the encoder's time on the same windows (what is beside
it are wordpieces, anchors, chains and vectors); then the seconds that a fresh process takes to load the
model, and its peak memory. On a machine that does other work, trust the columns of CPU time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from startup import measure

from marsad.models import WEIGHTS
from marsad.models.runtime import Runtime
from marsad.models.tagging import Input, window_of
from marsad.models.windows import overlapping

SAMPLES = ("invented-agency.txt", "invented-panel.md")
WORDS = 700
ROUNDS = 5
LOAD = "from marsad.models import load; load()"


class Spent(NamedTuple):
    """Seconds by the clock and of CPU."""

    clock: float
    processor: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--articles", type=Path, help="JSON Lines, instead of the samples")
    articles = _texts(asked.parse_args().articles)
    print("| threads | wordpieces/s | a CPU second | reading / encoder, CPU | ms of CPU, 700 words |")
    print("|---|---|---|---|---|")
    for threads in (1, 2):
        _report(Runtime(WEIGHTS, threads), threads, articles)
    cost = measure(["-c", LOAD])
    print(f"\nA fresh process that loads the model: {cost.seconds:.2f} s, {cost.megabytes:.0f} MB")


def _texts(path: Path | None) -> list[str]:
    if path is None:
        return [(resources.files("marsad.samples") / name).read_text(encoding="utf-8") for name in SAMPLES]
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def _report(runtime: Runtime, threads: int, articles: list[str]) -> None:
    alone, whole, pieces = [], [], 0
    for article in articles:
        words = runtime.split(article)
        windows = [window_of(words, window) for window in overlapping(words.starts, runtime.extent)]
        pieces += sum(len(window.pieces) for window in windows)
        rounds = [
            (_spent(_encode, runtime, windows), _spent(Runtime.read, runtime, article)) for _ in range(ROUNDS)
        ]
        alone.append(Spent(*(min(each) for each in zip(*(one for one, _ in rounds), strict=True))))
        whole.append(min(one.processor for _, one in rounds))
    clock, processor = (sum(each) for each in zip(*alone, strict=True))
    each = WORDS / sum(len(article.split()) for article in articles)
    print(
        f"| {threads} | {pieces / clock:,.0f} | {pieces / processor:,.0f} | {sum(whole) / processor:.2f} "
        f"| {1000 * sum(whole) * each:.0f} |"
    )


def _encode(runtime: Runtime, windows: list[Input]) -> None:
    for window in windows:
        runtime.network.words(window)


def _spent(work: Callable[..., object], *given: object) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    work(*given)
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


if __name__ == "__main__":
    main()
