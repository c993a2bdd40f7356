"""Forms that several known actors bear, or that are words too: whom one means is told by its text.

What speaks for an actor, in this order: another of its names, its parent or a part of it, and a country
where it is at home. Where nobody, or more than one, is spoken for, the form stays open: an acronym is
then an actor under that acronym, and any other name is read as one that is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, cached_property

from marsad.gazetteer.countries import load_countries
from marsad.reading.actors.known import Form, KnownActor, known_actors
from marsad.reading.text import Text, Token

CLEARLY = 3  # times as often as any other country is named that of the actor that is meant
SHORTEST = 3  # letters of an acronym that is an actor though nobody knows whose it is


class Meaning:
    """Who is meant by forms of one text, of which the names that are sure were found."""

    def __init__(self, text: Text, sure: Iterable[str]) -> None:
        self._text, self._sure = text, frozenset(sure)

    def of(self, form: Form) -> KnownActor | None:
        """Whom `form` names in this text; an actor of the form's own name where that stays open."""
        rules: Sequence[Callable[[KnownActor], bool]] = (self._is_named, self._is_kin)
        for speaks_for in rules:
            found = [actor for actor in form.bearers if speaks_for(actor)]
            if found:
                return found[0] if len(found) == 1 else self._open(form)
        at_home = [actor for actor in form.bearers if self._is_at_home(actor, form.bearers)]
        if len(at_home) == 1:
            return at_home[0]
        return form.usual if form.usual and not at_home else self._open(form)

    def _is_named(self, actor: KnownActor) -> bool:
        return actor.name in self._sure

    def _is_kin(self, actor: KnownActor) -> bool:
        return actor.parent in self._sure or bool(_parts().get(actor.name, frozenset()) & self._sure)

    def _is_at_home(self, actor: KnownActor, bearers: Collection[KnownActor]) -> bool:
        others = {code for other in bearers if other is not actor for code in other.countries}
        own = self._most(set(actor.countries) - others)
        return own > 0 and own >= CLEARLY * self._most(others - set(actor.countries))

    def _most(self, countries: Iterable[str]) -> int:
        return max((self._countries[code] for code in countries), default=0)

    @cached_property
    def _countries(self) -> Counter[str]:
        """How often each country is named, or its people."""
        found: Counter[str] = Counter()
        tokens = self._text.tokens
        for at, token in enumerate(tokens):
            for words, code in _country_forms().get(token.text, ()):
                if all(map(_is, words, tokens[at : at + len(words)])) and at + len(words) <= len(tokens):
                    found[code] += 1
                    break
        return found

    def _open(self, form: Form) -> KnownActor | None:
        name = "".join(form.words)
        if not (name.isalnum() and name.isupper() and len(name) >= SHORTEST):
            return None
        kinds = {actor.kind for actor in form.bearers}
        return KnownActor(name=name, kind=kinds.pop() if len(kinds) == 1 else "organisation")


def _is(word: str, token: Token) -> bool:
    return word == token.text


@cache
def _parts() -> dict[str, frozenset[str]]:
    """Of each known actor that has parts, their names."""
    found: dict[str, set[str]] = {}
    for actor in known_actors():
        if actor.parent:
            found.setdefault(actor.parent, set()).add(actor.name)
    return {name: frozenset(parts) for name, parts in found.items()}


@cache
def _country_forms() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Countries and their peoples as words, by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for country in load_countries():
        for form in (country.name, *country.aliases, *country.demonyms):
            words = tuple(form.split())
            if words:
                table.setdefault(words[0], []).append((words, country.code))
    return {first: tuple(sorted(forms, key=lambda each: -len(each[0]))) for first, forms in table.items()}
