"""`marsad forecast issued`: the forecasts of a ledger."""

from __future__ import annotations

import click

from marsad.cli.listing import Column, open_ledger, show, with_workspace
from marsad.forecast.months import label
from marsad.ledger.forecasts import Issued, issued


@click.command()
@with_workspace
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(workspace: str | None, form: str) -> None:
    """List the forecasts that were issued, with when and from what: none of them can be rewritten."""
    with open_ledger(workspace) as ledger:
        show(issued(ledger), form, _COLUMNS, nothing="No forecast was issued.", listed=Issued.listed)


_COLUMNS = (
    Column("Forecast", lambda each: each.id[:8], 1),
    Column("Issued", lambda each: each.recorded_at[:16].replace("T", " "), 1, 10),
    Column("Model", lambda each: f"{each.about.model} {each.about.version}", 1, 13),
    Column("Of", lambda each: f"{len(each.about.units)} × {each.about.level}, {each.about.violence}", 1),
    Column("Known to", lambda each: label(each.about.cut), 1),
    Column("Months", lambda each: f"{label(each.about.months[0])} to {label(each.about.months[-1])}", 1, 10),
    Column("Data", lambda each: f"{each.about.data} ({each.about.data_sha256[:8]})", 1),
)
