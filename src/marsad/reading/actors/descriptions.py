"""Definite descriptions: "the group", "the committee", and bodies without a name of their own."""

from __future__ import annotations

from marsad.reading.actors.names import organisation_heads, organisations
from marsad.reading.actors.register import Draft, Register
from marsad.reading.syntax import grammar
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import ActorKind

_OWNERS: frozenset[ActorKind] = frozenset({"international_org", "state", "coalition"})


def add_descriptions(text: Text, register: Register) -> None:
    """ "U.N. committee" as an actor of its own; "the group", "the committee" as mentions."""
    kinds = organisations().descriptions
    for sentence in text.sentences:
        for at, (token, noun) in enumerate(zip(sentence.tokens, sentence.tokens[1:], strict=False)):
            if noun.lower not in organisation_heads() and noun.lower not in kinds:
                continue
            owner = register.at((token.begin, token.end))
            if owner is not None and owner.kind in _OWNERS and not noun.is_title:
                kind: ActorKind = "international_org" if owner.kind == "international_org" else "organisation"
                span = (token.begin, noun.end)
                register.mention(register.add(Draft(text[span], kind, parent=owner.name)), span)
            elif token.lower in {"the", "this"} and not _goes_on(sentence.tokens, at + 2):
                meant = _described(register, sentence, at)
                if meant is not None:
                    register.mention(meant, (token.begin, noun.end), alias=False)


def _goes_on(tokens: tuple[Token, ...], after: int) -> bool:
    """Whether the noun is the first half of a compound, or is of something else: "the group of"."""
    if after >= len(tokens):
        return False
    return tokens[after].lower in {"of", "for", "led", "called", "-"} or tokens[after].is_title


def _described(register: Register, sentence: Sentence, at: int) -> Draft | None:
    """Whom "the group" at `at` stands for: the last named before it that is called so or is of its kind.

    Behind a preposition it is not the subject of its own sentence: "the front fought the group".
    """
    article, noun = sentence.tokens[at], sentence.tokens[at + 1].lower
    kinds = organisations().descriptions.get(noun, frozenset())
    governed = at > 0 and sentence.tokens[at - 1].lower in grammar().prepositions
    found: list[tuple[int, int, Draft]] = []
    for draft in register.drafts():
        earlier = [m[0] for m in draft.mentions if m[0] < article.begin]
        if governed and draft.kind == "armed_group":
            earlier = [begin for begin in earlier if begin < sentence.begin]
        called = draft.kind != "person_role" and any(
            noun in form.lower().split() for form in (draft.name, *draft.aliases)
        )
        if earlier and (called or draft.kind in kinds):
            found.append((0 if noun == "group" else int(called), max(earlier), draft))
    return max(found, key=lambda f: f[:2])[2] if found else None
