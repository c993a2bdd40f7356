"""The parts of a drawing: SVG 1.1 elements as text, in black and white, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

# Each renderer has one of these: a browser the first, typst the last two
FONT = "'DejaVu Sans', 'Noto Sans', Arial, 'Libertinus Serif', 'DejaVu Sans Mono'"
INK, SOFT, PALE = "#1a1a1a", "#5a5a5a", "#d9d9d9"


def drawing(width: int, height: int, title: str, parts: Iterable[str]) -> str:
    """A whole SVG document that loads nothing; `title` says what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONT}">'
        f"<title>{text_of(title)}</title>"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


def text_of(words: str) -> str:
    """`words` as they may stand in XML: escaped, without characters that XML 1.0 does not have."""
    return escape("".join(char if is_xml(char) else "\ufffd" for char in words))


def is_xml(char: str) -> bool:
    """Whether XML 1.0 has this character (production 2, Char)."""
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"


def label(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 11,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{text_of(words)}</text>"
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1, dash: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'
    )


def box(x: float, y: float, width: float, height: float, *, fill: str = "none", stroke: str = "none") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {where} fill="{fill}" stroke="{stroke}"/>'


def dot(x: float, y: float, radius: float, *, fill: str = INK) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{INK}" stroke-width="1.2"/>'
    )


def polygon(points: Iterable[tuple[float, float]], *, fill: str = INK) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}" fill="{fill}" stroke="{INK}"/>'


def fitted(words: str, width: float, size: float = 11) -> str:
    """`words` cut to about `width` pixels: a letter of a sans serif is a little over half its size wide."""
    most = max(4, int(width / (0.56 * size)))
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
