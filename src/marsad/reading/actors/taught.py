"""The words by which a text gives an actor another name: "Ruritanian Front (RF)", "X, also known as Y"."""

from __future__ import annotations

import re
from itertools import pairwise

from marsad.reading.actors.names import Name
from marsad.reading.text import Text
from marsad.records.reading import Actor

LONGEST = 70  # characters between two names

_CALLED = (
    r"(?:(?:also|now|better|commonly|widely|locally|previously|formerly|variously),? )?"
    r"(?:known|called|named|referred to)(?:(?: \w{1,20}){0,3} (?:as|by its [\w ]{2,40}))?"
)
_SAID = rf"(?:or|aka|a\.k\.a\.|formerly|previously|abbreviated(?: as)?|{_CALLED})"
_BETWEEN = re.compile(rf" ?(?P<mark>[(\[,—–]) ?(?P<said>{_SAID} )?(?:the )?[“\"‘']?")
_CLOSING = re.compile(r"[”\"’']?[)\]]")


def gives_name(text: str, end: int, begin: int) -> bool:
    """Whether what stands from `end` of one name to `begin` of another gives the first actor the second name.

    Words must say it: a bracket may hold anything, and a comma may be that of a list.
    """
    found = _between(text, end, begin)
    return found is not None and found["said"] is not None


def _between(text: str, end: int, begin: int) -> re.Match[str] | None:
    return _BETWEEN.fullmatch(text, end, begin) if 0 < begin - end <= LONGEST else None


def other_names(text: Text, names: tuple[Name, ...]) -> dict[str, str]:
    """Names that no list has, and that `text` gives to actors, each with the name of its actor."""
    found: dict[str, str] = {}
    for one, other in pairwise(names):
        if one.kind == "person" or other.kind == "person" or not gives_name(text.text, one.end, other.begin):
            continue
        if other.known is None and (one.known or one.kind == "organisation"):
            found.setdefault(text[other.span], one.known.name if one.known else text[one.span])
        elif other.known is not None and one.known is None:
            found.setdefault(text[one.span], other.known.name)
    return found


def taught(text: str, actor: Actor) -> dict[str, str]:
    """The names that `text` gives to `actor`, each with the words that give it first."""
    found: dict[str, str] = {}
    names = {actor.name, *actor.aliases}
    for (begin, end), (after, stop) in pairwise(actor.mentions):
        other, between = text[after:stop], _between(text, end, after)
        if between is None or other not in names or other == text[begin:end]:
            continue
        if between["said"] is None and between["mark"] not in "([":
            continue
        closing = _CLOSING.match(text, stop) if between["mark"] in "([" else None
        found.setdefault(other, text[begin : closing.end() if closing else stop])
    return found
