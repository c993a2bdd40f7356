from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.text import LONGEST_SENTENCE, segment, tokenize

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("Aab1.,!?“”\"'’ \n-–$é😀ـعربيe\u0301\u00a0\r\t")),
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
