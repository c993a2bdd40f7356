"""Figures: a chart and a table for each measure; a panel for each scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from marsad.assessment.series import Point, Series
from marsad.records import wording
from marsad.reports.charts import WIDTH, Bar, Panel, range_bars
from marsad.reports.model import Block, Paragraph, Part, Picture, Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation, figures_in

EARLIER = 3  # points of a series from before the period that stand beside those of the period
PANELS = 3  # of one picture
ROWS = 14  # of one panel
_OPEN = ("vague",)


def section(situation: Situation) -> Section:
    """The series that have a point of the period, by measure."""
    say = phrases()
    by_measure: defaultdict[str, list[Series]] = defaultdict(list)
    for series in situation.series():
        if _is_counted(series) and any(situation.is_new(point.figure) for point in series.points):
            by_measure[series.basis.measure].append(series)
    parts = tuple(
        Part(say.word(measure).capitalize(), tuple(_blocks(situation, measure, several)))
        for measure, several in by_measure.items()
    )
    blocks = (say.explain("figures" if parts else "no_figures"),)
    return Section("figures", say.titles["figures"], blocks, parts)


def _is_counted(series: Series) -> bool:
    return any(point.low is not None or point.high is not None for point in series.points)


def shown(situation: Situation, series: Series) -> list[Point]:
    """The points of the period, and the newest before them, in the order of the series."""
    new = [point for point in series.points if situation.is_new(point.figure)]
    old = [point for point in series.points if not situation.is_new(point.figure)]
    latest = sorted(old, key=lambda point: (point.known, point.figure.id))[-EARLIER:]
    kept = {point.figure.id for point in (*new, *latest)}
    return [point for point in series.points if point.figure.id in kept]


def _blocks(situation: Situation, measure: str, several: Sequence[Series]) -> Iterator[Block]:
    if sum(len(_drawn(situation, series)) for series in several) > 1:
        for at in range(0, len(several), PANELS):
            yield _picture(situation, measure, several[at : at + PANELS])
    for series in several:
        if paragraph := _range(situation, series):
            yield paragraph
    yield _table(situation, measure, several)


def _picture(situation: Situation, measure: str, several: Sequence[Series]) -> Picture:
    say = phrases()
    panels = [_panel(situation, series) for series in several]
    caption = say.captions["chart"].format(measure=say.word(measure).capitalize())
    rows = " ".join(
        f"{panel.title}: " + "; ".join(f"{bar.when}, {bar.who}, {bar.words}" for bar in panel.bars) + "."
        for panel in panels
    )
    svg, height = range_bars(panels, caption)
    records = (
        each.id for series in several for point in _drawn(situation, series) for each in figures_in(point)
    )
    alt = say.captions["chart_alt"].format(rows=rows)
    return Picture(svg, WIDTH, height, alt, caption, situation.book.cites(*records))


def _drawn(situation: Situation, series: Series) -> list[Point]:
    return shown(situation, series)[-ROWS:]


def _panel(situation: Situation, series: Series) -> Panel:
    current = series.current
    band = None
    if current and current.low is not None and current.high is not None:
        band = (current.low, current.high)
    return Panel(series.title, [_bar(situation, series, point) for point in _drawn(situation, series)], band)


def _bar(situation: Situation, series: Series, point: Point) -> Bar:
    record = point.figure.record
    return Bar(
        when=_when(point),
        who=saying.holder(situation, point.figure),
        low=point.low,
        best=point.best,
        high=point.high,
        words=saying.value(series, record),
        is_named=not point.unsourced,
        is_superseded=point.superseded_by is not None,
    )


def _when(point: Point) -> str:
    stated = point.as_of
    if stated and (stated.earliest or stated.latest):
        return wording.short_days(stated)
    return f"({point.known})"


def _range(situation: Situation, series: Series) -> Paragraph | None:
    """The best range now, where more than one estimate made it."""
    current = series.current
    words = wording.ends(current.low, current.high) if current else None
    if current is None or words is None or len(current.points) < 2:
        return None
    ends = {current.low, current.high}
    deciding = [point for point in current.points if {point.low, point.best, point.high} & ends]
    sentence = phrases().say(
        "range",
        situation.book.cites(*(point.figure.id for point in (*current.points, *current.dissent))),
        title=series.title,
        range=words,
        rule=phrases().word(current.rule),
        bounds=saying.bounds_of(situation, deciding),
    )
    return Paragraph((sentence,))


def _table(situation: Situation, measure: str, several: Sequence[Series]) -> Table:
    say = phrases()
    rows = tuple(_row(situation, series, point) for series in several for point in shown(situation, series))
    columns = ("what", "who", "figure", "when", "known", "remarks")
    return Table(
        say.captions["figures"].format(measure=say.word(measure)),
        tuple(say.columns[name] for name in columns),
        rows,
    )


def _row(situation: Situation, series: Series, point: Point) -> Row:
    record = point.figure.record
    stated = record.as_of or record.period
    return Row(
        (
            f"{series.title}{saying.scope(record, series.title)}",
            saying.holder(situation, point.figure),
            saying.value(series, record),
            wording.short_days(stated)
            if stated and (stated.earliest or stated.latest)
            else phrases().word("none"),
            point.known,
            "; ".join(_remarks(situation, series, point)) or phrases().word("none"),
        ),
        situation.book.cites(*(each.id for each in figures_in(point))),
    )


def _remarks(situation: Situation, series: Series, point: Point) -> Iterator[str]:
    said, record = phrases().remarks, point.figure.record
    if words := saying.status(record, series.title):
        yield words
    if record.bound in _OPEN:
        yield said["about"].format(words=" ".join(record.text.split()))
    if point.unsourced:
        yield said["unsourced"]
    if point.superseded_by:
        yield said["superseded"]
    if point.echoes:
        yield said["repeated"]
    if series.current and point in series.current.dissent:
        yield said["dissent"]
    if point.figure.review:
        yield said["reviewed"].format(review=point.figure.review)
    if not situation.is_new(point.figure):
        yield said["earlier"]
