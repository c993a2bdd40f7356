"""The coordinates of a page: of the file, of a direction of writing, and as displayed.

The file's are points with the origin at the bottom left, before the page is turned. A frame has its
origin at the top left and y downwards, so that text of its direction reads from left to right.
"""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 with y0 above y1


class Frame(NamedTuple):
    """The page's crop box, turned clockwise by `turn` degrees: 0, 90, 180 or 270."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 180 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 180 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file in this frame."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def file_point(self, x: float, y: float) -> tuple[float, float]:
        """A point of this frame in the file."""
        if self.turn == 90:
            return y + self.left, x + self.bottom
        if self.turn == 180:
            return self.right - x, y + self.bottom
        if self.turn == 270:
            return self.right - y, self.top - x
        return x + self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file in this frame."""
        return _ordered(self.point(left, bottom), self.point(right, top))

    def displayed(self, box: Box, page: Frame) -> Box:
        """A box of this frame in the frame of the page as displayed."""
        x0, y0, x1, y1 = box
        return _ordered(page.point(*self.file_point(x0, y0)), page.point(*self.file_point(x1, y1)))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the file lies on the page."""
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1

    def share(self, left: float, bottom: float, right: float, top: float) -> float:
        """The share of the page that a box of the file covers."""
        wide = max(min(right, self.right) - max(left, self.left), 0)
        high = max(min(top, self.top) - max(bottom, self.bottom), 0)
        area = (self.right - self.left) * (self.top - self.bottom)
        return wide * high / area if area > 0 else 0.0


def _ordered(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]),
        max(one[1], other[1]),
    )
