"""The text of web pages: what is kept of it, what is let in that is none, and how fast.

    .venv/bin/python -m benchmarks.page_text [--shapes] [--rounds N]

The pages are invented reports in the shapes that real sites have (`pages/`), so that their text is known.
The first table is of the shapes that Marsad's rules were mended on, the second of shapes that were written
after the rules and measured without a change to them.

Measured are Marsad, resiliparse alone and trafilatura alone, each with the settings that its own
documentation gives for main text; `--shapes` shows them shape by shape.

- word F1: of the bags of words of text and output, counted with their numbers, per page, then averaged.
  Headline, byline, dates, captions and notes may be let in or left out: they are taken out of it first.
- paragraphs: share of the paragraphs that the output has word for word as paragraphs of their own. Cells of a
  table may be parted by any blank or mark.
- boilerplate, hidden: share of such pieces that the output holds.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.pages.held_out import HELD_OUT
from benchmarks.pages.templates import TEMPLATES, Sample, samples
from marsad.documents import html
from marsad.documents import page as pages_of

_WORD = re.compile(r"[^\W_]+")
Extractor = Callable[[str], str]


class Score(NamedTuple):
    f1: float
    precision: float
    recall: float
    paragraphs: float
    boilerplate: float | None
    hidden: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shapes", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for templates in (TEMPLATES, HELD_OUT):
        report(samples(templates), arguments.rounds, by_shape=arguments.shapes)


def report(pages: list[Sample], rounds: int, *, by_shape: bool) -> None:
    print(f"\n{len(pages)} pages\n")
    print("| reader | word F1 | precision | recall | paragraphs | boilerplate | hidden | pages/s |")
    print("|---|---|---|---|---|---|---|---|")
    for name, extract in READERS.items():
        scores = [score(page, extract(page.markup)) for page in pages]
        columns = [_mean([getattr(each, field) for each in scores]) for field in Score._fields]
        speed = max(_speed(extract, pages) for _ in range(rounds))
        print(f"| {name} | {' | '.join(f'{column:.3f}' for column in columns)} | {speed:,.0f} |")
    if by_shape:
        _by_shape(pages)


def score(page: Sample, output: str) -> Score:
    """How near `output` is to the text of `page`."""
    found = [words for line in re.split(r"\n+", output) if (words := _words(line))]
    whole = " ".join(" ".join(words) for words in found)
    wanted = [_words(paragraph) for paragraph in page.paragraphs]
    neutral = {tuple(_words(words)) for words in page.neutral}
    bag = Counter(word for words in found if tuple(words) not in neutral for word in words)
    gold = Counter(word for words in wanted for word in words)
    common = (bag & gold).total()
    precision, recall = common / max(bag.total(), 1), common / gold.total()
    lines = {tuple(words) for words in found}
    return Score(
        2 * precision * recall / max(precision + recall, 1e-9),
        precision,
        recall,
        sum(tuple(words) in lines for words in wanted) / len(wanted),
        _share(page.boilerplate, whole),
        _share(page.hidden, whole),
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _share(pieces: tuple[str, ...], whole: str) -> float | None:
    held = [f" {' '.join(_words(piece))} " in f" {whole} " for piece in pieces]
    return sum(held) / len(held) if held else None


def _mean(values: list[float | None]) -> float:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else float("nan")  # no page has such pieces


def _speed(extract: Extractor, pages: list[Sample]) -> float:
    begin = time.perf_counter()
    for page in pages:
        extract(page.markup)
    return len(pages) / (time.perf_counter() - begin)


def _by_shape(pages: list[Sample]) -> None:
    print("\n| shape | " + " | ".join(f"{name}: F1, paragraphs, boilerplate" for name in READERS) + " |")
    print("|---|" + "---|" * len(READERS))
    for shape in dict.fromkeys(page.name.partition("/")[0] for page in pages):
        cells = []
        for extract in READERS.values():
            scores = [score(p, extract(p.markup)) for p in pages if p.name.partition("/")[0] == shape]
            cells.append(
                ", ".join(
                    f"{_mean([getattr(s, f) for s in scores] or [0]):.2f}" for f in ("f1", "paragraphs")
                )
            )
            let_in = [s.boilerplate for s in scores if s.boilerplate is not None]
            cells[-1] += f", {statistics.fmean(let_in):.2f}" if let_in else ", –"
        print(f"| {shape} | " + " | ".join(cells) + " |")


def _marsad(markup: str) -> str:
    return pages_of.decode(html.extract(markup.encode())).pages[0].text


def _resiliparse(markup: str) -> str:
    return str(extract_plain_text(markup, main_content=True, preserve_formatting=True, alt_texts=False))


def _trafilatura(markup: str) -> str:
    return trafilatura.extract(markup, include_comments=False) or ""


READERS: dict[str, Extractor] = {
    "marsad": _marsad,
    "resiliparse": _resiliparse,
    "trafilatura": _trafilatura,
}

if __name__ == "__main__":
    main()
