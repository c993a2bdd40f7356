"""Whether a name is a person's: by age or kin, a title, a role, a verb of speech, or its place.

What is a country's, a people's, a place's, a thing's or an organisation's is no person's. A full name
in the place of a person (subject, owner, apposition) that nothing else explains is one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from marsad.reading.actors import details
from marsad.reading.actors.names import (
    Name,
    is_compound_adjective,
    is_given_name,
    is_people,
    is_thing,
    name_particles,
    name_words,
    organisation_heads,
    organisations,
)
from marsad.reading.actors.roles import Role, kin_words, public_heads, reigns, roles
from marsad.reading.syntax import closed_class, is_finite
from marsad.reading.text import Text, Token


class Evidence(NamedTuple):
    """What else is known of names: places of the gazetteer, countries, verbs of speech."""

    is_place: Callable[[str], bool]
    is_country: Callable[[str], bool]
    speaks: Callable[[int], bool]


def is_person(
    text: Text,
    name: Name,
    first: int,
    words: tuple[str, ...],
    role: Role | None,
    evidence: Evidence,
) -> bool:
    """Whether `name`, whose proper `words` begin at token `first`, is a person's."""
    if is_thing(words) or is_compound_adjective(words[-1]) or _is_of_country(words, evidence):
        return False
    if details.is_private(text, name):
        return not _is_place_here(text, name, words, evidence)
    if name.kind == "person":
        return (len(words) > 1 or first > name.first) and not _is_place_here(text, name, words, evidence)
    if first > name.first and _addressed(text.tokens[first - 1], words):
        return True
    if evidence.is_place(" ".join(words)) or is_people(words[-1]) or _is_of_organisation(words):
        return False
    if role is not None and _is_of(role, name, words):
        return True
    if reigns(text, name):
        return len(words) == 1
    spoken = evidence.speaks(name.last) or (
        name.first > 0 and evidence.speaks(name.first - 1) and _is_inverted(text, name.first - 1)
    )
    if spoken:
        return len(words) >= 2 or is_given_name(words[0]) or not words[0].isupper()
    return _is_full_name(text, name, words, evidence)


def _is_of_country(words: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether a name is, or holds, that of a country, a people or a creed: "Ruritanian Dream"."""
    if is_people(words[-1]) or evidence.is_country(" ".join(words)):
        return True
    return not is_given_name(words[0]) and any(evidence.is_country(w) or is_people(w) for w in words)


def _addressed(title: Token, words: tuple[str, ...]) -> bool:
    """A title or courtesy before a name: "President X"; "Head Tax" has none."""
    lower = title.lower.rstrip(".")
    r = roles()
    return lower in r.titles | r.honorifics or (lower not in r.modifiers and len(words) > 1)


def _is_of_organisation(words: tuple[str, ...]) -> bool:
    lower = words[-1].casefold()
    return lower in closed_class() - {"may", "will"} or any(
        w.casefold() in organisation_heads() for w in words
    )


def _is_place_here(text: Text, name: Name, words: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether a name that the gazetteer knows is a town's here: "in Abu Hamad", "from Afrin, who"."""
    before = text.tokens[name.first - 1].lower if name.first else ""
    places = {"in", "at", "near", "from", "outside", "inside", "around", "into", "through", "across"}
    return before in places and evidence.is_place(" ".join(words))


def _is_full_name(text: Text, name: Name, words: tuple[str, ...], evidence: Evidence) -> bool:
    """Two to four words that nothing explains, where a person may stand: subject, owner, described."""
    if not 2 <= len(words) <= 4 or name.kind != "unknown" or not all(may_name(w, evidence) for w in words):
        return False
    sentence = text.sentence_at(name.begin)
    if is_headline(sentence.tokens) or text.text[name.end : name.end + 1] in {"-", "‑"}:
        return False
    before = text.tokens[name.first - 1].lower if name.first > sentence.first else ""
    if before in {"the", "a", "an", "this", "“", "‘", "-"} or is_compound_adjective(before):
        return False
    after = text.tokens[name.last : name.last + 2]
    if not after:
        return False
    opens = (
        after[0].text == ","
        and len(after) > 1
        and after[1].lower in {"who", "whose", "a", "an", "the", "his", "her"}
    )
    acts = is_finite(after[0]) or (
        after[0].is_word and after[0].lower.endswith("ed") and not after[0].is_title
    )
    joined = (
        before in {"and", "or", "with", "by", "to"}
        or after[0].text in {"’s", "'s"}
        or after[0].lower == "and"
    )
    apposed = before == "," and after[0].text in {",", "."} and text.tokens[name.first - 2].text.islower()
    told = before in {"to", "by"} and text.tokens[name.first - 2].lower in {"told", "written", "spoken"}
    owned = before in {"’s", "'s"} and evidence.is_country(text.tokens[name.first - 2].text)
    if apposed or told or owned:
        return True
    return opens or acts or (joined and is_given_name(words[0])) or before in kin_words()


def may_name(word: str, evidence: Evidence) -> bool:
    """Whether a word may be part of a personal name: no country, people, place word or common noun."""
    lower = word.casefold()
    return not (
        evidence.is_country(word)
        or is_people(word)
        or word.isupper()
        or lower in closed_class() - {"may", "will"} - name_particles()
        or lower in name_words().things - name_words().surnames
        or lower in organisation_heads()
        or lower in organisations().extends
        or (not is_given_name(word) and lower in roles().modifiers | public_heads())
        or is_compound_adjective(word)
    )


def is_headline(tokens: tuple[Token, ...]) -> bool:
    words = [t for t in tokens if t.is_word]
    return len(words) > 3 and sum(t.is_title for t in words) * 3 > len(words) * 2


def _is_of(role: Role, name: Name, words: tuple[str, ...]) -> bool:
    """Whether a role makes a name a person: it describes one, and not many."""
    if role.text.endswith("s") and len(words) > 1:
        return False
    described = role.span[0] > name.end and role.text.split()[0].lower() in {"a", "an", "the"}
    return len(words) > 1 or described


def _is_inverted(text: Text, verb: int) -> bool:
    """Whether a verb of speech stands before its subject: ", said Ana Ruiz"."""
    return verb > 0 and text.tokens[verb - 1].text in {",", "”", '"', "—", "?"}
