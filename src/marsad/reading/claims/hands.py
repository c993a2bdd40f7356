"""Through whose hands words went: the medium that they were told to, and whom their speaker cites."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.claims.spoken import Attribution
from marsad.reading.noun_phrases import phrase_after
from marsad.reading.text import Text, Token
from marsad.records.spans import Span, Spans, overlaps

_SAID = frozenset({"saying", "reporting", "having", "confirming", "claiming"})  # "quoted a source as saying"
_TELLING = frozenset({"tell", "tells", "told", "telling"})
_CITING = frozenset({"citing", "quoting"})
_QUOTING = _CITING | {"cite", "cites", "cited", "quote", "quotes", "quoted"}


def quoting(text: Text, spoken: Attribution) -> Attribution:
    """ "citing an official as saying that A": the content is A, and the official is behind the source.

    "Citing an official" alone, or before a comma, leaves a content of what follows the comma, or none.
    """
    said = text.tokens_in(spoken.cue) if spoken.cue else ()
    if not any(token.lower in _QUOTING for token in said):
        return spoken
    tokens = text.tokens_in(spoken.content[0])
    stop = phrase_after(tokens, 0, len(tokens))
    after = [token.lower for token in tokens[stop : stop + 2]]
    is_said = after[:1] == ["as"] and after[-1] in _SAID
    if not stop or (after and after[0] != "," and not is_said):
        return spoken
    begins = stop + (1 if after[:1] == [","] else len(after))
    rest = ((tokens[begins].begin, spoken.content[0][1]),) if begins < len(tokens) else ()
    return spoken._replace(
        content=(*rest, *spoken.content[1:]), behind=((tokens[0].begin, tokens[stop - 1].end),)
    )


def passed_on(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """ "X said, citing Y, that A": one attribution, with Y behind X, where two cues were found."""
    kept = [one for one in found if not one.behind]
    at_sentence: dict[int, list[int]] = {}
    for at, one in enumerate(kept):
        if one.cue is not None:
            at_sentence.setdefault(text.sentence_at(one.cue[0]).number, []).append(at)
    for one in found:
        if not one.behind or one.cue is None:
            continue
        near = at_sentence.get(text.sentence_at(one.cue[0]).number, ())
        host = next((at for at in near if _is_told_in(one.content, kept[at].content)), None)
        if host is not None:
            kept[host] = kept[host]._replace(behind=one.behind)
        elif one.content:
            kept.append(one)
        else:  # "she cited the report": nobody else says what it says
            kept.append(one._replace(content=one.behind, behind=()))
    return kept


def _is_told_in(content: Spans, other: Spans) -> bool:
    return not content or any(overlaps(a, b) for a in content for b in other)


class Hands:
    """The hands of the attributions of one text."""

    def __init__(self, text: Text, attributions: Sequence[Attribution]) -> None:
        self._text = text
        self._cited: dict[Span, Spans] = {}  # by cue
        by_sentence: dict[int, list[Attribution]] = {}
        for one in attributions:
            if one.cue is not None:
                by_sentence.setdefault(text.sentence_at(one.cue[0]).number, []).append(one)
        for number, several in by_sentence.items():
            self._note_cited(text.tokens_in(text.sentences[number].span), several)

    def told(self, spoken: Attribution) -> Spans:
        """ "told the agency that", "said to the agency": whom by name the words were told, if anybody."""
        if spoken.cue is None:
            return ()
        sentence = self._text.sentence_at(spoken.cue[0])
        tokens = self._text.tokens_in((spoken.cue[1], sentence.end))
        said = self._text.tokens_in(spoken.cue)
        first = int(bool(tokens) and tokens[0].lower == "to")
        if not first and not any(token.lower in _TELLING for token in said):
            return ()
        stop = phrase_after(tokens, first, len(tokens))
        if stop == first or not any(token.is_name for token in tokens[first:stop]):
            return ()
        span = (tokens[first].begin, tokens[stop - 1].end)
        return () if any(overlaps(span, each) for each in spoken.content) else (span,)

    def cited(self, spoken: Attribution) -> Spans:
        """ "the paper said, citing officials": those whom the speaker of these words cites for them."""
        return self._cited.get(spoken.cue, ()) if spoken.cue else ()

    def _note_cited(self, tokens: tuple[Token, ...], several: Sequence[Attribution]) -> None:
        inside = [span for one in several for span in (*one.content, *_edges(one))]
        for at, token in enumerate(tokens[:-1]):
            if token.lower not in _CITING or any(begin <= token.begin < end for begin, end in inside):
                continue
            stop = phrase_after(tokens, at + 1, len(tokens))
            if stop > at + 1:
                cue = min((one.cue for one in several if one.cue), key=lambda cue: _apart(cue, token))
                self._cited.setdefault(cue, ((tokens[at + 1].begin, tokens[stop - 1].end),))


def _edges(one: Attribution) -> Spans:
    return tuple(span for span in (one.source, one.cue) if span is not None)


def _apart(cue: Span, token: Token) -> tuple[int, Span]:
    """How far a cue is from a word; one before it is nearer than one behind."""
    return (token.begin - cue[1] if cue[1] <= token.begin else 1_000 + cue[0] - token.end), cue
