"""`marsad evaluate`: how well the reader reads, measured on a public corpus."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import track

from marsad.cli.listing import Column, show
from marsad.cli.writing import write
from marsad.errors import BadInput
from marsad.evaluation import BENCHMARKS, Result, Score, Scores, benchmark, evaluate

_EVERY = 50  # documents between two lines of a log


@click.command
@click.argument("name", metavar="BENCHMARK", type=click.Choice(BENCHMARKS))
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option(
    "--predictions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write what was predicted for each document, as JSON Lines in the form of the key.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(name: str, path: Path, predictions: Path | None, form: str) -> None:
    """Score the reader on a corpus.

    PATH holds JSON Lines, a document a line; b and e are code points, half-open:

    \b
    claims     {"id", "text", "attributions": [{"source": [[b, e]], "cue": [[b, e]], "content": [[b, e]]}]}
    entities   {"id", "text", "entities": [{"b", "e", "type", "confidence"}]}
    incidents  {"docid", "text", "templates"} as MUC-4 has them, short or whole
    relations  the same as entities with "relations": [{"type", "source": {"b", "e"}, "target": {"b", "e"}}]
    actors     the same as relations, or {"id", "text", "actors": [{"key", "spans"}]}
    events     {"id", "text", "date", "event", "source": [{"actorText"}], "target": [{"actorText"}]}
    eventtypes tab-separated, with the header id, EventSnippet, SubType
    places     {"id", "text", "toponyms": [{"b", "e", "lat", "lon", "geonamesid"}]}
    times      {"id", "text", "dct", "timex": [{"b", "e", "type", "value"}]}
    figures    {"id", "text", "quantities": [{"change", "value", "unit", "normalized_unit"}]}

    Rates lie between 0 and 1. What each score is, is told in docs/evaluation.md.
    """
    if predictions is not None and predictions.exists() and path.exists() and predictions.samefile(path):
        raise BadInput(f"{predictions}: is the corpus itself; choose another file with --predictions")
    result = evaluate(name, path, watch=_watched)
    if predictions is not None:
        lines = (msgspec.json.encode(each) + b"\n" for each in result.predictions)
        write(predictions, lines, option="--predictions")
    if form == "json":
        click.echo(msgspec.json.encode(_facts(result)).decode())
    else:
        _show(result)


def _facts(result: Result) -> dict[str, Any]:
    return {name: value for name, value in result._asdict().items() if name != "predictions"}


def _show(result: Result) -> None:
    labels = benchmark(result.benchmark).LABELS
    columns = (
        Column("score", lambda pair: pair[0], 0, 28),
        Column("value", lambda pair: "–" if pair[1] is None else _number(pair[1]), 0, 9),
        Column("what it is", lambda pair: labels[pair[0].partition(" ")[0]], 1, 20),
    )
    show(_lines(result.scores), "table", columns, nothing="", is_dense=True)
    documents = f"{result.documents:,} document{'' if result.documents == 1 else 's'}"
    click.echo(f"\n{result.benchmark}: {documents}, read in {result.seconds:.1f} s")


def _lines(scores: Scores) -> Iterator[tuple[str, Score]]:
    """Each score by its name; one that goes by type, type by type."""
    for name, value in scores.items():
        if isinstance(value, Mapping):
            yield from ((f"{name} {kind}", each) for kind, each in value.items())
        else:
            yield name, value


def _number(value: float) -> str:
    return f"{value:.3f}" if value <= 1 else f"{value:,.1f}"


def _watched(documents: Sequence[Any]) -> Iterator[Any]:
    """The documents, with a bar on a terminal and a line now and then in a log."""
    if sys.stderr.isatty():
        yield from track(documents, "reading", console=Console(stderr=True), transient=True)
        return
    for number, document in enumerate(documents, 1):
        yield document
        if number % _EVERY == 0:
            click.echo(f"read {number:,} of {len(documents):,}", err=True)
