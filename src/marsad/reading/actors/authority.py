"""Power that a text ascribes to a named person in other words than by an office beside the name.

"X’s decision to withdraw the troops", "X ordered airstrikes", "X’s foreign minister", "Ruritania under
X": whoever has troops, ministers or a state is no private person, whatever X is called. Each pattern
is of a word before or after the name, never of the name itself.
"""

from __future__ import annotations

from marsad.reading.actors.names import Name, organisation_heads
from marsad.reading.actors.roles import Role, roles
from marsad.reading.actors.states import country_words
from marsad.reading.syntax import grammar, is_adverb
from marsad.reading.text import Text, Token

REACH = 14  # tokens behind a name within which its order comes to the troops
LONGEST_TITLE = 4  # tokens of "US secretary of state", "national security adviser"


def authority_of(text: Text, name: Name) -> Role | None:
    """What shows that `name`, where it stands, is of somebody who governs, commands or reports."""
    sentence = text.sentence_at(name.begin)
    tokens = sentence.tokens
    first, last = name.first - sentence.first, name.last - sentence.first
    found = (
        _appoints(tokens, last)
        or _commands(tokens, last)
        or _announces(tokens, first, last)
        or _governs(tokens, first)
        or _reports(tokens, last)
    )
    if found is None:
        return None
    span = (tokens[found[0]].begin, tokens[found[1] - 1].end)
    return Role(text[span], True, span)


_Range = tuple[int, int]  # indices of tokens of the sentence, half-open


def _appoints(tokens: tuple[Token, ...], at: int) -> _Range | None:
    """ "X’s defence secretary", "X overrode his ministers": a state's officers and bodies that are X's."""
    owner = at if at < len(tokens) and tokens[at].text in {"’s", "'s"} else _his(tokens, at)
    return _retinue(tokens, owner) if owner is not None else None


def _his(tokens: tuple[Token, ...], at: int) -> int | None:
    """Index of "his" behind a name with nobody named in between."""
    for i in range(at, min(len(tokens), at + REACH)):
        token = tokens[i]
        if token.lower in {"his", "her"}:
            return i
        if token.text in {";", "“", "”", '"'} or (token.is_title and token.text not in country_words()):
            return None
    return None


def _retinue(tokens: tuple[Token, ...], at: int) -> _Range | None:
    r = roles()
    for stop in range(at + 1, min(len(tokens), at + 2 + LONGEST_TITLE)):
        token = tokens[stop]
        modified = stop > at + 1
        pair = f"{tokens[stop - 1].lower} {token.lower}"
        if (
            token.lower in r.retinue
            or pair in r.retinue
            or (modified and token.lower in r.appointed | r.reigns)
        ):
            return at + 1, stop + 1
        if token.lower not in r.modifiers and token.text not in country_words():
            return None
    return None


def _commands(tokens: tuple[Token, ...], at: int) -> _Range | None:
    """ "X has ordered the troops home", "X’s decision to withdraw US troops", "X, who sent warplanes"."""
    begin = at
    if at < len(tokens) and tokens[at].text in {"’s", "'s"}:
        begin += 1
        while begin < len(tokens) and tokens[begin].text.islower() and begin < at + 4:
            if tokens[begin].lower in roles().decisions:
                return _disposes(tokens, begin)
            begin += 1
        return None
    passed = grammar().auxiliaries - {"is", "are", "was", "were", "be", "been"} | {"who", ","}
    while begin < len(tokens) and (tokens[begin].lower in passed or is_adverb(tokens[begin])):
        begin += 1
    if begin == len(tokens):
        return None
    if tokens[begin].lower in roles().orders:
        return _orders_troops(tokens, begin)
    return _disposes(tokens, begin) if tokens[begin].lower in roles().announcements else None


def _announces(tokens: tuple[Token, ...], first: int, last: int) -> _Range | None:
    """ "the announcement by X that 2,000 troops will leave"."""
    if first < 2 or tokens[first - 1].lower != "by" or tokens[first - 2].lower not in roles().decisions:
        return None
    found = _disposes(tokens, last)
    return (first - 2, found[1]) if found else None


def _orders_troops(tokens: tuple[Token, ...], verb: int) -> _Range | None:
    """The verb and the troops that are its object, if no preposition but "of" comes between.

    Who "deployed with the troops" or "was ordered by soldiers" commands nobody.
    """
    for at in range(verb + 1, min(len(tokens), verb + REACH)):
        token = tokens[at]
        if token.lower in roles().commanded:
            return verb, at + 1
        if not (token.is_word or token.is_number) or token.lower in grammar().prepositions - {"of"}:
            return None
    return None


def _disposes(tokens: tuple[Token, ...], begin: int) -> _Range | None:
    """The words from a decision to troops that it moves: who decides to join an army moves none."""
    near = tokens[begin : begin + REACH]
    words = [t.lower for t in near]
    if not roles().dispositions.isdisjoint(words) and roles().enlisting.isdisjoint(words):
        troops = next((at for at, word in enumerate(words) if word in roles().commanded), None)
        if troops is None:
            troops = next((at for at, word in enumerate(words[:-1]) if _invades(near, at, word)), None)
        if troops is not None and not any(t.text in {";", "“", '"', "”"} for t in near[:troops]):
            return begin, begin + troops + 1
    return None


def _invades(near: tuple[Token, ...], at: int, word: str) -> bool:
    """ "to invade Ruritania": a state does so."""
    return word == "invade" and near[at + 1].text in country_words()


def _governs(tokens: tuple[Token, ...], first: int) -> _Range | None:
    """ "Ruritania under X"."""
    if first < 2 or tokens[first - 1].lower != "under" or tokens[first - 2].text not in country_words():
        return None
    return first - 2, first


def _reports(tokens: tuple[Token, ...], at: int) -> _Range | None:
    """ "X reported in the Morning Herald": a journalist."""
    if at + 2 >= len(tokens) or tokens[at].lower not in {"reported", "reports"}:
        return None
    begin = at + 2 + (tokens[at + 2].lower == "the" if tokens[at + 1].lower in {"in", "for"} else 0)
    if tokens[at + 1].lower not in {"in", "for"}:
        return None
    stop = begin
    while stop < len(tokens) and tokens[stop].is_title:
        stop += 1
    media = stop > begin and organisation_heads().get(tokens[stop - 1].lower) == "media"
    return (at, stop) if media else None
