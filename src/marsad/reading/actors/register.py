"""The actors of one text while they are being gathered: names, mentions, aliases."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.reading.text import Text
from marsad.records.reading import Actor, ActorKind
from marsad.records.spans import Span, overlaps

READER = "marsad.actors.rules@1"


@dataclass(slots=True)
class Draft:
    """An actor without an id; `parent` is still a name."""

    name: str
    kind: ActorKind
    role: str | None = None
    parent: str | None = None
    mentions: list[Span] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


class Register:
    """Drafts by name. A person and a group of the same name stay apart."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._drafts: dict[tuple[str, bool], Draft] = {}

    def drafts(self) -> list[Draft]:
        return list(self._drafts.values())

    def named(self, name: str) -> Draft | None:
        return self._drafts.get((name, False))

    def add(self, draft: Draft) -> Draft:
        """`draft`, or the one that bears its name already."""
        return self._drafts.setdefault((draft.name, draft.kind == "person_role"), draft)

    def mention(self, draft: Draft, span: Span, *, alias: bool = True) -> None:
        """Note that `draft` is named at `span`, and its words as an alias where they are a name."""
        if any(overlaps(span, known) for known in draft.mentions):
            return
        draft.mentions.append(span)
        words = self.text[span]
        if alias and words != draft.name and words not in draft.aliases:
            draft.aliases.append(words)

    def at(self, span: Span) -> Draft | None:
        return next((draft for draft in self._drafts.values() if span in draft.mentions), None)

    def finish(self) -> tuple[Actor, ...]:
        """The actors in order of first mention."""
        ordered = sorted(
            (d for d in self._drafts.values() if d.mentions), key=lambda d: (min(d.mentions), d.name)
        )
        ids = {draft.name: f"a{number}" for number, draft in enumerate(ordered, 1)}
        return tuple(
            Actor(
                id=f"a{number}",
                name=draft.name,
                kind=draft.kind,
                mentions=tuple(sorted(draft.mentions)),
                reader=READER,
                aliases=tuple(draft.aliases),
                role=draft.role,
                parent=ids.get(draft.parent) if draft.parent else None,
            )
            for number, draft in enumerate(ordered, 1)
        )
