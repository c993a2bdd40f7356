"""The vectors of a reading's claims, as they are handed on and stored.

A vector is DIMENSIONS numbers of eight bits with a sign: a vector of unit length, times SCALE, rounded.
The dot product of two, divided by SCALE squared, is their cosine to within two hundredths. A claim on no
words that the reader knows has zeros alone, which are like nothing.
"""

from __future__ import annotations

from typing import NamedTuple

DIMENSIONS = 128
SCALE = 127


class Vectors(NamedTuple):
    """One row a claim, in the order of `Reading.claims`."""

    head: str  # what made them, `name@version`: vectors of two heads do not compare
    body: bytes  # int8 [claims, DIMENSIONS], row by row

    @property
    def claims(self) -> int:
        """How many rows there are."""
        return len(self.body) // DIMENSIONS
