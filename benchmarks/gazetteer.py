"""Time and memory of the gazetteer: opening, look-ups, and reading the places of a long text.

    python benchmarks/gazetteer.py

Prints one JSON object: seconds to open (imports apart), microseconds a look-up cold and warm,
resident megabytes, and words a second of `marsad.reading.places`.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from marsad.gazetteer import Gazetteer
from marsad.reading import places
from marsad.reading.text import segment

NAMES = ("Hasakah", "Deir ez-Zor", "Paris", "Springfield", "Qwertzuiop", "the Euphrates", "Baghuz")
REPORT = (
    "QAMISHLI, Syria - Shelling near the town of Baghuz, in Deir ez-Zor province, killed three"
    " people, the mayor of Hasakah said. Families from Iraq and Turkey fled to Hawl Camp in"
    " north-eastern Syria. In Paris, officials of France and Germany asked Jordan Smith to go.\n\n"
)


def seconds(action: object, *arguments: object) -> float:
    begin = time.perf_counter()
    action(*arguments)  # type: ignore[operator]
    return time.perf_counter() - begin


def main() -> None:
    opening = seconds(Gazetteer.open)
    gazetteer = Gazetteer.open()
    cold = sum(seconds(gazetteer.candidates, name) for name in NAMES)
    warm = sum(seconds(gazetteer.candidates, name) for name in NAMES)
    text = segment(REPORT * 400)
    reading = seconds(places.annotate, text, gazetteer)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "open_s": round(opening, 4),
        "look_up_cold_us": round(1e6 * cold / len(NAMES), 1),
        "look_up_warm_us": round(1e6 * warm / len(NAMES), 1),
        "peak_resident_mb": round(peak, 1),
        "places_tokens_per_s": round(len(text.tokens) / reading),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
