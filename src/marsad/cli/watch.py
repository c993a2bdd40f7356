"""`marsad watch`: the board of a watch, what changed on it, and alerts; and the watches themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from marsad.assessment.alerts import alerts, feed
from marsad.assessment.board import board
from marsad.assessment.watch import Watch, files, making
from marsad.cli import one_line, watch_board
from marsad.cli.deciding import words
from marsad.cli.listing import Column, open_ledger, place_of, show, with_workspace
from marsad.errors import BadWorkspace, MarsadError

_SHOW = "show"  # what `marsad watch NAME` does


class _Watches(click.Group):
    """A group whose first word is one of its commands, or the watch that is shown."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *self.get_help_option_names(ctx)):
            args = [_SHOW, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Watches)
def command() -> None:
    """Print the board of a watch: marsad watch NAME [--as-known DATE] [--since DATE].

    NAME is a watch of the workspace, one that ships (isis), or the path of a TOML file. See
    `marsad watch show --help` for the options, `marsad watch list` for the names.
    """


@command.command(_SHOW)
@click.argument("name", metavar="NAME|PATH")
@click.option("--as-known", metavar="DATE", help="Leave out what was not yet published.")
@click.option("--since", metavar="DATE", help="Say what changed after this day.")
@click.option("--alerts", "only_alerts", is_flag=True, help="Print only what one wants to be called for.")
@with_workspace
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "atom"]),
    default="table",
    show_default=True,
    help="atom is a feed of the alerts.",
)
def show_board(
    name: str, as_known: str | None, since: str | None, only_alerts: bool, workspace: str | None, form: str
) -> None:
    """Print each indicator of a watch: direction, figures, voices, contradictions, changes, gaps.

    With --since it begins with what changed. --alerts prints new contradictions, indicators that moved,
    figures outside the last range and corrections alone; the exit code is 0, also where there are none.
    """
    if since is None and (only_alerts or form == "atom"):
        raise click.UsageError("alerts are of a time; give --since too.")
    watch = Watch.load(words(name), _folder(workspace))
    with open_ledger(workspace) as opened, opened.at_one_moment() as ledger:
        found = board(ledger, watch, as_known=as_known, since=since)
    if form == "atom":
        click.echo(feed(found), nl=False)
    elif only_alerts:
        _show_alerts(found, form)
    elif form == "json":
        click.echo(msgspec.json.encode(found.listed()))
    else:
        watch_board.show(found)


def _show_alerts(found: Any, form: str) -> None:  # noqa: ANN401 - a Board
    nothing = f"No alerts since {found.since}."
    show(alerts(found), form, _ALERTS, nothing=nothing, listed=lambda alert: alert.listed())


_ALERTS = (
    Column("known", lambda alert: alert.known, 0, width=10),
    Column("alert", lambda alert: f"{alert.title}\n{alert.words}", 1, width=40),
    Column("records", lambda alert: watch_board.ids(alert.records), 0, width=8),
)


@command.command("new")
@click.argument("name", type=words)
@click.option("--subject", "subjects", multiple=True, type=words, help="An actor, by any of its names.")
@click.option("--country", "countries", multiple=True, type=words, help="ISO 3166-1 alpha-2: SY.")
@click.option("--place", "places", multiple=True, type=words, help="A place, by its name or gazetteer id.")
@with_workspace
def new(
    name: str,
    subjects: tuple[str, ...],
    countries: tuple[str, ...],
    places: tuple[str, ...],
    workspace: str | None,
) -> None:
    """Write a watch into the workspace, with all indicators of the one that ships. Nothing is overwritten.

    Each option may be given several times. Without --subject, NAME is the subject.
    """
    place = place_of(workspace)
    if not place.is_there():
        raise BadWorkspace(
            f"{place.folder}: no workspace here; name one with --workspace, or make one with marsad add"
        )
    path = making.write(place.folder, name, subjects=subjects, countries=countries, places=places)
    click.echo(f"written {path}")
    click.echo(f"next: marsad watch {name}; change its words and measures in the file")


@command.command("list")
@with_workspace
def list_watches(workspace: str | None) -> None:
    """Print the watches: those of the workspace, and those that ship."""
    own = files.own_watches(_folder(workspace))
    rows = [
        *((name, str(path)) for name, path in own.items()),
        *((name, "ships with Marsad") for name in files.shipped() if name not in own),
    ]
    for name, where in rows:
        click.echo(one_line(f"{name}: {_title(name, _folder(workspace))} ({where})"))


def _title(name: str, folder: Path) -> str:
    try:
        return Watch.load(name, folder).title
    except MarsadError as error:
        return f"cannot be read: {error}"


def _folder(workspace: str | None) -> Path:
    """The folder of a workspace; of one that is named by the address of a database, the current one."""
    return place_of(workspace).folder
