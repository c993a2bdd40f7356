"""States as actors, with their governments and forces, from what countries are called."""

from __future__ import annotations

from functools import cache

from marsad.gazetteer.countries import Country, load_countries
from marsad.reading.actors.names import organisations
from marsad.reading.actors.register import Draft, Register
from marsad.reading.cues import speaks
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.reading.text import Text, Token

LONGEST_LIST = 9  # tokens between an adjective and the noun it shares: "Syrian, Iraqi, and U.S. forces"


@cache
def country_words() -> dict[str, Country]:
    """Names, everyday names and demonyms of countries."""
    table: dict[str, Country] = {}
    for country in load_countries():
        for word in (*country.demonyms, *country.aliases, country.name):
            table.setdefault(word, country)
    return table


@cache
def _country_names() -> frozenset[str]:
    return frozenset(word for country in load_countries() for word in (country.name, *country.aliases))


def add_states(text: Text, register: Register) -> None:
    """States that act, their governments and forces, and the forces of peoples ("Kurdish forces")."""
    vocabulary = organisations()
    for sentence in text.sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if not token.is_title:
                continue
            size = _country_size(text, tokens, at)
            following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
            if size:
                _add_state(register, tokens, at, at + size)
            elif token.text in vocabulary.peoples and following in vocabulary.forces | vocabulary.bands:
                span = (token.begin, tokens[at + 1].end)
                register.mention(register.add(Draft(text[span], "armed_group")), span)
            elif token.text in vocabulary.peoples and following in vocabulary.governments:
                span = (token.begin, tokens[at + 1].end)
                register.mention(register.add(Draft(text[span], "organisation")), span)


def _country_size(text: Text, tokens: tuple[Token, ...], at: int) -> int:
    """How many tokens from `at` name a country or its people; 0 if none do."""
    sizes = (n for n in (3, 2, 1) if at + n <= len(tokens))
    return next((n for n in sizes if text[(tokens[at].begin, tokens[at + n - 1].end)] in country_words()), 0)


def _add_state(register: Register, tokens: tuple[Token, ...], at: int, stop: int) -> None:
    name = (tokens[at].begin, tokens[stop - 1].end)
    words = register.text[name]
    country = country_words()[words]
    head = _head_after(tokens, stop)
    if head is None:
        if words in _country_names() and _acts(tokens, at, stop):
            register.mention(register.add(Draft(country.name, "state")), name)
        return
    index, shared = head
    span = name if shared else (name[0], tokens[index].end)
    if tokens[index].lower in organisations().governments:
        register.mention(register.add(Draft(country.name, "state")), span, alias=not shared)
    else:
        forces = Draft(f"{words} {tokens[index].text}", "state_force", parent=country.name)
        register.mention(register.add(forces), span, alias=False)


def _head_after(tokens: tuple[Token, ...], stop: int) -> tuple[int, bool] | None:
    """Index of "forces" or "government" behind an adjective, and whether others share it."""
    vocabulary = organisations()
    shared = False
    for at in range(stop, min(len(tokens), stop + LONGEST_LIST)):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.lower in vocabulary.governments | vocabulary.forces:
            return at, shared
        if token.text in {",", "and"} and following and (following.is_title or following.text == "and"):
            shared = True
        elif (
            not (token.is_title and token.text in country_words()) and token.lower not in vocabulary.modifiers
        ):
            return None
    return None


def _acts(tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """Whether a country's name stands for the state: it does something, or something is done to it."""
    before = tokens[at - 1].lower if at else ""
    if before in {"against", "between", "with", "by"}:
        return True
    if before == "and" and any(t.lower in {"between", "against"} for t in tokens[max(0, at - 6) : at - 1]):
        return True
    if before in grammar().prepositions:
        return False
    while stop < len(tokens) and is_adverb(tokens[stop]):
        stop += 1
    if stop == len(tokens):
        return False
    after = tokens[stop]
    past = after.lower.endswith("ed") and after.is_word and not after.is_title
    return speaks(tokens, stop) or is_finite(after) or past
