"""A board on a terminal, readable at 100 columns: what matters first, and every line one step from its words.

    the indicators in one table · what changed · each with its voices and figures · what is not known

At the end of a line stands the beginning of the id of a claim or figure: `marsad trace ID` prints its words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from marsad.assessment.board import Board, Change, Standing, Voice
from marsad.assessment.board.records import told_of_point
from marsad.assessment.board.words import amount, as_of, within
from marsad.assessment.contradiction import Contradiction
from marsad.assessment.series import Point, Series
from marsad.assessment.watch.evidence import unheard_of
from marsad.cli.tables import cell
from marsad.ledger.asking.found import Found
from marsad.records import wording
from marsad.records.reading import Claim
from marsad.reports import cells

_ARROWS = {
    "up": "↑ up",
    "down": "↓ down",
    "steady": "→ steady",
    "contested": "⇅ contested",
    "unknown": "? unknown",
}
_STYLES = {"contested": "bold magenta", "unknown": "dim"}
_VOICES, _CLAIMS, _SERIES, _QUESTIONS, _CHANGES, _SILENT = 5, 2, 4, 3, 15, 6
_UNSOURCED = ("unnamed",)


def show(board: Board) -> None:
    """Print a board."""
    console = Console(file=sys.stdout, highlight=False)
    for part in _parts(board):
        console.print(part)


def ids(records: Iterable[str], most: int = 3) -> str:
    """The beginnings of the first ids, one below another."""
    listed = list(records)
    more = [f"+{len(listed) - most}"] if len(listed) > most else []
    return "\n".join([*(each[: cells.RECORD] for each in listed[:most]), *more])


def _parts(board: Board) -> Iterator[Text | Table]:
    yield from _head(board)
    yield _summary(board)
    if board.since:
        yield from _changed(board)
    for standing in board.standings:
        if standing.claims:
            yield from _indicator(standing)
    if board.gathered.claims:
        yield from _unknown(board)
        yield from _silent(board)
    else:
        yield cell(
            f"\nNo claim is about {', '.join(board.watch.subjects)}: see marsad actors for the names.",
            "yellow",
        )


def _head(board: Board) -> Iterator[Text]:
    yield cell(board.watch.title, "bold")
    subjects = ", ".join(board.watch.subjects)
    area = ", ".join([*board.watch.countries, *board.watch.places]) or "everywhere"
    whom = [subjects] if subjects != board.watch.title else []
    day = f"as known on {board.day}" if board.day else "no document"
    yield cell("; ".join([*whom, area, day]), "dim")
    claims = f"{len(board.gathered.claims):,} claims of {board.origins:,} independent origins"
    yield cell(f"{claims}; window since {board.window_from or '–'} (claims: in it/all)", "dim")
    for place in unheard_of(board.gathered, board.watch):
        yield cell(f"{place}: no claim about the subject names this place; see marsad places.", "yellow")
    yield Text()


def _summary(board: Board) -> Table:
    """Each indicator in a row; a figure from before the window is pale."""
    table = _grid(
        ("", 16), ("direction", 11), ("claims", 11), ("origins", 7), ("contested", 9), ("newest figure", None)
    )
    table.show_header = True
    for standing in board.standings:
        told = (f"{standing.window_claims:,}/{len(standing.claims):,}", f"{standing.origins:,}")
        newest = standing.newest
        table.add_row(
            cell(standing.indicator.title),
            cell(_ARROWS[standing.movement], _STYLES.get(standing.movement, "bold")),
            *(cell(number if standing.claims else "–") for number in told),
            cell(f"{len(standing.contradictions) or '–'}"),
            _figure(*newest, board.window_from or "") if newest else cell("–"),
        )
    return table


def _figure(series: Series, point: Point, first: str) -> Text:
    style = "dim" if told_of_point(point) < first else ""
    return cell(f"{amount(point)}: {series.title}, {as_of(point)}", style)


def _changed(board: Board) -> Iterator[Text | Table]:
    yield _heading(f"Changed since {board.since}")
    if not board.changes:
        yield cell("Nothing.", "dim")
        return
    table = _grid(("", 10), ("", 13), ("", None), ("", 8))
    for change in _sorted(board.changes)[:_CHANGES]:
        kind = wording.words(change.kind)
        table.add_row(cell(change.known), cell(kind, "bold"), cell(change.words), ids(change.records, 2))
    yield table
    yield from _more(len(board.changes) - _CHANGES, "changes")


def _sorted(changes: Sequence[Change]) -> list[Change]:
    """What is called out first, then mere new figures; each the newest first."""
    return sorted(changes, key=lambda change: change.kind == "figure")


def _indicator(standing: Standing) -> Iterator[Text | Table]:
    yield _heading(
        standing.indicator.title, _ARROWS[standing.movement], _STYLES.get(standing.movement, "bold")
    )
    yield cell(standing.reason)
    if standing.voices:
        yield _voices(standing.voices)
        yield from _more(len(standing.voices) - _VOICES, "voices")
    else:
        yield _claims(standing.claims)
    if standing.series:
        yield _figures(standing.series)
        yield from _more(len(standing.series) - _SERIES, "series")
    for question in standing.contradictions[:_QUESTIONS]:
        yield from _question(question)
    yield from _more(len(standing.contradictions) - _QUESTIONS, "contested questions")
    if standing.gap:
        yield cell(f"Gap: {standing.gap}", "yellow")


def _voices(voices: Sequence[Voice]) -> Table:
    table = _grid(("", 8), ("", 10), ("", 20), ("", None), ("", 11))
    for voice in sorted(voices, key=lambda voice: voice.origin.kind in _UNSOURCED)[:_VOICES]:
        table.add_row(
            cell(_ARROWS[voice.direction], "bold"),
            cell(voice.day),
            _cut(voice.origin.name),
            _said(voice),
            _id(voice.records),
        )
    return table


def _said(voice: Voice) -> Text:
    if voice.claims:
        return _quoted(voice.claims[0])
    step = voice.steps[0]  # of figures nothing is cut
    return cell(
        f"{amount(step.earlier)}, then {amount(step.later)}: {step.series.title}, {as_of(step.later)}"
    )


def _claims(claims: Sequence[Found[Claim]]) -> Table:
    """Evidence that tells of no direction, the newest; the words of copies once."""
    table = _grid(("", 8), ("", 10), ("", 20), ("", None), ("", 11))
    once: dict[tuple[str | None, str], Found[Claim]] = {}
    for found in claims:
        once.setdefault((found.holder, found.record.text), found)
    for found in list(once.values())[:_CLAIMS]:
        who = _cut(cells.said_by(found) or "the report")
        table.add_row(cell("–"), cell(found.found_in.known), who, _quoted(found), _id([found.id]))
    return table


def _figures(series: Sequence[Series]) -> Table:
    table = _grid(("", 19), ("", 20), ("", None), ("", 11))
    for each in series[:_SERIES]:
        point = max(each.points, key=lambda point: (told_of_point(point), point.known))
        said = [f"{each.title}, {as_of(point)}", *_best(each), *_echoes(point)]
        table.add_row(
            cell(amount(point)), cell(_holder(point)), cell("; ".join(said)), _id([point.figure.id])
        )
    return table


def _best(series: Series) -> Iterator[str]:
    """The best range now, where it stands on more than one estimate, with the rule and the dissent."""
    now = series.current
    if now and len(now.points) + len(now.dissent) > 1:
        dissent = f", {len(now.dissent)} dissenting" if now.dissent else ""
        yield f"now {within(now.low, now.high)} by {wording.words(now.rule)} of {len(now.points)}{dissent}"


def _echoes(point: Point) -> Iterator[str]:
    if point.echoes:
        yield f"said again {len(point.echoes)} time{'s' if len(point.echoes) > 1 else ''}"


def _question(question: Contradiction) -> Iterator[Text | Table]:
    yield cell(f"Contested: {question.question}", "magenta")
    table = _grid(("", 19), ("", 20), ("", None), ("", 11))
    for name, sides in (("", question.sides), ("beside it: ", question.beside)):
        for side in sides:
            who = ", ".join(dict.fromkeys(group.name for group in side.origins))
            said = _id([found.id for found in side.claims])
            table.add_row(cell(f"{name}{side.answer}"), _cut(who), _cut(side.claims[0].record.text), said)
    yield table


def _unknown(board: Board) -> Iterator[Text]:
    without = [standing for standing in board.standings if not standing.claims]
    if without:
        yield _heading("Not known")
        for standing in without:
            yield cell(f"{standing.indicator.title}: {standing.gap}", "yellow")


def _silent(board: Board) -> Iterator[Text | Table]:
    if not board.silent:
        return
    yield _heading(f"Silent since {board.window_from}")
    table = _grid(("", 28), ("", 10), ("", None), ("", 11))
    for each in board.silent[:_SILENT]:
        claims = f"{each.claims:,} claim{'s' if each.claims > 1 else ''}"
        table.add_row(_cut(each.name), cell(claims), cell(each.reason), _id([each.last.id]))
    yield table
    yield from _more(len(board.silent) - _SILENT, "sources")


# Cells


def _grid(*columns: tuple[str, int | None]) -> Table:
    """A table without lines; the column without a width takes what is left."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    for name, width in columns:
        table.add_column(Text(name, "dim"), width=width, ratio=None if width else 1, overflow="fold")
    return table


def _heading(title: str, direction: str = "", style: str = "") -> Text:
    text = Text("\n").append_text(cell(title.upper(), "bold"))
    return text.append("  ").append_text(cell(direction, style)) if direction else text


def _more(number: int, what: str) -> Iterator[Text]:
    if number > 0:
        yield cell(f"and {number:,} more {what}: --format json", "dim")


def _quoted(found: Found[Claim]) -> Text:
    """The words as they stand, on one line: the id beside them opens all of them."""
    denied = "denied: " if found.record.polarity == "denied" else ""
    return _cut(f"{denied}{found.record.text}")


def _cut(words: str) -> Text:
    """Words on one line, as far as its column goes."""
    text = cell(words)
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _id(records: Sequence[str]) -> str:
    """The beginning of the first id, and how many more there are."""
    return records[0][: cells.RECORD] + (f" +{len(records) - 1}" if len(records) > 1 else "")


def _holder(point: Point) -> str:
    says_so_itself = point.unsourced and point.origin.kind != "unnamed"
    return f"{point.holder} (no source named)" if says_so_itself else point.holder
