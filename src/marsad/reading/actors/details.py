"""What must be masked beside a private person's name, and what shows a name to be private.

Ages and home towns are found by their wording: ", 19,", "a 19-year-old", "from Sarmin", "her home
in Sarmin". Kinship, an age or a naming verb beside a name shows that it is a person's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import itemgetter

from marsad.reading.actors.names import Name, name_words
from marsad.reading.actors.roles import kin_words, person_heads, private_heads
from marsad.reading.syntax import is_finite
from marsad.reading.text import Text, Token
from marsad.records.spans import Span

OLDEST = 120  # years
REACH = 24  # tokens behind a name in which its description ends
_ENDS = frozenset({"“", "”", '"', ";", "."})


def is_age(token: Token) -> bool:
    return token.is_number and token.text.isdecimal() and 0 < int(token.text) <= OLDEST


def is_private(text: Text, name: Name) -> bool:
    """Whether an age, kinship or a verb of naming beside it shows a name to be a private person's."""
    after = text.tokens[name.last : name.last + 4]
    marks = [t.text for t in after]
    if (
        len(after) >= 3
        and marks[0] == ","
        and is_age(after[1])
        and (marks[2] in ",.)" or after[2].lower in {"and", "from"})
    ):
        return len(after[1].text) <= 2
    if len(after) >= 3 and marks[0] == "," and "aged" in {after[1].lower, after[2].lower}:
        return True
    if len(after) >= 2 and marks[0] in {"’s", "'s"} and after[1].lower in kin_words():
        return True
    if len(after) >= 2 and marks[0] == "," and (after[1].lower == "who" or _is_another(after)):
        return True
    return _is_introduced(text, name)


def _is_another(after: tuple[Token, ...]) -> bool:
    """ ", another Arab fighter"."""
    return after[1].lower == "another" and any(t.lower in private_heads() for t in after[2:])


def _is_introduced(text: Text, name: Name) -> bool:
    """ "her sister X", "a man named X", "his nom de guerre, X", "a 20-year-old X"."""
    before = text.tokens[max(0, name.first - 5) : name.first]
    if not before:
        return False
    if before[-1].text in {",", ":"}:
        before = before[:-1]
    words = [t.lower for t in before]
    if not words:
        return False
    people = person_heads()
    if words[-1] in people:
        many = words[-1] in private_heads() and words[-1].endswith("s")  # "refugees, Sarmin has"
        return words[-1] in kin_words() or (words[-1] in private_heads() and not many)
    if words[-1] == "year-old":
        after = text.tokens[name.last : name.last + 1]
        return not (after and after[0].lower in people)  # "a 27-year-old Sarmin activist"
    if words[-1] == "and" and len(before) > 2 and before[-2].is_name and words[-3] in kin_words():
        return True  # "his sons A and B"
    if words[-1] in {"nicknamed", "guerre", "pseudonym", "alias"}:
        return True
    given = (
        words[-1] in name_words().naming
        or words[-2:] == ["known", "as"]
        or (words[-1] == "as" and "name" in words)
    )
    return given and any(
        w in people or w in {"name", "him", "her", "himself", "herself", "who"} for w in words[:-1]
    )


def beside(
    text: Text, mentions: list[Span], is_place: Callable[[str], bool], is_country: Callable[[str], bool]
) -> list[Span]:
    """Spans of the ages and home towns in the descriptions beside the mentions of one person."""
    found: list[Span] = []
    for begin, end in mentions:
        first, last = text.token_index(begin), text.token_index(end - 1) + 1
        found.extend(_ages(text, first, last))
        found.extend(_towns_behind(text, last, is_place, is_country))
    return found


def _ages(text: Text, first: int, last: int) -> list[Span]:
    """ "X, 19,", "X was 19", "X, a 19-year-old", "19-year-old X", "X, now aged 19"."""
    found = []
    for at in range(last, min(last + 8, len(text.tokens))):
        token = text.tokens[at]
        if token.text in _ENDS or token.is_name:
            break
        before = text.tokens[at - 1]
        if is_age(token) and _is_said_of_age(text, before, at, last):
            found.append((token.begin, token.end))
    before_name = text.tokens[max(0, first - 3) : first]
    if len(before_name) == 3 and before_name[2].lower == "year-old" and is_age(before_name[0]):
        found.append((before_name[0].begin, before_name[0].end))
    return found


def _is_said_of_age(text: Text, before: Token, at: int, last: int) -> bool:
    after = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
    closes = (
        after is None or after.text in {",", ".", ")", ";"} or after.lower in {"and", "when", "from", "at"}
    )
    if before.text in {",", "("}:
        return at == last + 1 and closes
    return before.lower == "aged" or (
        before.lower in {"was", "is", "turned", "now"} and closes and at <= last + 2
    )


def years_old(text: Text, public: list[Span], owner: Callable[[int], bool]) -> list[Span]:
    """Ages of persons, named or not, as "19-year-old"; not of things, nor of the `public` named beside.

    The mentions of the `public` are in order.
    "The 40-year-old" is whoever was named last: `owner` says whether that is a private person.
    """
    found = []
    for at in range(2, len(text.tokens)):
        number = text.tokens[at - 2]
        if text.tokens[at].lower not in {"year-old", "year-olds"} or not is_age(number):
            continue
        following = text.tokens[at + 1 : at + 4]
        if any(t.lower in name_words().aged_things for t in following):
            continue
        if at > 2 and text.tokens[at - 3].lower == "the" and not owner(number.begin):
            continue
        end = text.tokens[min(at + 6, len(text.tokens) - 1)].end
        beside = bisect_right(public, number.end, key=itemgetter(0))
        if beside == len(public) or public[beside][0] >= end:
            found.append((number.begin, number.end))
    return found


def _towns_behind(
    text: Text, last: int, is_place: Callable[[str], bool], is_country: Callable[[str], bool]
) -> list[Span]:
    """ "X, 19, a trader from Sarmin", "X of Sarmin", ", from the Ruritanian town of Sarmin"."""
    found = []
    for at in range(last, min(last + REACH, len(text.tokens))):
        token = text.tokens[at]
        if token.text in _ENDS or is_finite(token):
            break
        before = text.tokens[at - 1].lower
        direct = (token.lower == "from" and not before.endswith(("ing", "ed", "back"))) or (
            token.lower == "of" and at == last
        )
        homely = token.lower in {"of", "in", "near"} and before in name_words().homes | private_heads()
        if (direct or homely) and (town := _place_at(text, at + 1, is_place, is_country)):
            found.append(town)
    return found


def homes(
    text: Text,
    owner: Callable[[int], bool],
    is_place: Callable[[str], bool],
    is_country: Callable[[str], bool],
) -> list[Span]:
    """Home towns told in a clause: "her home in X", "grew up in X", "a resident of X".

    `owner` says whether whoever is spoken of at an offset is a private person.
    """
    found = []
    for at in range(1, len(text.tokens) - 1):
        token, before = text.tokens[at], text.tokens[at - 1]
        if token.lower not in {"in", "of", "near", "from"} or before.lower not in _PERSONAL:
            continue
        if (before.lower == "home" and text.tokens[at - 2].lower not in {"her", "his", "their"}) or not owner(
            token.begin
        ):
            continue
        town = _place_at(text, at + 1, is_place, is_country)
        if town:
            found.append(town)
    return found


_PERSONAL = frozenset({
    "home", "hometown", "born", "raised", "up", "lives", "lived", "resident", "native", "originally",
})  # fmt: skip


def _place_at(
    text: Text, at: int, is_place: Callable[[str], bool], is_country: Callable[[str], bool]
) -> Span | None:
    """The town named at `at`, behind an article, an adjective and "town of", "west"; None for a country."""
    start = at
    for _ in range(6):
        if at >= len(text.tokens):
            return None
        token = text.tokens[at]
        if token.is_name and not is_country(token.text):
            break
        if token.is_word or is_country(token.text):
            at += 1
    else:
        return None
    stop = at
    while stop < len(text.tokens) and text.tokens[stop].is_name and stop < at + 4:
        stop += 1
    span = (text.tokens[at].begin, text.tokens[stop - 1].end)
    camp = stop < len(text.tokens) and text.tokens[stop].lower == "camp"
    prefixed = stop > at + 1 and text.tokens[at].text in name_words().vessels  # "Tal X", in no gazetteer
    called_so = any(t.lower in name_words().homes for t in text.tokens[start:at])  # "the village of X"
    town = (is_place(text[span]) or prefixed or called_so) and not is_country(text[span]) and not camp
    return span if town else None
