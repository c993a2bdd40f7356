"""The rows of a table in the formats of others: all that its filters let through, from one moment."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from marsad import exports
from marsad.errors import NotFound
from marsad.exports import FORMATS, Format
from marsad.exports.facts import Asked as Exported
from marsad.ledger.asking.fields import KINDS, Kind
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.web.tables.asked import Asked
from marsad.web.tables.flat import several

router = APIRouter(tags=["export"])


class File(NamedTuple):
    """How a format is named as a file."""

    ending: str
    media_type: str


FILES = {
    "geojson": File("geojson", "application/geo+json"),
    "csv": File("hxl.csv", "text/csv; charset=utf-8"),
    "parquet": File("parquet.zip", "application/zip"),
    "stix": File("stix.json", "application/stix+json;version=2.1"),
    "ftm": File("ftm.jsonl", "application/x-ndjson"),
    "annotations": File("annotations.jsonld", "application/ld+json"),
}


def formats(kind: Kind) -> list[str]:
    """The formats that hold a kind."""
    return [each.name for each in FORMATS.values() if kind in each.kinds]


@router.get("/export/{name}/{kind}")
def export(request: Request, name: str, kind: str) -> Response:
    """The rows of a table, by its parameters, as geojson, csv (HXL), parquet, stix, ftm or annotations.

    Order and page are left aside: it is all that the filters let through, as they became known.
    """
    of = next((each for each in KINDS if each == kind), None)
    form = FORMATS.get(name)
    if of is None or form is None or of not in form.kinds:
        raise NotFound(f"{request.url.path}: no such export; see the foot of a table")
    asked = replace(Asked.of(of, request.query_params).query, sort=None, descending=False)
    query = (asked,)
    store: Store = request.app.state.store
    parts = _zipped(store, form, query) if form.fill else _streamed(store, form, query)
    file = FILES[name]
    headers = {"content-disposition": f'attachment; filename="{kind}.{file.ending}"'}
    return StreamingResponse(parts, media_type=file.media_type, headers=headers)


def _streamed(store: Store, form: Format, query: tuple[Query, ...]) -> Iterator[bytes]:
    with store.at_one_moment() as held:
        for part in several(form.bytes_of(Exported(held, query))):
            yield b"".join(part)


def _zipped(store: Store, form: Format, query: tuple[Query, ...]) -> Iterator[bytes]:
    """A folder as one file; what fails does so before the first byte."""
    whole = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="marsad-") as made:
        folder = Path(made) / "export"
        exports.write(store, form, query, folder)
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, path.name)
    return iter([whole.getvalue()])
