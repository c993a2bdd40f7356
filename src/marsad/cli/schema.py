"""`marsad schema`: the contract, as a JSON Schema."""

from __future__ import annotations

import json

import click

from marsad.records.reading import json_schema


@click.command
def command() -> None:
    """Print the JSON Schema (2020-12) of a reading, the contract of `marsad read --format json`."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
