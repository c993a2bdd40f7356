"""`marsad export`: the ledger in the formats of others, as it may be handed on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from marsad import exports
from marsad.cli.asking import filter_option, vocabulary
from marsad.cli.listing import open_ledger, with_workspace
from marsad.exports import FORMATS, Format
from marsad.ledger.asking.fields import SEARCHABLE, Kind, field
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store

Command = Callable[..., None]


@click.group()
def command() -> None:
    """Write what the ledger shows in a format of others: masked, with who says so and how precise.

    What a format cannot hold is told in docs/exports.md.
    """


def _add(form: Format) -> None:
    """The command of one format, with the filters of the lists that it holds."""

    def export(
        kinds: tuple[Kind, ...],
        out: str | None,
        workspace: str | None,
        as_recorded: str | None,
        **where: Any,  # noqa: ANN401 - the values of options
    ) -> None:
        asked = exports.queries(form, kinds, **where)
        _require_words(asked)
        target = _target(form, out)
        with open_ledger(workspace) as ledger:
            if as_recorded is None:
                _write(ledger, form, asked, target)
            else:
                with ledger.as_recorded(as_recorded) as past:
                    _write(past, form, asked, target)

    made: Command = export
    for option in reversed(_options(form)):
        made = option(made)
    command.add_command(click.command(form.name, help=_help(form))(made))


def _help(form: Format) -> str:
    """The line of the format, and which lists it holds."""
    kinds = f"KIND is one of {', '.join(form.kinds)}"
    if form.is_one:
        return f"{form.help}\n\n{kinds}; without it, {form.kinds[0]}. A filter is one of that list's."
    return f"{form.help}\n\n{kinds}, or several; without it, all. A filter must be one of each list's."


def _options(form: Format) -> list[Callable[[Command], Command]]:
    where = "A new or empty folder" if form.fill else "The file; - is standard output"
    found: list[Callable[[Command], Command]] = [
        click.argument("kinds", nargs=-1, metavar="[KIND]...", type=click.Choice(form.kinds)),
        click.option("--out", metavar="FOLDER" if form.fill else "FILE", help=f"{where}."),
        *(_filter(name, kinds) for name, kinds in form.filters.items()),
        click.option("--as-known", metavar="DATE", help="Leave out what was not yet known on this day."),
        click.option(
            "--as-recorded", metavar="TIME", help="As the ledger stood at this moment: YYYY-MM-DDTHH:MM:SS."
        ),
        with_workspace,
    ]
    text = "Of this document; the start of its id will do."
    found.append(click.option("--document", metavar="ID", help=text))
    if set(form.kinds) & set(SEARCHABLE):
        found.append(click.option("--search", metavar="WORDS", help="Those that hold these words."))
    return found


def _filter(name: str, kinds: Sequence[Kind]) -> Callable[[Command], Command]:
    """The option of a filter; where it is another one in each list, what it is in which."""
    fields = {field(kind, name): kind for kind in reversed(kinds)}
    if len({(each, vocabulary(kind, each)) for kind in kinds for each in [field(kind, name)]}) == 1:
        return filter_option(kinds[0], field(kinds[0], name))
    text = " ".join(f"Of {kind}: {each.help}" for each, kind in reversed(fields.items()))
    return click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT", multiple=True, help=text)


def _require_words(asked: Sequence[Query]) -> None:
    """Raises: UsageError: a filter has a value that is none of its words in the list that is asked."""
    for query in asked:
        for name, values in query.where:
            words = vocabulary(query.kind, field(query.kind, name))
            if wrong := [value for value in values if words and value not in words]:
                option, known = name.replace("_", "-"), ", ".join(words)
                raise click.UsageError(f"{query.kind} have no --{option} {wrong[0]}; give one of {known}.")


def _target(form: Format, out: str | None) -> Path | None:
    """Where it goes; `None` is standard output.

    Raises:
        UsageError: a folder is needed, and none is named.
    """
    if form.fill and out in (None, "-"):
        raise click.UsageError(f"{form.name} is a folder of files; name it with --out.")
    return None if out in (None, "-") else Path(str(out))


def _write(ledger: Store, form: Format, asked: tuple[Query, ...], target: Path | None) -> None:
    out = target or sys.stdout.buffer.write
    with _progress() as told:
        exports.write(ledger, form, asked, out, told=told)
    if target:
        click.echo(f"wrote {target}")


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """How many records have passed, on stderr where that is a terminal; how many will is not known."""
    if not sys.stderr.isatty():
        yield lambda records: None
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    # standard output may be a file: what goes there must not be drawn on the terminal instead
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()
    ) as shown:
        task = shown.add_task("exporting", total=None)
        yield lambda records: shown.update(task, description=f"{records:,} records exported")


for _form in FORMATS.values():
    _add(_form)
