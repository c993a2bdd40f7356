"""What people write about a document: words that stand nowhere in it, and may still name somebody."""

from __future__ import annotations

from msgspec.structs import replace

from marsad.disclosure import disclose
from marsad.records.reading import Notice, Reading


def masked(words: str, reading: Reading, *, lift_camps: bool) -> str:
    """`words` without the names that are hidden of a whole reading."""
    # a notice is prose without spans, which disclosure searches for names
    notice = Notice(code="review", message=words, records=())
    bare = replace(reading, claims=(), figures=(), incidents=(), relations=(), warnings=(notice,))
    return disclose(bare, lift_camps=lift_camps).warnings[0].message
