"""Where a text has the words of a key that names words alone, as MUC-4's does."""

from __future__ import annotations

import re

from marsad.records.spans import Span


def occurrences(text: str, string: str) -> list[Span]:
    """Where `string` stands in `text` as whole words; within words where it stands nowhere else."""
    found = [(at.start(), at.end()) for at in re.finditer(re.escape(string), text)]
    whole = [span for span in found if not _within_word(text, span)]
    return whole or found


def _within_word(text: str, span: Span) -> bool:
    begin, end = span
    return text[max(begin - 1, 0) : begin].isalnum() or text[end : end + 1].isalnum()
