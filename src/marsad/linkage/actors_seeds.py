"""Actors that are known beforehand: a list of names to compare those of the documents with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from marsad.linkage.actors_names import spelling
from marsad.linkage.origins import folded_name


class Seed(NamedTuple):
    """One known actor. An `ambiguous` form is never enough by itself."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()  # where it is at home or acts; ISO 3166-1 alpha-2
    parent: str | None = None
    ambiguous: tuple[str, ...] = ()


class Seeds:
    """Known actors by what they are called. A form that two of them bear is ambiguous."""

    def __init__(self, known: Iterable[Seed]) -> None:
        self.by_name: dict[str, Seed] = {each.name: each for each in known}
        self._bearing: defaultdict[str, dict[str, Seed]] = defaultdict(dict)
        self._spelt: defaultdict[str, dict[str, Seed]] = defaultdict(dict)
        self._names = {folded_name(name): each for name, each in self.by_name.items()}
        self._unsure: set[str] = set()
        for seed in self.by_name.values():
            self._unsure.update(map(folded_name, seed.ambiguous))
            for form in self.forms(seed):
                self._bearing[form][seed.name] = seed
                if (spelt := spelling(form)) is not None:
                    self._spelt[spelt][seed.name] = seed

    @staticmethod
    def forms(seed: Seed) -> frozenset[str]:
        """All that it is called, folded."""
        return frozenset(map(folded_name, (seed.name, *seed.aliases)))

    def bearing(self, form: str) -> tuple[Seed, ...]:
        """Those that are called so, by name; the one whose own name it is, alone."""
        if form in self._names and form not in self._unsure:
            return (self._names[form],)
        found = self._bearing.get(form, {})
        return tuple(found[name] for name in sorted(found))

    def is_sure(self, form: str) -> bool:
        """Whether a folded form tells one known actor from all others."""
        return form not in self._unsure and len(self.bearing(form)) == 1

    def spelt(self, form: str) -> tuple[Seed, ...]:
        """Those of whom `form` is a transliteration, by name."""
        spelt = spelling(form)
        found = self._spelt.get(spelt, {}) if spelt else {}
        return tuple(found[name] for name in sorted(found))
