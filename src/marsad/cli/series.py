"""`marsad series`: figures of one basis over time, with the best range now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import click

from marsad.assessment.series import Current, Point, Series, listed, ratings, series
from marsad.assessment.series.words import state_of
from marsad.cli.assessing import as_known_here, with_actor, with_measure
from marsad.cli.listing import Column, open_ledger, show
from marsad.cli.tables import cell, console_for_output
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records import wording
from marsad.records.reading import Interval
from marsad.reports import cells

_DAY = 10  # characters of a date


@click.command()
@with_measure
@with_actor("Whose they are")
@click.option("--place", metavar="NAME", help="Where they are, by the name of a place.")
@as_known_here
def command(
    measure: str | None,
    actor: str | None,
    place: str | None,
    as_known: str | None,
    workspace: str | None,
    form: str,
) -> None:
    """Print the series of the ledger: the figures of one measure, owner, scope and basis over time.

    What differs in any of these stands in another series: a step from one to another is no rise or fall. An
    estimate that is repeated stands once, with its echoes counted. Under each title stands the best range
    now, the rule that chose it, and how many dissent. Series of one estimate follow, a line each.
    """
    with open_ledger(workspace) as whole, whole.at_one_moment() as ledger:
        asked = Query.of("claims", measure=measure, as_known=as_known)
        found: Sequence[Series] = series(ledger.gather([asked], counted=True), ratings(ledger))
        if measure:
            found = [each for each in found if each.basis.measure == measure]
        if actor:
            found = _of_actor(found, ledger, actor, as_known)
        if place:
            found = _in_place(found, ledger, place, as_known)
        if form == "json":
            show(found, form, (), nothing="", listed=listed)
        else:
            _print(found)


def _of_actor(found: Iterable[Series], ledger: Store, name: str, as_known: str | None) -> list[Series]:
    keys = ledger.bearing([name], as_known=as_known) | {state_of(name)} - {None}
    return [each for each in found if each.basis.subject in keys]


def _in_place(found: Iterable[Series], ledger: Store, name: str, as_known: str | None) -> list[Series]:
    ids = {figure.id for figure in ledger.figures(place=name, as_known=as_known)}
    return [each for each in found if not ids.isdisjoint(_figures(each))]


def _figures(found: Series) -> set[str]:
    return {figure.id for point in found.points for figure in (point.figure, *point.echoes)}


# Tables


def _print(found: Sequence[Series]) -> None:
    if not found:
        click.echo("No series: the ledger holds no figures that these options let through.")
    for each in (each for each in found if len(each.points) > 1):
        console_for_output().print(cell(each.title, "bold"), cell(_now(each)), sep="\n", soft_wrap=True)
        show(each.points, "table", _columns(each), nothing="", is_dense=True)
        click.echo()
    lone = sorted((each for each in found if len(each.points) == 1), key=_by_measure)
    for measure, several in groupby(lone, key=lambda each: each.basis.measure):
        console_for_output().print(cell(f"{measure}: series of one estimate", "bold"))
        show(several, "table", _LINE, nothing="", is_dense=True)
        click.echo()


def _by_measure(found: Series) -> tuple[str, str, str]:
    return found.basis.measure, found.title, found.id


def _now(found: Series) -> str:
    """The best range now; why there is none."""
    current = found.current
    if current is None:
        return f"No range: {found.basis.status} numbers are no counts."
    dissent = f" Dissent: {len(current.dissent)}." if current.dissent else " No dissent."
    best = wording.ends(current.low, current.high) or "left open"
    is_open = current.rule == "discussion"
    return f"Now {best} ({wording.words(current.rule)}). {current.reason}{'' if is_open else dissent}"


def _columns(found: Series) -> tuple[Column, ...]:
    dissent = _dissent(found.current)
    return (
        Column("id", lambda point: point.figure.id[: cells.RECORD], 0, width=cells.RECORD),
        Column("as of", _day, 0, width=max(_DAY, *(len(_day(point)) for point in found.points))),
        Column("number", _number, 2, width=10),
        Column("who says so", _who, 5, width=14),
        Column("known", lambda point: point.known, 0, width=_DAY),
        Column("standing", lambda point: _standing(point, dissent), 4, width=12),
    )


_LINE = (
    Column("id", lambda each: each.points[0].figure.id[: cells.RECORD], 0, width=cells.RECORD),
    Column("number", lambda each: _number(each.points[0]), 1, width=10),
    Column("of what", lambda each: each.title, 6, width=16),
    Column("who says so", lambda each: each.points[0].holder, 3, width=10),
    Column("as of", lambda each: _day(each.points[0]), 1, width=_DAY),
    Column("known", lambda each: each.points[0].known, 0, width=_DAY),
    Column("standing", lambda each: _standing(each.points[0], _dissent(each.current)), 2, width=9),
)


def _dissent(current: Current | None) -> frozenset[str]:
    return frozenset(point.figure.id for point in current.dissent) if current else frozenset()


def _number(point: Point) -> str:
    return wording.amount(point.figure.record)


def _day(point: Point) -> str:
    """When it is true of, in EDTF; `?` after some day within a stretch."""
    when: Interval | None = point.as_of
    if when is None or not cells.is_known(when):
        return cells.NOTHING
    edtf = when.edtf or wording.days(when)
    return f"{edtf[1:-1]}?" if edtf.startswith("[") else edtf


def _who(point: Point) -> str:
    return cells.held(point.figure.accounts[0].claim, point.holder)


def _standing(point: Point, dissent: frozenset[str]) -> str:
    """What must not be parted from the number: nobody behind it, echoes, what was put in its place."""
    assumed = " and ".join(point.assumed)
    return cells.lines(
        wording.words(point.figure.record.status),
        "unsourced" if point.unsourced else None,
        "dissent" if point.figure.id in dissent else None,
        f"repeated {len(point.echoes)}×" if point.echoes else None,
        f"superseded by {point.superseded_by[: cells.RECORD]}" if point.superseded_by else None,
        f"{assumed} assumed" if assumed else None,
    )
