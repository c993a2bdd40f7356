"""A coded row to its reading: a pure function of the cells and of `coded.toml`."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from marsad.reading import lexicon
from marsad.reading.coded import acled, ged
from marsad.reading.coded.cells import cells
from marsad.reading.coded.records import reading
from marsad.records.notices import notice
from marsad.records.reading import Document, Reading

VERSION = "marsad.coded@1"  # changes with what these modules make of a row


@cache
def version() -> str:
    """What reads coded rows, for `Document.reader`. No weights and no gazetteer have a part in it."""
    own = lexicon.own("coded")
    return f"{VERSION}+words.{lexicon.version()}" if own else VERSION


def annotate(document: Document) -> Reading:
    """The reading of a coded row: one claim of its dataset, its incident, figures, places and actors.

    A row of another dataset than these is kept and found, but not read, and says so.
    """
    stamped = replace(document, reader=version(), gazetteer=None)
    found = cells(document.text)
    if ged.COLUMN in found:
        return reading(stamped, ged.event(found), version())
    if acled.COLUMN in found:
        return reading(stamped, acled.event(found), version())
    return Reading(document=stamped, warnings=(notice("unread_columns"),))
