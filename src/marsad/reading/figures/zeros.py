"""Nothing, where the text says so: "no casualties", "nobody was hurt", "without loss of life".

Only of harm: "no hospitals" is no count of hospitals. "No reports of casualties" says nothing of
casualties.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.amounts import Amount
from marsad.reading.figures.measures import PEOPLE, intransitive, nouns, states, verbs
from marsad.reading.figures.numbers import Expression
from marsad.reading.phrases import Match, Phrases
from marsad.reading.syntax import closed_class, grammar, is_adverb
from marsad.reading.text import Token

HARM = ("casualties.", "hostages.", "missing.")  # the measures that may be nought
_NOUNS = 4  # tokens between "no" and its noun, or "nobody" and its verb
_HURT = frozenset({"dead", "hurt", "casualties"})  # kinds of nouns
_QUALIFIERS = frozenset({"other", "further", "new", "the", "these", "those", "its", "their", "our", "any"})
_DENIALS = Phrases.of(
    {
        "nobody": ("no one", "nobody", "none", "not one"),
        "people": ("none of", "not one of", "no", "not a single"),
        "harm": ("without", "without any", "without a single"),
    }
)
_OPENING = frozenset({"no", "nobody", "none", "not", "without"})


def zeros(tokens: Sequence[Token]) -> tuple[Expression, ...]:
    """An expression of nought for every word that may deny harm; the caller looks whether it does."""
    found = []
    for index in [at for at, token in enumerate(tokens) if token.lower in _OPENING]:
        match = _DENIALS.at(tokens, index)
        if match is None:
            continue
        denied = _is_harmed(tokens, match.stop) if match.value == "nobody" else _counts(tokens, match)
        if denied:
            partitive = tokens[match.stop - 1].lower == "of"
            found.append(_zero(index, match.stop - partitive))
    return tuple(found)


def _counts(tokens: Sequence[Token], denial: Match[str]) -> bool:
    """Whether people, or harm to them, follow the denial within its noun phrase."""
    kinds = _HURT if denial.value == "harm" else PEOPLE
    for index in range(denial.stop, min(denial.stop + _NOUNS, len(tokens))):
        known = nouns().at(tokens, index)
        if tokens[index].lower == "more":  # no more deaths
            return False
        if known and known.value.kind in kinds:
            return True
        if tokens[index].is_number:  # none of the 12 hostages
            continue
        if tokens[index].lower in closed_class() - _QUALIFIERS or not tokens[index].is_word:
            return False
    return False


def _is_harmed(tokens: Sequence[Token], start: int) -> bool:
    """Whether a verb of harm follows "nobody": "has been hurt", not "knows how many were killed"."""
    for index in range(start, min(start + _NOUNS, len(tokens))):
        word = tokens[index].lower
        if word in verbs() or word in intransitive() or states().at(tokens, index):
            return True
        if word not in grammar().auxiliaries and not is_adverb(tokens[index]):
            return False
    return False


def _zero(first: int, stop: int) -> Expression:
    amount = Amount(first, stop, 0, 0, 1, None, "words")
    return Expression(first, stop, 0, 0, 0, "exact", None, (amount,))
