"""The actors of one text while they are being gathered: names, mentions, aliases."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.reading.text import Text
from marsad.records.reading import Actor, ActorKind
from marsad.records.spans import Span

READER = "marsad.actors.rules@2"


@dataclass(slots=True)
class Draft:
    """An actor without an id; `parent` is still a name."""

    name: str
    kind: ActorKind
    role: str | None = None
    parent: str | None = None
    number: int = -1  # its place in the register
    mentions: list[Span] = field(default_factory=list)  # in order and apart
    aliases: dict[str, None] = field(default_factory=dict)  # in order of first use


def meets(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of `spans`, which are in order and apart, overlaps `span`."""
    at = bisect_left(spans, (span[1], 0)) - 1  # the last that begins before its end
    return at >= 0 and spans[at][1] > span[0]


class Register:
    """Drafts by name. A person and a group of the same name stay apart."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._drafts: list[Draft] = []
        self._numbers: dict[tuple[str, bool], int] = {}
        self._placed: list[tuple[Span, int]] = []  # all mentions in order, each with its draft's number
        self._first: dict[Span, int] = {}  # the first draft that is named at a span

    def drafts(self) -> list[Draft]:
        return list(self._drafts)

    def named(self, name: str) -> Draft | None:
        number = self._numbers.get((name, False))
        return None if number is None else self._drafts[number]

    def add(self, draft: Draft) -> Draft:
        """`draft`, or the one that bears its name already."""
        number = self._numbers.setdefault((draft.name, draft.kind == "person_role"), len(self._drafts))
        if number == len(self._drafts):
            draft.number = number
            self._drafts.append(draft)
        return self._drafts[number]

    def mention(self, draft: Draft, span: Span, *, alias: bool = True) -> bool:
        """Note that `draft` is named at `span`, and its words as an alias where they are a name.

        False where it is known to be named there.
        """
        if meets(draft.mentions, span):
            return False
        insort(draft.mentions, span)
        insort(self._placed, (span, draft.number))
        self._first[span] = min(self._first.get(span, draft.number), draft.number)
        words = self.text[span]
        if alias and words != draft.name:
            draft.aliases[words] = None
        return True

    def at(self, span: Span) -> Draft | None:
        number = self._first.get(span)
        return None if number is None else self._drafts[number]

    def within(self, span: Span) -> list[tuple[Draft, Span]]:
        """The mentions that lie in `span`, with their drafts, in the order of the drafts."""
        first = bisect_left(self._placed, ((span[0], 0), -1))
        last = bisect_left(self._placed, ((span[1], 0), -1))
        found = [(number, mention) for mention, number in self._placed[first:last] if mention[1] <= span[1]]
        return [(self._drafts[number], mention) for number, mention in sorted(found)]

    def finish(self) -> tuple[Actor, ...]:
        """The actors in order of first mention."""
        ordered = sorted((d for d in self._drafts if d.mentions), key=lambda d: (d.mentions[0], d.name))
        ids = {draft.name: f"a{number}" for number, draft in enumerate(ordered, 1)}
        return tuple(
            Actor(
                id=f"a{number}",
                name=draft.name,
                kind=draft.kind,
                mentions=tuple(draft.mentions),
                reader=READER,
                aliases=tuple(draft.aliases),
                role=draft.role,
                parent=ids.get(draft.parent) if draft.parent else None,
            )
            for number, draft in enumerate(ordered, 1)
        )
