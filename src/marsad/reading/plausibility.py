"""Warnings where the figures of one text do not go together.

A warning shows the arithmetic and the records; it never changes them. The bounds, with their
reasons, are `data/plausibility.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.reading.lexicon import Entry, load
from marsad.records.notices import notice
from marsad.records.reading import Actor, Figure, Notice, Number


class Ratio(Entry, frozen=True):
    name: str
    over: frozenset[str]
    under: frozenset[str]
    low: float
    high: float


class Totals(Entry, frozen=True):
    levels: tuple[str, ...]
    flows: tuple[str, ...]
    tolerance: float


class Shares(Entry, frozen=True):
    most: float
    gap: int


class Vocabulary(Entry, frozen=True):
    """`data/plausibility.toml`."""

    ratios: tuple[Ratio, ...]
    totals: Totals
    shares: Shares


def annotate(figures: Sequence[Figure], *, actors: Sequence[Actor] = ()) -> tuple[Notice, ...]:
    """What does not add up between `figures`, in their order.

    Codes: `implausible_ratio` (people a family), `part_exceeds_whole`, `parts_exceed_whole`,
    `share_exceeds_whole`, `shares_exceed_whole`, `totals_differ`. `actors` give the names of subjects.
    """
    names = {actor.id: actor.name for actor in actors}
    return (*_ratios(figures), *_parts(figures, names), *_shares(figures), *_totals(figures))


def _vocabulary() -> Vocabulary:
    vocabulary: Vocabulary = load("plausibility", Vocabulary)
    return vocabulary


def _ratios(figures: Sequence[Figure]) -> Iterator[Notice]:
    for ratio in _vocabulary().ratios:
        for under in figures:
            if under.unit not in ratio.under or not _value(under):
                continue
            over = _nearest(
                under, [f for f in figures if f.unit in ratio.over and _is_same_population(f, under)]
            )
            if over is not None and (found := _ratio(ratio, over, under)):
                yield found


def _nearest(to: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The figure of the same claim, or else the nearest in the text."""
    begin = to.spans[0][0]
    return min(figures, key=lambda f: (f.claim != to.claim, abs(f.spans[0][0] - begin)), default=None)


def _is_same_population(a: Figure, b: Figure) -> bool:
    """Both counted at one place, or in one claim of one subject, as levels or flows alike."""
    if a.aspect != b.aspect or a.status != b.status or _value(a) is None:
        return False
    family = a.measure.split(".")[0] == b.measure.split(".")[0]
    if a.places or b.places:
        return family and a.places == b.places and (a.claim == b.claim or _is_same_time(a, b))
    return family and a.claim == b.claim and a.subject == b.subject


def _is_same_time(a: Figure, b: Figure) -> bool:
    times = [interval.edtf if interval else None for interval in (a.as_of or a.period, b.as_of or b.period)]
    return times[0] == times[1]


def _ratio(ratio: Ratio, over: Figure, under: Figure) -> Notice | None:
    """The ratio at the ends that are kindest to the text; one-sided bounds excuse what they can."""
    smallest = _divide(over.low, under.high)
    largest = _divide(over.high, under.low)
    too_high = smallest is not None and smallest > ratio.high
    too_low = largest is not None and largest < ratio.low
    if not (too_high or too_low):
        return None
    value = smallest if too_high else largest
    return notice(
        "implausible_ratio",
        (over.id, under.id),
        over=f"{_shown(over)} {over.population or over.unit}",
        under=f"{_shown(under)} {under.population or under.unit}",
        value=f"{value:.1f}",
        per=ratio.name,
        low=f"{ratio.low:g}",
        high=f"{ratio.high:g}",
    )


def _divide(over: Number | None, under: Number | None) -> float | None:
    return None if over is None or not under else over / under


def _parts(figures: Sequence[Figure], names: dict[str, str]) -> Iterator[Notice]:
    """Parts that are larger than their whole, one by one or together."""
    by_id = {figure.id: figure for figure in figures}
    for whole_id in dict.fromkeys(figure.part_of for figure in figures if figure.part_of in by_id):
        whole = by_id[str(whole_id)]
        parts = [f for f in figures if f.part_of == whole_id and f.unit != "%" and f.low is not None]
        if whole.high is None or not parts:
            continue
        total = sum(part.low or 0 for part in parts)
        if total > whole.high:
            sentence = "part_exceeds_whole" if len(parts) == 1 else "parts_exceed_whole"
            added = " + ".join(_shown(part) for part in parts)
            owner = f"of {names[whole.subject]}" if whole.subject in names else ""
            counted = " ".join(filter(None, (_shown(whole), whole.population or whole.unit, owner)))
            records = (whole.id, *(part.id for part in parts))
            yield notice(sentence, records, parts=added, total=f"{total:,}", whole=counted)


def _shares(figures: Sequence[Figure]) -> Iterator[Notice]:
    """A part of a whole above 100 %, and the shares in one list that are more than that together."""
    lists: list[list[Figure]] = []
    for figure in figures:
        if figure.aspect != "share" or figure.unit != "%" or figure.share_of is None or not figure.low:
            continue
        if figure.low > 100:
            share, whole = f"{_shown(figure)}%", _whole(figure, figures)
            yield notice("share_exceeds_whole", (figure.id,), share=share, whole=whole)
        elif lists and _is_listed(lists[-1][-1], figure):
            lists[-1].append(figure)
        else:
            lists.append([figure])
    for shares in lists:
        total = sum(share.low or 0 for share in shares)
        if len(shares) > 1 and total > _vocabulary().shares.most:
            yield notice(
                "shares_exceed_whole",
                [each.id for each in shares],
                shares=" + ".join(f"{_shown(share)}%" for share in shares),
                total=f"{total:g}%",
                whole=_whole(shares[0], figures),
            )


def _is_listed(first: Figure, second: Figure) -> bool:
    same = (first.claim, first.share_of, first.status) == (second.claim, second.share_of, second.status)
    near = second.spans[0][0] - first.spans[-1][1] <= _vocabulary().shares.gap
    return same and near and _is_same_time(first, second)


def _whole(share: Figure, figures: Sequence[Figure]) -> str:
    whole = next((figure for figure in figures if figure.id == share.share_of), None)
    return whole.text if whole else str(share.share_of)


def _totals(figures: Sequence[Figure]) -> Iterator[Notice]:
    """Two numbers of one thing at one time that no bound and no rounding reconciles."""
    kept: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if not _is_total(figure):
            continue
        others = kept.setdefault(_thing(figure), [])
        other = next((other for other in reversed(others) if _differ(other, figure)), None)
        if other is not None:
            yield notice(
                "totals_differ",
                (other.id, figure.id),
                one=_bounded(other),
                other=_bounded(figure),
                counted=figure.population or figure.unit or figure.measure,
                gap=f"{_gap(other, figure):,}",
            )
        others.append(figure)


def _is_total(figure: Figure) -> bool:
    """A whole with a known place or subject; of flows only those that are dated."""
    totals = _vocabulary().totals
    if figure.part_of or figure.scope or figure.status not in ("observed", "estimated"):
        return False
    if not (figure.places or figure.subject) or _value(figure) is None:
        return False
    if figure.aspect == "level":
        return figure.measure.startswith(totals.levels)
    return figure.aspect == "flow" and figure.period is not None and figure.measure.startswith(totals.flows)


def _thing(figure: Figure) -> tuple[object, ...]:
    """What makes two figures numbers of one thing."""
    when = figure.as_of or figure.period
    population = (figure.population or "").casefold()
    what = (figure.measure, figure.unit, figure.aspect, population, figure.subject)
    return (*what, figure.places, figure.per, when.edtf if when else None)


def _differ(a: Figure, b: Figure) -> bool:
    gap = _gap(a, b)
    largest = max(abs(end) for end in (a.low, a.high, b.low, b.high) if end is not None)
    return gap > _vocabulary().totals.tolerance * largest


def _gap(a: Figure, b: Figure) -> Number:
    """The distance between the two as bounded; 0 where they meet."""
    above = b.low - a.high if b.low is not None and a.high is not None else 0
    below = a.low - b.high if a.low is not None and b.high is not None else 0
    return max(above, below, 0)


def _bounded(figure: Figure) -> str:
    words = {"at_least": "at least ", "at_most": "at most "}
    return words.get(figure.bound, "") + _shown(figure)


def _value(figure: Figure) -> Number | None:
    return figure.best if figure.best is not None else figure.low if figure.low is not None else figure.high


def _shown(figure: Figure) -> str:
    """The value as `low` to `high`: 55,000 or 5,000-7,000."""
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return "-".join(f"{end:,}" for end in dict.fromkeys(ends))
