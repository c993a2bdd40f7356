"""Seconds and peak memory of the command line from cold: a fresh process for each run.

Exits 1 where `marsad read` of one report is over its limit.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from marsad import samples

RUNS = 5
SECONDS, MEGABYTES = 3.0, 500.0  # of `marsad read`


class Measured(NamedTuple):
    seconds: float
    megabytes: float  # the largest of all processes so far, so the heaviest command goes last


def measure(*arguments: str) -> Measured:
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "marsad", *arguments], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - began)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return Measured(statistics.median(seconds), peak)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = str(samples.write(Path(folder))[0])
        rows = {
            "marsad --help": measure("--help"),
            "marsad read": measure("read", report, "--format", "json"),
        }
    print(f"{'command':<16}{'seconds':>10}{'peak MB':>10}")
    for name, found in rows.items():
        print(f"{name:<16}{found.seconds:>10.2f}{found.megabytes:>10.0f}")
    read = rows["marsad read"]
    return int(read.seconds > SECONDS or read.megabytes > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
