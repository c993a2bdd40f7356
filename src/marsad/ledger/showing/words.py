"""Words as a search sees them, and the language of a search, the same on SQLite and on PostgreSQL.

What is stored and what is typed are folded by one function, `tokens`. The databases take its tokens
as they are and fold nothing themselves, so both find the same documents. In FTS5 a row is its tokens
joined by spaces, under the tokenizer named in `TOKENIZER`; in PostgreSQL it is `tsvector`.

Folding goes for recall: spellings of one word meet, and now and then two words do. Scripts that are
written without spaces give one token a run, so there a beginning with a star finds more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from marsad.errors import BadInput

# FTS5's `ascii` takes every character beyond ASCII as part of a token and changes none of them.
# `unicode61` goes by a table of Unicode 6.1, and would take some letters of our tokens as spaces.
TOKENIZER = "ascii"

LONGEST_TOKEN = 100  # characters; the rest is cut, in what is stored and in what is typed
LONGEST_SEARCH = 500  # tokens; what is typed after them is left out

# Limits of PostgreSQL's tsvector
LAST_POSITION = 16_383
MOST_POSITIONS = 256  # of one lexeme
MOST_BYTES = 2**20 - 1

_APOSTROPHE, _TURNED = "'", "`"  # only the first one can stand before a possessive s
_FOLDED_ALIKE = {
    _APOSTROPHE: "'’",
    _TURNED: "`‘‛´\u1ffd′՚׳",
    "": "ʹʺʻʼʽʾʿˈـٴ",  # half rings and primes of transliterations, tatweel, the high hamza
    " ": "\u200b",  # the space of no width
    # Latin letters that Unicode does not take apart
    "ae": "æ",
    "b": "ɓ",
    "d": "đðɗ",
    "e": "əɛ",
    "h": "ħ",
    "i": "ı",
    "k": "ƙ",
    "l": "ł",
    "n": "ŋ",
    "o": "øɔ",
    "oe": "œ",
    "t": "ŧ",
    "th": "þ",
    "y": "ƴ",
    # Arabic script as written in Arabic, Persian, Kurdish, Pashto and Urdu
    "ا": "ٱ",
    "ي": "ىیېےێۍ",
    "ه": "ةەہۃھ",
    "ك": "کڪ",
    "و": "ۆ",
    "ر": "ڕ",
    "ل": "ڵ",
}
_LETTERS = {char: folded for folded, chars in _FOLDED_ALIKE.items() for char in chars}

# Of the classes of combination, those of vowel signs, kana voicing, viramas, and the tones of Thai
_SPELLING_CLASSES = frozenset({0, 8, 9, *range(84, 133)})
_SELECTORS = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

# Ra's is a place in romanised Arabic (ra's, a head or a cape) and no possessive.
# The mark comes first and what stands before it after, so that `re` leaps from mark to mark.
_POSSESSIVE = re.compile(r"'s(?<=[^ '`]'s)(?<!\bra's)(?![^ '`])")
_INSIDE = re.compile(r"['`](?<=[^ '`].)(?=[^ '`])")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TYPED = re.compile(r'"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^"\s]+)')


def tokens(text: str) -> list[str]:
    """The words of `text` in order, folded. `tokens` of the tokens, joined by spaces, are the same.

    A word is a run of letters and digits of any script. Case and diacritics are set aside, digits
    are ASCII, the forms of one Arabic letter are one, and harakat and tatweel are gone. The signs by
    which Indic scripts, Thai and others write vowels and tones are no diacritics, and stay.
    Apostrophes inside a word are dropped, a possessive s with them; any other mark parts words,
    hyphens too. A raised digit is a footnote's and left out, and so is the mark over what disclosure
    hides.
    """
    if not text.isascii():  # first these, so that most often the rest is ASCII and quick to translate
        text = _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDING), text)
    folded = text.translate(_FOLDING)
    if _APOSTROPHE in folded or _TURNED in folded:
        folded = _INSIDE.sub("", _POSSESSIVE.sub("", folded))
        folded = folded.replace(_APOSTROPHE, " ").replace(_TURNED, " ")
    return [word for run in folded.split() if _has_letter(word := run[:LONGEST_TOKEN])]


def tsvector(text: str) -> str:
    """`text` as a literal of PostgreSQL's `tsvector`: every token with its positions, from 1.

    A tsvector holds positions up to 16,383 and at most 256 of one lexeme. A lexeme that has more is
    given the weight A, and a phrase with such a lexeme finds texts that hold its words, wherever they
    stand: too much rather than too little. A tsvector is under a mebibyte. Of a larger text the
    lexemes that come last are left out; it takes more than 50,000 different words of usual length.
    """
    positions: dict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(tokens(text), 1):
        positions[token].append(position)
    vector = " ".join(_lexeme(token, found) for token, found in positions.items()).encode()
    if len(vector) > MOST_BYTES:  # the literal takes no less than what it becomes
        vector = vector[: vector.rindex(b" ", 0, MOST_BYTES + 1)]
    return vector.decode()


class Term(NamedTuple):
    """Tokens that must stand one after another; of the last one perhaps only the beginning."""

    tokens: tuple[str, ...]
    is_prefix: bool

    def fts5(self) -> str:
        return f'"{" ".join(self.tokens)}"{" *" if self.is_prefix else ""}'

    def tsquery(self) -> str:
        last = len(self.tokens) - 1
        stars = ["*" if self.is_prefix and at == last else "" for at in range(last + 1)]
        words = [_lexeme_sought(token, star) for token, star in zip(self.tokens, stars, strict=True)]
        if not last:
            return words[0]
        # The weight A says that positions of the lexeme were left out: see `tsvector`.
        gaps = [_lexeme_sought(token, star + "A") for token, star in zip(self.tokens, stars, strict=True)]
        return f"({' <-> '.join(words)} | ({' | '.join(gaps)}) & {' & '.join(words)})"


@dataclass(frozen=True, slots=True)
class Search:
    """What to find: every one of `terms`."""

    terms: tuple[Term, ...]

    @classmethod
    def parse(cls, typed: str) -> Search:
        """What a user typed: words, "phrases in quotes" and beginn*.

        Nothing else has a meaning: AND, NEAR, colons and brackets are words or part them. A word that
        is several tokens (al-Hol) is a phrase. A quote without an end runs to the end. Of a very
        long search the first 500 tokens count.

        Raises:
            BadInput: there is no word in it.
        """
        found = map(_term, _TYPED.finditer(typed.translate(_QUOTES)))
        terms = tuple(_first(dict.fromkeys(term for term in found if term.tokens), LONGEST_SEARCH))
        if not terms:
            raise BadInput(f'search {typed[:40]!r}: no word in it; type words, "a phrase" or a beginn*')
        return cls(terms)

    def fts5(self) -> str:
        """The right side of `MATCH` over an FTS5 table of tokens, tokenised by `TOKENIZER`."""
        return " AND ".join(term.fts5() for term in self.terms)

    def tsquery(self) -> str:
        """A literal of PostgreSQL's `tsquery`, to be matched with what `tsvector` gives."""
        return " & ".join(term.tsquery() for term in self.terms)


def _term(match: re.Match[str]) -> Term:
    word = match["word"]
    if word is None:
        return Term(tuple(tokens(match["phrase"])), bool(match["star"]))
    return Term(tuple(tokens(word)), word.endswith("*"))


def _first(terms: Iterable[Term], most: int) -> Iterator[Term]:
    """The terms that the first `most` tokens make."""
    for words, is_prefix in terms:
        if most > 0:
            yield Term(words[:most], is_prefix and len(words) <= most)
        most -= len(words)


def _lexeme(token: str, positions: list[int]) -> str:
    """A token holds no quote that would have to be escaped."""
    if len(positions) <= MOST_POSITIONS and positions[-1] <= LAST_POSITION:
        return f"'{token}':{','.join(map(str, positions))}"
    kept = [position for position in positions[:MOST_POSITIONS] if position <= LAST_POSITION]
    return f"'{token}':{','.join(map(str, kept or [LAST_POSITION]))}A"


def _lexeme_sought(token: str, how: str) -> str:
    """`how`: a star for a beginning, a letter for a weight."""
    return f"'{token}':{how}" if how else f"'{token}'"


class _Folding(dict[int, str]):
    """What each character becomes, found when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        if code < 0x10000:  # so that no text can fill the memory
            self[code] = folded
        return folded


_FOLDING = _Folding()


def _folded(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if unicodedata.decomposition(char).startswith("<super>") and char.isdigit():
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return _simple(char) if plain == char else "".join(map(_folded, plain))


def _simple(char: str) -> str:
    """What a character becomes that has no case and no parts."""
    if char.isalnum():
        return str(unicodedata.digit(char, char))
    category = unicodedata.category(char)
    if category.startswith("M"):
        is_kept = unicodedata.combining(char) in _SPELLING_CLASSES and category != "Me"
        return char if is_kept and not _SELECTORS.match(char) else ""
    return "" if category == "Cf" else " "  # Cf: soft hyphens, joiners, marks of direction


def _has_letter(word: str) -> bool:
    return word.isascii() or any(map(str.isalnum, word))
