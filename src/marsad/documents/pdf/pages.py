"""One page of a PDF as rows of text, by direction of writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2 as pdfium

from marsad.documents.pdf.characters import Characters, characters
from marsad.documents.pdf.frame import Frame
from marsad.documents.pdf.opening import frames_of, page_of
from marsad.documents.pdf.segments import Row, rows, segments
from marsad.errors import BadInput

_NOTHING = Characters({}, (), 0, 0, 0, pictured=False, recognised=False)


class Side(NamedTuple):
    """The text of one direction on one page."""

    page: int
    turn: int
    frame: Frame
    direction: int  # beside the page as displayed: 0 is upright
    rows: Sequence[Row]
    characters: Characters


class ReadPage(NamedTuple):
    """A page: its frame as displayed, and its text by direction, the one with the most text first."""

    frame: Frame
    characters: Characters
    sides: tuple[Side, ...]
    letters: int = 0
    broken: bool = False


def read_page(document: pdfium.PdfDocument, number: int) -> ReadPage:
    """The page `number`, from 0.

    Raises:
        BadInput: it has too many characters.
    """
    with page_of(document, number) as page:
        if page is None:
            return ReadPage(Frame(0, 0, 612, 792, 0), _NOTHING, (), broken=True)
        frames, rotation = frames_of(page), page.get_rotation()
        try:
            found = characters(page.raw, frames)
        except BadInput as error:
            raise BadInput(f"page {number + 1}: {error}") from None
    letters = {turn: sum(len(run.text) for run in runs) for turn, runs in found.runs.items()}
    sides = tuple(
        Side(number, turn, frames[turn], (turn - rotation) % 360, rows(segments(found.runs[turn])), found)
        for turn in sorted(letters, key=lambda turn: (-letters[turn], turn))
    )
    return ReadPage(frames[rotation], found._replace(runs={}), sides, sum(letters.values()))
