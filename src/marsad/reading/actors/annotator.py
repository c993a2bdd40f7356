"""Actors: groups, states, forces, institutions, media, and persons by their public role.

Names come from `names.py` and `persons.py`; here they are joined under their acronyms and
aliases with states and their forces, and definite descriptions ("the group", "the committee") are
tied to whom they stand for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from marsad.models import Entity
from marsad.reading.actors import details, names, persons, unexplained
from marsad.reading.actors.descriptions import add_descriptions
from marsad.reading.actors.names import Name
from marsad.reading.actors.organisations import add_known, add_organisations
from marsad.reading.actors.persons import Person
from marsad.reading.actors.register import Draft, Register, meets
from marsad.reading.actors.states import add_states, country_words
from marsad.reading.syntax import grammar
from marsad.reading.text import Text
from marsad.records.reading import Actor
from marsad.records.spans import Span, Spans

NEARBY = 300  # characters within which a clause without a name still speaks of the last one named


class Cast(NamedTuple):
    """Everybody in a text: actors, and all persons with the private ones among them."""

    actors: tuple[Actor, ...]
    persons: tuple[Person, ...]
    names: tuple[Name, ...]
    bylines: tuple[str, ...] = ()  # author and publisher: public by what they publish
    details: Spans = ()  # ages and home towns of persons without a name

    def taken(self) -> Spans:
        """Spans of names of persons and of organisations, in which no place is to be sought."""
        spans = [m for person in self.persons for m in person.mentions]
        spans += [name.span for name in self.names if name.kind in {"actor", "organisation", "person"}]
        return tuple(sorted(set(spans)))

    def private(self) -> Spans:
        """Spans of names, ages and home towns of private persons."""
        hidden = [p for p in self.persons if not p.public and not self._publishes(p)]
        named = {span for person in hidden for span in (*person.mentions, *person.details)}
        return tuple(sorted(named | set(self.details)))

    def _publishes(self, person: Person) -> bool:
        return any(person.name in line for line in self.bylines)


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
    found = persons.persons_not_groups(text, names.find(text))
    people = persons.annotate(
        text,
        found,
        is_place=lambda name: name in country_words() or is_place(name),
        is_country=country_words().__contains__,
        speaks=speaks,
    )
    taken = sorted(m for person in people for m in person.mentions)
    ends = list(accumulate((end for _, end in taken), max))

    def is_of_person(name: Name) -> bool:
        before = bisect_right(taken, name.begin, key=itemgetter(0))
        return before > 0 and ends[before - 1] >= name.end

    register = Register(text)
    add_known(text, found, register)
    is_country = country_words().__contains__
    organisations = [n for n in found if not is_of_person(n) and not is_country(text[n.begin, n.end])]
    add_organisations(text, organisations, register, speaks)
    add_states(text, register)
    _add_persons(text, people, register)
    add_descriptions(text, register)
    return Cast(register.finish(), people, found, bylines, _unnamed_details(text, people, is_place))


def with_persons_read(
    text: Text, cast: Cast, entities: Iterable[Entity], *, is_place: Callable[[str], bool]
) -> Cast:
    """`cast` with the persons whom only the trained reader finds: see `unexplained`.

    `is_place` is as in `annotate`.
    """
    of_actors = (mention for actor in cast.actors for mention in actor.mentions)
    of_persons = (mention for person in cast.persons for mention in person.mentions)
    of_organisations = (n.span for n in cast.names if n.kind in {"actor", "organisation", "acronym"})
    others = unexplained.annotate(
        text,
        entities,
        explained=(*of_actors, *of_persons, *of_organisations),
        is_place=lambda name: name in country_words() or is_place(name),
        is_country=country_words().__contains__,
    )
    return cast._replace(persons=(*cast.persons, *others))


def _unnamed_details(
    text: Text, people: tuple[Person, ...], is_place: Callable[[str], bool]
) -> tuple[Span, ...]:
    """Ages and home towns told of private persons away from their names."""
    mentions = sorted((m, person.public) for person in people for m in person.mentions)
    public = [m for m, is_public in mentions if is_public]

    def is_private_at(offset: int) -> bool:
        last = bisect_left(mentions, offset, key=lambda found: found[0][0]) - 1
        return last >= 0 and not mentions[last][1] and offset - mentions[last][0][0] < NEARBY

    towns = details.homes(text, is_private_at, is_place, country_words().__contains__)
    return tuple(sorted({*details.years_old(text, public, is_private_at), *towns}))


def with_mentions(actors: tuple[Actor, ...], spoken: tuple[tuple[str, Span], ...]) -> tuple[Actor, ...]:
    """`actors` with the spans of sources that were resolved to them (actor id, span) added."""
    added: dict[str, set[Span]] = {}
    for actor_id, span in spoken:
        added.setdefault(actor_id, set()).add(span)
    result = []
    for actor in actors:
        new = [s for s in added.get(actor.id, ()) if not meets(actor.mentions, s)]
        result.append(replace(actor, mentions=tuple(sorted((*actor.mentions, *new)))) if new else actor)
    return tuple(result)


def _add_persons(text: Text, people: tuple[Person, ...], register: Register) -> None:
    for person in people:
        if not person.public or person.role is None:
            continue
        employer = _employer(text, person.role.span, register)
        draft = register.add(Draft(person.name, "person_role", role=person.role.text, parent=employer))
        for span in person.mentions:
            register.mention(draft, span)


def _employer(text: Text, role: Span, register: Register) -> str | None:
    """Whose office a role is: "SDF spokesman", "director of the institute"; not "expert on the group"."""
    g = grammar()
    for draft, mention in register.within(role):
        if draft.kind == "person_role":
            continue
        before = [t.lower for t in text.tokens_in((role[0], mention[0])) if t.lower not in g.determiners]
        governed = before and before[-1] in {"of", "for", "at", "with", "in"}
        if governed or not any(word in g.prepositions for word in before):
            return draft.name
    return None
