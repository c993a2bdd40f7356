"""An attribution as spans, before it is a claim."""

from __future__ import annotations

from typing import NamedTuple

from marsad.records.reading import Attitude, Certainty, Polarity
from marsad.records.spans import Span, Spans


class Attribution(NamedTuple):
    """One attribution as spans. No source: hidden, or that of the quotation before."""

    source: Span | None
    cue: Span | None
    content: Spans
    attitude: Attitude = "statement"
    certainty: Certainty = "certain"
    polarity: Polarity = "affirmed"
    hidden: bool = False
    via: Spans = ()  # further hands between the publisher and the source, or behind it
    behind: Spans = ()  # whom the source itself cites: the last one is the origin
    continues: bool = False  # a quotation without a cue: its holder is that of the one before
