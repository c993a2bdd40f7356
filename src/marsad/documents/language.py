"""In which language a text is written.

English is told by its function words, which no other language has in such numbers, and goes before
everything: a text that could be English is never taken for another. What is not English is told by
its script and by py3langid. In doubt the language is unknown, and the text is read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WINDOWS, _WINDOW = 6, 2_000  # of a long text, characters are looked at in windows spread over it
_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ’']+")
_WORD = re.compile(r"[^\W\d_]+")
# Frequent in English and rare elsewhere: not "in", "was" or "have", which Dutch or Danish have too.
_FUNCTION_WORDS = """
    the of and to that with from which been their said by has this would who after into its are they his
    had he it not were will she you your there when what than could should while about those these
"""
_ENGLISH = frozenset(_FUNCTION_WORDS.split())
_ENGLISH_SHARE = 0.12  # of the words; of English it is 0.3, of any other language under 0.04
_LATIN_SHARE = 0.4  # of the letters, from which a text in two scripts may be read as English
_SOME_LATIN = 0.15  # with more English than that, a text in another script is in two languages
_FEWEST_LETTERS = 20  # of another script
_FEWEST_WORDS = 8  # of another language in Latin letters
_LEAST_SURE = 0.45  # of the best language: neighbours such as Bosnian and Croatian share the rest
_MOST_ENGLISH = 0.001  # probability that it is English after all
# ISO 639-1 of what py3langid tells more finely
_CODES = {"sdh": "ku", "ary": "ar", "arz": "ar", "wuu": "zh", "yue": "zh", "nn": "no", "uzs": "uz"}
# Languages that are hardly anyone's newspaper; lists of names are taken for them.
_LEFT_OUT = frozenset(("an", "br", "eo", "fo", "fy", "jv", "la", "lb", "oc", "qu", "sa", "se", "vo", "wa"))


def language_of(text: str, *, stated: str | None) -> str | None:
    """The language of `text` as an ISO 639-1 code, `None` where it cannot be told or is of two languages.

    Args:
        stated: the language that its source states (BCP 47); it counts where the text does not tell, and
            only if the text may be in it.
    """
    sample = _sample(text)
    letters = sum(map(len, _WORD.findall(sample)))
    words = _LATIN.findall(sample.lower())
    latin = sum(map(len, words))
    if not letters:
        return None
    english = sum(word in _ENGLISH for word in words) / max(len(words), 1)
    if latin >= _LATIN_SHARE * letters:
        return "en" if english >= _ENGLISH_SHARE else _in_latin(words, english, _primary(stated))
    if latin >= _SOME_LATIN * letters and english >= _ENGLISH_SHARE:
        return None
    return _in_another_script(_LATIN.sub(" ", sample), letters - latin, _primary(stated))


def _sample(text: str) -> str:
    if len(text) <= _WINDOWS * _WINDOW:
        return text
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return " ".join(text[at * step : at * step + _WINDOW] for at in range(_WINDOWS))


def _primary(stated: str | None) -> str | None:
    """The language of a tag such as `pt-BR` or `ar_SY`."""
    return stated.strip().replace("_", "-").partition("-")[0].lower() if stated else None


def _in_latin(words: list[str], english: float, stated: str | None) -> str | None:
    likely = _likelihoods(" ".join(words))
    best = max(likely, key=likely.__getitem__)
    if best == "en":
        return "en"
    is_foreign = likely[best] >= _LEAST_SURE and likely["en"] <= _MOST_ENGLISH
    if is_foreign and len(words) >= _FEWEST_WORDS:
        return best
    may_be = stated == "en" or (english == 0 and likely.get(stated or "", 0) > likely["en"])
    return stated if may_be else None


def _in_another_script(text: str, letters: int, stated: str | None) -> str | None:
    likely = _likelihoods(text)
    best = max(likely, key=likely.__getitem__)
    if letters >= _FEWEST_LETTERS:
        return best
    return stated if likely.get(stated or "", 0) > likely["en"] else None


def _likelihoods(text: str) -> dict[str, float]:
    """Languages (ISO 639-1) with their probabilities."""
    likely: dict[str, float] = {}
    for label, probability in _identifier().rank(text):
        code = _CODES.get(label, label)
        likely[code] = likely.get(code, 0.0) + probability
    return likely


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - takes a second

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = (label for label in identifier.labels if len(label) == 2 or label in _CODES)
    identifier.set_languages([label for label in known if label not in _LEFT_OUT])
    return identifier
