"""What is made of the whole ledger, kept as long as the ledger stays as it is.

Series, contradictions and agreements compare every claim with others: seconds for ten thousand claims, and
the same until something is written. So each is made once for a state of the ledger and a day, when it is
first asked for. After a decision of a person it is made anew before anybody sees it. Where nothing but
documents came, which may go on for hours, what is there is shown, says that it is behind, and is
made anew meanwhile. Where a ledger holds more claims than `MOST`, one has to ask for fewer.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Lock, RLock, Thread
from typing import TypeVar, cast

from marsad.assessment.agreement import Agreement, IncidentAgreement, agreements, incident_agreements
from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.assessment.series import Series, ratings, series
from marsad.errors import MarsadError
from marsad.ledger import state
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store

# Measured: 15 MB and 0.3 s a thousand claims, and 0.5 s more for contradictions and for agreements each
MOST = 15_000  # claims that are compared at once
KEPT = 2  # days, and sets of claims, that are remembered
ANSWERS = 64  # sets of ids that filters let through, remembered for each
QUICK = 1.0  # seconds: what took no longer is made anew at once
REST = 20.0  # seconds between two makings beside the readers

T = TypeVar("T")


class Assessed:
    """What is made of one set of claims. Each part is made when it is first asked for, by one thread."""

    def __init__(self, store: Store, query: Query) -> None:
        self._lock = RLock()
        self._parts: dict[str, object] = {}
        self._ids: OrderedDict[Query, frozenset[str]] = OrderedDict()
        self._store, self.query = store, query
        self.begun = time.monotonic()
        with store.at_one_moment() as ledger:
            self.number = state.number(ledger)
            self.is_settled = state.is_settled(ledger)
            self.gathered: Gathered = ledger.gather(
                [query, _denials(query)], [_incidents(query)], vectors=True
            )
            self.rated = ratings(ledger)  # the reliability of sources, by the key of an origin
        self.seconds = time.monotonic() - self.begun  # that making it has taken so far

    @property
    def is_behind(self) -> bool:
        """Whether the ledger has documents that this lacks."""
        return state.number(self._store) != self.number

    def again(self) -> Assessed:
        """The same of the ledger as it is now, with the parts that were asked for."""
        made = Assessed(self._store, self.query)
        for part in list(self._parts):
            getattr(made, part)()
        return made

    def series(self) -> tuple[Series, ...]:
        return self._once("series", lambda: series(self.gathered, self.rated))

    def contradictions(self) -> tuple[Contradiction, ...]:
        return self._once("contradictions", lambda: contradictions(self.gathered))

    def agreements(self) -> tuple[Agreement, ...]:
        return self._once("agreements", lambda: agreements(self.gathered))

    def incident_agreements(self) -> tuple[IncidentAgreement, ...]:
        return self._once("incident_agreements", lambda: incident_agreements(self.gathered))

    def ids(self, query: Query) -> frozenset[str]:
        """The ids of the records that a query lets through."""
        with self._lock:
            if query not in self._ids:
                self._ids[query] = frozenset(self._store.find(query).ids())
                if len(self._ids) > ANSWERS:
                    self._ids.popitem(last=False)
            return self._ids[query]

    def _once(self, part: str, make: Callable[[], T]) -> T:
        with self._lock:
            if part not in self._parts:
                begun = time.monotonic()
                self._parts[part] = make()
                self.seconds += time.monotonic() - begun
            return cast(T, self._parts[part])


class Kept:
    """The newest assessments of one ledger, each of one state; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._making: dict[Query, Lock] = {}
        self._running: dict[Query, Thread] = {}
        self._found: OrderedDict[Query, Assessed] = OrderedDict()

    def of(self, asked: Query) -> Assessed | None:
        """What is made of all claims known on a day, or else of those that `asked` lets through.

        Args:
            asked: a query for claims.

        Returns:
            `None` where these are too many, too: then one has to ask for fewer.
        """
        for query in dict.fromkeys((Query(asked.kind, as_known=asked.as_known), asked)):
            if found := self._fitting(query):
                return found
            if not self._store.find(query).count(MOST).is_capped:
                return self._made(query)
        return None

    def wait(self) -> None:
        """Until what is being made beside the readers is there."""
        for thread in list(self._running.values()):
            thread.join()

    def _fitting(self, query: Query) -> Assessed | None:
        """What is kept, where it is of the ledger as it is, or lacks nothing but new documents."""
        found = self._found.get(query)
        if found is None or found.number == state.number(self._store):
            return found
        if found.seconds < QUICK or state.is_decided(self._store, found.number):
            return None
        if time.monotonic() - found.begun > REST + found.seconds:
            self._begin(query, found)
        return found

    def _made(self, query: Query) -> Assessed:
        with self._lock:
            making = self._making.setdefault(query, Lock())
        with making:  # whoever comes meanwhile waits for this one
            found = self._fitting(query)
            if found is None:
                found = Assessed(self._store, query)
                self._keep(found)
        return found

    def _keep(self, found: Assessed) -> None:
        with self._lock:
            self._making.pop(found.query, None)
            if found.is_settled:
                self._found[found.query] = found
                self._found.move_to_end(found.query)
            while len(self._found) > KEPT:
                self._found.popitem(last=False)

    def _begin(self, query: Query, found: Assessed) -> None:
        """Make it anew beside those who read what there is."""
        with self._lock:
            running = self._running.get(query)
            if running is None or not running.is_alive():
                self._running[query] = Thread(target=self._make_again, args=(found,), daemon=True)
                self._running[query].start()

    def _make_again(self, found: Assessed) -> None:
        with suppress(MarsadError):  # who asks next will be told
            self._keep(found.again())


def _denials(query: Query) -> Query:
    """All denials of the day: "it denied that" names nobody, and is compared with whatever is asked for."""
    return Query.of(query.kind, polarity="denied", as_known=query.as_known)


def _incidents(query: Query) -> Query:
    """The incidents that go with some claims: of the same actors, known on the same day."""
    kept = tuple(
        each for each in query.where if each[0] in ("actor", "place", "country", "known", "publisher")
    )
    return replace(query, kind="incidents", where=kept, search=None)
