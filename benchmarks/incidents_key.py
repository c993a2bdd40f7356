"""Incidents scored on a key that was labelled by hand (keys/README.md).

    python benchmarks/incidents_key.py KEY ARTICLES [--wrong]

KEY is `keys/incidents_training.jsonl` for development; `keys/incidents.jsonl` only scores.

ARTICLES holds the texts of the key, `{"id", "text", "published", "publisher"}` a line. An incident of
the reader is that of the key where a trigger of one overlaps a trigger of the other, one to one; of
several the one of the same type goes first, then the one with a place or a side in common, then the one
that shares most triggers. What is left of the key is missed, what is left of the reader is spurious.

The slots are scored on the matched. Each is right, wrong, missing (the key has it) or added (the key has
none); accuracy is the share that is right, empty ones included. Slots that the key calls `unsure` are not
scored. A side is right where it has the same members, one to one: a member is the same where it is named by
overlapping words, or where one of the actor's names shares a word with the key's. `side1 any` asks for
one member only. Dates are the same where their days are. Of several accounts in one record the status
and the responsibility are those of the claim that holds the key's first trigger.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from keyed import Articles, Labels, document_of, lines

from marsad.evaluation.matching import one_to_one, rates
from marsad.gazetteer.folding import fold, without_articles
from marsad.reading import pipeline
from marsad.reading.actors.known import known_actors
from marsad.reading.actors.states import country_words
from marsad.records import interval as edtf
from marsad.records.reading import Incident, Party, Reading, Toll
from marsad.records.spans import Span, Spans, any_contains, overlaps

SLOTS = (
    "type", "mode", "shape", "two_sided", "side1", "side2", "side1 any", "side2 any", "targets", "weapons",
    "places", "where_prec", "date", "date_prec", "status", "responsibility", "deaths", "injured", "ucdp_type",
)  # fmt: skip
TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "SANCTION", "AID", "AGREE"})
WITH_MODE = frozenset({"ASSAULT", "COERCE"})
EMPTY = (None, [], (), "")
LINKS = frozenset({"the", "a", "an", "of", "for", "in", "and", "s", "their", "his", "her", "its"})


def main() -> None:
    asked = _arguments()
    articles = Articles(asked.articles)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    slots: dict[str, Counter[str]] = defaultdict(Counter)
    for key in lines(asked.key):
        row = articles.of(key)
        count(key, read(row), row["text"], kinds, slots, show=asked.wrong)
    report(kinds, slots)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("key", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what is missed, spurious or not right")
    return parser.parse_args()


# --- the reader's incidents in the form of the key ---


def read(row: Labels) -> list[Labels]:
    """The incidents that the reader finds in one article, with the slots of the key."""
    reading = pipeline.read(document_of(row))
    return [_labels(incident, reading) for incident in reading.incidents if incident.type in TYPES]


def _labels(incident: Incident, reading: Reading) -> Labels:
    places = {place.id: place for place in reading.places}
    return {
        "triggers": incident.spans, "type": incident.type, "shape": incident.shape,
        "mode": "other" if incident.mode == "abduct" else incident.mode,
        "two_sided": incident.two_sided, "weapons": incident.weapons,
        "side1": [_member(party, reading) for party in incident.sides[0]],
        "side2": [_member(party, reading) for party in incident.sides[1]],
        "targets": [span for thing in incident.targets for span in thing.spans],
        "places": [{places[place].text, places[place].name} for place in incident.places],
        "where_prec": incident.where_prec, "date_prec": incident.date_prec,
        "date": incident.date.edtf if incident.date else None, "deaths": _toll(incident.deaths),
        "injured": _toll(incident.injured), "ucdp_type": incident.ucdp_type,
        "claims": {claim.id: claim.spans for claim in reading.claims if claim.id in incident.claims},
        "status": {one.claim: one.value for one in incident.statuses},
        "responsibility": {one.claim: one.value for one in incident.responsibility},
    }  # fmt: skip


def _member(party: Party, reading: Reading) -> Labels:
    actor = next((one for one in reading.actors if one.id == party.actor), None)
    names = (actor.name, *actor.aliases) if actor else ()
    return {"names": (party.text, *names), "spans": party.spans}


def _toll(toll: Toll | None) -> Labels | None:
    return {"low": toll.low, "high": toll.high, "best": toll.best} if toll else None


# --- the comparison ---


def count(
    key: Labels,
    found: list[Labels],
    text: str,
    kinds: dict[str, Counter[str]],
    slots: dict[str, Counter[str]],
    *,
    show: bool,
) -> None:
    """Count one article: matched, missed and spurious by type, and the slots of the matched."""
    gold = key["incidents"]
    pairs = match(gold, found)
    for i, one in enumerate(gold):
        kinds[one["type"]]["matched" if i in pairs else "missed"] += 1
        if show and i not in pairs:
            _show(key["id"], "MISSED", one, text, "")
    for j, other in enumerate(found):
        if j in pairs.values():
            continue
        kinds[other["type"]]["spurious"] += 1
        if show:
            _show(key["id"], "SPURIOUS", other, text, "")
    for i, j in pairs.items():
        for slot in SLOTS:
            if slot.split()[0] in gold[i]["unsure"] or (slot == "mode" and gold[i]["type"] not in WITH_MODE):
                continue
            wanted, given = _values(slot, gold[i], found[j])
            verdict = _verdict(slot, wanted, given, text)
            slots[slot][verdict] += 1
            if show and verdict not in ("right", "right, empty"):
                _show(
                    key["id"],
                    f"{slot} {verdict}",
                    gold[i],
                    text,
                    f"key {_brief(wanted)} found {_brief(given)}: ",
                )


def match(gold: Sequence[Labels], found: Sequence[Labels]) -> dict[int, int]:
    """The incident of the reader for each of the key's, by overlapping triggers, one to one."""
    ours = [(tuple(map(tuple, one["triggers"])), at) for one, at in zip(gold, range(len(gold)), strict=True)]
    theirs = [other["triggers"] for other in found]

    def likeness(i: int, j: int) -> float:
        shared = sum(any(overlaps(span, other) for other in theirs[j]) for span in ours[i][0])
        if not shared:
            return 0.0
        same = _same("type", gold[i]["type"], found[j]["type"], "")
        alike = sum(_verdict(s, gold[i][s], found[j][s], "") == "right" for s in ("places", "side1", "side2"))
        return 100 * same + 10 * alike + shared / len(ours[i][0])

    everywhere = (0, 1)  # triggers of one incident may stand anywhere: every pair is compared
    return dict(one_to_one([everywhere] * len(gold), [everywhere] * len(found), likeness, 1e-9))


def _values(slot: str, key: Labels, found: Labels) -> tuple[Any, Any]:
    side = slot.removesuffix(" any")
    if slot not in ("status", "responsibility"):
        return key[side], found[side]
    values = found[slot]
    first = tuple(key["triggers"][0])
    holding = [claim for claim in values if any_contains(found["claims"][claim], first)]
    holding = holding or list(values)
    innermost = min(holding, key=lambda claim: _size(found["claims"][claim]), default=None)
    return key[slot], values.get(innermost)


def _size(spans: Spans) -> int:
    return sum(end - begin for begin, end in spans)


def _verdict(slot: str, wanted: Any, given: Any, text: str) -> str:  # noqa: ANN401 - slots differ in type
    if wanted in EMPTY:
        return "right, empty" if given in EMPTY else "added"
    if given in EMPTY:
        return "missing"
    return "right" if _same(slot, wanted, given, text) else "wrong"


def _same(slot: str, wanted: Any, given: Any, text: str) -> bool:  # noqa: ANN401
    if slot.endswith("any"):
        return any(_is_member(one, other) for one in wanted for other in given)
    if slot.startswith("side"):
        return _paired(wanted, given, _is_member)
    if slot == "type":
        return wanted == given or {wanted, given} == {"AGREE", "RETREAT"}
    if slot == "targets":
        return _paired(wanted, given, lambda one, other: overlaps(tuple(one), other))
    if slot == "weapons":
        return _paired(wanted, given, lambda one, other: bool(_stems(one) & _stems(other)))
    if slot == "places":
        return _paired(wanted, given, _is_place)
    if slot == "date":
        return edtf.days(wanted) == edtf.days(given)
    return bool(wanted == given)


def _paired(wanted: Iterable[Any], given: Iterable[Any], alike: Callable[[Any, Any], bool]) -> bool:
    """Whether each of either has one alike in the other."""
    one, other = list(wanted), list(given)
    return all(any(alike(a, b) for b in other) for a in one) and all(
        any(alike(a, b) for a in one) for b in other
    )


def _is_member(key: Labels, found: Labels) -> bool:
    spans: list[Span] = [(begin, end) for begin, end in key["spans"]]
    if any(overlaps(span, other) for span in spans for other in found["spans"]):
        return True
    return any(_words(key["who"] or "") & _words(name) for name in _known(found["names"]))


def _known(names: Iterable[str]) -> set[str]:
    """The names, with those under which one of them is known everywhere."""
    given = set(names)
    return given.union(
        *({one.name, *one.aliases} for one in known_actors() if given & {one.name, *one.aliases})
    )


def _words(name: str) -> set[str]:
    """The words of a name, folded; a people or demonym is its country."""
    table = country_words()
    words = [table[w].name if w in table else w for w in name.replace("-", " ").split()]
    folded = {part.removesuffix("s") for word in words for part in fold(word.strip(",.:;’'")).split()}
    return folded - LINKS


def _stems(words: str) -> set[str]:
    return {word.removesuffix("s") for word in fold(words).split()} - LINKS


def _is_place(wanted: str, given: set[str]) -> bool:
    return any(_place_words(wanted) == _place_words(name) for name in given) or any(
        _place_words(wanted) & _place_words(name) and len(_place_words(wanted) ^ _place_words(name)) == 1
        for name in given
    )


def _place_words(name: str) -> set[str]:
    return set(without_articles(fold(name)).split()) - LINKS


# --- the report ---


def _brief(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list):
        return str([_name(one) if isinstance(one, dict) else one for one in value])
    return repr(value)


def _name(member: Labels) -> str:
    names = member.get("names") or (member["who"] or "private",)
    return str(names[0])


def _show(where: object, verdict: str, incident: Labels, text: str, what: str) -> None:
    begin, end = min(tuple(span) for span in incident["triggers"])
    words = " / ".join(text[b:e] for b, e in incident["triggers"])
    around = " ".join(text[max(0, begin - 110) : end + 90].split())
    print(f"{where} {verdict}: {what}[{words}] {incident['type']} {incident['status']}: …{around}…")


def report(kinds: dict[str, Counter[str]], slots: dict[str, Counter[str]]) -> None:
    total = sum(kinds.values(), Counter[str]())
    print(
        f"{'type':14}{'key':>6}{'found':>7}{'missed':>8}{'spurious':>10}{'precision':>11}{'recall':>8}{'F1':>7}"
    )
    for name, one in (*sorted(kinds.items()), ("all", total)):
        key, given = one["matched"] + one["missed"], one["matched"] + one["spurious"]
        shares = [f"{rate:.2f}" if rate is not None else "-" for rate in rates(one["matched"], key, given)]
        print(
            f"{name:14}{key:>6}{one['matched']:>7}{one['missed']:>8}{one['spurious']:>10}"
            f"{shares[0]:>11}{shares[1]:>8}{shares[2]:>7}"
        )
    print(
        f"\n{'slot':16}{'scored':>8}{'accuracy':>10}{'right':>8}{'wrong':>8}{'missing':>9}{'added':>8}{'empty':>8}"
    )
    for slot in SLOTS:
        print(_line(slot, slots[slot]))


def _line(slot: str, found: Counter[str]) -> str:
    total = found.total()
    accuracy = f"{(found['right'] + found['right, empty']) / total:.2f}" if total else "-"
    cells = (found["right"], found["wrong"], found["missing"], found["added"], found["right, empty"])
    widths = (8, 8, 9, 8, 8)
    return f"{slot:16}{total:>8}{accuracy:>10}" + "".join(
        f"{value:>{width}}" for value, width in zip(cells, widths, strict=True)
    )


if __name__ == "__main__":
    main()
