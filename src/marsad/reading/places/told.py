"""What a trained reader's entities tell of names: which are places, which persons, which neither.

A location of the trained reader is a whole phrase ("the west side of the city"), so it is evidence
and no place itself. Inside one, a name is more likely a place, even one that the gazetteer lacks and
that stays unresolved; a name that is a person's is less likely one. In the name of a public body
("the Dublin City Council") the place is named whose body it is, and nothing is said to be there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold
from marsad.models import Entity
from marsad.reading.places.evidence import AMBIGUOUS, PART_OF_A_NAME, Mention
from marsad.reading.places.shapes import coded, merged
from marsad.reading.places.vocabulary import demonyms, feature_of, roads, vocabulary
from marsad.reading.text import Text, Token
from marsad.records.spans import Span, Spans, overlaps

LIKELY, SURE = 0.3, 0.6  # probability of a location: with a word for a feature in the name, and without
RELEASED = 0.5  # ... that takes a name back from a person or an organisation
LOCATED, SOMEBODY, NOTHING = 1.0, -2.0, -1.0  # points
LONGEST_UNKNOWN = 5  # words of a name that no gazetteer has
LONGEST_SEAT = 3  # words of a place before "Police Department"
LONGEST_BODY = 6  # words between the place and the word that tells a public body
A_WORD = 2  # letters: of a name, more
SHOUTED = 5  # letters; a shorter name in capitals only is an acronym
OF_A_BODY = 4.0  # points
PART = PART_OF_A_NAME / 2  # evidence of what is only a part of a longer name
_HOMELY = (None, "facility", "other")  # kinds of a name that may be that of who lives there
_BEGIN = itemgetter(0)
_PLACE = attrgetter("span")


class Told:
    """The entities of one text, asked by place; they do not overlap."""

    def __init__(self, text: Text, entities: Sequence[Entity]) -> None:
        self.text = text
        self.entities = sorted(entities)
        self._begins = [entity.span[0] for entity in self.entities]

    def around(self, span: Span) -> Entity | None:
        """The entity that holds the whole span."""
        at = bisect_right(self._begins, span[0]) - 1
        return None if at < 0 or self.entities[at].span[1] < span[1] else self.entities[at]

    def locations(self, least: float) -> Iterator[Entity]:
        return (e for e in self.entities if e.type == "Location" and e.probability >= least)


def joined(told: Told, gazetteer: Gazetteer, mentions: list[Mention], ground: Spans) -> list[Mention]:
    """The mentions, weighed by the entities around them, with those that the entities add, in order."""
    _weigh(told, mentions)
    whole = [mention for mention in mentions if mention.evidence > PART]
    added = list(_seats(told, gazetteer, whole, ground))
    added += _unknown_names(told, [*whole, *added], ground)
    spans = sorted(mention.span for mention in added)
    kept = (mention for mention in mentions if mention.evidence > PART or _is_free(mention.span, spans))
    return sorted((*kept, *added), key=_PLACE)


def given_back(told: Told, taken: Spans) -> Spans:
    """`taken` without the names of persons and organisations that are exactly those of locations."""
    names = {_name_at_end(told.text, location.span) for location in told.locations(RELEASED)}
    return tuple(span for span in taken if span not in names)


def _name_at_end(text: Text, span: Span) -> Span | None:
    """The words in capitals with which a location ends, but for a road: "the port of [Hana]"."""
    tokens = text.tokens_in(span)
    first, openers = len(tokens), vocabulary().words.openers
    while first and tokens[first - 1].is_title and tokens[first - 1].lower not in openers:
        first -= 1
    if first == len(tokens) or not _no_address(tokens[first:]):
        return None
    return tokens[first].begin, tokens[-1].end


def _weigh(told: Told, mentions: Sequence[Mention]) -> None:
    """Add to the evidence of each mention what the entity around it tells."""
    for mention in mentions:
        entity = told.around(mention.span)
        if entity is None:
            if mention.evidence < 0 and not mention.associative:
                mention.weigh("in no entity", NOTHING)
        elif entity.type == "Location" and entity.probability >= LIKELY:
            mention.weigh("in a location", LOCATED)
        elif entity.type == "Person" and entity.span == mention.span:
            mention.weigh("a person", SOMEBODY)


def _is_free(span: Span, held: Sequence[Span]) -> bool:
    """Whether no held span, in order and free of overlaps, reaches into it."""
    at = bisect_right(held, span[0], key=_BEGIN)
    return not any(overlaps(span, one) for one in held[max(0, at - 1) : at + 1])


# --- names that the gazetteer lacks ---


def _unknown_names(told: Told, mentions: Sequence[Mention], ground: Spans) -> Iterator[Mention]:
    """Names inside locations that nothing else has; each stays unresolved and locates nothing."""
    guessed = {mention.span: mention for mention in mentions if mention.loose and not mention.alone}
    named, others = sorted(mention.span for mention in mentions), merged(ground)
    found = []
    for location in told.locations(LIKELY):
        for first, last in _runs(told.text, location.span):
            mention = _unknown(told.text, location, first, last)
            if mention and _is_free(mention.span, others):
                found.append(mention)
    once = {mention.name for mention in found if mention.alone}
    for mention in found:
        other = guessed.get(mention.span)
        if mention.name in once and other:  # known by its sound, or not at all
            other.alone = other.unplaced = True
        elif mention.name in once and _is_free(mention.span, named):
            mention.alone = True
            yield mention


def _runs(text: Text, span: Span) -> Iterator[tuple[int, int]]:
    """Neighbouring words in capitals, as indexes of tokens, without the article that opens them."""
    first, end = _indexes(text, span)
    tokens, openers = text.tokens, vocabulary().words.openers
    while first < end:
        last = first
        while last < end and tokens[last].is_title and (last == first or _adjacent(text, last)):
            last += 1
        opens = first < last and tokens[first].lower in openers
        if first + opens < last:
            yield first + opens, last
        first = max(first + 1, last)


def _indexes(text: Text, span: Span) -> tuple[int, int]:
    """Of the tokens in the span, half-open."""
    return text.token_index(span[0]), min(text.token_index(span[1] - 1) + 1, len(text.tokens))


def _adjacent(text: Text, index: int) -> bool:
    """Nothing but a blank between a token and the one before."""
    return text.text[text.tokens[index - 1].end : text.tokens[index].begin].isspace()


def _unknown(text: Text, location: Entity, first: int, last: int) -> Mention | None:
    tokens = text.tokens[first:last]
    kind = feature_of([token.lower for token in tokens])
    sure = location.probability >= SURE and _is_head(text, location.span, last)
    if not (kind or sure) or not _may_be_named(text, first, last):
        return None
    if kind in _HOMELY and _is_home(text.tokens_in((location.span[0], tokens[0].begin))):
        return None
    mention = _mention(text, first, last)
    mention.type = kind
    mention.unplaced = True
    mention.alone = kind is not None or text.tokens[max(0, first - 1)].lower in _where()
    return mention


def _mention(text: Text, first: int, last: int, candidates: tuple[Entry, ...] = ()) -> Mention:
    """Of tokens of the text, by their indexes."""
    span = (text.tokens[first].begin, text.tokens[last - 1].end)
    sentence = text.sentence_at(span[0])
    begin = first - sentence.first
    return Mention(sentence, begin, begin + last - first, span, text[span], candidates)


def _is_home(before: Sequence[Token]) -> bool:
    """ "The home of [Ada Kern]": somebody lives there."""
    return any(token.lower in vocabulary().told.dwellings for token in before)


def _where() -> frozenset[str]:
    """Before a name with no article: the name of a settlement, say, and not of a shop."""
    context = vocabulary().context
    return (context.locatives | context.verbs_of_place | {"from", "to", "of"}) - {"at"}


def _may_be_named(text: Text, first: int, last: int) -> bool:
    """No adjective, acronym, code or thing of which towns have many; no road, and nobody's dwelling."""
    tokens = text.tokens[first:last]
    name = " ".join(token.text for token in tokens)
    if len(name) <= A_WORD or len(tokens) > LONGEST_UNKNOWN or coded(text.tokens, first, last):
        return False
    if "-" in name or (name.isupper() and len(name) < SHOUTED):
        return False
    months = vocabulary().words.calendar
    words = [token.lower for token in tokens]
    return _no_address(tokens) and not any(word in months or fold(word) in demonyms() for word in words)


def _no_address(tokens: Sequence[Token]) -> bool:
    """No word for a road or a dwelling: nobody's home is shown."""
    told = vocabulary().told
    words = {token.lower.rstrip(".") for token in tokens}
    return words.isdisjoint(told.common | told.dwellings | roads())


def _is_head(text: Text, span: Span, last: int) -> bool:
    """The name ends the phrase, or a comma and what holds it follow: not "a [Sizzler] restaurant"."""
    after = text.tokens[last].text if last < len(text.tokens) else ""
    return text.tokens[last - 1].end >= span[1] or after == ","


# --- whose body it is ---


def _seats(told: Told, gazetteer: Gazetteer, mentions: Sequence[Mention], ground: Spans) -> Iterator[Mention]:
    """The places in the names of public bodies: "[Dublin] City Council"."""
    named = sorted(mention.span for mention in mentions)
    end = 0
    for first, last in sorted(set(_names_of_others(told, ground))):
        mention = _seat(told.text, gazetteer, first, last)
        if mention is not None and mention.span[0] >= end and _is_free(mention.span, named):
            end = mention.span[1]
            yield mention


def _names_of_others(told: Told, ground: Spans) -> Iterator[tuple[int, int]]:
    """By indexes of tokens: what others hold, where an entity begins to hold it too; organisations."""
    for span in ground:
        if told.around((span[0], span[0] + 1)) is not None:
            first, last = _indexes(told.text, span)
            yield first + (first < last and told.text.tokens[first].lower == "the"), last
    for entity in told.entities:
        if entity.type == "Organisation" and entity.probability >= LIKELY:
            yield from _runs(told.text, entity.span)


def _seat(text: Text, gazetteer: Gazetteer, first: int, end: int) -> Mention | None:
    """The longest name of a place with which the name of a public body begins."""
    for last in range(min(first + LONGEST_SEAT, end - 1), first, -1):
        name = text[text.tokens[first].begin, text.tokens[last - 1].end]
        found = gazetteer.candidates(name) if _tells_body(text, last, end) else ()
        if found and _is_seat(text.tokens[first], name, found):
            mention = _mention(text, first, last, found)
            mention.associative = True
            mention.weigh("whose body", OF_A_BODY)
            if fold(name) in vocabulary().words.ambiguous:  # the police of Lincoln, or a man's
                mention.weigh("everyday word", AMBIGUOUS)
            return mention
    return None


def _is_seat(begin: Token, name: str, found: Sequence[Entry]) -> bool:
    """A name in capitals; of "Dublin City Council" not "Dublin City", but "Boulder City" is one."""
    key = fold(name)
    if not begin.is_title or key in vocabulary().words.never | vocabulary().told.common:
        return False
    return not key.endswith(" city") or any(fold(entry.name) == key for entry in found)


def _tells_body(text: Text, first: int, end: int) -> bool:
    """A word for a public body follows, with nothing but words of its name before it."""
    for token in text.tokens[first : min(end, first + LONGEST_BODY)]:
        if not token.is_title:
            return False
        if token.lower in vocabulary().told.bodies:
            return True
    return False
