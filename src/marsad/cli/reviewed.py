"""`marsad review list` and `marsad review agreement`: what people have said, and how far they agree."""

from __future__ import annotations

import re
from typing import Any, get_args

import click
import msgspec

from marsad.cli import one_line
from marsad.cli.listing import Column, open_ledger, show, with_format, with_workspace
from marsad.ledger.reviewing import pointing, reviews
from marsad.ledger.reviewing.agreement import Agreement
from marsad.ledger.reviewing.reviews import Listed, State
from marsad.reports import cells


@click.command()
@click.option("--document", metavar="ID", help="Of this document; the start of its id will do.")
@click.option("--state", type=click.Choice(get_args(State)), help="That are in this state now.")
@with_workspace
@with_format
def every(document: str | None, state: str | None, workspace: str | None, form: str) -> None:
    """List the reviews, oldest first, each with what became of it.

    applied: it stands. superseded: a later review of the same record counts. withdrawn: taken back.
    ambiguous, orphaned: its words or its record cannot be told from others, or are not there now.
    dormant: it rejects or takes back nothing. redacted: its words went with its document.
    """
    with open_ledger(workspace) as ledger:
        wanted = pointing.document(ledger, document) if document else None
        show(
            reviews.listed(ledger, document=wanted, state=state),
            form,
            _REVIEWS,
            nothing="No reviews: nobody has made one that these options let through.",
            listed=Listed.listed,
        )


@click.command()
@with_workspace
@with_format
def agreement(workspace: str | None, form: str) -> None:
    """Print how far reviewers agree on what both have judged.

    Cohen's kappa is the agreement beyond chance, from -1 to 1; null where chance alone explains all.
    """
    with open_ledger(workspace) as ledger:
        found = reviews.agreements(ledger)
    nothing = "No agreement: no two reviewers have judged the same record."
    show(found, form, _AGREEMENT, nothing=nothing, listed=Agreement._asdict, is_dense=True)


_MOST = 80  # characters of a quote or a value
_ID = re.compile(r"[0-9a-f]{32}")
_PRIVATE = {"add": "mask", "reject": "unmask"}  # what these do to a private name


def value(of: Any) -> str:  # noqa: ANN401 - a value of the contract
    """A value in a few words: of a party, a cue or a scope its text, of an interval its EDTF."""
    if isinstance(of, dict):
        of = of.get("text") or of.get("edtf") or msgspec.json.encode(of).decode()
    if isinstance(of, list | tuple):
        return f"[{', '.join(value(each) for each in of)}]"
    if isinstance(of, str):
        return short(of[: pointing.SHOWN] if _ID.fullmatch(of) else of)
    return "null" if of is None else msgspec.json.encode(of).decode()


def short(words: str) -> str:
    """`words` on one line, cut where they are long."""
    words = one_line(words)
    return words if len(words) <= _MOST else f"{words[: _MOST - 1].rstrip()}…"


def _made(review: Listed) -> str:
    return cells.lines(review.review, review.recorded_at[:10], review.by)


def _about(review: Listed) -> str:
    where = f"in {review.document[: cells.DOCUMENT]}"
    if review.action is None:
        return where
    is_private = review.kind == "private"
    action = _PRIVATE.get(review.action, review.action) if is_private else review.action
    what = f"{action} {review.withdraws or ('a name' if is_private else review.kind)}"
    quote = review.quote and f"“{' '.join(review.quote.split())}”"
    return cells.lines(what, quote, where)


def _said(review: Listed) -> str:
    changes = [
        f"{name}: {value(both['before'])} → {value(both['after'])}" for name, both in review.fields.items()
    ]
    return cells.lines(*changes, review.reason and " ".join(review.reason.split())) or cells.NOTHING


def _became(review: Listed) -> str:
    record = review.record and f"{review.kind} {review.record[: cells.RECORD]}"
    return cells.lines(review.state, record, review.why)


_REVIEWS = (
    Column("review", _made, 2, width=10),
    Column("about", _about, 5, width=15),
    Column("set, and why", _said, 5, width=14),
    Column("state now", _became, 4, width=15),
)
_AGREEMENT = (
    Column("reviewers", lambda pair: f"{pair.first}, {pair.second}", 1, width=20),
    Column("records", lambda pair: f"{pair.n:,}", 0, width=8),
    Column("agreed on", lambda pair: f"{pair.observed:.1%}", 0, width=9),
    Column("kappa", lambda pair: cells.NOTHING if pair.kappa is None else f"{pair.kappa:.2f}", 0, width=5),
)
