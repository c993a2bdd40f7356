"""What stands around a name and speaks for a place, or against one.

For: a preposition, a type word, a compass point, a dateline. Against: the name is part of a longer
one, follows a title, is an everyday word, or speaks. Points are summed in `Mention.evidence`; the
decision is `place_resolution`'s, which also knows the candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold
from marsad.reading.places.shapes import begins_name, blocked_by, is_heading
from marsad.reading.places.vocabulary import (
    demonyms,
    longer_names,
    roads,
    type_heads,
    types_after,
    types_alone,
    types_before,
    types_of,
    vocabulary,
)
from marsad.reading.text import Sentence, Text
from marsad.records.reading import PlaceKind
from marsad.records.spans import Span, Spans

# Points; a mention needs `place_resolution.ENOUGH`, its candidates' own standing included
LOCATIVE, WEAK_LOCATIVE, VERB = 1.5, 0.7, 1.5
TYPED, DATELINE, ABBREVIATED = 3.0, 3.0, 3.0
DIRECTED = 1.5
AMBIGUOUS, PERSON, SPOKE = -2.0, -3.0, -1.0
A_CITY = 100_000  # people
_AWAY = frozenset({"km", "kilometres", "kilometers", "miles", "close", "adjacent"})
_MARKS = ("“", '"', "‘", "'", "(", "—", "–")
PART_OF_A_NAME = -9.0  # nothing outweighs it


@dataclass(slots=True)
class Mention:
    """A name in a sentence. Token indexes are of its sentence, half-open."""

    sentence: Sentence
    first: int
    last: int
    span: Span  # of the record: with type word and compass point, without the article
    name: str
    candidates: tuple[Entry, ...]
    bare: str = ""  # the name as first found, without type word and compass point
    type: PlaceKind | None = None
    direction: str | None = None
    near: bool = False
    alone: bool = False  # the words around it say that it is a place, known or not
    loose: bool = False  # candidates only sound like the name
    half: bool = False  # of a compound word: "Denver-based"
    associative: bool = False  # names whose something is, not where: "US forces", "Iran-backed"
    unplaced: bool = False  # only a trained reader takes it for a place: nothing is located there
    sense: str | None = None  # id of the place that the rest of the text shows to be meant
    evidence: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bare = self.name

    def weigh(self, reason: str, points: float) -> None:
        self.reasons.append(reason)
        self.evidence += points


class Surroundings:
    """One sentence, with the tokens that other names have taken."""

    def __init__(self, text: Text, sentence: Sentence, gazetteer: Gazetteer, taken: Spans) -> None:
        self.text = text
        self.tokens = sentence.tokens
        self.sentence = sentence
        self.gazetteer = gazetteer
        self.capital = [t.is_title or ("-" in t.text and begins_name(t)) for t in self.tokens]
        self.starts = [index for index, capital in enumerate(self.capital) if capital]
        self.blocked = blocked_by(taken, self.tokens)
        self.done = 0  # tokens up to here belong to the names found before

    @cached_property
    def heading(self) -> bool:
        return is_heading(self.tokens)

    @cached_property
    def road_words(self) -> tuple[int, ...]:
        """Where "Street", "Avenue" and the like stand in capitals."""
        return tuple(i for i in self.starts if self.tokens[i].lower in roads())

    def located(self, first: int) -> bool:
        """A preposition of place stands before the token."""
        return first > 0 and self.tokens[first - 1].lower in vocabulary().context.locatives

    def dress(self, mention: Mention) -> int:
        """Add type word, compass point and evidence; return the index after what it took."""
        if "abbreviation" in mention.reasons:
            return mention.last
        if mention.alone and mention.type:
            return mention.last
        if mention.half:
            mention.weigh("half of a compound", WEAK_LOCATIVE)
            if fold(mention.name) in vocabulary().words.ambiguous:
                mention.weigh("everyday word", AMBIGUOUS)
            return mention.last
        after = self._add_type(mention)
        self._add_direction(mention)
        self._weigh_before(mention)
        self._weigh_after(mention, after)
        self._weigh_name(mention, after)
        return after

    def type_at(self, index: int) -> bool:
        return self.tokens[index].lower in types_after()

    def kind_after(self, index: int) -> PlaceKind | None:
        """What the type word at `index` says of the name that ends there."""
        return self._type_after(index)[0]

    def _type_words(self, index: int) -> str:
        word = self.tokens[index].lower
        if word not in type_heads():
            return ""
        both = f"{word} {self.tokens[index + 1].lower}" if index + 1 < len(self.tokens) else word
        return next((words for words in (both, word) if words in types_after()), "")

    def _type_after(self, index: int) -> tuple[PlaceKind | None, int]:
        """Kind and number of tokens of the type word at `index`, if one stands there."""
        words = self._type_words(index) if index < len(self.tokens) else ""
        if not words or not self.adjacent(index - 1, index):
            return None, 0
        size = words.count(" ") + 1
        if self._tells_of_next(index + size) or self._longer_name(index + size):
            return None, 0
        return types_after()[words], size

    def _tells_of_next(self, index: int) -> bool:
        """ "The Kurdish city of Qamishli": the type word is of the name that follows."""
        return index < len(self.tokens) and self.tokens[index].lower == "of" and self.title_at(index + 1)

    def _longer_name(self, index: int) -> bool:
        """The type word is not the end: "Raqqa City Council", "Kent State University"."""
        if index >= len(self.tokens) or not self.adjacent(index - 1, index):
            return False
        token = self.tokens[index]
        return token.is_title and self.tokens[index - 1].is_title and not self.heading

    def _plural_type(self, index: int) -> bool:
        word = self.tokens[index].lower
        return (word.endswith("s") and word[:-1] in types_after()) or word.endswith("ies")

    def kind_before_of(self, first: int) -> PlaceKind | None:
        """ "The town of", "a camp called", "a camp known as"."""
        if not first or self.tokens[first - 1].lower not in ("of", "called", "named", "known", "as"):
            return None
        before = self.words_before(first, 4)
        if before[-2:] == ["known", "as"]:
            before = before[:-1]
        if len(before) < 2 or before[-1] not in ("of", "called", "named", "known"):
            return None
        for size in (2, 1):
            kind = types_of().get(" ".join(before[-1 - size : -1]))
            if kind:
                return kind
        return None

    def _add_type(self, mention: Mention) -> int:
        """The type word after the name belongs to it; one before ("the town of") only tells."""
        if mention.candidates and any(map(self._kind_in_name, (mention.last - 1, mention.first))):
            if mention.last - mention.first > 1:
                mention.weigh("type in name", TYPED)
            return mention.last
        kind, taken = self._type_after(mention.last)
        last = mention.last + taken
        if kind and not self._only_a_noun(mention, kind, last) and not any(self.blocked[mention.last : last]):
            self._take_type(mention, kind, last)
            return last
        kind = self.kind_before_of(mention.first)
        if kind and not any(entry.kind == "country" for entry in mention.candidates):
            mention.type = kind
            mention.weigh("type of", TYPED)
            known = self._typed_candidates(f"{mention.bare} {kind}", kind) if kind == "camp" else ()
            mention.candidates = known or mention.candidates
        return mention.last

    def _only_a_noun(self, mention: Mention, kind: PlaceKind, last: int) -> bool:
        """The type word is another word's: "Syria state media", "the eastern Syria province of"."""
        if kind in ("admin1", "admin2", "city", "facility") and any(
            entry.kind in ("country", "region") for entry in mention.candidates
        ):
            return True
        word = self.tokens[last - 1]
        if kind != "camp" and not word.is_title and self._plural_type(last - 1):  # "Kentucky counties"
            return not self._listed_before(mention.first)
        return last < len(self.tokens) and self.tokens[last].lower in vocabulary().context.not_a_unit

    def _take_type(self, mention: Mention, kind: PlaceKind, last: int) -> None:
        mention.type = kind
        mention.weigh("type after", TYPED)
        if self._plural_type(last - 1) and self._listed_before(mention.first):
            return
        mention.span = (mention.span[0], self.tokens[last - 1].end)
        for name in (self.text[mention.span], f"{mention.bare} {self.tokens[last - 1].text}"):
            known = self._typed_candidates(name, kind)
            if known:  # "Ain Issa IDP camp" may stand in it as "Ain Issa camp"
                mention.candidates, mention.name = known, name
                return

    def _typed_candidates(self, name: str, kind: PlaceKind) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.gazetteer.candidates(name) if entry.kind == kind)

    def _listed_before(self, first: int) -> bool:
        """ "Hasakah and Raqqa governorates": the word is of both."""
        return first > 1 and self.tokens[first - 1].lower in ("and", "or") and self.title_at(first - 2)

    def _kind_in_name(self, index: int) -> PlaceKind | None:
        word = self.tokens[index].lower
        return types_after().get(word) or types_before().get(word)

    def _add_direction(self, mention: Mention) -> None:
        first = mention.first
        directions = vocabulary().context.directions
        while (
            first > self.done
            and self.adjacent(first - 1, first)
            and self.tokens[first - 1].lower in directions
        ):
            first -= 1
            if (
                first > self.done + 1
                and self.tokens[first - 1].lower == "and"
                and self.tokens[first - 2].lower in directions
            ):
                first -= 1
        if first == mention.first or any(self.blocked[first : mention.first]):
            return
        mention.direction = self.tokens[mention.first - 1].lower
        mention.span = (self.tokens[first].begin, mention.span[1])
        known = self.gazetteer.candidates(self.text[mention.span])
        mention.first = first
        if not self.tokens[first].is_title:  # "east London" is not East London
            known = tuple(entry for entry in known if entry.kind == "region")
        if known:
            mention.candidates, mention.direction = known, None
            mention.name = self.text[mention.span]
        mention.weigh("compass point", DIRECTED)

    def _weigh_before(self, mention: Mention) -> None:
        words = vocabulary().context
        before = self.words_before(mention.first, 4)
        if before and before[-1] == "the":
            before = before[:-1]
        if not before:
            if self.dateline(mention.first, mention.last):
                mention.weigh("dateline", DATELINE)
            return
        if before[-1] in words.locatives:
            mention.weigh("locative", LOCATIVE)
        elif before[-1] in words.weak_locatives:
            mention.weigh("weak locative", WEAK_LOCATIVE)
        elif before[-1] in words.verbs_of_place:
            mention.weigh("verb of place", VERB)
        mention.near = before[-1] in words.near or self._away(before) or self._rural(mention.last)
        if mention.type is None and self._names_a_person(before[-1], mention):
            mention.weigh("title before", PERSON)

    def _names_a_person(self, before: str, mention: Mention) -> bool:
        """ "Colonel X", "their son X"; "called Moscow’s claim false" names a great city."""
        if before in ("called", "named") and any(e.population > A_CITY for e in mention.candidates):
            return False
        return before in vocabulary().persons.titles or before in vocabulary().persons.kin

    def _away(self, before: list[str]) -> bool:
        """Outskirts of X, north of X, ten miles from X."""
        words = vocabulary().context
        if len(before) < 2 or before[-1] not in ("of", "from", "to"):
            return False
        return before[-2] in words.rural or before[-2] in words.directions or before[-2] in _AWAY

    def _rural(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].lower in vocabulary().context.rural

    def _weigh_after(self, mention: Mention, after: int) -> None:
        if after >= len(self.tokens):
            return
        word = self.tokens[after].lower
        if word == "'s" and after + 1 < len(self.tokens):
            word = self.tokens[after + 1].lower
        if word in vocabulary().persons.speech:
            mention.weigh("speaks", SPOKE)
        elif word in vocabulary().context.has and mention.type is None:
            mention.weigh("has people", LOCATIVE)

    def _weigh_name(self, mention: Mention, after: int) -> None:
        """Against a name that is part of a longer one, or an everyday word."""
        if fold(mention.name) in vocabulary().words.ambiguous:
            mention.weigh("everyday word", AMBIGUOUS)
        country = self._surely_a_country(mention)
        behind = self.part_after(after)
        if country and behind and self.tokens[after].lower not in longer_names():
            mention.associative, behind = True, False  # "the US Embassy": whose it is
        if not country and self._part_before(mention.first):
            mention.weigh("surname", PART_OF_A_NAME)
        elif behind or self._institution(mention.first) or self._party_before(mention.first):
            mention.weigh("part of a name", PART_OF_A_NAME)

    def _party_before(self, first: int) -> bool:
        """ "United Russia", "Club America"."""
        before = self.tokens[first - 1] if first else None
        return before is not None and before.is_title and before.lower in vocabulary().context.called_before

    def _surely_a_country(self, mention: Mention) -> bool:
        personal = vocabulary().words.personal_countries
        countries = any(entry.kind == "country" for entry in mention.candidates)
        return countries and fold(mention.name) not in personal

    def _institution(self, first: int) -> bool:
        """ "Bank of Syria", "University of Aleppo"; the town of Baghuz is none."""
        if first < 2 or self.tokens[first - 1].lower != "of":
            return False
        head = self.tokens[first - 2]
        return head.is_title and head.lower in longer_names()

    def _part_before(self, first: int) -> bool:
        if first == 0 or not self.adjacent(first - 1, first):
            return False
        before = self.tokens[first - 1]
        if not self.capital[first - 1]:
            return False
        if self.heading or self._neutral(before.lower) or before.lower in vocabulary().words.openers:
            return False
        opens = first == 1 or self.tokens[first - 2].text in _MARKS
        return not (opens and before.lower.endswith(("ing", "ly", "ed")))

    def part_after(self, last: int) -> bool:
        if last >= len(self.tokens) or not self.capital[last] or not self.adjacent(last - 1, last):
            return False
        if self.heading:
            return False
        after = self.tokens[last]
        if after.lower in vocabulary().persons.offices:
            return False
        return not self._neutral(after.lower)

    def _neutral(self, word: str) -> bool:
        words = vocabulary()
        return (
            word in words.words.calendar
            or word in words.context.directions
            or (fold(word) in demonyms())
            or word in ("greater", "downtown", "rural")
        )

    def says_place(self, first: int, last: int) -> bool:
        """A type word that cannot be followed or preceded by anything but a place's name."""
        kind, _ = self._type_after(last)
        if kind and self._type_words(last) in types_alone():
            # "Value Village" may be a shop; "Xyz village" is none
            return kind not in ("city", "town", "village") or not self.tokens[last].is_title
        if not first or self.tokens[first - 1].lower != "of":
            return False
        before = self.words_before(first, 3)
        return len(before) > 1 and any(
            " ".join(before[-1 - n : -1]) in types_alone() for n in (1, 2)
        )  # fmt: skip

    def adjacent(self, left: int, right: int) -> bool:
        """Nothing but white space between two neighbouring tokens."""
        return self.text.text[self.tokens[left].end : self.tokens[right].begin].strip() == ""

    def words_before(self, index: int, count: int) -> list[str]:
        """Up to `count` words just before a token, as long as no punctuation comes between."""
        words: list[str] = []
        while index > 0 and len(words) < count and self.tokens[index - 1].is_word:
            index -= 1
            words.append(self.tokens[index].lower)
        return words[::-1]

    def dateline(self, first: int, last: int) -> bool:
        """At the beginning, and followed by what follows a dateline: a comma, a bracket, a dash."""
        if first:
            return False
        name = self.text[self.tokens[first].begin, self.tokens[last - 1].end]
        after = self.tokens[last].text if last < len(self.tokens) else ""
        if self.sentence.begin != self.text.paragraphs[self.sentence.paragraph][0]:
            return (
                name.isupper()
                and after in ("—", "–", "-")
                and self.text.text[self.tokens[last].begin - 1].isspace()
            )
        return after in ("(", "—", "–", "-") or (after == "," and name.isupper())

    def title_at(self, index: int) -> bool:
        return index < len(self.tokens) and self.capital[index]
