"""Places that shelter people: which they are, and where a text says their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.disclosure.names import Word, Words, folded, index, occurrences, words_of
from marsad.records.reading import Place, Reading
from marsad.records.spans import Span

# The policy, not a vocabulary: what is protected is not for a user's data file to shorten.
SHELTERS = frozenset(
    {"camp", "camps", "clinic", "clinics", "hospital", "hospitals", "kindergarten", "kindergartens"}
    | {"orphanage", "orphanages", "school", "schools", "shelter", "shelters"}
)
_BESIDE_A_NAME = frozenset(
    {"annex", "center", "centre", "detention", "displaced", "displacement", "elementary", "field", "for"}
    | {"general", "high", "holding", "idp", "idps", "in", "informal", "internally", "medical", "near", "of"}
    | {"people", "persons", "primary", "reception", "refugee", "refugees", "secondary", "settlement"}
    | {"site", "tented", "the", "transit"}
)
_ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "the"})
_WIDE = frozenset({"country", "admin1", "admin2", "region", "water", "city"})
_SETTLED = _WIDE | {"town", "village"}
_ABOVE_DISTRICT = frozenset({"country", "admin1", "admin2", "region"})


def is_shelter(place: Place) -> bool:
    if place.kind == "camp":
        return True
    words = {word.folded for word in words_of(f"{place.text} {place.name}")}
    return place.kind in ("facility", "other") and not words.isdisjoint(SHELTERS)


def shelter_names(reading: Reading, shelters: tuple[Place, ...]) -> Iterator[Span]:
    """Where the text says the names of `shelters`: in their own spans, and bare elsewhere."""
    if not shelters:
        return
    text = reading.document.text
    names: set[Words] = set()
    # A clinic is often named after its town, which stays; a camp's name hides its village.
    wide, settled = _public_names(reading.places, _WIDE), _public_names(reading.places, _SETTLED)
    for place in shelters:
        public = wide if place.kind == "camp" else settled
        for run in _identifying(place, text):
            yield run[0].begin, run[-1].end
            name = _without_article(folded(run))
            if name and name not in public and max(map(len, name)) >= 3:
                names.add(name)
    articles = {word.end: word for word in words_of(text) if word.folded in _ARTICLES - {"the"}}
    for run in occurrences(words_of(text), index(names)):
        if any(word.text != word.folded or word.text == word.text.upper() for word in run):
            begin = run[0].begin
            before = articles.get(begin - 1)  # the al- of al-Hol, where only Hol is sought
            yield before.begin if before else begin, run[-1].end


def _identifying(place: Place, text: str) -> Iterator[list[Word]]:
    """The runs of words in a shelter's spans that are not its type: `al-Hol` of `al-Hol camp`."""
    for span in place.spans:
        run: list[Word] = []
        for word in words_of(text, span):
            if word.folded not in SHELTERS | _BESIDE_A_NAME:
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
