"""`marsad trace`: where a record, a document, a review, an actor or a source comes from."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

import click
import msgspec

from marsad.cli import one_line
from marsad.cli.listing import open_ledger, with_workspace
from marsad.cli.tables import console_for_output
from marsad.ledger.tracing.provenance import Link, Trace
from marsad.ledger.tracing.trace import trace

_FOLDED = 200  # characters of what a line says; the middle of a longer quote is left out
_BEGUN = 60  # characters of what was said above
_ALIKE = 5  # things of one type in one relation that are shown; the others are counted


@click.command()
@click.argument("given", metavar="ID")
@with_workspace
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(given: str, workspace: str | None, form: str) -> None:
    """Print the whole origin of a record: its claim, words, text and bytes, and where they came from.

    ID is a record or a document, by its id or six characters or more of its beginning; a review
    (r12); or the key of an actor or a source. Lines name the relations of W3C PROV; json is a
    PROV-JSON document. Private persons are masked in both.
    """
    with open_ledger(workspace) as ledger:
        found = trace(ledger, given)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found.document())).decode())
        return
    for line in lines(found, console_for_output().width):
        click.echo(line)


def lines(found: Trace, width: int) -> Iterator[str]:
    """A trace for a terminal: what things come from stands indented below them."""
    shown: set[str] = set()
    for start in found.starts:
        if start not in shown:
            yield from _lines(found, start, "", 0, shown, width)


def _lines(found: Trace, item: str, term: str, depth: int, shown: set[str], width: int) -> Iterator[str]:
    is_new = item not in shown
    said = one_line(found.items[item].words)
    words = _folded(said) if is_new else f"{_begun(said)} (above)"
    first = "  " * depth
    yield from wrap(
        f"{term} {words}".strip(),
        width,
        initial_indent=first,
        subsequent_indent=f"{first}    ",
        break_on_hyphens=False,
    )
    if not is_new:
        return
    shown.add(item)
    for link in _few(found, item):
        if isinstance(link, str):
            yield f"{first}  {link}"
        else:
            yield from _lines(found, link.object, link.relation, depth + 1, shown, width)


def _few(found: Trace, item: str) -> Iterator[Link | str]:
    """The links of an item; of many that are alike, the first ones and how many more there are."""
    alike: dict[tuple[str, str], int] = {}
    for link in found.of(item):
        kind = link.relation, found.items[link.object].type
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] <= _ALIKE:
            yield link
    for (term, type_), number in alike.items():
        if number > _ALIKE:
            yield f"{term} {number - _ALIKE} more of type {type_}; see --format json"


def _folded(words: str) -> str:
    """`words` with the middle left out where they are long."""
    if len(words) <= _FOLDED:
        return words
    kept = _FOLDED // 2
    return f"{words[:kept].rstrip()} … {words[-kept:].lstrip()}"


def _begun(words: str) -> str:
    return words if len(words) <= _BEGUN else f"{words[:_BEGUN].rstrip()} …"
