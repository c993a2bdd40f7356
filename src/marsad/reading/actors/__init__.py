"""Who is named, and in what role."""

from marsad.reading.actors.annotator import annotate, with_mentions

__all__ = ["annotate", "with_mentions"]
