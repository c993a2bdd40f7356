"""What a person gives for the fields of a record, as the contract types them.

Values come as JSON or, from a command line, as strings. Words stand for themselves: a source, a cue
or a scope given as words is looked for in the text, nearest to the record. An interval may be given
in EDTF, a list of ids or of words with commas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import msgspec
from msgspec.structs import fields

from marsad.errors import BadInput
from marsad.ledger.reviewing.anchors import places
from marsad.ledger.reviewing.restoring import UNSET
from marsad.records import interval
from marsad.records.reading import (
    Actor,
    Cue,
    Frozen,
    Incident,
    Interval,
    Party,
    PartyKind,
    Reading,
    Scope,
    Thing,
)
from marsad.records.spans import Span, Spans, hull, text_of

PLOVER = frozenset({
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE",
    "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
})  # fmt: skip
WORDS = frozenset({"words", "text", "spans"})  # where a record stands: all three are given as words

_PARTY_KINDS: dict[str, PartyKind] = {"person_role": "person", "population": "group", "other": "unnamed"}
_PIECES = "…"  # between the pieces of a wording that has a gap
_MOST_SHOWN = 60  # code points of a value in a message

W = TypeVar("W", Cue, Scope, Thing)


def values(owner: type[Frozen], reading: Reading, given: Mapping[str, Any], *, near: Spans) -> dict[str, Any]:
    """`given`, each as the field of `owner` is typed; words are looked for nearest to `near`.

    Raises:
        BadInput: no such field, not for anybody to set, or a value that it cannot have.
    """
    known = {field.name: field.type for field in fields(owner)}
    found = {}
    for name, value in given.items():
        if name in UNSET or name == "mentions":
            raise BadInput(f"{name}: cannot be set; it follows from the record")
        if name not in known:
            allowed = ", ".join(sorted(known.keys() - UNSET - WORDS - {"mentions"}))
            raise BadInput(f"{name}: no field of a {owner.__name__.lower()}; there are {allowed}")
        found[name] = _value(name, known[name], value, reading, near)
    if owner is Incident and not PLOVER.issuperset({found.get("type", "AID")}):
        types = ", ".join(sorted(PLOVER))
        raise BadInput(f"type: {_shown(found['type'])} is no type of PLOVER; give one of {types}")
    return found


def in_text(text: str, words: str, *, occurrence: int | None = None, near: Spans = ()) -> Spans:
    """Where `words` stand: as they are or, where they are not there, in pieces about each `…`.

    Args:
        occurrence: which of several places, from 1.
        near: without `occurrence`, the place nearest to these spans.

    Raises:
        BadInput: they are not there, or in several places and nothing says which is meant.
    """
    first, *more = [words] if places(text, words) else words.split(_PIECES)
    found = [_one(text, first, occurrence, near)]
    for piece in more:
        after = [place for place in places(text, piece) if place[0] >= found[-1][1]]
        if not after:
            raise BadInput(f"words: {_shown(piece)} does not follow {_shown(first)} in the text")
        found.append(after[0])
    return tuple(found)


def _one(text: str, words: str, occurrence: int | None, near: Spans) -> Span:
    there = places(text, words)
    if not there:
        raise BadInput(f"words: {_shown(words)} is not in the text; give the words as they stand there")
    if occurrence is not None:
        if not 1 <= occurrence <= len(there):
            raise BadInput(f"occurrence: {_shown(words)} stands {len(there)} times; name one of these")
        return there[occurrence - 1]
    if near:
        return _nearest(there, near)
    if len(there) == 1:
        return there[0]
    raise BadInput(
        f"words: {_shown(words)} stands {len(there)} times in the text; give more words, "
        f"or name which by occurrence, 1 to {len(there)}"
    )


def _value(name: str, kind: Any, value: Any, reading: Reading, near: Spans) -> Any:  # noqa: ANN401
    if _is_unknown(value, kind):
        return None
    special: dict[Any, Callable[[], Any]] = {  # lists first: what they hold is one of their arguments too
        tuple[Party, ...]: lambda: _parties(name, value, reading, near),
        tuple[Thing, ...]: lambda: _things(name, value, reading, near),
        Party: lambda: _party(name, value, reading, near),
        Cue: lambda: _wording(Cue, name, value, reading, near),
        Scope: lambda: _wording(Scope, name, value, reading, near),
        Interval: lambda: _interval(name, value),
    }
    if name == "sides":
        return _sides(value, reading, near)
    for each, made in special.items():
        if each == kind or each in get_args(kind):
            return made()
    return _plain(name, kind, value)


def _is_unknown(value: Any, kind: Any) -> bool:  # noqa: ANN401
    return type(None) in get_args(kind) and (value is None or value in ("", "null"))


def _plain(name: str, kind: Any, value: Any) -> Any:  # noqa: ANN401
    """A value that is no words of the text."""
    for read in (_from_json, _from_list):
        try:
            return msgspec.convert(read(value), type=kind, strict=not isinstance(value, str))
        except (msgspec.ValidationError, msgspec.DecodeError):
            continue
    raise BadInput(f"{name}: cannot be {_shown(value)}; give {_allowed(kind)}")


def _from_json(value: Any) -> Any:  # noqa: ANN401
    """A list or an object that was given as a string of JSON."""
    is_json = isinstance(value, str) and value.lstrip()[:1] in ("[", "{")
    return msgspec.json.decode(value) if is_json else value


def _from_list(value: Any) -> Any:  # noqa: ANN401
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _allowed(kind: Any) -> str:  # noqa: ANN401
    """What a field may be, in words: from its JSON Schema."""
    schema = msgspec.json.schema(kind)
    return " or ".join(dict.fromkeys(_of_schema(each) for each in schema.get("anyOf", [schema])))


def _of_schema(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "description" in schema:
        return f"{schema['description']}"
    limits = {"minimum": "from", "maximum": "to"}
    ends = [f"{word} {schema[key]}" for key, word in limits.items() if key in schema]
    names = {
        "string": f"text like {schema['pattern']}" if "pattern" in schema else "text",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "null": "null",
        "array": "a list",
    }
    return " ".join([names.get(schema.get("type", ""), "an object of JSON"), *ends])


def _interval(name: str, value: Any) -> Interval:  # noqa: ANN401
    """From EDTF, or from an object with `edtf`; its days always follow from that."""
    value = _from_json(value)
    if isinstance(value, str):
        value = {"edtf": value}
    edtf = value.get("edtf") if isinstance(value, dict) else None
    if not isinstance(edtf, str):
        raise BadInput(f"{name}: cannot be {_shown(value)}; give a date or an interval in EDTF, or null")
    try:
        found = interval.parse(edtf, time=value.get("time"))
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error
    for end in ("earliest", "latest"):
        if value.get(end, getattr(found, end)) != getattr(found, end):
            raise BadInput(f"{name}: {end} does not follow from {edtf}; leave it out")
    return _plain(name, Interval, msgspec.to_builtins(found))  # type: ignore[no-any-return]


# Words of the text


def _wording(owner: type[W], name: str, value: Any, reading: Reading, near: Spans) -> W:  # noqa: ANN401
    text, spans = _words(name, value, reading, near)
    return owner(text=text, spans=spans)


def _party(name: str, value: Any, reading: Reading, near: Spans) -> Party:  # noqa: ANN401
    """Words, or an object with `text` and, where given, `kind`, `actor` and `spans`."""
    value = _from_json(value)
    text, spans = _words(name, value, reading, near)
    about = value if isinstance(value, dict) else {}
    actor = _named(reading, text)
    local = about.get("actor", actor and actor.id)
    kind = about.get("kind") or (_PARTY_KINDS.get(actor.kind, "organisation") if actor else "unnamed")
    party = {"text": text, "spans": spans, "actor": local, "kind": kind}
    try:
        return msgspec.convert(party, type=Party)
    except msgspec.ValidationError:
        kinds = ", ".join(get_args(PartyKind))
        raise BadInput(f"{name}: kind is one of {kinds}, and actor an id such as a1 or null") from None


def _parties(name: str, value: Any, reading: Reading, near: Spans) -> tuple[Party, ...]:  # noqa: ANN401
    return tuple(_party(name, each, reading, near) for each in _listed(value))


def _things(name: str, value: Any, reading: Reading, near: Spans) -> tuple[Thing, ...]:  # noqa: ANN401
    return tuple(_wording(Thing, name, each, reading, near) for each in _listed(value))


def _listed(value: Any) -> list[Any] | tuple[Any, ...]:  # noqa: ANN401
    value = _from_json(value)
    return value if isinstance(value, list | tuple) else [value]


def _sides(value: Any, reading: Reading, near: Spans) -> tuple[tuple[Party, ...], tuple[Party, ...]]:  # noqa: ANN401
    value = _from_json(value)
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadInput(f"sides: cannot be {_shown(value)}; give two lists of parties")
    return _parties("sides", value[0], reading, near), _parties("sides", value[1], reading, near)


def _words(name: str, value: Any, reading: Reading, near: Spans) -> tuple[str, Spans]:  # noqa: ANN401
    """The words of a party, a cue or a scope, and where they stand."""
    document = reading.document
    words = value.get("text") if isinstance(value, dict) else value
    if not isinstance(words, str) or not words.strip():
        raise BadInput(f"{name}: cannot be {_shown(value)}; give words of the text")
    if isinstance(value, dict) and value.get("spans") is not None:
        spans = _plain(name, Spans, value["spans"])
        is_inside = all(0 <= begin < end <= len(document.text) for begin, end in spans)
        if spans and is_inside and text_of(document.text, spans) == words:
            return words, spans
        if not spans and words in (document.publisher, document.author):
            return words, ()
        raise BadInput(f"{name}: {_shown(words)} does not stand under its spans; leave them out")
    try:
        spans = in_text(document.text, words, near=near)
    except BadInput as error:
        raise BadInput(f"{name}: {str(error).removeprefix('words: ')}") from None
    return text_of(document.text, spans), spans


def _named(reading: Reading, words: str) -> Actor | None:
    """The one actor that is called so."""
    name = " ".join(words.split()).casefold()
    called = [a for a in reading.actors if name in (each.casefold() for each in (a.name, *a.aliases))]
    return called[0] if len(called) == 1 else None


def _nearest(there: Spans, near: Spans) -> Span:
    """The place with the smallest gap to `near`; of several, that which begins nearest to it."""
    begin, end = hull(near)
    return min(there, key=lambda at: (max(0, at[0] - end, begin - at[1]), abs(at[0] - begin)))


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[: _MOST_SHOWN - 1]}…"
