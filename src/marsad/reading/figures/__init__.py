"""Numbers, and what they count."""

from marsad.reading.figures.annotator import annotate

__all__ = ["annotate"]
