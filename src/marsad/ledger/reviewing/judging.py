"""One review, from what a person says to what became of it, in one transaction.

A review that could not be applied at once is not recorded: whoever made it is told why instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection, select

from marsad.errors import BadInput, NotFound
from marsad.ledger import decisions, view
from marsad.ledger.journal import Writer
from marsad.ledger.reviewing import drafting, pointing
from marsad.ledger.reviewing.links import KINDS, LINKS
from marsad.ledger.reviewing.pointing import Pointed
from marsad.ledger.schema import reviews
from marsad.ledger.store import Store
from marsad.ledger.tracing import lookup
from marsad.ledger.tracing.past import Past, Told
from marsad.ledger.view import View
from marsad.records.reading import Reading
from marsad.records.review import RecordKind, Review, ReviewKind

_REFERRING = frozenset(name for _, name in LINKS)  # fields that hold ids of records
_WORDED = frozenset({"share_of"})  # those of them that may hold words instead
_UNKNOWN = frozenset({"", "null"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A review that was recorded, and what followed, all of it as it may be shown."""

    told: Told
    record: str | None  # the id of its record in the ledger; None where it is there no more
    before: str | None  # the id that its record had
    followed: str | None  # what else a rejection took along
    gone: tuple[tuple[RecordKind, str], ...]  # records that are listed no more, by kind and id
    new: tuple[tuple[RecordKind, str], ...]  # records that are listed now and were not


def of_record(
    store: Store,
    given: str,
    action: Literal["accept", "edit", "reject"],
    fields: Mapping[str, Any],
    *,
    by: str,
    reason: str,
) -> Judged:
    """Accept, edit or reject the record that is listed under the id `given`, or its beginning.

    Args:
        fields: what an edit sets; records are referred to by their ids in the ledger.

    Raises:
        NotFound: there is no such record.
        BadInput: an unknown field, a value that it cannot have, an edit of nothing.
    """
    with store.writing() as (connection, writer):
        record = pointing.record(connection, given)
        local = partial(drafting.of_record, local_id=record.local, action=action, by=by, reason=reason)
        return _judge(connection, writer, record.reading, fields, local, record)


def credible(store: Store, given: str, credibility: int, *, by: str, reason: str) -> Judged:
    """Say how credible the claim is that is listed under the id `given`, or its beginning.

    Raises:
        NotFound: there is no such record.
        BadInput: it is no claim, or `credibility` is none of 1 to 6 (NATO Admiralty).
    """

    with store.writing() as (connection, writer):
        record = pointing.record(connection, given)

        def draft(reading: Reading, *, fields: Mapping[str, Any]) -> Review:
            return drafting.judgement(reading, record.local, credibility, by, reason)

        return _judge(connection, writer, record.reading, {}, draft, record)


def of_words(
    store: Store,
    document: str,
    kind: ReviewKind,
    words: str,
    fields: Mapping[str, Any],
    *,
    by: str,
    reason: str,
    occurrence: int | None = None,
) -> Judged:
    """Add a record on words of a document, or mask them where `kind` is `private`.

    Raises:
        NotFound: there is no such document.
        BadInput: see `drafting.of_words`.
    """
    on_words = partial(drafting.of_words, kind=kind, words=words, by=by, reason=reason, occurrence=occurrence)
    with store.writing() as (connection, writer):
        return _judge(connection, writer, _view(connection, document).reading, fields, on_words)


def unmasked(store: Store, document: str, words: str, *, by: str, reason: str) -> Judged:
    """Say of masked words of a document that they name no private person.

    Raises:
        NotFound: there is no such document.
        BadInput: nothing is masked there.
    """

    def draft(reading: Reading, *, fields: Mapping[str, Any]) -> Review:
        return drafting.unmasking(reading, words, by, reason)

    with store.writing() as (connection, writer):
        return _judge(connection, writer, _view(connection, document).reading, {}, draft)


def withdrawn(store: Store, given: str, *, by: str, reason: str) -> Judged:
    """Take a review (`r12`) back, which may be a withdrawal itself.

    Raises:
        NotFound: there is no such review, or its document was redacted.
        BadInput: it is withdrawn already.
    """
    with store.writing() as (connection, writer):
        held, taken = _review(connection, given)

        def draft(_: Reading, *, fields: Mapping[str, Any]) -> Review:
            return drafting.withdrawal(taken, by, reason)

        return _judge(connection, writer, held.reading, {}, draft)


def names_somebody(store: Store, document: str, words: str) -> bool:
    """Whether `words` hold a name that is masked in what is shown of a document."""
    with store.database.reading() as connection:
        held = view.view(connection, document)
        return held is not None and Past(connection, held).prose(words) != words


def _view(connection: Connection, document: str) -> View:
    if (held := view.view(connection, document)) is None:
        raise NotFound(f"document {document}: is not here, or its text was redacted; see marsad documents")
    return held


def _review(connection: Connection, given: str) -> tuple[View, Review]:
    """A review that still stands, with its document."""
    if (found := lookup.find(connection, given)).kind != "review":
        raise BadInput(f"{given}: is no review; give one as marsad review list prints it, such as r12")
    asked = select(reviews.c.document).where(reviews.c.entry == int(found.id[1:]))
    document = str(connection.execute(asked).scalar_one())
    held = _view(connection, document)
    for outcome in held.reviewed.outcomes:
        if outcome.review == found.id and outcome.state == "withdrawn":
            raise BadInput(f"{given}: is withdrawn already ({outcome.reason}); withdraw that one instead")
    return held, next(each for each in view.reviews_of(connection, document) if each.id == found.id)


def _judge(
    connection: Connection,
    writer: Writer,
    reading: Reading,
    fields: Mapping[str, Any],
    draft: Callable[..., Review],
    record: Pointed | None = None,
) -> Judged:
    """Record what `draft` makes of a document's reading.

    Raises:
        BadInput: it cannot be drafted, or would not be applied. The transaction is to be given up.
    """
    ids = pointing.global_ids(reading)
    with _errors_with(ids):
        made = draft(reading, fields=_locally(fields, ids))
    kept = decisions.review(connection, writer, made)
    past = Past(connection, _view(connection, made.document))
    outcome = past.became(kept)
    if outcome.state != "applied":
        why = outcome.reason or past.outcomes[kept.id].reason
        raise BadInput(f"would have no effect, so nothing is recorded: {pointing.in_words(why or '', ids)}")
    listed = pointing.global_ids(record.view.reading) if record else ids
    return Judged(
        told=past.told(kept),
        record=past.current.ids.get(outcome.local or ""),
        before=record and record.id,
        followed=outcome.reason and pointing.in_words(outcome.reason, ids),
        gone=_apart(listed, past.current.ids),
        new=_apart(past.current.ids, listed),
    )


def _apart(some: Mapping[str, str], others: Mapping[str, str]) -> tuple[tuple[RecordKind, str], ...]:
    """The records of one reading that are none of another, by kind and id."""
    kinds: dict[str, RecordKind] = {kind.letter: name for name, kind in KINDS.items()}
    known = set(others.values())
    return tuple((kinds[local[0]], found) for local, found in some.items() if found not in known)


@contextmanager
def _errors_with(ids: Mapping[str, str]) -> Iterator[None]:
    """Errors that name records as the ledger does."""
    try:
        yield
    except BadInput as error:
        raise type(error)(pointing.in_words(str(error), ids)) from None


# References that a person gives


def _locally(fields: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """`fields` with local ids where they refer to records of the ledger by their ids."""
    return {name: _local(name, value, ids) for name, value in fields.items()}


def _local(name: str, value: Any, ids: Mapping[str, str]) -> Any:  # noqa: ANN401 - a value of JSON
    if isinstance(value, Mapping):
        return _locally(value, ids)
    if isinstance(value, list | tuple):
        return [_local(name, each, ids) for each in value]
    if not isinstance(value, str) or name not in _REFERRING:
        return value
    parts = [part.strip() for part in value.split(",")]
    found = [_of_beginning(part, ids) for part in parts]
    if all(found):
        return ",".join(filter(None, found))
    if name in _WORDED or value in _UNKNOWN:
        return value
    wrong = parts[found.index(None)]
    raise BadInput(f"{name}: no record of this document has the id {wrong}; give it as the lists print it")


def _of_beginning(given: str, ids: Mapping[str, str]) -> str | None:
    """The local id of the one record whose id begins so, or which is called so itself."""
    if given in ids:
        return given
    begun = [local for local, found in ids.items() if found.startswith(given)]
    if len(given) < lookup.SHORTEST or not begun:
        return None
    if len(begun) > 1:
        raise BadInput(f"{given}: several records of this document begin so; give more of the id")
    return begun[0]
