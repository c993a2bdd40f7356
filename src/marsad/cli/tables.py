"""A reading as tables for a terminal: readable at 80 columns, plain where it is no terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from marsad.records.reading import Claim, Figure, Interval, Party, Place, Published, Reading, Time

NOTHING = "–"
_JOINERS = "\u00ad\u200c\u200d\u200e\u200f"  # no control codes: Persian and emoji need them
_NARROW = 80  # columns where the output is no terminal


def show(reading: Reading, console: Console | None = None) -> None:
    """Print a reading: its document, then claims, figures, times, places and warnings."""
    console = console or console_for_output()
    console.print(_heading(reading))
    for table in (
        _claims(reading.claims),
        _figures(reading),
        _times(reading.times),
        _places(reading.places),
    ):
        if table.row_count:
            console.print(table)
    for warning in reading.warnings:
        records = ", ".join(warning.records)
        console.print(cell(f"Warning ({warning.code}; {records}): {warning.message}", "yellow"))
    console.print(cell(_counts(reading), "dim"))


def console_for_output() -> Console:
    """A console on standard output, 80 columns wide where that is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_NARROW)


def cell(text: str | None, style: str = "") -> Text:
    """`text` as it stands, white space folded: never markup, never a control code of a terminal."""
    words = " ".join((text or NOTHING).split())
    return Text("".join(mark if _shows(mark) else "\ufffd" for mark in words), style=style)


def _shows(mark: str) -> bool:
    return mark.isprintable() or mark in _JOINERS


def _heading(reading: Reading) -> Text:
    document = reading.document
    title = document.title or document.source or document.id
    facts = [document.publisher, document.author, _published(document.published)]
    known = " · ".join(dict.fromkeys(fact for fact in facts if fact))
    return Text("\n").join([cell(title, "bold"), cell(known, "dim")])


def _published(published: Published) -> str:
    days = _days(published.earliest, published.latest)
    return f"published {days} ({published.basis})" if days else "date unknown"


def _claims(claims: Iterable[Claim]) -> Table:
    table = _table("Claims", ("id", 4), ("who ← through whom", 20), ("words", None), ("how", 12))
    for claim in claims:
        style = "" if claim.kind == "attributed" else "dim"
        table.add_row(cell(claim.id, style), _who(claim, style), cell(claim.text, style), _how(claim))
    return table


def _who(claim: Claim, style: str) -> Text:
    """The holder, then back along the chain to the publisher."""
    if claim.kind == "narrated":
        return cell(_party(claim.chain[-1]) if claim.chain else "narrator", style)
    hands = [_party(party) for party in reversed(claim.chain)]
    if not hands:
        hands = [_party(claim.source)] if claim.source else ["not named"]
    return cell(" ← ".join(hands), style or "bold")


def _party(party: Party) -> str:
    return party.text or NOTHING


def _how(claim: Claim) -> Text:
    """Cue, quotation, certainty and what else is not the ordinary case, a word each."""
    words = [f"“{claim.cue.text}”" if claim.cue else claim.kind]
    words += [claim.quotation] if claim.quotation != "none" else []
    words += [claim.certainty] if claim.certainty != "unknown" else []
    words += [claim.attitude] if claim.attitude != "statement" else []
    words += ["denied"] if claim.polarity == "denied" else []
    words += ["hidden source"] if claim.hidden_source else []
    return Text("\n").join(cell(word) for word in words)


def _figures(reading: Reading) -> Table:
    table = _table("Figures", ("id", 4), ("value", 17), ("what", None), ("where, when", 18), ("claim", 5))
    places = {place.id: place.name for place in reading.places}
    actors = {actor.id: actor.name for actor in reading.actors}
    for figure in reading.figures:
        subject = actors.get(figure.subject or "")
        what = [figure.measure, figure.population, f"of {subject}" if subject else None]
        where = [places[place] for place in figure.places if place in places]
        table.add_row(
            cell(figure.id),
            cell(_value(figure), "bold"),
            cell(", ".join(part for part in what if part)),
            cell("; ".join([*where, *filter(None, [_interval(figure.as_of or figure.period)])])),
            cell(figure.claim),
        )
    return table


def _value(figure: Figure) -> str:
    """The number as stated, with its bound and unit; one that is no observation says so."""
    low, high = _number(figure.low), _number(figure.high)
    amount = {
        "exact": low,
        "about": f"about {low}",
        "at_least": f"at least {low}",
        "at_most": f"at most {high}",
    }.get(figure.bound, f"{low} – {high}")
    status = "" if figure.status == "observed" else f"({figure.status})"
    return " ".join(part for part in (amount, figure.unit, status) if part)


def _number(number: float | None) -> str:
    if number is None:
        return "?"
    return f"{int(number):,}" if number == int(number) else f"{number:,}"


def _times(times: Iterable[Time]) -> Table:
    table = _table("Times", ("id", 4), ("words", None), ("EDTF", 24), ("days", 24))
    for time in times:
        days = _days(time.earliest, time.latest)
        table.add_row(cell(time.id), cell(time.text), cell(time.edtf or time.value), cell(days))
    return table


def _places(places: Iterable[Place]) -> Table:
    table = _table("Places", ("id", 4), ("words", None), ("place", 30), ("where", 20))
    for place in places:
        name = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
        table.add_row(cell(place.id), cell(place.text), cell(f"{name} ({place.kind})"), _pin(place))
    return table


def _pin(place: Place) -> Text:
    if place.latitude is None or place.longitude is None:
        return cell("resolved, no point" if place.gazetteer_id else "unresolved", "dim")
    return cell(f"{place.latitude:.3f}, {place.longitude:.3f}")


def _interval(interval: Interval | None) -> str | None:
    """A year, month or day as its EDTF; some day within an interval by its ends, which can be wrapped."""
    if interval is None:
        return None
    if interval.edtf and not interval.edtf.startswith("["):
        return interval.edtf
    return _days(interval.earliest, interval.latest)


def _days(earliest: str | None, latest: str | None) -> str | None:
    if earliest == latest:
        return earliest
    return f"{earliest or '…'} to {latest or '…'}"


def _counts(reading: Reading) -> str:
    attributed = sum(claim.kind == "attributed" for claim in reading.claims)
    return (
        f"{attributed} attributed and {len(reading.claims) - attributed} narrated claims, "
        f"{len(reading.figures)} figures, {len(reading.incidents)} incidents, "
        f"{len(reading.places)} places, {len(reading.times)} times, {len(reading.warnings)} warnings"
    )


def _table(title: str, *columns: tuple[str, int | None]) -> Table:
    """A table whose columns have a width in characters; `None` takes what is left."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name, width in columns:
        table.add_column(name, width=width, ratio=None if width else 1, overflow="fold")
    table.expand = True
    return table
