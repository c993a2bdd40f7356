"""Origins: whose word a claim is in the end, and how many independent ones a set of claims has.

Independence is counted by origin, not by outlet. The chain of a claim says who it goes back to; a
document's own voice goes back to the earliest copy of its text. Whoever is not named counts once a
description, and a private person is never told from another.

A dataset of rows that people coded repeats what reports said, so it is independent of none of them, and
of no other dataset: it counts as an origin only where there is nothing but such rows, and then all of them
are one.

A party is keyed by its actor's topmost parent, so that the organs of an institution are one, in one
name space with publishers and authors: `named:reuters` is the outlet and whoever cites it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from marsad.linkage.copies import folded_words
from marsad.records.reading import Actor, Claim, Document, Party, Reading
from marsad.records.spans import GAP, Span, overlaps

Kind = Literal["named", "unnamed", "publisher", "document", "dataset"]

# Genres whose words are the author's own, and not the publisher's.
PERSONAL = frozenset({"opinion", "letter", "testimony"})

_DATASET = "dataset:"
NAMED = "named:"  # before a folded name: the key of whoever bears it

_MARK = "█"  # what disclosure puts in the place of a private name
_RECENT = 20_000  # folded names that are kept: the same ones come again and again
_ARTICLES = frozenset({"a", "an", "the"})
_DETERMINERS = _ARTICLES | {"some"}
_SOME = frozenset({"another", "any", "few", "many", "most", "one", "other", "several", "some"})
_PRONOUNS = frozenset(
    {"he", "her", "him", "his", "i", "it", "its", "one", "she", "some", "that", "their", "them", "these"}
    | {"they", "this", "those", "we", "which", "who", "whom", "you"}
)  # they describe nobody
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to"})  # inside a name
_INSIDE_WORDS = str.maketrans("", "", ".'’‘ʼʿʾ`´")  # "U.N." is "UN", "Hay’at" is "Hayat"


class Origin(NamedTuple):
    """Who a claim goes back to. Two claims with one `key` do not corroborate each other."""

    key: str  # "named:united nations", "unnamed:western diplomat", "private", "document:ID", "dataset:acled"
    name: str  # as it may be shown
    kind: Kind
    own: bool = False  # the document's own voice: of copies, that of the earliest counts


class Group(NamedTuple):
    """The claims of a set that go back to one origin."""

    key: str
    name: str
    kind: Kind  # neither an `unnamed` one nor a `dataset` supports credibility 1
    claims: int
    documents: tuple[str, ...]  # ids, sorted


PRIVATE = Origin("private", "a private person", "unnamed")
NOBODY = Origin("unnamed:", "an unnamed source", "unnamed")


def voice(document: Document) -> Origin:
    """Whose word a document is where it cites nobody: its author's, its publisher's or its dataset's."""
    if document.genre == "coded":
        return _dataset(document.publisher or "")
    if document.author and document.genre in PERSONAL:
        return _named(document.author, own=True)
    unknown = Origin(f"document:{document.id}", document.title or document.id, "document", own=True)
    return _publisher(document) or unknown


@lru_cache(_RECENT)
def _dataset(publisher: str) -> Origin:
    """The dataset of a coded row, whichever version: `UCDP GED 26.1` corrects `UCDP GED 25.1`."""
    words = publisher.split()
    while words and words[-1][0].isdigit():
        words.pop()
    name = " ".join(words) or "a dataset"
    return Origin(_DATASET + folded_name(name), name, "dataset", own=True)


def _publisher(document: Document) -> Origin | None:
    return _named(document.publisher, "publisher", own=True) if document.publisher else None


def origin(claim: Claim, reading: Reading) -> Origin:
    """Whose word `claim`, one of `reading` or added to it, is in the end.

    The last party of its chain that is not the narrator, else its source, else the document's own
    voice. What `reading` masks, or marks as private, is in no key and no name; the names of shelters
    are masked in a disclosed reading alone.
    """
    return _Cast(reading).origin(claim)


def origins(reading: Reading) -> tuple[Origin, ...]:
    """The origin of each claim of `reading`, in their order."""
    cast = _Cast(reading)
    return tuple(cast.origin(claim) for claim in reading.claims)


class _Cast:
    """The actors of one reading, by id and by name."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._voice = voice(reading.document)
        self._actors = {actor.id: actor for actor in reading.actors}
        self._by_name = {
            _name_key(name): actor
            for actor in reversed(reading.actors)
            for name in (*actor.aliases, actor.name)
        }
        self._publisher = _publisher(reading.document)
        self._own_keys = frozenset(self._keys_of(self._publisher)) if self._publisher else frozenset()

    def _keys_of(self, publisher: Origin) -> Iterator[str]:
        """The keys under which a document may cite its publisher: of "AP", "Associated Press" too."""
        yield publisher.key
        if actor := self._by_name.get(publisher.key):
            yield _named(self._top(actor).name).key

    def origin(self, claim: Claim) -> Origin:
        spoken = [party for party in claim.chain if not self._narrates(party)]
        last = spoken[-1] if spoken else claim.source
        if last is not None:
            found = self._of(last)
            # an outlet cites itself by its name; its spokesman is somebody else
            cites_itself = last.kind == "organisation" and found.key in self._own_keys
            return self._publisher if self._publisher and cites_itself else found
        # somebody else's word, who is not told
        return NOBODY if claim.hidden_source or claim.kind == "attributed" else self._voice

    def _narrates(self, party: Party) -> bool:
        document = self._reading.document
        return not party.spans and party.text in (document.publisher, document.author)

    def _of(self, party: Party) -> Origin:
        if party.kind == "private":
            return PRIVATE
        text = self._open_text(party)
        if (actor := self._actor(party, text)) is not None:
            top = self._top(actor)
            hidden = _MARK in top.name or top.kind == "population"  # a people has no one voice
            return _unnamed(top.name) if hidden else _named(top.name)
        if party.kind == "document" and _holds_name(text):
            return _named(text, "document")
        if party.kind in ("person", "organisation") and self._is_name(party, text):
            return _named(text)
        return _unnamed(text)

    def _actor(self, party: Party, text: str) -> Actor | None:
        if party.actor is not None or _MARK in text or is_pronoun(text):
            return self._actors.get(party.actor or "")
        return self._by_name.get(_name_key(text))

    def _top(self, actor: Actor) -> Actor:
        """The topmost parent; of parents in a circle, the first by id."""
        seen = [actor]
        while (parent := self._actors.get(seen[-1].parent or "")) is not None:
            if parent in seen:
                return min(seen[seen.index(parent) :], key=lambda each: each.id)
            seen.append(parent)
        return seen[-1]

    def _open_text(self, party: Party) -> str:
        """The party as worded, with marks for what of it is private."""
        private = [h for h in self._reading.private if any(overlaps(h, span) for span in party.spans)]
        if not private:
            return party.text
        return GAP.join(self._masked(span, private) for span in party.spans)

    def _masked(self, span: Span, private: list[Span]) -> str:
        begin, end = span
        return "".join(
            _MARK if not char.isspace() and any(hole[0] <= at < hole[1] for hole in private) else char
            for at, char in enumerate(self._reading.document.text[begin:end], begin)
        )

    def _is_name(self, party: Party, text: str) -> bool:
        """Whether the words are a proper name; a single word that begins a sentence may be none."""
        words = _bare(text, _ARTICLES)
        capital = all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words)
        if not words or not capital or is_pronoun(text) or _MARK in text:
            return False
        if len(words) > 1 and words[0].casefold() in _SOME:
            return False  # "Another Senator" is anybody
        if len(words) > 1 or len(words) < len(text.split()) or not party.spans:
            return True
        before = self._reading.document.text[: party.spans[0][0]].rstrip()
        return before[-1:].isalnum() or before[-1:] == ","


def is_pronoun(text: str) -> bool:
    """Whether the words describe nobody. "who" does not, "WHO" does."""
    return text.casefold() in _PRONOUNS and not (len(text) > 1 and text.isupper())


def _holds_name(text: str) -> bool:
    """Whether a document is told by a name or number: "a UN report", but not "Multiple reports"."""
    if _MARK in text:
        return False
    first, *rest = text.split() or [""]
    words = rest if first.casefold() in _DETERMINERS else [*rest, first[1:]]
    return any(char.isupper() or char.isdigit() for word in words for char in word)


def _bare(text: str, leading: frozenset[str]) -> list[str]:
    words = text.replace(GAP, " ").split()
    return words[1:] if len(words) > 1 and words[0].casefold() in leading else words


@lru_cache(_RECENT)
def _folded(text: str, leading: frozenset[str]) -> str:
    return " ".join(folded_words(" ".join(_bare(text, leading)).translate(_INSIDE_WORDS)))


def folded_name(name: str) -> str:
    """A name without case, diacritics, leading article and punctuation; never empty.

    Two actors of one folded name are one.
    """
    return _folded(name, _ARTICLES) or name.strip()


def _name_key(name: str) -> str:
    return NAMED + folded_name(name)


def _named(name: str, kind: Kind = "named", *, own: bool = False) -> Origin:
    return Origin(_name_key(name), name, kind, own)


def _unnamed(description: str) -> Origin:
    key = _folded(description, _DETERMINERS)
    if not key or is_pronoun(description):
        return PRIVATE if _MARK in description else NOBODY
    return Origin(f"unnamed:{key}", description, "unnamed")


def independent(
    claims: Iterable[tuple[Origin, str]],
    voices: Mapping[str, Origin],
    merged: Mapping[str, str],
) -> tuple[Group, ...]:
    """The independent origins of any set of claims, most claims first, then by key.

    A function of the set alone, not of its order, in time linear in it.

    Args:
        claims: of each claim, its origin and the id of its document.
        voices: of a document that copies another, the own voice of the earliest copy.
        merged: keys that a person has said to be the same, each with the one that stands for it.
    """
    groups: defaultdict[str, Counter[Origin]] = defaultdict(Counter)
    documents: defaultdict[str, set[str]] = defaultdict(set)
    keys: dict[str, str] = {}
    for found, document in claims:
        whose = voices.get(document, found) if found.own else found
        key = keys.get(whose.key)
        if key is None:
            key = keys[whose.key] = standing_for(whose.key, merged)
        groups[key][whose] += 1
        documents[key].add(document)
    counted = [_group(key, members, documents[key]) for key, members in groups.items()]
    reports = [group for group in counted if group.kind != "dataset"]
    return tuple(sorted(reports or _together(counted), key=lambda group: (-group.claims, group.key)))


def _together(datasets: list[Group]) -> list[Group]:
    """Datasets as the one origin that they are: two may have coded one event from one report."""
    if len(datasets) < 2:
        return datasets
    first, *others = sorted(datasets, key=lambda group: group.key)
    names = ", ".join(group.name for group in (first, *others))
    documents = sorted({document for group in datasets for document in group.documents})
    claims = sum(group.claims for group in datasets)
    return [Group(first.key, names, "dataset", claims, tuple(documents))]


def standing_for(key: str, merged: Mapping[str, str]) -> str:
    """The key at the end of the merges from `key`; where they run in a circle, its least."""
    seen = [key]
    while (after := merged.get(seen[-1])) is not None:
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]


def _group(key: str, members: Counter[Origin], documents: set[str]) -> Group:
    """One group, named as most of its claims name it; of those with its own key, where it has any."""
    own = {each: count for each, count in members.items() if each.key == key} or members
    best = min(own, key=lambda each: (-own[each], each))
    kind = best.kind
    if key == PRIVATE.key or key.startswith(NOBODY.key):
        kind = "unnamed"
    elif key.startswith(_DATASET):
        kind = "dataset"
    elif kind == "unnamed":
        kind = "named"
    return Group(key, best.name, kind, members.total(), tuple(sorted(documents)))
