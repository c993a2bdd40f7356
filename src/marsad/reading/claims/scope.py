"""Which claim a span belongs to: the innermost one whose content covers it, or the one it introduces."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from marsad.reading.text import Text
from marsad.records.reading import Claim, Cue, Party
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

    def teller(self, span: Span) -> Claim | None:
        """`innermost`; of words that introduce a claim and lie in no other's content, that claim.

        "X accused Y" is itself told, and so is "ignored" in "X ignored a call by Y to leave". The claim is
        then a plain statement, since what its cue says of its content is not said of the cue.
        """
        held = self.innermost(span)
        if held is not None:
            return held
        near = self._by_sentence.get(self._text.sentence_at(span[0]).number, ())
        introduced = (claim for claim in near for part in (claim.cue, claim.source) if _covers(part, span))
        claim = next(introduced, None) or min(near, key=_is_held, default=None)
        return claim and replace(claim, attitude="statement", polarity="affirmed", certainty="certain")


def _is_held(claim: Claim) -> bool:
    return claim.parent is not None


def _covers(part: Cue | Party | None, span: Span) -> bool:
    return part is not None and any_contains(part.spans, span)


def _sentences(text: Text, claim: Claim) -> list[int]:
    numbers: list[int] = []
    for begin, end in claim.spans:
        first, last = text.sentence_at(begin).number, text.sentence_at(max(begin, end - 1)).number
        numbers.extend(number for number in range(first, last + 1) if number not in numbers[-1:])
    return numbers


def _size(claim: Claim) -> int:
    return sum(end - begin for begin, end in claim.spans)
