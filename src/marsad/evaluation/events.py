"""Events of PLOVER in single sentences: the type of the main one, and who does it to whom.

A sentence is read as a document of its own. Where the reader finds several incidents in it, the one that
counts is chosen without the key: of those with both sides named, else of all, the first whose words do not
stand in an opening subordinate clause ("After the raid, ..."), else the first.

PLOVER (manual of 2021) codes an intention by its sense, while a record keeps the type and a status. So what
is planned and cooperative is scored as AGREE, what is planned or threatened and hostile as THREATEN, and a
cooperation that is denied as REJECT. Keys of earlier editions are read with the manual's conversion table:
DEMAND is REQUEST; DISAPPROVE and INVESTIGATE are ACCUSE; YIELD is CONCEDE or RETREAT, whichever was found.

The unit sentences of PETRARCH carry CAMEO codes in their suite `upetrarch-parsed`; the other suites hold
the same sentences with the codes of an older scheme and are passed over. A code's first two digits give the
type (08 is CONCEDE to 083 and RETREAT from 084, 02 REQUEST); 01, a statement, is no event and is not scored.
PETRARCH knows no tense: there the type of the record itself is compared. Its actors are codes that begin with
three letters of the name as the sentence has it.

Where a deed has no second side, the first place where it was done stands for it: PLOVER names whose it is.
A side is right when each of its actors in the key is one of ours and each of ours is one of the key's: by
the words of the whole noun phrase, or by the country that they name. A row with no event, or a text with
several, is not scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from marsad.evaluation import Scores
from marsad.evaluation.corpus import document
from marsad.evaluation.phrases import Phrase, phrase_of
from marsad.reading import pipeline
from marsad.reading.incidents.kinds import types
from marsad.reading.syntax import grammar
from marsad.reading.text import Sentence, segment
from marsad.records.reading import Incident, Party
from marsad.records.spans import Span

LABELS = {
    "type_accuracy": "the type is right",
    "source_target_accuracy": "source and target are right, whatever the type",
    "both_accuracy": "type, source and target are right",
    "found": "sentences in which any event was found",
    "by_type": "the type is right, of this type",
}
CAMEO = "upetrarch-parsed"  # the suite of PETRARCH whose codes are CAMEO's

_EARLIER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
_ROOTS = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
    "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip


class ActorMention(msgspec.Struct, frozen=True):
    """One actor of a side: its words in the text, or a code of the corpus."""

    text: str | None = msgspec.field(default=None, name="actorText")
    code: str | None = None


class Coded(msgspec.Struct, frozen=True):
    """One event of PETRARCH's suites."""

    eventcode: str | None = None
    sourcecode: str | None = None
    targetcode: str | None = None


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    date: str | None = None  # 2000-01-01 or 20000101
    event: str | None = None
    source: tuple[ActorMention, ...] | None = None
    target: tuple[ActorMention, ...] | None = None
    suite: str | None = None
    events: tuple[Coded, ...] | None = None


class Prediction(msgspec.Struct, frozen=True, omit_defaults=True):
    """The event that counts, in the form of the key; its words are at `spans`."""

    id: str | int
    event: str | None = None
    source: tuple[Phrase, ...] = ()
    target: tuple[Phrase, ...] = ()
    spans: tuple[Span, ...] = ()


def predict(row: Row) -> Prediction:
    """The main event that the reader finds in the sentence."""
    if row.suite not in (None, CAMEO):
        return Prediction(row.id)
    reading = pipeline.read(document(row.text, _day(row.date)))
    main = _main(row.text, reading.incidents)
    if main is None:
        return Prediction(row.id)
    places = {place.id: place for place in reading.places}
    aliases = {actor.id: (actor.name, *actor.aliases) for actor in reading.actors}

    def phrases(side: Sequence[Party]) -> tuple[Phrase, ...]:
        return tuple(phrase_of(row.text, party, aliases.get(party.actor or "", ())) for party in side)

    kind = _type(main) if row.events is None else main.type
    where = tuple(Phrase(places[one].text) for one in main.places[:1] if main.sides[0])
    return Prediction(row.id, kind, phrases(main.sides[0]), phrases(main.sides[1]) or where, main.spans)


def _day(date: str | None) -> str | None:
    if date and len(date) == 8 and date.isdigit():
        return f"{date[:4]}-{date[4:6]}-{date[6:]}"
    return date or None


def _main(text: str, incidents: Sequence[Incident]) -> Incident | None:
    """The incident that counts: with both sides, outside an opening subordinate clause, and first."""
    sentences = segment(text).sentences

    def order(incident: Incident) -> tuple[bool, bool, int]:
        begin = incident.spans[0][0]
        return not all(incident.sides), _is_opening(sentences, begin), begin

    return min(incidents, key=order, default=None)


def _is_opening(sentences: Sequence[Sentence], begin: int) -> bool:
    """Whether a subordinate clause or phrase that opens the sentence holds an offset."""
    for sentence in sentences:
        if sentence.begin <= begin < sentence.end:
            first = sentence.tokens[0].lower
            comma = next((token.begin for token in sentence.tokens if token.text == ","), begin)
            return first in grammar().subordinators | grammar().prepositions and begin < comma
    return False


def _type(incident: Incident) -> str:
    """The type by the manual, which tells intentions, threats and refusals from deeds."""
    statuses = {status.value for status in incident.statuses}
    quad = types()[incident.type].quad
    if quad.endswith("cooperation"):
        if statuses <= {"planned", "hypothetical"}:
            return "AGREE"
        return "REJECT" if statuses == {"denied"} else incident.type
    if quad == "material conflict" and statuses <= {"planned", "threatened"}:
        return "THREATEN"
    return incident.type


def score(pairs: Iterable[tuple[Row, Prediction]]) -> Scores:
    counts: Counter[str] = Counter()
    by_type: dict[str, Counter[bool]] = {}
    for row, prediction in _single(list(pairs)):
        wanted = _wanted(row)
        if not wanted:
            continue
        typed = prediction.event in wanted
        by_type.setdefault(min(wanted), Counter())[typed] += 1
        counts.update({"rows": 1, "typed": typed, "found": prediction.event is not None})
        sides = _sides(row)
        if sides is not None:
            right = _agree(sides[0], prediction.source) and _agree(sides[1], prediction.target)
            counts.update({"sided": 1, "sides": right, "both": right and typed})
    return {
        "type_accuracy": _rate(counts["typed"], counts["rows"]),
        "source_target_accuracy": _rate(counts["sides"], counts["sided"]),
        "both_accuracy": _rate(counts["both"], counts["sided"]),
        "found": _rate(counts["found"], counts["rows"]),
        "by_type": {name: _rate(by_type[name][True], by_type[name].total()) for name in sorted(by_type)},
    }


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _single(pairs: Sequence[tuple[Row, Prediction]]) -> Iterable[tuple[Row, Prediction]]:
    """Each text with one event, once."""
    events: dict[str, set[object]] = {}
    for row, _ in pairs:
        if row.suite in (None, CAMEO):
            events.setdefault(row.text.strip(), set()).add((row.event, row.source, row.target, row.events))
    seen: set[str] = set()
    for row, prediction in pairs:
        text = row.text.strip()
        if row.suite in (None, CAMEO) and len(events[text]) == 1 and text not in seen:
            seen.add(text)
            yield row, prediction


def _wanted(row: Row) -> frozenset[str]:
    """The types that are right for a row; empty where it is not scored."""
    if row.events is not None:
        coded = [one for one in row.events if one.eventcode]
        name = _of_code(coded[0].eventcode or "") if len(coded) == 1 else None
    else:
        name = (row.event or "").upper()
    if name == "YIELD":
        return frozenset({"CONCEDE", "RETREAT"})
    name = _EARLIER.get(name or "", name)
    return frozenset({name}) if name in types() else frozenset()


def _of_code(code: str) -> str | None:
    """The type of a CAMEO code by the manual's conversion table; None of a statement."""
    if code.startswith("08"):
        return (
            "RETREAT" if code[:3] in {"084", "085", "086", "087"} or code in {"0813", "0814"} else "CONCEDE"
        )
    if code[:3] in {"191", "192"}:
        return "COERCE"
    if code == "1712" or code.startswith("175"):
        return "ASSAULT"
    return _ROOTS.get(code[:2])


def _sides(row: Row) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]] | None:
    """Source and target of the key; None where the text does not name them."""
    if row.events is None:
        source, target = ([_keyed(one) for one in side or ()] for side in (row.source, row.target))
        return tuple(filter(None, source)), tuple(filter(None, target))
    coded = next(one for one in row.events if one.eventcode)
    sides = [_named_by(code, row.text) for code in (coded.sourcecode, coded.targetcode)]
    return (sides[0], sides[1]) if all(sides) else None


def _keyed(one: ActorMention) -> Phrase | None:
    return Phrase(one.text) if one.text and one.text.strip() else None


def _named_by(code: str | None, text: str) -> tuple[Phrase, ...]:
    """The first word of the text that a code of PETRARCH's dictionary begins like."""
    words = (token.text for token in segment(text).tokens if token.is_title)
    prefix = (code or "-")[:3].lower()
    return tuple(Phrase(word) for word in words if word.lower().startswith(prefix))[:1]


def _agree(key: Sequence[Phrase], found: Sequence[Phrase]) -> bool:
    """Whether each actor of the one is an actor of the other."""
    return all(any(_alike(one, other) for other in found) for one in key) and all(
        any(_alike(one, other) for one in key) for other in found
    )


@cache
def _alike(key: Phrase, found: Phrase) -> bool:
    """Whether two phrases name one actor: the words of one are among the other's, or a name is."""
    wanted = key.words()
    return any(
        bool(wanted and words) and (wanted <= words or words <= wanted)
        for words in (found.words(), *found.names_words())
    )
