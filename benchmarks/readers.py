"""Readers of one text, each imported only when it is asked for: Marsad's annotators and their peers.

    python benchmarks/readers.py NAME    read one short text in a fresh process, and print nothing

`annotators.py` measures them. The peers are no dependencies of the project; `peers.txt` pins them.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from importlib import import_module

Read = Callable[[str], object]
OURS = "segment, places, times, figures"
SHORT = "On 3 May 2021 about 3,000 people fled from Hasakah, Ana Ruiz said. They took $5 million."


def _marsad() -> Read:
    """The annotators alone: each sentence is a claim of the narrator's, and nobody is known."""
    cut = import_module("marsad.reading.text").segment
    places, times, figures = (
        import_module(f"marsad.reading.{name}") for name in ("places", "times", "figures")
    )
    records, gazetteer = import_module("marsad.records.reading"), import_module("marsad.gazetteer").Gazetteer

    def read(words: str) -> object:
        text = cut(words)
        claims = [
            records.Claim(
                id=f"c{s.number}", spans=(s.span,), text=text[s.span], kind="narrated", reader="bench"
            )
            for s in text.sentences
        ]
        found = {
            "places": places.annotate(text, gazetteer.open()),
            "times": times.annotate(text, records.Published()),
        }
        return found, figures.annotate(text, claims=claims, actors=(), **found)

    return read


def _dateparser() -> Read:
    search = import_module("dateparser.search").search_dates
    return lambda text: search(text, languages=["en"])


def _recognizers() -> Read:
    dates, numbers = import_module("recognizers_date_time"), import_module("recognizers_number")
    return lambda text: (dates.recognize_datetime(text, "en-us"), numbers.recognize_number(text, "en-us"))


def _quantulum3() -> Read:
    parse: Read = import_module("quantulum3.parser").parse
    return parse


PEERS = {
    "dateparser.search": _dateparser,
    "Recognizers-Text, datetime and number": _recognizers,
    "quantulum3": _quantulum3,
}


def main() -> int:
    warnings.simplefilter("ignore")  # of the peers
    {OURS: _marsad, **PEERS}[sys.argv[1]]()(SHORT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
