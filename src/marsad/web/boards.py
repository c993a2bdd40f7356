"""The boards of watches, kept as long as the ledger stays as it is: one takes seconds to make.

What is kept is what the ledger holds on a watch at a day, so that a board with another `since` takes up what
is there. A watch whose file was changed is another one. Where nothing but documents came, a page shows the
board that there is, says that it is behind, and the board is made anew meanwhile, as in `assessed`.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import NamedTuple, TypeVar, cast

from marsad.assessment.board import Board, composed, earlier_day
from marsad.assessment.board.situation import Situation, situation
from marsad.assessment.watch import Watch
from marsad.errors import BadInput
from marsad.ledger import state
from marsad.ledger.asking.query import last_day
from marsad.ledger.store import Store
from marsad.web.assessed import QUICK, REST
from marsad.web.making import Making

MOST = 50_000  # claims about a subject that are compared at once
KEPT = 16  # situations and boards that are remembered
HELD = 50_000  # claims in all of them, 16 MB a thousand; the newest is kept, however many it has

T = TypeVar("T")


class Shown(NamedTuple):
    board: Board
    is_behind: bool  # the ledger has documents that it lacks


class _Made(NamedTuple):
    number: int  # of the last change of the ledger that it was made from
    begun: float  # seconds of a clock
    seconds: float  # that making it took
    what: object


class Boards:
    """The newest boards of one ledger. One is made at a time; whoever asks meanwhile waits for it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.making = Making()
        self.lock = RLock()  # is held before the database is, so that whoever waits holds nothing
        self._kept: OrderedDict[Hashable, _Made] = OrderedDict()

    def of(
        self, watch: Watch, as_known: str | None, since: str | None, patience: float | None = None
    ) -> Shown:
        """The board of a watch at a day, with what changed after another; it may lack the newest documents.

        Args:
            patience: seconds to wait for it; `None`: until it is there.

        Raises:
            BadInput: a day is none, they are not in order, or too many claims are about the subject.
            BeingMade: it takes longer.
        """
        asked = ("board", watch, as_known, since)
        found = self._kept.get(asked)
        if found and found.number == state.number(self._store):
            return Shown(cast(Board, found.what), is_behind=False)
        if found and found.seconds >= QUICK and not state.is_decided(self._store, found.number):
            if time.monotonic() - found.begun > REST + found.seconds:
                self.making.begin(asked, lambda: self.exact(watch, as_known, since))
            return Shown(cast(Board, found.what), is_behind=True)
        made = self.making.made(asked, lambda: self.exact(watch, as_known, since), patience)
        return Shown(made, is_behind=False)

    def exact(self, watch: Watch, as_known: str | None, since: str | None) -> Board:
        """The same, of the ledger as it is."""
        with self.lock, self._store.at_one_moment() as ledger:
            return self.made(ledger, watch, as_known=as_known, since=since)

    def made(
        self, ledger: Store, watch: Watch, *, as_known: str | None = None, since: str | None = None
    ) -> Board:
        """The same, of a ledger at one moment, as `assessment.board.board` is asked."""

        def make() -> Board:
            now = self._situation(ledger, watch, last_day(as_known))
            earlier = earlier_day(now, since)
            return composed(ledger, now, self._situation(ledger, watch, earlier) if earlier else None)

        return self._once(ledger, ("board", watch, as_known, since), make)

    def _situation(self, ledger: Store, watch: Watch, day: str | None) -> Situation:
        def make() -> Situation:
            if ledger.claims(actor=watch.subjects, as_known=day).count(MOST).is_capped:
                raise BadInput(
                    f"more than {MOST:,} claims are about {', '.join(watch.subjects)[:80]}: choose an "
                    f"earlier day, or ask for the board in a terminal: marsad watch {watch.name}"
                )
            return situation(ledger, watch, day)

        return self._once(ledger, ("situation", watch, day), make)

    def _once(self, ledger: Store, asked: Hashable, make: Callable[[], T]) -> T:
        with self.lock:
            number = state.number(ledger)
            found = self._kept.get(asked)
            if found and found.number == number:
                self._kept.move_to_end(asked)
                return cast(T, found.what)
            begun = time.monotonic()
            made = make()
            if state.is_settled(ledger):
                self._kept[asked] = _Made(number, begun, time.monotonic() - begun, made)
                self._kept.move_to_end(asked)
                while len(self._kept) > KEPT or (len(self._kept) > 1 and self._held() > HELD):
                    self._kept.popitem(last=False)
            return made

    def _held(self) -> int:
        """The claims of all that is remembered; a board shares those of its situation."""
        several = [cast(Board | Situation, each.what).gathered for each in self._kept.values()]
        return sum(len(each.claims) for each in {id(each): each for each in several}.values())
