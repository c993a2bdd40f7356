"""A document's text cut into paragraphs, sentences and tokens, all by code-point offsets.

Every annotator works on this view, sentence by sentence. A sentence is never longer than
`LONGEST_SENTENCE`, so that a bounded pattern over one sentence is linear over a document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

import msgspec
import sentencex

from marsad.records.spans import Span

LONGEST_SENTENCE = 2_000  # characters; longer ones (tables, lists) are cut at white space
DOUBLE_QUOTES = '“”„‟"«»'
TICKS = ("''", "``", "’’", "‘‘")  # double quotation marks made of two single ones: one token
_CLOSING_MARKS = re.compile(rf"(?:[{DOUBLE_QUOTES}]|''|’’){{1,4}}")

_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r\f\v\u00a0]{0,200}\n\s{0,200}")
_LETTER = r"[^\W\d_][\u0300-\u036f\u064b-\u0655\u0670]{0,3}"  # with its combining marks
_WORD = rf"(?:{_LETTER}){{1,60}}"
# By length, since a look-behind has one width.
_TITLES_BY_LENGTH = ("Mr|Ms|Dr|Lt|St|Jr|Sr", "Mrs|Gen|Sen|Rep|Gov|Col|Maj|Sgt|Rev|Adm|Hon", "Capt|Prof|Brig")
_TITLES = "|".join(_TITLES_BY_LENGTH)
_AFTER_TITLE = "|".join(rf"(?<=\b(?:{titles})\.)" for titles in _TITLES_BY_LENGTH)
_TITLE_STOP = re.compile(rf"\.(?= [A-Z])(?:{_AFTER_TITLE})")  # begins with its rarest mark: quick to search
# "at 10 p.m. Wednesday", "at 6 a.m. GMT": what follows the hour goes on with it
_HOUR_STOP = re.compile(
    r"\.(?<=\b[ap]\.m\.)(?= (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{1,3}T|GMT|UTC)\b"
    r"| [A-Z][a-z]{2,8}\.? \d)"
)
_TOKEN = re.compile(
    # Nothing begins at a white space. Most tokens are plain letters before a blank or a comma, or a
    # mark: these two are for speed, since what follows them would cut the same.
    r"(?!\s)(?:[A-Za-z][a-z]{0,58}+(?=[ ,])"
    r"|[,.“”\"()]"
    r"|(?:[A-Z]\.){2,8}"  # U.N.  U.S.
    rf"|(?:{_TITLES})\."  # Mr.  Gen.
    r"|[A-Z]\.(?= [A-Z])"  # the initial in Donald J. Trump
    r"|''|``|’’|‘‘"
    r"|\d{1,24}(?:[,.]\d{1,24}){0,8}"  # 55,000  7.6
    r"|[’']s\b"  # a clitic of its own
    rf"|{_WORD}-(?:[A-Z]\.){{2,8}}"  # Iran-U.S.
    rf"|{_WORD}(?:(?:[-‐‑]|[’'](?!s\b)){_WORD}){{0,6}}"  # militants  al-Ansari  O’Brien  don’t
    r"|\w"
    r"|[^\w\s])"
)


_ARTICLES = ("al-", "el-", "ar-", "as-", "an-", "at-", "az-", "ad-")


class Token(msgspec.Struct, frozen=True, gc=False):
    """One token. `lower` is for look-up: case-folded, with a typographic apostrophe made plain."""

    begin: int
    end: int
    text: str
    lower: str
    is_title: bool  # begins with a capital letter, as a name does; al-Ansari and e-mail do not
    is_name: bool  # written as a name is: with a capital, or with one behind an Arabic article
    is_word: bool  # begins with a letter
    is_number: bool  # begins with a digit


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


_BEGIN, _END = attrgetter("begin"), attrgetter("end")


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
        index = bisect_right(self.sentences, offset, key=_BEGIN) - 1
        return self.sentences[max(index, 0)]

    def token_index(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; `len(tokens)` past the last."""
        return bisect_right(self.tokens, offset, key=_END)

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie wholly inside `span`."""
        first = bisect_left(self.tokens, span[0], key=_BEGIN)
        last = bisect_right(self.tokens, span[1], key=_END)
        return self.tokens[first:last]


def tokenize(text: str, begin: int, end: int) -> tuple[Token, ...]:
    """The tokens of `text[begin:end]`: words with their inner hyphens, numbers, single marks."""
    found = []
    for match in _TOKEN.finditer(text, begin, end):
        begin, end = match.span()
        word, lower, is_title, is_name, is_word, is_number = _kind(match.group())
        found.append(Token(begin, end, word, lower, is_title, is_name, is_word, is_number))
    return tuple(found)


@lru_cache(maxsize=8_192)
def _kind(word: str) -> tuple[str, str, bool, bool, bool, bool]:
    """What a token's letters alone say of it: Token's fields from `text` on."""
    lower, first = word.casefold().replace("’", "'"), word[0]
    is_title = first.isupper()
    is_name = is_title or (lower.startswith(_ARTICLES) and word[3:4].isupper())
    return word, lower, is_title, is_name, first.isalpha(), first.isdigit()


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
    masked = text[begin:end]
    for mark in _BLANKED:
        masked = masked.replace(mark, " " * len(mark))
    if not masked.isascii():
        masked = _WIDE_BLANK.sub(" ", masked)
    masked = _TITLE_STOP.sub(" ", masked)  # "Ms. Martin" ends no sentence
    masked = _HOUR_STOP.sub(" ", masked)
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


# sentencex 1.0 cuts the bytes of one in two, and so ends the program, where it stands in "A .".
_WIDE_BLANK = re.compile(r"[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_BLANKED = (*DOUBLE_QUOTES, "-", *TICKS)  # Iran-U.S. ends nothing


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
