"""Time and memory of the gazetteer: opening, look-ups, places of a long text, and building one.

    python benchmarks/gazetteer.py [--build LINES]

Prints one JSON object: seconds to open (imports apart), microseconds a look-up cold and warm,
resident megabytes, and words a second of `marsad.reading.places`. With `--build`, also the seconds
and the resident megabytes of `marsad gazetteer build` on a generated dump of that many lines.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from marsad.gazetteer import Gazetteer
from marsad.gazetteer.store import SHIPPED
from marsad.reading import places
from marsad.reading.text import segment

NAMES = 20_000  # looked up, by chance, each found once and missed once
REPORT = (
    "QAMISHLI, Syria - Shelling near the town of Baghuz, in Deir ez-Zor province, killed three"
    " people, the mayor of Hasakah said. Families from Iraq and Turkey fled to Hawl Camp in"
    " north-eastern Syria. In Paris, officials of France and Germany asked Jordan Smith to go.\n\n"
)
SYLLABLES = ("ka", "ri", "mo", "ta", "le", "su", "na", "bi", "do", "fe", "ga", "hu")
KINDS = ("P\tPPL", "P\tPPL", "H\tSTM", "T\tMT", "S\tFRM", "S\tCMPRF", "V\tFRST")
BUILD = "import sys; from marsad.cli import run; sys.exit(run(sys.argv[1:]))"


def seconds(action: object, *arguments: object) -> float:
    begin = time.process_time()
    action(*arguments)  # type: ignore[operator]
    return time.process_time() - begin


def looked_up(gazetteer: Gazetteer, names: list[str]) -> float:
    """Microseconds of the processor a look-up."""
    return round(1e6 * sum(seconds(gazetteer.candidates, name) for name in names) / len(names), 1)


def names_by_chance() -> list[str]:
    lines = (SHIPPED / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    keys = [line.partition("\t")[0] for line in lines if line[0].isalnum()]
    return random.Random(1).sample(keys, NAMES)  # noqa: S311 - a sample


def dump_lines(count: int) -> Iterator[str]:
    """A dump of GeoNames by chance: 20 first-level units, 400 second-level ones, and places."""
    chance = random.Random(2)  # noqa: S311 - a sample
    for number in range(count):
        first, second = number % 20, number // 20 % 20
        kind = "A\tADM1" if number < 20 else "A\tADM2" if number < 420 else chance.choice(KINDS)
        name, other = ("".join(chance.choices(SYLLABLES, k=4)).title() for _ in range(2))
        lat, lon = chance.uniform(32, 37), chance.uniform(35, 42)
        code = "" if number < 20 else f"{second:03}"
        yield (
            f"{90_000_000 + number}\t{name}\t{name}\t{other},{name}{other.lower()}\t{lat:.5f}\t{lon:.5f}"
            f"\t{kind}\tSY\t\t{first:02}\t{code}\t\t\t{chance.choice((0, 900, 20000))}\t\t\tUTC\t2026-01-01\n"
        )


def built(lines: int) -> dict[str, float]:
    """The build of a generated dump, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "XX.txt"
        with dump.open("w", encoding="utf-8") as file:
            file.writelines(dump_lines(lines))
        arguments = ["gazetteer", "build", str(dump), "--out", str(Path(folder) / "own")]
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", BUILD, *arguments], check=True, capture_output=True)
        used = time.perf_counter() - begin
        own = seconds(Gazetteer, Path(folder) / "own")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"build_s": round(used, 1), "build_resident_mb": round(peak, 1), "open_built_s": round(own, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory of the gazetteer.")
    parser.add_argument("--build", type=int, metavar="LINES", help="lines of a dump to build from")
    options = parser.parse_args()
    opening = seconds(Gazetteer.open)
    gazetteer = Gazetteer.open()
    names = names_by_chance()
    text = segment(REPORT * 400)
    result = {
        "open_s": round(opening, 4),
        "look_up_cold_us": looked_up(gazetteer, names),
        "look_up_warm_us": looked_up(gazetteer, names[-1000:]),
        "look_up_missed_us": looked_up(gazetteer, [f"x{name}" for name in names]),
        "places_tokens_per_s": round(len(text.tokens) / seconds(places.annotate, text, gazetteer)),
        "peak_resident_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    if options.build:
        result |= built(options.build)
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
