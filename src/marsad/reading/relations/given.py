"""Relations between mentions that somebody gives, for a score that is of relations alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.models import WEIGHTS, Tagged
from marsad.models.relations import load
from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.participants import Cast
from marsad.reading.relations.learned import SYMMETRIC, likely
from marsad.reading.relations.pairs import Mention
from marsad.reading.relations.stated import stated
from marsad.reading.text import Text, segment
from marsad.records.reading import Actor, ActorKind, Reading, RelationType

Link = tuple[RelationType, int, int]


def between(reading: Reading, tagged: Tagged | None, mentions: Sequence[Mention]) -> tuple[Link, ...]:
    """Type, source and target of each relation, by indices of mentions; both of the reader's ways.

    The pair model tells a relation here from the probability at which its F1 was best in training: a reading
    asks for more, since what it tells is to be right.

    Args:
        tagged: what the trained reader found in the same text; None: rules read alone.
        mentions: in the order of the text, none overlapping another.
    """
    text = segment(reading.document.text)
    found = dict.fromkeys(_by_rules(text, reading, mentions))
    if tagged is not None and tagged.words is not None:
        model = load(WEIGHTS)
        for one in likely(text, tagged, mentions, model, model.thresholds.__getitem__):
            found.setdefault((one.type, one.source, one.target))
    return tuple(found)


def _by_rules(text: Text, reading: Reading, mentions: Sequence[Mention]) -> Iterator[Link]:
    """What rules state of mentions of persons and organisations."""
    actors = {
        f"a{number}": Actor(
            id=f"a{number}",
            name=text[one.span],
            kind=_KINDS[one.type],
            mentions=(one.span,),
            reader="given@1",
        )
        for number, one in enumerate(mentions)
        if one.type in _KINDS
    }
    cast, scope = Cast(text, actors.values()), ClaimScope(text, reading.claims)
    numbers = {name: int(name[1:]) for name in actors}
    for sentence in text.sentences:
        for found in stated(cast.row(sentence), sentence, scope):
            ends = [one.actor for one in (found.source, found.target)]
            if ends[0] is None or ends[1] is None or ends[0] is ends[1] or found.polarity == "denied":
                continue
            if not found.persons or ends[0].kind == "person_role":
                source, target = (numbers[end.id] for end in ends if end is not None)
                swapped = found.type in SYMMETRIC and target < source
                yield (found.type, target, source) if swapped else (found.type, source, target)


_KINDS: dict[str, ActorKind] = {"Person": "person_role", "Organisation": "armed_group"}
