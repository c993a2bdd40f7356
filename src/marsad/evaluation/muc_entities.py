"""What fills a role of a frame, as entities: the ways in which a text names one thing, and the best one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from marsad.evaluation.muc_slots import normal
from marsad.models import Filler
from marsad.records.spans import Span

_OPENS = re.compile(r"\s{0,3}[(\[,]\s{0,3}")  # between a name and its acronym
MOST = {"perpetrator": 1, "organisation": 1, "target": 2, "victim": 2, "weapon": 3}  # of a frame
_PERSONS = frozenset({"victim"})


class Entity(NamedTuple):
    """One filler of a role: how it is best written, and where it stands."""

    name: str
    spans: tuple[Span, ...]


def entities(text: str, fillers: Sequence[Filler], role: str) -> list[Entity]:
    """The likeliest entities among the fillers of `role`, by where they are first named."""
    own = [each for each in fillers if each.role == role and normal(text[slice(*each.span)])]
    groups: list[list[Filler]] = []
    for filler in _joined(text, sorted(own, key=lambda each: each.span)):
        same = [group for group in groups if any(_is_same(text, filler, other) for other in group)]
        merged = [filler, *(other for group in same for other in group)]
        groups = [group for group in groups if group not in same] + [merged]
    groups.sort(key=_weight, reverse=True)
    kept = groups[: MOST.get(role, len(groups))]
    return sorted((_entity(text, group, role) for group in kept), key=lambda entity: entity.spans)


def _weight(group: Sequence[Filler]) -> tuple[float, int]:
    return max(filler.probability for filler in group), -min(filler.span[0] for filler in group)


def _joined(text: str, fillers: Sequence[Filler]) -> list[Filler]:
    """Fillers with only a blank between them are one."""
    joined: list[Filler] = []
    for filler in fillers:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.span[1] <= filler.span[0]
            and text[last.span[1] : filler.span[0]].isspace()
        ):
            likelier = max(last.probability, filler.probability)
            joined[-1] = Filler(filler.role, (last.span[0], filler.span[1]), likelier)
        else:
            joined.append(filler)
    return joined


def _entity(text: str, group: Sequence[Filler], role: str) -> Entity:
    weights: dict[str, float] = {}
    written: dict[str, str] = {}
    for filler in group:
        name = normal(text[slice(*filler.span)])
        weights[name] = weights.get(name, 0.0) + filler.probability
        written.setdefault(name, " ".join(text[slice(*filler.span)].split()))
    if role in _PERSONS:
        best = max(weights, key=lambda name: (len(name.split()), weights[name], name))
    else:
        best = max(weights, key=lambda name: (weights[name], -len(name), name))
    return Entity(written[best], tuple(sorted(filler.span for filler in group)))


def _is_same(text: str, a: Filler, b: Filler) -> bool:
    """One has the words of the other, but for number; or is its acronym, or stands beside it as one."""
    first, second = (_words(text[slice(*filler.span)]) for filler in (a, b))
    short, long = sorted((first, second), key=len)
    if set(short) <= set(long):
        return True
    return _is_acronym(short, long) or _is_beside(text, a.span, b.span) or _is_beside(text, b.span, a.span)


def _words(mention: str) -> list[str]:
    words = normal(mention).split()
    return [*words[:-1], words[-1].removesuffix("s")] if words else []


def _is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    initials = "".join(word[0] for word in long if word not in {"of", "for", "and", "de", "la", "del"})
    return len(short) == 1 and len(long) > 1 and short[0] in (initials, initials.removesuffix("s"))


def _is_beside(text: str, name: Span, acronym: Span) -> bool:
    """ "Army of National Liberation (ELN)"."""
    gap = text[name[1] : acronym[0]] if name[1] <= acronym[0] <= name[1] + 4 else ""
    single = len(text[slice(*acronym)].split()) == 1
    return bool(gap) and single and gap.strip()[:1] in ("(", "[") and _OPENS.fullmatch(gap) is not None


def distinct(names: Iterable[str]) -> list[str]:
    """Each name once, whatever its case and articles."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(normal(name), name)
    return [name for form, name in kept.items() if form]
