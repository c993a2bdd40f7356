"""Scores of attributions and entities, by the definitions of the project's design.

*Exact* is the same span. *Overlap* is one to one with an intersection over union of the words of at
least one half. A span of a role counts once a document, however many attributions share it, and each
piece of a content with gaps counts by itself; `content_whole` counts a content with all its pieces as
one. A *triple* is right when source, cue and content (all pieces) are; no source agrees with none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from marsad.models.labels import ROLES
from marsad.models.words import Words
from marsad.records.spans import Spans
from training.data import Attribution, Entity

ENOUGH = 0.5
T = TypeVar("T")


class Tally:
    """Counts of matched, gold and found by measure, over documents."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}

    def add(self, measure: str, matched: int, gold: int, found: int) -> None:
        """Count one document."""
        counter = self.counts.setdefault(measure, Counter())
        counter.update(matched=matched, gold=gold, found=found)

    def rates(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 of each measure, in per cent."""
        return {name: _rates(counter) for name, counter in self.counts.items()}


def score_attributions(
    tally: Tally, words: Words, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> None:
    """Count one document: exact, overlap and touching spans of each role, and triples."""
    for role, name in enumerate(ROLES):
        keys, ours = _pieces(gold, role), _pieces(found, role)
        tally.add(f"{name}_exact", len(set(keys) & set(ours)), len(keys), len(ours))
        tally.add(f"{name}_overlap", _matched(words, keys, ours, ENOUGH), len(keys), len(ours))
        tally.add(f"{name}_touch", _matched(words, keys, ours, 1e-9), len(keys), len(ours))
    wholes = [{one.content for one in each} for each in (gold, found)]
    tally.add("content_whole", len(wholes[0] & wholes[1]), len(wholes[0]), len(wholes[1]))
    same = (Counter(gold) & Counter(found)).total()
    tally.add("triple_exact", same, len(gold), len(found))
    close = one_to_one(gold, found, lambda a, b: _triple_likeness(words, a, b), ENOUGH)
    tally.add("triple_overlap", close, len(gold), len(found))


def score_entities(tally: Tally, gold: Sequence[Entity], found: Sequence[Entity]) -> None:
    """Count one document: entities of the same span and type, together and by type."""
    for kind in ("", *sorted({one.type for one in (*gold, *found)})):
        keys, ours = ({one for one in each if not kind or one.type == kind} for each in (gold, found))
        tally.add(f"entities {kind}".strip(), len(keys & ours), len(keys), len(ours))


def one_to_one(gold: Sequence[T], found: Sequence[T], likeness: Callable[[T, T], float], least: float) -> int:
    """How many pairs there are of `least` likeness, none in two pairs; the likeliest first."""
    close = [(likeness(a, b), -i, -j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted((one for one in close if one[0] >= least), reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def table(rates: dict[str, tuple[float, float, float]]) -> str:
    """One line a measure."""
    lines = (f"{name:24} P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}" for name, (p, r, f) in rates.items())
    return "\n".join(lines)


def _pieces(attributions: Iterable[Attribution], role: int) -> list[Spans]:
    return sorted({(span,) for one in attributions for span in one[role]})


def _matched(words: Words, gold: Sequence[Spans], found: Sequence[Spans], least: float) -> int:
    return one_to_one(gold, found, lambda a, b: _likeness(words, a, b), least)


def _triple_likeness(words: Words, gold: Attribution, found: Attribution) -> float:
    return min(_likeness(words, a, b) for a, b in zip(gold, found, strict=True))


def _likeness(words: Words, gold: Spans, found: Spans) -> float:
    """Words in common over words in either; 1 of nothing and nothing."""
    if not gold and not found:
        return 1.0
    if not gold or not found or gold[-1][1] <= found[0][0] or found[-1][1] <= gold[0][0]:
        return 0.0
    ours, theirs = _touched(words, gold), _touched(words, found)
    return len(ours & theirs) / len(ours | theirs)


def _touched(words: Words, spans: Spans) -> set[int]:
    return {word for span in spans for word in range(*words.range_of(span))}


def _rates(counter: Counter[str]) -> tuple[float, float, float]:
    matched, gold, found = counter["matched"], counter["gold"], counter["found"]
    return (
        100 * matched / max(found, 1),
        100 * matched / max(gold, 1),
        200 * matched / max(gold + found, 1),
    )
