"""`marsad contradictions`: what sources contradict one another about, both sides' words side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import shorten

import click
from rich.text import Text

from marsad.assessment.contradiction import Contradiction, Side, asked, listed
from marsad.cli.assessing import as_known_here, with_actor, with_measure, with_theme
from marsad.cli.listing import Column, open_ledger, show
from marsad.cli.tables import cell, console_for_output
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim
from marsad.reports import cells

BESIDE = 3  # claims of each answer that are shown beside a question
INDENT = "  "
_NOTHING = "No contradictions: no sources that these options let through exclude each other."


@click.command()
@with_actor("Whom a claim of it is about or from")
@with_theme
@with_measure
@as_known_here
def command(
    actor: str | None,
    theme: str | None,
    measure: str | None,
    as_known: str | None,
    workspace: str | None,
    form: str,
) -> None:
    """Print the questions that sources answer in ways that exclude each other, the newest first.

    Numbers of one basis and time that cannot both be right, a claim and its denial, a rise for one and a
    fall for another. A change over time is none, nor is another scope, a part, a plan, or what its own holder
    replaced. Beside a question stand older and steady views.
    """
    with open_ledger(workspace) as ledger:
        found = asked(ledger, actor=actor, theme=theme, measure=measure, as_known=as_known)
    if form == "json":
        show(found, form, (), nothing="", listed=listed)
    elif not found:
        click.echo(_NOTHING)
    for each in found if form == "table" else ():
        _print(each)


def _print(each: Contradiction) -> None:
    heading = f"{each.question} ({each.kind}, contested since {each.known})"
    console_for_output().print(cell(heading, "bold"), soft_wrap=True)
    columns = tuple(_column(at, side) for at, side in enumerate(each.sides))
    rows = zip_longest(*(_said(side.claims) for side in each.sides), fillvalue="")
    show(rows, "table", columns, nothing="")
    _print_beside(each)
    click.echo()


def _print_beside(each: Contradiction) -> None:
    """What excludes nothing: a voice and one line of its words, the newest of each answer."""
    console = console_for_output()
    for side in each.beside:
        newest = sorted(side.claims, key=lambda found: (found.found_in.known, found.id), reverse=True)
        for found in newest[:BESIDE]:
            who = f"{found.found_in.known} {_holder(found)} [{found.id[: cells.RECORD]}]"
            console.print(cell(f"Beside, {side.answer}: {who}"), soft_wrap=True)
            words = shorten(_words(found), console.width - len(INDENT), placeholder=" …")
            console.print(Text(INDENT).append_text(cell(words)), soft_wrap=True)
        if len(newest) > BESIDE:
            console.print(cell(f"Beside, {side.answer}: and {len(newest) - BESIDE} more; see --format json"))


def _column(at: int, side: Side) -> Column:
    origins = f"{len(side.origins)} origin{'' if len(side.origins) == 1 else 's'}"
    return Column(f"{side.answer} ({origins})", lambda row: str(row[at]), 1)


def _said(claims: Sequence[Found[Claim]]) -> list[str]:
    """What each voice says, the same words of one holder once."""
    same: dict[tuple[str, str | None], list[Found[Claim]]] = {}
    for found in sorted(claims, key=lambda each: (each.found_in.known, each.id)):
        same.setdefault((_words(found), found.holder), []).append(found)
    return [_voice(each[0], len(each)) for each in same.values()]


def _words(found: Found[Claim]) -> str:
    return " ".join(found.record.text.split())


def _holder(found: Found[Claim]) -> str:
    return cells.said_by(found) or cells.NOBODY


def _voice(found: Found[Claim], times: int) -> str:
    again = f", {times}×" if times > 1 else ""
    who = f"{_holder(found)}, {found.found_in.known}{again}"
    denied = "DENIED: " if found.record.polarity == "denied" else ""
    return cells.lines(who, f"{denied}{_words(found)}", f"[{found.id[: cells.RECORD]}]")
