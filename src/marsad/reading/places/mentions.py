"""Where a text names a place: candidate mentions, each with the evidence of its surroundings.

A name is looked up in the gazetteer, longest match first, over words in capitals; a name that the
gazetteer lacks is kept where the words around it say that it is a place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold, without_articles
from marsad.models import Entity
from marsad.reading.places import contrary, told
from marsad.reading.places.claimed import ground_of_others
from marsad.reading.places.evidence import ABBREVIATED, PERSON, Mention, Surroundings
from marsad.reading.places.shapes import coded, merged
from marsad.reading.places.vocabulary import acronyms, demonyms, types_before, vocabulary
from marsad.reading.text import Sentence, Text, Token
from marsad.records.spans import Span, Spans

LONGEST_NAME = 6  # tokens
LONGEST_SHORT = 4  # tokens of "W.Va."
LONGEST_ROAD = 4  # tokens before "Street"
LONGEST_COMPOUND = 3  # words of "New York-based"
LONGEST_ACRONYM = 4  # letters; a longer word in capitals is a name in a heading or a dateline


def find(text: Text, gazetteer: Gazetteer, taken: Spans, entities: Sequence[Entity] = ()) -> list[Mention]:
    """Every candidate mention of the text, in order, none overlapping another.

    None overlaps what others hold either, but for the seat in the name of a public body.
    """
    found: list[Mention] = []
    evidence = told.Told(text, entities)
    ground = ground_of_others(text, gazetteer, told.given_back(evidence, taken) if entities else taken)
    for sentence, spans in _shared_out(text, ground):
        around = Surroundings(text, sentence, gazetteer, spans)
        if around.starts:
            found.extend(_Scan(around).mentions())
    _weigh_surnames(found)
    contrary.weigh_namesakes(found)
    return told.joined(evidence, gazetteer, found, ground) if entities else found


def _shared_out(text: Text, taken: Spans) -> Iterator[tuple[Sentence, Spans]]:
    """Each sentence with the taken spans that reach into it."""
    spans = merged(taken)
    begins, ends = [span[0] for span in spans], [span[1] for span in spans]
    for sentence in text.sentences:
        first = bisect_right(ends, sentence.begin)
        last = bisect_left(begins, sentence.end)
        yield sentence, tuple(spans[first:last])


class _Scan:
    """Goes through one sentence, name by name."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.text = around.text
        self.sentence = around.sentence
        self.tokens = around.tokens
        self.gazetteer = around.gazetteer
        self.blocked = around.blocked

    def mentions(self) -> Iterator[Mention]:
        index = 0
        for start in self.around.starts:
            if start < index or self.blocked[start]:
                continue
            mention = self._mention_at(start)
            if mention is None:
                yield from self._pair(start)
                continue
            index = max(self.around.dress(mention), start + 1)
            contrary.weigh(self.around, mention, index)
            self.around.done = index
            if not any(self.blocked[mention.first : index]):
                yield mention

    def _mention_at(self, index: int) -> Mention | None:
        if self._only_opens(index):
            return None
        special = self._abbreviation(index) or self._road(index)
        if special:
            return special
        reach = self._reach(index)
        for last in range(reach, index, -1):
            if not self._ends_name(last - 1) or self._opens_only(index, last):
                continue
            known = self._looked_up(index, last)
            if known:
                unknown = self._unknown(index, reach) if self.around.part_after(last) else None
                return unknown if unknown and unknown.alone and unknown.last > last else known
        return self._compound(index) or self._unknown(index, reach)

    def _road(self, first: int) -> Mention | None:
        """ "Oak Street", "S. Locust St.": a place of its own, which no gazetteer has."""
        words = self.around.road_words
        if not words:
            return None
        stop = next((index for index in words if first < index <= first + LONGEST_ROAD), None)
        if stop is None or not all(self._of_road(index) for index in range(first, stop)):
            return None
        if self.tokens[first].lower in vocabulary().words.openers:
            return None
        last = self._road_end(stop)
        if last is None:
            return None
        span = (self.tokens[first].begin, self.tokens[last - 1].end)
        mention = Mention(self.sentence, first, last, span, self.text[span], (), type="facility")
        mention.alone = True
        return mention

    def _road_end(self, stop: int) -> int | None:
        """One past the full stop of "St." or the number of "County Road 43"; none in a longer name."""
        last = stop + 1
        if last < len(self.tokens):
            token = self.tokens[last]
            if token.is_number or (
                token.text == "." and self.tokens[stop].lower in ("st", "rd", "ave", "blvd")
            ):
                return last + 1
            if self.around.capital[last] and self.around.adjacent(stop, last):
                return None
        return last

    def _of_road(self, index: int) -> bool:
        token = self.tokens[index]
        named = self.around.capital[index] or token.is_number or token.text == "."
        return named and not self.blocked[index] and self.around.adjacent(index, index + 1)

    def _ends_name(self, index: int) -> bool:
        token = self.tokens[index]
        if token.lower in vocabulary().words.openers:  # "Manbij The", where a full stop is missing
            return False
        return self.around.capital[index] or token.is_number or (token.is_word and "-" in token.text)

    def _only_opens(self, index: int) -> bool:
        """ "The" or "In" before a word in small letters: the beginning of a sentence, and no name."""
        if self.tokens[index].lower not in vocabulary().words.openers:
            return False
        return index + 1 == len(self.tokens) or not self.around.capital[index + 1]

    def _opens_only(self, first: int, last: int) -> bool:
        """ "The", "As", "From" in capitals begin a sentence, not a name."""
        word = self.tokens[first].lower
        if word not in vocabulary().words.openers:
            return False
        return (
            fold(self.text[self.tokens[first].begin, self.tokens[last - 1].end])
            not in vocabulary().context.with_the
        )

    def _reach(self, first: int) -> int:
        """One past the last token that a name beginning at `first` may take in."""
        last = first + 1
        while last < len(self.tokens) and last - first < LONGEST_NAME and not self.blocked[last]:
            token = self.tokens[last]
            joined = self.around.adjacent(last - 1, last) or token.text == "."
            inner = self.around.capital[last] or token.lower in vocabulary().context.connectors
            if not joined or not (inner or self._saint(last)):
                break
            last += 1
        return last

    def _saint(self, index: int) -> bool:
        before = self.tokens[index - 1].lower
        return self.tokens[index].text == "." and before in ("st", "ste", "mt", "ft")

    def _looked_up(self, first: int, last: int) -> Mention | None:
        span = (self.tokens[first].begin, self.tokens[last - 1].end)
        name = self.text[span]
        found = self.gazetteer.candidates(name)
        if not found and last - first > 1 and self.tokens[first].lower in types_before():
            head, _, rest = name.partition(" ")  # "Camp Roj" stands in it as "Roj Camp"
            found = tuple(e for e in self.gazetteer.candidates(f"{rest} {head}") if e.kind == "camp")
        if not found:
            return None
        key = fold(name)
        if not self._may_be_a_place(key, name, first, last):
            return None
        if without_articles(key) != key and any(e.kind == "country" and fold(e.name) == key for e in found):
            found = tuple(e for e in found if e.kind == "country")  # El Salvador is not Salvador
        mention = Mention(self.sentence, first, last, span, name, found)
        mention.associative = self._adjectival(name, last)
        return mention

    def _may_be_a_place(self, key: str, name: str, first: int, last: int) -> bool:
        words = vocabulary().words
        if name.casefold() in vocabulary().context.directions or coded(self.tokens, first, last):
            return False
        if len(key) < 2 or key in words.never or key in words.calendar or self._is_demonym(key):
            return False
        if key in acronyms() or name.replace(".", "").isupper():
            capital = name.replace(".", "").isupper()
            if not capital or (name == "US" and self._shouted(first)):
                return False
            if (
                key not in acronyms()
                and len(key) <= LONGEST_ACRONYM
                and not self.around.dateline(first, last)
                and not (self.around.located(first) and self._short(name))
            ):
                return False
        if key in vocabulary().context.after_the:
            return first > 0 and self.tokens[first - 1].lower == "the" and not self.around.title_at(last)
        return True

    def _shouted(self, index: int) -> bool:
        """Everything around is in capitals too, so that they tell nothing: "TELL US MORE"."""
        words = [token.text for token in self.tokens[max(0, index - 2) : index + 3] if len(token.text) > 3]
        return bool(words) and all(word.isupper() for word in words)

    def _is_demonym(self, key: str) -> bool:
        """ "English", "Kurdish"; not a country's own name, such as "Georgian" is none."""
        if key not in demonyms() and not self.gazetteer.by_demonym(key):
            return False
        return not any(e.kind in ("country", "region", "water") for e in self.gazetteer.candidates(key))

    def _adjectival(self, name: str, last: int) -> bool:
        """Letters for a country before a noun: "U.S. forces", "the UK government"."""
        words = vocabulary().adjectival
        if name.casefold() not in words.names or last >= len(self.tokens):
            return False
        after = self.tokens[last]
        if after.text in ("-", "‐", "‑", "–", "/"):
            return True
        return after.is_word and after.lower not in words.followed_by

    def _unknown(self, first: int, reach: int) -> Mention | None:
        """A name in capitals that the gazetteer lacks: kept where the words say that it is a place."""
        last = first + 1
        while last < reach and (self.around.capital[last] or self.tokens[last].text == "'s"):
            last += 1
        while last > first + 1 and (self.around.type_at(last - 1) or not self._ends_name(last - 1)):
            last -= 1
        located = self.around.located(first)
        says_where = located or (first > 0 and self.tokens[first - 1].lower in ("from", "of"))
        alone = self.around.says_place(first, last) or (says_where and self._lies_in(last))
        if not (alone or located) or not self._may_be_unknown(first, last):
            return None
        span = (self.tokens[first].begin, self.tokens[last - 1].end)
        mention = Mention(self.sentence, first, last, span, self.text[span], ())
        mention.alone, mention.loose = alone, True
        mention.candidates = self.gazetteer.sounding_like(mention.name)
        return mention if alone or mention.candidates else None

    def _lies_in(self, last: int) -> bool:
        """ "X, Laos": a comma, and a country, after the name."""
        if last + 1 >= len(self.tokens) or self.tokens[last].text != "," or not self.around.capital[last + 1]:
            return False
        for stop in range(min(last + 3, len(self.tokens)), last + 1, -1):
            name = self.text[self.tokens[last + 1].begin, self.tokens[stop - 1].end]
            if any(entry.kind == "country" for entry in self.gazetteer.candidates(name)):
                return True
        return False

    def _may_be_unknown(self, first: int, last: int) -> bool:
        words = vocabulary().words
        if self.tokens[first].lower in words.openers or self.around.type_at(first):
            return False
        if any(_compounded(token) for token in self.tokens[first:last]):
            return False
        name = self.text[self.tokens[first].begin, self.tokens[last - 1].end]
        key = fold(name)
        if not key or name.isupper() or key in words.never or key in words.calendar:
            return False
        head = key.split()[0]
        return key not in demonyms() and head not in demonyms() and head not in words.never

    def _abbreviation(self, first: int) -> Mention | None:
        """The short form of a state, after a comma and a place: Paris, Tex."""
        if first < 2 or self.tokens[first - 1].text != "," or not self.around.capital[first - 2]:
            return None
        for last in range(min(first + LONGEST_SHORT, len(self.tokens)), first, -1):
            span = (self.tokens[first].begin, self.tokens[last - 1].end)
            units = self._short(self.text[span])
            if units and not self.around.title_at(last):
                mention = Mention(self.sentence, first, last, span, self.text[span], units)
                mention.weigh("abbreviation", ABBREVIATED)
                return mention
        return None

    def _short(self, written: str) -> tuple[Entry, ...]:
        """The first-level units that are abbreviated so, not those that have it for a name."""
        if not (written.endswith(".") or written.isupper()) or (
            not written[-1].isalpha() and written[-1] != "."
        ):
            return ()
        plain = self.gazetteer.candidates(fold(written))
        found = self.gazetteer.candidates(written)
        return tuple(entry for entry in found if entry.kind == "admin1" and entry not in plain)

    def _compound(self, first: int) -> Mention | None:
        """The place in "a Denver-based company", "R-Texas", "Iran-backed": half of a word."""
        if self.tokens[first].lower in vocabulary().words.openers:
            return None
        for last in range(first + 1, min(first + LONGEST_COMPOUND, len(self.tokens)) + 1):
            token = self.tokens[last - 1]
            head, mark, tail = token.text.partition("-")
            if mark and head in vocabulary().context.parties and last == first + 1:
                return self._seat(first, token.begin + len(head) + 1)
            if mark and tail.islower() and (tail in vocabulary().context.based or tail.endswith("ed")):
                found = self._half(first, last, (self.tokens[first].begin, token.begin + len(head)))
                if found is None or tail in vocabulary().context.based:
                    return found
                found.associative = True
                return found if any(entry.kind == "country" for entry in found.candidates) else None
            if not self.around.capital[last - 1] or not token.is_word:
                return None
        return None

    def _seat(self, first: int, begin: int) -> Mention | None:
        """ "R-Texas", "D-Story City"."""
        for last in range(min(self._reach(first), first + LONGEST_COMPOUND), first, -1):
            found = self._half(first, last, (begin, self.tokens[last - 1].end))
            if found:
                return found
        return None

    def _half(self, first: int, last: int, span: Span) -> Mention | None:
        name = self.text[span]
        key = fold(name)
        words = vocabulary().words
        if len(key) < 2 or key in words.never or key in words.openers or self._is_demonym(key):
            return None
        found = self.gazetteer.candidates(name)
        mention = Mention(self.sentence, first, last, span, name, found, half=True)
        return mention if found else None

    def _pair(self, index: int) -> Iterator[Mention]:
        """ "The Syria-Turkey border" is between two countries; "Iran-U.S. talks" concern both."""
        token = self.tokens[index]
        left, mark, right = token.text.partition("-")
        if not mark or not right[:1].isupper():
            return
        after = self.tokens[index + 1].lower if index + 1 < len(self.tokens) else ""
        halves = [(left, token.begin), (right, token.begin + len(left) + 1)]
        found = [[e for e in self.gazetteer.candidates(name) if e.kind == "country"] for name, _ in halves]
        if all(found) and fold(left) not in demonyms() and fold(right) not in demonyms():
            for (name, begin), entries in zip(halves, found, strict=True):
                span = (begin, begin + len(name))
                mention = Mention(self.sentence, index, index + 1, span, name, tuple(entries), half=True)
                mention.associative = after not in vocabulary().context.borders
                yield mention


def _compounded(token: Token) -> bool:
    """ "Kurdish-held", "Iran-backed": an adjective in capitals."""
    head, mark, rest = token.text.rpartition("-")
    return (
        bool(mark) and head[:1].isupper() and rest.islower() and rest not in vocabulary().context.connectors
    )


def _weigh_surnames(mentions: list[Mention]) -> None:
    """Against names that are elsewhere in the text the last part of a longer one: John Lincoln."""
    known = {without_articles(fold(m.name)) for m in mentions if "surname" in m.reasons}
    if not known:
        return
    located = {without_articles(fold(m.name)) for m in mentions if "locative" in m.reasons or m.type}
    for mention in mentions:
        if mention.type is None and without_articles(fold(mention.name)) in known - located:
            mention.weigh("surname in this text", PERSON)
