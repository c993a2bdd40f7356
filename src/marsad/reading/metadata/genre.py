"""What kind of text a document is, by conservative rules from its form; else unknown.

Form decides in this order: official papers, letters, interviews, testimony, labelled analysis,
argued opinion, report. A text that shows none of these stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from marsad.reading.metadata import furniture as page
from marsad.reading.metadata.vocabulary import vocabulary
from marsad.reading.text import Text, Token
from marsad.records.reading import Genre

_SYMBOL = re.compile(r"\b(?:S|A|E)/(?:RES/|HRC/|PV\.)?\d{1,4}(?:/\d{1,4})?\b")
_NUMBERED = re.compile(r"\d{1,3}\.\s")
_HEAD = 700  # characters at the top of a document where its kind is named
_LEAST_WORDS = 120
_ARGUED_WORDS = 300  # an argument without a signature shows itself only at length


class Shares(NamedTuple):
    """Per thousand words outside quotation marks."""

    words: int
    singular: float
    plural: float
    attribution: float
    argument: float


def genre_of(text: Text, title: str | None, has_dateline: bool) -> Genre:
    """The genre of `text`, `unknown` where its form does not show it."""
    words = vocabulary().genre
    head = text.text[:_HEAD].casefold()
    if _official(text, head):
        return "official"
    if _letter(text, head):
        return "letter"
    if _interview(text):
        return "interview"
    shares = _shares(text)
    whole = text.text.casefold()
    if any(phrase in whole for phrase in words.testimony_holds) and shares.singular > 8:
        return "testimony"
    label = (title or text.text[:60]).casefold().lstrip("# ")
    if _labelled(label, words.opinion_labels):
        return "opinion"
    if _labelled(label, words.analysis_labels):
        return "analysis"
    if has_dateline:
        return "report"
    return _by_shares(text, shares)


def _labelled(line: str, names: tuple[str, ...]) -> bool:
    """`Analysis: ...`, `Opinion | ...`, `Editorial – ...`."""
    return any(
        line.startswith(name) and line[len(name) :].lstrip()[:1] in (":", "|", "–", "-") for name in names
    )


def _by_shares(text: Text, shares: Shares) -> Genre:
    """Testimony speaks of itself, opinion argues and cites little, a report cites.

    The shares at which they part were set on public news and comment of 2017 to 2019.
    """
    if shares.words < _LEAST_WORDS:
        return "report" if shares.attribution >= 12 else "unknown"
    if shares.singular > 25 and shares.attribution < 15:
        return "testimony"
    signed = any(page.author_note(text, sentence) for sentence in text.sentences[-4:])
    argued = shares.plural + shares.argument
    if signed and shares.attribution < 12:
        return "opinion"
    if shares.words >= _ARGUED_WORDS and argued >= 7 and shares.attribution < 3.5:
        return "opinion"
    if shares.singular > 15:
        return "unknown"
    cites = shares.attribution >= 5.5 or (shares.attribution >= 4 and argued <= 2)
    return "report" if cites else "unknown"


def _official(text: Text, head: str) -> bool:
    words = vocabulary().genre
    begins = [text[span][:100].casefold().lstrip("# ") for span in text.paragraphs[:4]] or [""]
    if any(line.startswith(phrase) for line in begins for phrase in words.official_begins):
        return True
    if any(phrase in begins[0] for phrase in words.official_titles):
        return True
    numbered = sum(bool(_NUMBERED.match(text.text, begin)) for begin, _ in text.paragraphs)
    named = bool(_SYMBOL.search(text.text, 0, _HEAD)) or any(
        phrase in head for phrase in words.official_holds
    )
    return (bool(named) and len(text.paragraphs) > 2) or (numbered >= 3 and "security council" in head)


def _letter(text: Text, head: str) -> bool:
    words = vocabulary().genre
    if any(head.lstrip().startswith(phrase) for phrase in words.letter_begins):
        return True
    whole = text.text.casefold()
    return any(phrase in whole for phrase in words.letter_holds) and len(text.tokens) < 3_000


def _interview(text: Text) -> bool:
    """Turns of talk: paragraphs that open with `Q:` and `A:`, or with a name and a colon."""
    turns = [text[span][:3].casefold() for span in text.paragraphs]
    asked = sum(turn.startswith(("q:", "q.")) for turn in turns)
    answered = sum(turn.startswith(("a:", "a.")) for turn in turns)
    return asked >= 2 and answered >= 2


def _shares(text: Text) -> Shares:
    words = vocabulary().genre
    spoken = [word for word in _outside_quotes(text) if word.text != "US"]
    lettered = [word for word in text.tokens if word.is_word]
    return Shares(
        len(spoken),
        _share(spoken, words.first_person_singular),
        _share(spoken, words.first_person_plural),
        _share(lettered, words.attribution),
        _share(spoken, words.argument),
    )


def _share(tokens: Sequence[Token], vocabulary: tuple[str, ...]) -> float:
    return 1000 * sum(word.lower in vocabulary for word in tokens) / max(len(tokens), 1)


def _outside_quotes(text: Text) -> tuple[Token, ...]:
    """The words that no quotation marks hold; a mark left open ends with its paragraph."""
    kept: list[Token] = []
    for begin, end in text.paragraphs:
        inside = False
        for word in text.tokens_in((begin, end)):
            if word.text in '“”„«»"':
                inside = word.text in "“„«" or (word.text == '"' and not inside)
            elif word.is_word and not inside:
                kept.append(word)
    return tuple(kept)
