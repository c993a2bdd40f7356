"""What changed on a board after a day: the standing of each indicator then, beside that of now.

The board of `since` is what the ledger without later documents shows, so a change is always one of what was
known, and never one of a window that went on: an indicator has moved only where something new says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from marsad.assessment.board.records import (
    About,
    Change,
    ChangeKind,
    Contested,
    Corrected,
    FirstEvidence,
    Moved,
    NewFigure,
    Replaced,
    Standing,
    Voice,
)
from marsad.assessment.board.telling import speaks, told
from marsad.assessment.series import Current, Point, Series
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.records.reading import Claim


def changes(before: Standing, now: Standing, since: str, moved_on: str | None) -> tuple[Change, ...]:
    """What an indicator shows and did not, or showed otherwise, on the day `since`; the newest first.

    Args:
        moved_on: the day after `since` on which something new made it move as it does now.
    """
    found = chain(
        _contradictions(before, now, since),
        _movement(before, now, since, moved_on),
        _figures(before, now, since),
        _first(before, now),
        _corrections(now, since),
    )
    return tuple(sorted(found, key=lambda change: (change.known, change.key), reverse=True))


def _change(
    kind: ChangeKind, now: Standing, about: About, records: Iterable[str], known: str, key: str
) -> Change:
    name, shown_by = now.indicator.name, tuple(dict.fromkeys(records))
    return Change(kind, name, told(about), shown_by, known, f"{kind}:{key}", about)


def _contradictions(before: Standing, now: Standing, since: str) -> Iterator[Change]:
    """Questions that were not contested; and one that was is no change, however many say so again."""
    were = {each.id for each in before.contradictions}
    for each in now.contradictions:
        if each.id not in were and each.known > since:
            records = [found.id for side in each.sides for found in side.claims]
            yield _change("contradiction", now, Contested(each), records, each.known, each.id)


def _movement(before: Standing, now: Standing, since: str, moved_on: str | None) -> Iterator[Change]:
    if moved_on is None or now.movement in (before.movement, "unknown"):
        return
    records = [record for voice in now.voices if _known(voice) > since for record in voice.records]
    about = Moved(now.indicator, before.movement, now.movement, now.why)
    key = f"{now.indicator.name}:{now.movement}:{moved_on}"
    yield _change("moved", now, about, records, moved_on, key)


def _known(voice: Voice) -> str:
    """The last day on which something that an origin says became known."""
    days = [claim.found_in.known for claim in voice.claims]
    return max([*days, *(step.later.known for step in voice.steps)])


def _figures(before: Standing, now: Standing, since: str) -> Iterator[Change]:
    earlier = {each.id: each for each in before.series}
    for each in now.series:
        for point in each.points:
            if point.known > since:
                yield _of_figure(now, each, point, earlier.get(each.id))
                if point.superseded_by is None:
                    continue
            if point.superseded_by:
                yield from _superseded(now, each, point, since)


def _of_figure(now: Standing, series: Series, point: Point, earlier: Series | None) -> Change:
    figure = point.figure.id
    last = earlier.current if earlier else None
    if last is None or _overlaps(point, last):
        return _change("figure", now, NewFigure(series, point, None), [figure], point.known, figure)
    records = [figure, *(each.figure.id for each in last.points)]
    return _change("outside_range", now, NewFigure(series, point, last), records, point.known, figure)


def _overlaps(point: Point, last: Current) -> bool:
    """Whether an estimate and a range have a number in common, an open end being without limit."""
    is_below = point.high is not None and last.low is not None and point.high < last.low
    is_above = point.low is not None and last.high is not None and point.low > last.high
    return not (is_below or is_above)


def _superseded(now: Standing, series: Series, point: Point, since: str) -> Iterator[Change]:
    """An estimate that its own holder has replaced."""
    for later in series.points:
        if later.figure.id == point.superseded_by and later.known > since:
            records = [later.figure.id, point.figure.id]
            about = Replaced(series, point, later)
            yield _change("correction", now, about, records, later.known, ":".join(records))


def _first(before: Standing, now: Standing) -> Iterator[Change]:
    if now.claims and not before.claims:
        first = now.claims[-1]
        about = FirstEvidence(now.indicator, tuple(map(speaks, now.claims)))
        records = [found.id for found in now.claims]
        yield _change("first_evidence", now, about, records, first.found_in.known, now.indicator.name)


def _corrections(now: Standing, since: str) -> Iterator[Change]:
    """Documents that say that they correct, or that replace an earlier one at their address."""
    by_document: dict[str, list[Found[Claim]]] = {}
    for found in now.claims:
        if found.found_in.known > since and _corrects(found.found_in):
            by_document.setdefault(found.found_in.id, []).append(found)
    for claims in by_document.values():
        document, known = claims[0].found_in.document, claims[0].found_in.known
        about = Corrected(document.publisher, document.title, known, document.corrections)
        records = [found.id for found in claims]
        yield _change("correction", now, about, records, known, document.id)


def _corrects(found: FoundDocument) -> bool:
    return bool(found.document.corrections or found.document.revision_of)
