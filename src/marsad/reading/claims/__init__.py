"""Who said what."""

from marsad.reading.claims.annotator import annotate

__all__ = ["annotate"]
