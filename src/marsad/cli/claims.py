"""`marsad claims`: who said what, and how many independent origins it goes back to."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column, Row, show
from marsad.ledger.asking.found import Found
from marsad.linkage.origins import Group
from marsad.records.reading import Claim
from marsad.reports import cells

_NOTHING = "No claims: the ledger holds none that these options let through."


@click.command()
@click.option("--origins", is_flag=True, help="Print the independent origins of these claims instead.")
@asks("claims")
def command(question: Question, origins: bool) -> None:
    """List the claims of the ledger, each with its holder, its words and its document."""
    if origins:
        _show_origins(question)
    else:
        question.answer(_COLUMNS, nothing=_NOTHING, flat=_flat)


def _show_origins(question: Question) -> None:
    """Ten outlets with one wire story are one origin: see `linkage.origins`."""
    question.refuse_pages("--origins")
    with question.answers() as found:
        groups = found.origins()
    show(groups, question.form, _ORIGINS, nothing=_NOTHING, listed=_origin)
    if groups:
        words = f"{len(groups):,} independent origin{'s' if len(groups) > 1 else ''}"
        click.echo(f"\n{words}" if question.form == "table" else words, err=question.form != "table")


def _origin(group: Group) -> Row:
    return {**group._asdict(), "documents": list(group.documents)}


def _flat(row: Row) -> Row:
    """`row` for a spreadsheet: parties and cue by their words, the chain from publisher to origin."""
    words = {name: row[name] and row[name]["text"] for name in ("source", "cue")}
    return {**row, **words, "chain": " › ".join(party["text"] for party in row["chain"])}


def _holder(found: Found[Claim]) -> str:
    return cells.held(found.record, found.holder or "the report")


def _words(found: Found[Claim]) -> str:
    claim = found.record
    cue = f" [{claim.cue.text}]" if claim.cue else ""
    denied = "DENIED: " if claim.polarity == "denied" else ""
    return f"{denied}{' '.join(claim.text.split())}{cue}"


_COLUMNS = (
    Column("id", cells.record_id, 0, width=cells.RECORD),
    Column("holder", _holder, 5),
    Column("words", _words, 10),
    Column("document", cells.document, 2, width=cells.DOCUMENT),
)
_ORIGINS = (
    Column("origin (key)", lambda group: f"{group.name}\n({group.key})", 6),
    Column("kind", lambda group: group.kind, 0, width=10),
    Column("claims", lambda group: f"{group.claims:,}", 0, width=7),
    Column("documents", lambda group: f"{len(group.documents):,}", 0, width=9),
)
