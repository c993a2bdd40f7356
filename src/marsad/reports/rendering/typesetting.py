"""Typst, with the fonts that it ships: the same pages on every machine, and nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from marsad.errors import MarsadError

_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
_SHARP = 192.0  # pixels an inch: two for each of CSS


def compiled(
    source: bytes, inputs: Mapping[str, str], form: Literal["pdf", "png"], *, day: str | None = None
) -> bytes:
    """What a document of Typst becomes.

    Args:
        inputs: texts that the document reads; none of them is taken for markup.
        day: of its making (ISO 8601).

    Raises:
        MarsadError: Typst is not installed, or cannot set it.
    """
    try:
        import typst  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError:
        raise MarsadError("pdf and docx need typst; install it with: pip install 'marsad[reports]'") from None
    made = datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=UTC) if day else None
    try:
        found = typst.compile(
            source,
            format=form,
            ppi=_SHARP,
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            timestamp=made,
        )
    except typst.TypstError as error:
        raise MarsadError(f"the report cannot be set in type: {error}") from error
    return found if isinstance(found, bytes) else b"".join(found or ())


def png(svg: str) -> bytes:
    """A drawing as a PNG."""
    return compiled(_PICTURE, {"svg": svg}, "png")
