"""What was asked of the ledger a moment ago and is asked again: the map and then its data, a day once more.

An answer is good as long as nothing was written that it would show: a look from an earlier day takes no
notice of later documents. After a decision of a person it is made anew. Who has patience also takes one
that lacks the newest documents, and is told so.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar, cast

from marsad.ledger import state
from marsad.ledger.store import Store

KEPT = 32  # answers: a page of the map has 2,000 places, one of the timeline 80 rows

T = TypeVar("T")


class Answer(NamedTuple, Generic[T]):
    what: T
    is_behind: bool  # the ledger has documents that it lacks


class _Made(NamedTuple):
    number: int  # of the last change of the ledger that it was made from
    at: float  # seconds of a clock
    what: object


class Recent:
    """The newest answers of one ledger; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._kept: OrderedDict[Hashable, _Made] = OrderedDict()

    def of(
        self, asked: Hashable, as_known: str | None, make: Callable[[Store], T], patience: float = 0.0
    ) -> Answer[T]:
        """What `make` gives of the ledger at one moment.

        Args:
            asked: what tells this answer from others.
            as_known: the day from which the ledger is looked at.
            patience: seconds for which an answer is good that lacks the newest documents.
        """
        found = self._kept.get(asked)
        if found and self._is_same(found, as_known):
            return Answer(cast(T, found.what), is_behind=False)
        is_young = found is not None and time.monotonic() - found.at < patience
        if found and is_young and not state.is_decided(self._store, found.number):
            return Answer(cast(T, found.what), is_behind=True)
        with self._store.at_one_moment() as held:
            number, is_settled = state.number(held), state.is_settled(held)
            made = make(held)
        if is_settled:
            with self._lock:
                self._kept[asked] = _Made(number, time.monotonic(), made)
                self._kept.move_to_end(asked)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return Answer(made, is_behind=False)

    def _is_same(self, found: _Made, as_known: str | None) -> bool:
        if found.number == state.number(self._store):
            return True
        return bool(
            as_known
            and not state.is_decided(self._store, found.number)
            and not state.has_grown(self._store, found.number, as_known)
        )
