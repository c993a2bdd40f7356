"""The change log: every entry of the journal, with what it decided, as it may be shown now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, or_, select

from marsad.ledger import journal as journals
from marsad.ledger import view
from marsad.ledger.feeds import Poll
from marsad.ledger.schema import (
    fetches,
    follows,
    forecasts,
    journal,
    lifts,
    merges,
    polls,
    ratings,
    readings,
    redactions,
    reviews,
    runs,
    shown_actors,
    shown_claims,
    shown_documents,
    verdicts,
)
from marsad.ledger.store import Store
from marsad.ledger.tracing.past import Past, Told
from marsad.records.forecast import About, month_name
from marsad.records.review import Review
from marsad.records.verdict import Basis

_PART = 500  # entries that are read at a time
_RECENT = 8  # documents whose readings are at hand: their reviews often follow one another


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One entry of the journal. What may no longer be shown of it is `None`."""

    number: int
    recorded_at: str
    action: str  # one of those that `ledger.schema.facts` names at the journal
    subject: str | None  # the document, the key of an actor or a source, the address of a feed, ...
    name: str | None  # its title or name
    by: str | None  # of a decision
    reason: str | None
    detail: dict[str, Any]  # what was read with, reviewed, merged into, ...
    program: str
    command: str
    chain_sha256: str

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


def changes(
    store: Store,
    *,
    document: str | None = None,
    since: str | None = None,
    actions: Collection[str] | None = None,
) -> Iterator[Change]:
    """The change log, oldest first, from one moment of the ledger.

    Args:
        document: only what is about this document, by its whole id.
        since: only what was recorded then or later (ISO 8601); a day means its beginning, in UTC.
        actions: only these: read, review, merge, ...

    Raises:
        BadInput: `since` is no moment.
    """
    asked = entries()
    if document is not None:
        asked = asked.where(journal.c.subject == document)
    if since is not None:
        asked = asked.where(journal.c.recorded_at >= _from(since))
    if actions is not None:
        asked = asked.where(journal.c.action.in_(sorted(actions)))
    with store.database.reading() as connection:
        log = Log(connection)
        # closed here, and not when it is collected, where the caller stops before the end
        with connection.execute(asked, execution_options={"yield_per": _PART}) as rows:
            for row in rows:
                yield log.change(row)


def entries() -> Select[Any]:
    """The journal with its runs, oldest first."""
    joined = select(journal, runs.c.program, runs.c.command).join(runs, runs.c.id == journal.c.run)
    return joined.order_by(journal.c.number)


class Log:
    """What the entries of the journal say, read over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._past = lru_cache(_RECENT)(self._made_past)

    def change(self, row: Row[Any]) -> Change:
        """One row of `entries`."""
        said = _SAID[row.action](self, row)
        plain = {name: getattr(row, name) for name in _PLAIN}
        return Change(**{**plain, "subject": row.subject, "name": None, "by": None, "reason": None, **said})

    def _fact(self, row: Row[Any], table: Any) -> Row[Any]:  # noqa: ANN401 - a table
        return self._connection.execute(select(table).where(table.c.entry == row.number)).one()

    def _made_past(self, document: str) -> Past | None:
        found = view.view(self._connection, document)
        return found and Past(self._connection, found)

    def _title(self, document: str) -> str | None:
        return self._connection.execute(select(shown_documents.c.title).filter_by(id=document)).scalar()

    # What each action says

    def _read(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, readings)
        how = {name: getattr(fact, name) for name in ("extractor", "reader", "gazetteer", "text_sha256")}
        return {"name": self._title(row.subject), "detail": how}

    def _review(self, row: Row[Any]) -> dict[str, Any]:
        body, past = self._fact(row, reviews).body, self._past(row.subject)
        if body == view.REMOVED or past is None:
            return {"detail": {"review": f"r{row.number}"}}
        told = past.told(msgspec.json.decode(body, type=Review))
        return {
            "name": self._title(row.subject),
            "by": told.review.by,
            "reason": told.reason,
            "detail": reviewed(told),
        }

    def _merge(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, merges)
        name, other = self._actor(fact.actor), fact.into and self._actor(fact.into)
        if name is None or (fact.into and other is None):
            return {"subject": None, "by": fact.by, "detail": _withheld("an actor")}
        is_split = fact.into == fact.actor
        into = {"into": fact.into, "into_name": other} if fact.into and not is_split else {}
        return {"name": name, "by": fact.by, "reason": fact.reason, "detail": into}

    def _rate(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, ratings)
        rated = {"reliability": fact.reliability}
        of = shown_claims.c
        asked = select(of.origin_name).where(of.origin == fact.source).order_by(of.key).limit(1)
        name = self._connection.execute(asked).scalar()
        if name is None:
            return {"subject": None, "by": fact.by, "detail": rated | _withheld("a source")}
        return {"name": name, "by": fact.by, "reason": fact.reason, "detail": rated}

    def _lift(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, lifts)
        return {"by": fact.by, "reason": fact.reason, "detail": {"lifted": bool(fact.lifted)}}

    def _redact(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, redactions)
        return {"by": fact.by, "reason": fact.reason, "detail": {}}

    def _follow(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, follows)
        return {"name": fact.title, "detail": {"kind": fact.kind, "followed": bool(fact.followed)}}

    def _poll(self, row: Row[Any]) -> dict[str, Any]:
        fact = self._fact(row, polls)
        return {"detail": {name: getattr(fact, name) for name in Poll._fields}}

    def _fetch(self, row: Row[Any]) -> dict[str, Any]:
        """An entry of a feed; its address is not kept."""
        fact = self._fact(row, fetches)
        name = self._title(fact.document) if fact.document else None
        how = {name: getattr(fact, name) for name in ("poll", "outcome", "reason", "document")}
        return {"name": name, "detail": how}

    def _forecast(self, row: Row[Any]) -> dict[str, Any]:
        about = msgspec.json.decode(self._fact(row, forecasts).given, type=About)
        how = {name: getattr(about, name) for name in ("model", "version", "data", "data_sha256", "level")}
        return {"detail": {**how, "months": [about.months[0], about.months[-1]], "units": len(about.units)}}

    def _score(self, row: Row[Any]) -> dict[str, Any]:
        basis = msgspec.json.decode(self._fact(row, verdicts).given, type=Basis)
        how = {name: getattr(basis, name) for name in ("version", "data", "data_sha256")}
        return {"detail": {**how, "known_to": month_name(basis.last)}}

    def _actor(self, key: str) -> str | None:
        of = shown_actors.c
        return self._connection.execute(
            select(of.name).where(or_(of.actor == key, of.called == key)).order_by(of.key).limit(1)
        ).scalar()


def reviewed(told: Told) -> dict[str, Any]:
    """A review as a JSON object: what of which kind, on which words, and the fields that it set."""
    review = told.review
    withdraws = {"withdraws": review.withdraws} if review.withdraws else {}
    return {
        "review": review.id,
        "action": review.action,
        "kind": review.target.kind,
        "quote": told.quote,
        "fields": told.fields,
        **withdraws,
    }


def _withheld(what: str) -> dict[str, str]:
    """A decision on a name that no document shows any longer: it may have been hidden since."""
    return {"withheld": f"it is about {what} that is no longer shown"}


def _from(moment: str) -> str:
    """The first moment that a moment or a day means."""
    until = journals.utc(moment)
    is_day = len(moment.strip()) == len("2019-03-23")
    return f"{until[:10]}T00:00:00.000000+00:00" if is_day else until


_PLAIN = ("number", "recorded_at", "action", "program", "command", "chain_sha256")
_SAID: dict[str, Callable[[Log, Row[Any]], dict[str, Any]]] = {
    "read": Log._read,
    "review": Log._review,
    "merge": Log._merge,
    "split": Log._merge,
    "unmerge": Log._merge,
    "rate": Log._rate,
    "lift": Log._lift,
    "unlift": Log._lift,
    "redact": Log._redact,
    "follow": Log._follow,
    "unfollow": Log._follow,
    "poll": Log._poll,
    "fetch": Log._fetch,
    "forecast": Log._forecast,
    "score": Log._score,
}
