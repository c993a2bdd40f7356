"""Texts as any format can hold them: no control characters, nothing that turns the text around it.

Letters of every script are kept, right-to-left ones too; only the invisible marks that force a direction
are left out, with which a quotation could reorder the words after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any, TypeVar, cast

from marsad.reports.model import Evidence, Report, Table

T = TypeVar("T")
_FORCED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # embeddings, overrides and isolates
_LOST = {
    code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)
}
_TABLE: dict[int, str | None] = {**_LOST, **dict.fromkeys(_FORCED)}


def clean(text: str) -> str:
    """`text` without what no document may hold; a lost character leaves its mark (U+FFFD)."""
    clear = text.translate(_TABLE)
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in clear)


def cleaned(report: Report) -> Report:
    """The report with every text clean."""
    return cast(Report, _cleaned(report))


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - any part of a report
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        parts = [_cleaned(each) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value):
        return type(value)(**{each.name: _cleaned(getattr(value, each.name)) for each in fields(value)})  # type: ignore[misc]
    return value


def ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers as first and last of each run: 3, 4, 5 and 9 are (3, 5) and (9, 9)."""
    if not numbers:
        return []
    ordered = sorted(set(numbers))
    cuts = [at for at, (one, other) in enumerate(pairwise(ordered), 1) if other != one + 1]
    return [
        (ordered[begin], ordered[end - 1])
        for begin, end in zip([0, *cuts], [*cuts, len(ordered)], strict=True)
    ]


def marks(report: Report, cites: Sequence[str]) -> list[tuple[int, int]]:
    """The numbers of what is cited, in runs."""
    numbers = report.numbers
    return ranges([numbers[each] for each in cites])


def mark_text(report: Report, cites: Sequence[str]) -> str:
    """The same in words: `3–5, 9`."""
    return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in marks(report, cites))


def source_of(evidence: Evidence) -> str:
    """Who published what when, in one line."""
    title = f"“{evidence.title}”" if evidence.title else None
    published = f"published {evidence.published}"
    known = f"known since {evidence.known}" if evidence.known != evidence.published else None
    return ", ".join(filter(None, (evidence.publisher, title, published, known)))


def ids_of(evidence: Evidence) -> str:
    """The ids by which `marsad trace` finds it."""
    record = evidence.id if ":" not in evidence.id else None
    return f"document {evidence.document[:12]}" + (f", claim {record[:12]}" if record else "")


def widths(report: Report, table: Table) -> list[float]:
    """The shares of a table's columns, with that of the citations, where it has them.

    By the middle length of their texts, and wide enough for their longest word.
    """
    shares = []
    for at, heading in enumerate(table.columns):
        cells = [row.cells[at] for row in table.rows] or [heading]
        longest = max((len(word) for text in (heading, *cells) for word in text.split()), default=1)
        usual = sorted(map(len, cells))[len(cells) // 2]
        shares.append(max(min(longest, 16) * 1.5 + 1.5, min(usual, 60) ** 0.8, 7.5))
    if table.of_records:
        most = max((len(mark_text(report, row.cites)) for row in table.rows), default=0)
        shares.append(min(30.0, max(8.0, most * 0.3)))  # more where a row cites much
    return shares
