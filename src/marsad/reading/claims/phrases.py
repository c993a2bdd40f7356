"""Whom a noun phrase names: a person, a body, a state, or somebody of whom only a description is told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property

from marsad.reading.actors.annotator import Cast
from marsad.reading.actors.names import is_people, organisations
from marsad.reading.actors.persons import Person
from marsad.reading.actors.roles import public_heads, roles, title_words
from marsad.reading.actors.states import country_words
from marsad.reading.claims.antecedents import Speaker, Spoken
from marsad.reading.claims.layout import Contained
from marsad.reading.claims.speakers import is_female, is_many, kind_of, spoken_core, vocabulary
from marsad.reading.text import Text, Token
from marsad.records.reading import Actor
from marsad.records.spans import Span, contains, overlaps

UNKNOWN = Speaker(None, "unnamed")
FAR = 8_000  # characters; who was named further back is not whom "the president" means
LONGEST_NAME = 60  # characters
LONGEST_REFERENCE = 5  # words; "the" before more of them tells something new


class Phrases:
    """The noun phrases of one text, each with whom it names; what is defined goes back to `spoke`.

    `owner` says who "his" or "her" is: "his government" is of the state whose minister he is.
    """

    def __init__(self, text: Text, cast: Cast, spoke: Spoken, owner: Callable[[Token], Speaker]) -> None:
        self._text = text
        self._cast = cast
        self._spoke = spoke
        self._owner = owner
        self._names_begin = [name.begin for name in cast.names]
        self._names_end = [name.end for name in cast.names]
        self._by_name = {actor.name: actor for actor in cast.actors if actor.kind == "person_role"}
        self._states = {actor.name: actor for actor in cast.actors if actor.kind == "state"}
        self._parents = {actor.id: actor.parent for actor in cast.actors}
        self._actors = Contained((m, actor) for actor in cast.actors for m in actor.mentions)
        self.persons = Contained((m, person) for person in cast.persons for m in person.mentions)
        self._known: dict[Span, Speaker] = {}
        self._first: dict[int, Span] = {}  # where each of them was first described, by identity

    def of(self, tokens: tuple[Token, ...]) -> Speaker:
        span = (tokens[0].begin, tokens[-1].end)
        if span not in self._known:
            person = self._person_in(tokens)
            if person is None:
                found = self._described(span, tokens)
            else:
                found = self.person(person)._replace(many=_is_joined(tokens, person))
            self._known[span] = found
            self._first.setdefault(id(found), span)
        return self._known[span]

    def described_at(self, speaker: Speaker) -> Span | None:
        """The words that first described a speaker whom `of` gave; None for one who is not known."""
        return None if speaker is UNKNOWN else self._first.get(id(speaker))

    def _person_in(self, tokens: tuple[Token, ...]) -> Person | None:
        """The person who speaks, not whose aide or whose mother does."""
        span = (tokens[0].begin, tokens[-1].end)
        inside = list(self.persons.within(span))
        if not inside and len(tokens) == 1:  # a surname cut out of the name
            around = self.persons.beginning(span[0] - LONGEST_NAME, span[0] + 1)
            return next((person for mention, person in around if contains(mention, span)), None)
        return next((person for mention, person in inside if _is_head(tokens, mention, person)), None)

    def person(self, person: Person) -> Speaker:
        if not person.public:
            return Speaker(None, "private", person, many=False)
        actor = self._by_name.get(person.name)
        return Speaker(actor.id if actor else None, "person", person, many=False)

    def actor_within(self, span: Span) -> Actor | None:
        """The actor whose mention lies in `span` and begins first; the longest of equals."""
        inside = self._actors.within(span)
        return min(inside, key=lambda found: (found[0][0], -found[0][1]), default=(span, None))[1]

    def _apposed(self, words: tuple[Token, ...], tokens: tuple[Token, ...]) -> Actor | None:
        """The body whose name stands in apposition: "the opposition, the Ruritanian Front,"."""
        after = tuple(t for t in tokens if t.begin >= words[-1].end)
        if len(after) < 2 or after[0].text not in {",", "–", "—"}:
            return None
        begin = after[2].begin if after[1].lower == "the" and len(after) > 2 else after[1].begin
        found = next(self._actors.within((begin, tokens[-1].end)), None)
        named = found is not None and found[0][0] == begin and found[1].kind != "person_role"
        return found[1] if found is not None and named else None

    def _described(self, span: Span, tokens: tuple[Token, ...]) -> Speaker:
        words = spoken_core(tokens)
        within = (words[0].begin, words[-1].end)
        actor = self.actor_within(within) or self._apposed(words, tokens)
        kind = kind_of(words) if not self._is_named(words[-1]) else None
        if any(t.lower in {"anonymity", "unnamed", "anonymous"} for t in tokens):
            kind = "unnamed"
        if words[0].lower in {"the", "this", "that", "its"} and len(words) <= LONGEST_REFERENCE:
            known = self._again(words, kind, actor)
            if known is not None:
                return known
        many = is_many(words) and tokens[0].lower != "one"
        female = is_female(words)
        behind = self._behind(actor, span)
        if kind == "document":
            return Speaker(behind, kind, many=many)
        if kind == "unnamed" and words[-1].lower in vocabulary().spokespeople:
            return Speaker(behind, kind, many=many, female=female)
        if kind is not None and kind != "organisation":
            return Speaker(None, kind, many=many, female=female)
        return self._body(words, tokens, actor, many=many)

    def _body(
        self, words: tuple[Token, ...], tokens: tuple[Token, ...], actor: Actor | None, *, many: bool
    ) -> Speaker:
        """An institution, a state, or a name of nothing known."""
        if actor is not None and actor.kind == "person_role":
            actor = None  # "the X regime" is not X
        if actor is None or not _names(words, actor):
            state = self._state(words) or self._government(words, tokens)
            if state is not None:
                return state
        if actor is not None and (_names(words, actor) or actor.mentions[0][0] >= words[-1].end):
            return Speaker(actor.id, "organisation")
        if kind_of(words) == "organisation" and not self._is_named(words[-1]):
            return Speaker(actor.id if actor else None, "organisation")
        if self._is_named(words[-1]):
            return Speaker(actor.id if actor else None, "organisation")
        owner = next((at for at, t in enumerate(words) if at and t.text in {"’s", "'s"}), None)
        if owner is not None:
            return self.of(words[:owner])  # "the front’s rule": who rules
        return Speaker(None, "group", many=True) if many else UNKNOWN

    def _government(self, words: tuple[Token, ...], tokens: tuple[Token, ...]) -> Speaker | None:
        """ "X’s regime in Damascus": the state whose government it is said to be."""
        if words[-1].lower not in organisations().governments:
            return None
        if tokens[0].lower in {"his", "her"}:
            behind = self.behind(self._owner(tokens[0]))
            return Speaker(behind, "organisation") if behind else None
        seated = [t for t in tokens if t.begin >= words[-1].end][:3]
        seated = seated if seated and seated[0].lower in {"in", "of"} else []
        names = (organisations().capitals.get(t.text) or _country(t.text) for t in (*words, *seated))
        state = next((self._states[name] for name in names if name in self._states), None)
        return Speaker(state.id, "organisation") if state else None

    def _behind(self, actor: Actor | None, span: Span) -> str | None:
        """The body for which a spokesman or a document speaks; no person's."""
        found = actor or self.actor_within(span)
        return found.id if found is not None and found.kind != "person_role" else None

    def _state(self, words: tuple[Token, ...]) -> Speaker | None:
        """A country, a capital or an adjective of either that stands alone: who says so is the state."""
        joined = next(
            (at for at, t in enumerate(words) if t.lower in {"and", "or"} or t.text == ","), len(words)
        )
        name = " ".join(t.text for t in words[:joined] if t.lower != "the")
        if is_people(name) and name.endswith("s"):
            return Speaker(None, "group", many=True)
        country = country_words().get(name)
        if country is not None and name.endswith("s") and name in country.demonyms:
            return Speaker(None, "group", many=True)  # "the Ruritanians" are a people
        state = country.name if country else organisations().capitals.get(name)
        if state is None:
            return None
        actor = self._states.get(state)
        return Speaker(actor.id if actor else None, "organisation")

    def _is_named(self, word: Token) -> bool:
        at = bisect_right(self._names_begin, word.begin) - 1  # names stand apart
        return at >= 0 and word.end <= self._names_end[at]

    def _again(self, words: tuple[Token, ...], kind: str | None, actor: Actor | None) -> Speaker | None:
        """ "The researcher", "the source", "the ministry": somebody of whom the text told before."""
        head, before = words[-1].lower, words[0].begin
        if kind == "organisation" and len(words) == 2 and actor is None:
            return self._institution(head, before)
        if actor is not None or kind not in {"unnamed", "private", "document"}:
            return None
        if words[-1].lower in vocabulary().many or words[-1].lower.endswith("s"):
            return None
        countries = {country for t in words if (country := _country(t.text))}
        return self._by_role(head, before, countries)

    def _by_role(self, head: str, before: int, countries: set[str]) -> Speaker | None:
        """The last named with that role, of one of `countries` if any, or the last speaker so described.

        "The president" may be one of whom the text tells only that there is an administration of his.
        """
        person = self._holding(head, before, countries)
        if person is None and head in roles().heads_of_state:
            person = self._holding("", before, countries)
        spoke = self._spoke.described(head, before)
        if person is not None and (spoke is None or spoke[0] <= person[0][0]):
            return self.person(person[1])
        return spoke[1] if spoke else None

    def _holding(self, head: str, before: int, countries: set[str]) -> tuple[Span, Person] | None:
        named = self._roles.get(head)
        for mention, person in named.before(before) if named else ():
            if before - mention[0] > FAR:
                return None
            told = (
                {_country(t.text) for t in self._text.tokens_in(person.role.span)} if person.role else set()
            )
            if not countries or not told - {""} or countries & told:
                return mention, person
        return None

    @cached_property
    def _roles(self) -> dict[str, Contained[Person]]:
        """The mentions of persons by the words of their roles; under "" of those who govern or command."""
        found: dict[str, list[tuple[Span, Person]]] = {}
        for person in self._cast.persons:
            words = set(person.role.text.lower().replace(",", " ").split()) if person.role else set()
            if person.public and words.isdisjoint(public_heads() | title_words()):
                words = {""}
            for word in words:
                found.setdefault(word, []).extend((mention, person) for mention in person.mentions)
        return {word: Contained(placed) for word, placed in found.items()}

    def _institution(self, head: str, before: int) -> Speaker | None:
        """The last body before an offset in whose name the word stands: "the ministry"."""
        named = self._bodies.get(head)
        found = next(named.before(before), None) if named else None
        spoke = self._spoke.described(head, before)
        if spoke is not None and (found is None or found[0][0] < spoke[0]):
            return spoke[1]
        return Speaker(found[1], "organisation") if found else None

    @cached_property
    def _bodies(self) -> dict[str, Contained[str]]:
        """The mentions of bodies by the last word of each of their names."""
        found: dict[str, list[tuple[Span, str]]] = {}
        for actor in self._cast.actors:
            if actor.kind == "person_role":
                continue
            for word in {form.lower().split()[-1] for form in (actor.name, *actor.aliases)}:
                found.setdefault(word, []).extend((mention, actor.id) for mention in actor.mentions)
        return {word: Contained(placed) for word, placed in found.items()}

    def behind(self, speaker: Speaker) -> str | None:
        """The body or the state for which a person with an office speaks."""
        return self._parents.get(speaker.actor or "") or self._state_of(speaker.person)

    def _state_of(self, person: Person | None) -> str | None:
        """The state for which an office is held: "the Ruritanian foreign minister"."""
        words = self._text.tokens_in(person.role.span) if person and person.role else ()
        if not words or spoken_core(words)[-1].lower not in vocabulary().offices_of_state:
            return None
        countries = (country_words().get(t.text) for t in words)
        state = next((self._states.get(country.name) for country in countries if country), None)
        return state.id if state else None


def _is_head(tokens: tuple[Token, ...], mention: Span, person: Person) -> bool:
    before = [t.lower for t in tokens if t.end <= mention[0]]
    after = [t for t in tokens if t.begin >= mention[1]]
    if after and (after[0].text in {"’s", "'s", "’"} or _is_owned(after)):
        return False  # "X’s aide", "the X administration"
    titled = person.role is not None and overlaps(person.role.span, (tokens[0].begin, mention[0]))
    governed = any(w in {"of", "for", "to", "by", "with"} for w in before)
    return not governed or "," in before or (titled and person.public)


def _is_owned(after: list[Token]) -> bool:
    noun = after[0]
    body = " ".join(t.lower for t in after[:2]) in roles().reigns
    return body or (noun.is_word and not noun.is_name and kind_of((noun,)) is not None)


def _country(name: str) -> str:
    country = country_words().get(name)
    return country.name if country else ""


def _is_joined(tokens: tuple[Token, ...], person: Person) -> bool:
    """Whether another is named with a person: "X and her sister"."""
    after = next((i for i, t in enumerate(tokens) if any(t.end == m[1] for m in person.mentions)), None)
    return after is not None and after + 1 < len(tokens) and tokens[after + 1].lower == "and"


def _names(words: tuple[Token, ...], actor: Actor) -> bool:
    """Whether the head of the phrase is the actor's own name or description."""
    head = words[-1]
    at = bisect_left(actor.mentions, (head.end, 0)) - 1  # of one actor's, which stand apart
    if at < 0:
        return False
    begin, end = actor.mentions[at]
    return end == head.end or (begin <= head.begin and head.end <= end)
