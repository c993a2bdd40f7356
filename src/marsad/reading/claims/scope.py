"""Which claim holds a span: the innermost one whose content covers it."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.text import Text
from marsad.records.reading import Claim
from marsad.records.spans import Span, any_contains


class ClaimScope:
    """The claims of one document, laid out by sentence, so that a look-up is local."""

    def __init__(self, text: Text, claims: Sequence[Claim]) -> None:
        self._text = text
        self._by_sentence: dict[int, list[Claim]] = {}
        for claim in claims:
            for number in _sentences(text, claim):
                self._by_sentence.setdefault(number, []).append(claim)

    def innermost(self, span: Span) -> Claim | None:
        """The smallest claim that covers `span`; of equals the later one, which the other holds."""
        near = self._by_sentence.get(self._text.sentence_at(span[0]).number, ())
        holding = [claim for claim in near if any_contains(claim.spans, span)]
        return min(reversed(holding), key=_size, default=None)


def _sentences(text: Text, claim: Claim) -> list[int]:
    numbers: list[int] = []
    for begin, end in claim.spans:
        first, last = text.sentence_at(begin).number, text.sentence_at(max(begin, end - 1)).number
        numbers.extend(number for number in range(first, last + 1) if number not in numbers[-1:])
    return numbers


def _size(claim: Claim) -> int:
    return sum(end - begin for begin, end in claim.spans)
