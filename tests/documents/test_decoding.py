from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents.decoding import decode, decoded, refuse_binary
from marsad.errors import BadInput

ENGLISH = "“We left at night,” said José of the camp’s kitchen — and paid £5 for the bus. Nobody was hurt."
TEXTS = {
    "cp1252": "Le porte-parole de l’armée a déclaré que quatre soldats avaient été tués près de la frontière.",
    "iso8859-2": "Mluvčí armády v pondělí uvedl, že čtyři vojáci zahynuli poblíž hranice; raněné popřel.",
    "cp1250": "Rzecznik armii powiedział, że czterech żołnierzy zginęło; zaprzeczył, jakoby „ktoś” był ranny.",
    "cp1251": "Представитель армии заявил в понедельник, что четверо солдат погибли у границы.",
    "koi8-r": "Представитель армии заявил в понедельник, что четверо солдат погибли у границы.",
    "koi8-u": "Речник армії заявив у понеділок, що четверо солдатів загинули біля кордону.",
    "cp866": "Представитель армии заявил в понедельник, что четверо солдат погибли у границы.",
    "cp1253": "Ο εκπρόσωπος του στρατού είπε τη Δευτέρα ότι τέσσερις στρατιώτες σκοτώθηκαν.",
    "cp1254": "Ordu sözcüsü pazartesi günü sınır yakınında dört askerin öldürüldüğünü söyledi.",
    "cp1255": "דובר הצבא אמר ביום שני כי ארבעה חיילים נהרגו סמוך לגבול.",
    "cp1256": "قال المتحدث باسم الجيش يوم الاثنين إن أربعة جنود قتلوا قرب الحدود، ونفى سقوط جرحى.",
    "iso8859-6": "قال المتحدث باسم الجيش يوم الاثنين إن أربعة جنود قتلوا قرب الحدود، ونفى سقوط جرحى.",
    "shift_jis": "軍の報道官は月曜日、国境付近で兵士4人が死亡したと発表した。",
    "euc_jp": "軍の報道官は月曜日、国境付近で兵士4人が死亡したと発表した。",
    "gb18030": "军方发言人周一表示，四名士兵在边境附近丧生，并否认有人受伤。",
    "big5": "軍方發言人週一表示，四名士兵在邊境附近喪生，並否認有人受傷。",
    "euc_kr": "군 대변인은 월요일 국경 근처에서 병사 네 명이 숨졌다고 밝혔다.",
}


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items())
def test_an_old_encoding_is_guessed_and_the_guess_is_told(encoding: str, text: str) -> None:
    found = decoded(text.encode(encoding))
    assert (found.text, found.is_sure, found.damaged) == (text, False, 0)
    (remark,) = found.remarks()
    assert remark.code == "guessed_encoding" and "the encoding was guessed: " in remark.message


def test_english_with_a_few_other_letters_is_of_western_europe() -> None:
    assert decoded(ENGLISH.encode("cp1252"))[:2] == (ENGLISH, "cp1252")
    far = "The road is open.\n" * 20_000 + ENGLISH
    assert decode(far.encode("cp1252")) == far


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [ENGLISH, TEXTS["cp1256"], TEXTS["cp1251"]])
def test_wide_text_without_a_mark_is_certain_by_its_zeros(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == (text, encoding, True, 0)
    refuse_binary(text.encode(encoding))


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)
def test_a_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    assert decoded(mark + ENGLISH.encode(encoding)) == (ENGLISH, encoding, True, 0)


def test_damage_is_counted_and_told() -> None:
    text = TEXTS["cp1256"].rstrip(".")
    found = decoded(text.encode()[:-1])
    assert found == (text[:-1] + "\ufffd", "utf-8", True, 1)
    (remark,) = found.remarks()
    assert remark.message.startswith("1 characters are not valid utf-8")


def test_half_a_pair_behind_a_mark_is_damage() -> None:
    assert decoded(codecs.BOM_UTF16_LE + b"\x00\xd8A\0").damaged == 1
    assert decoded("\ufffd known".encode()).damaged == 0


def test_what_the_source_states_counts_where_the_bytes_allow_it() -> None:
    raw = "Müller ß".encode("windows-1252")
    assert decoded(raw, stated="windows-1252") == ("Müller ß", "cp1252", True, 0)
    assert decoded(raw, stated="utf-8").text == "Müller ß"
    assert decoded(raw, stated="no-such-encoding").is_sure is False
    assert decoded(raw, stated="base64").is_sure is False
    assert decode("Müller".encode(), stated="windows-1252") == "Müller"


def test_japanese_with_escapes_is_no_ascii() -> None:
    text = TEXTS["shift_jis"]
    assert decoded(text.encode("iso2022_jp")) == (text, "iso2022_jp", True, 0)


@pytest.mark.parametrize(
    "raw",
    [b"some\0thing", b"\0\0\0\0", b"a\0", bytes(range(1, 32)) * 9 + b"\xff", b"\x80\x01\x02\x03\x04" * 40],
)
def test_what_is_binary_is_refused(raw: bytes) -> None:
    with pytest.raises(BadInput, match="binary, not text; marsad reads"):
        decode(raw)


def test_nothing_is_empty() -> None:
    with pytest.raises(BadInput, match="empty"):
        decode(b"")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf_8_is_decoded_and_never_changed(text: str) -> None:
    assert decode(b"A" + text.encode()) == "A" + text


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_give_text_or_a_reason_and_always_the_same(raw: bytes) -> None:
    try:
        first = decoded(raw)
    except BadInput as error:
        assert str(error).startswith("binary")
        return
    assert first == decoded(raw)
    first.text.encode()
