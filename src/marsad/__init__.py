"""Marsad: a ledger of who claimed what.

    from marsad import Ledger, read

    for reading in read("report.html"):
        for claim in reading.claims:
            print(claim.source, claim.text)

Everything heavy is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.version import VERSION

if TYPE_CHECKING:
    from marsad.ledger.store import Ledger
    from marsad.records.reading import Reading

__version__ = VERSION
__all__ = ["Ledger", "read"]


def read(where: str, *, published: str | None = None) -> list[Reading]:
    """The readings of the documents at `where`, stored nowhere: one, or one a line of JSON Lines.

    Args:
        where: a path, an address, or `-` for standard input.
        published: the date of publication, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, where it is known.

    Raises:
        BadInput: a document cannot be read; the message says which and why.
    """
    from marsad import documents, sources  # noqa: PLC0415
    from marsad.errors import BadInput  # noqa: PLC0415
    from marsad.reading import pipeline  # noqa: PLC0415
    from marsad.records.original import Refused  # noqa: PLC0415

    readings = []
    for frozen in documents.freeze(sources.open(where, published=published)):
        if isinstance(frozen, Refused):
            raise BadInput(f"{frozen.source}: {frozen.reason}")
        readings.append(pipeline.read(frozen.document))
    return readings


def __getattr__(name: str) -> object:
    if name == "Ledger":
        from marsad.ledger.store import Ledger  # noqa: PLC0415

        return Ledger
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")
