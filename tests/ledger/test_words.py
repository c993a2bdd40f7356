"""Spellings meet in one token, and a search finds the same on SQLite, on PostgreSQL and by its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import product
from unicodedata import category, normalize

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.ledger.showing.words import (
    LAST_POSITION,
    MOST_POSITIONS,
    TOKENIZER,
    Search,
    Term,
    tokens,
    tsvector,
)

WORDS = [
    "Hawl",
    "white",
    "flags",
    "flag",
    "al-Hol",
    "SDF’s",
    "Ḥasakah",
    "داعش",
    "مدرسة",
    "ที่นี่",
    "हिन्दी",
    "55,000",
]
NAUGHTY = [
    *(
        '"',
        "'",
        "''",
        "\\",
        "*",
        "^",
        ":",
        "(",
        ")",
        "-",
        "--",
        "+",
        "{",
        "}",
        "<->",
        "&",
        "|",
        "!",
        "%",
        ";",
        "\x00",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR(a b, 2)",
        "a:*",
        "tokens : x",
        "'a':1A",
        "\\'",
        "$$",
        "\N{RIGHT-TO-LEFT MARK}",
    ),
    *(
        "\N{RIGHT-TO-LEFT OVERRIDE}sdrow",
        "👩‍🚀",
        "🏴",
        "█████",
        "i̇",
        "Ⅷ",
        "ﷺ",
        "Ꭰꭰ",
        "가",
        "e\u0301",
        "\u0e31",
        "\ufeff",
        "ǅ",
    ),
]
# Pieces with and without space between them, so that words grow together
pieces = st.lists(st.sampled_from([*WORDS, *NAUGHTY]) | st.text(max_size=8), max_size=8)
texts = st.builds(str.join, st.sampled_from([" ", " ", ""]), pieces)
searches = texts | st.builds('"{} {}"{}'.format, texts, texts, st.sampled_from(["", "*", " white*"]))


# Of every block some characters: not all, to be quick; a prime, to meet capitals and small letters
LETTERS = [char for char in map(chr, range(0x20000)) if char.isalpha() or category(char)[0] in "MNPS"][::7]


def tables(documents: Sequence[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE found USING fts5(words, tokenize = '{TOKENIZER}')")
    rows = [(number, " ".join(tokens(text))) for number, text in enumerate(documents)]
    connection.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", rows)
    return connection


def by_fts5(search: Search, documents: Sequence[str]) -> set[int]:
    with closing(tables(documents)) as connection:
        return {
            row
            for (row,) in connection.execute("SELECT rowid FROM found WHERE words MATCH ?", [search.fts5()])
        }


def by_words(search: Search, documents: Sequence[str]) -> set[int]:
    """What a search means, spelled out."""
    return {
        number
        for number, text in enumerate(documents)
        if all(stands(term, tokens(text)) for term in search.terms)
    }


def stands(term: Term, words: list[str]) -> bool:
    *whole, last = term.tokens
    for at in range(len(words) - len(whole)):
        end = words[at + len(whole)]
        if words[at : at + len(whole)] == whole and (end.startswith(last) if term.is_prefix else end == last):
            return True
    return False


class Postgresql:
    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address, autocommit=True)

    def found(self, search: Search, documents: Sequence[str]) -> set[int]:
        return {number for number, text in enumerate(documents) if self.holds(tsvector(text), search)}

    def holds(self, vector: str, search: Search) -> bool:
        row = self.connection.execute(
            "SELECT %s::tsvector @@ %s::tsquery", [vector, search.tsquery()]
        ).fetchone()
        assert row is not None
        return bool(row[0])


@pytest.fixture
def server(postgresql: str) -> Iterator[Postgresql]:
    found = Postgresql(postgresql)
    yield found
    found.connection.close()


# Tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SDF's 55,000 men", "the sdf 55 000 men"),
        ("Da'esh Da’esh Daʿesh DA`ESH Da‘esh", "daesh daesh daesh daesh daesh"),
        ("ISIS’S ISIS' 'ISIS' ‘its’ don’t", "isis isis isis its dont"),
        ("Ra's al-ʿAyn, Ra’s, Ras al Ayn", "ras al ayn ras ras al ayn"),
        ("Deir ez-Zōr / deir_ez–zor", "deir ez zor deir ez zor"),
        ("Łódź Møn Đà Nẵng ığdır Straße Ægir ƙofa", "lodz mon da nang igdir strasse aegir kofa"),
        ("ﬁghters Ⅷ ＡＢ soft\u00adhyphen zero\u200bwidth", "fighters viii ab softhyphen zero width"),
        ("said¹² 30 km²", "said 30 km"),
        ("ИГИЛ Ёлка", "игил елка"),
        ("Name █████ here", "name here"),
        ("👩‍🚀 ... — \x00", ""),
        ("हिन्दी ที่", "हिन्दी ที่"),
        ("x" * 150, "x" * 100),
    ],
)
def test_words_are_folded(text: str, expected: str) -> None:
    assert " ".join(tokens(text)) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        "أحمد إحمد آحمد ٱحمد احمد",  # alef
        "علي على علی عﻠﻰ",  # yeh, and a form of presentation
        "مدرسة مدرسه مدرسۀ مدرسہ",  # teh marbuta and heh
        "كتاب کتاب ڪتاب",  # kaf
        "مسؤول مسوول",  # hamza on waw
        "شاطئ شاطي",  # hamza on yeh
        "داعِش داعــش داعش",  # harakat, tatweel
        "١٩٩١ ۱۹۹۱ 1991",
        "كۆبانێ کوباني",  # Kurdish
    ],
)
def test_spellings_of_one_arabic_word_meet(spellings: str) -> None:
    assert len(set(tokens(spellings))) == 1


def test_different_words_stay_apart() -> None:
    text = "داعش داعس دير دين ب ت ث سا شا กา กี กู ก कि की"
    assert len(set(tokens(text))) == len(text.split())


def test_every_character_is_folded_to_what_stays() -> None:
    every = map(chr, range(0x110000))
    words = tokens(" ".join(f"x{char}y" for char in every if category(char) not in ("Cn", "Co", "Cs")))
    assert tokens(" ".join(words)) == words


@pytest.mark.parametrize("form", [str.upper, str.lower, partial(normalize, "NFC"), partial(normalize, "NFD")])
def test_case_and_form_of_normalisation_do_not_matter(form: Callable[[str], str]) -> None:
    assert [char for char in LETTERS if tokens(form(f"x{char}y")) != tokens(f"x{char}y")] == []


@given(texts)
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    words = tokens(text)
    assert tokens(" ".join(words)) == words
    assert all(len(word) <= 100 and any(map(str.isalnum, word)) for word in words)


# The language


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ('hawl "white flags" deton*', ["hawl", "white flags", "deton*"]),
        ("White white WHITE", ["white"]),
        ('say "white flags', ["say", "white flags"]),
        ("“white flags” «two»", ["white flags", "two"]),
        ("al-Hol al-Ha*", ["al hol", "al ha*"]),
        ('"white fla"* now', ["white fla*", "now"]),
        ('one"two three"four', ["one", "two three", "four"]),
        ("NEAR(a b) ^c d:e NOT f", ["near a", "b", "c", "d e", "not", "f"]),
        ('* - "" "*" word', ["word"]),
        ("*ing 5*5", ["ing", "5 5"]),
    ],
)
def test_what_is_typed_is_understood(typed: str, terms: list[str]) -> None:
    found = Search.parse(typed).terms
    assert [" ".join(term.tokens) + "*" * term.is_prefix for term in found] == terms


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', '""', "*", "-- ( ) ^ : \x00", "█████", "👩‍🚀\n", "\u0e31", "ـ"]
)
def test_a_search_without_a_word_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        Search.parse(typed)
    assert str(refused.value).isprintable()
    assert "no word in it" in str(refused.value)


@given(searches)
def test_no_search_with_a_word_is_an_error(typed: str) -> None:
    if tokens(typed):
        assert Search.parse(typed).terms
    else:
        with pytest.raises(BadInput):
            Search.parse(typed)


# The same everywhere


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(documents=st.lists(texts, min_size=1, max_size=5), typed=searches)
@example(documents=["white flags", "flags white", "white, flags", "white x flags"], typed='"white flags"')
@example(documents=["flag", "flags", "a flag"], typed="fla*")
@example(documents=["NEAR", "a", "near a b"], typed="NEAR(a b)")
def test_every_database_finds_the_same(server: Postgresql, documents: list[str], typed: str) -> None:
    documents = [*documents, typed]  # so that something is found
    if not tokens(typed):
        return
    search = Search.parse(typed)
    found = by_words(search, documents)
    assert by_fts5(search, documents) == found
    assert server.found(search, documents) == found
    assert len(documents) - 1 in found


def test_words_of_every_script_are_found(server: Postgresql) -> None:
    letters = [letter for letter in LETTERS if tokens(letter)][::17]
    with closing(tables(letters)) as connection:
        for number, letter in enumerate(letters):
            search = Search.parse(letter)
            found = connection.execute("SELECT rowid FROM found WHERE words MATCH ?", [search.fts5()])
            assert (number,) in found.fetchall(), letter
            assert server.holds(tsvector(letter), search), letter


def test_an_index_of_postgresql_finds_what_is_there(server: Postgresql) -> None:
    execute = server.connection.execute
    execute("CREATE TABLE found (number int, words tsvector)")
    execute("CREATE INDEX ON found USING gin (words)")
    execute("SET enable_seqscan = off")
    documents = ["white flags", "flags, white", "the Flag", "white " * 300 + "flags"]
    for number, text in enumerate(documents):
        execute("INSERT INTO found VALUES (%s, %s::tsvector)", [number, tsvector(text)])
    for typed in ('"white flags"', "white flag*", "flags", "the white"):
        search = Search.parse(typed)
        rows = execute("SELECT number FROM found WHERE words @@ %s::tsquery", [search.tsquery()])
        assert {row[0] for row in rows} == by_words(search, documents) == by_fts5(search, documents)


def test_a_search_of_any_length_is_answered(server: Postgresql) -> None:
    many = " ".join(map(str, range(5_000)))
    for typed in (many, f'"{many}', "ﷺ " * 5_000, '"a b"' * 5_000, "-".join("ab" * 2_500)):
        search = Search.parse(typed)
        assert by_fts5(search, [typed]) == server.found(search, [typed]) == {0}


# The limits of a tsvector


def test_a_phrase_late_in_a_long_text_is_found(server: Postgresql) -> None:
    text = " ".join([*map(str, range(LAST_POSITION + 10)), "white flags over the camp, the white", "camp"])
    for typed in ('"white flags"', '"over the camp"', "camp", "fla*", '"white fla"*', "16000 16001"):
        assert server.found(Search.parse(typed), [text]) == {0}, typed
    assert not server.found(Search.parse('"2 1"'), [text])  # of words with every position, exactly
    assert not server.found(Search.parse('"white tents"'), [text])


def test_a_phrase_with_a_frequent_word_is_found(server: Postgresql) -> None:
    often = "the x y " * MOST_POSITIONS
    late = Search.parse('"the camp"')
    assert server.found(late, [often + "the camp", often + "camp"]) == {0}
    assert server.found(late, [often + "the x the camp"]) == {0}
    assert server.found(Search.parse('"y x"'), [often]) == set()  # no more than are kept: exactly
    last = "the x " * (MOST_POSITIONS - 1) + "the camp x"
    assert server.found(Search.parse('"the camp"'), [last]) == {0}
    assert server.found(Search.parse('"camp the"'), [last]) == set()


def test_a_text_too_large_keeps_its_first_words(server: Postgresql) -> None:
    words = ["".join(letters) for letters in product("abcdefghij", repeat=5)]
    vector = tsvector(" ".join(["the"] * 300 + words))
    for word, is_found in (("the", True), (words[0], True), (words[50_000], True), (words[-1], False)):
        assert server.holds(vector, Search.parse(word)) == is_found, word


def test_the_longest_words_fit(server: Postgresql) -> None:
    longest = " ".join(f"{number:04}" + "\N{GOTHIC LETTER AHSA}" * 100 for number in range(3_000))
    assert server.holds(tsvector(longest), Search.parse("0000*"))
