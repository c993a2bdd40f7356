"""What kinds of words can stand for somebody who speaks."""

from __future__ import annotations

from functools import cache

from marsad.reading.actors.names import organisation_heads
from marsad.reading.actors.persons import private_heads, public_heads
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import grammar
from marsad.reading.text import Token
from marsad.records.reading import PartyKind


class _Speakers(Entry, frozen=True):
    documents: frozenset[str]
    unnamed: frozenset[str]
    spokespeople: frozenset[str]
    private: frozenset[str]
    armed: frozenset[str]
    groups: frozenset[str]
    institutions: frozenset[str]
    collectives: frozenset[str]
    suffixes: tuple[str, ...]
    many: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    parts: frozenset[str]
    offices_of_state: frozenset[str]


@cache
def vocabulary() -> _Speakers:
    return load("speakers", _Speakers)


def core(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of a noun phrase up to its first preposition, comma, bracket or participle."""
    g = grammar()
    for i, token in enumerate(tokens):
        stops = (
            token.lower in g.prepositions
            or token.text in {",", "("}
            or token.lower in {"who", "which", "whose"}
        )
        doing = i and token.lower.endswith("ing") and tokens[i - 1].lower not in g.determiners
        if i and (stops or (doing and not token.is_name) or _is_participle(tokens, i)):
            return tokens[:i]
    return tokens


def _is_participle(tokens: tuple[Token, ...], at: int) -> bool:
    """ "a report issued by", "officials involved in": a participle behind the noun, before a preposition."""
    follows = at + 1 < len(tokens) and tokens[at + 1].lower in grammar().prepositions
    return tokens[at].lower.endswith("ed") and not tokens[at].is_name and follows


def spoken_core(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The core of a source: of "one of the families" and "a lot of officials" what stands after "of".

    A dash, "that" and "she had" close it too, since a source is cut with all its clauses.
    """
    for _ in range(3):  # "some of one of the groups": no deeper
        words = core(_before_clause(tokens))
        after = tokens[len(words) :]
        if not (words and after and after[0].lower == "of" and words[-1].lower in vocabulary().parts):
            break
        if len(after) < 2:
            break
        tokens = after[1:]
    return words


def _before_clause(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    for i, token in enumerate(tokens):
        clause = i > 1 and token.lower == "that"
        contact = i and token.lower in _SUBJECTS and tokens[i - 1].is_word  # "friends she had"
        if i and (token.text in {"–", "—", ":", ";", ")"} or clause or contact):
            return tokens[:i]
    return tokens


_SUBJECTS = frozenset({"i", "he", "she", "we", "they", "you"})


def kind_of(words: tuple[Token, ...]) -> PartyKind | None:
    """The kind that the words of a description make by themselves; None where they do not tell.

    "people" alone are a group, "local people" and "several people" are those who live through it.
    """
    v, head = vocabulary(), words[-1].lower
    armed = head in v.armed
    if head in v.documents:
        return "document"
    if head == "people" and len(words) > 1 and words[-2].lower not in grammar().determiners - {"several"}:
        return "private"
    if head in v.private or (head in private_heads() and head not in public_heads() and not armed):
        return "private"
    if head in v.groups:
        return "group"
    if head in v.institutions:
        return "organisation"
    if armed or head in v.spokespeople | v.unnamed | public_heads():
        return "unnamed"
    return "organisation" if head in organisation_heads() else None


def is_many(words: tuple[Token, ...]) -> bool:
    """Whether a description is of more than one."""
    head = words[-1].lower
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is")) and not words[-1].is_name
    return plural or head in vocabulary().many or any(t.lower == "and" for t in words)


def is_female(words: tuple[Token, ...]) -> bool | None:
    """Female, male or unsaid, by the noun for a person."""
    head = words[-1].lower
    if head in vocabulary().female:
        return True
    return False if head in vocabulary().male else None


def can_speak(tokens: tuple[Token, ...]) -> bool:
    """Whether a noun phrase names a person, a group of people, an institution or a document."""
    words = core(tokens)
    if not words:
        return False
    v, head = vocabulary(), words[-1]
    if len(words) == 1 and head.lower in {
        "he",
        "she",
        "they",
        "who",
        "it",
        "some",
        "many",
        "others",
        "most",
        "one",
    }:
        return True
    if len(words) == 1 and head.is_title and head.lower.endswith("ing"):
        return False
    if head.is_name or head.text.isupper() or head.text in {")", "’s"}:
        return True
    known = v.documents | v.unnamed | v.spokespeople | v.private | v.institutions | v.collectives | v.armed
    forms = {head.lower, head.lower.removesuffix("s"), head.lower.removesuffix("ies") + "y"}
    institution = not forms.isdisjoint(organisation_heads())
    public = head.lower in known | public_heads() | private_heads()
    return public or institution or head.lower.endswith(v.suffixes)
