"""Persons: names joined into one person each, with the role that the text states.

A person is public only by such a role (`roles.py`); all others are private, and their names, ages
and home towns (`details.py`) are reported for masking. A full name that nothing explains is a
private person's.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from marsad.gazetteer.folding import fold
from marsad.reading.actors import details
from marsad.reading.actors.authority import authority_of
from marsad.reading.actors.captivity import is_held, is_of_trade
from marsad.reading.actors.names import (
    Name,
    is_given_name,
    is_thing,
    name_particles,
)
from marsad.reading.actors.personhood import Evidence, is_headline, is_person, may_name
from marsad.reading.actors.roles import (
    Role,
    holds_state,
    private_heads,
    public_heads,
    role_of,
    roles,
    title_words,
)
from marsad.reading.syntax import closed_class, grammar, is_finite
from marsad.reading.text import Text
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
    number: int = -1  # its place among the persons
    forms: frozenset[_Form] = frozenset()  # under which it is found
    mentions: list[Span] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    details: list[Span] = field(default_factory=list)
    is_held: bool = False  # by whom, or as what, is not asked: see `captivity`

    @property
    def public(self) -> bool:
        return any(role.public for role in self.stated)

    @property
    def stated(self) -> list[Role]:
        """The roles, of which a trade makes nobody public who is held."""
        if not self.is_held:
            return self.roles
        return [role._replace(public=role.public and not is_of_trade(role.text)) for role in self.roles]


class _Drafts:
    """The persons so far, in order, found by their names.

    Accents and case are set aside: Erdogan is Erdoğan.
    """

    def __init__(self) -> None:
        self.all: list[_Draft] = []
        self._by_name: dict[_Form, list[int]] = {}

    def add(self, draft: _Draft) -> None:
        draft.number = len(self.all)
        self.all.append(draft)
        self.rename(draft, draft.words)

    def rename(self, draft: _Draft, words: tuple[str, ...]) -> None:
        for form in draft.forms:
            self._by_name[form].remove(draft.number)
        draft.words, draft.forms = words, _forms(tuple(_key(word) for word in words))
        for form in draft.forms:
            insort(self._by_name.setdefault(form, []), draft.number)

    def same(self, words: tuple[str, ...]) -> _Draft | None:
        """The last person whom `words` name again: the same name, a part of it, or a fuller form."""
        named = tuple(_key(word) for word in words)
        while len(named) > 1 and named[0] in name_particles():
            named = named[1:]  # "De Mistura" for Staffan de Mistura
        numbers = [known[-1] for form in _asked(named) if (known := self._by_name.get(form))]
        return self.all[max(numbers)] if numbers else None


# Part of a name, and what it has in common with a name that means the same person.
_Form = tuple[Literal["any word", "first and last", "last", "last of all"], str, str]


def _forms(known: tuple[str, ...]) -> frozenset[_Form]:
    """Under what forms a person of this name is found."""
    first, last = known[0], known[-1]
    found: set[_Form] = {("any word", word, "") for word in (first, last, last.rpartition("-")[2])}
    found |= {("first and last", first, last), ("last of all", last, "")}
    return frozenset(found | ({("last", last, "")} if len(known) == 1 else set()))


def _asked(named: tuple[str, ...]) -> tuple[_Form, ...]:
    """Under what forms the person whom a name means is to be sought."""
    first, last = named[0], named[-1]
    if len(named) == 1:
        return (("any word", last, ""),)
    hyphened: tuple[_Form, ...] = (("last of all", last.rpartition("-")[2], ""),) if "-" in last else ()
    return (("first and last", first, last), ("last", last, ""), *hyphened)


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
    evidence = Evidence(is_place, is_country, speaks)
    drafts = _Drafts()
    candidates = [name for name in names if name.kind not in {"actor", "organisation", "acronym"}]
    waiting = [name for name in candidates if not _gather(text, name, drafts, evidence)]
    for name in waiting:  # a later sentence may have told who it is
        _gather(text, name, drafts, evidence, known_only=True)
    _join_lists(text, candidates, drafts, evidence)
    _sweep(text, names, drafts.all, evidence)
    _join_descriptions(text, drafts.all)
    for draft in drafts.all:
        if not draft.public:
            draft.details.extend(details.beside(text, draft.mentions, is_place, is_country))
    ordered = sorted(drafts.all, key=lambda draft: draft.mentions[0])
    named = sorted(begin for draft in ordered for begin, _ in draft.mentions)
    return tuple(_finish(text, draft, named) for draft in ordered)


def _gather(text: Text, name: Name, drafts: _Drafts, evidence: Evidence, *, known_only: bool = False) -> bool:
    """Add a mention to the person whom `name` names, or a person; False where it names none."""
    first = _skip_titles(text, name)
    if first == name.last:
        return True
    words = tuple(t.text for t in text.tokens[first : name.last])
    draft = drafts.same(words)
    role = role_of(text, name, first) or authority_of(text, name)
    if draft is None:
        if known_only or not is_person(text, name, first, words, role, evidence):
            return False
        draft = _Draft(words)
        drafts.add(draft)
    elif len(words) > len(draft.words):
        drafts.rename(draft, words)
    draft.mentions.append((text.tokens[first].begin, name.end))
    draft.is_held |= is_held(text, name, first)
    if role:
        draft.roles.append(role)
    return True


def _join_lists(text: Text, names: list[Name], drafts: _Drafts, evidence: Evidence) -> None:
    """Names that "and" joins to a person's are persons too; one word only beside a private one's."""
    owners = {edge: draft for draft in drafts.all for mention in draft.mentions for edge in mention}
    for name in names:
        words = tuple(t.text for t in text.tokens[name.first : name.last])
        if name.begin in owners or name.end in owners or not all(may_name(w, evidence) for w in words):
            continue
        if (
            is_thing(words)
            or evidence.is_place(" ".join(words))
            or is_headline(text.sentence_at(name.begin).tokens)
        ):
            continue
        beside = [owners.get(edge) for edge in _list_edges(text, name)]
        if any(draft is not None and (len(words) > 1 or not draft.public) for draft in beside):
            known = drafts.same(words)
            draft = known or _Draft(words)
            draft.mentions.append(name.span)
            owners[name.begin] = owners[name.end] = draft
            if known is None:
                drafts.add(draft)


def _list_edges(text: Text, name: Name) -> list[int]:
    """Where the names end and begin that "and" joins to this one."""
    tokens = text.tokens
    edges = []
    if name.first > 1 and tokens[name.first - 1].text == "and":
        edges.append(tokens[name.first - 2].end)
    if name.last + 1 < len(tokens) and tokens[name.last].text == "and":
        edges.append(tokens[name.last + 1].begin)
    return edges


def _sweep(text: Text, names: tuple[Name, ...], drafts: list[_Draft], evidence: Evidence) -> None:
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
                forms.setdefault(_key(word), draft)
                if not draft.public:
                    forms.setdefault(_key(word + "s"), draft)
    for at, token in enumerate(text.tokens):
        owner = forms.get(_key(token.text)) if token.is_name else None
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


def persons_not_groups(text: Text, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names with a group's name that is a man's by its form ("Abu X") and by a role or kin beside it."""
    kunyas = [n for n in names if n.known and n.known.name.split()[0] in {"Abu", "Umm"}]
    men = {n.known.name for n in kunyas if n.known and _is_man(text, n)}
    return tuple(
        n._replace(kind="person", known=None) if n.known and n.known.name in men else n for n in names
    )


def _is_man(text: Text, name: Name) -> bool:
    role = role_of(text, name, name.first)
    stated = role is not None and role.text.lower() not in roles().reigns | roles().commands
    return stated or details.is_private(text, name)


def _join_descriptions(text: Text, drafts: list[_Draft]) -> None:
    """ "X has ordered a strike. The Ruritanian president …": a sentence that opens so speaks of X.

    Only where X is the one person of the sentence before, has no role of another kind, and stands
    there as its subject.
    """
    placed = sorted((m[0], number) for number, draft in enumerate(drafts) for m in draft.mentions)
    for sentence, following in zip(text.sentences, text.sentences[1:], strict=False):
        tokens = following.tokens
        if len(tokens) < 4 or tokens[0].text != "The" or not holds_state(tokens[2], tokens[1]):
            continue
        if tokens[3].text not in {"’s", "'s"} and not is_finite(tokens[3]):
            continue  # "The Ruritanian president, Ana Ruiz"
        first, last = (bisect_left(placed, (offset, -1)) for offset in sentence.span)
        named = {number for _, number in placed[first:last]}
        if len(named) != 1:
            continue
        draft = drafts[named.pop()]
        if not draft.roles and draft.mentions[0][0] - sentence.begin < 3:
            span = (tokens[0].begin, tokens[2].end)
            draft.roles.append(Role(text[span], True, span))


def _finish(text: Text, draft: _Draft, named: list[int]) -> Person:
    stated = draft.stated
    role = next((r for r in stated if r.public), stated[0] if stated else None)
    longest = max(draft.mentions, key=lambda m: (len(text.tokens_in(m)), -m[0]))
    female = _gender(text, draft, named, role)
    return Person(text[longest], tuple(draft.mentions), role, female, tuple(draft.details))


def _gender(text: Text, draft: _Draft, named: list[int], role: Role | None) -> bool | None:
    """Female, male or unsaid: by a word of the role or a courtesy, else by the pronouns after the name.

    "X said she …": those of the sentence behind each mention, up to where another person is `named`.
    """
    told = set(role.text.lower().split()) if role else set()
    for begin, _ in draft.mentions:
        at = text.token_index(begin)
        told |= {text.tokens[at - 1].lower.rstrip(".")} if at else set()
    if bool(told & _FEMALE) != bool(told & _MALE):
        return bool(told & _FEMALE)
    she = he = 0
    for begin, end in draft.mentions:
        stop = text.sentence_at(begin).end
        beside = bisect_left(named, end)
        if beside < len(named):
            stop = min(stop, named[beside])
        words = [t.lower for t in text.tokens_in((end, stop))]
        she += sum(w in {"she", "herself"} for w in words)
        he += sum(w in {"he", "himself"} for w in words)
    return None if she == he else she > he


_FEMALE = frozenset({
    "mrs", "ms", "miss", "dame", "lady", "baroness", "woman", "spokeswoman", "chairwoman", "congresswoman",
    "mother", "wife", "girl", "daughter", "sister", "schoolgirl", "widow", "queen", "princess", "bride",
})  # fmt: skip
_MALE = frozenset({
    "mr", "sir", "lord", "spokesman", "chairman", "congressman", "father", "husband", "son", "brother", "boy",
    "schoolboy", "king", "prince", "sheikh", "emir", "imam", "bishop",
})  # fmt: skip


def _skip_titles(text: Text, name: Name) -> int:
    """Index of the first token of the name proper, after the last title or courtesy in the run."""
    r = roles()
    first = name.first
    for at in range(name.first, name.last):
        lower = text.tokens[at].lower.rstrip(".")
        if first < at == name.last - 1 and is_given_name(text.tokens[first].text):
            break  # a surname that is a title too: Ana Bishop
        if lower in title_words() or (at == first and lower in r.modifiers):
            first = at + 1
    if first < name.last and text.tokens[first].lower in grammar().prepositions:
        return name.last  # "Secretary-General of the United Nations" names an office
    return first


def _key(word: str) -> str:
    return "-".join(fold(part) for part in word.split("-"))
