"""The public Python API: read a document, keep a ledger, ask it. Its examples are tests."""

from __future__ import annotations

from typing import Any

from marsad import bulk, documents, sources
from marsad.assessment import agreement, board, contradiction, series
from marsad.assessment.agreement import Agreement
from marsad.assessment.board import Board
from marsad.assessment.contradiction import Contradiction
from marsad.assessment.series import Series
from marsad.assessment.watch import Watch
from marsad.errors import BadInput
from marsad.ingest import Outcome
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.original import Refused
from marsad.records.reading import Reading

__all__ = ["Ledger", "Watch", "read"]


def read(where: str, *, published: str | None = None) -> list[Reading]:
    """The readings of the documents at `where`, stored nowhere: one, or all of JSON Lines, a ZIP, a WARC.

    Args:
        where: a path, an address, or `-` for standard input.
        published: the date of publication, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, where it is known.

    Raises:
        BadInput: a document cannot be read; the message says which and why.
    """
    readings = []
    for original in sources.originals(where):
        if isinstance(original, Refused):
            raise BadInput(f"{original.source}: {original.reason}")
        for frozen in documents.freeze(original._replace(published=published)):
            if isinstance(frozen, Refused):
                raise BadInput(f"{frozen.source}: {frozen.reason}")
            readings.append(pipeline.read(frozen.document, frozen.warnings))
    return readings


class Ledger(Store):
    """A ledger that reads documents into itself. Close it when done, or use it in a `with`.

    `open` takes a folder, or the address `postgresql://USER@HOST/NAME` of a database:

    >>> from pathlib import Path
    >>> from marsad import Ledger, samples
    >>> reports = [str(path) for path in samples.write(Path("reports"))]
    >>> ledger = Ledger.open("gbf", create=True)
    >>> len(ledger.add(*reports, published="2024-03-12"))
    3

    `claims`, `figures`, `incidents`, `relations`, `places`, `actors`, `sources` and `documents` take
    the fields of `marsad.ledger.asking.fields` as filters, each one value or several of which one must hold,
    and `search`, `document`, `as_known`, `sort` and `descending`. Nothing is asked before the answer
    is used, and what it holds is masked as it may be shown:

    >>> for found in ledger.claims(actor="GBF", measure="strength.fighters", as_known="2024-03-31"):
    ...     print(f"{found.holder}: {found.record.text}")
    United Nations: that the group still had between 900 and 1,200 fighters in Mongolia and Kazakhstan, \
working in small cells
    Member State: that the group had between 900 and 1,200 fighters in Mongolia and Kazakhstan

    A page gives the cursor of the one after it, or `None`:

    >>> dearest = ledger.figures(unit="USD", sort="best", descending=True)
    >>> first = dearest.page(2)
    >>> [found.record.text for found in first.items]
    ['$4 million', '$3.5 million']
    >>> [found.record.text for found in dearest.page(2, after=first.next).items]
    ['about $1.2 million', '$0.8 million']

    Facets count the values of a field; origins are the independent ones, however many outlets and
    documents carry their words:

    >>> (facet,) = ledger.figures(measure="strength.fighters").facets("bound")
    >>> facet.values, facet.is_capped
    ([('exact', 2), ('range', 2)], False)
    >>> [group.name for group in ledger.claims(actor="GBF", measure="strength.fighters").origins()]
    ['Member State', 'United Nations']

    A frame of polars has a row for each, and nested fields as structs:

    >>> ledger.figures(bound="range", unit="fighter").frame().select("low", "high", "holder").rows()
    [(900, 1200, 'United Nations'), (900, 1200, 'Member State')]

    The ledger as it stood at a moment, reviews and merges included:

    >>> with ledger.as_recorded("2001-01-01") as past:
    ...     past.claims().count().number
    0

    What an analyst makes of it, at any `as_known`: a series holds the figures of one basis, a contradiction
    the answers to one question that exclude each other, a board how things stand on a watch.

    >>> strength, *_ = ledger.series(measure="strength.fighters")
    >>> strength.title, len(strength.points)
    ('fighters of Grey Banner Front in Kazakhstan and Mongolia', 2)
    >>> print(strength.current.reason)
    2 of 2 independent origins give this number.
    >>> from marsad import Watch
    >>> [each.name for each in ledger.board(Watch.load("isis")).watch.indicators][:3]
    ['strength', 'finance', 'recruitment']
    >>> ledger.close()
    """

    def add(self, *paths: str, published: str | None = None) -> list[Outcome]:
        """Read files, folders or addresses into the ledger, and say what became of each document.

        What is `Added` or `Unchanged` is on disk; what is `Refused` carries its reason.

        Args:
            published: the day of publication (ISO 8601) of all of them, where it is known.

        Raises:
            BadWorkspace: the ledger cannot be written. All that was committed before is in it.
        """
        return list(bulk.add(self, paths, published=published))

    # What is made of it; filters are those of `claims`

    def series(self, **where: Any) -> tuple[Series, ...]:  # noqa: ANN401 - see Query.of
        """The figures of the claims that all filters let through, by what they are figures of."""
        with self.at_one_moment() as ledger:
            return series.series(
                ledger.gather([Query.of("claims", **where)], counted=True), series.ratings(ledger)
            )

    def agreements(self, **where: Any) -> tuple[Agreement, ...]:  # noqa: ANN401 - see Query.of
        """Those of the claims that say the same, with their independent origins."""
        return agreement.agreements(self.gather([Query.of("claims", **where)], vectors=True))

    def contradictions(self, **where: Any) -> tuple[Contradiction, ...]:  # noqa: ANN401 - see Query.of
        """The questions that these claims answer in ways that exclude each other."""
        return contradiction.asked(self, **where)

    def board(self, watch: Watch, *, as_known: str | None = None, since: str | None = None) -> Board:
        """How things stand on a watch at `as_known`, with what changed after the day `since`.

        Raises:
            BadInput: one of them is no day, or `since` is not before the date of the board.
        """
        return board.board(self, watch, as_known=as_known, since=since)
