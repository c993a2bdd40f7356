"""Cold starts: wall time and peak memory of `marsad --help` and `marsad read`.

Each command runs in a fresh process, several times; the best time and the largest memory count.
Times are also given as a ratio to `python -c pass`, so that machines can be compared.

    .venv/bin/python benchmarks/startup.py

Exits 1 where a reading takes more than its limits, 3 s and 500 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib import resources
from typing import NamedTuple

RUNS = 5
SECONDS = 3.0
MEGABYTES = 500.0


class Cost(NamedTuple):
    seconds: float
    megabytes: float  # of the process and its children, the largest of them


def main() -> int:
    samples = resources.files("marsad.samples")
    commands = {
        "python -c pass": ["-c", "pass"],
        "marsad --help": ["-m", "marsad", "--help"],
        **{
            f"marsad read {name}": ["-m", "marsad", "read", str(samples / name)]
            for name in ("invented-agency.txt", "invented-panel.md", "invented-flash.html")
        },
    }
    costs = {name: measure(arguments) for name, arguments in commands.items()}
    report(costs)
    return int(any(cost.seconds > SECONDS or cost.megabytes > MEGABYTES for cost in costs.values()))


def measure(arguments: list[str]) -> Cost:
    """The best time and the largest memory of RUNS runs."""
    runs = [run(arguments) for _ in range(RUNS)]
    return Cost(min(cost.seconds for cost in runs), max(cost.megabytes for cost in runs))


def run(arguments: list[str]) -> Cost:
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes there, else KiB
    return Cost(seconds, usage.ru_maxrss * unit / 1e6)


def report(costs: dict[str, Cost]) -> None:
    bare = costs["python -c pass"].seconds
    print(f"| command | s | × bare Python | of {SECONDS:g} s | peak MB | of {MEGABYTES:g} MB |")
    print("|---|---|---|---|---|---|")
    for name, cost in costs.items():
        print(
            f"| `{name}` | {cost.seconds:.2f} | {cost.seconds / bare:.1f} | {cost.seconds / SECONDS:.0%}"
            f" | {cost.megabytes:.0f} | {cost.megabytes / MEGABYTES:.0%} |"
        )


if __name__ == "__main__":
    sys.exit(main())
