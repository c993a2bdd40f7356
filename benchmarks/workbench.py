"""The workbench under load: how long each page takes while many read and one process adds documents.

    python benchmarks/workbench.py [--documents 20000] [--keep DIR] [--readers 20] [--pause 7.0] [--rounds 2]
                                   [--datasette PROGRAM] [--weights]

`marsad serve` runs as a process of its own over a generated ledger of fifteen claims a document
(`generated.py`); `--keep` keeps it for the next run. Each page is asked for by one reader alone, then by
`--readers` at once, while another process adds documents one by one without a pause. A time is that from
the request to the last byte of its answer, as the reader sees it: what the server takes and what waits in
its queue. `cpu` is the processor time that the server's processes take for a page of the one reader: a
machine that other work shares changes it little.

Between two pages each reader looks for a while, as TPC-W has it (TPC Benchmark W, version 1.8,
2002): a time drawn from the negative exponential distribution of mean 7 s, cut at ten times that.
`--pause 1` makes the same readers seven times as hasty.

`--weights` opens each page in Chromium and adds up the scripts that it loads, as they travel. `--datasette`
names a Datasette, which then answers the same questions over the same file.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from generated import entries
from playwright.sync_api import sync_playwright
from workbench_pages import Draw, Reader, Sample, addresses

from marsad.ledger.store import Store

LIMIT_MS = 150.0
SCRIPT_KB = 150
MAP_KB = 700
ALONE = 10  # times that one reader asks for each page
BATCH = 100  # documents a transaction, while the ledger is made


def main() -> int:
    options = _asked()
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as made:
        workspace = (options.keep or Path(made)) / "workspace"
        _fill(workspace, options.documents)
        with serving(workspace) as server:
            sample = Sample.of(server.port)
            pages = {
                name: draw for name, draw in addresses(sample).items() if _is_there(server.port, name, draw)
            }
            over = _times(workspace, server, pages, options)
            if options.weights:
                over += _weights(server.port, pages)
            if options.datasette:
                _beside(options.datasette, workspace, server, sample)
    return int(over > 0)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--documents", type=int, default=20_000)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--readers", type=int, default=20)
    asked.add_argument("--pause", type=float, default=7.0, help="mean seconds between two pages")
    asked.add_argument("--rounds", type=int, default=2, help="times that each of them asks for each page")
    asked.add_argument("--datasette", type=Path)
    asked.add_argument("--weights", action="store_true")
    return asked.parse_args()


def _fill(workspace: Path, documents: int) -> None:
    """Generate a ledger, unless there is one."""
    if workspace.exists():
        return
    begin, made = time.perf_counter(), entries(documents)
    with Store.open(workspace, create=True) as store:
        while batch := list(islice(made, BATCH)):
            store.put_all(batch)
    print(f"made {documents:,} documents in {time.perf_counter() - begin:,.0f} s", flush=True)


# Serving and asking


class Server(NamedTuple):
    port: int
    process: int

    def processes(self) -> list[Path]:
        """Its own and those that it has started, in `/proc`."""
        own = Path("/proc", str(self.process))
        children = (own / "task" / own.name / "children").read_text().split()
        return [own, *(Path("/proc", each) for each in children)]

    def cpu(self) -> float:
        """Seconds of processor time that they have taken."""
        times = ((each / "stat").read_text().rpartition(")")[2].split()[11:13] for each in self.processes())
        return sum(int(ticks) for each in times for ticks in each) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> list[int]:
        """MB that each has held at most."""
        said = ((each / "status").read_text() for each in self.processes())
        return [int(re.findall(r"VmHWM:\s+(\d+) kB", each)[0]) // 1000 for each in said]


@contextmanager
def serving(workspace: Path) -> Iterator[Server]:
    """`marsad serve` as a process of its own."""
    command = [sys.executable, "-m", "marsad", "serve", "--workspace", str(workspace), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.readline() if process.stdout else ""
        found = re.search(r"127\.0\.0\.1:(\d+)", said)
        if not found:
            raise SystemExit(f"marsad serve said: {said!r}")
        try:
            yield Server(int(found[1]), process.pid)
        finally:
            process.terminate()


def _is_there(port: int, name: str, draw: Draw) -> bool:
    answer = Reader(port).ask(draw(random.Random(0)))  # noqa: S311 - no secret
    if answer.status >= 400:
        print(f"{name:28} answers {answer.status}: left out", flush=True)
    return answer.status < 400


# Times


def _times(workspace: Path, server: Server, pages: dict[str, Draw], options: argparse.Namespace) -> int:
    """A table of all pages; how many are over the limit."""
    alone = _alone(server, pages, ALONE)
    with adding(workspace) as added:
        begin = time.perf_counter()
        crowd = _crowd(server.port, pages, options)
        seconds = time.perf_counter() - begin
    print(f"{options.readers} readers, {options.pause} s between two pages; {added()} documents were added")
    print(f"{sum(map(len, crowd.values())) / seconds:.1f} pages a second")
    print(f"at most {' and '.join(map(str, server.memory()))} MB in the server's processes")
    print(f"{'milliseconds':28}{'cpu':>6}{'alone p50':>10}{'p95':>8}{'crowd p50':>11}{'p95':>8}")
    over = 0
    for name, (cpu, times) in alone.items():
        late = _p95(crowd[name]) > LIMIT_MS
        over += late
        print(
            f"{name:28}{1000 * cpu:6.0f}{_median(times):10.0f}{_p95(times):8.0f}"
            f"{_median(crowd[name]):11.0f}{_p95(crowd[name]):8.0f}{'  over' if late else ''}"
        )
    return over


class Alone(NamedTuple):
    cpu: float  # seconds of processor time of the server for a page
    seconds: list[float]


def _alone(server: Server, pages: dict[str, Draw], rounds: int) -> dict[str, Alone]:
    chance, reader = random.Random(3), Reader(server.port)  # noqa: S311 - no secret
    found = {}
    for name, draw in pages.items():
        begin = server.cpu()
        times = [reader.ask(draw(chance)).seconds for _ in range(rounds)]
        found[name] = Alone((server.cpu() - begin) / rounds, times)
    return found


def _crowd(port: int, pages: dict[str, Draw], options: argparse.Namespace) -> dict[str, list[float]]:
    """Each reader asks for every page so often, in an order of their own."""
    found: dict[str, list[float]] = defaultdict(list)

    def read(number: int) -> None:
        chance, reader = random.Random(number), Reader(port)  # noqa: S311 - no secret
        order = list(pages) * options.rounds
        chance.shuffle(order)
        for name in order:
            time.sleep(min(chance.expovariate(1 / options.pause), 10 * options.pause))
            answer = reader.ask(pages[name](chance))
            if answer.status >= 500:
                print(f"{name}: {answer.status} {answer.body[:200]!r}", flush=True)
            found[name].append(answer.seconds)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(options.readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@contextmanager
def adding(workspace: Path) -> Iterator[Callable[[], int]]:
    """Another process adds documents one by one; how many it has added can be asked."""
    spawn = multiprocessing.get_context("spawn")
    stop, count = spawn.Event(), spawn.Value("i", 0)
    process = spawn.Process(target=_add, args=(workspace, stop, count))
    process.start()
    try:
        yield lambda: int(count.value)
    finally:
        stop.set()
        process.join()


def _add(workspace: Path, stop: Event, count: Any) -> None:  # noqa: ANN401 - multiprocessing's own
    with Store.open(workspace) as store:
        for entry in entries(1_000_000, seed=time.time_ns()):
            if stop.is_set():
                return
            store.put_all([entry])
            count.value += 1


def _median(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds)


def _p95(seconds: list[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


# Weights


def _weights(port: int, pages: dict[str, Draw]) -> int:
    """The scripts of each page as they travel, in kB; how many pages are over their limit."""
    over = 0
    print(f"{'kB as they travel':28}{'scripts':>10}{'all':>8}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, draw in pages.items():
            if "JSON" in name or "CSV" in name:
                continue
            page = browser.new_context().new_page()  # nothing is kept from the page before
            answers: list[Any] = []
            page.on("requestfinished", partial(answers.append))  # it sets a mark on what it is given
            page.goto(f"http://127.0.0.1:{port}{draw(random.Random(1))}", wait_until="networkidle")  # noqa: S311
            sizes = [(each.url, each.sizes()["responseBodySize"] / 1000) for each in answers]
            scripts = sum(size for url, size in sizes if url.partition("?")[0].endswith(".js"))
            late = scripts > (MAP_KB if "map" in name else SCRIPT_KB)
            over += late
            print(f"{name:28}{scripts:10.1f}{sum(s for _, s in sizes):8.0f}{'  over' if late else ''}")
            page.context.close()
        browser.close()
    return over


# The peer


def _beside(program: Path, workspace: Path, server: Server, sample: Sample) -> None:
    """Datasette over the same file, read-only, asked for the same rows with as many counted columns."""
    table = "/marsad/shown_claims?_size=50"
    asked: dict[str, tuple[Draw, Draw]] = {
        "claims, newest": (
            lambda _: "/claims?sort=known&descending=yes",
            lambda _: f"{table}&_sort_desc=known&_facet=kind&_facet=holder&_facet=certainty",
        ),
        "claims of a holder": (
            lambda c: f"/claims?holder={quote(c.choice(sample.actors))}",
            lambda c: f"{table}&holder={quote(c.choice(sample.actors))}&_facet=kind&_facet=certainty",
        ),
        "claims denied": (
            lambda _: "/claims?polarity=denied",
            lambda _: f"{table}&polarity=denied&_facet=kind&_facet=holder&_facet=certainty",
        ),
    }
    with _datasette(program, workspace / "marsad.db") as theirs:
        print(
            f"{'alone, ms':28}{'Marsad p50':>11}{'p95':>8}{'cpu':>6}"
            f"{'Datasette p50':>15}{'p95':>8}{'cpu':>6}{'ratio':>8}{'cpu':>6}"
        )
        for name, (ours_draw, theirs_draw) in asked.items():
            our, their = (
                _alone(each, {name: draw}, 20)[name]
                for each, draw in ((server, ours_draw), (theirs, theirs_draw))
            )
            print(
                f"{name:28}{_median(our.seconds):11.0f}{_p95(our.seconds):8.0f}{1000 * our.cpu:6.0f}"
                f"{_median(their.seconds):15.0f}{_p95(their.seconds):8.0f}{1000 * their.cpu:6.0f}"
                f"{statistics.median(our.seconds) / statistics.median(their.seconds):8.2f}"
                f"{our.cpu / their.cpu:6.2f}"
            )


@contextmanager
def _datasette(program: Path, path: Path) -> Iterator[Server]:
    port = random.Random().randint(20_000, 30_000)  # noqa: S311 - no secret
    limits = [("sql_time_limit_ms", "60000"), ("facet_time_limit_ms", "60000")]
    settings = [word for limit in limits for word in ("--setting", *limit)]
    command = [str(program), "serve", str(path), "--port", str(port), *settings]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{program} does not serve {path}")
            time.sleep(0.2)
        try:
            yield Server(port, process.pid)
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        return Reader(port).ask("/").status == 200
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
