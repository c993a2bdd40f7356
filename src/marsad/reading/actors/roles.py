"""Roles: what the text calls a named person, and whether that makes the person public.

A public role is an office, a command, to speak for somebody, or the trade of a quoted expert
(`roles.toml`). A role belongs to the name beside it: an apposition to the nearest one, the noun
before a list of names to all of them only where it is a plural.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from marsad.reading.actors.names import Name, is_people, organisation_heads
from marsad.reading.actors.states import country_words
from marsad.reading.cues import speaks
from marsad.reading.inflection import plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import grammar, is_finite
from marsad.reading.text import Text, Token
from marsad.records.spans import Span

LONGEST_LIST = 40  # tokens of a list of names that one noun describes: "the authors A, B and C"


class _Roles(Entry, frozen=True):
    public: frozenset[str]
    private: frozenset[str]
    kin: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    reigns: frozenset[str]
    commands: frozenset[str]
    modifiers: frozenset[str]
    heads_of_state: frozenset[str]
    offices: frozenset[str]
    retinue: frozenset[str]
    appointed: frozenset[str]
    orders: frozenset[str]
    decisions: frozenset[str]
    announcements: frozenset[str]
    dispositions: frozenset[str]
    commanded: frozenset[str]
    enlisting: frozenset[str]


class Role(NamedTuple):
    text: str
    public: bool
    span: Span


@cache
def roles() -> _Roles:
    return load("roles", _Roles)


@cache
def public_heads() -> frozenset[str]:
    return roles().public | {plural(word) for word in roles().public}


@cache
def private_heads() -> frozenset[str]:
    return roles().private | roles().kin | {plural(word) for word in roles().private}


@cache
def person_heads() -> frozenset[str]:
    """All words for a person by role or kin, singular and plural."""
    return public_heads() | private_heads() | kin_words()


@cache
def title_words() -> frozenset[str]:
    """What may stand before a name as part of it: "Gen.", "Mr", "Minister"."""
    return roles().titles | roles().honorifics | roles().public | public_heads()


@cache
def kin_words() -> frozenset[str]:
    """Words of kinship, singular and plural."""
    return roles().kin | {plural(word) for word in roles().kin}


def role_of(text: Text, name: Name, first: int) -> Role | None:
    """The role stated beside one mention: before the name, after it, or by who reigns."""
    return (
        _role_before(text, name.first, first, name.last - first)
        or _role_after(text, name.last)
        or _role_of_reign(text, name)
    )


def _role_of_reign(text: Text, name: Name) -> Role | None:
    """ "the X administration", "X’s government", "the regime of X", "X … his presidency"."""
    if reigns(text, name):
        owner = text.tokens[name.last].text in {"’s", "'s"}
        first = name.last + 1 if owner else name.last
        size = 2 if " ".join(t.lower for t in text.tokens[first : first + 2]) in roles().reigns else 1
        return _spanned(text, first, first + size)
    before = [t.lower for t in text.tokens[max(0, name.first - 2) : name.first]]
    if len(before) == 2 and before[1] in {"of", "under"} and before[0] in roles().reigns:
        return _spanned(text, name.first - 2, name.first - 1)
    return _office_held(text, name)


def _spanned(text: Text, first: int, last: int) -> Role:
    span = (text.tokens[first].begin, text.tokens[last - 1].end)
    return Role(text[span], True, span)


def _office_held(text: Text, name: Name) -> Role | None:
    """ "X … his presidency" in the same sentence, with nobody named in between."""
    for at in range(name.last, min(name.last + 20, len(text.tokens) - 1)):
        token, following = text.tokens[at], text.tokens[at + 1]
        if token.lower in {"his", "her"} and following.lower in roles().offices:
            return _spanned(text, at + 1, at + 2)
        if token.text in {".", "?", "!", ";"} or (token.is_title and token.text not in country_words()):
            return None
    return None


def reigns(text: Text, name: Name) -> bool:
    """Whether "administration", "’s government" or the like follows: the name is of who holds office."""
    last = text.tokens[name.last - 1]
    if is_people(last.text) or (
        "-" in last.text and last.text[0].isupper() and last.text.split("-")[-1].islower()
    ):
        return False
    words = [t.lower for t in text.tokens[name.last : name.last + 3]]
    if words[:1] in (["’s"], ["'s"]):
        return len(words) > 1 and words[1] in roles().reigns | roles().commands
    return bool(words) and (words[0] in roles().reigns or " ".join(words[:2]) in roles().reigns)


def holds_state(role: Token, before: Token) -> bool:
    """Whether "Ruritanian president" is said of whoever holds the highest office of a state."""
    return role.lower in roles().heads_of_state and before.text in country_words()


def _role_before(text: Text, outer: int, first: int, name_size: int) -> Role | None:
    """ "SDF spokesman X", "the acting defence secretary, X", "President X", "the authors X and Y"."""
    sentence = text.sentence_at(text.tokens[outer].begin)
    tokens = sentence.tokens
    titled = text.tokens[outer:first]
    courtesy = " ".join(t.lower.rstrip(".") for t in titled) in roles().honorifics
    if not courtesy and any(_is_title(t, alone=name_size < 2) for t in titled):
        return _spanned(text, outer, first)
    at = outer - sentence.first
    if at == 0:
        return None
    role = _role_beside(text, tokens, at)
    if role is not None and not (tokens[at - 1].text == "," and _is_plural_head(tokens[at - 2])):
        return role  # "speaking of global leaders, X": a plural is of the list that it opens, of no one
    begin = _list_begin(tokens, at)
    head = begin - 2 if begin > 1 and tokens[begin - 1].text == "," else begin - 1
    if begin < at and head >= 0 and _is_plural_head(tokens[head]):
        return _role_beside(text, tokens, begin)
    return None


def _role_beside(text: Text, tokens: tuple[Token, ...], at: int) -> Role | None:
    """The role in the noun phrase that ends right before index `at`, or before a comma there."""
    end = at - 1 if tokens[at - 1].text == "," else at
    if end <= 0:
        return None
    if tokens[end - 1].lower in person_heads():
        return _as_role(text, tokens[_modifiers_before(tokens, end) : end])
    if end < at:  # "the head of the office, X"
        return _role_with_comma(text, tokens, end)
    return None


def _is_title(token: Token, *, alone: bool) -> bool:
    """ "President X"; "Head Tax" is none: before one word only a title of address will do."""
    word = token.lower.rstrip(".")
    return word in roles().titles or (word in roles().public and not alone)


def _list_begin(tokens: tuple[Token, ...], at: int) -> int:
    """Index where the list of names begins that the name at `at` continues: "A, B and C"."""
    last = at
    while at > max(1, last - LONGEST_LIST) and tokens[at - 1].text in {",", "and"} and tokens[at - 2].is_name:
        at -= 2
        while at and tokens[at - 1].is_name:
            at -= 1
    return at


def _is_plural_head(token: Token) -> bool:
    singular = roles().public | roles().private | roles().kin
    return token.lower in person_heads() and (
        token.lower not in singular or token.lower in {"parents", "children", "twins", "siblings"}
    )


def _role_with_comma(text: Text, tokens: tuple[Token, ...], end: int) -> Role | None:
    """The role that stands before a comma and begins with the nearest determiner that makes it one."""
    for begin in range(end - 1, max(end - 16, -1), -1):
        token = tokens[begin]
        if token.text in {",", ";", ":", "“", "”", '"'} or is_finite(token):
            return None
        if token.lower in {"the", "its", "their", "his", "her", "our", "a", "an", "as"}:
            role = _as_role(text, tokens[begin + (token.lower == "as") : end])
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
            return at if token.lower == "that" else at - 1  # "something that defence minister X opposed"
        if token.text in {"’s", "'s", "-"} or (
            token.is_word and token.lower not in g.prepositions | g.subordinators and not is_finite(token)
            and not (speaks(tokens, at - 1) and not token.is_name)
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
        begin = _after_aside(tokens, i, begin)
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
    if tokens[i].text == "(":  # "X (since sacked as minister)"
        inner = inner[next((at + 1 for at, t in enumerate(inner[:4]) if t.lower == "as"), 0) :]
    return _as_role(text, inner)


def _after_aside(tokens: tuple[Token, ...], opening: int, begin: int) -> int:
    """Index where the apposition begins behind brackets: "X (a pseudonym), the head of"."""
    if tokens[opening].text != "(":
        return begin
    closing = next((i for i in range(opening, min(opening + 8, len(tokens))) if tokens[i].text == ")"), None)
    if closing is None or closing + 2 >= len(tokens) or tokens[closing + 1].text != ",":
        return begin
    return closing + 2


def _affiliation(text: Text, inner: tuple[Token, ...]) -> Role | None:
    """ "of the Middle East Institute": a name speaks for an organisation."""
    capital = [t for t in inner[1:8] if t.is_title]
    if not capital or not any(t.lower in organisation_heads() for t in capital):
        return None
    span = (inner[0].begin, inner[-1].end)
    return Role(text[span], True, span)


def _is_participle(token: Token) -> bool:
    """ "shaking his head" is no office; "acting head" is one."""
    return (
        token.lower.endswith("ing")
        and token.is_word
        and token.lower
        not in roles().modifiers | {"sitting", "ruling", "reigning", "commanding", "managing", "founding"}
    )


_ROLE_ENDS = frozenset({"when", "while", "until", "before", "after"})


def _as_role(text: Text, inner: tuple[Token, ...]) -> Role | None:
    """`inner` as a role, when its head noun is one of a public role or of a private person."""
    g = grammar()
    if len(inner) > 3 and [t.lower for t in inner[:2]] == ["one", "of"]:
        return _as_role(text, inner[2:])
    if not inner or inner[0].lower in g.prepositions | g.subordinators | {"and"} or _is_participle(inner[0]):
        return None
    stop = next(
        (i for i, t in enumerate(inner) if i and (t.lower in _ROLE_ENDS | g.prepositions or t.text == ",")),
        len(inner),
    )
    core = [word for token in inner[:stop] for word in ([token.lower, *token.lower.split("-")])]
    heads = set(core[-3:]) if "and" in core or "-" in inner[stop - 1].text else {core[-1]}
    if "and" in core:
        heads |= set(core[: core.index("and")][-1:])
    public, private = bool(heads & public_heads()), bool(heads & private_heads())
    if not (public or private):
        return None
    kin = any(word in kin_words() for word in core)
    span = (inner[0].begin, inner[-1].end)
    return Role(text[span], public and not kin and core[-1] not in private_heads(), span)
