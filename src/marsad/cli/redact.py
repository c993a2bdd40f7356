"""`marsad redact`: remove a document's text for good, for law or safety."""

from __future__ import annotations

import sys

import click

from marsad.cli import one_line
from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger
from marsad.errors import BadInput
from marsad.ledger.asking.found import FoundDocument
from marsad.ledger.reviewing import judging, pointing
from marsad.ledger.store import Store
from marsad.reports import cells

NOT_CONFIRMED = 1


@click.command()
@click.argument("document")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@decided
def command(document: str, yes: bool, by: str | None, reason: str, workspace: str | None) -> int:
    """Remove the text, bytes, records and reviews of DOCUMENT for good.

    DOCUMENT is an id, or six characters or more of its beginning. Its id, its hashes and the reason
    stay, so that a replay shows that it was there: name nobody in the reason. What another document
    has in common with it stays with that one. Backups keep theirs until they are made anew.
    """
    by = decider(by)
    with open_ledger(workspace, command="redact") as ledger:
        found = _found(ledger, document, reason)
        if not yes:
            _require_terminal()
        click.echo(_warning(found), err=not yes)
        if not (yes or click.confirm("Redact it?", err=True)):
            click.echo("nothing was redacted", err=True)
            return NOT_CONFIRMED
        ledger.redact(found.id, by=by, reason=reason)
    click.echo(f"redacted {found.id}")
    return 0


def _found(ledger: Store, given: str, reason: str) -> FoundDocument:
    """The document to be redacted.

    Raises:
        NotFound: there is none.
        BadInput: it is redacted already, or the reason would keep what is to be removed.
    """
    wanted = pointing.document(ledger, given)
    found = ledger.documents(document=wanted).first()
    if found is None or found.redacted:
        raise BadInput(f"document {wanted}: was redacted already")
    if judging.names_somebody(ledger, wanted, reason):
        raise BadInput("--reason: holds a name that is masked in this document, and would stay; leave it out")
    return found


def _warning(found: FoundDocument) -> str:
    of = found.document
    facts = [of.title and f"“{of.title}”", of.publisher, cells.day_of(of.published)]
    what = one_line(", ".join(fact for fact in facts if fact))
    counts = f"{found.claims:,} claims, {found.figures:,} figures, {found.incidents:,} incidents"
    return (
        f"document {found.id}: {what}\n"
        f"removed for good: its text, its bytes, its readings ({counts}), what its reviews say\n"
        "kept: its id, its hashes, its dates, who redacts it, when and why\n"
        "backups and exports keep theirs: make backups anew, and recall what was handed on"
    )


def _require_terminal() -> None:
    if not sys.stdin.isatty():
        raise BadInput("redact: removes a document for good and asks first; confirm it with --yes")
