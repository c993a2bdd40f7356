"""Sources with the reliability that people gave them, and claims with the credibility that is proposed."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.assessment.agreement import Agreement
from marsad.reports.model import Block, Count, Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.sections import saying
from marsad.reports.situation import Situation

AGREEMENTS = 15  # groups that are shown: those that are proposed, then those with most origins
QUOTED = 160  # characters of the words by which a group is shown


def section(situation: Situation, cited: Iterable[str]) -> Section:
    """The origins of what is cited, most cited first; below, apart from them, the claims that agree.

    Args:
        cited: the ids of all evidence of the sections before this one.
    """
    say = phrases()
    blocks: list[Block] = [
        say.explain("sources"),
        _origins(situation, list(cited)),
        say.explain("credibility"),
    ]
    blocks.append(_agreements(situation) or say.explain("no_agreements"))
    return Section("sources", say.titles["sources"], tuple(blocks))


def _origins(situation: Situation, cited: list[str]) -> Table:
    """The named origins one by one; of those that are not named, only how many there are."""
    say = phrases()
    by_origin: dict[str, list[str]] = {}
    for each in cited:
        if key := situation.book[each].origin:
            by_origin.setdefault(key, []).append(each)
    unnamed = {key: ids for key, ids in by_origin.items() if _is_folded(situation, key, ids)}
    rows = [_origin(situation, key, ids) for key, ids in by_origin.items() if key not in unnamed]
    rows.sort(key=lambda row: (-len(row.cites), row.cells))
    if unnamed:
        rows.append(_unnamed(unnamed))
    columns = ("source", "kind", "reliability", "rated", "claims")
    titles = tuple(say.columns[name] for name in columns)
    return Table(say.captions["sources"], titles, tuple(rows), codes=(2,))


def _is_folded(situation: Situation, key: str, ids: list[str]) -> bool:
    """Whether an origin has no name, and nobody has judged it."""
    source = situation.sources.get(key)
    return situation.book.origin(ids[0]).kind == "unnamed" and not (source and source.ratings)


def _unnamed(by_origin: dict[str, list[str]]) -> Row:
    say, keys = phrases(), tuple(by_origin)
    ids = tuple(each for several in by_origin.values() for each in several)
    name = say.remarks["several"].format(number=len(keys))
    cells = (name, say.word("unnamed"), "F", say.word("none"), f"{len(ids):,}")
    return Row(cells, ids, (Count(len(keys), keys), Count(len(ids), ids)))


def _origin(situation: Situation, key: str, ids: list[str]) -> Row:
    say = phrases()
    origin = situation.book.origin(ids[0])
    source = situation.sources.get(key)
    rated = source.ratings[-1] if source and source.ratings else None
    cells = (
        source.name if source else origin.name,
        say.word(origin.kind),
        source.reliability if source else "F",
        f"{rated.by}: {rated.reason}" if rated else say.word("none"),
        f"{len(ids):,}",
    )
    return Row(cells, tuple(ids), (Count(len(ids), tuple(ids)),))


def _agreements(situation: Situation) -> Table | None:
    """What more than one origin says, of which a claim is of the period; the proposed ones first."""
    say = phrases()
    several = {each.id: each for one in situation.now.standings for each in one.agreements}
    new = [
        each
        for each in several.values()
        if len(each.origins) > 1 and any(situation.is_new(claim) for claim in each.claims)
    ]
    new.sort(key=lambda each: (each.proposed is None, -len(each.origins), each.id))
    rows = tuple(_agreement(situation, each) for each in new[:AGREEMENTS])
    columns = tuple(say.columns[name] for name in ("words", "origins", "credibility"))
    caption = say.captions["agreements"]
    if len(new) > len(rows):
        caption = f"{caption}. {say.captions['remaining'].format(shown=len(rows), all=len(new))}"
    return Table(caption, columns, rows, quotes=(0,), codes=(2,)) if rows else None


def _agreement(situation: Situation, found: Agreement) -> Row:
    claims = tuple(claim.id for claim in found.claims)
    keys = tuple(group.key for group in found.origins)
    words = saying.shortened(found.claims[0].record.text, QUOTED).words
    names = ", ".join(group.name for group in found.origins)
    cells = (f"“{words}”", f"{len(keys)}: {names}", _credibility(found))
    return Row(cells, situation.book.cites(*claims), (Count(len(keys), keys), Count(len(claims), claims)))


def _credibility(found: Agreement) -> str:
    """What a person judged of one of the claims, else what is proposed, else 6."""
    said = phrases().remarks
    judged = [claim.credibility for claim in found.claims if claim.credibility]
    if judged:
        last = max(judged, key=lambda each: each.recorded_at)
        return said["judged"].format(value=last.value, by=last.by)
    return said["proposed"].format(value=found.proposed) if found.proposed else "6"
