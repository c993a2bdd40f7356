"""ACLED's sub-events from a reading, by the rules of `acled.toml`.

A *sign* is one thing that a snippet tells of: a happening with its kind and sides, or a topic with its
words. The first rule that a sign of the foreground fulfils gives the label, else the first that any sign
fulfils. Happenings are the triggers of the reader, whether or not they were enough for an incident, with
the sides that its grammar gives them, and after them the verbs of its vocabulary by their form alone. That
would be far too loose for a record; a snippet is chosen because it tells of something.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from marsad.reading.clauses.clauses import Group, clause_words
from marsad.reading.clauses.participants import Cast, Participant, Row
from marsad.reading.incidents import arguments, triggers
from marsad.reading.incidents.frames import Frame
from marsad.reading.incidents.kinds import Kind, verbs
from marsad.reading.inflection import VerbForm, conjugate, plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.text import Sentence, Text, Token, segment
from marsad.records.reading import Reading

Side = Literal["state", "armed", "crowd", "civilian", "air", "unknown"]
BACK = 14  # words from a sign back to what puts it into the background
NEAR = 5  # words from a sign back to what makes it an aside: "backed by air strikes"
LONGEST = 4  # words of a topic's phrase

_STOPS = frozenset({",", ";", ":", "—", "–"})


class Topic(Entry, frozen=True):
    """Words for what is no incident of ours."""

    name: str
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    mass: tuple[str, ...] = ()
    foreground: bool = False  # in the background it says nothing


class Rule(Entry, frozen=True, rename={"with_": "with"}):
    """What a sign has to be, and the snippet beside it, for `label`. An empty list asks nothing."""

    label: str
    any: frozenset[str]
    first: frozenset[Side] = frozenset()
    second: frozenset[Side] = frozenset()
    with_: frozenset[str] = frozenset()
    with_too: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    no_words: tuple[str, ...] = ()
    leads: bool = False  # nothing else that happens stands before it


class Acled(Entry, frozen=True):
    """The shape of `acled.toml`."""

    other: str
    background: frozenset[str]
    aside: frozenset[str]
    vague: frozenset[str]
    empty: frozenset[str]
    grounds: frozenset[str]
    sides: dict[Side, frozenset[str]]
    side_words: dict[Side, frozenset[str]]
    topics: tuple[Topic, ...]
    rules: tuple[Rule, ...]


class Sign(NamedTuple):
    """What a snippet tells of. `names` are its kind and PLOVER type, or its topic; `at` is a code point."""

    names: tuple[str, ...]
    at: int
    happens: bool
    foreground: bool
    first: frozenset[Side] = frozenset({"unknown"})
    second: frozenset[Side] = frozenset({"unknown"})


def acled() -> Acled:
    loaded: Acled = load("acled", Acled)
    return loaded


def label_of(reading: Reading) -> tuple[str, str | None]:
    """The label of a snippet, and the name of the sign that gave it; OTHER and None where none did."""
    text = segment(reading.document.text)
    located = [place for place in reading.places if place.where_prec is not None]
    cast = Cast(text, reading.actors, located, reading.times)
    found = sorted(
        (sign for sentence in text.sentences for sign in _signs(cast.row(sentence), sentence, text)),
        key=lambda sign: sign.at,
    )
    lower = f" {' '.join(token.lower for token in text.tokens)} "
    for signs in ([sign for sign in found if sign.foreground], found):
        for rule in acled().rules:
            for sign in signs:
                if _fulfils(rule, sign, found, lower):
                    return rule.label, next(name for name in sign.names if name in rule.any)
    return acled().other, None


def _fulfils(rule: Rule, sign: Sign, found: Sequence[Sign], lower: str) -> bool:
    if not rule.any & {*sign.names} or (rule.leads and not _leads(sign, found)):
        return False
    if (rule.first and not rule.first & sign.first) or (rule.second and not rule.second & sign.second):
        return False
    present = {name for each in found for name in each.names}
    if (rule.with_ and not rule.with_ & present) or (rule.with_too and not rule.with_too & present):
        return False
    return not rule.without & present and not any(f" {words} " in lower for words in rule.no_words)


def _leads(sign: Sign, found: Iterable[Sign]) -> bool:
    return sign.foreground and not any(
        each.happens and each.foreground and each.at < sign.at for each in found
    )


# --- signs ----------------------------------------------------------------------------------------------


def _signs(row: Row, sentence: Sentence, text: Text) -> Iterator[Sign]:
    """The signs of one sentence: its happenings, its topics, and who is in it."""
    told = triggers.find(row)
    for trigger in told:
        sides = arguments.of(row, trigger)
        if trigger.kind.object == "place" and trigger.group is None and not sides.places:
            continue  # "the fall of the president"
        yield Sign(
            names=(trigger.kind.name, trigger.kind.type),
            at=row[trigger.at].begin,
            happens=True,
            foreground=not _is_aim(trigger) and _is_foreground([word.lower for word in row], sides.begin),
            first=_sides(sides.agents or _nearest_before(row, trigger.at), text),
            second=_sides(sides.targets, text),
        )
    taken = {row[at].begin for trigger in told for at in range(trigger.at, trigger.stop)}
    yield from _loose(row, sentence.tokens, text, taken)
    yield from _topics(row, sentence.tokens, text)
    for word in row:
        if word.party is not None:
            names = tuple(f"{side} side" for side in sorted(_sides((word.party,), text)))
            yield Sign(names, word.begin, happens=False, foreground=True)


def _loose(row: Row, tokens: Sequence[Token], text: Text, taken: set[int]) -> Iterator[Sign]:
    """Verbs by their form alone, with whoever stands nearest; none at a code point that is `taken`."""
    begins = [word.begin for word in row]
    lowers = [token.lower for token in tokens]
    for at, kind in _by_form(row, tokens):
        if tokens[at].begin in taken:
            continue
        here = bisect_left(begins, tokens[at].begin)
        yield Sign(
            names=(kind.name, kind.type),
            at=tokens[at].begin,
            happens=True,
            foreground=_is_foreground(lowers, at),
            first=_sides(_nearest_before(row, here), text),
            second=_sides(_next_after(row, here), text),
        )


def _by_form(row: Row, tokens: Sequence[Token]) -> Iterator[tuple[int, Kind]]:
    """Verbs of the vocabulary by their form, whatever stands around them: a snippet may lack its grammar.

    Those of a frame need its nouns in the sentence, those that take a place need one close by; those that
    mean too much are left out.
    """
    named = [word for word in row if word.place is not None or word.time is not None]
    for at in range(1, len(tokens)):
        begin = tokens[at].begin
        if any(word.begin <= begin < word.end for word in named) or _is_noun_here(tokens, at):
            continue
        known = verbs().get(tokens[at].lower, ())
        kind = next((kind for kind, frame, form in known if _tells(row, tokens, at, kind, frame, form)), None)
        if kind is not None:
            yield at, kind


def _tells(
    row: Row, tokens: Sequence[Token], at: int, kind: Kind, frame: Frame | None, form: VerbForm
) -> bool:
    """Whether the form at token index `at` is worth taking for a happening of its kind."""
    if form.particle and form.particle not in {token.lower for token in tokens[at + 1 : at + 1 + NEAR]}:
        return False
    if form.base in acled().empty:
        return False
    if frame is not None:
        words = {token.lower for token in tokens}
        return all(words & heads for heads in _heads(frame))
    if form.base in acled().vague:
        return False
    return kind.object != "place" or _has_ground(row, tokens, at)


def _is_noun_here(tokens: Sequence[Token], at: int) -> bool:
    """A form after a determiner or preposition is no verb: "the protest", "for detained colleagues"."""
    return tokens[at - 1].lower in _before_nouns()


@cache
def _before_nouns() -> frozenset[str]:
    return clause_words().determiners | clause_words().prepositions - {"after", "before"}


def _has_ground(row: Row, tokens: Sequence[Token], at: int) -> bool:
    """Whether a place, a ground or a name stands close before or behind a verb."""
    places = {word.begin for word in row if word.place is not None}
    around = (*tokens[max(0, at - 4) : at], *tokens[at + 1 : at + 6])
    return any(token.begin in places or token.lower in acled().grounds or token.is_title for token in around)


@cache
def _heads(frame: Frame) -> tuple[frozenset[str], ...]:
    """The nouns of each list of a frame that are one word, in both numbers."""
    lists = (frame.objects, frame.subjects, frame.means)
    return tuple(
        frozenset(form for noun in nouns for form in (noun, plural(noun))) for nouns in lists if nouns
    )


def _is_aim(trigger: triggers.Trigger) -> bool:
    """ "an attack to retake the town": not yet done."""
    return trigger.group is not None and "to" in trigger.group.auxiliaries


def _nearest_before(row: Row, at: int) -> Group:
    """Of a happening that names nobody the participant nearest before it: a guess, for a label alone."""
    return next(((word.party,) for word in reversed(row[:at]) if word.party is not None), ())


def _next_after(row: Row, at: int) -> Group:
    return next(((word.party,) for word in row[at:] if word.party is not None), ())


def _is_foreground(lowers: Sequence[str], at: int) -> bool:
    """Whether no word such as "after" or "against" stands before index `at` in its part of the sentence."""
    for back in range(at - 1, max(-1, at - BACK), -1):
        if lowers[back] in _STOPS:
            return True
        pair = " ".join(lowers[back : back + 2])
        if lowers[back] in acled().background or pair in acled().background:
            return False
        if at - back <= NEAR and pair in acled().aside:
            return False
    return True


def _sides(group: Group, text: Text) -> frozenset[Side]:
    return frozenset(side for member in group for side in _of_member(member, text)) or frozenset({"unknown"})


def _of_member(member: Participant, text: Text) -> tuple[Side, ...]:
    """The sides of one participant: an actor's kind, else the noun, else the words of the name."""
    words = text[(member.begin, member.end)].split()
    lowers = {word.casefold() for word in words}
    heads = tuple(side for side, nouns in acled().sides.items() if member.head in nouns)
    named = tuple(side for side, known in acled().side_words.items() if lowers & known)
    if member.actor is not None and member.actor.kind in _ACTORS:
        aloft: tuple[Side, ...] = ("air",) if "air" in (*heads, *named) else ()
        return (_ACTORS[member.actor.kind], *aloft)
    if any(len(word) > 1 and word.isupper() for word in words):
        return ("unknown",)  # the forces of an acronym that nobody knows may be anybody's
    return heads or named or (_BY_SORT.get(member.sort, "unknown"),)


_BY_SORT: dict[str, Side] = {"civilian": "civilian", "combatant": "armed"}
_ACTORS: dict[str, Side] = {
    "state": "state",
    "state_force": "state",
    "coalition": "state",
    "international_org": "state",
    "armed_group": "armed",
}


def _topics(row: Row, tokens: Sequence[Token], text: Text) -> Iterator[Sign]:
    """Topics by their words; of phrases that begin at one word the longest, and none within another."""
    lowers = [token.lower for token in tokens]
    begins = [word.begin for word in row]
    at = 0
    while at < len(tokens):
        sizes = range(min(LONGEST, len(tokens) - at), 0, -1)
        size = next((size for size in sizes if tuple(lowers[at : at + size]) in _phrases()), 0)
        ahead = _is_foreground(lowers, at)
        first = (
            _sides(_nearest_before(row, bisect_left(begins, tokens[at].begin)), text) if size else frozenset()
        )
        for topic in _phrases().get(tuple(lowers[at : at + size]), ()):
            if ahead or not topic.foreground:
                yield Sign((topic.name,), tokens[at].begin, happens=False, foreground=ahead, first=first)
        at += max(size, 1)


@cache
def _phrases() -> dict[tuple[str, ...], tuple[Topic, ...]]:
    """Every form of every word of a topic, as its tokens, with the topics that have it."""
    table: dict[tuple[str, ...], dict[str, Topic]] = {}
    for topic in acled().topics:
        forms = [*topic.mass, *topic.nouns, *map(plural, topic.nouns)]
        forms += [
            f"{form.surface} {form.particle or ''}".strip()
            for verb in topic.verbs
            for form in conjugate(verb)
        ]
        for form in forms:
            table.setdefault(tuple(form.split()), {}).setdefault(topic.name, topic)
    return {words: tuple(topics.values()) for words, topics in table.items()}
