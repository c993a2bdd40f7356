"""`marsad rate`: judge how reliable a source is."""

from __future__ import annotations

import click

from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger
from marsad.ledger.reviewing import pointing


@click.command()
@click.argument("source")
@click.argument("letter", type=str.upper)
@decided
def command(source: str, letter: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Judge the reliability of SOURCE, a name or a key as `marsad sources` shows it.

    LETTER is NATO's Admiralty scale: A completely reliable, B usually, C fairly, D not usually,
    E unreliable, F cannot be judged. Earlier judgements stay.
    """
    by = decider(by)
    with open_ledger(workspace, command="rate") as ledger:
        found = pointing.source(ledger, source)
        ledger.rate(found.key, letter, by=by, reason=reason)
    click.echo(f"rated {found}: {letter}")
