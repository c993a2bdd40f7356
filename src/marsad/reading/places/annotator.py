"""Places: each mention of a named place, with the place of the gazetteer that it means.

`place_mentions` finds names with the evidence around them, `place_resolution` decides what each
means, `place_containment` which holds which; here they become records. `told` adds what a trained
reader found, where there is one. A country, a region or a water is never pinned: it has no
coordinates. What is not known stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from marsad.gazetteer import PRECISION, Entry, Gazetteer
from marsad.models import Entity
from marsad.reading.places import containment as place_containment
from marsad.reading.places import given
from marsad.reading.places import mentions as place_mentions
from marsad.reading.places import resolution as place_resolution
from marsad.reading.places.containment import Link
from marsad.reading.places.evidence import Mention
from marsad.reading.places.resolution import Resolved
from marsad.reading.places.vocabulary import types_after, vocabulary
from marsad.reading.text import Text, Token
from marsad.records.reading import Place, PlaceKind
from marsad.records.spans import Span, Spans

READER = "marsad.places.rules@3"

# text, tokens of a sentence, and where in them the capital begins and ends
ActsAsState = Callable[[Text, tuple[Token, ...], int, int], bool]

_POPULATED = ("city", "town", "village")
_UNPINNED = ("country", "region", "water")
NEAR = 2  # of UCDP's where_prec


def annotate(
    text: Text,
    gazetteer: Gazetteer,
    *,
    taken: Spans = (),
    dateline: str | None = None,
    acts_as_state: ActsAsState | None = None,
    entities: Sequence[Entity] = (),
) -> tuple[Place, ...]:
    """One record for each mention of a place, in order of span.

    Args:
        taken: spans of the names of persons and organisations; only what is plainly a place
            overlaps one ("the United States", "Hong Kong", the first words of "Queensland Premier X").
        dateline: where the report was filed, as worded; speaks for its country.
        acts_as_state: whether a capital stands for its government, as in "Ankara denied it": named,
            but without a point and without `where_prec`, since nothing is said to be there.
        entities: what a trained reader found; evidence for and against, beside that of the words. A
            place that it alone tells is unresolved and has no `where_prec`.
    """
    mentions = place_mentions.find(text, gazetteer, taken, entities)
    resolved = place_resolution.resolve(text, mentions, gazetteer, dateline)
    if acts_as_state:
        for result in resolved:
            result.mention.associative |= _governs(text, result.mention, acts_as_state)
    places = [_place(number, result, text) for number, result in enumerate(resolved, 1)]
    return tuple(_with_containers(places, resolved, text))


def resolve(
    text: Text, gazetteer: Gazetteer, mentions: Sequence[Span], *, dateline: str | None = None
) -> tuple[Place | None, ...]:
    """The place that each given mention means, in the order given; `None` where that is not known.

    The same resolver as `annotate`'s, with the text's other places as evidence. A people's name is
    answered by its country, a part of a place ("northern Syria") by the whole.

    Args:
        mentions: spans of code points in `text`, in any order; each is a place by assumption.
        dateline: where the report was filed, as worded; speaks for its country.
    """
    marked = given.mentions(text, gazetteer, mentions)
    others = place_mentions.find(text, gazetteer, ())
    every = given.in_order([mention for mention in marked if mention], others)
    found = {
        id(result.mention): result for result in place_resolution.resolve(text, every, gazetteer, dateline)
    }
    results = [found.get(id(mention)) for mention in marked]
    return tuple(
        _place(number, result, text) if result and result.entry else None
        for number, result in enumerate(results, 1)
    )


def name_span(text: str, place: Place) -> Span:
    """The name alone, without compass point and type word in small letters: "northern [Syria]"."""
    begin, end = place.spans[0][0], place.spans[-1][1]
    words = text[begin:end].split(" ")
    context = vocabulary().context
    while len(words) > 1 and words[0] in context.directions | {"and"}:
        begin += len(words.pop(0)) + 1
    while len(words) > 1 and words[-1].islower() and (words[-1] in types_after() or words[-1] in _BESIDE):
        end -= len(words.pop()) + 1
    return begin, end


_BESIDE = frozenset({"border", "refugee", "international", "military", "displacement", "detention", "idp"})


def _governs(text: Text, mention: Mention, acts_as_state: ActsAsState) -> bool:
    bare = mention.type is None and mention.direction is None
    return bare and acts_as_state(text, mention.sentence.tokens, mention.first, mention.last)


def _place(number: int, result: Resolved, text: Text) -> Place:
    mention, entry = result.mention, result.entry
    kind = _kind(mention, entry)
    point = (None, None) if mention.associative else _point(entry, kind)
    return Place(
        id=f"p{number}",
        spans=(mention.span,),
        text=text[mention.span],
        name=_name(mention, entry, text),
        kind=kind,
        reader=READER,
        gazetteer=entry.gazetteer if entry and _same(mention, entry) else None,
        gazetteer_id=entry.id if entry and _same(mention, entry) else None,
        latitude=point[0],
        longitude=point[1],
        country=entry.country if entry else None,
        admin1=entry.admin1 if entry else None,
        where_prec=None if _locates_nothing(mention, entry) else _precision(mention, entry, kind),
        confidence=result.confidence,
    )


def _locates_nothing(mention: Mention, entry: Entry | None) -> bool:
    return mention.associative or (mention.unplaced and entry is None)


def _kind(mention: Mention, entry: Entry | None) -> PlaceKind:
    if entry is None:
        return mention.type or "other"
    if mention.direction and entry.kind not in _POPULATED:
        return "region"
    if mention.type in ("camp", "facility", "region") or (
        mention.type in _POPULATED and entry.kind in _POPULATED
    ):
        return mention.type
    return entry.kind


def _same(mention: Mention, entry: Entry) -> bool:
    """The record is the entry itself: not a part of it, nor a camp named after a town."""
    if mention.direction and entry.kind not in _POPULATED:
        return False
    if mention.type == "region":
        return entry.kind == "region"
    return mention.type not in ("camp", "facility") or entry.kind in ("camp", "facility")


def _name(mention: Mention, entry: Entry | None, text: Text) -> str:
    return entry.name if entry and _same(mention, entry) else text[mention.span]


def _point(entry: Entry | None, kind: PlaceKind) -> tuple[float | None, float | None]:
    return (None, None) if entry is None or kind in _UNPINNED else (entry.lat, entry.lon)


def _precision(mention: Mention, entry: Entry | None, kind: PlaceKind) -> int:
    exact = PRECISION[kind]
    aside = mention.near or (entry is not None and not _same(mention, entry))
    return NEAR if exact == 1 and aside else exact


# --- which holds which ---


def _with_containers(places: list[Place], resolved: list[Resolved], text: Text) -> list[Place]:
    ties = place_containment.links(text, [result.mention for result in resolved])
    found = list(places)
    named: dict[str, Place] = {}  # the first record of each place of the gazetteer
    for place in places:
        named.setdefault(place.gazetteer_id or "", place)
    for index in reversed(range(len(places))):  # a place inherits what its container has inherited
        outer = _container(index, found, resolved, ties, named)
        if outer is not None:
            found[index] = _inside(found[index], outer, resolved[index])
    return found


def _container(
    index: int, places: list[Place], resolved: list[Resolved], ties: list[Link], named: dict[str, Place]
) -> Place | None:
    """The place that holds this one: by the words between them, or the whole of which it is a part."""
    if ties[index] is not Link.NONE and _may_hold(places[index + 1], places[index], ties[index]):
        return places[index + 1]
    entry = resolved[index].entry
    if entry is not None and places[index].kind == "region" and places[index].gazetteer_id is None:
        return named.get(entry.id)
    return None


_BREADTH: dict[PlaceKind, int] = {
    "facility": 0, "camp": 0, "other": 1, "village": 2, "town": 2, "city": 3, "admin2": 4, "admin1": 5,
    "region": 6, "country": 7,
}  # fmt: skip


def _may_hold(outer: Place, inner: Place, tie: Link) -> bool:
    """The outer is broader, and the gazetteer does not contradict; after a loose tie, it agrees."""
    if "water" in (outer.kind, inner.kind) or _BREADTH[outer.kind] <= _BREADTH[inner.kind]:
        return False
    if inner.country and outer.country and inner.country != outer.country:
        return False
    if outer.kind == "admin1" and inner.admin1 and outer.admin1 != inner.admin1:
        return False
    return tie is Link.STATED or (inner.country is not None and inner.country == outer.country)


def _inside(inner: Place, outer: Place, result: Resolved) -> Place:
    """An unresolved place is in the country, and the unit, that the text puts it in."""
    country, admin1 = inner.country, inner.admin1
    if result.entry is None:
        country, admin1 = outer.country, outer.admin1 if outer.kind in ("admin1", "admin2") else None
    return msgspec.structs.replace(inner, within=outer.id, country=country, admin1=admin1)
