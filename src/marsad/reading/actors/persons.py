"""Persons: names joined into one person each, with the role that the text states.

A person is public only by such a role (office, command, spokesperson, quoted expert); all others
are private, and their names, ages and home towns are reported for masking.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from marsad.reading.actors.names import Name, is_given_name, is_people, name_particles, organisation_heads
from marsad.reading.inflection import plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import closed_class, grammar, is_finite
from marsad.reading.text import Text, Token
from marsad.records.spans import Span, Spans


class _Roles(Entry, frozen=True):
    public: frozenset[str]
    private: frozenset[str]
    kin: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    reigns: frozenset[str]
    commands: frozenset[str]
    modifiers: frozenset[str]


class Role(NamedTuple):
    text: str
    public: bool
    span: Span


class Person(NamedTuple):
    """One person of the text. `name` is the fullest form; `role` is as the text words it."""

    name: str
    mentions: Spans
    role: Role | None
    female: bool | None
    details: Spans  # ages and home towns

    @property
    def public(self) -> bool:
        return self.role is not None and self.role.public


@dataclass
class _Draft:
    words: tuple[str, ...]  # the name without titles
    mentions: list[Span] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    details: list[Span] = field(default_factory=list)


@cache
def roles() -> _Roles:
    return load("roles", _Roles)


@cache
def public_heads() -> frozenset[str]:
    return roles().public | {plural(word) for word in roles().public}


@cache
def private_heads() -> frozenset[str]:
    return roles().private | roles().kin | {plural(word) for word in roles().private}


def annotate(
    text: Text,
    names: tuple[Name, ...],
    *,
    is_place: Callable[[str], bool],
    is_country: Callable[[str], bool],
    speaks: Callable[[int], bool],
) -> tuple[Person, ...]:
    """The persons of `text` in order of first mention.

    `is_place` says whether a name stands in the gazetteer, `is_country` whether it is a country's
    or its people's; `speaks` whether the token at an index of `Text.tokens` is a verb of speech:
    somebody who says something is somebody.
    """
    drafts: list[_Draft] = []
    for name in names:
        if name.kind in {"actor", "organisation", "acronym"}:
            continue
        first = _skip_titles(text, name)
        if first == name.last:
            continue
        words = tuple(t.text for t in text.tokens[first : name.last])
        draft = _same(drafts, words)
        role = _role(text, name, first)
        if draft is None:
            if not _is_person(text, name, first, words, role, is_place, speaks):
                continue
            draft = _Draft(words)
            drafts.append(draft)
        elif len(words) > len(draft.words):
            draft.words = words
        draft.mentions.append((text.tokens[first].begin, name.end))
        if role:
            draft.roles.append(role)
        draft.details.extend(_details(text, name.last, is_country))
    return tuple(_finish(text, draft) for draft in drafts)


def _finish(text: Text, draft: _Draft) -> Person:
    role = next((r for r in draft.roles if r.public), draft.roles[0] if draft.roles else None)
    span = draft.mentions[0]
    longest = max(draft.mentions, key=lambda m: (len(text.tokens_in(m)), -m[0]))
    return Person(text[longest], tuple(draft.mentions), role, _gender(text, span, role), tuple(draft.details))


def _gender(text: Text, first: Span, role: Role | None) -> bool | None:
    """Female, male or unsaid, by the words around the first mention."""
    sentence = text.sentence_at(first[0])
    window = {t.lower for t in sentence.tokens if abs(t.begin - first[0]) < 120}
    if role:
        window |= set(role.text.lower().split())
    if window & {
        "she",
        "her",
        "mrs",
        "ms",
        "woman",
        "spokeswoman",
        "mother",
        "wife",
        "girl",
        "daughter",
        "sister",
        "schoolgirl",
    }:
        return None if window & {"he", "his", "mr", "spokesman", "father", "husband"} else True
    return (
        False
        if window & {"he", "his", "mr", "spokesman", "chairman", "father", "husband", "king", "son"}
        else None
    )


def _skip_titles(text: Text, name: Name) -> int:
    """Index of the first token of the name proper, after the last title or courtesy in the run."""
    r = roles()
    first = name.first
    for at in range(name.first, name.last):
        lower = text.tokens[at].lower.rstrip(".")
        if lower in r.titles | r.honorifics | r.public | public_heads() or (
            at == first and lower in r.modifiers
        ):
            first = at + 1
    if first < name.last and text.tokens[first].lower in grammar().prepositions:
        return name.last  # "Secretary-General of the United Nations" names an office
    return first


def _same(drafts: list[_Draft], words: tuple[str, ...]) -> _Draft | None:
    """The person that `words` name again: the same name, a part of it, or a fuller form."""
    particles = name_particles()
    while len(words) > 1 and words[0][0].isupper() and words[0].casefold() in particles:
        words = words[1:]  # "De Mistura" for Staffan de Mistura
    for draft in reversed(drafts):
        if words == draft.words:
            return draft
        if len(words) == 1 and words[0] in (draft.words[-1], draft.words[0]):
            return draft
        if len(words) == 1 and len(draft.words) > 1 and words[0].casefold() == draft.words[-1].casefold():
            return draft
        if (
            len(words) > 1
            and words[-1] == draft.words[-1]
            and (len(draft.words) == 1 or words[0] == draft.words[0])
        ):
            return draft
        if (
            len(words) > 1
            and "-".join(words[-1].split("-")[1:])
            and words[-1].split("-")[-1] == draft.words[-1]
        ):
            return draft
        if len(words) == 1 and "-" in draft.words[-1] and draft.words[-1].split("-")[-1] == words[0]:
            return draft
    return None


def _is_person(
    text: Text,
    name: Name,
    first: int,
    words: tuple[str, ...],
    role: Role | None,
    is_place: Callable[[str], bool],
    speaks: Callable[[int], bool],
) -> bool:
    if name.kind == "person":
        return len(words) > 1 or first > name.first
    if first > name.first and text.tokens[first - 1].lower.rstrip(".") not in roles().modifiers:
        return True
    if is_place(" ".join(words)) or is_people(words[-1]):
        return False
    lower = words[-1].casefold()
    if (
        lower in organisation_heads()
        or lower in closed_class()
        or any(w.casefold() in organisation_heads() for w in words)
    ):
        return False
    if _has_age_or_kin(text, name) or (role is not None and _is_of(role, name, words)):
        return True
    if _reigns(text, name.last):
        return len(words) == 1
    spoken = speaks(name.last) or (
        name.first > 0 and speaks(name.first - 1) and _is_inverted(text, name.first - 1)
    )
    return spoken and (len(words) >= 2 or is_given_name(words[0]) or not words[0].isupper())


def _is_of(role: Role, name: Name, words: tuple[str, ...]) -> bool:
    """Whether a role makes a name a person: it describes one, and not many."""
    if role.text.endswith("s") and len(words) > 1:
        return False
    described = role.span[0] > name.end and role.text.split()[0].lower() in {"a", "an", "the"}
    return len(words) > 1 or described


def _is_inverted(text: Text, verb: int) -> bool:
    """Whether a verb of speech stands before its subject: ", said Ana Ruiz"."""
    return verb > 0 and text.tokens[verb - 1].text in {",", "”", '"', "—", "?"}


def _reigns(text: Text, at: int) -> bool:
    """Whether "administration", "’s government" or the like follows: the name is of who holds office."""
    words = [t.lower for t in text.tokens[at : at + 3]]
    if words[:1] in (["’s"], ["'s"]):
        return len(words) > 1 and words[1] in roles().reigns | roles().commands
    return bool(words) and (words[0] in roles().reigns or " ".join(words[:2]) in roles().reigns)


def _has_age_or_kin(text: Text, name: Name) -> bool:
    tokens = text.tokens
    after = tokens[name.last : name.last + 3]
    if (
        len(after) == 3
        and after[0].text == ","
        and after[1].is_number
        and len(after[1].text) <= 2
        and after[2].text in ",."
    ):
        return True
    if len(after) >= 2 and after[0].text in {"’s", "'s"} and after[1].lower in roles().kin:
        return True
    if len(after) >= 2 and after[0].text == "," and after[1].lower == "who":
        return True
    before = tokens[max(0, name.first - 2) : name.first]
    return bool(before) and (
        before[-1].lower in private_heads()
        or before[-1].lower in {"named", "called"}
        or (len(before) == 2 and before[-1].text == "," and before[0].lower in private_heads())
    )


def _details(text: Text, at: int, is_country: Callable[[str], bool]) -> list[Span]:
    """Spans of an age and of home towns in the words that describe a name: ", 19, from Sarmin,"."""
    sentence = text.sentence_at(text.tokens[at - 1].begin)
    tokens = sentence.tokens
    found: list[Span] = []
    i = at - sentence.first
    while (
        i < len(tokens)
        and i < at - sentence.first + 24
        and not is_finite(tokens[i])
        and tokens[i].text not in '“”";'
    ):
        token = tokens[i]
        if token.is_number and len(token.text) <= 2:
            found.append((token.begin, token.end))
        elif (
            token.is_title and tokens[i - 1].lower in {"from", "of", "in", "near"} and i > at - sentence.first
        ):
            stop = i
            while stop < len(tokens) and tokens[stop].is_title:
                stop += 1
            town = (token.begin, tokens[stop - 1].end)
            found.extend([] if is_country(text[town]) else [town])
        i += 1
    return found


def _role(text: Text, name: Name, first: int) -> Role | None:
    """The role stated beside one mention: before the name, after it, or by who reigns."""
    return (
        _role_before(text, name.first, first)
        or _role_after(text, name.last)
        or _role_of_reign(text, name.last)
    )


def _role_of_reign(text: Text, at: int) -> Role | None:
    if not _reigns(text, at):
        return None
    owner = text.tokens[at].text in {"’s", "'s"}
    token = text.tokens[at + 1 if owner else at]
    return Role(token.text, True, (token.begin, token.end))


def _role_before(text: Text, outer: int, first: int) -> Role | None:
    """ "SDF spokesman X", "the acting defence secretary, X", "President X"."""
    sentence = text.sentence_at(text.tokens[outer].begin)
    tokens = sentence.tokens
    at = outer - sentence.first
    if first > outer:
        titled = text.tokens[outer:first]
        lower = " ".join(t.lower.rstrip(".") for t in titled)
        if lower in roles().honorifics:
            titled = ()
        elif any(t.lower.rstrip(".") in roles().titles | roles().public for t in titled):
            return Role(text[(titled[0].begin, titled[-1].end)], True, (titled[0].begin, titled[-1].end))
    if at == 0:
        return None
    end = at - 1 if tokens[at - 1].text == "," else at
    if end <= 0:
        return None
    begin = end
    if tokens[end - 1].lower in public_heads() | private_heads():
        begin = _modifiers_before(tokens, end)
    elif end < at:  # with a comma: "the head of the office, X"
        return _role_with_comma(text, tokens, end)
    return _as_role(text, tokens[begin:end])


def _role_with_comma(text: Text, tokens: tuple[Token, ...], end: int) -> Role | None:
    """The role that stands before a comma and begins with the nearest determiner that makes it one."""
    for begin in range(end - 1, max(end - 16, -1), -1):
        token = tokens[begin]
        if token.text in {",", ";", ":", "“", "”", '"'} or is_finite(token):
            return None
        if token.lower in {"the", "its", "their", "his", "her", "our", "a", "an"}:
            role = _as_role(text, tokens[begin:end])
            if role is not None:
                return role
    return None


def _modifiers_before(tokens: tuple[Token, ...], end: int) -> int:
    """Index where the words before a role's head begin, determiner included."""
    g = grammar()
    at = end - 1
    while at > 0:
        token = tokens[at - 1]
        if token.lower in g.determiners:
            return at - 1
        if token.text in {"’s", "'s", "-"} or (
            token.is_word and token.lower not in g.prepositions | g.subordinators and not is_finite(token)
            and token.lower != "and" and not token.lower.endswith("ing")
        ):  # fmt: skip
            at -= 1
        else:
            break
    return at


def _role_after(text: Text, at: int) -> Role | None:
    """ ", a researcher at the university", ", 41, head of", ", of the institute", "is the head of"."""
    if at >= len(text.tokens):
        return None
    sentence = text.sentence_at(text.tokens[at].begin)
    tokens = sentence.tokens
    i = at - sentence.first
    if i >= len(tokens):
        return None
    if tokens[i].lower in {"is", "was"} and i + 1 < len(tokens) and tokens[i + 1].lower in {"a", "an", "the"}:
        begin = i + 1
    elif tokens[i].text in {",", "–", "—", "("}:
        begin = i + 1
        if begin + 1 < len(tokens) and tokens[begin].is_number and tokens[begin + 1].text == ",":
            begin += 2
        if (
            begin + 2 < len(tokens)
            and tokens[begin].lower in {"who", "which"}
            and tokens[begin + 1].lower in {"is", "was"}
        ):
            begin += 2
    elif tokens[i].lower in {"of", "from", "at", "with"}:
        begin = i
    else:
        return None
    end = begin
    while end < len(tokens) and end < begin + 30:
        token = tokens[end]
        if token.text in {",", ";", ":", "”", "“", '"', "–", "—", ")", "."} or token.lower in {
            "who",
            "which",
            "that",
        }:
            break
        if end > begin and is_finite(token):
            break
        end += 1
    inner = tokens[begin:end]
    if not inner:
        return None
    if inner[0].lower in {"of", "from", "at", "with"}:
        return _affiliation(text, inner)
    return _as_role(text, inner)


def _affiliation(text: Text, inner: tuple[Token, ...]) -> Role | None:
    """ "of the Middle East Institute": a name speaks for an organisation."""
    capital = [t for t in inner[1:8] if t.is_title]
    if not capital or not any(t.lower in organisation_heads() for t in capital):
        return None
    span = (inner[0].begin, inner[-1].end)
    return Role(text[span], True, span)


def _as_role(text: Text, inner: tuple[Token, ...]) -> Role | None:
    """`inner` as a role, when its head noun is one of a public role or of a private person."""
    g = grammar()
    if len(inner) > 3 and [t.lower for t in inner[:2]] == ["one", "of"]:
        return _as_role(text, inner[2:])
    if not inner or inner[0].lower in g.prepositions | g.subordinators | {"and"}:
        return None
    stop = next(
        (i for i, t in enumerate(inner) if i and (t.lower in g.prepositions or t.text == ",")), len(inner)
    )
    core = [word for token in inner[:stop] for word in ([token.lower, *token.lower.split("-")])]
    heads = set(core[-3:]) if "and" in core or "-" in inner[stop - 1].text else {core[-1]}
    if "and" in core:
        heads |= set(core[: core.index("and")][-1:])
    public, private = bool(heads & public_heads()), bool(heads & private_heads())
    if not (public or private):
        return None
    kin = any(word in roles().kin for word in core)
    span = (inner[0].begin, inner[-1].end)
    return Role(text[span], public and not kin and core[-1] not in private_heads(), span)
