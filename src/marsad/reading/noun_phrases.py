"""Noun phrases without a trained tagger: where one ends or begins, apposition included."""

from __future__ import annotations

from marsad.reading.syntax import closed_class, grammar, is_adverb, is_finite
from marsad.reading.text import Token


def phrase_before(tokens: tuple[Token, ...], end: int, first: int = 0) -> int:
    """Index where the noun phrase that ends just before index `end` begins; `end` if there is none.

    Apposition is part of the phrase: "Ana Ruiz, a professor at the university," is one.
    """
    at = end
    if at > first and tokens[at - 1].text == ",":
        opening = _apposition_before(tokens, at - 1, first)
        return at if opening is None else phrase_before(tokens, opening, first)
    at = _core_before(tokens, end, first)
    begin = _without_introduction(tokens, at, end)
    if begin - 1 > first and tokens[begin - 1].lower == "who" and tokens[begin - 2].is_word:
        return phrase_before(tokens, begin - 1, first)  # "lawyers who act for the detainees"
    if (
        begin < end
        and _is_description(tokens[begin:end])
        and begin > first + 1
        and tokens[begin - 1].text == ","
    ):
        # "A, a professor at B" before the verb, its closing comma left out by the writer
        named = _core_before(tokens, begin - 1, first)
        alone = tokens[named].lower not in closed_class() | grammar().time_words
        if named < begin - 1 and alone and all(t.is_name for t in tokens[named : begin - 1]):
            return named
    return begin


def _apposition_before(tokens: tuple[Token, ...], comma: int, first: int) -> int | None:
    """For a phrase that ends with a comma at `comma`: index of the comma that opens its apposition."""
    for at in range(comma - 1, max(first, comma - 40), -1):
        token = tokens[at]
        if token.text in '“”";:—–':
            return None
        if token.text == "," and at > first:
            inner = tokens[at + 1 : comma]
            if _is_description(inner) and (
                tokens[at - 1].is_word or tokens[at - 1].is_number or tokens[at - 1].text == ")"
            ):
                return at
    return None


_PARTICLES = frozenset({"al", "el", "bin", "de", "da", "di", "van", "von", "der", "den", "la", "le", "du"})


def _is_description(tokens: tuple[Token, ...]) -> bool:
    """Apposition, an age, a relative clause or an aside of time, as stands after a name."""
    if not tokens or (len(tokens) == 1 and tokens[0].lower in grammar().pronouns):
        return False
    head, finite = tokens[0], any(is_finite(t) for t in tokens)
    if head.is_number and len(tokens) <= 2:
        return True
    if len(tokens) <= 6 and all(t.is_name or t.lower in _PARTICLES or "-" in t.text for t in tokens):
        return True  # a name after a role: "the defence minister, Ana de Ruiz,"
    if any(t.text in {"’s", "'s"} for t in tokens[:5]) and not finite:
        return len(tokens) <= 10  # "Ana Ruiz, the mission's envoy,"
    if head.lower in _RELATIVES:
        return True
    if head.lower in _DESCRIBING:
        return not finite
    if head.lower in _ASIDES:
        return len(tokens) <= 8 and not finite
    if head.lower.endswith("ing") or head.lower in grammar().prepositions:
        return False
    return len(tokens) <= 14 and not finite and not head.text.istitle()


_RELATIVES = frozenset({"who", "which", "whose", "one"})
_DESCRIBING = frozenset(
    {
        "a", "an", "the", "its", "their", "now", "then", "from", "of", "speaking", "himself", "herself",
        "formerly", "also", "another", "head", "former",
    }
)  # fmt: skip
_ASIDES = frozenset(
    {"on", "in", "at", "for", "however", "meanwhile", "too", "though", "during", "last", "this"}
)


def _core_before(tokens: tuple[Token, ...], end: int, first: int) -> int:
    """Walk left over a noun phrase with its prepositional parts to the clause's edge."""
    g = grammar()
    at = end
    while at > first:
        token = tokens[at - 1]
        if token.text == ")":
            opening = _bracket_before(tokens, at, first)
            if opening is None:
                break
            at = opening
            continue
        if token.text == "and":
            if not _coordinates(tokens, at - 1, end, first):
                break
        elif not _is_joint(tokens, at, end, first):
            if _is_edge(tokens, at, end):
                break
            if token.lower in g.pronouns - g.determiners:
                return at - 1 if at == end else at
            if _is_infinitive(tokens, at, end):
                at += 1  # "to deny the group": the infinitive is no part of the phrase
                break
        at -= 1
    while at < end and (tokens[at].text in {",", "and", "-"} or tokens[at].text in _CLITICS):
        at += 1
    return at


_CLITICS = frozenset({"’s", "'s", "’", "'"})
_JOINTS = _CLITICS | frozenset({"%", "-", "‑", "/", "&", "$", "£"})
# A phrase of time or circumstance opens with one of these, and is no part of a subject.
_CIRCUMSTANCE = frozenset({"after", "before", "since", "until", "amid", "despite", "following"})


def _bracket_before(tokens: tuple[Token, ...], at: int, first: int) -> int | None:
    """Index of the bracket that the one before index `at` closes."""
    return next((i for i in range(at - 2, max(first - 1, at - 14), -1) if tokens[i].text == "("), None)


def _is_joint(tokens: tuple[Token, ...], at: int, end: int, first: int) -> bool:
    """Whether the mark before index `at` joins two words of one phrase."""
    token = tokens[at - 1]
    if token.text == ",":
        return 2 <= at < end and _lists(tokens, at - 1, end, first)
    if token.text in {"–", "—"}:  # "the Baghdad–Washington talks"
        return at > 1 and at < len(tokens) and tokens[at - 2].end == token.begin == tokens[at].begin - 1
    return token.text in _JOINTS


def _is_edge(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether the token before index `at` ends the walk: a verb, a conjunction, a mark."""
    g = grammar()
    token = tokens[at - 1]
    if not (token.is_word or token.is_number) or is_finite(token) or token.lower in g.contracted:
        return True
    if token.lower in g.subordinators - {"that"} or token.lower in _CIRCUMSTANCE:
        return True
    if token.lower == "that":
        conjunction = at >= 2 and tokens[at - 2].is_word and tokens[at - 2].lower not in g.prepositions
        return conjunction or (at < end and not tokens[at].is_word)
    return at < end and tokens[at].lower in g.determiners and _is_verb_like(token)


def _is_infinitive(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether "to" before index `at` opens an infinitive."""
    if tokens[at - 1].lower != "to" or at >= end:
        return False
    return tokens[at].is_word and not tokens[at].is_name and tokens[at].lower not in grammar().determiners


def _is_verb_like(token: Token) -> bool:
    """Before a determiner, a lower-case word in -s or -ed is a verb: "abandons the fight"."""
    return (
        not token.is_name
        and token.lower.endswith(("s", "ed"))
        and token.lower not in grammar().prepositions | {"as"}
    )


def _coordinates(tokens: tuple[Token, ...], conjunction: int, end: int, first: int) -> bool:
    """Whether "and" joins two nouns of one subject rather than two clauses."""
    if conjunction - 1 < first or conjunction + 1 >= end:
        return False
    left, right = tokens[conjunction - 1], tokens[conjunction + 1]
    if not (left.is_word or left.text in ")s"):
        return False
    if right.lower in grammar().pronouns or (right.lower in grammar().determiners and not left.is_name):
        return False
    return not is_finite(left) and not is_adverb(right)


def _lists(tokens: tuple[Token, ...], comma: int, end: int, first: int) -> bool:
    """Whether the comma stands in a list of names that an "and" closes: A, B and C."""
    tail = tokens[comma + 1 : end]
    return (
        comma - 1 >= first
        and tokens[comma - 1].is_name
        and bool(tail)
        and tail[0].is_name
        and any(t.text == "and" for t in tail)
        and len(tail) <= 12
        and not any(is_finite(t) for t in tail)
    )


def _without_introduction(tokens: tuple[Token, ...], begin: int, end: int) -> int:
    """Drop adverbs and a prepositional phrase of time or place that open the clause."""
    g = grammar()
    at = begin
    while at < end and (is_adverb(tokens[at]) or tokens[at].lower in {"but", "and", "so", ","}):
        at += 1
    if (
        at + 1 < end
        and tokens[at].lower in {"between", "about", "around", "over"}
        and tokens[at + 1].is_number
    ):
        return at  # "between 1,000 and 1,500 men"
    if at < end and (tokens[at].lower in g.prepositions or _opens_time(tokens, at, end)):
        for i in range(at + 1, end):
            word, before = tokens[i], tokens[i - 1]
            fresh = (
                word.lower in g.determiners | g.pronouns
                and before.lower not in g.prepositions | g.time_modifiers
            )
            after_time = before.lower in g.time_words or before.is_number or before.text == ","
            noun = before.is_word and before.lower not in g.prepositions | g.determiners | g.time_modifiers
            if i > at + 2 and word.is_name and noun and not before.is_name and before.lower != "and":
                return i  # "at one point Ruiz"
            if (fresh and i > at + 1) or (after_time and word.is_word and not _is_time(word)):
                return i if word.lower not in g.prepositions else _without_introduction(tokens, i, end)
        return at if tokens[at].lower in {"like", "around", "about", "over", "some", "up"} else end
    return at


def _is_time(word: Token) -> bool:
    """A word of a date: "3 May 2021"."""
    return word.is_number or word.lower in grammar().time_words or word.text == "May"


def _opens_time(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    g = grammar()
    return tokens[at].lower in {"last", "this", "earlier", "late", "early"} and any(
        t.lower in g.time_words for t in tokens[at + 1 : min(at + 3, end)]
    )


def phrase_after(tokens: tuple[Token, ...], begin: int, last: int) -> int:
    """Index just after the noun phrase that begins at index `begin`; `begin` if there is none.

    Apposition is part of the phrase; adverbials of time ("on Friday") and participles are not.
    """
    g = grammar()
    at = begin
    while at < last:
        token = tokens[at]
        if token.text == "(":
            closing = next((i for i in range(at + 1, min(last, at + 14)) if tokens[i].text == ")"), None)
            if closing is None or at == begin:
                break
            at = closing + 1
        elif token.text == "," and at > begin:
            stop = _apposition_after(tokens, at, last)
            if stop is None:
                break
            at = stop
        elif at > begin and token.text in _CLITICS | {"-", "&", "/"}:
            at += 1
        elif _ends_phrase(tokens, at, last) if at > begin else _opens_none(token):
            break
        else:
            at += 1
    while at > begin and (
        tokens[at - 1].text in {",", "and", "-"} or tokens[at - 1].lower in g.prepositions | g.determiners
    ):
        at -= 1
    return at


def _opens_none(token: Token) -> bool:
    """Whether no noun phrase opens with this word."""
    g = grammar()
    word = token.is_word or token.is_number
    return not word or token.lower in g.auxiliaries | (g.prepositions - {"like"}) | (
        g.subordinators - {"that"}
    )


def _ends_phrase(tokens: tuple[Token, ...], at: int, last: int) -> bool:
    """Whether what stands at `at` is behind the phrase: a mark, a verb, an adverbial, another clause."""
    g = grammar()
    token, before = tokens[at], tokens[at - 1]
    if not (token.is_word or token.is_number):
        return True
    if token.lower in g.subordinators or token.lower in g.pronouns - g.determiners or is_finite(token):
        return True
    if token.lower in _ADVERBIAL or is_adverb(token):
        return True
    named = token.is_name and before.is_name and not token.lower.endswith("day")  # "the Morning Herald"
    if token.lower in g.time_words and not named and before.lower not in g.prepositions | g.determiners:
        return True
    if token.lower == "in":
        return at + 1 < last and _is_time_or_channel(tokens, at + 1, last)
    if token.lower != "and":
        return False
    after = tokens[at + 1] if at + 1 < last else None
    return after is None or not (after.is_name or after.lower in g.determiners or not before.is_name)


_ADVERBIAL = frozenset(
    {
        "on", "after", "before", "during", "since", "last", "this", "earlier", "late", "by", "when", "about",
        "following", "adding",
    }
)  # fmt: skip


def _is_time_or_channel(tokens: tuple[Token, ...], at: int, last: int) -> bool:
    """Whether "in" governs a time or a channel: "in May", "in a statement"."""
    window = tokens[at : min(last, at + 4)]
    return any(t.is_number or t.lower in grammar().time_words | _CHANNELS for t in window)


_CHANNELS = frozenset(
    {
        "statement", "interview", "tweet", "report", "speech", "response", "comments", "remarks", "email",
        "letter", "post", "briefing", "message",
    }
)  # fmt: skip


def _apposition_after(tokens: tuple[Token, ...], comma: int, last: int) -> int | None:
    """Index of the end of the apposition that opens at `comma`: before its closing comma or full stop."""
    limit = min(last, comma + 45)
    end = next((at for at in range(comma + 1, limit) if tokens[at].text in _CLOSING), limit)
    inner = tokens[comma + 1 : end]
    if not inner or inner[0].lower in _ASIDES | {"speaking", "also"} or not _is_description(inner):
        return None
    return end


_CLOSING = frozenset({",", "“", "”", '"', ";", ":", "—", "–", "."})
