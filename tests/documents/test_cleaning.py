from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents.cleaning import clean

WORDS = st.text(st.sampled_from("Aeé e\u0301“”‘’\"'«»„‹› ٣۵٤ مرصد \u200e\u200f １ロ。\n\t&;ﷺ"), max_size=60)
BROKEN = st.text(st.sampled_from("Ãâ€™œ\x80\x9d\xa0\xad &#38;ampltﬁ\x1b[m\u200b\r\n\ufeffA"), max_size=60)


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("schÃ¶n", "schön"),
        ("â€œquotedâ€\x9d, itâ€™s", "“quoted”, it’s"),
        ("voilÃ\xa0 le travail", "voilà le travail"),
        ("10Â km from the ‘townÂ’", "10 km from the ‘town’"),
        ("it‚Äôs ‚Äúquoted‚Äù", "it’s “quoted”"),
        ("Ù‚Ø§Ù„ Ø§Ù„Ù…ØªØ­Ø¯Ø«", "قال المتحدث"),
        ("a \x93quote\x94 and an em\x97dash", "a “quote” and an em—dash"),
        ("ﬁve ofﬁcers", "five officers"),
        ("co\xadoperate", "cooperate"),
        ("fish &amp;amp; chips", "fish & chips"),
        ("caf&eacute; &#8220;x&#x201d;", "café “x”"),
        ("55\u202f000 people at 10\xa0km", "55 000 people at 10 km"),
        ("one\r\ntwo\rthree\u2028four\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\0b\x07c\x1b[31md\ufeffe", "abcde"),
        ("mar\u200bsad", "marsad"),
        ("e\u0301", "é"),
        ("\uf0b7 item", "• item"),
        ("half \ud800", "half \ufffd"),
    ],
)
def test_what_a_page_did_to_its_text_is_undone(broken: str, meant: str) -> None:
    assert clean(broken) == meant


@pytest.mark.parametrize(
    "text",
    [
        "“One” ‘two’ „three“ «four» ‹five› \"six\" 'seven' ＂eight＂",
        "قُتِلَ ٣٤ شخصًا\u200f (۱۲ جريحًا)",
        "می\u200cخواهم",
        "１２３ロシア。\u3000",
        "ภาษา\u200bไทย",
        "AT&T; R&D; ?a=1&b=2; &unknown; &#0; &#x110000;",
        "naïve café – Zürich, Łódź, İstanbul, Çağrı",
        "5 £ is £5; “NO IRÃ” and ‘at the “café”’, he said",
        "\tOne\n\n  two\n",
    ],
)
def test_what_its_author_wrote_stays(text: str) -> None:
    assert clean(text) == text


@given(WORDS)
def test_only_marks_are_composed(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(st.one_of(WORDS, BROKEN, st.text(max_size=80)))
def test_what_was_cleaned_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode().decode() == once
    assert not set(once) & set("\0\r\x1b\xad\xa0\ufeff")


@given(st.lists(st.sampled_from(["‘", "’", "“", "”", '"', "'", "«", "»", "„", "said ", "café", "لا"])))
def test_quotation_marks_are_never_touched(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert clean(text) == text


@pytest.mark.parametrize(
    "piece", ["&amp;", "amp;", "#38;", "Ã", "â€œ", "\u0301", "\u0f71\u0f72\u0f74", "\x1b["]
)
def test_long_nonsense_is_cleaned_in_pieces(piece: str) -> None:
    assert len(clean("&" + piece * 20_000)) <= len(piece) * 20_000 + 1
