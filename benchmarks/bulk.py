"""How reading in bulk does: speed on one and two workers, what the engines add, memory, killed workers.

    python benchmarks/bulk.py cost [--documents 100] [--characters 3000]
    python benchmarks/bulk.py speed [--documents 10000] [--characters 100]
    python benchmarks/bulk.py memory [--warc-bytes 1000000000]
    python benchmarks/bulk.py kill [--documents 400]

`cost` is what `docs/scale.md` reckons with: seconds of one core for a generated article, as text and as a
page, and for a page in French, which is not read; bytes of a result. `speed` reads the same generated
documents in a plain loop of one process with one thread, then on a pool of one and of two workers, then,
where Ray is installed, on Ray. What an engine adds is told by the time of the processor, over all
processes, since other work on a machine stretches the time on the clock; goals are 15 % for what an engine
adds and 1.8 for two workers against one. `memory` reads a generated web archive, of pictures but for a page
in fifty, and a tenth of it, and compares the largest resident memory of the parent and of any child. `kill`
ends workers of the pool and of Ray in mid-job and compares the tables byte by byte.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from generated import World

PICTURE = 200_000  # bytes of a record that is no page
PAGES = 50  # records from one page to the next
OVERHEAD, TWICE, FLAT = 0.15, 1.8, 1.15


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("what", choices=["cost", "speed", "memory", "kill", "plain", "bulk"])
    asked.add_argument("--documents", type=int)
    asked.add_argument("--characters", type=int)
    asked.add_argument("--warc-bytes", type=int, default=1_000_000_000)
    asked.add_argument("arguments", nargs="*", help="of plain and bulk, which the others start")
    options = asked.parse_intermixed_args()
    if options.what in ("plain", "bulk"):
        return inner(options.what, *options.arguments)
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as made:
        folder = Path(made)
        if options.what == "memory":
            return memory(folder, options.warc_bytes)
        if options.what == "cost":
            return cost(folder, options.documents or 100, options.characters or 3_000)
        documents = options.documents or (10_000 if options.what == "speed" else 400)
        lines = write_lines(folder / "lines.jsonl", documents, options.characters or 100)
        return (speed if options.what == "speed" else kill)(folder, lines)


def write_lines(path: Path, documents: int, characters: int) -> Path:
    """Generated reports, the same at every run."""
    world, chance = World(1), random.Random(1)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8") as stream:
        for _ in range(documents):
            stream.write(json.dumps({"text": report(world, chance, characters)}) + "\n")
    return path


def report(world: World, chance: random.Random, characters: int) -> str:
    text = ""
    while len(text) < characters:
        actor, place = world.draw(chance, "actors", 1)[0], world.draw(chance, "places", 1)[0]
        verb = chance.choice(["said", "announced", "denied", "confirmed"])
        text += f"{actor} {verb} that {chance.randint(2, 900)} people were held near {place}. "
    return text.rstrip()


# What is measured is done in processes of its own


class Spent(NamedTuple):
    """Of a process and all its children: seconds on the clock, of the processor, and peak memory in MB."""

    clock: float
    processor: float
    parent: float
    child: float


def measured(what: str, *arguments: str) -> Spent:
    """Run `inner` in a fresh process."""
    command = [sys.executable, __file__, what, *arguments]
    environment = {**os.environ, "MARSAD_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Spent(*map(float, done.stdout.splitlines()[-1].split()))


def inner(what: str, source: str, out: str = "", workers: str = "1", address: str = "") -> int:
    """Read `source`, and print what it took on the last line."""
    begin = time.perf_counter()
    if what == "plain":
        plain(source)
    else:
        from marsad import bulk  # noqa: PLC0415

        bulk.read([source], out, workers=int(workers), ray_address=address or None)
    clock = time.perf_counter() - begin
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent = sum(each.ru_utime + each.ru_stime for each in (own, children))
    print(clock, spent, own.ru_maxrss / 1000, children.ru_maxrss / 1000)
    return 0


def plain(source: str) -> None:
    """What reading costs by itself."""
    from marsad import documents, isolation, sources  # noqa: PLC0415
    from marsad.reading import pipeline  # noqa: PLC0415
    from marsad.records.original import Frozen, Original  # noqa: PLC0415

    for original in sources.expand([source]):
        if isinstance(original, Original):
            for frozen in documents.freeze(original):
                if isinstance(frozen, Frozen):
                    pipeline.read(frozen.document, frozen.warnings)
    isolation.close()  # so that what its child took is counted


# Cost

FRENCH = (
    "Le ministre a déclaré que {} personnes avaient quitté le village. ",
    "Les habitants attendent depuis {} jours que la route soit ouverte. ",
    "Le comité annonce que {} familles ont reçu du pain et des couvertures. ",
)


def cost(folder: Path, documents: int, characters: int) -> int:
    world, chance = World(1), random.Random(1)  # noqa: S311 - no secret
    one = write_lines(folder / "one.jsonl", 1, 50)
    texts = write_lines(folder / "lines.jsonl", documents, characters)
    english = write_pages(folder / "english", documents, lambda: report(world, chance, characters))
    french = write_pages(folder / "french", documents, lambda: in_french(chance, characters))
    start = measured("plain", str(one)).processor
    print(
        f"a reader starts in {start:.1f} s; {documents} articles of {characters:,} characters, s of a core:"
    )
    for name, source in (("text", texts), ("page", english), ("page in French", french)):
        spent = measured("plain", str(source)).processor - start
        print(f"  {name:16}{spent / documents:8.3f}", flush=True)
    measured("bulk", str(english), str(folder / "out"), "2")
    result = sum(path.stat().st_size for path in (folder / "out").iterdir())
    print(f"bytes of a result, a page: {result / documents:,.0f}")
    return 0


def write_pages(folder: Path, pages: int, text: Callable[[], str]) -> Path:
    folder.mkdir()
    for number in range(pages):
        (folder / f"{number:06}.html").write_text(html(text()), encoding="utf-8")
    return folder


def in_french(chance: random.Random, characters: int) -> str:
    text = ""
    while len(text) < characters:
        text += chance.choice(FRENCH).format(chance.randint(2, 900))
    return text


def html(text: str) -> str:
    menu = "".join(f"<li><a href='/{number}'>Section {number}</a></li>" for number in range(60))
    return f"<html><body><nav><ul>{menu}</ul></nav><article><p>{text}</p></article></body></html>"


# Speed


def speed(folder: Path, lines: Path) -> int:
    count = sum(1 for _ in lines.open("rb"))
    alone = measured("plain", str(lines))
    print(f"{count:,} documents{'':14}{'clock s':>10}{'a second':>10}{'processor s':>13}{'added':>8}")
    line("plain loop", count, alone, alone)
    one, two = (pooled(folder, lines, workers) for workers in (1, 2))
    line("pool, one worker", count, one, alone)
    line("pool, two workers", count, two, alone)
    twice = one.clock / two.clock
    print(f"two workers against one   {twice:.2f} (goal {TWICE})")
    added = [one.processor / alone.processor - 1]
    for workers in ("1", "2") if has_ray() else ():
        spent = measured("bulk", str(lines), str(folder / f"ray{workers}"), workers, "local")
        # Ray's processes are none of ours: what they take is seen on the clock alone
        print(f"{f'Ray, workers: {workers}':26}{spent.clock:10.1f}{count / spent.clock:10.1f}")
        same(folder / "pool1", folder / f"ray{workers}")
    return int(twice < TWICE or max(added) > OVERHEAD)


def pooled(folder: Path, lines: Path, workers: int) -> Spent:
    spent = measured("bulk", str(lines), str(folder / f"pool{workers}"), str(workers))
    same(folder / "pool1", folder / f"pool{workers}")
    return spent


def line(name: str, count: int, spent: Spent, alone: Spent) -> None:
    added = f"{spent.processor / alone.processor - 1:8.1%}" if spent is not alone else ""
    print(
        f"{name:26}{spent.clock:10.1f}{count / spent.clock:10.1f}{spent.processor:13.1f}{added}", flush=True
    )


def has_ray() -> bool:
    return shutil.which("ray", path=str(Path(sys.executable).parent)) is not None


def same(one: Path, other: Path) -> None:
    names = {path.name for path in one.glob("*.parquet")}
    if names != {path.name for path in other.glob("*.parquet")} or not names:
        raise SystemExit(f"{other}: other tables than {one}")
    for name in names:
        if (one / name).read_bytes() != (other / name).read_bytes():
            raise SystemExit(f"{other / name} is not {one / name}")


# Memory


def memory(folder: Path, size: int) -> int:
    found = {}
    for share in (size // 10, size):
        archive = folder / f"{share}.warc.gz"
        pages = write_archive(archive, share)
        found[share] = measured("bulk", str(archive), str(folder / f"out{share}"), "2")
        spent = found[share]
        print(
            f"{archive.stat().st_size / 1e6:8.0f} MB, {pages:,} pages: {spent.clock:6.0f} s, "
            f"parent {spent.parent:.0f} MB, largest child {spent.child:.0f} MB",
            flush=True,
        )
        archive.unlink()
    small, large = found.values()
    grown = max(large.parent / small.parent, large.child / small.child)
    print(f"ten times as much takes {grown:.2f} times the memory (goal {FLAT})")
    return int(grown > FLAT)


def write_archive(path: Path, size: int) -> int:
    """A web archive of that many bytes, compressed record by record as crawlers do; how many pages it has."""
    world, chance = World(1), random.Random(1)  # noqa: S311 - no secret
    written = number = 0
    with path.open("wb") as stream:
        while written < size:
            is_page = number % PAGES == 0
            body = page(world, chance) if is_page else chance.randbytes(PICTURE)
            stored = gzip.compress(record(number, body, "text/html" if is_page else "image/jpeg"), 1)
            written += stream.write(stored)
            number += 1
    return -(-number // PAGES)


def page(world: World, chance: random.Random) -> bytes:
    return html(report(world, chance, 200)).encode()


def record(number: int, body: bytes, media_type: str) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    size = len(answer) + len(body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + answer + body + b"\r\n\r\n"


# Killed workers


def kill(folder: Path, lines: Path) -> int:
    measured("bulk", str(lines), str(folder / "alone"), "1")
    for name, address, victim in (("pool", "", "marsad.bulk.worker"), ("Ray", "local", "ray::MapWorker")):
        if address and not has_ray():
            continue
        out = folder / f"killed-{name}"
        command = [sys.executable, __file__, "bulk", str(lines), str(out), "2", address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            killed = 0
            for done in progress(out, process):
                if killed < 2 and done and (pid := next(children(process.pid, victim), None)):
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
        if process.returncode:
            raise SystemExit(f"{name}: exit code {process.returncode}")
        same(folder / "alone", out)
        print(f"{name}: {killed} workers killed, the same tables byte by byte", flush=True)
    return 0


def progress(out: Path, process: subprocess.Popen[bytes]) -> Iterator[int]:
    """How many partitions are done, whenever that is another number."""
    last = 0
    while process.poll() is None:
        done = len(list((out / ".parts" / "done").glob("[0-9]*")))
        if done != last:
            yield done
        last = done
        time.sleep(0.02)


def children(parent: int, command: str) -> Iterator[int]:
    """The processes below `parent` with `command` in their command line (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it has ended meanwhile
            continue
        if command in line and parent in above(int(folder.name)):
            yield int(folder.name)


def above(pid: int) -> Iterator[int]:
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return
        yield pid


if __name__ == "__main__":
    sys.exit(main())
