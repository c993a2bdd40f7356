"""Keys of shown rows: one 63-bit number that sorts by known day, then document, then place in it.

    bit  62 ............ 47 | 46 ........ 17 | 16 ... 0
         day since 1900     | slot           | ordinal

A table whose key is this number is in the order of time by itself: what comes newest first, or what
was known by a day, is a range of keys, in the search index too. Days before 1900 and after 2079 are
taken for the first and the last one.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache

DAYS, SLOTS, ORDINALS = 1 << 16, 1 << 30, 1 << 17
LARGEST = DAYS * SLOTS * ORDINALS - 1  # what the databases hold; no record has it
_FIRST_DAY = date(1900, 1, 1).toordinal()


def first_slot(document_id: str) -> int:
    """Where a document's slot is looked for first; taken ones lead to the next."""
    return int.from_bytes(hashlib.sha256(document_id.encode()).digest()[:4], "big") % SLOTS


def document_key(known: str, slot: int) -> int:
    """The key of a document that is known from the day `known` (ISO 8601)."""
    return (_day(known) * SLOTS + slot) * ORDINALS


def after(known: str) -> int:
    """The first key that a document not yet known on the day `known` can have."""
    return min((_day(known) + 1) * SLOTS * ORDINALS, LARGEST)


def is_exact(known: str) -> bool:
    """Whether keys alone tell what was known by a day: not where other days are taken for it."""
    return 0 < _day(known) < DAYS - 1


def last_of(key: int) -> int:
    """The last key that a record of the document with this key can have."""
    return key + ORDINALS - 1


@lru_cache(DAYS)
def _day(known: str) -> int:
    return min(max(date.fromisoformat(known).toordinal() - _FIRST_DAY, 0), DAYS - 1)
