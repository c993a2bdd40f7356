"""How fast rows of a coded dataset go into a ledger, and whether it is sound and answers afterwards.

    python benchmarks/coded.py [--rows 20000] [--store sqlite|ADDRESS] [--keep DIR]

A CSV file in the columns of UCDP GED, made by chance from a seed, is added as `marsad add FILE` does it.
That is compared with the bare cost of the same rows: every INSERT that the ledger sends is sent again, by
the driver's own `executemany` and nothing else, to a second database with the same tables, indexes and
durability, in the same transactions; the two take turns. Of PostgreSQL, ADDRESS names an empty database,
and the same name with `_bare` behind it another one. At the end lists are asked for, and `marsad check`
goes through everything. Nothing is real.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generated import World
from ledger import ASKED, PAGE, Sent, _beside, memory, row, send, timed
from sqlalchemy import event

from marsad import ingest
from marsad.ledger.asking.query import Query
from marsad.ledger.checking import check
from marsad.ledger.store import Store

GOAL = 3_000  # rows a second
FIRST, DAYS = date(1989, 1, 1), 13_000
COUNTRIES = ("Syria", "Iraq", "Ethiopia", "Sri Lanka", "Sudan", "Mali")
COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id"),
    *("conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id"),
    *("side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec"),
    *("where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start"),
    *("date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    *("gwnoa", "gwnob"),
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--rows", type=int, default=20_000)
    asked.add_argument("--store", default="sqlite")
    asked.add_argument("--keep", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as made:
        folder = options.keep or Path(made)
        path = folder / "GEDEvent_v99_1.csv"
        write(path, options.rows)
        is_file = options.store == "sqlite"
        store = Store.open(folder / "ledger" if is_file else options.store, create=True)
        bare = Store.open(folder / "bare" if is_file else _beside(options.store), create=True)
        adding(store, bare, path, options.rows)
        bare.close()
        again(store, path, options.rows)
        asking(store)
        problems = [problem for problem in check(store) if not problem.is_harmless]
        print(f"check                     {len(problems)} problems")
        store.close()
    return int(bool(problems))


# The file


def write(path: Path, rows: int) -> None:
    """Events by day, as a release has them by place."""
    world, chance = World(1), random.Random(2)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(_row(world, chance, n, rows) for n in range(rows))


def _row(world: World, chance: random.Random, n: int, rows: int) -> dict[str, object]:
    day = FIRST + timedelta(days=DAYS * n // rows)
    last = day + timedelta(days=chance.choice((0, 0, 0, 0, 2, 6)))
    country, place = chance.choice(COUNTRIES), world.draw(chance, "places", 1)[0]
    kind, state = chance.choice((1, 1, 1, 2, 3)), f"Government of {country}"
    armed, other = world.draw(chance, "actors", 2)
    sides = {1: (state, armed), 2: (armed, other), 3: (armed, "Civilians")}[kind]
    dead = {name: chance.choice((0, 0, 1, 2, 5)) for name in ("deaths_a", "deaths_b", "deaths_civilians")}
    best = sum(dead.values())
    headline = " ".join(world.draw(chance, "words", 10))
    outlet = world.draw(chance, "outlets", 1)[0]
    return {
        **dead,
        "id": n,
        "relid": f"XXX-{day.year}-{kind}-{n}",
        "year": day.year,
        "active_year": 1,
        "code_status": "Clear",
        "type_of_violence": kind,
        "conflict_name": f"{country}: Government",
        "dyad_name": " - ".join(sides),
        "side_a": sides[0],
        "side_b": sides[1],
        "number_of_sources": 1,
        "source_article": f'"{outlet},{day},{headline}"',
        "source_office": outlet,
        "source_date": day,
        "source_headline": headline,
        "source_original": outlet,
        "where_prec": chance.choice((1, 1, 2, 3)),
        "where_coordinates": f"{place} town",
        "where_description": f"{place} town and around",
        "adm_1": f"{place[:2]}ra province",
        "adm_2": f"{place[:4]} district",
        "latitude": round(chance.uniform(10, 37), 6),
        "longitude": round(chance.uniform(20, 48), 6),
        "priogrid_gid": 178000 + n % 900,
        "country": country,
        "region": "Middle East",
        "event_clarity": 1,
        "date_prec": 1 if last == day else 2,
        "date_start": f"{day} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
        "deaths_unknown": 0,
        "best": best,
        "high": best + chance.choice((0, 0, 3)),
        "low": best,
    }


# Adding and asking


def adding(store: Store, bare: Store, path: Path, rows: int) -> None:
    sent: list[Sent] = []

    @event.listens_for(store.database._writers, "before_cursor_execute")
    def _note(*arguments: Any) -> None:  # noqa: ANN401 - connection, cursor, then what is sent
        _, _, statement, parameters, _, is_many = arguments
        if statement.startswith("INSERT"):
            sent.append(Sent(statement, parameters, is_many))

    begin, theirs, early = time.perf_counter(), 0.0, 0.0
    for number in _added(store, path):
        if number % ingest.CODED_AT_ONCE == 0 or number == rows:
            theirs += timed(send, bare, sent)
            sent.clear()
            early = early or memory()
    ours = time.perf_counter() - begin - theirs
    print(f"adding {rows:,} rows        {rows / ours:8,.0f} a second (goal {GOAL:,})")
    print(f"bare executemany          {rows / theirs:8,.0f} a second, ratio {ours / theirs:.2f}")
    print(f"memory                    {early:.0f} MB after a batch, {memory():.0f} MB at the end", flush=True)


def _added(store: Store, path: Path) -> Iterator[int]:
    for number, outcome in enumerate(ingest.add(store, [str(path)]), 1):
        if not isinstance(outcome, ingest.Added):
            raise SystemExit(f"{outcome}: not added")
        yield number


def again(store: Store, path: Path, rows: int) -> None:
    begin = time.perf_counter()
    if any(isinstance(outcome, ingest.Added) for outcome in ingest.add(store, [str(path)])):
        raise SystemExit("a row was added twice")
    seconds = time.perf_counter() - begin
    print(f"adding them again         {rows / seconds:8,.0f} a second", flush=True)


def asking(store: Store) -> None:
    world, chance = World(1), random.Random(3)  # noqa: S311 - no secret
    print(f"{'asking':34}{'p50 ms':>8}{'p95 ms':>8}")
    for name, make in {
        "newest incidents": lambda: Query.of("incidents", descending=True),
        "incidents of an actor": lambda: Query.of("incidents", actor=world.draw(chance, "actors", 1)[0]),
        "incidents, place, most deaths": lambda: Query.of(
            "incidents", place=world.draw(chance, "places", 1)[0], sort="deaths_best", descending=True
        ),
        "figures of a country, a year": lambda: Query.of("figures", country="SY", as_of="2011"),
        "claims with a word": lambda: Query.of("claims", search=world.draw(chance, "places", 1)[0]),
        "documents": lambda: Query.of("documents", sort="title"),
    }.items():
        queries = [make() for _ in range(ASKED // 10)]
        row(name, [timed(store.find(query).page, PAGE) for query in queries])


if __name__ == "__main__":
    sys.exit(main())
