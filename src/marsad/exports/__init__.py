"""What of a ledger can be handed on: one module a format, and the table of them.

Every format is made from the ledger's lists, which pass through disclosure, and keeps who says so, with
which status, how precise and how reliable. What a format cannot hold is told in docs/exports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.errors import BadInput
from marsad.exports import ftm, geojson, hxl, parquet, stix, web_annotation, writing
from marsad.exports.facts import Asked
from marsad.ledger.asking.fields import FIELDS, KINDS, Kind
from marsad.ledger.asking.query import AGGREGATED, Query
from marsad.ledger.store import Store

__all__ = ["FORMATS", "Format", "queries", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: which lists it holds, whether one at a time, and what makes it."""

    name: str
    help: str
    kinds: tuple[Kind, ...]
    is_one: bool  # one list at a time, the first where none is named; else all together
    parts: Callable[[Asked], Iterator[bytes]] | None = None  # of a file
    fill: Callable[[Asked, Path], None] | None = None  # of a folder

    @property
    def filters(self) -> dict[str, tuple[Kind, ...]]:
        """By the name of a filter, those of its lists that have it."""
        names = dict.fromkeys(field.name for kind in self.kinds for field in FIELDS[kind])
        return {
            name: tuple(kind for kind in self.kinds if name in {field.name for field in FIELDS[kind]})
            for name in names
        }

    def bytes_of(self, asked: Asked) -> Iterator[bytes]:
        """The parts of the file; of a folder none."""
        return self.parts(asked) if self.parts else iter(())

    def lists(self, kinds: Sequence[Kind]) -> tuple[Kind, ...]:
        """The lists that are meant where these are named, in the order of the format.

        Raises:
            BadInput: it holds no such list, or one at a time and several are named.
        """
        for kind in kinds:
            if kind not in self.kinds:
                raise BadInput(f"{self.name} holds no {kind}; it holds {', '.join(self.kinds)}")
        if self.is_one and len(set(kinds)) > 1:
            raise BadInput(f"{self.name} holds one list at a time; name one of {', '.join(self.kinds)}")
        named = tuple(kind for kind in self.kinds if kind in kinds)
        return named or (self.kinds[:1] if self.is_one else self.kinds)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "geojson",
            "Incidents or places for maps, as GeoJSON.",
            ("incidents", "places"),
            True,
            geojson.parts,
        ),
        Format(
            "csv",
            "Claims, figures or incidents with HXL hashtags.",
            ("claims", "figures", "incidents"),
            True,
            hxl.parts,
        ),
        Format(
            "parquet",
            "All lists for data frames, one file each.",
            KINDS,
            False,
            fill=parquet.write,
        ),
        Format(
            "stix",
            "Incidents and relations as a STIX 2.1 bundle.",
            ("incidents", "relations"),
            False,
            stix.parts,
        ),
        Format(
            "ftm",
            "Incidents and relations for FollowTheMoney.",
            ("incidents", "relations"),
            False,
            ftm.parts,
        ),
        Format(
            "annotations",
            "Records on their words, as W3C Web Annotations.",
            ("claims", "figures", "incidents", "relations"),
            True,
            web_annotation.parts,
        ),
    )
}


def queries(form: Format, kinds: Sequence[Kind] = (), **where: Any) -> tuple[Query, ...]:  # noqa: ANN401 - see Query.of
    """The lists that an export asks, each with the same filters.

    Args:
        kinds: the lists; where none is named, the first of a format that holds one, else all.

    Raises:
        BadInput: the format holds no such list, or one of them has no such filter.
    """
    given = {name: value for name, value in where.items() if value not in (None, (), [])}
    lists = form.lists(kinds)
    for kind in lists:
        if "document" in given and kind in AGGREGATED:
            raise BadInput(f"{kind} belong to no one document; name other lists, or leave document out")
    return tuple(Query.of(kind, **given) for kind in lists)


def write(
    ledger: Store,
    form: Format,
    asked: tuple[Query, ...],
    out: Path | Callable[[bytes], object],
    *,
    told: Callable[[int], None] = lambda records: None,
) -> None:
    """Write an export, all of it from one moment of the ledger.

    Args:
        asked: as `queries` gives them.
        out: a file or folder, which is there whole or not at all; or what takes the bytes as they come.
        told: is called with the number of records that have passed.

    Raises:
        BadInput: `out` is no place for this format.
        MarsadError: it cannot be written.
    """
    with ledger.at_one_moment() as held:
        moment = Asked(held, asked, told)
        if form.fill is not None:
            if not isinstance(out, Path):
                raise BadInput(f"{form.name} is a folder; name one with --out")
            with writing.written_folder(out, frozenset(map(parquet.name, KINDS))) as folder:
                form.fill(moment, folder)
            return
        if isinstance(out, Path):
            writing.write_file(out, form.bytes_of(moment))
            return
        stopped = _handed(form.bytes_of(moment), out)
    if stopped is not None:  # outside, for there it would be taken for an error of the database
        raise stopped


def _handed(parts: Iterator[bytes], out: Callable[[bytes], object]) -> OSError | None:
    """Hand on the parts as they come, and give the error of whoever takes them."""
    for part in parts:
        try:
            out(part)
        except OSError as error:
            return error
    return None
