"""What a number counts: the noun phrase around it, read without a tagger.

The head is the last noun of the vocabulary in a run of words that no closed-class word breaks:
"10 suspected Isis *fighters*", "tens of thousands of *people*", "2,000 of the *detainees*"; where
the vocabulary has none, the plural that ends the phrase: "20 coal-fired power *plants*".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.reading.figures import number_words
from marsad.reading.figures.head_nouns import head_at, singular_at
from marsad.reading.figures.lemmas import singular
from marsad.reading.figures.measures import Noun, nouns, singulars, vocabulary
from marsad.reading.figures.numbers import Expression
from marsad.reading.phrases import Match
from marsad.reading.syntax import closed_class, grammar, is_finite
from marsad.reading.text import Token, tokenize

THINGS = "things"  # the kind of a noun outside the vocabulary
_LONGEST_PHRASE = 9  # tokens between a number and its noun
_BEFORE_STRONG = 8  # tokens between "force" and "about 900 strong"
_STRONG = 8  # tokens between "30,000-strong" and its force
_MANNED = frozenset({"man", "member", "person", "soldier"})  # a 5,000-man garrison
_WITHIN_NAME = frozenset("-‘’“”\"'")
_LONGEST_ACRONYM = 5
ASIDES = frozenset("()–—")
_WIDEST = 60  # tokens of a clause before and after
_ASIDE = 60  # tokens of an aside in brackets
_BOUNDARIES = frozenset(
    {
        ";", ":", "?", "!", "but", "while", "whereas", "although", "though", "because", "which", "where",
        "when", "after", "before", "if",
    }
)  # fmt: skip
_BRINGING = frozenset({"bringing", "raising", "pushing", "swelling", "taking"})
_JOINED = frozenset({"and", "or", ","})
_ARMED = frozenset({"military", "troop"})
_TRIPLE = {"man", "woman", "child", "boy", "girl", "wife", "husband", "mother", "baby", "person", "civilian"}
_PRONOUNS = frozenset({"more", "others"})


class Counted(NamedTuple):
    """A number with the noun it counts: head tokens `[head, stop)`; no noun where none is worded."""

    number: Expression
    noun: Noun | None
    head: int
    stop: int

    @property
    def modifiers(self) -> range:
        return range(self.number.stop, self.head)


def counted(tokens: Sequence[Token], number: Expression) -> Counted:
    """The noun that follows `number`, or that is one token with it."""
    if member := _attributive(tokens, number):
        return member
    if [token.lower for token in tokens[number.stop : number.stop + 2]] == ["-", "strong"]:
        return _strength(tokens, number)
    manned = lower_at(tokens, number.stop) == "-" and lower_at(tokens, number.stop + 1) in _MANNED
    if manned and (index := _force_after(tokens, number.stop + 2)):
        return Counted(number, Noun("fighters", "person"), index, index + 1)
    if lower_at(tokens, number.stop) == "strong":
        if force := _force_before(tokens, number):
            return force
        if (index := _force_after(tokens, number.stop + 1)) is not None:
            return Counted(number, Noun("fighters", "person"), index, index + 1)
    start = _after_partitive(tokens, number.stop)
    pronoun: Counted | None = None
    for index in range(start, min(start + _LONGEST_PHRASE, len(tokens))):
        found = _noun_at(tokens, index)
        if found and tokens[index].lower in _PRONOUNS:  # thousands more fighters
            pronoun = pronoun or Counted(number, found.value, index, found.stop)
        elif found and (found.value.kind == "population" or not _is_modifier(tokens, index, found, number)):
            head, noun, stop = last_of_compound(tokens, index, found)
            if (
                noun.kind == "people"
                and lower_at(tokens, number.first - 1) == "of"
                and (lower_at(tokens, number.first - 2) in vocabulary().forces)
            ):  # a force of 1,500 Europeans
                noun = noun._replace(kind="fighters")
            return _with_coordination(tokens, Counted(number, noun, head, stop))
        elif _is_force(tokens, index):
            return Counted(number, Noun("fighters", "person"), index, index + 2)
        elif not found and _breaks(tokens, index, start):
            break
    return (
        _displaced(tokens, number, start)
        or _any_noun(tokens, number, start)
        or pronoun
        or Counted(number, None, number.stop, number.stop)
    )


def _displaced(tokens: Sequence[Token], number: Expression, start: int) -> Counted | None:
    """ "millions of displaced", "400,000 internally displaced in the south": a noun, for none follows it."""
    head = start + (lower_at(tokens, start) == "internally")
    if start == number.stop or lower_at(tokens, head) != "displaced":
        return None
    follower = tokens[head + 1] if head + 1 < len(tokens) else None
    ends = follower is None or not follower.is_word or follower.lower in closed_class()
    return Counted(number, Noun("displaced", "displaced person"), head, head + 1) if ends else None


def _is_force(tokens: Sequence[Token], index: int) -> bool:
    """ "the 14,000 US military presence"."""
    return lower_at(tokens, index) in _ARMED and lower_at(tokens, index + 1) in vocabulary().forces


def _attributive(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """The member of "a six-member panel"."""
    last = tokens[number.stop - 1]
    _, hyphen, tail = last.lower.partition("-")
    if not hyphen or not last.is_word or tail not in number_words.vocabulary().attributive:
        return None
    known = nouns().at(tokenize(tail, 0, len(tail)), 0)
    noun = known.value if known else Noun(THINGS, tail)
    return Counted(number, noun, number.stop - 1, number.stop)


def _any_noun(tokens: Sequence[Token], number: Expression, start: int) -> Counted | None:
    """A noun outside the vocabulary: in the plural, or after a hyphen or "1" in the singular."""
    head = head_at(tokens, start)
    hyphen = lower_at(tokens, number.stop) == "-"
    if hyphen or (head is None and number.high == 1 and tokens[number.stop - 1].is_number):
        head = singular_at(tokens, start)
    if head is None:
        return None
    return Counted(number, Noun(THINGS, singular(tokens[head].lower)), head, head + 1)


def _is_modifier(tokens: Sequence[Token], index: int, found: Match[Noun], number: Expression) -> bool:
    """Whether a noun in the singular stands after a number above one: "100 refugee cases"."""
    words = " ".join(token.lower for token in tokens[index : found.stop])
    return words in singulars() and number.high != 1


def _strength(tokens: Sequence[Token], number: Expression) -> Counted:
    """ "a 30,000-strong border force" counts fighters, "a 150-strong committee" persons."""
    stop = number.stop + 2
    force = _force_after(tokens, stop)
    if force is not None:
        return Counted(number, Noun("fighters", "person"), force, force + 1)
    head = singular_at(tokens, stop)
    if head is None:
        return Counted(number, Noun("people", "person"), number.stop + 1, stop)
    return Counted(number, Noun("people", "person"), head, head + 1)


def _force_after(tokens: Sequence[Token], start: int) -> int | None:
    """The force of a "group-based “border force”", ", mostly local guard": its index."""
    start += lower_at(tokens, start) == ","
    for index in range(start, min(start + _STRONG, len(tokens))):
        token = tokens[index]
        if token.lower in vocabulary().forces:
            return index
        closed = token.lower in closed_class() and not token.text.isupper()  # the US force
        if closed or not (token.is_word or token.text in _WITHIN_NAME):
            return None
    return None


def _force_before(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """ "the rebel fighters, 10,000 strong", "the force is 900 strong"."""
    for index in range(number.first - 1, max(number.first - _BEFORE_STRONG, -1), -1):
        found = nouns().at(tokens, index)
        if found and found.value.kind == "fighters":
            return Counted(number, found.value, index, found.stop)
        if tokens[index].lower in vocabulary().forces:
            return Counted(number, Noun("fighters", "person"), index, index + 1)
    return None


def _noun_at(tokens: Sequence[Token], index: int) -> Match[Noun] | None:
    """A noun of the vocabulary; one with a capital letter is part of a name unless it is a people's."""
    found = nouns().at(tokens, index)
    if found is None or (tokens[index].lower == "more" and lower_at(tokens, index + 1) == "than"):
        return None
    if lower_at(tokens, found.stop) in ("'s", "’s", "’", "'"):  # the country's citizens
        return None
    if found.value.lemma.endswith("ese") and _qualifies(tokens, found.stop):
        return None  # 40 Alarese companies
    proper = found.value.lemma[0].isupper() or found.value.kind == "people"
    named = tokens[index].is_title and not tokens[index].text.isupper() and not proper
    return None if named else found


def _qualifies(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun follows that an adjective before token `index` would qualify."""
    if index >= len(tokens) or not tokens[index].is_word:
        return False
    word = tokens[index].lower
    return word not in closed_class() and not is_finite(tokens[index]) and not word.endswith(("ing", "ed"))


def _after_partitive(tokens: Sequence[Token], index: int) -> int:
    """Past "of", "of the", "of their", "of 275" between a number and the noun."""
    lower = [token.lower for token in tokens[index : index + 3]]
    if lower[:1] == ["-"]:
        return index + 1
    if lower[:2] == ["out", "of"]:
        return _after_partitive(tokens, index + 1)
    if lower[:1] != ["of"]:
        return index
    start = index + (2 if len(lower) > 1 and lower[1] in grammar().determiners else 1)
    return start + (start < len(tokens) and tokens[start].is_number)


def _breaks(tokens: Sequence[Token], index: int, start: int) -> bool:
    token = tokens[index]
    if token.text in "‘’'\"“”-[]’s" or token.lower in ("more", "other", "such", "our", "all"):
        return False
    if _is_acronym(tokens, index):  # US troops
        return False
    if token.lower in _JOINED:  # Syrian, Iraqi and US forces
        follows = index + 1 < len(tokens) and (
            tokens[index + 1].is_title or tokens[index + 1].lower in _JOINED
        )
        return not (follows and index > start and tokens[index - 1].is_title)
    if token.is_number or not token.is_word:
        return True
    return token.lower in closed_class() or (is_finite(token) and not token.lower.endswith("ed"))


def _is_acronym(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word is in capitals while the next one is not: "US troops", not "ARE KILLED"."""
    text = tokens[index].text
    capitals = text.isupper() and text.isalpha() and 1 < len(text) <= _LONGEST_ACRONYM
    return capitals and index + 1 < len(tokens) and not tokens[index + 1].text.isupper()


def last_of_compound(tokens: Sequence[Token], index: int, found: Match[Noun]) -> tuple[int, Noun, int]:
    """ "family members" counts members; "rebel fighters" fighters."""
    head = index
    while (further := _noun_at(tokens, found.stop)) and tokens[found.stop].lower not in _PRONOUNS:
        if tokens[found.stop].lower in singulars() and tokens[head].lower not in singulars():
            break  # took 30 gunmen prisoner
        head, found = found.stop, further
    return head, found.value, found.stop


def _with_coordination(tokens: Sequence[Token], found: Counted) -> Counted:
    """ "1,000 men, women and children" counts persons."""
    stop, members = found.stop, 1
    if found.noun is None or found.noun.lemma not in _TRIPLE:
        return found
    while stop < len(tokens) and tokens[stop].lower in _JOINED:
        step = stop + (2 if tokens[stop].text == "," and lower_at(tokens, stop + 1) == "and" else 1)
        further = nouns().at(tokens, step)
        if further is None or further.value.lemma not in _TRIPLE or lower_at(tokens, step) in _PRONOUNS:
            break
        stop, members = further.stop, members + 1
    return found if members == 1 else found._replace(noun=Noun("people", "person"), stop=stop)


def clause(tokens: Sequence[Token], index: int) -> range:
    """The tokens of the clause around token `index`; asides in brackets and dashes do not end it.

    It reaches no further than `_WIDEST` tokens to either side, asides apart, so that lists cost little.
    """
    first, low = index, max(index - _WIDEST, 0)
    while first > low and (word := tokens[first - 1].lower) not in _BOUNDARIES:
        if word == "," and _brings(tokens, first):
            break
        opening = _opening(tokens, first - 1) if word in ASIDES else first - 1
        if opening is None:
            break
        first = opening
    last, high = index + 1, min(index + _WIDEST, len(tokens))
    while last < high and (word := tokens[last].lower) not in _BOUNDARIES:
        if word == "," and _brings(tokens, last + 1):
            break
        closing = past_aside(tokens, last) if word in ASIDES else last + 1
        if closing == last + 1 and word in ASIDES:
            break
        last = closing
    return range(first, last)


def _brings(tokens: Sequence[Token], index: int) -> bool:
    """ "900 arrived on Monday, bringing the total to 65,000": a total is not of what was added to it."""
    return lower_at(tokens, index) in _BRINGING and lower_at(tokens, index + 1) in grammar().determiners


def past_aside(tokens: Sequence[Token], index: int) -> int:
    """Index after the aside that opens at `index`, or of the next token where none does."""
    text = tokens[index].text
    if text not in ASIDES or text == ")":
        return index + 1
    if text != "(":
        pair = _pair_of_dashes(tokens, text)
        return pair[1] + 1 if pair and pair[0] == index else index + 1
    window = range(index + 1, min(index + _ASIDE, len(tokens)))
    return next((at + 1 for at in window if tokens[at].text == ")"), index + 1)


def _opening(tokens: Sequence[Token], index: int) -> int | None:
    """Index where the aside that closes at `index` opens; `None` where none closes."""
    text = tokens[index].text
    if text == ")":
        window = range(index - 1, max(index - _ASIDE, -1), -1)
        return next((at for at in window if tokens[at].text == "("), None)
    pair = _pair_of_dashes(tokens, text) if text != "(" else None
    return pair[0] if pair and pair[1] == index else None


def _pair_of_dashes(tokens: Sequence[Token], dash: str) -> tuple[int, int] | None:
    """The two dashes of a sentence that has two: they enclose an aside. More part clauses."""
    found = [index for index, token in enumerate(tokens) if token.text == dash]
    return (found[0], found[1]) if len(found) == 2 else None


def lower_at(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""
