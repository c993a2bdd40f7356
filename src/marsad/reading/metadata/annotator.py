"""What a document says of itself: title, author, dateline, publisher, date, genre, language.

Only what is unknown is filled, and only from the page's own words. A date that the page states as
its own is `stated`; otherwise the latest day that the text tells of as past is the earliest day on
which it can have been published: `inferred`, with the latest day left open.
"""

from __future__ import annotations

import msgspec

from marsad.reading.metadata import furniture as page
from marsad.reading.metadata.dateline import Dateline, dateline
from marsad.reading.metadata.genre import genre_of
from marsad.reading.metadata.own_date import published
from marsad.reading.metadata.vocabulary import vocabulary
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import Document
from marsad.records.spans import Span

READER = "marsad.metadata.rules@3"


def furniture(document: Document, text: Text) -> frozenset[int]:
    """Numbers of the sentences that are title, byline, heading, dateline or notice."""
    return page.furniture(text)


def body_begin(text: Text, sentence: Sentence) -> int:
    """Offset where the words of `sentence` begin after a dateline; its end if it is only that."""
    return page.body_begin(text, sentence)


def annotate(document: Document, text: Text) -> Document:
    """`document` with what its own page tells, where that was not yet known."""
    kinds = page.paragraph_kinds(text)
    line = _dateline(text)
    title = document.title or _first(text, kinds, "title")
    return msgspec.structs.replace(
        document,
        title=title,
        author=document.author or _author(text, kinds),
        dateline=document.dateline or (text[line.place] if line else None),
        publisher=document.publisher or _publisher(text, kinds, line),
        language=document.language or _language(text),
        published=document.published
        if document.published.basis != "unknown"
        else published(text, kinds, line, skip=page.furniture(text)),
        corrections=document.corrections or page.corrections(text),
        genre=document.genre if document.genre != "unknown" else genre_of(text, title, line is not None),
    )


def _first(text: Text, kinds: tuple[str, ...], kind: str) -> str | None:
    return text[text.paragraphs[kinds.index(kind)]].lstrip("# ") if kind in kinds else None


def _dateline(text: Text) -> Dateline | None:
    found = (dateline(text, number) for number in range(min(8, len(text.paragraphs))))
    return next((line for line in found if line is not None), None)


def _author(text: Text, kinds: tuple[str, ...]) -> str | None:
    """The names of the byline, or the name in the note on the author at the end."""
    if "byline" in kinds:
        span = text.paragraphs[kinds.index("byline")]
        names = _names(text.tokens_in(span))
        return _capitalised(text[names]) if names else None
    notes = [page.author_note(text, sentence) for sentence in text.sentences[-4:]]
    named = [note for note in notes if note is not None]
    return text[named[-1]] if named else None


def _names(words: tuple[Token, ...]) -> Span | None:
    """The span of the names in a byline: what follows `By`, up to a comma, bracket or `in`."""
    ends = vocabulary().byline.ends
    names: list[Token] = []
    for word in words[1:]:
        stop = word.text in ",(|–—/;" or word.is_number or (word.lower in ends and names)
        if stop:
            break
        names.append(word)
    return (names[0].begin, names[-1].end) if names else None


def _capitalised(name: str) -> str:
    return name.title() if name.isupper() else name


def _publisher(text: Text, kinds: tuple[str, ...], line: Dateline | None) -> str | None:
    """The agency in the dateline's or the byline's brackets."""
    if line and line.agency:
        return text[line.agency]
    if "byline" in kinds:
        words = text.tokens_in(text.paragraphs[kinds.index("byline")])
        opened = next((i for i, word in enumerate(words) if word.text == "("), None)
        if opened is not None and words[-1].text == ")" and len(words) - opened > 2:
            return text[words[opened + 1].begin, words[-2].end]
    return None


def _language(text: Text) -> str | None:
    """`en` where enough of the words are English function words."""
    known = vocabulary().language
    lettered = [word.lower for word in text.tokens[:2_000] if word.is_word]
    if len(lettered) < known.least_words:
        return None
    share = sum(word in known.english for word in lettered) / len(lettered)
    return "en" if share >= known.least_share else None
