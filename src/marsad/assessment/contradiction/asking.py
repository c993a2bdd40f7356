"""The contested questions that touch what is asked for."""

from __future__ import annotations

from typing import Any

from marsad.assessment.contradiction.questions import contradictions
from marsad.assessment.contradiction.records import Contradiction
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store


def asked(ledger: Store, **where: Any) -> tuple[Contradiction, ...]:  # noqa: ANN401 - see Query.of
    """The questions of a ledger of which a side holds a claim that is asked for, newest first.

    All denials are compared with what is asked for ("it denied that" names nobody), and so are the incidents.

    Raises:
        BadInput: what claims are asked for by is none.
    """
    query, day = Query.of("claims", **where), where.get("as_known")
    denials = Query.of("claims", polarity="denied", as_known=day)
    happened = Query.of("incidents", actor=where.get("actor"), as_known=day)
    with ledger.at_one_moment() as held:
        found = contradictions(held.gather([query, denials], [happened], vectors=True))
        let_through = {each.id for each in held.find(query)} if _narrows(query, day) else None
    return tuple(each for each in found if let_through is None or _touches(each, let_through))


def _narrows(query: Query, day: str | None) -> bool:
    """Whether some claims of the day are left out."""
    return query != Query.of("claims", as_known=day)


def _touches(each: Contradiction, let_through: set[str]) -> bool:
    return any(found.id in let_through for side in each.sides for found in side.claims)
