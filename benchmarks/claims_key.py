"""Who is said to speak, and how: claims scored on the keys that were labelled by hand (keys/README.md).

    python benchmarks/claims_key.py --articles ARTICLES.jsonl [--key FILE] [--gold] [--wrong]

ARTICLES holds the texts of the key, `{"id", "text", "published", "publisher"}` a line. A claim of the
reader is that of the key where source, cue and content each share half of their words (the overlap of
`marsad evaluate claims`); the slots are scored on those. With `--gold` the sources of the key are
resolved as they stand, so that resolution is measured apart from finding. Slots that the key calls
`unsure` are not scored.

*Who* is right where one of the actor's names is the key's: the same words, folded, without articles; a
surname or another part of the longer name; an acronym of it; a country for its government. Where the
key names nobody there must be no actor, or none but the very words ("Kurdish forces"). An unnamed
speaker, a group and a document have no actor to be right about: there the kind must be the key's, and
an actor, where one is given, must be in the key's words ("a Foreign Office spokesperson"). Of two who
speak as one, either will do. The author of a text in the first person is a party without an actor.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from keyed import Articles, Labels, document_of, lines

from marsad.evaluation.matching import ENOUGH, Tokens, extent, one_to_one
from marsad.gazetteer import Gazetteer
from marsad.gazetteer.folding import fold
from marsad.reading import actors, cues, metadata, pipeline
from marsad.reading.actors.known import KnownActor, known_actors
from marsad.reading.actors.states import country_words
from marsad.reading.claims import quotations
from marsad.reading.claims.references import Resolver
from marsad.reading.text import segment
from marsad.records.reading import Actor, Claim, Document, Reading
from marsad.records.spans import Spans, hull, text_of

KEY = Path(__file__).with_name("keys") / "claims_training.jsonl"
SLOTS = ("attitude", "certainty", "polarity", "quotation")
NAMELESS = frozenset({"unnamed", "group", "document"})
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
LINKS = frozenset({"the", "a", "an", "of", "for", "in", "and", "s"})
GOVERNMENT = frozenset({"government", "regime", "authorities", "state"})


class Given(NamedTuple):
    """What the reader says of one source."""

    names: tuple[str, ...]  # of its actor; empty where there is none
    kind: str | None  # None where there is no source
    text: str


class Count:
    """Right and scored by slot; pairs of kinds; lines for what is wrong."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.scored: Counter[str] = Counter()
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.wrong: list[str] = []

    def add(self, slot: str, right: bool, what: Callable[[], str]) -> None:
        self.scored[slot] += 1
        self.right[slot] += right
        if not right:
            self.wrong.append(f"{slot:10} {what()}")


def main() -> None:
    asked = _arguments()
    articles = Articles(asked.articles)
    count = Count()
    for key in lines(asked.key):
        row = articles.of(key)
        score = score_gold if asked.gold else score_read
        score(key["attributions"], document_of(row), count)
    report(count)
    if asked.wrong:
        print(*count.wrong, sep="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--key", type=Path, default=KEY)
    parser.add_argument("--gold", action="store_true", help="resolve the sources of the key")
    parser.add_argument("--wrong", action="store_true", help="print every slot that is not right")
    return parser.parse_args()


# --- the sources of the key, resolved ---


def score_gold(key: list[Labels], document: Document, count: Count) -> None:
    text = segment(document.text)
    document = metadata.annotate(document, text)
    gazetteer = Gazetteer.open()
    cast = actors.annotate(
        text,
        is_place=lambda name: any(map(pipeline._is_prominent, gazetteer.candidates(name))),
        speaks=lambda at: cues.speaks(text.tokens, at),
        bylines=tuple(filter(None, (document.author, document.publisher))),
    )
    spoken = [(_spans(one["source"]), _spans(one["content"])) for one in key if one["source"]]
    resolver = Resolver(text, cast, quotations.find(text), spoken)
    by_id = {actor.id: actor for actor in cast.actors}
    for one in sorted((one for one in key if one["source"]), key=lambda one: one["source"][0]):
        spans = _spans(one["source"])
        speaker = resolver.resolve(*spans)
        given = Given(_names(by_id.get(speaker.actor or "")), speaker.kind, text_of(document.text, spans))
        _score_speaker(one, given, document, count)


# --- the claims of the reader ---


def score_read(key: list[Labels], document: Document, count: Count) -> None:
    reading = pipeline.read(document)
    found = [claim for claim in reading.claims if claim.kind == "attributed"]
    pairs = _pairs(document.text, key, found)
    count.scored.update(key=len(key), found=len(found), matched=len(pairs))
    place = {claim.id: at for at, claim in enumerate(found)}
    of_key = {j: i for i, j in pairs.items()}
    for i, j in sorted(pairs.items()):
        _score_speaker(key[i], _given(found[j], reading), reading.document, count)
        _score_slots(key[i], found[j], document, count)
        parent = place.get(found[j].parent or "")
        expected = key[i]["parent"]
        if "parent" not in key[i]["unsure"] and (expected is None or expected in pairs):
            ours = None if parent is None else of_key.get(parent, -1)
            count.add("parent", ours == expected, lambda: f"key {expected} found {ours}")  # noqa: B023


def _given(claim: Claim, reading: Reading) -> Given:
    source = claim.source
    if source is None:
        return Given((), None, "")
    actor = next((a for a in reading.actors if a.id == source.actor), None)
    return Given(_names(actor), source.kind, source.text)


def _names(actor: Actor | None) -> tuple[str, ...]:
    return (actor.name, *actor.aliases) if actor else ()


def _pairs(text: str, key: list[Labels], found: list[Claim]) -> dict[int, int]:
    """The claim of each attribution of the key, one to one, the likeliest first."""
    tokens = Tokens(text)
    gold = [tuple(_spans(one[role]) for role in ("source", "cue", "content")) for one in key]
    ours = [_triple(claim) for claim in found]

    def likeness(i: int, j: int) -> float:
        return min(tokens.likeness(a, b) for a, b in zip(gold[i], ours[j], strict=True))

    return dict(one_to_one([*map(extent, gold)], [*map(extent, ours)], likeness, ENOUGH))


def _triple(claim: Claim) -> tuple[Spans, Spans, Spans]:
    source = claim.source.spans if claim.source else ()
    return source, claim.cue.spans if claim.cue else (), claim.spans


def _spans(pieces: list[list[int]]) -> Spans:
    return tuple((begin, end) for begin, end in pieces)


# --- the comparison ---


def _score_speaker(key: Labels, given: Given, document: Document, count: Count) -> None:
    def what() -> str:
        b, e = hull(_spans(key["source"])) if key["source"] else hull(_spans(key["content"]))
        around = (
            " ".join(document.text[max(0, b - 100) : b].split()),
            " ".join(document.text[e : e + 40].split()),
        )
        ours = f"{' '.join(given.names[:1]) or '-'} {given.kind}"
        return f"key {key['who']} {key['kind']}, given {ours}: {around[0]} [{given.text}] {around[1]}"

    if "who" not in key["unsure"]:
        right = is_right(key, given, document)
        count.add("who", right, what)
        if key["who"] and key["kind"] not in NAMELESS:
            count.add("who, of those named", right, what)
    if "kind" in key["unsure"]:
        return
    expected = key["kind"] or "nobody"
    count.kinds[expected, given.kind or "nobody"] += 1
    count.add("kind", expected == (given.kind or "nobody"), what)
    if key["kind"] and given.kind:
        slot = "private told as private" if key["kind"] == "private" else "public told as public"
        same = (key["kind"] == "private") == (given.kind == "private")
        count.add(slot, same, what)
        count.add("private told from public", same, what)
        if key["kind"] == "private":
            count.add("private without an actor", not given.names, what)


def _score_slots(key: Labels, claim: Claim, document: Document, count: Count) -> None:
    for slot in SLOTS:
        if slot in key["unsure"]:
            continue
        expected, ours = key[slot], getattr(claim, slot)
        count.add(slot, expected == ours, lambda: f"key {expected} found {ours}: {claim.text[:60]!r}")  # noqa: B023


def is_right(key: Labels, given: Given, document: Document) -> bool:
    """Whether the speaker is who the key says."""
    who, kind = key["who"], key["kind"]
    if who is None:
        said = {tuple(sorted(_words(given.text)))}
        bare = kind != "private" and any(tuple(sorted(_words(name))) in said for name in given.names)
        return not given.names or bare
    if given.names:
        return any(_alike(who, name, loose=kind in NAMELESS) for name in given.names)
    if kind in NAMELESS and given.kind == kind:
        return True
    if given.text.casefold() in FIRST_PERSON and given.kind == "person" and document.author:
        return _alike(who, document.author, loose=False)
    return _alike(who, given.text, loose=True)


def _alike(key: str, name: str, *, loose: bool) -> bool:
    parts = [key, *key.replace(" and ", ", ").split(", ")]
    names = [name, *next((_forms(actor) for actor in known_actors() if name in _forms(actor)), ())]
    return any(_same(part, each, loose=loose) for part in parts for each in names)


def _forms(actor: KnownActor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _same(key: str, name: str, *, loose: bool) -> bool:
    a, b = _words(key), _words(name)
    if not a or not b:
        return False
    if (
        a == b
        or "".join(a) == "".join(b)
        or _initials(key) == fold(name).replace(" ", "")
        or _initials(name) == fold(key)
    ):
        return True
    states = {fold(country.name) for country in country_words().values()}
    if not loose and (" ".join(a) in states or " ".join(b) in states):
        return False  # a ministry is not its state
    return set(a) <= set(b) or set(b) <= set(a)


def _words(name: str) -> list[str]:
    """The words of a name, folded, a people as its country; a government is its country."""
    table = country_words()
    whole = table.get(name)
    words = [whole.name] if whole else [table[w].name if w in table else w for w in name.split()]
    plain = [word.strip(",.:;“”").removesuffix("'s").removesuffix("’s") for word in words]
    folded = [w for word in plain for w in fold(table[word].name if word in table else word).split()]
    return [w for w in folded if w not in LINKS | GOVERNMENT] or folded


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()


# --- the report ---


def report(count: Count) -> None:
    scored = count.scored
    if "key" in scored:
        both = scored["key"] + scored["found"]
        print(
            f"triples: {scored['key']} of the key, {scored['found']} found, {scored['matched']} alike, "
            f"overlap F1 {2 * scored['matched'] / both:.3f}"
        )
    slots = [
        "who", "who, of those named", "kind", "private told from public", "private told as private",
        "public told as public",         "private without an actor",
    ]  # fmt: skip
    for slot in (*slots, *SLOTS, "parent"):
        if scored[slot]:
            share = count.right[slot] / scored[slot]
            print(f"{slot:26}{share:7.3f}{count.right[slot]:6} of {scored[slot]}")
    print(_confusion(count.kinds))


def _confusion(kinds: Counter[tuple[str, str]]) -> str:
    """Rows are the key's kinds, columns the reader's."""
    heads = sorted({kind for pair in kinds for kind in pair})
    table: dict[str, list[str]] = defaultdict(list)
    for row in heads:
        table[row] = [f"{kinds[row, column]:>13}" for column in heads]
    lines = [f"{'':13}" + "".join(f"{head:>13}" for head in heads)]
    return "\n".join(lines + [f"{row:13}" + "".join(cells) for row, cells in table.items()])


if __name__ == "__main__":
    main()
