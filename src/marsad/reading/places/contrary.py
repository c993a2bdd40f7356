"""What speaks against a place: the name is a person's, or only a part of what something is called.

"Hazam, 28, a Kurd from Kobani"; "our baby Hawar"; "Hawar's cries"; "the Minsk agreement"; "the
Russian Duma", as Duma lies in no country of the Russians.
"""

from __future__ import annotations

from marsad.gazetteer.folding import fold, without_articles
from marsad.reading.places.evidence import AMBIGUOUS, PART_OF_A_NAME, PERSON, Mention, Surroundings
from marsad.reading.places.vocabulary import demonyms, vocabulary

OLDEST = 110  # years
APPOSED = 5  # tokens from the article to the noun that says who somebody is
_ARTICLES = ("a", "an", "another", "the", "my", "his", "her", "our", "their")
_DASHES = ("-", "‐", "‑", "–")
_QUOTES = ('"', "“", "”", "‘", "’")


def weigh(around: Surroundings, mention: Mention, after: int) -> None:
    """Add the contrary evidence that stands around one mention; `after` is the index behind it."""
    if not mention.type and _is_person(around, mention, after) and not _country(mention):
        mention.weigh("person", PERSON)
    if not mention.type and not mention.associative and _part_of_a_title(around, mention, after):
        mention.weigh("part of a name", PART_OF_A_NAME)
    if _between_marks(around, mention, after) and not _country(mention):
        mention.weigh("quoted", AMBIGUOUS)


def weigh_namesakes(mentions: list[Mention]) -> None:
    """A name that is once a person's is so throughout, unless something once lies in it."""
    persons = {_key(mention) for mention in mentions if "person" in mention.reasons}
    places = {_key(m) for m in mentions if m.type or ("locative" in m.reasons and "person" not in m.reasons)}
    for mention in mentions:
        if "person" not in mention.reasons and _key(mention) in persons - places:
            mention.weigh("person in this text", PERSON)


def _key(mention: Mention) -> str:
    return without_articles(fold(mention.name))


def _country(mention: Mention) -> bool:
    return any(entry.kind in ("country", "region") for entry in mention.candidates)


def _words(around: Surroundings, index: int, count: int) -> list[str]:
    return [token.lower for token in around.tokens[index : index + count]]


def _is_person(around: Surroundings, mention: Mention, after: int) -> bool:
    persons = vocabulary().persons
    words = _words(around, after, APPOSED + 2)
    if not words:
        return "title before" in mention.reasons
    if words[0] in persons.acts or "title before" in mention.reasons:
        return True
    if words[0] == "'s":
        return len(words) > 1 and words[1] in persons.belongings
    return _has_age(words) or _is_apposed(words)


def _has_age(words: list[str]) -> bool:
    """ ", 28," or ", at 28" or "(28)"."""
    if words[0] not in (",", "("):
        return False
    at = words[1:2] in (["at"], ["aged"])
    number, end = words[1 + at : 2 + at], words[2 + at : 3 + at]
    if not number or not number[0].isdecimal() or not 0 < int(number[0]) <= OLDEST:
        return False
    return at or end in ([","], [")"], ["."])


def _is_apposed(words: list[str]) -> bool:
    """ ", a Kurd from", ", an Iraqi fighter who"; not ", a Syrian city"."""
    if words[0] != "," or words[1:2] not in ([article] for article in _ARTICLES):
        return False
    head = ""
    for word in words[2:]:
        if word in (",", ".", "from", "who", "with", "in", "of", "and", "whose", "at", "for"):
            break
        head = word
    persons = vocabulary().persons
    return head in persons.nouns or head in persons.peoples


def _part_of_a_title(around: Surroundings, mention: Mention, after: int) -> bool:
    """ "The Minsk agreement", "Durham university", "Baghdad–Washington talks", "the Russian Duma"."""
    context = vocabulary().context
    words = [word for word in _words(around, after, 2) if word not in _QUOTES]
    if words and (words[0] in context.pacts or words[0] in context.colleges):
        return True
    return _joined(around, mention, after) or _of_another_people(around, mention)


def _joined(around: Surroundings, mention: Mention, after: int) -> bool:
    """Half of a compound that a dash joins without blanks, unless it names a border."""
    tokens, first = around.tokens, mention.first
    later = (
        after + 1 < len(tokens)
        and tokens[after].text in _DASHES
        and tokens[after - 1].end == tokens[after].begin
        and tokens[after].end == tokens[after + 1].begin
    )
    earlier = (
        first > 1
        and tokens[first - 1].text in _DASHES
        and tokens[first - 1].end == tokens[first].begin
        and tokens[first - 2].end == tokens[first - 1].begin
    )
    end = after + 2 if later else after
    return (later or earlier) and not set(_words(around, end, 1)) & vocabulary().context.borders


def _of_another_people(around: Surroundings, mention: Mention) -> bool:
    """ "The Russian Duma": the adjective of a country in which no place of the name lies."""
    before = around.words_before(mention.first, 1)
    codes = demonyms().get(fold(before[0]), ()) if before else ()
    if not codes or not mention.candidates:
        return False
    return all(e.kind in ("city", "town", "village") and e.country not in codes for e in mention.candidates)


def _between_marks(around: Surroundings, mention: Mention, after: int) -> bool:
    tokens = around.tokens
    if not mention.first > 0 or after >= len(tokens):
        return False
    return tokens[mention.first - 1].text in _QUOTES and tokens[after].text in _QUOTES
