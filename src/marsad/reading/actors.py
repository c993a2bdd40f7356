"""Actors: groups, states, forces, institutions, media, and persons by their public role.

Names come from `names.py` and `persons.py`; here they are joined under their acronyms and
aliases, states and their forces are added from what countries are called, and definite
descriptions ("the group", "the committee") are tied to whom they stand for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from marsad.gazetteer.countries import Country, load_countries
from marsad.reading import names, persons
from marsad.reading.cues import speaks
from marsad.reading.names import KnownActor, Name, organisation_heads
from marsad.reading.persons import Person
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.reading.text import Text, Token
from marsad.records.reading import Actor, ActorKind
from marsad.records.spans import Span, Spans, any_contains, overlaps

READER = "marsad.actors.rules@1"

_GOVERNMENTS = frozenset(
    {"government", "regime", "authorities", "state", "administration", "governments", "leadership"}
)
_FORCES = frozenset(
    {
        "forces", "troops", "army", "military", "soldiers", "warplanes", "jets", "marines", "navy",
        "police", "intelligence", "commandos", "airstrikes", "aircraft",
    }
)  # fmt: skip
_PEOPLES = frozenset(
    {
        "Kurdish",
        "Arab",
        "Sunni",
        "Shia",
        "Shi’ite",
        "Shiite",
        "Druze",
        "Yazidi",
        "Turkmen",
        "Tuareg",
        "Houthi",
    }
)
# Nouns of definite descriptions, with the kinds of actor that they stand for.
_DESCRIPTIONS: dict[str, frozenset[ActorKind]] = {
    "group": frozenset({"armed_group"}),
    "militia": frozenset({"armed_group"}),
    "coalition": frozenset({"coalition"}),
    "alliance": frozenset({"coalition", "armed_group", "international_org"}),
    "organisation": frozenset({"armed_group", "organisation", "international_org"}),
    "organization": frozenset({"armed_group", "organisation", "international_org"}),
    "movement": frozenset({"armed_group", "organisation"}),
    "charity": frozenset({"organisation"}),
    "agency": frozenset({"organisation", "international_org", "media"}),
    "newspaper": frozenset({"media"}),
    "observatory": frozenset({"organisation"}),
}


@dataclass
class _Draft:
    name: str
    kind: ActorKind
    mentions: list[Span] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    role: str | None = None
    parent: str | None = None  # a name; made an id at the end


class Cast(NamedTuple):
    """Everybody in a text: actors, and all persons with the private ones among them."""

    actors: tuple[Actor, ...]
    persons: tuple[Person, ...]
    names: tuple[Name, ...]
    bylines: tuple[str, ...] = ()  # author and publisher: public by what they publish

    def taken(self) -> Spans:
        """Spans of names of persons and of organisations, in which no place is to be sought."""
        spans = [m for person in self.persons for m in person.mentions]
        spans += [name.span for name in self.names if name.kind in {"actor", "organisation", "person"}]
        return tuple(sorted(set(spans)))

    def private(self) -> Spans:
        """Spans of names, ages and home towns of private persons."""
        hidden = [
            p for p in self.persons if not p.public and not any(p.name in line for line in self.bylines)
        ]
        spans = {span for person in hidden for span in (*person.mentions, *person.details)}
        return tuple(sorted(spans))

    def actor_within(self, span: Span) -> Actor | None:
        """The actor whose mention lies in `span` and begins first; the longest of equals."""
        inside = [
            (m[0], m[0] - m[1], a)
            for a in self.actors
            for m in a.mentions
            if span[0] <= m[0] and m[1] <= span[1]
        ]
        return min(inside, key=lambda found: found[:2])[2] if inside else None


def annotate(
    text: Text,
    *,
    is_place: Callable[[str], bool],
    speaks: Callable[[int], bool],
    bylines: tuple[str, ...] = (),
) -> Cast:
    """Everybody that `text` names.

    `is_place` says whether a name stands in the gazetteer; `speaks` whether the token at an index
    of `Text.tokens` is a verb of speech; `bylines` are the author and the publisher.
    """
    found = names.find(text)
    people = persons.annotate(
        text,
        found,
        is_place=lambda name: name in _country_words() or is_place(name),
        is_country=_country_words().__contains__,
        speaks=speaks,
    )
    drafts: dict[str, _Draft] = {}
    _add_known(text, found, drafts)
    taken = [m for person in people for m in person.mentions]
    _add_organisations(text, [n for n in found if not any_contains(taken, n.span)], drafts, speaks)
    _add_states(text, drafts)
    _add_persons(text, people, drafts)
    _add_descriptions(text, drafts)
    return Cast(_finish(text, drafts), people, found, bylines)


def with_mentions(actors: tuple[Actor, ...], spoken: tuple[tuple[str, Span], ...]) -> tuple[Actor, ...]:
    """`actors` with the spans of sources that were resolved to them (actor id, span) added."""
    added: dict[str, set[Span]] = {}
    for actor_id, span in spoken:
        added.setdefault(actor_id, set()).add(span)
    result = []
    for actor in actors:
        new = [s for s in added.get(actor.id, ()) if not any(overlaps(s, m) for m in actor.mentions)]
        result.append(replace(actor, mentions=tuple(sorted((*actor.mentions, *new)))) if new else actor)
    return tuple(result)


@cache
def _country_words() -> dict[str, Country]:
    """Names, everyday names and demonyms of countries."""
    table: dict[str, Country] = {}
    for country in load_countries():
        for word in (*country.demonyms, *country.aliases, country.name):
            table.setdefault(word, country)
    return table


@cache
def _country_names() -> dict[str, Country]:
    return {word: c for c in load_countries() for word in (c.name, *c.aliases)}


def _draft(drafts: dict[str, _Draft], name: str, kind: ActorKind, *, parent: str | None = None) -> _Draft:
    return drafts.setdefault(name, _Draft(name, kind, parent=parent))


def _mention(draft: _Draft, text: Text, span: Span, *, alias: bool = True) -> None:
    if any(overlaps(span, m) for m in draft.mentions):
        return
    draft.mentions.append(span)
    words = text[span]
    if alias and words != draft.name and words not in draft.aliases:
        draft.aliases.append(words)


def _add_known(text: Text, found: tuple[Name, ...], drafts: dict[str, _Draft]) -> None:
    for name in found:
        if name.known is None or _is_hyphenated(text, name):
            continue
        known: KnownActor = name.known
        _mention(_draft(drafts, known.name, known.kind, parent=known.parent), text, name.span)


def _is_hyphenated(text: Text, name: Name) -> bool:
    """The name is half of an adjective: "UN-brokered"."""
    return (
        text.text[name.end : name.end + 1] in {"-", "‑"}
        and not text.text[name.end + 1 : name.end + 2].isspace()
    )


def _add_organisations(
    text: Text, found: list[Name], drafts: dict[str, _Draft], speaks: Callable[[int], bool]
) -> None:
    acronyms: dict[str, str] = {}
    for name in found:
        if name.kind in {"organisation", "unknown"} and name.last - name.first > 1:
            acronym = _acronym_after(text, name)
            if acronym:
                acronyms[acronym] = text[name.span]
    for name in found:
        words = text[name.span]
        if name.kind == "organisation" or words in acronyms.values():
            draft = _draft(drafts, words, _organisation_kind(text, name))
            _mention(draft, text, name.span)
        elif words in acronyms:
            full = acronyms[words]
            if full in drafts:
                _mention(drafts[full], text, name.span)
        elif (name.kind == "acronym" and speaks(name.last) and words not in _country_words()) or (
            name.kind == "unknown" and _is_described(text, name)
        ):
            _mention(_draft(drafts, words, "organisation"), text, name.span)


def _acronym_after(text: Text, name: Name) -> str | None:
    """The acronym in brackets right after a name: "Ruritanian Front (RF)"."""
    tokens = text.tokens[name.last : name.last + 3]
    if (
        len(tokens) == 3
        and tokens[0].text == "("
        and tokens[2].text == ")"
        and tokens[1].text.isupper()
        and len(tokens[1].text) >= 2
    ):
        return tokens[1].text
    return None


def _organisation_kind(text: Text, name: Name) -> ActorKind:
    tokens = text.tokens[name.first : name.last]
    kinds = [organisation_heads()[t.lower] for t in tokens if t.lower in organisation_heads()]
    if text.tokens[name.first].text in {"UN", "U.N.", "EU", "International"} and kinds:
        return "international_org"
    kind = kinds[-1] if kinds else "organisation"
    before = text.tokens[name.last - 2].text if name.last - name.first > 1 else ""
    if kind == "state_force" and before not in _country_words() and tokens[-1].lower == "forces":
        kind = "armed_group"
    return kind  # type: ignore[return-value]


_DESCRIBING = frozenset(
    {
        "charity",
        "thinktank",
        "ngo",
        "agency",
        "organisation",
        "organization",
        "newspaper",
        "broadcaster",
        "magazine",
        "group",
    }
)


def _is_described(text: Text, name: Name) -> bool:
    """ "the charity Xyz", "Xyz, a London-based thinktank,"."""
    if name.first and text.tokens[name.first - 1].lower in _DESCRIBING - {"group"}:
        return True
    after = text.tokens[name.last : name.last + 7]
    return (
        bool(after)
        and after[0].text == ","
        and any(t.lower in _DESCRIBING for t in after)
        and after[1].lower in {"a", "an", "the"}
    )


def _add_states(text: Text, drafts: dict[str, _Draft]) -> None:
    for sentence in text.sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if not token.is_title:
                continue
            size = _country_size(text, tokens, at)
            if size:
                _add_state(text, tokens, at, at + size, drafts)
            elif (
                token.text in _PEOPLES
                and at + 1 < len(tokens)
                and tokens[at + 1].lower in _FORCES | {"fighters", "militias", "authorities"}
            ):
                kind: ActorKind = "organisation" if tokens[at + 1].lower == "authorities" else "armed_group"
                span = (token.begin, tokens[at + 1].end)
                _mention(_draft(drafts, text[span], kind), text, span)


def _country_size(text: Text, tokens: tuple[Token, ...], at: int) -> int:
    """How many tokens from `at` name a country or its people; 0 if none do."""
    sizes = (n for n in (3, 2, 1) if at + n <= len(tokens))
    return next((n for n in sizes if text[(tokens[at].begin, tokens[at + n - 1].end)] in _country_words()), 0)


def _add_state(text: Text, tokens: tuple[Token, ...], at: int, stop: int, drafts: dict[str, _Draft]) -> None:
    country = _country_words()[text[(tokens[at].begin, tokens[stop - 1].end)]]
    head = _head_after(tokens, stop)
    if head is not None:
        index, shared = head
        noun = tokens[index].lower
        span = (tokens[at].begin, tokens[stop - 1].end if shared else tokens[index].end)
        if noun in _GOVERNMENTS:
            _mention(_draft(drafts, country.name, "state"), text, span, alias=not shared)
        else:
            label = f"{text[(tokens[at].begin, tokens[stop - 1].end)]} {tokens[index].text}"
            _mention(_draft(drafts, label, "state_force", parent=country.name), text, span, alias=False)
        return
    named = text[(tokens[at].begin, tokens[stop - 1].end)] in _country_names()
    if named and _acts(tokens, at, stop):
        _mention(_draft(drafts, country.name, "state"), text, (tokens[at].begin, tokens[stop - 1].end))


def _head_after(tokens: tuple[Token, ...], stop: int) -> tuple[int, bool] | None:
    """Index of "forces" or "government" behind an adjective, and whether others share it.

    "Syrian, Iraqi, and U.S. forces" are the forces of three states.
    """
    at = stop
    shared = False
    while at < len(tokens) and at < stop + 9:
        token = tokens[at]
        if token.lower in _GOVERNMENTS | _FORCES:
            return at, shared
        if (
            token.text in {",", "and"}
            and at + 1 < len(tokens)
            and (tokens[at + 1].is_title or tokens[at + 1].text == "and")
        ):
            shared = True
        elif not (token.is_title and token.text in _country_words()) and token.lower not in {
            "special",
            "ground",
            "armed",
            "air",
            "security",
            "government",
            "’s",
            "'s",
        }:
            return None
        at += 1
    return None


def _acts(tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """Whether a country's name stands for the state: it does something, or something is done to it."""
    g = grammar()
    before = tokens[at - 1].lower if at else ""
    if tokens[stop - 1].text != "" and stop < len(tokens) and tokens[stop].text.startswith("-"):
        return False
    if before in {"against", "between", "with", "by"}:
        return True
    if (
        before == "and"
        and at >= 2
        and any(t.lower in {"between", "against"} for t in tokens[max(0, at - 6) : at - 1])
    ):
        return True
    if before in g.prepositions:
        return False
    while stop < len(tokens) and is_adverb(tokens[stop]):
        stop += 1
    after = tokens[stop] if stop < len(tokens) else None
    if after is not None and speaks(tokens, stop):
        return True
    return after is not None and (
        is_finite(after) or (after.lower.endswith("ed") and after.is_word and not after.is_title)
    )


def _add_persons(text: Text, people: tuple[Person, ...], drafts: dict[str, _Draft]) -> None:
    for person in people:
        if not person.public or person.role is None:
            continue
        draft = _Draft(person.name, "person_role", role=person.role.text)
        drafts.setdefault(f"\0{person.name}", draft)
        for span in person.mentions:
            _mention(draft, text, span)
        draft.parent = _employer(text, person.role.span, [d for d in drafts.values() if d is not draft])


def _employer(text: Text, role: Span, others: list[_Draft]) -> str | None:
    """Whose office a role is: "SDF spokesman", "director of the institute"; not "expert on the group"."""
    for draft in others:
        for mention in draft.mentions:
            if not _within(mention, role):
                continue
            before = [
                t.lower for t in text.tokens_in((role[0], mention[0])) if t.lower not in grammar().determiners
            ]
            if not any(w in grammar().prepositions for w in before) or before[-1] in {
                "of",
                "for",
                "at",
                "with",
                "in",
            }:
                return draft.name
    return None


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _add_descriptions(text: Text, drafts: dict[str, _Draft]) -> None:
    """ "U.N. committee" as an actor of its own; "the group", "the committee" as mentions."""
    for sentence in text.sentences:
        tokens = sentence.tokens
        for at in range(len(tokens) - 1):
            noun = tokens[at + 1]
            if noun.lower not in organisation_heads() and noun.lower not in _DESCRIPTIONS:
                continue
            token = tokens[at]
            owner = next((d for d in drafts.values() if (token.begin, token.end) in d.mentions), None)
            if owner and owner.kind in {"international_org", "state", "coalition"} and not noun.is_title:
                span = (token.begin, noun.end)
                name = text[span]
                kind: ActorKind = "international_org" if owner.kind == "international_org" else "organisation"
                made = _draft(drafts, name, kind, parent=owner.name)
                _mention(made, text, span)
            elif token.lower in {"the", "this"} and not _goes_on(tokens, at + 2):
                target = _described(drafts, noun.lower, token.begin)
                if target:
                    _mention(target, text, (token.begin, noun.end), alias=False)


def _goes_on(tokens: tuple[Token, ...], after: int) -> bool:
    """Whether the noun is the first half of a compound, or is of something else: "the group of"."""
    if after >= len(tokens):
        return False
    return tokens[after].lower in {"of", "for", "led", "called", "-"} or tokens[after].is_title


def _described(drafts: dict[str, _Draft], noun: str, before: int) -> _Draft | None:
    """Whom "the `noun`" stands for: the last named before it that is called so or is of its kind."""
    kinds = _DESCRIPTIONS.get(noun, frozenset())
    best: tuple[int, int] | None = None
    chosen = None
    for draft in drafts.values():
        earlier = [m[0] for m in draft.mentions if m[0] < before]
        if not earlier:
            continue
        called = any(noun in form.lower().split() for form in (draft.name, *draft.aliases))
        if not called and draft.kind not in kinds:
            continue
        if called and draft.kind == "person_role":
            continue
        rank = (0 if noun == "group" else int(called), max(earlier))
        if best is None or rank > best:
            best, chosen = rank, draft
    return chosen


def _finish(text: Text, drafts: dict[str, _Draft]) -> tuple[Actor, ...]:
    ordered = sorted((d for d in drafts.values() if d.mentions), key=lambda d: (min(d.mentions), d.name))
    ids = {draft.name: f"a{number}" for number, draft in enumerate(ordered, 1)}
    return tuple(
        Actor(
            id=f"a{number}",
            name=draft.name,
            kind=draft.kind,
            mentions=tuple(sorted(draft.mentions)),
            reader=READER,
            aliases=tuple(draft.aliases),
            role=draft.role,
            parent=ids.get(draft.parent) if draft.parent else None,
        )
        for number, draft in enumerate(ordered, 1)
    )
