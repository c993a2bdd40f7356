"""Copies: texts that carry the same words, such as one wire story in ten outlets.

Two steps. `bands` gives each text a few keys by MinHash and locality-sensitive hashing (Broder
1997; Indyk and Motwani 1998): only texts that share a key are compared. `is_copy` then aligns the
two, so that what a key brings together by chance, or by an agency's footer, is parted again. Both
take `Shingles`, which are made once a text. `clusters` joins the pairs.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq
from rensa import RMinHash

# Keys are comparable only where this is equal: a store that keeps keys keeps it beside them.
SKETCHER = f"marsad.copies@1.{RMinHash.ALGORITHM_VERSION}"

SHINGLE = 3  # words; where one word in ten was changed, 0.7 of the runs of three stay, but 0.6 of five
SHORTEST = 20  # words; a shorter text has too few shingles to tell a copy from a common phrase
LONGEST = 16_000  # words that are looked at; an alignment of two such texts takes 32 MB
CHARACTERS = 8 * LONGEST  # an English word with its blank takes about six

# At a Jaccard similarity s, two texts share a key with probability 1 - (1 - s^ROWS)^BANDS: 0.96 at
# 0.5, 0.79 at 0.4, and 0.02 at 0.1, which two articles with a common footer may reach.
BANDS = 24
ROWS = 3
SEED = 20_240_301  # any number; another one makes other keys

# The share of words in runs that stand in both texts in the same order. Edited copies (one word in
# ten changed, a paragraph cut and another added) keep 0.68 of the shorter text or more. Boilerplate
# makes up to 0.4 of it, what two articles on one matter share by chance up to 0.1 of the rest.
SHORTER = 0.6
# A brief inside a long round-up is no copy: a round-up of two briefs would make them one.
LONGER = 0.4

_WORD = re.compile(r"[^\W_]{1,64}")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200d]")  # accents, vowels, soft breaks


class Shingles(NamedTuple):
    """A text as it is compared: the hashes of its runs of `SHINGLE` words, in order.

    A text under `SHORTEST` words is one shingle: only the same words are a copy of it.
    """

    words: int
    hashes: tuple[int, ...]  # unsigned, of 64 bits


def folded_words(text: str) -> list[str]:
    """The words of `text` without case, diacritics and punctuation."""
    folded = text.casefold()
    if not folded.isascii():  # plain letters are folded already
        folded = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return _WORD.findall(folded)


def shingles(text: str) -> Shingles:
    """`text` as `bands` and `is_copy` take it; of a very long one, its first `LONGEST` words."""
    words = folded_words(text[:CHARACTERS])[:LONGEST]
    size = SHINGLE if len(words) >= SHORTEST else max(len(words), 1)
    runs = list(map(" ".join, zip(*(words[at:] for at in range(size)), strict=False)))
    return Shingles(len(words), tuple(RMinHash.hash_token_sets([runs])[0]))


def bands(text: Shingles) -> tuple[int, ...]:
    """`BANDS` keys, signed and of 64 bits; texts that share one may be copies. Of a short text, none."""
    if text.words < SHORTEST:
        return ()
    rows = RMinHash.digest_matrix_from_token_hash_sets([text.hashes], BANDS * ROWS, SEED).to_rows()[0]
    return tuple(_key(number, rows[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS))


def _key(number: int, rows: Sequence[int]) -> int:
    packed = struct.pack(f"<{1 + ROWS}I", number, *rows)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True)


def is_copy(a: Shingles, b: Shingles) -> bool:
    """Whether one text is the other, lightly edited. Symmetric; a text of no words has no copies."""
    if a == b:
        return a.words > 0
    shorter, longer = sorted((a, b))
    if shorter.words < SHORTEST or shorter.words < LONGER * longer.words:
        return False
    in_shorter, in_longer = _aligned(shorter.hashes, longer.hashes)
    return _covered(in_shorter) >= SHORTER * shorter.words and _covered(in_longer) >= LONGER * longer.words


def _aligned(a: Sequence[int], b: Sequence[int]) -> tuple[list[int], list[int]]:
    """The positions in `a` and in `b` of a longest sequence of shingles that both have in order."""
    shared = set(a) & set(b)
    at_a = [at for at, shingle in enumerate(a) if shingle in shared]
    at_b = [at for at, shingle in enumerate(b) if shingle in shared]
    steps = LCSseq.opcodes([a[at] for at in at_a], [b[at] for at in at_b])
    equal = [step for step in steps if step.tag == "equal"]
    return (
        [at for step in equal for at in at_a[step.src_start : step.src_end]],
        [at for step in equal for at in at_b[step.dest_start : step.dest_end]],
    )


def _covered(positions: Sequence[int]) -> int:
    """How many words the shingles at these ascending positions cover."""
    gaps = (after - before for before, after in pairwise(positions))
    return sum(min(gap, SHINGLE) for gap in gaps) + SHINGLE * bool(positions)


def clusters(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each node with the least node of its connected component.

    A function of the two sets alone. An edge to a node that is not given joins nothing, so that
    texts which only a hidden one connects stay apart.
    """
    above = {node: node for node in nodes}
    for a, b in edges:
        if a in above and b in above:
            least, other = sorted((_top(above, a), _top(above, b)))
            above[other] = least
    return {node: _top(above, node) for node in above}


def _top(above: dict[str, str], node: str) -> str:
    while above[node] != node:
        above[node] = above[above[node]]  # halves the path for the next search
        node = above[node]
    return node
