"""Themes and their directions, scored on the key that was labelled by hand (benchmarks/keys/README.md).

    python benchmarks/themes.py ARTICLES.jsonl [--part dev|score|fresh] [--wrong]

ARTICLES holds the texts of the key, `{"id", "text"}` a line. Each sentence of the key is read as one
claim. A theme is right where the key's sentence has it; a direction is scored on the right themes
alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from keyed import Articles, lines

from marsad.reading import themes
from marsad.reading.text import Text, segment
from marsad.records.reading import Claim

Labels = dict[str, str]  # theme to direction
KEY = Path(__file__).with_name("keys") / "themes.jsonl"


def main() -> None:
    asked = _arguments()
    articles = Articles(asked.articles)
    counts: Counter[tuple[str, str]] = Counter()
    directions: Counter[tuple[str, str]] = Counter()
    for article in lines(KEY):
        text = articles.of(article)["text"]
        if asked.part not in (None, article["part"]):
            continue
        spans = [(row["span"][0], row["span"][1]) for row in article["sentences"]]
        for row, found in zip(article["sentences"], read(text, spans), strict=True):
            expected = {theme["theme"]: theme["direction"] for theme in row["themes"]}
            count(expected, found, counts, directions)
            if asked.wrong and expected != found:
                begin, end = row["span"]
                print(f"{article['id']}:{begin} {_difference(expected, found)}\n    {text[begin:end]}")
    report(counts, directions)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--part", choices=("dev", "score", "fresh"))
    parser.add_argument("--wrong", action="store_true", help="print every sentence that is not right")
    return parser.parse_args()


def read(text: str, spans: Iterable[tuple[int, int]]) -> list[Labels]:
    """The themes of each span, each read as one claim."""
    whole: Text = segment(text)
    claims = [
        Claim(id=f"c{at}", spans=(span,), text=text[slice(*span)], kind="narrated", reader="benchmark@1")
        for at, span in enumerate(spans, 1)
    ]
    filled = themes.annotate(whole, claims)
    return [{theme.theme: theme.direction for theme in claim.themes} for claim in filled]


def count(
    expected: Labels,
    found: Labels,
    counts: Counter[tuple[str, str]],
    directions: Counter[tuple[str, str]],
) -> None:
    """Add one sentence to `counts`, by theme and verdict, and to `directions`, as (expected, found)."""
    counts.update((theme, "right" if theme in expected else "added") for theme in found)
    counts.update((theme, "missed") for theme in expected.keys() - found.keys())
    directions.update((expected[theme], found[theme]) for theme in expected.keys() & found.keys())


def _difference(expected: Labels, found: Labels) -> str:
    missed = [f"-{theme}:{way}" for theme, way in expected.items() if theme not in found]
    added = [f"+{theme}:{way}" for theme, way in found.items() if theme not in expected]
    turned = [
        f"{theme}:{way}, read {found[theme]}"
        for theme, way in expected.items()
        if theme in found and found[theme] != way
    ]
    return "  ".join([*missed, *added, *turned])


def report(counts: Counter[tuple[str, str]], directions: Counter[tuple[str, str]]) -> None:
    print("| theme | right | added | missed | precision | recall | F1 |\n|---|---|---|---|---|---|---|")
    names = sorted({theme for theme, _ in counts})
    for name in names:
        print(_row(name, *(counts[name, verdict] for verdict in ("right", "added", "missed"))))
    total = [sum(counts[name, verdict] for name in names) for verdict in ("right", "added", "missed")]
    print(_row("all", *total))
    right = sum(n for (expected, found), n in directions.items() if expected == found)
    print(f"\ndirection of the right themes: {right} of {directions.total()} right")
    for (expected, found), n in sorted(directions.items()):
        print(f"    {expected} read as {found}: {n}")


def _row(name: str, right: int, added: int, missed: int) -> str:
    precision, recall = right / max(right + added, 1), right / max(right + missed, 1)
    f1 = 2 * right / max(2 * right + added + missed, 1)
    return f"| {name} | {right} | {added} | {missed} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"


if __name__ == "__main__":
    main()
