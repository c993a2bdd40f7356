"""What the trained reader adds: who and what fills the roles that the grammar of a clause left open.

A filler goes to the nearest violent happening of its sentence, and only into an empty slot: where the grammar
says who did it, it is right more often.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.models import Filler, Frame
from marsad.reading.clauses.clauses import Group
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.mentions import Mention
from marsad.reading.text import Sentence, Text
from marsad.records.spans import Span, overlaps

LIKELY = 0.5  # of a filler, and of its frame

_AGENTS = frozenset({"perpetrator", "organisation"})
_PATIENTS = frozenset({"victim", "described", "target"})


class Fillers:
    """The likely fillers of a text's frames, laid out by sentence."""

    def __init__(self, text: Text, frames: Iterable[Frame]) -> None:
        found = {
            filler._replace(probability=0.0)
            for frame in frames
            for filler in frame.fillers
            if min(filler.probability, frame.probability) >= LIKELY
        }
        self._by_sentence: dict[int, list[Filler]] = {}
        for filler in sorted(found, key=lambda each: (each.span, each.role)):
            self._by_sentence.setdefault(text.sentence_at(filler.span[0]).number, []).append(filler)

    def fill(self, mentions: Sequence[Mention], row: Row, sentence: Sentence) -> list[Mention]:
        """The mentions of a sentence, with what is likely where the grammar found nothing."""
        own: dict[int, list[Filler]] = {}
        violent = [at for at, mention in enumerate(mentions) if _is_violent(mention)]
        for filler in self._by_sentence.get(sentence.number, ()) if violent else ():
            nearest = min(violent, key=lambda at: _gap(mentions[at].spans[0], filler.span))
            own.setdefault(nearest, []).append(filler)
        return [_filled(mention, own.get(at, ()), row) for at, mention in enumerate(mentions)]


def _is_violent(mention: Mention) -> bool:
    return mention.kind.type == "ASSAULT" and not mention.kind.two_sided and not mention.many


def _gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _filled(mention: Mention, fillers: Sequence[Filler], row: Row) -> Mention:
    if not fillers:
        return mention
    agents = _parties(row, fillers, _AGENTS, mention.targets)
    targets = _parties(row, fillers, _PATIENTS, mention.agents or agents)
    named = [member for word in row for member in (word.party, word.nation) if member is not None]
    return mention.filled(
        agents=agents,
        targets=targets,
        things=tuple(
            filler.span
            for filler in fillers
            if filler.role == "target" and not any(overlaps(filler.span, (m.begin, m.end)) for m in named)
        ),
        weapons=_weapons(row, fillers),
    )


def _parties(row: Row, fillers: Sequence[Filler], roles: frozenset[str], taken: Group) -> Group:
    """Who of the row fills one of `roles`, without those on the other side."""
    spans = [filler.span for filler in fillers if filler.role in roles]
    actors = {member.actor.id for member in taken if member.actor}
    named = [word.party for word in row if word.party is not None]
    found = [each for each in named if any(overlaps(span, (each.begin, each.end)) for span in spans)]
    return tuple(
        member
        for member in dict.fromkeys(found)
        if member not in taken and not (member.actor and member.actor.id in actors)
    )


def _weapons(row: Row, fillers: Sequence[Filler]) -> tuple[str, ...]:
    """As the text words them, in small letters."""
    worded = (
        " ".join(word.lower for word in row if overlaps(filler.span, (word.begin, word.end)))
        for filler in fillers
        if filler.role == "weapon"
    )
    return tuple(dict.fromkeys(words for words in worded if words))
