"""The options by which a list is asked for: one a field of the ledger, and the same for every list.

@click.command()
@asks("figures")
def command(question: Question) -> None:
    question.answer(_COLUMNS, nothing="No figures.")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, get_args, get_origin, get_type_hints

import click

from marsad.cli.listing import Column, Row, open_ledger, show, with_format, with_workspace
from marsad.ledger.asking.fields import FIELDS, SEARCHABLE, Field, Form, Kind, field
from marsad.ledger.asking.listing import Facet, Listing
from marsad.ledger.asking.query import AGGREGATED, Query
from marsad.ledger.asking.selecting import COUNTED
from marsad.ledger.reviewing.applying import State
from marsad.linkage.origins import Kind as OriginKind
from marsad.records.reading import (
    Actor,
    Claim,
    Document,
    Figure,
    Incident,
    IncidentStatusValue,
    PartyKind,
    Place,
    Relation,
    ResponsibilityValue,
)

_TYPES: dict[Kind, type] = {
    "documents": Document,
    "claims": Claim,
    "figures": Figure,
    "incidents": Incident,
    "relations": Relation,
    "places": Place,
    "actors": Actor,
}
_WORDS: dict[tuple[Kind, str], tuple[str, ...]] = {  # of fields that the record itself does not have
    ("claims", "holder_kind"): get_args(PartyKind),
    ("incidents", "status"): get_args(IncidentStatusValue),
    ("incidents", "responsibility"): get_args(ResponsibilityValue),
    ("sources", "kind"): get_args(OriginKind),
}
_METAVARS: dict[Form, str] = {"number": "RANGE", "days": "DATE", "flag": "YES|NO", "term": "TEXT"}
_FORMS: dict[Form, str] = {
    "number": " 100, 100.., ..500 or 100..500.",
    "days": " A day, month, year or EDTF interval that it touches.",
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """A query with where it is put, and how its answers are printed."""

    query: Query
    workspace: str | None
    as_recorded: str | None
    limit: int | None
    after: str | None
    counts: tuple[str, ...]
    form: str

    @contextmanager
    def answers(self) -> Iterator[Listing[Any]]:
        """What the ledger answers, or answered at the moment that is asked for."""
        with open_ledger(self.workspace) as ledger:
            if self.as_recorded is None:
                yield ledger.find(self.query)
                return
            with ledger.as_recorded(self.as_recorded) as past:
                yield past.find(self.query)

    def answer(self, columns: Sequence[Column], *, nothing: str, flat: Callable[[Row], Row] = dict) -> None:
        """Print the answers: all of them, a page, or their counts."""
        with self.answers() as found:
            if self.counts:
                self._show_counts(found.facets(*self.counts))
            elif self.limit is None:
                self._show(found, columns, nothing, flat)
            else:
                page = found.page(self.limit, self.after)
                self._show(page.items, columns, nothing, flat)
                if page.next:
                    click.echo(f"more: --after {page.next}", err=True)

    def refuse_pages(self, option: str) -> None:
        """Say that `option` is about all answers at once.

        Raises:
            UsageError: a page, an order or a count is asked for too.
        """
        if self.limit or self.counts or self.query.sort or self.query.descending:
            raise click.UsageError(f"{option} is about all at once; leave --limit, --sort and --count out.")

    def _show(
        self, found: Iterable[Any], columns: Sequence[Column], nothing: str, flat: Callable[[Row], Row]
    ) -> None:
        show(found, self.form, columns, nothing=nothing, listed=lambda each: each.listed(), flat=flat)

    def _show_counts(self, facets: Sequence[Facet]) -> None:
        rows = [row for facet in facets for row in self._counted(facet)]
        show(rows, self.form, _COUNTS, nothing=_UNCOUNTED, is_dense=True)
        for facet in facets:
            if facet.is_capped:
                words = f"the newest {COUNTED:,} {self.query.kind} were counted; there are more"
                click.echo(f"{facet.field}: {words}", err=True)

    def _counted(self, facet: Facet) -> Iterator[Row]:
        is_flag = field(self.query.kind, facet.field).form == "flag"
        for value, number in facet.values:
            said = ("no", "yes")[int(value)] if is_flag else value
            yield {"field": facet.field, "value": said, "number": number, "capped": facet.is_capped}


_UNCOUNTED = "Nothing to count: no record has a value of these fields."
_COUNTS = (
    Column("field", lambda row: str(row["field"]), 2),
    Column("value", lambda row: str(row["value"]), 6),
    Column("number", lambda row: f"{row['number']:,}{'+' if row['capped'] else ''}", 0, width=10),
)


def asks(kind: Kind) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a list of `kind`; it gets them as one `Question`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def asked(**given: Any) -> None:  # noqa: ANN401 - the values of options
            question = _question(kind, given)
            command(question, **given)

        with_options: Callable[..., None] = asked
        for option in reversed(_options(kind)):
            with_options = option(with_options)
        return with_options

    return decorate


def _question(kind: Kind, given: dict[str, Any]) -> Question:
    """The question that the options put; they are taken out of `given`."""
    where = {each.name: given.pop(each.name) for each in FIELDS[kind]}
    limit, after, counts = given.pop("limit"), given.pop("after"), given.pop("count")
    if after and limit is None:
        raise click.UsageError("--after goes on where a page ended; give --limit too.")
    if counts and limit is not None:
        raise click.UsageError("--count counts all; leave --limit out.")
    query = Query.of(
        kind,
        search=given.pop("search", None),
        document=given.pop("document", None),
        as_known=given.pop("as_known"),
        sort=_named(given.pop("sort")),
        descending=given.pop("descending"),
        **where,
    )
    return Question(
        query=query,
        workspace=given.pop("workspace"),
        as_recorded=given.pop("as_recorded"),
        limit=limit,
        after=after,
        counts=tuple(_named(name) or name for name in counts),
        form=given.pop("form"),
    )


def _named(option: str | None) -> str | None:
    """The field that is named as an option or as it is: `holder-kind` is `holder_kind`."""
    return option and option.replace("-", "_")


# Options

Option = Callable[[Callable[..., None]], Callable[..., None]]


def _options(kind: Kind) -> list[Option]:
    several = [each for each in FIELDS[kind] if each.counted]
    sorting = ", ".join(each.name for each in FIELDS[kind] if each.sorts)
    found = [filter_option(kind, each) for each in FIELDS[kind]]
    if kind in SEARCHABLE:
        what = "whose claim holds" if kind == "figures" else "that hold"
        text = f'Those {what} these words; "in quotes" one after the other, word* for its beginning.'
        found.append(click.option("--search", metavar="WORDS", help=text))
    if kind not in AGGREGATED:
        found.append(
            click.option("--document", metavar="ID", help="Of this document; the start of its id will do.")
        )
    return [
        *found,
        click.option("--as-known", metavar="DATE", help="Leave out what was not yet known on this day."),
        click.option(
            "--as-recorded", metavar="TIME", help="As the ledger stood at this moment: YYYY-MM-DDTHH:MM:SS."
        ),
        click.option("--sort", metavar="FIELD", help=f"By one of {sorting}."),
        click.option("--descending", is_flag=True, help="The last one first."),
        click.option("--limit", metavar="N", type=click.IntRange(min=1), help="So many, and a cursor."),
        click.option("--after", metavar="CURSOR", help="Those after the page that gave this cursor."),
        click.option(
            "--count",
            metavar="FIELD",
            multiple=True,
            help=f"How many have each value of {', '.join(each.name for each in several)}.",
        ),
        with_workspace,
        with_format,
    ]


def filter_option(kind: Kind, asked: Field) -> Option:
    words = vocabulary(kind, asked)
    return click.option(
        f"--{asked.name.replace('_', '-')}",
        asked.name,
        metavar=_METAVARS.get(asked.form, "WORD" if words else "TEXT"),
        multiple=True,
        type=click.Choice(words) if words else str,
        help=asked.help + _FORMS.get(asked.form, ""),
    )


def vocabulary(kind: Kind, asked: Field) -> tuple[str, ...]:
    """The words of which the contract lets a field have one; none where it is open."""
    if asked.name == "review":
        return get_args(State)
    if (kind, asked.name) in _WORDS or kind not in _TYPES:
        return _WORDS.get((kind, asked.name), ())
    hint = get_type_hints(_TYPES[kind]).get(asked.name)
    is_words = asked.form == "code" and get_origin(hint) is Literal
    return get_args(hint) if is_words else ()
