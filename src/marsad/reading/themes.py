"""What each claim is about, and which way it moves, from the words of `themes.toml`.

A claim has no theme where none of the words is there, and a theme has the direction `none` where
no word for one stands near, or words for two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta
from msgspec.structs import replace

from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Phrases
from marsad.reading.text import Text, Token
from marsad.records.reading import Claim, Direction, Theme

ThemeName = Literal[
    "strength", "capability", "finance", "recruitment", "leadership", "territory", "detention",
    "displacement", "repatriation", "hostages", "protection", "governance", "external_support", "intent",
    "civilian_harm", "risk",
]  # fmt: skip

_BREAKS = frozenset(',;:.—–“”"()')


class _Directions(Entry, frozen=True):
    up: tuple[str, ...]
    down: tuple[str, ...]
    steady: tuple[str, ...]


class _Reach(Entry, frozen=True):
    words: Annotated[int, Meta(ge=0)]
    most: Annotated[int, Meta(ge=1)]


class _Themes(Entry, frozen=True):
    """The shape of `themes.toml`."""

    themes: dict[ThemeName, tuple[str, ...]]
    directions: _Directions
    reach: _Reach


class _Hit(NamedTuple):
    theme: ThemeName
    direction: Direction


def annotate(text: Text, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The same claims, each with at most three themes: the most often named first."""
    return tuple(replace(claim, themes=_themes(text, claim)) for claim in claims)


def _themes(text: Text, claim: Claim) -> tuple[Theme, ...]:
    hits = [hit for span in claim.spans for hit in _hits(text.tokens_in(span))]
    order = list(dict.fromkeys(hit.theme for hit in hits))
    counts = {theme: sum(1 for hit in hits if hit.theme == theme) for theme in order}
    chosen = sorted(order, key=lambda theme: (-counts[theme], order.index(theme)))[: _vocabulary().reach.most]
    return tuple(Theme(theme=theme, direction=_direction(hits, theme)) for theme in chosen)


def _hits(tokens: Sequence[Token]) -> list[_Hit]:
    """The phrases of themes among `tokens`, each with the direction of the words around it."""
    spans: list[tuple[int, int, ThemeName]] = []
    at = 0
    while at < len(tokens):
        match = _phrases().at(tokens, at)
        if match is not None:
            spans.append((at, match.stop, match.value))
        at = match.stop if match is not None else at + 1
    taken = {index for first, stop, _ in spans for index in range(first, stop)}
    return [_Hit(theme, _near(tokens, first, stop, taken)) for first, stop, theme in spans]


def _near(tokens: Sequence[Token], first: int, stop: int, taken: set[int]) -> Direction:
    """The one direction that words near a phrase name, short of a break; else the phrase's own.

    A word that belongs to another theme's phrase says how that one moves.
    """
    reach = _vocabulary().reach.words
    begin, end = first, stop
    while begin > max(0, first - reach) and tokens[begin - 1].text not in _BREAKS:
        begin -= 1
    while end < min(len(tokens), stop + reach) and tokens[end].text not in _BREAKS:
        end += 1
    around = [at for at in (*range(begin, first), *range(stop, end)) if at not in taken]
    return _one(tokens, around) if _moves_at(tokens, around) else _one(tokens, range(first, stop))


def _moves_at(tokens: Sequence[Token], places: Iterable[int]) -> set[Direction]:
    return {match.value for at in places if (match := _moves().at(tokens, at)) is not None}


def _one(tokens: Sequence[Token], places: Iterable[int]) -> Direction:
    named = _moves_at(tokens, places)
    return named.pop() if len(named) == 1 else "none"


def _direction(hits: Sequence[_Hit], theme: ThemeName) -> Direction:
    named = {hit.direction for hit in hits if hit.theme == theme and hit.direction != "none"}
    return named.pop() if len(named) == 1 else "none"


@cache
def _vocabulary() -> _Themes:
    loaded: _Themes = load("themes", _Themes)
    return loaded


@cache
def _phrases() -> Phrases[ThemeName]:
    return Phrases.of(_vocabulary().themes)


@cache
def _moves() -> Phrases[Direction]:
    directions = _vocabulary().directions
    groups: dict[Direction, tuple[str, ...]] = {
        "up": directions.up,
        "down": directions.down,
        "steady": directions.steady,
    }
    return Phrases.of(groups)
