"""What each claim is about, and which way it moves, from the words of `themes.toml`.

A claim has no theme where none of the words is there, and a theme has the direction `none` where
nothing says how it moves, or two words say two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from marsad.reading.text import Text, Token
from marsad.reading.themes.directions import direction
from marsad.reading.themes.mentions import mentions
from marsad.reading.themes.vocabulary import ThemeName, reach
from marsad.records.reading import Claim, Direction, Theme

__all__ = ["ThemeName", "annotate"]


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
    chosen = sorted(order, key=lambda theme: (-counts[theme], order.index(theme)))[: reach().most]
    return tuple(Theme(theme=theme, direction=_direction(hits, theme)) for theme in chosen)


def _hits(tokens: Sequence[Token]) -> list[_Hit]:
    found = mentions(tokens)
    taken = frozenset(index for one in found for index in range(one.first, one.stop))
    return [_Hit(one.sense.theme, direction(tokens, one, taken)) for one in found]


def _direction(hits: Sequence[_Hit], theme: ThemeName) -> Direction:
    named = {hit.direction for hit in hits if hit.theme == theme and hit.direction != "none"}
    return named.pop() if len(named) == 1 else "none"
