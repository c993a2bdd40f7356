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
    head = tokens[0]
    if len(tokens) <= 6 and all(t.is_name or t.lower in _PARTICLES or "-" in t.text for t in tokens):
        return True  # a name after a role: "the defence minister, Ana de Ruiz,"
    if any(t.text in {"’s", "'s"} for t in tokens[:5]) and not any(is_finite(t) for t in tokens):
        return len(tokens) <= 10  # "Ana Ruiz, the mission's envoy,"
    if head.is_number and len(tokens) <= 2:
        return True
    if head.lower in {
        "a",
        "an",
        "the",
        "who",
        "which",
        "whose",
        "one",
        "its",
        "their",
        "now",
        "then",
        "from",
        "of",
        "speaking",
        "himself",
        "herself",
        "formerly",
        "also",
        "another",
        "head",
        "former",
    }:
        return not any(is_finite(t) for t in tokens) or head.lower in {"who", "which", "whose", "one"}
    if head.lower in {
        "on",
        "in",
        "at",
        "for",
        "however",
        "meanwhile",
        "too",
        "though",
        "during",
        "last",
        "this",
    }:
        return len(tokens) <= 8 and not any(is_finite(t) for t in tokens)
    if head.lower.endswith("ing") or head.lower in grammar().prepositions:
        return False
    return len(tokens) <= 14 and not any(is_finite(t) for t in tokens) and not head.text.istitle()


def _core_before(tokens: tuple[Token, ...], end: int, first: int) -> int:
    """Walk left over a noun phrase with its prepositional parts to the clause's edge."""
    g = grammar()
    at = end
    while at > first:
        token = tokens[at - 1]
        if token.text == ")":
            opening = next(
                (i for i in range(at - 2, max(first - 1, at - 14), -1) if tokens[i].text == "("), None
            )
            if opening is None:
                break
            at = opening
            continue
        if token.text == "and":
            if not _coordinates(tokens, at - 1, end, first):
                break
        elif (
            (token.text == "," and at >= 2 and at < end and _lists(tokens, at - 1, end, first))
            or (
                token.text in {"–", "—"}
                and at - 1 > 0
                and tokens[at - 2].end == token.begin == tokens[at].begin - 1
            )
            or token.text in "’'"
            or token.text in {"’s", "'s", "%", "-", "‑", "/", "&", "$", "£"}
        ):
            pass
        elif (
            (
                not (token.is_word or token.is_number)
                or token.lower in g.subordinators - {"that"}
                or is_finite(token)
            )
            or (token.lower == "that" and at < end and not tokens[at].is_word)
            or (
                token.lower == "that"
                and at >= 2
                and tokens[at - 2].is_word
                and tokens[at - 2].lower not in g.prepositions
            )
            or token.lower in g.contracted
        ):
            break
        elif token.lower in g.pronouns - g.determiners and at == end:
            return at - 1
        elif token.lower in g.pronouns - g.determiners:
            break
        elif _is_infinitive(tokens, at, end):
            at += 1  # "to deny the group": the infinitive is no part of the phrase
            break
        elif token.lower in {"after", "before", "since", "until", "amid", "despite", "following"} or (
            at < end and tokens[at].lower in g.determiners and _is_verb_like(token)
        ):
            break
        at -= 1
    while at < end and (tokens[at].text in {",", "and", "-", "’", "'"} or tokens[at].text in {"’s", "'s"}):
        at += 1
    return at


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
            continue
        if token.text == "," and at > begin:
            stop = _apposition_after(tokens, at, last)
            if stop is None:
                break
            at = stop
            continue
        if token.text in {"’s", "'s", "’", "-", "&", "/"} and at > begin:
            at += 1
            continue
        if not (token.is_word or token.is_number):
            break
        if at > begin:
            if (
                token.lower in g.subordinators
                or is_finite(token)
                or token.lower in g.pronouns - g.determiners
            ):
                break
            if token.lower in {
                "on",
                "after",
                "before",
                "during",
                "since",
                "last",
                "this",
                "earlier",
                "late",
                "by",
                "when",
                "about",
                "following",
                "adding",
            } or is_adverb(token):
                break
            if token.lower in g.time_words and tokens[at - 1].lower not in g.prepositions | g.determiners:
                break
            if token.lower == "in" and at + 1 < last and _is_time_or_channel(tokens, at + 1, last):
                break
            if token.lower == "and" and not (
                at + 1 < last
                and (
                    tokens[at + 1].is_name
                    or tokens[at + 1].lower in g.determiners
                    or not tokens[at - 1].is_name
                )
            ):
                break
        elif (
            token.lower in g.auxiliaries
            or token.lower in g.prepositions - {"like"}
            or token.lower in g.subordinators - {"that"}
        ):
            break
        at += 1
    while at > begin and (
        tokens[at - 1].text in {",", "and", "-"} or tokens[at - 1].lower in g.prepositions | g.determiners
    ):
        at -= 1
    return at


def _is_time_or_channel(tokens: tuple[Token, ...], at: int, last: int) -> bool:
    g = grammar()
    window = tokens[at : min(last, at + 4)]
    return any(
        t.is_number
        or t.lower in g.time_words
        or t.lower
        in {
            "statement",
            "interview",
            "tweet",
            "report",
            "speech",
            "response",
            "comments",
            "remarks",
            "email",
            "letter",
            "post",
            "briefing",
            "message",
        }
        for t in window
    )


def _apposition_after(tokens: tuple[Token, ...], comma: int, last: int) -> int | None:
    """Index of the end of the apposition that opens at `comma`: before its closing comma or full stop."""
    inner_end = None
    for at in range(comma + 1, min(last, comma + 45)):
        if tokens[at].text in '“”";:—–.':
            inner_end = at
            break
        if tokens[at].text == ",":
            inner_end = at
            break
    else:
        inner_end = min(last, comma + 45)
    inner = tokens[comma + 1 : inner_end]
    if not inner or not _is_description(inner):
        return None
    if inner[0].lower in {
        "on",
        "in",
        "at",
        "speaking",
        "for",
        "however",
        "meanwhile",
        "too",
        "though",
        "during",
        "last",
        "this",
        "also",
    }:
        return None
    return inner_end
