"""What a user should know of a run beside its output, on standard error."""

from __future__ import annotations

import click

from marsad import models


def rules_alone() -> None:
    """Say so where the trained reader is not installed: claims are then found by rules, and fewer of them."""
    if models.load() is None:
        click.echo("marsad: rules read alone; for the trained reader: pip install 'marsad[models]'", err=True)
