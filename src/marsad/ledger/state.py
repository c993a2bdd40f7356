"""Which state of the ledger an answer is of: what is made of the whole of it is made once a state.

    number = state.number(ledger)       # changes with every fact that is added
    state.is_settled(ledger)            # all that is shown is made of the facts by then
    state.is_decided(ledger, number)    # since then somebody decided something, and not only documents came
    state.has_grown(ledger, number, day)    # since then documents came that a look from a day shows

What is shown follows the facts in the same transaction, except after a lift: then document after document
is shown anew, and an answer of meanwhile is of no state.
"""

from __future__ import annotations

from marsad.ledger import journal
from marsad.ledger.asking import snapshots
from marsad.ledger.showing import index
from marsad.ledger.store import Store


def number(store: Store) -> int:
    """That of the last change; 0 where there was none. Of one number there is one answer, once settled."""
    with store.database.reading() as connection:
        return journal.through(connection, None)


def is_settled(store: Store) -> bool:
    """Whether all that may be shown is made of the facts as they are."""
    with store.database.reading() as connection:
        return index.is_settled(connection)


def is_decided(store: Store, since: int) -> bool:
    """Whether somebody decided something after a number: see `journal.is_decided`."""
    with store.database.reading() as connection:
        return journal.is_decided(connection, since)


def has_grown(store: Store, since: int, as_known: str) -> bool:
    """Whether a document was read after a number that a look from this day has, or had before."""
    with store.database.reading() as connection:
        return snapshots.has_grown(connection, since, as_known)
