"""Places that shelter people: which they are, and where a text says their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from marsad.disclosure.names import Names, Word, Words, folded, words_of
from marsad.records.reading import Incident, Place, Reading, Thing
from marsad.records.spans import Span

# The policy, not a vocabulary: what is protected is not for a user's data file to shorten.
_ONE = frozenset({"camp", "clinic", "hospital", "kindergarten", "orphanage", "school", "shelter"})
_SHELTERS = _ONE | {f"{word}s" for word in _ONE}
_CAMPS = frozenset({"camp", "camps"})
_DESCRIBING = frozenset(
    {"annex", "center", "centre", "detention", "displaced", "displacement", "elementary", "field", "general"}
    | {"high", "holding", "idp", "idps", "informal", "internally", "medical", "primary", "reception"}
    | {"refugee", "refugees", "secondary", "settlement", "site", "tented", "transit"}
)
_BESIDE_A_NAME = _SHELTERS | _DESCRIBING | {"for", "in", "near", "of", "people", "persons", "the"}
_CALLED = frozenset({"called", "known", "named", "as"})
_ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "the"})
WIDE = frozenset({"country", "admin1", "admin2", "region", "water", "city"})
_SETTLED = WIDE | {"town", "village"}
ABOVE_DISTRICT = frozenset({"country", "admin1", "admin2", "region"})


_NEVER = frozenset({"country", "admin1", "admin2", "region", "water"})  # too wide to shelter anybody
_NEAR = 60  # characters in which a type word is sought beside a name


def is_shelter(place: Place, text: str) -> bool:
    """Whether `place` is a camp, or the text calls it a camp, hospital, school or shelter.

    A gazetteer often knows a camp as the village beside it: then the words around its name tell.
    """
    return place.kind == "camp" or (place.kind not in _NEVER and _type_word(place, text) is not None)


def _type_word(place: Place, text: str) -> str | None:
    if place.kind in ("facility", "other"):
        for word in words_of(f"{place.text} {place.name}"):
            if word.folded in _SHELTERS:
                return word.folded
    # `Idlib camps` are camps in a city; `Hol and Roj camps` are two of that name
    types = _ONE if place.kind == "city" else _SHELTERS
    for begin, end in place.spans:
        found = _word_after(text, end, types) or _word_before(text, begin)
        if found:
            return found
    return None


def _word_after(text: str, end: int, types: frozenset[str]) -> str | None:
    """The type word in `al-Hol refugee camp`, where the name ends at `end`."""
    for word in words_of(text, (end, min(end + _NEAR, len(text)))):
        if text[end : word.begin] not in (" ", "-", "\u00a0"):
            return None
        if word.folded in types:
            return word.folded
        if word.folded not in _DESCRIBING:
            return None
        end = word.end
    return None


def _word_before(text: str, begin: int) -> str | None:
    """The type word in `Camp Roj` and in `a camp known as Roj`, where the name begins at `begin`."""
    for word in reversed(words_of(text, (max(begin - _NEAR, 0), begin))):
        if not text[word.end : begin].isspace():
            return None
        if word.folded in _ONE:
            return word.folded
        if word.folded not in _CALLED:
            return None
        begin = word.begin
    return None


def shelters_hit(reading: Reading) -> Iterator[tuple[Incident, Thing]]:
    """The targets of incidents that shelter people: `a field hospital`, `al-Shifa hospital`."""
    for incident in reading.incidents:
        for thing in incident.targets:
            if any(word.folded in _SHELTERS for word in words_of(thing.text)):
                yield incident, thing


def shelter_names(
    reading: Reading, shelters: tuple[Place, ...], things: tuple[Thing, ...] = ()
) -> Iterator[Span]:
    """Where the text says the names of `shelters` and `things`: in their own spans, and bare elsewhere."""
    if not shelters and not things:
        return
    text = reading.document.text
    names: set[Words] = set()
    # A clinic is often named after its town, which stays; a camp's name hides its village.
    wide, settled = _public_names(reading.places, WIDE), _public_names(reading.places, _SETTLED)
    for place in shelters:
        is_camp = place.kind == "camp" or _type_word(place, text) in _CAMPS
        public = wide if is_camp else settled
        for run in _identifying(place, text):
            yield run[0].begin, run[-1].end
            name = _without_article(folded(run))
            if name and name not in public and max(map(len, name)) >= 3:
                names.add(name)
    for run in _named_things(things, text):
        name = _without_article(folded(run))
        if name in wide:
            continue
        yield run[0].begin, run[-1].end
        if name not in settled and max(map(len, name), default=0) >= 3:
            names.add(name)
    articles = {word.end: word for word in words_of(text) if word.folded in _ARTICLES - {"the"}}
    for run in Names(names).among(words_of(text)):
        if any(word.text != word.folded or word.text == word.text.upper() for word in run):
            begin = run[0].begin
            before = articles.get(begin - 1)  # the al- of al-Hol, where only Hol is sought
            yield before.begin if before else begin, run[-1].end


def _named_things(things: Iterable[Thing], text: str) -> Iterator[list[Word]]:
    """The names in the words of things: of `the bombed al-Shifa hospital` only `al-Shifa`."""
    for thing in things:
        for run in _identifying(thing, text):
            name = list(dropwhile(_is_plain, run))
            if any(word.text != word.folded for word in name):
                yield name


def _is_plain(word: Word) -> bool:
    """A word in lower case that begins no name: `bombed`, not the `al` of `al-Shifa`."""
    return word.text == word.folded and word.folded not in _ARTICLES - {"the"}


def _identifying(shelter: Place | Thing, text: str) -> Iterator[list[Word]]:
    """The runs of words in a shelter's spans that are not its type: `al-Hol` of `al-Hol camp`."""
    for span in shelter.spans:
        run: list[Word] = []
        for word in words_of(text, span):
            if word.folded not in _BESIDE_A_NAME:
                run.append(word)
            elif run:
                yield run
                run = []
        if run:
            yield run


def _public_names(places: Iterable[Place], kinds: frozenset[str]) -> set[Words]:
    return {
        _without_article(folded(words_of(name)))
        for place in places
        if place.kind in kinds
        for name in (place.name, place.text)
    }


def _without_article(name: Words) -> Words:
    while name and name[0] in _ARTICLES:
        name = name[1:]
    return name
