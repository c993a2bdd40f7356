"""What a person typed into the form of a record, as the review takes it.

`changed` tells which slots were touched, and `fields` what the ledger is given for them: what nobody touched
stays as it is in the record, to the span. The rules and the errors are the ledger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

import msgspec

from marsad.records.reading import Claim, Direction, Incident, Party, Thing

BEFORE = "was."  # before the name of a slot: what it held when the form was made
SIDES = ("side_first", "side_second")
BY_CLAIM = ("statuses", "responsibility")  # of an incident: a slot for each claim, NAME.CLAIM
BETWEEN = ";"  # parties of a side or a chain, and targets
OPEN = "?"  # an end of a toll that is not known
_LISTS = frozenset({"about", "places", "claims", "weapons", "aliases"})


def changed(form: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The slots of a form that are not as they were, each by its name; of several, with commas."""
    sent = _joined((name, value) for name, value in form if not name.startswith(BEFORE))
    before = _joined((name.removeprefix(BEFORE), value) for name, value in form if name.startswith(BEFORE))
    left = {name: sent.get(name, "") for name in before}
    return {name: value for name, value in left.items() if _folded(value) != _folded(before[name])}


def fields(typed: Mapping[str, str], record: Any = None) -> dict[str, Any]:  # noqa: ANN401
    """What the review takes for what was typed: parties, lists and tolls in JSON, all else as it is.

    Args:
        record: that is edited; what nobody typed of its sides, chain and accounts stays.
    """
    found: dict[str, Any] = {}
    for name, value in typed.items():
        by_claim = name.partition(".")[0]
        if name in SIDES:
            found["sides"] = [_side(typed, each, record) for each in SIDES]
        elif by_claim in BY_CLAIM:
            found[by_claim] = list(_accounts(typed, by_claim, record))
        elif name == "chain":
            found[name] = [*_in_json(_narrators(record)), *_worded(value, record.chain)]
        elif name == "targets":
            found[name] = _worded(value, record.targets)
        elif name == "themes":
            found[name] = [_theme(each) for each in _parts(value, ",")]
        elif name in ("deaths", "injured"):
            found[name] = _toll(value)
        elif name in _LISTS:
            found[name] = _parts(value, ",")
        else:
            found[name] = value
    return found


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    return {name: ",".join(each for each in values if each) for name, values in found.items()}


def _folded(words: str) -> str:
    """Without what a browser changes in the field of a form: its white space."""
    return " ".join(words.split())


def accounting(record: Incident) -> list[str]:
    """The claims that state an incident or say something of it."""
    statuses = (each.claim for each in record.statuses)
    responsibility = (each.claim for each in record.responsibility)
    return list(dict.fromkeys((*record.claims, *statuses, *responsibility)))


# From what was typed to the fields of a record


def _side(typed: Mapping[str, str], name: str, record: Incident | None) -> list[Any]:
    before = record.sides[SIDES.index(name)] if record else ()
    return _worded(typed[name], before) if name in typed else _in_json(before)


def _worded(words: str, before: Iterable[Party | Thing]) -> list[Any]:
    """Parties or things by their words; those that were there stay as they were."""
    known = {_folded(each.text): each for each in before if each.spans}
    return [_in_json([known[part]])[0] if part in known else part for part in _parts(words, BETWEEN)]


def _in_json(before: Iterable[Party | Thing]) -> list[Any]:
    return [msgspec.to_builtins(each) for each in before]


def _accounts(typed: Mapping[str, str], name: str, record: Incident) -> Iterator[dict[str, Any]]:
    """What each claim says of an incident: as it was typed, else as it was."""
    for claim in accounting(record):
        value = typed.get(f"{name}.{claim}")
        if value is None:
            yield from (msgspec.to_builtins(each) for each in getattr(record, name) if each.claim == claim)
        elif value:
            yield {"claim": claim, "value": value}


def _narrators(record: Claim) -> list[Party]:
    """Whose words the document is: they stand in no place of the text, and are not for a form."""
    return [each for each in record.chain if not each.spans]


def _theme(words: str) -> dict[str, str]:
    theme, _, direction = words.rpartition(" ")
    if theme and direction in get_args(Direction):
        return {"theme": theme.strip(), "direction": direction}
    return {"theme": words, "direction": "none"}


def _toll(words: str) -> dict[str, Any] | None:
    """`3 / 4 / 5` as lowest, best and highest; one number is all three."""
    ends = [None if each == OPEN else _number(each) for each in _parts(words, "/")]
    if not ends:
        return None
    low, best, high = (ends * 3)[:3] if len(ends) == 1 else (*ends, None, None)[:3]
    return {"low": low, "best": best, "high": high}


def _number(digits: str) -> Any:  # noqa: ANN401 - what is no number is for the contract to refuse
    try:
        return msgspec.json.decode(digits)
    except msgspec.DecodeError:
        return digits


def _parts(words: str, between: str) -> list[str]:
    return [part.strip() for part in words.split(between) if part.strip()]
