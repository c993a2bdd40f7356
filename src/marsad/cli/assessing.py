"""What the commands that assess the ledger share: the options by which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from marsad.cli.listing import with_workspace

Command = TypeVar("Command", bound=Callable[..., Any])

with_theme = click.option("--theme", metavar="THEME", help="strength, finance, recruitment, ...")
with_measure = click.option(
    "--measure", metavar="MEASURE", help="strength.fighters, casualties.killed, detention.population, ..."
)
_with_as_known = click.option(
    "--as-known", metavar="DATE", help="Leave out what was not yet known on this day."
)
_with_form = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


def with_actor(whose: str) -> Callable[[Command], Command]:
    """`--actor NAME`, with what it is asked for: "Whose they are"."""
    return click.option("--actor", metavar="NAME", help=f"{whose}, by any of its names.")


def as_known_here(command: Command) -> Command:
    """`--as-known`, `--workspace` and `--format`, the last options of each of these commands."""
    return _with_as_known(with_workspace(_with_form(command)))
