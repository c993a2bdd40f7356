"""Actors as clusters of mentions: which mentions, in one document or in many, are of one actor.

Pairwise F1. A mention found is taken for that of the key with which it shares at least half of the tokens,
one to one; what the key does not mark cannot be judged and is left aside. Of all pairs of mentions of the
key, recall is the share of those of one actor that the reader has as one, and precision the share of those
that the reader has as one which are of one actor.

Two forms of a key, which may stand in one file:

- `actors`: `[{"key": str, "spans": [[b, e], ...]}]`. Equal keys are one actor, over the whole file, and
  pairs are counted across documents.
- re3d (dstl): `entities` and `relations`. The mentions are entities of the types of `TYPES` of confidence
  0.5 and more, pronouns left out, of a nest the largest. Those that `IsSynonymOf` joins are one, and so are
  those of one type and the same words. Pairs are counted within a document. `synonym_recall` is the recall
  of the relations `IsSynonymOf` alone, between mentions of different words.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from marsad.evaluation import Scores
from marsad.evaluation.corpus import Mark, document
from marsad.evaluation.matching import Tally, overlapping, share
from marsad.ledger.asking.linked import seeds
from marsad.linkage import actors_keys
from marsad.linkage.actors import Node, link
from marsad.linkage.copies import clusters
from marsad.linkage.origins import folded_name
from marsad.reading import pipeline
from marsad.reading.entities import Entity, largest
from marsad.reading.syntax import closed_class
from marsad.records.spans import Span, Spans

LABELS = {
    "pairwise_f1": "pairs of mentions of one actor, F1",
    "precision": "pairs of mentions of one actor, precision",
    "recall": "pairs of mentions of one actor, recall",
    "mentions_found": "mentions of the key that the reader has, share",
    "synonym_recall": "IsSynonymOf between different words, recall",
}
TYPES = frozenset({"Organisation", "Person", "Nationality"})
SURE = 0.5  # of the confidence of a key


class Mention(Mark, frozen=True):
    type: str
    confidence: float | None = None


class Relation(msgspec.Struct, frozen=True):
    """A relation of re3d; only `IsSynonymOf` is looked at."""

    type: str
    source: Mark
    target: Mark
    confidence: float | None = None


class Cluster(msgspec.Struct, frozen=True):
    """The mentions of one actor in a document; `key` tells it in the whole file."""

    key: str
    spans: Spans


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    entities: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    actors: tuple[Cluster, ...] | None = None


class Found(msgspec.Struct, frozen=True):
    """An actor of the reader with what `marsad.linkage.actors` compares it by."""

    key: str
    name: str
    called: str
    kind: str
    spans: Spans
    forms: tuple[str, ...]
    country: str | None = None
    role: str | None = None


class Prediction(msgspec.Struct, frozen=True):
    id: str | int
    actors: tuple[Found, ...]


class _Clusters(NamedTuple):
    """Mentions of a key, each with its actor, and pairs that a relation joins."""

    actor_of: dict[Span, Hashable]
    synonyms: tuple[tuple[Span, Span], ...] = ()


def predict(row: Row) -> Prediction:
    """The actors of the reader in one document; `score` joins those of all."""
    # an id of its own: two documents of the same words are two
    frozen = replace(document(row.text), id=hashlib.sha256(str(row.id).encode()).hexdigest()[:32])
    reading = pipeline.read(frozen)
    keyed = actors_keys.keys(reading)
    return Prediction(
        row.id,
        tuple(
            Found(
                key=keyed[actor.id].key,
                name=actor.name,
                called=keyed[actor.id].called,
                kind=actor.kind,
                spans=actor.mentions,
                forms=tuple(sorted({folded_name(name) for name in (actor.name, *actor.aliases)})),
                country=keyed[actor.id].country,
                role=keyed[actor.id].role,
            )
            for actor in reading.actors
        ),
    )


def score(pairs: Iterable[tuple[Row, Prediction]]) -> Scores:
    corpus = list(pairs)
    top = _linked(found for _, prediction in corpus for found in prediction.actors)
    gold: Counter[Hashable] = Counter()
    ours: Counter[Hashable] = Counter()
    both: Counter[Hashable] = Counter()
    held, synonyms = Tally(), Tally()
    for row, prediction in corpus:
        key = _key(row)
        found = _aligned(row, key, prediction, top)
        gold.update(key.actor_of.values())
        ours.update(found.values())
        both.update((key.actor_of[span], actor) for span, actor in found.items())
        held.add(len(found), len(key.actor_of), len(found))
        joined = sum(found.get(one, one) == found.get(other, other) for one, other in key.synonyms)
        synonyms.add(joined, len(key.synonyms), joined)
    tally = Tally()
    tally.add(_pairs(both), _pairs(gold), _pairs(ours))
    return {
        "pairwise_f1": tally.rates.f1,
        "precision": tally.rates.precision,
        "recall": tally.rates.recall,
        "mentions_found": share(held.matched, held.gold),
        "synonym_recall": share(synonyms.matched, synonyms.gold),
    }


def _pairs(sizes: Mapping[Hashable, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _linked(found: Iterable[Found]) -> dict[str, str]:
    """The keys of the whole file that are joined, each with the one that stands for it."""
    several: defaultdict[str, list[Found]] = defaultdict(list)
    for each in found:
        several[each.key].append(each)
    nodes = (
        Node(
            key=key,
            called=same[0].called,
            name=min(each.name for each in same),
            kinds=frozenset(each.kind for each in same),
            countries=frozenset(each.country for each in same if each.country),
            forms=frozenset(form for each in same for form in each.forms),
            roles=frozenset(each.role for each in same if each.role),
        )
        for key, same in several.items()
    )
    return link(nodes, seeds()).top


def _aligned(
    row: Row, key: _Clusters, prediction: Prediction, top: Mapping[str, str]
) -> dict[Span, Hashable]:
    """The mentions of the key that the reader has, each with the reader's actor."""
    mentions = list(key.actor_of)
    found = [
        (span, top.get(each.key, each.key))
        for each in prediction.actors
        for span in dict.fromkeys(each.spans)
    ]
    within = () if row.actors is not None else (str(row.id),)  # a key of re3d ends with its document
    return {
        mentions[i]: (*within, found[j][1])
        for i, j in overlapping(row.text, mentions, [span for span, _ in found])
    }


def _key(row: Row) -> _Clusters:
    if row.actors is not None:
        return _Clusters({span: each.key for each in row.actors for span in each.spans})
    sure = (
        one for one in row.entities if one.type in TYPES and _is_sure(one.confidence) and _names(row, one)
    )
    kept = {one.span: one.type for one in largest(Entity((one.b, one.e), one.type) for one in sure)}
    told = {
        (source, target)
        for source, target in _synonyms(row)
        if source in kept and target in kept and row.text[slice(*source)] != row.text[slice(*target)]
    }
    name = {span: f"{span[0]}:{span[1]}" for span in kept}
    same: dict[tuple[str, str], Span] = {}
    edges = {(name[one], name[other]) for one, other in told}
    for span, kind in kept.items():
        edges.add((name[span], name[same.setdefault((kind, folded_name(row.text[slice(*span)])), span)]))
    least = clusters(name.values(), edges)
    return _Clusters({span: (str(row.id), least[name[span]]) for span in kept}, tuple(sorted(told)))


def _synonyms(row: Row) -> Iterator[tuple[Span, Span]]:
    for each in row.relations:
        if each.type == "IsSynonymOf" and _is_sure(each.confidence):
            ends = sorted(((each.source.b, each.source.e), (each.target.b, each.target.e)))
            yield ends[0], ends[1]


def _names(row: Row, mention: Mark) -> bool:
    """Whether it is more than a pronoun, which names somebody else each time."""
    words = row.text[mention.b : mention.e].split()
    return not all(
        word.casefold() in closed_class() and (len(word) == 1 or not word.isupper()) for word in words
    )


def _is_sure(confidence: float | None) -> bool:
    return confidence is None or confidence >= SURE
