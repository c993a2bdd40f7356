"""A document's text cut into paragraphs, sentences and tokens, all by code-point offsets.

Every annotator works on this view, sentence by sentence. A sentence is never longer than
`LONGEST_SENTENCE`, so that a bounded pattern over one sentence is linear over a document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import sentencex

from marsad.records.spans import Span

LONGEST_SENTENCE = 2_000  # characters; longer ones (tables, lists) are cut at white space
DOUBLE_QUOTES = '“”„‟"«»'
TICKS = ("''", "``", "’’", "‘‘")  # double quotation marks made of two single ones: one token
_CLOSING_MARKS = re.compile(rf"(?:[{DOUBLE_QUOTES}]|''|’’){{1,4}}")

_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r\f\v\u00a0]{0,200}\n\s{0,200}")
_LETTER = r"[^\W\d_][\u0300-\u036f\u064b-\u0655\u0670]{0,3}"  # with its combining marks
_WORD = rf"(?:{_LETTER}){{1,60}}"
_TITLES = "Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Maj|Capt|Sgt|Prof|Rev|Brig|Adm|Hon|St|Jr|Sr"
_TITLE_STOP = re.compile(rf"\b({_TITLES})\.(?= [A-Z])")
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,8}"  # U.N.  U.S.
    rf"|(?:{_TITLES})\."  # Mr.  Gen.
    r"|[A-Z]\.(?= [A-Z])"  # the initial in Donald J. Trump
    r"|''|``|’’|‘‘"
    r"|\d{1,24}(?:[,.]\d{1,24}){0,8}"  # 55,000  7.6
    r"|[’']s\b"  # a clitic of its own
    rf"|{_WORD}-(?:[A-Z]\.){{2,8}}"  # Iran-U.S.
    rf"|{_WORD}(?:(?:[-‐‑]|[’'](?!s\b)){_WORD}){{0,6}}"  # militants  al-Ansari  O’Brien  don’t
    r"|\w"
    r"|[^\w\s]"
)


_ARTICLES = ("al-", "el-", "ar-", "as-", "an-", "at-", "az-", "ad-")


class Token(NamedTuple):
    """One token. `lower` is for look-up: case-folded, with a typographic apostrophe made plain."""

    begin: int
    end: int
    text: str
    lower: str

    @property
    def is_title(self) -> bool:
        """Begins with a capital letter, as a name does; al-Ansari and e-mail do not."""
        return self.text[0].isupper()

    @property
    def is_name(self) -> bool:
        """Written as a name is: with a capital, or with one behind an Arabic article."""
        return self.is_title or (self.lower.startswith(_ARTICLES) and self.text[3:4].isupper())

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


class Sentence(NamedTuple):
    """A sentence: its span without outer white space, and its tokens."""

    number: int
    begin: int
    end: int
    paragraph: int
    first: int  # index of its first token in Text.tokens
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        return self.begin, self.end


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one document with its paragraphs, sentences and tokens, in order."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]

    def __getitem__(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`, or the last one that begins before it."""
        index = bisect_right(self.sentences, offset, key=lambda sentence: sentence.begin) - 1
        return self.sentences[max(index, 0)]

    def token_index(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; `len(tokens)` past the last."""
        return bisect_right(self.tokens, offset, key=lambda token: token.end)

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie wholly inside `span`."""
        first = bisect_right(self.tokens, span[0] - 1, key=lambda token: token.begin)
        last = bisect_right(self.tokens, span[1], key=lambda token: token.end)
        return self.tokens[first:last]


def tokenize(text: str, begin: int, end: int) -> tuple[Token, ...]:
    """The tokens of `text[begin:end]`: words with their inner hyphens, numbers, single marks."""
    found = []
    for match in _TOKEN.finditer(text, begin, end):
        word = match.group()
        found.append(Token(match.start(), match.end(), word, word.casefold().replace("’", "'")))
    return tuple(found)


def segment(text: str) -> Text:
    """Cut `text` into paragraphs, sentences and tokens. Linear in its length."""
    paragraphs = _paragraphs(text)
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for number, paragraph in enumerate(paragraphs):
        for begin, end in _sentences(text, paragraph):
            words = tokenize(text, begin, end)
            if not words:
                continue
            sentences.append(Sentence(len(sentences), begin, end, number, len(tokens), words))
            tokens.extend(words)
    return Text(text, paragraphs, tuple(sentences), tuple(tokens))


def _paragraphs(text: str) -> tuple[Span, ...]:
    """Paragraphs stand between blank lines or, where a text has none, between line ends."""
    breaks = [match.span() for match in _PARAGRAPH_BREAK.finditer(text)]
    if not breaks:
        breaks = [match.span() for match in re.finditer(r"\n", text)]
    found = []
    begin = 0
    for stop, after in [*breaks, (len(text), len(text))]:
        span = _strip(text, begin, stop)
        if span:
            found.append(span)
        begin = after
    return tuple(found)


def _sentences(text: str, paragraph: Span) -> list[Span]:
    begin, end = paragraph
    # Quotation marks hide boundaries from the splitter (and an unbalanced one hides the rest of
    # the text), so it sees blanks of the same length; closing marks are given back below.
    masked = text[begin:end].translate(_BLANK_QUOTES)
    for ticks in TICKS:
        masked = masked.replace(ticks, "  ")
    masked = _TITLE_STOP.sub(r"\1 ", masked)  # "Ms. Martin" ends no sentence
    spans: list[Span] = []
    start = begin
    for boundary in sentencex.get_sentence_boundaries("en", masked):
        stop = begin + int(boundary["end_index"])
        stop = _give_back_closing_mark(text, start, stop, end)
        span = _strip(text, start, stop)
        if span:
            spans.extend(_cut(text, span))
        start = stop
    rest = _strip(text, start, end)
    if rest:
        spans.extend(_cut(text, rest))
    return spans


_BLANK_QUOTES = str.maketrans(dict.fromkeys(DOUBLE_QUOTES + "-", " "))  # Iran-U.S. ends nothing


def _give_back_closing_mark(text: str, start: int, stop: int, end: int) -> int:
    """An opening mark that the blanks let fall into the sentence before belongs to the next."""
    cut = stop
    while cut > start and (
        text[cut - 1].isspace() or text[cut - 1] in DOUBLE_QUOTES or _is_tick(text, cut - 1)
    ):
        cut -= 1
    # text[cut:stop] is white space and quotation marks after the last word or full stop
    closing = _CLOSING_MARKS.match(text, cut, stop)
    cut = closing.end() if closing else cut
    return cut if cut > start else stop


def _is_tick(text: str, at: int) -> bool:
    return text[at] in "'`’‘" and text[max(at - 1, 0) : at + 2].count(text[at]) > 1


def _strip(text: str, begin: int, end: int) -> Span | None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return (begin, end) if begin < end else None


def _cut(text: str, span: Span) -> list[Span]:
    """Cut a sentence that is longer than LONGEST_SENTENCE, at white space where there is any."""
    begin, end = span
    pieces = []
    while end - begin > LONGEST_SENTENCE:
        stop = begin + LONGEST_SENTENCE
        at = next((i for i in range(stop, begin + 1, -1) if text[i - 1].isspace()), stop)
        piece = _strip(text, begin, at)
        if piece:
            pieces.append(piece)
        begin = at
    last = _strip(text, begin, end)
    if last:
        pieces.append(last)
    return pieces
