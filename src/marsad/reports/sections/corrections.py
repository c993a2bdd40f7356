"""What changed since the last issue, and what was corrected: by sources, by their words, by people."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.assessment.series import Point, Series
from marsad.ledger.asking.found import FoundDocument
from marsad.ledger.tracing.changes import Change
from marsad.reports.model import Block, Paragraph, Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation


def section(situation: Situation) -> Section:
    say = phrases()
    blocks = [*_movements(situation), *_superseded(situation), *_documents(situation), *_decisions(situation)]
    if not blocks:
        blocks.append(say.explain("nothing_corrected"))
    return Section("corrections", say.titles["corrections"], (say.explain("corrections"), *blocks))


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(phrases().columns[name] for name in names)


def _movements(situation: Situation) -> Iterator[Block]:
    """The directions of the board before the period and at its end, where they differ."""
    say, before = phrases(), {each.indicator.name: each for each in situation.before.standings}
    rows = []
    for now in situation.now.standings:
        was = before.get(now.indicator.name)
        old = was.movement if was else "unknown"
        cites = situation.book.cites(*(each for voice in now.voices for each in voice.records))
        if old != now.movement and cites:
            rows.append(Row((now.indicator.title, say.word(old), say.word(now.movement)), cites))
    if rows:
        yield Table(say.captions["movements"], _columns("indicator", "before", "now"), tuple(rows))


def _superseded(situation: Situation) -> Iterator[Block]:
    """Each figure that a figure of the period replaced, with that one."""
    rows = []
    for series in situation.series():
        points = {point.figure.id: point for point in series.points}
        for point in series.points:
            newer = points.get(point.superseded_by or "")
            if newer and situation.is_new(newer.figure):
                rows.append(_replaced(situation, series, point, newer))
    if rows:
        columns = _columns("what", "who", "before", "now", "known")
        yield Table(phrases().captions["superseded"], columns, tuple(rows))


def _replaced(situation: Situation, series: Series, old: Point, new: Point) -> Row:
    cells = (
        series.title,
        saying.holder(situation, new.figure),
        _told(series, old),
        _told(series, new),
        new.known,
    )
    return Row(cells, situation.book.cites(old.figure.id, new.figure.id))


def _told(series: Series, point: Point) -> str:
    record = point.figure.record
    bounds = (saying.scope(record, series.title), saying.when(point.figure, series.title))
    status = phrases().part("status", status=saying.status(record, series.title))
    return f"{saying.value(series, record)}{''.join(bounds)}{status}"


def _documents(situation: Situation) -> Iterator[Block]:
    """The corrections that documents of this watch say of themselves, and those that were published anew."""
    say, book = phrases(), situation.book
    about = {each.found_in.id for each in situation.now.gathered.claims}
    said: list[Paragraph] = []
    for found in situation.documents:
        document = found.document
        if found.id not in about or not situation.first <= found.known <= situation.last:
            continue
        for words in document.corrections:
            cites = (book.add_correction(found, words),)
            sentence = say.say(
                "corrected",
                cites,
                publisher=_publisher(found),
                published=document.published.latest or found.known,
                quote=saying.shortened(words),
            )
            said.append(Paragraph((sentence,), is_item=True))
        first = next((c for c in situation.claims() if c.found_in.id == found.id), None)
        if document.revision_of and first:
            sentence = say.say(
                "revised", book.cites(first.id), publisher=_publisher(found), known=found.known
            )
            said.append(Paragraph((sentence,), is_item=True))
    yield from said


def _publisher(found: FoundDocument) -> str:
    return found.document.publisher or phrases().parts["nobody"]


def _decisions(situation: Situation) -> Iterator[Block]:
    rows = tuple(_decision(each) for each in situation.decisions)
    if rows:
        columns = _columns("recorded", "decision", "item", "words", "by", "reason")
        yield Table(phrases().captions["decisions"], columns, rows, of_records=False)


def _decision(change: Change) -> Row:
    none = phrases().word("none")
    what = [
        change.action,
        *(str(change.detail[k]) for k in ("action", "kind", "reliability") if change.detail.get(k)),
    ]
    quote = change.detail.get("quote") or change.detail.get("into_name")
    return Row(
        (
            change.recorded_at[:10],
            " ".join(what),
            change.name or none,
            str(quote) if quote else none,
            change.by or none,
            change.reason or none,
        )
    )
