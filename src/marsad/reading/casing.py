"""Texts without mixed case, as wire bulletins have them: names get their capitals back, so that all can read.

A word is written as a name where it is none that English writes small and something speaks for it: an
entity of the trained reader, a place, a given name, a country, a known actor, a month, or that it is a name
elsewhere in the text. The text keeps its length, and `as_written` gives records their words back as they
stand in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from marsad.gazetteer import Gazetteer
from marsad.models import Entity
from marsad.reading.actors.names import is_given_name, organisation_heads
from marsad.reading.casing_words import (
    WORD,
    casing_words,
    dated_words,
    is_rare,
    known_forms,
    no_acronyms,
    title_case,
    title_words,
)
from marsad.reading.syntax import closed_class
from marsad.records.reading import Document, Reading
from marsad.records.spans import text_of

LETTERS = 60  # of a text that is long enough to say that it has no mixed case
CAPITALS = 0.9  # of its letters: it is all capitals
FEW = 0.004  # of its letters: it has none
LONGEST_PLACE = 4  # words
LONGEST_ACRONYM = 7  # letters
LONGEST_NAME = 7  # words of an organisation

_OPENING = re.compile(r"[.?!][\"”’')\]]{0,3}\s{1,40}[\"“‘'(\[]{0,3}\Z|\n\s{0,40}\n[\s\"“‘'(\[]{0,40}\Z")
_DATELINE = re.compile(r"[)\d]\s{1,3}(?:--?|[–—])\s{1,20}\Z")
_DASH = re.compile(r"\s(?:--?|[–—])\s")
_MARKED = re.compile(r"(\w{1,20})\]\s{1,40}\Z")
TOP = 200  # characters in which a dateline ends
_NAMED = frozenset({"Person", "Organisation", "Location", "Nationality"})
_VOWELS = frozenset("aeiouy")

T = TypeVar("T")


class _Word(NamedTuple):
    begin: int
    end: int
    small: str

    @property
    def bare(self) -> str:
        """Without a possessive ending."""
        return re.split("['’]", self.small)[0] if self.small[-2:] in ("'s", "’s") else self.small


def is_caseless(text: str) -> bool:
    """Whether `text` is written in capitals, or without any."""
    letters = [char for char in text if char.lower() != char.upper()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) >= LETTERS and not FEW * len(letters) <= capitals <= CAPITALS * len(letters)


def restored(text: str, entities: Sequence[Entity] = ()) -> str:
    """`text` with capitals for names and sentences, of the same length; unchanged where it has both cases."""
    if not is_caseless(text):
        return text
    small = "".join(map(_small, text))
    words = [_Word(*found.span(), found.group()) for found in WORD.finditer(small)]
    forms = _Forms(small, words, entities).written()
    pieces, at = [], 0
    for word, form in zip(words, forms, strict=True):
        pieces += [small[at : word.begin], form if len(form) == len(word.small) else word.small]
        at = word.end
    return "".join([*pieces, small[at:]])


def as_written(reading: Reading, document: Document) -> Reading:
    """The reading of a text whose case was restored, with all its words as `document` has them."""
    given = {name: getattr(document, name) for name in ("text", "title", "author", "publisher", "dateline")}
    known = {name: value for name, value in given.items() if value is not None}
    told = _told(reading, document.text)
    return msgspec.structs.replace(told, document=msgspec.structs.replace(told.document, **known))


def _told(value: T, text: str) -> T:
    """`value` with the words under its spans, at whatever depth."""
    if isinstance(value, tuple):
        return tuple(_told(each, text) for each in value)  # type: ignore[return-value]
    if not isinstance(value, msgspec.Struct) or isinstance(value, Document):
        return value
    changed = {name: _told(getattr(value, name), text) for name in value.__struct_fields__}
    if changed.get("spans") and "text" in changed:
        changed["text"] = text_of(text, changed["spans"])
    return msgspec.structs.replace(value, **changed)


def _small(char: str) -> str:
    return char.lower() if len(char.lower()) == 1 else char


class _Forms:
    """How each word of a text is to be written."""

    def __init__(self, small: str, words: Sequence[_Word], entities: Sequence[Entity]) -> None:
        self._small = small
        self._words = words
        self._forms = [word.small for word in words]
        self._begins = [word.begin for word in words]
        self._rare = [is_rare(word.bare) for word in words]
        named = [entity for entity in entities if entity.type in _NAMED]
        self._entities = [within for entity in named if (within := self._within(entity))]

    def written(self) -> list[str]:
        self._name(self._evident())
        self._organisations()
        self._acronyms()
        self._known()
        self._titles()
        self._dateline()
        self._openings()
        return self._forms

    def _within(self, entity: Entity) -> range:
        first = bisect_left(self._begins, entity.span[0])
        return range(first, bisect_left(self._begins, entity.span[1]))

    def _evident(self) -> set[int]:
        """Rare words that something speaks for: they, and the same words elsewhere, are names."""
        held = {at for within in self._entities for at in within}
        sure = {
            self._words[at].bare
            for at in range(len(self._words))
            if self._rare[at]
            and (at in held or not self._entities or is_given_name(title_case(self._words[at].bare)))
        }
        evident = {at for stretch in self._places() for at in stretch}
        evident |= {at for at, word in enumerate(self._words) if self._rare[at] and word.bare in sure}
        for at in range(1, len(self._words)):  # the rest of a name of several words
            if at - 1 in evident and self._rare[at] and self._gap(at).isspace():
                evident.add(at)
        return evident | {at for at in range(len(self._words)) if self._is_given(at, evident)}

    def _is_given(self, at: int, evident: set[int]) -> bool:
        """A given name that is a common word too, right before a name: "Grace Ruiz"."""
        follows = at + 1 in evident and self._gap(at + 1).isspace()
        return follows and is_given_name(title_case(self._words[at].small))

    def _places(self) -> Iterator[range]:
        """Stretches of words that are a place's name as a whole, one of them rare; the longest first."""
        gazetteer = Gazetteer.open()
        at = 0
        while at < len(self._words):
            stretch = next(
                filter(None, (self._place(gazetteer, at, at + n) for n in range(LONGEST_PLACE, 0, -1))), None
            )
            if stretch:
                yield stretch
            at = stretch.stop if stretch else at + 1

    def _place(self, gazetteer: Gazetteer, first: int, stop: int) -> range | None:
        if stop > len(self._words) or not any(self._rare[first:stop]):
            return None
        if self._words[first].small in closed_class() or not self._adjoin(first, stop):
            return None
        name = " ".join(word.bare for word in self._words[first:stop])
        return range(first, stop) if gazetteer.candidates(name) else None

    def _adjoin(self, first: int, stop: int, marks: str = "") -> bool:
        """Whether only blanks, hyphens and these marks stand between the words."""
        gaps = (self._gap(at) for at in range(first + 1, stop))
        return all(not gap.strip(f" \n\t-{marks}") for gap in gaps)

    def _gap(self, at: int) -> str:
        """What stands before a word."""
        return self._small[self._words[at - 1].end if at else 0 : self._words[at].begin]

    def _name(self, which: Iterable[int]) -> None:
        for at in which:
            word = self._words[at].small
            if word not in casing_words().inner or not (
                at and self._gap(at).isspace() and self._rare[at - 1]
            ):
                self._forms[at] = title_case(word)

    def _organisations(self) -> None:
        """Names of organisations have their common words in capitals too: "National Police"."""
        every = range(len(self._words))
        runs = [range(self._run_begin(at), at) for at in every if self._is_bracketed(at)]
        for run in runs:
            first = next((at for at in run if self._is_formal(at)), run.start)
            if any(self._words[at].bare in organisation_heads() for at in run) or first > run.start:
                self._name(
                    at for at in range(first, run.stop) if self._words[at].small not in casing_words().inner
                )
        named = (at for at in every[:-2] if self._is_formal(at) and self._is_formal(at + 1))
        for at in named:
            stretch = next(self._formal(range(at, min(at + LONGEST_NAME, len(self._words)))), range(0))
            self._name(each for each in stretch if self._words[each].small not in casing_words().inner)
        for within in self._entities:
            for stretch in self._formal(within):
                self._name(at for at in stretch if self._words[at].small not in casing_words().inner)

    def _formal(self, within: range) -> Iterator[range]:
        """From the first rare or formal word to the last head noun behind it, if there is one."""
        heads = organisation_heads()
        first = next((at for at in within if self._is_formal(at)), None)
        if first is None:
            return
        stop = first + 1
        while stop < within.stop and self._adjoin(first, stop + 1) and not self._is_apart(stop):
            stop += 1
        last = next((at for at in range(stop - 1, first, -1) if self._words[at].bare in heads), None)
        if last is not None:
            yield range(first, last + 1)

    def _run_begin(self, at: int) -> int:
        """Where the words begin that may be the long form of an acronym."""
        first = at
        while first and not self._is_apart(first - 1) and (first == at or self._adjoin(first - 1, first + 1)):
            first -= 1
        return first

    def _is_formal(self, at: int) -> bool:
        word = self._words[at].small
        return (self._forms[at] != word) or word in casing_words().formal

    def _is_apart(self, at: int) -> bool:
        word = self._words[at].small
        return word in closed_class() and word not in casing_words().inner

    def _acronyms(self) -> None:
        """What stands alone in brackets behind a name, or has no vowel, and the same elsewhere."""
        found = {word.bare for at, word in enumerate(self._words) if self._is_acronym(at)}
        for at, word in enumerate(self._words):
            if word.bare in found:
                self._forms[at] = word.bare.upper() + word.small[len(word.bare) :]

    def _is_acronym(self, at: int) -> bool:
        word = self._words[at]
        if word.bare in casing_words().acronyms:
            return True
        if self._is_bracketed(at):
            return self._rare[at] or (at > 0 and self._forms[at - 1][0].isupper())
        return self._rare[at] and 1 < len(word.bare) <= LONGEST_ACRONYM and not _VOWELS & set(word.bare)

    def _is_bracketed(self, at: int) -> bool:
        """A short word alone in brackets, which is no month, title or mark of the editor."""
        begin, end, word = self._words[at]
        if not 1 < len(word) <= LONGEST_ACRONYM or word in no_acronyms():
            return False
        if not self._small[max(begin - 3, 0) : begin - 1].strip()[-1:].isalnum():
            return False  # "[RUIZ]" before what Ruiz says
        return self._small[begin - 1 : begin] in ("(", "[") and self._small[end : end + 1] in (")", "]")

    def _known(self) -> None:
        """Countries, peoples, actors, months and days, as the tables write them."""
        for at, word in enumerate(self._words):
            for form in known_forms().get(word.bare, ()):
                stop = at + len(form.words)
                here = self._words[at:stop]
                if tuple(each.bare for each in here) == form.words and self._adjoin(at, stop, form.marks):
                    self._forms[at:stop] = [
                        written + each.small[len(each.bare) :]
                        for written, each in zip(form.written, here, strict=True)
                    ]
                    break
            if word.small in dated_words() and self._beside_number(at):
                self._forms[at] = title_case(word.small)

    def _beside_number(self, at: int) -> bool:
        word = self._words[at]
        before, after = self._small[max(word.begin - 2, 0) : word.begin], self._small[word.end : word.end + 3]
        return before[:1].isdigit() or any(map(str.isdigit, after))

    def _titles(self) -> None:
        """Titles right before a name: "President Ruiz", "Col Ruiz"."""
        titles = title_words()
        for at in range(len(self._words) - 2, -1, -1):
            word = self._words[at].small
            follows = self._forms[at + 1][0].isupper() and not self._gap(at + 1).strip(" \n\t.")
            if word in titles and follows and len(self._gap(at + 1)) < 4:
                self._forms[at] = title_case(word)

    def _dateline(self) -> None:
        """What stands before the dash of a first line with a comma, a date or a source in brackets."""
        dash = _DASH.search(self._small, 0, TOP)
        head = self._small[: dash.start()] if dash is not None else ""
        if "," not in head or any(mark in head.lstrip() for mark in "\n.;"):
            return
        if not any(char.isdigit() or char == "(" for char in head):
            return
        for at, word in enumerate(self._words):
            if word.end > len(head):
                break
            if self._forms[at] == word.small and word.small not in casing_words().inner:
                self._forms[at] = title_case(word.small)

    def _openings(self) -> None:
        for at, word in enumerate(self._words):
            if at == 0 or word.small == "i" or self._opens(word.begin):
                self._forms[at] = self._forms[at][:1].upper() + self._forms[at][1:]

    def _opens(self, begin: int) -> bool:
        """Whether a sentence begins here: after a stop, a blank line, a dateline or an editor's mark."""
        before = self._small[max(begin - 64, 0) : begin]
        if not before[-1:].isspace() and before[-1:] not in "\"“‘'([":
            return False
        marked = _MARKED.search(before)
        return bool(
            _OPENING.search(before)
            or (marked and marked[1] in casing_words().marks)
            or (begin < TOP and _DATELINE.search(before))
        )
