"""A gazetteer of one's own from full dumps of GeoNames: twelve million places, in bounded memory.

The dumps are GeoNames' `allCountries.txt`, `SY.txt` and the like, or a zip file of one. They are gone
through twice: for the administrative units, which are kept in memory, and for all else, which is not.
Their own column of alternate names is used. The project's tables of countries, regions, demonyms and
camps are put in too.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from marsad.errors import BadInput, NotFound
from marsad.gazetteer.entry import BROAD, Entry
from marsad.gazetteer.making import own
from marsad.gazetteer.making.files import write
from marsad.gazetteer.making.named import Named, size, usable, without_type
from marsad.gazetteer.making.neighbours import without_doubles
from marsad.gazetteer.making.own import Additions
from marsad.gazetteer.store import About
from marsad.records.reading import PlaceKind

NAME = "geonames"
Watch = Callable[[str, int, int], None]  # stage, bytes done, bytes in all

_COLUMNS = 19
_UNITS: dict[str, PlaceKind] = {"ADM1": "admin1", "ADM2": "admin2"}
_COUNTRY = "PCL"  # and what follows: the project's own table names countries
_CAMPS = frozenset({"CMP", "CMPL", "CMPLA", "CMPMN", "CMPO", "CMPQ", "CMPRF"})
_FACILITIES = frozenset({"MILB", "OILF", "GASF", "NVB", "MNQ", "INDS", "AGRF"})
_PART_OF_TOWN = "PPLX"
_OF_CLASS: dict[str, PlaceKind] = {
    "A": "other", "H": "water", "L": "region", "R": "facility", "S": "facility", "T": "region",
    "U": "water", "V": "region",
}  # fmt: skip
_STEP = 4_000_000  # bytes between two reports


class Row(NamedTuple):
    """What a line of a dump says that is used."""

    id: str
    name: str
    plain: str
    others: tuple[str, ...]
    lat: float
    lon: float
    letter: str  # GeoNames' feature class
    code: str  # and feature code
    country: str
    admin1: str
    admin2: str
    people: int


class BadLines:
    """Lines that could not be read: how many, and which was the first."""

    def __init__(self) -> None:
        self.count = 0
        self.first = ""

    def add(self, where: str, reason: str) -> None:
        self.first = self.first or f"{where}: {reason}"
        self.count += 1


class Dump:
    """One file of GeoNames' main table, plain or zipped.

    Raises:
        NotFound: there is no such file.
        BadInput: it is no dump of GeoNames.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise NotFound(f"{path}: no such file")
        self.path = path
        self.member = _member(path) if zipfile.is_zipfile(path) else None
        self.size = self.member.file_size if self.member else path.stat().st_size
        with ExitStack() as stack:
            self._row(self._open(stack).readline(), 1)  # the first line tells whether it is one

    def _open(self, stack: ExitStack) -> BinaryIO:
        if self.member is None:
            return stack.enter_context(self.path.open("rb"))
        archive = stack.enter_context(zipfile.ZipFile(self.path))
        return cast(BinaryIO, stack.enter_context(archive.open(self.member)))

    def rows(self, bad: BadLines, tick: Callable[[int], None], mark: bytes = b"") -> Iterator[Row]:
        """The rows of the lines that have `mark` in them; `tick` is told the bytes that were read."""
        read = told = 0
        with ExitStack() as stack:
            for number, line in enumerate(self._open(stack), 1):
                read += len(line)
                if read - told >= _STEP:
                    tick(read - told)
                    told = read
                if mark in line:
                    try:
                        row = self._row(line, number)
                    except BadInput as error:
                        bad.add(*str(error).rsplit(": ", 1))
                    else:
                        yield row
        tick(read - told)

    def _row(self, line: bytes, number: int) -> Row:
        where = f"{self.path}, line {number}"
        try:
            cells = line.decode().rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            raise BadInput(f"{where}: is not UTF-8") from None
        if len(cells) != _COLUMNS:
            raise BadInput(f"{where}: has {len(cells)} columns, a dump of GeoNames has {_COLUMNS}")
        try:
            return _row(cells)
        except ValueError:
            raise BadInput(f"{where}: its coordinates or its people are no numbers") from None


def _member(path: Path) -> zipfile.ZipInfo:
    with zipfile.ZipFile(path) as archive:
        members = [
            m for m in archive.infolist() if m.filename.endswith(".txt") and "readme" not in m.filename
        ]
    if len(members) != 1:
        raise BadInput(f"{path}: holds {len(members)} tables, a dump of GeoNames has one")
    return members[0]


def _row(cells: list[str]) -> Row:
    lat, lon = float(cells[4]), float(cells[5])
    if not cells[0].isdigit() or not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(cells)
    others = tuple(filter(None, cells[3].split(",")))
    people = int(cells[14] or 0)
    letter, code, country, _, admin1, admin2 = cells[6:12]
    return Row(cells[0], cells[1], cells[2], others, lat, lon, letter, code, country, admin1, admin2, people)


def build(paths: Iterable[Path], folder: Path, watch: Watch) -> tuple[About, BadLines]:
    """Make the gazetteer of these dumps in `folder`; what was there stays until all is done.

    Raises:
        NotFound: a file is not there.
        BadInput: a file is no dump of GeoNames, or `folder` holds something else.
    """
    dumps = [Dump(path) for path in paths]
    bad = BadLines()
    places = _places(dumps, bad, watch)
    about = write(places, folder, name=NAME, sources=("GeoNames", "Marsad"))
    return about, bad


def _places(dumps: list[Dump], bad: BadLines, watch: Watch) -> Iterator[Named]:
    additions = Additions()
    codes: dict[str, str] = {}
    rows = _rows(dumps, BadLines(), watch, "units", b"\tA\tADM")  # the second round reports bad lines
    units = [_unit(row, codes, additions) for row in rows if row.code in _UNITS]
    units.sort(key=lambda unit: unit.entry.kind)  # the first level before the second
    units = [unit._replace(unit=codes.get(unit.unit or "")) for unit in units]
    broad = [*own.countries(additions), *without_doubles(own.regions(additions), units)]
    known = {place.entry.id for place in (*broad, *units)}
    yield from (*broad, *units)
    for row in _rows(dumps, bad, watch, "places"):
        if row.id not in known and not row.code.startswith(_COUNTRY):
            yield additions.to(_place(row, codes), "place")
    first = {(unit.entry.country, unit.entry.name): unit.entry.id for unit in units if unit.unit is None}
    for place, unit in own.settlements():
        yield place._replace(unit=first.get((place.entry.country, unit)))


def _rows(dumps: list[Dump], bad: BadLines, watch: Watch, stage: str, mark: bytes = b"") -> Iterator[Row]:
    total = sum(dump.size for dump in dumps)
    done = 0

    def tick(count: int) -> None:
        nonlocal done
        done += count
        watch(stage, done, total)

    return chain.from_iterable(dump.rows(bad, tick, mark) for dump in dumps)


def _unit(row: Row, codes: dict[str, str], additions: Additions) -> Named:
    """A first- or second-level unit; its `unit` is the code of the one around it, for now."""
    kind = _UNITS[row.code]
    first = f"{row.country}.{row.admin1}"
    code = first if kind == "admin1" else f"{first}.{row.admin2}"
    codes.setdefault(code, row.id)
    place = _named(row, kind, first if kind == "admin2" else None)
    names = (without_type(row.name), without_type(row.plain))
    return additions.to(place._replace(names=place.names + names), kind)


def _place(row: Row, codes: dict[str, str]) -> Named:
    first = f"{row.country}.{row.admin1}"
    return _named(row, _kind(row), codes.get(f"{first}.{row.admin2}") or codes.get(first))


def _kind(row: Row) -> PlaceKind:
    if row.letter == "P":
        return "other" if row.code == _PART_OF_TOWN else size(row.people)
    if row.code in _CAMPS:
        return "camp"
    return "facility" if row.code in _FACILITIES else _OF_CLASS.get(row.letter, "other")


def _named(row: Row, kind: PlaceKind, unit: str | None) -> Named:
    is_broad = kind in BROAD
    entry = Entry(
        row.id, "geonames", row.name, kind, None if is_broad else row.lat, None if is_broad else row.lon,
        row.country or None, None, None, row.people, len(row.others), (),
        (row.lat, row.lon) if is_broad else None,
    )  # fmt: skip
    others = (name for name in row.others if usable(name, row.country))
    return Named(entry, (row.name, row.plain, *others), unit=unit)
