"""A text with its names made alike, for the trained reader: who is named must not decide what is read.

Each person becomes one of a few common names, in the order of the text; all countries are one, and so are all
groups and organisations. What the reader finds is laid back onto the text as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from marsad.gazetteer.countries import load_countries
from marsad.models import Attribution, Frame, Model, Tagged, Vectors
from marsad.reading.actors.annotator import Cast
from marsad.reading.lexicon import Entry, load
from marsad.records.reading import ActorKind
from marsad.records.spans import Span, Spans

if TYPE_CHECKING:
    from marsad.models.vectors import Meaning, Vector


_WORD = re.compile(r"\w{1,400}")


class _Name(Entry, frozen=True):
    plain: str
    article: str  # after "the"


class _Likenesses(Entry, frozen=True):
    """The shape of `likenesses.toml`."""

    given: str
    surnames: tuple[str, ...]
    kinds: frozenset[ActorKind]
    names: dict[str, _Name]


class Likeness:
    """The other text, and where its spans are in the first."""

    def __init__(self, text: str, names: Sequence[tuple[Span, str]]) -> None:
        """`names` are spans, in order and apart, each with the words to stand in its place."""
        self._own = [span for span, _ in names]
        self._alike: list[Span] = []
        pieces, at, length = [], 0, 0
        for (begin, end), words in names:
            pieces += [text[at:begin], words]
            length += begin - at
            self._alike.append((length, length + len(words)))
            length += len(words)
            at = end
        self.text = "".join([*pieces, text[at:]])

    def back(self, span: Span) -> Span:
        """Where a span of the other text is in the first: a name that it touches is in it as a whole."""
        return _moved(span, self._alike, self._own)

    def forth(self, span: Span) -> Span:
        """Where a span of the first text is in the other one."""
        return _moved(span, self._own, self._alike)


def _moved(span: Span, here: list[Span], there: list[Span]) -> Span:
    return _edge(span[0], here, there, is_end=False), _edge(span[1], here, there, is_end=True)


def _edge(offset: int, here: list[Span], there: list[Span], *, is_end: bool) -> int:
    at = bisect_right(here, offset - is_end, key=itemgetter(0)) - 1
    if at < 0:
        return offset
    if offset - is_end < here[at][1]:
        return there[at][is_end]
    return offset - here[at][1] + there[at][1]


def of(text: str, cast: Cast) -> Likeness:
    """`text` with the names of all persons, and of the groups and organisations among `cast`, made alike."""
    return Likeness(text, _likened(text, cast))


def read(model: Model, likeness: Likeness) -> Tagged:
    """What `model` finds in the text, whoever is named there."""
    tagged = model.read(likeness.text)

    def back(spans: Spans) -> Spans:
        return tuple(likeness.back(span) for span in spans)

    return Tagged(
        tuple(
            Attribution(back(one.source), back(one.cue), back(one.content), one.probability)
            for one in tagged.attributions
        ),
        tuple(one._replace(span=likeness.back(one.span)) for one in tagged.entities),
        tuple(_frame_back(one, likeness) for one in tagged.frames),
        _Vectors(tagged.words, likeness) if tagged.words is not None else None,
    )


def _frame_back(frame: Frame, likeness: Likeness) -> Frame:
    return frame._replace(fillers=tuple(one._replace(span=likeness.back(one.span)) for one in frame.fillers))


class _Vectors(NamedTuple):
    """Vectors of spans of the first text."""

    words: Vectors
    likeness: Likeness

    @property
    def head(self) -> str:
        return self.words.head

    def mean(self, span: Span) -> Vector:
        return self.words.mean(self.likeness.forth(span))

    def meaning(self, spans: Spans) -> Meaning:
        return self.words.meaning(tuple(map(self.likeness.forth, spans)))


class _Who(NamedTuple):
    """Whom a form of a name names, and how; `person` tells one person from another."""

    how: Literal["person", "group", "country", "acronym", "people", "peoples"]
    person: str = ""


_Forms = dict[str, list[tuple[str, _Who]]]  # by their first word, the longest first


def _likened(text: str, cast: Cast) -> list[tuple[Span, str]]:
    """Spans of names, in order and apart, with what is to stand in their place.

    A name counts wherever it stands, in "X-controlled" too; of those that begin at a word the longest.
    """
    own = _by_first(_forms(text, cast))
    likened: list[tuple[Span, str]] = []
    turns: dict[str, int] = {}
    for word in _WORD.finditer(text):
        begin = word.start()
        if likened and begin < likened[-1][0][1]:
            continue
        forms = (*own.get(word.group(), ()), *_countries().get(word.group(), ()))
        here = next(((form, who) for form, who in forms if _stands(text, begin, form)), None)
        if here is not None:
            span = begin, begin + len(here[0])
            likened.append((span, _likeness(text, span, here[1], turns)))
    return likened


def _forms(text: str, cast: Cast) -> dict[str, _Who]:
    """Each way in which the text names a person, a group or an organisation."""
    group = _Who("group")
    found = {text[name.begin : name.end]: group for name in cast.names if name.kind == "acronym"}
    for actor in cast.actors:
        if actor.kind in _likenesses().kinds:
            named = (actor.name, *actor.aliases, *(text[slice(*span)] for span in actor.mentions))
            bare = (each.removeprefix("The ") for each in named)
            found |= {form: group for form in bare if _is_name(form)}
    for number, person in enumerate(cast.persons):
        found |= {text[slice(*span)]: _Who("person", str(number)) for span in person.mentions}
    known = {form for forms in _countries().values() for form, _ in forms}
    return {form: who for form, who in found.items() if form not in known}


@cache
def _countries() -> _Forms:
    """Countries by name and acronym, and what their people are called."""
    found: dict[str, _Who] = {}
    for country in load_countries():
        for form in country.demonyms:
            found[form] = _Who("peoples" if form.endswith(("s", "men")) else "people")
        for form in (country.name, *country.aliases):
            found[form.removeprefix("The ")] = _Who("acronym" if form.isupper() else "country")
    return _by_first(found)


def _by_first(forms: dict[str, _Who]) -> _Forms:
    found: _Forms = {}
    for form in sorted(forms, key=len, reverse=True):
        first = _WORD.match(form)
        if first is not None:
            found.setdefault(first.group(), []).append((form, forms[form]))
    return found


def _is_name(words: str) -> bool:
    """Not "the group", nor "Ruritanian forces", which say what it is."""
    parts = words.split()
    return bool(parts) and not parts[0].islower() and not parts[-1].islower()


def _stands(text: str, begin: int, form: str) -> bool:
    end = begin + len(form)
    return text.startswith(form, begin) and not text[end : end + 1].isalnum()


def _likeness(text: str, span: Span, who: _Who, turns: dict[str, int]) -> str:
    """What stands for `who` at `span`; `turns` counts persons as they appear."""
    known = _likenesses()
    if who.how == "person":
        surname = known.surnames[turns.setdefault(who.person, len(turns)) % len(known.surnames)]
        return f"{known.given} {surname}" if " " in text[slice(*span)] else surname
    has_article = text[max(span[0] - 4, 0) : span[0]].lower() == "the "
    own = known.names[who.how]
    return own.article if has_article else own.plain


@cache
def _likenesses() -> _Likenesses:
    return load("likenesses", _Likenesses)
