"""Lines joined into paragraphs, over columns and pages, by the marks that a compositor leaves.

A new paragraph shows by a wider blank, another type, a number or bullet, an indent, or a line before it
that ended although the next word had room. Between columns and pages there is no blank to see: there
the unfinished sentence and the full line speak for one paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from marsad.documents.pdf.segments import Segment
from marsad.documents.pdf.tables import is_marker

_WIDER = 1.28  # times the usual step from line to line
_ALIKE = 0.07  # of the type size, by which lines of one paragraph may differ
_INDENT = 0.8  # of the type size
_USUAL_STEP = 1.2  # of the type size, where a document does not show another
_NARROW = 0.5  # of its region's width: lines that do not fill it are a list, or an address
_ENOUGH = 6  # lines, to see from them alone that they are justified
_ENDS = ".!?:;؟。"
_CLOSING = "\"'”’»)]"


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line of running text and where it stands."""

    segment: Segment
    page: int
    region: int  # in the order of reading, over the whole document
    left: float  # edges of the region
    right: float
    is_item: bool = False  # its number or bullet is set apart from the rest

    @property
    def text(self) -> str:
        return self.segment.text


class _Block(msgspec.Struct, frozen=True):
    """Lines at the usual step in one type: where they end, and whether they all do."""

    left: float
    right: float
    lines: int
    justified: bool


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of the running text, by paragraph."""
    steps = _steps(lines)
    justified = _justified(lines)
    blocks = _blocks(lines, steps, justified)
    found: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and _goes_on(lines[at - 1], line, blocks[at - 1], steps, justified, found[-1]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _steps(lines: Sequence[Line]) -> dict[int, float]:
    """The usual step from line to line by region, and of the document at -1, in type sizes."""
    counted: dict[int, Counter[float]] = {-1: Counter()}
    for above, below in pairwise(lines):
        if above.region == below.region and _is_same_type(above, below):
            step = round((below.segment.y - above.segment.y) / below.segment.size * 20) / 20
            if 0.7 <= step <= 2.6:
                counted[-1][step] += 1
                counted.setdefault(below.region, Counter())[step] += 1
    usual = _usual(counted[-1]) or _USUAL_STEP
    return {
        region: (_usual(steps) if steps.total() >= 6 else usual) or usual for region, steps in counted.items()
    }


def _usual(steps: Counter[float]) -> float | None:
    """The most frequent step; the smaller of two that are about as frequent."""
    if not steps:
        return None
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= 0.7 * most)


def _blocks(lines: Sequence[Line], steps: dict[int, float], justified: dict[int, float]) -> list[_Block]:
    """The block of every line."""
    found: list[_Block] = []
    begin = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and _is_next(lines[at - 1], lines[at], steps):
            continue
        found.extend([_block(lines[begin:at], justified)] * (at - begin))
        begin = at
    return found


def _is_next(above: Line, below: Line, steps: dict[int, float]) -> bool:
    if (
        above.region != below.region
        or abs(above.segment.size - below.segment.size) > _ALIKE * above.segment.size
    ):
        return False
    return 0 < below.segment.y - above.segment.y <= _step(below, steps)


def _step(line: Line, steps: dict[int, float]) -> float:
    """The widest step, in points, that is none to a new paragraph."""
    return _WIDER * steps.get(line.region, steps[-1]) * line.segment.size


def _block(lines: Sequence[Line], justified: dict[int, float]) -> _Block:
    right = max(line.segment.x1 for line in lines)
    left = min(line.segment.x0 for line in lines)
    first = lines[0]
    full = sum(right - line.segment.x1 < 2 for line in lines)
    is_set_apart = first.segment.bold or first.segment.rtl
    nearly = sum(right - line.segment.x1 < 2 * line.segment.size for line in lines)
    is_prose = len(lines) > 3 and nearly >= 0.5 * len(lines)
    if right - left < _NARROW * (first.right - first.left) and not is_set_apart and not is_prose:
        right = first.right
    is_enough = len(lines) >= _ENOUGH or first.region in justified
    return _Block(left, right, len(lines), justified=is_enough and full >= 0.6 * len(lines))


def _is_same_type(one: Line, other: Line) -> bool:
    a, b = one.segment, other.segment
    return abs(a.size - b.size) <= _ALIKE * max(a.size, b.size) and a.bold == b.bold


def _justified(lines: Sequence[Line]) -> dict[int, float]:
    """The regions in which most lines end at one place, and that place."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        ends.setdefault(line.region, []).append(line.segment.x1)
    found = {}
    for region, places in ends.items():
        near = Counter(round(place / 2) for place in places)
        most = max(near, key=lambda place: (near[place] + near[place + 1], place))
        if len(places) > 3 and near[most] + near[most + 1] >= 0.5 * len(places):
            found[region] = max(place for place in places if round(place / 2) in (most, most + 1))
    return found


def _goes_on(
    above: Line,
    below: Line,
    block: _Block,
    steps: dict[int, float],
    justified: dict[int, float],
    paragraph: Sequence[Line],
) -> bool:
    """Whether `below` belongs to `paragraph`, which ends in `above`."""
    if abs(above.segment.size - below.segment.size) > _ALIKE * max(above.segment.size, below.segment.size):
        return False
    if above.segment.rtl != below.segment.rtl and not (above.segment.rtl and above.region == below.region):
        return False
    unfinished = not _ends(above.text)
    flows = unfinished and below.text[:1].islower()
    is_within = above.region == below.region
    if is_within and not 0 < below.segment.y - above.segment.y <= _step(below, steps):
        return False
    if above.segment.bold != below.segment.bold and not (flows and not _is_short(above, below, block)):
        return False
    if not is_within and block.lines < 3 and not above.segment.bold:
        right = justified.get(above.region, above.right)
        block = msgspec.structs.replace(block, right=right, justified=above.region in justified)
    if _are_parted_by_a_table(above, below) and not flows:
        return False
    short = _is_short(above, below, block)
    if begins_item(below) and (short or not unfinished or below.is_item):
        return False
    if is_within and _are_centred(above, below):
        return True
    if short and not flows:
        return False
    return not _is_indented(above, below, paragraph, unfinished=unfinished, flows=flows, is_within=is_within)


def _are_parted_by_a_table(above: Line, below: Line) -> bool:
    """Whether they are of one column, with table rows between them."""
    is_same_column = (above.page, above.left, above.right) == (below.page, below.left, below.right)
    return is_same_column and above.region != below.region


def begins_item(line: Line) -> bool:
    """Whether a line begins with the number, letter or bullet of a paragraph."""
    first, blank, _ = line.text.partition(" ")
    if not blank or not is_marker(first):
        return False
    return line.is_item or first[-1] in ".)" or not first.isalnum()


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSING + " ")[-1:] in _ENDS or text[-1:] in "”»"


def _is_short(above: Line, below: Line, block: _Block) -> bool:
    """Whether `above` ended although there was room for more."""
    segment, size = above.segment, above.segment.size
    room = segment.x0 - block.left if segment.rtl else block.right - segment.x1
    if block.justified:
        return room > 1.2 * size
    return room > _width_of_first_word(below.segment) + 0.35 * size


def _width_of_first_word(segment: Segment) -> float:
    end = segment.text.find(" ")
    if end < 0:
        return segment.x1 - segment.x0
    if segment.edges:
        return segment.edges[end] - segment.edges[0]
    return (segment.x1 - segment.x0) * end / len(segment.text)


def _are_centred(above: Line, below: Line) -> bool:
    """Whether both are lines of one centred heading: neither reaches the edges of the region."""
    a, b = above.segment, below.segment
    middles = abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 0.8 * a.size
    apart = min(a.x0, b.x0) - above.left > 1.5 * a.size and above.right - max(a.x1, b.x1) > 1.5 * a.size
    return middles and apart and abs(a.x0 - b.x0) > 1


def _is_indented(
    above: Line, below: Line, paragraph: Sequence[Line], *, unfinished: bool, flows: bool, is_within: bool
) -> bool:
    """Whether `below` begins a paragraph by its place on the line."""
    size = below.segment.size
    if above.segment.rtl:
        return False
    if not is_within:
        return (
            not unfinished
            and below.segment.x0 - below.left > _INDENT * size
            and above.segment.x0 - above.left < 1
        )
    if unfinished:
        return False
    shift = below.segment.x0 - above.segment.x0
    if len(paragraph) == 1:
        return shift > _INDENT * size and not begins_item(above)
    return abs(shift) > _INDENT * size and not flows


def usual_size(lines: Iterable[tuple[float, int]]) -> float:
    """The type size of most characters, of pairs of a size and a number of characters."""
    counted: Counter[float] = Counter()
    for size, letters in lines:
        counted[round(size * 2) / 2] += letters
    return max(counted, key=lambda size: (counted[size], size), default=10.0)
