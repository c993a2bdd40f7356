"""`marsad follow`: read what feeds, sitemaps and queries list, again and again."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

import click

from marsad.cli import notes, one_line
from marsad.cli.listing import place_of, with_workspace
from marsad.errors import BadInput, Unreachable
from marsad.following import Asked, Event, Follower, Waits
from marsad.ingest import Added
from marsad.ledger.feeds import REACHED
from marsad.ledger.store import Store
from marsad.records.original import Refused
from marsad.sources.pace import Visitor

_sleep = time.sleep  # which Ctrl-C ends
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LEAST, _MOST = 60, 30 * 86_400  # seconds between two rounds


def _duration(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
    """`90s`, `15m`, `2h` or `1d` in seconds."""
    if value is None:
        return None
    number, unit = value.strip()[:-1], value.strip()[-1:].lower()
    if not (number.isdecimal() and unit in _UNITS):
        raise click.BadParameter(f"{value} is no duration; give 15m, 2h or 1d")
    seconds = float(int(number) * _UNITS[unit])
    if not _LEAST <= seconds <= _MOST:
        raise click.BadParameter(f"{value}: give from 1m to 30d")
    return seconds


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--every", callback=_duration, metavar="DURATION", help="Go on until Ctrl-C: 15m, 2h, 1d.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Read at most N entries of a feed at a time."
)
@with_workspace
def command(addresses: tuple[str, ...], every: float | None, limit: int | None, workspace: str | None) -> int:
    """Follow feeds, and read into the ledger what is new or changed in them.

    ADDRESS is an RSS, Atom or JSON feed, a sitemap, or reliefweb:QUERY. It is remembered, so that
    without ADDRESS all that is followed is asked. Each document is on disk when its line `added ID
    ADDRESS` is printed; stop at any moment, and the next round goes on with what is left.
    """
    notes.rules_alone()
    place = place_of(workspace)
    is_new = not place.is_there()
    with (
        Store.open(place, create=bool(addresses), command="follow") as ledger,
        Visitor() as visitor,
    ):
        if is_new:
            click.echo(f"made a workspace in {place.folder.resolve()}", err=True)
        follower = Follower(ledger, visitor, limit=limit)
        tally = _Tally()
        _say(_named(follower, addresses) if addresses else _due(follower), tally)
        if not addresses and not ledger.feeds():
            raise BadInput("nothing is followed yet; name a feed: marsad follow ADDRESS")
    while every is not None:
        _sleep(every)
        with (
            Store.open(place, command="follow") as ledger,
            Visitor() as visitor,
        ):
            _say(_due(Follower(ledger, visitor, limit=limit)), tally)
    return tally.code


def _named(follower: Follower, addresses: Iterable[str]) -> Iterator[Event]:
    """Follow each; one that cannot be followed does not stop the others."""
    for address in addresses:
        try:
            yield from follower.follow(address)
        except (BadInput, Unreachable) as error:
            yield Refused(address, str(error).removeprefix(f"{address}: "))


def _due(follower: Follower) -> Iterator[Event]:
    for feed in follower.due():
        yield from follower.poll(feed)


class _Tally:
    """What makes the exit code: something was refused, or a feed was not reached."""

    def __init__(self) -> None:
        self.refused = self.unreached = 0

    @property
    def code(self) -> int:
        if self.unreached:
            return Unreachable.exit_code
        return BadInput.exit_code if self.refused else 0


def _say(events: Iterable[Event], tally: _Tally) -> None:
    """Print a line for each event at once: what is stored on stdout, all else on stderr."""
    for event in events:
        if isinstance(event, Asked):
            tally.unreached += event.outcome not in REACHED
            click.echo(_asked(event), err=True)
        elif isinstance(event, Refused | Waits):
            tally.refused += isinstance(event, Refused)
            word = "refused" if isinstance(event, Refused) else "waits"
            click.echo(f"{word} {one_line(event.source)}: {one_line(event.reason)}", err=True)
        else:
            word = "added" if isinstance(event, Added) else "unchanged"
            sys.stdout.write(f"{word} {event.document_id} {one_line(event.source)}\n")
            sys.stdout.flush()


def _asked(event: Asked) -> str:
    feed = one_line(event.feed)
    if event.outcome not in REACHED:
        return f"{event.outcome} {feed}: {one_line(event.reason or '')}"
    news = f"{event.listed} listed, {event.new} to read" if event.outcome == "fetched" else "nothing new"
    return f"asked {feed}: {news}{f'; {one_line(event.reason)}' if event.reason else ''}"
