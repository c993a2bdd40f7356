"""Claims as attributions: who says what by which words, scored as spans and as whole triples.

A span of a role counts once a document, however many attributions share it, and each piece of a
discontinuous content counts by itself: that is what a tagger of words can find, and how the scores of
PolNeAR (Newell et al. 2018) are told. A triple is right when source, cue and the whole content are; no
source agrees with none. An *overlap* is one to one with at least half of the tokens of either in
common; a triple overlaps when each of its three roles does.

The sentence protocol is CofeNet's (Wang et al., COLING 2022): a sentence is a document of its own,
spans are cut where it ends, and equal spans of a role are counted. Which layer of nested attributions
its data keep is not told; here each counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from marsad.evaluation.corpus import document
from marsad.evaluation.matching import ENOUGH, Rates, Tally, Tokens, extent, one_to_one, overlapping, strict
from marsad.reading import pipeline
from marsad.reading.text import Text, segment
from marsad.records.reading import Claim
from marsad.records.spans import Span, Spans

ROLES = ("source", "cue", "content")
LABELS = {
    "source_exact_f1": "sources, same span, F1",
    "cue_exact_f1": "cues, same span, F1",
    "content_exact_f1": "contents, same span, each piece by itself, F1",
    "content_whole_exact_f1": "contents, same with all pieces, F1",
    "source_overlap_f1": "sources, half of the tokens, F1",
    "cue_overlap_f1": "cues, half of the tokens, F1",
    "content_overlap_f1": "contents, half of the tokens, F1",
    "triple_exact_f1": "whole triples, same spans, F1",
    "triple_exact_precision": "whole triples, same spans, precision",
    "triple_exact_recall": "whole triples, same spans, recall",
    "triple_overlap_f1": "whole triples, half of the tokens of each role, F1",
    "triple_overlap_precision": "whole triples, overlapping, precision",
    "triple_overlap_recall": "whole triples, overlapping, recall",
    "sentence_source_f1": "sources, same span in a sentence, F1",
    "sentence_cue_f1": "cues, same span in a sentence, F1",
    "sentence_content_f1": "contents, same span in a sentence, F1",
}


class Attribution(msgspec.Struct, frozen=True):
    """Who says what by which words, each as spans `[b, e)` of code points; a source may be empty."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    attributions: tuple[Attribution, ...]


class Prediction(msgspec.Struct, frozen=True):
    id: str | int
    attributions: tuple[Attribution, ...]


class _Triple(NamedTuple):
    source: Spans
    cue: Spans
    content: Spans


def predict(row: Row) -> Prediction:
    """The attributed claims of the reader, in the form of the key."""
    reading = pipeline.read(document(row.text))
    return Prediction(row.id, tuple(_attribution(c) for c in reading.claims if c.kind == "attributed"))


def _attribution(claim: Claim) -> Attribution:
    """A claim with the spans that its source and cue are recorded with, wherever they stand."""
    return Attribution(
        content=claim.spans,
        cue=claim.cue.spans if claim.cue else (),
        source=claim.source.spans if claim.source else (),
    )


def score(pairs: Iterable[tuple[Row, Prediction]]) -> dict[str, float | None]:
    tallies = {measure: Tally() for measure in _MEASURES}
    for row, prediction in pairs:
        _count(tallies, row.text, _triples(row.attributions), _triples(prediction.attributions))
    return _scores({measure: tally.rates for measure, tally in tallies.items()})


_MEASURES = (
    *(f"{role}_{kind}" for kind in ("exact", "overlap") for role in ROLES),
    *("content_whole_exact", "triple_exact", "triple_overlap"),
    *(f"sentence_{role}" for role in ROLES),
)


def _scores(found: dict[str, Rates]) -> dict[str, float | None]:
    return {name: getattr(found[name.rpartition("_")[0]], name.rpartition("_")[2]) for name in LABELS}


def _triples(attributions: Iterable[Attribution]) -> list[_Triple]:
    return [_Triple(*(tuple(sorted(getattr(one, role))) for role in ROLES)) for one in attributions]


def _count(tallies: dict[str, Tally], text: str, gold: list[_Triple], found: list[_Triple]) -> None:
    """Count one document by every measure."""
    cut = segment(text)
    for role, name in enumerate(ROLES):
        keys, ours = _pieces(gold, role), _pieces(found, role)
        sizes = len(keys), len(ours)
        tallies[f"{name}_exact"].add(strict(keys, ours), *sizes)
        tallies[f"{name}_overlap"].add(len(overlapping(text, keys, ours)), *sizes)
        a, b = set(_by_sentence(cut, keys)), set(_by_sentence(cut, ours))
        tallies[f"sentence_{name}"].add(len(a & b), len(a), len(b))
    wholes = [{one.content for one in each} for each in (gold, found)]
    tallies["content_whole_exact"].add(len(wholes[0] & wholes[1]), *map(len, wholes))
    sizes = len(gold), len(found)
    tallies["triple_exact"].add((Counter(gold) & Counter(found)).total(), *sizes)
    tallies["triple_overlap"].add(_alike(text, gold, found), *sizes)


def _pieces(triples: Iterable[_Triple], role: int) -> list[Span]:
    return sorted({span for one in triples for span in one[role]})


def _alike(text: str, gold: Sequence[_Triple], found: Sequence[_Triple]) -> int:
    """How many triples overlap in each role, one to one."""
    tokens = Tokens(text)

    def likeness(i: int, j: int) -> float:
        return min(tokens.likeness(a, b) for a, b in zip(gold[i], found[j], strict=True))

    return len(one_to_one([*map(extent, gold)], [*map(extent, found)], likeness, ENOUGH))


def _by_sentence(text: Text, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans cut where sentences end, without outer white space."""
    begins = [sentence.begin for sentence in text.sentences]
    for begin, end in spans:
        for sentence in text.sentences[max(bisect_right(begins, begin) - 1, 0) :]:
            if sentence.begin >= end:
                break
            piece = max(begin, sentence.begin), min(end, sentence.end)
            if piece[0] < piece[1]:
                yield piece
