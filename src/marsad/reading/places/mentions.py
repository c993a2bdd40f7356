"""Where a text names a place: candidate mentions, each with the evidence of its surroundings.

A name is looked up in the gazetteer, longest match first, over words in capitals; a name that the
gazetteer lacks is kept where the words around it say that it is a place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from marsad.gazetteer import Gazetteer
from marsad.gazetteer.folding import fold, without_articles
from marsad.reading.places import contrary
from marsad.reading.places.evidence import ABBREVIATED, PERSON, Mention, Surroundings, begins_name
from marsad.reading.places.vocabulary import abbreviations, acronyms, demonyms, types_before, vocabulary
from marsad.reading.text import Sentence, Text, Token
from marsad.records.spans import Span, Spans

LONGEST_NAME = 6  # tokens
LONGEST_ACRONYM = 4  # letters; a longer word in capitals is a name in a heading or a dateline


def find(text: Text, gazetteer: Gazetteer, taken: Spans) -> list[Mention]:
    """Every candidate mention of the text, in order, none overlapping `taken` or another."""
    found: list[Mention] = []
    for sentence, spans in _shared_out(text, taken):
        found.extend(_Scan(Surroundings(text, sentence, gazetteer, spans)).mentions())
    _weigh_surnames(found)
    contrary.weigh_namesakes(found)
    return found


def _shared_out(text: Text, taken: Spans) -> Iterator[tuple[Sentence, Spans]]:
    """Each sentence with the taken spans that reach into it."""
    spans = _merged(taken)
    for sentence in text.sentences:
        first = bisect_right(spans, sentence.begin, key=lambda span: span[1])
        last = bisect_left(spans, sentence.end, key=lambda span: span[0])
        yield sentence, tuple(spans[first:last])


def _merged(taken: Spans) -> list[Span]:
    """The same ground in spans that do not overlap, in order."""
    merged: list[Span] = []
    for begin, end in sorted(taken):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


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
        while index < len(self.tokens):
            mention = self._mention_at(index)
            if mention is None:
                yield from self._border(index)
                index += 1
            else:
                index = max(self.around.dress(mention), index + 1)
                contrary.weigh(self.around, mention, index)
                self.around.done = index
                if not any(self.blocked[mention.first : index]):
                    yield mention

    def _mention_at(self, index: int) -> Mention | None:
        if self.blocked[index] or not begins_name(self.tokens[index]):
            return None
        abbreviation = self._abbreviation(index)
        if abbreviation:
            return abbreviation
        for last in range(self._reach(index), index, -1):
            if not ends_name(self.tokens[last - 1]) or self._opens_only(index, last):
                continue
            known = self._looked_up(index, last)
            if known:
                unknown = self._unknown(index) if self.around.part_after(last) else None
                return unknown if unknown and unknown.alone and unknown.last > last else known
        return self._unknown(index)

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
            if not joined or not (_inner(token) or self._saint(last)):
                break
            last += 1
        return last

    def _saint(self, index: int) -> bool:
        before = self.tokens[index - 1].lower
        return self.tokens[index].text == "." and before in ("st", "ste", "mt", "ft")

    def _looked_up(self, first: int, last: int) -> Mention | None:
        span = (self.tokens[first].begin, self.tokens[last - 1].end)
        name = self.text[span]
        key = fold(name)
        if not self._may_be_a_place(key, name, first, last):
            return None
        found = self.gazetteer.candidates(name)
        if not found and name.isupper() and len(key) > LONGEST_ACRONYM:
            found = self.gazetteer.candidates(name.title())
        if not found and last - first > 1 and self.tokens[first].lower in types_before():
            head, _, rest = name.partition(" ")  # "Camp Roj" stands in it as "Roj Camp"
            found = tuple(e for e in self.gazetteer.candidates(f"{rest} {head}") if e.kind == "camp")
        if without_articles(key) != key and any(e.kind == "country" and fold(e.name) == key for e in found):
            found = tuple(e for e in found if e.kind == "country")  # El Salvador is not Salvador
        return Mention(self.sentence, first, last, span, name, found) if found else None

    def _may_be_a_place(self, key: str, name: str, first: int, last: int) -> bool:
        words = vocabulary().words
        if name.casefold() in vocabulary().context.directions:
            return False
        if len(key) < 2 or key in words.never or key in words.calendar or self._is_demonym(key):
            return False
        if key in acronyms() or name.replace(".", "").isupper():
            capital = name.replace(".", "").isupper()
            if not capital or self._adjectival(name, last):
                return False
            if (
                key not in acronyms()
                and len(key) <= LONGEST_ACRONYM
                and not self.around.dateline(first, last)
            ):
                return False
        if key in vocabulary().context.after_the:
            return first > 0 and self.tokens[first - 1].lower == "the" and not self.around.title_at(last)
        return True

    def _is_demonym(self, key: str) -> bool:
        return key in demonyms() and not any(e.kind == "country" for e in self.gazetteer.candidates(key))

    def _adjectival(self, name: str, last: int) -> bool:
        """Letters for a country before a noun: "U.S. forces", "the UK government"."""
        words = vocabulary().adjectival
        if name.casefold() not in words.names or last >= len(self.tokens):
            return False
        after = self.tokens[last]
        if after.text in ("-", "‐", "‑", "–", "/"):
            return True
        return after.is_word and after.lower not in words.followed_by

    def _unknown(self, first: int) -> Mention | None:
        """A name in capitals that the gazetteer lacks: kept where the words say that it is a place."""
        last = first + 1
        while last < self._reach(first) and (
            begins_name(self.tokens[last]) or self.tokens[last].text == "'s"
        ):
            last += 1
        while last > first + 1 and (self.around.type_at(last - 1) or not ends_name(self.tokens[last - 1])):
            last -= 1
        token = self.tokens[first]
        if token.lower in vocabulary().words.openers:
            return None
        span = (token.begin, self.tokens[last - 1].end)
        key = fold(self.text[span])
        if not key or key in demonyms() or key in vocabulary().words.never | vocabulary().words.calendar:
            return None
        if any(_compounded(token) for token in self.tokens[first:last]):
            return None
        if (
            key.split()[0] in {*demonyms(), *vocabulary().words.never}
            or self.text[span].isupper()
            or self.around.type_at(first)
        ):
            return None
        mention = Mention(self.sentence, first, last, span, self.text[span], ())
        mention.alone = self.around.says_place(first, last)
        before = self.around.words_before(first, 2)
        if mention.alone or (before and before[-1] in vocabulary().context.locatives):
            mention.candidates, mention.loose = self.gazetteer.sounding_like(mention.name), True
        return mention if mention.alone or mention.candidates else None

    def _abbreviation(self, first: int) -> Mention | None:
        """The short form of a state, after a comma and a place: Paris, Tex."""
        if first < 2 or self.tokens[first - 1].text != "," or not begins_name(self.tokens[first - 2]):
            return None
        begin = self.tokens[first].begin
        short = next((key for key in abbreviations() if self.text.text.startswith(key, begin)), None)
        if short is None:
            return None
        last = first + 1
        while last < len(self.tokens) and self.tokens[last].begin < begin + len(short):
            last += 1
        stop = last < len(self.tokens) and self.tokens[last].text == "." and not short.isupper()
        after = last + stop
        if self.tokens[last - 1].end != begin + len(short) or self.around.title_at(after):
            return None
        found = self.gazetteer.candidates(vocabulary().abbreviations[short])
        units = tuple(entry for entry in found if entry.kind == "admin1")
        span = (begin, begin + len(short) + stop)
        mention = Mention(self.sentence, first, after, span, short, units)
        mention.weigh("abbreviation", ABBREVIATED)
        return mention

    def _border(self, index: int) -> Iterator[Mention]:
        """ "The Syria-Turkey border" is between two countries; "Iran-U.S. talks" are nowhere."""
        token = self.tokens[index]
        left, mark, right = token.text.partition("-")
        after = self.tokens[index + 1].lower if index + 1 < len(self.tokens) else ""
        if self.blocked[index] or not mark or after not in vocabulary().context.borders:
            return
        halves = [(left, token.begin), (right, token.begin + len(left) + 1)]
        found = [[e for e in self.gazetteer.candidates(name) if e.kind == "country"] for name, _ in halves]
        if all(found) and fold(left) not in demonyms() and fold(right) not in demonyms():
            for (name, begin), entries in zip(halves, found, strict=True):
                span = (begin, begin + len(name))
                yield Mention(self.sentence, index, index + 1, span, name, tuple(entries))


def ends_name(token: Token) -> bool:
    if token.lower in vocabulary().words.openers:  # "Manbij The", where a full stop is missing
        return False
    return begins_name(token) or (token.is_word and "-" in token.text) or token.is_number


def _compounded(token: Token) -> bool:
    """ "Kurdish-held", "Iran-backed": an adjective in capitals."""
    head, mark, rest = token.text.rpartition("-")
    return (
        bool(mark) and head[:1].isupper() and rest.islower() and rest not in vocabulary().context.connectors
    )


def _inner(token: Token) -> bool:
    return begins_name(token) or token.lower in vocabulary().context.connectors


def _weigh_surnames(mentions: list[Mention]) -> None:
    """Against names that are elsewhere in the text the last part of a longer one: John Lincoln."""
    known = {without_articles(fold(m.name)) for m in mentions if "surname" in m.reasons}
    for mention in mentions:
        if without_articles(fold(mention.name)) in known and mention.type is None:
            mention.weigh("surname in this text", PERSON)
