"""Definite descriptions: "the group", "the committee", and bodies without a name of their own."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import Literal

from marsad.reading.actors.names import organisation_heads, organisations
from marsad.reading.actors.register import Draft, Register
from marsad.reading.syntax import grammar
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import ActorKind
from marsad.records.spans import Span

_OWNERS: frozenset[ActorKind] = frozenset({"international_org", "state", "coalition"})


def add_descriptions(text: Text, register: Register) -> None:
    """ "U.N. committee" as an actor of its own; "the group", "the committee" as mentions."""
    kinds = organisations().descriptions
    named = _Named(register)
    others: dict[str, int] = {}  # where a body without a name was last told of: "a group of refugees"
    for sentence in text.sentences:
        for at, (token, noun) in enumerate(zip(sentence.tokens, sentence.tokens[1:], strict=False)):
            if noun.lower not in organisation_heads() and noun.lower not in kinds:
                continue
            owner = register.at((token.begin, token.end))
            if owner is not None and owner.kind in _OWNERS and not noun.is_title:
                kind: ActorKind = "international_org" if owner.kind == "international_org" else "organisation"
                span = (token.begin, noun.end)
                named.mention(register.add(Draft(text[span], kind, parent=owner.name)), span)
            elif noun.lower in kinds and _is_introduced(sentence.tokens, at):
                others[noun.lower] = noun.begin
            elif token.lower in {"the", "this"} and not _goes_on(sentence.tokens, at + 2):
                meant = _described(named, sentence, at, others.get(noun.lower, -1))
                if meant is not None:
                    named.mention(meant, (token.begin, noun.end), alias=False)


def _is_introduced(tokens: tuple[Token, ...], at: int) -> bool:
    """ "a group of refugees", "another charity that": a body without a name; "a group, the X" has one."""
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    indefinite = tokens[at].lower in {"a", "an", "another"}
    return indefinite and after is not None and after.lower in {"of", "that", "which", "who"}


def _goes_on(tokens: tuple[Token, ...], after: int) -> bool:
    """Whether the noun is the first half of a compound, or is of something else: "the group of"."""
    if after >= len(tokens):
        return False
    return tokens[after].lower in {"of", "for", "led", "called", "-"} or tokens[after].is_title


# A draft's kind or a word of its name, with whether it is a group in arms.
_Key = tuple[Literal["kind", "word"], str, bool]


class _Named:
    """Where the drafts of a register are named: by their kind, and by the words of their names."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._drafts = register.drafts()
        self._by_key: dict[_Key, list[tuple[int, int]]] = {}
        for draft in self._drafts:
            for begin, _ in draft.mentions:
                self._note(draft, begin)
        for placed in self._by_key.values():
            placed.sort()

    def _note(self, draft: Draft, begin: int) -> None:
        for key in _keys(draft):
            self._by_key.setdefault(key, []).append((begin, -draft.number))

    def mention(self, draft: Draft, span: Span, *, alias: bool = True) -> None:
        if draft.number == len(self._drafts):
            self._drafts.append(draft)
        if self._register.mention(draft, span, alias=alias):
            for key in _keys(draft):
                insort(self._by_key.setdefault(key, []), (span[0], -draft.number))

    def last(
        self, sort: Literal["kind", "word"], value: str, before: int, armed_before: int
    ) -> tuple[int, int] | None:
        """Where the last draft of a kind, or so called, is named before an offset; and its number negated.

        `armed_before` is the offset for groups in arms. Of drafts named at one place the first counts.
        """
        found = []
        for armed, offset in ((False, before), (True, armed_before)):
            placed = self._by_key.get((sort, value, armed), ())
            at = bisect_left(placed, (offset, -len(self._drafts))) - 1
            if at >= 0:
                found.append(placed[at])
        return max(found, default=None)

    def draft(self, number: int) -> Draft:
        return self._drafts[number]


def _keys(draft: Draft) -> set[_Key]:
    armed = draft.kind == "armed_group"
    forms = () if draft.kind == "person_role" else (draft.name, *draft.aliases)
    called: set[_Key] = {("word", word, armed) for form in forms for word in form.lower().split()}
    return called | {("kind", draft.kind, armed)}


def _described(named: _Named, sentence: Sentence, at: int, other: int) -> Draft | None:
    """Whom "the group" at `at` stands for: the last named before it that is called so or is of its kind.

    Behind a preposition it is not the subject of its own sentence: "the front fought the group". Nobody
    with a name, where one without was told of at `other`, and later.
    """
    article, noun = sentence.tokens[at], sentence.tokens[at + 1].lower
    kinds = organisations().descriptions.get(noun, frozenset())
    governed = at > 0 and sentence.tokens[at - 1].lower in grammar().prepositions
    limits = (article.begin, sentence.begin if governed else article.begin)
    called = named.last("word", noun, *limits)
    if called is not None and noun != "group":
        return named.draft(-called[1]) if called[0] > other else None
    of_kind = [found for kind in kinds if (found := named.last("kind", kind, *limits)) is not None]
    found = max([*of_kind, *([called] if called else [])], default=None)
    return named.draft(-found[1]) if found and found[0] > other else None
