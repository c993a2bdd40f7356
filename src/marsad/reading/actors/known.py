"""The known actors: `actors.toml` and what the user adds to it, and the forms under which they are found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from marsad.reading.lexicon import Entry, load, own
from marsad.reading.text import tokenize
from marsad.records.reading import ActorKind


class KnownActor(Entry, frozen=True):
    """An actor of the list. An `ambiguous` form names it only where the text speaks for it."""

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    countries: tuple[str, ...] = ()  # where it is at home or acts; ISO 3166-1 alpha-2
    ambiguous: tuple[str, ...] = ()  # of its forms, those that others bear too or that are words


class _Actors(Entry, frozen=True):
    actor: tuple[KnownActor, ...]


class Form(NamedTuple):
    """One way of naming known actors, as words."""

    words: tuple[str, ...]
    bearers: tuple[KnownActor, ...]  # in the order of the list
    usual: KnownActor | None  # whom it names where no text speaks for another; the only one, if it is sure

    @property
    def is_sure(self) -> bool:
        return self.usual is not None and len(self.bearers) == 1


@cache
def known_actors() -> tuple[KnownActor, ...]:
    return load("actors", _Actors).actor


@cache
def own_actors() -> frozenset[str]:
    """The names of the known actors that the user's own list adds or changes."""
    return frozenset(str(each.get("name")) for each in own("actors").get("actor", ()))


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """The forms of known actors by their first word, longest first. Case matters: IS is no verb."""
    bearers: dict[tuple[str, ...], dict[str, tuple[KnownActor, bool]]] = {}
    for actor in known_actors():
        for name in (actor.name, *actor.aliases):
            for form in _spellings(name):
                words = tuple(token.text for token in tokenize(form, 0, len(form)))
                several = bearers.setdefault(words, {})
                several.setdefault(actor.name, (actor, name not in actor.ambiguous))
    table: dict[str, list[Form]] = {}
    for words, several in bearers.items():
        table.setdefault(words[0], []).append(_form(words, tuple(several.values())))
    return {first: tuple(sorted(found, key=lambda form: -len(form.words))) for first, found in table.items()}


def _form(words: tuple[str, ...], several: tuple[tuple[KnownActor, bool], ...]) -> Form:
    usual = [actor for actor, is_sure in several if is_sure]
    return Form(words, tuple(actor for actor, _ in several), usual[0] if len(usual) == 1 else None)


def _spellings(name: str) -> Iterator[str]:
    """A name with either apostrophe, and with its Arabic article as reports write it."""
    for apostrophe in "’'":
        words = name.replace("’", "'").replace("'", apostrophe).split(" ")
        for several in product(*map(_articles, words)) if len(words) <= _LONGEST else [words]:
            yield " ".join(several)


_LONGEST = 6  # words; each may have four spellings


def _articles(word: str) -> tuple[str, ...]:
    """ "al-Nusra" as "Al-Nusra", "al Nusra" and "Al Nusra" too."""
    bare = word[3:] if word[:3] in ("al-", "Al-") and len(word) > len("al-") else None
    return (f"al-{bare}", f"Al-{bare}", f"al {bare}", f"Al {bare}") if bare else (word,)
