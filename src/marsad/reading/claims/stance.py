"""How sure the holder of a claim is, and which claim a denial denies."""

from __future__ import annotations

from functools import cache

from marsad.reading.lexicon import Entry, load
from marsad.reading.text import Text, tokenize
from marsad.records.reading import Certainty, Claim
from marsad.records.spans import Spans

MAIN_CLAUSE = 14  # words; a hedge further on weakens a part of the content, not the claim
ALIKE = 0.4  # share of a denial's content words that the denied claim must hold
LOOK_BACK = 300  # claims before a denial among which the denied one is sought


class _Hedges(Entry, frozen=True):
    probable: frozenset[str]
    possible: frozenset[str]
    open: frozenset[str]


@cache
def _hedges() -> _Hedges:
    return load("hedges", _Hedges)


def certainty(text: Text, spans: Spans, cue: Certainty) -> Certainty:
    """The weaker of what the cue says and what hedges in the content's main clause say.

    The scale is that of FactBank (Saurí and Pustejovsky 2009): certain, probable, possible.
    """
    if cue == "unknown":
        return cue
    h = _hedges()
    tokens = [t for t in text.tokens_in(spans[0]) if t.is_word][:MAIN_CLAUSE]
    words = [
        t.lower
        for i, t in enumerate(tokens)
        if not (i and t.is_title) and not (i and tokens[i - 1].lower == "not")  # May 2017, "not possible"
    ]
    if words and words[0] in h.open:
        return "unknown" if cue == "certain" else cue
    if cue == "possible" or any(word in h.possible for word in words):
        return "possible"
    if cue == "probable" or any(word in h.probable for word in words):
        return "probable"
    return "certain"


class Denials:
    """The claims of a text so far, for what a denial denies."""

    def __init__(self) -> None:
        self._claims: list[Claim] = []
        self._words: dict[str, frozenset[str]] = {}  # content words by a claim's id, once asked for

    def add(self, claim: Claim) -> None:
        self._claims.append(claim)

    def denied_claim(self, words: str) -> str | None:
        """Id of the last claim before that says what is denied, or None where none clearly does."""
        denied = _content_words(words)
        if len(denied) < 2:
            return None
        for claim in self._claims[: -LOOK_BACK - 1 : -1]:
            if claim.polarity != "affirmed" or claim.text == words:
                continue
            if len(denied & self._words_of(claim)) >= max(2, ALIKE * len(denied)):
                return claim.id
        return None

    def _words_of(self, claim: Claim) -> frozenset[str]:
        known = self._words.get(claim.id)
        if known is None:
            known = self._words[claim.id] = _content_words(claim.text)
        return known


def _content_words(words: str) -> frozenset[str]:
    return frozenset(t.lower for t in tokenize(words, 0, len(words)) if t.is_word and len(t.text) > 3)
