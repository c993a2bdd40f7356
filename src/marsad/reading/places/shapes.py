"""How words are written: as names, as headings, and as part of other names."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from marsad.reading.places.vocabulary import vocabulary
from marsad.reading.text import Token
from marsad.records.spans import Span, Spans

_END = attrgetter("end")


def blocked_by(taken: Spans, tokens: tuple[Token, ...]) -> list[bool]:
    """Whether each token shares ground with one of the spans."""
    blocked = [False] * len(tokens)
    for begin, end in taken:
        index = bisect_right(tokens, begin, key=_END)
        while index < len(tokens) and tokens[index].begin < end:
            blocked[index] = True
            index += 1
    return blocked


def merged(taken: Spans) -> list[Span]:
    """The same ground in spans that do not overlap, in order."""
    merged: list[Span] = []
    for begin, end in sorted(taken):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def is_heading(tokens: tuple[Token, ...]) -> bool:
    """Nearly every longer word in capitals, and no full stop: capitals tell nothing there."""
    words = [token for token in tokens if token.is_word and len(token.text) > 3]
    capitals = sum(token.is_title for token in words)
    return len(words) > 3 and capitals > 0.7 * len(words) and tokens[-1].text not in ".?!…"


def begins_name(token: Token) -> bool:
    """A capital at the beginning, or after an article joined to it: Hajin, al-Bab."""
    if token.is_title:
        return True
    if "-" not in token.text:
        return False
    head, mark, rest = token.text.partition("-")
    return bool(mark) and rest[:1].isupper() and head in vocabulary().context.connectors


def coded(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Part of a code ("A/California/7/2009") or of a sum ("US$5")."""
    before = tokens[first - 1].text if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    return "$" in (before, after) or before == after == "/"
