"""One sense of a name in one text.

A text that says "Idlib province" means the province by "Idlib" too, and one that says "al-Hawl
camp" means the camp by "al-Hawl", unless it says "the city of Idlib", "near Idlib". What only a
unit can have shows it too: "Idlib, the last rebel-held province", "3 million people in Idlib".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold, sound
from marsad.reading.places.evidence import Mention
from marsad.reading.places.vocabulary import types_after, vocabulary
from marsad.reading.text import Text, Token

A_SMALL_TOWN = 20_000  # people; a larger town is spoken of beside the camp of its name
TIMES_ITS_PEOPLE = 3  # more people than that are not in a city, but in the unit around it
APPOSED = 8  # tokens between a name and the noun of its apposition
_LOWER = attrgetter("lower")
_SETTLEMENTS = ("city", "town", "village")
_SCALES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1_000}


def settle(
    text: Text, mentions: Sequence[Mention], chosen: Sequence[Entry | None], gazetteer: Gazetteer
) -> None:
    """Set type and sense of the bare mentions; `chosen` is what each mention was first taken for."""
    named: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        named[_key(mention.bare)].append(index)
    camps = not vocabulary().context.camps.isdisjoint(map(_LOWER, text.tokens))
    for indexes in named.values():
        group = [mentions[index] for index in indexes]
        entries = [chosen[index] for index in indexes]
        if not any(mention.type in _SETTLEMENTS for mention in group):
            _settle_camp(group, entries, gazetteer, camps)
        _settle_unit(text, group)


def _key(name: str) -> str:
    return sound(fold(name))


def _bare(group: Sequence[Mention]) -> Iterator[Mention]:
    return (mention for mention in group if mention.type is None and mention.direction is None)


# --- camps ---


def _settle_camp(
    group: Sequence[Mention], entries: Sequence[Entry | None], gazetteer: Gazetteer, camps: bool
) -> None:
    said = any(mention.type == "camp" for mention in group)
    known = next((entry for entry in entries if entry and entry.kind == "camp"), None)
    if known is None and (said or camps):
        named = gazetteer.candidates(f"{group[0].bare} camp")
        known = next((entry for entry in named if entry.kind == "camp"), None)
    if not (said or (camps and known)):
        return
    for mention in _bare(group):
        if any(e.population > A_SMALL_TOWN or e.kind in ("country", "region") for e in mention.candidates):
            continue
        mention.type = "camp"
        if known:
            mention.sense = known.id
            mention.candidates = (*(e for e in mention.candidates if e.id != known.id), known)


# --- units ---


def _settle_unit(text: Text, group: Sequence[Mention]) -> None:
    """Of a unit and the city of its name, the unit where more speaks for it."""
    pairs = (pair for mention in group for pair in _units(mention))
    pair = next(pairs, None)
    if pair is None:
        return
    unit, city = pair
    cities = sum(mention.type in _SETTLEMENTS for mention in group)
    units = sum(_means_unit(text, mention, city) for mention in group)
    for mention in _bare(group):
        if not mention.near:
            mention.sense = unit.id if units > cities else mention.sense
        elif not _rural(mention) and any(entry.id == city.id for entry in mention.candidates):
            mention.sense = city.id  # one is near a city, and north of it


def _rural(mention: Mention) -> bool:
    """ "The countryside of Deir ez-Zor" may be the unit's."""
    tokens = mention.sentence.tokens[max(0, mention.first - 3) : mention.last + 1]
    return any(token.lower in vocabulary().context.rural for token in tokens)


def _units(mention: Mention) -> Iterator[tuple[Entry, Entry]]:
    """First-level units that bear a name, each with the city of that name in it."""
    for unit in mention.candidates:
        for city in mention.candidates if unit.kind == "admin1" else ():
            if city.kind in _SETTLEMENTS and city.country == unit.country and city.admin1 == unit.name:
                yield unit, city


def _means_unit(text: Text, mention: Mention, city: Entry) -> bool:
    if mention.type is not None:
        return mention.type in ("admin1", "region")
    tokens = mention.sentence.tokens
    before = [token.lower for token in tokens[max(0, mention.first - APPOSED) : mention.first]]
    after = tokens[mention.last : mention.last + APPOSED]
    strongholds = vocabulary().context.strongholds
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in strongholds:
        return True
    return _apposed_unit(after) or _people(before, after) > TIMES_ITS_PEOPLE * max(city.population, 1)


def _apposed_unit(after: Sequence[Token]) -> bool:
    """ ", Syria's last rebel-held province", ", a province of"."""
    if not after or after[0].text != ",":
        return False
    for token in after[1:]:
        if token.text in ",.;:" or token.lower in ("in", "and", "which", "where", "who"):
            return False
        if types_after().get(token.lower) == "admin1" and token.lower != "state":
            return True
    return False


def _people(before: Sequence[str], after: Sequence[Token]) -> float:
    """How many are said to be in it: "X's 3 million civilians", "3 million people in X"."""
    words = [token.lower for token in after]
    if words[:1] == ["'s"]:
        return _number(words[1:4])
    if before[-1:] == ["in"]:
        pairs = (before[index : index + 2] for index in range(max(0, len(before) - 5), len(before) - 1))
        return max(map(_number, pairs), default=0)
    return 0


def _number(words: Sequence[str]) -> float:
    if not words or not words[0].replace(",", "").replace(".", "").isdecimal():
        return 0
    try:
        number = float(words[0].replace(",", ""))
    except ValueError:  # 1.2.3
        return 0
    return number * _SCALES.get(words[1], 1) if len(words) > 1 else number
