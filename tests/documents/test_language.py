from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents.language import language_of

ENGLISH = (
    "The army said on Monday that four soldiers had been killed near the border. Its spokesman denied that "
    "anybody else had been hurt, and said that the road was open again after two days of fighting."
)
TEXTS = {
    "ar": "قال المتحدث باسم الجيش يوم الاثنين إن أربعة جنود قتلوا قرب الحدود، ونفى سقوط جرحى في الاشتباكات.",
    "fa": "سخنگوی ارتش روز دوشنبه گفت که چهار سرباز در نزدیکی مرز کشته شدند و کسی زخمی نشده است.",
    "ur": "فوج کے ترجمان نے پیر کو کہا کہ سرحد کے قریب چار فوجی ہلاک ہوئے اور کوئی زخمی نہیں ہوا۔",
    "ps": "د پوځ ویاند د دوشنبې په ورځ وویل چې څلور سرتېري پولې ته نږدې وژل شوي او هېڅوک ټپي شوي نه دي.",
    "ku": "Berdevkê artêşê roja duşemê got ku çar leşker li nêzîkî sînor hatine kuştin û kes birîndar nebûye.",
    "tr": "Ordu sözcüsü pazartesi günü sınır yakınında dört askerin öldürüldüğünü söyledi ve yaralı yok dedi.",
    "az": "Ordunun sözçüsü bazar ertəsi bildirdi ki, sərhəd yaxınlığında dörd əsgər öldürülüb.",
    "fr": "Le porte-parole de l’armée a déclaré lundi que quatre soldats avaient été tués près de la frontière.",
    "es": "El portavoz del ejército dijo el lunes que cuatro soldados murieron cerca de la frontera.",
    "pt": "O porta-voz do exército disse na segunda-feira que quatro soldados foram mortos perto da fronteira.",
    "it": "Il portavoce dell’esercito ha detto lunedì che quattro soldati sono stati uccisi vicino al confine.",
    "de": "Der Sprecher der Armee sagte am Montag, vier Soldaten seien in der Nähe der Grenze getötet worden.",
    "nl": "De woordvoerder van het leger zei maandag dat vier soldaten bij de grens zijn gedood.",
    "da": "Hærens talsmand sagde mandag, at fire soldater var blevet dræbt nær grænsen, og at ingen var såret.",
    "id": "Juru bicara tentara mengatakan pada hari Senin bahwa empat tentara tewas di dekat perbatasan.",
    "sw": "Msemaji wa jeshi alisema Jumatatu kwamba wanajeshi wanne waliuawa karibu na mpaka.",
    "so": "Afhayeenka ciidanka ayaa Isniintii sheegay in afar askari lagu dilay meel u dhow xadka.",
    "ha": "Kakakin sojoji ya ce a ranar Litinin an kashe sojoji huɗu a kusa da iyaka kuma babu wanda ya ji rauni.",
    "ru": "Представитель армии заявил в понедельник, что четверо солдат погибли у границы.",
    "uk": "Речник армії заявив у понеділок, що четверо солдатів загинули біля кордону.",
    "he": "דובר הצבא אמר ביום שני כי ארבעה חיילים נהרגו סמוך לגבול וכי איש לא נפצע.",
    "zh": "军方发言人周一表示，四名士兵在边境附近丧生，无人受伤。他补充说，部队重新控制了这条公路。",
    "am": "የሠራዊቱ ቃል አቀባይ ሰኞ ዕለት አራት ወታደሮች በድንበር አቅራቢያ መገደላቸውን እና ማንም እንዳልቆሰለ ተናግረዋል።",
}
SORANI = "وتەبێژی سوپا ڕۆژی دووشەممە وتی چوار سەرباز لە نزیک سنوور کوژراون و هیچ کەسێک بریندار نەبووە."


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
@pytest.mark.parametrize("stated", [None, "en", "en-GB", "nonsense"])
def test_a_language_is_told_whatever_its_source_states(language: str, text: str, stated: str | None) -> None:
    assert language_of(text, stated=stated) == language


def test_both_kinds_of_kurdish_are_kurdish() -> None:
    assert language_of(SORANI, stated="en") == "ku"


@pytest.mark.parametrize("stated", [None, "ar", "de-AT", "tr", "x" * 100])
@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), ENGLISH[:60], ENGLISH * 500])
def test_english_is_never_taken_for_another_language(text: str, stated: str | None) -> None:
    assert language_of(text, stated=stated) == "en"


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH} The notice read: “{TEXTS['ar']}”",
        f"{TEXTS['ar']}\n\n{ENGLISH}",
        f"{ENGLISH}\n\n{TEXTS['fr'][:60]}",
    ],
)
def test_english_with_words_of_another_language_is_read(text: str) -> None:
    assert language_of(text, stated="ar") in ("en", None)


def test_a_page_in_arabic_with_an_english_menu_is_arabic() -> None:
    menu = "Home World Politics Subscribe to the newsletter of The Valley Post"
    assert language_of(f"{menu}\n\n{TEXTS['ar'] * 8}", stated="en") == "ar"
    assert language_of(f"{TEXTS['ar'] * 2}\n\n{ENGLISH}", stated="ar") in ("en", None)  # in two


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12 / 34 — 56",
        "Aleppo, Homs, Idlib",
        "Omar Mahmoud Ahmad Khalil Abu Bakr Yusuf al-Najjar Hassan Hamdan Karim Rashid",
        "Name: A. Haddad\nRank: Cpl\nUnit: 4th\nDate: 5/3/2024",
    ],
)
def test_what_tells_nothing_is_unknown(text: str) -> None:
    assert language_of(text, stated=None) in ("en", None)


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("سوريا", "ar", "ar"),
        ("سوريا", "fa-IR", "fa"),
        ("سوريا", "en", None),
        ("Ordu sözcüsü söyledi", "tr_TR", "tr"),
        ("Three killed near Aleppo", "tr", "en"),
        ("Aleppo, Homs", "en", "en"),
        ("Aleppo, Homs", "ar", None),
    ],
)
def test_of_a_short_text_what_its_source_states_counts_where_it_may_be(
    text: str, stated: str, language: str | None
) -> None:
    assert language_of(text, stated=stated) == language


def test_a_long_text_is_looked_at_in_several_places() -> None:
    assert language_of("1 2 3\n" * 5_000 + TEXTS["fr"] * 200, stated=None) == "fr"
    assert language_of(TEXTS["fr"] * 20 + ENGLISH * 500, stated=None) == "en"


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=5)))
def test_any_text_has_a_language_or_none(text: str, stated: str | None) -> None:
    found = language_of(text, stated=stated)
    assert found is None or (len(found) == 2 and found.islower())
