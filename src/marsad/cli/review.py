"""`marsad review`: add, accept, edit and reject records, mask names, and see what became of it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import click
import msgspec

from marsad.cli import deciding, one_line, reviewed
from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger
from marsad.errors import BadInput
from marsad.ledger.reviewing import judging, pointing
from marsad.ledger.reviewing.judging import Judged
from marsad.ledger.reviewing.links import KINDS
from marsad.records.review import CREDIBILITIES, CREDIBILITY, RecordKind

_MOST_NAMED = 5  # records that came back or went
_PAST = {"accept": "accepted", "edit": "edited", "reject": "rejected", "add": "added", "judge": "judged"}

_setting = click.option(
    "--set",
    "given",
    metavar="FIELD=VALUE",
    type=deciding.words,
    multiple=True,
    help="A field of the contract and its value: words or JSON; records by their ids.",
)
_document = click.option(
    "--document", metavar="ID", required=True, help="The document; six characters of its id will do."
)
_words = click.option(
    "--words", metavar="WORDS", type=deciding.words, required=True, help="As they stand there."
)


@click.group()
def command() -> None:
    """Review what the reader found. Every review is kept, with who made it, when and why.

    ID is the id of a record as the lists print it, or six characters or more of its beginning.
    Reviews stay with the words that they are about, whatever reader or text comes later.
    """


command.add_command(reviewed.every, "list")
command.add_command(reviewed.agreement)


@command.command()
@click.argument("record", metavar="ID")
@decided
def accept(record: str, workspace: str | None, **said: Any) -> None:  # noqa: ANN401 - by and reason
    """Say that a record is right as it is."""
    _of_record(workspace, record, "accept", (), **said)


@command.command()
@click.argument("record", metavar="ID")
@decided
def reject(record: str, workspace: str | None, **said: Any) -> None:  # noqa: ANN401 - by and reason
    """Say that there is no such record.

    What cannot be without it goes too: the figures and relations of a claim, for one.
    """
    _of_record(workspace, record, "reject", (), **said)


@command.command()
@click.argument("record", metavar="ID")
@_setting
@decided
def edit(record: str, given: Sequence[str], workspace: str | None, **said: Any) -> None:  # noqa: ANN401
    """Set fields of a record. Other words for it are set as `words`."""
    _of_record(workspace, record, "edit", given, **said)


@command.command()
@click.argument("claim", metavar="ID")
@click.argument("value", type=click.IntRange(1, len(CREDIBILITIES)))
@decided
def credibility(claim: str, value: int, by: str | None, reason: str, workspace: str | None) -> None:
    """Say how credible a claim is, from 1 to 6 (NATO Admiralty).

    \b
    1  confirmed by other sources
    2  probably true
    3  possibly true
    4  doubtful
    5  improbable
    6  truth cannot be judged; so is every claim that nobody has judged

    It says nothing of the source, which marsad rate judges from A to F.
    """
    by = decider(by)
    with open_ledger(workspace, command="review") as ledger:
        _answer(judging.credible(ledger, claim, value, by=by, reason=reason))


def _of_record(
    workspace: str | None,
    record: str,
    action: Literal["accept", "edit", "reject"],
    given: Sequence[str],
    *,
    by: str | None,
    reason: str,
) -> None:
    by, fields = decider(by), _fields(given)
    with open_ledger(workspace, command="review") as ledger:
        _answer(judging.of_record(ledger, record, action, fields, by=by, reason=reason))


@command.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@_document
@_words
@click.option("--occurrence", metavar="N", type=int, help="Which of several places, from 1.")
@_setting
@decided
def add(
    kind: RecordKind,
    document: str,
    words: str,
    occurrence: int | None,
    given: Sequence[str],
    by: str | None,
    reason: str,
    workspace: str | None,
) -> None:
    """Add a record that the reader missed, by its words. ` … ` stands for a gap in them."""
    by, fields = decider(by), _fields(given)
    with open_ledger(workspace, command="review") as ledger:
        found = pointing.document(ledger, document)
        done = judging.of_words(
            ledger, found, kind, words, fields, by=by, reason=reason, occurrence=occurrence
        )
        _answer(done)


@command.command()
@_document
@_words
@decided
def mask(document: str, words: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Mask words that name a private person, in the whole document."""
    by = decider(by)
    with open_ledger(workspace, command="review") as ledger:
        found = pointing.document(ledger, document)
        done = judging.of_words(ledger, found, "private", words, {}, by=by, reason=reason)
    places = len(done.told.review.target.selector.spans)
    said = f"masked the words in {places} place{'s' * (places > 1)} of document {found[: pointing.SHOWN]}"
    click.echo(f"review {done.told.review.id}: {said}")


@command.command()
@_document
@_words
@decided
def unmask(document: str, words: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Say of masked words that they name no private person."""
    by = decider(by)
    with open_ledger(workspace, command="review") as ledger:
        found = pointing.document(ledger, document)
        done = judging.unmasked(ledger, found, words, by=by, reason=reason)
    quote = _quoted(done.told.quote)
    click.echo(f"review {done.told.review.id}: unmasked{quote} in document {found[: pointing.SHOWN]}")


@command.command()
@click.argument("review", metavar="REVIEW")
@decided
def withdraw(review: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Take a review back, as if it had not been made.

    REVIEW is as `marsad review list` prints it: r12. A withdrawal can be withdrawn too.
    """
    by = decider(by)
    with open_ledger(workspace, command="review") as ledger:
        done = judging.withdrawn(ledger, review, by=by, reason=reason)
    made = done.told.review
    changed = [*_records("no longer listed", done.gone), *_records("now listed", done.new)]
    about = f"withdrew review {made.withdraws} of {_kind(made.target.kind)}{_quoted(done.told.quote)}"
    click.echo(f"review {made.id}: {'; '.join([about, *changed])}")


# What was given


def _fields(given: Sequence[str]) -> dict[str, Any]:
    """Fields with their values: JSON where it is a text, a list, an object or null, else the words.

    A bare number stays words: whether `2019` is a number or a year is for its field to say.
    """
    found: dict[str, Any] = {}
    for each in given:
        name, equals, words = each.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not name:
            raise BadInput(f"{each}: sets nothing; give FIELD=VALUE")
        if name in found:
            raise BadInput(f"{name}: is set twice; set it once")
        found[name] = _value(words)
    return found


def _value(words: str) -> Any:  # noqa: ANN401 - a value of JSON
    try:
        value = msgspec.json.decode(words)
    except msgspec.DecodeError:
        return words
    return words if isinstance(value, bool | int | float) else value


# The answer


def _answer(done: Judged) -> None:
    """One line: which review did what to which record, under the id that it has now."""
    made = done.told.review
    record = (done.record or done.before or "")[: pointing.SHOWN]
    moved = done.before and done.record and done.record != done.before
    was = f" (was {done.before[: pointing.SHOWN]})" if done.before and moved else ""
    followed = f"; {done.followed}" if done.followed else ""
    what = _changes(done) if made.action in ("edit", "judge") else _quoted(done.told.quote)
    click.echo(
        f"review {made.id}: {_PAST[made.action]} {made.target.kind} {record}{was}{what}{one_line(followed)}"
    )


def _changes(done: Judged) -> str:
    """The fields that an edit changed, each with both its values."""
    order = [*KINDS[done.told.review.target.kind].type.__struct_fields__, CREDIBILITY]  # type: ignore[index]  # no name
    changed = [
        f"{name} {reviewed.value(both['before'])} -> {reviewed.value(both['after'])}"
        for name, both in sorted(done.told.fields.items(), key=lambda each: order.index(each[0]))
    ]
    return f": {', '.join(changed)}" if changed else ": its values stay, and are a person's now"


def _kind(kind: str) -> str:
    return "a private name" if kind == "private" else kind


def _quoted(quote: str | None) -> str:
    return f" “{reviewed.short(quote)}”" if quote else ""


def _records(what: str, found: Sequence[tuple[str, str]]) -> list[str]:
    if not found:
        return []
    named = ", ".join(f"{kind} {each[: pointing.SHOWN]}" for kind, each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return [f"{what}: {named}{more}"]
