"""The workbench under load: how long each page takes while many read and one process adds documents.

    python benchmarks/workbench.py [--documents 20000] [--keep DIR] [--readers 20] [--pause 1.0] [--rounds 20]
                                   [--datasette PROGRAM] [--weights]

`marsad serve` runs as a process of its own over a generated ledger of fifteen claims a document
(`generated.py`); `--keep` keeps it for the next run. Each page is asked for by one reader alone, then by
`--readers` at once, each of whom looks for about `--pause` seconds between two pages, while another process
adds documents one by one without a pause. A time is that from the request to the last byte of its answer,
as the reader sees it: what the server takes and what waits in its queue.

`--weights` opens each page in Chromium and adds up the scripts that it loads, as they travel. `--datasette`
names a Datasette, which then answers the same questions over the same file.
"""

from __future__ import annotations

import argparse
import multiprocessing
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
from http.client import HTTPConnection
from itertools import islice
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec
from generated import MEASURES, THEMES, World, entries
from playwright.sync_api import sync_playwright

from marsad.ledger.store import Store

LIMIT_MS = 150.0
SCRIPT_KB = 150
MAP_KB = 700
BATCH = 100  # documents a transaction, while the ledger is made
Draw = Callable[[random.Random], str]


def main() -> int:
    options = _asked()
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as made:
        workspace = (options.keep or Path(made)) / "workspace"
        _fill(workspace, options.documents)
        with serving(workspace) as port:
            sample = Sample.of(port)
            pages = {name: draw for name, draw in addresses(sample).items() if _is_there(port, name, draw)}
            over = _times(workspace, port, pages, options)
            if options.weights:
                over += _weights(port, pages)
            if options.datasette:
                _beside(options.datasette, workspace, port, sample)
    return int(over > 0)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--documents", type=int, default=20_000)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--readers", type=int, default=20)
    asked.add_argument("--pause", type=float, default=1.0)
    asked.add_argument("--rounds", type=int, default=20, help="times that a reader asks for each page")
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


@contextmanager
def serving(workspace: Path) -> Iterator[int]:
    """`marsad serve` as a process of its own; the port that it answers on."""
    command = [sys.executable, "-m", "marsad", "serve", "--workspace", str(workspace), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.readline() if process.stdout else ""
        found = re.search(r"127\.0\.0\.1:(\d+)", said)
        if not found:
            raise SystemExit(f"marsad serve said: {said!r}")
        try:
            yield int(found[1])
        finally:
            process.terminate()


class Answer(NamedTuple):
    status: int
    body: bytes
    seconds: float


class Reader:
    """One connection that is kept, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, path: str) -> Answer:
        begin = time.perf_counter()
        self._connection.request("GET", path, headers={"accept-encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        return Answer(answer.status, body, time.perf_counter() - begin)


class Sample(NamedTuple):
    """Names and ids of the ledger, to ask for."""

    documents: list[str]
    claims: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    actors: list[str]
    places: list[str]
    words: list[str]

    @classmethod
    def of(cls, port: int) -> Sample:
        world = World(1)
        claims = _rows(port, "/claims.json?limit=200")
        return cls(
            [each["id"] for each in _rows(port, "/documents.json?limit=200")],
            claims,
            _rows(port, "/figures.json?limit=200"),
            world.actors[:100],
            world.places[:200],
            world.words[:2_000],
        )


def _rows(port: int, path: str) -> list[dict[str, Any]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    found: list[dict[str, Any]] = msgspec.json.decode(connection.getresponse().read())["rows"]
    return found


def addresses(sample: Sample) -> dict[str, Draw]:
    """Each page by its name, with what makes one of its addresses by chance."""

    def table(kind: str, **drawn: Draw) -> Draw:
        return lambda chance: f"/{kind}?{urlencode({name: draw(chance) for name, draw in drawn.items()})}"

    def of(values: list[str]) -> Draw:
        return lambda chance: chance.choice(values)

    def day(chance: random.Random) -> str:
        return f"{chance.randint(2013, 2025)}-{chance.randint(1, 12):02}-15"

    def record(chance: random.Random) -> str:
        claim = chance.choice(sample.claims)
        return f"/documents/{claim['document']}?at={claim['id']}"

    newest: Draw = lambda _: "known"  # noqa: E731
    yes: Draw = lambda _: "yes"  # noqa: E731
    kinds = ("documents", "claims", "figures", "incidents", "relations", "actors", "places", "sources")
    found: dict[str, Draw] = {kind: table(kind) for kind in kinds}
    found |= {
        "claims, newest": table("claims", sort=newest, descending=yes),
        "claims, as known": table("claims", as_known=day),
        "claims of an actor": table("claims", actor=of(sample.actors)),
        "claims with a word": table("claims", search=of(sample.words)),
        "claims, actor and theme": table("claims", actor=of(sample.actors), theme=of(THEMES)),
        "claims of a place": table("claims", place=of(sample.places)),
        "claims, JSON": lambda chance: f"/claims.json?actor={quote(chance.choice(sample.actors))}",
        "figures of a measure": table("figures", measure=of(MEASURES), actor=of(sample.actors)),
        "figures, CSV": lambda chance: f"/figures.csv?measure={chance.choice(MEASURES)}&limit=500",
        "documents with a word": table("documents", search=of(sample.words)),
        "document": lambda chance: f"/documents/{chance.choice(sample.documents)}",
        "document, at a record": record,
        "inspector": lambda chance: record(chance).replace("?at", "/inspector?at"),
        "trace": lambda chance: f"/trace/{chance.choice(sample.claims)['id']}",
        "map": lambda _: "/map",
        "map, JSON": lambda _: "/map.json",
        "home": lambda _: "/",
        "actor": lambda chance: f"/actors/{quote(chance.choice(sample.actors))}",
        "series": lambda _: "/series",
        "series of an actor": lambda chance: (
            f"/series?measure={chance.choice(MEASURES)}&actor={quote(chance.choice(sample.actors))}"
        ),
        "contradictions": lambda _: "/contradictions",
        "agreements": lambda _: "/agreements",
        "timeline": lambda _: "/timeline",
        "watches": lambda _: "/watches",
        "reports": lambda _: "/reports",
    }
    return found


def _is_there(port: int, name: str, draw: Draw) -> bool:
    answer = Reader(port).ask(draw(random.Random(0)))  # noqa: S311 - no secret
    if answer.status >= 400:
        print(f"{name:28} answers {answer.status}: left out", flush=True)
    return answer.status < 400


# Times


def _times(workspace: Path, port: int, pages: dict[str, Draw], options: argparse.Namespace) -> int:
    """A table of all pages; how many are over the limit."""
    alone = _alone(port, pages, min(options.rounds, 10))
    with adding(workspace) as added:
        begin = time.perf_counter()
        crowd = _crowd(port, pages, options)
        seconds = time.perf_counter() - begin
    print(
        f"{options.readers} readers, {options.pause} s between two pages; meanwhile {added()} documents added"
    )
    print(f"{sum(map(len, crowd.values())) / seconds:.1f} pages a second")
    print(f"{'milliseconds':28}{'alone p50':>10}{'p95':>8}{'crowd p50':>11}{'p95':>8}")
    over = 0
    for name in pages:
        late = _p95(crowd[name]) > LIMIT_MS
        over += late
        print(
            f"{name:28}{_median(alone[name]):10.0f}{_p95(alone[name]):8.0f}"
            f"{_median(crowd[name]):11.0f}{_p95(crowd[name]):8.0f}{'  over' if late else ''}"
        )
    return over


def _alone(port: int, pages: dict[str, Draw], rounds: int) -> dict[str, list[float]]:
    chance, reader = random.Random(3), Reader(port)  # noqa: S311 - no secret
    return {name: [reader.ask(draw(chance)).seconds for _ in range(rounds)] for name, draw in pages.items()}


def _crowd(port: int, pages: dict[str, Draw], options: argparse.Namespace) -> dict[str, list[float]]:
    """Each reader asks for every page so often, in an order of their own."""
    found: dict[str, list[float]] = defaultdict(list)

    def read(number: int) -> None:
        chance, reader = random.Random(number), Reader(port)  # noqa: S311 - no secret
        order = list(pages) * max(1, options.rounds // 10)
        chance.shuffle(order)
        for name in order:
            time.sleep(chance.uniform(0.5, 1.5) * options.pause)
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


def _beside(program: Path, workspace: Path, port: int, sample: Sample) -> None:
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
        print(f"{'alone, ms':28}{'Marsad p50':>11}{'p95':>8}{'Datasette p50':>15}{'p95':>8}{'ratio':>7}")
        for name, (ours_draw, theirs_draw) in asked.items():
            ours = _alone(port, {name: ours_draw}, 20)[name]
            other = _alone(theirs, {name: theirs_draw}, 20)[name]
            ratio = statistics.median(ours) / statistics.median(other)
            print(
                f"{name:28}{_median(ours):11.0f}{_p95(ours):8.0f}"
                f"{_median(other):15.0f}{_p95(other):8.0f}{ratio:7.2f}"
            )


@contextmanager
def _datasette(program: Path, path: Path) -> Iterator[int]:
    port = random.Random().randint(20_000, 30_000)  # noqa: S311 - no secret
    command = [
        str(program),
        "serve",
        str(path),
        "--port",
        str(port),
        "--setting",
        "sql_time_limit_ms",
        "60000",
    ]
    command += ["--setting", "facet_time_limit_ms", "60000", "--nolock"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(100):
            try:
                Reader(port).ask("/")
                break
            except OSError:
                time.sleep(0.2)
        try:
            yield port
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
