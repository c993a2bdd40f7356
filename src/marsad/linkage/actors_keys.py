"""The key of each actor of one document: what can be told to be one actor by that document alone.

Two mentions with one key are one actor. A name that only one actor bears is a key by itself; one that
several may bear (an acronym, "Interior Ministry", a person's name) is a key together with the country
that the document is about, with a person's office, or, where the document tells neither, with the
document itself. `linkage.actors` joins the keys of many documents.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from marsad.linkage.actors_names import country_of, is_acronym, is_generic
from marsad.linkage.origins import folded_name
from marsad.records.reading import Actor, Reading

OF = "|"  # between a person's office and whose office it is
SHOWN = 8  # characters of a document's id in a key
_SPECIFIC = frozenset({"media", "population", "state"})  # kinds that tell two of one acronym apart
_KUNYA = frozenset({"abu", "umm", "um", "abou"})  # "Abu Omar" is many people


class Keyed(NamedTuple):
    """An actor of a document as it is compared with those of others."""

    key: str
    called: str  # its name, folded
    country: str | None  # its own (ISO 3166-1 alpha-2), else the one that the document is most about
    role: str | None  # of a person: the office, folded, and after `OF` whose it is


def keys(reading: Reading) -> dict[str, Keyed]:
    """The actors of a reading by their local ids."""
    about = _main_country(reading)
    actors = {actor.id: actor for actor in reading.actors}
    document = reading.document.id[:SHOWN]
    return {actor.id: _keyed(actor, actors, about, document) for actor in reading.actors}


def _main_country(reading: Reading) -> str | None:
    """The country that most of the document's places are in; `None` where two have as many."""
    counted = Counter(place.country for place in reading.places if place.country)
    (first, second) = ([*counted.most_common(2), ("", 0), ("", 0)])[:2]
    return first[0] if first[1] > second[1] else None


def _keyed(actor: Actor, actors: dict[str, Actor], about: str | None, document: str) -> Keyed:
    called = folded_name(actor.name)
    parent = actors.get(actor.parent or "")
    if actor.kind == "person_role":
        role = _role(actor, parent)
        detail = role.replace(OF, " of ") if role and is_full_name(called) else document
        return Keyed(f"{called} ({detail})", called, None, role)
    own = country_of(called) or (country_of(folded_name(parent.name)) if parent else None)
    if is_acronym(actor.name):
        details = [actor.kind] if actor.kind in _SPECIFIC else []
        detail = ", ".join((*details, own or about or document))
        return Keyed(f"{called} ({detail})", called, own or about, None)
    if is_generic(called):
        return Keyed(f"{called} ({own or about or document})", called, own or about, None)
    return Keyed(called, called, own or about, None)


def is_full_name(called: str) -> bool:
    """Whether a person's folded name tells one person from most others."""
    words = called.split()
    return len(words) > 1 + (words[0] in _KUNYA)


def _role(actor: Actor, parent: Actor | None) -> str | None:
    office = folded_name(actor.role) if actor.role else ""
    whose = folded_name(parent.name) if parent else ""
    return f"{office}{OF}{whose}" if whose else office or None
