"""Characters that readers of the formats choke on, and cells that a spreadsheet would run."""

from __future__ import annotations

import json

# A spreadsheet takes a cell that begins so for a formula; the full-width ones too, in some languages.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_KEPT = "\t\n\r"
_CONTROL = {
    code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in _KEPT
}  # C0 and C1: a database ends a string at a NUL, a terminal obeys an escape


def readable(text: str) -> str:
    """`text` with a mark for each control character but tab and line ends: of the same length.

    Marks of direction stay, and what stands in Arabic or Hebrew is left as it is.
    """
    return text.translate(_CONTROL)


def cell(value: object) -> str:
    """`value` as a CSV cell that no spreadsheet takes for a formula: an apostrophe stands before one."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text
