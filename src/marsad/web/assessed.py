"""What is made of the whole ledger, kept as long as the ledger stays as it is.

Series, contradictions and agreements compare every claim with others: seconds for ten thousand claims, and
the same until something is written. So each is made once for a state of the ledger and a day, when it is
first asked for (`making`). After a decision of a person it is made anew before anybody sees it. Where
nothing but documents came, which may go on for hours, what is there is shown, says that it is behind, and
is made anew meanwhile. Where a ledger holds more than `MOST`, one has to ask for less.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock, RLock
from typing import Literal, NamedTuple, TypeVar, cast

from marsad.assessment.agreement import (
    Agreement,
    Compared,
    IncidentAgreement,
    agreements,
    incident_agreements,
)
from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.assessment.series import Series, ratings, series
from marsad.ledger import state
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.web.making import Making

Basis = Literal["figures", "claims"]  # what is gathered: the claims that hold figures, or all with incidents
Part = Literal["series", "contradictions", "agreements", "incident_agreements", "incidents"]
# Measured: .55 s and 10 MB a thousand claims, .9 s and 16 MB a thousand figures
MOST: dict[Basis, int] = {"figures": 30_000, "claims": 50_000}  # that are compared at once
KEPT = 4  # sets of claims that are remembered, each of a day
HELD = 100_000  # claims in all of them, beside the newest
ANSWERS = 64  # sets of ids that filters let through, remembered for each
QUICK = 1.0  # seconds: what took no longer is made anew at once
REST = 20.0  # seconds between two makings beside the readers

T = TypeVar("T")


class Set(NamedTuple):
    """The claims of a query, as far as a part needs them."""

    query: Query
    basis: Basis


class Assessed:
    """What is made of one set of claims. Each part is made when it is first asked for, by one thread."""

    def __init__(self, store: Store, of: Set) -> None:
        self._lock = RLock()
        self._parts: dict[str, object] = {}
        self._ids: OrderedDict[Query, frozenset[str]] = OrderedDict()
        self._store, self.set = store, of
        self.begun = time.monotonic()
        with store.at_one_moment() as ledger:
            self.number = state.number(ledger)
            self.is_settled = state.is_settled(ledger)
            self.gathered = _gathered(ledger, of)
            self.rated = ratings(ledger)  # the reliability of sources, by the key of an origin
        self._compared = Compared(self.gathered)
        self.seconds = time.monotonic() - self.begun  # that making it has taken so far

    @property
    def is_behind(self) -> bool:
        """Whether the ledger has documents that this lacks."""
        return state.number(self._store) != self.number

    def again(self) -> Assessed:
        """The same of the ledger as it is now, with the parts that were asked for."""
        made = Assessed(self._store, self.set)
        for part in list(self._parts):
            getattr(made, part)()
        return made

    def has(self, part: Part) -> bool:
        return part == "incidents" or part in self._parts

    def series(self) -> tuple[Series, ...]:
        return self._once("series", lambda: series(self.gathered, self.rated))

    def contradictions(self) -> tuple[Contradiction, ...]:
        return self._once("contradictions", lambda: contradictions(self._compared))

    def agreements(self) -> tuple[Agreement, ...]:
        return self._once("agreements", lambda: agreements(self._compared))

    def incident_agreements(self) -> tuple[IncidentAgreement, ...]:
        return self._once("incident_agreements", lambda: incident_agreements(self._compared))

    def incidents(self) -> Gathered:
        """The incidents that were gathered, with what joins them."""
        return self.gathered

    def ids(self, query: Query) -> frozenset[str]:
        """The ids of the records that a query lets through."""
        with self._lock:
            if query not in self._ids:
                self._ids[query] = frozenset(self._store.find(query).ids())
                if len(self._ids) > ANSWERS:
                    self._ids.popitem(last=False)
            return self._ids[query]

    def _once(self, part: Part, make: Callable[[], T]) -> T:
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
        self.making = Making()
        self._found: OrderedDict[Set, Assessed] = OrderedDict()

    def of(self, asked: Query, part: Part, patience: float | None = None) -> Assessed | None:
        """What is made of all claims known on a day, or else of those that `asked` lets through.

        Args:
            asked: a query for claims.
            part: what has to be there of it.
            patience: seconds to wait for it; `None`: until it is there.

        Returns:
            `None` where these are too many, too: then one has to ask for fewer.

        Raises:
            BeingMade: it takes longer.
        """
        basis: Basis = "figures" if part == "series" else "claims"
        for query in dict.fromkeys((Query(asked.kind, as_known=asked.as_known), asked)):
            of = Set(query, basis)
            found = self._fitting(of)
            if found and found.has(part):
                return found
            if found or not self._is_too_much(of):
                return self.making.made((of, part), lambda of=of: self._made(of, part), patience)  # type: ignore[misc]
        return None

    def _is_too_much(self, of: Set) -> bool:
        query = of.query if of.basis == "claims" else replace(of.query, kind="figures")
        return self._store.find(query).count(MOST[of.basis]).is_capped

    def _fitting(self, of: Set) -> Assessed | None:
        """What is kept, where it is of the ledger as it is, or lacks nothing but new documents."""
        found = self._found.get(of)
        if found is None or found.number == state.number(self._store):
            return found
        if found.seconds < QUICK or state.is_decided(self._store, found.number):
            return None
        if time.monotonic() - found.begun > REST + found.seconds:
            self.making.begin(of, lambda: self._keep(found.again()))
        return found

    def _made(self, of: Set, part: Part) -> Assessed:
        found = self._fitting(of) or Assessed(self._store, of)
        getattr(found, part)()
        self._keep(found)
        return found

    def _keep(self, found: Assessed) -> None:
        with self._lock:
            if found.is_settled:
                self._found[found.set] = found
                self._found.move_to_end(found.set)
            while len(self._found) > KEPT or (len(self._found) > 1 and self._held() > HELD):
                self._found.popitem(last=False)

    def _held(self) -> int:
        return sum(len(each.gathered.claims) for each in self._found.values())


def _gathered(ledger: Store, of: Set) -> Gathered:
    if of.basis == "figures":
        return ledger.gather([of.query], counted=True)
    return ledger.gather([of.query, _denials(of.query)], [_incidents(of.query)], vectors=True)


def _denials(query: Query) -> Query:
    """All denials of the day: "it denied that" names nobody, and is compared with whatever is asked for."""
    return Query.of(query.kind, polarity="denied", as_known=query.as_known)


def _incidents(query: Query) -> Query:
    """The incidents that go with some claims: of the same actors, known on the same day."""
    kept = tuple(
        each for each in query.where if each[0] in ("actor", "place", "country", "known", "publisher")
    )
    return replace(query, kind="incidents", where=kept, search=None)
