"""States as actors, with their governments and forces, from what countries are called."""

from __future__ import annotations

from functools import cache

from marsad.gazetteer.countries import Country, load_countries
from marsad.reading.actors.names import organisations
from marsad.reading.actors.register import Draft, Register
from marsad.reading.cues import speaks
from marsad.reading.inflection import conjugate
from marsad.reading.syntax import closed_class, grammar, is_adverb, is_finite
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


@cache
def _government_verbs() -> frozenset[str]:
    """The finite forms of what governments do."""
    entries = organisations().government_verbs
    return frozenset(
        form.surface for entry in entries for form in conjugate(entry) if form.forms & {"s", "past", "base"}
    )


def capital_size(text: Text, tokens: tuple[Token, ...], at: int) -> int:
    """How many tokens from `at` name the capital of a state; 0 if none do."""
    table = organisations().capitals
    sizes = (n for n in (2, 1) if at + n <= len(tokens))
    return next((n for n in sizes if text[(tokens[at].begin, tokens[at + n - 1].end)] in table), 0)


def acts_as_state(text: Text, tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """Whether the capital named by `tokens[at:stop]` of one sentence stands for its government.

    It does where it says, wants or does what a government does ("Ankara denied it"), where it is
    one of the sides ("between Ankara and Washington") or has a policy ("Moscow’s allies").
    A capital in which, or to which, something happens stays a place.
    """
    if capital_size(text, tokens, at) != stop - at or (at and _is_of_a_name(tokens[at - 1])):
        return False
    if stop < len(tokens) and (tokens[stop].is_title or tokens[stop].text in {"-", "‑"}):
        return False
    if _has_policy(tokens, stop):
        return True
    before = tokens[at - 1].lower if at else ""
    if _is_side(text, tokens, at, stop):
        return True
    if before in grammar().prepositions and before not in {"like", "than"}:
        return before == "by" and at > 1 and tokens[at - 2].lower.endswith("ed") and not _is_near(tokens, at)
    if _is_listed_place(tokens, at):
        return False
    return _governs(tokens, stop) or (
        stop + 1 < len(tokens) and tokens[stop].text == "and" and _joined_acts(text, tokens, stop + 1)
    )


def _is_of_a_name(before: Token) -> bool:
    return before.is_title and before.lower not in closed_class() and before.lower not in grammar().time_words


_LONGEST_LIST = 40  # tokens


def _is_listed_place(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a list that a preposition governs holds the name: "officials in Paris and London"."""
    least = max(0, at - _LONGEST_LIST)
    while at > least and (tokens[at - 1].text in {",", "and", "or"} or _is_of_a_name(tokens[at - 1])):
        at -= 1
    before = tokens[at - 1].lower if at else ""
    return before in grammar().prepositions and before not in {"like", "than"}


def _is_near(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at - 2].lower in {"stopped", "passed", "located"}


def _has_policy(tokens: tuple[Token, ...], stop: int) -> bool:
    """ "’s policy", "’s main ally" follows."""
    if stop + 1 >= len(tokens) or tokens[stop].text not in {"’s", "'s"}:
        return False
    return any(t.lower in organisations().government_nouns for t in tokens[stop + 1 : stop + 3])


def _is_side(text: Text, tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """One of two capitals or countries between which something is, or with which there is a tie."""
    before = [t.lower for t in tokens[max(0, at - 6) : at]]
    if before[-1:] in (["between"], ["both"]):
        return tokens[stop : stop + 1] != () and tokens[stop].text == "and"
    if before[-1:] == ["and"] and "between" in before:
        return True
    return before[-1:] == ["with"] and len(before) > 1 and before[-2] in organisations().ties


def _joined_acts(text: Text, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the second of "Ankara and Moscow" is a capital or a country too, and both act."""
    size = capital_size(text, tokens, at) or _country_size(text, tokens, at)
    return bool(size) and _governs(tokens, at + size)


def _governs(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the verb at `at` has a government for its subject: no passive, no "is" of a place."""
    while at < len(tokens) and is_adverb(tokens[at]):
        at += 1
    if at == len(tokens):
        return False
    verb = tokens[at].lower
    if verb not in grammar().auxiliaries | organisations().copulas:
        return not tokens[at].is_title and (speaks(tokens, at) or verb in _government_verbs())
    rest = [t for t in tokens[at + 1 : at + 6] if not is_adverb(t)]
    moods = [t for t in rest if t.lower not in organisations().copulas | grammar().auxiliaries]
    if moods and moods[0].lower in organisations().moods:
        return True  # "is confident", "will remain determined"
    while rest and rest[0].lower in grammar().auxiliaries - {"been", "be"}:
        rest = rest[1:]
    if rest and rest[0].lower in {"been", "be"}:
        return len(rest) > 1 and rest[1].lower.endswith("ing")
    if verb in {"is", "are", "was", "were"}:
        return bool(rest) and (
            rest[0].lower.endswith("ing") or [t.lower for t in rest[:2]] == ["in", "talks"]
        )
    return bool(rest) and rest[0].lower not in {"fallen", "seen", "become", "fall", "no"}


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
            capital = 0 if size else capital_size(text, tokens, at)
            if size:
                _add_state(register, tokens, at, at + size)
            elif capital and acts_as_state(text, tokens, at, at + capital):
                span = (token.begin, tokens[at + capital - 1].end)
                country = organisations().capitals[text[span]]
                register.mention(register.add(Draft(country, "state")), span)
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
