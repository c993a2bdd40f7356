"""`marsad sources`: whom the claims go back to, and how reliable people have judged them."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column
from marsad.cli.places import first_and_last
from marsad.ledger.asking.found import FoundSource
from marsad.reports import cells


@click.command()
@asks("sources")
def command(question: Question) -> None:
    """List the sources of the ledger: each origin of claims, with its reliability from A to F."""
    question.answer(_COLUMNS, nothing="No sources: the ledger holds none that these options let through.")


def _reliability(source: FoundSource) -> str:
    """The newest judgement with its day; before it, how it was judged earlier."""
    if not source.ratings:
        return "F, not rated"
    newest = source.ratings[-1]
    before = ", ".join(rating.reliability for rating in source.ratings[:-1])
    return cells.lines(
        newest.reliability,
        newest.recorded_at[:10],
        f"by {newest.by}",
        f"before: {before}" if before else None,
    )


_COLUMNS = (
    Column("source (key)", lambda source: f"{source.name}\n({source.key})", 6),
    Column("kind", lambda source: source.kind, 0, width=9),
    Column("reliability", _reliability, 0, width=12),
    Column("documents", lambda source: f"{source.documents:,}", 0, width=9),
    Column("claims", lambda source: f"{source.claims:,}", 0, width=7),
    Column("known", lambda source: first_and_last(source.first_known, source.last_known), 0, width=10),
)
