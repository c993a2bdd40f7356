"""What each toll counts: dead and injured, with all that decides whether two may be compared."""

from __future__ import annotations

from marsad.assessment.series import Series
from marsad.ledger.asking.found import Found
from marsad.records import wording
from marsad.records.reading import Figure, Interval
from marsad.reports.model import Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation

MEASURES = "casualties."
COLUMNS = ("figure", "who", "population", "scope", "period", "basis", "known")


def section(situation: Situation) -> Section:
    """The tolls of the period; what nobody states is marked so."""
    say = phrases()
    found = sorted(
        _tolls(situation), key=lambda each: (each[1].record.measure, each[1].found_in.known, each[1].id)
    )
    if not found:
        return Section("tolls", say.titles["tolls"], (say.explain("no_tolls"),))
    columns = tuple(say.columns[name] for name in COLUMNS)
    table = Table(say.captions["tolls"], columns, tuple(_row(situation, *each) for each in found))
    return Section("tolls", say.titles["tolls"], (say.explain("tolls"), table))


def _tolls(situation: Situation) -> list[tuple[Series, Found[Figure]]]:
    """The first figure of each estimate; the others repeat it."""
    return [
        (series, point.figure)
        for series in situation.series()
        if series.basis.measure.startswith(MEASURES)
        for point in series.points
        if situation.is_new(point.figure)
    ]


def _row(situation: Situation, series: Series, found: Found[Figure]) -> Row:
    say, figure = phrases(), found.record
    unstated = say.word("not_stated")
    places = [found.names[each] for each in figure.places if each in found.names]
    words = " ".join(figure.scope.text.split()) if figure.scope else None
    kind = [say.word(figure.measure.removeprefix(MEASURES)), say.word(figure.aspect), figure.status]
    cells = (
        saying.value(series, figure),
        saying.holder(situation, found),
        figure.population or unstated,
        "; ".join(dict.fromkeys(filter(None, (words, *places)))) or unstated,
        _days(figure.period) or _days(figure.as_of) or unstated,
        ", ".join(kind),
        found.found_in.known,
    )
    return Row(cells, situation.book.cites(found.id))


def _days(interval: Interval | None) -> str | None:
    return wording.short_days(interval) if interval and (interval.earliest or interval.latest) else None
