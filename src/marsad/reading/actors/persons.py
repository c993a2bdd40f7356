"""Persons: names joined into one person each, with the role that the text states.

A person is public only by such a role (`roles.py`); all others are private, and their names, ages
and home towns (`details.py`) are reported for masking. A full name that nothing explains is a
private person's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from marsad.gazetteer.folding import fold
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
from marsad.reading.actors.roles import (
    Role,
    holds_state,
    kin_words,
    private_heads,
    public_heads,
    reigns,
    role_of,
    roles,
)
from marsad.reading.syntax import closed_class, grammar, is_finite
from marsad.reading.text import Text, Token
from marsad.records.spans import Span, Spans

__all__ = ["Person", "annotate", "private_heads", "public_heads", "roles"]


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

    @property
    def public(self) -> bool:
        return any(role.public for role in self.roles)


class _Evidence(NamedTuple):
    """What else is known of names: places of the gazetteer, countries, verbs of speech."""

    is_place: Callable[[str], bool]
    is_country: Callable[[str], bool]
    speaks: Callable[[int], bool]


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
    evidence = _Evidence(is_place, is_country, speaks)
    drafts: list[_Draft] = []
    candidates = [name for name in names if name.kind not in {"actor", "organisation", "acronym"}]
    waiting = [name for name in candidates if not _gather(text, name, drafts, evidence)]
    for name in waiting:  # a later sentence may have told who it is
        _gather(text, name, drafts, evidence, known_only=True)
    _sweep(text, names, drafts, evidence)
    _join_descriptions(text, drafts)
    for draft in drafts:
        if not draft.public:
            draft.details.extend(details.beside(text, draft.mentions, is_place, is_country))
    ordered = sorted(drafts, key=lambda draft: min(draft.mentions))
    return tuple(_finish(text, draft) for draft in ordered)


def _gather(
    text: Text, name: Name, drafts: list[_Draft], evidence: _Evidence, *, known_only: bool = False
) -> bool:
    """Add a mention to the person whom `name` names, or a person; False where it names none."""
    first = _skip_titles(text, name)
    if first == name.last:
        return True
    words = tuple(t.text for t in text.tokens[first : name.last])
    draft = _same(drafts, words)
    role = role_of(text, name, first)
    if draft is None:
        if known_only or not _is_person(text, name, first, words, role, evidence):
            return False
        draft = _Draft(words)
        drafts.append(draft)
    elif len(words) > len(draft.words):
        draft.words = words
    draft.mentions.append((text.tokens[first].begin, name.end))
    if role:
        draft.roles.append(role)
    return True


def _sweep(text: Text, names: tuple[Name, ...], drafts: list[_Draft], evidence: _Evidence) -> None:
    """Mentions of persons by one of their names that stand in no name found: "Hadi slept", "the Hadis"."""
    taken = {
        at for name in names if name.kind in {"actor", "organisation"} for at in range(name.first, name.last)
    }
    spans = sorted(span for draft in drafts for span in draft.mentions)
    taken |= {
        at for span in spans for at in range(text.token_index(span[0]), text.token_index(span[1] - 1) + 1)
    }
    forms: dict[str, _Draft] = {}
    for draft in drafts:
        for word in {draft.words[-1]} if draft.public else {draft.words[-1], draft.words[0]}:
            if (
                len(word) > 2
                and word[0].isupper()
                and not evidence.is_country(word)
                and word.casefold() not in _NO_NAMES
            ):
                forms.setdefault(word, draft)
                if not draft.public:
                    forms.setdefault(word + "s", draft)
    for at, token in enumerate(text.tokens):
        owner = forms.get(token.text)
        if owner is None or at in taken or token.lower in closed_class():
            continue
        before = text.tokens[at - 1].lower if at else ""
        if not (
            before in grammar().prepositions - {"of", "with", "to", "for"} and evidence.is_place(token.text)
        ):
            owner.mentions.append((token.begin, token.end))
    for draft in drafts:
        draft.mentions.sort()


_NO_NAMES = frozenset({"abu", "umm", "abou", "al", "the", "bin", "de", "van", "von"})


def _join_descriptions(text: Text, drafts: list[_Draft]) -> None:
    """ "X has ordered a strike. The Ruritanian president …": a sentence that opens so speaks of X.

    Only where X is the one person of the sentence before, has no role of another kind, and stands
    there as its subject.
    """
    for sentence, following in zip(text.sentences, text.sentences[1:], strict=False):
        tokens = following.tokens
        if len(tokens) < 4 or tokens[0].text != "The" or not holds_state(tokens[2], tokens[1]):
            continue
        if tokens[3].is_name:
            continue  # "The Ruritanian president Ana Ruiz"
        named = [d for d in drafts if any(sentence.begin <= m[0] < sentence.end for m in d.mentions)]
        if (
            len(named) == 1
            and not named[0].roles
            and any(m[0] - sentence.begin < 3 for m in named[0].mentions)
        ):
            span = (tokens[0].begin, tokens[2].end)
            named[0].roles.append(Role(text[span], True, span))


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
        if first < at == name.last - 1 and is_given_name(text.tokens[first].text):
            break  # a surname that is a title too: Ana Bishop
        if lower in r.titles | r.honorifics | r.public | public_heads() or (
            at == first and lower in r.modifiers
        ):
            first = at + 1
    if first < name.last and text.tokens[first].lower in grammar().prepositions:
        return name.last  # "Secretary-General of the United Nations" names an office
    return first


def _same(drafts: list[_Draft], words: tuple[str, ...]) -> _Draft | None:
    """The person that `words` name again: the same name, a part of it, or a fuller form.

    Accents and case are set aside: Erdogan is Erdoğan.
    """
    named = tuple(_key(word) for word in words)
    while len(named) > 1 and named[0] in name_particles():
        named = named[1:]  # "De Mistura" for Staffan de Mistura
    return next((draft for draft in reversed(drafts) if _names_again(draft, named)), None)


def _names_again(draft: _Draft, named: tuple[str, ...]) -> bool:
    known = tuple(_key(word) for word in draft.words)
    if named == known:
        return True
    if len(named) == 1:
        return named[0] in {known[0], known[-1], known[-1].rpartition("-")[2]}
    same_last = named[-1] == known[-1]
    return (same_last and (len(known) == 1 or named[0] == known[0])) or (
        "-" in named[-1] and named[-1].rpartition("-")[2] == known[-1]
    )


def _key(word: str) -> str:
    return "-".join(fold(part) for part in word.split("-"))


def _is_person(
    text: Text,
    name: Name,
    first: int,
    words: tuple[str, ...],
    role: Role | None,
    evidence: _Evidence,
) -> bool:
    if is_thing(words) or _is_adjective(words[-1]) or _is_of_country(words, evidence):
        return False
    if details.is_private(text, name):
        return True
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


def _is_of_country(words: tuple[str, ...], evidence: _Evidence) -> bool:
    """Whether a name is, or holds, that of a country, a people or a creed: "Ruritanian Dream"."""
    if is_people(words[-1]) or evidence.is_country(" ".join(words)):
        return True
    return not is_given_name(words[0]) and any(evidence.is_country(w) or is_people(w) for w in words)


def _is_adjective(word: str) -> bool:
    return is_compound_adjective(Token(0, len(word), word, word.casefold()))


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


def _is_place_here(text: Text, name: Name, words: tuple[str, ...], evidence: _Evidence) -> bool:
    """Whether a name with an Arabic particle is a town's: "in Abu Hamad"."""
    before = text.tokens[name.first - 1].lower if name.first else ""
    places = {"in", "at", "near", "from", "outside", "around", "into", "through"}
    return before in places and evidence.is_place(" ".join(words))


def _is_full_name(text: Text, name: Name, words: tuple[str, ...], evidence: _Evidence) -> bool:
    """Two to four words that nothing explains, where a person may stand: subject, owner, described."""
    if not 2 <= len(words) <= 4 or name.kind != "unknown" or not all(_may_name(w, evidence) for w in words):
        return False
    sentence = text.sentence_at(name.begin)
    if _is_headline(sentence.tokens) or text.text[name.end : name.end + 1] in {"-", "‑"}:
        return False
    before = text.tokens[name.first - 1].lower if name.first > sentence.first else ""
    if before in {"the", "a", "an", "this", "“", "‘", "-"} or _is_adjective(before):
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
    return opens or acts or (joined and is_given_name(words[0])) or before in kin_words()


def _may_name(word: str, evidence: _Evidence) -> bool:
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
        or _is_adjective(word)
    )


def _is_headline(tokens: tuple[Token, ...]) -> bool:
    words = [t for t in tokens if t.is_word]
    return len(words) > 3 and sum(t.is_title for t in words) * 2 > len(words)


def _is_of(role: Role, name: Name, words: tuple[str, ...]) -> bool:
    """Whether a role makes a name a person: it describes one, and not many."""
    if role.text.endswith("s") and len(words) > 1:
        return False
    described = role.span[0] > name.end and role.text.split()[0].lower() in {"a", "an", "the"}
    return len(words) > 1 or described


def _is_inverted(text: Text, verb: int) -> bool:
    """Whether a verb of speech stands before its subject: ", said Ana Ruiz"."""
    return verb > 0 and text.tokens[verb - 1].text in {",", "”", '"', "—", "?"}
