"""Finds words again: by position in the text they were taken from, by quote in any other.

A document may be extracted a second time, with other line breaks, headers or a changed sentence. A
quote is then looked for whatever its white space; where it stands in several places, the words
around it decide, and where they do not, that is said. Nothing is guessed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from marsad.records.review import Quote, Selector
from marsad.records.spans import Span, Spans

CONTEXT = 32  # code points kept on each side of a quote
MOST_PLACES = 1_000  # of one quote that are compared with each other
_MOST_COMPARED = 20_000_000  # code points; fewer places of a quote that is very long


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The words stand in several places, and nothing says which one is meant."""

    reason: str


@dataclass(frozen=True, slots=True)
class Orphaned:
    """The words do not stand in the text."""

    reason: str


class _Collapsed(NamedTuple):
    """A text with single blanks for its white space, and where each code point came from."""

    text: str
    offsets: array[int]

    def span(self, begin: int, length: int) -> Span:
        return self.offsets[begin], self.offsets[begin + length - 1] + 1


class _Wanted(NamedTuple):
    """A quote with single blanks: its words, and what stands before and after them."""

    words: str
    before: str
    after: str


def selector(text: str, text_sha256: str, spans: Spans) -> Selector:
    """`spans` of `text`, each with its words and up to `CONTEXT` code points around them."""
    quotes = (
        Quote(
            exact=text[begin:end],
            prefix=text[max(0, begin - CONTEXT) : begin],
            suffix=text[end : end + CONTEXT],
        )
        for begin, end in spans
    )
    return Selector(text_sha256=text_sha256, spans=spans, quotes=tuple(quotes))


def anchor(selector: Selector, text: str, text_sha256: str) -> Spans | Ambiguous | Orphaned:
    """Where the words of `selector` stand in `text`, one span a quote, in the same order.

    In the text that the selector was made from, these are its own spans. Time is linear in the
    length of the text; a quote that stands in more than `MOST_PLACES` places is ambiguous.
    """
    if selector.text_sha256 == text_sha256:
        inside = all(0 <= begin < end <= len(text) for begin, end in selector.spans)
        return selector.spans if inside else Orphaned("its spans lie outside of the text")
    if len(selector.quotes) != len(selector.spans):
        return Orphaned("its spans have no quotes")
    found: list[Span] = []
    for quote in selector.quotes:
        place = _place(quote, _collapsed(text))
        if isinstance(place, Ambiguous | Orphaned):
            return place
        found.append(place)
    if _in_order(selector.spans) and not _in_order(found):
        return Ambiguous("its pieces no longer stand in their order")
    return tuple(found)


def pieces(selector: Selector) -> Iterator[tuple[Span, Selector]]:
    """Each span of `selector` with a selector of its own."""
    for span, quote in zip(selector.spans, selector.quotes, strict=False):
        yield span, Selector(text_sha256=selector.text_sha256, spans=(span,), quotes=(quote,))


def places(text: str, words: str) -> Spans:
    """Where `words` stand in `text` as whole words, whatever the white space."""
    within = _collapsed(text)
    wanted = _Wanted(" ".join(words.split()), "", "")
    if not wanted.words:
        return ()
    begins, _ = _begins(within.text, wanted, most=len(within.text))
    return tuple(within.span(begin, len(wanted.words)) for begin in begins)


def _place(quote: Quote, within: _Collapsed) -> Span | Ambiguous | Orphaned:
    wanted = _wanted(quote)
    if not wanted.words:
        return Orphaned("it quotes no words")
    full = _by_full_context(wanted, within.text)
    begin = _by_agreement(wanted, within.text) if full is None else full
    return within.span(begin, len(wanted.words)) if isinstance(begin, int) else begin


def _by_full_context(wanted: _Wanted, text: str) -> int | Ambiguous | None:
    """The one place with all that stood around the words; `None` where there is none."""
    if not (wanted.before and wanted.after):
        return None
    whole = "".join((wanted.before, wanted.words, wanted.after))
    at = text.find(whole)
    if at < 0:
        return None
    if text.find(whole, at + 1) >= 0:
        return Ambiguous(f"{_short(wanted)} stands in several places with the same words around it")
    return at + len(wanted.before)


def _by_agreement(wanted: _Wanted, text: str) -> int | Ambiguous | Orphaned:
    """The place whose surroundings agree with the quote's over the greatest length."""
    begins, is_complete = _begins(text, wanted)
    if not is_complete:
        return Ambiguous(f"{_short(wanted)} stands in too many places")
    if not begins:
        return Orphaned(f"{_short(wanted)} is not in the text")
    agreed = [_agreement(wanted, text, begin) for begin in begins]
    best = max(agreed)
    if agreed.count(best) > 1:
        return Ambiguous(f"{_short(wanted)} stands in {agreed.count(best)} places that fit equally well")
    return begins[agreed.index(best)]


def _begins(text: str, wanted: _Wanted, most: int = MOST_PLACES) -> tuple[list[int], bool]:
    """Where the words begin, overlapping places too, and whether these are all.

    Words that were whole words are not found within longer ones. The bound holds the work down on
    a text of one word a million times over.
    """
    words = wanted.words
    most = max(2, min(most, _MOST_COMPARED // len(words)))
    is_begin = words[0].isalnum() and not wanted.before[-1:].isalnum()
    is_end = words[-1].isalnum() and not wanted.after[:1].isalnum()
    found: list[int] = []
    at = text.find(words)
    for _ in range(most):
        if at < 0:
            return found, True
        end = at + len(words)
        goes_on_before = is_begin and text[max(0, at - 1) : at].isalnum()
        goes_on_after = is_end and text[end : end + 1].isalnum()
        if not (goes_on_before or goes_on_after):
            found.append(at)
        at = text.find(words, at + 1)
    return found, at < 0


def _agreement(wanted: _Wanted, text: str, begin: int) -> int:
    """How many code points around the place are those around the quote, before and after."""
    end = begin + len(wanted.words)
    before = text[max(0, begin - len(wanted.before)) : begin]
    after = text[end : end + len(wanted.after)]
    return _common(before[::-1], wanted.before[::-1]) + _common(after, wanted.after)


def _common(a: str, b: str) -> int:
    """Length of the common beginning."""
    for at, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return at
    return min(len(a), len(b))


def _wanted(quote: Quote) -> _Wanted:
    exact = quote.exact
    lead = exact[: len(exact) - len(exact.lstrip())]
    trail = exact[len(exact.rstrip()) :]
    return _Wanted(
        words=" ".join(exact.split()),
        before=_squeezed(quote.prefix + lead).lstrip(),
        after=_squeezed(trail + quote.suffix).rstrip(),
    )


def _squeezed(text: str) -> str:
    """Single blanks for white space, at both ends too."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{inner}{' ' * text[-1].isspace()}"


@lru_cache(maxsize=4)
def _collapsed(text: str) -> _Collapsed:
    words = text.split()
    offsets = array("q")
    end = 0
    for word in words:
        begin = text.index(word, end)  # only white space lies between
        end = begin + len(word)
        offsets.extend(range(begin, end))
        offsets.append(end)
    return _Collapsed(" ".join(words), offsets)


def _in_order(spans: Spans | list[Span]) -> bool:
    return all(a[1] <= b[0] for a, b in pairwise(spans))


def _short(wanted: _Wanted) -> str:
    return repr(wanted.words if len(wanted.words) <= 40 else f"{wanted.words[:39]}…")
