"""Proper names: what in a text is written as a name, and whether of a person or an organisation.

Without a trained tagger a name is a run of capitalised words, and what it names is decided by
evidence: a known actor, the head noun of an organisation, a given name, a title, an Arabic
particle. `persons.py` and `actors.py` make actors of them.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from marsad.reading.actors.ambiguity import Meaning
from marsad.reading.actors.known import Form, KnownActor, forms
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import closed_class, grammar
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import ActorKind
from marsad.records.spans import Span

NameKind = Literal["actor", "person", "organisation", "acronym", "unknown"]


class _Organisations(Entry, frozen=True):
    heads: dict[ActorKind | Literal["state_force_plural"], tuple[str, ...]]
    extends: frozenset[str]
    governments: frozenset[str]
    forces: frozenset[str]
    bands: frozenset[str]
    modifiers: frozenset[str]
    peoples: frozenset[str]
    describing: frozenset[str]
    descriptions: dict[str, frozenset[ActorKind]]
    government_verbs: tuple[str, ...]
    moods: frozenset[str]
    copulas: frozenset[str]
    government_nouns: frozenset[str]
    ties: frozenset[str]
    capitals: dict[str, str]


class _Names(Entry, frozen=True):
    given: frozenset[str]
    particles: frozenset[str]
    prefixes: tuple[str, ...]
    peoples: frozenset[str]
    things: frozenset[str]
    surnames: frozenset[str]
    vessels: frozenset[str]
    bands: frozenset[str]
    naming: frozenset[str]
    homes: frozenset[str]
    aged_things: frozenset[str]


class Name(NamedTuple):
    """A name in a sentence. `first` and `last` index `Text.tokens`, half-open."""

    begin: int
    end: int
    first: int
    last: int
    kind: NameKind
    known: KnownActor | None = None

    @property
    def span(self) -> Span:
        return self.begin, self.end


@cache
def name_words() -> _Names:
    return load("names", _Names)


@cache
def organisations() -> _Organisations:
    return load("organisations", _Organisations)


@cache
def organisation_heads() -> dict[str, ActorKind]:
    """Head nouns of organisations' names in lower case, each with the kind of actor."""
    table: dict[str, ActorKind] = {}
    for kind, words in organisations().heads.items():
        for head in words:
            table[head] = "state_force" if kind == "state_force_plural" else kind
    return table


def name_particles() -> frozenset[str]:
    return name_words().particles - {"abu", "umm"}


def is_people(word: str) -> bool:
    """Whether a capitalised word is a people or a creed: Kurds, Sunni."""
    return word in name_words().peoples


def is_given_name(word: str) -> bool:
    return word in name_words().given


def find(text: Text) -> tuple[Name, ...]:
    """All names of `text`, in order, apart from each other."""
    inner = _capitalised_inside(text)
    meanings = _meanings(text)
    found: list[Name] = []
    for sentence in text.sentences:
        found.extend(_names_of(sentence, inner, meanings))
    return tuple(found)


_Meanings = dict[
    tuple[str, ...], KnownActor
]  # forms of known actors that the text holds, with whom they name


def _meanings(text: Text) -> _Meanings:
    """Whom the forms of known actors in `text` name; a form that is open, and no acronym, names nobody."""
    here: dict[tuple[str, ...], Form] = {}
    for sentence in text.sentences:
        for at, token in enumerate(sentence.tokens):
            for form in forms().get(token.text, ()):
                if _stands(sentence.tokens, at, form.words):
                    here[form.words] = form
    sure = [form.usual.name for form in here.values() if form.is_sure and form.usual]
    meaning = Meaning(text, sure)
    named = {words: form.usual if form.is_sure else meaning.of(form) for words, form in here.items()}
    return {words: actor for words, actor in named.items() if actor is not None}


def _stands(tokens: tuple[Token, ...], at: int, words: tuple[str, ...]) -> bool:
    return tuple(token.text for token in tokens[at : at + len(words)]) == words


def _capitalised_inside(text: Text) -> frozenset[str]:
    """Words that stand with a capital letter somewhere else than at the head of a sentence."""
    words = set()
    for sentence in text.sentences:
        title_case = sum(t.is_title for t in sentence.tokens if t.is_word) * 2 > len(sentence.tokens)
        if title_case and len(sentence.tokens) > 4:
            continue  # a headline says nothing of its words
        for before, token in zip(sentence.tokens, sentence.tokens[1:], strict=False):
            if token.is_title and before.text not in "“\"‘':.?!–—":
                words.add(token.text)
    return frozenset(words)


def _names_of(sentence: Sentence, inner: frozenset[str], meanings: _Meanings) -> list[Name]:
    tokens = sentence.tokens
    found = []
    at = 0
    while at < len(tokens):
        known = _known_at(tokens, at, meanings)
        if known:
            actor, stop = known
            found.append(_name(sentence, at, stop, "actor", actor))
            at = stop
            continue
        stop = _run(tokens, at, inner, meanings)
        if stop == at:
            at += 1
            continue
        found.append(_name(sentence, at, stop, _kind(tokens, at, stop)))
        at = stop
    return found


def _name(sentence: Sentence, at: int, stop: int, kind: NameKind, known: KnownActor | None = None) -> Name:
    tokens = sentence.tokens
    return Name(
        tokens[at].begin, tokens[stop - 1].end, sentence.first + at, sentence.first + stop, kind, known
    )


def _known_at(tokens: tuple[Token, ...], at: int, meanings: _Meanings) -> tuple[KnownActor, int] | None:
    for form in forms().get(tokens[at].text, ()):
        actor = meanings.get(form.words)
        if actor is None or not _stands(tokens, at, form.words):
            continue
        stop = at + len(form.words)
        if stop < len(tokens) and len(form.words) == 1 and _goes_on(tokens, stop):
            continue  # "Security Council Report" is not the council: the next word is a name's too
        if not form.is_sure and (_is_shouted(tokens, at, stop) or _is_verb(tokens, at, stop)):
            continue  # "THE TRUTH IS OUT", "IS this so?"
        return actor, stop
    return None


def _is_verb(tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """Whether a form that is a common word, too, stands before what no name of an actor does."""
    after = tokens[stop].lower if stop < len(tokens) else ""
    return tokens[at].lower in closed_class() and after in grammar().determiners


def _is_shouted(tokens: tuple[Token, ...], at: int, stop: int) -> bool:
    """Whether the words around are in capitals, too, so that those of a name say nothing."""
    around = (*tokens[max(0, at - 2) : at], *tokens[stop : stop + 2])
    words = [token.text for token in around if token.is_word]
    return bool(words) and all(word.isupper() for word in words) and any(len(word) > 2 for word in words)


def _goes_on(tokens: tuple[Token, ...], stop: int) -> bool:
    """Whether a capitalised head noun follows, which makes the name that of something larger."""
    return tokens[stop].is_title and tokens[stop].lower in organisation_heads()


def _is_name_token(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if is_compound_adjective(token.text) or token.lower.startswith("i'"):
        return False
    if token.is_title and token.is_word:
        return True
    if token.lower.startswith(name_words().prefixes) and "-" in token.text:
        return token.text[token.text.index("-") + 1 :][:1].isupper()
    return False


def is_compound_adjective(word: str) -> bool:
    """ "US-backed", "Sunni-dominated": a name with a participle is no name."""
    last = word.replace("‑", "-").rpartition("-")[2] if "-" in word or "‑" in word else ""
    return last.islower() and (last.endswith("ed") or last in _COMPOUNDS)


_COMPOUNDS = frozenset({
    "led", "held", "run", "built", "made", "born", "wide", "style", "era", "bound", "friendly", "speaking",
})  # fmt: skip


def is_thing(words: tuple[str, ...]) -> bool:
    """Whether a name's words are those of a thing, a work, a ship or an event: "Rose Garden"."""
    n = name_words()
    last = words[-1].casefold()
    surname = last in n.surnames and len(words) > 1 and is_given_name(words[0])
    return (last in n.things and not surname) or words[0] in n.vessels


def _run(tokens: tuple[Token, ...], at: int, inner: frozenset[str], meanings: _Meanings) -> int:
    """Index after the run of name words that begins at `at`; `at` if none begins there."""
    first = tokens[at].lower
    if (
        at == 0
        and first.endswith(("ing", "ed"))
        and tokens[at].text not in inner
        and not is_given_name(tokens[at].text)
    ):
        return at  # "Describing Ana Ruiz as"
    if not _is_name_token(tokens, at) or first in closed_class() or _is_time(tokens, at):
        return at
    stop = at + 1
    while stop < len(tokens):
        token = tokens[stop]
        if _known_at(tokens, stop, meanings) and tokens[stop].lower not in organisation_heads():
            break
        if _is_name_token(tokens, stop) and token.lower not in closed_class() - {"al", "el"}:
            stop += 1
        elif token.text in {"May", "Will"} and stop == at + 1 and is_given_name(tokens[at].text):
            stop += 1  # a surname that is also a verb
        elif (size := _particles(tokens, stop)) and _is_name_token(tokens, stop + size):
            stop += size + 1
        elif token.lower in {"of", "for", "on", "and", "the", "to"} and _extends(tokens, at, stop):
            stop = _extends(tokens, at, stop)
        else:
            break
    if stop == at + 1 and _is_opener(tokens, at, inner):
        return at
    return stop


def _is_time(tokens: tuple[Token, ...], at: int) -> bool:
    """A month or a day, which a given name is not before a surname: "Jan Ruiz"."""
    surname = at + 1 < len(tokens) and _is_name_token(tokens, at + 1)
    return tokens[at].lower in grammar().time_words and not (surname and is_given_name(tokens[at].text))


def _particles(tokens: tuple[Token, ...], at: int) -> int:
    """How many particles stand at `at` with a word behind them: "von der", "bin"."""
    size = 0
    while size < 3 and at + size < len(tokens) and tokens[at + size].lower in name_words().particles:
        size += 1
    return size if at + size < len(tokens) else 0


def _extends(tokens: tuple[Token, ...], at: int, stop: int) -> int:
    """Index after "of (the) Name" behind the head noun of an organisation; 0 if it does not go on."""
    extends = organisations().extends
    if tokens[stop].lower == "and":
        return 0
    if not any(t.lower in extends for t in tokens[at:stop] if t.is_title):
        return 0
    nxt = stop + 1
    if nxt < len(tokens) and tokens[nxt].lower in {"the", "a"}:
        nxt += 1
    if nxt >= len(tokens) or not _is_name_token(tokens, nxt):
        return 0
    return nxt + 1


def _is_opener(tokens: tuple[Token, ...], at: int, inner: frozenset[str]) -> bool:
    """Whether a single capitalised word owes its capital to its place in the sentence alone."""
    token = tokens[at]
    if token.lower in grammar().time_words or token.lower in {"i", "god", "may"}:
        return True
    before = tokens[at - 1].text if at else "."
    if at and before not in '“"‘:.?!–—(-':
        return False
    if token.lower in grammar().openers or token.lower.startswith("i'"):
        return True
    if token.lower.endswith("ly") and not is_given_name(token.text):
        return True
    if token.lower.startswith(name_words().prefixes) and "-" in token.text:
        return False
    if _is_described(tokens, at + 1):
        return False
    return token.text not in inner and not _is_acronym(token.text) and not is_given_name(token.text)


def _is_described(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether ", a mother of two" or ", 34," follows: what is so described is a name."""
    if at + 1 >= len(tokens) or tokens[at].text != ",":
        return False
    after = tokens[at + 1]
    return after.lower in {"a", "an", "the", "who", "another", "from"} or (
        after.is_number and len(after.text) <= 2
    )


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalpha()


def _kind(tokens: tuple[Token, ...], at: int, stop: int) -> NameKind:
    run = tokens[at:stop]
    heads = organisation_heads()
    if run[-1].lower in heads and len(run) > 1:
        return "organisation"
    if any(t.lower in {"of", "for", "on"} for t in run) and any(t.lower in heads for t in run):
        return "organisation"
    if len(run) == 1 and _is_acronym(run[0].text):
        return "acronym"
    if len(run) > 1 and run[0].lower in name_words().bands:
        return "organisation"
    if is_thing(tuple(t.text for t in run)):
        return "unknown"
    if any(is_given_name(t.text) for t in run[:-1]) or any(_is_arabic_particle(t) for t in run):
        return "person"
    return "unknown"


def _is_arabic_particle(token: Token) -> bool:
    return token.text in {"Abu", "Umm", "bin", "ibn", "bint"}
