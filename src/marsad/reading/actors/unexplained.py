"""Persons of whom the rules find no sign, and whom the trained reader takes for such.

Rules need an age, kin, a role, or a full name in a person's place; "Ana and her mother lost their home" has
none of them. A name that the trained reader takes for a person's, and that is nobody's and no place's, is a
private person's: a role would have been found. In doubt it is masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from marsad.models import Entity
from marsad.reading.actors import details
from marsad.reading.actors.names import is_given_name, is_thing
from marsad.reading.actors.personhood import Evidence, is_headline, may_name
from marsad.reading.actors.persons import Person
from marsad.reading.actors.register import meets
from marsad.reading.actors.roles import kin_words
from marsad.reading.syntax import closed_class
from marsad.reading.text import Text, Token
from marsad.records.spans import Span, Spans, merged

_JOINING = frozenset({",", "and"})
_SURE = 2  # times that a name is read as a person's, and never otherwise, where a place bears it too


def annotate(
    text: Text,
    entities: Iterable[Entity],
    *,
    explained: Iterable[Span],
    is_place: Callable[[str], bool],
    is_country: Callable[[str], bool],
) -> tuple[Person, ...]:
    """Persons whom nothing but the trained reader takes for such, in order of first mention.

    Args:
        entities: what the trained reader found.
        explained: names of actors, of organisations and of persons that are known already.
        is_place: see `persons.annotate`; `is_country` too.
    """
    evidence = Evidence(is_place, is_country, lambda _: False)
    held = merged(explained)
    read: dict[str, list[tuple[Span, str]]] = {}
    for entity in entities:
        for span in _names(text, entity.span):
            if not meets(held, span):
                read.setdefault(text[span], []).append((span, entity.type))
    small = frozenset(token.text for token in text.tokens if not token.is_title)
    named: dict[str, list[Span]] = {}
    for name, mentions in read.items():
        as_person = [span for span, type_ in mentions if type_ == "Person"]
        is_sure = len(as_person) == len(mentions) >= _SURE
        if len(as_person) * 2 < len(mentions) or not _is_nobody_else(name.split(), evidence, is_sure=is_sure):
            continue
        if spans := [span for span in as_person if not _is_common(text, span, small)]:
            named[name] = spans
    _add_parts(text, named, held, evidence)
    found = (
        Person(name, tuple(spans), None, None, tuple(details.beside(text, spans, is_place, is_country)))
        for name, spans in named.items()
    )
    return tuple(sorted(found, key=lambda person: person.mentions[0]))


def _names(text: Text, span: Span) -> Iterator[Span]:
    """The names in a phrase of names alone ("Ana Ruiz and Eva"), or before a genitive ("Eva's mother")."""
    runs: list[list[Token]] = [[]]
    for token in text.tokens_in(span):
        if token.is_name and token.lower not in closed_class() - {"al", "el"}:
            runs[-1].append(token)
        elif runs[-1] and token.lower in _JOINING:
            runs.append([])
        elif runs[-1] and token.text in {"’s", "'s"}:
            break
        else:
            return
    yield from ((run[0].begin, run[-1].end) for run in runs if run)


def _is_nobody_else(words: list[str], evidence: Evidence, *, is_sure: bool) -> bool:
    """Whether a name is no people's, institution's or, unless `is_sure`, thing's or place's."""
    for word in words:
        may = may_name(word, evidence) or (is_sure and is_thing((word,)))
        if not may or word.endswith(".") or word.casefold() in kin_words():
            return False
    return is_sure or is_given_name(words[0]) or not evidence.is_place(" ".join(words))


def _is_common(text: Text, span: Span, small: frozenset[str]) -> bool:
    """Whether a word is a common noun, written large at the head of a sentence or of a headline."""
    sentence = text.sentence_at(span[0])
    if is_headline(sentence.tokens):
        return True
    word = text[span]
    opens = len(text.tokens_in((sentence.begin, span[1]))) <= 2
    if not opens or " " in word or is_given_name(word):
        return False
    return word.lower() in small or word.endswith("s")


def _add_parts(text: Text, named: dict[str, list[Span]], held: Spans, evidence: Evidence) -> None:
    """Add where a name or a part of it stands alone: a surname, or what it begins with."""
    owners: dict[str, str] = {}
    for name in named:
        for part in name.split():
            if (
                len(part) > 2
                and part[0].isupper()
                and not evidence.is_place(part)
                and may_name(part, evidence)
            ):
                owners.setdefault(part, name)
    taken = merged((*held, *(span for spans in named.values() for span in spans)))
    for token in text.tokens:
        span = token.begin, token.end
        if token.text in owners and not meets(taken, span):
            named[owners[token.text]].append(span)
    for spans in named.values():
        spans.sort()
