"""The board of a watch at a date, with what changed since an earlier one."""

from __future__ import annotations

from dataclasses import replace

from marsad.assessment.board.changes import changes
from marsad.assessment.board.directions import origins_of
from marsad.assessment.board.gaps import silences
from marsad.assessment.board.records import Board
from marsad.assessment.board.situation import Situation, situation, window_from
from marsad.assessment.watch.definition import Watch
from marsad.errors import BadInput
from marsad.ledger.asking.query import last_day
from marsad.ledger.store import Store


def board(ledger: Store, watch: Watch, *, as_known: str | None = None, since: str | None = None) -> Board:
    """The board of a watch at `as_known`, with what changed after the day `since`.

    Without `as_known` it stands at the last day on which a document of the ledger became known.

    Raises:
        BadInput: one of them is no day, or `since` is not before the board's date.
    """
    now = situation(ledger, watch, last_day(as_known))
    earlier = earlier_day(now, since)
    return composed(ledger, now, situation(ledger, watch, earlier) if earlier else None)


def earlier_day(now: Situation, since: str | None) -> str | None:
    """The day from which on changes of a board are asked for.

    Raises:
        BadInput: it is no day, or not before the board's date.
    """
    earlier = last_day(since)
    if earlier is not None and now.day is not None and earlier >= now.day:
        raise BadInput(f"since {earlier}: the board stands at {now.day}; give an earlier day")
    return earlier


def composed(ledger: Store, now: Situation, then: Situation | None) -> Board:
    """The board of a situation, with what changed since an earlier one of the same watch."""
    standings, earlier = now.standings(), then.gathered.as_known if then else None
    if then and earlier:
        standings = tuple(
            replace(standing, changes=changes(before, standing, earlier, now.moved_on(standing, earlier)))
            for before, standing in zip(then.standings(), standings, strict=True)
        )
    watch = now.scene.watch
    first = window_from(now.day, watch)
    return Board(
        watch=watch,
        as_known=now.gathered.as_known,
        since=earlier,
        standings=standings,
        gathered=now.gathered,
        day=now.day,
        window_from=first,
        silent=silences(ledger, now.gathered, first, now.day) if first and now.day else (),
        origins=len(origins_of(now.gathered.claims, now.gathered)),
    )
