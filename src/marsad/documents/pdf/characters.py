"""The characters of a PDF page as PDFium gives them, put together into runs of one style.

A run's coordinates are points in the *frame* of its direction of writing: origin at the top left,
x along the line, y downwards to the baseline. The frame of upright text is the page as displayed.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator
from math import atan2, degrees, hypot
from typing import NamedTuple

import msgspec
import pypdfium2.raw as pdfium

from marsad.documents.pdf.frame import Frame
from marsad.errors import BadInput

CHARACTERS_OF_A_PAGE = 200_000
OBJECTS_OF_A_PAGE = 3_000  # drawings beyond these are not looked at: a map has a hundred thousand lines
GAP = 0.9  # of the type size: a wider gap parts two runs

_INVISIBLE = (3, 7)  # text render modes: neither filled nor stroked
_SMALLEST = 1.0  # point; smaller type cannot be read
_WHITE = 250  # of 255, in red, green and blue
_HYPHENS = (0x02, 0xFFFE)  # how PDFium gives a hyphen at the end of a line
_SLANT = 15.0  # degrees off the right angles, above which text is a watermark
_SHALLOW, _HIGH = 0.6, 0.2  # of the type size: the height of a raised digit, and its foot
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BREAKS = (0x0A, 0x0D)

# The same function with a plain number for an answer: a third of the time of a pointer object.
_object_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


class Run(msgspec.Struct, frozen=True, gc=False):
    """Characters of one style next to one another on one baseline."""

    text: str
    edges: array[float]  # where each character begins, and where the last ends; two if right to left
    y: float
    size: float
    bold: bool
    rtl: bool = False  # holds characters written from right to left; in logical order
    blank_before: bool = False
    blank_after: bool = False


class Rule(NamedTuple):
    """A horizontal line that is drawn, not written."""

    x0: float
    x1: float
    y: float


class Drawings(NamedTuple):
    """What a page shows besides text, in its own coordinates."""

    rules: tuple[Rule, ...]
    shades: tuple[tuple[float, float, float, float], ...]  # pictures and fills that are not white
    pictured: float  # the share of the page that its largest picture covers


class Characters(NamedTuple):
    """The runs of a page by direction (degrees counterclockwise), in the order of the file."""

    runs: dict[int, list[Run]]
    rules: tuple[Rule, ...]
    hidden: int  # characters that cannot be seen
    slanted: int  # characters of watermarks
    unmapped: int  # characters whose font does not say what they are
    pictured: bool  # a picture covers most of it
    recognised: bool  # its text is an invisible layer over a picture, from character recognition


class _Style(NamedTuple):
    size: float
    bold: bool
    turn: int | None  # None: slanted
    visible: bool
    invisible: bool  # by its render mode
    y: float


class _Character(NamedTuple):
    text: str
    left: float
    right: float
    style: _Style


def characters(page: pdfium.FPDF_PAGE, frames: dict[int, Frame]) -> Characters:
    """The runs of a page.

    Args:
        frames: of the page, by direction.

    Raises:
        BadInput: more than `CHARACTERS_OF_A_PAGE`.
    """
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Characters({}, (), 0, 0, 0, pictured=False, recognised=False)
    try:
        return _Reader(page, text_page, frames).read()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reader:
    """One reading of one page."""

    def __init__(
        self, page: pdfium.FPDF_PAGE, text_page: pdfium.FPDF_TEXTPAGE, frames: dict[int, Frame]
    ) -> None:
        self.text_page, self.frames = text_page, frames
        self.drawings = _drawings(page, frames[0])
        self.hidden = self.slanted = self.unmapped = self.visible = self.invisible = 0

    def read(self) -> Characters:
        count = pdfium.FPDFText_CountChars(self.text_page)
        if count > CHARACTERS_OF_A_PAGE:
            raise BadInput(f"a page of {count:,} characters is over the limit of {CHARACTERS_OF_A_PAGE:,}")
        lines = list(self._lines(max(count, 0)))
        is_picture = self.drawings.pictured > 0.5
        recognised = is_picture and self.invisible > 20 * max(self.visible, 1)
        runs: dict[int, list[Run]] = {}
        for line in lines:
            for turn, run in self._runs(self._seen(line, recognised=recognised)):
                runs.setdefault(turn, []).append(run)
        return Characters(
            runs,
            self.drawings.rules,
            self.hidden,
            self.slanted,
            self.unmapped,
            pictured=is_picture,
            recognised=recognised,
        )

    def _lines(self, count: int) -> Iterator[list[_Character]]:
        """The characters between the line breaks that PDFium makes."""
        text_page, box = self.text_page, pdfium.FS_RECTF()
        handle, at = ctypes.cast(text_page, ctypes.c_void_p), ctypes.byref(box)
        unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        line: list[_Character] = []
        last, style = None, None
        for index in range(count):
            code = unicode_of(text_page, index)
            if code in _BREAKS:
                if line:
                    yield line
                line = []
                continue
            found = _object_of(handle, index)
            if found and found != last:
                last, style = found, self._style(index)
            if style is None:
                continue
            box_of(text_page, index, at)
            turn = style.turn or 0
            if turn:
                x0, _, x1, _ = self.frames[turn].box(box.left, box.bottom, box.right, box.top)
            else:
                x0, x1 = box.left - self.frames[0].left, box.right - self.frames[0].left
            text = self._text(code)
            if 0x30 <= code <= 0x39 and style.visible and not turn and self._is_raised(index, style.size):
                text = text.translate(_SUPERSCRIPT)
            if text != " ":
                self.visible += style.visible
                self.invisible += style.invisible
            line.append(_Character(text, x0, x1, style))
        if line:
            yield line

    def _seen(self, line: list[_Character], *, recognised: bool) -> list[_Character]:
        """The characters of a line that can be seen, or that stand for a picture of them."""
        if all(style.visible for style in {id(each.style): each.style for each in line}.values()):
            return line
        kept = [each for each in line if each.style.visible or (recognised and each.style.invisible)]
        self.hidden += sum(each.text != " " for each in line) - sum(each.text != " " for each in kept)
        return kept

    def _is_raised(self, index: int, size: float) -> bool:
        """Whether a digit of the usual size is drawn as a small one above the baseline, as fonts can."""
        left, right, low, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self.text_page, index, left, right, low, top)
        if top.value - low.value > _SHALLOW * size:
            return False
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.text_page, index, x, y)
        return low.value - y.value > _HIGH * size

    def _text(self, code: int) -> str:
        if code in _HYPHENS:
            return "-"
        if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFD:
            self.unmapped += 1
            return "\ufffd"
        self.unmapped += code < 0x20 and code != 0x09  # the number of a glyph, where a letter should be
        return " " if code in (0x09, 0xA0) else chr(code)

    def _style(self, index: int) -> _Style:
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self.text_page, index, matrix)
        pdfium.FPDFText_GetCharOrigin(self.text_page, index, x, y)
        size = pdfium.FPDFText_GetFontSize(self.text_page, index) * hypot(matrix.c, matrix.d)
        angle = degrees(atan2(matrix.b, matrix.a)) % 360
        turn = round(angle / 90) * 90
        slanted = abs(angle - turn) > _SLANT
        turn %= 360
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(self.text_page, index))
        painted = mode not in _INVISIBLE and self._is_painted(index, mode, x.value, y.value, size)
        shown = size >= _SMALLEST and self.frames[0].holds(x.value, y.value)
        return _Style(
            size=size,
            bold=self._is_bold(index),
            turn=None if slanted else turn,
            visible=painted and shown,
            invisible=mode in _INVISIBLE and shown,
            y=self.frames[turn].point(x.value, y.value)[1],
        )

    def _is_painted(self, index: int, mode: int, x: float, y: float, size: float) -> bool:
        """Whether it has a colour that shows: white needs something behind it."""
        if mode in (1, 2, 5, 6):  # stroked
            return True
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not pdfium.FPDFText_GetFillColor(self.text_page, index, red, green, blue, alpha):
            return True
        if alpha.value < 8:
            return False
        if min(red.value, green.value, blue.value) < _WHITE:
            return True
        at = y + size / 3
        return any(left <= x <= right and low <= at <= top for left, low, right, top in self.drawings.shades)

    def _is_bold(self, index: int) -> bool:
        name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.text_page, index, name, 64, flags)
        lower = name.raw.lower()  # a longer name is not filled in
        return pdfium.FPDFText_GetFontWeight(self.text_page, index) >= 600 or b"bold" in lower

    def _runs(self, line: list[_Character]) -> Iterator[tuple[int, Run]]:
        upright = [each for each in line if each.style.turn is not None]
        self.slanted += len(line) - len(upright)
        if any(each.text > "\u058f" and _is_rtl(each.text) for each in upright):
            yield upright[0].style.turn or 0, _right_to_left(upright)
            return
        begin = 0
        for at in range(1, len(upright) + 1):
            if at == len(upright) or _parts(upright[at - 1], upright[at]):
                run = _run(upright[begin:at])
                if run.text.strip():
                    yield upright[begin].style.turn or 0, run
                begin = at


def _parts(one: _Character, other: _Character) -> bool:
    """Whether `other` begins a new run after `one`."""
    if one.style is not other.style and (
        one.style.size != other.style.size
        or one.style.y != other.style.y
        or one.style.bold != other.style.bold
        or one.style.turn != other.style.turn
    ):
        return True
    if one.left == other.left and one.right == other.right:
        return False  # letters of one ligature
    size = one.style.size
    return not -0.5 * size <= other.left - one.right <= GAP * size


def _run(written: list[_Character]) -> Run:
    style = written[0].style
    begin, end = 0, len(written)
    while begin < end and written[begin].text == " ":
        begin += 1
    while begin < end and written[end - 1].text == " ":
        end -= 1
    chosen = written[begin:end]
    edges = array("f", [*(each.left for each in chosen), *(each.right for each in chosen[-1:])])
    _spread_ligatures(chosen, edges)
    return Run(
        "".join(each.text for each in chosen),
        edges,
        style.y,
        style.size,
        style.bold,
        blank_before=begin > 0,
        blank_after=end < len(written),
    )


def _spread_ligatures(chosen: list[_Character], edges: array[float]) -> None:
    """Give each letter of a ligature its share of the one glyph."""
    begin = 0
    for at in range(1, len(chosen) + 1):
        if at < len(chosen) and chosen[at].left == chosen[begin].left:
            continue
        if at - begin > 1:
            x0, x1 = chosen[begin].left, chosen[begin].right
            for place in range(begin, at):
                edges[place] = x0 + (x1 - x0) * (place - begin) / (at - begin)
        begin = at


def _right_to_left(chosen: list[_Character]) -> Run:
    """A whole line in the logical order that PDFium gives, but for the letters of a ligature."""
    letters = [each.text for each in chosen]
    for at in range(1, len(chosen)):
        # lam-alef is one glyph; its letters come reversed
        same = chosen[at].left == chosen[at - 1].left and chosen[at].right == chosen[at - 1].right
        if same and letters[at] == "\u0644" and letters[at - 1] in "\u0622\u0623\u0625\u0627":
            letters[at - 1], letters[at] = letters[at], letters[at - 1]
    inked = [each for each in chosen if each.text != " "] or chosen
    edges = array("f", [min(each.left for each in inked), max(each.right for each in inked)])
    style = max((each.style for each in inked), key=lambda style: style.size)
    return Run("".join(letters).strip(), edges, style.y, style.size, style.bold, rtl=True)


def _is_rtl(letter: str) -> bool:
    return "\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc"


def _drawings(page: pdfium.FPDF_PAGE, frame: Frame) -> Drawings:
    rules, shades, pictured = [], [], 0.0
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), OBJECTS_OF_A_PAGE)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT or not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        left, low, right, top = (edge.value for edge in edges)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = max(pictured, frame.share(left, low, right, top))
        if kind == pdfium.FPDF_PAGEOBJ_PATH and top - low < 3 and right - left > 6:
            x0, y0, x1, _ = frame.box(left, low, right, top)
            rules.append(Rule(x0, x1, y0))
        elif kind != pdfium.FPDF_PAGEOBJ_PATH or _is_dark(drawn):
            shades.append((left, low, right, top))
    return Drawings(tuple(rules), tuple(shades), pictured)


def _is_dark(path: pdfium.FPDF_PAGEOBJECT) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    return not known or min(red.value, green.value, blue.value) < _WHITE
