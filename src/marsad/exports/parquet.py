"""Parquet: a folder with one file a kind, for polars, pandas, DuckDB and R.

A file of records has the columns of the contract, with ids of the ledger, and around them the document,
the accounts on which the record stands with their Admiralty ratings, and its places and actors under
the keys by which they are the same in all documents. Nothing is flattened: nested fields are structs
and lists, numbers are `Float64`, days are text as ISO 8601 and EDTF have them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from marsad.bulk import tables
from marsad.exports import told
from marsad.exports.facts import Asked, Fact, Said, points_of, values_of
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import FoundDocument
from marsad.records.reading import Incident

if TYPE_CHECKING:
    import polars

GROUP = 5_000  # rows that are held at a time
Row = dict[str, Any]


def write(asked: Asked, folder: Path) -> None:
    """Write one file for each kind that is asked for into `folder`.

    Raises:
        BadInput: the extra that writes Parquet is not installed.
    """
    tables.require_polars()
    for kind in asked.kinds:
        _write(_rows(asked, kind), schema(kind), folder / name(kind))


def name(kind: Kind) -> str:
    """What the file of a kind is called."""
    return f"{kind}.parquet"


def _rows(asked: Asked, kind: Kind) -> Iterator[Row]:
    if kind in ("claims", "figures", "incidents", "relations"):
        return map(_record, asked.facts(kind))
    return map(_document if kind == "documents" else _listed, asked.records(kind))


def _write(rows: Iterator[Row], columns: dict[str, Any], path: Path) -> None:
    """Write part by part, then put the parts together: memory does not grow with them."""
    import polars  # noqa: PLC0415 (an extra)

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".parts-") as beside:
        parts: list[Path] = []
        while group := list(islice(rows, GROUP)):
            parts.append(Path(beside, f"{len(parts):08}.parquet"))
            tables.write(_frame(group, columns), parts[-1])
        if not parts:
            tables.write(polars.DataFrame(schema=columns), path)
        else:
            polars.scan_parquet(parts, glob=False).sink_parquet(path, compression="zstd", maintain_order=True)


def _frame(rows: Iterable[Row], columns: dict[str, Any]) -> polars.DataFrame:
    import polars  # noqa: PLC0415 (an extra)

    return polars.read_ndjson(b"\n".join(map(msgspec.json.encode, rows)), schema=columns)


# Rows


def _record(fact: Fact[Any]) -> Row:
    extra: Row = {}
    if isinstance(fact.record, Incident):
        points = points_of(fact)
        extra = {"points": [{of: getattr(point, of) for of in _POINT} for point in points]}
    return {
        **told.document(fact.document),
        "recorded_at": fact.document.recorded_at,
        **msgspec.to_builtins(fact.record),
        "review": fact.found.review,
        "accounts": [_account(fact, each) for each in fact.said],
        "located": [told.place(place) for place in fact.places],
        "named": [named._asdict() for named in fact.actors.values()],
        **extra,
    }


def _account(fact: Fact[Any], each: Said) -> Row:
    statuses, responsibility = (
        values_of(fact.record, each.claim.id) if isinstance(fact.record, Incident) else ((), ())
    )
    return {
        **told.said(each),
        "origin_key": each.origin.key,
        "status": statuses,
        "responsibility": responsibility,
    }


def _document(found: FoundDocument) -> Row:
    said = found.listed()
    published = said.pop("published") or {}
    days = {f"published_{of}": published.get(of) for of in ("earliest", "latest", "basis")}
    return {**said, **days, "coded": found.document.genre == "coded"}


def _listed(found: Any) -> Row:  # noqa: ANN401 - an actor, a place or a source
    said: Row = found.listed()
    return said


# Columns

_POINT = ("key", "name", "latitude", "longitude")
_DOCUMENT = (
    *("id", "source", "url", "title", "author", "publisher", "dateline", "language", "genre", "retrieved"),
    *("published_earliest", "published_latest", "published_basis", "known", "recorded_at", "revision_of"),
    *("raw_sha256", "text_sha256", "extractor", "reader", "gazetteer"),
)
_ACCOUNT = (
    *("claim", "holder", "origin", "origin_key", "origin_kind", "kind", "polarity", "certainty"),
    *("attitude", "quotation", "words", "reliability"),
)


def schema(kind: Kind) -> dict[str, Any]:
    """The columns of a kind with their polars types, in order."""
    return {**_SCHEMAS[kind]()} if kind in _SCHEMAS else _records(kind)


def _records(kind: Kind) -> dict[str, Any]:
    """What is told of the document, the fields of the contract, then what was looked up."""
    import polars  # noqa: PLC0415 (an extra)

    own = tables.schema(kind)
    text, several = polars.String(), polars.List(polars.String())
    account = polars.Struct(
        {
            **dict.fromkeys(_ACCOUNT, text),
            "hidden_source": polars.Boolean(),
            "credibility": polars.Int64(),
            "status": several,
            "responsibility": several,
        }
    )
    place = {
        **dict.fromkeys(("key", "name", "kind", "country", "admin1"), text),
        "where_prec": polars.Int64(),
    }
    point = {"key": text, "name": text, "latitude": polars.Float64(), "longitude": polars.Float64()}
    found = {
        "document": text,
        **dict.fromkeys(("title", "publisher", "published", "published_basis", "known"), text),
        "recorded_at": text,
        "url": text,
        "genre": text,
        "coded": polars.Boolean(),
        **own,
        "review": text,
        "accounts": polars.List(account),
        "located": polars.List(polars.Struct(place)),
        "named": polars.List(polars.Struct(dict.fromkeys(("id", "key", "name", "kind"), text))),
    }
    return found | ({"points": polars.List(polars.Struct(point))} if kind == "incidents" else {})


def _documents() -> dict[str, Any]:
    import polars  # noqa: PLC0415 (an extra)

    text = polars.String()
    return {
        **dict.fromkeys(_DOCUMENT, text),
        "corrections": polars.List(text),
        "coded": polars.Boolean(),
        "unread": polars.Boolean(),
        **dict.fromkeys(("claims", "figures", "incidents"), polars.Int64()),
        "redacted": polars.Struct(dict.fromkeys(("at", "by", "reason"), text)),
    }


def _actors() -> dict[str, Any]:
    import polars  # noqa: PLC0415 (an extra)

    text = polars.String()
    alias = dict.fromkeys(("name", "document", "known", "words", "taught_in", "listed"), text)
    return {
        **dict.fromkeys(("key", "name", "kind", "parent"), text),
        "countries": polars.List(text),
        "aliases": polars.List(polars.Struct(alias)),
        "merged": polars.List(text),
        "documents": polars.Int64(),
        **dict.fromkeys(("first_known", "last_known"), text),
    }


def _places() -> dict[str, Any]:
    import polars  # noqa: PLC0415 (an extra)

    text = polars.String()
    return {
        **dict.fromkeys(("key", "name", "kind", "country", "admin1", "gazetteer_id"), text),
        **dict.fromkeys(("latitude", "longitude"), polars.Float64()),
        **dict.fromkeys(("where_prec", "documents"), polars.Int64()),
        **dict.fromkeys(("first_known", "last_known"), text),
    }


def _sources() -> dict[str, Any]:
    import polars  # noqa: PLC0415 (an extra)

    text = polars.String()
    rating = dict.fromkeys(("reliability", "by", "reason", "recorded_at"), text)
    return {
        **dict.fromkeys(("key", "name", "kind", "reliability"), text),
        **dict.fromkeys(("documents", "claims"), polars.Int64()),
        **dict.fromkeys(("first_known", "last_known"), text),
        "ratings": polars.List(polars.Struct(rating)),
    }


_SCHEMAS: dict[Kind, Callable[[], dict[str, Any]]] = {
    "documents": _documents,
    "actors": _actors,
    "places": _places,
    "sources": _sources,
}
