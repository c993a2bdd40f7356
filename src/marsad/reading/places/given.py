"""Mentions that somebody else has marked: what may be meant by each, for the resolver alone.

A marked mention is a place by assumption, whatever it looks like: an adjective ("Russian"), a name in
small letters or in capitals, an abbreviation, a longer name that holds the place's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold
from marsad.reading.places.evidence import Mention, Surroundings
from marsad.reading.places.vocabulary import (
    roads,
    types_after,
    types_before,
    types_of,
    vocabulary,
)
from marsad.reading.text import Sentence, Text
from marsad.records.reading import PlaceKind
from marsad.records.spans import Span

GIVEN = 4.0  # points: a place by assumption
LONGEST_NAME = 6  # words looked up at once
_MARKS = " \t\n\"'“”„«»‘’`()[],;:."


def mentions(text: Text, gazetteer: Gazetteer, spans: Sequence[Span]) -> list[Mention | None]:
    """A mention for each span, with the places that it may mean; `None` where it holds no word."""
    return [_mention(text, gazetteer, span) for span in spans]


def _mention(text: Text, gazetteer: Gazetteer, span: Span) -> Mention | None:
    sentence = text.sentence_at(span[0]) if text.sentences else None
    if sentence is None or not span[0] < span[1]:
        return None
    first = max(0, text.token_index(span[0]) - sentence.first)
    last = min(len(sentence.tokens), max(first + 1, text.token_index(span[1] - 1) + 1 - sentence.first))
    first = min(first, last - 1)
    name, kind, found = _read(text[span], gazetteer)
    mention = Mention(sentence, first, last, span, name, found, type=kind)
    mention.weigh("given", GIVEN)
    if kind is None:
        mention.type = _said_kind(text, gazetteer, sentence, mention)
    if not found:
        mention.candidates, mention.loose = gazetteer.sounding_like(name), True
    return mention


def _said_kind(text: Text, gazetteer: Gazetteer, sentence: Sentence, mention: Mention) -> PlaceKind | None:
    """The type word beside the mention: "[Nyanza] province", "the town of [Baghuz]"."""
    if any(entry.kind in ("country", "region") for entry in mention.candidates):
        return None
    around = Surroundings(text, sentence, gazetteer, ())
    kind = around.kind_after(mention.last) or around.kind_before_of(mention.first)
    return kind if kind in ("admin1", "admin2", "city", "town", "village") else None


def _read(words: str, gazetteer: Gazetteer) -> tuple[str, PlaceKind | None, tuple[Entry, ...]]:
    """The name in the words, the kind that a type word in them tells, and the places of that name."""
    for name in _spellings(words):
        found = _named(name, gazetteer)
        if found:
            return name, None, found
    for name, kind in _without_types(_clean(words)):
        found = _named(name, gazetteer)
        if found:
            return name, kind, found
    for name in _inner_names(words) if not _is_road(words) else ():
        found = _named(name, gazetteer)
        if found:
            return name, "facility", found
    return _clean(words), None, ()


def _is_road(words: str) -> bool:
    return _clean(words).rpartition(" ")[2].lower().rstrip(".") in roads()


def _clean(words: str) -> str:
    name = " ".join(words.strip(_MARKS).split())
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name


def _spellings(words: str) -> Iterator[str]:
    """As worded; without marks and possessive; without the article; the part that is called after it."""
    yield words
    name = _clean(words)
    yield name
    head, _, rest = name.partition(" ")
    if head.lower() == "the" and rest:
        yield rest
    if rest and head.lower() in vocabulary().context.directions:
        yield rest
    head, mark, rest = name.partition("-")
    if mark and rest.islower():
        yield head


def _named(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places of a name; of a people's name, its country or unit."""
    found = gazetteer.candidates(name)
    if any(entry.kind == "country" for entry in found):
        return found
    return gazetteer.by_demonym(name) or (() if fold(name) in vocabulary().words.never else found)


def _without_types(name: str) -> Iterator[tuple[str, PlaceKind]]:
    """The name without the word that says what it is: "X County", "Lake X", "the city of X"."""
    words = name.split()
    lower = [word.lower().strip(".") for word in words]
    for size in (2, 1):
        if len(words) <= size:
            continue
        kind = types_after().get(" ".join(lower[-size:]))
        if kind:
            yield " ".join(words[:-size]), kind
        kind = types_of().get(" ".join(lower[:size]))
        if kind and lower[size] == "of" and len(words) > size + 1:
            yield " ".join(words[size + 1 :]), kind
    if len(words) > 1 and lower[0] in types_before():
        yield " ".join(words[1:]), types_before()[lower[0]]


def _inner_names(words: str) -> Iterator[str]:
    """The names in capitals inside a longer one, longest first: Kent in "University of Kent"."""
    parts = _clean(words).split()[: 2 * LONGEST_NAME]
    for size in range(min(LONGEST_NAME, len(parts) - 1), 0, -1):
        for begin in range(len(parts) - size + 1):
            part = parts[begin : begin + size]
            if (
                part[0][:1].isupper()
                and part[-1][:1].isupper()
                and part[0].lower() not in vocabulary().words.never
            ):
                yield " ".join(part).strip(_MARKS)


def in_order(marked: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The marked mentions, with those of `others` that overlap none of them, in order of span."""
    merged = sorted((*marked, *others), key=lambda mention: (mention.span[0], "given" not in mention.reasons))
    found: list[Mention] = []
    end = max((mention.span[1] for mention in marked), default=0)
    ahead = _next_marked(merged, end)
    reached = 0
    for mention, following in zip(merged, ahead, strict=True):
        free = mention.span[0] >= reached and mention.span[1] <= following
        if "given" in mention.reasons:
            found.append(mention)
            reached = max(reached, mention.span[1])
        elif free:
            found.append(mention)
    return found


def _next_marked(merged: Sequence[Mention], end: int) -> list[int]:
    """For each mention, where the next marked one begins."""
    ahead, following = [], max((mention.span[1] for mention in merged), default=end)
    for mention in reversed(merged):
        ahead.append(following)
        if "given" in mention.reasons:
            following = mention.span[0]
    return ahead[::-1]
