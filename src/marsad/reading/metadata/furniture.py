"""What of a page is not an assertion: titles, bylines, headings, datelines, notices.

Claims are not made of these sentences; `metadata` reads title, author and dateline from them.
Everything is decided by form (length, capitals, final marks, place on the page) and by the words
of `data/metadata.toml`.
"""

from __future__ import annotations

from marsad.reading.metadata.dateline import PARTICLES, TOP_PARAGRAPHS, dateline, is_date_line
from marsad.reading.metadata.vocabulary import vocabulary
from marsad.reading.text import Sentence, Text, Token
from marsad.records.corrections import is_correction
from marsad.records.spans import Span

_FINAL = tuple('.!?…:;,”"»')
_BULLETS = "•*·-–—▪●◦‣"


def furniture(text: Text) -> frozenset[int]:
    """Numbers of the sentences that assert nothing about the world."""
    kinds = paragraph_kinds(text)
    return frozenset(
        sentence.number
        for sentence in text.sentences
        if kinds[sentence.paragraph] != "body"
        or _is_notice(text, sentence)
        or _is_dateline_only(text, sentence)
    )


def body_begin(text: Text, sentence: Sentence) -> int:
    """Where the words of `sentence` begin once a dateline before them is passed over.

    The begin of the sentence where there is no dateline; its end where it is nothing else.
    """
    line = dateline(text, sentence.paragraph)
    if line is None or sentence.begin >= line.end:
        return sentence.begin
    begin = min(line.end, sentence.end)
    while begin < sentence.end and text.text[begin].isspace():
        begin += 1
    return begin


def paragraph_kinds(text: Text) -> tuple[str, ...]:
    """For each paragraph one of title, byline, date, heading, notice, correction, body."""
    kinds: list[str] = []
    for number, span in enumerate(text.paragraphs):
        kinds.append(_kind(text, number, span, kinds))
    return tuple(kinds)


def _kind(text: Text, number: int, span: Span, before: list[str]) -> str:
    if len(text.paragraphs) == 1:
        return "body"
    words = text.tokens_in(span)
    if not words:
        return "body"
    at_top = number < TOP_PARAGRAPHS
    if at_top and is_byline(words):
        return "byline"
    if is_date_line(words):
        return "date"
    if is_correction(text[span]):
        return "correction"
    if _is_page_notice(text[span], words):
        return "notice"
    if "body" not in before and "title" not in before and _is_title(text, number, span, words):
        return "title"
    return "heading" if _is_heading(text, number, span, words) else "body"


def is_byline(words: tuple[Token, ...]) -> bool:
    """`By Ann Example and Bob Sample in Amman`, `BY ANN EXAMPLE, Agency`."""
    if words[0].lower != "by" or len(words) > 20 or len(words) < 2:
        return False
    rest = [word for word in words[1:] if word.is_word]
    ends = vocabulary().byline.ends
    names = [word for word in rest if word.lower not in PARTICLES and word.lower not in ends]
    return bool(names) and all(_is_name_word(word) for word in names) and words[-1].text != "?"


def _is_name_word(word: Token) -> bool:
    return word.is_title or "-" in word.text or len(word.text) <= 3


def _is_page_notice(words: str, tokens: tuple[Token, ...]) -> bool:
    """Short paragraphs about the page: credits, links, rights."""
    folded = words[:80].casefold()
    starts = len(tokens) <= 30 and _begins_with(folded, vocabulary().furniture.paragraph_begins)
    return starts and not _ends_like_sentence(words)


def _begins_with(folded: str, phrases: tuple[str, ...]) -> bool:
    """Whether `folded` begins with one of `phrases`, as words of their own."""
    return folded.startswith(phrases) and any(
        folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum()
        for phrase in phrases
    )


def _ends_like_sentence(words: str) -> bool:
    return words.rstrip("”\"’'»)] ").endswith((".", "!", "?", "…"))


def _is_title(text: Text, number: int, span: Span, words: tuple[Token, ...]) -> bool:
    """The first short paragraph without a full stop, with more of the page after it."""
    limit = vocabulary().furniture.title_max_words
    if number > 2 or number + 1 >= len(text.paragraphs) or len(words) > limit + 8:
        return False
    lettered = [word for word in words if word.is_word]
    if not lettered or len(lettered) > limit or text[span].endswith((".", ":", ",", ";", "…")):
        return False
    if dateline(text, number) is not None:
        return False
    if text[span].endswith(("!", "?", "”", '"')):
        return _longer_follows(text, number, 2) or _byline_follows(text, number)
    return True


def _byline_follows(text: Text, number: int) -> bool:
    after = text.tokens_in(text.paragraphs[number + 1])
    return bool(after) and (is_byline(after) or is_date_line(after))


def _longer_follows(text: Text, number: int, times: int) -> bool:
    """Whether one of the two next paragraphs is `times` as long as this one."""
    begin, end = text.paragraphs[number]
    following = text.paragraphs[number + 1 : number + 3]
    return any(stop - start >= times * (end - begin) for start, stop in following)


def _is_heading(text: Text, number: int, span: Span, words: tuple[Token, ...]) -> bool:
    """A short line that is no sentence, with longer text somewhere below it."""
    line = text[span]
    if line.startswith("#"):
        return True
    lettered = [word for word in words if word.is_word]
    if not lettered or len(lettered) > vocabulary().furniture.heading_max_words or line[0] in _BULLETS:
        return False
    if line.endswith(_FINAL) or _ends_like_sentence(line) or not (words[0].is_title or words[0].is_number):
        return False
    return number + 1 < len(text.paragraphs) and _longer_follows(text, number, 2)


def _is_notice(text: Text, sentence: Sentence) -> bool:
    """A credit, link or correction that stands among the sentences of the text."""
    words = vocabulary().furniture
    folded = text[sentence.span].casefold()
    opening = folded[:80].lstrip(_BULLETS + " ")
    return (
        _begins_with(opening, words.sentence_begins)
        or any(phrase in folded for phrase in words.sentence_holds)
        or is_correction(text[sentence.span])
        or author_note(text, sentence) is not None
    )


def author_note(text: Text, sentence: Sentence) -> Span | None:
    """The name in `• Ann Example is a fellow of the Institute`, the last words of an opinion."""
    words = sentence.tokens
    bulleted = words[0].text in _BULLETS
    if not bulleted and sentence.number + 2 < len(text.sentences):
        return None
    note = vocabulary().author_note
    names = words[1:] if bulleted else words
    verb = next((i for i, word in enumerate(names[:8]) if word.lower in note.verbs), None)
    if verb is None or verb < 2 or not all(_is_name_word(word) or word.text == "." for word in names[:verb]):
        return None
    if not names[0].is_title or names[0].lower in _DETERMINERS or (not bulleted and len(text.sentences) < 6):
        return None
    if not any(word.lower in note.roles for word in names[verb + 1 : verb + 9]):
        return None
    return names[0].begin, names[verb - 1].end


_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "he", "she", "it", "his", "her", "their"})


def _is_dateline_only(text: Text, sentence: Sentence) -> bool:
    line = dateline(text, sentence.paragraph)
    return line is not None and sentence.end <= line.end


def corrections(text: Text) -> tuple[str, ...]:
    """What says that the text was changed: paragraphs, and sentences of others, as worded."""
    kinds = paragraph_kinds(text)
    found: dict[Span, None] = {}
    for sentence in text.sentences:
        if kinds[sentence.paragraph] == "correction":
            found[text.paragraphs[sentence.paragraph]] = None
        elif is_correction(text[sentence.span]):
            found[sentence.span] = None
    return tuple(text[span].lstrip(_BULLETS + " ") for span in found)
