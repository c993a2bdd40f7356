"""`marsad agreements`: claims and incidents that say the same, and how many independent origins say it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from marsad.assessment.agreement import (
    Agreement,
    IncidentAgreement,
    agreements,
    incident_agreements,
    listed,
)
from marsad.cli.assessing import as_known_here, with_actor, with_measure, with_theme
from marsad.cli.listing import Column, open_ledger, show
from marsad.cli.tables import cell, console_for_output
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.asking.query import Query
from marsad.records.reading import Claim, Incident
from marsad.reports import cells

_NOTHING = "No agreements: no two claims that these options let through say the same."
_NO_INCIDENTS = "No agreements: no two incidents that these options let through are told alike."


@click.command()
@click.option("--incidents", is_flag=True, help="Incidents that several documents tell, and no claims.")
@with_actor("Whom they are about or come from")
@with_theme
@with_measure
@as_known_here
def command(
    incidents: bool,
    actor: str | None,
    theme: str | None,
    measure: str | None,
    as_known: str | None,
    workspace: str | None,
    form: str,
) -> None:
    """Print the claims of the ledger that say the same, those with most independent origins first.

    Ten outlets that carry one wire story are one origin, and so are five that cite one report. Credibility 1
    (NATO Admiralty: confirmed by other sources) is proposed only where two independent named origins agree;
    marsad review credibility gives it.
    """
    asked = Query.of("claims", actor=actor, theme=theme, measure=measure, as_known=as_known)
    happened = [Query.of("incidents", actor=actor, as_known=as_known)] if incidents else []
    with open_ledger(workspace) as ledger:
        gathered = ledger.gather([] if incidents else [asked], happened, vectors=True)
    if incidents:
        told = incident_agreements(gathered)
        _show(told, gathered, form, _INCIDENTS, _NO_INCIDENTS)
    else:
        _show(agreements(gathered), gathered, form, _CLAIMS, _NOTHING)


def _show(
    found: Sequence[Agreement | IncidentAgreement],
    gathered: Gathered,
    form: str,
    columns: tuple[Column, ...],
    nothing: str,
) -> None:
    if form == "json":
        show(found, form, (), nothing="", listed=listed)
        return
    if not found:
        click.echo(nothing)
    for each in found:
        records = each.claims if isinstance(each, Agreement) else each.incidents
        console_for_output().print(
            cell(_heading(each), "bold"), cell(_proposal(each)), sep="\n", soft_wrap=True
        )
        show(records, "table", columns, nothing="", is_dense=True)
        click.echo()


def _heading(each: Agreement | IncidentAgreement) -> str:
    records = each.claims if isinstance(each, Agreement) else each.incidents
    origins = f"{len(each.origins)} independent origin{'' if len(each.origins) == 1 else 's'}"
    echoes = f", {each.echoes} echo{'' if each.echoes == 1 else 'es'}" if each.echoes else ""
    return f"{origins}{echoes}, first known {records[0].found_in.known}"


def _proposal(each: Agreement | IncidentAgreement) -> str:
    return f"Proposed credibility: {each.proposed or 'none'}. {each.reason}"


def _holder(found: Found[Claim]) -> str:
    return cells.held(found.record, cells.said_by(found) or "the report")


def _what(found: Found[Incident]) -> str:
    incident = found.record
    return cells.lines(f"{incident.type} {incident.mode or ''}".strip(), cells.days(incident.date))


def _accounts(found: Found[Incident]) -> str:
    return "\n".join(f"{each.holder}: {' '.join(each.claim.text.split())}" for each in found.accounts)


_CLAIMS = (
    Column("id", cells.record_id, 0, width=cells.RECORD),
    Column("holder", _holder, 5),
    Column("words", lambda found: " ".join(found.record.text.split()), 10),
    Column("document", cells.document, 2, width=cells.DOCUMENT),
)
_INCIDENTS = (
    Column("id", cells.record_id, 0, width=cells.RECORD),
    Column("what", _what, 3, width=12),
    Column("who says so", _accounts, 10),
    Column("document", cells.document, 2, width=cells.DOCUMENT),
)
