"""CPU time of the annotators of places, times and figures, beside what others use for dates and numbers.

    python benchmarks/annotators.py [--articles FILE]

Reads the two plain samples, or each document of FILE (JSON Lines with a field `text`), and prints two
Markdown tables: milliseconds of CPU for 700 words after start, each annotator alone and all together;
then seconds and peak memory of a fresh process that reads one short text. The peers read the same
texts. They find less or other things, so that the ratios say what a reader costs and not how good it
is. One that is not installed is said to be so:

    python -m pip install --require-hashes -r benchmarks/peers.txt

Exits 1 where the annotators together take more than LIMIT_MS.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from readers import OURS, PEERS
from startup import Cost

from marsad.api import read
from marsad.gazetteer import Gazetteer
from marsad.reading import actors, cues, figures, places, times
from marsad.reading.actors.states import acts_as_state
from marsad.reading.text import Text, segment
from marsad.records.reading import Reading
from marsad.records.spans import Spans

SAMPLES = ("invented-agency.txt", "invented-panel.md")
WORDS = 700  # of an article
LIMIT_MS = 15.0
ROUNDS = 7


class Article(NamedTuple):
    """One document with what the annotators are given in a reading."""

    text: Text
    reading: Reading
    taken: Spans

    @property
    def words(self) -> int:
        return len(self.text.text.split())


Reader = Callable[[Article], object]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--articles", help="JSON Lines, instead of the samples")
    given = asked.parse_args().articles
    warnings.simplefilter("ignore")  # of the peers
    gazetteer = Gazetteer.open()
    samples = [str(resources.files("marsad.samples") / name) for name in SAMPLES]
    articles = [_article(r, gazetteer) for where in ([given] if given else samples) for r in read(where)]
    readers, missing = _ours(gazetteer), []
    for name in PEERS:
        try:
            readers[name] = _peer(name)
        except ImportError as error:
            missing.append(
                f"{name}: not installed ({error.name}); install benchmarks/peers.txt as said above"
            )
    costs = _costs(readers, articles)
    _report(costs, articles)
    _report_starts([OURS, *(name for name in PEERS if name in readers)])
    print("".join(f"\n{line}" for line in missing))
    return int(costs[OURS] > LIMIT_MS)


def _article(reading: Reading, gazetteer: Gazetteer) -> Article:
    text = segment(reading.document.text)
    cast = actors.annotate(
        text,
        is_place=lambda name: bool(gazetteer.candidates(name)),
        speaks=lambda at: cues.speaks(text.tokens, at),
        bylines=(),
    )
    return Article(text, reading, cast.taken())


def _ours(gazetteer: Gazetteer) -> dict[str, Reader]:
    def cut(article: Article) -> object:
        return segment(article.text.text)

    def find_places(article: Article) -> object:
        dateline = article.reading.document.dateline
        return places.annotate(
            article.text, gazetteer, taken=article.taken, dateline=dateline, acts_as_state=acts_as_state
        )

    def find_times(article: Article) -> object:
        return times.annotate(article.text, article.reading.document.published)

    def find_figures(article: Article) -> object:
        found = article.reading
        return figures.annotate(
            article.text, claims=found.claims, actors=found.actors, places=found.places, times=found.times
        )

    parts = {"segment": cut, "places": find_places, "times": find_times, "figures": find_figures}
    return {OURS: lambda article: [part(article) for part in parts.values()], **parts}


def _peer(name: str) -> Reader:
    find = PEERS[name]()
    return lambda article: find(article.text.text)


def _costs(readers: dict[str, Reader], articles: list[Article]) -> dict[str, float]:
    """Milliseconds for WORDS words, the best round of each.

    The readers take turns, so that what else the machine does weighs on all of them. The first round
    loads what a reader loads at its first text, and does not count.
    """
    words = sum(article.words for article in articles)
    best = dict.fromkeys(readers, float("inf"))
    for number in range(ROUNDS + 1):
        for name, reader in readers.items():
            spent = _spent(reader, articles)
            if number:
                best[name] = min(best[name], 1000 * WORDS * spent / words)
    return best


def _spent(reader: Reader, articles: list[Article]) -> float:
    """Seconds of CPU to read all `articles`."""
    begin = time.process_time()
    for article in articles:
        reader(article)
    return time.process_time() - begin


def _report(costs: dict[str, float], articles: list[Article]) -> None:
    words = sum(article.words for article in articles)
    print(f"{len(articles)} documents, {words} words; limit {LIMIT_MS:g} ms")
    print(f"\n| reader | ms of CPU for {WORDS} words | × the annotators together |")
    print("|---|---|---|")
    for name, cost in costs.items():
        print(f"| {name} | {cost:.1f} | {cost / costs[OURS]:.2f} |")


def _report_starts(names: list[str]) -> None:
    print("\n| start, imports included | s | peak MB |")
    print("|---|---|---|")
    for name in names:
        cost = _start(name)
        print(f"| {name} | {cost.seconds:.2f} | {cost.megabytes:.0f} |")


def _start(name: str) -> Cost:
    """What a fresh process costs that reads one short text.

    A bare interpreter starts it: a process counts the memory of the one that started it as its own.
    """
    here = Path(__file__).resolve().parent
    code = "import json, sys; sys.path.insert(0, sys.argv[1]); import startup\n"
    code += "print(json.dumps(startup.measure(sys.argv[2:])))"
    asked = [sys.executable, "-c", code, str(here), str(here / "readers.py"), name]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(main())
