"""What of a text belongs to the names of persons and organisations, and is no place's.

Those names are found before places are sought, by their form. A form can deceive: "the United
States", "in Wayne", "Hong Kong", "Queensland Premier Jo Bloggs". Where the words plainly say that a
place is named, the ground is given back.
"""

from __future__ import annotations

from collections.abc import Iterator

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold
from marsad.reading.places.vocabulary import vocabulary
from marsad.reading.text import Text
from marsad.records.spans import Span, Spans

LONGEST_SEAT = 3  # words of a place before an office: "New South Wales Premier"
LONGEST_PLACE = 4  # words of a place of whose name only a part was taken
_WHERE = ("in", "near", "outside", "inside", "across", "throughout", "around")


def ground_of_others(text: Text, gazetteer: Gazetteer, taken: Spans) -> Spans:
    """`taken` without what is plainly a place, in order."""
    return tuple(span for cut in sorted(set(taken)) if (span := _kept(text, gazetteer, cut)))


def _kept(text: Text, gazetteer: Gazetteer, cut: Span) -> Span | None:
    first, last = text.token_index(cut[0]), text.token_index(cut[1] - 1) + 1
    if first >= last or first >= len(text.tokens):
        return cut
    found = gazetteer.candidates(text[cut])
    if found and _is_said_to_be_a_place(text, cut, first, found):
        return None
    if any(_is_longer_place(text, gazetteer, cut, span) for span in _around(text, first, last)):
        return None
    return _behind_seat(text, gazetteer, cut, first, last)


def _is_said_to_be_a_place(text: Text, cut: Span, first: int, found: tuple[Entry, ...]) -> bool:
    """A country or region by its own name, which no person bears; or a name after "in"."""
    words = vocabulary().words
    key = fold(text[cut])
    if key in words.never:
        return False
    if key not in words.personal_countries and any(entry.kind in ("country", "region") for entry in found):
        return True
    before = [token.lower for token in text.tokens[max(0, first - 2) : first]]
    if before[-1:] == ["the"]:
        before.pop()
    return before[-1:] != [] and before[-1] in _WHERE


def _around(text: Text, first: int, last: int) -> Iterator[Span]:
    """Longer runs of words in capitals that hold the tokens."""
    tokens = text.tokens
    if last - first >= LONGEST_PLACE:
        return
    begins = [at for at in (first, first - 1, first - 2) if at >= 0 and tokens[at].is_title]
    ends = [at for at in (last, last + 1, last + 2) if at <= len(tokens) and tokens[at - 1].is_title]
    for begin in begins:
        for end in ends:
            if last - first < end - begin <= LONGEST_PLACE:
                yield tokens[begin].begin, tokens[end - 1].end


def _is_longer_place(text: Text, gazetteer: Gazetteer, cut: Span, span: Span) -> bool:
    """ "Hong [Kong]", "[Henry] County": the name goes on and is a place's."""
    words = text[span]
    return span != cut and "\n" not in words and "," not in words and bool(gazetteer.candidates(words))


def _behind_seat(text: Text, gazetteer: Gazetteer, cut: Span, first: int, last: int) -> Span | None:
    """Without the place before an office: "[Queensland] Premier Jo Bloggs"."""
    for stop in range(min(first + LONGEST_SEAT, last - 1, len(text.tokens) - 1), first, -1):
        office = text.tokens[stop]
        if office.lower.rstrip(".") in vocabulary().persons.offices and gazetteer.candidates(
            text[(text.tokens[first].begin, text.tokens[stop - 1].end)]
        ):
            return (office.begin, cut[1])
    return cut
