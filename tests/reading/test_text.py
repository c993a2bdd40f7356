import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.phrases import Match, Phrases
from marsad.reading.text import LONGEST_SENTENCE, segment, tokenize

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("Aab1.,!?“”\"'’ \n-–$é😀ـعربيe\u0301\u00a0\u2028\u3000\r\t")),
        st.characters(codec="utf-8"),
    ),
    max_size=400,
)


@given(MIXED)
def test_sentences_and_tokens_are_slices_in_order_and_apart(text):
    view = segment(text)
    edges = [edge for sentence in view.sentences for edge in sentence.span]
    assert edges == sorted(edges)
    for sentence in view.sentences:
        assert view[sentence.span] == view[sentence.span].strip()
        assert sentence.end - sentence.begin <= LONGEST_SENTENCE
        assert view.tokens[sentence.first : sentence.first + len(sentence.tokens)] == sentence.tokens
        for token in sentence.tokens:
            assert text[token.begin : token.end] == token.text
            assert sentence.begin <= token.begin < token.end <= sentence.end


@given(MIXED)
def test_no_letter_is_lost(text):
    kept = "".join(token.text for token in segment(text).tokens)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


def test_offsets_are_code_points():
    text = "😀 e\u0301te\u0301. داعش قالت. Done."
    words = [(t.text, t.begin) for t in segment(text).tokens if t.is_word]
    assert words == [("e\u0301te\u0301", 2), ("داعش", 9), ("قالت", 14), ("Done", 20)]


def test_words_keep_hyphens_and_lose_the_clitic():
    words = [t.text for t in tokenize("al-Ansari’s men, the U.N.’s aide, O’Brien, don’t", 0, 48)]
    assert words == ["al-Ansari", "’s", "men", ",", "the", "U.N.", "’s", "aide", ",", "O’Brien", ",", "don’t"]


def test_a_closing_mark_stays_with_its_sentence_and_an_opening_mark_with_the_next():
    view = segment('The road is shut. “We left. It fell.” Ruiz said. "Why?" She left.')
    assert [view[s.span] for s in view.sentences] == [
        "The road is shut.",
        "“We left.",
        "It fell.”",
        "Ruiz said.",
        '"Why?"',
        "She left.",
    ]


def test_a_mark_that_is_never_closed_swallows_no_sentence():
    view = segment("“The first one. The second one. The third one.")
    assert len(view.sentences) == 3


def test_a_line_without_stops_is_cut():
    view = segment("word " * 5_000)
    assert len(view.sentences) > 1
    assert max(s.end - s.begin for s in view.sentences) <= LONGEST_SENTENCE


def test_paragraphs_stand_between_blank_lines_or_else_between_lines():
    assert segment("A b.\nC d.\n\nE f.").sentences[-1].paragraph == 1
    assert segment("A b.\nC d.\nE f.").sentences[-1].paragraph == 2


@pytest.mark.parametrize("blank", ["\x85", "\u00a0", "\u1680", "\u2003", "\u2028", "\u202f", "\u3000"])
def test_a_wide_blank_between_a_capital_and_a_stop_ends_no_program(blank):
    view = segment(f"Plan A{blank}. It failed.")
    assert [token.text for token in view.tokens] == ["Plan", "A", ".", "It", "failed", "."]


@given(MIXED)
def test_what_a_token_is_follows_from_its_letters(text):
    for token in segment(text).tokens:
        assert token.lower == token.text.casefold().replace("’", "'")
        assert token.is_title == token.text[0].isupper()
        assert token.is_word == token.text[0].isalpha()
        assert token.is_number == token.text[0].isdigit()
        assert token.is_name or not token.is_title


@pytest.mark.parametrize(
    ("word", "is_title", "is_name"),
    [
        ("Raqqa", True, True),
        ("al-Ansari", False, True),
        ("e-mail", False, False),
        ("al-fresco", False, False),
    ],
)
def test_a_name_has_a_capital_or_one_behind_an_article(word, is_title, is_name):
    (token,) = tokenize(word, 0, len(word))
    assert (token.is_title, token.is_name) == (is_title, is_name)


def test_the_longest_word_is_cut_and_nothing_else():
    assert [len(t.text) for t in tokenize("a" * 130, 0, 130)] == [60, 60, 10]
    assert [len(t.text) for t in tokenize("a" * 60 + " b", 0, 62)] == [60, 1]


def test_of_phrases_that_begin_alike_the_longest_counts():
    phrases = Phrases({"at least": 1, "at the very least": 2, "at": 3, "very least": 4})
    tokens = tokenize("At the very least, at the very", 0, 30)
    assert phrases.at(tokens, 0) == Match(2, 4)
    assert phrases.at(tokens, 5) == Match(3, 6)  # the text ends before the longer one does
    assert phrases.at(tokens, 2) == Match(4, 4)
    assert phrases.at(tokens, 1) is None and phrases.at(tokens, -1) is None and phrases.at(tokens, 8) is None


def test_of_phrases_that_end_alike_the_longest_counts():
    phrases = Phrases({"least": 1, "at the very least": 2})
    tokens = tokenize("at the very least", 0, 17)
    assert phrases.before(tokens, 4) == (2, 0)
    assert phrases.before(tokens[1:], 3) == (1, 2)
    assert phrases.before(tokens, 0) is None and phrases.before(tokens, 2) is None
