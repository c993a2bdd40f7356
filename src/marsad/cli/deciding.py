"""What the commands share by which people decide: who decides, why, and in which ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from marsad.cli.listing import with_workspace
from marsad.errors import BadInput
from marsad.settings import load

F = TypeVar("F", bound=Callable[..., Any])


def words(value: str) -> str:
    """The type of a text that is stored: no bytes of another encoding than UTF-8.

    Raises:
        BadInput: it holds some.
    """
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{value[:40]!a}: is not text in UTF-8; write it in UTF-8") from None
    return value


def decided(command: F) -> F:
    """Give a command the options of every decision: `by`, `reason` and `workspace`."""
    options = (
        click.option("--reason", metavar="WHY", type=words, required=True, help="Why; it is kept with it."),
        click.option("--by", metavar="WHO", type=words, help="Who decides. [default: MARSAD_BY]"),
        with_workspace,
    )
    for option in reversed(options):
        command = option(command)
    return command


def decider(by: str | None) -> str:
    """Who decides: as given, else as set.

    Raises:
        BadInput: nobody is named.
    """
    found = words(load().by or "") if by is None else by
    if not found.strip():
        raise BadInput("nobody is named; say who decides with --by or MARSAD_BY")
    return found.strip()
