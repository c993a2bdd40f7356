"""A watch: a TOML file that names a subject, an area and indicators.

    name = "gbf"
    title = "The Grey Banner Front in Mongolia"
    subjects = ["GBF"]
    countries = ["MN"]

    [[indicators]]
    name = "finance"
    title = "Finance"
    themes = ["finance"]
    measures = ["finance."]
    words = ["levy", "smugg*"]

It is refused where it holds a key that is not known, a theme that no claim can have, or an empty list:
what is spelt wrongly would otherwise be a gap in the board that nobody sees.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, get_args

import msgspec
from msgspec import Struct

from marsad.assessment.watch import files
from marsad.errors import BadInput
from marsad.gazetteer.countries import load_countries
from marsad.ledger.showing.words import tokens
from marsad.reading.figures.measures import PEOPLE
from marsad.reading.figures.measures import vocabulary as counted
from marsad.reading.incidents.kinds import types
from marsad.reading.themes.vocabulary import ThemeName

WINDOW = 180  # days: one half-yearly report falls into it
_LONGEST_NAME = 60
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
_AT = " - at `$"  # before the path of a key in msgspec's messages
Table = dict[str, Any]
# Of what is done: by the subject, to it, or either
Side = Literal["doer", "target", "any"]


class Indicator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is watched, with what counts as evidence of it: one of its terms is enough.

    `words` are matched as a search does, without case and diacritics: several words one after the
    other, `word*` by its beginning. Where `up`, `down` or `steady` has words, they alone say how it moves;
    else the directions of its themes do.
    """

    name: str
    title: str
    themes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()  # a prefix that ends in a dot stands for all that begin so
    incidents: tuple[str, ...] = ()  # PLOVER types
    side: Side = "any"  # of incidents, and of the figures of those harmed, held or freed
    words: tuple[str, ...] = ()
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()  # sentences that show what is meant; nothing is matched against them

    @property
    def has_own_directions(self) -> bool:
        return bool(self.up or self.down or self.steady)


class Watch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject in an area, and what is asked of it."""

    name: str
    title: str
    subjects: tuple[str, ...]  # actors, by any of their names
    indicators: tuple[Indicator, ...]
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    places: tuple[str, ...] = ()  # by name or gazetteer id
    window: int = WINDOW  # days before the board's date in which what is said tells how things move

    @classmethod
    def load(cls, where: str | Path, workspace: Path | None = None) -> Self:
        """The watch in the file `where`, or of that name: of the workspace, else one that ships.

        Args:
            workspace: the folder of a ledger; its watches lie in `watches/`.

        Raises:
            NotFound: there is none.
            BadInput: the file is no watch; the message names the key.
        """
        raw, file = files.found(where, workspace)
        return cls.parse(raw, file)

    @classmethod
    def parse(cls, raw: bytes, file: str) -> Self:
        """The watch that a TOML file holds.

        Args:
            file: what its errors call it.

        Raises:
            BadInput: it is no watch; the message names the key.
        """
        try:
            table = tomllib.loads(raw.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"{file}: is no TOML: {error}") from None
        except RecursionError:
            raise BadInput(f"{file}: is no TOML of a watch: lists are nested too deep") from None
        listed = table.get("indicators")
        if isinstance(listed, list):
            table["indicators"] = [_indicator(each, at, file) for at, each in enumerate(listed, 1)]
        watch: Self = _converted(table, cls, file)
        for fault in _faults(watch, table):
            raise BadInput(f"{file}: {fault}")
        return watch


def _indicator(given: object, number: int, file: str) -> Indicator:
    name = given.get("name") if isinstance(given, dict) else None
    where = f"{file}: indicator {name if isinstance(name, str) else number}"
    found: Indicator = _converted(given, Indicator, where)
    for fault in _faults_of_indicator(found, given if isinstance(given, dict) else {}):
        raise BadInput(f"{where}: {fault}")
    return found


def _converted(given: object, shape: type[Any], where: str) -> Any:  # noqa: ANN401 - an instance of `shape`
    try:
        return msgspec.convert(given, type=shape)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(_AT)
        key = path.rstrip("`").lstrip(".")
        raise BadInput(f"{where}: {f'{key}: ' if key else ''}{what}") from None


def _faults(watch: Watch, table: Table) -> Iterator[str]:
    """What is wrong with a watch whose keys and indicators are sound."""
    yield from _faults_of_name(watch.name)
    yield from _empty_lists(table)
    for subject in watch.subjects:
        if not tokens(subject):
            yield f"subjects: {subject!r} is no name; give an actor by any of its names"
    if not watch.title.strip():
        yield "title: is empty; give it a line"
    codes = {country.code for country in load_countries()}
    for code in watch.countries:
        if code not in codes:
            yield f"countries: {code!r} is no country of ISO 3166-1 alpha-2; give a code such as SY"
    if watch.window < 1:
        yield f"window: {watch.window} is no number of days; give 1 or more"
    named = Counter(indicator.name for indicator in watch.indicators)
    yield from (f"indicators: {name} stands there twice" for name, number in named.items() if number > 1)


def _faults_of_name(name: str) -> Iterator[str]:
    if not is_name(name):
        yield f"name: {name!r} is no name; give small letters, digits, - and _, at most {_LONGEST_NAME}"


def is_name(name: str) -> bool:
    """Whether a watch or an indicator may be called so: it stands in file names and in ids."""
    return 0 < len(name) <= _LONGEST_NAME and _NAME.issuperset(name)


def _faults_of_indicator(indicator: Indicator, table: Table) -> Iterator[str]:
    yield from _faults_of_name(indicator.name)
    if not indicator.title.strip():
        yield "title: is empty; give it a line"
    yield from _empty_lists(table)
    yield from _unknown("themes", indicator.themes, get_args(ThemeName), str.__eq__)
    yield from _unknown("measures", indicator.measures, _measures(), _may_be_measure)
    yield from _unknown("incidents", indicator.incidents, tuple(types()), str.__eq__)
    for key in ("words", "up", "down", "steady"):
        for words in getattr(indicator, key):
            if not tokens(words):
                yield f"{key}: {words!r} holds no word"
    if not (indicator.themes or indicator.measures or indicator.incidents or indicator.words):
        yield "has nothing that counts as evidence; give themes, measures, incidents or words"


def _empty_lists(table: Table) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, list) and not value:
            yield f"{key}: is an empty list; fill it or leave it out"


def _unknown(
    key: str, given: Iterable[str], known: Collection[str], is_same: Callable[[str, str], bool]
) -> Iterator[str]:
    for each in given:
        if not any(is_same(each, one) for one in known):
            yield f"{key}: {each!r} is not known; there are {', '.join(sorted(known))}"


@cache
def _measures() -> frozenset[str]:
    """What figures measure, but for `count.` and the noun: from the vocabulary of the reader."""
    words = counted()
    parts = {kind.part for name, kind in words.kinds.items() if name in PEOPLE}
    stated = {kind.measure for kind in words.kinds.values()} | {event.measure for event in words.events}
    stated |= set(words.money.measures)
    joined = {f"{each[:-1]}{part}" for each in stated if each.endswith(".*") for part in parts}
    whole = {each for each in stated if "." in each and not each.endswith(".*")}
    return frozenset(whole | joined | {"origin.countries", "count."})


def known_measures(sought: Iterable[str]) -> frozenset[str]:
    """The measures for which those of an indicator stand, as far as they are in the vocabulary."""
    given = tuple(sought)
    return frozenset(
        known
        for known in _measures() | set(given)
        if not known.endswith(".")
        and any(known.startswith(each) if each.endswith(".") else known == each for each in given)
    )


def _may_be_measure(given: str, known: str) -> bool:
    """Whether it is this measure, the beginning of it that ends in a dot, or a count of any noun."""
    if known == "count.":
        return given.startswith(known)
    return given == known or (given.endswith(".") and known.startswith(given))
