"""Named places."""

from marsad.reading.places.annotator import annotate

__all__ = ["annotate"]
