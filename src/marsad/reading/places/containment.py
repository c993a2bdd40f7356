"""Which place a text says holds which: "A in B", "A, B", "A, the last village, in the north of B"."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

from marsad.gazetteer import Entry
from marsad.gazetteer.folding import fold
from marsad.reading.places.evidence import Mention
from marsad.reading.places.vocabulary import demonyms, leading, types_of, vocabulary
from marsad.reading.text import Text, Token

FAR = 10  # tokens that may stand between a place and the place that holds it


_AND = (["and"], [",", "and"], ["or"], [",", "or"])


class Link(Enum):
    """How a text ties a mention to the next one as the place that holds it."""

    NONE = 0
    STATED = 1  # nothing else can be meant
    LOOSE = 2  # may be meant: counts where the gazetteer agrees


def links(text: Text, mentions: list[Mention]) -> list[Link]:
    """For each mention, its tie to the next."""
    gaps = [_gap(text, inner, outer) for inner, outer in pairwise(mentions)]
    found, listed = [Link.NONE], False
    for gap in reversed(gaps):
        words = [token.lower for token in gap or ()]
        # commas that lead up to an "and" part the members of a list: "Tabqa, Raqqa and Manbij"
        listed = words in _AND or (listed and words == [","])
        found.append(_link(gap, listed))
    return found[::-1]


def _gap(text: Text, inner: Mention, outer: Mention) -> tuple[Token, ...] | None:
    if inner.sentence.number != outer.sentence.number or outer.span[0] < inner.span[1]:
        return None
    return text.tokens_in((inner.span[1], outer.span[0]))


def _link(gap: tuple[Token, ...] | None, listed: bool) -> Link:
    if gap is None or len(gap) > FAR:
        return Link.NONE
    words = [token.lower for token in gap]
    if words == [","]:
        return Link.NONE if listed else Link.STATED
    core = _without_fillers(words)
    of_a_part = bool(words) and words[-1] == "of" and core[-1:] == [","]
    if of_a_part or (core and core[-1] in vocabulary().context.inside):
        rest = core[:-1]
        if not rest or rest == [","]:
            return Link.STATED
        return Link.LOOSE if rest[0] == "," and not {"and", "but", ";", ":"} & set(rest) else Link.NONE
    return Link.NONE


def _without_fillers(words: list[str]) -> list[str]:
    """Drop what leads from the preposition to the name: "in [the countryside of]"."""
    end = len(words)
    while end and (
        words[end - 1] in leading() or words[end - 1] in types_of() or fold(words[end - 1]) in demonyms()
    ):
        end -= 1
    return words[:end] if end else words[:1]


def holds(outer: Entry, inner: Entry) -> bool:
    """Whether the gazetteer has `inner` inside `outer`: a region, a country or one of its units."""
    if outer.id == inner.id:
        return False
    if outer.kind == "region":
        return inner.country in outer.covers and inner.kind != "region"
    if outer.country is None or outer.country != inner.country:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind == "admin1":
        return inner.admin1 == outer.name and inner.kind not in ("country", "admin1")
    return outer.kind == "admin2" and inner.admin1 == outer.admin1 and inner.kind in _POPULATED


_POPULATED = ("city", "town", "village", "other")
